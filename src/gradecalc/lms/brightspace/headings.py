# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The headings of a Brightspace grade export, and what each says about its column.

`HW 1 Points Grade <Numeric MaxPoints:10 Weight:50 Category:Homework CategoryWeight:25>` is an item out of 10 that is
50 % of its category, which is 25 % of the final grade. Nothing in a heading is quoted, so a name may look like an
attribute: the item's name ends at the first ` Points Grade <`, the category's at the last ` CategoryWeight:`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Final

from attrs import evolve, field, frozen

from ...errors import Problem, Severity
from ...exact import Exact, NumberError, describe
from ...gradebook.items import GradeItem
from ...marks import ItemKind
from ..documents import read_decimal


class Source(Enum):
    """Whose result a column of results holds."""

    FINAL = "final"
    CATEGORY = "category"
    ANY = "any"
    """An item's, or else a category's."""


@frozen
class Identity:
    """A column that says who the learner is, by the name of the field of `Learner`."""

    field: str


@frozen
class ItemHeading:
    """A column of marks; one whose heading says too little to count is kept as text.

    `symbols` is for a column that has the symbols of a scheme.
    """

    name: str
    kind: ItemKind = ItemKind.TEXT
    counts: bool = False
    max_points: Exact | None = None
    weight: Exact | None = None
    category: str | None = None
    category_weight: Exact | None = None
    symbols: bool = False
    problem: Problem | None = field(default=None, eq=False)

    def of(self, item: GradeItem) -> ItemHeading:
        """Return this heading as that of a known item: `kind` says how its cells are read."""
        if item.kind is ItemKind.SELECTBOX and not self.symbols:
            return ItemHeading(item.name, ItemKind.NUMERIC)
        return ItemHeading(item.name, item.kind)

    def item(self, id_: str) -> GradeItem:
        """Return the item of the gradebook."""
        return GradeItem(self.name, self.max_points, weight=self.weight, kind=self.kind, counts=self.counts, id=id_)


@frozen
class ResultHeading:
    """A column of results that Brightspace worked out: whose, and which part of `Recorded` it holds."""

    source: Source
    of: str
    part: str


@frozen
class EndOfLine:
    """The column in which every row that is whole has a `#`."""


@frozen
class UnknownHeading:
    """A column that is not read, and why."""

    why: str = "the heading is of no known form"


Heading = Identity | ItemHeading | ResultHeading | EndOfLine | UnknownHeading


def parse_heading(text: str, path: str) -> Heading:
    """Return what a heading says; `path` leads to it in the problem that an item's heading may carry."""
    for form, build in _FORMS:
        match = form.fullmatch(text)
        if match:
            return build(match, path)
    return UnknownHeading()


_FLAGS: Final = re.ASCII | re.IGNORECASE | re.DOTALL
"""ASCII, because a long s is an s in another case to everybody but `str.lower`."""
_FIELDS: Final[Mapping[str, str]] = {
    "orgdefinedid": "institution_id",
    "username": "username",
    "last name": "last_name",
    "first name": "first_name",
    "email": "email",
}
_PARTS: Final[Mapping[str, str]] = {"numerator": "points", "denominator": "out_of", "scheme symbol": "symbol"}
_KINDS: Final[Mapping[str, tuple[ItemKind, bool]]] = {
    "numeric": (ItemKind.NUMERIC, True),
    "passfail": (ItemKind.PASS_FAIL, True),
    "selectbox": (ItemKind.NUMERIC, True),
    "calculated": (ItemKind.NUMERIC, False),
    "formula": (ItemKind.NUMERIC, False),
}
"""The kind of item for each word after `<`, and whether it counts; all but the first are unconfirmed."""

_ATTRIBUTES: Final = re.compile(
    r"(?P<kind>[^:]+?)(?: MaxPoints:(?P<max_points>\S+))?(?: Weight:(?P<weight>\S+))?"
    r"(?: Category:(?P<category>\S.*?)(?: CategoryWeight:(?P<category_weight>\S+))?)?",
    _FLAGS,
)


