# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A report is plain data and back, and anything else is refused."""

import copy
import json
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradecalc import (
    EXEMPT,
    DefinitionError,
    Mark,
    Report,
    grade,
)
from gradecalc.gradebook import tree
from gradecalc.report.layouts import MAX_LEVELS, MAX_LINES
from gradecalc.report.stored import LONGEST_NUMBER
from small_books import REPORT, WEIGHTED


def broken(change):
    data = json.loads(json.dumps(REPORT.to_dict()))
    change(data)
    return data


def test_plain_data_reads_back():
    """A report survives plain data and JSON text, every number exact."""
    data = REPORT.to_dict()
    assert "gradecalc.report/3" == data["format"]
    assert REPORT == Report.from_dict(json.loads(json.dumps(data)))


def test_plain_data_has_what_a_reader_looks_for():
    """The stored lines carry the shown figure, the symbol and the weight of each result."""
    line = next(line for line in REPORT.to_dict()["lines"] if line["id"] == "Exam")
    assert ("100", "A", "100.00", "0.6", "met") == tuple(
        line[key] for key in ("percent", "symbol", "shown", "weight", "passed")
    )


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        {"format": "gradecalc.report/2"},
        {"format": "gradecalc.report/1", "lines": []},
        {"format": "gradecalc.report/9"},
        {"format": ["gradecalc.report/2"]},
        broken(lambda data: data.update(lines=[])),
        broken(lambda data: data["lines"][1].update(parent=5)),
        broken(lambda data: data["lines"][1].update(points="many")),
        broken(lambda data: data["lines"][1].update(treatment="lost")),
        broken(lambda data: data["lines"][2].update(recorded=5)),
        broken(lambda data: data["notes"].insert(0, [0, "unheard of", []])),
        broken(lambda data: data["notes"].append([0, "capped", []])),
        broken(lambda data: data["notes"].append([99, "left_out", []])),
        broken(lambda data: data["overrides"].append({"line": 99, "computed": "1", "by": None, "note": ""})),
        broken(lambda data: data["overrides"].append({"line": 1, "computed": "1", "by": 5, "note": ""})),
        broken(lambda data: data["overrides"].append({"line": 1, "computed": "1", "by": None})),
        broken(lambda data: data["lines"][1].update(how="guessed")),
        broken(lambda data: data["shown"].update(mode="sideways")),
        broken(lambda data: data["lines"][1].update(id=5)),
        broken(lambda data: data.pop("digest")),
    ],
)
def test_damaged_data_is_refused(data):
    """What is no stored report is a definition error, never another exception."""
    with pytest.raises(DefinitionError):
        Report.from_dict(data)


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda data: data.update(digest={}), "digest"),
        (lambda data: data.update(rules=[]), "rules"),
        (lambda data: data["lines"][1].update(points="1/0"), "lines[1].points"),
        (lambda data: data["lines"][1].update(points="1/00"), "lines[1].points"),
        (lambda data: data["lines"][1].update(points="9" * (LONGEST_NUMBER + 1)), "lines[1].points"),
        (lambda data: data["lines"][1].update(points="\u0661"), "lines[1].points"),
        (lambda data: data["lines"][1].update(out_of="-1"), "lines[1].out_of"),
        (lambda data: data["lines"][1].update(out_of=5), "lines[1].out_of"),
        (lambda data: data["lines"][2].update(recorded={"number": "x"}), "lines[2].recorded.number"),
        (lambda data: data["lines"][2].update(recorded={}), "lines[2].recorded.number"),
        (lambda data: data["lines"][0].update(parent=0), "lines[0].parent"),
        (lambda data: data["lines"][3].update(parent=-1), "lines[3].parent"),
        (lambda data: data["lines"][3].update(parent=True), "lines[3].parent"),
        (lambda data: data["lines"][3].update(parent=2), "lines[3].parent"),
        (lambda data: data["lines"][3].update(id="L1"), "lines[3].id"),
        (lambda data: data["lines"][3].update(name=""), "lines[3].name"),
        (lambda data: data["lines"][3].update(branch=0), "lines[3].branch"),
        (lambda data: data["lines"][3].update(treatment={}), "lines[3].treatment"),
        (lambda data: data["lines"][3].update(scheme={}), "lines[3].scheme.bands"),
        (lambda data: data["shown"].update(places=10**30), "shown.places"),
        (lambda data: data["shown"].update(places=2.0), "shown.places"),
        (lambda data: data["shown"].update(up_from="2"), "shown.up_from"),
        (lambda data: data["scheme"].update(bands=[]), "scheme.bands"),
        (lambda data: data["scheme"]["bands"][0].update(symbol={}), "scheme.bands[0].symbol"),
        (lambda data: data["scheme"]["bands"][0].update(symbol="B"), "scheme.bands[1].symbol"),
        (lambda data: data["notes"].reverse(), "notes[1][0]"),
        (lambda data: data["notes"].append([0]), "notes[4]"),
        (lambda data: data["notes"][0].insert(3, 5), "notes[0]"),
        (lambda data: data["notes"].insert(0, [0, "capped", ["x"]]), "notes[0][2]"),
        (lambda data: data["notes"].insert(0, [0, "capped", ["x", {"number": "1/0"}]]), "notes[0][2][1].number"),
        (lambda data: data["notes"].insert(0, [0, {}, []]), "notes[0][1]"),
        (lambda data: data.update(overrides=[override(1), override(1)]), "overrides[1].line"),
        (lambda data: data.update(overrides=[override(1), override(0)]), "overrides[1].line"),
        (lambda data: data.update(lines=[5]), "lines[0]"),
        (lambda data: data.update(lines={}), "lines"),
        (lambda data: data.update(lines=data["lines"] * 4000), "lines"),
        (lambda data: data.update(lines=deep(data["lines"])), "lines[201].parent"),
    ],
)
def test_every_field_is_of_its_type_and_within_its_bounds(change, path):
    """A tampered report is refused whole, with the path to what was tampered with (Z5)."""
    with pytest.raises(DefinitionError) as refused:
        Report.from_dict(broken(change))
    assert path == refused.value.problems[0].path


