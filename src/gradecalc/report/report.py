# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What came out, for each branch and item, and why.

A report is compact inside: a column for each figure, filled by the evaluator, and a layout that all reports of a plan
share. A `Result` is built when somebody looks, and says nothing that the evaluator did not do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from attrs import field, frozen

from ..errors import nearest
from ..exact import describe, percent_of
from ..marks import EXEMPT, UNGRADED, NoScore, Recorded, UngradedPolicy
from ..outline import Explained, Outline
from ..reasons import Lack, Note, Said, reason
from ..verdicts import Verdict
from .later import NOT_ALONE, Later, set_field
from .layouts import How, Layout
from .origins import Origin, Remembered
from .parts import write_part
from .passing import judge_final
from .reading import find_change, read_stored
from .recorded import recorded_lines
from .results import (
    EXEMPT_SHOWN,
    NO_GRADE_SHOWN,
    Ahead,
    Columns,
    Replacement,
    Result,
    Treatment,
    notes_of,
    override_of,
)
from .rows import Rows
from .storage import Facts, write_report
from .sums import ADDING, Addition, additions

_COMPUTED_REASONS: Final = {Treatment.EXEMPT: "exempt_branch", Treatment.COUNTED_AS_ZERO: "without_score_as_zero"}
_ITEM_REASONS: Final = {
    Treatment.EXEMPT: "exempt",
    Treatment.COUNTED_AS_ZERO: "ungraded_as_zero",
    Treatment.LEFT_OUT: "left_out",
}
_TELLING: Final = frozenset({"best_of_unnamed", "exempt_keeps_number", "exempt_within", "out_of_zero_leaves"})
"""The notes that say why a line has its treatment, so that the usual reason is not given beside them."""

_LACKS: Final = {lack.value: lack for lack in Lack}
_NOTHING: Final = Fraction(0)
_REPLACED: Final = frozenset({"replaced", "replaced_exempt", "replaced_nothing"})


class _FiguresFirst(Later):
    """What may know only some figures, and who finds the rest."""

    __slots__ = ("_ahead",)

    _ahead: Ahead


