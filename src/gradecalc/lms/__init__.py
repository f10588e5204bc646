# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What learning management systems write, read as gradebooks and marks: one package for each system.

An adapter reads text or parsed JSON, never a path, and never grades. What it cannot represent is a `Problem`. What
compares a file's own finals with computed ones stands beside the adapters: `reconcile`.
"""

from .reconciliation import FinalDifference, Reconciliation, reconcile

__all__ = ["FinalDifference", "Reconciliation", "reconcile"]
