# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a notebook shows of a class, and of an explanation with its picture beside it; needs matplotlib.

>>> from gradecalc import Gradebook, GradeItem, grade_many
>>> book = Gradebook([GradeItem("Exam", max_points=60)])
>>> print(ClassView(grade_many(book, {"s1": {"Exam": 45}, "s2": {"Exam": "ten"}}), names={"s1": "Ada"}))
Learners        2
  Ada     75.00 %  s1
  s2            –  cannot be graded: Exam: 'ten' is not a number

All else explains itself: a report, a gradebook, a decision and every scenario at the end of a cell is a table.
"""

from __future__ import annotations

import io
from base64 import b64encode
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from attrs import field
from matplotlib.axes import Axes

from ..language import AS_WRITTEN, Language
from ..outline import Explained, Outline
from ..outline_html import TOP_LEVEL, escaped, write_table
from ..pages.documents import PAGES
from ..pages.glances import Class, ClassMember, draw_overview, members_of
from ..pages.styles import CLASS_STYLE
from ..report.rows import with_symbol
from ..statistics import TENS, Bins
from ..values import frozen

_NO_NAMES: Final[Mapping[str, str]] = MappingProxyType({})

_STYLE: Final = (
    ".gradecalc-class{--ink:currentColor;--line:rgb(128 128 128/.45);--bar:#5b8db8;>table{margin-top:1em}"
    f"{CLASS_STYLE}}}"
)
"""The style of a class's page, within the view alone, in the colours of what surrounds it (HP6)."""

_BESIDE: Final = "display:flex;flex-wrap:wrap;gap:1em 2em;align-items:flex-start"


def _as_results(reports: Class) -> Class:
    return tuple(reports.items() if isinstance(reports, Mapping) else reports)


@frozen(eq=False)
class ClassView(Explained):
    """A class at a glance: symbols, distribution, figures, and everybody's final, in the order given.

    `reports` is what `grade_many` gives, or a mapping; `names` are what learners are called, by id, and the
    distribution is over `bins`.
    """

    reports: Class = field(converter=_as_results)
    names: Mapping[str, str] = field(default=_NO_NAMES, kw_only=True)
    bins: Bins = field(default=TENS, kw_only=True)
    language: Language = field(default=AS_WRITTEN, kw_only=True)

    def outline(self) -> Outline:
        """Return a row for each learner: the final, and why there is none."""
        rows = [_row(each) for each in members_of(self.reports, self.names)]
        return Outline(PAGES.phrase("learners"), str(len(rows)), (), rows)

    def _repr_html_(self) -> str:
        members = list(members_of(self.reports, self.names))
        overview = draw_overview(members, self.bins, self.language, level=TOP_LEVEL)
        table = write_table(self.in_language(self.language))
        return f'<div class="gradecalc-class"><style>{_STYLE}</style>{overview}{table}</div>'


def _row(member: ClassMember) -> Outline:
    notes = (member.id if member.name else "", member.passed, member.remark)
    return Outline(member.called, with_symbol(member.figure, member.symbol), filter(None, notes))


@frozen(eq=False)
class Pictured(Explained):
    """What explains itself, such as an answer of `gradecalc.scenarios`, with a picture of `extras.plots` beside it."""

    explained: Explained
    axes: Axes

    def outline(self) -> Outline:
        """Return the explanation."""
        return self.explained.outline()

    def _repr_html_(self) -> str:
        return (
            f'<div style="{_BESIDE}"><div style="flex:3 1 22em;min-width:0">{self.outline().html()}</div>'
            f'<img style="flex:2 1 18em;min-width:0;max-width:40em" alt="{escaped(_title(self.axes))}" '
            f'src="data:image/svg+xml;base64,{_svg(self.axes)}"></div>'
        )


def _title(axes: Axes) -> str:
    """Return what a picture is of: its title, or else what is drawn over what."""
    return axes.get_title() or f"{axes.get_ylabel()}; {axes.get_xlabel()}"


def _svg(axes: Axes) -> str:
    """Return the whole figure, as an image of its own, since the styles and ids of one would reach the others."""
    drawn = io.BytesIO()
    axes.figure.figure.savefig(drawn, format="svg", metadata={"Date": None})
    return b64encode(drawn.getvalue()).decode("ascii")
