# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How the cases of Open edX about scores, grades, what of them is shown, and what they open are fed.

Its figures are parts of 1 and ours are percents. A case that only asserts "not below" is held to equality under the
rounding that it names, since the figure is exact there.
"""

import json
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from attrs import evolve

import vector_files
from gradecalc import (
    MarksError,
    RoundingMode,
    Severity,
    Verdict,
    grade,
    grade_many,
)
from gradecalc.exact import read_number
from gradecalc.lms.openedx.certificates.records import CertificateStatus
from gradecalc.lms.openedx.grading.breakdown import break_down
from gradecalc.lms.openedx.grading.course_grade import COURSE, read
from gradecalc.lms.openedx.grading.course_records import update
from gradecalc.lms.openedx.grading.policy import read_policy
from gradecalc.lms.openedx.grading.progress_page import PageResult, share_completion, summarize_progress
from gradecalc.lms.openedx.grading.roundings import GRADER, TWO_DECIMAL_GRADER
from gradecalc.lms.openedx.grading.scores import (
    Content,
    ProblemScore,
    Score,
    is_graded,
    roll_up,
    score_problem,
    total_scores,
    weigh,
)
from gradecalc.lms.openedx.grading.subsections import (
    Override,
    SubsectionGrade,
    higher,
    override,
    store,
    subsection_percent,
    undo,
)
from gradecalc.lms.openedx.release.gates import (
    completion_percent,
    courses_passed,
    find_minimum_problem,
    prerequisite_course,
    read_gate,
    stored_answer,
    subsection_gate,
    unless_staff,
)
from gradecalc.lms.openedx.release.result_visibility import results_shown
from gradecalc.release_conditions import LearnerFacts, check
from gradecalc.rounding import Rounding

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
NEAR = Fraction(1, 10**9)
CALCULATIONS = {"2dp": TWO_DECIMAL_GRADER, "4dp": GRADER}
GROUPS = {"earned_all", "possible_all", "earned_graded", "possible_graded"}


def same(expected, percent):
    """Assert that a percent is this part of 1, but for the error of the binary number it is written as."""
    assert abs(Fraction(expected) - percent / 100) < NEAR, f"expected {expected}, got {float(percent / 100)}"


def earlier(case):
    """Return the cases of a sequence up to this one, in order."""
    files = [folder / "openedx.json" for folder in (vector_files.OWN, vector_files.FOLDER)]
    every = [each for file in files if file.exists() for each in json.loads(file.read_text(encoding="utf-8"))]
    steps = {each["id"]: each for each in every if each.get("sequence") == case["sequence"]}
    return [steps[id_] for id_ in sorted(steps) if id_ <= case["id"]]


def score_of(record):
    """Return the score of a record, whatever its numbers are called, or none."""
    if record is None:
        return None
    earned, possible = (next(record[key] for key in record if key.endswith(end)) for end in ("earned", "possible"))
    return Score(earned, possible)


# Courses.


def type_of(given, **stated):
    """Return an entry of a policy."""
    return {"type": "Homework", "min_count": 0, "drop_count": 0, "weight": 1} | given | stated


def course(types, sheet, *, cutoffs=None, calculation=GRADER):
    """Return the policy and what is read of a course with these scores by type, and one learner."""
    document = {"GRADER": types, "GRADE_CUTOFFS": cutoffs}
    placed = [(name, f"{name} section {nth}", score) for name in sheet for nth, score in enumerate(sheet[name])]
    subsections = [{"usage_key": id_, "format": name, "graded": True} for name, id_, _ in placed]
    grades = [
        {"user_id": 1, "usage_key": id_, "earned_graded": earned, "possible_graded": possible}
        for _, id_, (earned, possible) in placed
    ]
    imported = read(document, subsections, grades, learners=[{"user_id": 1}], calculation=calculation)
    assert [] == [problem for problem in imported.problems if problem.severity is Severity.ERROR]
    return read_policy(document)[0], imported


def graded(types, sheet, **options):
    """Return the breakdown of the one learner's grade, and the report."""
    policy, imported = course(types, sheet, **options)
    report = grade(imported.gradebook, imported.marks["1"])
    return break_down(policy, report), report


