# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The single things that a release condition can ask of a learner, and what each comes to.

>>> print(GradeValue("Quiz 1", Comparison.AT_LEAST, 60).needed)
grade on 'Quiz 1': at least 60 %

Each asks the facts for one thing; where these do not say, the decision is undetermined, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from fractions import Fraction
from types import MappingProxyType
from typing import ClassVar, Final

from attrs import field

from ..decisions import Decision
from ..errors import Problem
from ..exact import Exact, describe, lenient
from ..fields import (
    as_tuple,
    choice,
    join,
    many,
    number,
    text,
)
from ..marks import EXEMPT, UNGRADED, NoScore
from ..moments import what_is_wrong
from ..reasons import Reason, say
from ..values import frozen
from ..verdicts import Verdict, verdict
from .comparisons import (
    Comparison,
    Range,
    TextTest,
)
from .facts import (
    Achievement,
    Completion,
    LearnerFacts,
    Measure,
    Membership,
    UnknownFactError,
    completion,
    grade_on,
    is_among,
    measured,
    now,
    profile_text,
)
from .texts import CONDITIONS, FINDINGS, either

Found = tuple[Verdict, Reason]
"""What a condition comes to, and what was found."""


class Condition:
    """What must hold, as a value; `inside` names the field that holds further conditions, if there are any."""

    __slots__ = ()

    inside: ClassVar[str] = ""

    @property
    def needed(self) -> str:
        """What the condition asks for, in words."""
        raise NotImplementedError

    def find(self, facts: LearnerFacts) -> Found:
        """Return the verdict and what was found; raises `UnknownFactError` where the facts do not say."""
        raise NotImplementedError

    def decide(self, facts: LearnerFacts) -> Decision:
        """Return the decision; the condition has been judged sound."""
        try:
            verdict, found = self.find(facts)
            return Decision(self.needed, verdict, found=found)
        except UnknownFactError as error:
            return Decision(self.needed, Verdict.UNDETERMINED, found=error.reason)


class Comparing(Condition):
    """A condition that compares a figure with `value`, and for BETWEEN with `upper`."""

    __slots__ = ()

    comparison: Comparison
    value: Fraction
    upper: Fraction | None

    @property
    def range(self) -> Range:
        """The range that the figure must lie in."""
        return Range(self.comparison, self.value, self.upper)

    def cross_problems(self, path: str) -> Iterator[Problem]:
        """Yield what is wrong between the bounds."""
        return self.range.problems(path)


@frozen
class GradeValue(Comparing):
    """The grade on an item, a category or `"final"`, in percent, compared exactly.

    It is the value used, after rounding, cap and override. Not met for an exempt learner, nor without a grade.
    """

    id: str = field(metadata=text())
    comparison: Comparison = field(metadata=choice(Comparison))
    value: Fraction = field(converter=lenient, metadata=number())
    upper: Fraction | None = field(default=None, converter=lenient, metadata=number(optional=True))

    @property
    def needed(self) -> str:
        """What the condition asks for, in words."""
        return CONDITIONS.phrase("grade", describe(self.id), self.range.words(" %"))

    def find(self, facts: LearnerFacts) -> Found:
        """Return the verdict and the percent found."""
        percent = grade_on(facts, self.id)
        return _compare(self.range, percent, " %") if isinstance(percent, Fraction) else _WITHOUT_PERCENT[percent]


@frozen
class GradeReceived(Condition):
    """A grade is there, whatever it is; not met for an exempt learner, nor without a grade."""

    id: str = field(metadata=text())

    @property
    def needed(self) -> str:
        """What the condition asks for, in words."""
        return CONDITIONS.phrase("received", describe(self.id))

    def find(self, facts: LearnerFacts) -> Found:
        """Return whether there is a grade, and what was found."""
        percent = grade_on(facts, self.id)
        return verdict(not isinstance(percent, NoScore)), _found(percent)


