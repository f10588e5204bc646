# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Whatever the documents of Open edX, they are read to their end: the gradebook compiles and everybody has a result."""

from copy import deepcopy
from fractions import Fraction

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from gradecalc import (
    MarksError,
    Report,
    compile_gradebook,
    grade_many,
)
from gradecalc.lms.openedx.grading.course_grade import break_down
from gradecalc.lms.openedx.grading.gradebook import GRADER, PROGRESS_PAGE, TWO_DECIMAL_GRADER
from gradecalc.lms.openedx.grading.policy import read_policy
from gradecalc.lms.openedx.grading.reading import read

SOUND = {
    "grading_policy": {
        "GRADER": [
            {"type": "Homework", "short_label": "HW", "min_count": "3", "drop_count": 1, "weight": 0.4},
            {"type": "Exam", "min_count": 1, "drop_count": 0, "weight": 0.6, "starting_index": 0},
            {"type": "NoCredit", "min_count": 0, "drop_count": 0, "weight": 0},
        ],
        "GRADE_CUTOFFS": {"A": 0.9, "B": 0.5},
    },
    "subsections": [
        {"usage_key": "hw1", "display_name": "One", "format": "Homework", "graded": True, "possible_graded": 5},
        {"usage_key": "hw2", "format": "Homework"},
        {"usage_key": "exam", "format": "Exam", "graded": True},
        {"usage_key": "reading", "graded": False},
    ],
    "subsection_grades": [
        {"user_id": 7, "usage_key": "hw1", "earned_graded": 4, "possible_graded": 5, "first_attempted": None},
        {"user_id": 7, "usage_key": "exam", "earned_graded": 0, "possible_graded": 0},
        {
            "username": "bob",
            "usage_key": "exam",
            "earned_graded": 8.5,
            "possible_graded": 10,
            "override": {"earned_graded_override": 0, "possible_graded_override": None, "system": "proctoring"},
        },
    ],
    "learners": [{"user_id": 7, "username": "ada"}, {"user_id": 9}],
    "course_grades": [{"user_id": 9, "percent_grade": 0.4, "letter_grade": "B"}],
}


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.sampled_from(["final", "Homework", "unweighted", "Homework placeholder 1", "12", 1e300, 10**200, 10**99, "1/3"]),
    st.sampled_from([[], {}, [[]], [{}], {"type": "Lab"}, [{"min_count": 5000, "type": "Lab"}]]),
)


def places(value, path=()):
    """Yield the path to everything in a document."""
    yield path
    if isinstance(value, (dict, list)):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(inner, (*path, key))


PLACES = [path for path in places(SOUND) if path]


@st.composite
def mutated(draw):
    """Draw the sound documents with a few values replaced or removed."""
    documents = deepcopy(SOUND)
    for path in draw(st.lists(st.sampled_from(PLACES), min_size=1, max_size=4)):
        inside = documents
        try:
            for key in path[:-1]:
                inside = inside[key]
            if draw(st.booleans()):
                inside[path[-1]] = draw(ODD)
            else:
                del inside[path[-1]]
        except (KeyError, IndexError, TypeError):
            continue
    return documents


@given(mutated(), st.sampled_from([GRADER, TWO_DECIMAL_GRADER, PROGRESS_PAGE]))
def test_mutated_documents_are_read_and_graded(documents, grader):
    """No mutation ends in a traceback: the gradebook compiles, and every learner has a percent or an error."""
    policy = documents.pop("grading_policy", None)
    imported = read(policy, grader=grader, **documents)
    plan = compile_gradebook(imported.gradebook)
    assert set(imported.marks) == set(imported.learners)
    for _, outcome in grade_many(plan, imported.marks):
        assert isinstance(outcome, (Report, MarksError))
        if isinstance(outcome, Report):
            assert outcome.final.percent is not None
            assert len(break_down(read_policy(policy)[0], outcome).contributions) == len(read_policy(policy)[0].types)


@given(st.data())
def test_everybody_has_what_the_policy_promises(data):
    """Whoever lacks content has as many assignments as the policy promises, and never more than there are beyond it."""
    promised, content = data.draw(st.integers(0, 5)), data.draw(st.integers(0, 5))
    hidden = {learner: data.draw(st.sets(st.integers(0, 4))) for learner in (1, 2)}
    document = {"GRADER": [{"type": "Lab", "min_count": promised, "drop_count": 0, "weight": 1}]}
    rows = [
        {"user_id": learner, "usage_key": f"lab{nth}", "earned_graded": 1, "possible_graded": int(nth not in gone)}
        for learner, gone in hidden.items()
        for nth in range(content)
    ]
    labs = [{"usage_key": f"lab{nth}", "format": "Lab"} for nth in range(content)]
    everybody = [{"user_id": learner} for learner in hidden]
    imported = read(document, labs, rows, learners=everybody, grader=evolve(GRADER, course=None, subsection=None))
    for learner, gone in hidden.items():
        shown = content - len(gone & set(range(content)))
        report = dict(grade_many(imported.gradebook, imported.marks))[str(learner)]
        assert Fraction(100 * shown, max(promised, shown, 1)) == report.final.percent
