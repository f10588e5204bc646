# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
r"""An outline as an HTML table: what it is about, a heading for each column, and each branch a heading of its level.

>>> from .language import AS_WRITTEN
>>> class Exam:
...     label, value, notes, children, status, folds = "Exam <1>", "81.00 %", ("as a lowest",), (), "dropped", False
...     language = AS_WRITTEN
>>> print(write_table(Exam()).partition("</style>")[2].replace("><", ">\n<"))
<table class="gradecalc">
<caption>Exam &lt;1&gt;</caption>
<thead>
<tr>
<th scope="col">What</th>
<th scope="col" class="v">Result</th>
<th scope="col">Explanation</th>
</tr>
</thead>
<tbody>
<tr data-status="dropped">
<th scope="row" style="--d:0">Exam &lt;1&gt; <span class="s">dropped</span>
</th>
<td class="v">81.00 %</td>
<td class="n" style="--d:0">as a lowest</td>
</tr>
</tbody>
</table>

The table needs no script, takes the colours of what surrounds it, and tells rows apart by words. Rules HP1 to HP5.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple, Protocol

from .language import Language
from .reasons import ReasonTexts

TOP_LEVEL: Final = 2
"""The level of the first heading of a table, the title of a page being above it."""

_LONGEST_FIGURE: Final = 24
"""The most signs of a value that stays in one line at the end of its column; a longer one is a text."""

_NAMELESS: Final = "–"
_SIGNS: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})
"""What the signs become that HTML gives a meaning: as `html.escape` has it, which loads all names of signs with it."""

_NO_TEXT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

COLUMNS: Final = ReasonTexts(
    "outline table",
    {
        "notes": "Explanation",
        "value": "Result",
        "what": "What",
    },
)
"""What a table says of its columns."""

STYLE: Final = """\
table.gradecalc{border-collapse:collapse;font-variant-numeric:tabular-nums;line-height:1.45;color:inherit;margin:0}
table.gradecalc caption{text-align:start;font-weight:600;padding:0 0 .4em;color:inherit;caption-side:top}
table.gradecalc th,table.gradecalc td{padding:.3em 1em .3em 0;text-align:start;vertical-align:baseline;font-weight:400;\
white-space:normal;overflow-wrap:break-word;border:0 solid rgb(128 128 128/.45);border-bottom-width:1px}
table.gradecalc thead th{font-weight:600;border-bottom-width:2px;vertical-align:bottom}
table.gradecalc:has(.s) thead th:first-child{min-width:15em}
table.gradecalc tbody th{padding-inline-start:calc(min(var(--d,0),10)*1.1em)}
table.gradecalc .b>th,table.gradecalc .b>.v{font-weight:600}
table.gradecalc .v{text-align:end;white-space:nowrap}
table.gradecalc td.w{text-align:start;white-space:normal;overflow-wrap:anywhere}
table.gradecalc td.n{font-size:.9em}
table.gradecalc .s{display:inline-block;font-size:.8em;font-weight:400;line-height:1.3;border:1px solid;\
border-radius:.4em;padding:0 .4em;white-space:nowrap}
table.gradecalc [data-status=bonus] .s{border-style:double;border-width:3px}
table.gradecalc :is([data-status=dropped],[data-status=not_counted],[data-status=not_picked]) .s{border-style:dashed}
table.gradecalc :is([data-status=ungraded],[data-status=no_score]) .s{border-style:dotted}
table.gradecalc :is([data-status=dropped],[data-status=not_picked])>.v{text-decoration:line-through}
table.gradecalc summary{cursor:pointer}
table.gradecalc details ul{margin:.2em 0;padding-inline-start:1.2em}
@media (max-width:36em){
table.gradecalc,table.gradecalc tbody,table.gradecalc caption{display:block}
table.gradecalc thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
table.gradecalc tr{display:grid;grid-template-columns:1fr auto;border-bottom:1px solid rgb(128 128 128/.45)}
table.gradecalc tbody :is(th,td){border:0;padding-block:.25em;padding-inline-end:0}
table.gradecalc td.n{grid-column:1/-1;padding-inline-start:calc(min(var(--d,0),10)*1.222em);padding-block-start:0}
}
@media print{
table.gradecalc thead{display:table-header-group}
table.gradecalc tr{break-inside:avoid}
table.gradecalc details::details-content{content-visibility:visible;block-size:auto}
}
"""
"""How a table looks, in the colours of what surrounds it; of a notebook's theme it cannot know more."""


class TableRow(Protocol):
    """What a row of an outline has."""

    @property
    def label(self) -> str:
        """What it is about."""

    @property
    def value(self) -> str:
        """What it came to."""

    @property
    def notes(self) -> Sequence[str]:
        """Why."""

    @property
    def status(self) -> str:
        """What became of it, in a word or two."""

    @property
    def folds(self) -> bool:
        """Whether it explains the row above, so that a reader may fold it away."""

    @property
    def language(self) -> Language:
        """The language that it is in."""

    @property
    def children(self) -> Sequence[TableRow]:
        """The rows below it."""


