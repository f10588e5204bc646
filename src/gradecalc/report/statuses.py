# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What became of a line that does not simply count, in a word or two beside its name (HP3)."""

from __future__ import annotations

from typing import Final

from ..reasons import Lack, Reason, ReasonTexts
from .results import Result, Treatment

STATUSES: Final = ReasonTexts(
    "report statuses",
    {
        "bonus": "bonus",
        "dropped": "dropped",
        "exempt": "exempt",
        "no_score": "no score",
        "no_score_as_zero": "no score: counts as zero",
        "not_counted": "not counted",
        "not_picked": "not picked",
        "ungraded": "ungraded",
        "ungraded_as_zero": "ungraded: counts as zero",
    },
)
"""What became of a line."""

_OF_TREATMENTS: Final = {
    Treatment.BONUS: "bonus",
    Treatment.DROPPED: "dropped",
    Treatment.EXEMPT: "exempt",
    Treatment.NOT_COUNTED: "not_counted",
}
_OF_BLANKS: Final = {Treatment.COUNTED_AS_ZERO: "ungraded_as_zero", Treatment.LEFT_OUT: "ungraded"}
_OF_LACKS: Final = {Treatment.COUNTED_AS_ZERO: "no_score_as_zero", Treatment.LEFT_OUT: "no_score"}


def status_of(result: Result, *, picked: bool) -> Reason | str:
    """Return what became of a line, empty where it counts; `picked` is false where its branch picked others."""
    lacking = _OF_BLANKS if result.lack is Lack.UNGRADED else _OF_LACKS
    code = _OF_TREATMENTS.get(result.treatment) or lacking.get(result.treatment)
    if code is None and not picked:
        code = "not_picked"
    return STATUSES.reason(code) if code else ""
