# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Working a formula out: its parts are compiled once, to functions of the values of its references.

First each reference is resolved: exempt is no score, and so is ungraded unless it counts as zero (F10, F11). Then the
parts run. A `watch` given to `compile_part` sees each part's value as it comes, which is all that an explanation is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from operator import itemgetter
from typing import assert_never

from ..errors import FormulaError
from ..exact import (
    Exact,
    Number,
    NumberError,
    describe,
    read_number,
)
from ..marks import (
    EXEMPT,
    UNGRADED,
    NoScore,
    UngradedPolicy,
)
from .faults import MAX_TOTAL_BITS, ROOT_BITS
from .nodes import (
    Call,
    Constant,
    Node,
    Operation,
    Property,
    Reference,
    Signed,
    parts_of,
)
from .operators import (
    AS_ZERO,
    STEPS,
    Level,
    Operator,
    Run,
    Step,
    Value,
    Values,
)

Lookup = Callable[[str, Property], Number | NoScore | None]
"""What a formula asks: a property of an item by name, answered by a number, `UNGRADED` (or None) or `EXEMPT`."""

Found = Sequence[Exact | NoScore]
"""What was found for each reference of a formula, in its slot."""

Slots = Mapping[Reference, int]
Watch = Callable[[Node, Run], Run]


def nodes(root: Node) -> Iterator[Node]:
    """Yield every part of a formula, in the order of the text."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(part for part, _ in reversed(parts_of(node)))


def used(root: Node) -> Iterator[tuple[Node, int]]:
    """Yield every part of a formula with how often it is used: in a power as often as that says (F9)."""
    waiting = [(root, 1)]
    while waiting:
        node, times = waiting.pop()
        yield node, times
        parts = [(part, times) for part, _ in parts_of(node)]
        if isinstance(node, Call) and node.function.raises and isinstance(node.arguments[-1], Constant):
            parts[0] = parts[0][0], times * max(int(node.arguments[-1].value), 1)
        waiting.extend(reversed(parts))


def bits(number: Exact) -> int:
    """Return how many bits a number takes, its numerator and its denominator together."""
    return number.numerator.bit_length() + number.denominator.bit_length()


class Program:
    """A formula made ready to run: its distinct references, how often each is used, and what runs."""

    __slots__ = ("_constant_bits", "_several", "_uses", "references", "run", "slots")

    def __init__(self, root: Node) -> None:
        leaves = list(used(root))
        uses: Counter[Reference] = Counter()
        for node, times in leaves:
            if isinstance(node, Reference):
                uses[node] += times
        self.references = tuple(uses)
        self.slots: Slots = {reference: slot for slot, reference in enumerate(uses)}
        self.run = compile_part(root, self.slots)
        self._uses = tuple((each.name, each.property, count) for each, count in uses.items())
        self._constant_bits = sum(times * own_bits(node) for node, times in leaves)
        self._several = next((each for each in uses if each.each), None)

    def find(self, lookup: Lookup, source: str) -> Found:
        """Return what the lookup has for each reference; raises `FormulaError` for what is not a number."""
        if self._several is not None:
            message = f"{describe(str(self._several))} is of each child of a category, which only a gradebook has"
            raise FormulaError("each_unresolved", message, self._several.span, source)
        found: list[Exact | NoScore] = []
        size = self._constant_bits
        for name, asked, uses in self._uses:
            value = lookup(name, asked)
            if type(value) is not int and type(value) is not Fraction:
                value = self._read(value, source, len(found))
            if type(value) is int:
                size += uses * value.bit_length()
            elif not isinstance(value, NoScore):
                size += uses * bits(value)
            found.append(value)
        if size > MAX_TOTAL_BITS:
            message = f"the numbers used here have {size} bits together; a formula works with at most {MAX_TOTAL_BITS}"
            raise FormulaError("number_too_long", message, (0, len(source)), source)
        return found

    def resolve(self, found: Found, ungraded: UngradedPolicy) -> Values:
        """Return the value of each reference (F10, F11)."""
        if NoScore not in map(type, found):
            return found  # type: ignore[return-value]
        blank = AS_ZERO if self._counts_as_zero(found, ungraded) else None
        return [blank if each is UNGRADED else None if each is EXEMPT else each for each in found]

    def _counts_as_zero(self, found: Found, ungraded: UngradedPolicy) -> bool:
        if ungraded is not UngradedPolicy.AS_ZERO_ONCE_GRADED:
            return ungraded is UngradedPolicy.AS_ZERO
        return any(
            not isinstance(each, NoScore) and reference.property is not Property.MAX_POINTS
            for each, reference in zip(found, self.references, strict=True)
        )

    def _read(self, value: object, source: str, slot: int) -> Exact | NoScore:
        if value is None or isinstance(value, NoScore):
            return value or UNGRADED
        try:
            return read_number(value)
        except NumberError as error:
            reference = self.references[slot]
            message = f"{describe(str(reference))} cannot be worked with: {error}"
            raise FormulaError("not_a_number", message, reference.span, source) from None


def own_bits(node: Node) -> int:
    """Return the bits that a part brings with it: of a number, or of the decimals of a root."""
    if isinstance(node, Constant):
        return bits(node.value)
    return ROOT_BITS if isinstance(node, Call) and node.function.places is not None else 0


def unwatched(_: Node, run: Run) -> Run:
    """Return the run as it is."""
    return run


def compile_part(node: Node, slots: Slots, watch: Watch = unwatched) -> Run:
    """Return what works a part of a formula out, each part within it seen by `watch`."""
    parts = [compile_part(part, slots, watch) for part, _ in parts_of(node)]
    run: Run
    match node:
        case Constant():
            run = partial(_constant, node.value)
        case Reference():
            run = itemgetter(slots[node])
        case Signed():
            run = parts[0] if node.sign is Operator.PLUS else partial(_negative, parts[0])
        case Operation():
            first, *others = parts if node.level is not Level.PRODUCT else _settled_parts(node, parts)
            steps = [STEPS[operator] for operator, _ in node.rest]
            run = partial(_from_the_left, first, list(zip(steps, others, strict=True)))
        case Call():
            run = partial(node.function.apply, parts)
        case _:
            assert_never(node)
    return watch(node, run)


def _constant(value: Exact, _: Values) -> Value:
    return value


def _negative(operand: Run, values: Values) -> Value:
    value = operand(values)
    return None if value is None else -value


def _from_the_left(first: Run, rest: Sequence[tuple[Step, Run]], values: Values) -> Value:
    result = first(values)
    for step, operand in rest:
        result = step(result, operand(values))
    return result


def _settled_parts(node: Operation, runs: Iterable[Run]) -> list[Run]:
    """Return the runs of factors and divisors; only an item itself can be an ungraded zero to a division (F15)."""
    operands = zip(parts_of(node), runs, strict=True)
    return [run if isinstance(part, (Constant, Reference)) else partial(_settled, run) for (part, _), run in operands]


def _settled(run: Run, values: Values) -> Value:
    value = run(values)
    return 0 if value is AS_ZERO else value
