# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Which results not to count: lowest first, then highest among the rest.

The lowest of 4/10, 9/10 and 7/10 is the first. Where maxima differ, *lowest* needs a meaning, and `DropBy` names
three. By percent and by points are what people expect and can punish better work; by best total keeps the set with
the best result as a whole, under which raising a score never lowers the branch (Kane and Kane, 2006).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from enum import Enum
from typing import Final

from attrs import evolve, field

from ..errors import Problem
from ..exact import (
    Exact,
    RoundingMode,
    ratio,
    represent,
    round_to,
    total,
    write_exact,
)
from ..fields import (
    as_ids,
    choice,
    join,
    many,
    whole_number,
)
from ..quotients import rank_keys
from ..values import frozen
from .contributions import (
    WHOLE,
    Divisor,
    Part,
    Parts,
    Stake,
)

_MOST = 1_000_000
_BROWSER_PLACES: Final = 20
_FIRST_POWER: Final = 7
"""The power of a tenth from which on a browser writes powers of ten."""


class DropBy(Enum):
    """What makes a result low."""

    PERCENT = "percent"
    """Its points as a share of its own maximum; a result out of 0 is never ranked."""
    POINTS = "points"
    """Its points alone."""
    BEST_TOTAL = "best_total"
    """The exact optimum: the dropped are those without which the branch's own result is best."""


class DropTies(Enum):
    """Which of two equally low results is dropped."""

    FIRST = "first"
    LAST = "last"
    LARGER_MAXIMUM = "larger_maximum"
    """The one with the larger maximum, and of equal ones the first."""


class TooFew(Enum):
    """What is done where dropping all that the rule says would leave fewer than are to stay."""

    DROP_FEWER = "drop_fewer"
    """As many are dropped as may be."""
    DROP_NONE = "drop_none"
    """All or nothing: nothing is dropped until enough is graded (Sakai, Gradebook2)."""


class Unpointed(Enum):
    """What a best total makes of results out of 0, where they may be all that is kept."""

    LAST = "last"
    """They leave no total, and are all that is kept only where nothing else can be."""
    FIRST = "first"
    """In a sum of points they cost nothing, and the set is the one at which Canvas's search ends."""
    BROWSER = "browser"
    """The same, as the search of Canvas's pages ends, which orders ratios as texts."""

    @property
    def searches(self) -> bool:
        """Whether a sum of points is searched by halves."""
        return self is not Unpointed.LAST


_PERCENT: Final = DropBy.PERCENT
_FIRST: Final = DropTies.FIRST


@frozen(kw_only=True)
class DropRule:
    """How many results of a branch are dropped, and how they are chosen.

    `lowest` and `highest` count results; `keep_highest` says it the other way round, and stands alone. Ids in `never`
    are not dropped, and are counted all the same. At least `keep_at_least` droppable results stay: highest gives way
    wholly, then lowest as far as needed, or else, as `too_few` says, nothing is dropped at all. By best total,
    `unpointed` says what results out of 0 are worth. Rules D1 to D12.
    """

    lowest: int = field(default=0, metadata=whole_number(minimum=0, maximum=_MOST), repr=represent)
    highest: int = field(default=0, metadata=whole_number(minimum=0, maximum=_MOST), repr=represent)
    keep_highest: int | None = field(
        default=None, metadata=whole_number(minimum=0, maximum=_MOST, optional=True), repr=represent
    )
    never: tuple[str, ...] = field(default=(), converter=as_ids, metadata=many(str))
    by: DropBy = field(default=DropBy.PERCENT, metadata=choice(DropBy))
    ties: DropTies = field(default=DropTies.FIRST, metadata=choice(DropTies))
    keep_at_least: int = field(default=1, metadata=whole_number(minimum=0, maximum=_MOST), repr=represent)
    too_few: TooFew = field(default=TooFew.DROP_FEWER, metadata=choice(TooFew))
    unpointed: Unpointed = field(default=Unpointed.LAST, metadata=choice(Unpointed))

    @property
    def drops(self) -> bool:
        """Whether the rule can drop anything at all."""
        return bool(self.lowest or self.highest or self.keep_highest is not None)

    @property
    def may_leave_none(self) -> bool:
        """Whether it may drop every result that it can drop, where few enough are there."""
        return not self.keep_at_least and bool(self.lowest or self.highest or self.keep_highest == 0)

    def cross_problems(self, path: str) -> Iterator[Problem]:
        """Yield what is wrong between the fields."""
        if self.keep_highest is not None and (self.lowest or self.highest):
            message = "keep_highest stands alone: it is the other way to say how many are dropped"
            yield Problem("contradiction", join(path, "keep_highest"), message)


