# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Open edX: the grading policy, which says how many of what are graded, what they weigh, and which grades there are.

>>> policy, problems = read_policy({
...     "GRADER": [{"type": "Homework", "short_label": "HW", "min_count": 12, "drop_count": 2, "weight": 0.4}],
...     "GRADE_CUTOFFS": {"A": 0.9, "B": 0.33}})
>>> policy.types[0].label, policy.types[0].weight, policy.cutoffs.letter(67), policy.cutoffs.pass_at
('HW', Fraction(2, 5), 'B', Percent(33, 1))
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any, Final

from attrs import Factory, field

from ....errors import Problem, Severity, nearest
from ....exact import Exact, Number, describe
from ....schemes import GradeScheme
from ....values import frozen
from ...documents import COUNT, TRUTH, Document
from ...records import named, names_of, read_record
from ..units import Percent, pass_mark, read_percent

MAX_PLACEHOLDERS: Final = 4_000
"""The most assignments that the types of one policy may promise together."""

_MOST_SHARE: Final = 1_000
_NAME: Final = Factory(lambda self: self.type, takes_self=True)


@frozen(kw_only=True)
class AssignmentType:
    """One entry of `GRADER`: `weight` is a part of 1, and the rest says how its rows are labelled.

    At least `min_count` assignments count, and those that are missing count as zero; of all of them the `drop_count`
    lowest are dropped.
    """

    type: str = field(metadata=named("type"))
    min_count: int = 0
    drop_count: int = 0
    weight: Fraction = Fraction(0)
    label: str = field(default=_NAME, metadata=named("short_label"))
    category: str = field(default=_NAME, metadata=named("category"))
    section_type: str = field(default=_NAME, metadata=named("section_type"))
    starting_index: int = field(default=1, metadata=named("starting_index", COUNT))
    show_only_average: bool = field(default=False, metadata=named("show_only_average", TRUTH))
    hide_average: bool = field(default=False, metadata=named("hide_average", TRUTH))


def _as_starts(starts: Iterable[tuple[str, Number]]) -> tuple[tuple[str, Fraction], ...]:
    return tuple((name, read_percent(start, name)) for name, start in starts)


@frozen
class Cutoffs:
    """The grades of a course, each with the percent it starts at (K36), from the highest down."""

    starts: tuple[tuple[str, Fraction], ...] = field(converter=_as_starts)

    @classmethod
    def of_shares(cls, shares: Mapping[str, Number]) -> Cutoffs:
        """Return the grades of a course whose cutoffs are parts of 1, as the platform's documents state them."""
        starts = {name: Percent.of_share(share) for name, share in shares.items()}
        return cls(sorted(starts.items(), key=lambda each: each[1], reverse=True))

    def letter(self, percent: Exact | None) -> str | None:
        """Return the first grade that a percent reaches, or None below all of them."""
        return next((name for name, start in self.starts if percent is not None and percent >= start), None)

    @property
    def pass_at(self) -> Exact | None:
        """The least percent above 0 that a grade starts at, which passes; without one nobody does."""
        return pass_mark(dict(self.starts))

    @property
    def failing(self) -> str:
        """What the pages show below every grade: `Fail` where there is one grade to pass with, and `F` otherwise."""
        names = {name for name, _ in self.starts}
        wanted = ("Fail", "F") if len(names) == 1 else ("F", "Fail")
        return next(name for name in (*wanted, *(f"F{nth}" for nth in range(len(names)))) if name not in names)

    @property
    def scheme(self) -> GradeScheme:
        """The grades as a scheme, which has a symbol for every percent."""
        below = {} if any(not start for _, start in self.starts) else {self.failing: Fraction(0)}
        return GradeScheme.from_cutoffs(dict(self.starts) | below)


_KEYS: Final = (*names_of(AssignmentType).values(), "min_count", "drop_count", "weight")

PASS_AT_HALF: Final = Cutoffs((("Pass", Fraction(50)),))
"""The grades of a course where nobody chose any."""


@frozen
class GradingPolicy:
    """How a course is graded: its assignment types, in order, and its grades."""

    types: tuple[AssignmentType, ...] = ()
    cutoffs: Cutoffs = PASS_AT_HALF


