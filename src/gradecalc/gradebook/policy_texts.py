# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How a part of a definition is said in words: a text for each field, and for each choice (G23).

>>> from gradecalc.gradebook.drops import DropBy, DropRule
>>> clauses(DropRule(lowest=2, by=DropBy.POINTS))
['the 2 lowest results are dropped', 'what is low is judged by points']
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from fractions import Fraction
from functools import partial, reduce
from typing import Any, Final

from attrs import Attribute, Factory, fields, has

from ..exact import describe, write_exact
from ..reasons import NUMBERS, ReasonTexts, Said, say

POLICIES: Final = ReasonTexts(
    "policies",
    {
        "aggregation": "{0}",
        "bonus": "a bonus: it adds and never costs",
        "bonus_may_cost": "a bonus: it adds, and costs where it is below 0",
        "can_exceed": "points above the maximum count",
        "cap": "what counts is capped: {0}",
        "drop": "{0}",
        "even_exempt": "exempt work too",
        "empty": "where nothing is left in it, {0}",
        "formula": "worked out by the formula {0}",
        "id": "known as {0}",
        "if_missed": "if that is missed, {0}",
        "items": "over {0}",
        "kind": "given as {0}",
        "max_points": "out of {0}",
        "method": "{0}",
        "min_points": "at least {0} points count",
        "must_pass": "it must be passed to pass the course",
        "name": "called {0}",
        "only_bonus": "where only bonus is graded in it, {0}",
        "pass_mark": "passed from {0} %",
        "replace_lowest": "the lowest of its results are replaced: {0}",
        "replaced_by": "another result can stand in for it: {0}",
        "round_result": "its result is rounded {0}",
        "scheme": "symbols: {0}",
        "shown": "shown {0}",
        "ungraded": "ungraded work {0}",
        "weight": "weighs {0}",
        "weight_moves": "when it is missed, its weight moves: {0}",
        "weights_in": "weights are stated {0}",
        "Mean.bonus": "a bonus is measured against {0}",
        "SumOfPoints.bonus": "a bonus is measured against {0}",
        "WeightedMean.bonus": "a bonus is measured against {0}",
        "Band.colour": "in the colour {0}",
        "Band.exclusive": "only above that",
        "Band.start": "from {0} %",
        "Band.symbol": "{0}",
        "Band.value": "worth {0} % when it is given",
        "BestOf.weightings": "the best of these weightings counts: {0}",
        "ByFormula.formula": "its result is the formula {0}",
        "Cap.percent": "at {0} % of the maximum",
        "Cap.points": "at {0} points",
        "Cap.with_bonus": "lifted by what bonus can add",
        "ChildWeight.id": "{0}",
        "ChildWeight.weight": "weighs {0}",
        "DropRule.by": "what is low is judged by {0}",
        "DropRule.highest": "the {0} highest results are dropped",
        "DropRule.highest.1": "the highest result is dropped",
        "DropRule.keep_at_least": "at least {0} stay",
        "DropRule.keep_at_least.0": "all of them may be",
        "DropRule.keep_highest": "only the {0} highest results count",
        "DropRule.keep_highest.1": "only the highest result counts",
        "DropRule.lowest": "the {0} lowest results are dropped",
        "DropRule.lowest.1": "the lowest result is dropped",
        "DropRule.never": "never dropped: {0}",
        "DropRule.ties": "of equally low ones {0} is dropped",
        "DropRule.too_few": "where too few are graded, {0}",
        "DropRule.unpointed": "results out of 0 are kept {0}",
        "GradeScheme.bands": "{0}",
        "GradeScheme.name": "the scheme {0}",
        "Hurdle.final_at_most": "the final is at most {0} %",
        "Hurdle.final_symbol": "the final is {0}",
        "ReplaceLowest.by": "{0}",
        "Rounding.mode": "{0}",
        "Rounding.of": "in {0}",
        "Rounding.places": "to {0} decimals",
        "Rounding.places.0": "to whole numbers",
        "Rounding.places.1": "to 1 decimal",
        "Rounding.up_from": "up from {0} of a step",
        "SumOfPoints.fixed_maximum": "with a fixed maximum, {0}",
        "WeightMoves.to": "to {0}",
        "WeightMoves.when": "when {0}",
        "WeightedMean.distribution": "children without a weight share the rest {0}",
        "WeightedMean.out_of": "it is out of {0}",
        "WeightedMean.ranks": "the best counts by the first of these weights, the next by the second: {0}",
        "WeightedMean.rescale": "the weights that count are scaled to the whole: {0}",
        "WeightedMean.weightless": "where all weights that count are zero, {0}",
        "Weighting.name": "{0}",
        "Weighting.rescale": "scaled to the whole: {0}",
        "Weighting.weights": "{0}",
        "Weighting": "{0} ({1})",
        "at_most": "up to {0} %",
        "counts_at": "counts at {0} %",
        "sources": "by the best of {0}",
        "when": "when {0}",
        "zero_range": "work out of 0 {0}",
        "count": "{0} of them",
        "beside": "{0} {1}",
        "clauses": "{0}",
        "counted": "counts",
        "other": "{0}: {1}",
        "uncounted": "does not count",
        "uncounted_weight": "does not count, and so its weight of {0} does nothing",
        "is.Highest": "the highest of the results counts",
        "is.Lowest": "the lowest of the results counts",
        "is.Mean": "the mean of the results counts",
        "is.Median": "the median of the results counts",
        "is.Mode": "the most frequent of the results counts",
        "is.SumOfPoints": "points earned are divided by points possible",
        "is.WeightedMean": "each result counts by its weight",
        "is.WeightedMean.evenly": "all results count the same",
    },
)
"""The text of each field, by its name or by its class and name, with a place for what it holds, and of some with what
they hold; then those that join them, and what an aggregation is."""

