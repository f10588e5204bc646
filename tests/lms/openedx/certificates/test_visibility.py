# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules K28 to K31 and K37: when a learner sees a certificate of Open edX."""

from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from gradecalc import DefinitionError, Verdict
from gradecalc.certificates.lists import Entry
from gradecalc.lms.openedx.certificates.issuing import Case, decide_certificate
from gradecalc.lms.openedx.certificates.records import (
    Certificate,
    CertificateStatus,
    CourseEnrolment,
    CoursePolicy,
    LearnerRecord,
)
from gradecalc.lms.openedx.certificates.visibility import (
    AVAILABLE_AFTER_END,
    DisplayBehaviour,
    DisplaySettings,
    SeenAs,
    decide_visibility,
    display_date,
    normalise,
    view_certificate,
)

END, BY_DATE, EARLY = DisplayBehaviour.END, DisplayBehaviour.END_WITH_DATE, DisplayBehaviour.EARLY_NO_INFO
NOW = datetime(2026, 6, 1, tzinfo=UTC)
PAST, FUTURE = NOW - timedelta(days=1), NOW + timedelta(days=1)
HAS = Certificate(CertificateStatus.DOWNLOADABLE, modified=PAST)


def shown(certificate, settings):
    """Return what a learner sees now."""
    return view_certificate(certificate, settings, now=NOW).shown


@pytest.mark.parametrize(
    ("behaviour", "date", "expected"),
    [
        (END, FUTURE, (BY_DATE, FUTURE)),
        (BY_DATE, FUTURE, (BY_DATE, FUTURE)),
        (EARLY, FUTURE, (EARLY, None)),
        (END, None, (END, None)),
        (BY_DATE, None, (END, None)),
        (EARLY, None, (EARLY, None)),
    ],
)
def test_settings_are_made_to_agree(behaviour, date, expected):
    """Early clears the date, a date with anything else is by date, and without a date it is the end (K28)."""
    after = normalise(DisplaySettings(behaviour, available=date))
    assert expected == (after.behaviour, after.available)


@pytest.mark.parametrize(("setting", "date", "expected"), [("soon", FUTURE, BY_DATE), (7, None, END)])
def test_a_behaviour_that_is_none_is_as_good_as_the_end(setting, date, expected):
    """A behaviour that is none of the three is from the date if there is one, and else the end (K28)."""
    assert expected is normalise(DisplaySettings(DisplayBehaviour.read(setting), available=date)).behaviour


@pytest.mark.parametrize("behaviour", DisplayBehaviour)
def test_a_behaviour_is_read_by_its_word(behaviour):
    """Each of the three behaviours is read by its word (K28)."""
    assert behaviour is DisplayBehaviour.read(behaviour.value)


@pytest.mark.parametrize(
    ("settings", "visible"),
    [
        (DisplaySettings(self_paced=True), True),
        (DisplaySettings(EARLY), True),
        (DisplaySettings(show_before_end=True), True),
        (DisplaySettings(BY_DATE, available=PAST), True),
        (DisplaySettings(BY_DATE, available=FUTURE), False),
        (DisplaySettings(BY_DATE, available=NOW), False),
        (DisplaySettings(END, course_end=PAST), True),
        (DisplaySettings(END, course_end=FUTURE), False),
        (DisplaySettings(END), False),
        (DisplaySettings(END, available=PAST, course_end=FUTURE), False),
        (DisplaySettings(BY_DATE, course_end=PAST), False),
    ],
)
def test_any_of_four_ways_makes_certificates_visible(settings, visible):
    """Self-paced, early, past the date, or over: any of these, by the settings as they stand (K29)."""
    decision = decide_visibility(settings, now=NOW)
    assert visible == (decision.verdict is Verdict.MET)
    assert (0 if visible else 4) == len(decision.obstacles)


