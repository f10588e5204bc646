# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The page of one report, and of anything else that explains itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Protocol, runtime_checkable

from ..fields import require
from ..language import AS_WRITTEN, Language, require_language
from ..outline import Explained, Outline
from ..outline_html import write_table
from ..report.report import Report, require_report
from .documents import PAGES, Masthead, graded_by, paragraphs, write_document


@runtime_checkable
class _Explains(Protocol):
    """What explains itself, which a host's own value may, too."""

    def outline(self) -> Outline:
        """Return the explanation."""
        ...


def report_page(  # noqa: PLR0913 - what a page states, by name
    report: Report,
    *,
    title: str = "",
    learner: str = "",
    date: dt.date | str = "",
    notes: Iterable[str] = (),
    language: Language = AS_WRITTEN,
) -> str:
    """Return the page of a report: the whole reason of a grade, and by which definition and rules it was graded.

    The title is the name of the course, unless stated. A date is shown in its international form, a text as it is, and
    `notes` are sentences above the table. Raises `DefinitionError` for what is no report or no language.
    """
    require_report(report, "report")
    require_language(language)
    top = Masthead(title or report.final.name, learner, date, language)
    caption = PAGES.reason("drawn", report.final.name, PAGES.reason("whole_reason"))
    return _page(report.outline(), top, language.say(caption), notes, graded_by(report, language))


def outline_page(  # noqa: PLR0913 - what a page states, by name
    explained: Outline | Explained,
    *,
    title: str = "",
    learner: str = "",
    date: dt.date | str = "",
    notes: Iterable[str] = (),
    language: Language | None = None,
) -> str:
    """Return the page of anything that explains itself: a gradebook, a decision, a scenario, a reconciliation.

    The title is the label of its outline and the language that which it is in, unless stated. Raises `DefinitionError`
    for what does not explain itself, and for what is no language.
    """
    if not isinstance(explained, Outline):
        require(_Explains, explained, "explained", "an Outline, or what has one, such as a Report")
        explained = explained.outline()
    own = explained.language if language is None else language
    require_language(own)
    label = own.say(explained.label)
    return _page(explained, Masthead(title or label, learner, date, own), label, notes)


def _page(outline: Outline, top: Masthead, caption: str, notes: Iterable[str], foot: str = "") -> str:
    told = outline.in_language(top.language)
    table = write_table(told, caption=caption, styled=False, titled=caption == top.title)
    return write_document(top, f"{paragraphs(notes, top.language)}{table}", foot=foot)
