# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A met decision becomes an Open Badge, and several a Comprehensive Learner Record, both unsigned (I13, I14)."""

import json
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from gradecalc import DefinitionError, Gradebook, GradeItem, GradeScheme, grade
from gradecalc.certificates.badges import BadgeAchievement, BadgeIssuer, by_email, learner_record, open_badge
from gradecalc.decisions import Decision, Waiver, join, waive
from gradecalc.verdicts import Verdict

AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
ISSUER = BadgeIssuer(id="https://example.org", name="Example University", url="https://example.org")
BIOLOGY = BadgeAchievement(id="https://example.org/biology", name="Biology", description="The course.")
BOOK = Gradebook(
    [GradeItem("Exam", 100)], pass_mark=50, scheme=GradeScheme.from_cutoffs({"A": 85, "B": 70, "F": 0}), name="Biology"
)
DECISION = join(
    "certificate",
    [
        Decision("passing grade", Verdict.MET, needed="at least 50 %", found="84.6 %"),
        Decision("identity", Verdict.MET),
    ],
)
GIVEN = {"issuer": ISSUER, "recipient": {"id": "did:example:ada"}, "awarded": AT}

URI = {"type": "string", "pattern": "^[a-z][a-z0-9+.-]*:"}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$"}
TEXT = {"type": "string", "minLength": 1}


def table(required, **optional):
    """Return a schema of an object of these fields, of which some may be missing, and no others."""
    return {
        "type": "object",
        "properties": {**required, **optional},
        "required": list(required),
        "additionalProperties": False,
    }


def kinds(*names):
    """Return a schema of a list of types that has all of these."""
    return {"type": "array", "allOf": [{"contains": {"const": name}} for name in names]}


IDENTITY = table(
    {
        "type": {"const": "IdentityObject"},
        "hashed": {"type": "boolean"},
        "identityHash": TEXT,
        "identityType": {"enum": ["emailAddress", "sourcedId", "name"]},
    },
    salt=TEXT,
)
WHO = {"id": URI, "identifier": {"type": "array", "items": IDENTITY, "minItems": 1}}
DESCRIBED = table(
    {
        "id": URI,
        "type": kinds("ResultDescription"),
        "name": TEXT,
        "resultType": {"enum": ["Percent", "LetterGrade", "RawScore", "Status"]},
    },
    valueMin=TEXT,
    valueMax=TEXT,
    requiredValue=TEXT,
    allowedValue={"type": "array", "items": TEXT},
)
ACHIEVEMENT = table(
    {
        "id": URI,
        "type": kinds("Achievement"),
        "name": TEXT,
        "description": TEXT,
        "criteria": table({}, id=URI, narrative=TEXT),
    },
    achievementType=TEXT,
    resultDescription={"type": "array", "items": DESCRIBED},
)
RESULT = table({"type": kinds("Result")}, resultDescription=URI, value=TEXT)
SUBJECT = {
    **table(
        {"type": kinds("AchievementSubject"), "achievement": ACHIEVEMENT},
        **WHO,
        result={"type": "array", "items": RESULT},
    ),
    "anyOf": [{"required": ["id"]}, {"required": ["identifier"]}],
}
CREDENTIAL = {
    "id": URI,
    "issuer": table({"id": URI, "type": kinds("Profile")}, name=TEXT, url=URI),
    "validFrom": MOMENT,
    "name": TEXT,
}
BADGE = table(
    {
        "@context": {"type": "array", "items": URI, "minItems": 2},
        "type": kinds("VerifiableCredential", "OpenBadgeCredential"),
        "credentialSubject": SUBJECT,
        **CREDENTIAL,
    },
    validUntil=MOMENT,
)
"""What the standard requires of a credential and allows in it, as far as it is written here."""


def test_a_badge_has_what_the_standard_requires():
    """A badge has the fields of the standard and no others, with and without results, and is plain JSON (I13)."""
    jsonschema = pytest.importorskip("jsonschema")
    report = grade(BOOK, {"Exam": 84.6})
    bare = open_badge(DECISION, BIOLOGY, id="urn:uuid:1", **{**GIVEN, "recipient": by_email("a@example.org", "pepper")})
    whole = open_badge(DECISION, BIOLOGY, report, id="urn:uuid:2", expires=datetime(2028, 6, 1, tzinfo=UTC), **GIVEN)
    for badge in (bare, whole):
        jsonschema.Draft202012Validator(BADGE).validate(json.loads(json.dumps(badge)))
    assert "2028-06-01T00:00:00Z" == whole["validUntil"]
    assert not {"result", "resultDescription"} & (bare["credentialSubject"].keys())


