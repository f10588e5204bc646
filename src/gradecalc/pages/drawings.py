# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
r"""Counts drawn as bars, for the eye, with the same in words for who does not see them.

>>> print(draw_bars("Symbols", [("A", 3), ("F", 0)]).replace("><", ">\n<"))
<figure>
<figcaption>Symbols</figcaption>
<svg viewBox="0 0 400 52" role="img" aria-label="Symbols: A 3, F 0">
<text x="70" y="17" text-anchor="end">A</text>
<rect class="bar" x="78" y="4" width="282" height="18"/>
<text x="366" y="17">3</text>
<text x="70" y="43" text-anchor="end">F</text>
<rect class="bar" x="78" y="30" width="0" height="18"/>
<text x="84" y="43">0</text>
<path class="axis" d="M78 0V52"/>
</svg>
</figure>
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ..language import AS_WRITTEN, Language
from ..outline_html import escaped
from .documents import say

_WIDTH: Final = 400
_STEP: Final = 26
_START: Final = 78
_LONGEST: Final = 282
_MOST_SIGNS: Final = 10
"""The most signs of a name beside its bar; what is longer is cut there, and whole in the words."""


def draw_bars(title: str, counts: Sequence[tuple[str, int]], language: Language = AS_WRITTEN) -> str:
    """Return a figure with a bar for each count, whose text says them all."""
    words = say(language, "drawn", title, ", ".join(f"{name} {count}" for name, count in counts))
    height = _STEP * len(counts)
    return (
        f'<figure><figcaption>{escaped(title)}</figcaption><svg viewBox="0 0 {_WIDTH} {height}" role="img" '
        f'aria-label="{words}">{"".join(_bars(counts))}'
        f'<path class="axis" d="M{_START} 0V{height}"/></svg></figure>'
    )


def _bars(counts: Sequence[tuple[str, int]]) -> Iterator[str]:
    most = max((count for _, count in counts), default=0) or 1
    for nth, (name, count) in enumerate(counts):
        top, width = _STEP * nth, _LONGEST * count // most
        yield f'<text x="{_START - 8}" y="{top + 17}" text-anchor="end">{escaped(_cut(name))}</text>'
        yield f'<rect class="bar" x="{_START}" y="{top + 4}" width="{width}" height="18"/>'
        yield f'<text x="{_START + width + 6}" y="{top + 17}">{count}</text>'


def _cut(name: str) -> str:
    return name if len(name) <= _MOST_SIGNS else f"{name[: _MOST_SIGNS - 1]}…"
