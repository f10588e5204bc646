# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What changed between two reports of a learner, and why: the marks, the course, the rules, what was set by hand.

>>> from gradecalc import Gradebook, GradeItem, grade
>>> book = Gradebook([GradeItem("Quiz", max_points=10), GradeItem("Exam", max_points=90)])
>>> print(compare(grade(book, {"Quiz": 4, "Exam": 72}), grade(book, {"Quiz": 9, "Exam": 72})))
Final grade  76.00 → 81.00  other marks are recorded; through what is in it: Quiz
  Quiz       40.00 → 90.00  its mark is 9, was 4

Both may be stored ones: nothing is graded again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from attrs import evolve

from ..errors import nearest
from ..exact import describe
from ..marks import UngradedPolicy
from ..outline import Explained, Outline
from ..reasons import Reason, say
from ..values import frozen
from .differences import DIFFERENCES, Aspect, Difference, differences_of_line, figure_with_symbol, result_of
from .own_changes import CHANGES, Cause, OwnChange, own_changes
from .report import Report, require_report
from .results import Result, Treatment

_OF_COURSE: Final = frozenset({Cause.DEFINITION, Cause.RULES, Cause.UNGRADED})
_BY_HAND: Final = frozenset({"override", "override_lifted", "override_set"})
"""The codes of the causes by which a line is set by hand, or no longer."""
_REPLACED: Final = frozenset({"replaced", "replaced_exempt", "replaced_nothing"})
"""The codes of the reasons that name what stands in for a line."""
_SHARES: Final = frozenset({Aspect.TREATMENT, Aspect.WEIGHT})
"""What of a line may be another by what is around it, with the same result."""
_MOVING: Final = frozenset({Aspect.ADDED, Aspect.REMOVED, Aspect.PERCENT, Aspect.TREATMENT})


@frozen
class LineChange(Explained):
    """What changed on one line, before and after; a line that is new or gone has only one of them.

    `causes` are what was changed on it, such as its mark, or by way of what else it changed. `new` and `gone` are the
    reasons that are given of it now and were not before, and the other way round.
    """

    id: str
    name: str
    before: Result | None
    after: Result | None
    causes: tuple[Reason, ...]
    differences: tuple[Difference, ...]
    new: tuple[Reason, ...]
    gone: tuple[Reason, ...]

    def outline(self) -> Outline:
        """Return the line with its figures before and after, its causes and what is another."""
        return Outline(self.name, self._figures(), self._notes())

    def _figures(self) -> str:
        told = [figure_with_symbol(each) for each in (self.before, self.after) if each is not None]
        return told[0] if len(set(told)) == 1 else DIFFERENCES.phrase("becomes", *told)

    def _notes(self) -> tuple[Reason, ...]:
        told = {Aspect.PERCENT, Aspect.SYMBOL}
        said = {"overridden"} if self.is_set_by_hand else set()
        return (
            *self.causes,
            *(each.reason for each in self.differences if each.aspect not in told),
            *(CHANGES.reason("now", each) for each in self.new if each.code not in said),
            *(CHANGES.reason("no_longer", each) for each in self.gone if each.code not in said),
        )

    @property
    def is_treated_otherwise(self) -> bool:
        """Whether the calculation does something else with the line, such as dropping it."""
        return any(each.aspect is Aspect.TREATMENT for each in self.differences)

    @property
    def is_set_by_hand(self) -> bool:
        """Whether the line is set by hand to another result, or no longer."""
        return any(each.code in _BY_HAND for each in self.causes)


