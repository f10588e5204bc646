# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The widget's side in Python, which a browser talks to."""

import pytest

from gradecalc import (
    EXEMPT,
    Category,
    DropRule,
    Gradebook,
    GradeItem,
    GradeScheme,
    ItemKind,
    Mark,
    MarksError,
    compile_gradebook,
    grade,
)
from gradecalc.extras.widget import WhatIfWidget

PLAN = compile_gradebook(
    Gradebook(
        [
            Category("Quizzes", [GradeItem("Quiz 1", 10), GradeItem("Quiz 2", 10)], drop=DropRule(lowest=1)),
            GradeItem("Exam", 30),
            GradeItem("Remark", kind=ItemKind.TEXT),
        ],
        scheme=GradeScheme.from_cutoffs({"A": 85, "F": 0}),
    )
)
MARKS = {"Quiz 1": 6, "Quiz 2": Mark(9, exempt=True), "Exam": None, "Remark": "late"}


def test_each_item_that_takes_points_can_be_moved():
    """Every item but a text has its mark, its maximum, and whether it is exempt, in book order."""
    expected = [
        {"id": "Quiz 1", "name": "Quiz 1", "max": 10.0, "mark": 6.0, "exempt": False},
        {"id": "Quiz 2", "name": "Quiz 2", "max": 10.0, "mark": 9.0, "exempt": True},
        {"id": "Exam", "name": "Exam", "max": 30.0, "mark": None, "exempt": False},
    ]
    assert expected == WhatIfWidget(PLAN, MARKS).items


def test_nothing_moved_shows_the_grade_as_it_is():
    """Without a change the final and the explanation are those of the report."""
    widget = WhatIfWidget(PLAN, MARKS)
    report = grade(PLAN, MARKS)
    assert "60.00 % F" == widget.final
    assert report.outline().html() == widget.html
    assert report == widget.supposed.after


def test_what_is_moved_is_graded():
    """A number, an exemption and a clearing are supposed, and said with what they change (WI1)."""
    widget = WhatIfWidget(PLAN, MARKS)
    widget.changes = {"Exam": 30, "Quiz 1": "ungraded", "Quiz 2": 8.5}
    after = grade(PLAN, {"Exam": 30, "Quiz 2": 8.5, "Remark": "late"})
    assert after.final.percent == widget.supposed.after.final.percent
    assert f"60.00 % F → {after.final.shown} % A" == widget.final
    assert after.outline().html() in widget.html
    widget.changes = {"Quiz 1": "exempt"}
    assert EXEMPT is not widget.supposed.after["Quiz 1"].recorded
    assert "60.00 % F → –" == widget.final


def test_what_cannot_be_is_said_and_the_last_answer_stays():
    """A mark beyond the maximum is an error in words, until the next change (WI3)."""
    widget = WhatIfWidget(PLAN, MARKS)
    widget.changes = {"Exam": 31}
    assert "31 points are beyond the maximum of 'Exam'" in widget.error
    assert "60.00 % F" == widget.final
    widget.changes = {"Exam": 3}
    assert "" == widget.error


def test_marks_that_cannot_be_graded_are_refused():
    """A widget of marks that cannot be graded is refused as `grade` refuses them; a gradebook is compiled first."""
    with pytest.raises(MarksError):
        WhatIfWidget(PLAN.gradebook, {"Quiz 3": 1})


def test_nothing_is_loaded_from_elsewhere():
    """The script that is handed to the browser imports nothing and names no address."""
    script = WhatIfWidget(PLAN, MARKS).get_state(["_esm"])["_esm"]
    assert "export default" in script
    assert "import " not in script
    assert "://" not in script.replace("SPDX", "")
