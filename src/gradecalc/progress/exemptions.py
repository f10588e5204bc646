# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""One exemption in the gradebook and in the contents: carried from where it was given or lifted to the other.

>>> from gradecalc import EXEMPT, Gradebook, GradeItem
>>> from gradecalc.progress.contents import TopicKind
>>> book = Gradebook([GradeItem("quiz-1", max_points=10), GradeItem("exam", max_points=90)])
>>> course = Module("Biology", [Topic("Quiz", TopicKind.QUIZ, grade_item="quiz-1")])
>>> seen = exempt_as_graded(course, LearnerProgress(), book, {"quiz-1": EXEMPT})
>>> seen.exempted
('Quiz',)
>>> exempt_as_recorded(course, seen, book, {"quiz-1": 7, "exam": 81})["quiz-1"]
Mark(points=7, exempt=True)

Linked are the topics that have a grade item and are of a kind that can be exempted; no other is touched. Rules E19 and
E20.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve

from ..errors import DefinitionError, MarksError, Problem, nearest
from ..exact import describe
from ..gradebook.tree import Gradebook
from ..grading.exemptions import exempt, exempted, unexempt
from ..grading.plan import Plan, plan_of
from ..marks import Marks, MarkValue
from .contents import Module, Topic, topics_by_id
from .record import LearnerProgress, record_problems


def exempt_as_graded(
    contents: Module, progress: LearnerProgress, book: Gradebook | Plan, marks: Marks
) -> LearnerProgress:
    """Return the record with each linked topic exempt if its grade item is, alone or with its category, and else not.

    Raises `DefinitionError` for contents or a gradebook that cannot be used, also where a topic's grade item is not in
    the gradebook, and `MarksError` for what is no record.
    """
    plan, topics = plan_of(book), topics_by_id(contents)
    MarksError.refuse(record_problems(topics, progress))
    items = _grade_items(topics, plan)
    reached = set(exempted(plan, marks))
    kept = [id_ for id_ in progress.exempted if id_ not in items]
    return evolve(progress, exempted=[*kept, *(id_ for id_, item in items.items() if item in reached)])


def exempt_as_recorded(
    contents: Module, progress: LearnerProgress, book: Gradebook | Plan, marks: Marks
) -> dict[str, MarkValue]:
    """Return the marks with each linked grade item exempt if a topic of it is, and else not.

    A number that was recorded is kept below the exemption, and comes back when it is lifted (X9, X10). Raises what
    `exempt_as_graded` raises.
    """
    plan, topics = plan_of(book), topics_by_id(contents)
    MarksError.refuse(record_problems(topics, progress))
    items = _grade_items(topics, plan)
    wanted = {item for id_, item in items.items() if id_ in frozenset(progress.exempted)}
    reached = frozenset(exempted(plan, marks))
    lifted = unexempt(
        plan, marks, *(item for item in plan.ids if item in reached.intersection(items.values()) - wanted)
    )
    missing = wanted.difference(exempted(plan, lifted))
    return exempt(plan, lifted, *(item for item in plan.ids if item in missing))


def _grade_items(topics: Mapping[str, Topic], plan: Plan) -> dict[str, str]:
    """Return the grade item of each linked topic, by the topic's id; raises `DefinitionError` for unknown ones."""
    items = {id_: topic.grade_item for id_, topic in topics.items() if topic.grade_item and topic.kind.may_be_exempted}
    unknown = [_unknown(id_, item, plan) for id_, item in items.items() if item not in plan.ids[1:]]
    if unknown:
        raise DefinitionError(unknown)
    return items


def _unknown(id_: str, item: str, plan: Plan) -> Problem:
    near = nearest(item, plan.ids[1:])
    message = f"the grade item of {describe(id_)}, {describe(item)}, is not in the gradebook{near}"
    return Problem("unknown_id", f"topics[{describe(id_)}].grade_item", message)
