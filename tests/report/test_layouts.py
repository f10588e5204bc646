# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What all reports of a plan share is stored once, and read back whole or refused (Z5, Z9)."""

import json
import pickle

import pytest
from attrs import evolve

from gradecalc import DefinitionError, Rounding, compile_gradebook
from gradecalc.report.layouts import Heading, How, Layout
from stored_course import COURSE, PLAN, stored


def test_a_layout_is_plain_data_and_back():
    """A layout survives plain data and JSON text, and so does its id (Z9)."""
    data = PLAN.layout_dict()
    assert "gradecalc.layout/1" == data["format"]
    assert PLAN.layout == Layout.from_dict(json.loads(json.dumps(data)))
    assert PLAN.layout.id == pickle.loads(pickle.dumps(PLAN.layout)).id == data["id"]  # noqa: S301 - our own


def test_a_stored_layout_is_read_as_it_was():
    """The layout that is kept in a file is that of today's plan of the same course (Z9)."""
    assert PLAN.layout == Layout.from_dict(stored("layout_1"))


@pytest.mark.parametrize("change", [{"name": "Other"}, {"shown": Rounding(0)}, {"pass_mark": 50}])
def test_whatever_is_shared_is_in_the_id(change):
    """A rename and other decimals that are shown make another layout, though no other grade (Z9, G24)."""
    other = compile_gradebook(evolve(COURSE, **change))
    assert PLAN.layout.id != other.layout.id
    assert (PLAN.digest == other.digest) is ("pass_mark" not in change)


def test_a_heading_says_what_a_line_is_usually_out_of():
    """The layout has the maximum of a learner without one of their own, or of a branch with nothing left out (Z9)."""
    usual = {heading.id: heading.max_points for heading in PLAN.layout.headings}
    assert (100, 7, 90, 0) == tuple(usual[id_] for id_ in ("Quizzes", "Labs", "Exam", "Comment"))
    assert Heading("final", "Final", -1).max_points is None


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda data: data.update(format="gradecalc.layout/9"), "format"),
        (lambda data: data.update(id="0" * 16), "id"),
        (lambda data: data.update(id=5), "id"),
        (lambda data: data.update(extra=5), "extra"),
        (lambda data: data.update({7: 5}), "7"),
        (lambda data: data.pop("scheme"), "scheme"),
        (lambda data: data.update(lines=[]), "lines"),
        (lambda data: data.update(lines=[5]), "lines[0]"),
        (lambda data: data["lines"][1].update(name="Other"), "id"),
        (lambda data: data["lines"][1].update(max_points="101"), "id"),
        (lambda data: data["lines"][1].update(max_points="-1"), "lines[1].max_points"),
        (lambda data: data["lines"][1].update(points="9"), "lines[1].points"),
        (lambda data: data["lines"][1].pop("max_points"), "lines[1].max_points"),
        (lambda data: data["shown"].update(place=2), "shown.place"),
        (lambda data: data["shown"].update(places=0), "id"),
        (lambda data: data["scheme"].update(nome=""), "scheme.nome"),
        (lambda data: data["scheme"]["bands"][0].update(exclusive=True), "id"),
        (lambda data: data["scheme"]["bands"][0].update(colours=""), "scheme.bands[0].colours"),
        (lambda data: data["scheme"]["bands"][0].pop("exclusive"), "scheme.bands[0].exclusive"),
    ],
)
def test_a_layout_that_was_changed_is_refused(change, path):
    """A stored layout with anything changed, left out or added is refused whole, with the path (Z5)."""
    data = json.loads(json.dumps(PLAN.layout_dict()))
    change(data)
    with pytest.raises(DefinitionError) as refused:
        Layout.from_dict(data)
    assert [path] == [problem.path for problem in refused.value.problems]


@pytest.mark.parametrize("data", [None, [], "layout", {}, {"format": "gradecalc.report/3"}])
def test_what_is_no_layout_is_refused(data):
    """Plain data of another format is no layout (Z5)."""
    with pytest.raises(DefinitionError) as refused:
        Layout.from_dict(data)
    assert ["wrong_format"] == [problem.code for problem in refused.value.problems]


def test_a_layout_knows_its_lines():
    """A layout finds lines by id, the children of each, and whether anything in it is a formula."""
    layout = PLAN.layout
    assert ("Labs", How.SUM_OF_POINTS) == (layout.headings[6].id, layout.headings[layout.index["Labs"]].how)
    assert (7, 8) == layout.below[6]
    assert layout.has_formulas


def test_only_an_item_is_marked():
    """What a layout says is marked is an item; a branch is none, however somebody stored how its figures come about."""
    headings = (Heading("final", "Final", -1, branch=True), Heading("a", "A", 0), Heading("b", "B", 0, how=How.FORMULA))
    assert (False, True, False) == Layout(headings, Rounding(), None, "", "").marked
