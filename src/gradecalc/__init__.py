# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Grades, and why: one engine that computes what follows from how a course is graded and what a learner has.

>>> from gradecalc import Gradebook, GradeItem, grade
>>> book = Gradebook([GradeItem("Quiz", max_points=10), GradeItem("Exam", max_points=90)])
>>> grade(book, {"Quiz": 8, "Exam": 73}).final.percent
Fraction(81, 1)

The names stand in `public`, which is loaded when one of them is first asked for: a host that imports the package and
grades nothing yet waits for nothing, and `gradecalc.formula` is loaded with no more than it needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from .public import *  # noqa: F403 - the names stand there, once
else:
    from importlib import import_module

    def __getattr__(name: str) -> object:
        """Load the public names, and return the one that was asked for."""
        public = import_module(".public", __name__)
        globals().update({each: getattr(public, each) for each in ("__all__", *public.__all__)})
        try:
            return globals()[name]
        except KeyError:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from None

    def __dir__() -> list[str]:
        """Return the names that there are, loaded or not."""
        return sorted({*globals(), *import_module(".public", __name__).__all__})
