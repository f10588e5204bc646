# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The learners of a class in several orders, of which a reader chooses one without any script (HP8).

Each order is a table of its own, since what is read aloud and reached by keys must follow what is seen; the tables that
are not chosen are not there for anybody.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from typing import Any, Final
from unicodedata import category, normalize

from ..exact import Exact
from ..language import Language
from ..outline_html import escaped
from ..reasons import Reason
from ..values import frozen
from .documents import PAGES, say


@frozen
class ListedLearner:
    """A learner in the list of a class: the name, the id where it is another, the final's figure, and further cells."""

    name: str
    id: str
    percent: Exact | None
    href: str
    cells: tuple[str, ...]


class ShownAs(Enum):
    """As what a cell is shown: on a phone the figure and the symbol stand beside the name, and all else below it."""

    FIGURE = "v"
    SYMBOL = "y"
    MORE = "m"


@frozen
class ListColumn:
    """A column of the list, beside that of names: what it is headed, and as what its cells are shown."""

    heading: str
    kind: ShownAs = ShownAs.MORE


_NUMBER: Final = re.compile("[0-9]+")
_DIGITS: Final = 20

Ordering = Callable[[ListedLearner], Any]


def list_learners(rows: Sequence[ListedLearner], columns: Sequence[ListColumn], language: Language) -> tuple[str, int]:
    """Return the list of a class as HTML, and in how many orders it is there."""
    orders = _orders(rows)
    choices = "".join(
        f'<label><input type="radio" name="order" id="by{nth}"{"" if nth else " checked"}>{say(language, code)}</label>'
        for nth, code in enumerate(orders)
    )
    fields = f"<fieldset><legend>{say(language, 'order')}</legend>{choices}</fieldset>"
    tables = "".join(
        _table(nth, PAGES.reason("learners_by", PAGES.reason(code)), sorted(rows, key=key), columns, language)
        for nth, (code, key) in enumerate(orders.items())
    )
    return f'<div class="learners">{fields}{tables}</div>', len(orders)


def _orders(rows: Sequence[ListedLearner]) -> dict[str, Ordering]:
    """Return the orders by the codes of their names; who has no final comes last in both orders of finals."""
    by_id = {"by_id": lambda row: _sorting(row.id)} if any(row.id for row in rows) else {}
    return {
        "as_listed": lambda _: 0,
        "by_name": lambda row: _sorting(row.name),
        **by_id,
        "highest_first": lambda row: (row.percent is None, -(row.percent or 0), _sorting(row.name)),
        "lowest_first": lambda row: (row.percent is None, row.percent or 0, _sorting(row.name)),
    }


def _sorting(text: str) -> tuple[str, str]:
    """Return what texts are sorted by: first without accents and case, numbers in them by size; the same anywhere."""
    plain = "".join(sign for sign in normalize("NFKD", text.casefold()) if category(sign) != "Mn")
    return _NUMBER.sub(lambda number: number[0].zfill(_DIGITS), plain), text


def _table(
    nth: int, caption: Reason, rows: Iterable[ListedLearner], columns: Sequence[ListColumn], language: Language
) -> str:
    head = "".join(f'<th scope="col"{_class(column)}>{escaped(column.heading)}</th>' for column in columns)
    body = "".join(_row(row, columns) for row in rows)
    return (
        f'<table class="order" id="order{nth}"><caption>{escaped(language.say(caption))}</caption><thead><tr>'
        f'<th scope="col">{say(language, "learner")}</th>{head}</tr></thead><tbody>{body}</tbody></table>'
    )


def _row(row: ListedLearner, columns: Sequence[ListColumn]) -> str:
    name = escaped(row.name)
    name = f'<a href="{escaped(row.href)}">{name}</a>' if row.href else name
    cells = "".join(
        f"<td{_class(column)}{_headed(column)}>{escaped(cell)}</td>"
        for column, cell in zip(columns, row.cells, strict=True)
    )
    return f'<tr><th scope="row">{name}</th>{cells}</tr>'


def _class(column: ListColumn) -> str:
    return f' class="{column.kind.value}"'


def _headed(column: ListColumn) -> str:
    """Return the heading as what a phone shows before the cell, where the headings are not seen."""
    return f' data-h="{escaped(column.heading)}"' if column.kind is ShownAs.MORE else ""
