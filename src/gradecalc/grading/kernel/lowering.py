# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""From the lines of a plan to a program, or to a notice that says what cannot be said in one, and where.

A plan that is sums all through is lowered to steps that take many children at once (`sums`). Any other is followed line
by line, as the evaluator goes, with expressions for the figures (`following`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from ...errors import Problem, Severity
from ...marks import UngradedPolicy
from ..planned import AnyLine, PlannedHurdle
from .combining import NotLoweredError
from .expressions import any_of
from .following import Follower
from .program import KernelProgram, Let, Refuse, Step, Tell, Told, Width
from .readings import Readings
from .sums import Sums


def lower(
    lines: Sequence[AnyLine],
    ungraded: UngradedPolicy | None,
    *,
    hurdles: Sequence[PlannedHurdle] = (),
    also: Iterable[int] = (),
    passing: Sequence[tuple[int, Fraction]] | None = None,
) -> tuple[KernelProgram | None, tuple[Problem, ...]]:
    """Return the program of a plan's lines with a policy, or none; and a notice of the line that is in the way.

    It works out the final and what that needs, and `also` these lines, none of them an item. With `passing`, the lines
    that must be passed and at which percent, it tells of the final too, where there is more to it than its percent.
    """
    wanted = tuple(dict.fromkeys((0, *also)))
    program = None if hurdles or passing else Sums(lines, ungraded).program(wanted)
    return (program, ()) if program is not None else _follow(lines, ungraded, hurdles, wanted, passing)


def _follow(
    lines: Sequence[AnyLine],
    ungraded: UngradedPolicy | None,
    hurdles: Sequence[PlannedHurdle],
    wanted: Sequence[int],
    passing: Sequence[tuple[int, Fraction]] | None,
) -> tuple[KernelProgram | None, tuple[Problem, ...]]:
    readings = Readings(lines)
    follower = Follower(lines, ungraded, hurdles, readings)
    try:
        found = {line: follower.percent_share(line) for line in reversed(wanted)}
        told = (
            []
            if passing is None
            else [
                Tell(Told.PASSED, follower.passed(passing)),
                Tell(Told.SYMBOL, follower.symbol()),
            ]
        )
    except NotLoweredError as error:
        why = f"{error} worked out by the exact engine"
        return None, (Problem("not_lowered", _path(lines, follower.stands_at), why, Severity.NOTICE),)
    steps: list[Step] = [Refuse(any_of(follower.refused))] if follower.refused else []
    steps += [Let(line, has, share.above, share.below) for line, (has, _, share) in found.items()]
    widths = {line: Width(share.above.most, share.below.most) for line, (_, _, share) in found.items()}
    return readings.program([*steps, *told], {}, widths, dict.fromkeys(wanted, 1)), ()


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