@frozen
class ReportChanges(Explained):
    """What changed between two reports, and why: each line on which something did, in book order.

    `causes` are of the report as a whole, and none where nothing changed.
    """

    before: Report
    after: Report
    causes: tuple[Cause, ...]
    lines: tuple[LineChange, ...]

    def __getitem__(self, id: str) -> LineChange:  # noqa: A002 - the word of the domain
        for each in self.lines:
            if each.id == id:
                return each
        raise KeyError(f"nothing changed on a line {describe(id)}{nearest(id, [each.id for each in self.lines])}")

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The causes in words, with what is now and what was."""
        return tuple(map(self._told, self.causes))

    def outline(self) -> Outline:
        """Return the causes, and a row for each line on which something changed."""
        rows = [each.outline() for each in self.lines]
        final = self.after.final
        own = next((row for row, each in zip(rows, self.lines, strict=True) if each.id == final.id), None)
        root = own or Outline(final.name, figure_with_symbol(final), ())
        on_final = (
            {Cause.OVERRIDES.value} if any(each.id == final.id and each.is_set_by_hand for each in self.lines) else ()
        )
        causes = [each for each in self.reasons if each.code not in on_final]
        reasons = causes or ([DIFFERENCES.reason("nothing")] if not rows else [])
        return evolve(root, notes=(*reasons, *root.notes), children=tuple(row for row in rows if row is not own))

    def _told(self, cause: Cause) -> Reason:
        if cause is Cause.RULES:
            return CHANGES.reason("rules", self.after.rules, self.before.rules)
        if cause is Cause.UNGRADED:
            return CHANGES.reason("ungraded", _policy(self.after.ungraded), _policy(self.before.ungraded))
        return CHANGES.reason(cause.value)


def compare(before: Report, after: Report) -> ReportChanges:
    """Return what changed between two reports of a learner, and why (Z12).

    Either may be a stored one, of an older format too: what that does not say is not compared. Raises `DefinitionError`
    for what is no report.
    """
    require_report(before, "before")
    require_report(after, "after")
    ids = [*after, *(id_ for id_ in before if id_ not in after)]
    own = {id_: [*own_changes(before, after, id_)] for id_ in ids if id_ in before and id_ in after}
    causes = tuple(_causes(before, after, [each.cause for changes in own.values() for each in changes]))
    drafts = [each for id_ in ids if _is_another(each := _draft(before, after, id_, own.get(id_, ())))]
    ways = _Ways.of(after, drafts)
    lines = tuple(_with_ways(each, ways, causes) for each in drafts)
    return ReportChanges(before, after, causes or ((Cause.UNKNOWN,) if lines else ()), lines)


def _causes(before: Report, after: Report, own: Collection[Cause]) -> Iterator[Cause]:
    """Yield why the one is another than the other, `own` being the causes that stand on single lines."""
    known = None not in (before.marks_digest, after.marks_digest)
    if Cause.MARKS in own or (known and before.marks_digest != after.marks_digest and Cause.OVERRIDES not in own):
        yield Cause.MARKS
    if Cause.OVERRIDES in own:
        yield Cause.OVERRIDES
    if before.digest != after.digest:
        yield Cause.DEFINITION
    if before.rules != after.rules:
        yield Cause.RULES
    if before.ungraded is not after.ungraded:
        yield Cause.UNGRADED
    if _are_shown_otherwise(before, after):
        yield Cause.OTHERS


def _are_shown_otherwise(before: Report, after: Report) -> bool:
    names = {heading.id: heading.name for heading in before.layout.headings}
    renamed = any(names.get(heading.id, heading.name) != heading.name for heading in after.layout.headings)
    return renamed or before.layout.shown != after.layout.shown


def _draft(before: Report, after: Report, id_: str, own: Collection[OwnChange]) -> LineChange:
    """Return what changed on a line, with the causes that stand on it alone."""
    was, now = result_of(before, id_), result_of(after, id_)
    named = now or was
    assert named is not None  # noqa: S101 - an id is that of a line of one of them
    then, today = (() if each is None else each.reasons for each in (was, now))
    new = tuple(each for each in today if was is not None and not _is_among(each, then))
    gone = tuple(each for each in then if now is not None and not _is_among(each, today))
    causes = tuple(each.reason for each in own)
    return LineChange(id_, named.name, was, now, causes, tuple(differences_of_line(was, now)), new, gone)


def _is_among(reason: Reason, others: Collection[Reason]) -> bool:
    return any((reason.code, reason.arguments) == (each.code, each.arguments) for each in others)


def _is_another(line: LineChange) -> bool:
    return bool(line.causes or line.differences or line.new or line.gone)


def _parts(report: Report, drafts: Collection[LineChange]) -> dict[str, list[str]]:
    """Return for each branch the names of its children that moved, as far as they are in the report."""
    layout, found = report.layout, dict[str, list[str]]()
    for each in drafts:
        line = layout.index.get(each.id, 0)
        if line and _counts(each) and (each.causes or _MOVING & {one.aspect for one in each.differences}):
            found.setdefault(layout.headings[layout.headings[line].parent].id, []).append(each.name)
    return found


def _counts(line: LineChange) -> bool:
    """Return whether a line is of any concern to its branch, before or after."""
    results = [each for each in (line.before, line.after) if each is not None]
    return any(each.treatment is not Treatment.NOT_COUNTED for each in results)


@frozen
class _Ways:
    """By what a line may have changed that is as it was itself: the names of what changed, by where it stands."""

    report: Report
    parts: Mapping[str, Sequence[str]]
    own: Mapping[str, LineChange]

    @classmethod
    def of(cls, report: Report, drafts: Collection[LineChange]) -> _Ways:
        """Return the ways of a report, of lines with the causes that stand on them alone."""
        return cls(report, _parts(report, drafts), {each.id: each for each in drafts if each.causes})

    def to(self, line: LineChange) -> Reason:
        """Return the nearest way by which what was changed on other lines changed this one."""
        if line.id in self.parts:
            return CHANGES.reason("parts", tuple(self.parts[line.id]))
        standing = dict.fromkeys(str(each.arguments[0]) for each in (*line.new, *line.gone) if each.code in _REPLACED)
        if standing:
            return CHANGES.reason("replacing", tuple(standing))
        if all(each.aspect in _SHARES for each in line.differences):
            return next(self._around(line), CHANGES.reason("above"))
        return CHANGES.reason("above")

    def _around(self, line: LineChange) -> Iterator[Reason]:
        """Yield what was changed beside a line, on its branch, beside that, and so on."""
        layout, is_treated = self.report.layout, line.is_treated_otherwise
        at = layout.index.get(line.id, 0)
        while at:
            parent = layout.headings[at].parent
            beside = (self.own.get(layout.headings[each].id) for each in layout.below[parent] if each != at)
            names = tuple(each.name for each in beside if each and (is_treated or each.is_treated_otherwise))
            if names:
                yield CHANGES.reason("beside", names)
            branch = self.own.get(layout.headings[parent].id)
            if branch is not None:
                yield CHANGES.reason("within", (branch.name,))
            at, is_treated = parent, False


def _with_ways(line: LineChange, found: _Ways, causes: Collection[Cause]) -> LineChange:
    """Return a line with the ways by which what was changed elsewhere changed it, if nothing was changed on it."""
    if line.causes or line.before is None or line.after is None:
        return line
    ways = []
    if line.id in found.parts or {Cause.MARKS, Cause.OVERRIDES} & set(causes):
        ways.append(found.to(line))
    if _OF_COURSE & set(causes):
        ways.append(CHANGES.reason("course"))
    return evolve(line, causes=tuple(ways))


def _policy(policy: UngradedPolicy | None) -> str:
    return CHANGES.phrase("own_policies") if policy is None else say(policy)
