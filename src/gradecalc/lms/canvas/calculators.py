# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Canvas's two calculators, as named choices: the server's, whose figures are stored, and the browser's.

The server's is the dialect. Whatever changes a figure in the browser's is a field here; `attrs.evolve` mixes them.
"""

from __future__ import annotations

from enum import Enum
from typing import Final

from ...gradebook.drops import Unpointed
from ...rounding import Rounding
from ...values import frozen

TWO_PLACES: Final = Rounding(2)
"""How Canvas rounds the percent of a course or a period: to two places, halves away from zero."""


class Repeated(Enum):
    """Which of several submissions of one learner to one assignment is read."""

    FIRST = "first"
    LAST = "last"


@frozen(kw_only=True)
class Calculator:
    """How figures are reached.

    The three roundings are those of a total of points, of a total of weighted percents, and of a grading period on
    its way into a weighted course. What `leaves_out_without_submission` leaves out has no submission at all, not even
    an empty one; `hidden` is an older word for unposted. `rounds_look_up` rounds the score to four places, and the
    bounds to four digits, before a letter is looked up. `search` says how it
    is found what is dropped (D12).
    """

    round_points_total: Rounding | None = TWO_PLACES
    round_percent_total: Rounding | None = TWO_PLACES
    round_period: Rounding | None = TWO_PLACES
    repeated: Repeated = Repeated.LAST
    leaves_out_without_submission: bool = False
    leaves_out_hidden: bool = False
    rounds_look_up: bool = False
    search: Unpointed = Unpointed.FIRST


SERVER: Final = Calculator()
"""The calculator whose scores Canvas stores and its API gives."""

CLIENT: Final = Calculator(
    round_points_total=None,
    round_period=None,
    repeated=Repeated.FIRST,
    leaves_out_without_submission=True,
    leaves_out_hidden=True,
    rounds_look_up=True,
    search=Unpointed.BROWSER,
)
"""The calculator behind the pages of the gradebook and of a student's grades."""
