# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What each policy that bit changed of one learner's final: the final as it is, less the final without that policy.

Each is lifted alone, with all else as it is, and the learner is graded again; so they are not parts of a sum (WI23).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import Enum
from fractions import Fraction
from typing import Any, Final

from attrs import field

from ..exact import Exact, represent, simplest
from ..gradebook.drops import DropRule
from ..grading.evaluation import evaluate
from ..grading.grading import GradedFrom
from ..grading.plan import compile_gradebook
from ..grading.planned import PlannedBranch
from ..marks import NOTHING_RECORDED, ChangeKind, Reading
from ..reasons import Note, Reason, ReasonTexts
from ..report.report import Report
from ..report.results import Treatment, notes_of
from ..values import frozen
from .alterations import Alterations
from .targets import Goal

TEXTS: Final = ReasonTexts(
    "effects",
    {
        "drops": "drops {0}",
        "replaces_lowest": "replaces the lowest: {0}",
    },
)
"""What is said of a policy of a branch; of the others the report has a reason."""


class Policy(Enum):
    """A policy that can change a final, in the order in which they are told."""

    DROP = "drop"
    """All that a branch dropped."""
    EXEMPTION = "exemption"
    """What is recorded beneath it counts without it; what has nothing recorded is ungraded."""
    LATENESS = "lateness"
    CURVE = "curve"
    """An adjustment by the figures of the class."""
    FLOOR = "floor"
    ROUNDING = "rounding"
    CAP = "cap"
    HURDLE = "hurdle"
    MOVED_WEIGHT = "moved weight"
    REPLACEMENT = "replacement"
    OVERRIDE = "override"


@frozen
class Effect:
    """What one policy changed of the final, in points of it, on the line with this id.

    `without` is the final's percent without it; `amount` is how much more the final is with it, and None where one of
    both has no score. `reached` says whether the target would be reached without it.
    """

    policy: Policy
    id: str
    name: str
    amount: Fraction | None = field(repr=represent)
    without: Fraction | None = field(repr=represent)
    reached: bool
    reasons: tuple[Reason, ...]


@frozen
class _Lifted:
    """A policy that is lifted: by other settings, or by other readings, by line."""

    policy: Policy
    line: int
    reasons: tuple[Reason, ...]
    settings: Mapping[str, Any] = field(factory=dict)
    readings: Mapping[int, Reading] = field(factory=dict)


_SETTINGS: Final[Mapping[Policy, tuple[Collection[str], Mapping[str, Any]]]] = {
    Policy.FLOOR: (("floored",), {"min_points": None}),
    Policy.ROUNDING: (("rounded", "rounded_points"), {"round_result": None}),
    Policy.CAP: (("capped", "capped_at"), {"can_exceed": True, "cap": None}),
    Policy.MOVED_WEIGHT: (("weight_moved",), {"weight_moves": None}),
}
"""The codes of the notes that say that a policy bit, and the settings without it."""

_REPLACED: Final = ("replaced", "replaced_nothing", "replaced_exempt")
_HURDLE: Final = ("hurdle_cap", "hurdle_symbol")
_OF_MARKS: Final[Mapping[ChangeKind, Policy]] = {
    ChangeKind.LATE: Policy.LATENESS,
    ChangeKind.NOT_ACCEPTED: Policy.LATENESS,
    ChangeKind.MISSING: Policy.LATENESS,
    ChangeKind.CLASS: Policy.CURVE,
}
_SAYING_BEFORE: Final = _OF_MARKS.keys() - {ChangeKind.MISSING}
_ORDER: Final = tuple(Policy)


def find_effects(origin: GradedFrom, report: Report, goal: Goal) -> tuple[Effect, ...]:
    """Return what each policy that bit changed, by policy and then in book order."""
    readings, notes = origin.readings(), {line: notes_of(report.columns, line) for line, _ in report.columns.notes}
    lifted = [
        *_drops(report),
        *_records(report, readings),
        *_fixed(report, notes),
        *_hurdles(origin, report, notes),
        *_replacements(origin, report, notes),
    ]
    lifted.sort(key=lambda each: (_ORDER.index(each.policy), each.line))
    return tuple(_effect(origin, report, goal, each, readings.with_others(each.readings)) for each in lifted)


def _effect(origin: GradedFrom, report: Report, goal: Goal, lifted: _Lifted, readings: Mapping[int, Reading]) -> Effect:
    plan, heading = origin.plan, report.layout.headings[lifted.line]
    if lifted.settings:
        settings = {heading.id: lifted.settings}
        plan = compile_gradebook(Alterations(settings=settings).apply(plan.gradebook))
    other = Report(plan.layout, evaluate(plan, readings, origin.ungraded))
    before, without = report.final.percent, other.final.percent
    amount = None if before is None or without is None else before - without
    return Effect(lifted.policy, heading.id, heading.name, amount, without, goal.is_reached(other), lifted.reasons)