def before_rounding(case):
    """Return the calculation of a case's era, as the grader hands its figure on."""
    return evolve(CALCULATIONS[case.get("era", "2dp")], course=None)


def assignment_type_grade(case):
    given, expect = case["input"], case["expect"]
    stated = {key: given[key] for key in ("type", "min_count", "drop_count")}
    found, report = graded([type_of(stated)], given["sheet"], calculation=before_rounding(case))
    same(expect["percent"], report[given["type"]].percent)
    assert expect["breakdown_entries"] == len(found.rows)
    assert expect.get("first_label", found.rows[0].label) == found.rows[0].label


def weighted_course_grade(case):
    given, expect = case["input"], case["expect"]
    found, report = graded(given["policy"], given["sheet"], calculation=before_rounding(case))
    same(expect["percent"], report.final.percent)
    assert expect["breakdown_entries"] == len(found.rows)
    assert expect["categories"] == len(found.contributions)


def double_rounding(case):
    given = case["input"]
    types = [type_of({"weight": given["type_weight"]})]
    for era, name in (("2dp", "two"), ("4dp", "four")):
        found, _ = graded(types, {"Homework": given["sections"]}, calculation=CALCULATIONS[era])
        assert case["expect"][f"displayed_percent_{name}_decimals"] == found.percent


def two_type_weighting(case):
    given = case["input"]
    types = [type_of({"type": name, "min_count": 1, "weight": weight}) for name, weight in given["weights"].items()]
    found, _ = graded(types, {name: [given[name.lower()]] for name in given["weights"]})
    same(case["expect"]["percent"], found.percent)


def one_type(case):
    given = case["input"]
    stated = {key: given[key] for key in ("min_count", "drop_count", "weight") if key in given}
    hidden = [[0, 0]] * (given["min_count"] - len(given["sections"]))
    found, _ = graded([type_of(stated)], {"Homework": [*given["sections"], *hidden]})
    same(case["expect"]["percent"], found.percent)


def letter_grade(case):
    given, expect = case["input"], case["expect"]
    problems = [ProblemScore(Score(*score)) for score in given["section_problems"]]
    total = total_scores(problems).graded_problems
    sheet = {"Homework": [(total.earned, total.possible)]}
    found, report = graded([type_of(given["type"])], sheet, cutoffs=given["cutoffs"])
    same(expect["percent"], found.percent)
    assert expect["letter"] == found.letter
    assert found.shown_letter == report.final.symbol


def course_grade_breakdown(case):
    given, expect = case["input"], case["expect"]
    policy = given["policy"]
    found, _ = graded(policy["types"], {"Homework": given["sections"]}, cutoffs=policy["cutoffs"])
    same(expect["percent"], found.percent)
    assert expect["letter"] == found.letter
    assert list(expect["categories"]) == [each.type for each in found.contributions]
    for contribution in found.contributions:
        same(expect["categories"][contribution.type]["percent"], contribution.percent)
        assert expect["categories"][contribution.type]["detail"] == contribution.detail
    assert [row["label"] for row in expect["rows"]] == [row.label for row in found.rows]
    for wanted, row in zip(expect["rows"], found.rows, strict=True):
        same(wanted["percent"], row.percent)
        assert wanted.get("prominent", False) == row.prominent


def course_grade_lifecycle(case):
    stored = None
    for step in earlier(case):
        score = Score(*step["input"]["every_problem_score"])
        forced = step["input"]["force_update_subsections"]
        if forced is not None and (forced or stored is None):
            stored = store(stored, SubsectionGrade(score, score), forced=forced)
    policy = case["input"]["policy"]
    score = Score(0, 1) if stored is None else stored.effective.graded_problems
    sheet = {"Homework": [(score.earned, score.possible)]}
    found, _ = graded(policy["types"], sheet, cutoffs=policy["cutoffs"])
    same(case["expect"]["percent"], found.percent)
    assert case["expect"]["letter"] == found.letter