@pytest.mark.parametrize(
    ("certificate", "expected"),
    [
        (None, SeenAs.NOTHING),
        (Certificate(CertificateStatus.NOT_PASSING), SeenAs.NOTHING),
        (Certificate(CertificateStatus.UNAVAILABLE), SeenAs.NOTHING),
        (Certificate(CertificateStatus.GENERATING), SeenAs.IN_PREPARATION),
        (Certificate(CertificateStatus.ERROR), SeenAs.IN_PREPARATION),
        (Certificate(CertificateStatus.UNVERIFIED), SeenAs.IDENTITY_NEEDED),
        (HAS, SeenAs.AVAILABLE),
    ],
)
def test_what_is_seen_follows_the_status(certificate, expected):
    """A learner sees a certificate that is issued and visible, or what stands in its way (K30)."""
    assert expected is shown(certificate, DisplaySettings(EARLY))


def test_what_is_issued_and_not_visible_is_earned():
    """A certificate that is issued and not yet visible is earned and not available, and bears no date (K30)."""
    view = view_certificate(HAS, DisplaySettings(BY_DATE, available=FUTURE), now=NOW)
    assert (SeenAs.NOT_YET_AVAILABLE, None) == (view.shown, view.date)
    assert "earned but not available" == view.outline().value
    assert (view.visibility.outline(),) == view.outline().children


def test_the_view_makes_settings_agree_first():
    """What is seen follows the settings made to agree, so an early course with a date shows at once (K30)."""
    assert SeenAs.AVAILABLE is shown(HAS, DisplaySettings(END, available=PAST, course_end=FUTURE))
    assert SeenAs.AVAILABLE is shown(HAS, DisplaySettings(EARLY, available=FUTURE))


@pytest.mark.parametrize(
    ("certificate", "settings", "expected"),
    [
        (HAS, DisplaySettings(BY_DATE, available=NOW - timedelta(hours=1)), NOW - timedelta(hours=1)),
        (HAS, DisplaySettings(BY_DATE, available=FUTURE), PAST),
        (HAS, DisplaySettings(END), PAST),
        (HAS, DisplaySettings(BY_DATE, available=NOW - timedelta(hours=1), self_paced=True), PAST),
        (evolve(HAS, date_override=FUTURE), DisplaySettings(BY_DATE, available=PAST), FUTURE),
    ],
)
def test_a_certificate_bears_a_date(certificate, settings, expected):
    """The date is the override, or the available date once past where it is honoured, or the last change (K31)."""
    assert expected == display_date(certificate, settings, now=NOW)


@pytest.mark.parametrize(
    ("auto", "self_paced", "expected"),
    [(True, False, True), (False, False, False), (True, True, False), (False, True, False)],
)
def test_an_available_date_is_honoured_or_not(auto, self_paced, expected):
    """A course that generates certificates itself and is not self-paced honours its available date (K31)."""
    assert expected == DisplaySettings(auto_generation=auto, self_paced=self_paced).uses_available_date


def test_now_has_a_zone():
    """Visibility is asked at a moment with a zone, of dates with zones (K5)."""
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(DefinitionError):
        decide_visibility(DisplaySettings(), now=naive)
    with pytest.raises(DefinitionError):
        DisplaySettings(available=naive)
    with pytest.raises(DefinitionError):
        display_date(HAS, DisplaySettings(), now=naive)


@pytest.mark.parametrize(
    ("stored", "undated", "dated"),
    [
        ("end", END, BY_DATE),
        ("end_with_date", END, BY_DATE),
        ("early_no_info", EARLY, EARLY),
        ("early_with_info", END, BY_DATE),
        ("End", END, BY_DATE),
        ("", END, BY_DATE),
        (None, END, BY_DATE),
    ],
)
def test_settings_take_the_stored_word(stored, undated, dated):
    """Whatever word is stored, a date with anything but early means from that date, and none the end (K28)."""
    found = [normalise(DisplaySettings(stored, available=date)).behaviour for date in (None, PAST)]
    assert [undated, dated] == found
    assert (PAST if dated is BY_DATE else None) == normalise(DisplaySettings(stored, available=PAST)).available


