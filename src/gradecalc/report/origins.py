# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a report was made of, as far as it is still known: the marks themselves, or their digest alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from ..marks import Recorded, UngradedPolicy
from ..outline import Outline
from ..values import frozen


class Origin(Protocol):
    """What a report was made of, for questions that its figures alone do not answer."""

    @property
    def ungraded(self) -> UngradedPolicy | None:
        """The policy that took the place of every branch's, if one did."""

    @property
    def keeps_formulas(self) -> bool:
        """Whether it can say what the parts of formulas come to."""

    def explain_formulas(self) -> Mapping[int, Outline]:
        """Return a row for each formula, by line: what its parts come to (C14)."""

    def digest_marks(self, recorded: Sequence[Recorded] = ()) -> str | None:
        """Return the digest of the marks, if that is known (Z10).

        `recorded` is what its report holds of them at each line, so that they need not be read again.
        """


@frozen
class Remembered:
    """What is still known of how a report was made that was stored: the digest of its marks, and the policy."""

    marks_digest: str | None = None
    ungraded: UngradedPolicy | None = None
    keeps_formulas: bool = False

    def explain_formulas(self) -> Mapping[int, Outline]:
        """Return no row, for nothing is known of formulas."""
        return {}

    def digest_marks(self, recorded: Sequence[Recorded] = ()) -> str | None:  # noqa: ARG002 - as every origin
        """Return the digest of the marks, if that was stored."""
        return self.marks_digest
