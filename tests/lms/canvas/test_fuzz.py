# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Whatever the documents, they are read to their end: the gradebook compiles, and every learner has a result."""

from copy import deepcopy

from hypothesis import given, settings
from hypothesis import strategies as st

from gradecalc import (
    MarksError,
    Report,
    compile_gradebook,
    grade_many,
)
from gradecalc.lms.canvas import (
    ALL_FINAL,
    CLIENT,
    POSTED_CURRENT,
    SERVER,
    View,
    read,
)

SOUND = {
    "course": {"apply_assignment_group_weights": True, "grading_standard_id": 3},
    "assignment_groups": [
        {
            "id": 1,
            "name": "Homework",
            "group_weight": 40,
            "rules": {"drop_lowest": 1, "drop_highest": 0, "never_drop": [12]},
            "assignments": [
                {"id": 11, "name": "One", "points_possible": 10, "due_at": "2026-01-09T00:00:00Z"},
                {"id": 12, "points_possible": 0, "grading_type": "pass_fail", "submission_types": ["on_paper"]},
                {"id": 13, "points_possible": 20, "grading_type": "letter_grade", "anonymous_grading": True},
            ],
        },
        {
            "id": "2",
            "group_weight": 80,
            "rules": None,
            "assignments": [
                {
                    "id": "21",
                    "points_possible": 5.5,
                    "only_visible_to_overrides": True,
                    "assignment_visibility": [7],
                    "submission": {"user_id": 7, "score": 3},
                }
            ],
        },
    ],
    "submissions": [
        {"user_id": 7, "assignment_id": 11, "score": 8, "posted_at": "2026-01-09T12:00:00Z", "points_deducted": 1},
        {"user_id": 7, "assignment_id": 13, "score": None, "missing": True, "late_policy_status": "missing"},
        {"user_id": 8, "submissions": [{"assignment_id": 12, "score": 1, "excused": True, "student_entered_score": 2}]},
    ],
    "grading_periods": {
        "weighted": True,
        "grading_periods": [
            {"id": 1, "start_date": "2026-01-01T00:00:00Z", "end_date": "2026-02-01T00:00:00Z", "weight": 30},
            {"id": 2, "start_date": "2026-02-01T00:00:00Z", "end_date": "2026-03-01T00:00:00Z", "is_closed": True},
        ],
    },
    "grading_standards": [
        {"id": 3, "grading_scheme": [{"name": "A", "value": 0.9}, {"name": "F", "value": 0}], "scaling_factor": 4}
    ],
    "enrollments": [{"user_id": 8, "enrollment_state": "completed", "grades": {"final_score": 50}, "user": {}}],
    "late_policy": {"late_submission_deduction_enabled": True, "late_submission_deduction": 10},
}

ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.sampled_from(
        ["11", "final", "group 1", 1e300, 10**200, "1/3", "2026-13-01T00:00:00Z", "0001-01-01T00:00:00+14:00"]
    ),
    st.sampled_from([[], {}, [[]], [{}], {"id": 11}, [{"id": 1, "assignments": [{"id": 1}]}]]),
)
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def places(value, path=()):
    """Yield the path to everything in a document."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield (*path, key)
        yield from places(each, (*path, key))


PLACES = list(places(SOUND))


@st.composite
def mutated(draw):
    """Draw a sound export with a few things in it replaced, removed or doubled."""
    exported = deepcopy(SOUND)
    for *path, last in draw(st.lists(st.sampled_from(PLACES), min_size=1, max_size=4)):
        holder = exported
        try:
            for key in path:
                holder = holder[key]
            change = draw(st.sampled_from(["replace", "remove", "double"]))
            if change == "double" and isinstance(holder, list):
                holder.append(deepcopy(holder[last]))
            elif change == "remove":
                del holder[last]
            else:
                holder[last] = draw(ODD)
        except (KeyError, IndexError, TypeError):
            continue
    return exported


def check(exported):
    """Check that in every view the gradebook compiles and that every learner is graded or an error in the results."""
    for view in (POSTED_CURRENT, ALL_FINAL, View(final=True, posted=True, what_if=True, leave_out_anonymous=True)):
        for calculator, period in ((SERVER, None), (CLIENT, "1")):
            imported = read(exported, view=view, calculator=calculator, period=period)
            results = dict(grade_many(compile_gradebook(imported.gradebook), imported.marks))
            assert set(imported.marks) == set(results) == set(imported.learners)
            assert all(isinstance(result, Report | MarksError) for result in results.values())
            paths = [problem.path for problem in imported.problems]
            assert all(path.split(".")[0].split("[")[0] in {"", "period", *SOUND} for path in paths)


def test_the_sound_export_has_no_problem():
    """The export that is mutated below is sound."""
    assert () == read(SOUND).problems
    check(SOUND)


@given(JSON)
def test_any_json_at_all_is_read(exported):
    """Arbitrary JSON gives a gradebook that compiles."""
    check(exported)
    check(dict.fromkeys(SOUND, exported))


@settings(max_examples=300)
@given(mutated())
def test_any_export_however_damaged_is_read(exported):
    """An export with things replaced, removed or doubled gives a gradebook that compiles."""
    check(exported)


@given(mutated())
def test_an_unreadable_score_is_named_by_a_problem(exported):
    """A learner has no result only where a problem names the reason."""
    imported = read(exported)
    failed = [each for _, each in grade_many(imported.gradebook, imported.marks) if isinstance(each, MarksError)]
    assert not failed or imported.problems


@given(mutated())
def test_reading_is_pure(exported):
    """The same documents give the same gradebook, marks and problems, and stay as they are."""
    before = deepcopy(exported)
    assert repr(read(exported)) == repr(read(exported))
    assert repr(before) == repr(exported)
