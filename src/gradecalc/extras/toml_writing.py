# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A gradebook as TOML, with comments where a person must decide; needs tomli-w.

>>> from gradecalc import Gradebook, GradeItem
>>> print(dumps_toml(Gradebook([GradeItem("Exam", 60)]), {"ungraded": ["as_zero counts blanks as zero"]}))
# as_zero counts blanks as zero
ungraded = "leave_out"
<BLANKLINE>
[[children]]
name = "Exam"
max_points = "60"
<BLANKLINE>

Keys with a comment are written even where they are at their default.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import tomli_w

from ..gradebook.tree import Gradebook
from ..outline import one_line
from .definitions import to_dict

_CHILDREN: Final = "children"


def dumps_toml(book: Gradebook, comments: Mapping[str, Sequence[str]] | None = None, header: Iterable[str] = ()) -> str:
    """Return the gradebook as TOML; raises `DefinitionError` for one that has errors.

    `header` is commented lines above all; `comments` has the lines above a key of the gradebook itself.
    """
    data, comments = to_dict(book), comments or {}
    data.pop("format")
    return "".join([*_commented(header), *_top(book, data, comments), *_tables(data, "")])


def _top(book: Gradebook, data: Mapping[str, Any], comments: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for key in dict.fromkeys((*(key for key in data if key != _CHILDREN), *comments)):
        yield from _commented(comments.get(key, ()))
        value = data[key] if key in data else _at_default(book, key)
        if value is not None:
            yield tomli_w.dumps({key: value}) if not isinstance(value, dict) else f"{key} = {_inline(value)}\n"


def _at_default(book: Gradebook, key: str) -> Any:
    return getattr(getattr(book, key, None), "value", None)


def _tables(data: Mapping[str, Any], path: str) -> Iterator[str]:
    path = f"{path}.{_CHILDREN}".lstrip(".")
    for child in data.get(_CHILDREN, ()):
        yield f"\n[[{path}]]\n"
        for key, value in child.items():
            if key != _CHILDREN or not value:
                yield f"{_key(key)} = {_inline(value)}\n"
        yield from _tables(child, path)


def _inline(value: Any) -> str:
    """Return a value in one line, since a table below a child would take the keys after it."""
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{_key(key)} = {_inline(each)}' for key, each in value.items())} }}" if value else "{}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_inline, value))}]"
    return tomli_w.dumps({"a": value}).removeprefix("a = ").rstrip("\n")


def _key(key: str) -> str:
    return tomli_w.dumps({key: 0}).rpartition(" = ")[0]


def _commented(lines: Iterable[str]) -> Iterator[str]:
    return (f"# {one_line(line)}".rstrip() + "\n" for line in lines)
