# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What is legal in a formula, and suspicious.

>>> from gradecalc.formula import Formula, lint
>>> [notice.code for notice in lint(Formula("IF{[Exam.Points] / [Quiz.Points] > 1, [Exam.Percent], 0}"))]
['decided_by_exemption', 'divides_by_item']
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Final

from ..errors import Problem, Severity
from ..exact import describe
from .evaluation import nodes
from .formula import Formula
from .functions import Absent
from .nodes import (
    Call,
    Constant,
    Node,
    Operation,
    Property,
    Reference,
    parts_of,
)
from .operators import STEPS, Level, Operator

_ANY_SCORE: Final = 1


def lint(formula: Formula, path: str = "") -> tuple[Problem, ...]:
    """Return a notice for each suspicious part, the outer parts first; `path` leads to the formula."""
    findings = chain.from_iterable(_findings(node, formula.text) for node in nodes(formula.root))
    return tuple(Problem(code, path, message, Severity.NOTICE) for code, message in findings)


def _findings(node: Node, text: str) -> Iterator[tuple[str, str]]:
    place = describe(text[slice(*node.span)])
    if isinstance(node, Call):
        yield from _cap(node, place)
    if not isinstance(node, Operation):
        return
    if node.level is Level.PRODUCT:
        yield from (_division(operand, place) for operator, operand in node.rest if _may_be_zero(operator, operand))
    weighted = [term for term in _terms(node) if _is_weighted(term)]
    if len(weighted) > 1:
        message = (
            f"in {place} the term of an exempt or ungraded item is lost and the others are not scaled; "
            "a weighted mean scales them, and a best of weightings (BestOf) stands for MAX of several"
        )
        yield "loses_terms", message
    if node.level is Level.COMPARISON:
        (operator, right) = node.rest[0]
        if len(units := _units(node.first) | _units(right)) > 1:
            named = " with ".join(sorted(units))
            yield "mixed_units", f"{place} compares {named}; compare one with its own kind"
        lone = _lone_item(node.first) or _lone_item(right)
        if lone:
            outcome = "true" if STEPS[operator](None, _ANY_SCORE) else "false"
            message = f"where {describe(lone.name)} is exempt, {place} is {outcome}; make sure that is meant"
            yield "decided_by_exemption", message


def _cap(call: Call, place: str) -> Iterator[tuple[str, str]]:
    """Yield that the least of a number and an item is the number where the item has no score (F30)."""
    lone = next((lone for each in call.arguments if (lone := _lone_item(each))), None)
    if call.function.name == "MIN" and lone and any(isinstance(each, Constant) for each in call.arguments):
        message = f"where {describe(lone.name)} has no score, {place} is the number in it; make sure that is meant"
        yield "cap_without_score", message


def _terms(node: Operation) -> Iterator[Node]:
    """Yield what a sum adds; nothing else has terms."""
    if node.level is Level.SUM:
        yield node.first
        yield from (operand for operator, operand in node.rest if operator is Operator.PLUS)


def _is_weighted(term: Node) -> bool:
    """Return whether a term is an item's score times or over a number."""
    if not isinstance(term, Operation) or term.level is not Level.PRODUCT:
        return False
    factors = [part for part, _ in parts_of(term)]
    scores = sum(_is_score(part) for part in factors)
    return scores == 1 and all(_is_score(part) or isinstance(part, Constant) for part in factors)


def _may_be_zero(operator: Operator, operand: Node) -> bool:
    return operator is Operator.OVER and (operand == Constant(0) or any(_is_score(node) for node in nodes(operand)))


def _division(divisor: Node, place: str) -> tuple[str, str]:
    if isinstance(divisor, Constant):
        return "division_by_zero", f"{place} divides by zero, so it never has a score"
    outcome = "has no score where its divisor is ungraded or comes to 0"
    zero = ", and is 0 where ungraded work counts as zero" if isinstance(divisor, Reference) else ""
    return "divides_by_item", f"{place} {outcome}{zero}"


def _is_score(node: Node) -> bool:
    return isinstance(node, Reference) and node.property is not Property.MAX_POINTS


def _units(node: Node) -> frozenset[str]:
    """Return whether a part is in points or in percent, as far as that follows; a product may be in anything."""
    if isinstance(node, Reference):
        return frozenset(("percent" if node.property is Property.PERCENT else "points",))
    if isinstance(node, Operation) and node.level is not Level.SUM:
        return frozenset()
    return frozenset(chain.from_iterable(_units(part) for part, _ in parts_of(node)))


def _lone_item(node: Node) -> Reference | None:
    """Return an item without whose score a part has none, where there is one."""
    if isinstance(node, Reference):
        return node if _is_score(node) else None
    if isinstance(node, Call) and node.function.name == "COUNT":
        return None
    if isinstance(node, Call) and node.function.absent is Absent.NEEDED:
        return _lone_item(node.arguments[0])
    if isinstance(node, Call) and (node.function.absent is not Absent.SKIPPED or len(node.arguments) > 1):
        return None
    if isinstance(node, Operation) and node.level is not Level.PRODUCT:
        return None
    return next((lone for part, _ in parts_of(node) if (lone := _lone_item(part))), None)
