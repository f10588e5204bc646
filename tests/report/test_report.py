# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a report tells, and that it tells the same after storing, pickling and rendering."""

import json
import pickle
from fractions import Fraction

import pytest
from attrs import evolve

from gradecalc import (
    EXEMPT,
    Category,
    DefinitionError,
    Gradebook,
    GradeItem,
    GradeScheme,
    Mark,
    Report,
    Rounding,
    SumOfPoints,
    Verdict,
    WeightedMean,
    compile_gradebook,
    grade,
)
from gradecalc.grading.plan import RULES_VERSION
from gradecalc.report.results import Treatment

BOOK = Gradebook(
    [
        Category(
            "Labs",
            [GradeItem("L1", max_points=10), GradeItem("L2", max_points=10, bonus=True), GradeItem("L3", max_points=7)],
            weight=40,
            aggregation=SumOfPoints(),
            round_result=Rounding(1),
        ),
        GradeItem("Exam", max_points=90, weight=60, pass_mark=50, must_pass=True),
    ],
    aggregation=WeightedMean(),
    scheme=GradeScheme.from_cutoffs({"A": 85, "B": 70, "F": 0}),
)
PLAN = compile_gradebook(BOOK)
REPORT = grade(PLAN, {"L1": Mark(Fraction(25, 3), by="Ada", note="late"), "L2": 1, "L3": EXEMPT, "Exam": 100})


def test_a_report_is_a_mapping_of_results():
    """A report has its results by id, in book order."""
    assert ["final", "Labs", "L1", "L2", "L3", "Exam"] == list(REPORT)
    assert (6, True, False) == (len(REPORT), "Exam" in REPORT, "exam" in REPORT)
    assert REPORT["final"] == REPORT.final


def test_an_unknown_id_suggests_the_nearest():
    """Asking for an id that is not there names the nearest."""
    with pytest.raises(KeyError, match="did you mean 'Labs'"):
        REPORT["Lab"]


def test_reports_are_values():
    """Equal marks give equal reports, which hash and pickle as values."""
    again = grade(BOOK, {"Exam": 100.0, "L3": EXEMPT, "L2": 1, "L1": Mark(Fraction(25, 3), by="Ada", note="late")})
    assert (REPORT, hash(REPORT)) == (again, hash(again))
    assert REPORT == pickle.loads(pickle.dumps(REPORT))  # noqa: S301
    assert REPORT != grade(PLAN, {"Exam": 99})


def test_a_report_carries_its_definition_and_rules():
    """A stored report can be told stale by its digest and the version of the rules."""
    assert (PLAN.digest, RULES_VERSION) == (REPORT.digest, REPORT.rules)
    assert REPORT.digest != grade(evolve(BOOK, name="Other"), {}).digest


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


def broken(change):
    data = json.loads(json.dumps(REPORT.to_dict()))
    change(data)
    return data


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        {"format": "gradecalc.report/2"},
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
        broken(lambda data: data["shown"].update(mode="sideways")),
        broken(lambda data: data["lines"][1].update(id=5)),
        broken(lambda data: data.pop("digest")),
    ],
)
def test_damaged_data_is_refused(data):
    """What is no stored report is a definition error, never another exception."""
    with pytest.raises(DefinitionError):
        Report.from_dict(data)


def test_reasons_are_texts_with_codes():
    """A reason reads as text, and carries a code that survives pickling."""
    reasons = REPORT["L1"].reasons
    assert ["set_by", "noted"] == [reason.code for reason in pickle.loads(pickle.dumps(reasons))]  # noqa: S301
    assert "set by Ada" == reasons[0]


def test_the_outline_adds_up():
    """What the rows of a branch add is what the branch comes to, before its rounding and cap."""
    added = sum(REPORT[name].weight * REPORT[name].percent for name in ("Labs", "Exam"))
    assert REPORT.final.percent == added


def test_a_report_prints_as_its_outline():
    """A report prints as its outline, and in a notebook as the same tree in HTML."""
    assert REPORT.outline().text() == str(REPORT)
    assert REPORT.outline().html() == REPORT._repr_html_()
    assert "<Report 97.32 of 6 lines>" == repr(REPORT)


def test_results_are_values_of_exact_numbers():
    """Every figure of a result is an exact rational."""
    exam = REPORT["Exam"]
    assert (90, 90, 100, 100) == (exam.points, exam.out_of, exam.percent, exam.recorded)
    assert {Fraction} == {type(each) for each in (exam.points, exam.out_of, exam.percent, exam.recorded, exam.weight)}
    assert (Verdict.MET, Treatment.COUNTED) == (exam.passed, exam.treatment)
