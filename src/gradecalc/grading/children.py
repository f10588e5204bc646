# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What becomes of a branch's children: which count, which are bonus, and why each other one takes no part.

With 9/10, nothing and 4/10 under a rule that drops the lowest, the first counts, the second is left out and the third
is dropped; `combine` hands the branch's aggregation what counts. These read figures and change none, so that a branch
may be tried in several ways before one is taken.

`decide` is a row of steps, each of which takes what the steps before it decided and decides further. A new policy on
children is one more step; what it changes about a child it says in the child's `Part`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from operator import attrgetter
from typing import Final

from attrs import define, evolve

from ..exact import Exact, total
from ..gradebook.contributions import Combined, Frame, Part, Parts, Stake, ZeroRange, at_least_zero
from ..gradebook.drops import DropBy, Dropped, DropRule, choose_by_rank, choose_by_total
from ..gradebook.moved_weights import arrivals
from ..gradebook.tree import OnlyBonus
from ..marks import UngradedPolicy
from ..quotients import Quotient
from ..reasons import Lack, Note
from ..report.results import Treatment
from .planned import Place, PlannedBranch, PlannedFormula, full_maximum

_DROPPABLE: Final = attrgetter("droppable")
_LOWEST: Final[Note] = ("dropped_lowest",)
_HIGHEST: Final[Note] = ("dropped_highest",)
_NOTHING_COUNTS: Final[Note] = (Lack.NOTHING_COUNTS.value,)
_AS_ZERO: Final = UngradedPolicy.AS_ZERO
_ONCE_GRADED: Final = UngradedPolicy.AS_ZERO_ONCE_GRADED
_BEST_TOTAL: Final = DropBy.BEST_TOTAL
_DROPPED: Final = Treatment.DROPPED
_GONE: Final = (Treatment.EXEMPT, Treatment.DROPPED)


@define(eq=False)
class Known:
    """What is known of each line so far: its points, what it is out of, and whether it is exempt.

    `parts` has, for lines of which it is known already that they count, as what part of their branch they do, over its
    usual divisor; `reached` has what part of the maximum the points are, where that is known.
    """

    points: Sequence[Exact | None]
    out_of: Sequence[Exact]
    exempt: Sequence[bool]
    parts: Sequence[Part | None]
    reached: Sequence[Quotient | None]


class Children:
    """What becomes of a branch's children, in book order; the steps of a decision enter it, and nobody after them.

    `others` has by line what becomes of each child that is neither counted nor a bonus; `blanks` are the lines that
    were to count as zero, whatever became of them in later steps; `notes` say why, by line.
    """

    __slots__ = ("blanks", "bonuses", "counted", "notes", "others")

    def __init__(self) -> None:
        self.counted = Parts()
        self.bonuses: list[Part] = []
        self.others: dict[int, Treatment] = {}
        self.blanks: list[int] = []
        self.notes: list[tuple[int, Note]] = []

    @property
    def treatments(self) -> dict[int, Treatment]:
        """What becomes of every child, by its line."""
        found = {part.line: Treatment.COUNTED for part in self.counted}
        found |= dict.fromkeys(self.blanks, Treatment.COUNTED_AS_ZERO)
        found |= {part.line: Treatment.BONUS for part in self.bonuses}
        return {**found, **self.others}


def decide(branch: PlannedBranch, policy: UngradedPolicy, known: Known) -> Children:
    """Return what becomes of the children of a branch that combines them (U1 to U7, W6, A2, V1 to V5, D1 to D9)."""
    zero = policy is _AS_ZERO or (
        policy is _ONCE_GRADED and _is_graded(branch.children, known, with_bonus=branch.only_bonus is OnlyBonus.GRADED)
    )
    children = _sort(branch.children, branch.usual, known, zero=zero)
    if not children.counted.pointed and branch.aggregation.zero_range is not ZeroRange.ADDS:
        _settle_zero_ranges(children, branch.aggregation.zero_range)
    if branch.movers:
        _move_weights(children, branch, known)
    if branch.drop is not None:
        _drop(children, branch, branch.drop)
    return children


def decide_by_formula(planned: PlannedFormula, policy: UngradedPolicy, known: Known) -> Children:
    """Return what becomes of the children of a branch whose result a formula gives; a formula drops nothing (A7)."""
    zero = policy is _AS_ZERO or (policy is _ONCE_GRADED and _is_graded(planned.children, known, with_bonus=True))
    return _sort(planned.children, 0, known, zero=zero)


