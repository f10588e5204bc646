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
    compile_gradebook,
    grade,
)
from gradecalc.extras.plots import histogram
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
