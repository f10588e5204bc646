# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The page of a class: how it did, who has what, in the order that the reader chooses, and everybody's report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Final, NamedTuple

from attrs import evolve

from ..fields import require
from ..language import AS_WRITTEN, Language, require_language
from ..outline_html import escaped
from ..report.report import Report
from ..statistics import TENS, Bins
from .documents import PAGES, Masthead, graded_by, paragraphs, say, write_document
from .glances import Class, ClassMember, draw_overview, members_of, table_of
from .orders import ListColumn, ListedLearner, ShownAs, list_learners
from .styles import CLASS_STYLE, shown_order

_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
_NO_COLUMNS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType({})
_MAPS: Final = {
    "names": "a mapping of the ids of learners to names",
    "columns": "a mapping of headings to mappings of the ids of learners to texts",
    "links": "a mapping of the ids of learners to addresses",
}
"""What each mapping of the page of a class must be."""


class _Column(NamedTuple):
    """A column of the list of learners, and what a learner has in it."""

    column: ListColumn
    cell: Callable[[ClassMember], str]


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
    page, unless `links` say by id where it is. Raises `DefinitionError` for what cannot be used, such as bins with a
    gap or the code of a language.
    """
    require_language(language)
    for name, by_id in (("names", names), ("columns", columns), ("links", links or {})):
        require(Mapping, by_id, name, _MAPS[name])
    members = list(members_of(reports, names))
    first = next((each.outcome for each in members if isinstance(each.outcome, Report)), None)
    folds = folded and links is None
    hrefs = _own_places(members) if folds else links or {}
    listed, orders = _listed(members, columns, hrefs, language)
    sections = [
        paragraphs(notes, language),
        _section("overview", draw_overview(members, bins, language), language),
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


def _own_places(members: Iterable[ClassMember]) -> Mapping[str, str]:
    return {each.id: f"#report{each.place}" for each in members if isinstance(each.outcome, Report)}


def _section(code: str, content: str, language: Language) -> str:
    return f'<section aria-labelledby="{code}"><h2 id="{code}">{say(language, code)}</h2>{content}</section>'


def _listed(
    members: Sequence[ClassMember],
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


def _text_of(texts: Mapping[str, str], member: ClassMember) -> str:
    return texts.get(member.id, "")


def _report(member: ClassMember, language: Language) -> str:
    """Return a learner's report, folded; a link to what is in it opens it."""
    if not isinstance(member.outcome, Report):
        return ""
    outline = member.outcome.outline()
    return (
        f'<details class="learner"><summary><span><bdi>{escaped(member.called)}</bdi></span>'
        f"<span>{escaped(language.say(outline.value))}</span></summary>"
        f'<div id="report{member.place}">{table_of(outline, member.called, language)}</div></details>'
    )