def combine(branch: PlannedBranch, children: Children, known: Known) -> Combined:
    """Return what a branch makes of its children: something that counts, or bonus where that alone grades a branch."""
    if not children.counted and not (children.bonuses and branch.only_bonus is OnlyBonus.GRADED):
        return Combined(None, potential(branch, children, known), lack=find_lack(branch, children))
    bonuses, frame = children.bonuses, branch.frame
    if bonuses:
        bonuses, frame = _as_they_add(branch, bonuses), _frame_of_bonuses(branch, known)
    combined = branch.aggregation.combine(children.counted, bonuses, frame)
    if combined.points is None:
        return evolve(combined, out_of=potential(branch, children, known))
    if branch.kept_maximum is not None and not combined.out_of:
        return Combined(None, branch.kept_maximum, lack=Lack.NOTHING_COUNTS)
    return combined


def find_lack(branch: PlannedBranch, children: Children) -> Lack:
    """Return why nothing is left to combine."""
    treatments = children.treatments
    treated = [treatments[place.line] for place in branch.children if place.counts]
    if treated and all(treatment is Treatment.EXEMPT for treatment in treated):
        return Lack.NOTHING_COUNTS if branch.never_exempt else Lack.EXEMPT
    if Treatment.DROPPED in treated:
        return Lack.ALL_DROPPED
    if children.bonuses:
        return Lack.ONLY_BONUS
    return Lack.NOTHING_GRADED if Treatment.LEFT_OUT in treated else Lack.NOTHING_COUNTS


def potential(branch: PlannedBranch, children: Children, known: Known) -> Exact:
    """Return what a branch without a score is out of (U6, U11, U12)."""
    if branch.kept_maximum is not None:
        return branch.kept_maximum
    treatments = children.treatments
    treated = [(place, treatments[place.line]) for place in branch.children if place.carries]
    dropped = any(treatment is Treatment.DROPPED for _, treatment in treated)
    maxima = [(known.out_of[place.line], place.droppable) for place, treatment in treated if treatment not in _GONE]
    found = full_maximum(branch.aggregation, maxima, None if dropped else branch.drop, branch.frame.scale)
    if found or not branch.never_exempt:
        return found
    every = [(known.out_of[place.line], place.droppable) for place, _ in treated]
    return full_maximum(branch.aggregation, every, None, branch.frame.scale)


def _as_they_add(branch: PlannedBranch, bonuses: Sequence[Part]) -> list[Part]:
    """Return bonuses as they add: fewer than 0 points are none, but of one that may cost (B1)."""
    return [bonus if bonus.line in branch.costing else at_least_zero(bonus) for bonus in bonuses]


def _frame_of_bonuses(branch: PlannedBranch, known: Known) -> Frame:
    """Return what bonuses are measured by: what could count without exempt work (B2, X1)."""
    could = [place.line for place in branch.children if place.carries and not known.exempt[place.line]]
    return Frame(branch.frame.scale, total(known.out_of[line] for line in could), len(could))


def _is_graded(places: Iterable[Place], known: Known, *, with_bonus: bool) -> bool:
    """Return whether something is graded here, so that a blank counts as zero where the policy waits for that (U3)."""
    return any(
        place.counts
        and known.points[place.line] is not None
        and not known.exempt[place.line]
        and (with_bonus or not place.bonus)
        for place in places
    )


def _sort(places: Iterable[Place], usual: int, known: Known, *, zero: bool) -> Children:
    """Part the children that count and the bonuses from those that take no part."""
    children, parts = Children(), known.parts
    counted, overs, pointed = children.counted, [], True
    for place in places:
        part = parts[place.line]
        if part is None:
            part = _become(place, known, children, zero=zero)
            if part is None:
                continue
            if part.under != usual or not usual:
                usual, pointed = 0, pointed and part.out_of != 0
        counted.append(part)
        overs.append(part.over)
    counted.overs, counted.under, counted.pointed = overs, usual, pointed
    return children


def _become(place: Place, known: Known, children: Children, *, zero: bool) -> Part | None:
    """Return the part of a child that counts, and enter what becomes of any other."""
    line = place.line
    exempt, points, out_of = known.exempt[line], known.points[line], known.out_of[line]
    if exempt and zero and place.keeps_weight and place.counts and not place.bonus:
        children.notes.append((line, _NOTHING_COUNTS))
        children.blanks.append(line)
        return _blank(place, out_of)
    if exempt:
        children.others[line] = Treatment.EXEMPT
    elif not place.counts:
        children.others[line] = Treatment.NOT_COUNTED
    elif points is not None and place.bonus:
        children.bonuses.append(place.part(points, out_of))
    elif points is not None:
        return place.part(points, out_of, known.reached[line])
    elif zero and not place.bonus and not place.leaves_if_empty:
        children.blanks.append(line)
        return _blank(place, out_of)
    else:
        children.others[line] = Treatment.LEFT_OUT
    return None


