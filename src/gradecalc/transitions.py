# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""States, the table of the steps that lead between them, and the log of the steps taken: who, what, when, and why.

>>> from datetime import UTC
>>> class Lamp(Enum):
...     OFF = "off"
...     ON = "on"
>>> class Press(Enum):
...     START = "start"
>>> lamp = Machine("lamp", Lamp.OFF, {(Lamp.OFF, Press.START): Lamp.ON})
>>> log = (Logged(Press.START, "ada", datetime(2026, 9, 1, tzinfo=UTC)),)
>>> lamp.state(log)
<Lamp.ON: 'on'>
>>> lamp.state(log * 2)
Traceback (most recent call last):
...
gradecalc.transitions.TransitionError: lamp is 'on' and cannot become 'on' by 'start'

A state is never stored beside its log, so that the two cannot disagree.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import Final, Generic, TypeVar

from attrs import field

from .decisions import Decision
from .errors import DefinitionError, GradecalcError, Problem
from .moments import has_zone, written
from .outline import Explained, Outline
from .reasons import ReasonTexts, say
from .values import frozen

State = TypeVar("State", bound=Enum)
Step = TypeVar("Step", bound=Enum)


class TransitionError(GradecalcError):
    """A step that does not lead from the present state: `subject`, `state`, `wanted`, `step`, `obstacles`.

    `state` and `wanted` are the words for where it is and where the step would lead.
    """

    def __init__(self, subject: str, state: str, wanted: str, step: str, obstacles: tuple[Decision, ...] = ()) -> None:
        self.subject, self.state, self.wanted, self.step, self.obstacles = subject, state, wanted, step, obstacles
        super().__init__(subject, state, wanted, step, obstacles)

    def __str__(self) -> str:
        why = "".join(f"\n  {obstacle}" for obstacle in self.obstacles)
        return f"{self.subject} is {self.state!r} and cannot become {self.wanted!r} by {self.step!r}{why}"


class ContradictionError(GradecalcError):
    """Two states that cannot hold together: `subject`, `first`, `second`."""

    def __init__(self, subject: str, first: str, second: str) -> None:
        self.subject, self.first, self.second = subject, first, second
        super().__init__(subject, first, second)

    def __str__(self) -> str:
        return f"{self.subject} cannot be {self.first!r} and {self.second!r}"


LOG: Final = ReasonTexts("log", {"by": "by {0}"})
"""What is said of every step that was taken, beside its reason."""


@frozen
class Logged(Explained, Generic[Step]):
    """One step that was taken: by whom, when, and why."""

    step: Step
    by: str
    at: datetime = field(validator=has_zone)
    why: str = ""

    def outline(self) -> Outline:
        """Return the step as a row; its notes are who took it and why."""
        notes = [LOG.phrase("by", self.by), self.why]
        return Outline(say(self.step), written(self.at), filter(None, notes))


@frozen
class Machine(Generic[State, Step]):
    """The steps that lead between the states of a subject, from where it starts; `explained` steps must say why."""

    subject: str
    start: State
    table: Mapping[tuple[State, Step], State] = field(hash=False)
    explained: frozenset[Step] = frozenset()

    def state(self, log: tuple[Logged[Step], ...]) -> State:
        """Return the state that a log leads to.

        Raises `TransitionError` for a step that does not lead from where the log is, and `DefinitionError` for one
        that does not say by whom or, if needed, why, or that is before the one above it.
        """
        state = self.start
        for nth, entry in enumerate(log):
            problems = _problems(entry, log[nth - 1] if nth else entry, needs_why=entry.step in self.explained)
            if problems:
                raise DefinitionError(problems)
            state = self.after(state, entry.step)
        return state

    def after(self, state: State, step: Step) -> State:
        """Return the state that a step leads to; raises `TransitionError` where it leads nowhere."""
        found = self.table.get((state, step))
        if found is None:
            raise TransitionError(self.subject, state.value, leads_to(self.table, step), step.value)
        return found


def leads_to(table: Mapping[tuple[State, Step], State], step: Step) -> str:
    """Return the word for the state that a step of the table leads to."""
    return next((str(end.value) for (_, each), end in table.items() if each is step), "")


def _problems(entry: Logged[Step], before: Logged[Step], *, needs_why: bool) -> list[Problem]:
    step = repr(entry.step.value)
    found = {
        ("missing", "by", f"{step} must say by whom"): not entry.by,
        ("missing", "why", f"{step} must say why"): needs_why and not entry.why,
        ("out_of_order", "now", f"{step} is before the last step, {written(before.at)}"): entry.at < before.at,
    }
    return [Problem(*problem) for problem, wrong in found.items() if wrong]