@frozen
class NoGradeReceived(Condition):
    """Nothing has been graded; not met for an exempt learner, since an exemption is not a missing grade."""

    id: str = field(metadata=text())

    @property
    def needed(self) -> str:
        """What the condition asks for, in words."""
        return CONDITIONS.phrase("no_grade", describe(self.id))

    def find(self, facts: LearnerFacts) -> Found:
        """Return whether there is no grade, and what was found."""
        percent = grade_on(facts, self.id)
        return verdict(percent is UNGRADED), _found(percent)


@frozen
class Measured(Comparing):
    """What the host measures by a number (a score, attempts, posts, days since an event), compared exactly."""

    measure: Measure = field(metadata=choice(Measure))
    id: str = field(metadata=text())
    comparison: Comparison = field(default=Comparison.AT_LEAST, metadata=choice(Comparison))
    value: Fraction = field(default=Fraction(1), converter=lenient, metadata=number())
    upper: Fraction | None = field(default=None, converter=lenient, metadata=number(optional=True))

    @property
    def needed(self) -> str:
        """What the condition asks for, in words."""
        measured = CONDITIONS.phrase(str(self.measure), describe(self.id))
        return CONDITIONS.phrase("with", measured, self.range.words(_unit(self.measure)))

    def find(self, facts: LearnerFacts) -> Found:
        """Return the verdict and the number found; not met where a score or an event is missing."""
        found = measured(facts, self.measure, self.id)
        if found is None:
            return Verdict.NOT_MET, FINDINGS.reason("nothing")
        return _compare(self.range, found, _unit(self.measure))


@frozen
class Achieved(Condition):
    """The learner has it: a visit, feedback, an award, a competency, a grade released."""

    achievement: Achievement = field(metadata=choice(Achievement))
    id: str = field(metadata=text())

    @property
    def needed(self) -> str:
        """What the condition asks for, in words."""
        return CONDITIONS.phrase(str(self.achievement), describe(self.id))

    def find(self, facts: LearnerFacts) -> Found:
        """Return whether it is among the learner's."""
        return _among(is_among(facts, self.achievement, self.id))


@frozen
class Member(Condition):
    """The learner is in the group, section or org unit, or has the role; without an id, in any."""

    membership: Membership = field(metadata=choice(Membership))
    id: str | None = None

    @property
    def needed(self) -> str:
        """What the condition asks for, in words."""
        which = CONDITIONS.phrase("any_of_them") if self.id is None else describe(self.id)
        return CONDITIONS.phrase("with", CONDITIONS.phrase(str(self.membership)), which)

    def find(self, facts: LearnerFacts) -> Found:
        """Return whether it is among the learner's."""
        return _among(is_among(facts, self.membership, self.id))

    def cross_problems(self, path: str) -> Iterator[Problem]:
        """Yield what is wrong with the id."""
        if self.id is not None and not (isinstance(self.id, str) and self.id):
            message = f"id is {describe(self.id)}; it must be a text, or None for any"
            yield Problem("wrong_type", join(path, "id"), message)


@frozen
class Completed(Condition):
    """A topic, a checklist or an item of one, or an activity is in one of the accepted states."""

    id: str = field(metadata=text())
    accepts: tuple[Completion, ...] = field(
        default=(Completion.COMPLETE, Completion.PASSED), converter=as_tuple, metadata=many(Completion)
    )

    @property
    def needed(self) -> str:
        """What the condition asks for, in words."""
        return CONDITIONS.phrase("completion", describe(self.id), either(map(say, self.accepts)))

    def find(self, facts: LearnerFacts) -> Found:
        """Return whether its state is accepted, and the state."""
        found = completion(facts, self.id)
        return verdict(found in self.accepts), FINDINGS.reason("found", found, "")

    def cross_problems(self, path: str) -> Iterator[Problem]:
        """Yield that no state is accepted."""
        if not self.accepts:
            yield Problem("missing", join(path, "accepts"), "accepts is empty; name at least one Completion")


