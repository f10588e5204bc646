# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A whole document: what every page has around its own content."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from ..language import AS_WRITTEN, Language
from ..outline_html import STYLE, escaped
from ..reasons import ReasonTexts
from ..report.report import Report
from ..values import frozen
from .styles import PAGE_STYLE

PAGES: Final = ReasonTexts(
    "pages",
    {
        "as_listed": "as listed",
        "by_id": "by id",
        "by_name": "by name",
        "cannot_be_graded": "cannot be graded: {0}",
        "date": "Date",
        "distribution": "Finals in percent",
        "drawn": "{0}: {1}",
        "final": "Final",
        "graded_by": "Graded by the definition {0}, by rules of version {1}.",
        "highest_first": "highest final first",
        "id": "Id",
        "learner": "Learner",
        "learners": "Learners",
        "learners_by": "Learners, {0}",
        "lowest_first": "lowest final first",
        "order": "Order",
        "overview": "Overview",
        "passed": "Passed",
        "remark": "Remark",
        "reports": "Reports",
        "statistics": "Statistics",
        "symbol": "Symbol",
        "symbols": "Symbols",
        "whole_reason": "each part of it, what it came to, and why",
        "without_symbol": "none",
    },
)
"""What pages say around what they show."""

_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"
"""What a browser may do for a page: apply its style, and nothing else."""


@frozen
class Masthead:
    """What stands at the top of a page: its title, whom it is about, and the date, as far as they are stated."""

    title: str
    learner: str = ""
    date: dt.date | str = ""
    language: Language = AS_WRITTEN

    @property
    def window(self) -> str:
        """The title of the window, by which pages of several learners are told apart."""
        return f"{self.title} – {self.learner}" if self.learner else self.title

    def html(self, *more: tuple[str, str]) -> str:
        """Return it as HTML, with more facts: the code of a term, and what it is, as HTML."""
        facts = (("learner", _as_name(self.learner)), ("date", _as_time(self.date)), *more)
        listed = "".join(
            f"<div><dt>{say(self.language, code)}</dt><dd>{said}</dd></div>" for code, said in facts if said
        )
        return f"<h1>{escaped(self.title)}</h1>\n{f'<dl>{listed}</dl>' if listed else ''}"


def say(language: Language, code: str, *arguments: object) -> str:
    """Return what pages say, in a language, as HTML."""
    return escaped(language.say(PAGES.reason(code, *arguments)))


def paragraphs(notes: Iterable[str], language: Language) -> str:
    """Return sentences as HTML, each in a paragraph."""
    return "".join(f"<p>{escaped(language.say(note))}</p>" for note in notes)


def graded_by(report: Report, language: Language) -> str:
    """Return by which definition and rules a report was graded, as HTML."""
    return f"<p>{say(language, 'graded_by', report.digest, str(report.rules))}</p>"


def write_document(
    top: Masthead, content: str, *, more: Iterable[tuple[str, str]] = (), foot: str = "", style: str = ""
) -> str:
    """Return a whole page: its masthead, with more of what it is about, its content and its foot, these as HTML."""
    return (
        f'<!doctype html>\n<html lang="{escaped(top.language.code)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escaped(top.window)}</title>\n<style>\n{PAGE_STYLE}{STYLE}{style}</style>\n</head>\n<body>\n"
        f"<header>\n{top.html(*more)}\n</header>\n<main>\n{content}\n</main>\n"
        f"{f'<footer>{foot}</footer>' if foot else ''}\n</body>\n</html>\n"
    )


def _as_name(learner: str) -> str:
    return f"<bdi>{escaped(learner)}</bdi>" if learner else ""


def _as_time(when: dt.date | str) -> str:
    if isinstance(when, dt.date):
        return f"<time>{when.isoformat()[:10]}</time>"
    return escaped(when)
