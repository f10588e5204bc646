# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How the cases of Open edX about course certificates are fed; a host answers 200 or 204 where something is done."""

from datetime import UTC, datetime, timedelta

from feeders.harness import exact
from gradecalc import Verdict
from gradecalc.certificates.lists import Entry, ExceptionLists, put_exception
from gradecalc.lms.openedx.certificates.issuing import (
    Case,
    CertificatePath,
    decide_certificate,
    grade_report_columns,
    issue_certificate,
    path_requested,
)
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
from gradecalc.lms.openedx.certificates.records import (
    Certificate,
    CertificateStatus,
    CourseEnrolment,
    CoursePolicy,
    LearnerRecord,
    after_failing_grade,
    revoke_unless_allowlisted,
)
from gradecalc.lms.openedx.certificates.uploads import RowClass, upload_exceptions
from gradecalc.lms.openedx.certificates.visibility import (
    DisplayBehaviour,
    DisplaySettings,
    SeenAs,
    decide_visibility,
    normalise,
    view_certificate,
)
from gradecalc.lms.openedx.units import Percent

NOW = datetime(2026, 6, 1, tzinfo=UTC)
DAY = timedelta(days=1)
PAST, FUTURE = NOW - DAY, NOW + DAY
PASSES, FAILS = 80, 10
PASS_AT = 70
ADA = "u1"


def in_days(days):
    """Return the moment so many days from now, or none."""
    return None if days is None else NOW + timedelta(days=days)


STATUSES = {each.value: each for each in CertificateStatus}
UNSET = {None: False}
WORDS = {
    "status": STATUSES,
    "cert_status": STATUSES,
    "status_set": STATUSES,
    "behaviour": DisplayBehaviour.read,
    "date": {"D": NOW},
    "course_end": {"now": NOW},
    "course_ended": {True: PAST, False: FUTURE},
    "available_in_days": in_days,
    "honor_certificates_disabled": UNSET,
    "course": UNSET,
    "cert_grade_report:allowlisted": UNSET,
    "earned_but_not_available": UNSET,
    "passing": {True: PASSES, False: FAILS},
    "body": {"not json": None},
    "http": {200: True, 204: True, 400: False},
    "general_error": {"no_file": "no_file", "not_csv": "not_csv", "unreadable": "could_not_read"},
    "reason": {
        "already_allowlisted": "user_already_allowlisted",
        "already_invalid": "certificate_not_valid",
        "already_invalidated": "certificate_already_invalidated",
        "bad_format": "bad_format",
        "invalidated": "user_on_certificate_invalidation_list",
        "no_certificate": "no_certificate",
        "not_invalidated": "certificate_not_invalidated",
        "nothing_to_remove": "user_not_allowlisted",
        "on_allowlist": "user_allowlisted",
        "user_not_enrolled": "user_not_enrolled",
        "user_not_exist": "user_not_exist",
        "user_required": "user_required",
    },
}


def entry(*, listed, notes="", active=True):
    """Return the learner's entry in a list, or none."""
    return Entry(ADA, notes, at=NOW, active=active) if listed else None


def entries(**stated):
    """Return a list with the learner's entry, if there is one."""
    return [each for each in [entry(**stated)] if each]


def lists_of(given):
    """Return lists with the learner where the case has them."""
    excepted = given.get("allowlisted", False) or given.get("already", False)
    return ExceptionLists(entries(listed=excepted), entries(listed=given.get("invalidated", False)))


def certificate_of(given, status="status", mode="cert_mode"):
    """Return the certificate that a case states, or none; in what mode it is, few cases say."""
    stated, in_mode = given.get(status), given.get(mode, "verified")
    return None if stated is None else Certificate(stated, in_mode)


def enrolment_of(mode):
    """Return an enrolment in a mode, or none."""
    return None if mode is None else CourseEnrolment(mode)


def desk_of(*, enrolled=True):
    """Return a desk that finds one user by the name of the cases."""
    return Desk({"known": ListedUser(ADA, "ada", enrolled=enrolled)}.get, now=NOW)


def answered(edit):
    """Return what a host answers to an edit of the lists."""
    return {
        "http": edit.changed,
        "reason": edit.reasons[0].code if edit.reasons else None,
        "listed_after": edit.value.standing(ADA) is not ExceptionLists().standing(ADA),
    }


