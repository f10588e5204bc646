# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Why a final is not what it was to be: what keeps it from a target, and what each policy changed, exactly.

>>> from gradecalc import Category, DropRule, Gradebook, GradeItem, WeightedMean, grade
>>> labs = Category("Labs", [GradeItem("L1", 10), GradeItem("L2", 10)], weight=40, drop=DropRule(lowest=1))
>>> book = Gradebook([labs, GradeItem("Exam", 100, weight=60)], aggregation=WeightedMean())
>>> print(why(grade(book, {"L1": 9, "L2": 5, "Exam": 75}), 90))
Why not 90 %?              9.00  the final is 81 %
  What it is short of      9.00
    Exam                  15.00  25 % of it is missing; it is 60 % of the final
    L1                     4.00  10 % of it is missing; it is 40 % of the final
    90 %                 -10.00  so much of 100 % may be missing
  What policies changed
    Labs                  +8.00  drops L2; without it the final would be 73 %

Nothing here calculates a grade in a way of its own: the parts are the report's own figures, and each policy is lifted
and the learner graded again.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from attrs import field

from ..errors import DefinitionError, Problem
from ..exact import read_number, represent, write_exact
from ..gradebook.contributions import WHOLE
from ..gradebook.tree import Gradebook
from ..grading.evaluation import evaluate
from ..grading.grading import GradedFrom
from ..grading.plan import Plan, plan_of
from ..marks import Marks, UngradedPolicy
from ..outline import Explained, Outline
from ..reasons import Reason, ReasonTexts, Shown
from ..report.costs import Cost, CostKind, find_costs
from ..report.report import Report
from ..report.results import NO_GRADE_SHOWN, Treatment
from ..report.sums import apportion
from ..values import frozen
from ..verdicts import Verdict
from .effects import Effect, find_effects
from .full_marks import WHOLES, FullMarks, find_full_marks
from .targets import Goal, Target, goal, passes

TEXTS: Final = ReasonTexts(
    "shortfalls",
    {
        "a_pass": "a pass",
        "above": "{0} is above {1} %",
        "bonus": "a bonus",
        "cap": "the cap takes it",
        "class": "adjusted by the figures of the class",
        "figure": "{0}",
        "floor": "the floor adds it",
        "from": "{0} is from {1} %",
        "full_marks": "full marks in it alone would raise the final by {0} percentage points",
        "full_marks_less": "full marks in it alone would lower the final by {0} percentage points",
        "hurdle": "a missed hurdle takes it",
        "lateness": "lateness takes it",
        "lost": "{0} % of it is missing; it is {1} % of the final",
        "no_score": "the final has no score",
        "not_passed": "must be passed, and is {0} % short of it",
        "not_yet_passed": "must be passed, and has no score",
        "now": "the final is {0} %",
        "obstacles": "What else is in the way",
        "override": "set by hand",
        "parts": "What it is short of",
        "percent": "{0} %",
        "policies": "What policies changed",
        "reached": "reached",
        "replacement": "another result stands in for it",
        "result": "its result is {0} % short; it is {1} % of the final",
        "rounding": "rounding",
        "several": "several steps, of which the report does not tell what each took",
        "shares": "the shares that count are together not the whole",
        "target": "so much of 100 % may be missing",
        "title": "Why not {0}?",
        "ungraded": "nothing recorded, which counts as zero: {0} % of it is missing; it is {1} % of the final",
        "without": "without it the final would be {0} %",
        "without_missed": "without it the target would not be reached",
        "without_no_score": "without it the final would have no score",
        "without_reached": "without it the target would be reached",
    },
)
"""What is said of why a target is not reached."""


@frozen
class Obstacle:
    """What keeps a target away beside the final's percent: something that must be passed, or a symbol set by hand.

    `gap` is what the line with this id is short of its pass mark, in percent of it, if it has a score.
    """

    id: str
    name: str
    gap: Fraction | None = field(repr=represent)
    reason: Reason


