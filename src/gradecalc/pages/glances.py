# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A class at a glance: who is in it with what, how many have which symbol, and how the finals are distributed.

>>> from gradecalc import Gradebook, GradeItem, grade
>>> report = grade(Gradebook([GradeItem("Exam", max_points=60)]), {"Exam": 45})
>>> [(each.called, each.figure) for each in members_of({"s1": report}, {"s1": "Ada"})]
[('Ada', '75.00 %')]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from ..errors import MarksError
from ..exact import Exact
from ..fields import require, wrong_type
from ..language import AS_WRITTEN, Language
from ..outline import Outline
from ..outline_html import TOP_LEVEL, write_table
from ..report.bounds import tell_verdict
from ..report.passing import PassRule
from ..report.report import Report
from ..report.results import NO_GRADE_SHOWN, Result
from ..report.rows import figure_of
from ..statistics import TENS, Bins, ReportOrError, summarize
from ..values import frozen
from .documents import PAGES
from .drawings import draw_bars

Class = Mapping[str, ReportOrError] | Iterable[tuple[str, ReportOrError]]
"""Everybody's report, or why there is none, by learner id."""

_PAIRS: Final = "a mapping of the ids of learners to reports, or pairs of them"


@frozen
class ClassMember:
    """A learner of the class: the place in it, the id, the name, and what came out."""

    place: int
    id: str
    name: str
    outcome: ReportOrError

    @property
    def final(self) -> Result | None:
        """The final grade, if there is one."""
        return self.outcome.final if isinstance(self.outcome, Report) else None

    @property
    def called(self) -> str:
        """The name, or else the id."""
        return self.name or self.id

    @property
    def percent(self) -> Exact | None:
        """The percent of the final, if there is one."""
        return self.final.percent if self.final else None

    @property
    def remark(self) -> str:
        """Why the learner cannot be graded, or nothing."""
        if isinstance(self.outcome, Report):
            return ""
        return PAGES.reason("cannot_be_graded", "; ".join(str(each) for each in self.outcome.problems))

    @property
    def symbol(self) -> str:
        """The symbol of the final, or nothing."""
        return (self.final.symbol or "") if self.final else ""

    @property
    def passed(self) -> str:
        """Whether the course is passed, in words, or nothing where no pass mark is stated."""
        verdict = self.final.passed if self.final else None
        return "" if verdict is None else next(tell_verdict(verdict, PassRule(), None, ()))

    @property
    def figure(self) -> str:
        """The final as it is shown."""
        if self.final is None:
            return NO_GRADE_SHOWN
        return figure_of(self.final)


def members_of(reports: Class, names: Mapping[str, str]) -> Iterator[ClassMember]:
    """Yield everybody of a class, in its order, with the name that is known; raises `DefinitionError` for no class."""
    require(Iterable, reports, "reports", _PAIRS)
    for place, member in enumerate(reports.items() if isinstance(reports, Mapping) else reports):
        match member:
            case (learner, (Report() | MarksError()) as outcome):
                yield ClassMember(place, learner, names.get(learner, ""), outcome)
            case _:
                raise wrong_type(member, f"reports[{place}]", "(learner, report)")


def draw_overview(
    members: Sequence[ClassMember], bins: Bins = TENS, language: Language = AS_WRITTEN, *, level: int = TOP_LEVEL + 1
) -> str:
    """Return how many have which symbol, how the finals are distributed, and the figures of the class.

    `level` is that of the first heading.
    """
    summary = summarize(((each.id, each.outcome) for each in members), "final", bins=bins)
    counted = {
        "symbols": [(language.say(symbol), count) for symbol, count in _symbols(members)],
        "distribution": [(language.say(each.name), each.count) for each in summary.distribution],
    }
    drawn = "".join(
        draw_bars(language.say(PAGES.reason(code)), counts, language) for code, counts in counted.items() if counts
    )
    table = table_of(summary.outline(), PAGES.reason("statistics"), language, level)
    return f'<div class="overview"><div>{drawn}</div><div>{table}</div></div>'


def table_of(outline: Outline, caption: str, language: Language, level: int = TOP_LEVEL + 1) -> str:
    """Return an outline as a table of a page that has the style already."""
    told = outline.in_language(language)
    return write_table(told, caption=language.say(caption), level=level, styled=False)


def _symbols(members: Iterable[ClassMember]) -> list[tuple[str, int]]:
    """Return how many have each symbol: the scheme's from the best down, then others, then who has none (HP9)."""
    graded = [each for each in members if each.final]
    counts = Counter(each.symbol for each in graded)
    scheme = next((each.outcome.layout.scheme for each in graded if isinstance(each.outcome, Report)), None)
    usual = [band.symbol for band in reversed(scheme.bands)] if scheme else []
    others = sorted(symbol for symbol in counts if symbol and symbol not in usual)
    found = [(symbol, counts[symbol]) for symbol in (*usual, *others)]
    nobody = [(PAGES.reason("without_symbol"), counts[""])] if counts[""] else []
    return [*found, *nobody] if found else []
