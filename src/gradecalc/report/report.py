# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What came out, for each branch and item, and why.

A report is compact inside: a column for each figure, filled by the evaluator, and a layout that all reports of a plan
share. A `Result` is built when somebody looks, and says nothing that the evaluator did not do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from attrs import field, fields

from ..errors import nearest
from ..exact import describe
from ..fields import require
from ..marks import NoScore, UngradedPolicy
from ..outline import Explained, Outline
from ..reasons import Said
from ..values import frozen
from .later import NOT_FOUND, Later, entering, new
from .layouts import Layout
from .lines import ReportLines
from .origins import Origin, Remembered
from .parts import write_part
from .reading import find_change, read_stored
from .results import Columns, Finder, Result, notes_of
from .rows import Rows
from .storage import Facts, write_report
from .sums import Addition, additions


class _Of(Later):
    """What may be found part by part, and by whom."""

    __slots__ = ("_finder",)

    _finder: Finder


@frozen(repr=False)
class Report(_Of, Explained):
    """One learner's results, by id; `report.final` is the final grade.

    `digest` and `rules` say by which definition and which version of this library's rules the figures were reached.
    """

    layout: Layout
    columns: Columns
    origin: Origin | None = field(default=None, eq=False, repr=False)
    """What it was graded from; a report that was stored has its digest alone (C14, WI18, Z10)."""

    @classmethod
    def of(cls, finder: Finder) -> Report:
        """Return the report of what knows it, or finds it when somebody asks."""
        made = new(cls)
        _enter_finder(made, finder)
        return made

    @property
    def final(self) -> Result:
        """The final grade."""
        return self._finder.result(0)

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
        finder = self._finder
        try:
            line = finder.layout.index[id]
        except KeyError:
            line = self._line(id)
        return finder.result(line)

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
        return self._finder.without_score(self._line(id))

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
        rows, lines = self._rows(), range(len(self))
        return write_report(facts, [*map(rows.result, lines)], [tuple(rows.remarks(line)) for line in lines])

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

    def _find(self, name: str) -> Any:
        if name == "_finder":
            return ReportLines(self.layout, self.columns, self.origin)
        if name not in _FIELDS:
            return NOT_FOUND
        return getattr(object.__getattribute__(self, "_finder"), name)  # none is made here, for want of these fields

    def __repr__(self) -> str:
        return f"<Report {self.final.shown} of {len(self)} lines>"

    def _rows(self) -> Rows:
        keeps_formulas = self.origin is not None and self.origin.keeps_formulas
        return Rows(self.layout, self.columns, self._finder.complete, keeps_formulas=keeps_formulas)

    def _line(self, id_: str) -> int:
        line = self.layout.index.get(id_)
        if line is None:
            raise KeyError(f"no item or category {describe(id_)} in this report{nearest(id_, self.layout.index)}")
        return line


def require_report(value: object, name: str) -> None:
    """Refuse what is no report; raises `DefinitionError`."""
    require(Report, value, name, "a Report, such as grade(gradebook, marks)")


_FIELDS: Final = frozenset(each.name for each in fields(Report))
_enter_finder: Final = entering(_Of, "_finder")
