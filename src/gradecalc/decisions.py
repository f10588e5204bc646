# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a yes, a no or a not yet is made of: one tree for conditions, requirements, permissions and deadlines.

>>> late = Decision("essay", Verdict.NOT_MET, needed="to be handed in by Monday", found="nothing")
>>> exam = Decision("exam", Verdict.MET, needed="at least 50 %", found="62 %")
>>> print(join("may go on", [late, exam]))
may go on  not met
  essay    not met  needs to be handed in by Monday; has nothing
  exam         met  needs at least 50 %; has 62 %

All the parts are judged, in their order, so that nobody mends one reason only to be told the next. Rules K1 to K5.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from enum import Enum
from typing import Final, NoReturn

from attrs import Factory, evolve, field

from .errors import DefinitionError, Problem, nearest
from .exact import describe
from .moments import has_zone
from .nested import Nested
from .outline import Explained, Outline
from .reasons import Reason, ReasonTexts, Said, say
from .values import frozen
from .verdicts import Verdict, all_of, any_of

DECISIONS: Final = ReasonTexts(
    "decisions",
    {
        "has": "has {0}",
        "needs": "needs {0}",
        "waived": "waived",
        "waived_by": "waived by {0} on {1}",
        "waived_on": "waived on {0}",
        "why": "{0}: {1}",
    },
)
"""What every decision says."""


def spaced(name: str) -> str:
    """Return the name that programs use in words for people, as a label has it."""
    return name if isinstance(name, Said) else name.replace("_", " ")


class Decided(Explained):
    """What wraps a verdict; its truth value raises, so that a refusal is never read as a yes."""

    __slots__ = ()

    @property
    def verdict(self) -> Verdict:
        """Met, not met, or not yet known."""
        raise NotImplementedError

    def __bool__(self) -> NoReturn:
        raise TypeError("a decision has three values: compare its verdict, as in 'decision.verdict is Verdict.MET'")


@frozen
class Waiver:
    """That one named requirement need not be met: why, by whom, and since when."""

    requirement: str
    why: str = field(default="", kw_only=True)
    by: str = field(default="", kw_only=True)
    at: datetime = field(validator=has_zone, kw_only=True)

    def in_words(self) -> Said:
        """Return that it was waived, by whom, when and why."""
        by = [self.by] if self.by else []
        said = DECISIONS.phrase("waived_by" if by else "waived_on", *by, f"{self.at:%Y-%m-%d}")
        return DECISIONS.phrase("why", said, self.why) if self.why else said

    def __str__(self) -> str:
        return str(self.in_words())


def _as_decisions(children: Iterable[Decision]) -> tuple[Decision, ...]:
    return tuple(children)


@frozen(eq=False, repr=False)
class Decision(Nested, Decided):
    """What was decided: the label, the verdict that counts, what was needed and found, and the decisions within.

    `found` is a `Reason` where it is a sentence with a code of its own, and else says what the learner has. A `waiver`
    stands where the verdict is met by it alone; `as_found` is the verdict without it.
    """

    label: str
    verdict: Verdict
    needed: str = ""
    found: Reason | str = ""
    waiver: Waiver | None = None
    children: tuple[Decision, ...] = field(default=(), converter=_as_decisions)
    as_found: Verdict = field(default=Factory(lambda self: self.verdict, takes_self=True), kw_only=True)

    @property
    def code(self) -> str:
        """The code of what was found, or else the label, for programs."""
        return self.found.code if isinstance(self.found, Reason) else self.label.replace(" ", "_")

    @property
    def obstacles(self) -> tuple[Decision, ...]:
        """The decisions directly below that are in the way or not yet known, in order; none where all is met (K2)."""
        if self.verdict is Verdict.MET:
            return ()
        return tuple(child for child in self.children if child.verdict is not Verdict.MET)

    @property
    def waived(self) -> tuple[Decision, ...]:
        """The decisions directly below that are met by a waiver alone."""
        return tuple(child for child in self.children if child.waiver)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What was needed and what was found, leaf by leaf, each with its code and arguments."""
        return tuple(
            each.reason(f"{each.label}: {'; '.join(each.outline().notes)}") for each in self._all() if each.found
        )

    def reason(self, text: str) -> Reason:
        """Return a text about the decision as a reason, with the code and the arguments of what was found."""
        return self.found.in_words(text) if isinstance(self.found, Reason) else Reason(self.code, text)

    def __getitem__(self, label: str) -> Decision:
        """Return the decision directly below with this label, whose spaces may be written as underscores."""
        wanted = spaced(label)
        for child in self.children:
            if spaced(child.label) == wanted:
                return child
        raise KeyError(f"no requirement {describe(label)}{nearest(label, (child.label for child in self.children))}")

    def with_waiver(self, waiver: Waiver) -> Decision:
        """Return the decision met by a waiver; what is met already needs none, and keeps its own verdict (K4)."""
        return self if self.verdict is Verdict.MET else evolve(self, verdict=Verdict.MET, waiver=waiver)

    def outline(self) -> Outline:
        """Return the verdict, with what was needed, found and waived, and a row for each decision below."""
        value = DECISIONS.phrase("waived") if self.waiver else say(self.verdict)
        return Outline(self.label, value, self._notes(), (child.outline() for child in self.children))

    def __str__(self) -> str:
        if self.children:
            return self.outline().text()
        row = self.outline()
        return f"{row.label}: {'; '.join([row.value, *row.notes])}"

    def _notes(self) -> Iterator[str]:
        if self.needed:
            yield DECISIONS.phrase("needs", self.needed)
        if self.found:
            yield self.found if isinstance(self.found, Reason) else DECISIONS.phrase("has", self.found)
        if self.waiver:
            yield self.waiver.in_words()

    def _all(self) -> Iterator[Decision]:
        waiting = [self]
        while waiting:
            each = waiting.pop()
            yield each
            waiting.extend(reversed(each.children))


class Need(Enum):
    """How many of the requirements must be met."""

    ALL = "all"
    ANY = "any"


_JOINED: Final[dict[Need, Callable[[Iterable[Verdict]], Verdict]]] = {Need.ALL: all_of, Need.ANY: any_of}


def join(label: str, children: Iterable[Decision], need: Need = Need.ALL) -> Decision:
    """Return the decision over these, of which all or one must be met."""
    parts = tuple(children)
    return Decision(label, _JOINED[need](each.verdict for each in parts), children=parts)


def waive(decision: Decision, *waivers: Waiver, need: Need = Need.ALL) -> Decision:
    """Return the decision with requirements directly below it waived, without judging anything anew (K4).

    Raises `DefinitionError` where a waiver names none of them. What is met already needs no waiver and gets none.
    """
    problems = find_waiver_problems(waivers, [each.label for each in decision.children])
    if problems:
        raise DefinitionError(problems)
    by_label = {spaced(waiver.requirement): waiver for waiver in waivers}
    children = tuple(
        each.with_waiver(by_label[spaced(each.label)]) if spaced(each.label) in by_label else each
        for each in decision.children
    )
    return evolve(decision, verdict=_JOINED[need](each.verdict for each in children), children=children)


def find_waiver_problems(waivers: Iterable[Waiver], labels: Sequence[str]) -> list[Problem]:
    """Return a problem for each waiver that names none of the requirements with these labels."""
    known = set(map(spaced, labels))
    return [_unknown(each.requirement, labels) for each in waivers if spaced(each.requirement) not in known]


def _unknown(name: str, labels: Sequence[str]) -> Problem:
    message = f"a waiver is for {describe(name)}, which is not required{nearest(name, labels)}"
    return Problem("unknown_requirement", name, message)
