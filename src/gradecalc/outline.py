# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""One small tree of labelled rows that prints itself as text, Markdown, HTML and dict.

Every explanation in this library is an `Outline`, and nothing else formats. What the library says in one is `Said`,
with its code and arguments, so that every row is data and can be put into another `Language`; all other text is a name.

>>> print(Outline("Final grade", "84.60", children=(Outline("Exam", "81.00", ("counts 60 %",)),)))
Final grade  84.60
  Exam       81.00  counts 60 %
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import field

from .errors import DefinitionError, Problem, printable
from .language import AS_WRITTEN, Language, require_language
from .nested import Nested
from .outline_html import write_table
from .reasons import Said
from .values import frozen

FORMAT = "gradecalc.outline/1"

MAX_DEPTH = 300
"""The most levels of an outline that is read back, and by which text is indented."""

WIDEST = 200
"""The most signs to which a column of text is aligned; what is longer sticks out."""

_MARKDOWN_SPECIALS = str.maketrans({character: f"\\{character}" for character in "\\`*_{}[]<>()#+-.!|~"})
_LINE_BREAKS = str.maketrans(
    {"\r": " ", "\n": " ", "\t": " ", "\v": " ", "\f": " ", "\x85": " ", "\u2028": " ", "\u2029": " "}
)


def _as_notes(notes: Iterable[str]) -> tuple[str, ...]:
    return tuple(notes)


def _as_rows(rows: Iterable[Outline]) -> tuple[Outline, ...]:
    return tuple(rows)


@frozen(eq=False, repr=False)
class Outline(Nested):
    """A row: a label, a value, notes, and the rows below it.

    `status` says in a word or two what became of it, for forms that show it beside the label: dropped, exempt, a bonus.
    A row that `folds` explains the one above it, and a reader may fold it away.
    """

    label: str
    value: str = ""
    notes: tuple[str, ...] = field(default=(), converter=_as_notes)
    children: tuple[Outline, ...] = field(default=(), converter=_as_rows)
    status: str = field(default="", kw_only=True)
    folds: bool = field(default=False, kw_only=True)
    language: Language = field(default=AS_WRITTEN, kw_only=True, eq=False, repr=False)

    def in_language(self, language: Language) -> Outline:
        """Return the outline with all that has a code in another language; names stay as they are (LA3).

        Raises `DefinitionError` for what is no `Language`, such as its code.
        """
        require_language(language)
        if not language.texts and all(row.language is language for _, row in self.rows()):
            return self
        ready: list[list[Outline]] = [[]]
        for depth, row in reversed(list(self.rows())):
            ready += [[] for _ in range(len(ready), depth + 2)]
            below, ready[depth + 1] = ready[depth + 1], []
            texts = language.say(row.label), language.say(row.value), map(language.say, row.notes)
            status = language.say(row.status)
            ready[depth].append(Outline(*texts, reversed(below), status=status, folds=row.folds, language=language))
        return ready[0][0]

    def rows(self) -> Iterator[tuple[int, Outline]]:
        """Yield each row with its depth, from the top down, the outline itself at depth 0."""
        waiting = [(0, self)]
        while waiting:
            depth, row = waiting.pop()
            yield depth, row
            waiting.extend((depth + 1, child) for child in reversed(row.children))

    def text(self) -> str:
        """Return the outline as plain text, one line for each row, in aligned columns."""
        lines = [
            (f"{_indent(depth)}{one_line(row.label)}", one_line(row.value), one_line("; ".join(row.notes)))
            for depth, row in self.rows()
        ]
        label_width = min(max(len(label) for label, _, _ in lines), WIDEST)
        value_width = min(max(len(value) for _, value, _ in lines), WIDEST)
        return "\n".join(
            f"{label:<{label_width}}  {value:>{value_width}}  {notes}".rstrip() for label, value, notes in lines
        )

    def markdown(self) -> str:
        """Return the outline as a nested Markdown list; whatever a name contains is shown, not interpreted."""
        return "\n".join(f"{_indent(depth)}- {_markdown_row(row)}" for depth, row in self.rows())

    def html(self, *, caption: str = "") -> str:
        """Return the outline as an HTML table whose every text is escaped; the caption is its label, unless stated."""
        return write_table(self, caption=caption)

    def to_dict(self) -> dict[str, Any]:
        """Return the outline as plain data, with a `"format"` key at the top.

        Where a row says something that has a code, `said` has it beside the texts: its room, code and arguments (LA1).
        """
        above: list[dict[str, Any]] = []
        for depth, row in self.rows():
            plain = _plain_row(row)
            del above[depth:]
            if above:
                above[-1]["children"].append(plain)
            above.append(plain)
        return {"format": FORMAT, **above[0]}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Outline:
        """Return the outline that `to_dict` wrote; raises `DefinitionError` for anything else."""
        if not isinstance(data, Mapping) or data.get("format") != FORMAT:
            raise DefinitionError([Problem("wrong_format", "format", f"this is not an outline of format {FORMAT!r}")])
        return _read_row(data, "", 0)

    def _repr_html_(self) -> str:
        return self.html()

    def __str__(self) -> str:
        return self.text()


