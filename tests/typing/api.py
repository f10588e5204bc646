# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The public surface as a typed program uses it: read by the type checker, never run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, assert_type

from attrs import evolve

from gradecalc import (
    EXEMPT,
    UNGRADED,
    Band,
    Category,
    DropBy,
    DropRule,
    Gradebook,
    GradeItem,
    GradeScheme,
    ItemKind,
    ItemLatePolicy,
    LateBand,
    LateBank,
    LateFacts,
    LatePolicy,
    LateRecord,
    LateRules,
    Mark,
    MarksError,
    Mean,
    Outline,
    Plan,
    Problem,
    Report,
    Result,
    Rounding,
    RoundingMode,
    Treatment,
    UngradedPolicy,
    Verdict,
    WeightedMean,
    apply_late_rules,
    compare,
    compile_gradebook,
    enter,
    exempt,
    grade,
    grade_many,
    marks_digest,
    marks_of_cells,
    unexempt,
)
from gradecalc.certifications.permissions import Person, Role
from gradecalc.curves import AdjustedClass, ScaleToMean, adjust
from gradecalc.decisions import Decision
from gradecalc.extras.columns import GradedStream, LongTable, TableGrader, Tally, grade_batches
from gradecalc.extras.frames import grades_to_wide, marks_from_wide, marks_to_wide
from gradecalc.languages import ENGLISH, GERMAN, Language
from gradecalc.lms import brightspace
from gradecalc.lms.imported import Imported
from gradecalc.marks import Marks, MarkValue, NoScore
from gradecalc.pages import class_page, outline_page, report_page
from gradecalc.progress.record import LearnerProgress
from gradecalc.reasons import Said
from gradecalc.release_conditions import Completion, GradeReceived, LearnerFacts, check
from gradecalc.report.changes import LineChange, ReportChanges
from gradecalc.scenarios import (
    ClassRisk,
    Cost,
    CurvePiece,
    Difference,
    Effect,
    Influence,
    Judge,
    Needed,
    NeededBySymbol,
    Shortfall,
    WhatIf,
    bounds,
    influence,
    needed,
    passes,
    risk,
    sweep,
    what_if,
    what_if_class,
    why,
)
from gradecalc.statistics import summarize

book = Gradebook(
    [
        Category("Quizzes", [GradeItem("Quiz 1", max_points=10), GradeItem("Quiz 2", 10.5)], weight=Decimal(40)),
        GradeItem("Exam", max_points=Fraction(100), weight=60, kind=ItemKind.NUMERIC, pass_mark=50, must_pass=True),
        Category("Labs", aggregation=Mean(), drop=DropRule(lowest=1, never=["L1"], by=DropBy.BEST_TOTAL)),
    ],
    aggregation=WeightedMean(),
    ungraded=UngradedPolicy.AS_ZERO,
    scheme=GradeScheme((Band("Poor", start=0, value=20), Band("Good", 60))),
    shown=Rounding(places=2, mode=RoundingMode.HALF_EVEN),
)
items = {name: GradeItem(name, 10) for name in "ab"}
Gradebook(items.values())
Category("Quizzes", (GradeItem(name, 10) for name in "ab"))
plan = compile_gradebook(book)
assert_type(plan, Plan)
assert_type(plan.notices, tuple[Problem, ...])

report = grade(plan, {"Quiz 1": 9, "Quiz 2": EXEMPT, "Exam": Mark(Decimal("81.5"), by="me"), "Labs": UNGRADED})
assert_type(report, Report)
assert_type(report.final, Result)
assert_type(report["Exam"].percent, Fraction | None)
assert_type(report["Exam"].passed, Verdict | None)
assert_type(report["Exam"].treatment, Treatment)
assert_type(report["Labs"].dropped, tuple[str, ...])
assert_type(report.outline(), Outline)
assert_type(report.remarks("Exam"), tuple[Said, ...])
assert_type(report.in_language(GERMAN), Outline)
assert_type(report.outline().in_language(evolve(ENGLISH, grouping=",")), Outline)
assert_type(GERMAN, Language)
assert_type(report_page(report, title="Physics", learner="Ada", date=date(2026, 1, 30), language=GERMAN), str)
assert_type(outline_page(book, date="30 January", notes=["as agreed"]), str)
assert_type(outline_page(report.outline()), str)
assert_type(class_page(grade_many(plan, {}), names={"1": "Ada"}, columns={"Section": {"1": "B"}}, bins=[0, 50]), str)
assert_type(class_page({"1": report}, links={"1": "ada.html"}), str)
assert_type(Outline("a", status="dropped", folds=True).html(caption="b"), str)
assert_type(Language("fr", {"report rows": {"out_of": "{0} sur {1}"}}, decimal=","), Language)
assert_type(why(report, "Good"), Shortfall)
assert_type(why(report, passes, plan=book, marks={"Exam": 5}).gap, Fraction | None)
assert_type(why(report, 90).parts, tuple[Cost, ...])
assert_type(why(report, Decimal("89.5")).effects, tuple[Effect, ...])
assert_type(report.without_score("Labs"), NoScore | None)
assert_type(exempt(plan, {"Exam": 5}, "Labs", "Quiz 1"), dict[str, MarkValue])
assert_type(unexempt(book, exempt(book, {"Exam": 5}, "Labs"), "Labs"), dict[str, MarkValue])
assert_type(enter(book, {"Quiz 1": Mark(5, exempt=True)}, "Exam", Decimal(5)), dict[str, MarkValue])
assert_type(marks_of_cells(plan, {"Exam": "5", "Quiz 1": None}, exempt="frei"), dict[str, MarkValue])
assert_type(report.to_dict(layout=False), dict[str, Any])
assert_type(Report.from_dict(report.to_dict(layout=False), layout=plan.layout_dict()), Report)
assert_type(Report.from_dict(report.to_dict(layout=False), layout=plan.layout), Report)
assert_type(compare(report, report), ReportChanges)
assert_type(compare(report, report).lines, tuple[LineChange, ...])
assert_type(compare(report, report)["Exam"].differences, tuple[Difference, ...])
assert_type(report.marks_digest, str | None)
assert_type(marks_digest(plan, {"Exam": 5}), str)
assert_type(grade_many(book, {"ada": {"Exam": 5}}), Iterator[tuple[str, Report | MarksError]])
assert_type(brightspace.read("OrgDefinedId"), Imported)

