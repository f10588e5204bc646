# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Why a formula comes to what it comes to: the value of each part, as the evaluation itself saw it.

The same compiled parts run, watched; what is told here is what was computed, and a branch that was not taken has no
value because nothing worked it out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from functools import partial
from typing import Final

from ..exact import (
    LONGEST_FIGURE,
    Exact,
    RoundingMode,
    describe,
    simplest,
    write_rounded,
)
from ..marks import UNGRADED, NoScore, UngradedPolicy
from ..outline import Explained, Outline
from ..reasons import NUMBERS, ReasonTexts, Said, Shown, say
from ..values import frozen
from .evaluation import Lookup, Program, compile_part
from .functions import Absent
from .nodes import (
    Call,
    Constant,
    Node,
    Operation,
    Reference,
    Span,
    parts_of,
)
from .operators import (
    AS_ZERO,
    Kind,
    Level,
    Operator,
    Run,
    Value,
    Values,
)

FORMULAS: Final = ReasonTexts(
    "formulas",
    {
        "about": "≈ {0}",
        "as_zero": "ungraded: counts as zero",
        "compared": "{0} {1} {2}",
        "false": "false",
        "fraction": "{0} ≈ {1}",
        "no_score": "no score",
        "not_taken": "not taken",
        "over_ungraded": "over ungraded work that counts as zero, which gives 0",
        "rounded": "rounded to {0} decimals",
        "taken": "taken",
        "true": "true",
        "why": "{0}",
    },
)
"""What is said of the parts of a formula."""

_LONGEST_LABEL: Final = 60
_PLACES: Final = 6


class WhyNoScore(Enum):
    """Why a part has no score."""

    EXEMPT = "exempt"
    UNGRADED = "ungraded"
    DIVISION_BY_ZERO = "division by zero"
    ROOT_OF_NEGATIVE = "root of a number below 0"


@frozen
class Explanation(Explained):
    """What a part of a formula came to, and the parts it came from.

    `value` is None where there is no score, and then `reasons` says why, in the order of the text; it is None too
    where the part was not `taken`, being the other branch of an IF. `as_zero` marks ungraded work that counts as zero.
    """

    node: Node
    text: str
    """As it is written in the formula."""
    value: Exact | None
    reasons: tuple[WhyNoScore, ...] = ()
    taken: bool = True
    as_zero: bool = False
    parts: tuple[Explanation, ...] = ()

    @property
    def span(self) -> Span:
        """Where the part stands in the text of the formula."""
        return self.node.span

    def outline(self) -> Outline:
        """Return the explanation as rows, one for each part that is more than a number."""
        return _row(self)


def explain(root: Node, program: Program, lookup: Lookup, ungraded: UngradedPolicy, source: str) -> Explanation:
    """Return the explanation of a formula with the program made of it."""
    seen: dict[int, Value] = {}
    run = compile_part(root, program.slots, lambda node, run: partial(_watched, seen, id(node), run))
    found = program.find(lookup, source)
    run(program.resolve(found, ungraded))
    return _explained(root, seen, dict(zip(program.references, found, strict=True)), source)


def _watched(seen: dict[int, Value], place: int, run: Run, values: Values) -> Value:
    seen[place] = value = run(values)
    return value


def _explained(
    node: Node, seen: Mapping[int, Value], found: Mapping[Reference, Exact | NoScore], source: str
) -> Explanation:
    text = source[slice(*node.span)] or str(node)
    if id(node) not in seen:
        return Explanation(node, text, None, taken=False)
    value = seen[id(node)]
    parts = tuple(_explained(part, seen, found, source) for part, _ in parts_of(node))
    reasons = tuple(dict.fromkeys(_reasons(node, parts, found))) if value is None else ()
    plain = value if value is None or node.gives is Kind.BOOLEAN else simplest(value)
    as_zero = value is AS_ZERO and isinstance(node, Reference)
    return Explanation(node, text, plain, reasons, as_zero=as_zero, parts=parts)


def _reasons(
    node: Node, parts: Sequence[Explanation], found: Mapping[Reference, Exact | NoScore]
) -> Iterator[WhyNoScore]:
    if isinstance(node, Reference):
        yield WhyNoScore.UNGRADED if found[node] is UNGRADED else WhyNoScore.EXEMPT
    for part in parts:
        yield from part.reasons
    if any(part.value == 0 and not part.as_zero for part in _divisors(node, parts)):
        yield WhyNoScore.DIVISION_BY_ZERO
    if isinstance(node, Call) and node.function.places is not None and parts[0].value is not None:
        yield WhyNoScore.ROOT_OF_NEGATIVE


def _divisors(node: Node, parts: Sequence[Explanation]) -> list[Explanation]:
    """Return what is divided by; where ungraded work that counts as zero is divided first, that needs none (F15)."""
    if not isinstance(node, Operation):
        return []
    start = int(parts[0].as_zero)
    steps = zip(node.rest[start:], parts[start + 1 :], strict=True)
    return [part for (operator, _), part in steps if operator is Operator.OVER]


def _row(explanation: Explanation, *branch_notes: Said) -> Outline:
    label = explanation.text if len(explanation.text) <= _LONGEST_LABEL else f"{explanation.text[:_LONGEST_LABEL]}…"
    if not explanation.taken:
        return Outline(label, "", branch_notes)
    notes = (*branch_notes, *_notes(explanation))
    return Outline(label, _figure(explanation), notes, tuple(_rows_below(explanation)))


def _rows_below(explanation: Explanation) -> Iterator[Outline]:
    node = explanation.node
    chooses = isinstance(node, Call) and node.function.absent is Absent.BRANCH
    for index, part in enumerate(explanation.parts):
        if chooses and index:
            yield _row(part, FORMULAS.phrase("taken" if part.taken else "not_taken"))
        elif not isinstance(part.node, Constant):
            yield _row(part)


def _notes(explanation: Explanation) -> Iterator[Said]:
    node = explanation.node
    yield from map(say, explanation.reasons)
    if explanation.as_zero:
        yield FORMULAS.reason("as_zero")
    if isinstance(node, Call) and node.function.places is not None and explanation.value is not None:
        yield FORMULAS.reason("rounded", node.function.places)
    if isinstance(node, Operation) and node.level is Level.COMPARISON:
        left, right = explanation.parts
        yield FORMULAS.reason("compared", _figure(left), node.rest[0][0].symbol, _figure(right))
    elif explanation.value == 0 and any(part.as_zero for part in _divisors(node, explanation.parts)):
        yield FORMULAS.reason("over_ungraded")


def _figure(explanation: Explanation) -> Said:
    value = explanation.value
    if value is None:
        return FORMULAS.phrase("no_score")
    if explanation.node.gives is Kind.BOOLEAN:
        return FORMULAS.phrase("true" if value else "false")
    exact, near = describe(value), Shown(value, write_rounded(value, _PLACES, RoundingMode.HALF_UP))
    if len(exact) > LONGEST_FIGURE:
        return FORMULAS.phrase("about", near)
    told = Shown(value, exact)
    return FORMULAS.phrase("fraction", told, near) if "/" in exact else NUMBERS.phrase("number", told)
