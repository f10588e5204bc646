# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a credential requires, whether a learner has it, and what was waived: a decision that keeps every reason.

>>> from datetime import UTC, datetime
>>> from gradecalc.verdicts import verdict
>>> def passes(percent: int) -> Finding:
...     return Finding(verdict(percent >= 70), needed="at least 70 %", found=f"{percent} %")
>>> by_exception = Waiver("passing_grade", why="was ill", by="Ada", at=datetime(2026, 6, 1, tzinfo=UTC))
>>> print(decide("certificate", [Requirement("passing_grade", passes)], 53, [by_exception]))
certificate         met
  passing grade  waived  needs at least 70 %; has 53 %; waived by Ada on 2026-06-01: was ill

A requirement is a named predicate over whatever facts the host has. Rules K1 to K5.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from typing import Generic, TypeVar

from attrs import field

from ..decisions import Decided, Decision, Need, Waiver, find_waiver_problems, join, spaced, waive
from ..errors import DefinitionError, Problem
from ..exact import describe
from ..fields import as_tuple
from ..outline import Outline
from ..reasons import Reason
from ..release_conditions import Condition, check
from ..release_conditions.facts import LearnerFacts
from ..values import frozen
from ..verdicts import Verdict

Facts = TypeVar("Facts")


@frozen
class Finding(Decided):
    """What a predicate answers: the verdict, what is needed, what the learner has, and the decisions behind it."""

    verdict: Verdict
    needed: str = ""
    found: Reason | str = ""
    children: tuple[Decision, ...] = field(default=(), converter=as_tuple)

    def decision(self, label: str) -> Decision:
        """Return the decision with this label that was so found."""
        return Decision(label, self.verdict, self.needed, self.found, children=self.children)

    def outline(self) -> Outline:
        """Return the outline of the decision that was so found."""
        return self.decision("finding").outline()


@frozen
class Requirement(Generic[Facts]):
    """A named predicate over the facts; the name is for programs, and unique among those decided together."""

    name: str
    judge: Callable[[Facts], Finding]

    @property
    def label(self) -> str:
        """The name in words for people, by which its decision goes."""
        return spaced(self.name)

    def decide(self, facts: Facts) -> Decision:
        """Return the decision on this requirement alone."""
        return self.judge(facts).decision(self.label)


def decide(
    subject: str,
    requirements: Iterable[Requirement[Facts]],
    facts: Facts,
    waivers: Iterable[Waiver] = (),
    *,
    need: Need = Need.ALL,
) -> Decision:
    """Return the decision over all the requirements, none skipped (K1, K2).

    Raises `DefinitionError` where the names of two requirements read alike, or a waiver names none of them.
    """
    asked, given = tuple(requirements), tuple(waivers)
    _refuse([each.label for each in asked], given)
    return waive(join(subject, (each.decide(facts) for each in asked), need), *given, need=need)


def combine(
    subject: str, decisions: Iterable[Decision], waivers: Iterable[Waiver] = (), *, need: Need = Need.ALL
) -> Decision:
    """Return the decision over decisions that are told apart by their labels; raises as `decide` does."""
    judged, given = tuple(decisions), tuple(waivers)
    _refuse([each.label for each in judged], given)
    return waive(join(subject, judged, need), *given, need=need)


def by_condition(name: str, condition: Condition) -> Requirement[LearnerFacts]:
    """Return a release condition as a requirement over a learner's facts; its tree and codes are kept."""
    return Requirement(name, partial(_judge_condition, condition))


def _judge_condition(condition: Condition, facts: LearnerFacts) -> Finding:
    decision = check(condition, facts)
    if decision.children:
        return Finding(decision.verdict, children=(decision,))
    return Finding(decision.verdict, decision.label, decision.found)


def _refuse(labels: list[str], waivers: tuple[Waiver, ...]) -> None:
    problems = [
        Problem("duplicate_name", label, f"{times} requirements are called {describe(label)}; name them apart")
        for label, times in Counter(labels).items()
        if times > 1
    ]
    problems.extend(find_waiver_problems(waivers, labels))
    if problems:
        raise DefinitionError(problems)
