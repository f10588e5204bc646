# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A definition file made from an export: what it says, what its finals tell, and what a person must decide."""

from __future__ import annotations

from typing import Final

from ..marks import UngradedPolicy
from .at_hand import need_extra
from .endings import line_of
from .grading import GradedClass

_POLICIES: Final = ", ".join(policy.value for policy in UngradedPolicy)
_DECIDE: Final = {
    "ungraded": f"what blanks count for: one of {_POLICIES}",
    "scheme": "which symbols are given: scheme = { A = 85, B = 70, C = 55, F = 0 }",
    "pass_mark": "from which percent on the course is passed: pass_mark = 50",
    "drop": "how many of the lowest results a category drops: drop = { lowest = 1 } in its part below",
}


def write_definition(graded: GradedClass, source: str) -> str:
    """Return the definition as TOML, with comments where the file does not say what applies."""
    book, imported = graded.plan.gradebook, graded.imported
    header = [
        f"How this course is graded, made from {source} ({imported.system}); 'gradecalc check' reads it.",
        *graded.words,
        *(f"not in the file: {line_of(each)}" for each in imported.problems if each.code == "not_in_export"),
    ]
    comments = {key: [f"decide {text}"] for key, text in _DECIDE.items() if not getattr(book, key, None)}
    comments["ungraded"] = [_of_ungraded(graded)]
    text: str = need_extra("toml_writing").dumps_toml(book, comments, [*header, ""])
    return text


def _of_ungraded(graded: GradedClass) -> str:
    """Return what is known of blanks: inferred, or borne out by finals that agree, or to be decided."""
    told = _DECIDE["ungraded"]
    if graded.reconciliation.agree and not graded.reconciliation.differ:
        return f"the file's finals agree with this; {told}"
    return f"decide {told}"
