# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Yes, no, and not yet known, with Kleene's logic.

`Verdict.MET & Verdict.UNDETERMINED` is undetermined; `Verdict.NOT_MET & Verdict.UNDETERMINED` is not met, whatever
order the two come in, so the order of rows in a form never matters.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import NoReturn


class Verdict(Enum):
    """The answer to a condition; its truth value raises, so that "not yet known" is never read as no."""

    MET = "met"
    NOT_MET = "not met"
    UNDETERMINED = "undetermined"

    def __bool__(self) -> NoReturn:
        raise TypeError("a verdict has three values: compare it, as in 'verdict is Verdict.MET'")

    def __and__(self, other: Verdict) -> Verdict:
        return all_of((self, other))

    def __or__(self, other: Verdict) -> Verdict:
        return any_of((self, other))

    def __invert__(self) -> Verdict:
        return _OPPOSITE[self]


_OPPOSITE = {
    Verdict.MET: Verdict.NOT_MET,
    Verdict.NOT_MET: Verdict.MET,
    Verdict.UNDETERMINED: Verdict.UNDETERMINED,
}


def verdict(fact: bool) -> Verdict:  # noqa: FBT001 - the one door from two values to three
    """Return the verdict for something known to be so or not so."""
    return Verdict.MET if fact else Verdict.NOT_MET


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Return whether all are met; of none, met."""
    found = set(verdicts)
    if Verdict.NOT_MET in found:
        return Verdict.NOT_MET
    return Verdict.UNDETERMINED if Verdict.UNDETERMINED in found else Verdict.MET


def any_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Return whether at least one is met; of none, not met."""
    return ~all_of(~each for each in verdicts)
