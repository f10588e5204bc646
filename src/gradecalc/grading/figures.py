# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""One learner's figures while they are worked out; `columns` makes the columns of a report of them.

A line's figures are concluded here: 12 of 10 points on an item that cannot exceed its maximum are 10, and the report
says where the cap bit. Floor, rounding and cap come in this order, and an override takes the place of all (R5, O1).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from ..exact import Exact, percent_of, ratio, simplest, total
from ..gradebook.contributions import Combined
from ..marks import NOTHING_RECORDED, Reading, Recorded
from ..quotients import Quotient
from ..reasons import NUMBERS, Lack, Note, Said, Shown
from ..report.passing import PassRule
from ..report.results import Override
from ..report.rows import ROWS
from ..verdicts import Verdict
from .children import Children, Known
from .plan import Plan
from .planned import AnyLine, PlannedHurdle, PlannedItem, PlannedLine
from .settled import ReadMarks
from .steps import cap_line, circumstances, enter, limit_of, raise_line, round_line

Became = tuple[int, Children, Combined | None]
"""What became of the children of the branch at a line, and what it made of those that count, if it combines them."""


class Figures:
    """What is worked out of one learner so far; `known` is the part that decisions about children read."""

    def __init__(self, plan: Plan, readings: Mapping[int, Reading]) -> None:
        count = len(plan.lines)
        settled = readings if type(readings) is ReadMarks and readings.of is plan.settled else ReadMarks(plan.settled)
        self.plan = plan
        self.readings = readings
        self.points = settled.points.copy()
        self.out_of: list[Exact] = [*plan.maxima]
        self.exempt: list[bool] = [False] * count
        self._parts = settled.parts.copy()
        self._reached: list[Quotient | None] = [None] * count
        self.known = Known(self.points, self.out_of, self.exempt, self._parts, self._reached)
        self.blanks: list[int] = []
        self.became: list[Became] = []
        """What became of the children of each branch, in the order in which these were worked out."""
        self.recorded: dict[int, Recorded] = {}
        """What stands at a line beside what its item was marked with."""
        self.overrides: list[tuple[int, Override]] = []
        self.notes: list[tuple[int, Note]] = []
        self._bonus_shares: dict[int, Exact] = {}

        for line in plan.computed:
            if line in readings and readings[line].exempt:
                self._exempt_branch(line, readings[line])
        if settled.notes:
            self.notes += [(line, note) for line, note in settled.notes if not self.exempt[line]]
        for line, reading in (settled.others if settled is readings else readings).items():
            if reading is not NOTHING_RECORDED:
                self._enter(plan.lines[line], reading)

    def _enter(self, planned: AnyLine, reading: Reading) -> None:
        """Enter a mark on an item, with floor, rounding and cap (R5), or a symbol that is set."""
        line = planned.line
        if reading.exempt and isinstance(planned, PlannedItem):
            self._exempt(line, reading)
        if reading.symbol is not None:
            self.note(line, "symbol_set", reading.symbol)
        if not isinstance(planned, PlannedItem):
            return
        if reading.out_of is not None:
            self.out_of[line] = reading.out_of
        self._note_circumstances(line, reading)
        if reading.points is not None and not self.exempt[line]:
            self.points[line] = enter(planned, reading.points, self.out_of[line], self.note)

    def treat(self, branch: PlannedLine, children: Children, combined: Combined | None = None) -> None:
        """Enter what becomes of the children of a branch, and what it made of them if it combines them."""
        self.became.append((branch.line, children, combined))
        self.blanks += children.blanks
        if combined is not None and branch.cap is not None and combined.whole:
            self._bonus_shares[branch.line] = ratio(total(combined.bonus_weights), combined.whole)

    def conclude(
        self, planned: PlannedLine, points: Exact | None, out_of: Exact, reached: Quotient | None = None
    ) -> None:
        """Settle what was computed: floor, rounding, cap, and an override in its place.

        What was `reached` of the maximum may be known; it stays so while the points stay.
        """
        line = planned.line
        self.out_of[line] = out_of
        if points is not None and not self.exempt[line]:
            computed = points
            if planned.min_points is not None:
                points = raise_line(line, planned.min_points, points, self.note)
            if planned.rounding is not None:
                points = round_line(planned, planned.rounding, points, out_of, self.note)
            within = points is computed and planned.cap is None and reached is not None and reached[0] <= reached[1]
            if planned.capped and not within:
                points = self._capped(planned, points, out_of)
            self.points[line] = points if line else self._after_hurdles(points, out_of)
            if points is computed and out_of:
                self._reached[line] = reached
        reading = self.readings.get(line)
        if reading is not None and not self.exempt[line]:
            self._override(planned, reading)

    def let_parts_go(self) -> None:
        """Forget what only decisions about children ask for."""
        self._parts.clear()
        self._reached.clear()

    def settled(self, planned: PlannedLine, points: Exact, out_of: Exact) -> Exact:
        """Return what points come to after the rounding and the cap of a line, without a word."""
        if planned.rounding is not None:
            points = planned.rounding.apply_to(points, out_of)
        limit = limit_of(planned, out_of, self._bonus_shares.get(planned.line, 0)) if planned.capped else None
        return points if limit is None else min(points, limit)

    def replace(self, line: int, points: Exact, source: int, before: Exact | None) -> None:
        """Enter what the result of another line makes of this one (V11)."""
        name, out_of = self.plan.layout.headings[source].name, self.out_of[line]
        percent = ratio(points * 100, out_of)
        if self.exempt[line]:
            self.note(line, "replaced_exempt", name, percent)
        elif before is None:
            self.note(line, "replaced_nothing", name, percent)
        else:
            self.note(line, "replaced", name, percent, ratio(before * 100, out_of))
        self.points[line], self.exempt[line] = points, False
        self._parts[line] = self._reached[line] = None

    def is_overridden(self, line: int) -> bool:
        """Return whether a number was recorded in the place of what is computed at a line."""
        reading = self.readings.get(line)
        computed = not isinstance(self.plan.lines[line], PlannedItem)
        return computed and reading is not None and reading.points is not None and not reading.exempt

    def lies_in_exempt(self, line: int) -> bool:
        """Return whether somebody exempted a branch in which a line lies."""
        headings = self.plan.layout.headings
        above = headings[line].parent
        while above > 0:
            reading = self.readings.get(above)
            if reading is not None and reading.exempt:
                return True
            above = headings[above].parent
        return False

    def lacks(self, line: int, lack: Lack, *arguments: object) -> None:
        """Say why a line has no score of its own; `arguments` are those of the reason's text."""
        if lack is Lack.EXEMPT:
            self._become_exempt(line)
        else:
            self.note(line, lack.value, *arguments)

    def exempt_if_all_are(self, line: int, made_of: Iterable[int]) -> None:
        """Exempt a line if it is made of something, and all of that is exempt (X3)."""
        lines = list(made_of)
        if lines and all(self.exempt[each] for each in lines):
            self._become_exempt(line)

    def _said(self, percent: Exact | None) -> Said:
        if percent is None:
            return ROWS.phrase("nothing")
        return NUMBERS.phrase("percent", Shown(percent, self.plan.layout.shown.show(percent)))

    def note(self, line: int, code: str, *arguments: object) -> None:
        """Note a reason at a line."""
        self.notes.append((line, (code, *arguments)))

    def _exempt_branch(self, line: int, reading: Reading) -> None:
        """Exempt what is computed, a branch with everything in it (X6)."""
        self._exempt(line, reading)
        self.recorded[line] = reading.recorded
        for below in range(line + 1, self.plan.lines[line].end):
            if not self.exempt[below]:
                self.exempt[below] = True
                self.note(below, "exempt_within", self.plan.layout.headings[line].name)
                if self.points[below] is not None:
                    self.points[below] = self._parts[below] = None
                    self._note_circumstances(below, self.readings[below])

    def _exempt(self, line: int, reading: Reading) -> None:
        self.exempt[line] = True
        if reading.points is not None:
            self.note(line, "exempt_keeps_number", reading.points)

    def _become_exempt(self, line: int) -> None:
        """Exempt a line because all it is made of is exempt, unless somebody overrides it (X3, O1)."""
        reading = self.readings.get(line)
        if reading is None or reading.points is None:
            self.exempt[line] = True

    def _override(self, planned: PlannedLine, reading: Reading) -> None:
        """Put the recorded number in the place of the computed one, and keep both (O1)."""
        line, points = planned.line, reading.points
        self.recorded[line] = reading.recorded
        if points is None and not reading.without_score:
            self._note_circumstances(line, reading)
            return
        before, out_of, self._reached[line] = self.points[line], self.out_of[line], None
        percent = ratio(before * 100, out_of) if before is not None and out_of else None
        self.overrides.append((line, Override(percent, reading.by, reading.note)))
        computed = self._said(percent)
        if points is None:
            self.note(line, Lack.SYMBOL_ONLY.value, reading.symbol, computed)
            self._note_circumstances(line, reading)
            self.points[line] = None
            return
        self.note(line, "overridden", points, computed)
        self._note_circumstances(line, reading)
        if reading.out_of is not None:
            out_of = self.out_of[line] = reading.out_of
        self.points[line] = self._capped(planned, points, out_of) if planned.capped else points

    def _after_hurdles(self, points: Exact, out_of: Exact) -> Exact:
        """Return the final's points with the consequences of the hurdles that are missed (P4 to P6)."""
        for each in self.plan.hurdles:
            if self.exempt[each.line]:
                continue
            verdict = PassRule(each.pass_mark).judge(self._percent_so_far(each.line))
            if verdict is Verdict.UNDETERMINED:
                self.note(0, "hurdle_open", each.name)
            elif verdict is Verdict.NOT_MET:
                points = self._held_down(each, points, out_of)
        return points

    def _held_down(self, missed: PlannedHurdle, points: Exact, out_of: Exact) -> Exact:
        hurdle = missed.hurdle
        if hurdle.final_symbol:
            self.note(0, "hurdle_symbol", missed.name, missed.pass_mark, hurdle.final_symbol)
        if hurdle.final_at_most is None or not out_of:
            return points
        limit = ratio(simplest(hurdle.final_at_most) * out_of, 100)
        if points <= limit:
            return points
        self.note(0, "hurdle_cap", missed.name, missed.pass_mark, hurdle.final_at_most)
        return limit

    def _percent_so_far(self, line: int) -> Fraction | None:
        """Return a line's percent, that of a blank which counts as zero too."""
        points = 0 if line in self.blanks else self.points[line]
        return None if points is None or not self.out_of[line] else percent_of(points, self.out_of[line])

    def _note_circumstances(self, line: int, reading: Reading) -> None:
        self.notes += [(line, note) for note in circumstances(reading)]

    def _capped(self, planned: PlannedLine, points: Exact, out_of: Exact) -> Exact:
        return cap_line(planned, points, out_of, self.note, self._bonus_shares.get(planned.line, 0))