def read_policy(grading_policy: Any) -> tuple[GradingPolicy, tuple[Problem, ...]]:
    """Return a grading policy and its problems; no document makes this raise.

    A type without a `min_count` or a `drop_count` is an error, for the platform refuses such a policy, and is read as
    though it said 0. A weight that is missing is 0.
    """
    problems: list[Problem] = []
    document = Document(grading_policy, "grading_policy", problems)
    if not isinstance(grading_policy, Mapping):
        document.report("wrong_value", f"{describe(grading_policy)} is no grading policy; it must be an object")
    elif document.get("GRADER").value is None:
        document.report("missing", "there is no GRADER; without it nothing counts")
    return GradingPolicy(tuple(_types(document.get("GRADER"))), _cutoffs(document.get("GRADE_CUTOFFS"))), (*problems,)


def _types(document: Document) -> Iterator[AssignmentType]:
    seen: set[str] = set()
    room = MAX_PLACEHOLDERS
    for each in document.records():
        _report_gaps(each)
        name, count = each.text("type"), _whole(each, "min_count")
        if name in seen:
            each.report("duplicate_type", f"there is a type {describe(name)} already; this one is not read")
        elif name and room < max(count, 1):
            each.report("too_large", f"the types promise more than {MAX_PLACEHOLDERS} assignments; this is not read")
        elif name:
            seen.add(name)
            room -= max(count, 1)
            drop_count, weight = _whole(each, "drop_count"), _share(each, "weight") or Fraction(0)
            _report_above_one(each, "weight", weight)
            found = read_record(AssignmentType, each, type=name, min_count=count, drop_count=drop_count, weight=weight)
            yield from [found] if found else []


def _report_gaps(document: Document) -> None:
    for name in ("type", "min_count", "drop_count"):
        if document.get(name).value in (None, ""):
            document.get(name).report("missing", f"there is no {name}; a type of assignments states it")
    for key in document.value:
        if key not in _KEYS:
            message = f"nothing is known of {describe(key)}{nearest(key, _KEYS)}; it is not read"
            document.get(str(key)).report("unknown_key", message, Severity.NOTICE)


def _whole(document: Document, name: str) -> int:
    """Return a number of assignments, its decimals cut off as the platform does, and 0 for a negative one."""
    found = max(int(document.number(name) or 0), 0)
    if found > MAX_PLACEHOLDERS:
        document.get(name).report("too_large", f"{name} is more than {MAX_PLACEHOLDERS}; it is read as that")
    return min(found, MAX_PLACEHOLDERS)


def _cutoffs(document: Document) -> Cutoffs:
    """Return the grades; of two that start at one percent the first."""
    if document.value is None:
        return PASS_AT_HALF
    if not isinstance(document.value, Mapping):
        document.report("wrong_value", f"{describe(document.value)} is no object of names with their cutoffs")
        return PASS_AT_HALF
    found: dict[Percent, str] = {}
    for name in document.value:
        start = _share(document, name) if isinstance(name, str) and name else None
        if start is None:
            document.report("missing", f"a name and a cutoff make a grade; {describe(name)} is not read")
        elif Percent.of_share(start) in found:
            document.get(name).report("duplicate", "its cutoff is that of a grade before it; this one is not read")
        else:
            found[Percent.of_share(start)] = name
            _report_above_one(document, name, start)
    if not any(found):
        document.report("nobody_passes", "no grade starts above 0, so nobody passes", Severity.NOTICE)
    return Cutoffs(tuple((found[start], start) for start in sorted(found, reverse=True)))


def _report_above_one(document: Document, name: str, share: Fraction) -> None:
    if share > 1:
        message = f"{name} is {describe(share)}, which is read as a part of 1: 0.4 is 40 %, and 40 is 4,000 %"
        document.get(name).report("above_one", message, Severity.NOTICE)


def _share(document: Document, name: str) -> Fraction | None:
    """Return a part of 1, which may be more than 1 and is not beyond reason."""
    found = document.amount(name)
    if found is None or found <= _MOST_SHARE:
        return None if found is None else Fraction(found)
    document.get(name).report("too_large", f"{name} is {describe(found)}, a part of 1; it is not read")
    return None
