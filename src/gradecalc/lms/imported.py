# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What was read from a learning management system: a gradebook, everybody's marks, and what was odd about them."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from ..errors import Problem
from ..exact import Exact
from ..gradebook.tree import Gradebook
from ..marks import Marks


@frozen
class Learner:
    """Who a learner is, as far as the source says; the repr shows the id alone.

    `institution_id` is the id that the institution gave, `username` the name that the system knows the learner by.
    """

    id: str
    institution_id: str = field(default="", repr=False)
    username: str = field(default="", repr=False)
    first_name: str = field(default="", repr=False)
    last_name: str = field(default="", repr=False)
    email: str = field(default="", repr=False)


@frozen
class Recorded:
    """A result as the source states it: points, out of a maximum, and a symbol; None or empty where it does not."""

    points: Exact | None = None
    out_of: Exact | None = None
    symbol: str = ""


@frozen
class Imported:
    """A gradebook that compiles, and what goes with it; mappings are keyed by learner id, in the order of the source.

    `marks` goes to `grade_many` as it is. `finals` holds the final grades that the source recorded, by the source's
    name for each; `recorded` holds its other results, by the id of the category or item. Both stand beside, for
    comparison: nothing computes with them. `exempt_token` is how the source writes an exemption, as it first does.
    """

    gradebook: Gradebook
    marks: Mapping[str, Marks] = field(factory=dict, hash=False, repr=False)
    problems: tuple[Problem, ...] = ()
    learners: Mapping[str, Learner] = field(factory=dict, hash=False, repr=False)
    finals: Mapping[str, Mapping[str, Recorded]] = field(factory=dict, hash=False, repr=False)
    recorded: Mapping[str, Mapping[str, Recorded]] = field(factory=dict, hash=False, repr=False)
    exempt_token: str = field(default="", eq=False, repr=False)
