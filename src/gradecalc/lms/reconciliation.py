# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a file states as its finals, beside what is computed here: who agrees, who differs, and which line parts them.

A final that the file gives as 63.02 agrees with 63.0208…, since two decimals are all that it states. Rules J1 to J8.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ..errors import MarksError
from ..gradebook.tree import ROOT_ID, Gradebook
from ..grading.grading import Unknown, grade
from ..grading.plan import Plan, plan_of
from ..outline import Explained, Outline
from ..reasons import NUMBERS, Note, Reason, ReasonTexts, Shown
from ..report.report import Report
from ..report.results import NO_GRADE_SHOWN, Result
from ..rounding import Rounding
from ..values import frozen
from .imported import Imported, Recorded
from .stated import Decimals, decimals_of, is_share, lines_beside, part_ways, policy_of, share_agrees, stated_finals

RECONCILIATION: Final = ReasonTexts(
    "reconciliation",
    {
        "percent": "{0}: the file says {1} %, computed {2} %",
        "points": "{0}: the file says {1} points, computed {2}",
        "out_of": "{0}: the file counts {1} points out of {2}, computed {3} out of {4}",
        "symbol": "{0}: the file says {1}, computed {2}",
        "no_score": "{0}: the file says {1}, and nothing is computed",
        "agrees": "agrees with the file, which says {0}",
        "of": "{0}: {1}",
        "no_final_stated": "no stated final",
        "none_stated": "the file states no finals to compare",
        "one_agrees": "{0} of {1} final agrees with the file",
        "some_agree": "{0} of {1} finals agree with the file",
        "stated_points": "{0} points",
        "states_none": "the file states no final to compare",
        "difference": "Difference",
        "file_says": "File says",
        "cannot_be_graded": "cannot be graded: {0}",
    },
)
"""Why a learner's final differs."""


@frozen
class FinalDifference:
    """A learner whose stated final differs from the computed one.

    `final` is the source's name for it. `line` is the id of the first line that parts the two, in book order and as
    deep as the source states figures; it is the gradebook's own where nothing below it differs. `computed` is None
    where the learner's marks cannot be graded.
    """

    learner: str
    final: str
    stated: Recorded
    computed: Recorded | None
    line: str
    why: Reason

    def outline(self) -> Outline:
        """Return the learner, what is computed, and why it is not what is stated."""
        computed = None if self.computed is None else self.computed.stated
        if computed is None:
            return Outline(self.learner, NO_GRADE_SHOWN, (self.why,))
        shown = NUMBERS.phrase("percent", Shown(computed, Rounding().show(computed)))
        return Outline(self.learner, shown, (self.why,))


@frozen
class Reconciliation(Explained):
    """How the finals that a source states compare with the computed ones; each learner is in one of the three.

    `agree` and `unstated` hold the ids of learners, in the order of the source, and `differ` why each differs.
    """

    agree: tuple[str, ...]
    differ: tuple[FinalDifference, ...]
    unstated: tuple[str, ...]

    @property
    def summary(self) -> str:
        """How many of the stated finals agree, in a sentence."""
        count = len(self.agree) + len(self.differ)
        if not count:
            return RECONCILIATION.reason("none_stated")
        return RECONCILIATION.reason("one_agrees" if count == 1 else "some_agree", len(self.agree), count)

    def outline(self) -> Outline:
        """Return the sentence, and below it each learner who differs and how many have no stated final."""
        rows = [each.outline() for each in self.differ]
        if self.unstated and (self.agree or self.differ):
            count = NUMBERS.phrase("number", len(self.unstated))
            rows.append(Outline(RECONCILIATION.phrase("no_final_stated"), count))
        return Outline(self.summary, children=rows)


