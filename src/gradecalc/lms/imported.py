# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What was read from a learning management system: a gradebook, everybody's marks, and what was odd about them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import evolve, field

from ..errors import Problem
from ..exact import Exact, ratio
from ..gradebook.items import GradeItem
from ..gradebook.tree import Gradebook, rows
from ..marks import Marks
from ..outline import Explained, Outline
from ..reasons import NUMBERS, ReasonTexts
from ..values import frozen

_NO_GROUPS: Final[Mapping[str, str]] = {}


READING: Final = ReasonTexts("reading", {"problems": "Problems"})
"""What is said of what was read, beside its gradebook."""


@frozen
class Learner:
    """Who a learner is, as far as the source says; the repr shows the id alone.

    `institution_id` is the id that the institution gave, `username` the name that the system knows the learner by.
    `name` is the whole name, as the source has it or else of its parts, and then not held beside them. `groups` holds
    what the source says beside, a group in each kind of groups, by the heading that it has there.
    """

    id: str
    institution_id: str = field(default="", repr=False)
    username: str = field(default="", repr=False)
    first_name: str = field(default="", repr=False)
    last_name: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    _name: str = field(default="", repr=False)
    sections: tuple[str, ...] = field(default=(), repr=False)
    groups: Mapping[str, str] = field(default=_NO_GROUPS, hash=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if self._name and self._name == self._of_parts():
            object.__setattr__(self, "_name", "")

    @property
    def name(self) -> str:
        """The whole name."""
        return self._name or self._of_parts()

    def _of_parts(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


@frozen
class Recorded:
    """A result as the source states it: points, out of a maximum, a symbol, and a percent; None where it does not."""

    points: Exact | None = None
    out_of: Exact | None = None
    symbol: str = ""
    percent: Exact | None = None

    @property
    def stated(self) -> Exact | None:
        """The percent that is stated, or else that of the points; None where neither is."""
        if self.percent is not None:
            return self.percent
        return ratio(100 * self.points, self.out_of) if self.points is not None and self.out_of else None


@frozen
class Imported(Explained):
    """A gradebook that compiles, and what goes with it; mappings are keyed by learner id, in the order of the source.

    `marks` goes to `grade_many` as it is. `finals` holds the final grades that the source recorded, by the source's
    name for each; `recorded` holds its other results, by the id of the category or item. Both stand beside, for
    comparison: nothing computes with them. `exempt_token` is how the source writes an exemption, as it first does.
    `system` is the name of the system's package, such as `canvas`.

    `late` is by how many seconds work came in late, as `LateFacts` takes it, and `feedback` what was written to a
    learner about an item; both are by learner and item, for those of whom the source says it, and change no mark.
    """

    gradebook: Gradebook
    marks: Mapping[str, Marks] = field(factory=dict, hash=False, repr=False)
    problems: tuple[Problem, ...] = ()
    learners: Mapping[str, Learner] = field(factory=dict, hash=False, repr=False)
    finals: Mapping[str, Mapping[str, Recorded]] = field(factory=dict, hash=False, repr=False)
    recorded: Mapping[str, Mapping[str, Recorded]] = field(factory=dict, hash=False, repr=False)
    exempt_token: str = field(default="", eq=False, repr=False)
    system: str = ""
    late: Mapping[str, Mapping[str, int]] = field(factory=dict, hash=False, repr=False, kw_only=True)
    feedback: Mapping[str, Mapping[str, str]] = field(factory=dict, hash=False, repr=False, kw_only=True)

    def outline(self) -> Outline:
        """Return how the course is graded, in words, and what could not be read as it stands there (G23)."""
        course = self.gradebook.outline()
        if not self.problems:
            return course
        found = [Outline(problem.path or problem.code, "", (problem.message,)) for problem in self.problems]
        count = NUMBERS.phrase("number", len(found))
        return evolve(course, children=(*course.children, Outline(READING.phrase("problems"), count, (), found)))

    @property
    def subtotals(self) -> dict[str, dict[str, Recorded]]:
        """What the source recorded of categories, by learner and category: what is in `recorded` and of no item."""
        items = {row.node.id for row in rows(self.gradebook) if isinstance(row.node, GradeItem)}
        return {
            learner: {of: result for of, result in results.items() if of not in items}
            for learner, results in self.recorded.items()
        }
