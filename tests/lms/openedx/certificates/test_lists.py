# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules K21 to K24: the allowlist and the invalidation list of Open edX, edited by hand."""

from datetime import UTC, datetime

import pytest

from gradecalc import DefinitionError
from gradecalc.certificates.lists import Entry, ExceptionLists, Standing
from gradecalc.lms.openedx.certificates.lists import (
    Desk,
    GenerateFor,
    ListedUser,
    enter_exception,
    find_obstacles,
    invalidate_certificate,
    listed_for_generation,
    revalidate_certificate,
    withdraw_exception,
)
from gradecalc.lms.openedx.certificates.records import Certificate, CertificateStatus

JUNE = datetime(2026, 6, 1, tzinfo=UTC)
ADA, BOB, CYD, DAN = (ListedUser(f"u-{name}", name, enrolled=name != "bob") for name in ("ada", "bob", "cyd", "dan"))
USERS = {name: user for user in (ADA, BOB, CYD, DAN) for name in (user.username, f"{user.username}@example.com")}
DESK = Desk(USERS.get, by="Grace", now=JUNE)
LISTS = ExceptionLists([Entry(CYD.id, at=JUNE)], [Entry(DAN.id, at=JUNE)])
NOBODY = ExceptionLists()
HAS = Certificate(CertificateStatus.DOWNLOADABLE, grade="80", id="c1")


def codes(edit):
    """Return the codes of the reasons of an edit."""
    return [reason.code for reason in edit.reasons]


@pytest.mark.parametrize("name", ["ada", "ada@example.com", "  ada "])
def test_a_user_is_named_by_username_or_email(name):
    """An exception is entered for a username or an email, with notes, by whom and when (K21)."""
    edit = enter_exception(DESK, NOBODY, name, "was ill")
    assert (True, True) == (edit.changed, edit.decide_again)
    assert Entry(ADA.id, "was ill", by="Grace", at=JUNE) == edit.value.exceptions.get(ADA.id)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("nobody", ["user_not_exist"]),
        (" ", ["user_required"]),
        (None, ["bad_format"]),
        ("bob", ["user_not_enrolled"]),
        ("cyd", ["user_already_allowlisted"]),
        ("dan", ["user_on_certificate_invalidation_list"]),
    ],
)
def test_an_exception_is_refused_with_reasons(name, expected):
    """Who is unknown, not enrolled, invalidated or listed already is refused, and the lists stay (K21)."""
    edit = enter_exception(DESK, LISTS, name)
    assert (expected, LISTS, False) == (codes(edit), edit.value, edit.decide_again)


def test_every_obstacle_is_told():
    """All that keeps a user off the allowlist is told, the enrolment first (K21)."""
    gone = ListedUser(DAN.id, "dan", enrolled=False)
    found = [problem.code for problem in find_obstacles(LISTS, gone)]
    assert ["user_not_enrolled", "user_on_certificate_invalidation_list"] == found


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (CertificateStatus.DOWNLOADABLE, CertificateStatus.UNAVAILABLE),
        (CertificateStatus.GENERATING, CertificateStatus.UNAVAILABLE),
        (CertificateStatus.NOT_PASSING, CertificateStatus.NOT_PASSING),
    ],
)
def test_removing_an_exception_takes_the_certificate(before, after):
    """Removing an exception makes a certificate unavailable that is issued or about to be, and no other (K22)."""
    edit = withdraw_exception(DESK, LISTS, "cyd", Certificate(before))
    assert (True, after) == (edit.changed, edit.certificate.status)
    assert edit.value.exceptions.get(CYD.id) is None


def test_removing_without_a_certificate_is_fine():
    """An exception is removed where there is no certificate (K22)."""
    assert withdraw_exception(DESK, LISTS, "cyd").changed


@pytest.mark.parametrize(("name", "expected"), [("ada", ["user_not_allowlisted"]), ("nobody", ["user_not_exist"])])
def test_removing_what_is_not_there_is_refused(name, expected):
    """Who is not on the allowlist cannot be taken off it, and keeps the certificate (K22)."""
    edit = withdraw_exception(DESK, LISTS, name, HAS)
    assert (expected, HAS) == (codes(edit), edit.certificate)


def test_a_certificate_is_invalidated():
    """An invalidated certificate is unavailable, and the list keeps the notes (K23)."""
    edit = invalidate_certificate(DESK, LISTS, "ada", HAS, "shared answers")
    assert (Certificate(CertificateStatus.UNAVAILABLE, id="c1"), []) == (edit.certificate, codes(edit))
    assert "shared answers" == edit.value.invalidations.get(ADA.id).notes


@pytest.mark.parametrize(
    ("name", "certificate", "expected"),
    [
        ("nobody", HAS, ["user_not_exist"]),
        ("ada", None, ["no_certificate"]),
        ("ada", Certificate(CertificateStatus.UNAVAILABLE), ["certificate_not_valid"]),
        ("cyd", HAS, ["user_allowlisted"]),
        ("cyd", None, ["user_allowlisted", "no_certificate"]),
        (
            "dan",
            Certificate(CertificateStatus.UNAVAILABLE),
            ["certificate_already_invalidated", "certificate_not_valid"],
        ),
    ],
)
def test_invalidating_is_refused_with_every_reason(name, certificate, expected):
    """Who is allowlisted or invalidated, or has no valid certificate, cannot be invalidated (K23)."""
    edit = invalidate_certificate(DESK, LISTS, name, certificate)
    assert (expected, LISTS, certificate) == (codes(edit), edit.value, edit.certificate)


def test_a_certificate_is_validated_again():
    """Validating again switches the entry off, and asks for the certificate to be decided anew (K23)."""
    edit = revalidate_certificate(DESK, LISTS, "dan")
    assert (True, Standing.UNLISTED) == (edit.decide_again, edit.value.standing(DAN.id))
    assert ("Grace", JUNE) == (edit.value.invalidations.get(DAN.id).ended_by, JUNE)


@pytest.mark.parametrize(
    ("name", "expected"), [("ada", ["certificate_not_invalidated"]), ("nobody", ["user_not_exist"])]
)
def test_validating_again_what_is_valid_is_refused(name, expected):
    """Who is not invalidated cannot be validated again (K23)."""
    assert expected == codes(revalidate_certificate(DESK, LISTS, name))


def test_certificates_are_generated_for_all_or_for_new():
    """All exceptions that are active, or those without a certificate in a passing status (K24)."""
    off = Entry("off", at=JUNE, active=False)
    lists = ExceptionLists([*(Entry(name, at=JUNE) for name in ("has", "lost", "none")), off])
    certificates = {"has": HAS, "lost": Certificate(CertificateStatus.UNAVAILABLE)}
    assert ("has", "lost", "none") == listed_for_generation(lists, GenerateFor.ALL, certificates)
    assert ("lost", "none") == listed_for_generation(lists, GenerateFor.NEW, certificates)


def test_a_desk_has_a_clock_with_a_zone():
    """What is done at a desk is done at a moment with a zone (K5)."""
    with pytest.raises(DefinitionError):
        Desk(USERS.get, now=datetime(2026, 6, 1))  # noqa: DTZ001 - what is refused


def test_an_edit_tells_what_became_of_the_lists():
    """An edit is an outline of whether the lists changed and why not, and is neither a yes nor a no (K21)."""
    edit = enter_exception(DESK, LISTS, "dan")
    assert ("certificate lists", "unchanged", 1) == (
        edit.outline().label,
        edit.outline().value,
        len(edit.outline().children),
    )
    with pytest.raises(TypeError):
        bool(edit)
