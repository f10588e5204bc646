# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Open edX: a grading policy, a course's subsections and what is stored of their grades, read at once.

>>> from gradecalc import grade
>>> policy = {"GRADER": [{"type": "Homework", "min_count": 3, "drop_count": 1, "weight": 1}]}
>>> subsections = [{"usage_key": "hw1", "format": "Homework", "graded": True}]
>>> grades = [{"user_id": 7, "usage_key": "hw1", "earned_graded": 1, "possible_graded": 2}]
>>> imported = read(policy, subsections, grades)
>>> final = grade(imported.gradebook, imported.marks["7"]).final
>>> final.percent, final.symbol
(Fraction(25, 1), 'Fail')
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from ....errors import Severity, nearest
from ....exact import Exact, describe
from ...documents import Document
from ...imported import Imported, Learner, Recorded
from ...records import read_record
from .gradebook import (
    GRADER,
    Course,
    Grader,
    Subsection,
    is_taken,
    lay_out,
    type_id,
)
from .policy import GradingPolicy, read_policy
from .scores import NOTHING, Score
from .subsections import ScoreOverride, SubsectionGrade

MAX_SUBSECTIONS: Final = 10_000
"""The most subsections that are read of one course."""

SYSTEM: Final = "openedx"
COURSE: Final = "course"
"""By what name a stored course grade stands among the finals."""


def read(  # noqa: PLR0913 - one for each document
    grading_policy: Any,
    subsections: Any = None,
    subsection_grades: Any = None,
    *,
    learners: Any = None,
    course_grades: Any = None,
    grader: Grader = GRADER,
) -> Imported:
    """Return the gradebook and the marks of a course, and its problems; no document makes this raise.

    Every document is parsed JSON: the grading policy as the platform exports it, and lists of records with the
    platform's own names. Stored course grades stand beside, in `finals`. The gradebook belongs to these learners: it
    has the placeholders that they need.
    """
    policy, problems = read_policy(grading_policy)
    found = list(problems)
    content = _subsections(Document(subsections, "subsections", found), policy)
    course = Course(policy, tuple(content.values()), grader)
    listed = map(_learner, Document(learners, "learners", found).records())
    people = {each.id: each for each in listed if each is not None}
    grades: dict[str, dict[str, SubsectionGrade | str]] = {learner: {} for learner in people}
    for learner, subsection, stored in _grades(Document(subsection_grades, "subsection_grades", found), content):
        grades.setdefault(learner.id, {})[subsection] = stored
        people.setdefault(learner.id, learner)
    finals: dict[str, dict[str, Recorded]] = {}
    for learner, final in _course_grades(Document(course_grades, "course_grades", found)):
        grades.setdefault(learner.id, {})
        people.setdefault(learner.id, learner)
        finals[learner.id] = {COURSE: final}
    book, marks = lay_out(course, grades)
    return Imported(book, marks, tuple(found), {id_: people[id_] for id_ in grades}, finals, system=SYSTEM)


def _subsections(document: Document, policy: GradingPolicy) -> dict[str, Subsection]:
    """Return the subsections by id, in the order of the course."""
    found: dict[str, Subsection] = {}
    types = [each.type for each in policy.types]
    type_ids = frozenset(map(type_id, types))
    for each in document.records():
        id_ = each.key("usage_key")
        if not id_:
            each.report("missing", "there is no usage_key; without it this subsection cannot be placed")
        elif id_ in found or is_taken(id_, type_ids):
            each.report("duplicate_id", f"the id {describe(id_)} is taken; this subsection is not read")
        elif len(found) == MAX_SUBSECTIONS:
            each.report("too_large", f"a course has at most {MAX_SUBSECTIONS} subsections; this one is not read")
        else:
            found[id_] = _subsection(each, id_, types)
    return found


def _subsection(document: Document, id_: str, types: Sequence[str]) -> Subsection:
    """Return a subsection; one that is not graded, or of no type in the policy, does not count."""
    type_ = document.text("format")
    graded = bool(type_) and document.truth("graded", default=True)
    if graded and type_ not in types:
        message = f"the policy has no type {describe(type_)}{nearest(type_, types)}; it does not count"
        document.get("format").report("unknown_type", message, Severity.NOTICE)
    possible = document.amount("possible_graded" if graded else "possible_all")
    return Subsection(
        id=id_,
        name=document.text("display_name") or id_,
        type=type_ if graded else "",
        possible=possible,
    )


def _learner(document: Document) -> Learner | None:
    """Return whom a record is about, by number or else by name, with what else it says of them."""
    said: dict[str, Any] = {name: document.text(name) for name in ("username", "first_name", "last_name", "email")}
    id_ = document.key("user_id") or said["username"]
    if not id_:
        document.report("missing", "there is neither a user_id nor a username; this record is nobody's")
        return None
    return Learner(id_, **said)


def _grades(
    document: Document, content: Mapping[str, Subsection]
) -> Iterator[tuple[Learner, str, SubsectionGrade | str]]:
    seen: set[tuple[str, str]] = set()
    for each in document.records():
        learner, id_ = _learner(each), each.key("usage_key")
        if learner is None:
            continue
        if id_ not in content:
            message = f"the course has no subsection {describe(id_)}{nearest(id_, content)}; this grade is not read"
            each.get("usage_key").report("unknown_id", message)
        elif (learner.id, id_) in seen:
            each.report("duplicate_grade", "this learner has a grade here already; this one is not read")
        else:
            seen.add((learner.id, id_))
            yield learner, id_, _grade(each, content[id_])


def _grade(document: Document, subsection: Subsection) -> SubsectionGrade | str:
    """Return the stored grade, or what is written where a number of the score that counts cannot be read."""
    counting = "graded" if subsection.type else "all"
    scores = {kind: _score(document, kind, required=kind == counting) for kind in ("all", "graded")}
    if isinstance(counted := scores[counting], str):
        return counted
    every, graded = (NOTHING if isinstance(each, str) else each for each in scores.values())
    unattempted = "first_attempted" in document.value and document.value["first_attempted"] is None
    return SubsectionGrade(every, graded, attempted=not unattempted, override=_override(document.get("override")))


def _score(document: Document, kind: str, *, required: bool) -> Score | str:
    names = [f"earned_{kind}", f"possible_{kind}"]
    written = [document.get(name).value for name in names]
    numbers: list[Exact | None] = [document.number(names[0]), document.amount(names[1])]
    for name, text, number in zip(names, written, numbers, strict=True):
        if text is not None and number is None:
            return str(text)[:100]
        if text is None and required:
            document.get(name).report("missing", f"there is no {name}; it is taken to be 0")
    return Score(numbers[0] or 0, numbers[1] or 0)


def _override(document: Document) -> ScoreOverride | None:
    if not isinstance(document.value, Mapping):
        if document.value is not None:
            document.report("wrong_value", f"{describe(document.value)} is no override; it must be an object")
        return None
    return read_record(ScoreOverride, document)


def _course_grades(document: Document) -> Iterator[tuple[Learner, Recorded]]:
    for each in document.records():
        learner, part = _learner(each), each.number("percent_grade")
        if learner is not None:
            percent = None if part is None else part * 100
            yield learner, Recorded(percent, None if percent is None else 100, each.text("letter_grade"))
