# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Open edX: putting one learner on the allowlist or the invalidation list, and taking them off.

>>> from datetime import UTC
>>> users = {"ada": ListedUser("u1", "ada"), "ada@example.com": ListedUser("u1", "ada")}
>>> desk = Desk(users.get, by="Grace", now=datetime(2026, 6, 1, tzinfo=UTC))
>>> edit = enter_exception(desk, ExceptionLists(), "ada@example.com", "was ill")
>>> edit.changed, edit.value.exceptions.get("u1").notes
(True, 'was ill')
>>> [reason.code for reason in enter_exception(desk, edit.value, "ada").reasons]
['user_already_allowlisted']

The host says who somebody is, by a callable from a username or an email to a user. Rules K21 to K24.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from enum import Enum
from types import MappingProxyType
from typing import Final

from attrs import evolve, field

from ....certificates.lists import (
    Entry,
    ExceptionLists,
    ListChange,
    add_exception,
    find_refusal,
    invalidate,
    remove_exception,
    revalidate,
)
from ....errors import Problem
from ....exact import describe
from ....fields import Checked, text, truth
from ....moments import has_zone
from ....outcomes import Outcome
from ....reasons import Reason
from ....values import frozen
from .records import PASSING, Certificate, CertificateStatus, revoke


@frozen
class ListedUser(Checked):
    """A user as the host knows them; `id` is what the lists and the records call the learner."""

    id: str = field(metadata=text())
    username: str = field(metadata=text())
    enrolled: bool = field(default=True, metadata=truth())


@frozen
class Desk:
    """Where lists are edited: how the host finds a user by username or email, by whom it is done, and when.

    `lookup` returns None where there is no such user.
    """

    lookup: Callable[[str], ListedUser | None]
    by: str = field(default="", kw_only=True)
    now: datetime = field(validator=has_zone, kw_only=True)

    def find(self, identifier: object) -> ListedUser | Problem:
        """Return the user, or why there is none."""
        if not isinstance(identifier, str):
            return Problem("bad_format", "", f"{describe(identifier)} is no username or email")
        name = identifier.strip()
        if not name:
            return Problem("user_required", "", "a username or an email is required")
        return self.lookup(name) or Problem("user_not_exist", "", f"there is no user {describe(name)}")

    def entry(self, learner: str, notes: str) -> Entry:
        """Return an entry of a learner in a list, made here and now."""
        return Entry(learner, notes, by=self.by, at=self.now)


@frozen
class ListEdit(Outcome[ExceptionLists]):
    """What became of the lists by one change, with every reason why not, in the documented order.

    `certificate` is the learner's certificate afterwards; `decide_again` says that the certificate is to be decided
    anew, since the change may be in the learner's favour.
    """

    certificate: Certificate | None = field(default=None, kw_only=True)
    decide_again: bool = field(default=False, kw_only=True)
    subject: str = field(default="certificate lists", kw_only=True)


class GenerateFor(Enum):
    """For which exceptions certificates are to be generated."""

    ALL = "all"
    NEW = "new"
    """Those without a certificate in a passing status."""


def enter_exception(desk: Desk, lists: ExceptionLists, identifier: str, notes: str = "") -> ListEdit:
    """Return the lists with a user on the allowlist, named by username or email (K21)."""
    learner, problems = _find(desk, lists, identifier, ListChange.ADD)
    if problems:
        return _refused(lists, problems)
    return ListEdit(add_exception(lists, desk.entry(learner, notes)), changed=True, decide_again=True)


def withdraw_exception(
    desk: Desk, lists: ExceptionLists, identifier: str, certificate: Certificate | None = None
) -> ListEdit:
    """Return the lists without a user's exception; a certificate that is issued becomes unavailable (K22).

    Whether the learner would pass without the exception is not asked: decide anew for that.
    """
    learner, problems = _find(desk, lists, identifier, ListChange.REMOVE)
    if problems:
        return _refused(lists, problems, certificate)
    after = revoke(certificate) if certificate and certificate.status in PASSING else certificate
    return ListEdit(remove_exception(lists, learner), changed=True, certificate=after)