Dropped = tuple[Collection[int], Collection[int]]
"""The positions dropped as lowest and as highest."""


def choose_by_rank(rule: DropRule, parts: Parts) -> Dropped:
    """Return which of the parts a rule by percent or by points drops."""
    by_percent = rule.by is _PERCENT
    keys = parts.rank_keys() if by_percent else rank_keys([part.points.as_integer_ratio() for part in parts])
    places: Sequence[int] = range(len(parts))
    if by_percent and not parts.pointed:
        places = [place for place in places if parts[place].out_of]
    lowest, highest = how_many(rule, len(places))
    low = _first(parts, rule.ties, places, keys, lowest)
    if not highest:
        return low, ()
    rest = [place for place in places if place not in low]
    return low, _first(parts, rule.ties, rest, [-key for key in keys], highest)


def choose_by_total(
    rule: DropRule, parts: Sequence[Part], stakes: Sequence[Stake], protected: Sequence[Stake], divisor: Divisor
) -> Dropped:
    """Return which of the parts a rule by best total drops.

    `stakes` says what each part adds above and below the branch's line, `protected` what else stays there, and
    `divisor` what the branch divides by.
    """
    lowest, highest = how_many(rule, len(parts))
    contest = _Contest(parts, stakes, tuple(protected), rule.ties, divisor, rule.unpointed)
    low = contest.optimum(range(len(parts)), lowest, 1)
    return low, contest.optimum([place for place in range(len(parts)) if place not in low], highest, -1)


def how_many(rule: DropRule, count: int) -> tuple[int, int]:
    """Return how many lowest and how many highest of `count` droppable results the rule drops (D5 to D7, D11)."""
    lowest = rule.lowest if rule.keep_highest is None else max(count - rule.keep_highest, 0)
    highest = rule.highest
    if count - lowest - highest >= rule.keep_at_least:
        return lowest, highest
    if rule.too_few is TooFew.DROP_NONE:
        return 0, 0
    return max(min(lowest, count - rule.keep_at_least), 0), 0


def _in_tie_order(parts: Sequence[Part], ties: DropTies, places: Sequence[int]) -> Sequence[int]:
    """Return the places, which are in book order."""
    if ties is DropTies.FIRST:
        return places
    if ties is DropTies.LARGER_MAXIMUM:
        return sorted(places, key=lambda place: parts[place].out_of, reverse=True)
    return sorted(places, reverse=ties is DropTies.LAST)


def _first(
    parts: Sequence[Part], ties: DropTies, places: Sequence[int], keys: Sequence[Exact], count: int
) -> Sequence[int]:
    """Return the `count` places with the least keys, ties in the order that `ties` says."""
    if count == 1 and ties is _FIRST and len(places) == len(keys):
        return (keys.index(min(keys)),)
    if count == 0:
        return ()
    in_order = _in_tie_order(parts, ties, places)
    return sorted(in_order, key=keys.__getitem__)[:count]


