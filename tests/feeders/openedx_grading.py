# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How Open edX's cases of scores, grades, and what of them is shown are fed.

Its figures are parts of 1 and ours are percents. A case that only asserts "not below" is held to equality under the
rounding that it names, since the figure is exact there.
"""

from datetime import UTC, datetime, timedelta

from attrs import evolve

from feeders.comparison import Among
from feeders.harness import sound
from gradecalc import (
    DefinitionError,
    MarksError,
    RoundingMode,
    Severity,
    Verdict,
    grade,
    grade_many,
)
from gradecalc.lms.openedx.grading.course_grade import break_down, update
from gradecalc.lms.openedx.grading.gradebook import GRADER, TWO_DECIMAL_GRADER
from gradecalc.lms.openedx.grading.policy import read_policy
from gradecalc.lms.openedx.grading.progress_page import (
    Hidden,
    PageResult,
    share_completion,
    summarize_progress,
)
from gradecalc.lms.openedx.grading.reading import COURSE, read
from gradecalc.lms.openedx.grading.scores import (
    Content,
    ProblemScore,
    Score,
    roll_up,
    score_problem,
)
from gradecalc.lms.openedx.grading.subsections import (
    ScoreOverride,
    SubsectionGrade,
    add_problems,
    override,
    store,
    undo,
)
from gradecalc.lms.openedx.release.result_visibility import STAFF_ROLE, results_shown
from gradecalc.release_conditions import LearnerFacts, check
from gradecalc.rounding import Rounding

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def in_days(days):
    """Return the moment so many days from now, or none."""
    return None if days is None else NOW + days * DAY


WORDS = {
    "due": {None: None, "yesterday": NOW - DAY, "now": NOW, "today": NOW, "tomorrow": NOW + DAY},
    "due_in_days": in_days,
    "era": {"2dp": TWO_DECIMAL_GRADER, "4dp": GRADER},
    "final_letter": lambda letter: letter or None,
    "updates.letter": lambda letter: letter or None,
    "hidden": {each.value: each for each in Hidden},
    "mode": {each.value: each for each in RoundingMode},
    "override_system": {None: "", "gradebook": "gradebook", "proctoring": "proctoring"},
    "publish_in_days": in_days,
    "reason": {"drop_count missing": ["drop_count"], "no grader class (min_count missing)": ["min_count"]},
    "steps": {"answer correctly": ("after_answer", Score(1, 1)), "reset": ("after_reset", None)},
    "undo_by": {None: "", "gradebook": "gradebook", "proctoring": "proctoring"},
}


def pair(score):
    """Return the points of a score, as a case writes them."""
    return [score.earned, score.possible]


def points(score, prefix=""):
    """Return the points of a score by name."""
    return {f"{prefix}earned": score.earned, f"{prefix}possible": score.possible}


# Courses.


def type_of(**stated):
    """Return an entry of a policy."""
    return {"type": "Homework", "min_count": 0, "drop_count": 0, "weight": 1} | stated


def course(types, sheet, *, cutoffs=None, grader=GRADER):
    """Return the policy and what is read of a course with these scores by type, of one learner who may have none."""
    document = {"GRADER": types, "GRADE_CUTOFFS": cutoffs}
    placed = [(name, f"{name} section {nth}", score) for name in sheet for nth, score in enumerate(sheet[name])]
    subsections = [{"usage_key": id_, "format": name, "graded": True} for name, id_, _ in placed]
    grades = [
        {"user_id": 1, "usage_key": id_, "earned_graded": score[0], "possible_graded": score[1]}
        for _, id_, score in placed
        if score is not None
    ]
    imported = sound(read(document, subsections, grades, learners=[{"user_id": 1}], grader=grader))
    return read_policy(document)[0], imported


def graded(types, sheet, **options):
    """Return the breakdown of the one learner's grade, and the report."""
    policy, imported = course(types, sheet, **options)
    report = grade(imported.gradebook, imported.marks["1"])
    return break_down(policy, report), report


def before_rounding(given):
    """Return the grader of a case's time, whose figure is asked for before the course is rounded."""
    return evolve(given.get("era", TWO_DECIMAL_GRADER), course=None)


def assignment_type_grade(given):
    """Say what a type comes to, and its rows."""
    asked = given["input"]
    name = asked["type"]
    types = [type_of(type=name, min_count=asked["min_count"], drop_count=asked["drop_count"])]
    found, report = graded(types, asked["sheet"], grader=before_rounding(given))
    labels = [row.label for row in found.rows]
    return {"percent": report[name].percent / 100, "breakdown_entries": len(labels), "first_label": labels[0]}