def _identity(match: re.Match[str], _: str) -> Heading:
    return Identity(_FIELDS[match["field"].lower()])


def _points(match: re.Match[str], path: str) -> Heading:
    name = match["name"]
    attributes = _ATTRIBUTES.fullmatch(match["attributes"] or "")
    if attributes is None or attributes["max_points"] is None:
        return _uncounted(name, path, "unreadable_heading", f"the heading of {name!r} does not say what it is out of")
    kind = re.sub("[^a-z]", "", attributes["kind"].lower())
    if kind not in _KINDS:
        return _uncounted(name, path, "unknown_kind", f"{attributes['kind']!r} is no known kind of item")
    try:
        max_points, weight, whole = (_amount(attributes, each) for each in ("max_points", "weight", "category_weight"))
    except NumberError as error:
        return _uncounted(name, path, "unreadable_heading", f"the heading of {name!r} cannot be used: {error}")
    problem = _unconfirmed(kind, name, path)
    return ItemHeading(name, *_KINDS[kind], max_points, weight, attributes["category"], whole, problem=problem)


def _amount(attributes: re.Match[str], what: str) -> Exact | None:
    text = attributes[what]
    if text is None:
        return None
    number = read_decimal(text)
    if number < 0:
        raise NumberError(f"{what} is {describe(number)}; it must be 0 or more")
    return number


def _unconfirmed(kind: str, name: str, path: str) -> Problem | None:
    if kind == "numeric":
        return None
    message = f"{name!r} is a {kind} item, a form of heading that no source confirms; check what it is out of"
    return Problem("unconfirmed_heading", path, message, Severity.NOTICE)


def _text(match: re.Match[str], _: str) -> Heading:
    return ItemHeading(match["name"])


def _symbol(match: re.Match[str], path: str) -> Heading:
    why = f"{match['name']!r} has symbols, and the export has no scheme that says what they are worth"
    return evolve(_uncounted(match["name"], path, "symbols_without_scheme", why), symbols=True)


def _uncounted(name: str, path: str, code: str, why: str) -> ItemHeading:
    return ItemHeading(name, problem=Problem(code, path, f"{why}; it is kept as text and does not count"))


def _final(match: re.Match[str], _: str) -> Heading:
    return ResultHeading(Source.FINAL, match["of"].lower(), _PARTS[match["part"].lower()])


def _subtotal(match: re.Match[str], _: str) -> Heading:
    return ResultHeading(Source.CATEGORY, match["of"], _PARTS[match["part"].lower()])


def _scheme_symbol(match: re.Match[str], _: str) -> Heading:
    return ResultHeading(Source.ANY, match["of"], "symbol")


def _end_of_line(_: re.Match[str], __: str) -> Heading:
    return EndOfLine()


_FORMS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str], Heading]], ...]] = tuple(
    (re.compile(form, _FLAGS), build)
    for form, build in (
        (r"#?(?P<field>OrgDefinedId|Username|Last Name|First Name|Email)", _identity),
        (r"(?>(?P<name>.+?) Points Grade <)(?P<attributes>.*)>", _points),
        (r"(?P<name>.+) Points Grade(?P<attributes>)", _points),
        (r"(?P<name>.+) Text Grade(?: <[^<>]*>)?", _text),
        (r"(?P<name>.+) Grade Symbol(?: <[^<>]*>)?", _symbol),
        (r"(?P<of>Calculated|Adjusted) Final Grade (?P<part>Numerator|Denominator|Scheme Symbol)", _final),
        (r"(?P<of>.+) Subtotal (?P<part>Numerator|Denominator)", _subtotal),
        (r"(?P<of>.+) Scheme Symbol", _scheme_symbol),
        (r"End-of-Line Indicator", _end_of_line),
    )
)
"""The forms of headings, the first that fits being the one; the atomic group keeps hostile headings linear."""
