# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Laws of certificates: an exception never harms, every no has a reason, and the two lists never overlap."""

from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from gradecalc import Verdict
from gradecalc.certificates.lists import (
    BulkRow,
    Entry,
    ExceptionLists,
    ListChange,
    ListError,
    Standing,
    add_exception,
    add_exceptions,
    find_refusal,
    invalidate,
    put_exception,
    remove_exception,
    revalidate,
)
from gradecalc.certificates.requirements import Finding, Requirement, decide
from gradecalc.decisions import Need, Waiver
from gradecalc.lms.openedx.certificates.issuing import case_of, decide_certificate, issue_certificate, path_requested
from gradecalc.lms.openedx.certificates.records import (
    Certificate,
    CertificateStatus,
    CourseEnrolment,
    CoursePolicy,
    LearnerRecord,
)

JUNE = datetime(2026, 6, 1, tzinfo=UTC)
WORST_FIRST = [Verdict.NOT_MET, Verdict.UNDETERMINED, Verdict.MET]
VERDICTS = st.lists(st.sampled_from(Verdict), max_size=6)
MODES = st.sampled_from(["verified", "audit", "honor", "professional", "no-id-professional", "credit", "other"])
POLICIES = st.builds(
    CoursePolicy,
    st.sampled_from([None, 0, 70]),
    honor_certificates_disabled=st.booleans(),
    identity_check=st.booleans(),
    custom_course=st.booleans(),
    course_known=st.sampled_from([True, True, False]),
    web_certificates_site=st.sampled_from([True, True, False]),
    auto_generation=st.booleans(),
)
CERTIFICATES = st.none() | st.builds(Certificate, st.sampled_from(CertificateStatus), MODES)
RECORDS = st.builds(
    LearnerRecord,
    st.just("ada"),
    percent=st.sampled_from([None, 0, 53, 70, 100]),
    enrolment=st.none() | st.builds(CourseEnrolment, MODES, st.booleans()),
    identity_verified=st.sampled_from([None, False, True]),
    beta_tester=st.booleans(),
    certificate=CERTIFICATES,
)
LISTED = ExceptionLists([Entry("ada", at=JUNE)])


def issue(case):
    """Return what becomes of a certificate that is decided."""
    return issue_certificate(case, decide_certificate(case))


SET_WITHOUT_ISSUE = {CertificateStatus.UNAVAILABLE, CertificateStatus.UNVERIFIED, CertificateStatus.NOT_PASSING}
UNLISTED = st.sampled_from([ExceptionLists(), ExceptionLists((), [Entry("ada", at=JUNE)])])


def decided(verdicts, waived=(), need=Need.ALL):
    """Return the decision over so many requirements with these verdicts."""
    asked = [Requirement(str(nth), lambda facts, nth=nth: Finding(facts[nth])) for nth in range(len(verdicts))]
    return decide("award", asked, verdicts, [Waiver(name, at=JUNE) for name in waived], need=need)


@given(VERDICTS, st.data(), st.sampled_from(Need))
def test_a_waiver_never_makes_it_worse(verdicts, data, need):
    """Whatever is waived, the verdict is at least as good as without (K4)."""
    names = list(map(str, range(len(verdicts))))
    waived = data.draw(st.lists(st.sampled_from(names), unique=True)) if names else []
    without, with_ = decided(verdicts, need=need).verdict, decided(verdicts, waived, need).verdict
    assert WORST_FIRST.index(with_) >= WORST_FIRST.index(without)


@given(st.lists(st.sampled_from(Verdict), min_size=1, max_size=6), st.sampled_from(Need))
def test_every_no_has_a_reason(verdicts, need):
    """Something is in the way of a decision just where it is not met, and a no has a no among them (K2)."""
    decision = decided(verdicts, need=need)
    assert bool(decision.obstacles) == (decision.verdict is not Verdict.MET)
    if decision.verdict is Verdict.NOT_MET:
        assert Verdict.NOT_MET in {each.verdict for each in decision.obstacles}


@given(POLICIES, RECORDS)
def test_an_exception_never_makes_a_certificate_worse(policy, record):
    """A learner on the allowlist stands at least as well as the same learner off it (K4)."""
    without, with_ = (
        decide_certificate(case_of(policy, record, ExceptionLists())),
        decide_certificate(case_of(policy, record, LISTED)),
    )
    assert WORST_FIRST.index(with_.verdict) >= WORST_FIRST.index(without.verdict)
    assert {each.label for each in with_.obstacles} <= {each.label for each in without.obstacles}