def test_a_behaviour_is_a_word():
    """What is neither a behaviour nor a word is refused."""
    with pytest.raises(DefinitionError):
        DisplaySettings(3)


def test_the_default_is_two_days_after_the_end():
    """Where nobody sets a date, the documents say two days after the end of the course (K31)."""
    assert timedelta(days=2) == AVAILABLE_AFTER_END


SETTINGS = st.builds(
    DisplaySettings,
    st.sampled_from(DisplayBehaviour),
    available=st.sampled_from([None, PAST, NOW, FUTURE]),
    show_before_end=st.booleans(),
    self_paced=st.booleans(),
    course_end=st.sampled_from([None, PAST, FUTURE]),
)


@given(SETTINGS)
def test_settings_agree_after_once(settings):
    """Making settings agree twice is making them agree once (K28)."""
    assert normalise(settings) == normalise(normalise(settings))


@given(SETTINGS)
def test_what_is_visible_stays_visible(settings):
    """Time alone hides no certificate (K29)."""
    later = NOW + timedelta(days=30)
    if decide_visibility(settings, now=NOW).verdict is Verdict.MET:
        assert Verdict.MET is decide_visibility(settings, now=later).verdict


POLICY = CoursePolicy(pass_at=70)
FAILING = LearnerRecord("ada", percent=53, enrolment=CourseEnrolment("verified"))
LISTED = Entry("ada", "was ill", at=PAST)


def viewed(certificate, settings, **entries):
    """Return what a learner sees whose certificate is decided with entries on the lists."""
    record = evolve(FAILING, certificate=certificate)
    decision = decide_certificate(Case(POLICY, record, **entries))
    return view_certificate(certificate, settings, now=NOW, issuing=decision)


@pytest.mark.parametrize("status", [None, CertificateStatus.NOT_PASSING, CertificateStatus.UNVERIFIED])
def test_a_learner_with_an_exception_can_request_the_certificate(status):
    """What an exception lets be issued, and is not, can be requested once certificates are visible (K37)."""
    certificate = None if status is None else Certificate(status)
    view = viewed(certificate, DisplaySettings(EARLY), exception=LISTED)
    assert (SeenAs.CAN_BE_REQUESTED, None, Verdict.NOT_MET) == (view.shown, view.date, view.verdict)
    assert ["certificate is visible", "certificate"] == [row.label for row in view.outline().children]
    hidden = viewed(certificate, DisplaySettings(BY_DATE, available=FUTURE), exception=LISTED)
    assert SeenAs.NOT_YET_AVAILABLE is hidden.shown


def test_what_would_not_be_issued_cannot_be_requested():
    """Without an exception, with one switched off, or invalidated besides, there is nothing to request (K37)."""
    entries = [{}, {"exception": evolve(LISTED, active=False)}, {"exception": LISTED, "invalidation": LISTED}]
    assert [SeenAs.NOTHING] * 3 == [viewed(None, DisplaySettings(EARLY), **each).shown for each in entries]
    assert SeenAs.NOTHING is view_certificate(None, DisplaySettings(EARLY), now=NOW).shown


@pytest.mark.parametrize(
    ("status", "seen"),
    [
        (CertificateStatus.GENERATING, SeenAs.IN_PREPARATION),
        (CertificateStatus.ERROR, SeenAs.IN_PREPARATION),
        (CertificateStatus.DOWNLOADABLE, SeenAs.AVAILABLE),
    ],
)
def test_what_is_issued_or_on_its_way_is_not_requested(status, seen):
    """A certificate that is there, or in preparation, is seen as ever by a learner with an exception (K30, K37)."""
    assert seen is viewed(Certificate(status), DisplaySettings(EARLY), exception=LISTED).shown
