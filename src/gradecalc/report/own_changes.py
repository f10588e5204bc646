# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What of one line of a report somebody changed: its mark, an override of it, or how the line is defined."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Final, NamedTuple

from ..exact import Exact
from ..marks import ChangeKind, Recorded
from ..reasons import NUMBERS, Note, Reason, ReasonTexts, say
from .layouts import Heading, How
from .report import Report
from .results import Override, Treatment, notes_of, override_of

CHANGES: Final = ReasonTexts(
    "changes",
    {
        "above": "through what else changed",
        "beside": "through what is beside it: {0}",
        "circumstances": "what is noted of its mark is another",
        "course": "through how the course is graded",
        "definition": "the course is graded otherwise",
        "exempt": "exempt",
        "how": "{0}, was {1}",
        "mark": "its mark is {0}, was {1}",
        "marks": "other marks are recorded",
        "max_points": "usually out of {0}, was {1}",
        "must_pass": "has to be passed",
        "need_not_pass": "has not to be passed",
        "no_longer": "no longer: {0}",
        "no_mark": "nothing",
        "no_pass_mark": "no percent",
        "now": "now: {0}",
        "others": "names, or how figures are shown, are others",
        "override": "set by hand to {0}, was {1}",
        "override_lifted": "no longer set by hand",
        "override_set": "set by hand to {0}",
        "overrides": "other results are set by hand",
        "own_policies": "as each branch has it",
        "parts": "through what is in it: {0}",
        "pass_mark": "passed from {0}, was from {1}",
        "place": "stands in {0}, was in {1}",
        "rules": "graded by the rules of version {0}, was {1}",
        "scheme": "has another scheme",
        "ungraded": "ungraded work: {0}, was {1}",
        "replacing": "through what stands in for it: {0}",
        "unknown": "nothing that is kept says why",
        "within": "through what it is in: {0}",
    },
)
"""What is said of why a report is another than an earlier one."""

_CIRCUMSTANCES: Final = frozenset({"set_by", "noted", "symbol_set", *(kind.value for kind in ChangeKind)})


class Cause(Enum):
    """Why a report is another than an earlier one; the value is the code of the reason that says so."""

    MARKS = "marks"
    OVERRIDES = "overrides"
    """Results that are set by hand."""
    DEFINITION = "definition"
    """What can move a grade in the gradebook (G24)."""
    RULES = "rules"
    """The version of this library's rules."""
    UNGRADED = "ungraded"
    """The policy in the place of every branch's, such as that of final grades."""
    OTHERS = "others"
    """Names, and how figures are shown."""
    UNKNOWN = "unknown"


class OwnChange(NamedTuple):
    """What somebody changed on a line, in words, and which cause that is."""

    cause: Cause
    reason: Reason


def own_changes(before: Report, after: Report, id_: str) -> Iterator[OwnChange]:
    """Yield what was changed on a line that both reports have."""
    was, now = _Record.of(before, id_), _Record.of(after, id_)
    if was.override != now.override:
        yield OwnChange(Cause.OVERRIDES, _override_change(was, now))
    elif was.exempt is not now.exempt or not _are_same(was.recorded, now.recorded) or was.has_other_maximum(now):
        yield OwnChange(Cause.MARKS, CHANGES.reason("mark", now.told(), was.told()))
    elif was.circumstances != now.circumstances:
        yield OwnChange(Cause.MARKS, CHANGES.reason("circumstances"))
    if before.digest != after.digest:
        yield from (OwnChange(Cause.DEFINITION, each) for each in _heading_changes(was.heading, now.heading))
        places = [_place(report, record.heading) for report, record in ((after, now), (before, was))]
        if places[0] != places[1]:
            yield OwnChange(Cause.DEFINITION, CHANGES.reason("place", *places))


def _are_same(first: Recorded, second: Recorded) -> bool:
    """Return whether the same is recorded; a truth value is not the number that it equals."""
    return first == second and isinstance(first, bool) is isinstance(second, bool)