def cert_mode_eligible(given):
    """Say whether a mode can have a certificate."""
    disabled = given["input"]["honor_certificates_disabled"]
    return {"eligible": CoursePolicy(PASS_AT, honor_certificates_disabled=disabled).takes(given["input"]["mode"])}


def decided(given, path):
    """Say what is decided of a case that gives all facts, on one path, whoever the learner is."""
    existing = given["existing_cert"]
    policy = CoursePolicy(
        PASS_AT,
        honor_certificates_disabled=given["honor_certificates_disabled"],
        identity_check=given["id_check_enforced"],
        custom_course=given["ccx"],
        course_known=given["course_known"],
        web_certificates_course=given["web_certificates"],
    )
    record = LearnerRecord(
        ADA,
        percent=given["passing"],
        enrolment=enrolment_of(given["enrolment_mode"]),
        identity_verified=given["id_verified"],
        beta_tester=given["beta_tester"],
        certificate=existing and certificate_of(existing, mode="mode"),
    )
    exception, invalidation = entry(listed=given["allowlisted"]), entry(listed=given["invalidated"])
    case = Case(policy, record, exception=exception, invalidation=invalidation)
    decision = decide_certificate(case, path=path)
    issued, outcome = decision.verdict is Verdict.MET, issue_certificate(case, decision)
    return {"can_generate": issued, "status_set": outcome.value.status if outcome.changed and not issued else None}


def cert_decision_regular(given):
    """Say what the regular path decides."""
    return decided(given["input"], CertificatePath.REGULAR)


def cert_decision_allowlist(given):
    """Say what the path of the allowlist decides."""
    return decided(given["input"], CertificatePath.ALLOWLIST)


def cert_regenerate_from_status(given):
    """Say whether a certificate can be issued where there is one of some status."""
    enrolment = CourseEnrolment(given["input"].get("enrolment_mode", "verified"))
    record = LearnerRecord(ADA, percent=PASSES, enrolment=enrolment, certificate=certificate_of(given["input"]))
    return {"can_generate": decide_certificate(Case(CoursePolicy(PASS_AT), record)).verdict is Verdict.MET}


def cert_allowlist_membership(given):
    """Say whether an entry counts."""
    stated = given["input"]["entry"]
    lists = ExceptionLists(entries(listed=True, active=stated["active"]) if stated else ())
    return {"on_allowlist": lists.exceptions.active(ADA) is not None}


def cert_on_failing_grade(given):
    """Say the status after a grade fell below passing."""
    allowlisted = given["input"]["allowlisted"]
    return {"status": after_failing_grade(certificate_of(given["input"]), allowlisted=allowlisted).status}


def requested(given, *, passing=FAILS, listed=False):
    """Return the path by which a certificate is asked for."""
    enrolment, certificate = CourseEnrolment("verified"), certificate_of(given)
    record = LearnerRecord(ADA, percent=given.get("passing", passing), enrolment=enrolment, certificate=certificate)
    policy = CoursePolicy(PASS_AT, auto_generation=given.get("auto_generation", True))
    return path_requested(Case(policy, record, exception=entry(listed=listed or given.get("allowlisted", False))))


def cert_on_passing_grade(given):
    """Say whether a certificate is asked for when a grade becomes passing."""
    return {"generation_requested": requested(given["input"], passing=PASSES) is not None}


def cert_on_allowlist_added(given):
    """Say whether a certificate is asked for when an entry is made."""
    return {"generation_requested": requested(given["input"], listed=True) is not None}


def cert_on_identity_verified(given):
    """Say by which path a certificate is asked for when an identity becomes verified."""
    path = requested(given["input"])
    return {f"{each.value}_generation_requested": path is each for each in CertificatePath}


def cert_allowlist_can_add(given):
    """Say whether somebody can be put on the allowlist."""
    user = ListedUser(ADA, "ada", enrolled=given["input"]["enrolled"])
    return {"can_add": not find_obstacles(lists_of(given["input"]), user)}


def cert_allowlist_remove(given):
    """Say what removing an exception does to a certificate."""
    stated = given["input"]
    lists = ExceptionLists(entries(listed=stated["entry"], notes=stated.get("notes", "")))
    edit = withdraw_exception(desk_of(), lists, "known", certificate_of(stated, "cert_status"))
    return {
        "removed": edit.changed,
        "cert_status": edit.certificate and edit.certificate.status,
        "on_allowlist": edit.value.exceptions.active(ADA) is not None,
        "entry_after": edit.value.exceptions.get(ADA),
    }


