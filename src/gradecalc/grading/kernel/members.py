# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What becomes of a branch's children, of a learner whose marks are not known yet: the steps of `children.decide`.

Whether a child counts is an expression here, and so is what it brings. What rarely happens and would cost everybody,
such as a blank category that counts as zero out of what it could have had, is refused when it happens.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from ...gradebook.contributions import ZeroRange
from ...gradebook.moved_weights import Missed
from ...gradebook.tree import OnlyBonus
from ...marks import UngradedPolicy
from ..planned import Place, PlannedBranch
from .amounts import NOTHING, Amount, exactly, total, when
from .expressions import FALSE, TRUE, Expression, all_of, any_of, not_


class Line(NamedTuple):
    """What is known of a line: whether it has a score, or is exempt, its points, what they are out of, their share.

    Points and share are 0 without a score. What `may_be_blank_zero` is out of something that every learner has.
    """

    has: Expression
    exempt: Expression
    points: Amount
    out_of: Amount
    share: Amount
    may_be_blank_zero: bool = True

    @property
    def blank(self) -> Expression:
        """Whether there is neither a score nor an exemption."""
        return all_of([not_(self.has), not_(self.exempt)])

    @property
    def out_of_zero(self) -> bool:
        """Whether it is out of 0 for every learner; else it is for none."""
        return self.out_of.value == 0


Lines = Callable[[int], Line]
Refuse = Callable[[Expression], None]


class Joining(NamedTuple):
    """A child that may count: whether it does, and with what weight beside its own; `kept` is False for what leaves.

    Its points and its share are to be taken only where it is kept.
    """

    place: Place
    line: Line
    counted: Expression
    kept: Expression = TRUE
    moved: Amount = NOTHING
    in_full: bool = False
    """Whether it is out of 0 and counts as though it had full marks."""

    @property
    def points(self) -> Amount:
        """What it brings in points."""
        return NOTHING if self.in_full else when(self.kept, self.line.points)

    @property
    def share(self) -> Amount:
        """What it brings as a share of one."""
        return when(self.counted, exactly(1)) if self.in_full else when(self.kept, self.line.share)

    @property
    def out_of(self) -> Amount:
        """What it is out of, where it counts."""
        return when(self.counted, self.line.out_of)

    def staying(self, kept: Expression) -> Joining:
        """Return it as it is where it stays only under a condition."""
        return self._replace(counted=all_of([self.counted, kept]), kept=all_of([self.kept, kept]))


class Members(NamedTuple):
    """The children that may count and the bonuses, and by line what is blank and counts as zero."""

    counted: Sequence[Joining]
    bonuses: Sequence[Joining]
    zeroed: Mapping[int, Expression]

    @property
    def any_counted(self) -> Expression:
        """Whether anything counts."""
        return any_of(each.counted for each in self.counted)


_MISSED: Final[Mapping[Missed, tuple[bool, bool]]] = {
    Missed.EXEMPT: (True, False),
    Missed.UNGRADED: (False, True),
    Missed.EITHER: (True, True),
}


def gather(
    places: Sequence[Place], policy: UngradedPolicy, lines: Lines, refuse: Refuse, *, with_bonus: bool
) -> Members:
    """Return the children that may count, before any rule of their branch (U1 to U5)."""
    counting = [(place, lines(place.line)) for place in places if place.counts]
    zero = _blank_is_zero(counting, policy, with_bonus=with_bonus)
    counted, bonuses, zeroed = [], [], {}
    for place, line in counting:
        if place.bonus:
            bonuses.append(Joining(place, line, line.has))
            continue
        blank = FALSE if place.leaves_if_empty else all_of([zero, line.blank])
        if place.keeps_weight:
            refuse(all_of([zero, line.exempt]))
        if not line.may_be_blank_zero:
            refuse(blank)
            blank = FALSE
        zeroed[place.line] = blank
        counted.append(Joining(place, line, _or_blank(line, blank, zero)))
    return Members(counted, bonuses, zeroed)


def _or_blank(line: Line, blank: Expression, zero: Expression) -> Expression:
    """Return whether a child counts, which where each blank is a zero is whether it is not exempt."""
    if blank is FALSE:
        return line.has
    return not_(line.exempt) if zero is TRUE else any_of([line.has, blank])


def _blank_is_zero(counting: Sequence[tuple[Place, Line]], policy: UngradedPolicy, *, with_bonus: bool) -> Expression:
    if policy is not UngradedPolicy.AS_ZERO_ONCE_GRADED:
        return TRUE if policy is UngradedPolicy.AS_ZERO else FALSE
    return any_of(line.has for place, line in counting if with_bonus or not place.bonus)


def members_of(branch: PlannedBranch, policy: UngradedPolicy, lines: Lines, refuse: Refuse) -> Members:
    """Return the children that may count, once those out of 0 are decided and weights are moved (W6, A2, V1 to V4)."""
    found = gather(branch.children, policy, lines, refuse, with_bonus=branch.only_bonus is OnlyBonus.GRADED)
    if branch.aggregation.zero_range is not ZeroRange.ADDS:
        full = branch.aggregation.zero_range is ZeroRange.FULL
        found = found._replace(counted=[each for one in found.counted for each in _without_zero_range(one, full=full)])
    movers = {place.line: place for place in branch.children if place.moves is not None and place.weight}
    return _with_moved_weights(found, movers, lines) if movers else found


def _without_zero_range(member: Joining, *, full: bool) -> list[Joining]:
    if not member.line.out_of_zero:
        return [member]
    return [member._replace(counted=member.line.has, in_full=True)] if full else []


def _with_moved_weights(found: Members, movers: Mapping[int, Place], lines: Lines) -> Members:
    missed = {line: _is_missed(place, lines(line)) for line, place in movers.items()}
    counted = {each.place.line: each.counted for each in found.counted}
    gone: dict[int, list[Expression]] = {line: [] for line in movers}
    moved: dict[int, list[Amount]] = {line: [] for line in counted}
    for line, place in movers.items():
        for heir, arrives in _arrivals(line, movers, missed):
            if heir in counted:
                there = all_of([arrives, counted[heir]])
                gone[line].append(there)
                moved[heir].append(when(there, exactly(place.weight)))
    members = [
        each._replace(moved=total(moved[each.place.line])).staying(not_(any_of(gone.get(each.place.line, ()))))
        for each in found.counted
    ]
    zeroed = {line: all_of([flag, not_(any_of(gone.get(line, ())))]) for line, flag in found.zeroed.items()}
    return Members(members, found.bonuses, zeroed)


def _is_missed(place: Place, line: Line) -> Expression:
    assert place.moves is not None  # noqa: S101 - it is one that moves
    exempt, ungraded = _MISSED[place.moves.when]
    return any_of([*([line.exempt] if exempt else []), *([line.blank] if ungraded else [])])


def _arrivals(
    start: int, movers: Mapping[int, Place], missed: Mapping[int, Expression]
) -> list[tuple[int, Expression]]:
    """Return every line that what a missed one weighs may come to, with when it does: as in `arrivals`."""
    found, on_the_way, seen = [], [missed[start]], {start}
    place = movers[start].heir
    while place not in seen:
        seen.add(place)
        if place not in movers:
            found.append((place, all_of(on_the_way)))
            break
        found.append((place, all_of([*on_the_way, not_(missed[place])])))
        on_the_way.append(missed[place])
        place = movers[place].heir
    return found
