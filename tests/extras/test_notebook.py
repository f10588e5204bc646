# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a notebook shows of a class, and of an explanation with a picture beside it."""

import re
from base64 import b64decode
from xml.etree import ElementTree

import pytest

from gradecalc import Gradebook, GradeItem, GradeScheme, compile_gradebook, grade, grade_many
from gradecalc.extras.notebook import ClassView, Pictured
from gradecalc.extras.plots import histogram, mark_curve, waterfall
from gradecalc.languages import GERMAN
from gradecalc.scenarios import influence, needed, sweep
from gradecalc.statistics import summarize

SCHEME = GradeScheme.from_cutoffs({"A": 85, "B": 70, "F": 0})
PLAN = compile_gradebook(
    Gradebook([GradeItem("Essay", max_points=40), GradeItem("Exam", max_points=60)], scheme=SCHEME, pass_mark=50)
)
CLASS = {"s1": {"Essay": 36, "Exam": 51}, "s2": {"Essay": 20, "Exam": 24}, "s3": {}, "s4": {"Exam": "ten"}}
MARKS = {"Essay": 32}


def view(**more):
    """Return the class as a notebook shows it."""
    return ClassView(grade_many(PLAN, CLASS), names={"s1": "<Ada>"}, **more)


def pictures():
    """Return an explanation with each kind of picture."""
    reports = [result for _, result in grade_many(PLAN, CLASS)]
    summary, supposed = summarize(reports, "final"), influence(PLAN, {**MARKS, "Exam": 45})
    return [
        Pictured(needed(PLAN, MARKS, "Exam", SCHEME), mark_curve(sweep(PLAN, MARKS, "Exam"), SCHEME)),
        Pictured(supposed, waterfall(supposed)),
        Pictured(summary, histogram(summary)),
    ]


def test_a_class_has_a_row_for_everybody():
    """Each learner is called by the name or else the id, with the final, whether it is passed, or why there is none."""
    rows = [(row.label, row.value, row.notes) for row in view().outline().children]
    assert [
        ("<Ada>", "87.00 % A", ("s1", "passed")),
        ("s2", "44.00 % F", ("not passed",)),
        ("s3", "–", ("not yet known whether passed",)),
        ("s4", "–", ("cannot be graded: Exam: 'ten' is not a number",)),
    ] == rows


def test_a_class_is_shown_at_a_glance():
    """Symbols and finals are drawn with their counts in words, beside the figures; names are text, never HTML (HP9)."""
    html = view(bins=[0, 50, 100])._repr_html_()
    assert 'aria-label="Symbols: A 1, B 0, F 1, none 1"' in html
    assert 'aria-label="Finals in percent: 0–50 1, 50–100 1"' in html
    assert "&lt;Ada&gt;" in html
    assert 2 == html.count('<table class="gradecalc">')


def test_a_class_is_read_once_and_shown_often():
    """What `grade_many` gives is kept, so that a cell can be shown again; a mapping shows the same."""
    shown = view()
    assert shown._repr_html_() == shown._repr_html_()
    assert shown._repr_html_() == ClassView(dict(grade_many(PLAN, CLASS)), names={"s1": "<Ada>"})._repr_html_()


def test_the_style_of_a_class_stays_in_it():
    """All of its style but that of tables is nested in the view, so that nothing else in the notebook changes."""
    first = re.search(r"<style>(.*?)</style>", view()._repr_html_(), re.DOTALL)[1]
    depth = 0
    for nth, sign in enumerate(first):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth > 0 or nth in range(len(".gradecalc-class")) or nth == len(first) - 1


def test_a_class_in_german():
    """A class is shown in another language (LA3)."""
    html = view(language=GERMAN)._repr_html_()
    assert "nicht bestanden" in html
    assert "44,00" in html


def test_nobody_is_a_class_too():
    """A class of nobody has no rows and draws no symbols."""
    assert () == ClassView({}).outline().children
    assert "Symbols" not in ClassView({})._repr_html_()


@pytest.mark.parametrize("nth", range(3))
def test_a_picture_stands_beside_its_explanation(nth):
    """Beside the table is an image of the whole figure, with what it is of in words, and nothing else is loaded."""
    shown = pictures()[nth]
    html = shown._repr_html_()
    assert shown.explained.outline().html() in html
    source = re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', html)[1]
    assert ElementTree.fromstring(b64decode(source)).tag.endswith("svg")  # noqa: S314 - our own
    alt = ("final, in percent; Exam, in points", "Final grade: 77.00", "Final grade: 2 of 4 submitted")[nth]
    assert f'alt="{alt}"' in html
    assert 1 == html.count("src=")


def test_a_picture_is_printed_as_its_explanation():
    """Where there are no pictures there is the text."""
    shown = Pictured(grade(PLAN, MARKS), waterfall(influence(PLAN, MARKS)))
    assert str(grade(PLAN, MARKS)) == str(shown)


def test_what_is_drawn_in_a_part_of_a_figure_is_shown_whole():
    """Axes in a subfigure show the figure that they are in."""
    curve = sweep(PLAN, MARKS, "Exam")
    whole = mark_curve(curve).figure
    whole.clear()
    axes = mark_curve(curve, axes=whole.subfigures(1, 2)[0].add_subplot())
    assert "data:image/svg+xml" in Pictured(needed(PLAN, MARKS, "Exam", 70), axes)._repr_html_()
