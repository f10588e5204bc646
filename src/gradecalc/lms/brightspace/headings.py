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
from functools import partial
from typing import Any, Final

from attrs import evolve, field

from ...errors import Severity
from ...exact import Exact, NumberError, describe
from ...gradebook.items import GradeItem
from ...marks import ItemKind
from ...values import frozen
from ..documents import LISTED, TEXT, Expected, read_decimal
from ..records import named


def _without_mark(value: Any) -> str:
    return TEXT.read(value).removeprefix("#").strip()


_KEY: Final = Expected("a text", _without_mark)
"""A key of a learner, before which an export writes a `#`."""


@frozen(kw_only=True)
class ExportRow:
    """What a row of an export says of its learner, and its end, a `#` in every row that is whole."""

    institution_id: str = field(default="", metadata=named("OrgDefinedId", _KEY, "#OrgDefinedId"))
    username: str = field(default="", metadata=named("Username", _KEY, "#Username"))
    last_name: str = field(default="", metadata=named("Last Name", TEXT, "#Last Name"))
    first_name: str = field(default="", metadata=named("First Name", TEXT, "#First Name"))
    email: str = field(default="", metadata=named("Email", TEXT, "#Email"))
    sections: tuple[str, ...] = field(default=(), metadata=named("Sections", LISTED, repeats=True))
    end: str = field(default="", metadata=named("End-of-Line Indicator"))


class ResultOf(Enum):
    """Whose result a column of results holds."""

    FINAL = "final"
    CATEGORY = "category"
    CALCULATED = "calculated"
    """A calculated item's."""
    ANY = "any"
    """An item's, or else a category's."""


@frozen
class Doubt:
    """What is odd about a heading of which something is read all the same."""

    code: str
    message: str
    severity: Severity = Severity.ERROR


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
    doubt: Doubt | None = field(default=None, eq=False)

    def of(self, item: GradeItem) -> ItemHeading:
        """Return this heading as that of a known item: `kind` says how its cells are read."""
        numeric = item.kind is ItemKind.SELECTBOX and not self.symbols
        return ItemHeading(item.name, ItemKind.NUMERIC if numeric else item.kind)

    def item(self, id_: str) -> GradeItem:
        """Return the item of the gradebook."""
        text = self.kind is ItemKind.TEXT
        max_points = None if text and not self.symbols else self.max_points
        weight = None if text else self.weight
        return GradeItem(self.name, max_points, weight=weight, kind=self.kind, counts=self.counts, id=id_)


@frozen
class ResultHeading:
    """A column of results that Brightspace worked out: whose, and which part of `Recorded` it holds."""

    source: ResultOf
    of: str
    part: str


Heading = ItemHeading | ResultHeading


def parse_heading(text: str) -> Heading | None:
    """Return what the heading of an item or of a result says, None for a heading of no known form."""
    matches = ((build, form.fullmatch(text)) for form, build in _FORMS)
    return next((build(match) for build, match in matches if match), None)


_FLAGS: Final = re.ASCII | re.IGNORECASE | re.DOTALL
"""ASCII, because a long s is an s in another case to everybody but `str.lower`."""
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


def _points(match: re.Match[str]) -> ItemHeading:
    name = match["name"]
    attributes = _ATTRIBUTES.fullmatch(match["attributes"] or "")
    if attributes is None or attributes["max_points"] is None:
        return _uncounted(name, "unreadable_heading", f"the heading of {name!r} does not say what it is out of")
    kind = re.sub("[^a-z]", "", attributes["kind"].lower())
    if kind not in _KINDS:
        return _uncounted(name, "unknown_kind", f"{attributes['kind']!r} is no known kind of item")
    try:
        max_points, weight, whole = (_amount(attributes, each) for each in ("max_points", "weight", "category_weight"))
    except NumberError as error:
        return _uncounted(name, "unreadable_heading", f"the heading of {name!r} cannot be used: {error}")
    doubt = None if kind == "numeric" else _unconfirmed(kind, name)
    return ItemHeading(name, *_KINDS[kind], max_points, weight, attributes["category"], whole, doubt=doubt)