class _Line(NamedTuple):
    """A row with its depth, and whether it is a heading."""

    row: TableRow
    depth: int
    heading: bool


class _Columns(NamedTuple):
    """Which columns a table has beside that of labels."""

    values: bool
    notes: bool


def escaped(text: str) -> str:
    """Return a text that HTML shows as it is; what no document may contain becomes a sign that stands for it."""
    return _NO_TEXT.sub("\ufffd", text).translate(_SIGNS)


def write_table(
    top: TableRow, *, caption: str = "", level: int = TOP_LEVEL, styled: bool = True, titled: bool = False
) -> str:
    """Return the outline below a row, and the row itself, as a table; `level` is that of its first heading.

    A page that has the `STYLE` already asks for it not to be `styled` again, and one that has the caption for a title
    right above for it not to be seen.
    """
    lines = list(_lines(top))
    has = _Columns(any(line.row.value for line in lines), any(_has_notes(line.row) for line in lines))
    style = f"<style>{STYLE}</style>" if styled else ""
    title, unseen = escaped(caption) or _name(top), ' class="unseen"' if titled else ""
    body = "".join(_table_row(line, has, level) for line in lines)
    return (
        f'{style}<table class="gradecalc"><caption{unseen}>{title}</caption>'
        f"<thead><tr>{_head(has, top.language)}</tr></thead><tbody>{body}</tbody></table>"
    )


def _lines(top: TableRow) -> Iterator[_Line]:
    """Yield the rows that do not fold; beside one with rows of its own, all are headings, so that none is under it."""
    waiting = [_Line(top, 0, heading=bool(_below(top)))]
    while waiting:
        line = waiting.pop()
        yield line
        below = _below(line.row)
        heading = any(map(_below, below))
        waiting.extend(_Line(each, line.depth + 1, heading) for each in reversed(below))


def _below(row: TableRow) -> list[TableRow]:
    return [child for child in row.children if not child.folds]


def _has_notes(row: TableRow) -> bool:
    return bool(row.notes) or any(child.folds for child in row.children)


def _name(row: TableRow) -> str:
    return escaped(row.label) if row.label.strip() else _NAMELESS


def _head(has: _Columns, language: Language) -> str:
    what, value, notes = (escaped(language.say(COLUMNS.reason(code))) for code in ("what", "value", "notes"))
    values = f'<th scope="col" class="v">{value}</th>' if has.values else ""
    why = f'<th scope="col">{notes}</th>' if has.notes else ""
    return f'<th scope="col">{what}</th>{values}{why}'


def _table_row(line: _Line, has: _Columns, level: int) -> str:
    row, name = line.row, _name(line.row)
    if line.heading:
        name = f'<span role="heading" aria-level="{level + line.depth}">{name}</span>'
    branch = ' class="b"' if _below(row) else ""
    about = f' data-status="{_code(row.status)}"' if row.status else ""
    status = f' <span class="s">{escaped(row.status)}</span>' if row.status else ""
    value = f'<td class="{"v" if len(row.value) <= _LONGEST_FIGURE else "v w"}">{escaped(row.value)}</td>'
    value = value if has.values else ""
    notes = f'<td class="n" style="--d:{line.depth}">{_notes(row)}</td>' if has.notes else ""
    return f'<tr{branch}{about}><th scope="row" style="--d:{line.depth}">{name}{status}</th>{value}{notes}</tr>'


def _code(status: str) -> str:
    return escaped(getattr(status, "code", status).replace(" ", "_"))


def _notes(row: TableRow) -> str:
    folded = "".join(_folded(child) for child in row.children if child.folds)
    return f"{_joined(row)}{folded}"


def _joined(row: TableRow) -> str:
    """Return the notes as one text, in which a figure and its percent sign stay together."""
    return escaped("; ".join(row.notes)).replace(" %", "&nbsp;%")


def _folded(top: TableRow) -> str:
    """Return a row and what is below it as a list that folds, and is open until it does."""
    return f"<details open><summary>{_in_line(top)}</summary>{''.join(_list(top))}</details>"


def _list(top: TableRow) -> Iterator[str]:
    """Yield the rows below a row as nested lists."""
    waiting: list[TableRow | str] = [*_opened(top.children)]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            yield part
        else:
            yield f"<li>{_in_line(part)}"
            waiting += ["</li>", *_opened(part.children)]


def _opened(rows: Sequence[TableRow]) -> Iterable[TableRow | str]:
    """Return the rows of a list, the last first."""
    return ["</ul>", *reversed(rows), "<ul>"] if rows else []


def _in_line(row: TableRow) -> str:
    value = f" = {escaped(row.value)}" if row.value else ""
    notes = f" ({_joined(row)})" if row.notes else ""
    return f"{_name(row)}{value}{notes}"