@given(POLICIES, RECORDS, UNLISTED | st.just(LISTED))
def test_a_certificate_is_issued_or_there_is_a_reason(policy, record, lists):
    """Where no certificate is issued there is a reason, and where one is there is a certificate and no status set."""
    decision, outcome = decide_certificate(case_of(policy, record, lists)), issue(case_of(policy, record, lists))
    issued = decision.verdict is Verdict.MET
    assert issued == (not decision.obstacles)
    if issued:
        assert CertificateStatus.DOWNLOADABLE is outcome.value.status
    else:
        assert outcome.reasons
        assert outcome.value == record.certificate or outcome.value.status in SET_WITHOUT_ISSUE


@given(POLICIES, RECORDS, UNLISTED | st.just(LISTED))
def test_deciding_again_what_was_issued_changes_nothing(policy, record, lists):
    """Once a certificate is issued it stands: deciding anew issues no second one and sets no status (K15)."""
    if decide_certificate(case_of(policy, record, lists)).verdict is Verdict.MET:
        issued = evolve(record, certificate=issue(case_of(policy, record, lists)).value)
        again = issue(case_of(policy, issued, lists))
        assert (issued.certificate, False) == (again.value, again.changed)
        obstacles = decide_certificate(case_of(policy, issued, lists)).obstacles
        assert ["no certificate yet"] == [each.label for each in obstacles]


@given(POLICIES, RECORDS, UNLISTED | st.just(LISTED))
def test_what_is_asked_for_takes_its_own_path(policy, record, lists):
    """A certificate that is asked for is decided on the path asked for, and refused for no grade (K17)."""
    path = path_requested(case_of(policy, record, lists))
    if path is not None:
        decision = decide_certificate(case_of(policy, record, lists))
        assert path.value == decision.code
        assert "passing grade" not in [each.label for each in decision.obstacles]


SUBJECTS = st.sampled_from("abc")


class TwoLists(RuleBasedStateMachine):
    """Any sequence of changes to the two lists, held against a plain record of who stands where."""

    def __init__(self):
        super().__init__()
        self.lists = ExceptionLists()
        self.standing = dict.fromkeys("abc", Standing.UNLISTED)
        self.now = JUNE

    def entry(self, subject):
        """Return an entry made a day after the last."""
        self.now += timedelta(days=1)
        return Entry(subject, at=self.now)

    def attempt(self, subject, change, operation, reached):
        """Apply an operation, which is refused just where the lists said that it would be."""
        if find_refusal(self.lists, subject, change) is None:
            self.lists = operation()
            self.standing[subject] = reached
        else:
            with pytest.raises(ListError):
                operation()

    @rule(subject=SUBJECTS)
    def add(self, subject):
        """Add an exception."""
        self.attempt(subject, ListChange.ADD, lambda: add_exception(self.lists, self.entry(subject)), Standing.EXCEPTED)

    @rule(subject=SUBJECTS)
    def put(self, subject):
        """Put an exception, which only an invalidation refuses."""
        if self.standing[subject] is not Standing.INVALIDATED:
            self.lists = put_exception(self.lists, self.entry(subject))
            self.standing[subject] = Standing.EXCEPTED

    @rule(subject=SUBJECTS)
    def remove(self, subject):
        """Remove an exception."""
        self.attempt(subject, ListChange.REMOVE, lambda: remove_exception(self.lists, subject), Standing.UNLISTED)

    @rule(subject=SUBJECTS)
    def invalidate(self, subject):
        """Invalidate."""
        self.attempt(
            subject, ListChange.INVALIDATE, lambda: invalidate(self.lists, self.entry(subject)), Standing.INVALIDATED
        )

    @rule(subject=SUBJECTS)
    def validate_again(self, subject):
        """Lift an invalidation."""
        self.attempt(
            subject, ListChange.REVALIDATE, lambda: revalidate(self.lists, subject, at=self.now), Standing.UNLISTED
        )

    @rule(subjects=st.lists(SUBJECTS, max_size=4))
    def add_rows(self, subjects):
        """Add several at once, which is adding them one by one."""
        rows = [BulkRow(number, self.entry(subject)) for number, subject in enumerate(subjects, start=1)]
        one_by_one = self.lists
        for row in rows:
            try:
                one_by_one = add_exception(one_by_one, row.entry)
            except ListError:
                continue
        entered = add_exceptions(self.lists, rows)
        assert one_by_one == entered.value
        self.lists = entered.value
        self.standing.update({row.entry.subject: Standing.EXCEPTED for row in entered.stored})

    @invariant()
    def lists_say_where_everybody_stands(self):
        """Compare the lists with the record, and see that nobody is active on both (K6)."""
        assert self.standing == {subject: self.lists.standing(subject) for subject in "abc"}
        for subject in "abc":
            assert not (self.lists.exceptions.active(subject) and self.lists.invalidations.active(subject))


TestTwoLists = TwoLists.TestCase
