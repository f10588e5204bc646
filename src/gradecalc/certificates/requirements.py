# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a credential requires, whether a learner has it, and what was waived: a decision that keeps every reason.

>>> from gradecalc.verdicts import verdict
>>> def passes(percent: int) -> Finding:
...     return Finding(verdict(percent >= 70), needed="at least 70 %", found=f"{percent} %")
>>> by_exception = Waiver("passing_grade", why="was ill", by="Ada", at=datetime(2026, 6, 1, tzinfo=UTC))
>>> print(decide("certificate", [Requirement("passing_grade", passes)], 53, [by_exception]))
certificate         met
  passing grade  waived  needs at least 70 %; has 53 %; waived by Ada on 2026-06-01: was ill

A requirement is a named predicate over whatever facts the host has. All of them are judged, in their order, so that
nobody mends one reason only to be told the next. Rules K1 to K5.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from enum import Enum
from functools import partial
from typing import Any, Final, Generic, TypeVar

from attrs import Attribute, evolve, field, frozen

from ..errors import DefinitionError, Problem, nearest
from ..exact import describe
from ..learner_facts import LearnerFacts
from ..outline import Explained, Outline
from ..release_conditions import Condition, check
from ..verdicts import Verdict, all_of, any_of

Facts = TypeVar("Facts")


def zoned(when: datetime, path: str = "now") -> datetime:
    """Return the moment in UTC; raises `DefinitionError` for what is no datetime with a time zone."""
    if not isinstance(when, datetime):
        raise DefinitionError([Problem("wrong_type", path, f"is {describe(when)}; it must be a datetime with a zone")])
    if when.utcoffset() is None:
        message = f"is {when.isoformat(' ')} without a zone; give it one, such as tzinfo=UTC"
        raise DefinitionError([Problem("naive_date", path, message)])
    try:
        return when.astimezone(UTC)
    except OverflowError:
        raise DefinitionError([Problem("out_of_range", path, "lies beyond the dates that there are")]) from None


def has_zone(_: object, attribute: Attribute[Any], when: datetime | None) -> None:
    """Check, as a validator of a field, that a moment has a zone; None is left to the field's type."""
    if when is not None:
        zoned(when, attribute.name)


@frozen
class Finding:
    """What a predicate answers: the verdict, what is needed, and what the learner has, in words."""

    verdict: Verdict
    needed: str = ""
    found: str = ""


@frozen
class Requirement(Generic[Facts]):
    """A named predicate over the facts; the name is for programs, and unique among those decided together."""

    name: str
    judge: Callable[[Facts], Finding]


@frozen
class Waiver:
    """That one named requirement need not be met: why, by whom, and since when."""

    requirement: str
    why: str = field(default="", kw_only=True)
    by: str = field(default="", kw_only=True)
    at: datetime = field(validator=has_zone, kw_only=True)

    def __str__(self) -> str:
        by = f" by {self.by}" if self.by else ""
        why = f": {self.why}" if self.why else ""
        return f"waived{by} on {self.at:%Y-%m-%d}{why}"


@frozen
class Judged:
    """One requirement as it was judged, with the waiver that covers it, if there is one."""

    name: str
    finding: Finding
    waiver: Waiver | None = None

    @property
    def verdict(self) -> Verdict:
        """The verdict that counts: met where the requirement is waived."""
        return self.finding.verdict if self.waiver is None else Verdict.MET

    @property
    def waived(self) -> bool:
        """Whether it counts as met by the waiver alone."""
        return self.verdict is not self.finding.verdict

    @property
    def label(self) -> str:
        """The name for people."""
        return self.name.replace("_", " ")

    def outline(self) -> Outline:
        """Return the requirement as a row: what it came to, what was needed, what was found, and the waiver."""
        notes = [
            f"needs {self.finding.needed}" if self.finding.needed else "",
            f"has {self.finding.found}" if self.finding.found else "",
            str(self.waiver) if self.waived else "",
        ]
        return Outline(self.label, "waived" if self.waived else self.verdict.value, filter(None, notes))

    def __str__(self) -> str:
        row = self.outline()
        return f"{row.label}: {'; '.join([row.value, *row.notes])}"


