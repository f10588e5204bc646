# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The gradebook service of a OneRoster archive read as a gradebook and marks: one class of it (I1 to I8)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from attrs import Factory

from ...errors import DefinitionError, Problem, Severity
from ...exact import Exact, NumberError, describe, ratio
from ...fields import find_problems
from ...gradebook.aggregation import SumOfPoints
from ...gradebook.items import GradeItem
from ...gradebook.tree import Category, Gradebook, Node
from ...gradebook.weights import WeightedMean
from ...marks import EXEMPT, UNGRADED, ItemKind, Mark, MarkValue
from ...schemes import Band, GradeScheme
from ...values import frozen
from ..documents import NUMBER
from ..free_ids import Ids
from ..imported import Imported, Learner, Recorded
from .tables import (
    Archive,
    LineItem,
    LineItemResult,
    ManifestLine,
    OneRosterCategory,
    PlacedRow,
    RosterEnrollment,
    RosterUser,
    ScaleOfLineItem,
    ScaleOfResult,
    ScoreScale,
    ScoreStatus,
)

SYSTEM: Final = "oneroster"

_KNOWN: Final = ("1.1", "1.2")
_SAID: Final = (ScoreStatus.SUBMITTED, ScoreStatus.PARTIALLY_GRADED, ScoreStatus.NOT_SUBMITTED)
_FLAGS: Final[Mapping[str, str]] = {
    "late": "late",
    "missing": "missing",
    "incomplete": "incomplete",
    "in_progress": "in progress",
}
_WHOLE: Final = 100


def read(files: Mapping[str, str | bytes], *, class_id: str = "") -> Imported:
    """Return the gradebook of a class and its marks; nothing in the files makes this raise.

    `files` are texts or bytes by their names; folders in names do not matter. An archive of several classes needs a
    `class_id`; without one the first class is read, and a problem lists them.
    """
    problems: list[Problem] = []
    if not isinstance(files, Mapping):
        message = f"{describe(files)} is no archive; give texts by the names of files, such as results.csv"
        return Imported(Gradebook(), problems=(Problem("not_an_archive", "", message),), system=SYSTEM)
    archive = Archive(files, problems)
    _read_manifest(archive)
    return _ClassReader(archive, class_id).read()


def _read_manifest(archive: Archive) -> None:
    for each in archive.rows(ManifestLine):
        name, value = each.record.name.casefold(), each.record.value
        if name == "oneroster.version" and not value.startswith(_KNOWN):
            message = f"the version is {describe(value)}; it is read as 1.2"
            archive.problems.append(each.problem("other_version", message, Severity.NOTICE))
        if name.startswith("file.") and value.casefold() == "delta":
            message = "this file has changes alone; what did not change is not in it"
            archive.problems.append(each.problem("changes_alone", message, Severity.NOTICE))


@frozen
class _Scored:
    """A line item as an item of the gradebook."""

    line: LineItem
    item: GradeItem


