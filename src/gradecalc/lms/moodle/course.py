# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A course as a gradebook and marks.

>>> imported = read({"tree": {"name": "course", "method": "mean", "children": [
...     {"name": "Quiz", "max": 10, "grade": 8}, {"name": "Essay", "min": 50, "max": 100, "grade": 75}]}})
>>> imported.marks
{'learner': {'Quiz': 8, 'Essay': 25}}

Where an item has a least grade, its points here are those above it, except under natural weighting, which measures
from 0: what is aggregated is then the same share of the range. Totals are in Moodle's points everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import Any, Final

from ...errors import Problem, Severity
from ...exact import Exact, describe
from ...gradebook.aggregation import ByFormula
from ...gradebook.drops import DropRule
from ...gradebook.items import Empty, FormulaItem, GradeItem
from ...gradebook.tree import (
    Category,
    Gradebook,
    Node,
    OnlyBonus,
)
from ...marks import UngradedPolicy
from ...moments import utc
from ...rounding import Rounding, RoundingOf
from ...schemes import GradeScheme
from ...values import frozen
from ..documents import Document, read_document
from ..imported import Imported, Learner
from .aggregation_methods import AGGREGATIONS, Method
from .course_fields import FIGURE, CourseSettings, is_hidden, read_settings
from .course_marks import MarkSettings, read_marks
from .course_tree import Placed, place
from .drop_rules import drop_rule
from .formulas.course_formulas import reads_hidden, write_calculations
from .grade_bounds import STORED_PLACES
from .letters import DEFAULT_SCHEME, NO_LETTER, letter_scheme
from .natural_weights import Weighed, same_for_all, settle_overrides
from .web_service import SYSTEM

STORED: Final = Rounding(STORED_PLACES, of=RoundingOf.POINTS)
"""What Moodle does to every grade: it stores points with five decimals, and each level starts from those."""


class TotalsView(Enum):
    """Which totals are asked for.

    Those without hidden items are worked out on a path of their own, which rounds nothing between the levels, drops
    under natural weighting whatever the items are, and measures every item from its least grade.
    """

    REAL = "real"
    """The stored ones, in which hidden grades count."""
    HIDDEN_EXCLUDED = "hidden_excluded"
    """Those that a learner sees where totals are shown without hidden items."""


def read(data: Any, *, totals: TotalsView = TotalsView.REAL, now: datetime | None = None) -> Imported:
    """Return the gradebook and the marks of a course, from JSON as text, bytes or parsed; never raises for it.

    `data` is a tree, or an object with a `tree`, its `settings`, `letters` and `grades` by learner; anything else is a
    problem. What is hidden until a moment is compared with `now`, which states its time zone; without it, it is hidden.
    """
    if now is not None:
        now = utc(now)
    problems: list[Problem] = []
    document = read_document(data, "", problems)
    root = place(_tree(document))
    formulas = write_calculations(root)
    course = _Course(totals, read_settings(document.get("settings")), formulas)
    without_hidden = totals is TotalsView.HIDDEN_EXCLUDED
    marks = read_marks(document, root, MarkSettings(course.settings, formulas, without_hidden, now))
    gradebook = Gradebook(
        course.nodes(root),
        name=root.name,
        scheme=_letters(document.get("letters")),
        shown=Rounding(course.settings.decimals),
        **course.branch(root),
    )
    if without_hidden:
        hidden = {row.id for row in root.rows() if is_hidden(row.stated.hidden, now)}
        problems.extend(_unknown_total(row) for row in reads_hidden(root, hidden))
    learners = {each: Learner(each) for each in marks}
    return Imported(gradebook, marks, tuple(dict.fromkeys(problems)), learners, system=SYSTEM)


def minima(data: Any) -> dict[str, Exact]:
    """Return the least grade of each item that stands under natural weighting, by id, for `total_without_hidden`.

    Each category that has natural weighting is there too, at 0, by which it is known.
    """
    rows = [*place(_tree(read_document(data, "", []))).rows()]
    items = {row.id: row.bounds.least for row in rows if row.method is None and row.above is Method.NATURAL}
    return items | {row.id: 0 for row in rows if row.method is Method.NATURAL and not row.stated.calculation}


def _tree(document: Document) -> Document:
    """Return the tree of a document, which may be one itself; without any, that is a problem."""
    tree = document.get("tree") if document.get("tree").value is not None else document
    if tree.value is not None and not isinstance(tree.value, Mapping):
        tree.report("wrong_value", f"{describe(tree.value)} is no tree of a course: an object with its children")
    elif not document.problems and (tree.value is None or "children" not in tree.value):
        tree.report("no_tree", "there is no course here: an object with a tree, or with the children of one")
    return tree


