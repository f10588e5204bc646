# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Why a formula comes to what it comes to."""

from fractions import Fraction

import pytest

from gradecalc.formula import Formula, WhyNoScore
from gradecalc.marks import EXEMPT, UNGRADED, UngradedPolicy

MARKS = {"a": 60, "b": Fraction(200, 3), "zero": 0, "u": UNGRADED, "x": EXEMPT}


def explained(text, policy=UngradedPolicy.LEAVE_OUT):
    """Return the explanation of a formula over the marks above."""
    return Formula(text).explain(lambda name, _: MARKS[name], ungraded=policy)


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("[x.Points]", [WhyNoScore.EXEMPT]),
        ("[u.Points]", [WhyNoScore.UNGRADED]),
        ("[x.Points] * 2 + -[u.Points]", [WhyNoScore.EXEMPT, WhyNoScore.UNGRADED]),
        ("[x.Points] * [a.Points]", [WhyNoScore.EXEMPT]),
        ("[a.Points] / [zero.Points]", [WhyNoScore.DIVISION_BY_ZERO]),
        ("[a.Points] / 0 * [x.Points]", [WhyNoScore.EXEMPT, WhyNoScore.DIVISION_BY_ZERO]),
        ("AVG{[x.Points], [x.Percent]}", [WhyNoScore.EXEMPT]),
        ("IF{1 < 2, [a.Points] / 0, [x.Points]}", [WhyNoScore.DIVISION_BY_ZERO]),
        ("[a.Points] + [x.Points]", []),
    ],
)
def test_reasons(text, reasons):
    """A part without a score says every reason, in the order of the text, and a part with one says none (F22)."""
    assert tuple(reasons) == explained(text).reasons


def test_ungraded_over_zero_is_no_reason():
    """Ungraded work that counts as zero is not blamed for a division that it settled (F15, F22)."""
    explanation = explained("[u.Points] / [zero.Points] * [x.Points]", UngradedPolicy.AS_ZERO)
    assert (WhyNoScore.EXEMPT,) == explanation.reasons


def test_branch_not_taken():
    """The branch of an IF that is not taken has no value, because nothing worked it out."""
    condition, taken, other = explained("IF{[a.Points] < 50, 1 / 0, 7}").parts
    assert [(0, True), (None, False), (7, True)] == [(part.value, part.taken) for part in (condition, taken, other)]
    assert () == taken.parts


def test_spans():
    """Each part of an explanation knows its place in the formula."""
    text = "= SUM{ ([a.Points]+1) * 2, [b.Points] }"
    root = explained(text)
    assert ["SUM{ ([a.Points]+1) * 2, [b.Points] }", "([a.Points]+1) * 2", "[b.Points]"] == [
        text[slice(*part.span)] for part in (root, *root.parts)
    ]


def test_outline():
    """The outline tells what was compared with what, which branch was taken, and why there is no score."""
    text = "IF{ AVG{[a.Percent], [x.Percent]} >= 50 AND [b.Percent] > 70, [a.Points] / [u.Points], [zero.Points] }"
    rows = explained(text, UngradedPolicy.AS_ZERO).outline().rows()
    assert [(depth, row.label, row.value, row.notes) for depth, row in rows] == [
        (0, "IF{ AVG{[a.Percent], [x.Percent]} >= 50 AND [b.Percent] > 70…", "0", ()),
        (1, "AVG{[a.Percent], [x.Percent]} >= 50 AND [b.Percent] > 70", "false", ()),
        (2, "AVG{[a.Percent], [x.Percent]} >= 50", "true", ("60 >= 50",)),
        (3, "AVG{[a.Percent], [x.Percent]}", "60", ()),
        (4, "[a.Percent]", "60", ()),
        (4, "[x.Percent]", "no score", ("exempt",)),
        (2, "[b.Percent] > 70", "false", ("200/3 ≈ 66.666667 > 70",)),
        (3, "[b.Percent]", "200/3 ≈ 66.666667", ()),
        (1, "[a.Points] / [u.Points]", "", ("not taken",)),
        (1, "[zero.Points]", "0", ("taken",)),
    ]


def test_outline_of_ungraded_work():
    """The outline tells where ungraded work counted as zero, and what a division by it gave."""
    rows = [row for _, row in explained("[a.Points] / [u.Points]", UngradedPolicy.AS_ZERO).outline().rows()]
    assert [
        ("0", ("over ungraded work that counts as zero, which gives 0",)),
        ("60", ()),
        ("0", ("ungraded: counts as zero",)),
    ] == [(row.value, row.notes) for row in rows]


def test_long_figures():
    """A figure too long to read is shown rounded, and is exact in the explanation."""
    explanation = explained("[b.Points] / 123456789")
    assert "≈ 0.000001" == explanation.outline().value
    assert Fraction(200, 3 * 123456789) == explanation.value


def test_html_is_escaped():
    """A name in a formula is shown in HTML, not interpreted."""
    formula = Formula("[<b>.Points] + 1")
    assert "&lt;b&gt;" in formula.explain(lambda *_: 1)._repr_html_()
