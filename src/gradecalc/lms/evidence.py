# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a file states, as evidence for or against a gradebook: a final of a learner, and what is stated below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import field

from ..errors import DefinitionError, MarksError
from ..exact import Exact, ratio
from ..gradebook.contributions import WHOLE
from ..gradebook.tree import Category, Gradebook, rows
from ..grading.evaluation import evaluate
from ..grading.grading import Unknown, grade, read_marks
from ..grading.plan import Plan, compile_gradebook
from ..marks import Marks, UngradedPolicy
from ..report.layouts import How
from ..report.report import Report
from ..values import frozen
from .imported import Imported, Recorded
from .stated import Decimals, decimals_of, lines_beside, part_ways, policy_of, share_agrees, stated_finals


@frozen
class Evidence:
    """What is stated of a learner at once: a final, if any, and the subtotals of categories that go with it.

    `ungraded` is the policy that the final is computed with whatever the gradebook says, None for the gradebook's own.
    """

    learner: str
    marks: Marks = field(hash=False, repr=False)
    ungraded: UngradedPolicy | None
    final: Recorded | None
    of_final: Decimals
    below: Mapping[str, tuple[Recorded, Decimals]] = field(hash=False, repr=False)

    def report(self, plan: Plan) -> Report:
        """Return the learner's report, as far as the plan knows the marks.

        The exact engine makes it: no kernel is compiled for a plan that grades a few learners once.
        """
        return Report(plan.layout, evaluate(plan, read_marks(plan, self.marks, Unknown.IGNORE), self.ungraded))

    def supports(self, report: Report) -> bool:
        """Return whether a report comes to what is stated, of the final and of each line that it has."""
        return self.supports_final(report) and self.supports_lines(report)

    def share(self, plan: Plan) -> Exact | None:
        """Return the percent that the plan's kernel works out; None where there is none, or no such percent."""
        kernel = plan.kernels.kernel(self.ungraded)
        pair = None if kernel is None else kernel.final(dict(self.marks))
        return None if pair is None else ratio(WHOLE * pair[0], pair[1])

    def quickly_supports(self, plan: Plan) -> bool | None:
        """Return whether the final is the stated one as a kernel works it out; None where that does not tell."""
        share = None if self.final is None else self.share(plan)
        if self.final is None or share is None:
            return None
        return share_agrees(self.final, share, plan.layout.headings[0].how, self.of_final)

    def supports_share(self, of: str, share: Exact, how: How) -> bool:
        """Return whether a percent of a category is what is stated of it, if that is."""
        stated = self.below.get(of)
        return stated is None or bool(share_agrees(stated[0], share, how, stated[1]))

    def supports_final(self, report: Report) -> bool:
        """Return whether the final of a report is the stated one, if one is stated."""
        return self.final is None or part_ways(self.final, report, 0, self.of_final) is None

    def is_far(self, report: Report) -> bool:
        """Return whether the final is off by more than a percent, so that no rounding gives it."""
        stated = None if self.final is None else self.final.stated
        points, out_of = report.columns.points[0], report.columns.out_of[0]
        if stated is None or points is None or not out_of:
            return False
        return not -1 <= ratio(100 * points, out_of) - stated <= 1

    def supports_lines(self, report: Report) -> bool:
        """Return whether every line of a report of which something is stated comes to that."""
        lines = ((report.layout.index.get(of), *stated) for of, stated in self.below.items())
        return all(
            line is None or part_ways(stated, report, line, decimals) is None for line, stated, decimals in lines
        )


def gather(imported: Imported) -> list[Evidence]:
    """Return all that a file states of learners whose marks can be graded at all, in its order."""
    plan = compile_gradebook(imported.gradebook)
    categories = {row.node.id for row in rows(imported.gradebook) if isinstance(row.node, Category)}
    gathered = list[Evidence]()
    for each in _every(imported, categories):
        try:
            grade(plan, each.marks, ungraded=each.ungraded, unknown=Unknown.IGNORE)
        except MarksError:
            continue
        gathered.append(each)
    return gathered


def fits(book: Gradebook, gathered: Iterable[Evidence]) -> Evidence | None:
    """Return the first evidence against a gradebook, None where all of it is for it; it compiles."""
    plan = compile_gradebook(book)
    return next((each for each in gathered if not each.supports(each.report(plan))), None)


def try_compile(book: Gradebook) -> Plan | None:
    """Return the plan of a gradebook, or None where it has an error."""
    try:
        return compile_gradebook(book)
    except DefinitionError:
        return None


def sample(gathered: Sequence[Evidence], count: int) -> list[Evidence]:
    """Return some of the evidence, spread over how many marks the learners have: who lacks most tells most."""
    ranked = sorted(gathered, key=lambda each: len(each.marks))
    step = max(len(ranked) - 1, 1) / max(count - 1, 1)
    return [ranked[round(nth * step)] for nth in range(count)] if len(ranked) > count else ranked


def _every(imported: Imported, categories: set[str]) -> Iterator[Evidence]:
    of_finals, of_lines = decimals_of(imported.finals), decimals_of(imported.recorded)
    for learner, marks in imported.marks.items():
        finals = stated_finals(imported, learner)
        for name, final in finals.items() or [("", None)]:
            below = {
                of: (stated, of_lines.get(of, Decimals()))
                for of, stated in lines_beside(imported, learner, name).items()
                if of in categories
            }
            if final or below:
                decimals = of_finals.get(name, Decimals())
                yield Evidence(learner, dict(marks), policy_of(imported, name), final, decimals, below)
