# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Into what an export can be converted: a table of writers, each from a graded class to files and what they lack."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from typing import Final

from ..lms import brightspace, canvas
from .files import Written
from .grading import GradedClass
from .mark_columns import as_csv, as_parquet
from .official_forms import as_badges, as_banner, as_lti, as_oneroster, as_symbols

_BRIGHTSPACE: Final = "brightspace"


def _as_brightspace(graded: GradedClass, _: Namespace) -> Written:
    imported = graded.imported
    exported = brightspace.write(
        graded.plan,
        imported.marks,
        learners=imported.learners,
        headings=brightspace.Headings.EXPORT,
        exempt=imported.exempt_token if imported.system == _BRIGHTSPACE else "",
    )
    return Written({"grades.csv": exported.text}, exported.problems)


def _as_canvas(graded: GradedClass, _: Namespace) -> Written:
    exported = canvas.write_csv(graded.plan, graded.imported.marks, learners=graded.imported.learners)
    return Written({"grades.csv": exported.text}, exported.problems)


WRITERS: Final[Mapping[str, Callable[[GradedClass, Namespace], Written]]] = {
    "badges": as_badges,
    "banner": as_banner,
    _BRIGHTSPACE: _as_brightspace,
    "canvas": _as_canvas,
    "csv": as_csv,
    "lti": as_lti,
    "oneroster": as_oneroster,
    "parquet": as_parquet,
    "registrar": as_symbols,
}
"""What can be written, by the name that it has on the command line."""