class Explained:
    """What explains itself as an outline, and prints itself as that."""

    __slots__ = ()

    def outline(self) -> Outline:
        """Return the explanation."""
        raise NotImplementedError

    def in_language(self, language: Language) -> Outline:
        """Return the explanation in another language, such as `gradecalc.languages.GERMAN` (LA3)."""
        return self.outline().in_language(language)

    def _repr_html_(self) -> str:
        return self.outline().html()

    def __str__(self) -> str:
        return self.outline().text()


def _indent(depth: int) -> str:
    return "  " * min(depth, MAX_DEPTH)


def one_line(text: str) -> str:
    """Return the text in one line that a terminal shows and never obeys."""
    return printable(text.translate(_LINE_BREAKS))


def to_markdown(text: str) -> str:
    """Return the text as Markdown that shows it, whatever it contains."""
    return one_line(text).translate(_MARKDOWN_SPECIALS)


def _markdown_row(row: Outline) -> str:
    label, value, notes = map(to_markdown, (row.label, row.value, "; ".join(row.notes)))
    value = f": {value}" if value else ""
    return f"**{label}**{value}{f' ({notes})' if notes else ''}"


def _plain_row(row: Outline) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "label": str(row.label),
        "value": str(row.value),
        "notes": list(map(str, row.notes)),
        "children": [],
    }
    plain |= ({"status": str(row.status)} if row.status else {}) | ({"folds": True} if row.folds else {})
    label, value, status, *notes = (
        text.to_data() if isinstance(text, Said) and text.room else None
        for text in (row.label, row.value, row.status, *row.notes)
    )
    if label or value or status or any(notes):
        plain["said"] = {"label": label, "value": value, "notes": notes} | ({"status": status} if status else {})
    return plain


def _read_row(data: Any, path: str, depth: int) -> Outline:
    if not isinstance(data, Mapping) or not all(isinstance(data.get(each, []), list) for each in ("children", "notes")):
        raise DefinitionError([Problem("wrong_type", path, "a row is an object with a list of notes and of children")])
    if depth > MAX_DEPTH:
        raise DefinitionError([Problem("too_deep", path, f"an outline has at most {MAX_DEPTH} levels")])
    texts = [*(data.get(each, "") for each in ("label", "value", "status")), *data.get("notes", [])]
    if not all(isinstance(text, str) for text in texts):
        raise DefinitionError([Problem("wrong_type", path, "the label, value, status and notes of a row are texts")])
    label, value, status, *notes = texts
    folds = data.get("folds", False)
    if not isinstance(folds, bool):
        raise DefinitionError([Problem("wrong_type", path, "whether a row folds is true or false")])
    below = enumerate(data.get("children", []))
    children = tuple(_read_row(child, f"{path}.children[{nth}]".lstrip("."), depth + 1) for nth, child in below)
    return Outline(label, value, notes, children, status=status, folds=folds)