def weighted_course_grade(given):
    """Say what a course comes to, and how much there is in its breakdown."""
    asked = given["input"]
    found, report = graded(asked["policy"], asked["sheet"], grader=before_rounding(given))
    return {
        "percent": report.final.percent / 100,
        "breakdown_entries": len(found.rows),
        "categories": len(found.contributions),
    }


def double_rounding(given):
    """Say what a course shows under two roundings."""
    asked = given["input"]
    types, sheet = [type_of(weight=asked["type_weight"])], {"Homework": asked["sections"]}
    graders = {"two": TWO_DECIMAL_GRADER, "four": GRADER}
    return {
        f"displayed_percent_{name}_decimals": graded(types, sheet, grader=grader)[0].percent
        for name, grader in graders.items()
    }


def two_type_weighting(given):
    """Say what two types of one section each come to."""
    asked = given["input"]
    sections = {"Homework": [asked["homework"]], "Final": [asked["final"]]}
    types = [type_of(type=name, min_count=1, weight=weight) for name, weight in asked["weights"].items()]
    return course_grade(*graded(types, sections))


def course_grade(found, report):
    """Say the percent of a course, and its letter."""
    return {"percent": found.percent / 100, "letter": found.letter}


def one_type(given):
    """Say what a course of one type comes to."""
    asked = given["input"]
    stated = {key: asked[key] for key in ("min_count", "drop_count", "weight") if key in asked}
    return course_grade(*graded([type_of(**stated)], {"Homework": asked["sections"]}))


def letter_grade(given):
    """Say the grade of a section of several problems, also after an external score for the third of them."""
    asked = given["input"]
    stated, cutoffs = type_of(**asked["type"]), asked["cutoffs"]
    before = [ProblemScore(Score(*each)) for each in asked["section_problems"]]
    after = before
    if "external_score_for_third" in asked:
        external = Score(*asked["external_score_for_third"])
        after = [*before[:2], score_problem(Content(before[2].score.possible), submission=external), *before[3:]]
    first, last = (
        course_grade(*graded([stated], {"Homework": [pair(add_problems(each).graded_problems)]}, cutoffs=cutoffs))
        for each in (before, after)
    )
    return first | {"before": first, "after": last}


def course_grade_breakdown(given):
    """Say the breakdown of a course."""
    asked = given["input"]
    policy = asked["policy"]
    found, report = graded(policy["types"], {"Homework": asked["sections"]}, cutoffs=policy["cutoffs"])
    rows = [{"label": row.label, "percent": row.percent / 100, "prominent": row.prominent} for row in found.rows]
    categories = {each.type: {"percent": each.percent / 100, "detail": each.detail} for each in found.contributions}
    return course_grade(found, report) | {"rows": rows, "categories": categories}


def course_grade_lifecycle(given):
    """Say the grade of a course after one update of it after the other; null is that there is none."""
    stored = None
    for step in [*(each["input"] for each in given.earlier), given["input"]]:
        score, force = Score(*step["every_problem_score"]), step["force_update_subsections"]
        if force is not None:
            stored = store(stored, SubsectionGrade(score, score), forced=force, unless_stored=not force)
    policy = given["input"]["policy"]
    sheet = {"Homework": [None if stored is None else pair(stored.score())]}
    return course_grade(*graded(policy["types"], sheet, cutoffs=policy["cutoffs"]))


def course_grade_read(given):
    """Say the stored grade of a course, or the one that is worked out."""
    given.ignore("input.visible_to_staff_only", "who may see a course changes no grade in it")
    asked = given["input"]
    stored = [] if asked.get("stored") is None else [{"user_id": 1, **asked["stored"]}]
    policy = {"GRADER": [type_of(min_count=1)]}
    imported = sound(read(policy, [], [], learners=[{"user_id": 1}], course_grades=stored))
    found = imported.finals.get("1", {}).get(COURSE)
    if found is None and not asked.get("create_if_needed", True):
        return {"grade": None}
    report = grade(imported.gradebook, imported.marks["1"])
    return course_grade(break_down(read_policy(policy)[0], report), report)


