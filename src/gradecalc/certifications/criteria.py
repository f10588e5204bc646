# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Certifications: the criteria that they ask for, whether somebody must approve, and how long they are valid.

>>> from gradecalc.release_conditions import Comparison, GradeValue
>>> exam = Criterion("exam", CriterionKind.GRADE, GradeValue("final", Comparison.AT_LEAST, 70))
>>> portfolio = Criterion("portfolio", CriterionKind.REVIEW)
>>> find_certification_problems(Certification("First aid", [exam, portfolio], require_approval=True))
()

All criteria must be met. What is on record of a learner is in `records`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from enum import Enum
from typing import Any, Final

from attrs import evolve, field

from ..certificates.requirements import Finding, by_condition
from ..decisions import spaced
from ..errors import DefinitionError, Problem, nearest
from ..exact import describe
from ..fields import (
    as_tuple,
    choice,
    find_problems,
    join,
    many,
    one_of,
    text,
    truth,
)
from ..release_conditions import Condition, find_condition_problems
from ..values import frozen
from ..verdicts import Verdict
from .texts import CERTIFICATIONS
from .validity import ValidityRule

RESERVED: Final = ("enrolment", "approval", "credential", "award")
"""What a decision calls its own requirements, so that no criterion is called so."""

NOT_OBSERVED: Final = Finding(Verdict.UNDETERMINED, found=CERTIFICATIONS.phrase("nothing_recorded"))
"""What is found of a criterion of which nothing is known (Y14)."""


class CriterionKind(Enum):
    """What a criterion is about; the value is the word for people."""

    CONTENT = "content"
    ACTIVITY = "activity"
    REVIEW = "review"
    """Met by the approval of what the learner submits for it; it is judged by nothing else."""
    GRADE = "grade"
    CONDITION = "condition"
    """Anything else that a condition or a function can say."""


Test = Condition | Callable[[Any], Finding]
"""What judges the facts of a learner: a release condition, or a function of whatever facts the host has."""


@frozen
class Criterion:
    """One thing that a certification asks for; the name is for programs, and unique in the certification."""

    name: str = field(metadata=text())
    kind: CriterionKind = field(metadata=choice(CriterionKind))
    test: Test | None = None

    @property
    def label(self) -> str:
        """The name in words for people, by which its decision goes."""
        return spaced(self.name)

    @property
    def reviewed(self) -> bool:
        """Whether it is met by a review."""
        return self.kind is CriterionKind.REVIEW

    def judge(self, facts: Any) -> Finding:
        """Return what the test finds; raises `DefinitionError` if it answers with anything but a `Finding`."""
        if isinstance(self.test, Condition):
            return by_condition(self.name, self.test).judge(facts)
        found = self.test(facts) if self.test else NOT_OBSERVED
        if not isinstance(found, Finding):
            message = f"the test of {describe(self.name)} answers with {describe(found)}; it must be a Finding"
            raise DefinitionError([Problem("wrong_type", self.name, message)])
        return found

    def cross_problems(self, path: str) -> Iterator[Problem]:
        """Yield what is wrong with the name and the test."""
        place, name = join(path, "test"), describe(self.name)
        if self.name in RESERVED:
            yield Problem("reserved_name", join(path, "name"), f"{name} is a name that decisions use; take another")
        if self.reviewed and self.test is not None:
            yield Problem("contradiction", place, f"{name} is met by a review; leave out its test")
        elif not self.reviewed and not (isinstance(self.test, Condition) or callable(self.test)):
            message = f"test of {name} is {describe(self.test)}; it must be a release condition or a function"
            yield Problem("missing" if self.test is None else "wrong_type", place, message)
        elif isinstance(self.test, Condition):
            found = find_condition_problems(self.test)
            yield from (evolve(problem, path=f"{place}.{problem.path}".rstrip(".")) for problem in found)


@frozen
class Certification:
    """What learners must do for a credential, whether somebody must approve it, and how long it is valid.

    `view_groups` are the groups whose members may find it and enrol themselves; without any, nobody may.
    """

    name: str = field(metadata=text())
    criteria: tuple[Criterion, ...] = field(converter=as_tuple, metadata=many(Criterion))
    require_approval: bool = field(default=False, metadata=truth(), kw_only=True)
    validity: ValidityRule = field(default=ValidityRule(), metadata=one_of(ValidityRule), kw_only=True)
    view_groups: tuple[str, ...] = field(default=(), converter=as_tuple, metadata=many(str), kw_only=True)

    def cross_problems(self, path: str) -> Iterator[Problem]:
        """Yield a problem where nothing is asked for, and for criteria whose names read alike."""
        place = join(path, "criteria")
        if not self.criteria:
            yield Problem("missing", place, "there are no criteria, so it could never be earned; state at least one")
        for name, times in Counter(criterion.label for criterion in self.criteria).items():
            if times > 1:
                yield Problem("duplicate_name", place, f"{times} criteria are called {describe(name)}; name them apart")

    def criterion(self, name: str) -> Criterion:
        """Return a criterion by its name; raises `DefinitionError` for a name that no criterion has."""
        for criterion in self.criteria:
            if criterion.label == spaced(name):
                return criterion
        near = nearest(name, (criterion.name for criterion in self.criteria))
        raise DefinitionError([Problem("unknown_criterion", "criterion", f"no criterion {describe(name)}{near}")])


def find_certification_problems(certification: Certification) -> tuple[Problem, ...]:
    """Return every problem of a certification, notices too, in its order."""
    if not isinstance(certification, Certification):
        return (Problem("wrong_type", "", f"{describe(certification)} is not a Certification"),)
    return tuple(find_problems(certification, ""))
