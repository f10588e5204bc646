# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The laws of certifications: whatever happens, in whatever order, states agree, and every no has its reasons."""

import pickle
from datetime import UTC, datetime, timedelta

from attrs import evolve
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from gradecalc import DefinitionError
from gradecalc.certificates.requirements import Finding
from gradecalc.certifications.credentials import CredentialState, CredentialStep, Force
from gradecalc.certifications.criteria import Certification, Criterion, CriterionKind
from gradecalc.certifications.enrolment import EnrolmentStep
from gradecalc.certifications.events import (
    BeginAgain,
    ChangeCredential,
    Enrol,
    Observe,
    TakeReviewStep,
    Waive,
    apply,
)
from gradecalc.certifications.periods import Period, Unit
from gradecalc.certifications.permissions import NotPermittedError, Person, Role
from gradecalc.certifications.records import Record
from gradecalc.certifications.review import BY_REVIEWERS, ReviewState, ReviewStep
from gradecalc.certifications.status import Attainment, status_of
from gradecalc.certifications.validity import Ending, ExpiryMethod, ValidityRule
from gradecalc.transitions import TransitionError
from gradecalc.verdicts import Verdict

START = datetime(2026, 1, 1, 8, 14, tzinfo=UTC)
CRITERIA = ["exam", "reading", "portfolio"]

verdicts = st.sampled_from(Verdict)
facts = st.fixed_dictionaries({"exam": verdicts, "reading": verdicts})
whys = st.sampled_from(["", "because", "because"])
periods = st.builds(Period, st.integers(1, 3), st.sampled_from([Unit.WEEK, Unit.MONTH]))
rules = st.builds(
    ValidityRule,
    lasts=st.builds(Period, st.integers(3, 24), st.just(Unit.MONTH)),
    window=st.none() | periods,
    grace=st.none() | periods,
    minimum=st.none() | periods,
    method=st.sampled_from(ExpiryMethod),
    ending=st.sampled_from(Ending),
) | st.just(ValidityRule())

PEOPLE = {
    "root": Person("root", roles=[Role.SUPER_ADMIN]),
    "cem": Person("cem", roles=[Role.COACH], team=["ada"]),
    "ada": Person("ada", roles=[Role.LEARNER], groups=["nurses"]),
}
certifications = st.builds(
    Certification,
    st.just("First aid"),
    st.just(
        [
            Criterion("exam", CriterionKind.GRADE, lambda found: Finding(found["exam"])),
            Criterion("reading", CriterionKind.CONTENT, lambda found: Finding(found["reading"])),
            Criterion("portfolio", CriterionKind.REVIEW),
        ]
    ),
    require_approval=st.booleans(),
    validity=rules,
    view_groups=st.just(["nurses"]),
)


