# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What all reports of a plan share: which lines they have, how figures are shown, and whose rules they are.

It is stored once, and each learner's part refers to it by its `id`.

>>> from gradecalc.rounding import Rounding
>>> layout = Layout((Heading("final", "Final grade", -1, branch=True),), Rounding(), None, "31d20527d23120eb", "2")
>>> Layout.from_dict(layout.to_dict()) == layout
True
>>> layout.to_dict()["lines"][0]["name"], layout.to_dict()["id"] == layout.id
('Final grade', True)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from functools import cached_property
from typing import Any, Final

from attrs import field

from ..digests import digest_of
from ..exact import Exact, RoundingMode, write_exact
from ..rounding import Rounding, RoundingOf
from ..schemes import Band, GradeScheme
from ..values import frozen
from .passing import PassRule
from .reached import Yardstick, Yardsticks
from .stored import Stored, not_this_format

LAYOUT_FORMAT: Final = "gradecalc.layout/1"

MAX_LINES: Final = 20_000
"""The most lines of a report that is read back: those of the largest gradebook."""

MAX_LEVELS: Final = 200
"""The most levels of a report that is read back below its final line."""


class How(Enum):
    """How the figures of a line come about: an item is marked, and all else is computed."""

    MARKED = "marked"
    CALCULATED = "calculated"
    FORMULA = "formula"
    """Of a formula item or of a branch."""
    WEIGHTED_MEAN = "weighted mean"
    SUM_OF_POINTS = "sum of points"
    MEAN = "mean"
    MEDIAN = "median"
    LOWEST = "lowest"
    HIGHEST = "highest"
    MODE = "mode"
    BEST_OF = "best of weightings"


WORKED_OUT: Final = frozenset({How.FORMULA, How.CALCULATED})
"""Of what it is said below the line how it was worked out (C14)."""


@frozen
class Heading:
    """What a line of a report is about, the same for every learner; `parent` is the line number of its branch.

    `max_points` is what it is out of for a learner without a maximum of their own, if the definition says so.
    """

    id: str
    name: str
    parent: int
    branch: bool = False
    how: How = How.MARKED
    scheme: GradeScheme | None = None
    passing: PassRule = field(factory=PassRule)
    max_points: Exact | None = None