def cert_allowlist_update(given):
    """Say what is in the list when one entry is put after the other."""
    lists = ExceptionLists()
    for notes in given["input"]["notes"]:
        lists = put_exception(lists, Entry(ADA, notes, at=NOW))
    return {"entries": len(lists.exceptions), "notes": lists.exceptions.get(ADA).notes}


def cert_invalidated(given):
    """Say whether an invalidation counts; where there is no certificate there is none."""
    active, certificate = given["input"].get("entry_active"), certificate_of(given["input"], "cert_status")
    invalidation = entry(listed=certificate is not None, active=active)
    record = LearnerRecord(ADA, percent=PASSES, certificate=certificate)
    decision = decide_certificate(Case(CoursePolicy(PASS_AT), record, invalidation=invalidation))
    return {"invalidated": decision["not_invalidated"].verdict is Verdict.NOT_MET}


def cert_learner_view(given):
    """Say what a learner sees of a certificate of some status, where certificates are shown at once."""
    seen = view_certificate(certificate_of(given["input"]), DisplaySettings(self_paced=True), now=NOW).shown
    return {
        "is_downloadable": seen is SeenAs.AVAILABLE,
        "is_generating": seen is SeenAs.IN_PREPARATION,
        "is_unverified": seen is SeenAs.IDENTITY_NEEDED,
    }


def cert_visible(given):
    """Say what a learner sees of a certificate that is issued."""
    stated = given["input"]
    settings = DisplaySettings(
        stated.get("behaviour", DisplayBehaviour.END),
        available=stated["available_in_days"],
        self_paced=stated["self_paced"],
        course_end=stated["course_end"],
    )
    seen = view_certificate(Certificate(CertificateStatus.DOWNLOADABLE), settings, now=NOW).shown
    return {
        "downloadable": seen is SeenAs.AVAILABLE,
        "earned_but_not_available": seen is SeenAs.NOT_YET_AVAILABLE,
    }


def cert_should_be_visible(given):
    """Say the rule of visibility for settings as they stand."""
    stated = given["input"]
    settings = DisplaySettings(
        stated["behaviour"],
        available=stated["available_in_days"],
        show_before_end=stated["show_before_end"],
        self_paced=stated["self_paced"],
        course_end=stated["course_ended"],
    )
    return {"visible": decide_visibility(settings, now=NOW).verdict is Verdict.MET}


def cert_uses_available_date(given):
    """Say whether a course honours its available date."""
    auto, self_paced = given["input"]["auto_generation"], given["input"]["self_paced"]
    return {"uses_available_date": DisplaySettings(auto_generation=auto, self_paced=self_paced).uses_available_date}


def cert_web_enabled(given):
    """Say what the two switches of web certificates come to."""
    site, course = given["input"]["site"], given["input"]["course"]
    policy = CoursePolicy(PASS_AT, web_certificates_site=site, web_certificates_course=course)
    return {"enabled": policy.web_certificates}


def cert_display_settings_normalise(given):
    """Say the settings that come of settings."""
    after = normalise(DisplaySettings(given["input"]["behaviour"], available=given["input"]["date"]))
    return {"behaviour": after.behaviour, "date": after.available}


def cert_grade_report(given):
    """Say the grade report's columns; a grade is a part of 1."""
    stated = given["input"]
    grade, issued = (
        exact(stated["grade"]),
        Certificate(CertificateStatus.DOWNLOADABLE, stated.get("cert_mode", "verified")),
    )
    record = LearnerRecord(
        ADA,
        percent=None if grade is None else Percent.of_share(grade),
        enrolment=enrolment_of(stated.get("mode")),
        certificate=issued if stated["issued"] else None,
        certificates_allowed=stated["certificates_allowed"],
    )
    columns = grade_report_columns(
        Case(CoursePolicy(PASS_AT), record, exception=entry(listed=stated["allowlisted"])), visible=True
    )
    return {"eligible": columns.eligible, "delivered": columns.delivered, "type": columns.type}