@frozen(repr=False)
class Report(_FiguresFirst, Explained):
    """One learner's results, by id; `report.final` is the final grade.

    `digest` and `rules` say by which definition and which version of this library's rules the figures were reached.
    """

    layout: Layout
    columns: Columns
    origin: Origin | None = field(default=None, eq=False, repr=False)
    """What it was graded from; a report that was stored has its digest alone (C14, WI18, Z10)."""

    @classmethod
    def ahead(cls, known: Ahead) -> Report:
        """Return a report of which some figures are known, and who finds the rest."""
        made = cls.__new__(cls)
        set_field(made, "_ahead", known)
        return made

    @property
    def final(self) -> Result:
        """The final grade."""
        ahead = getattr(self, "_ahead", None)
        return self._result(0) if ahead is None else Result.ahead(ahead, 0, ahead.final())

    @property
    def digest(self) -> str:
        """The digest of the definition that this report was graded by."""
        return self.layout.digest

    @property
    def rules(self) -> str:
        """The version of the rules that this report was graded by."""
        return self.layout.rules

    @property
    def marks_digest(self) -> str | None:
        """The digest of the marks that it was graded from; None where it was stored without one (Z10)."""
        return None if self.origin is None else self.origin.digest_marks(self.columns.recorded)

    @property
    def ungraded(self) -> UngradedPolicy | None:
        """The policy that it was graded with in the place of every branch's, if it was."""
        return None if self.origin is None else self.origin.ungraded

    def __getitem__(self, id: str) -> Result:  # noqa: A002 - the word of the domain
        line = self._line(id)
        ahead: Ahead | None = getattr(self, "_ahead", None)
        percent = None if ahead is None else ahead.percent(line)
        return self._result(line) if ahead is None or percent is None else Result.ahead(ahead, line, percent)

    def __contains__(self, id: object) -> bool:  # noqa: A002
        return id in self.layout.index

    def __iter__(self) -> Iterator[str]:
        return iter(self.layout.index)

    def __len__(self) -> int:
        return len(self.layout.headings)

    def without_score(self, id: str) -> NoScore | None:  # noqa: A002 - the word of the domain
        """Return `EXEMPT` or `UNGRADED` where a line has no recorded score, and None where it has one (U10).

        A zero that was made of blanks alone is none. Raises `KeyError` for an id that the report does not have.
        """
        line = self._line(id)
        notes = [notes_of(self.columns, each) for each in range(len(self))]
        lacks = [self._lack(each, own) for each, own in enumerate(notes)]
        if lacks[line] is Lack.EXEMPT:
            return EXEMPT
        recorded = recorded_lines(
            self.layout,
            self.columns,
            has_score=lambda each: lacks[each] is None,
            replaced=lambda each: _replaced(notes[each]) is not None,
        )
        return None if line in recorded else UNGRADED

    def additions(self, id: str) -> tuple[Addition, ...]:  # noqa: A002 - the word of the domain
        """Return the amounts whose sum is a branch's figure, as exact and as shown: its children's, then later steps'.

        There are none for an item, nor where a formula gives the result. Raises `KeyError` for an id that the report
        does not have. Rules Z6 to Z8.
        """
        line = self._line(id)
        return tuple(each for _, each in additions(self.layout, self.columns, line, notes_of(self.columns, line)))

    def outline(self) -> Outline:
        """Return the whole reason as an outline: each branch's percent is the sum of what its rows add."""
        formulas = {} if self.origin is None or not self.layout.has_formulas else self.origin.explain_formulas()
        return self._rows().outline(formulas)

    def remarks(self, id: str) -> tuple[Said, ...]:  # noqa: A002 - the word of the domain
        """Return all that the outline says of a line beside its figure, each with its code and arguments (LA1).

        Raises `KeyError` for an id that the report does not have.
        """
        return tuple(self._rows().remarks(self._line(id)))

    def to_dict(self, *, layout: bool = True) -> dict[str, Any]:
        """Return the report as plain data with a `"format"` key, every number exact, for `from_dict` (Z9).

        Without the `layout` it is small: this learner's part alone, to be read with the layout that is stored once.
        """
        facts = Facts(self.layout, self.columns, Remembered(self.marks_digest, self.ungraded))
        if not layout:
            return write_part(facts)
        rows = self._rows()
        return write_report(facts, rows.results, [tuple(rows.remarks(line)) for line in range(len(self))])

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], *, layout: Layout | Mapping[str, Any] | None = None) -> Report:
        """Return the report that `to_dict` wrote, this version's or an older one's; `layout` is that of a small one.

        Raises `DefinitionError` for anything else, and for what is not as it was written, with the path to it (Z5).
        """
        found = read_stored(data, layout)
        facts = found.facts
        report = cls(*facts)
        if found.is_as_written:
            return report
        raise find_change(data, report.to_dict(layout=layout is None), facts)

    def _found(self) -> Report:
        found: Report = self._ahead.report()
        return found

    def _found_alone(self, name: str) -> Any:
        return self._ahead.layout if name == "layout" else NOT_ALONE

    def __repr__(self) -> str:
        return f"<Report {self.final.shown} of {len(self)} lines>"

    def _rows(self) -> Rows:
        results = [self._result(line) for line in range(len(self))]
        return Rows(
            self.layout, self.columns, results, keeps_formulas=self.origin is not None and self.origin.keeps_formulas
        )

    def _line(self, id_: str) -> int:
        line = self.layout.index.get(id_)
        if line is None:
            raise KeyError(f"no item or category {describe(id_)} in this report{nearest(id_, self.layout.index)}")
        return line

    def _percent(self, line: int) -> Fraction | None:
        points, out_of = self.columns.points[line], self.columns.out_of[line]
        return None if points is None or not out_of else percent_of(points, out_of)

    def _result(self, line: int) -> Result:
        heading, points, percent = self.layout.headings[line], self.columns.points[line], self._percent(line)
        override, own = override_of(self.columns, line), notes_of(self.columns, line)
        before = percent if override is None else override.computed
        return Result(
            id=heading.id,
            name=heading.name,
            points=None if points is None else Fraction(points),
            out_of=Fraction(self.columns.out_of[line]),
            percent=percent,
            recorded=_as_recorded(self.columns.recorded[line]),
            computed=None if before is None else Fraction(before),
            symbol=self._symbol(line, percent, own),
            passed=self._passed(line, percent),
            lack=self._lack(line, own),
            treatment=self.columns.treatments[line],
            weight=self._weight(line),
            dropped=self._dropped(line),
            shown=self._shown(line, percent),
            override=override,
            replaced=_replaced(own),
            reasons=tuple(reason(note, self.layout.shown) for note in self._notes(line, own)),
        )

    def _symbol(self, line: int, percent: Fraction | None, own: Sequence[Note]) -> str | None:
        """Return the symbol that somebody set, or that a missed hurdle does, or else the scheme's (S5, S7, P5)."""
        found = next((str(note[1]) for note in own if note[0] == "symbol_set"), None)
        if found is None and not any(note[0] == "overridden" for note in own):
            found = next((str(note[3]) for note in own if note[0] == "hurdle_symbol"), None)
        scheme = self.layout.headings[line].scheme or self.layout.scheme
        return scheme.symbol(percent) if found is None and scheme and percent is not None else found

    def _shown(self, line: int, percent: Fraction | None) -> str:
        if self.columns.treatments[line] is Treatment.EXEMPT:
            return EXEMPT_SHOWN
        if percent is not None:
            return self.layout.shown.show(percent)
        points, recorded = self.columns.points[line], self.columns.recorded[line]
        if isinstance(recorded, str):
            return recorded
        return NO_GRADE_SHOWN if points is None else self.layout.shown.show(points)

    def _passed(self, line: int, percent: Fraction | None) -> Verdict | None:
        if line:
            return self.layout.headings[line].passing.judge(percent)
        rules = [heading.passing for heading in self.layout.headings]
        treatments = self.columns.treatments
        required = [below for below in range(1, len(rules)) if rules[below].must_pass]
        applying = [below for below in required if treatments[below] is not Treatment.EXEMPT]
        return judge_final(rules[0], percent, [(rules[below], self._percent(below)) for below in applying])

    def _lack(self, line: int, own: Sequence[Note]) -> Lack | None:
        """Return why the line has no score of its own; what is recorded is one, an override too."""
        if self.columns.treatments[line] is Treatment.EXEMPT:
            return Lack.EXEMPT
        if any(code == "replaced_exempt" for code, *_ in own):
            return Lack.EXEMPT
        if self.columns.recorded[line] is not None:
            return None
        if self.layout.headings[line].how is How.MARKED:
            return Lack.UNGRADED
        return next((_LACKS[str(code)] for code, *_ in own if code in _LACKS), None)

    def _dropped(self, line: int) -> tuple[str, ...]:
        return tuple(
            self.layout.headings[below].id
            for below in self.layout.below[line]
            if self.columns.treatments[below] is Treatment.DROPPED
        )

    def _weight(self, line: int) -> Fraction | None:
        """Return the share of the final that a line has: the product of its own and of those above it (W9)."""
        over, under, columns = 1, 1, self.columns
        while columns.treatments[line] in ADDING:
            if line == 0:
                return Fraction(over, under) if under else None
            share, line = columns.shares[line], self.layout.headings[line].parent
            if override_of(columns, line):
                break
            whole = columns.wholes[line] or 0
            over, under = over * share.numerator * whole.denominator, under * share.denominator * whole.numerator
        return _NOTHING

    def _notes(self, line: int, own: Sequence[Note]) -> Iterator[Note]:
        heading, treatment = self.layout.headings[line], self.columns.treatments[line]
        usual = (_ITEM_REASONS if heading.how is How.MARKED else _COMPUTED_REASONS).get(treatment)
        if _TELLING.isdisjoint(code for code, *_ in own):
            if usual:
                yield (usual,)
            elif treatment is Treatment.NOT_COUNTED and line:
                yield "not_counted", self.layout.headings[heading.parent].name
        yield from own


def _as_recorded(recorded: Recorded) -> Fraction | str | bool | None:
    return Fraction(recorded) if isinstance(recorded, int) and not isinstance(recorded, bool) else recorded


def _replaced(own: Sequence[Note]) -> Replacement | None:
    for code, *arguments in own:
        percents = [Fraction(each) for each in arguments if isinstance(each, (int, Fraction))]
        if code in _REPLACED and percents:
            return Replacement(str(arguments[0]), percents[0], percents[1] if len(percents) > 1 else None)
    return None