def course_grade_batch(given):
    """Say who has no grade, and what stands where it should be."""
    asked = given["input"]
    failing = {name: f"Error for {name}." for name in asked["raise_for"]}
    names = [f"student{nth}" for nth in range(1, asked["learners"] + 1)]
    grades = [
        {"username": name, "usage_key": "hw", "earned_graded": earned, "possible_graded": 1}
        for name, earned in (dict.fromkeys(names, 1) | failing).items()
    ]
    imported = read({"GRADER": [type_of()]}, [{"usage_key": "hw", "format": "Homework"}], grades)
    outcomes = dict(grade_many(imported.gradebook, imported.marks))
    failed = {name for name, outcome in outcomes.items() if isinstance(outcome, MarksError)}
    errors = {name: imported.marks[name]["hw"] for name in failed}
    return {"results": len(outcomes), "grade_none_for": failed, "errors": errors}


def policy_validation(given):
    """Say whether a policy is refused, and what is missing in it."""
    _, problems = read_policy({"GRADER": given["input"]["policy"]})
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    missing = [problem.path.rpartition(".")[2] for problem in errors if problem.code == "missing"]
    return {"error": "value_error" if errors else None, "reason": Among(missing)}


# Scores.


def score_totals(given):
    """Say what problems come to."""
    problems = given["input"]["problems"]
    found = add_problems(
        ProblemScore(Score(each["earned"], each["possible"]), graded=each["graded"]) for each in problems
    )
    return points(found.all_problems, "all_") | points(found.graded_problems, "graded_")


def problem_weighting(given):
    """Say a score on the scale of the problem's weight."""
    asked = given["input"]
    content = Content(asked["raw_possible"], asked["weight"])
    try:
        return points(score_problem(content, state=Score(asked["raw_earned"], asked["raw_possible"])).score)
    except DefinitionError:
        return {"error": "assertion"}


def score_of(record, prefix):
    """Return the score of a record, or none."""
    return None if record is None else Score(record[f"{prefix}_earned"], record[f"{prefix}_possible"])


def score_source_precedence(given):
    """Say the score of a problem that has several sources."""
    asked = given["input"]
    stored, content = asked["persisted"], asked["content"]
    found = score_problem(
        Content(content["raw_possible"], content["weight"], content["explicit_graded"]),
        submission=score_of(asked["submission"], "weighted"),
        state=score_of(asked["learner_state"], "raw"),
        stored=None if stored is None else Content(stored["raw_possible"], stored["weight"], stored["graded"]),
    )
    raw = {"raw_earned": None, "raw_possible": None} if found.raw is None else points(found.raw, "raw_")
    return points(found.score) | raw | {"weight": found.weight, "graded": found.graded}


def graded_flag(given):
    """Say whether a problem is graded."""
    stored, current = given["input"]["persisted_graded"], given["input"]["explicit_graded"]
    found = score_problem(Content(1, graded=current), stored=None if stored is None else Content(1, graded=stored))
    return {"graded": found.graded}


def problem_reset(given):
    """Say the score of a problem after each step."""
    return {name: pair(score_problem(Content(1), state=state).score) for name, state in given["input"]["steps"]}


def block_rollup(given):
    """Say what everything in a block comes to."""
    asked = given["input"]
    tree = {block: list(children) for block, children in asked["tree"].items()}
    scores = {block: None if score is None else Score(*score) for block, score in asked["leaf_scores"].items()}
    return points(roll_up(asked["block"], tree, scores))


# Subsections.


def subsection_percent(given):
    """Say the percent of a subsection, as it is rounded."""
    given.ignore("era", "the decimals say it")
    asked = given["input"]
    rounding = Rounding(asked["decimals"] - 2, asked["mode"])
    return {"percent": Score(asked["earned"], asked["possible"]).percent(rounding) / 100}


def subsection_override_store(given):
    """Say the override that is stored, and the grade that it is stored with."""
    asked = given["input"]
    numbers, stored = asked["grade"], None
    if numbers is not None:
        every = Score(numbers["earned_all"], numbers["possible_all"])
        stored = SubsectionGrade(every, Score(numbers["earned_graded"], numbers["possible_graded"]))
    found = override(stored, ScoreOverride(**asked["override"]))
    held, kept = found.value.override, found.value
    return {
        "recalculation_triggered": found.changed,
        "earned_all_override": held.earned_all,
        "earned_graded_override": held.earned_graded,
        "created_grade": {"earned_all": kept.all_problems.earned, "earned_graded": kept.graded_problems.earned},
    }


