# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The JSON Schemas of definitions and stored reports say what is written, and refuse what is not read.

To write those in docs/schema anew: python tests/test_json_schemas.py
"""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradecalc import DefinitionError, grade
from gradecalc.report.schema import layout_schema, part_schema, report_schema
from gradecalc.testing import gradebooks, graded_books

jsonschema = pytest.importorskip("jsonschema")
definitions = pytest.importorskip("gradecalc.extras.definitions")

PROJECT = Path(__file__).parent.parent
SCHEMAS = {
    "gradebook.json": definitions.json_schema,
    "report.json": report_schema,
    "layout.json": layout_schema,
    "report_part.json": part_schema,
}
DEFINITION = jsonschema.Draft202012Validator(definitions.json_schema())
REPORT = jsonschema.Draft202012Validator(report_schema())
LAYOUT = jsonschema.Draft202012Validator(layout_schema())
PART = jsonschema.Draft202012Validator(part_schema())


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schemas_in_the_documentation_are_those_generated(name):
    """What stands in docs/schema is what the fields declare, and is a sound schema."""
    written = json.loads((PROJECT / "docs" / "schema" / name).read_text(encoding="utf-8"))
    assert SCHEMAS[name]() == written
    jsonschema.Draft202012Validator.check_schema(written)


@settings(max_examples=60)
@given(gradebooks())
def test_every_definition_that_is_written_is_of_its_schema(book):
    """Whatever gradebook is written as plain data, the schema takes it, after a way through JSON too."""
    data = json.loads(json.dumps(definitions.to_dict(book)))
    assert [] == [error.message for error in DEFINITION.iter_errors(data)]


@settings(max_examples=60)
@given(graded_books())
def test_every_report_that_is_stored_is_of_its_schema(graded_book):
    """Whatever report is stored, the schema takes it, and so are those of its layout and its learner's part."""
    report = grade(*graded_book)
    stored = [report.to_dict(), report.layout.to_dict(), report.to_dict(layout=False)]
    for schema, data in zip((REPORT, LAYOUT, PART), json.loads(json.dumps(stored)), strict=True):
        assert [] == [error.message for error in schema.iter_errors(data)]


ITEM = {"name": "Quiz", "max_points": 10}


@pytest.mark.parametrize(
    "data",
    [
        [],
        "gradebook",
        {"format": "gradecalc.gradebook/9"},
        {"childs": []},
        {"children": ITEM},
        {"children": ["Quiz"]},
        {"children": [{"max_points": 10}]},
        {"children": [{"name": "Quiz"}]},
        {"children": [{"name": "", "max_points": 10}]},
        {"children": [{**ITEM, "max_points": -1}]},
        {"children": [{**ITEM, "max_points": "-1"}]},
        {"children": [{**ITEM, "max_points": "ten"}]},
        {"children": [{**ITEM, "weigth": 10}]},
        {"children": [{**ITEM, "bonus": "yes"}]},
        {"children": [{**ITEM, "kind": "number"}]},
        {"children": [{"name": "All", "formula": ""}]},
        {"children": [{"name": "All", "formula": "1"}]},
        {"children": [{"name": "All", "items": "Quiz"}]},
        {"children": [{"name": "All", "children": [], "max_points": 0}]},
        {"children": [{"name": "All", "children": [{"name": "Quiz", "max_points": True}]}]},
        {"aggregation": "average"},
        {"aggregation": {"type": "mean", "ranks": [1]}},
        {"aggregation": {"type": "by_formula"}},
        {"drop": {"lowest": -1}},
        {"drop": {"lowest": 1.5}},
        {"scheme": {"bands": [{"symbol": "A"}]}},
        {"scheme": {"A": "high"}},
        {"shown": {"places": 99}},
        {"ungraded": None},
    ],
)
def test_what_is_no_definition_is_not_of_the_schema(data):
    """What the reader refuses for its shape or its bounds, the schema refuses."""
    assert not DEFINITION.is_valid(data)
    assert any(problem.severity.value == "error" for problem in definitions.find_problems(data))


@pytest.mark.parametrize(
    "data",
    [
        {"children": [ITEM], "scheme": {"A": 85, "B": "70.5"}, "aggregation": "mean"},
        {"children": [{"name": "Note", "kind": "text"}]},
        {"children": [{**ITEM, "weight": None, "scheme": {"bands": [{"symbol": "A", "start": 0}], "name": ""}}]},
        {"aggregation": {"type": "weighted_mean", "ranks": [60, "40"]}, "children": [ITEM]},
    ],
)
def test_short_forms_are_of_the_schema(data):
    """What the reader takes beside what is written, the schema takes."""
    assert DEFINITION.is_valid(data)
    definitions.from_dict(data)


@settings(max_examples=60)
@given(graded_books(), st.data())
def test_a_report_that_lacks_anything_is_not_of_the_schema(graded_book, data):
    """A stored report without one of its fields, or with one more, is not of the schema."""
    stored = grade(*graded_book).to_dict()
    holder = data.draw(st.sampled_from([stored, stored["shown"], *stored["lines"]]))
    name = data.draw(st.sampled_from(sorted(holder)))
    del holder[name]
    assert not REPORT.is_valid(stored)


@pytest.mark.parametrize(("name", "value"), [("out_of", "-1"), ("points", "x"), ("treatment", "lost"), ("id", "")])
def test_a_damaged_report_is_not_of_the_schema(name, value):
    """What reading a stored report back refuses, the schema refuses."""
    report = grade(definitions.from_dict({"children": [ITEM]}), {"Quiz": 5})
    stored = report.to_dict()
    stored["lines"][1][name] = value
    assert not REPORT.is_valid(stored)
    with pytest.raises(DefinitionError):
        type(report).from_dict(stored)


@pytest.mark.parametrize(
    "change",
    [
        {"points": []},
        {"points": [9.5, 5]},
        {"points": ["x", 5]},
        {"points": [2**53, 5]},
        {"treatments": "CX"},
        {"treatments": ""},
        {"out_of": [[1]]},
        {"shares": [None, 1]},
        {"marks": 5},
        {"seal": "x"},
        {"layout": None},
        {"name": "Quiz"},
    ],
)
def test_a_damaged_part_is_not_of_the_schema(change):
    """What reading a learner's part refuses for its shape, the schema refuses."""
    report = grade(definitions.from_dict({"children": [ITEM]}), {"Quiz": 5})
    stored = {**report.to_dict(layout=False), **change}
    assert not PART.is_valid(stored)
    with pytest.raises(DefinitionError):
        type(report).from_dict(stored, layout=report.layout)


def _write_all():
    for name, make in SCHEMAS.items():
        path = PROJECT / "docs" / "schema" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(make(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    _write_all()
