# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""One learner's figures, worked out line by line: the row evaluator, which is the truth.

Every line is visited once, after those that it needs. `children` says what becomes of a branch's children and what they
come to together, and `figures` enters it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial

from attrs import evolve

from ..errors import FormulaError
from ..exact import Exact, Number, percent_of, ratio
from ..formula import Explanation, Property
from ..formula.explanation import FORMULAS
from ..gradebook.best_of import choose_best
from ..gradebook.contributions import Combined
from ..marks import EXEMPT, UNGRADED, NoScore, Reading, UngradedPolicy
from ..outline import Outline
from ..reasons import Lack, say
from ..report.results import Columns, Treatment
from .calculated import calculate, tell_parts
from .children import Children, combine, decide, decide_by_formula
from .columns import make_columns
from .figures import Figures
from .plan import Plan
from .planned import PlannedBranch, PlannedCalculation, PlannedFormula
from .replacing import replace_line, replace_lowest


def evaluate(plan: Plan, readings: Mapping[int, Reading], ungraded: UngradedPolicy | None) -> Columns:
    """Return the columns of one learner's report; `readings` are by line, and `ungraded` replaces every policy."""
    return make_columns(_work_out(plan, readings, ungraded))


def explain_line(
    plan: Plan, readings: Mapping[int, Reading], ungraded: UngradedPolicy | None, line: PlannedFormula
) -> Explanation:
    """Return why the formula of a line comes to what it comes to for this learner."""
    return _explain(_work_out(plan, readings, ungraded), line, ungraded or line.ungraded)


def explain_lines(
    plan: Plan, readings: Mapping[int, Reading], ungraded: UngradedPolicy | None
) -> Mapping[int, Outline]:
    """Return a row for each formula and calculated item, by line: what its parts come to; where it has any (C14)."""
    figures = _work_out(plan, readings, ungraded)
    found = {}
    for line in plan.lines:
        if isinstance(line, PlannedFormula):
            with suppress(FormulaError):
                found[line.line] = _formula_row(_explain(figures, line, ungraded or line.ungraded))
        elif isinstance(line, PlannedCalculation):
            row = _calculation_row(figures, line, ungraded or line.ungraded)
            if row is not None:
                found[line.line] = row
    return found


def _calculation_row(figures: Figures, line: PlannedCalculation, policy: UngradedPolicy) -> Outline | None:
    layout, score = figures.plan.layout, _scores(figures, line, policy)
    return tell_parts(line.chosen, line.method, score, [each.name for each in layout.headings], layout.shown)


def _formula_row(explanation: Explanation) -> Outline:
    """Return the row of a formula, with a sign that it is no work of the course, and with its whole text."""
    row = explanation.outline()
    whole = () if row.label == explanation.text else (explanation.text,)
    return evolve(row, label=f"= {row.label}", notes=(*row.notes, *whole))


def _work_out(plan: Plan, readings: Mapping[int, Reading], ungraded: UngradedPolicy | None) -> Figures:
    figures = Figures(plan, readings)
    lines = plan.lines
    for line in plan.order:
        planned = lines[line]
        if type(planned) is PlannedBranch:
            _grade_branch(figures, planned, ungraded or planned.ungraded)
        elif isinstance(planned, PlannedFormula):
            _grade_formula(figures, planned, ungraded or planned.ungraded)
        elif isinstance(planned, PlannedCalculation):
            _grade_calculation(figures, planned, ungraded or planned.ungraded)
        if planned.replaced is not None:
            replace_line(figures, planned, planned.replaced)
    return figures


def _grade_branch(figures: Figures, branch: PlannedBranch, policy: UngradedPolicy) -> None:
    """Decide what becomes of each child, combine those that count, and conclude the branch's own result."""
    if branch.replace_lowest is not None:
        replace_lowest(figures, branch.replace_lowest)
    if branch.ways:
        children, combined = _find_best(figures, branch, policy)
    else:
        children = decide(branch, policy, figures.known)
        combined = combine(branch, children, figures.known)
    figures.treat(branch, children, combined)
    if combined.lack is not None:
        figures.lacks(branch.line, combined.lack)
    figures.conclude(branch, combined.points, combined.out_of, combined.reached)