@frozen
class _Course:
    """How one tree is read: for which totals, with which settings, and which formulas could be written."""

    totals: TotalsView
    settings: CourseSettings
    formulas: Mapping[str, str]

    def nodes(self, category: Placed) -> tuple[Node, ...]:
        """Return what is in a category."""
        weighed = _weighed(category)
        eligible = [child.id for child in category.children if self._eligible(child, category)]
        stay = settle_overrides([weighed[id_] for id_ in eligible])
        overrides = dict(zip(eligible, stay, strict=True))
        return tuple(self._node(child, overrides) for child in category.children)

    def branch(self, category: Placed) -> dict[str, Any]:
        """Return what a category and the course itself have in common."""
        method = category.method or Method.NATURAL
        formula = self.formulas.get(category.id)
        free = method is Method.NATURAL and formula is None
        return {
            "aggregation": AGGREGATIONS[method] if formula is None else ByFormula(formula),
            "ungraded": _EMPTY[category.stated.exclude_empty],
            "drop": self._drop(category, method),
            "only_bonus": OnlyBonus.GRADED,
            "max_points": None if free else category.bounds.most,
            "min_points": None if formula is not None else self._floor(category, free=free),
            "pass_mark": self._pass_mark(category, free=free),
            "can_exceed": self.settings.unlimited,
            "round_result": STORED if self.totals is TotalsView.REAL else None,
        }

    def _node(self, row: Placed, overrides: Mapping[str, Exact | None]) -> Node:
        stands: dict[str, Any] = {
            "id": row.id,
            "weight": _weight(row, overrides),
            "bonus": row.extra_credit,
            "counts": row.id in overrides and not _is_ignored(row),
        }
        if row.method is not None:
            return Category(row.name, self.nodes(row), empty=Empty.NEVER_EXEMPT, **stands, **self.branch(row))
        stands |= {
            "max_points": _out_of(row),
            "pass_mark": row.pass_percent,
            "can_exceed": self.settings.unlimited,
            "round_result": STORED if self.totals is TotalsView.REAL else None,
        }
        formula = self.formulas.get(row.id)
        if formula is not None:
            return FormulaItem(row.name, formula=formula, empty=Empty.AS_UNGRADED, **stands)
        return GradeItem(row.name, min_points=self._least(row), **stands)

    def _eligible(self, row: Placed, category: Placed) -> bool:
        """Return whether a row is aggregated at all: scales and outcomes are where settings say so."""
        if not row.valued or (row.steps and not self.settings.scales):
            return False
        return category.stated.include_outcomes or not (row.stated.outcome and self.settings.outcomes)

    def _drop(self, category: Placed, method: Method) -> DropRule:
        if category.id in self.formulas:
            return DropRule()
        rule = drop_rule(category.stated.drop_low, category.stated.keep_high)
        if method is not Method.NATURAL or self.totals is TotalsView.HIDDEN_EXCLUDED or not rule.drops:
            return rule
        weighed = list(_weighed(category).values())
        if same_for_all(weighed, categories=any(child.method for child in category.children)):
            return rule
        message = (
            "the rule to drop results is ignored: under natural weighting all must be items of one maximum and weight"
        )
        category.document.report("drop_ignored", message, Severity.NOTICE)
        return DropRule()

    @staticmethod
    def _pass_mark(category: Placed, *, free: bool) -> Exact | None:
        """Return a pass mark in percent; one in points says nothing where everybody's total is out of their own."""
        mark = category.pass_percent
        if mark is None or not free:
            return mark
        message = "the pass mark is left out: a natural total is out of each learner's own maximum"
        category.document.get("pass_mark").report("pass_mark_unsaid", message, Severity.NOTICE)
        return None

    def _floor(self, category: Placed, *, free: bool) -> Exact | None:
        """Return the floor of a total in which grades below 0 may be: of what itself begins at 0 or above it."""
        if self.totals is not TotalsView.REAL or not any(map(_may_be_below, category.rows())):
            return None
        own = [child for child in category.children if _may_be_below(child) and not child.extra_credit]
        return None if free and own else 0

    def _least(self, row: Placed) -> Exact | None:
        """Return the floor of an item's points."""
        if not row.valued:
            return None
        natural = row.above is Method.NATURAL and self.totals is TotalsView.REAL
        return row.bounds.least if natural else 0


_EMPTY: Final = {True: UngradedPolicy.LEAVE_OUT, False: UngradedPolicy.AS_ZERO_ONCE_GRADED}


def _weighed(category: Placed) -> dict[str, Weighed]:
    return {child.id: Weighed(child.bounds.most, child.override, child.extra_credit) for child in category.children}


def _weight(row: Placed, overrides: Mapping[str, Exact | None]) -> Exact | None:
    if row.above is Method.NATURAL:
        override = overrides.get(row.id)
        return None if override is None else override * 100
    if row.above is Method.WEIGHTED_MEAN or (row.above is Method.MEAN_EXTRA_CREDIT and row.extra_credit):
        return max(row.coefficient, 0)
    return None


def _is_ignored(row: Placed) -> bool:
    """Return whether a coefficient below 0 keeps a row out of a mean with extra credit."""
    return row.above is Method.MEAN_EXTRA_CREDIT and row.coefficient < 0


def _may_be_below(row: Placed) -> bool:
    """Return whether an item has grades below 0 that count as such, which natural weighting alone lets them."""
    return row.method is None and row.above is Method.NATURAL and row.bounds.least < 0


def _out_of(row: Placed) -> Exact:
    return row.range if row.valued else 0


def _letters(document: Document) -> GradeScheme | None:
    """Return the scheme of the letters: none, the default ones, or a row for each boundary and its letter."""
    if document.value is None or document.value == "default":
        return None if document.value is None else DEFAULT_SCHEME
    pairs: dict[Exact, str] = {}
    for nth, row in enumerate(document.value if isinstance(document.value, (list, tuple)) else ()):
        stated = dict(zip(("boundary", "letter"), row, strict=False)) if isinstance(row, (list, tuple)) else row
        each = Document(stated, f"{document.path}[{nth}]", document.problems)
        boundary, symbol = each.get("boundary").read(FIGURE, None, "boundary"), each.text("letter")
        if boundary is None or symbol in ("", NO_LETTER, *pairs.values()) or boundary in pairs:
            each.report("wrong_value", "a letter has a boundary of its own and a text of its own")
        else:
            pairs[boundary] = symbol
    if not pairs:
        document.report("wrong_value", "letters is a list of boundaries, each with its letter")
        return None
    return letter_scheme(pairs.items())


def _unknown_total(row: Placed) -> Problem:
    message = (
        f"{describe(row.name)} is worked out from something hidden; to the learner it and all above it are unknown"
    )
    return Problem("unknown_total", row.document.path, message, Severity.NOTICE)
