# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Late work of a whole learner, or of a class: marks and how late each work was in, the marks to grade out.

>>> from datetime import timedelta
>>> from gradecalc import GradeItem, Gradebook
>>> book = Gradebook([GradeItem("Lab 1", max_points=10), GradeItem("Lab 2", max_points=10)])
>>> rules = LateRules(LatePolicy(deduction=20), bank=LateBank(size=1))
>>> late = LateFacts({"Lab 1": 3600, "Lab 2": timedelta(days=1, hours=1)})
>>> record = apply_late_rules(book, rules, {"Lab 1": 9, "Lab 2": 8}, late)
>>> record.left, record["Lab 1"].adjusted.points, record["Lab 2"].adjusted.points
(0, Fraction(9, 1), Fraction(4, 1))

No clock is read: how late a work is, is a fact. What was taken stands at the mark, and so in the report.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from attrs import evolve, field

from ..errors import (
    DefinitionError,
    MarksError,
    Problem,
    nearest,
)
from ..exact import Exact, NumberError, describe, ratio
from ..fields import (
    as_ids,
    as_tuple,
    find_problems,
    many,
    one_of,
    text,
)
from ..gradebook.late_bank import (
    MOST_IN_BANK,
    BankUnit,
    Claim,
    LateBank,
    SavedBy,
    spend,
)
from ..gradebook.late_policy import (
    LATE_WORK,
    Adjusted,
    Adjustment,
    Lateness,
    LatePolicy,
    begun,
    deduct,
    fill_missing,
    read_lateness,
)
from ..gradebook.tree import Gradebook
from ..marks import (
    NOTHING_RECORDED,
    Change,
    ChangeKind,
    Mark,
    Marks,
    MarkValue,
    Reading,
)
from ..outline import Explained, Outline
from ..reasons import Said
from ..values import frozen
from .grading import Unknown, read_marks
from .plan import Plan, plan_of
from .planned import PlannedItem

_NO_POLICY: Final = LatePolicy()
_NOTHING: Final[Mapping[str, int]] = MappingProxyType({})


@frozen
class ItemLatePolicy:
    """The late policy of one item, in the place of that of all; None leaves its lateness without consequence."""

    id: str = field(metadata=text())
    policy: LatePolicy | None = field(default=None, metadata=one_of(LatePolicy, optional=True))


@frozen
class LateRules:
    """What becomes of late work in a course: a policy, those of single items, and a bank over all of them.

    `due` lists ids in the order in which they are due; what it does not list comes after, in the order of the book.
    """

    policy: LatePolicy = field(metadata=one_of(LatePolicy))
    bank: LateBank | None = field(default=None, metadata=one_of(LateBank, optional=True))
    own: tuple[ItemLatePolicy, ...] = field(default=(), converter=as_tuple, metadata=many(ItemLatePolicy))
    due: tuple[str, ...] = field(default=(), converter=as_ids, metadata=many(str))

    def policy_of(self, id_: str) -> LatePolicy:
        """Return the policy of an item."""
        return next((each.policy or _NO_POLICY for each in self.own if each.id == id_), self.policy)


@frozen
class LateFacts:
    """What is known of one learner's lateness: how late each work was, in seconds or as a time; in time is absent.

    `missing` are the ids of work that was never handed in. `asked` is what of the bank the learner wants to spend on
    each work, and `extra` what this learner has in it beyond its size.
    """

    late: Mapping[str, Lateness] = field(factory=dict, hash=False)
    missing: tuple[str, ...] = field(default=(), converter=as_ids)
    asked: Mapping[str, int] = field(default=_NOTHING, hash=False, kw_only=True)
    extra: int = field(default=0, kw_only=True)


IN_TIME: Final = LateFacts()
"""Nothing was late or missing."""


@frozen
class LateOutcome(Explained):
    """What became of one late or missing work: the adjusted points, what the bank spent, and what was left in it."""

    id: str
    adjusted: Adjusted
    spent: int = 0
    left: int | None = None

    def outline(self) -> Outline:
        """Return the points with every reason."""
        row = self.adjusted.outline()
        bank = (LATE_WORK.reason("spent", self.spent, self.left),) if self.spent else ()
        return evolve(row, label=self.id, notes=(*row.notes, *bank))


@frozen
class LateRecord(Explained):
    """One learner's marks after the rules, what became of each late or missing work, and what is left in the bank."""

    marks: Mapping[str, MarkValue] = field(hash=False)
    outcomes: tuple[LateOutcome, ...] = ()
    left: int | None = None

    def __getitem__(self, id_: str) -> LateOutcome:
        found = next((each for each in self.outcomes if each.id == id_), None)
        if found is None:
            raise KeyError(f"{describe(id_)} was neither late nor missing")
        return found

    def outline(self) -> Outline:
        """Return a row for each late or missing work."""
        left = "" if self.left is None else LATE_WORK.phrase("bank_left", self.left)
        return Outline(LATE_WORK.phrase("late_work"), left, children=tuple(each.outline() for each in self.outcomes))


