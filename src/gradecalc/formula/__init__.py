# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The formula language of Brightspace: read, checked, worked out exactly, and explained.

>>> from gradecalc import EXEMPT
>>> from gradecalc.formula import Formula
>>> formula = Formula("=IF{[Exam.Percent] >= 50, 100, [Essay.Percent] / 2}")
>>> formula.evaluate(lambda name, property: {"Exam": 40, "Essay": EXEMPT}[name]) is None
True
>>> print(formula.explain(lambda name, property: {"Exam": 40, "Essay": 75}[name]))
IF{[Exam.Percent] >= 50, 100, [Essay.Percent] / 2}   37.5
  [Exam.Percent] >= 50                              false  40 >= 50
    [Exam.Percent]                                     40
  100                                                      not taken
  [Essay.Percent] / 2                                37.5  taken
    [Essay.Percent]                                    75
"""

from ..errors import FormulaError
from .evaluation import Lookup
from .explanation import Explanation, WhyNoScore
from .faults import (
    MAX_DEPTH,
    MAX_LENGTH,
    MAX_PARTS,
    MAX_TOTAL_BITS,
    VALIDATOR_MESSAGES,
)
from .formula import Formula
from .functions import FUNCTIONS, Absent, Function
from .nodes import (
    Call,
    Constant,
    Node,
    Operation,
    Property,
    Reference,
    Signed,
)
from .notices import lint
from .operators import Kind, Level, Operator

__all__ = [
    "FUNCTIONS",
    "MAX_DEPTH",
    "MAX_LENGTH",
    "MAX_PARTS",
    "MAX_TOTAL_BITS",
    "VALIDATOR_MESSAGES",
    "Absent",
    "Call",
    "Constant",
    "Explanation",
    "Formula",
    "FormulaError",
    "Function",
    "Kind",
    "Level",
    "Lookup",
    "Node",
    "Operation",
    "Operator",
    "Property",
    "Reference",
    "Signed",
    "WhyNoScore",
    "lint",
]
