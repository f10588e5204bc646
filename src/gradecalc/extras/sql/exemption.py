# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Who has no final because of exemptions alone, which is shown in a word of its own (X3, X5)."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ...grading.plan import Plan
from ...grading.planned import Place, PlannedBranch, PlannedCalculation, PlannedFormula, PlannedItem
from ...values import frozen


@frozen
class Exemption:
    """The items without whose exemption a line is not exempt.

    They are `enough` where who is exempt from all of them, and has no final, is known to be exempt: where nothing is
    replaced or keeps its weight, and no formula could give a number that does not count.
    """

    ids: tuple[str, ...] = ()
    enough: bool = False

    def is_possible(self, exempt: Collection[str]) -> bool:
        """Return whether there is anybody of whom it holds, where there are exemptions from some items."""
        return bool(exempt) and set(self.ids) <= set(exempt)


def exemption_of(plan: Plan, line: int, *, decides: bool = True) -> Exemption:
    """Return what makes a line exempt; `decides` says that there is a final wherever the line has a score."""
    planned = plan.lines[line]
    plain = planned.replaced is None
    match planned:
        case PlannedItem():
            return Exemption((planned.id,), enough=plain)
        case PlannedFormula():
            named = [exemption_of(plan, each, decides=False) for each in planned.named.values()]
            return _all_of(named, enough=plain and decides)
        case PlannedCalculation():
            return _all_of([exemption_of(plan, each, decides=False) for each in planned.chosen.leaves()], enough=plain)
        case PlannedBranch() if not planned.ways and not planned.never_exempt:
            counted = [place for place in planned.children if place.counts]
            plain = plain and planned.replace_lowest is None and not any(place.keeps_weight for place in counted)
            return _all_of((_of_child(plan, planned, place, decides=decides) for place in counted), enough=plain)
        case _:
            return Exemption()


def _of_child(plan: Plan, branch: PlannedBranch, place: Place, *, decides: bool) -> Exemption:
    return exemption_of(plan, place.line, decides=decides and place.carries and branch.drop is None)


def _all_of(parts: Iterable[Exemption], *, enough: bool) -> Exemption:
    """Return what makes a line exempt that is so where all of its parts are, if it has any."""
    every = [*parts]
    ids = dict.fromkeys(id_ for each in every for id_ in each.ids)
    return Exemption((*ids,), enough=enough and bool(every) and all(each.enough for each in every))