def reconcile(
    imported: Imported, plan: Plan | Gradebook | None = None, *, unknown: Unknown = Unknown.REFUSE
) -> Reconciliation:
    """Return how the finals that a source states compare with those of a plan, or of the gradebook that was read.

    Nobody's marks make this raise: who cannot be graded and has a stated final differs. `unknown` says what is done
    with a mark that the plan has no item for. Raises `DefinitionError` for a gradebook that cannot be compiled.
    """
    compiled = plan_of(imported.gradebook if plan is None else plan)
    bench = _Bench(imported, compiled, unknown, decimals_of(imported.finals), decimals_of(imported.recorded))
    agree, differ, unstated = list[str](), list[FinalDifference](), list[str]()
    for learner in dict.fromkeys((*imported.marks, *imported.finals, *imported.learners)):
        finals = bench.compared(stated_finals(imported, learner))
        found = next(bench.differences(learner, finals), None)
        if found:
            differ.append(found)
        else:
            (agree if finals else unstated).append(learner)
    return Reconciliation(tuple(agree), tuple(differ), tuple(unstated))


@frozen
class _Bench:
    """What learners are compared by."""

    imported: Imported
    plan: Plan
    unknown: Unknown
    of_finals: Mapping[str, Decimals]
    of_lines: Mapping[str, Decimals]

    def compared(self, finals: Mapping[str, Recorded]) -> Mapping[str, Recorded]:
        """Return the finals that can be compared: a symbol alone only where a scheme gives one (J7)."""
        if self.plan.gradebook.scheme is not None:
            return finals
        return {name: each for name, each in finals.items() if each.points is not None or each.percent is not None}

    def differences(self, learner: str, finals: Mapping[str, Recorded]) -> Iterator[FinalDifference]:
        """Yield each stated final that the computed one is not, and why."""
        for name, stated in finals.items():
            report = self._grade(learner, name)
            if isinstance(report, MarksError):
                why = RECONCILIATION.reason("cannot_be_graded", str(report.problems[0]).partition("\n")[0])
                yield FinalDifference(learner, name, stated, None, ROOT_ID, why)
                return
            note = None if self._shares(stated, report, name) else part_ways(stated, report, 0, self.of_finals[name])
            if note:
                line, first = self._parting(learner, name, report) or (ROOT_ID, note)
                yield FinalDifference(learner, name, stated, _recorded(report.final), line, _reason(first))

    def _grade(self, learner: str, name: str) -> Report | MarksError:
        policy, marks = policy_of(self.imported, name), self.imported.marks.get(learner, {})
        try:
            return grade(self.plan, marks, ungraded=policy, unknown=self.unknown)
        except MarksError as error:
            return error

    def _shares(self, stated: Recorded, report: Report, name: str) -> bool:
        """Return whether the final percent alone, which a kernel has at once, is what is stated."""
        how = report.layout.headings[0].how
        percent = report.final.percent if is_share(stated, how) else None
        return percent is not None and bool(share_agrees(stated, percent, how, self.of_finals[name]))

    def _parting(self, learner: str, final: str, report: Report) -> tuple[str, Note] | None:
        """Return the first line below the final of which another figure is stated, and none below it (J6)."""
        headings, parted = report.layout.headings, dict[int, Note]()
        for of, stated in lines_beside(self.imported, learner, final).items():
            line = report.layout.index.get(of, 0)
            note = part_ways(stated, report, line, self.of_lines.get(of, Decimals())) if line else None
            if note:
                parted[line] = note
        covered = {above for line in parted for above in _lines_above(report, line)}
        first = min(parted.keys() - covered, default=None)
        return None if first is None else (headings[first].id, parted[first])


def _lines_above(report: Report, line: int) -> Iterator[int]:
    while line > 0:
        line = report.layout.headings[line].parent
        yield line


def _recorded(result: Result) -> Recorded:
    """Return a computed result in the form of a stated one."""
    return Recorded(result.points, result.out_of, result.symbol or "", result.percent)


def _reason(note: Note) -> Reason:
    code, *arguments = note
    return RECONCILIATION.reason(str(code), *arguments)