@frozen
class _Contest:
    """The results among which the best total is sought."""

    parts: Sequence[Part]
    stakes: Sequence[Stake]
    protected: tuple[Stake, ...]
    ties: DropTies
    divisor: Divisor
    unpointed: Unpointed

    def optimum(self, places: Sequence[int], count: int, sign: int) -> frozenset[int]:
        """Return the `count` places without which the total is best (`sign` 1) or worst (`sign` -1).

        A set that leaves a total is better than one that leaves none.
        """
        if self.unpointed.searches and self.divisor is Divisor.POINTS:
            return self._found_by_halves(places, count, sign)
        dropped = self._search(places, count, sign)
        if count == len(places) or self._total(places, dropped) is not None:
            return dropped
        order = _in_tie_order(self.parts, self.ties, places)
        sets = [self._search_keeping(place, places, count, sign) for place in places if self.stakes[place][1]]
        totals = [(each, self._total(places, each)) for each in sets]
        ranked = [
            (-sign * total_, sorted(map(order.index, each)), each) for each, total_ in totals if total_ is not None
        ]
        return min(ranked)[2] if ranked else dropped

    def _found_by_halves(self, places: Sequence[int], count: int, sign: int) -> frozenset[int]:
        """Return what Canvas's search drops (D12)."""
        if not 0 < count < len(places):
            return frozenset(places[:count])
        pool = [*self.protected, *(self.stakes[place] for place in places)]
        browser = self.unpointed is Unpointed.BROWSER
        costs = [cost for _, cost in (self.stakes if browser else [*self.protected, *self.stakes])]
        if not any(cost for _, cost in pool) or not any(costs):
            return self._dropped_by_gain(places, count, sign)
        low, high = _bounds(pool, by_text=browser)
        steps = len(places) - count, max(costs)
        at = _last_middle(low, high, self._turn(places, count, sign, (low, high)), steps)
        return self._dropped_at(at, places, count, sign)

    def _dropped_by_gain(self, places: Sequence[int], count: int, sign: int) -> frozenset[int]:
        """Return what goes where nothing left has a maximum; the lowest of equal ones from the other end of the order.

        Where the maxima went with the lowest, the lowest go once more in the place of the highest.
        """
        lowest = sign > 0 or any(cost for _, cost in self.stakes)
        order = [*_in_tie_order(self.parts, self.ties, places)]
        if sign > 0:
            order.reverse()
        return frozenset(sorted(order, key=lambda place: self.stakes[place][0], reverse=not lowest)[:count])

    def _turn(self, places: Sequence[int], count: int, sign: int, bounds: tuple[Exact, Exact]) -> Exact:
        """Return the ratio up to which the set that is sought at a ratio reaches it: the optimum's, or a bound."""
        most = frozenset(sorted(places, key=lambda place: self.stakes[place][1])[:count])
        at, free = self._ratio(places, most), self._free(places, count, sign)
        if at is None or (free is not None and (free >= 0) is (sign > 0)):
            return bounds[(free or 0) >= 0]
        while True:
            gain, cost = self._sums(places, self._dropped_at(at, places, count, sign))
            if gain == at * cost:
                return at
            at = ratio(gain, cost)

    def _free(self, places: Sequence[int], count: int, sign: int) -> Exact | None:
        """Return the gain of the best set that costs nothing, or of the worst, None where there is none."""
        gains = sorted((self.stakes[place][0] for place in places if not self.stakes[place][1]), reverse=sign > 0)
        kept = len(places) - count
        if kept > len(gains) or any(cost for _, cost in self.protected):
            return None
        return total([*gains[:kept], *(gain for gain, _ in self.protected)])

    def _search_keeping(self, kept: int, places: Sequence[int], count: int, sign: int) -> frozenset[int]:
        contest = evolve(self, protected=(*self.protected, self.stakes[kept]))
        return contest._search([place for place in places if place != kept], count, sign)  # noqa: SLF001 - its own kind

    def _search(self, places: Sequence[int], count: int, sign: int) -> frozenset[int]:
        """Return the optimum among sets that leave a total.

        A total that divides by the whole at the most is the better of the ratio and of the plain sum of gains, so
        the better of their two optima is its own.
        """
        if self.divisor is Divisor.WHOLE:
            return self._dropped_at(0, places, count, sign)
        by_ratio = self._iterate(places, count, sign)
        if self.divisor is not Divisor.COSTS_UP_TO_WHOLE or sign < 0:
            return by_ratio
        by_gain = self._dropped_at(0, places, count, sign)
        return max((by_ratio, by_gain), key=lambda dropped: self._total(places, dropped) or 0)

    def _iterate(self, places: Sequence[int], count: int, sign: int) -> frozenset[int]:
        """Return the optimum of the ratio of gains to costs.

        Dinkelbach's iteration in exact numbers: at a supposed ratio the best set is found by sorting, its own ratio
        is the next supposition, and the suppositions rise (or fall) until they repeat, which happens after few steps.
        """
        supposed = self._ratio(places, frozenset())
        seen: set[Exact] = set()
        while True:
            at = supposed or 0
            dropped = self._dropped_at(at, places, count, sign)
            supposed = self._ratio(places, dropped)
            if supposed is None or supposed == at or supposed in seen:
                return dropped
            seen.add(supposed)

    def _dropped_at(self, at: Exact, places: Sequence[int], count: int, sign: int) -> frozenset[int]:
        keys = rank_keys([(sign * (gain - at * cost)).as_integer_ratio() for gain, cost in self.stakes])
        return frozenset(_first(self.parts, self.ties, places, keys, count))

    def _sums(self, places: Sequence[int], dropped: frozenset[int]) -> tuple[Exact, Exact]:
        chosen = [*self.protected, *(self.stakes[place] for place in places if place not in dropped)]
        return total(gain for gain, _ in chosen), total(cost for _, cost in chosen)

    def _ratio(self, places: Sequence[int], dropped: frozenset[int]) -> Exact | None:
        gain, cost = self._sums(places, dropped)
        return ratio(gain, cost) if cost else None

    def _total(self, places: Sequence[int], dropped: frozenset[int]) -> Exact | None:
        gain, cost = self._sums(places, dropped)
        if not cost:
            return None
        return ratio(gain, {Divisor.WHOLE: WHOLE, Divisor.COSTS_UP_TO_WHOLE: min(cost, WHOLE)}.get(self.divisor, cost))


