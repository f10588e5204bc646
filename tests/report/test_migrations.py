# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Reports in every older format are still read (Z11)."""

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradecalc import DefinitionError, Report
from gradecalc.report.finals import Staleness, staleness
from gradecalc.report.migrations import STEPS, migrate
from gradecalc.report.storage import FORMAT
from stored_course import REPORT, stored

OLD = ["report_1", "report_2"]


@pytest.mark.parametrize("name", OLD)
def test_a_report_of_an_older_format_is_read(name):
    """Every figure, override and note of a report that an earlier version wrote is read as it was (Z11)."""
    old = Report.from_dict(stored(name))
    assert REPORT.columns == old.columns
    assert [REPORT[id_].symbol for id_ in REPORT] == [old[id_].symbol for id_ in old]
    assert [REPORT[id_].passed for id_ in REPORT] == [old[id_].passed for id_ in old]
    assert ("Bea", "resit") == (old["Project"].override.by, old["Project"].override.note)
    assert "92.6 % A" == old.outline().value


@pytest.mark.parametrize("name", OLD)
def test_what_an_older_format_did_not_say_is_not_known(name):
    """A report of an older format knows no digest of its marks and no usual maxima (Z10, Z11)."""
    old = Report.from_dict(stored(name))
    assert (None, None) == (old.marks_digest, old.ungraded)
    assert {None} == {heading.max_points for heading in old.layout.headings}
    assert Staleness.DEFINITION in staleness(old, REPORT)


@pytest.mark.parametrize("name", OLD)
def test_a_report_of_an_older_format_is_written_in_this_one(name):
    """What was read of an older format is written and sealed in this one, whole and small, and read again (Z11)."""
    old = Report.from_dict(stored(name))
    again = json.loads(json.dumps(old.to_dict()))
    assert (FORMAT, old) == (again["format"], Report.from_dict(again))
    assert old == Report.from_dict(old.to_dict(layout=False), layout=old.layout.to_dict())


def test_a_report_of_this_format_is_read_as_it_was():
    """The report that is kept in a file is read, and is that of today (Z11)."""
    assert REPORT == Report.from_dict(stored("report_3"))


def test_each_step_leads_to_the_next_format():
    """From every older format there is one step to the next, and the last leads to this one (Z11)."""
    formats = [f"gradecalc.report/{nth}" for nth in range(1, int(FORMAT.rpartition("/")[2]) + 1)]
    assert formats[:-1] == sorted(STEPS)
    assert formats[1:] == [STEPS[each]({"format": each})["format"] for each in formats[:-1]]


def test_an_override_of_the_first_format_is_put_together():
    """The first format had the percent that was replaced apart, and who set it and what they noted in its notes."""
    notes = [[0, "set_by", ["Eve"]], [1, "set_by", ["Ada"]], [1, "noted", ["resit"]], [1, "capped", ["a", "b"]], 7]
    data = {"format": "gradecalc.report/1", "computed": [[1, "30"], [2, None], 5], "notes": notes}
    assert [
        {"line": 1, "computed": "30", "by": "Ada", "note": "resit"},
        {"line": 2, "computed": None, "by": None, "note": ""},
        5,
    ] == migrate(data)["overrides"]


@pytest.mark.parametrize(
    ("name", "change", "path"),
    [
        ("report_1", lambda data: data.update(computed=5), "overrides"),
        ("report_1", lambda data: data.pop("computed"), "overrides"),
        ("report_1", lambda data: data.pop("lines"), "lines"),
        ("report_1", lambda data: data["computed"].append("x"), "overrides[1]"),
        ("report_2", lambda data: data["lines"][1].pop("points"), "lines[1].points"),
        ("report_2", lambda data: data["lines"].__setitem__(1, 5), "lines[1]"),
        ("report_2", lambda data: data["lines"][1].pop("scheme"), "lines[1].scheme"),
        ("report_2", lambda data: data["scheme"].update(bands=5), "scheme.bands"),
        ("report_2", lambda data: data["scheme"]["bands"].append(5), "scheme.bands[3]"),
        ("report_2", lambda data: data["scheme"]["bands"][0].update(exclusive="no"), "scheme.bands[0].exclusive"),
    ],
)
def test_a_damaged_report_of_an_older_format_is_refused(name, change, path):
    """What cannot be made out in an older format is refused with its path as in this one (Z5, Z11)."""
    data = stored(name)
    change(data)
    with pytest.raises(DefinitionError) as refused:
        Report.from_dict(data)
    assert [path] == [problem.path for problem in refused.value.problems]


JUNK = st.sampled_from([None, True, 0, -1, 10**5000, 1.5, "", "x", "1/0", [], {}, [[]], [{}], {"number": 5}, object()])
DATA = [stored(name) for name in OLD]


def places(value, path=()):
    """Yield the way to every place in plain data."""
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, held in inner:
        yield from places(held, (*path, key))


WHERE = [(nth, way) for nth, data in enumerate(DATA) for way in places(data) if way]


@settings(max_examples=300)
@given(st.sampled_from(WHERE), JUNK)
def test_whatever_stands_in_an_older_format_is_refused_or_read(where, junk):
    """With anything in any place a report of an older format is refused with a path, or read (Z5, Z11)."""
    nth, (*way, last) = where
    data = copy.deepcopy(DATA[nth])
    holder = data
    for key in way:
        holder = holder[key]
    holder[last] = junk
    report = read(data)
    if isinstance(report, tuple):
        assert all(problem.path for problem in report)
    else:
        assert report.outline().html()


def read(data):
    """Return the report, or why there is none."""
    try:
        return Report.from_dict(data)
    except DefinitionError as error:
        return error.problems