def course_grade_read(case):
    given, expect = case["input"], case["expect"]
    policy, imported = course([type_of({"min_count": 1})], {"Homework": [[0, 0]]})
    if given.get("stored") is None and not given.get("create_if_needed", True):
        assert COURSE not in imported.finals.get("1", {})
        return
    found = break_down(policy, grade(imported.gradebook, imported.marks["1"]))
    same(expect["percent"], found.percent)
    assert expect.get("letter") == found.letter


def course_grade_batch(case):
    given, expect = case["input"], case["expect"]
    others = [f"another{nth}" for nth in range(given["learners"] - len(given["raise_for"]))]
    earned = dict.fromkeys(others, 1) | {name: expect["errors"][name] for name in given["raise_for"]}
    grades = [
        {"username": name, "usage_key": "hw", "earned_graded": score, "possible_graded": 1}
        for name, score in earned.items()
    ]
    imported = read({"GRADER": [type_of({})]}, [{"usage_key": "hw", "format": "Homework"}], grades)
    outcomes = dict(grade_many(imported.gradebook, imported.marks))
    failed = {name: str(outcome) for name, outcome in outcomes.items() if isinstance(outcome, MarksError)}
    assert expect["results"] == len(outcomes)
    assert sorted(expect["grade_none_for"]) == sorted(failed)
    assert all(message in failed[name] for name, message in expect["errors"].items())


def policy_validation(case):
    _, problems = read_policy({"GRADER": case["input"]["policy"]})
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    assert ("error" in case["expect"]) == bool(errors)
    if "min_count" in case["expect"].get("reason", ""):
        assert "grading_policy.GRADER[0].min_count" in [problem.path for problem in errors]


# Scores.


def score_totals(case):
    totals = total_scores(
        ProblemScore(Score(each["earned"], each["possible"]), graded=each["graded"])
        for each in case["input"]["problems"]
    )
    expect = case["expect"]
    assert Score(expect["all_earned"], expect["all_possible"]) == totals.all_problems
    assert Score(expect["graded_earned"], expect["graded_possible"]) == totals.graded_problems


def problem_weighting(case):
    given = case["input"]
    found = weigh(Score(given["raw_earned"], given["raw_possible"]), given["weight"])
    assert Score(case["expect"]["earned"], case["expect"]["possible"]) == found


def score_source_precedence(case):
    given = case["input"]
    stored, content = given["persisted"], given["content"]
    found = score_problem(
        Content(content["raw_possible"], content["weight"], content["explicit_graded"]),
        submission=score_of(given["submission"]),
        state=score_of(given["learner_state"]),
        stored=None if stored is None else Content(stored["raw_possible"], stored["weight"], stored["graded"]),
    )
    actual = {
        "raw_earned": found.raw and found.raw.earned,
        "raw_possible": found.raw and found.raw.possible,
        "earned": found.score.earned,
        "possible": found.score.possible,
        "weight": found.weight,
        "graded": found.graded,
    }
    assert case["expect"] == {key: actual[key] for key in case["expect"]}


def graded_flag(case):
    given = case["input"]
    assert case["expect"]["graded"] is is_graded(given["persisted_graded"], given["explicit_graded"])


def problem_reset(case):
    after = ProblemScore(Score(0, 1))
    done = {
        "answer correctly": lambda problem: evolve(problem, score=evolve(problem.score, earned=problem.score.possible)),
        "reset": ProblemScore.reset,
    }
    for step in case["input"]["steps"]:
        after = done[step](after)
        assert Score(*case["expect"][f"after_{step.split()[0]}"]) == after.score


def block_rollup(case):
    given = case["input"]
    scores = {block: None if score is None else Score(*score) for block, score in given["leaf_scores"].items()}
    found = roll_up(given["block"], given["tree"], scores)
    assert Score(case["expect"]["earned"], case["expect"]["possible"]) == found


# Subsections.


def subsection_percent_(case):
    given = case["input"]
    rounding = Rounding(given["decimals"] - 2, RoundingMode(given["mode"]))
    found = subsection_percent(given["earned"], given["possible"], rounding)
    assert read_number(case["expect"]["percent"]) * 100 == found


