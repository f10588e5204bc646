# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How the cases of Open edX about course certificates are fed; the HTTP answers, which are a host's, are told here."""

import json
from datetime import UTC, datetime, timedelta

from gradecalc import Verdict
from gradecalc.certificates.lists import Entry, ExceptionLists, put_exception
from gradecalc.lms.openedx.certificates.issuing import (
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

NOW = datetime(2026, 6, 1, tzinfo=UTC)
ADA = ListedUser("u1", "ada")
PASSING = 80

REASONS = {
    "user_already_allowlisted": "already_allowlisted",
    "user_on_certificate_invalidation_list": "invalidated",
    "user_not_enrolled": "not_enrolled",
    "user_not_allowlisted": "nothing_to_remove",
    "user_allowlisted": "allowlisted",
    "certificate_already_invalidated": "already_invalidated",
    "certificate_not_valid": "already_invalid",
    "certificate_not_invalidated": "not_invalidated",
}
"""What the cases call our codes, where they have other words."""


def entry(**given):
    """Return an entry of the learner."""
    return Entry("u1", at=NOW, **given)


def lists_of(*, allowlisted=False, invalidated=False):
    """Return lists with the learner where the case has them."""
    return ExceptionLists([entry()] if allowlisted else (), [entry()] if invalidated else ())


def certificate_of(status, mode="verified", **given):
    """Return a certificate of that status, or none."""
    return None if status is None else Certificate(CertificateStatus(status), mode, **given)


def desk_of(user=ADA):
    """Return a desk that finds one user by the name of the case."""
    return Desk({"known": user, "": user}.get, now=NOW)


def assert_answer(expect, edit, success=200):
    """Assert the HTTP answer that a host would give, and its reason."""
    assert expect["http"] == (success if edit.done else 400)
    if "reason" in expect:
        assert expect["reason"] in [REASONS.get(problem.code, problem.code) for problem in edit.problems[:1]]


def feed_mode(case):
    """Feed whether a mode can have a certificate."""
    policy = CoursePolicy(70, honor_certificates_disabled=case["input"]["honor_certificates_disabled"])
    assert case["expect"]["eligible"] == policy.takes(case["input"]["mode"])


def decided(given, path):
    """Return the outcome of a case that gives all facts."""
    existing = given["existing_cert"]
    policy = CoursePolicy(
        70,
        honor_certificates_disabled=bool(given["honor_certificates_disabled"]),
        identity_check=given["id_check_enforced"],
        custom_course=given["ccx"],
        course_known=given["course_known"],
        web_certificates_course=given["web_certificates"],
    )
    record = LearnerRecord(
        "u1",
        percent=PASSING if given["passing"] else 10,
        enrolment=CourseEnrolment(given["enrolment_mode"]) if given["enrolment_mode"] else None,
        identity_verified=given["id_verified"],
        beta_tester=given["beta_tester"],
        certificate=existing and certificate_of(existing["status"], existing["mode"]),
    )
    lists = lists_of(allowlisted=given["allowlisted"], invalidated=given["invalidated"])
    return decide_certificate(policy, record, lists, path=path), issue_certificate(policy, record, lists, path=path)


def assert_outcome(expect, outcome):
    """Assert that a certificate is issued or not, and the status that is set."""
    decision, after = outcome
    issued = decision.verdict is Verdict.MET
    if "can_generate" in expect:
        assert expect["can_generate"] == issued
    if "status_set" in expect:
        assert expect["status_set"] == (after.value.status.value if after.changed and not issued else None)


def feed_regular(case):
    """Feed a decision on the regular path, whoever the learner is."""
    assert_outcome(case["expect"], decided(case["input"], CertificatePath.REGULAR))


def feed_allowlist(case):
    """Feed a decision on the path of the allowlist, whoever the learner is."""
    assert_outcome(case["expect"], decided(case["input"], CertificatePath.ALLOWLIST))


def feed_regenerate(case):
    """Feed whether a certificate can be issued where there is one of some status."""
    given = case["input"]
    record = LearnerRecord(
        "u1",
        percent=PASSING,
        enrolment=CourseEnrolment(given.get("enrolment_mode") or "verified"),
        certificate=certificate_of(given["status"], given.get("cert_mode") or "verified"),
    )
    assert_outcome(case["expect"], (decide_certificate(CoursePolicy(70), record), None))


def feed_membership(case):
    """Feed whether an entry counts."""
    given = case["input"]["entry"]
    lists = ExceptionLists([entry(active=given["active"])] if given else ())
    assert case["expect"]["on_allowlist"] == (lists.exceptions.active("u1") is not None)


def feed_failing_grade(case):
    """Feed the status after a grade fell below passing."""
    given = case["input"]
    after = after_failing_grade(certificate_of(given["status"]), allowlisted=given["allowlisted"])
    assert case["expect"]["status"] == after.status.value


def requested(given):
    """Return the path by which a certificate is asked for."""
    record = LearnerRecord(
        "u1",
        percent=PASSING if given.get("passing", True) else 10,
        enrolment=CourseEnrolment("verified"),
        certificate=certificate_of(given.get("status")),
    )
    policy = CoursePolicy(70, auto_generation=given.get("auto_generation", True))
    return path_requested(policy, record, lists_of(allowlisted=given.get("allowlisted", False)))


def feed_passing_grade(case):
    """Feed whether a certificate is asked for when a grade becomes passing."""
    assert case["expect"]["generation_requested"] == (requested(case["input"]) is not None)


def feed_allowlist_added(case):
    """Feed whether a certificate is asked for when an entry is made."""
    asked = requested({**case["input"], "allowlisted": True, "passing": False})
    assert case["expect"]["generation_requested"] == (asked is not None)


def feed_identity_verified(case):
    """Feed by which path a certificate is asked for when an identity becomes verified."""
    given, path = (
        {"passing": False, **case["input"]},
        {CertificatePath.REGULAR: "regular", CertificatePath.ALLOWLIST: "allowlist", None: ""},
    )
    words = path[requested(given)]
    assert case["expect"] == {key: key == f"{words}_generation_requested" for key in case["expect"]}


def feed_can_add(case):
    """Feed whether somebody can be put on the allowlist."""
    given = case["input"]
    lists = lists_of(allowlisted=given["already"], invalidated=given["invalidated"])
    obstacles = find_obstacles(lists, ListedUser("u1", "ada", enrolled=given["enrolled"]))
    assert case["expect"]["can_add"] == (not obstacles)


def feed_allowlist_remove(case):
    """Feed what removing an exception does to a certificate."""
    given, expect = case["input"], case["expect"]
    lists = ExceptionLists([entry(notes=given.get("notes", ""))] if given["entry"] else ())
    edit = withdraw_exception(desk_of(), lists, "known", certificate_of(given.get("cert_status")))
    found = {
        "removed": edit.done,
        "cert_status": edit.certificate and edit.certificate.status.value,
        "on_allowlist": edit.lists.exceptions.active("u1") is not None,
        "entry_after": edit.lists.exceptions.get("u1"),
    }
    assert expect == {key: found[key] for key in expect}


def feed_allowlist_update(case):
    """Feed that a second entry takes the place of the first."""
    lists = ExceptionLists()
    for notes in case["input"]["notes"]:
        lists = put_exception(lists, entry(notes=notes))
    kept = lists.exceptions.get("u1")
    assert case["expect"] == {"entries": len(lists.exceptions), "notes": kept.notes}


def feed_invalidated(case):
    """Feed whether an invalidation counts; without a certificate there is none to invalidate."""
    given = case["input"]
    entries = [entry(active=given["entry_active"])] if given["cert_status"] else ()
    record = LearnerRecord("u1", percent=PASSING, certificate=certificate_of(given["cert_status"]))
    decision = decide_certificate(CoursePolicy(70), record, ExceptionLists((), entries))
    assert case["expect"]["invalidated"] == (decision["not_invalidated"].verdict is Verdict.NOT_MET)


def feed_learner_view(case):
    """Feed what a learner sees of a certificate of some status, where certificates are shown at once."""
    view = view_certificate(certificate_of(case["input"]["status"]), DisplaySettings(self_paced=True), now=NOW)
    found = {
        "is_downloadable": view.shown is SeenAs.AVAILABLE,
        "is_generating": view.shown is SeenAs.IN_PREPARATION,
        "is_unverified": view.shown is SeenAs.IDENTITY_NEEDED,
    }
    assert case["expect"] == {key: found[key] for key in case["expect"]}


def settings_of(given):
    """Return the display settings of a case, whose course ends now unless it says more."""
    days = given.get("available_in_days")
    end = NOW + timedelta(days=0 if "course_ended" not in given else -1 if given["course_ended"] else 1)
    return DisplaySettings(
        DisplayBehaviour(given.get("behaviour", "end")),
        available=None if days is None else NOW + timedelta(days=days),
        show_before_end=given.get("show_before_end", False),
        self_paced=given["self_paced"],
        course_end=end,
    )


def feed_visible(case):
    """Feed what a learner sees of a certificate that is issued."""
    view = view_certificate(Certificate(CertificateStatus.DOWNLOADABLE), settings_of(case["input"]), now=NOW)
    assert case["expect"]["downloadable"] == (view.shown is SeenAs.AVAILABLE)
    assert bool(case["expect"]["earned_but_not_available"]) == (view.shown is SeenAs.NOT_YET_AVAILABLE)


def feed_should_be_visible(case):
    """Feed the rule of visibility for settings as they stand."""
    decision = decide_visibility(settings_of(case["input"]), now=NOW)
    assert case["expect"]["visible"] == (decision.verdict is Verdict.MET)


def feed_uses_available_date(case):
    """Feed whether a course honours its available date."""
    assert case["expect"]["uses_available_date"] == DisplaySettings(**case["input"]).uses_available_date


def feed_web_enabled(case):
    """Feed the two switches of web certificates."""
    site, course = case["input"]["site"], bool(case["input"]["course"])
    policy = CoursePolicy(70, web_certificates_site=site, web_certificates_course=course)
    assert case["expect"]["enabled"] == policy.web_certificates


def feed_normalise(case):
    """Feed the settings that come of settings; a date is D."""
    dates = {"D": NOW, None: None}
    behaviour = DisplayBehaviour(case["input"]["behaviour"])
    after = normalise(DisplaySettings(behaviour, available=dates[case["input"]["date"]]))
    expected = (dates[case["expect"]["date"]], case["expect"]["behaviour"])
    assert expected == (after.available, after.behaviour.value)


def feed_grade_report(case):
    """Feed the grade report's columns; its grade is a passing letter, or none."""
    given = case["input"]
    record = LearnerRecord(
        "u1",
        percent=None if given["grade"] is None else PASSING,
        enrolment=CourseEnrolment(given["mode"]) if given.get("mode") else None,
        certificate=certificate_of("downloadable", given["cert_mode"]) if given["issued"] else None,
        certificates_allowed=given["certificates_allowed"],
    )
    lists = lists_of(allowlisted=bool(given["allowlisted"]))
    columns = grade_report_columns(CoursePolicy(70), record, lists, visible=True)
    assert case["expect"] == {"eligible": columns.eligible, "delivered": columns.delivered, "type": columns.type}


def feed_service_invalidate(case):
    """Feed what another service's revoking does to a certificate."""
    given, expect = case["input"], case["expect"]
    before = certificate_of(given["status"], grade=str(given["grade"]), download_url="https://example.com", id="c1")
    after = revoke_unless_allowlisted(before, allowlisted=given["allowlisted"])
    found = {
        "done": after != before,
        "status": after.status.value,
        "grade": after.grade,
        "download_url": after.download_url,
    }
    assert expect == {key: found[key] for key in expect}
    assert before.id == after.id


def feed_csv(case):
    """Feed a CSV file, with its classes as counts or as texts."""
    given, expect = case["input"], case["expect"]
    users = [ListedUser(user["username"], user["username"], enrolled=user["enrolled"]) for user in given["users"]]
    by_name = {
        name: listed
        for user, listed in zip(given["users"], users, strict=True)
        for name in (user["username"], user["email"])
    }
    entries = {key: [Entry(by_name[name].id, at=NOW) for name in given[key]] for key in ("allowlisted", "invalidated")}
    lists = ExceptionLists(entries["allowlisted"], entries["invalidated"])
    upload = upload_exceptions(Desk(by_name.get, now=NOW), lists, given["filename"], given["csv"])
    if "general_error" in expect:
        assert expect["general_error"] == upload.error.code
    if "general_errors" in expect:
        assert expect["general_errors"] == (upload.error is not None)
    for row_class, expected in expect.get("row_errors", {}).items():
        found = [str(row) for row in upload.of_class(RowClass(row_class))]
        assert expected == (found if isinstance(expected, list) else len(found))
    if "success" in expect:
        assert expect["success"] == len(upload.stored)
    if "allowlist_size" in expect:
        assert expect["allowlist_size"] == len(upload.lists.exceptions)


def feed_exception_add(case):
    """Feed one exception entered."""
    given = case["input"]
    lists = lists_of(allowlisted=given.get("already", False), invalidated=given.get("invalidated", False))
    desk = desk_of(ListedUser("u1", "ada", enrolled=given.get("enrolled", True)))
    assert_answer(case["expect"], enter_exception(desk, lists, given["user"]))


def feed_exception_remove(case):
    """Feed one exception removed; a body that is no JSON names nobody."""
    given = case["input"]
    identifier = parsed(given["body"]) if "body" in given else "known"
    lists = lists_of(allowlisted=given.get("listed", True))
    assert_answer(case["expect"], withdraw_exception(desk_of(), lists, identifier), success=204)


def parsed(body):
    """Return what a body says, as a host reads it."""
    try:
        return json.loads(body)["user"]
    except ValueError:
        return None


def feed_exception_generate(case):
    """Feed for which exceptions certificates are generated."""
    asked = case["input"]["generate_for"]
    known = asked in {which.value for which in GenerateFor}
    assert case["expect"]["http"] == (200 if known else 400)
    if known:
        assert ("u1",) == listed_for_generation(lists_of(allowlisted=True), GenerateFor(asked), {})


def feed_invalidate(case):
    """Feed one certificate invalidated."""
    given, expect = case["input"], case["expect"]
    lists = lists_of(allowlisted=given.get("allowlisted", False), invalidated=given.get("listed", False))
    before = certificate_of(given.get("cert_status", "downloadable"))
    edit = invalidate_certificate(desk_of(), lists, given.get("user", "known"), before, "a note")
    assert_answer(expect, edit)
    if "valid" in expect:
        assert expect["valid"] == (edit.certificate.status is CertificateStatus.DOWNLOADABLE)
    if "notes_kept" in expect:
        assert expect["notes_kept"] == (edit.lists.invalidations.get("u1").notes == "a note")


def feed_revalidate(case):
    """Feed one invalidation lifted."""
    given, expect = case["input"], case["expect"]
    edit = revalidate_certificate(desk_of(), lists_of(invalidated=given["listed"]), "known")
    assert_answer(expect, edit, success=204)
    if "listed_after" in expect:
        assert expect["listed_after"] == (edit.lists.invalidations.active("u1") is not None)


FEEDERS = {
    "cert_allowlist_can_add": feed_can_add,
    "cert_allowlist_membership": feed_membership,
    "cert_allowlist_remove": feed_allowlist_remove,
    "cert_allowlist_update": feed_allowlist_update,
    "cert_decision_allowlist": feed_allowlist,
    "cert_decision_regular": feed_regular,
    "cert_display_settings_normalise": feed_normalise,
    "cert_exception_add": feed_exception_add,
    "cert_exception_generate": feed_exception_generate,
    "cert_exception_remove": feed_exception_remove,
    "cert_exceptions_csv": feed_csv,
    "cert_grade_report": feed_grade_report,
    "cert_invalidate": feed_invalidate,
    "cert_invalidated": feed_invalidated,
    "cert_learner_view": feed_learner_view,
    "cert_mode_eligible": feed_mode,
    "cert_on_allowlist_added": feed_allowlist_added,
    "cert_on_failing_grade": feed_failing_grade,
    "cert_on_identity_verified": feed_identity_verified,
    "cert_on_passing_grade": feed_passing_grade,
    "cert_regenerate_from_status": feed_regenerate,
    "cert_revalidate": feed_revalidate,
    "cert_service_invalidate": feed_service_invalidate,
    "cert_should_be_visible": feed_should_be_visible,
    "cert_uses_available_date": feed_uses_available_date,
    "cert_visible_v1": feed_visible,
    "cert_visible_v2": feed_visible,
    "cert_web_enabled": feed_web_enabled,
}