CHOICE_TEXTS: Final[Mapping[str, str]] = {
    "BonusOf.COUNTED": "what counted",
    "BonusOf.PERCENT_POINTS": "100, and so adds its percent",
    "BonusOf.WHOLE": "the whole",
    "Empty.AS_UNGRADED": "it is treated as ungraded work",
    "Empty.KEEPS_WEIGHT": "it is treated as ungraded work, also where all of it is exempt",
    "Empty.LEAVES": "the rest goes on without it",
    "Empty.NEVER_EXEMPT": "it is treated as ungraded work, also where all of it is exempt, but not where it is itself",
    "OnlyBonus.GRADED": "the bonus grades it",
    "OnlyBonus.NO_SCORE": "it has no score",
    "TooFew.DROP_NONE": "nothing is dropped",
    "Unpointed.BROWSER": "first, as Canvas's pages find them",
    "UngradedPolicy.AS_ZERO": "counts as zero",
    "UngradedPolicy.AS_ZERO_ONCE_GRADED": "counts as zero once something beside it is graded",
    "UngradedPolicy.LEAVE_OUT": "neither adds nor costs",
    "WeightUnit.PERCENT": "in percent",
    "WeightUnit.SHARE": "as shares of 1",
    "ItemKind.PASS_FAIL": "a pass or a fail",
    "ItemKind.SELECTBOX": "one of its symbols",
    "ItemKind.TEXT": "a text",
    "Rescale.ALWAYS": "always",
    "Rescale.NEVER": "never, so that what is short of 100 costs",
    "Rescale.UP": "only where they are short of it",
    "RoundingMode.HALF_UP": "halves go away from zero",
    "RoundingMode.HALF_EVEN": "halves go to the even figure",
    "RoundingMode.HALF_DOWN": "halves go towards zero",
    "RoundingMode.UP": "always up",
    "RoundingMode.DOWN": "always down",
}
"""What is said of choices whose value does not say it."""

_LAST: Final = ("can_exceed", "cap", "counts")
"""What is said after all else of a line, of its maximum before all."""
_ONE_PHRASE: Final = frozenset({"Band", "ChildWeight", "WeightMoves"})
_ALWAYS: Final = frozenset({"Rounding.places", "scheme", "ungraded", "shown"})
_ELSEWHERE: Final = frozenset({"children", "name", "counts"})


def clauses(definition: Any, inherited: Any = None) -> list[Said]:
    """Return what a part of a definition says: each field that holds another value than it does by default (G23).

    Of a branch without an aggregation, that is said which it has from above.
    """
    meaning = f"is.{type(definition).__name__}"
    said = [POLICIES.phrase(meaning)] if meaning in POLICIES.texts else []
    return [*said, *_said(definition, inherited)]