@frozen
class Layout:
    """What the reports of a plan share: the headings in book order, how figures are shown, and whose rules they are."""

    headings: tuple[Heading, ...]
    shown: Rounding
    scheme: GradeScheme | None
    digest: str
    rules: str
    index: Mapping[str, int] = field(init=False, eq=False, repr=False)
    below: tuple[tuple[int, ...], ...] = field(init=False, eq=False, repr=False)
    """The lines of each line's children."""
    branches: tuple[int, ...] = field(init=False, eq=False, repr=False)
    """The lines that have children, each after its own branch."""
    marked: tuple[bool, ...] = field(init=False, eq=False, repr=False)
    """Whether each line is an item that is marked, and not computed."""
    must_pass: tuple[int, ...] = field(init=False, eq=False, repr=False)
    """The lines below the final on which it depends whether that is passed."""
    has_formulas: bool = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        below: list[list[int]] = [[] for _ in self.headings]
        for line, heading in enumerate(self.headings[1:], start=1):
            below[heading.parent].append(line)
        object.__setattr__(self, "index", {heading.id: line for line, heading in enumerate(self.headings)})
        object.__setattr__(self, "below", tuple(map(tuple, below)))
        object.__setattr__(self, "branches", tuple(line for line, children in enumerate(below) if children))
        object.__setattr__(self, "marked", tuple(map(_is_marked, self.headings)))
        required = (line for line, heading in enumerate(self.headings) if line and heading.passing.must_pass)
        object.__setattr__(self, "must_pass", tuple(required))
        object.__setattr__(self, "has_formulas", any(heading.how in WORKED_OUT for heading in self.headings))

    @cached_property
    def id(self) -> str:
        """The digest of all that it holds, which the stored parts of learners refer to (Z9)."""
        return digest_of(self._written())

    @cached_property
    def yardsticks(self) -> Yardsticks:
        """What points come to at each line."""
        return Yardsticks(self.shown, [_yardstick(each, self.scheme) for each in self.headings])

    @cached_property
    def kept(self) -> dict[Any, Any]:
        """Results that are the same in several reports, made once; a copy or a pickle begins anew."""
        return {}

    @cached_property
    def kept_rows(self) -> dict[int, Any]:
        """What is said of such results, by their identity."""
        return {}

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data with a `"format"` key, every number as exact text, for `from_dict`."""
        return {"format": LAYOUT_FORMAT, "id": self.id, **self._written()}

    @classmethod
    def from_dict(cls, data: object) -> Layout:
        """Return the layout that `to_dict` wrote; raises `DefinitionError` for anything else, whatever is changed."""
        if not isinstance(data, Mapping) or data.get("format") != LAYOUT_FORMAT:
            raise not_this_format("layout", LAYOUT_FORMAT)
        stored = Stored(data, "", "layout")
        stored.has_only("format", "id", "digest", "rules", "shown", "scheme", "lines")
        lines = stored.field("lines").entries(MAX_LINES)
        for each in lines:
            each.has_only(*HEADING_KEYS)
        layout = read_layout(stored, lines)
        if stored.field("id").text() != layout.id:
            raise stored.field("id").changed()
        return layout

    def _written(self) -> dict[str, Any]:
        return {**write_shared(self), "lines": [write_heading(each) for each in self.headings]}


HEADING_KEYS: Final = ("id", "name", "parent", "branch", "how", "scheme", "pass_mark", "must_pass", "max_points")
"""What plain data says of a heading."""


def write_shared(layout: Layout) -> dict[str, Any]:
    """Return what a layout says of no single line, as plain data."""
    return {
        "digest": layout.digest,
        "rules": layout.rules,
        "shown": _write_rounding(layout.shown),
        "scheme": _write_scheme(layout.scheme),
    }


def write_heading(heading: Heading) -> dict[str, Any]:
    """Return what the layout says of a line, as plain data."""
    return {
        "id": heading.id,
        "name": heading.name,
        "parent": heading.parent,
        "branch": heading.branch,
        "how": heading.how.value,
        "scheme": _write_scheme(heading.scheme),
        "pass_mark": write(heading.passing.pass_mark),
        "must_pass": heading.passing.must_pass,
        "max_points": write(heading.max_points),
    }


def write(number: Exact | None) -> str | None:
    """Return a number as exact text, if there is one."""
    return None if number is None else write_exact(number)


def read_layout(stored: Stored, lines: Sequence[Stored]) -> Layout:
    """Return the layout that plain data states, with a heading for each of the lines; raises `DefinitionError`."""
    if not lines:
        raise stored.field("lines").refusal("an array with at least one line")
    headings = _read_headings(lines)
    shown, scheme = _read_rounding(stored.field("shown")), stored.field("scheme").optional(_read_scheme)
    return Layout(headings, shown, scheme, stored.field("digest").text(), stored.field("rules").text())


def _yardstick(heading: Heading, scheme: GradeScheme | None) -> Yardstick:
    return Yardstick(heading.max_points if _is_marked(heading) else None, heading.scheme or scheme, heading.passing)


def _is_marked(heading: Heading) -> bool:
    return heading.how is How.MARKED and not heading.branch


def _write_rounding(rounding: Rounding) -> dict[str, Any]:
    return {
        "places": rounding.places,
        "mode": rounding.mode.value,
        "of": rounding.of.value,
        "up_from": write(rounding.up_from),
    }


def _write_scheme(scheme: GradeScheme | None) -> dict[str, Any] | None:
    if scheme is None:
        return None
    bands = [
        {
            "symbol": band.symbol,
            "start": write(band.start),
            "value": write(band.value),
            "colour": band.colour,
            "exclusive": band.exclusive,
        }
        for band in scheme.bands
    ]
    return {"name": scheme.name, "bands": bands}


def _read_rounding(stored: Stored) -> Rounding:
    stored.has_only("places", "mode", "of", "up_from")
    places = stored.field("places").value
    of, up_from = stored.field("of").choice(RoundingOf), stored.field("up_from").fraction()
    return stored.sound(Rounding(places, stored.field("mode").choice(RoundingMode), of=of, up_from=up_from))


def _read_scheme(stored: Stored) -> GradeScheme:
    stored.has_only("name", "bands")
    bands = tuple(map(_read_band, stored.field("bands").entries(MAX_LINES)))
    return stored.sound(GradeScheme(bands, stored.field("name").text()))


def _read_band(stored: Stored) -> Band:
    stored.has_only("symbol", "start", "value", "colour", "exclusive")
    value, exclusive = stored.field("value").optional(Stored.fraction), stored.field("exclusive").truth()
    symbol, start = stored.field("symbol").name(), stored.field("start").fraction()
    return Band(symbol, start, value=value, colour=stored.field("colour").text(), exclusive=exclusive)


def _read_headings(lines: Sequence[Stored]) -> tuple[Heading, ...]:
    headings: list[Heading] = []
    depths: list[int] = []
    ids: set[str] = set()
    for line in lines:
        heading = _read_heading(line, headings)
        depth = depths[heading.parent] + 1 if headings else 0
        if depth > MAX_LEVELS:
            raise line.field("parent").refusal(f"a branch less than {MAX_LEVELS} levels deep")
        if heading.id in ids:
            raise line.field("id").refusal("an id that no other line has")
        headings.append(heading)
        depths.append(depth)
        ids.add(heading.id)
    return tuple(headings)


def _read_heading(line: Stored, above: Sequence[Heading]) -> Heading:
    parent = line.field("parent").whole(0 if above else -1, len(above) - 1)
    if above and not above[parent].branch:
        raise line.field("parent").refusal("the line of a branch")
    pass_mark, max_points = line.field("pass_mark"), line.field("max_points")
    return Heading(
        line.field("id").name(),
        line.field("name").name(),
        parent,
        line.field("branch").truth(),
        line.field("how").choice(How),
        line.field("scheme").optional(_read_scheme),
        PassRule(pass_mark.optional(Stored.fraction), line.field("must_pass").truth()),
        max_points.optional(Stored.amount),
    )