def _bounds(pool: Sequence[Stake], *, by_text: bool) -> tuple[Exact, Exact]:
    """Return the ratios between which Canvas's search begins; where something is out of 0 the upper is no bound."""
    costing = [stake for stake in pool if stake[1]]
    ratios = [ratio(gain, cost) for gain, cost in costing]
    ratios = sorted(ratios, key=_as_text) if by_text else sorted(ratios)
    free = [gain for gain, cost in pool if not cost]
    if not free:
        return ratios[0], ratios[-1]
    gains, costs = total(gain for gain, _ in costing), total(cost for _, cost in costing)
    return ratios[0], ratio(total([max(gains, costs), *free]), costs)


def _as_text(number: Exact) -> str:
    """Return a number as a browser writes what it divided to 20 decimals: 0.000000125 is `1.25e-7`."""
    rounded = round_to(number, _BROWSER_PLACES, RoundingMode.HALF_UP)
    text = write_exact(-rounded if rounded < 0 else rounded)
    sign = "-" if rounded < 0 else ""
    digits = text.removeprefix("0.").lstrip("0")
    power = len(text) - len("0.") - len(digits) + 1
    if not text.startswith("0.") or power < _FIRST_POWER:
        return sign + text
    return f"{sign}{digits[0]}{'.' * (len(digits) > 1)}{digits[1:]}e-{power}"


def _last_middle(low: Exact, high: Exact, turn: Exact, steps: tuple[int, Exact]) -> Exact:
    """Return the middle at which halving ends: each half holds the turn, and the last is small enough.

    The steps are those of how many are kept, of which the largest costs so much.
    """
    kept, largest = steps
    width = high - low
    halvings = max(int(width * 2 * kept * largest**2), 0).bit_length()
    cells = 1 << halvings
    cell = min(max(int((turn - low) * cells // width), 0), cells - 1) if halvings else 0
    return low + ratio(width * (2 * cell + 1), 2 * cells)
