# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The same gradebook and marks under the rules of several systems, side by side: who changes, by how much, by which.

Before a course moves to another system: what will its learners see, and which of the new system's rules is it?
Rules J17 to J19.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Final

from attrs import field

from ..errors import DefinitionError, MarksError, Problem, nearest
from ..gradebook.tree import Gradebook
from ..grading.grading import Unknown, grade
from ..grading.plan import Plan, compile_gradebook
from ..marks import Marks
from ..outline import Explained, Outline
from ..reasons import NUMBERS, ReasonTexts, Shown
from ..report.results import NO_GRADE_SHOWN
from ..report.rows import with_symbol
from ..rounding import Rounding
from ..values import frozen
from .imported import Imported
from .system_rules import SYSTEM_RULES, SystemRule, pinned, under

_SHOWN: Final = Rounding(2)


COMPARISON: Final = ReasonTexts(
    "comparison",
    {
        "by": "{0} ({1})",
        "change": "{0} of {1} change",
        "title": "Finals by system",
        "together": "several of its rules together",
        "ungradable": "cannot be graded",
    },
)
"""What is said of finals under several systems."""


@frozen
class RuleEffect:
    """What one rule of a system does by itself to a learner's final, in percent points.

    `by` is None where there is no final without the rule, or none with it.
    """

    rule: SystemRule
    by: Fraction | None


@frozen
class SystemFinal:
    """A learner's final under the rules of a system.

    `effects` lists the rules that change it, each put in force alone; where it changes and there is none, only several
    together do.
    """

    system: str
    percent: Fraction | None
    symbol: str | None
    effects: tuple[RuleEffect, ...] = ()


@frozen
class LearnerFinals:
    """A learner's final as the gradebook has it, and under each system; `error` where the marks cannot be graded."""

    learner: str
    percent: Fraction | None
    symbol: str | None
    under: Mapping[str, SystemFinal] = field(factory=dict, hash=False)
    error: MarksError | None = field(default=None, eq=False)

    def changes(self, system: str) -> bool:
        """Return whether the percent at two decimals, or the symbol, is another under a system (J19)."""
        there = self.under.get(system)
        return there is not None and (_differs(there.percent, self.percent) or there.symbol != self.symbol)

    def outline(self) -> Outline:
        """Return the finals, and which rules make them other ones."""
        rows = [
            Outline(name, _figure(each.percent, each.symbol), _told(self, each)) for name, each in self.under.items()
        ]
        notes = () if self.error is None else (COMPARISON.reason("ungradable"),)
        return Outline(self.learner, _figure(self.percent, self.symbol), notes, rows)


@frozen
class SystemsCompared(Explained):
    """Everybody's finals under the rules of several systems, beside those that the gradebook itself gives.

    `problems` says of a system why the gradebook cannot be under its rules; such a one has no finals.
    """

    systems: tuple[str, ...]
    learners: tuple[LearnerFinals, ...]
    problems: Mapping[str, tuple[Problem, ...]] = field(factory=dict, hash=False)

    def changed(self, system: str) -> tuple[LearnerFinals, ...]:
        """Return the learners whose final is another under a system."""
        return tuple(each for each in self.learners if each.changes(system))

    def outline(self) -> Outline:
        """Return how many change in each system and by which rules, and then those who change in any."""
        counts = [self._count(system) for system in self.systems]
        changing = [each.outline() for each in self.learners if any(map(each.changes, self.systems)) or each.error]
        return Outline(COMPARISON.phrase("title"), children=[*counts, *changing])

    def _count(self, system: str) -> Outline:
        if system in self.problems:
            return Outline(system, NO_GRADE_SHOWN, [str(each) for each in self.problems[system]])
        changed = self.changed(system)
        rules = Counter(effect.rule.says for each in changed for effect in each.under[system].effects)
        rows = [Outline(says, NUMBERS.phrase("number", count)) for says, count in rules.most_common()]
        return Outline(system, COMPARISON.phrase("change", len(changed), len(self.learners)), (), rows)