def test_results_are_the_final_in_percent_and_by_its_symbol():
    """Each result is described in the achievement, with its bounds, what passes, and the symbols from low to high."""
    subject = open_badge(DECISION, BIOLOGY, grade(BOOK, {"Exam": 84.6}), id="urn:uuid:1", **GIVEN)["credentialSubject"]
    percent, letter = subject["achievement"]["resultDescription"]
    assert [(percent["id"], "84.60"), (letter["id"], "B")] == [
        (each["resultDescription"], each["value"]) for each in subject["result"]
    ]
    assert ("Percent", "0", "100", "50") == (
        percent["resultType"],
        percent["valueMin"],
        percent["valueMax"],
        percent["requiredValue"],
    )
    assert ("LetterGrade", ["F", "B", "A"]) == (letter["resultType"], letter["allowedValue"])


def test_a_report_without_a_grade_has_no_results():
    """Where there is no final, there is nothing to state beside the achievement."""
    assert "result" not in open_badge(DECISION, BIOLOGY, grade(BOOK, {}), id="u:1", **GIVEN)["credentialSubject"]


def test_the_criteria_say_what_is_needed_and_nothing_of_the_learner():
    """Without criteria of its own an achievement has what is needed, and neither what was found nor what was waived."""
    short = join("certificate", [Decision("passing grade", Verdict.NOT_MET, "at least 50 %", "23 %")])
    waived = waive(short, Waiver("passing grade", why="was ill", by="Eve", at=AT))
    text = json.dumps(open_badge(waived, BIOLOGY, id="urn:uuid:1", **GIVEN))
    assert "passing grade: at least 50 %" in text
    assert not [each for each in ("23 %", "ill", "Eve") if each in text]


@pytest.mark.parametrize("verdict", [Verdict.NOT_MET, Verdict.UNDETERMINED])
def test_what_is_not_met_is_no_badge(verdict):
    """A decision that is not met, or not yet known, gives no credential (I13)."""
    with pytest.raises(DefinitionError) as caught:
        open_badge(Decision("certificate", verdict), BIOLOGY, id="urn:uuid:1", **GIVEN)
    assert ["not_earned"] == [each.code for each in caught.value.problems]


def test_moments_have_a_zone_and_texts_are_there():
    """A moment without a zone is refused, and so is an issuer or an achievement without a name."""
    with pytest.raises(DefinitionError):
        open_badge(DECISION, BIOLOGY, id="u:1", **{**GIVEN, "awarded": datetime(2026, 6, 1)})  # noqa: DTZ001
    with pytest.raises(DefinitionError):
        BadgeIssuer(id="https://example.org", name="")


def test_an_address_is_hashed_with_its_salt():
    """A recipient known by an address is known by its hash, and the address is not shown."""
    (identity,) = by_email("ada@example.org", "pepper")["identifier"]
    assert f"sha256${sha256(b'ada@example.orgpepper').hexdigest()}" == identity["identityHash"]
    assert "ada@example.org" not in json.dumps(identity)


def test_a_record_holds_credentials_of_one_learner():
    """A record has the credentials as they are, signed ones as tokens too, and at least one (I14)."""
    badge = open_badge(DECISION, BIOLOGY, id="urn:uuid:1", **GIVEN)
    record = learner_record([badge, "eyJ.x.y"], id="urn:uuid:9", name="Record", **GIVEN)
    assert ["VerifiableCredential", "ClrCredential"] == record["type"]
    assert ([badge, "eyJ.x.y"], ["ClrSubject"], "did:example:ada") == (
        record["credentialSubject"]["verifiableCredential"],
        record["credentialSubject"]["type"],
        record["credentialSubject"]["id"],
    )
    with pytest.raises(DefinitionError):
        learner_record([], id="urn:uuid:9", name="Record", **GIVEN)