@frozen
class Shortfall(Explained):
    """What keeps one learner's final from a target.

    The `parts` sum to the `gap`, in points of the final: what it is short of `bound`, the percent of the target, or
    of 100 where the target has none. Below 0 it is beyond. Without a score there is neither. `effects` says what each
    policy changed, and `full_marks` what single items would, that lie under a result that is no sum of shares.
    """

    report: Report
    target: str
    bound: Fraction | None = field(repr=represent)
    cut_off: Reason | None
    """From where the target is reached, in words, where it is not stated as a percent."""
    reached: bool
    gap: Fraction | None = field(repr=represent)
    parts: tuple[Cost, ...]
    obstacles: tuple[Obstacle, ...]
    effects: tuple[Effect, ...]
    full_marks: tuple[FullMarks, ...]

    def outline(self) -> Outline:
        """Return the parts, what costs most first, then what else stands in the way, and what policies changed."""
        title = TEXTS.phrase("title", self.target)
        return Outline(title, self._shown(self.gap), list(self._standing()), list(self._groups()))

    def _standing(self) -> Iterator[Reason]:
        percent = self.report.final.percent
        yield TEXTS.reason("no_score") if percent is None else TEXTS.reason("now", percent)
        if self.cut_off is not None:
            yield self.cut_off
        if self.reached:
            yield TEXTS.reason("reached")

    def _groups(self) -> Iterator[Outline]:
        if self.parts:
            yield Outline(TEXTS.phrase("parts"), self._shown(self.gap), (), list(self._rows()))
        if self.obstacles:
            yield Outline(TEXTS.phrase("obstacles"), children=[_row(each) for each in self.obstacles])
        if self.effects:
            rows = [Outline(each.name, self._shown(each.amount, "+"), self._of_effect(each)) for each in self.effects]
            yield Outline(TEXTS.phrase("policies"), children=rows)

    def _of_effect(self, effect: Effect) -> Iterator[str]:
        yield from effect.reasons
        if effect.without is None:
            yield TEXTS.reason("without_no_score")
        else:
            yield TEXTS.reason("without", effect.without)
        if effect.reached is not self.reached:
            yield TEXTS.reason("without_reached" if effect.reached else "without_missed")

    def _rows(self) -> Iterator[Outline]:
        amounts = apportion([each.amount for each in self.parts], self.report.layout.shown)
        for part, shown in zip(self.parts, amounts, strict=True):
            under = [each for each in self.full_marks if each.under == part.id] if part.kind in WHOLES else []
            below = [Outline(each.name, "", (_of_full_marks(each),)) for each in under]
            name = self.target if part.kind is CostKind.TARGET else part.name
            yield Outline(name, TEXTS.phrase("figure", Shown(part.amount, shown)), (_of_part(part),), below)

    def _shown(self, amount: Fraction | None, sign: str = "") -> str:
        """Return an amount as the report shows figures, with a sign if it is above 0."""
        if amount is None:
            return NO_GRADE_SHOWN
        text = self.report.layout.shown.show(amount)
        return TEXTS.phrase("figure", Shown(amount, f"{sign if amount > 0 else ''}{text}"))


_SHORT: Final = (CostKind.LOST, CostKind.UNGRADED, CostKind.RESULT)


def why(
    report: Report,
    target: Target,
    *,
    plan: Plan | Gradebook | None = None,
    marks: Marks | None = None,
    ungraded: UngradedPolicy | None = None,
) -> Shortfall:
    """Return what keeps the learner of a report from a target. Rules WI18 to WI25.

    A report that `grade` made knows what it was made of; of one that was stored or pickled, say the `plan` and the
    `marks`, and the policy if it does not know the one that was given with them. Raises `DefinitionError` for a target
    that the gradebook does not have, for a stored report without them, and where they do not give that report.
    """
    origin = _origin(report, plan, marks, ungraded)
    wanted = goal(origin.plan, target)
    label, percent = _label(target, wanted), report.final.percent
    bound, cut_off = _bound(origin.plan, target, label)
    least = Fraction(WHOLE) if bound is None else bound
    parts = () if percent is None else _parts(report, label, least)
    return Shortfall(
        report,
        label,
        bound,
        cut_off,
        wanted.is_reached(report),
        None if percent is None else least - percent,
        parts,
        tuple(_obstacles(origin.plan, report, target)),
        find_effects(origin, report, wanted),
        tuple(find_full_marks(origin, report, parts)),
    )


