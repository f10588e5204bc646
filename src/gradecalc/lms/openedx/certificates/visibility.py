# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Open edX: when a learner sees a certificate that is issued, and what is seen until then.

>>> from datetime import UTC
>>> end = datetime(2026, 6, 1, tzinfo=UTC)
>>> settings = DisplaySettings(DisplayBehaviour.END, available=end + timedelta(days=7), course_end=end)
>>> view = view_certificate(Certificate(CertificateStatus.DOWNLOADABLE), settings, now=end + timedelta(days=1))
>>> view.shown.value
'earned but not available'
>>> print(view.visibility)
certificate is visible   not met
  self paced             not met  needs a self-paced course
  shown early            not met  needs early_no_info, or shown before the end; has end_with_date
  available date passed  not met  needs end_with_date, and its date in the past; has 2026-06-08 00:00+00:00
  course over            not met  needs end, and a course that is over; has end_with_date

Whether a certificate is issued is another question, and `certificates` decides it. Rules K28 to K31, K37.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from attrs import evolve, field

from ....decisions import Decided, Decision, Need, join
from ....fields import Checked, choice, truth
from ....moments import has_zone, utc, written
from ....outline import Outline
from ....reasons import ReasonTexts, say
from ....values import frozen
from ....verdicts import Verdict, verdict
from .records import Certificate, CertificateStatus

AVAILABLE_AFTER_END: Final = timedelta(hours=48)
"""How long after the end of an instructor-paced course its certificates are available, where nobody sets a date."""


class DisplayBehaviour(Enum):
    """When certificates are shown, in the words of the course's settings."""

    END = "end"
    """Once the course is over."""
    END_WITH_DATE = "end_with_date"
    """From the available date."""
    EARLY_NO_INFO = "early_no_info"
    """As soon as they are issued."""

    @classmethod
    def read(cls, setting: object) -> DisplayBehaviour:
        """Return the behaviour that a course states; anything else means the end, unless there is a date (K28)."""
        return next((each for each in cls if each.value == setting), cls.END)


def _as_behaviour(stored: DisplayBehaviour | str | None) -> DisplayBehaviour:
    return DisplayBehaviour.read(stored) if stored is None or isinstance(stored, str) else stored


@frozen
class DisplaySettings(Checked):
    """How a course shows its certificates, as stored; `normalise` makes the settings agree with each other.

    The behaviour may be the stored word, whatever it is (K28). `show_before_end` is the old flag. Dates have a zone.
    """

    behaviour: DisplayBehaviour = field(
        default=DisplayBehaviour.END, converter=_as_behaviour, metadata=choice(DisplayBehaviour)
    )
    available: datetime | None = field(default=None, validator=has_zone, kw_only=True)
    show_before_end: bool = field(default=False, metadata=truth(), kw_only=True)
    self_paced: bool = field(default=False, metadata=truth(), kw_only=True)
    course_end: datetime | None = field(default=None, validator=has_zone, kw_only=True)
    auto_generation: bool = field(default=True, metadata=truth(), kw_only=True)

    @property
    def uses_available_date(self) -> bool:
        """Whether the course honours an available date: it generates certificates itself, and is not self-paced."""
        return self.auto_generation and not self.self_paced


VISIBILITY: Final = ReasonTexts(
    "certificate visibility",
    {
        "a_self_paced": "a self-paced course",
        "before_end": "shown before the end",
        "course_over": "course over",
        "date_passed": "available date passed",
        "early": "early_no_info, or shown before the end",
        "its_date": "{0}, and its date in the past",
        "learner_sees": "learner sees",
        "no_date": "no date",
        "over": "{0}, and a course that is over",
        "self_paced": "self paced",
        "shown_early": "shown early",
        "visible": "certificate is visible",
    },
)
"""What is said of who sees a certificate."""


class SeenAs(Enum):
    """What a learner sees of a certificate."""

    NOTHING = "nothing"
    IN_PREPARATION = "in preparation"
    IDENTITY_NEEDED = "identity needed"
    NOT_YET_AVAILABLE = "earned but not available"
    AVAILABLE = "available"
    CAN_BE_REQUESTED = "can be requested"
    """Nothing is issued, and would be if the learner asked for it, as one with an exception may."""


