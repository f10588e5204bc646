# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""One learner's figures while they are worked out, a list for each column of the report.

A line's figures are concluded here: 12 of 10 points on an item that cannot exceed its maximum are 10, and the report
says where the cap bit. Floor, rounding and cap come in this order, and an override takes the place of all (R5, O1).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from operator import itemgetter

from ..exact import Exact, percent_of, ratio, simplest, total
from ..gradebook.contributions import Combined
from ..marks import Reading, Recorded
from ..reasons import NUMBERS, Lack, Note, Said, Shown
from ..report.passing import PassRule
from ..report.results import Columns, Override, Treatment
from ..report.rows import ROWS
from ..rounding import Rounding, RoundingOf
from ..verdicts import Verdict
from .children import Children, Known
from .plan import Plan
from .planned import PlannedHurdle, PlannedItem, PlannedLine


class Figures:
    """What is worked out of one learner so far; `known` is the part that decisions about children read."""

    def __init__(self, plan: Plan, readings: Mapping[int, Reading]) -> None:
        count = len(plan.lines)
        self.plan = plan
        self.readings = readings
        self.points: list[Exact | None] = [None] * count
        self.out_of: list[Exact] = [line.max_points for line in plan.lines]
        self.exempt: list[bool] = [False] * count
        self.known = Known(self.points, self.out_of, self.exempt)
        self._blanks: list[int] = []
        self._bonus_shares: dict[int, Exact] = {}
        self._treatments: list[Treatment] = [Treatment.LEFT_OUT] * count
        self._shares: list[Exact] = [0] * count
        self._wholes: list[Exact | None] = [None] * count
        self._recorded: list[Recorded] = [None] * count
        self._overrides: list[tuple[int, Override]] = []
        self._notes: list[tuple[int, Note]] = []
        for line in sorted(line for line, reading in readings.items() if reading.exempt):
            self._exempt(line, readings[line])

    def columns(self) -> Columns:
        """Return what was worked out; what counted as zero is a zero only now, for formulas read it as ungraded."""
        for line in self._blanks:
            self.points[line] = 0
        if self.points[0] is not None:
            self._treatments[0] = Treatment.COUNTED
        elif self.exempt[0]:
            self._treatments[0] = Treatment.EXEMPT
        by_line = itemgetter(0)
        return Columns(
            tuple(self.points),
            tuple(self.out_of),
            tuple(self._treatments),
            tuple(self._shares),
            tuple(self._wholes),
            tuple(self._recorded),
            tuple(sorted(self._overrides, key=by_line)),
            tuple(sorted(self._notes, key=by_line)),
        )

    def enter(self, item: PlannedItem, reading: Reading) -> None:
        """Enter an item's mark, with its floor, its rounding and its cap (R5)."""
        line = item.line
        out_of = item.max_points
        if reading.out_of is not None:
            out_of = self.out_of[line] = reading.out_of
        self._recorded[line] = reading.recorded
        if reading.by is not None or reading.note or reading.changes:
            self._note_circumstances(line, reading)
        points = reading.points
        if points is None or self.exempt[line]:
            return
        if item.min_points is not None and points < item.min_points:
            self.note(line, "floored", points, item.min_points)
            points = item.min_points
        if item.rounding is not None:
            points = self._rounded(line, item.rounding, points, out_of)
        fits = not item.capped or (item.cap is None and not _exceeds(points, out_of))
        self.points[line] = points if fits else self._capped(item, points, out_of)

    def treat(self, children: Children) -> None:
        """Enter what becomes of the children of a branch."""
        for line, treatment in children.treatments.items():
            self._treatments[line] = treatment
        self._blanks += children.blanks
        self._notes += children.notes

    def share(self, branch: PlannedLine, children: Children, combined: Combined) -> None:
        """Enter each child's share of what its branch made of them."""
        self._wholes[branch.line] = combined.whole
        if branch.cap is not None and combined.whole:
            self._bonus_shares[branch.line] = ratio(total(combined.bonus_weights), combined.whole)
        for part, weight in zip(children.counted, combined.weights, strict=False):
            self._shares[part.line] = weight
        for bonus, weight in zip(children.bonuses, combined.bonus_weights, strict=False):
            self._shares[bonus.line] = weight
            if bonus.points < 0:
                self.note(bonus.line, "bonus_never_costs", bonus.points)

    def conclude(self, planned: PlannedLine, points: Exact | None, out_of: Exact) -> None:
        """Settle what was computed: rounding, cap, and an override in its place."""
        line = planned.line
        self.out_of[line] = out_of
        if points is not None and not self.exempt[line]:
            if planned.rounding is not None:
                points = self._rounded(line, planned.rounding, points, out_of)
            points = self._capped(planned, points, out_of) if planned.capped else points
            self.points[line] = points if line else self._after_hurdles(points, out_of)
        reading = self.readings.get(line)
        if reading is not None and not self.exempt[line]:
            self._override(planned, reading)

    def settled(self, planned: PlannedLine, points: Exact, out_of: Exact) -> Exact:
        """Return what points come to after the rounding and the cap of a line, without a word."""
        if planned.rounding is not None:
            points = planned.rounding.apply_to(points, out_of)
        limit = self._limit(planned, out_of) if planned.capped else None
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

    def set_symbol(self, line: int, symbol: str) -> None:
        """Enter a symbol that somebody set; it stands on exempt work as well (S7)."""
        self.note(line, "symbol_set", symbol)

    def _said(self, percent: Exact | None) -> Said:
        if percent is None:
            return ROWS.phrase("nothing")
        return NUMBERS.phrase("percent", Shown(percent, self.plan.layout.shown.show(percent)))

    def note(self, line: int, code: str, *arguments: object) -> None:
        """Note a reason at a line."""
        self._notes.append((line, (code, *arguments)))

    def _exempt(self, line: int, reading: Reading) -> None:
        """Exempt an item, or a branch with everything in it (X6)."""
        self.exempt[line] = True
        if reading.points is not None:
            self.note(line, "exempt_keeps_number", reading.points)
        planned = self.plan.lines[line]
        if not isinstance(planned, PlannedItem):
            self._recorded[line] = reading.recorded
            for below in range(line + 1, planned.end):
                if not self.exempt[below]:
                    self.exempt[below] = True
                    self.note(below, "exempt_within", self.plan.layout.headings[line].name)

    def _become_exempt(self, line: int) -> None:
        """Exempt a line because all it is made of is exempt, unless somebody overrides it (X3, O1)."""
        reading = self.readings.get(line)
        if reading is None or reading.points is None:
            self.exempt[line] = True
            self._treatments[line] = Treatment.EXEMPT

    def _override(self, planned: PlannedLine, reading: Reading) -> None:
        """Put the recorded number in the place of the computed one, and keep both (O1)."""
        line, points = planned.line, reading.points
        self._recorded[line] = reading.recorded
        if points is None and not reading.without_score:
            self._note_circumstances(line, reading)
            return
        before, out_of = self.points[line], self.out_of[line]
        percent = ratio(before * 100, out_of) if before is not None and out_of else None
        self._overrides.append((line, Override(percent, reading.by, reading.note)))
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
        points = 0 if line in self._blanks else self.points[line]
        return None if points is None or not self.out_of[line] else percent_of(points, self.out_of[line])

    def _note_circumstances(self, line: int, reading: Reading) -> None:
        if reading.by is not None:
            self.note(line, "set_by", reading.by)
        if reading.note:
            self.note(line, "noted", reading.note)
        for kind, *figures in reading.changes:
            self.note(line, kind.value, *figures)

    def _rounded(self, line: int, rounding: Rounding, points: Exact, out_of: Exact) -> Exact:
        rounded = rounding.apply_to(points, out_of)
        if rounded != points:
            if out_of and rounding.of is RoundingOf.PERCENT:
                self.note(line, "rounded", ratio(points * 100, out_of))
            else:
                self.note(line, "rounded_points", points)
        return rounded

    def _capped(self, planned: PlannedLine, points: Exact, out_of: Exact) -> Exact:
        """Return the points, as far as they count (G1, G14, G19)."""
        limit = self._limit(planned, out_of)
        if limit is None or not _exceeds(points, limit):
            return points
        self.note(planned.line, "capped" if planned.cap is None else "capped_at", points, limit)
        return limit

    def _limit(self, planned: PlannedLine, out_of: Exact) -> Exact | None:
        """Return the most points that count at a line that is capped, if there is a most."""
        if planned.cap is None:
            return out_of or None
        return planned.cap.limit(out_of, self._bonus_shares.get(planned.line, 0))


def _exceeds(points: Exact, limit: Exact) -> bool:
    """Return whether there are more points than a limit; a `Fraction` compares itself far more slowly."""
    return points.numerator * limit.denominator > limit.numerator * points.denominator
