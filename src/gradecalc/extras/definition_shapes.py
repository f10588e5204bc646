# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How the classes of a definition are told apart in plain data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..gradebook.aggregation import ByFormula, Highest, Lowest, Mean, Median, Mode, SumOfPoints
from ..gradebook.best_of import BestOf
from ..gradebook.items import CalculatedItem, FormulaItem
from ..gradebook.tree import Category
from ..gradebook.weights import WeightedMean

FORMAT: Final = "gradecalc.gradebook/1"

NODES: Final[Mapping[str, type]] = {"children": Category, "formula": FormulaItem, "items": CalculatedItem}
"""The key that tells what a node is, and is always written; a node with none of these is a `GradeItem`."""

AGGREGATIONS: Final[Mapping[str, type]] = {
    "weighted_mean": WeightedMean,
    "sum_of_points": SumOfPoints,
    "mean": Mean,
    "median": Median,
    "lowest": Lowest,
    "highest": Highest,
    "mode": Mode,
    "best_of": BestOf,
    "by_formula": ByFormula,
}

TYPE: Final = "type"
"""The key under which a table that is an aggregation says which it is."""