@frozen
class _ClassReader:
    archive: Archive
    asked: str
    ids: Ids = Factory(Ids)

    def read(self) -> Imported:
        """Return the class that was asked for, or the first."""
        if not self.archive.has(LineItem):
            self._say("missing_file", "lineItems.csv", "there is no such file, and so no gradebook; add it")
        every = self.archive.rows(LineItem)
        class_id = self._choose([each.record.school_class for each in every])
        lines = [each for each in every if each.record.school_class == class_id]
        categories = {each.record.id: each for each in self.archive.rows(OneRosterCategory)}
        results = self._results(every, {each.record.id for each in lines})
        scales = _Scales(self.archive)
        scored = {each.record.id: self._item(each, scales, results.get(each.record.id, [])) for each in lines}
        book = self._book(lines, categories, scored, scales.of_class(class_id), everything=len(lines) == len(every))
        learners = self._learners(class_id)
        marks: dict[str, dict[str, MarkValue]] = {id_: {} for id_ in learners}
        recorded: dict[str, dict[str, Recorded]] = {}
        for line, of_line in results.items():
            self._enter(scored[line].item, of_line, marks, recorded)
        self._notice_flags(each.record for of_line in results.values() for each in of_line)
        return Imported(
            book,
            marks,
            tuple(self.archive.problems),
            {id_: learners.get(id_) or Learner(id_) for id_ in marks},
            recorded=recorded,
            exempt_token=ScoreStatus.EXEMPT.value,
            system=SYSTEM,
        )

    def _enter(
        self,
        item: GradeItem,
        results: Iterable[PlacedRow[LineItemResult]],
        marks: dict[str, dict[str, MarkValue]],
        recorded: dict[str, dict[str, Recorded]],
    ) -> None:
        """Enter everybody's result in a line item, and what is stated beside; of two the first holds."""
        for each in results:
            learner = each.record.student
            if item.id in marks.setdefault(learner, {}):
                message = "the learner has a result in this line item already; this one is not read"
                self._say("duplicate_result", each.path, message)
                continue
            marks[learner][item.id] = self._mark(each, item)
            beside = self._beside(each.record, item)
            if beside is not None:
                recorded.setdefault(learner, {})[item.id] = beside

    def _choose(self, classes: Sequence[str]) -> str:
        known = list(dict.fromkeys(classes))
        if self.asked and self.asked not in known:
            self._say("unknown_class", "lineItems.csv", f"no line item is of the class {describe(self.asked)}")
        elif not self.asked and len(known) > 1:
            listed = ", ".join(map(describe, known[:20]))
            self._say("several_classes", "lineItems.csv", f"the first of these classes is read: {listed}; say class_id")
        return self.asked or (known[0] if known else "")

    def _results(
        self, every: Sequence[PlacedRow[LineItem]], ours: set[str]
    ) -> dict[str, list[PlacedRow[LineItemResult]]]:
        """Return the results of our line items; one of no line item at all is a problem."""
        found: dict[str, list[PlacedRow[LineItemResult]]] = {}
        known = {each.record.id for each in every}
        for each in self.archive.rows(LineItemResult):
            line = each.record.line_item
            if line in ours:
                found.setdefault(line, []).append(each)
            elif line not in known:
                message = f"there is no line item {describe(line)}; the result is not read"
                self.archive.problems.append(each.problem("unknown_line_item", message))
        return found

    def _item(
        self, line: PlacedRow[LineItem], scales: _Scales, results: Sequence[PlacedRow[LineItemResult]]
    ) -> _Scored:
        record, scheme = line.record, scales.of_line_item.get(line.record.id)
        of = [each.record for each in results]
        id_ = self.ids.free(record.id, "line item")
        kind = _kind_of(record, scheme, of)
        given: dict[str, Any] = {"id": id_, "kind": kind, "scheme": scheme, "min_points": record.minimum}
        if kind is ItemKind.TEXT:
            item = GradeItem(record.title, **given)
        elif record.maximum is None and scheme is None:
            message = "the line item does not say what it is out of, and does not count; state resultValueMax"
            self.archive.problems.append(line.problem("no_maximum", message))
            item = GradeItem(record.title, 0, counts=False, can_exceed=True, **given)
        else:
            item = GradeItem(record.title, _WHOLE if record.maximum is None else record.maximum, **given)
        return _Scored(record, self._sound(line, item))

    def _sound(self, line: PlacedRow[LineItem], item: GradeItem) -> GradeItem:
        """Return the item, without its minimum where that contradicts its maximum."""
        faults = list(find_problems(item, ""))
        if not faults:
            return item
        self.archive.problems.append(line.problem("contradiction", "resultValueMin is above resultValueMax; mend one"))
        return GradeItem(item.name, item.max_points, id=item.id, kind=item.kind, scheme=item.scheme)

    def _book(
        self,
        lines: Sequence[PlacedRow[LineItem]],
        categories: Mapping[str, PlacedRow[OneRosterCategory]],
        scored: Mapping[str, _Scored],
        scheme: GradeScheme | None,
        *,
        everything: bool,
    ) -> Gradebook:
        """Return the gradebook, what comes first in the line items first; categories without any come last."""
        below: dict[str, list[GradeItem]] = {}
        for line in lines:
            category, item = line.record.category, scored[line.record.id].item
            if category and category not in categories:
                message = f"there is no category {describe(category)}; the line item stands outside all"
                self.archive.problems.append(line.problem("unknown_category", message))
            key = f"in {category}" if category in categories else f"item {item.id}"
            below.setdefault(key, []).append(item)
        if everything:
            below.update({f"in {each}": [] for each in categories if f"in {each}" not in below})
        used = {key: categories[key[3:]].record for key in below if key.startswith("in ")}
        weighted = any(each.weight for each in used.values())
        children: list[Node] = []
        for key, items in below.items():
            if key not in used:
                children += items
                continue
            id_ = self.ids.free(used[key].id, "category")
            given: dict[str, Any] = {"weight": used[key].weight, "aggregation": SumOfPoints()} if weighted else {}
            children.append(Category(used[key].title, items, id=id_, **given))
        if weighted:
            return Gradebook(children, aggregation=WeightedMean(), scheme=scheme)
        return Gradebook(children, scheme=scheme)

    def _learners(self, class_id: str) -> dict[str, Learner]:
        """Return who is enrolled as a student, and everybody of whom the archive says who they are."""
        users = {each.record.id: each.record for each in self.archive.rows(RosterUser)}
        enrolled = {
            each.record.user
            for each in self.archive.rows(RosterEnrollment)
            if each.record.school_class == class_id and each.record.role.casefold() == "student"
        }
        return {id_: _learner(id_, users.get(id_)) for id_ in sorted(enrolled)}

    def _mark(self, placed: PlacedRow[LineItemResult], item: GradeItem) -> MarkValue:
        """Return the mark of a result: exempt, ungraded or a score, which a zero is (I3, I4)."""
        result, value = placed.record, _value_of(placed.record, item)
        status = _status_of(result, value)
        self._judge(placed, item, status, value)
        value = None if status is ScoreStatus.SUBMITTED else value
        note = result.comment or (status.value if _is_said(status, value) else "")
        if status is ScoreStatus.EXEMPT:
            return Mark(value, exempt=True, note=note) if note or value is not None else EXEMPT
        if note:
            return Mark(value, note=note)
        return UNGRADED if value is None else value

    def _judge(self, placed: PlacedRow[LineItemResult], item: GradeItem, status: ScoreStatus, value: object) -> None:
        """Report what is odd about a result."""
        result = placed.record
        if status is ScoreStatus.FULLY_GRADED and value is None:
            self._say("no_score", placed.path, "the result is fully graded and has no score; state it")
        if value is None and result.text_score:
            self._say("text_score", placed.path, "the text score is no symbol of a scale of the line item")
        if status is ScoreStatus.SUBMITTED and value is not None:
            message = "work that is submitted is not yet graded; the score beside it does not count"
            self._say("not_yet_graded", placed.path, message, Severity.NOTICE)
        if result.score is not None and not _is_within(result.score, item):
            message = "the score is outside resultValueMin and resultValueMax; it is read, and limited where it counts"
            self._say("out_of_range", placed.path, message, Severity.NOTICE)

    def _beside(self, result: LineItemResult, item: GradeItem) -> Recorded | None:
        """Return what the archive states beside the mark: the symbol of a score."""
        if item.kind is not ItemKind.NUMERIC or not result.text_score:
            return None
        return Recorded(result.score, item.max_points if item.counts else None, symbol=result.text_score)

    def _notice_flags(self, results: Iterable[LineItemResult]) -> None:
        listed = list(results)
        for name, word in _FLAGS.items():
            count = sum(getattr(each, name) for each in listed)
            if count:
                message = f"{count} results are said to be {word}, which changes no score here"
                self._say(f"said_{name}", "results.csv", message, Severity.NOTICE)

    def _say(self, code: str, path: str, message: str, severity: Severity = Severity.ERROR) -> None:
        self.archive.problems.append(Problem(code, path, message, severity))


