# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Random marks for a gradebook."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Any, Final

from hypothesis import strategies as st

from ..exact import Number
from ..gradebook.items import GradeItem
from ..gradebook.tree import ROOT_ID, Gradebook, rows
from ..marks import EXEMPT, UNGRADED, Change, ChangeKind, ItemKind, Mark, MarkValue
from ..schemes import GradeScheme
from .features import EVERYTHING, Features, maxima
from .trees import gradebooks
from .values import exact_numbers, spellings

_ABSENT: Final = object()


@st.composite
def marks_for(draw: st.DrawFn, book: Gradebook, features: Features = EVERYTHING) -> dict[str, MarkValue]:
    """Return one learner's marks: every kind of mark, every spelling of a number, recorded in any order."""
    marks: dict[str, MarkValue] = {}
    for row in draw(st.permutations(rows(book))):
        if isinstance(row.node, GradeItem):
            _record(marks, row.node.id, draw(_item_marks(row.node, book.scheme, features)))
        else:
            id_ = ROOT_ID if isinstance(row.node, Gradebook) else row.node.id
            _record(marks, id_, draw(_branch_marks(features, exempt=id_ != ROOT_ID)))
    return marks


@st.composite
def graded_books(draw: st.DrawFn, features: Features = EVERYTHING) -> tuple[Gradebook, dict[str, MarkValue]]:
    """Return gradebooks, each with the marks of one learner."""
    book = draw(gradebooks(features))
    return book, draw(marks_for(book, features))


def _record(marks: dict[str, MarkValue], id_: str, value: Any) -> None:
    if value is not _ABSENT:
        marks[id_] = value


@st.composite
def _item_marks(draw: st.DrawFn, item: GradeItem, scheme: GradeScheme | None, features: Features) -> Any:
    """Return a mark for the item, or nothing at all."""
    ways = ["plain", "plain", "plain", "circumstances", *["blank"] * features.ungraded, *["exempt"] * features.exempt]
    way = draw(st.sampled_from(ways))
    if way == "blank":
        return draw(st.sampled_from((_ABSENT, None, UNGRADED)))
    if way == "exempt":
        return EXEMPT
    own = draw(st.none() | maxima(features)) if features.own_maxima and way == "circumstances" else None
    points = draw(_recordable(item, scheme, item.max_points if own is None else own, features))
    return points if way == "plain" else draw(_circumstances(points, own, features))


def _recordable(
    item: GradeItem, scheme: GradeScheme | None, max_points: Fraction | None, features: Features
) -> st.SearchStrategy[Any]:
    if item.kind is ItemKind.TEXT:
        return st.text(max_size=5)
    numbers = _points(max_points or Fraction(0), features)
    if item.kind is ItemKind.PASS_FAIL:
        return st.booleans() | numbers
    own = item.scheme or scheme
    if item.kind is ItemKind.SELECTBOX and own is not None:
        return st.sampled_from([band.symbol for band in own.bands]) | numbers
    return numbers


@cache
def _points(max_points: Fraction, features: Features) -> st.SearchStrategy[Number]:
    """Return points for a maximum, in any spelling; mostly quarters of it, so that ties happen."""
    quarters = st.integers(-1 if features.negative else 0, 5 if features.excess else 4)
    points = quarters.map(lambda quarter: max_points * quarter / 4)
    if features.excess:
        points |= exact_numbers(-1 if features.negative else 0, 12)
    return points.flatmap(lambda value: st.sampled_from(spellings(value)))


def _circumstances(points: Any, own: Fraction | None, features: Features) -> st.SearchStrategy[Mark]:
    recorded = [points, *[None, UNGRADED] * features.ungraded]
    return st.builds(
        Mark,
        st.sampled_from(recorded),
        st.just(own),
        exempt=st.booleans() if features.exempt else st.just(value=False),
        by=st.sampled_from((None, "Ada")),
        note=st.sampled_from(("", "late")),
        symbol=st.sampled_from((None, None, "W")) if features.symbols else st.none(),
        changes=st.sampled_from(((), (Change(ChangeKind.NOT_ACCEPTED, (Fraction(7, 2), "3 days")),))),
    )


@st.composite
def _branch_marks(draw: st.DrawFn, features: Features, *, exempt: bool) -> Any:
    """Return an override, an exemption, or mostly nothing at all."""
    way = draw(st.integers(0, 9))
    if way == 9 and features.overrides:  # noqa: PLR2004 - one in ten
        own = draw(st.none() | maxima(features)) if features.own_maxima else None
        points = draw(_points(own or Fraction(40), features))
        return points if own is None else Mark(points, own, by="Ada")
    if way == 7 and features.symbols:  # noqa: PLR2004
        return Mark(symbol=draw(st.sampled_from("IW")), without_score=features.overrides and draw(st.booleans()))
    return EXEMPT if way == 8 and features.exempt and exempt else _ABSENT  # noqa: PLR2004
