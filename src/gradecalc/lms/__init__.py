# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What learning management systems write, read as gradebooks and marks: one package for each system.

An adapter reads text or parsed JSON, never a path, and never grades. What it cannot represent is a `Problem`. `read`
recognises whose file or document something is, and reads it as that system's. What compares a file's own finals with
computed ones stands beside the adapters: `reconcile`, `infer` and
`compare`.
"""

from .candidates import Candidate, Inference
from .comparison import LearnerFinals, RuleEffect, SystemFinal, SystemsCompared, compare
from .imported import Imported, Learner, Recorded
from .inference import infer
from .recognise import read
from .reconciliation import FinalDifference, Reconciliation, reconcile
from .system_rules import SYSTEM_RULES, SystemRule

__all__ = [  # noqa: RUF022 - in the order that sorted() has
    "Candidate",
    "FinalDifference",
    "Imported",
    "Inference",
    "Learner",
    "LearnerFinals",
    "Reconciliation",
    "Recorded",
    "RuleEffect",
    "SYSTEM_RULES",
    "SystemFinal",
    "SystemRule",
    "SystemsCompared",
    "compare",
    "infer",
    "read",
    "reconcile",
]