class Need(Enum):
    """How many of the requirements must be met."""

    ALL = "all"
    ANY = "any"


_JOINED: Final = {Need.ALL: all_of, Need.ANY: any_of}


@frozen
class Decision(Explained):
    """What a list of requirements came to, each of them judged, in the documented order."""

    subject: str
    judged: tuple[Judged, ...]
    need: Need = Need.ALL

    @property
    def verdict(self) -> Verdict:
        """Met, not met, or not yet known."""
        return _JOINED[self.need](each.verdict for each in self.judged)

    @property
    def reasons(self) -> tuple[Judged, ...]:
        """Everything that is in the way or not yet known, in order; nothing where the verdict is met (K2)."""
        if self.verdict is Verdict.MET:
            return ()
        return tuple(each for each in self.judged if each.verdict is not Verdict.MET)

    @property
    def waived(self) -> tuple[Judged, ...]:
        """What counts as met by a waiver alone."""
        return tuple(each for each in self.judged if each.waived)

    def __getitem__(self, name: str) -> Judged:
        for each in self.judged:
            if each.name == name:
                return each
        raise KeyError(f"no requirement {describe(name)}{nearest(name, (each.name for each in self.judged))}")

    def outline(self) -> Outline:
        """Return the verdict, with a row for every requirement."""
        return Outline(self.subject, self.verdict.value, children=(each.outline() for each in self.judged))


def decide(
    subject: str,
    requirements: Iterable[Requirement[Facts]],
    facts: Facts,
    waivers: Iterable[Waiver] = (),
    *,
    need: Need = Need.ALL,
) -> Decision:
    """Return the decision over all the requirements, none skipped (K1, K2).

    Raises `DefinitionError` where two requirements have one name, or a waiver names none of them.
    """
    asked, by_name = tuple(requirements), {waiver.requirement: waiver for waiver in waivers}
    problems = [*_duplicates(asked), *_unknown(asked, by_name)]
    if problems:
        raise DefinitionError(problems)
    judged = (Judged(each.name, each.judge(facts), by_name.get(each.name)) for each in asked)
    return Decision(subject, tuple(judged), need)


def waive(decision: Decision, *waivers: Waiver) -> Decision:
    """Return the decision with further requirements waived, without judging anything anew.

    Raises `DefinitionError` where a waiver names none of its requirements.
    """
    by_name = {waiver.requirement: waiver for waiver in waivers}
    problems = list(_unknown(decision.judged, by_name))
    if problems:
        raise DefinitionError(problems)
    judged = (evolve(each, waiver=by_name.get(each.name, each.waiver)) for each in decision.judged)
    return evolve(decision, judged=tuple(judged))


def by_condition(name: str, condition: Condition) -> Requirement[LearnerFacts]:
    """Return a release condition as a requirement over a learner's facts."""
    return Requirement(name, partial(_judge_condition, condition))


def _judge_condition(condition: Condition, facts: LearnerFacts) -> Finding:
    decision = check(condition, facts)
    return Finding(decision.verdict, decision.needed, decision.found or "; ".join(decision.reasons))


def _duplicates(asked: Iterable[Requirement[Facts]]) -> Iterable[Problem]:
    for name, times in Counter(each.name for each in asked).items():
        if times > 1:
            yield Problem("duplicate_name", name, f"{times} requirements are called {describe(name)}; name them apart")


def _unknown(asked: Iterable[Requirement[Facts] | Judged], by_name: Iterable[str]) -> Iterable[Problem]:
    names = [each.name for each in asked]
    for name in by_name:
        if name not in names:
            message = f"a waiver is for {describe(name)}, which is not required{nearest(name, names)}"
            yield Problem("unknown_requirement", name, message)