def subsection_override_undo(given):
    """Say whether an override is there after a system undid it; a grade that is null has none."""
    asked, stored = given["input"], None
    if "override_system" in asked:
        stored = override(SubsectionGrade(), ScoreOverride(earned_all=0, system=asked["override_system"])).value
    elif asked["grade"] is not None:
        stored = SubsectionGrade()
    found = undo(stored, asked["undo_by"])
    remains = found.value is not None and found.value.override is not None
    return {"recalculation_triggered": found.changed, "override_remains": remains, "error": None}


def subsection_override_effect(given):
    """Say the score that counts."""
    asked = given["input"]
    by = ScoreOverride(earned_graded=asked["override"]["earned"], possible_graded=asked["override"]["possible"])
    found = SubsectionGrade(graded_problems=Score(*asked["score"]), override=by).score()
    return points(found) | {"fraction": found.percent() / 100}


def only_if_higher(given):
    """Say the score that is stored after one after the other came, where only a higher one replaces."""
    asked = given["input"]
    stored = SubsectionGrade(Score(*asked["previous"])) if "previous" in asked else None
    for step in [*(each["input"] for each in given.earlier), asked]:
        stored = store(stored, SubsectionGrade(Score(*step["new_score"])), only_if_higher=True)
    return {"stored": pair(stored.all_problems)}


def persist_grade(given):
    """Say how many grades are stored, or the score of a problem that nobody attempted."""
    asked = given["input"]
    if "problem_possible" in asked:
        return points(add_problems([score_problem(Content(asked["problem_possible"]))]).all_problems)
    fresh = SubsectionGrade(Score(*asked["score"]), attempted=asked["attempted"])
    return {"stored_grades": int(store(None, fresh, state_deleted=asked["score_deleted"]) is not None)}


def first_passed_at(given):
    """Say at which update the moment of passing was stored, and at which later ones it stayed."""
    record, stamps = None, []
    for nth, step in enumerate(given["input"]["updates"]):
        stated = {"percent": step.get("percent", 70), "letter": step["letter"], "passed": step["passed"]}
        record = update(record, now=NOW.replace(day=4 + nth), **stated)
        stamps.append(record.first_passed)
    stamp = record.first_passed
    same = [nth for nth, each in enumerate(stamps, start=1) if each == stamp and each is not None]
    return {
        "stamp_set_on_update": same[0] if same else None,
        "stamp_unchanged_on_updates": same[1:],
        "final_letter": record.letter,
    }


# What is shown.


def result_visibility(given):
    """Say whether results are seen."""
    asked = given["input"]
    roles = [STAFF_ROLE] if asked.get("staff") else []
    decision = check(results_shown(asked["setting"], asked.get("due")), LearnerFacts(now=NOW, roles=roles))
    return {"visible": decision.verdict is Verdict.MET}


def visible_and_final_grade(given):
    """Say what the progress page shows of a type, and its final figure."""
    asked = given["input"]
    policy, _ = read_policy({"GRADER": [asked["policy"]]})
    sections = {f"section {nth}": each for nth, each in enumerate(asked["sections"])}
    results = [
        PageResult(
            id_,
            policy.types[0].type,
            Score(each["earned"], each["possible"]),
            setting=each["setting"],
            due=each["due_in_days"],
        )
        for id_, each in sections.items()
    ]
    counting = [id_ for id_, each in sections.items() if each["counts_now"]]
    page = summarize_progress(policy, results, grade, now=NOW, counting=counting)
    return {
        "visible_average": page.types[0].visible / 100,
        "visible_weighted": page.types[0].weighted / 100,
        "final": page.final / 100,
        "hidden": page.types[0].hidden,
        "publish_in_days": page.types[0].changes,
    }


def completion_progress(given):
    """Say the shares of what is completed."""
    found = share_completion(**given["input"])
    shares = {f"{name}_percentage": getattr(found, name) / 100 for name in ("complete", "locked", "incomplete")}
    return {"total": found.total} | shares


FEEDERS = {
    each.__name__: each
    for each in (
        assignment_type_grade,
        block_rollup,
        completion_progress,
        course_grade_batch,
        course_grade_breakdown,
        course_grade_lifecycle,
        course_grade_read,
        double_rounding,
        first_passed_at,
        graded_flag,
        letter_grade,
        only_if_higher,
        persist_grade,
        policy_validation,
        problem_reset,
        problem_weighting,
        result_visibility,
        score_source_precedence,
        score_totals,
        subsection_override_effect,
        subsection_override_store,
        subsection_override_undo,
        subsection_percent,
        two_type_weighting,
        visible_and_final_grade,
        weighted_course_grade,
    )
} | {"drop_lowest": one_type, "group_specific_content": one_type}