class CertificationLife(RuleBasedStateMachine):
    """A record to which anything may happen, also what is not legal, and time goes by."""

    @initialize(certification=certifications)
    def begin(self, certification):
        """Begin with a learner of whom nothing is recorded."""
        self.certification, self.record, self.now = certification, Record(learner="ada"), START

    def happen(self, event):
        """Apply an event, or see it refused."""
        try:
            outcome = apply(self.certification, self.record, event, self.now, by=self.person(event))
        except (TransitionError, DefinitionError, NotPermittedError) as error:
            self.refused(error)
        else:
            assert outcome.status == status_of(self.certification, outcome.value, self.now)
            assert outcome.awarded == (len(outcome.value.credentials) == len(self.record.credentials) + 1)
            self.record = outcome.value

    def person(self, event):
        """Return who does it: now and then somebody who may not."""
        return None if isinstance(event, Observe) else PEOPLE[event.by]

    def refused(self, error):
        """Look at a refusal: it names both states, what the event does not say, or what the person may not do."""
        if isinstance(error, NotPermittedError):
            assert error.decision.verdict is not Verdict.MET
            assert error.decision.obstacles
        elif isinstance(error, TransitionError):
            assert error.state
            assert error.wanted
        else:
            assert {"missing", "no_review"} >= {problem.code for problem in error.problems}

    @rule(days=st.integers(0, 200))
    def time_goes_by(self, days):
        """Let time go by."""
        self.now += timedelta(days=days)

    @rule(
        step=st.sampled_from(EnrolmentStep),
        why=whys,
        due=st.none() | st.integers(-99, 99),
        by=st.sampled_from(["root", "ada"]),
    )
    def enrol(self, step, why, due, by):
        """Take a step of the enrolment."""
        self.happen(Enrol(step, by, why, due=None if due is None else self.now + timedelta(days=due)))

    @rule(found=facts)
    def observe(self, found):
        """Observe the facts."""
        self.happen(Observe(found))

    @rule()
    def observe_that_all_is_done(self):
        """Observe that everything that has a test is met."""
        self.happen(Observe({"exam": Verdict.MET, "reading": Verdict.MET}))

    @rule(criterion=st.sampled_from(CRITERIA), why=whys)
    def waive(self, criterion, why):
        """Waive a criterion, which makes nothing worse (Y18)."""
        before = status_of(self.certification, self.record, self.now)
        self.happen(Waive(criterion, "root", why))
        after = status_of(self.certification, self.record, self.now)
        assert RANK[before.verdict] <= RANK[after.verdict]
        assert before.credential == after.credential or after.verdict is Verdict.MET
        assert {each.label for each in before.obstacles} >= {each.label for each in after.obstacles} - {"award"}

    @rule(
        step=st.sampled_from(ReviewStep),
        criterion=st.sampled_from([None, "portfolio", "exam"]),
        why=whys,
        rightly=st.sampled_from([True, True, True, False]),
    )
    def review(self, step, criterion, why, rightly):
        """Take a step of a review."""
        by = "cem" if (step in BY_REVIEWERS) == rightly else "ada"
        self.happen(TakeReviewStep(step, by, why, criterion=criterion))

    @rule(step=st.sampled_from(CredentialStep), why=whys)
    def change_credential(self, step, why):
        """Suspend, reinstate, revoke or supersede."""
        self.happen(ChangeCredential(step, "root", why))

    @rule()
    def begin_again(self):
        """Begin a new attempt."""
        self.happen(BeginAgain("ada"))

    @invariant()
    def every_no_has_a_reason(self):
        """Where no credential is honoured there are reasons, none of them met, and otherwise none (Y24)."""
        status = status_of(self.certification, self.record, self.now)
        honoured = {CredentialState.CERTIFIED, CredentialState.WINDOW_OPEN, CredentialState.IN_GRACE}
        assert (status.verdict is Verdict.MET) == bool(honoured.intersection(status.credential))
        assert (status.verdict is Verdict.MET) == (not status.obstacles)
        assert all(reason.verdict is not Verdict.MET for reason in status.obstacles)
        assert all(reason.found for reason in status.obstacles if reason.label not in ("exam", "reading"))

    @invariant()
    def the_axes_agree(self):
        """At most one credential stands, what is awarded was approved where it had to be, and nothing is both (Y31)."""
        standing = [each for each in self.record.credentials if each.force in (Force.IN_FORCE, Force.SUSPENDED)]
        assert standing in ([], [self.record.credential])
        status = status_of(self.certification, self.record, self.now)
        if self.certification.require_approval and self.record.attempt.credential:
            assert Attainment.APPROVED is status.attainment
        by_date = {CredentialState.NONE, CredentialState.CERTIFIED, CredentialState.WINDOW_OPEN}
        assert len(status.credential) == 1 or not by_date.intersection(status.credential)

    @invariant()
    def nothing_that_is_due_is_withheld(self):
        """After every event, an attempt in whose way nothing is has its credential (Y16)."""
        status = status_of(self.certification, self.record, self.now)
        assert self.record.attempt.credential or status.award.verdict is not Verdict.MET

    @invariant()
    def a_record_is_a_value(self):
        """See that a record is rebuilt from its parts and unpickled as it was, its states being those of its logs."""
        assert self.record == pickle.loads(pickle.dumps(self.record))  # noqa: S301 - our own
        rebuilt = evolve(self.record, attempts=[evolve(attempt) for attempt in self.record.attempts])
        assert self.record == rebuilt
        assert all(each.approval.state in ReviewState for each in rebuilt.attempts)


RANK = {Verdict.NOT_MET: 0, Verdict.UNDETERMINED: 1, Verdict.MET: 2}

TestCertificationLife = CertificationLife.TestCase
TestCertificationLife.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