class _Record(NamedTuple):
    """What a report holds of what was recorded at a line, apart from what was computed of it."""

    heading: Heading
    recorded: Recorded
    out_of: Exact
    exempt: bool
    override: tuple[Recorded, str | None, str] | None
    circumstances: tuple[Note, ...]

    @classmethod
    def of(cls, report: Report, id_: str) -> _Record:
        """Return the record of a line."""
        line = report.layout.index[id_]
        heading, columns = report.layout.headings[line], report.columns
        recorded, override = columns.recorded[line], override_of(columns, line)
        notes = notes_of(columns, line)
        return cls(
            heading,
            recorded,
            columns.out_of[line],
            columns.treatments[line] is Treatment.EXEMPT and _is_exempt_itself(report, line, notes),
            _as_set(recorded, override),
            tuple(note for note in notes if note[0] in _CIRCUMSTANCES),
        )

    def has_other_maximum(self, other: _Record) -> bool:
        """Return whether the two are items of which one has a maximum of its own, and another than the other's."""
        maxima = (self._own_maximum, other._own_maximum)
        return None not in (self.heading.max_points, other.heading.max_points) and maxima[0] != maxima[1]

    def told(self) -> str:
        """Return the mark in words."""
        if self.exempt:
            return CHANGES.phrase("exempt")
        if self.recorded is None:
            return CHANGES.phrase("no_mark")
        if isinstance(self.recorded, (bool, str)):
            return str(self.recorded)
        if self._own_maximum is None:
            return NUMBERS.phrase("number", self.recorded)
        return NUMBERS.phrase("of", self.recorded, self.out_of)

    @property
    def _own_maximum(self) -> Exact | None:
        return self.out_of if self.heading.how is How.MARKED and self.out_of != self.heading.max_points else None


def _as_set(recorded: Recorded, override: Override | None) -> tuple[Recorded, str | None, str] | None:
    return None if override is None else (recorded, override.by, override.note)


def _is_exempt_itself(report: Report, line: int, notes: list[Note]) -> bool:
    """Return whether a mark exempts a line, and not that of a branch above nor those of all that it is made of."""
    if any(code == "exempt_within" for code, *_ in notes):
        return False
    layout, columns = report.layout, report.columns
    if layout.headings[line].how is How.MARKED:
        return True
    return any(note[0] == "exempt_within" for below in layout.below[line] for note in notes_of(columns, below))


def _override_change(was: _Record, now: _Record) -> Reason:
    if now.override is None:
        return CHANGES.reason("override_lifted")
    if was.override is None:
        return CHANGES.reason("override_set", now.told())
    return CHANGES.reason("override", now.told(), was.told())


def _place(report: Report, heading: Heading) -> str:
    """Return the id of the branch in which a line stands."""
    return report.layout.headings[max(heading.parent, 0)].id


def _heading_changes(was: Heading, now: Heading) -> Iterator[Reason]:
    """Yield what of a line's definition is another, as far as a report knows of it."""
    if was.how is not now.how:
        yield CHANGES.reason("how", say(now.how), say(was.how))
    if was.max_points != now.max_points and None not in (was.max_points, now.max_points):
        yield CHANGES.reason("max_points", now.max_points, was.max_points)
    if was.passing.pass_mark != now.passing.pass_mark:
        yield CHANGES.reason("pass_mark", _told_pass_mark(now), _told_pass_mark(was))
    if was.passing.must_pass is not now.passing.must_pass:
        yield CHANGES.reason("must_pass" if now.passing.must_pass else "need_not_pass")
    if was.scheme != now.scheme:
        yield CHANGES.reason("scheme")


def _told_pass_mark(heading: Heading) -> str:
    mark = heading.passing.pass_mark
    return CHANGES.phrase("no_pass_mark") if mark is None else NUMBERS.phrase("percent", mark)
