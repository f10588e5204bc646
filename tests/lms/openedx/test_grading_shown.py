# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What Open edX shows of grades, to whom and when, and what grades open."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from gradecalc import (
    DefinitionError,
    Gradebook,
    GradeItem,
    Verdict,
    grade,
)
from gradecalc.lms.openedx.certificates.records import CertificateStatus
from gradecalc.lms.openedx.grading.policy import read_policy
from gradecalc.lms.openedx.grading.progress_page import (
    Hidden,
    PageResult,
    share_completion,
    summarize_progress,
)
from gradecalc.lms.openedx.grading.scores import Score
from gradecalc.lms.openedx.release.gates import (
    SKIPS_ENTRANCE_EXAM,
    completion_percent,
    courses_passed,
    entrance_exam,
    find_minimum_problem,
    prerequisite_course,
    read_gate,
    stored_answer,
    subsection_gate,
    unless_staff,
)
from gradecalc.lms.openedx.release.result_visibility import ShowCorrectness, results_count, results_shown
from gradecalc.release_conditions import LearnerFacts, check, keep_released

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
DAY = timedelta(days=1)
DUES = {"yesterday": NOW - DAY, "now": NOW, "tomorrow": NOW + DAY, "never": None}


def met(condition, **facts):
    return check(condition, LearnerFacts(now=NOW, **facts)).verdict is Verdict.MET


@pytest.mark.parametrize(
    ("setting", "due", "learner", "staff"),
    [
        ("always", "tomorrow", True, True),
        (None, "tomorrow", True, True),
        ("something else", "tomorrow", True, True),
        ("past_due", "yesterday", True, True),
        ("past_due", "now", True, True),
        ("past_due", "tomorrow", False, True),
        ("past_due", "never", True, True),
        ("never", "yesterday", False, False),
        ("never_but_include_grade", "yesterday", False, False),
    ],
)
def test_results_are_shown_by_setting_due_date_and_role(setting, due, learner, staff):
    """Staff see what is not yet due, and nobody sees what is never shown (L14)."""
    condition = results_shown(setting, DUES[due])
    assert (learner, staff) == (met(condition, roles=[]), met(condition, roles=["staff"]))


@pytest.mark.parametrize(
    ("setting", "due", "counts"),
    [
        ("never_but_include_grade", "tomorrow", False),
        ("never_but_include_grade", "now", True),
        ("never_but_include_grade", "never", True),
        ("never", "tomorrow", True),
        ("past_due", "tomorrow", True),
    ],
)
def test_only_one_setting_waits_with_the_figure(setting, due, counts):
    """What is never shown and counts all the same counts from its due date on, for staff too."""
    condition = results_count(setting, DUES[due])
    assert [counts, counts] == [met(condition, roles=roles) for roles in ([], ["staff"])]


@pytest.mark.parametrize("setting", [7, [], None, "", "ALWAYS"])
def test_an_unknown_setting_is_always(setting):
    """Whatever else a course says means always."""
    assert ShowCorrectness.ALWAYS is ShowCorrectness.read(setting)


LABS = {"type": "Lab", "min_count": 2, "drop_count": 0, "weight": 0.5}


def summary(*results, **stated):
    policy, _ = read_policy({"GRADER": [LABS | stated]})
    return summarize_progress(policy, results, now=NOW)


def lab(number, earned, **stated):
    return PageResult(f"lab {number}", "Lab", Score(earned, 10), **stated)


def test_hidden_results_are_zeros_until_they_are_seen():
    """What is hidden lowers the visible average and not the final figure, and says when it will be seen."""
    found = summary(lab(1, 8), lab(2, 2, setting="past_due", due=NOW + 3 * DAY))
    assert (40, 20, Hidden.SOME, NOW + 3 * DAY) == (
        found.types[0].visible,
        found.types[0].weighted,
        found.types[0].hidden,
        found.types[0].changes,
    )
    assert 25 == found.final


def test_staff_see_what_is_not_yet_due():
    """For staff nothing is hidden that is only not yet due."""
    policy, _ = read_policy({"GRADER": [LABS]})
    results = [lab(1, 8), lab(2, 2, setting="past_due", due=NOW + DAY)]
    found = summarize_progress(policy, results, now=NOW, staff=True).types[0]
    assert (50, Hidden.NONE, None) == (found.visible, found.hidden, found.changes)


def test_what_never_shows_never_changes():
    """A result that is never shown has no date, and one that is to count later has."""
    never = lab(1, 5, setting="never", due=NOW + 9 * DAY)
    later = lab(2, 5, setting="never_but_include_grade", due=NOW + DAY)
    found = summary(never, later)
    assert (Hidden.ALL, NOW + DAY, Fraction("12.5")) == (found.types[0].hidden, found.types[0].changes, found.final)


def test_the_page_does_not_round_subsections():
    """The page's figures come from exact parts, to two places of a percent."""
    third = PageResult("lab 1", "Lab", Score(1, 3))
    found = summary(third, lab(2, 0), weight=1)
    assert (Fraction("16.67"), Fraction("16.67")) == (found.types[0].visible, found.final)


def test_the_page_keeps_what_is_worth_nothing():
    """A result of nothing possible is a zero on the page, and absent in the grader."""
    nothing = PageResult("lab 2", "Lab", Score(0, 0))
    assert 50 == summary(lab(1, 10), nothing, min_count=0, weight=1).final


def test_a_type_without_results_hides_nothing():
    """Where there is nothing, nothing is hidden."""
    assert (0, Hidden.NONE) == (summary().types[0].visible, summary().types[0].hidden)


def test_completion_is_shared_with_the_rest_for_what_is_incomplete():
    """Halves go to the even percent, and the three parts are a whole."""
    found = share_completion(5, 2, 1)
    assert (8, 62, 12, 26) == (found.total, found.complete, found.locked, found.incomplete)


def test_nothing_to_complete_has_no_shares():
    """Of nothing at all every share is 0."""
    found = share_completion(0, 0, 0)
    assert (0, 0, 0, 0) == (found.total, found.complete, found.locked, found.incomplete)


def test_counts_of_completion_are_whole_numbers():
    """Every count that is none is reported at once."""
    with pytest.raises(DefinitionError) as caught:
        share_completion(-1, 2.5, 0)
    assert ["complete", "incomplete"] == [problem.path for problem in caught.value.problems]


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


def test_an_answer_holds_until_it_is_recomputed():
    """A better score opens nothing by itself, and a worse one shuts again what was open."""
    gate, found = subsection_gate("midterm"), []
    stored = None
    for score, recompute in [(100, False), (100, True), (0, False), (0, True)]:
        stored = stored_answer(stored, gate, facts(score), recompute=recompute)
        found.append(stored.verdict is Verdict.MET)
    assert [False, True, True, False] == found


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


def test_a_summary_is_an_outline():
    """The summary of the progress page shows itself in a notebook as its outline does."""
    found = summary(lab(1, 8))
    assert found.outline().html() == found._repr_html_()
