# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What is legal in a formula and suspicious."""

import pytest

from gradecalc.errors import Severity
from gradecalc.formula import Formula, lint


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("SUM{[a.Points], [b.Points]} / 2", []),
        ("[a.Points] / [a.Max Points] * 100", []),
        ("[a.Points] / [b.Points]", ["divides_by_item"]),
        ("1 / (1 + AVG{[b.Percent], 2})", ["divides_by_item"]),
        ("[a.Points] / 0", ["division_by_zero"]),
        ("IF{SUM{[a.Points], [b.Points]} > 5, 1, 0}", []),
        ("IF{SUM{[a.Points], [b.Points]} > AVG{[a.Percent], [b.Percent]}, 1, 0}", ["mixed_units"]),
        ("IF{[a.Max Points] >= AVG{[a.Percent], [b.Percent]}, 1, 0}", ["mixed_units"]),
        ("IF{SUM{[a.Points], [b.Points]} / 60 * 100 > AVG{[a.Percent], [b.Percent]}, 1, 0}", []),
        ("IF{[a.Percent] >= 50, 100, 0}", ["decided_by_exemption"]),
        ("IF{50 > -MIN{[a.Percent]} * 2, 100, 0}", ["decided_by_exemption"]),
        ("IF{[a.Percent] > 1 AND [b.Percent] > 1, 1, 0}", ["decided_by_exemption", "decided_by_exemption"]),
        ("MIN{[a.Percent], 80}", ["cap_without_score"]),
        ("MIN{SQRT{[a.Percent]} * 10, 80}", ["cap_without_score"]),
        ("MIN{[a.Percent], [b.Percent]}", []),
        ("MIN{COUNT{[a.Points]}, 1} + MAX{[a.Percent], 80} + MIN{80, [a.Max Points]}", []),
        ("IF{COUNT{[a.Points]} >= 1, 1, 0}", []),
        ("0.2 * [a.Percent] + [b.Percent] * 80 / 100", ["loses_terms"]),
        ("MAX{0.2 * [a.Percent] + 0.8 * [b.Percent], 0.5 * [a.Percent]}", ["loses_terms"]),
        ("0.2 * [a.Percent] + [b.Points]", []),
        ("2 * [a.Max Points] + 3 * [b.Max Points]", []),
        ("2 * [a.Points] - 3 * [b.Points]", []),
    ],
)
def test_codes(text, codes):
    """Each suspicious part is noticed, and nothing else (F23, F30)."""
    assert codes == [notice.code for notice in lint(Formula(text))]


def test_notices_are_problems():
    """A notice has the path it was asked with, and the severity of a notice."""
    (notice,) = lint(Formula("1 / [b.Points]"), "children[2].formula")
    assert ("children[2].formula", Severity.NOTICE) == (notice.path, notice.severity)


@pytest.mark.parametrize(("symbol", "outcome"), [("<", "false"), (">=", "false"), ("=", "false"), ("<>", "true")])
def test_what_an_exemption_decides(symbol, outcome):
    """The notice says which way an exemption decides the comparison (F16 to F18)."""
    (notice,) = lint(Formula(f"IF{{[a.Percent] {symbol} 50, 1, 0}}"))
    assert f" is {outcome};" in notice.message
