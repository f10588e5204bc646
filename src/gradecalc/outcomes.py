# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What became of a record by an event: the record afterwards, whether it changed, and every reason.

>>> refused = Outcome("no certificate", changed=False, reasons=(Reason("not_listed", "there is nothing to remove"),))
>>> print(refused)
outcome                       unchanged
  there is nothing to remove
>>> [reason.code for reason in refused.reasons]
['not_listed']

An event that changes nothing ends in an outcome too, with the reasons; only what cannot be asked at all is an error.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Generic, NoReturn, TypeVar

from attrs import field

from .outline import Explained, Outline
from .reasons import Reason, ReasonTexts
from .values import frozen

Value = TypeVar("Value")

OUTCOMES: Final = ReasonTexts("outcomes", {"changed": "changed", "outcome": "outcome", "unchanged": "unchanged"})
"""What is said of every outcome, beside its reasons."""


def _as_reasons(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    return tuple(reasons)


@frozen
class Outcome(Explained, Generic[Value]):
    """What became of a record: its value now, whether that is another than before, and why.

    `subject` is the word for what the record is of. The truth value raises, since a refusal is an outcome as well.
    """

    value: Value
    changed: bool = field(kw_only=True)
    reasons: tuple[Reason, ...] = field(default=(), converter=_as_reasons, kw_only=True)
    subject: str = field(default=OUTCOMES.phrase("outcome"), kw_only=True)

    def outline(self) -> Outline:
        """Return whether the record changed, and a row for each reason."""
        value = OUTCOMES.phrase("changed" if self.changed else "unchanged")
        return Outline(self.subject, value, children=map(Outline, self.reasons))

    def __bool__(self) -> NoReturn:
        raise TypeError("an outcome is neither yes nor no: ask whether it changed the record, as in 'outcome.changed'")