def _drops(report: Report) -> Iterator[_Lifted]:
    headings, treatments = report.layout.headings, report.columns.treatments
    for line, below in enumerate(report.layout.below):
        names = [headings[each].name for each in below if treatments[each] is Treatment.DROPPED]
        if names:
            told = TEXTS.reason("drops", tuple(names))
            yield _Lifted(Policy.DROP, line, (told,), {"drop": DropRule()})


def _records(report: Report, readings: Mapping[int, Reading]) -> Iterator[_Lifted]:
    """Yield what is said with the marks: exemptions, overrides, lateness, and curves."""
    for line, reading in readings.items():
        if reading.exempt:
            told = _told(report, line, ("exempt", "exempt_branch", "exempt_keeps_number", "exempt_within"))
            yield _Lifted(Policy.EXEMPTION, line, told, readings={line: reading._replace(exempt=False)})
        for place, (kind, *_) in enumerate(reading.changes):
            before = _without_change(reading, place)
            if kind in _OF_MARKS and before is not None:
                yield _Lifted(_OF_MARKS[kind], line, _told(report, line, (kind.value,)), readings={line: before})
    for line, _ in report.columns.overrides:
        told = _told(report, line, ("overridden", "symbol_only"))
        yield _Lifted(Policy.OVERRIDE, line, told, readings={line: NOTHING_RECORDED})


def _without_change(reading: Reading, place: int) -> Reading | None:
    """Return the mark as it was without one change; what later ones added or took stays (WI24)."""
    if reading.changes[place][0] is ChangeKind.MISSING:
        return reading._replace(points=None)
    before, after = _points_before(reading, place), _points_before(reading, place + 1)
    if before is None or after is None or reading.points is None:
        return None
    return reading._replace(points=simplest(Fraction(reading.points + before - after)))


def _points_before(reading: Reading, place: int) -> Exact | None:
    """Return the points before the first change from this place on that says it, and else those of the mark."""
    for kind, *figures in reading.changes[place:]:
        if kind in _SAYING_BEFORE:
            return None if isinstance(figures[0], str) else figures[0]
    return reading.points


def _fixed(report: Report, notes: Mapping[int, Sequence[Note]]) -> Iterator[_Lifted]:
    for line, own in notes.items():
        codes = {note[0] for note in own}
        for policy, (telling, settings) in _SETTINGS.items():
            if not codes.isdisjoint(telling):
                yield _Lifted(policy, line, _told(report, line, telling), settings)


def _hurdles(origin: GradedFrom, report: Report, notes: Mapping[int, Sequence[Note]]) -> Iterator[_Lifted]:
    missed = {note[1] for note in notes.get(0, ()) if note[0] in _HURDLE}
    for each in origin.plan.hurdles:
        if each.name in missed:
            told = tuple(one for one in _told(report, 0, _HURDLE) if one.arguments[0] == each.name)
            yield _Lifted(Policy.HURDLE, each.line, told, {"if_missed": None})


def _replacements(origin: GradedFrom, report: Report, notes: Mapping[int, Sequence[Note]]) -> Iterator[_Lifted]:
    """Yield the rules by which results were replaced: of a line itself, and of the lowest in a branch."""
    names = [heading.name for heading in report.layout.headings]
    by = {line: {note[1] for note in own if note[0] in _REPLACED} for line, own in notes.items()}
    for planned in origin.plan.lines:
        own = planned.replaced
        if own is not None and by.get(planned.line, set()) & {names[source] for source in own.sources}:
            told = _told(report, planned.line, _REPLACED)
            yield _Lifted(Policy.REPLACEMENT, planned.line, told, {"replaced_by": None})
        lowest = planned.replace_lowest if isinstance(planned, PlannedBranch) else None
        if lowest is not None:
            sources = {names[source] for source in lowest.sources}
            replaced = [names[line] for line in lowest.lines if by.get(line, set()) & sources]
            if replaced:
                told = (TEXTS.reason("replaces_lowest", tuple(replaced)),)
                yield _Lifted(Policy.REPLACEMENT, planned.line, told, {"replace_lowest": None})


def _told(report: Report, line: int, codes: Collection[str]) -> tuple[Reason, ...]:
    reasons = report[report.layout.headings[line].id].reasons
    return tuple(each for each in reasons if each.code in codes)