class _Scales:
    """Score scales as schemes, by the line item that they are of."""

    def __init__(self, archive: Archive) -> None:
        self._problems = archive.problems
        self._placed = archive.rows(ScoreScale)
        self._known = {each.record.id: self._scheme(each) for each in self._placed}
        links = archive.rows(ScaleOfLineItem)
        self.of_line_item: dict[str, GradeScheme | None] = {}
        for each in links:
            if each.record.scale not in self._known:
                self._unknown(each, each.record.scale)
            self.of_line_item.setdefault(each.record.line_item, self._known.get(each.record.scale))
        for of_result in archive.rows(ScaleOfResult):
            if of_result.record.scale not in self._known:
                self._unknown(of_result, of_result.record.scale)
        self._linked = {each.record.scale for each in links}

    def of_class(self, class_id: str) -> GradeScheme | None:
        """Return the scale of the class that is no line item's, if there is exactly one (I6)."""
        free = [
            self._known[each.record.id]
            for each in self._placed
            if each.record.school_class == class_id and each.record.id not in self._linked
        ]
        return free[0] if len(free) == 1 else None

    def _unknown(self, placed: PlacedRow[Any], scale: str) -> None:
        self._problems.append(placed.problem("unknown_scale", f"there is no score scale {describe(scale)}"))

    def _scheme(self, placed: PlacedRow[ScoreScale]) -> GradeScheme | None:
        try:
            bands = [Band(symbol, start) for symbol, start in _bands(placed.record.values)]
            scheme = GradeScheme(bands, placed.record.title)
            faults = list(find_problems(scheme, ""))
        except (NumberError, DefinitionError):
            faults = [Problem("not_a_number", "", "each symbol needs the percent at which it starts, as in {A:90}")]
        if faults:
            self._problems.append(placed.problem("unusable_scale", f"the scale is not used: {faults[0].message}"))
            return None
        return scheme


