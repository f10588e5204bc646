# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A report is plain data and back, and anything else is refused."""

import json

import pytest

from gradecalc import (
    EXEMPT,
    DefinitionError,
    Mark,
    Report,
    grade,
)
from small_books import REPORT, WEIGHTED


def broken(change):
    data = json.loads(json.dumps(REPORT.to_dict()))
    change(data)
    return data


def test_plain_data_reads_back():
    """A report survives plain data and JSON text, every number exact."""
    data = REPORT.to_dict()
    assert "gradecalc.report/2" == data["format"]
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
        {"format": "gradecalc.report/3"},
        broken(lambda data: data.update(lines=[])),
        broken(lambda data: data["lines"][1].update(parent=5)),
        broken(lambda data: data["lines"][1].update(points="many")),
        broken(lambda data: data["lines"][1].update(treatment="lost")),
        broken(lambda data: data["lines"][2].update(recorded=5)),
        broken(lambda data: data["notes"].append([0, "unheard of", []])),
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


def test_an_override_is_stored_with_its_owner():
    """Who set an override, what they noted and what it replaced survive plain data (O1)."""
    report = grade(WEIGHTED, {"L1": 8, "Labs": Mark(90, by="Ada", note="resit"), "final": 60})
    again = Report.from_dict(json.loads(json.dumps(report.to_dict())))
    assert (report, "Ada") == (again, again["Labs"].override.by)


def test_what_a_line_lacks_is_stored_for_readers():
    """Each stored line says what it lacks, which is derived and not read back (U9)."""
    data = grade(WEIGHTED, {"L1": 8, "L2": EXEMPT}).to_dict()
    assert [None, None, None, "exempt", "ungraded"] == [line["lack"] for line in data["lines"]]
    assert Report.from_dict(data) == Report.from_dict(
        {**data, "lines": [{key: line[key] for key in line if key != "lack"} for line in data["lines"]]}
    )