def _said(definition: Any, inherited: Any) -> Iterator[Said]:
    kind = type(definition)
    of_course = hasattr(definition, "children") or hasattr(definition, "counts")
    elsewhere = _ELSEWHERE if getattr(definition, "counts", True) else _ELSEWHERE | {"weight"}
    for each in sorted(fields(kind), key=lambda each: of_course and each.name in _LAST):
        held, key = getattr(definition, each.name), f"{kind.__name__}.{each.name}"
        if each.name == "counts":
            yield from _counting(each, definition.weight, held=held)
        elif each.name == "aggregation":
            yield from _combining(held, inherited, definition.children)
        elif each.name == "bonus" and held is True and _may_cost(definition):
            yield POLICIES.phrase("bonus_may_cost")
        elif of_course and each.name in elsewhere:
            continue
        elif held is not None and (_differs(each, definition, held) or {each.name, key} & _ALWAYS):
            yield from _field(key, each.name, held)


def _may_cost(definition: Any) -> bool:
    """Return whether a bonus states a least below 0, and so may cost (B1)."""
    least = getattr(definition, "min_points", None)
    return isinstance(least, Fraction) and least < 0


def _field(key: str, name: str, held: Any) -> Iterator[Said]:
    text = in_words(tuple(reversed(held)) if key == "GradeScheme.bands" and isinstance(held, tuple) else held)
    if f"{key}.{text}" in POLICIES.texts:
        yield POLICIES.phrase(f"{key}.{text}")
    elif text or not has(type(held)):
        yield _clause(key, name, text)


def _combining(own: Any, inherited: Any, children: Any) -> Iterator[Said]:
    """Yield how a branch combines its children, and how those without a weight share where there are some.

    What it has from above is said in short, since it is said in full there.
    """
    aggregation = inherited if own is None else own
    if has(type(aggregation)):
        said = clauses(aggregation) if own is not None else clauses(aggregation)[:1]
        yield POLICIES.phrase("aggregation", _joined(_sharing(aggregation, said, children)))
    elif aggregation is not None:
        yield POLICIES.phrase("aggregation", in_words(aggregation))


def _sharing(aggregation: Any, said: list[Said], children: Any) -> list[Said]:
    """Return what is said of an aggregation with how children without a weight share; alone, evenly is alike."""
    shares = getattr(aggregation, "distribution", None)
    counting = [each for each in children if getattr(each, "counts", False) and not each.bonus]
    without = [each for each in counting if each.weight is None]
    if shares is None or not without or not aggregation.uses_weights:
        return said
    if without == counting and str(shares) == "Distribution.EVENLY":
        return [POLICIES.phrase("is.WeightedMean.evenly"), *said[1:]]
    rest = [each for each in said[1:] if each.code != "WeightedMean.distribution"]
    return [said[0], POLICIES.phrase("WeightedMean.distribution", in_words(shares)), *rest]


def in_words(held: Any) -> str:
    """Return a value of a field in words, whatever it is."""
    if isinstance(held, Enum):
        return say(held, CHOICE_TEXTS.get(str(held), ""))
    if isinstance(held, (int, Fraction)):
        return NUMBERS.phrase("number", Fraction(held), show=write_exact)
    if isinstance(held, str):
        return held
    if isinstance(held, tuple):
        return _joined(map(in_words, held))
    return _told(held) if has(type(held)) else describe(held)


def _told(definition: Any) -> Said:
    said, kind = clauses(definition), type(definition).__name__
    if kind in _ONE_PHRASE and said:
        return reduce(partial(POLICIES.phrase, "beside"), said)
    if kind == "Weighting":
        return POLICIES.phrase(kind, said[0], _joined(said[1:]))
    return _joined(said)


def _joined(said: Iterable[str]) -> Said:
    return POLICIES.phrase("clauses", tuple(said))


def _clause(key: str, name: str, text: str) -> Said:
    code = next((each for each in (key, name) if each in POLICIES.texts), None)
    if code is None:
        return POLICIES.phrase("other", name.replace("_", " "), text)
    return POLICIES.phrase(code, *([text] if "{0}" in POLICIES.texts[code] else []))


def _counting(each: Attribute[Any], weight: Any, *, held: bool) -> Iterator[Said]:
    if not held and weight:
        yield POLICIES.phrase("uncounted_weight", in_words(weight))
    elif not held:
        yield POLICIES.phrase("uncounted")
    elif each.default is False:
        yield POLICIES.phrase("counted")


def _differs(each: Attribute[Any], definition: Any, held: Any) -> bool:
    default: Any = each.default
    if isinstance(default, type(Factory(list))):
        default = default.factory(definition) if default.takes_self else default.factory()  # type: ignore[attr-defined]
    return bool(held != default)
