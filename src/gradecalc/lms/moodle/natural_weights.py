# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Natural weights as a category states them before anybody is graded.

>>> settled = settle_weights([Weighed(20, Fraction(3, 2)), Weighed(10, Fraction(3, 2)), Weighed(15)])
>>> [str(weight) for weight in settled.weights], settled.adjusted
(['1/2', '1/2', '0'], True)

What each learner's weights are is worked out over what counts for that learner, by the aggregation itself (W4).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ...exact import Exact, ratio, total
from ...values import frozen


@frozen
class Weighed:
    """A child of a category: its maximum, the weight that somebody has set (1 is all of it), and extra credit."""

    maximum: Exact
    override: Exact | None = None
    extra_credit: bool = False


@frozen
class Settled:
    """The weights of a category, in the order of its children, where 1 is all of it.

    `adjusted` says that one of them is neither what was set nor its plain share by maxima.
    """

    weights: tuple[Exact, ...]
    adjusted: bool


def settle_overrides(children: Sequence[Weighed]) -> list[Exact | None]:
    """Return the weights that stay set: none is below 0, and together they are 1 where they must or would be more.

    They must be 1 where every child but extra credit has one. Extra credit keeps its own, whatever it is.
    """
    override = [None if child.override is None else max(child.override, 0) for child in children]
    own = [weight for weight, child in zip(override, children, strict=True) if not child.extra_credit]
    whole = total(weight for weight in own if weight is not None)
    if whole <= 1 and (None in own or not whole):
        return override
    return [
        weight if weight is None or child.extra_credit else ratio(weight, whole)
        for weight, child in zip(override, children, strict=True)
    ]


def settle_weights(children: Sequence[Weighed]) -> Settled:
    """Return the weight of each child: as set, or else its share by maxima of what the set ones leave.

    The weight of extra credit is its maximum over that of all the others together, but those that are set to 0.
    """
    stay = settle_overrides(children)
    plain = _shares(children, [None] * len(children))
    weights = _shares(children, stay)
    typed = [share if child.override is None else child.override for child, share in zip(children, plain, strict=True)]
    return Settled(tuple(weights), adjusted=weights != typed)


def _shares(children: Sequence[Weighed], stay: Sequence[Exact | None]) -> list[Exact]:
    pairs = list(zip(children, stay, strict=True))
    rest = 1 - total(weight for child, weight in pairs if weight is not None and not child.extra_credit)
    pool = total(child.maximum for child, weight in pairs if weight is None and not child.extra_credit)
    every = total(child.maximum for child, weight in pairs if weight != 0 and not child.extra_credit)
    unit = Fraction(max(rest, 0)) / pool if pool > 0 else Fraction(0)
    extra = Fraction(1) / every if every > 0 else Fraction(0)
    return [
        child.maximum * (extra if child.extra_credit else unit) if weight is None else weight for child, weight in pairs
    ]


def same_for_all(children: Sequence[Weighed], *, categories: bool) -> bool:
    """Return whether children are all alike, which natural weighting asks for before it drops any.

    Where one is a category (`categories`) or extra credit, or differs in its maximum or its weight, Moodle ignores
    the rules without a word.
    """
    if categories or any(child.extra_credit for child in children):
        return False
    return len({child.maximum for child in children}) <= 1 and len(set(settle_weights(children).weights)) <= 1