def _blank(place: Place, out_of: Exact) -> Part:
    return place.blank if out_of is place.max_points else place.part(0, out_of)


def _settle_zero_ranges(children: Children, zero_range: ZeroRange) -> None:
    """Decide about the children out of 0: a recorded one may count in full, and any other leaves (W6, A2)."""
    out_of_zero = [part for part in children.counted if not part.out_of]
    full = zero_range is ZeroRange.FULL
    staying = {part.line for part in out_of_zero if full and part.line not in children.blanks}
    leaving = {part.line for part in out_of_zero} - staying
    children.counted = Parts.of(part for part in children.counted if part.line not in leaving)
    children.others |= dict.fromkeys(leaving, Treatment.NOT_COUNTED)
    children.notes += [(line, ("out_of_zero_counts_in_full",)) for line in staying]
    children.notes += [(line, ("out_of_zero_leaves",)) for line in leaving]


def _move_weights(children: Children, branch: PlannedBranch, known: Known) -> None:
    """Hand on the weight of what is missed, which then counts no longer, not as a zero either (V1 to V4)."""
    missed = {line: place for line, place in branch.movers.items() if _moves(place, known)}
    if not missed:
        return
    names = {place.line: place.name for place in branch.children}
    heirs = {line: place.heir for line, place in missed.items()}
    present = {part.line for part in children.counted}
    notes = children.notes
    gone: set[int] = set()
    moved: defaultdict[int, Exact] = defaultdict(int)
    for line, heir in arrivals(missed, heirs, present):
        if heir is None:
            notes.append((line, ("weight_stays", missed[line].weight, names[missed[line].heir])))
        else:
            gone.add(line)
            moved[heir] += missed[line].weight
            notes.append((line, ("weight_moved", missed[line].weight, names[heir])))
            notes.append((heir, ("weight_received", missed[line].weight, names[line])))
    staying = (part for part in children.counted if part.line not in gone)
    children.counted = Parts.of(evolve(part, moved=moved[part.line]) for part in staying)
    children.blanks = [line for line in children.blanks if line not in gone]
    children.others |= {line: Treatment.LEFT_OUT for line in gone if not known.exempt[line]}


def _moves(place: Place, known: Known) -> bool:
    exempt = known.exempt[place.line]
    return (
        place.moves is not None
        and bool(place.weight)
        and place.moves.applies(exempt=exempt, ungraded=known.points[place.line] is None)
    )


def _drop(children: Children, branch: PlannedBranch, rule: DropRule) -> None:
    """Drop what the rule says, the last first (D1 to D9)."""
    lowest: Collection[int]
    highest: Collection[int]
    counted = children.counted
    if rule.by is _BEST_TOTAL:
        lowest, highest = _best_total(children, branch, rule)
    else:
        lowest, highest = choose_by_rank(rule, Parts.of(filter(_DROPPABLE, counted)) if rule.never else counted)
    if rule.never:
        places = [place for place, part in enumerate(counted) if part.droppable]
        lowest, highest = [places[place] for place in lowest], [places[place] for place in highest]
    gone = sorted((*lowest, *highest), reverse=True) if highest or len(lowest) > 1 else lowest
    for place in gone:
        line = counted.drop(place).line
        children.others[line] = _DROPPED
        children.notes.append((line, _HIGHEST if place in highest else _LOWEST))


def _best_total(children: Children, branch: PlannedBranch, rule: DropRule) -> Dropped:
    """Choose among the droppable with what every child, and a bonus measured by what counted, has at stake."""
    stakes = list(zip(children.counted, branch.aggregation.stakes(children.counted), strict=True))
    bonus = branch.aggregation.bonus_stake(_as_they_add(branch, children.bonuses), children.counted)
    added: list[Stake] = [(bonus, 0)] if bonus else []
    protected = [*added, *(stake for part, stake in stakes if not part.droppable)]
    droppable = [(part, stake) for part, stake in stakes if part.droppable]
    own = [stake for _, stake in droppable]
    parts, divisor = [part for part, _ in droppable], branch.aggregation.divisor(branch.frame)
    return choose_by_total(rule, parts, own, protected, divisor)