def subsection_override_store(case):
    given, expect = case["input"], case["expect"]
    numbers = given["grade"]
    stored = None
    if numbers is not None:
        every = Score(numbers["earned_all"], numbers["possible_all"])
        stored = SubsectionGrade(every, Score(numbers["earned_graded"], numbers["possible_graded"]))
    change = override(stored, Override(**given["override"]))
    assert expect["recalculation_triggered"] is change.recalculates
    for name in GROUPS:
        if f"{name}_override" in expect:
            assert expect[f"{name}_override"] == getattr(change.grade.override, name)


def subsection_override_undo(case):
    given, expect = case["input"], case["expect"]
    stored = None
    if "override_system" in given:
        system = given["override_system"] or ""
        stored = override(SubsectionGrade(), Override(earned_all=0, system=system)).grade
    change = undo(stored, given["undo_by"] or "")
    assert expect["recalculation_triggered"] is change.recalculates
    if "override_remains" in expect:
        assert expect["override_remains"] is (change.grade.override is not None)


def subsection_override_effect(case):
    given, expect = case["input"], case["expect"]
    by = Override(earned_graded=given["override"]["earned"], possible_graded=given["override"]["possible"])
    found = SubsectionGrade(graded_problems=Score(*given["score"]), override=by).effective.graded_problems
    if "fraction" in expect:
        assert Fraction(expect["fraction"]) == found.share
    else:
        assert Score(expect["earned"], expect["possible"]) == found


def only_if_higher(case):
    stored = Score(*case["input"]["previous"]) if "previous" in case["input"] else None
    for step in earlier(case) if "sequence" in case else [case]:
        stored = higher(stored, Score(*step["input"]["new_score"]))
    assert Score(*case["expect"]["stored"]) == stored


def persist_grade(case):
    given, expect = case["input"], case["expect"]
    if "problem_possible" in given:
        problem = score_problem(Content(given["problem_possible"]))
        assert Score(expect["earned"], expect["possible"]) == total_scores([problem]).all_problems
        return
    fresh = SubsectionGrade(Score(*given["score"]), attempted=given["attempted"])
    stored = store(None, fresh, state_deleted=given["score_deleted"])
    assert expect["stored_grades"] == (stored is not None)


def first_passed_at(case):
    record, stamps = None, []
    for nth, step in enumerate(case["input"]["updates"]):
        given = {"percent": step.get("percent", 70), "letter": step["letter"], "passed": step["passed"]}
        record = update(record, now=NOW + timedelta(days=nth), **given)
        stamps.append(record.first_passed)
    expect = case["expect"]
    first = expect["stamp_set_on_update"]
    assert [None] * (first - 1) == stamps[: first - 1]
    assert NOW + timedelta(days=first - 1) == stamps[first - 1]
    assert {stamps[first - 1]} == {stamps[nth - 1] for nth in expect["stamp_unchanged_on_updates"]}
    assert expect["final_letter"] == record.letter


# What is shown.

DUE = {None: None, "yesterday": -1, "now": 0, "today": 0, "tomorrow": 1}


def due_at(days):
    """Return the moment so many days from now, or none."""
    return None if days is None else NOW + timedelta(days=days)


def met(condition, **facts):
    """Return whether a condition is met now."""
    return check(condition, LearnerFacts(now=NOW, **facts)).verdict is Verdict.MET


def staff_role(given):
    """Return the roles of who looks."""
    return ["staff"] if given.get("staff") else []


def result_visibility(case):
    given = case["input"]
    condition = results_shown(given["setting"], due_at(DUE[given.get("due")]))
    assert case["expect"]["visible"] is met(condition, roles=staff_role(given))


def visible_and_final_grade(case):
    given, expect = case["input"], case["expect"]
    policy, problems = read_policy({"GRADER": [given["policy"]]})
    assert () == problems
    results = [
        PageResult(
            f"section {nth}",
            given["policy"]["type"],
            Score(each["earned"], each["possible"]),
            setting=each["setting"],
            due=due_at(each["due_in_days"]),
            counts=each["counts_now"],
        )
        for nth, each in enumerate(given["sections"])
    ]
    page = summarize_progress(policy, results, now=NOW)
    same(expect["visible_average"], page.types[0].visible)
    same(expect["visible_weighted"], page.types[0].weighted)
    same(expect["final"], page.final)
    assert expect["hidden"] == page.types[0].hidden.value
    assert due_at(expect["publish_in_days"]) == page.types[0].changes