def apply_late_rules(plan: Plan | Gradebook, rules: LateRules, marks: Marks, facts: LateFacts = IN_TIME) -> LateRecord:
    """Return the marks of one learner after the rules, each that changed with its figure before and why (H16 to H22).

    Raises `DefinitionError` for rules or a gradebook that cannot be used, and `MarksError` with every mark and every
    fact that cannot be.
    """
    return _Rules.of(plan, rules).record(marks, facts)


def apply_late_rules_to_class(
    plan: Plan | Gradebook, rules: LateRules, marks: Mapping[str, Marks], facts: Mapping[str, LateFacts]
) -> Iterator[tuple[str, LateRecord | MarksError]]:
    """Yield (learner id, record or error) for every learner; who is in `facts` alone has no marks.

    Raises at once `DefinitionError` for rules or a gradebook that cannot be used.
    """
    applied = _Rules.of(plan, rules)
    learners = dict.fromkeys([*marks, *facts])
    return ((learner, applied.outcome(marks.get(learner, {}), facts.get(learner, IN_TIME))) for learner in learners)


@frozen
class _Work:
    """A late or missing work: its item, the mark as read, and how late it is in seconds, None for never handed in."""

    item: PlannedItem
    reading: Reading
    policy: LatePolicy
    late: Exact | None

    @property
    def out_of(self) -> Exact:
        """What it is out of for this learner."""
        return self.item.max_points if self.reading.out_of is None else self.reading.out_of

    def adjusted(self, covered: int = 0) -> Adjusted:
        """Return the points with so many intervals covered."""
        if self.late is None:
            return fill_missing(self.policy, self.reading.points, self.out_of)
        return deduct(self.policy, self.reading.points, self.out_of, self.late, covered=covered)


@frozen
class _Rules:
    """Rules that can be used, with the plan that they are for."""

    plan: Plan
    rules: LateRules

    @classmethod
    def of(cls, plan: Plan | Gradebook, rules: LateRules) -> _Rules:
        """Return the rules, judged; raises `DefinitionError`."""
        if not isinstance(rules, LateRules):
            message = f"rules is {describe(rules)}; it must be LateRules, as in LateRules(policy)"
            raise DefinitionError([Problem("wrong_type", "rules", message)])
        compiled = plan_of(plan)
        named = [(f"own[{nth}].id", each.id) for nth, each in enumerate(rules.own)]
        named += [(f"due[{nth}]", id_) for nth, id_ in enumerate(rules.due)]
        named += [(f"bank.items[{nth}]", id_) for nth, id_ in enumerate(rules.bank.items if rules.bank else ())]
        problems = [*find_problems(rules, ""), *_not_items(compiled, named)]
        if problems:
            raise DefinitionError(problems)
        return cls(compiled, rules)

    def outcome(self, marks: Marks, facts: LateFacts) -> LateRecord | MarksError:
        """Return the record of one learner, or why there is none."""
        try:
            return self.record(marks, facts)
        except MarksError as error:
            return error

    def record(self, marks: Marks, facts: LateFacts) -> LateRecord:
        """Return the record of one learner; raises `MarksError`."""
        works = self._works(read_marks(self.plan, marks, Unknown.REFUSE), facts)
        bank = self.rules.bank
        if bank is None:
            outcomes = [LateOutcome(work.item.id, work.adjusted()) for work in works]
            return LateRecord(_changed(marks, works, outcomes), tuple(outcomes))
        left = bank.size + facts.extra
        spent = spend(bank, [self._claim(bank, work, facts, left) for work in works], left)
        outcomes = []
        for work, each in zip(works, spent, strict=True):
            left -= each.cost
            outcomes.append(LateOutcome(work.item.id, work.adjusted(each.covered), each.cost, left))
        return LateRecord(_changed(marks, works, outcomes), tuple(outcomes), left)

    def _works(self, readings: Mapping[int, Reading], facts: LateFacts) -> list[_Work]:
        """Return the late and missing works that are not exempt, in the order due; raises `MarksError`."""
        late, problems = _read_facts(self.plan, facts)
        if problems:
            raise MarksError(problems)
        works = []
        for id_ in sorted(late, key=self._place):
            line = self.plan.layout.index[id_]
            item, reading = self.plan.lines[line], readings.get(line, NOTHING_RECORDED)
            if isinstance(item, PlannedItem) and not (reading.exempt or self._exempt_within(readings, line)):
                works.append(_Work(item, reading, self.rules.policy_of(id_), late[id_]))
        return works

    def _exempt_within(self, readings: Mapping[int, Reading], line: int) -> bool:
        """Return whether a category that an item lies in is exempt (X6)."""
        return any(reading.exempt and above < line < self.plan.lines[above].end for above, reading in readings.items())

    def _place(self, id_: str) -> tuple[int, int]:
        due = self.rules.due
        return due.index(id_) if id_ in due else len(due), self.plan.layout.index[id_]

    def _claim(self, bank: LateBank, work: _Work, facts: LateFacts, most: int) -> Claim:
        covers = not bank.items or work.item.id in bank.items
        count = begun(work.policy, work.late) if work.late is not None and work.policy.deducts and covers else 0
        last = count if bank.unit is BankUnit.WORKS else min(count, most)
        covered = [0, count] if bank.unit is BankUnit.WORKS else range(last + 1)
        points = [work.adjusted(each).points or Fraction(0) for each in covered]
        scale = Fraction(work.out_of) if bank.best_by is SavedBy.PERCENT and work.out_of else Fraction(1)
        saved = [ratio(each - points[0], scale) for each in points]
        return Claim(begun=count, saved=saved, asked=facts.asked.get(work.item.id, 0))