def compare(
    imported: Imported, systems: Iterable[str] = tuple(SYSTEM_RULES), *, unknown: Unknown = Unknown.REFUSE
) -> SystemsCompared:
    """Return everybody's finals under the rules of systems, by their names in `SYSTEM_RULES` or the first word of them.

    Nobody's marks make this raise. Raises `DefinitionError` for a gradebook that cannot be compiled, and for a system
    without a table of rules.
    """
    named = [systems] if isinstance(systems, str) else list(systems)
    found = {name: [each for each in SYSTEM_RULES if name in (each, each.partition(" ")[0])] for name in named}
    chosen = tuple(dict.fromkeys(each for name in named for each in found[name]))
    unheard_of = [_unknown_system(name) for name in named if not found[name]]
    if unheard_of:
        raise DefinitionError(unheard_of)
    book, problems = pinned(compile_gradebook(imported.gradebook).gradebook), dict[str, tuple[Problem, ...]]()
    trials = list[_Trial]()
    for name in chosen:
        try:
            trials.append(_Trial.of(book, name))
        except DefinitionError as error:
            problems[name] = error.problems
    plan = compile_gradebook(imported.gradebook)
    learners = (_finals(plan, trials, learner, marks, unknown) for learner, marks in imported.marks.items())
    return SystemsCompared(chosen, tuple(learners), problems)


def _unknown_system(name: str) -> Problem:
    message = (
        f"there are no rules of a system {name!r}{nearest(name, SYSTEM_RULES)}; there are: {', '.join(SYSTEM_RULES)}"
    )
    return Problem("unknown_system", "systems", message)


@frozen
class _Trial:
    """A gradebook under a system, and under each of its rules alone that change it."""

    system: str
    plan: Plan
    alone: tuple[tuple[SystemRule, Plan], ...]

    @classmethod
    def of(cls, book: Gradebook, system: str) -> _Trial:
        """Return the trial of a system; raises `DefinitionError` where its rules do not go with the gradebook."""
        return cls(system, compile_gradebook(under(book, system)), tuple(_each_alone(book, system)))

    def final(self, before: Fraction | None, marks: Marks, unknown: Unknown) -> SystemFinal:
        """Return the final of a learner, with what each rule does to it where it is another."""
        final = grade(self.plan, marks, unknown=unknown).final
        if not _differs(final.percent, before):
            return SystemFinal(self.system, final.percent, final.symbol)
        found = ((rule, grade(plan, marks, unknown=unknown).final.percent) for rule, plan in self.alone)
        effects = tuple(
            RuleEffect(rule, None if before is None or after is None else after - before)
            for rule, after in found
            if _differs(after, before)
        )
        return SystemFinal(self.system, final.percent, final.symbol, effects)


def _each_alone(book: Gradebook, system: str) -> Iterator[tuple[SystemRule, Plan]]:
    for rule in SYSTEM_RULES[system]:
        changed = rule.change(book)
        if changed != book:
            try:
                yield rule, compile_gradebook(changed)
            except DefinitionError:
                continue


def _finals(plan: Plan, trials: Iterable[_Trial], learner: str, marks: Marks, unknown: Unknown) -> LearnerFinals:
    try:
        final = grade(plan, marks, unknown=unknown).final
        there = {trial.system: trial.final(final.percent, marks, unknown) for trial in trials}
    except MarksError as error:
        return LearnerFinals(learner, None, None, error=error)
    return LearnerFinals(learner, final.percent, final.symbol, there)


def _differs(one: Fraction | None, other: Fraction | None) -> bool:
    if one is None or other is None:
        return one is not other
    return _SHOWN.apply(one) != _SHOWN.apply(other)


def _figure(percent: Fraction | None, symbol: str | None) -> str:
    if percent is None:
        return with_symbol(NO_GRADE_SHOWN, symbol)
    return with_symbol(NUMBERS.phrase("percent", Shown(percent, _SHOWN.show(percent))), symbol)


def _told(here: LearnerFinals, there: SystemFinal) -> list[str]:
    """Return what makes a final another one, in words."""
    if not here.changes(there.system):
        return []
    return [_effect(each) for each in there.effects] or [COMPARISON.reason("together")]


def _effect(effect: RuleEffect) -> str:
    if effect.by is None:
        return effect.rule.says
    sign = "+" if effect.by > 0 else ""
    return COMPARISON.reason("by", effect.rule.says, Shown(effect.by, f"{sign}{_SHOWN.show(effect.by)}"))
