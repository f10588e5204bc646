# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""From the lines of a plan to a program, or to a notice that says what cannot be said in one, and where.

A plan that is sums all through is lowered to steps that take many children at once (`sums`). Any other is followed line
by line, as the evaluator goes, with expressions for the figures (`following`); branches in it that are sums stay so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from ...errors import Problem, Severity
from ...marks import UngradedPolicy
from ..planned import AnyLine, PlannedBranch, PlannedCalculation, PlannedFormula, PlannedHurdle, PlannedItem
from .combining import NotLoweredError
from .expressions import any_of, leaves_of
from .following import Follower
from .program import KernelProgram, Let, Refuse, Tell, Told, Width, roots_of
from .readings import FINEST, Readings
from .sums import PartOfSumError, Sums


def lower(  # noqa: PLR0913 - each a choice of its own, by its name
    lines: Sequence[AnyLine],
    ungraded: UngradedPolicy | None,
    *,
    hurdles: Sequence[PlannedHurdle] = (),
    also: Iterable[int] = (),
    passing: Sequence[tuple[int, Fraction]] | None = None,
    finest: int = FINEST,
) -> tuple[KernelProgram | None, tuple[Problem, ...]]:
    """Return the program of a plan's lines with a policy, or none; and a notice of the line that is in the way.

    It works out the final and what that needs, and `also` these lines, none of them an item. With `passing`, the lines
    that must be passed and at which percent, it tells of the final too, where there is more to it than its percent.
    Marks are whole at the scale `finest`, or at a finer one.
    """
    wanted = tuple(dict.fromkeys((0, *also)))
    sums = Sums(lines, ungraded, Readings(lines, finest))
    if not hurdles and not passing and sums.lowers(wanted):
        return sums.program(), ()
    apart = _watched(lines, hurdles, passing or ())
    while True:
        sums = Sums(lines, ungraded, Readings(lines, finest))
        follower = Follower(lines, ungraded, hurdles, sums, apart)
        try:
            steps = _followed(follower, wanted, passing)
        except NotLoweredError as error:
            why = f"{error} worked out by the exact engine"
            return None, (Problem("not_lowered", _path(lines, follower.stands_at), why, Severity.NOTICE),)
        except PartOfSumError as error:
            apart.add(error.line)
            continue
        asked = sums.is_asked(leaves_of(root for step in steps for root in roots_of(step)))
        if not asked:
            return _program(sums, steps), ()
        apart |= asked


def _watched(
    lines: Sequence[AnyLine], hurdles: Sequence[PlannedHurdle], passing: Sequence[tuple[int, Fraction]]
) -> set[int]:
    """Return the items that somebody looks at beside their branch, so that it cannot be a mere sum."""
    found = {each.line for each in hurdles} | {line for line, _ in passing}
    for each in lines:
        if isinstance(each, PlannedFormula):
            found.update(each.named.values())
        elif isinstance(each, PlannedCalculation):
            found.update(each.chosen.leaves())
        if each.replaced is not None:
            found.update((each.line, *each.replaced.sources))
        if isinstance(each, PlannedBranch) and each.replace_lowest is not None:
            found.update((*each.replace_lowest.lines, *each.replace_lowest.sources))
    return {line for line in found if isinstance(lines[line], PlannedItem)}


def _followed(
    follower: Follower, wanted: Sequence[int], passing: Sequence[tuple[int, Fraction]] | None
) -> list[Refuse | Let | Tell]:
    """Return the steps that the wanted lines, and what is told of the final, need after all sums."""
    lets = [Let(line, *follower.pair(line)) for line in wanted if not follower.is_sum(line)]
    told = (
        []
        if passing is None
        else [
            Tell(Told.PASSED, follower.passed(passing)),
            Tell(Told.SYMBOL, follower.symbol()),
        ]
    )
    refused = [Refuse(any_of(follower.refused))] if follower.refused else []
    return [*refused, *lets, *told]


def _program(sums: Sums, steps: Sequence[Refuse | Let | Tell]) -> KernelProgram:
    """Return the program that does the sums and then the steps."""
    lets = [step for step in steps if isinstance(step, Let)]
    own = {step.to for step in lets}
    constants = {line: value for line, value in sums.constants.items() if line not in own}
    widths = sums.widths | {step.to: Width(step.reached.most, step.possible.most) for step in lets}
    return sums.readings.program([*sums.steps, *steps], constants, widths, sums.units | dict.fromkeys(own, 1))


def _path(lines: Sequence[AnyLine], line: int) -> str:
    """Return the way from the gradebook to a line, as in Python."""
    at, steps = 0, []
    while at != line:
        child, place = at + 1, 0
        while lines[child].end <= line:
            child, place = lines[child].end, place + 1
        steps.append(f"children[{place}]")
        at = child
    return ".".join(steps)
