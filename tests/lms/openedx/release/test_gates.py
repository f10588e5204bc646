# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What grades open in Open edX."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradecalc import (
    Gradebook,
    GradeItem,
    Verdict,
    grade,
)
from gradecalc.lms.openedx.certificates.records import CertificateStatus
from gradecalc.lms.openedx.release.gates import (
    SKIPS_ENTRANCE_EXAM,
    completion_percent,
    courses_passed,
    entrance_exam,
    find_minimum_problem,
    prerequisite_course,
    read_gate,
    subsection_gate,
    unless_staff,
)
from gradecalc.release_conditions import LearnerFacts, check, find_condition_problems, keep_released

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


def met(condition, **facts):
    """Return whether a condition is met now."""
    return check(condition, LearnerFacts(now=NOW, **facts)).verdict is Verdict.MET


BOOK = Gradebook([GradeItem("midterm", max_points=100)])


def facts(score=None, completion=0, **told):
    marks = {} if score is None else {"midterm": score}
    told = {"roles": []} | told
    return LearnerFacts(report=grade(BOOK, marks), percents_completed={"midterm": completion}, **told)


@pytest.mark.parametrize(
    ("score", "completion", "verdict"),
    [(80, 50, Verdict.MET), (79, 100, Verdict.NOT_MET), (100, 49, Verdict.NOT_MET), (None, 100, Verdict.NOT_MET)],
)
def test_a_gate_asks_for_score_and_completion(score, completion, verdict):
    """Both must reach their minimum, and no score reaches no minimum (L3)."""
    assert verdict is check(subsection_gate("midterm", 80, 50), facts(score, completion)).verdict


def test_a_minimum_of_nothing_asks_for_nothing():
    """What nobody attempted reaches a minimum of 0."""
    assert Verdict.MET is check(subsection_gate("midterm", 0, 0), facts()).verdict


@pytest.mark.parametrize(
    ("requirements", "expected", "notices"),
    [
        ({"min_score": 50, "min_completion": "20"}, subsection_gate("midterm", 50, 20), 0),
        ({"min_score": "50"}, subsection_gate("midterm", 50, 0), 0),
        ({"min_score": None}, subsection_gate("midterm", 100, 0), 1),
        ({"min_score": "", "min_completion": "most"}, subsection_gate("midterm", 100, 100), 2),
        ({"min_score": True}, subsection_gate("midterm", 100, 0), 1),
        ([], subsection_gate("midterm", 100, 0), 1),
    ],
)
def test_minimums_that_cannot_be_read_are_100(requirements, expected, notices):
    """A missing completion asks for nothing, and all else that cannot be read asks for everything."""
    gate, problems = read_gate("midterm", requirements)
    assert (expected, notices) == (gate, len(problems))


@pytest.mark.parametrize("minimum", ["", None, "0", "100", 50, " 7 "])
def test_sound_minimums(minimum):
    """A minimum is a whole percent, or blank."""
    assert find_minimum_problem(minimum) is None


@pytest.mark.parametrize("minimum", ["-10", "110", "abc", "50.5", 101, -1, True, [], "٥"])
def test_unsound_minimums(minimum):
    """Anything else is no minimum."""
    assert "wrong_value" == find_minimum_problem(minimum).code


def test_staff_pass_every_gate():
    """Who works on the course needs nothing, and of a learner's role it must be known."""
    gate = unless_staff(subsection_gate("midterm"))
    assert [Verdict.MET, Verdict.NOT_MET] == [
        check(gate, facts(roles=roles)).verdict for roles in (["staff"], ["student"])
    ]


def test_a_worse_score_shuts_a_gate_again():
    """A better score opens a gate when it is asked again, and a worse one shuts it."""
    gate = subsection_gate("midterm")
    found = [check(gate, facts(score)).verdict for score in (75, 100, 0)]
    assert [Verdict.NOT_MET, Verdict.MET, Verdict.NOT_MET] == found


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [([], 100), ([("html", 0)], 100), ([("problem", 1), ("html", 0)], 100), ([("problem", 0.5), ("video", 1)], 75)],
)
def test_text_is_never_completed(blocks, expected):
    """Text blocks never count, and where nothing else is everything is completed."""
    assert expected == completion_percent(blocks)


def test_an_entrance_exam_stays_passed():
    """Half is enough, a lower score later shuts nothing, and staff may let a learner skip it (L16)."""
    exam = entrance_exam("chapter")
    first = check(exam, LearnerFacts(scores={"chapter": 50}, groups=[]))
    later = check(exam, LearnerFacts(scores={"chapter": 10}, groups=[]))
    assert [Verdict.MET, Verdict.NOT_MET] == [first.verdict, later.verdict]
    assert Verdict.MET is keep_released(first, later).verdict
    assert met(exam, scores={}, groups=[SKIPS_ENTRANCE_EXAM])


@pytest.mark.parametrize(
    ("status", "fulfilled"),
    [
        (status, status in (CertificateStatus.DOWNLOADABLE, CertificateStatus.GENERATING))
        for status in CertificateStatus
    ],
)
def test_a_prerequisite_course_asks_for_a_certificate(status, fulfilled):
    """A certificate that is there, or about to be, fulfils a prerequisite, and no other does."""
    assert fulfilled is met(prerequisite_course("first"), awards=courses_passed({"first": status}))


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.sampled_from(["final", "Homework", "unweighted", "Homework placeholder 1", "12", 1e300, 10**200, 10**99, "1/3"]),
    st.sampled_from([[], {}, [[]], [{}], {"type": "Lab"}, [{"min_count": 5000, "type": "Lab"}]]),
)


@given(ODD, st.dictionaries(st.sampled_from(["min_score", "min_completion"]), ODD))
def test_any_requirements_are_a_sound_gate(whole, requirements):
    """Whatever is stored of a gate, the condition read from it is sound."""
    for stated in (whole, requirements):
        assert not [each for each in find_condition_problems(read_gate("a", stated)[0]) if each.code != "no_conditions"]
