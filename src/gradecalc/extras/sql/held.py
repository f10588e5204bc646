# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Which column holds a register now: a step that changes one writes new columns, and nothing is overwritten."""

from __future__ import annotations

from collections.abc import Mapping

from .arithmetic import WholeNumbers


class Held:
    """The columns of the registers, and what is possible where every learner shares it."""

    def __init__(self, constants: Mapping[int, int], arithmetic: WholeNumbers) -> None:
        self._constants = {register: arithmetic.number(possible) for register, possible in constants.items()}
        self._reached: dict[int, str] = {}
        self._possible: dict[int, str] = {}
        self._times: dict[int, int] = {}
        self._sure: set[int] = set()

    def renew(self, register: int) -> tuple[str, str]:
        """Return the columns in which a register is held from now on."""
        reached = self.renew_reached(register)
        self._possible[register] = f"d{reached[1:]}"
        return reached, self._possible[register]

    def renew_reached(self, register: int) -> str:
        """Return the column in which what a register reached is held from now on; what is possible stays."""
        nth = self._times[register] = self._times.get(register, 0) + 1
        self._reached[register] = f"n{register}" if nth == 1 else f"n{register}_{nth}"
        return self._reached[register]

    def make_sure(self, register: int) -> None:
        """Say that a register holds a number for everybody."""
        self._sure.add(register)

    def is_sure(self, register: int) -> bool:
        """Return whether a register holds a number for everybody."""
        return register in self._sure

    def there(self, register: int) -> str:
        """Return one where a register holds a number, and else 0."""
        return "1" if register in self._sure else f"CASE WHEN {self.reached(register)} IS NULL THEN 0 ELSE 1 END"

    def or_zero(self, register: int) -> str:
        """Return what a register holds, or 0."""
        return self.reached(register) if register in self._sure else f"COALESCE({self.reached(register)}, 0)"

    def is_constant(self, register: int) -> bool:
        """Return whether every learner shares what is possible."""
        return register in self._constants

    def reached(self, register: int) -> str:
        """Return the column of what was reached."""
        return self._reached[register]

    def possible(self, register: int) -> str:
        """Return the column of what is possible, or the number that it is for everybody."""
        return self._constants[register] if register in self._constants else self._possible[register]