def _amount(attributes: re.Match[str], what: str) -> Exact | None:
    text = attributes[what]
    if text is None:
        return None
    number = read_decimal(text.replace(",", ".", 1))
    if number < 0:
        raise NumberError(f"{what} is {describe(number)}; it must be 0 or more")
    return number


def _unconfirmed(kind: str, name: str) -> Doubt:
    message = f"{name!r} is a {kind} item, a form of heading that no source confirms; check what it is out of"
    return Doubt("unconfirmed_heading", message, Severity.NOTICE)


def _text(match: re.Match[str]) -> Heading:
    return ItemHeading(match["name"])


def _formula(match: re.Match[str]) -> Heading:
    heading = _points(match)
    why = f"{match['name']!r} is worked out by a formula that is not in the file; its points stand and do not count"
    doubt = Doubt("formula_not_in_export", why, Severity.NOTICE) if heading.kind is ItemKind.NUMERIC else heading.doubt
    return evolve(heading, counts=False, doubt=doubt)


def _symbol(match: re.Match[str]) -> Heading:
    attributes = _ATTRIBUTES.fullmatch(match["attributes"] or "")
    heading = of_symbols(match["name"])
    try:
        max_points = _amount(attributes, "max_points") if attributes else None
        weight, whole = (_amount(attributes, each) if attributes else None for each in ("weight", "category_weight"))
    except NumberError:
        return heading
    category = attributes["category"] if attributes else None
    return evolve(heading, max_points=max_points, weight=weight, category=category, category_weight=whole)


def of_symbols(name: str) -> ItemHeading:
    """Return the heading of an item of which a file has symbols alone."""
    why = f"{name!r} has symbols, and the export has no scheme that says what they are worth"
    return evolve(_uncounted(name, "symbols_without_scheme", why), symbols=True)


def _uncounted(name: str, code: str, why: str) -> ItemHeading:
    return ItemHeading(name, doubt=Doubt(code, f"{why}; it is kept as text and does not count"))


def _final(match: re.Match[str]) -> Heading:
    return ResultHeading(ResultOf.FINAL, match["of"].lower(), _PARTS[match["part"].lower()])


def _result(of: ResultOf, match: re.Match[str]) -> Heading:
    return ResultHeading(of, match["of"], _PARTS[match["part"].lower()])


_FORMS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Heading]], ...]] = tuple(
    (re.compile(form, _FLAGS), build)
    for form, build in (
        (r"(?>(?P<name>.+?) Points Grade <)(?P<attributes>.*)>", _points),
        (r"(?P<name>.+) Points Grade(?P<attributes>)", _points),
        (r"(?P<name>.+) Text Grade(?: <[^<>]*>)?", _text),
        (r"(?>(?P<name>.+?) Formula Grade <)(?P<attributes>.*)>", _formula),
        (r"(?P<name>.+) Grade Symbol(?: <(?P<attributes>[^<>]*)>)?", _symbol),
        (r"(?P<of>Calculated|Adjusted) Final Grade (?P<part>Numerator|Denominator|Scheme Symbol)", _final),
        (r"Final (?P<of>Calculated|Adjusted) Grade (?P<part>Numerator|Denominator|Scheme Symbol)", _final),
        (r"(?P<of>.+) Subtotal (?P<part>Numerator|Denominator|Scheme Symbol)", partial(_result, ResultOf.CATEGORY)),
        (
            r"(?P<of>.+) Calculated (?P<part>Numerator|Denominator)(?: <[^<>]*>)?",
            partial(_result, ResultOf.CALCULATED),
        ),
        (r"(?P<of>.+) (?P<part>Scheme Symbol)", partial(_result, ResultOf.ANY)),
    )
)
"""The forms of headings, the first that fits being the one; the atomic group keeps hostile headings linear."""
