# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Values that hold values of their kind: compared, hashed and shown without recursion, however deep and often shared.

>>> from gradecalc.values import frozen
>>> @frozen(eq=False, repr=False)
... class Box(Nested):
...     name: str
...     children: tuple["Box", ...] = ()
>>> box = Box("inner")
>>> for _ in range(64):
...     box = Box("outer", (box, box))
>>> box == Box("outer", box.children), len({box, Box("outer", box.children)})
(True, 1)
>>> Box("outer", (Box("inner"),))
Box(name='outer', children=(Box(name='inner'),))

Two equal values need not be walked twice where they share their parts, a hash looks at no more than the first
`MOST_VISITED` parts, and a text shows no more of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Final, NamedTuple

from attrs import fields

from .exact import represent
from .values import holds_default

MOST_VISITED: Final = 20_000
"""The most parts of a value that its hash and its repr look at."""


class Nested:
    """A value in which values of its kind may stand, in a tuple or one alone; for classes that attrs makes.

    `inside` names the field that holds them.
    """

    __slots__ = ()

    inside: ClassVar[str] = "children"

    def __eq__(self, other: object) -> bool:
        return _are_equal(self, other) if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(_parts(self)))

    def __repr__(self) -> str:
        return "".join(_pieces(self))


class _Text(NamedTuple):
    """What is shown as it is, beside what is still to be shown."""

    text: str


def _own(node: Nested) -> tuple[object, ...]:
    kind: type[Any] = type(node)
    return tuple(getattr(node, each.name) for each in fields(kind) if each.eq and each.name != node.inside)


def _inner(node: Nested) -> tuple[object, ...]:
    held = getattr(node, node.inside)
    return held if isinstance(held, tuple) else (held,)


def _are_equal(first: object, second: object) -> bool:
    waiting = [(first, second)]
    seen: set[tuple[int, int]] = set()
    while waiting:
        one, other = waiting.pop()
        pair = (id(one), id(other))
        if one is other or pair in seen:
            continue
        seen.add(pair)
        if not isinstance(one, Nested) or type(one) is not type(other):
            if one != other:
                return False
        elif not isinstance(other, Nested) or _own(one) != _own(other) or _shape(one) != _shape(other):
            return False
        else:
            waiting.extend(zip(_inner(one), _inner(other), strict=True))
    return True


def _shape(node: Nested) -> tuple[type, int]:
    held = getattr(node, node.inside)
    return (tuple, len(held)) if isinstance(held, tuple) else (object, 1)


def _parts(node: Nested) -> Iterator[object]:
    """Yield the first parts of a value, from the top down, with what tells how they are nested."""
    waiting: list[object] = [node]
    for _ in range(MOST_VISITED):
        if not waiting:
            return
        part = waiting.pop()
        if isinstance(part, Nested):
            yield type(part), _own(part), _shape(part)
            waiting.extend(reversed(_inner(part)))
        else:
            yield part


def _pieces(node: Nested) -> Iterator[str]:
    """Yield the text of a value piece by piece; what is beyond the bound is left out as `…`."""
    waiting: list[object] = [node]
    left = MOST_VISITED
    while waiting:
        part = waiting.pop()
        if isinstance(part, _Text):
            yield part.text
        elif left <= 0:
            yield "…"
        elif isinstance(part, Nested):
            left -= 1
            waiting.extend(reversed(_opened(part)))
        else:
            left -= 1
            yield represent(part)


def _opened(node: Nested) -> list[object]:
    kind: type[Any] = type(node)
    pieces: list[object] = [_Text(f"{kind.__name__}(")]
    shown = [each for each in fields(kind) if each.repr and not holds_default(node, each)]
    for nth, each in enumerate(shown):
        held = getattr(node, each.name)
        pieces.append(_Text(f"{', ' if nth else ''}{each.name}="))
        pieces.extend(_listed(held) if each.name == node.inside else [_Text(represent(held))])
    return [*pieces, _Text(")")]


def _listed(held: object) -> list[object]:
    if not isinstance(held, tuple):
        return [held]
    shown: list[object] = [_Text("(")]
    for nth, child in enumerate(held[:MOST_VISITED]):
        shown += [_Text(", " if nth else ""), child]
    return [*shown, _Text(",)" if len(held) == 1 else ")")]