def cert_service_invalidate(given):
    """Say what another service's revoking does to a certificate."""
    stated = given["input"]
    before = Certificate(stated["status"], grade=str(stated["grade"]), download_url="https://example.com")
    after = revoke_unless_allowlisted(before, allowlisted=stated["allowlisted"])
    return {
        "done": after != before,
        "status": after.status,
        "grade": after.grade,
        "download_url": after.download_url,
    }


def cert_exceptions_csv(given):
    """Say what an upload comes to; of one class the cases list the rows, of the others they count them."""
    stated = given["input"]
    users = {}
    for each in stated["users"]:
        user = ListedUser(each["username"], each["username"], enrolled=each["enrolled"])
        users |= {each["username"]: user, each["email"]: user}
    listed = ([Entry(users[name].id, at=NOW) for name in stated[key]] for key in ("allowlisted", "invalidated"))
    upload = upload_exceptions(Desk(users.get, now=NOW), ExceptionLists(*listed), stated["filename"], stated["csv"])
    invalidated = RowClass.USER_ON_INVALIDATION_LIST
    return {
        "general_error": upload.error and upload.error.code,
        "general_errors": len([upload.error] if upload.error else []),
        "row_errors": {each.value: len(upload.of_class(each)) for each in RowClass}
        | {invalidated.value: [str(row) for row in upload.of_class(invalidated)]},
        "success": len(upload.stored),
        "allowlist_size": len(upload.value.exceptions),
    }


def cert_exception_add(given):
    """Say what entering one exception comes to; the lists of another course are others."""
    stated = given["input"]
    given.ignore("input.listed_elsewhere", "a course has lists of its own, and nothing here looks at another's")
    return answered(enter_exception(desk_of(enrolled=stated.get("enrolled", True)), lists_of(stated), stated["user"]))


def cert_exception_remove(given):
    """Say what removing one exception comes to."""
    stated = given["input"]
    lists = ExceptionLists(entries(listed=stated.get("listed", True)))
    certificate = certificate_of(stated, "cert_status")
    return answered(withdraw_exception(desk_of(), lists, stated.get("body", "known"), certificate))


def cert_exception_generate(given):
    """Say whether there are exceptions to generate certificates for, of which there is one."""
    try:
        which = GenerateFor(given["input"]["generate_for"])
    except ValueError:
        return {"http": False}
    return {"http": bool(listed_for_generation(ExceptionLists(entries(listed=True)), which, {}))}


def cert_invalidate(given):
    """Say what invalidating one certificate comes to, which is there unless the case says otherwise."""
    stated = given["input"]
    status = stated.get("cert_status", CertificateStatus.DOWNLOADABLE)
    lists = ExceptionLists(
        entries(listed=stated.get("allowlisted", False)), entries(listed=stated.get("listed", False))
    )
    edit = invalidate_certificate(
        desk_of(), lists, stated.get("user", "known"), status and Certificate(status), "a note"
    )
    entry = edit.value.invalidations.get(ADA)
    return answered(edit) | {
        "valid": edit.certificate is not None and edit.certificate.status is CertificateStatus.DOWNLOADABLE,
        "notes_kept": entry is not None and entry.notes == "a note",
    }


def cert_revalidate(given):
    """Say what lifting one invalidation comes to."""
    lists = ExceptionLists((), entries(listed=given["input"]["listed"]))
    return answered(revalidate_certificate(desk_of(), lists, "known"))


FEEDERS = {
    each.__name__: each
    for each in (
        cert_allowlist_can_add,
        cert_allowlist_membership,
        cert_allowlist_remove,
        cert_allowlist_update,
        cert_decision_allowlist,
        cert_decision_regular,
        cert_display_settings_normalise,
        cert_exception_add,
        cert_exception_generate,
        cert_exception_remove,
        cert_exceptions_csv,
        cert_grade_report,
        cert_invalidate,
        cert_invalidated,
        cert_learner_view,
        cert_mode_eligible,
        cert_on_allowlist_added,
        cert_on_failing_grade,
        cert_on_identity_verified,
        cert_on_passing_grade,
        cert_regenerate_from_status,
        cert_revalidate,
        cert_service_invalidate,
        cert_should_be_visible,
        cert_uses_available_date,
        cert_web_enabled,
    )
} | {"cert_visible_v1": cert_visible, "cert_visible_v2": cert_visible}