def _bands(values: Iterable[tuple[str, str]]) -> Iterator[tuple[str, Exact]]:
    """Yield each symbol with the percent it starts at, which the standard writes on either side, or as a range."""
    for left, right in values:
        try:
            yield left, _start(right)
        except (NumberError, ValueError):
            yield right, _start(left)


def _start(text: str) -> Exact:
    low, dash, high = text.strip().rpartition("-")
    if not dash or not low.strip():
        return NUMBER.read(text.strip())
    return min(NUMBER.read(low.strip()), NUMBER.read(high.strip()))


def _kind_of(line: LineItem, scheme: GradeScheme | None, results: Sequence[LineItemResult]) -> ItemKind:
    """Return the kind of a line item: by its scale if symbols are its scores, text if nothing is a number (I5)."""
    if scheme is None:
        is_text = line.maximum is None and all(each.score is None for each in results)
        return ItemKind.TEXT if is_text else ItemKind.NUMERIC
    out_of = _WHOLE if line.maximum is None else line.maximum
    symbols = [each for each in results if each.text_score]
    if symbols and all(_is_worth(each, scheme, out_of) for each in symbols):
        return ItemKind.SELECTBOX
    return ItemKind.NUMERIC


def _is_worth(result: LineItemResult, scheme: GradeScheme, out_of: Exact) -> bool:
    worth = scheme.value(result.text_score)
    return worth is not None and result.score in (None, ratio(worth * out_of, _WHOLE))


def _value_of(result: LineItemResult, item: GradeItem) -> Exact | str | None:
    if item.kind is ItemKind.TEXT or (item.kind is ItemKind.SELECTBOX and result.text_score):
        return result.text_score or None
    return result.score


def _status_of(result: LineItemResult, value: object) -> ScoreStatus:
    if result.score_status is not None:
        return result.score_status
    return ScoreStatus.NOT_SUBMITTED if value is None else ScoreStatus.FULLY_GRADED


def _is_said(status: ScoreStatus, value: object) -> bool:
    """Return whether the mark alone does not say the status, so that its note does."""
    return status in _SAID and not (status is ScoreStatus.NOT_SUBMITTED and value is None)


def _is_within(score: Exact, item: GradeItem) -> bool:
    low, high = item.min_points, item.max_points
    return (low is None or score >= low) and (high is None or item.can_exceed or score <= high)


def _learner(id_: str, user: RosterUser | None) -> Learner:
    if user is None:
        return Learner(id_)
    return Learner(
        id_,
        institution_id=user.identifier,
        username=user.username,
        first_name=user.given_name,
        last_name=user.family_name,
        email=user.email,
    )
