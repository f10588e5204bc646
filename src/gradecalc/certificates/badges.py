# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A met decision as an Open Badge 3.0, and several as a Comprehensive Learner Record 2.0: plain JSON, not yet signed.

>>> from datetime import UTC, datetime
>>> from gradecalc.decisions import Decision
>>> from gradecalc.verdicts import Verdict
>>> badge = open_badge(
...     Decision("certificate", Verdict.MET),
...     BadgeAchievement(id="https://example.org/biology", name="Biology", description="The course.", criteria="Pass."),
...     id="urn:uuid:6f0c", issuer=BadgeIssuer(id="https://example.org", name="Example"),
...     recipient={"id": "did:example:ada"}, awarded=datetime(2026, 6, 1, tzinfo=UTC),
... )
>>> badge["type"], badge["validFrom"], badge["credentialSubject"]["achievement"]["name"]
(['VerifiableCredential', 'OpenBadgeCredential'], '2026-06-01T00:00:00Z', 'Biology')

Ids, dates and the issuer are the caller's, and so are keys: what signs is no part of this. Rules I13 and I14.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from attrs import field

from ..decisions import Decision
from ..errors import DefinitionError, Problem
from ..exact import write_short
from ..fields import Checked, text
from ..moments import utc
from ..report.report import Report
from ..values import frozen
from ..verdicts import Verdict

_CREDENTIALS: Final = "https://www.w3.org/ns/credentials/v2"
_BADGES: Final = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
_RECORDS: Final = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"

_Json = dict[str, Any]


@frozen(kw_only=True)
class BadgeIssuer(Checked):
    """Who issues: an id that is a URI, and a name."""

    id: str = field(metadata=text())
    name: str = field(metadata=text())
    url: str = field(default="", metadata=text(optional=True))

    def to_dict(self) -> dict[str, Any]:
        """Return the issuer's profile."""
        own = {"id": self.id, "type": ["Profile"], "name": self.name}
        return {**own, "url": self.url} if self.url else own


@frozen(kw_only=True)
class BadgeAchievement(Checked):
    """What is earned, the same for everybody: an id that is a URI, texts, and the kind, a word of the standard's list.

    Without `criteria` they are what the decision says is needed.
    """

    id: str = field(metadata=text())
    name: str = field(metadata=text())
    description: str = field(metadata=text())
    criteria: str = field(default="", metadata=text(optional=True))
    kind: str = field(default="Certificate", metadata=text())


def open_badge(  # noqa: PLR0913 - what a credential states
    decision: Decision,
    achievement: BadgeAchievement,
    report: Report | None = None,
    *,
    id: str,  # noqa: A002 - the word of the standard
    issuer: BadgeIssuer,
    recipient: Mapping[str, Any],
    awarded: datetime,
    expires: datetime | None = None,
) -> dict[str, Any]:
    """Return an unsigned credential of what was decided, with the results of a report if one is given (I13).

    `recipient` is `{"id": URI}` or what `by_email` returns. Raises `DefinitionError` where the decision is not met, or
    a moment has no zone.
    """
    if decision.verdict is not Verdict.MET:
        message = f"the decision is {decision.verdict.value}; a badge is of what is met"
        raise DefinitionError([Problem("not_earned", "decision", message)])
    results = list(_results(achievement.id, report)) if report is not None else []
    subject = {**recipient, "type": ["AchievementSubject"], "achievement": _achievement(achievement, decision, results)}
    if results:
        subject["result"] = [
            {"type": ["Result"], "resultDescription": of["id"], "value": value} for of, value in results
        ]
    return {
        "@context": [_CREDENTIALS, _BADGES],
        **_credential(id, "OpenBadgeCredential", achievement.name, issuer),
        **_validity(awarded, expires),
        "credentialSubject": subject,
    }


def learner_record(  # noqa: PLR0913 - what a record states
    credentials: Iterable[Mapping[str, Any] | str],
    *,
    id: str,  # noqa: A002 - the word of the standard
    name: str,
    issuer: BadgeIssuer,
    recipient: Mapping[str, Any],
    awarded: datetime,
    expires: datetime | None = None,
) -> dict[str, Any]:
    """Return an unsigned record of one learner's credentials, each signed by then (I14)."""
    listed = [dict(each) if isinstance(each, Mapping) else each for each in credentials]
    if not listed:
        raise DefinitionError([Problem("missing", "credentials", "a record is of one credential or more")])
    return {
        "@context": [_CREDENTIALS, _RECORDS, _BADGES],
        **_credential(id, "ClrCredential", name, issuer),
        **_validity(awarded, expires),
        "credentialSubject": {**recipient, "type": ["ClrSubject"], "verifiableCredential": listed},
    }


def by_email(address: str, salt: str) -> dict[str, Any]:
    """Return a recipient known by the hash of an address, so that the badge does not show it."""
    hashed = f"sha256${sha256((address + salt).encode()).hexdigest()}"
    identity = {"type": "IdentityObject", "hashed": True, "identityHash": hashed, "identityType": "emailAddress"}
    return {"identifier": [{**identity, "salt": salt}]}


def _credential(id_: str, kind: str, name: str, issuer: BadgeIssuer) -> _Json:
    return {"id": id_, "type": ["VerifiableCredential", kind], "name": name, "issuer": issuer.to_dict()}


def _validity(awarded: datetime, expires: datetime | None) -> _Json:
    found = {"validFrom": _moment(awarded, "awarded")}
    return found if expires is None else {**found, "validUntil": _moment(expires, "expires")}


def _moment(when: datetime, path: str) -> str:
    return utc(when, path).isoformat().replace("+00:00", "Z")


def _achievement(achievement: BadgeAchievement, decision: Decision, results: list[tuple[_Json, str]]) -> _Json:
    described = {"resultDescription": [of for of, _ in results]} if results else {}
    return {
        "id": achievement.id,
        "type": ["Achievement"],
        "achievementType": achievement.kind,
        "name": achievement.name,
        "description": achievement.description,
        "criteria": {"narrative": achievement.criteria or _needed(decision)},
        **described,
    }


def _needed(decision: Decision) -> str:
    """Return what is needed, and nothing of what this learner has, nor of what was waived."""
    parts = decision.children or (decision,)
    return "; ".join(f"{each.label}: {each.needed}" if each.needed else each.label for each in parts)


def _results(achievement: str, report: Report) -> Iterator[tuple[_Json, str]]:
    """Yield the final in percent and by its symbol, each with what it is described by, as far as there is one."""
    final, heading = report.final, report.layout.headings[0]
    if final.percent is not None:
        required = heading.passing.pass_mark
        passing = {} if required is None else {"requiredValue": write_short(required)}
        bounds = {"valueMin": "0", "valueMax": "100", **passing}
        yield _described(achievement, "percent", "Percent", heading.name, bounds), report.final.shown
    if final.symbol and report.layout.scheme is not None:
        symbols = [band.symbol for band in report.layout.scheme.bands]
        allowed = {"allowedValue": symbols} if final.symbol in symbols else {}
        yield _described(achievement, "letter", "LetterGrade", heading.name, allowed), final.symbol


def _described(achievement: str, which: str, kind: str, name: str, more: Mapping[str, Any]) -> _Json:
    own = {"id": f"{achievement}#{which}", "type": ["ResultDescription"], "name": name, "resultType": kind}
    return {**own, **more}
