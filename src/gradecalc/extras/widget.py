# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A widget for Jupyter and marimo: move a learner's marks, and see the grade and why, live; needs anywidget.

>>> from gradecalc import Gradebook, GradeItem
>>> book = Gradebook([GradeItem("Essay", 40), GradeItem("Exam", 60)])
>>> widget = WhatIfWidget(book, {"Essay": 32})
>>> widget.final
'80.00 %'
>>> widget.changes = {"Exam": 30.0}
>>> widget.final
'80.00 % → 62.00 %'
>>> widget.supposed.after.final.percent
Fraction(62, 1)

Every item that takes points has a slider, a number and a switch for an exemption. Nothing is loaded from
anywhere when it is shown: script and style stand beside this file.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import anywidget
import traitlets

from ..errors import GradecalcError
from ..gradebook.tree import Gradebook
from ..grading.grading import grade
from ..grading.plan import Plan, plan_of
from ..grading.planned import PlannedItem
from ..marks import EXEMPT, UNGRADED, ItemKind, Marks, MarkValue
from ..report.results import Result, Treatment
from ..scenarios import WhatIf, what_if

SUPPOSED_EXEMPT: Final = "exempt"
"""What a change is where an exemption is supposed."""

SUPPOSED_UNGRADED: Final = "ungraded"
"""What a change is where neither a mark nor an exemption is supposed."""

_SUPPOSED: Final[Mapping[Any, MarkValue]] = {SUPPOSED_EXEMPT: EXEMPT, SUPPOSED_UNGRADED: UNGRADED}


class WhatIfWidget(anywidget.AnyWidget):
    """A learner's marks, each to be moved, beside what comes of it.

    `changes` maps ids to supposed points, `"exempt"` or `"ungraded"`; it is what people move, and can be set. `final`
    is the final as text, with an arrow where something changes it, `html` the explanation and `error` what is wrong
    with a change; `supposed` is the answer itself, and None before a change that can be graded. Raises `MarksError` and
    `DefinitionError` as `grade` does.
    """

    _esm = Path(__file__).with_name("widget.js")
    _css = Path(__file__).with_name("widget.css")

    items = traitlets.List(traitlets.Dict()).tag(sync=True)
    changes = traitlets.Dict().tag(sync=True)
    final = traitlets.Unicode().tag(sync=True)
    html = traitlets.Unicode().tag(sync=True)
    error = traitlets.Unicode().tag(sync=True)

    def __init__(self, plan: Plan | Gradebook, marks: Marks) -> None:
        self._plan = plan_of(plan)
        self._marks = dict(marks)
        report = grade(self._plan, self._marks)
        self.supposed: WhatIf | None = None
        super().__init__(items=[_item(line, report[line.id]) for line in self._plan.lines if _takes_points(line)])
        self._suppose({})

    @traitlets.observe("changes")
    def _on_changes(self, change: Mapping[str, Any]) -> None:
        self._suppose(change["new"])

    def _suppose(self, changes: Mapping[str, Any]) -> None:
        """Say what comes of the changes, or what is wrong with them; then what was said before stays."""
        try:
            supposed = what_if(self._plan, self._marks, {id_: _mark(change) for id_, change in changes.items()})
        except GradecalcError as error:
            self.error = str(error)
            return
        before, after = _final(supposed.before.final), _final(supposed.after.final)
        self.supposed = supposed
        self.error = ""
        self.final = f"{before} → {after}" if supposed.changes else after
        self.html = f"{supposed.outline().html() if supposed.changes else ''}{supposed.after.outline().html()}"


def _takes_points(line: object) -> bool:
    return isinstance(line, PlannedItem) and line.kind is not ItemKind.TEXT


def _item(line: Any, result: Result) -> dict[str, Any]:
    """Return what the browser needs of an item: its mark where it is a number, and its maximum."""
    recorded = result.recorded
    mark = None if recorded is None or isinstance(recorded, str | bool) else float(recorded)
    exempt = result.treatment is Treatment.EXEMPT
    return {"id": result.id, "name": result.name, "max": float(line.max_points), "mark": mark, "exempt": exempt}


def _mark(change: Any) -> MarkValue:
    supposed: MarkValue = _SUPPOSED.get(change, change)
    return supposed


def _final(result: Result) -> str:
    if result.percent is None:
        return result.shown
    return f"{result.shown} % {result.symbol or ''}".rstrip()
