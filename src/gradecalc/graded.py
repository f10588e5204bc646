# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What every line of a gradebook states, item or category: how it stands in its branch, and what it shows."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import Factory, field, frozen

from .errors import Problem
from .exact import lenient
from .fields import join, number, one_of, text, truth
from .rounding import Rounding
from .schemes import GradeScheme


@frozen(kw_only=True)
class Graded:
    """A line of a gradebook.

    `weight` is a share of the branch's 100, or relative where weights are scaled. A `bonus` adds and never costs.
    What does not count (`counts`) has a result of its own and moves no other. `can_exceed` lifts the cap at the
    maximum. `pass_mark` is in percent. `round_result` changes the value here. The `id` defaults to the name.
    """

    name: str = field(metadata=text(), kw_only=False)
    weight: Fraction | None = field(default=None, converter=lenient, metadata=number(minimum=0, optional=True))
    bonus: bool = field(default=False, metadata=truth())
    counts: bool = field(default=True, metadata=truth())
    can_exceed: bool = field(default=False, metadata=truth())
    pass_mark: Fraction | None = field(default=None, converter=lenient, metadata=number(minimum=0, optional=True))
    must_pass: bool = field(default=False, metadata=truth())
    round_result: Rounding | None = field(default=None, metadata=one_of(Rounding, optional=True))
    scheme: GradeScheme | None = field(default=None, metadata=one_of(GradeScheme, optional=True))
    id: str = field(default=Factory(lambda self: self.name, takes_self=True), metadata=text())

    def cross_problems(self, path: str) -> Iterator[Problem]:
        """Yield what is wrong between the fields."""
        if self.must_pass and self.pass_mark is None:
            message = f"{self.name!r} must be passed and has no pass_mark; state it, in percent"
            yield Problem("missing", join(path, "pass_mark"), message)
