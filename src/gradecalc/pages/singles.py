# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The page of one report, and of anything else that explains itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from ..language import AS_WRITTEN, Language
from ..outline import Explained, Outline
from ..outline_html import write_table
from ..report.report import Report
from .documents import PAGES, Masthead, graded_by, paragraphs, write_document


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
    `notes` are sentences above the table.
    """
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

    The title is the label of its outline and the language that which it is in, unless stated.
    """
    outline = explained if isinstance(explained, Outline) else explained.outline()
    own = outline.language if language is None else language
    label = own.say(outline.label)
    return _page(outline, Masthead(title or label, learner, date, own), label, notes)


def _page(outline: Outline, top: Masthead, caption: str, notes: Iterable[str], foot: str = "") -> str:
    told = outline.in_language(top.language)
    table = write_table(told, caption=caption, styled=False, titled=caption == top.title)
    return write_document(top, f"{paragraphs(notes, top.language)}{table}", foot=foot)