for learner, outcome in grade_many(plan, brightspace.read("OrgDefinedId").marks, ungraded=UngradedPolicy.LEAVE_OUT):
    assert_type(learner, str)
    if isinstance(outcome, MarksError):
        assert_type(outcome.problems, tuple[Problem, ...])
    else:
        assert_type(outcome.final.symbol, str | None)

rules = LateRules(
    LatePolicy(bands=[LateBand(until=1, deduction=10), LateBand(points=2.5)]),
    bank=LateBank(size=2, items=["Exam"]),
    own=[ItemLatePolicy("Exam", None)],
)
record = apply_late_rules(plan, rules, {"Exam": 5}, LateFacts({"Exam": timedelta(days=1), "Quiz 1": 60}, ["Quiz 2"]))
assert_type(record, LateRecord)
assert_type(record["Exam"].adjusted.points, Fraction | None)
assert_type(adjust(plan, {"ada": record.marks}, "Exam", ScaleToMean(75)), AdjustedClass)

supposed = what_if(plan, {"Exam": 5}, {"Quiz 1": EXEMPT}, settings={"Exam": {"weight": 50}})
assert_type(supposed, WhatIf)
assert_type(supposed.after, Report)
assert_type(supposed.changes, tuple[Difference, ...])
assert_type(needed(plan, {}, "Exam", target="A"), Needed)
assert_type(needed(plan, {}, ["Exam", "Quiz 1"], target=passes, step=Decimal("0.5")).mark, Fraction | None)
assert_type(needed(book, {}, "Exam", target=GradeScheme.from_cutoffs({"A": 80, "F": 0})), NeededBySymbol)
assert_type(bounds(plan, {}).highest, Report)
assert_type(sweep(plan, {}, "Exam").pieces, tuple[CurvePiece, ...])
assert_type(influence(plan, {"Exam": 5}), Influence)
assert_type(risk(plan, {"ada": {"Exam": 5}}), ClassRisk)
NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
numbered: dict[int, Marks] = {7: {"Exam": 5}}
assert_type(dict(grade_many(plan, numbered)), dict[int, Report | MarksError])
assert_type(summarize(dict(grade_many(plan, numbered)), "Exam").mean, Fraction | None)
of_frame = marks_from_wide(plan, marks_to_wide(plan, numbered, like="polars"))
grades_to_wide(plan, grade_many(plan, of_frame), like="polars")

facts = LearnerFacts(
    completions={"Safety": Completion.PASSED},
    profile={"department": "Physics"},
    dates={"first enrolled": NOON},
    scores={"Quiz 1": Decimal("7.5")},
    posts={"Week 1": 2},
    roles=["Tutor"],
)
assert_type(check(GradeReceived("Exam"), facts), Decision)
assert_type(Person("cem", roles=[Role.COACH]).roles, frozenset[Role])
progress = LearnerProgress(completed={"Reading": NOON}, attempts={"Quiz 1": 2})
assert_type(progress.attempts, tuple[tuple[str, int], ...])

opens: Judge = lambda report: check(GradeReceived("Exam"), LearnerFacts(report=report))  # noqa: E731 - types a lambda
assert_type(what_if(plan, {}, {"Exam": 5}, judges={"lab": opens, "pass": passes}).flips, tuple[Difference, ...])
assert_type(what_if_class(plan, {}, judges={"lab": opens}).flipped, dict[str, dict[str, tuple[Verdict, Verdict]]])
assert_type(what_if_class(plan, {"ada": {"Exam": 5}}, {"Exam": 6}).changed, dict[str, tuple[str | None, str | None]])

assert_type(TableGrader(book, ungraded=UngradedPolicy.AS_ZERO).notes, tuple[Problem, ...])


def grade_stream(stream: GradedStream) -> None:
    """Grade a stream, which is one of Arrow itself."""
    assert_type(grade_batches(plan, stream, long=LongTable(grouped=True)).tally, Tally)