@frozen
class LearnerView(Decided):
    """What a learner sees, the date printed on the certificate, and why it is visible or not.

    `issuing` is whether a certificate would be issued, as far as that was told.
    """

    shown: SeenAs
    visibility: Decision
    date: datetime | None = None
    issuing: Decision | None = field(default=None, kw_only=True)

    @property
    def verdict(self) -> Verdict:
        """Whether the learner sees the certificate."""
        return verdict(self.shown is SeenAs.AVAILABLE)

    def outline(self) -> Outline:
        """Return what is seen, above why."""
        rows = [self.visibility.outline(), *([] if self.issuing is None else [self.issuing.outline()])]
        return Outline(VISIBILITY.phrase("learner_sees"), say(self.shown), children=rows)


def normalise(settings: DisplaySettings) -> DisplaySettings:
    """Return settings that agree with each other (K28).

    Early clears the date; a date with anything else is `end_with_date`; without a date it is `end`.
    """
    if settings.behaviour is DisplayBehaviour.EARLY_NO_INFO:
        return evolve(settings, available=None)
    by_date = settings.available is not None
    return evolve(settings, behaviour=DisplayBehaviour.END_WITH_DATE if by_date else DisplayBehaviour.END)


def decide_visibility(settings: DisplaySettings, *, now: datetime) -> Decision:
    """Return whether certificates that are issued are visible, by the settings as they stand (K29).

    Stored settings may disagree with each other: `normalise` them first, as `view_certificate` does.
    """
    return join(VISIBILITY.phrase("visible"), _ways(settings, utc(now)), Need.ANY)


def view_certificate(
    certificate: Certificate | None, settings: DisplaySettings, *, now: datetime, issuing: Decision | None = None
) -> LearnerView:
    """Return what a learner sees of a certificate, which may be none (K30).

    `issuing` is what `decide_certificate` says of the learner: where it is met and nothing is issued or on its way,
    the certificate can be requested once certificates are visible (K37).
    """
    visibility = decide_visibility(normalise(settings), now=now)
    seen = _seen(certificate, visibility.verdict is Verdict.MET, issuing)
    date = display_date(certificate, settings, now=now) if certificate and seen is SeenAs.AVAILABLE else None
    return LearnerView(seen, visibility, date, issuing=issuing)


def display_date(certificate: Certificate, settings: DisplaySettings, *, now: datetime) -> datetime | None:
    """Return the date on a certificate: its override, or the available date once past, or its last change (K31)."""
    available, moment = normalise(settings).available, utc(now)
    if certificate.date_override is not None:
        return certificate.date_override
    if available is not None and settings.uses_available_date and utc(available) < moment:
        return available
    return certificate.modified


def _seen(certificate: Certificate | None, visible: bool, issuing: Decision | None) -> SeenAs:  # noqa: FBT001 - a fact
    status = certificate.status if certificate else None
    if status is CertificateStatus.DOWNLOADABLE:
        return SeenAs.AVAILABLE if visible else SeenAs.NOT_YET_AVAILABLE
    seen = SeenAs.NOTHING if status is None else _SEEN.get(status, SeenAs.NOTHING)
    if seen is SeenAs.IN_PREPARATION or issuing is None or issuing.verdict is not Verdict.MET:
        return seen
    return SeenAs.CAN_BE_REQUESTED if visible else SeenAs.NOT_YET_AVAILABLE


_SEEN: Final[Mapping[CertificateStatus, SeenAs]] = {
    CertificateStatus.GENERATING: SeenAs.IN_PREPARATION,
    CertificateStatus.ERROR: SeenAs.IN_PREPARATION,
    CertificateStatus.UNVERIFIED: SeenAs.IDENTITY_NEEDED,
}


def _ways(settings: DisplaySettings, now: datetime) -> Iterator[Decision]:
    """Yield each of the ways in which a certificate may be visible."""
    behaviour, before_end = settings.behaviour, settings.show_before_end
    early = before_end or behaviour is DisplayBehaviour.EARLY_NO_INFO
    found = VISIBILITY.phrase("before_end") if before_end else behaviour.value
    yield Decision(VISIBILITY.phrase("self_paced"), verdict(settings.self_paced), VISIBILITY.phrase("a_self_paced"))
    yield Decision(VISIBILITY.phrase("shown_early"), verdict(early), VISIBILITY.phrase("early"), found)
    dated = (
        (DisplayBehaviour.END_WITH_DATE, settings.available, "date_passed", "its_date"),
        (DisplayBehaviour.END, settings.course_end, "course_over", "over"),
    )
    for way, date, label, needed in dated:
        past = behaviour is way and date is not None and utc(date) < now
        there = VISIBILITY.phrase("no_date") if date is None else written(date)
        found = there if behaviour is way else behaviour.value
        yield Decision(VISIBILITY.phrase(label), verdict(past), VISIBILITY.phrase(needed, way.value), found)
