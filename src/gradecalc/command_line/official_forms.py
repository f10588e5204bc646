# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The forms of standards and registrars: OneRoster, LTI Advantage, Open Badges, lists of symbols, Banner's sheet.

What such a form needs and no grade file has, such as a term or a moment, the arguments say.
"""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from ..decisions import Decision
from ..errors import MarksError, Problem, Severity, nearest
from ..exact import write_short
from ..lms import lti, oneroster, registrars
from ..report.report import Report
from ..verdicts import Verdict
from .at_hand import room
from .endings import CommandError
from .files import Written, read_json
from .grading import GradedClass

_PARTS_OF_A_BADGE: Final = ("achievement", "issuer", "salt")


def as_oneroster(graded: GradedClass, arguments: Namespace) -> Written:
    """Write the files of an archive, of the class, the school and the session that the arguments say."""
    placement = oneroster.Placement(
        class_id=arguments.class_id,
        school_id=arguments.school_id,
        session_id=arguments.session_id,
        assigned=arguments.assigned,
        due=arguments.due,
        scored=arguments.scored,
    )
    archive = oneroster.write(graded.plan, graded.imported.marks, placement=placement)
    return Written(archive.files, archive.problems)


def as_symbols(graded: GradedClass, arguments: Namespace) -> Written:
    """Write a registrar's list: a symbol for each learner."""
    exported = registrars.write_symbols(
        graded.results(),
        learners=graded.imported.learners,
        delimiter="\t" if arguments.tabs else ",",
        without=arguments.without,
    )
    return Written({"symbols.csv": exported.text}, exported.problems)


def as_banner(graded: GradedClass, arguments: Namespace) -> Written:
    """Write the sheet that Banner takes, by its term and its course reference number."""
    exported = registrars.write_banner(
        graded.results(),
        term=_needed(arguments.term, "--term", "202610"),
        crn=_needed(arguments.crn, "--crn", "10432"),
        learners=graded.imported.learners,
        without=arguments.without,
    )
    return Written({"banner.csv": exported.text}, exported.problems)


def as_lti(graded: GradedClass, arguments: Namespace) -> Written:
    """Write the scores of the final, or of another line, as the services of LTI Advantage take them."""
    of, known = arguments.of, {heading.id for heading in graded.plan.layout.headings}
    if of not in known:
        raise CommandError(f"there is no {of!r} in the gradebook{nearest(of, known)}")
    sent = lti.scores(graded.results(), of, at=_moment(arguments))
    return Written({"scores.json": _written(list(sent.scores))}, sent.problems)


def as_badges(graded: GradedClass, arguments: Namespace) -> Written:
    """Write an Open Badge, not yet signed, of each learner who passed: who reached the gradebook's pass mark."""
    if graded.plan.gradebook.pass_mark is None:
        raise CommandError("a badge is of what is passed, and the gradebook has no pass_mark; say it in a definition")
    badge = read_json(_needed(arguments.badge, "--badge", "badge.json"))
    if not isinstance(badge, dict) or not all(badge.get(part) for part in _PARTS_OF_A_BADGE):
        raise CommandError(f"{arguments.badge}: a badge has {', '.join(_PARTS_OF_A_BADGE)}, and one of them is missing")
    problems: list[Problem] = []
    found = list(_badges(graded, badge, _moment(arguments), problems))
    return Written({"badges.json": _written(found)}, tuple(problems))


def _badges(
    graded: GradedClass, badge: dict[str, Any], awarded: datetime, problems: list[Problem]
) -> Iterator[dict[str, Any]]:
    badges = room("certificates.badges")
    try:
        achievement, issuer = badges.BadgeAchievement(**badge["achievement"]), badges.BadgeIssuer(**badge["issuer"])
    except TypeError as error:
        raise CommandError(f"the badge is not one: {error}") from None
    decision = Decision("pass mark", Verdict.MET, f"{write_short(graded.plan.gradebook.pass_mark or 0)} %")
    for learner, result in graded.results():
        email = graded.imported.learners[learner].email if learner in graded.imported.learners else ""
        problem = _no_badge(result, email, f"learners[{learner!r}]")
        if problem is not None:
            problems.append(problem)
        elif isinstance(result, Report):
            yield badges.open_badge(
                decision,
                achievement,
                result,
                id=f"urn:uuid:{uuid5(NAMESPACE_URL, f'{achievement.id}#{learner}')}",
                issuer=issuer,
                recipient=badges.by_email(email, str(badge["salt"])),
                awarded=awarded,
            )


def _no_badge(result: Report | MarksError, email: str, path: str) -> Problem | None:
    """Return why a learner gets no badge: a notice where it is not earned, or else a problem."""
    if isinstance(result, MarksError):
        return Problem("not_graded", path, "the learner cannot be graded; see what is wrong with the marks")
    if result.final.passed is not Verdict.MET:
        return Problem("not_earned", path, "the learner has not passed, and gets no badge", Severity.NOTICE)
    message = "the file has no address of the learner, by whose hash a badge knows its owner"
    return None if email else Problem("no_email", path, message)


def _moment(arguments: Namespace) -> datetime:
    moment: datetime = _needed(arguments.at, "--at", "2026-06-01T12:00:00+00:00")
    return moment


def _needed(value: Any, option: str, example: str) -> Any:
    if not value:
        raise CommandError(f"this form needs {option}, such as {option} {example}")
    return value


def _written(value: Any) -> str:
    return f"{json.dumps(value, indent=2, ensure_ascii=False)}\n"
