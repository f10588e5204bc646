# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The names that `gradecalc` itself has, each from its room: `from gradecalc import grade` finds it here."""

from .errors import (
    DefinitionError,
    FormulaError,
    GradecalcError,
    MarksError,
    Problem,
    Severity,
)
from .exact import RoundingMode
from .gradebook.aggregation import (
    ByFormula,
    FixedMaximum,
    Highest,
    Lowest,
    Mean,
    Median,
    Mode,
    SumOfPoints,
)
from .gradebook.best_of import BestOf, ChildWeight, Weighting
from .gradebook.caps import Cap
from .gradebook.contributions import BonusOf, ZeroRange
from .gradebook.drops import DropBy, DropRule, DropTies, TooFew, Unpointed
from .gradebook.hurdles import Hurdle
from .gradebook.items import (
    CalculatedItem,
    CalculationMethod,
    Empty,
    FormulaItem,
    GradeItem,
)
from .gradebook.late_bank import (
    BankUnit,
    Cover,
    LateBank,
    SavedBy,
    SpendOrder,
)
from .gradebook.late_policy import (
    AfterGrace,
    DeductionOf,
    Interval,
    LateBand,
    LatePolicy,
)
from .gradebook.moved_weights import Missed, WeightMoves
from .gradebook.replacement import ReplacedBy, ReplacedWhen, ReplaceLowest
from .gradebook.tree import (
    Category,
    Gradebook,
    OnlyBonus,
)
from .gradebook.weights import (
    Distribution,
    Maximum,
    Rescale,
    WeightedMean,
    Weightless,
    WeightUnit,
)
from .grading.cells import marks_of_cells
from .grading.exemptions import enter, exempt, unexempt
from .grading.grading import (
    Unknown,
    explain_formula,
    grade,
    grade_many,
    marks_digest,
)
from .grading.late_work import (
    ItemLatePolicy,
    LateFacts,
    LateRecord,
    LateRules,
    apply_late_rules,
    apply_late_rules_to_class,
)
from .grading.plan import Plan, compile_gradebook
from .marks import (
    EXEMPT,
    UNGRADED,
    Change,
    ChangeKind,
    ItemKind,
    Mark,
    UngradedPolicy,
)
from .outline import Outline
from .reasons import Lack
from .report.changes import compare
from .report.report import Report
from .report.results import Replacement, Result, Treatment
from .report.sums import Addition
from .rounding import Rounding, RoundingOf
from .schemes import Band, GradeScheme
from .verdicts import Verdict

__all__ = [  # noqa: RUF022 - in the order that sorted() has
    "Addition",
    "AfterGrace",
    "Band",
    "BankUnit",
    "BestOf",
    "BonusOf",
    "ByFormula",
    "CalculatedItem",
    "CalculationMethod",
    "Cap",
    "Category",
    "Change",
    "ChangeKind",
    "ChildWeight",
    "Cover",
    "DeductionOf",
    "DefinitionError",
    "Distribution",
    "DropBy",
    "DropRule",
    "DropTies",
    "EXEMPT",
    "Empty",
    "FixedMaximum",
    "FormulaError",
    "FormulaItem",
    "GradeItem",
    "GradeScheme",
    "Gradebook",
    "GradecalcError",
    "Highest",
    "Hurdle",
    "Interval",
    "ItemKind",
    "ItemLatePolicy",
    "Lack",
    "LateBand",
    "LateBank",
    "LateFacts",
    "LatePolicy",
    "LateRecord",
    "LateRules",
    "Lowest",
    "Mark",
    "MarksError",
    "Maximum",
    "Mean",
    "Median",
    "Missed",
    "Mode",
    "OnlyBonus",
    "Outline",
    "Plan",
    "Problem",
    "ReplaceLowest",
    "ReplacedBy",
    "ReplacedWhen",
    "Replacement",
    "Report",
    "Rescale",
    "Result",
    "Rounding",
    "RoundingMode",
    "RoundingOf",
    "SavedBy",
    "Severity",
    "SpendOrder",
    "SumOfPoints",
    "TooFew",
    "Treatment",
    "UNGRADED",
    "UngradedPolicy",
    "Unknown",
    "Unpointed",
    "Verdict",
    "WeightMoves",
    "WeightUnit",
    "WeightedMean",
    "Weighting",
    "Weightless",
    "ZeroRange",
    "apply_late_rules",
    "apply_late_rules_to_class",
    "compare",
    "compile_gradebook",
    "enter",
    "exempt",
    "explain_formula",
    "grade",
    "grade_many",
    "marks_digest",
    "marks_of_cells",
    "unexempt",
]