def _origin(
    report: Report, plan: Plan | Gradebook | None, marks: Marks | None, ungraded: UngradedPolicy | None
) -> GradedFrom:
    if plan is None and marks is None and isinstance(report.origin, GradedFrom):
        return report.origin
    if plan is None or marks is None:
        name = "plan" if plan is None else "marks"
        message = f"this report was stored, and {name} is not given; state the plan and the marks that it was made of"
        raise DefinitionError([Problem("missing", name, message)])
    origin = GradedFrom(plan_of(plan), marks, ungraded or report.ungraded)
    made = evaluate(origin.plan, origin.readings(), origin.ungraded)
    if (origin.plan.digest, made) != (report.digest, report.columns):
        message = "this plan and these marks give another report; state those that it was made of, and the policy"
        raise DefinitionError([Problem("other_report", "plan", message)])
    return origin


def _label(target: Target, wanted: Goal) -> str:
    if target is passes:
        return TEXTS.phrase("a_pass")
    return wanted.label if callable(target) or isinstance(target, str) else TEXTS.phrase("percent", read_number(target))


def _bound(plan: Plan, target: Target, label: str) -> tuple[Fraction | None, Reason | None]:
    """Return the percent from which a target is reached, if it has one, and the same in words if it is no percent."""
    scheme = plan.gradebook.scheme
    bound, code = plan.gradebook.pass_mark if target is passes else None, "from"
    if isinstance(target, str) and scheme is not None:
        band = next(band for band in scheme.bands if band.symbol == target)
        bound, code = band.start, "above" if band.exclusive else "from"
    elif not callable(target):
        return Fraction(read_number(target)), None
    return bound, None if bound is None else TEXTS.reason(code, label, bound, show=write_exact)


def _parts(report: Report, label: str, least: Fraction) -> tuple[Cost, ...]:
    """Return the costs, those of a line together, what costs most first, and last what may be missing (WI22)."""
    costs = find_costs(report)
    of_line: dict[str, Fraction] = {}
    for each in costs:
        of_line[each.id] = of_line.get(each.id, Fraction(0)) + each.amount
    places = {id_: place for place, id_ in enumerate(of_line)}
    ordered = sorted(costs, key=lambda each: (-of_line[each.id], places[each.id]))
    allowed = Cost(CostKind.TARGET, report.final.id, label, least - WHOLE, Fraction(1))
    return (*ordered, *[allowed] * bool(allowed.amount))


def _obstacles(plan: Plan, report: Report, target: Target) -> Iterator[Obstacle]:
    """Yield what keeps a symbol or a pass away whatever the percent is (WI25)."""
    symbols = {each.line for each in plan.hurdles if each.hurdle.final_symbol}
    for line, heading in enumerate(report.layout.headings):
        result, mark = report[heading.id], heading.passing.pass_mark
        decides = heading.passing.must_pass and (target is passes or (isinstance(target, str) and line in symbols))
        if decides and result.treatment is not Treatment.EXEMPT and result.passed is not Verdict.MET:
            gap = None if result.percent is None or mark is None else mark - result.percent
            told = TEXTS.reason("not_yet_passed") if gap is None else TEXTS.reason("not_passed", gap)
            yield Obstacle(heading.id, heading.name, gap, told)
    by_hand = [each for each in report.final.reasons if each.code in ("symbol_set", "symbol_only")]
    if isinstance(target, str) and by_hand and report.final.symbol != target:
        yield Obstacle(report.final.id, report.final.name, None, by_hand[0])


def _row(obstacle: Obstacle) -> Outline:
    return Outline(obstacle.name, "", (obstacle.reason,))


def _of_part(part: Cost) -> Reason:
    figures = (part.amount / part.share, part.share * WHOLE) if part.kind in _SHORT else ()
    return TEXTS.reason(part.kind.value, *figures)


def _of_full_marks(each: FullMarks) -> Reason:
    code = "full_marks_less" if each.amount < 0 else "full_marks"
    return TEXTS.reason(code, abs(each.amount))