def _changed(marks: Marks, works: Sequence[_Work], outcomes: Sequence[LateOutcome]) -> dict[str, MarkValue]:
    """Return the marks with those in the place of which others stand now."""
    changed = dict(marks)
    for work, outcome in zip(works, outcomes, strict=True):
        changes = tuple(_changes(work, outcome))
        if changes:
            before = changed.get(outcome.id)
            mark = before if isinstance(before, Mark) else Mark(before)
            points = mark.points if outcome.adjusted.points == work.reading.points else outcome.adjusted.points
            changed[outcome.id] = evolve(mark, points=points, changes=(*mark.changes, *changes))
    return changed


def _changes(work: _Work, outcome: LateOutcome) -> Iterator[Change]:
    adjusted, before = outcome.adjusted, work.reading.points
    if work.late is None or before is None:
        if adjusted.points is not None and Adjustment.MISSING in adjusted.reasons:
            yield Change(ChangeKind.MISSING, (adjusted.points,))
        return
    how_late = _in_words(work.policy, work.late)
    if outcome.spent and outcome.left is not None:
        yield Change(ChangeKind.COVERED, (how_late, outcome.spent, outcome.left))
    if Adjustment.NOT_ACCEPTED in adjusted.reasons:
        yield Change(ChangeKind.NOT_ACCEPTED, (before, how_late))
    elif adjusted.deducted:
        yield Change(ChangeKind.LATE, (before, how_late, adjusted.deducted))


def _in_words(policy: LatePolicy, late: Exact) -> Said:
    """Return how many intervals have begun since the work was due, as text."""
    count = -(-late // policy.interval.value)
    code = f"{policy.interval}{'' if count == 1 else 'S'}"
    return LATE_WORK.phrase(code, count, show=describe)


def _read_facts(plan: Plan, facts: LateFacts) -> tuple[dict[str, Exact | None], list[Problem]]:
    """Return how late each work is, None for missing, and a problem for each fact that cannot be used.

    Raises `MarksError` for what are no facts at all.
    """
    if not isinstance(facts, LateFacts) or not all(isinstance(each, Mapping) for each in (facts.late, facts.asked)):
        message = "the facts of lateness are a LateFacts, with mappings of item ids to lateness and to what is asked"
        raise MarksError([Problem("not_facts", "", message)])
    named = [(id_, id_) for id_ in dict.fromkeys([*facts.late, *facts.missing, *facts.asked])]
    problems = list(_not_items(plan, named))
    late: dict[str, Exact | None] = {}
    for id_, value in facts.late.items():
        try:
            late[id_] = read_lateness(value)
        except NumberError as error:
            problems.append(Problem("unreadable_lateness", str(id_), f"how late {describe(id_)} is: {error}"))
    for id_ in facts.missing:
        if id_ in late:
            problems.append(Problem("contradiction", str(id_), f"{describe(id_)} is both late and missing; say which"))
        late[id_] = None
    amounts = [("extra", facts.extra), *facts.asked.items()]
    problems += [
        Problem("not_a_count", str(id_), f"what is asked of the bank is {describe(each)}; it must be 0 or more")
        for id_, each in amounts
        if type(each) is not int or not 0 <= each <= MOST_IN_BANK
    ]
    return late, problems


def _not_items(plan: Plan, named: Sequence[tuple[str, str]]) -> Iterator[Problem]:
    items = [each.id for each in plan.lines if isinstance(each, PlannedItem)]
    known = set(items)
    for path, id_ in named:
        if id_ not in known:
            message = f"there is no item {describe(id_)} that is marked{nearest(id_, items)}"
            yield Problem("unknown_id", path[:100] if isinstance(path, str) else describe(path), message)