def override(line):
    return {"line": line, "computed": "1", "by": None, "note": ""}


def deep(lines):
    """Return lines each of which is the only child of the one before."""
    chain = [{**lines[0], "parent": nth - 1, "branch": True, "id": f"level {nth}"} for nth in range(MAX_LEVELS + 2)]
    return json.loads(json.dumps(chain))


def test_the_largest_report_is_that_of_the_largest_gradebook():
    """As many lines and levels are read back as a gradebook may have (G15)."""
    assert (tree.MAX_ROWS, tree.MAX_DEPTH) == (MAX_LINES, MAX_LEVELS)


JUNK = st.sampled_from(
    [
        *(None, True, 0, 1, -1, 5, 10**30, -(10**5000), 1.5, float("nan"), "", "x", "1/0", "1/2", "-3", "9" * 5000),
        *(
            "final",
            "L1",
            "counted",
            "exempt",
            "left_out",
            "\x1b[2J\u202e",
            "\ud800",
            [],
            {},
            [[]],
            [{}],
            {"number": "1"},
        ),
        *({"number": "1/0"}, {"a": {}}, [0, "capped", []], b"x", object()),
    ]
)


def places(value, path=()):
    """Yield the way to every place in plain data."""
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, held in inner:
        yield from places(held, (*path, key))


STORED = [
    json.loads(json.dumps(report.to_dict()))
    for report in (REPORT, grade(WEIGHTED, {"L1": EXEMPT, "Labs": Mark(90, by="Ada", note="resit"), "final": 60}))
]
WHERE = [(nth, place) for nth, data in enumerate(STORED) for place in places(data) if place]


def read(data):
    """Return the report, or why there is none."""
    try:
        return Report.from_dict(data)
    except DefinitionError as error:
        return error.problems