def _find_best(figures: Figures, branch: PlannedBranch, policy: UngradedPolicy) -> tuple[Children, Combined]:
    """Try the branch by each of its weightings, and return what the best makes of it (V6 to V8)."""
    decided = [decide(way, policy, figures.known) for _, way in branch.ways]
    tried = [combine(way, children, figures.known) for (_, way), children in zip(branch.ways, decided, strict=True)]
    best = choose_best(tried)
    if tried[best].points is not None:
        for place in sorted(range(len(tried)), key=best.__ne__):
            name, points = branch.ways[place][0], tried[place].points
            if points is None:
                figures.note(branch.line, "best_of_without", name)
            else:
                code = "best_of" if place == best else "best_of_other"
                figures.note(branch.line, code, name, ratio(points * 100, tried[place].out_of))
    return _with_unnamed(branch, best, decided[best]), tried[best]


def _with_unnamed(branch: PlannedBranch, best: int, children: Children) -> Children:
    """Say of each child that another weighting counts why this one does not."""
    name, way = branch.ways[best]
    somewhere = {place.line for _, each in branch.ways for place in each.children if place.counts}
    unnamed = [place.line for place in way.children if not place.counts and place.line in somewhere]
    left = [line for line in unnamed if children.others.get(line) is Treatment.NOT_COUNTED]
    children.notes += [(line, ("best_of_unnamed", name)) for line in left]
    return children


def _grade_formula(figures: Figures, planned: PlannedFormula, policy: UngradedPolicy) -> None:
    """Work a formula out, of an item or of a branch (C1 to C9)."""
    figures.treat(planned, decide_by_formula(planned, policy, figures.known))
    points: Exact | None = None
    try:
        points = planned.formula.evaluate(partial(_look_up, figures, planned, policy), ungraded=policy)
        if points is None:
            why = FORMULAS.phrase("why", tuple(map(say, _explain(figures, planned, policy).reasons)))
            figures.lacks(planned.line, Lack.NO_VALUE, why)
    except FormulaError as error:
        figures.lacks(planned.line, Lack.NO_VALUE, error.message)
    if points is None:
        figures.exempt_if_all_are(planned.line, planned.named.values())
    figures.conclude(planned, points, planned.max_points)


def _grade_calculation(figures: Figures, planned: PlannedCalculation, policy: UngradedPolicy) -> None:
    """Work out a calculated item (C10 to C13)."""
    reached = calculate(planned.chosen, planned.method, _scores(figures, planned, policy))
    if reached is None:
        figures.lacks(planned.line, Lack.NOTHING_CHOSEN_GRADED)
        figures.exempt_if_all_are(planned.line, planned.chosen.leaves())
        figures.conclude(planned, None, planned.max_points)
        return
    points, out_of = reached
    if planned.scale is not None:
        points, out_of = ratio(points * planned.scale, out_of), planned.scale
    figures.conclude(planned, points, out_of)


def _explain(figures: Figures, planned: PlannedFormula, policy: UngradedPolicy) -> Explanation:
    return planned.formula.explain(partial(_look_up, figures, planned, policy), ungraded=policy)


def _look_up(
    figures: Figures, planned: PlannedFormula, policy: UngradedPolicy, name: str, asked: Property
) -> Number | NoScore:
    """Answer a formula with the value used, before the policy of any branch touched it (C4 to C7)."""
    line = planned.named[name]
    points, out_of = figures.points[line], figures.out_of[line]
    if figures.exempt[line]:
        return EXEMPT
    if points is None and isinstance(figures.plan.lines[line], (PlannedFormula, PlannedCalculation)):
        return EXEMPT
    if asked is Property.MAX_POINTS:
        return UNGRADED if points is None and policy is UngradedPolicy.LEAVE_OUT else out_of
    if points is None or asked is Property.POINTS:
        return UNGRADED if points is None else points
    return percent_of(points, out_of) if out_of else EXEMPT


def _scores(
    figures: Figures, planned: PlannedCalculation, policy: UngradedPolicy
) -> Callable[[int], tuple[Exact, Exact] | None]:
    """Return what answers for a chosen line with its points and maximum, blanks as the policy says (C13)."""
    zero = policy is UngradedPolicy.AS_ZERO
    if policy is UngradedPolicy.AS_ZERO_ONCE_GRADED:
        zero = any(figures.points[line] is not None for line in planned.chosen.leaves())
    return partial(_score, figures, zero=zero)


def _score(figures: Figures, line: int, *, zero: bool) -> tuple[Exact, Exact] | None:
    points = figures.points[line]
    if figures.exempt[line] or (points is None and not zero):
        return None
    return points or 0, figures.out_of[line]