@frozen
class During(Condition):
    """Now is `start` or later, and before `end`; each states its time zone, and one of the two may be left out."""

    start: datetime | None = None
    end: datetime | None = None

    @property
    def needed(self) -> str:
        """What the condition asks for, in words."""
        moments = [moment for moment in (self.start, self.end) if moment is not None]
        code = "from_until" if len(moments) > 1 else "from" if self.end is None else "until"
        return CONDITIONS.phrase("date", CONDITIONS.phrase(code, *moments))

    def find(self, facts: LearnerFacts) -> Found:
        """Return whether now is in time, and the moment that now is."""
        moment = now(facts)
        in_time = (self.start is None or self.start <= moment) and (self.end is None or moment < self.end)
        return verdict(in_time), FINDINGS.reason("now", moment)

    def cross_problems(self, path: str) -> Iterator[Problem]:
        """Yield what is wrong with the two moments, and between them."""
        problems = [
            Problem("wrong_type", join(path, name), f"{name} is {describe(moment)}; it must state its time zone too")
            for name, moment in (("start", self.start), ("end", self.end))
            if moment is not None and what_is_wrong(moment)
        ]
        yield from problems
        if self.start is None and self.end is None:
            yield Problem("missing", path, "there is neither a start nor an end; state at least one")
        elif not problems and self.start is not None and self.end is not None and self.end <= self.start:
            yield Problem("bounds_cross", join(path, "end"), "end is not after start, so now is never between them")


@frozen
class ProfileField(Condition):
    """A text of the learner's profile, tested with capital and small letters apart."""

    name: str = field(metadata=text())
    test: TextTest = field(metadata=choice(TextTest))
    value: str = field(default="", metadata=text(optional=True))

    @property
    def needed(self) -> str:
        """What the condition asks for, in words."""
        return CONDITIONS.phrase("profile", describe(self.name), self.test.words(self.value))

    def find(self, facts: LearnerFacts) -> Found:
        """Return whether the text passes, and the text."""
        found = profile_text(facts, self.name)
        return verdict(self.test.holds(found, self.value)), FINDINGS.reason("found", describe(found), "")

    def cross_problems(self, path: str) -> Iterator[Problem]:
        """Yield that the value is missing, or means nothing."""
        if self.test is TextTest.EMPTY and self.value:
            yield Problem("meaningless", join(path, "value"), "value means nothing where the text is to be empty")
        elif self.test is not TextTest.EMPTY and not self.value:
            yield Problem("missing", join(path, "value"), "value is empty; state a text, or test for TextTest.EMPTY")


def _found(percent: Fraction | NoScore | None) -> Reason:
    return FINDINGS.reason("found", percent, " %") if isinstance(percent, Fraction) else _WITHOUT_PERCENT[percent][1]


def _unit(measure: Measure) -> str:
    return " %" if measure in _PERCENTS else ""


def _compare(wanted: Range, found: Exact, unit: str) -> Found:
    return verdict(wanted.holds(found)), FINDINGS.reason("found", found, unit)


def _among(there: bool) -> Found:  # noqa: FBT001 - a fact
    return verdict(there), FINDINGS.reason("there" if there else "not_found")


_WITHOUT_PERCENT: Final[Mapping[NoScore | None, Found]] = MappingProxyType(
    {
        EXEMPT: (Verdict.NOT_MET, FINDINGS.reason("exempt")),
        UNGRADED: (Verdict.NOT_MET, FINDINGS.reason("no_grade")),
        None: (Verdict.UNDETERMINED, FINDINGS.reason("no_percent")),
    }
)

_PERCENTS: Final = frozenset({Measure.QUIZ_SCORE, Measure.QUESTION_SCORE, Measure.PERCENT_COMPLETED})
"""The measures that are in percent."""