def invalidate_certificate(
    desk: Desk, lists: ExceptionLists, identifier: str, certificate: Certificate | None, notes: str = ""
) -> ListEdit:
    """Return the lists with a user's certificate invalidated, and the certificate, which is unavailable (K23)."""
    learner, problems = _find(desk, lists, identifier, ListChange.INVALIDATE, *_certificate_problems(certificate))
    if problems or certificate is None:
        return _refused(lists, problems, certificate)
    return ListEdit(invalidate(lists, desk.entry(learner, notes)), changed=True, certificate=revoke(certificate))


def revalidate_certificate(desk: Desk, lists: ExceptionLists, identifier: str) -> ListEdit:
    """Return the lists with a user's invalidation switched off; the certificate is then decided anew (K23)."""
    learner, problems = _find(desk, lists, identifier, ListChange.REVALIDATE)
    if problems:
        return _refused(lists, problems)
    return ListEdit(revalidate(lists, learner, by=desk.by, at=desk.now), changed=True, decide_again=True)


def find_obstacles(
    lists: ExceptionLists, user: ListedUser, change: ListChange = ListChange.ADD, *, called: str = ""
) -> tuple[Problem, ...]:
    """Return what is in the way of a change: no enrolment, which only an exception needs, and what the lists refuse.

    Messages speak of the user as `called`, or else by username.
    """
    name = called or user.username
    refusal = find_refusal(lists, user.id, change, called=name)
    enrolment = enrolment_problems(user, name) if change is ListChange.ADD else ()
    return (*enrolment, *([in_our_words(refusal, change)] if refusal else ()))


def listed_for_generation(
    lists: ExceptionLists, which: GenerateFor, certificates: Mapping[str, Certificate]
) -> tuple[str, ...]:
    """Return the ids of the learners on the allowlist to generate certificates for (K24)."""
    listed = (entry.subject for entry in lists.exceptions if entry.active)
    has = {learner for learner, certificate in certificates.items() if certificate.status in PASSING}
    return tuple(learner for learner in listed if which is GenerateFor.ALL or learner not in has)


def enrolment_problems(user: ListedUser, called: str) -> Iterator[Problem]:
    """Yield that the user, whom the message calls so, is not enrolled, if so."""
    if not user.enrolled:
        yield Problem("user_not_enrolled", "", f"{describe(called)} is not enrolled in the course")


def in_our_words(refusal: Problem, change: ListChange) -> Problem:
    """Return a refusal of the lists with the code that it has here."""
    return evolve(refusal, code=_WORDS.get((change, refusal.code), refusal.code))


_WORDS: Final[Mapping[tuple[ListChange, str], str]] = MappingProxyType(
    {
        (ListChange.ADD, "already_listed"): "user_already_allowlisted",
        (ListChange.ADD, "invalidated"): "user_on_certificate_invalidation_list",
        (ListChange.REMOVE, "not_listed"): "user_not_allowlisted",
        (ListChange.INVALIDATE, "excepted"): "user_allowlisted",
        (ListChange.INVALIDATE, "already_invalidated"): "certificate_already_invalidated",
        (ListChange.REVALIDATE, "not_invalidated"): "certificate_not_invalidated",
    }
)
"""What the refusals of the lists are called here."""


def _refused(lists: ExceptionLists, problems: tuple[Problem, ...], certificate: Certificate | None = None) -> ListEdit:
    reasons = (Reason(each.code, each.message) for each in problems)
    return ListEdit(lists, changed=False, reasons=reasons, certificate=certificate)


def _find(
    desk: Desk, lists: ExceptionLists, identifier: str, change: ListChange, *further: Problem
) -> tuple[str, tuple[Problem, ...]]:
    """Return the learner's id and all that is in the way of a change; for an unknown user, only that."""
    user = desk.find(identifier)
    if isinstance(user, Problem):
        return "", (user,)
    return user.id, (*find_obstacles(lists, user, change, called=identifier.strip()), *further)


def _certificate_problems(certificate: Certificate | None) -> Iterator[Problem]:
    if certificate is None:
        yield Problem("no_certificate", "", "there is no certificate to invalidate")
    elif certificate.status is not CertificateStatus.DOWNLOADABLE:
        message = f"the certificate is {certificate.status.value}; only one that is downloadable can be invalidated"
        yield Problem("certificate_not_valid", "", message)
