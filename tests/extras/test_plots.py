# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Pictures of statistics."""

import io
import sys

import pytest
from matplotlib.figure import Figure

from gradecalc import (
    EXEMPT,
    Gradebook,
    GradeItem,
    GradeScheme,
    Rounding,
    RoundingMode,
    compile_gradebook,
    grade,
)
from gradecalc.extras.plots import histogram, mark_curve, waterfall
from gradecalc.scenarios import influence, sweep
from gradecalc.statistics import summarize

SCHEME = GradeScheme.from_cutoffs({"A": 85, "B": 70, "F": 0})
PLAN = compile_gradebook(Gradebook([GradeItem("Exam", max_points=100, can_exceed=True)]))
REPORTS = [grade(PLAN, {"Exam": points}) for points in (12, 55, 58, 104, EXEMPT, None)]


def heights(axes):
    """Return the heights of the bars."""
    return [bar.get_height() for bar in axes.patches]


def labels(axes):
    """Return what stands below the bars."""
    return [label.get_text() for label in axes.get_xticklabels()]


@pytest.mark.parametrize("bins", [range(0, 101, 10), [0, 50, 100], SCHEME])
def test_a_histogram_has_a_bar_for_each_bin(bins):
    """The bars have the names and the counts of the distribution."""
    summary = summarize(REPORTS, "Exam", bins=bins)
    axes = histogram(summary)
    assert [each.count for each in summary.distribution] == heights(axes)
    assert [each.name for each in summary.distribution] == labels(axes)


def test_a_histogram_says_what_it_is_of():
    """The title and the axes say what is shown of whom."""
    axes = histogram(summarize(REPORTS, "Exam"))
    assert ("Exam: 4 of 5 submitted", "score in percent", "learners") == (
        axes.get_title(),
        axes.get_xlabel(),
        axes.get_ylabel(),
    )


def test_a_histogram_is_drawn_where_it_is_told():
    """Given axes are drawn on and returned; without any, they are those of a new figure."""
    axes = Figure().add_subplot()
    assert axes is histogram(summarize(REPORTS, "Exam"), axes)
    assert axes.figure is not histogram(summarize(REPORTS, "Exam")).figure


@pytest.mark.parametrize("reports", [[], REPORTS])
def test_a_histogram_is_a_picture(reports):
    """A histogram, also an empty one, becomes a PNG."""
    picture = io.BytesIO()
    histogram(summarize(reports, "Exam")).figure.savefig(picture, format="png")
    assert picture.getvalue().startswith(b"\x89PNG")


def test_a_name_is_no_formula():
    """A name with dollar signs is drawn as it is written."""
    name = r"Fees $\of$ 5"
    book = Gradebook([GradeItem(name, max_points=5)], scheme=GradeScheme.from_cutoffs({r"$\no$": 0}))
    axes = histogram(summarize([grade(book, {name: 5})], name, bins=book.scheme))
    axes.figure.savefig(io.BytesIO(), format="png")
    assert (r"Fees $\of$ 5: 1 of 1 submitted", [r"$\no$"]) == (axes.get_title(), labels(axes))


def test_a_histogram_leaves_no_global_state():
    """No module here loads pyplot, which would keep every figure."""
    histogram(summarize(REPORTS, "Exam"))
    assert "matplotlib.pyplot" not in sys.modules


class TestMarkCurve:
    """The final over the marks of an item."""

    BOOK = Gradebook(
        [GradeItem("Quiz", 40), GradeItem("Exam", 60, min_points=15)],
        scheme=GradeScheme.from_cutoffs({"A": 85, "F": 0}),
    )

    def test_each_piece_is_a_line_between_its_ends(self):
        """A curve has a line for each piece and a point at every breakpoint (WI16)."""
        axes = mark_curve(sweep(self.BOOK, {"Quiz": 25}, "Exam"))
        *pieces, points = [line.get_xydata().tolist() for line in axes.get_lines()]
        assert [[[0, 40], [15, 40]], [[15, 40], [60, 85]]] == pieces
        assert [[0, 40], [15, 40], [60, 85]] == points
        assert "Exam, in points" == axes.get_xlabel()

    def test_symbols_have_bands(self):
        """Each symbol that the final can have has a band with its name."""
        axes = mark_curve(sweep(self.BOOK, {"Quiz": 35}, "Exam"), self.BOOK.scheme)
        assert ["F", "A"] == [text.get_text() for text in axes.texts]
        assert 2 == len(axes.patches)

    def test_several_items_are_in_percent(self):
        """Of several items the marks are one percent for all (WI6)."""
        axes = mark_curve(sweep(self.BOOK, {}, ["Quiz", "Exam"]), axes=Figure().add_subplot())
        assert "Quiz, Exam, in percent" == axes.get_xlabel()

    def test_without_a_score_nothing_is_drawn(self):
        """Where the final has no score there is neither a line nor a band."""
        book = Gradebook([GradeItem("Exam", 10, counts=False)], scheme=SCHEME)
        nothing = mark_curve(sweep(book, {}, "Exam"), book.scheme)
        assert [[]] == [line.get_xydata().tolist() for line in nothing.get_lines()]
        assert [] == list(nothing.texts)


class TestWaterfall:
    """What the items add to the final."""

    def test_each_bar_begins_where_the_last_ends(self):
        """The items' bars stand end to end, and come to the final (WI17)."""
        book = Gradebook([GradeItem("Quiz", 40), GradeItem("Exam", 60)])
        axes = waterfall(influence(book, {"Quiz": 30, "Exam": 24}))
        assert ["Quiz", "Exam", "Final grade"] == [label.get_text() for label in axes.get_yticklabels()]
        assert [(0, 30), (30, 24), (0, 54)] == [(bar.get_x(), bar.get_width()) for bar in axes.patches]
        assert ["+30.00", "+24.00", "54.00"] == [text.get_text() for text in axes.texts]

    def test_the_rest_has_a_bar(self):
        """What no item adds, as where the final is rounded down, has a bar of its own, in another colour (WI17)."""
        book = Gradebook([GradeItem("Exam", 60)], round_result=Rounding(0, RoundingMode.DOWN))
        axes = waterfall(influence(book, {"Exam": 35}))
        assert "rest" == axes.get_yticklabels()[1].get_text()
        first, rest, _ = axes.patches
        assert rest.get_width() < 0
        assert first.get_facecolor() != rest.get_facecolor()