@settings(max_examples=1500)
@given(st.sampled_from(WHERE), JUNK, st.booleans())
def test_whatever_is_tampered_with_is_refused_or_works(where, junk, gone):
    """With anything in any place, or the place gone, a report is refused with a path or works in everything (Z5)."""
    nth, (*way, last) = where
    data = copy.deepcopy(STORED[nth])
    holder = data
    for key in way:
        holder = holder[key]
    if gone:
        del holder[last]
    else:
        holder[last] = junk
    report = read(data)
    if isinstance(report, tuple):
        assert all(problem.path and str(problem) for problem in report)
        return
    assert [report[id_].id for id_ in report] == list(report)
    assert report.outline().html()
    assert str(report).isprintable() or "\n" in str(report)
    assert report == Report.from_dict(report.to_dict())
    assert hash(report) == hash(Report.from_dict(json.loads(json.dumps(report.to_dict()))))
    assert repr(report)


def test_an_override_is_stored_with_its_owner():
    """Who set an override, what they noted and what it replaced survive plain data (O1)."""
    report = grade(WEIGHTED, {"L1": 8, "Labs": Mark(90, by="Ada", note="resit"), "final": 60})
    again = Report.from_dict(json.loads(json.dumps(report.to_dict())))
    assert (report, "Ada") == (again, again["Labs"].override.by)


def test_what_a_line_lacks_is_stored_for_readers():
    """Each stored line says what it lacks, which is derived (U9)."""
    data = grade(WEIGHTED, {"L1": 8, "L2": EXEMPT}).to_dict()
    assert [None, None, None, "exempt", "ungraded"] == [line["lack"] for line in data["lines"]]


def change_line(**changes):
    return lambda data: data["lines"][1].update(changes)


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (change_line(percent="99"), "lines[1].percent"),
        (change_line(shown="99.00"), "lines[1].shown"),
        (change_line(symbol="C"), "lines[1].symbol"),
        (change_line(weight=None), "lines[1].weight"),
        (change_line(lack="exempt"), "lines[1].lack"),
        (change_line(remarks=[]), "lines[1].remarks"),
        (change_line(dropped=["L1"]), "lines[1].dropped"),
        (change_line(extra=5), "lines[1].extra"),
        (lambda data: data["lines"][1].pop("percent"), "lines[1].percent"),
        (lambda data: data["lines"][1]["remarks"][0].update(code="capped"), "lines[1].remarks[0].code"),
        (lambda data: data["lines"][2].update(points="8.5"), "lines[2].percent"),
        (lambda data: data["lines"][2].update(name="Other"), "seal"),
        (lambda data: data.update(marks=None), "seal"),
        (lambda data: data.update(marks=5), "marks"),
        (lambda data: data.update(rules="1"), "seal"),
        (lambda data: data.update(extra="1"), "extra"),
        (lambda data: data.update(seal="1"), "seal"),
        (lambda data: data["lines"][1].update(remarks=deep_list()), "lines[1].remarks"),
        (lambda data: data["lines"][1].update(shown=float("nan")), "lines[1].shown"),
        (lambda data: data["lines"][1].update(shown=b"x"), "lines[1].shown"),
    ],
)
def test_whatever_was_changed_is_refused(change, path):
    """Derived figures too, and whatever else is not as it was written, are refused with a path (Z5)."""
    data = broken(change)
    with pytest.raises(DefinitionError) as refused:
        Report.from_dict(data)
    assert [path] == [problem.path for problem in refused.value.problems]


def test_any_mapping_is_read():
    """A report is read of mappings and sequences of any kind, if they hold what was written."""
    data = REPORT.to_dict()
    lines = tuple(MappingProxyType(line) for line in data["lines"])
    assert REPORT == Report.from_dict(MappingProxyType({**data, "lines": lines}))


def deep_list():
    """Return a list deeper than anybody can follow."""
    value = []
    for _ in range(100_000):
        value = [value]
    return value