def completion_progress(case):
    expect, found = case["expect"], share_completion(**case["input"])
    assert expect["total"] == found.total
    for name in ("complete", "locked", "incomplete"):
        same(expect[f"{name}_percentage"], getattr(found, name))


# What opens.


def gate_min_score_valid(case):
    assert case["expect"]["valid"] is (find_minimum_problem(case["input"]["min_score"]) is None)


def facts_on(percent, completion=0):
    """Return the facts of a learner with so much on the first section."""
    _, report = graded([type_of({})], {"Homework": [[Fraction(percent), 100]]})
    return LearnerFacts(report=report, percents_completed={"Homework section 0": completion}, roles=[])


def gate_of(given):
    """Return the gate on the first section, and notices."""
    stated = {key: given[key] for key in ("min_score", "min_completion") if key in given}
    return read_gate("Homework section 0", stated)


def gate_fulfilled(case):
    given, expect = case["input"], case["expect"]
    gate, notices = gate_of(given)
    percent = given["score"] if "score" in given else 100 * read_number(given["score_fraction"])
    decision = check(gate, facts_on(percent, given.get("completion") or 0))
    assert expect["open"] is (decision.verdict is Verdict.MET)
    assert expect.get("warned", False) is bool(notices)


def gate_completion(case):
    names = ("problem", "html")
    blocks = [(name, case["input"][f"{name}_completion"]) for name in names if f"{name}_completion" in case["input"]]
    assert case["expect"]["completion_percent"] == completion_percent(block for block in blocks if block[1] is not None)


def gate_recheck(case):
    stored = None
    for step in earlier(case):
        given = step["input"]
        gate = subsection_gate("Homework section 0", given["min_score"])
        stored = stored_answer(stored, gate, facts_on(given["score"]), recompute=given["recompute"])
    assert case["expect"]["met"] is (stored.verdict is Verdict.MET)


def gate_bypass(case):
    given = case["input"]
    facts = evolve(facts_on(100 if given["prerequisite_met"] else 0), roles=staff_role(given))
    shut = check(unless_staff(subsection_gate("Homework section 0")), facts).verdict is not Verdict.MET
    assert case["expect"]["gated"] == (["second section"] if shut else [])


def course_prerequisite(case):
    status = CertificateStatus(case["input"]["prerequisite_cert_status"])
    for key, held in (("milestones_before", {}), ("milestones_after", {"first": status})):
        fulfilled = met(prerequisite_course("first"), awards=courses_passed(held))
        assert case["expect"][key] == fulfilled


FEEDERS = {
    "assignment_type_grade": assignment_type_grade,
    "block_rollup": block_rollup,
    "completion_progress": completion_progress,
    "course_grade_batch": course_grade_batch,
    "course_grade_breakdown": course_grade_breakdown,
    "course_grade_lifecycle": course_grade_lifecycle,
    "course_grade_read": course_grade_read,
    "course_prerequisite": course_prerequisite,
    "double_rounding": double_rounding,
    "drop_lowest": one_type,
    "first_passed_at": first_passed_at,
    "gate_bypass": gate_bypass,
    "gate_completion": gate_completion,
    "gate_fulfilled": gate_fulfilled,
    "gate_min_score_valid": gate_min_score_valid,
    "gate_recheck": gate_recheck,
    "graded_flag": graded_flag,
    "group_specific_content": one_type,
    "letter_grade": letter_grade,
    "only_if_higher": only_if_higher,
    "persist_grade": persist_grade,
    "policy_validation": policy_validation,
    "problem_reset": problem_reset,
    "problem_weighting": problem_weighting,
    "result_visibility": result_visibility,
    "score_source_precedence": score_source_precedence,
    "score_totals": score_totals,
    "subsection_override_effect": subsection_override_effect,
    "subsection_override_store": subsection_override_store,
    "subsection_override_undo": subsection_override_undo,
    "subsection_percent": subsection_percent_,
    "two_type_weighting": two_type_weighting,
    "visible_and_final_grade": visible_and_final_grade,
    "weighted_course_grade": weighted_course_grade,
}
