# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""When a line is passed: at its pass mark, and the final only if all that must be passed is (P1 to P3).

>>> PassRule(Fraction(50)).judge(Fraction(50)).name
'MET'
>>> judge_final(PassRule(), Fraction(80), [(PassRule(Fraction(50), must_pass=True), Fraction(40))]).name
'NOT_MET'
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from ..exact import exceeds
from ..values import frozen
from ..verdicts import Verdict, all_of, verdict


@frozen
class PassRule:
    """The percent at which a line is passed, if one is stated, and whether the final's verdict depends on it."""

    pass_mark: Fraction | None = None
    must_pass: bool = False

    def judge(self, percent: Fraction | None) -> Verdict | None:
        """Return whether a percent passes, undetermined where there is none; None without a pass mark."""
        if self.pass_mark is None:
            return None
        return Verdict.UNDETERMINED if percent is None else verdict(not exceeds(self.pass_mark, percent))


def judge_final(
    own: PassRule, percent: Fraction | None, others: Iterable[tuple[PassRule, Fraction | None]]
) -> Verdict | None:
    """Return whether the final is passed, by its own pass mark and by the rules of all that must be passed.

    `others` are the lines that apply to this learner, each with its percent: what is exempt is not among them.
    """
    required = [rule.judge(reached) for rule, reached in others if rule.must_pass]
    found = [each for each in (own.judge(percent), *required) if each is not None]
    return all_of(found) if found else None
