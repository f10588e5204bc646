# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What Moodle's web service gives of everybody's grades becomes a gradebook and marks."""

import json
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from gradecalc import EXEMPT, Category, Mark, SumOfPoints, WeightedMean, compile_gradebook, grade
from gradecalc.lms.imported import Recorded
from gradecalc.lms.moodle import read_web_service

COURSE = {"id": 1, "itemtype": "course", "iteminstance": 5, "grademax": 100}
QUIZZES = {"id": 2, "itemtype": "category", "iteminstance": 6, "itemname": "Quizzes", "grademax": 100}


def item(id_, name, raw, out_of, **fields):
    """Return one item of a report."""
    return {
        "id": id_,
        "itemname": name,
        "itemtype": "mod",
        "categoryid": 5,
        "graderaw": raw,
        "grademin": 0,
        "grademax": out_of,
        "status": "used",
        **fields,
    }


def report(id_, *items):
    """Return the report of one learner."""
    return {"userid": id_, "userfullname": "Ada Byron", "useridnumber": "n1", "gradeitems": list(items)}


def test_items_stand_in_their_categories():
    """A category has the items that name it, and the course has the others."""
    served = {
        "usergrades": [
            report(
                7,
                item(11, "V", 8, 10, categoryid=6),
                item(12, "W", None, 10, categoryid=6, status="novalue"),
                QUIZZES | {"graderaw": 80, "lettergradeformatted": "B"},
                item(13, "Essay", "15.50", 20),
                COURSE | {"graderaw": "78.75"},
            )
        ]
    }
    imported = read_web_service(json.dumps(served))
    assert ("moodle", {"7": {"V": 8, "Essay": Fraction(31, 2)}}) == (imported.system, imported.marks)
    assert {"course total": Recorded(Fraction(315, 4), 100)} == imported.finals["7"]
    assert {"Quizzes": Recorded(80, 100, "B")} == imported.subtotals["7"]
    essay, quizzes = imported.gradebook.children
    assert ("Essay", 20, ["V", "W"]) == (essay.name, essay.max_points, [each.name for each in quizzes.children])
    assert ["not_in_export"] == [each.code for each in imported.problems]


def test_shares_that_are_those_of_the_maxima_add_points():
    """That is Moodle's natural weighting."""
    served = report(7, item(11, "V", 8, 10, weightraw=0.33333), item(12, "W", 10, 20, weightraw=0.66667))
    book = read_web_service({"usergrades": [served]}).gradebook
    assert SumOfPoints() == book.aggregation


def test_other_shares_are_weights():
    """They are those of the first learner for whom every sibling counts."""
    partial = report(6, item(11, "V", 8, 10, weightraw=1), item(12, "W", None, 10))
    whole = report(7, item(11, "V", 8, 10, weightraw=0.25), item(12, "W", 4, 10, weightraw=0.75))
    imported = read_web_service({"usergrades": [partial, whole]})
    assert (WeightedMean(), [25, 75]) == (
        imported.gradebook.aggregation,
        [each.weight for each in imported.gradebook.children],
    )
    assert 50 == grade(imported.gradebook, imported.marks["7"]).final.percent


def test_what_is_excluded_is_exempt_and_keeps_its_grade():
    """An exclusion keeps its number; one of nothing is an exemption all the same."""
    served = report(7, item(11, "V", 8, 10, status="excluded"), item(12, "W", None, 10, status="excluded"))
    marks = read_web_service({"usergrades": [served]}).marks["7"]
    assert Mark(8, exempt=True) == marks["V"]
    assert marks["W"] in (EXEMPT, Mark(None, exempt=True))


def test_who_a_learner_is_stands_in_no_text():
    """The name and the institution's number are kept with the learner."""
    imported = read_web_service({"usergrades": [report(7), report(7)]})
    ada = imported.learners["7"]
    assert ("Ada Byron", "n1") == (ada.name, ada.institution_id)
    assert "Byron" not in repr(imported)
    assert ["duplicate_learner", "not_in_export"] == [each.code for each in imported.problems]


def test_anything_else_is_a_problem():
    """There is a gradebook of nothing, and a problem that says what is missing."""
    imported = read_web_service({"exception": "x"})
    assert ({}, ["not_a_document"]) == (imported.marks, [each.code for each in imported.problems])


def test_items_without_names_are_called_by_number():
    """Two of one name are told apart by it, too."""
    imported = read_web_service(
        {"usergrades": [report(7, item(11, "V", 1, 2), item(12, "V", 1, 2), item(13, None, 1, 2))]}
    )
    assert {"V": 1, "V (12)": 1, "Item 13": 1} == imported.marks["7"]
    assert not [each for each in imported.gradebook.children if isinstance(each, Category)]


VALUES = st.none() | st.integers() | st.text(max_size=4) | st.floats(allow_nan=True)


@given(
    st.lists(st.dictionaries(st.sampled_from([*item(1, "a", 1, 1), "weightraw", "iteminstance"]), VALUES), max_size=4)
)
def test_no_report_makes_it_raise(items):
    """Whatever stands in the fields, there is a gradebook that compiles."""
    compile_gradebook(read_web_service({"usergrades": [report(1, COURSE, *items), report(2, *items)]}).gradebook)


def test_feedback_stands_beside_the_marks():
    """What was written to a learner about an item is kept by learner and item, and changes no mark (J31)."""
    said = item(11, "V", 8, 10, feedback="<p>well done</p>")
    reports = [report(7, said, COURSE | {"feedback": "of all"}), report(8, item(11, "V", 5, 10))]
    served = read_web_service({"usergrades": reports})
    assert ({"7": {"V": "<p>well done</p>"}}, {"V": 8}) == (served.feedback, served.marks["7"])
    assert "well done" not in repr(served)
