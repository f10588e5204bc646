# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The page of a class: how it did, who has what, in the order that the reader chooses, and everybody's report."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Final, NamedTuple

from attrs import evolve, frozen

from ..exact import Exact
from ..language import AS_WRITTEN, Language
from ..outline import Outline
from ..outline_html import TOP_LEVEL, escaped, write_table
from ..report.bounds import tell_verdict
from ..report.passing import PassRule
from ..report.report import Report
from ..report.results import NO_GRADE_SHOWN, Result
from ..report.rows import figure_of
from ..statistics import TENS, Bins, ReportOrError, summarize
from .documents import PAGES, Masthead, graded_by, paragraphs, say, write_document
from .drawings import draw_bars
from .orders import ListColumn, ListedLearner, ShownAs, list_learners
from .styles import CLASS_STYLE, shown_order

Class = Mapping[str, ReportOrError] | Iterable[tuple[str, ReportOrError]]
"""Everybody's report, or why there is none, by learner id."""

_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
_NO_COLUMNS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType({})


@frozen
class _Member:
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


class _Column(NamedTuple):
    """A column of the list of learners, and what a learner has in it."""

    column: ListColumn
    cell: Callable[[_Member], str]


def class_page(  # noqa: PLR0913 - what the page of a class may show, by name
    reports: Class,
    *,
    title: str = "",
    date: dt.date | str = "",
    names: Mapping[str, str] = _NOTHING,
    columns: Mapping[str, Mapping[str, str]] = _NO_COLUMNS,
    notes: Iterable[str] = (),
    bins: Bins = TENS,
    links: Mapping[str, str] | None = None,
    folded: bool = True,
    language: Language = AS_WRITTEN,
) -> str:
    """Return the page of a class.

    `names` are what learners are called, by id, and `columns` are further columns of their list: by heading, texts by
    id. `notes` stand below the title, and the distribution is over `bins`. Everybody's report is `folded` into the
    page, unless `links` say by id where it is. Raises `DefinitionError` for bins that cannot be used.
    """
    members = list(_members(reports, names))
    first = next((each.outcome for each in members if isinstance(each.outcome, Report)), None)
    folds = folded and links is None
    hrefs = _own_places(members) if folds else links or {}
    listed, orders = _listed(members, columns, hrefs, language)
    sections = [
        paragraphs(notes, language),
        _section("overview", _overview(members, bins, language), language),
        _section("learners", listed, language),
        _section("reports", "".join(_report(each, language) for each in members), language) if folds else "",
    ]
    named = language.say(PAGES.reason("learners") if first is None else first.final.name)
    return write_document(
        Masthead(title or named, date=date, language=language),
        "\n".join(filter(None, sections)),
        more=[("learners", str(len(members)))],
        foot="" if first is None else graded_by(first, language),
        style=f"{CLASS_STYLE}{shown_order(orders)}\n",
    )


def _members(reports: Class, names: Mapping[str, str]) -> Iterator[_Member]:
    for place, (learner, outcome) in enumerate(reports.items() if isinstance(reports, Mapping) else reports):
        yield _Member(place, learner, names.get(learner, ""), outcome)


def _own_places(members: Iterable[_Member]) -> Mapping[str, str]:
    return {each.id: f"#report{each.place}" for each in members if isinstance(each.outcome, Report)}


def _section(code: str, content: str, language: Language) -> str:
    return f'<section aria-labelledby="{code}"><h2 id="{code}">{say(language, code)}</h2>{content}</section>'


def _overview(members: Sequence[_Member], bins: Bins, language: Language) -> str:
    """Return how many have which symbol, how the finals are distributed, and the figures of the class."""
    summary = summarize(((each.id, each.outcome) for each in members), "final", bins=bins)
    counted = {
        "symbols": [(language.say(symbol), count) for symbol, count in _symbols(members)],
        "distribution": [(language.say(each.name), each.count) for each in summary.distribution],
    }
    drawn = "".join(
        draw_bars(language.say(PAGES.reason(code)), counts, language) for code, counts in counted.items() if counts
    )
    table = _table(summary.outline(), PAGES.reason("statistics"), language)
    return f'<div class="overview"><div>{drawn}</div><div>{table}</div></div>'


def _table(outline: Outline, caption: str, language: Language) -> str:
    told = outline.in_language(language)
    return write_table(told, caption=language.say(caption), level=TOP_LEVEL + 1, styled=False)


def _symbols(members: Iterable[_Member]) -> list[tuple[str, int]]:
    """Return how many have each symbol: the scheme's from the best down, then others, then who has none (HP9)."""
    graded = [each for each in members if each.final]
    counts = Counter(each.symbol for each in graded)
    scheme = next((each.outcome.layout.scheme for each in graded if isinstance(each.outcome, Report)), None)
    usual = [band.symbol for band in reversed(scheme.bands)] if scheme else []
    others = sorted(symbol for symbol in counts if symbol and symbol not in usual)
    found = [(symbol, counts[symbol]) for symbol in (*usual, *others)]
    nobody = [(PAGES.reason("without_symbol"), counts[""])] if counts[""] else []
    return [*found, *nobody] if found else []


def _listed(
    members: Sequence[_Member],
    further: Mapping[str, Mapping[str, str]],
    hrefs: Mapping[str, str],
    language: Language,
) -> tuple[str, int]:
    """Return the list of learners, and in how many orders; a column in which nobody has anything is left out."""
    shown = [column for column in _columns(further) if any(map(column.cell, members))]
    rows = [
        ListedLearner(
            each.called,
            each.id if each.name else "",
            each.percent,
            hrefs.get(each.id, ""),
            tuple(language.say(column.cell(each)) for column in shown),
        )
        for each in members
    ]
    headed = [evolve(column.column, heading=language.say(column.column.heading)) for column in shown]
    return list_learners(rows, headed, language)


def _columns(further: Mapping[str, Mapping[str, str]]) -> Iterator[_Column]:
    yield _Column(ListColumn(PAGES.reason("id")), lambda each: each.id if each.name else "")
    yield _Column(ListColumn(PAGES.reason("final"), ShownAs.FIGURE), lambda each: each.figure)
    yield _Column(ListColumn(PAGES.reason("symbol"), ShownAs.SYMBOL), lambda each: each.symbol)
    yield _Column(ListColumn(PAGES.reason("passed")), lambda each: each.passed)
    for heading, texts in further.items():
        yield _Column(ListColumn(heading), partial(_text_of, texts))
    yield _Column(ListColumn(PAGES.reason("remark")), lambda each: each.remark)


def _text_of(texts: Mapping[str, str], member: _Member) -> str:
    return texts.get(member.id, "")


def _report(member: _Member, language: Language) -> str:
    """Return a learner's report, folded; a link to what is in it opens it."""
    if not isinstance(member.outcome, Report):
        return ""
    outline = member.outcome.outline()
    return (
        f'<details class="learner"><summary><span><bdi>{escaped(member.called)}</bdi></span>'
        f"<span>{escaped(language.say(outline.value))}</span></summary>"
        f'<div id="report{member.place}">{_table(outline, member.called, language)}</div></details>'
    )
