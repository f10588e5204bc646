# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A result is found field by field, and is a value like any other whatever was asked of it before."""

import copy
import pickle

import pytest
from attrs import asdict, evolve, fields

from gradecalc import EXEMPT, Mark, Report, Result, compile_gradebook, grade
from gradecalc.report.reached import MOST_KEPT
from gradecalc.report.results import Columns, Override
from small_books import PLAN, REPORT, WEIGHTED

ALL = [each.name for each in fields(Result)]


def found(id_="L1"):
    """Return a result of which nothing was asked yet."""
    return REPORT[id_]


@pytest.mark.parametrize("name", ALL)
def test_a_field_is_found_whatever_was_asked_before(name):
    """Each field is the same whether it is the first to be asked for or not, and is found once."""
    first, all_of_it = found(), asdict(found(), recurse=False)
    assert getattr(first, name) == all_of_it[name]
    assert getattr(first, name) is getattr(first, name)


@pytest.mark.parametrize("same", [lambda each: pickle.loads(pickle.dumps(each)), copy.copy, copy.deepcopy, evolve])  # noqa: S301
def test_a_result_of_which_nothing_was_asked_is_copied_whole(same):
    """A result that is pickled, copied or changed before it is read has all its fields."""
    for id_ in REPORT:
        assert (found(id_), hash(found(id_)), repr(found(id_))) == (
            (made := same(found(id_))),
            hash(made),
            repr(made),
        )


def test_results_of_unlike_lines_differ():
    """Results are equal by what they hold, of one report or of two."""
    again = grade(PLAN, {"Exam": 99})
    assert [True, False, False] == [
        REPORT["Exam"] == REPORT["Exam"],
        REPORT["L1"] == REPORT["L2"],
        REPORT["Exam"] == again["Exam"],
    ]


def test_there_are_no_other_fields():
    """What a result or a report does not have raises `AttributeError` with its name, private names too."""
    for each, kind in ((found(), "Result"), (REPORT, "Report"), (grade(PLAN, {}), "Report")):
        for name in ("grades", "_lines"):
            with pytest.raises(AttributeError, match=f"'{kind}' object has no attribute '{name}'"):
                getattr(each, name)


@pytest.mark.parametrize("kind", [Report, Result, Columns])
def test_what_is_half_made_has_no_fields(kind):
    """A value that was not filled yet, as one is while it is copied, lacks its fields and nothing worse."""
    made = object.__new__(kind)
    for each in fields(kind):
        with pytest.raises(AttributeError):
            getattr(made, each.name)


class Failing:
    """An origin that raises what is raised where something has no such part."""

    ungraded = None

    def digest_marks(self, recorded):
        """Raise an `AttributeError`."""
        raise AttributeError("no such part of the marks")


def test_what_a_property_raises_is_said_as_it_was_raised():
    """A property that raises `AttributeError` is not taken for one that there is not."""
    with pytest.raises(AttributeError, match="no such part of the marks"):
        Report(REPORT.layout, REPORT.columns, Failing()).marks_digest  # noqa: B018 - it raises


def marked(points):
    """Return what a learner has with some points in the exam, all of it worked out."""
    report = grade(PLAN, {"Exam": points, "L1": 4})
    assert report.final.override is None
    return report


def test_results_that_say_the_same_are_one():
    """A result that only says what was marked is one for all reports of a plan, and no other result is that one."""
    one, same, other = (marked(points)["L1"] for points in (50, 50, 60))
    assert (True, True, False) == (one is same, one is other, marked(50)["Exam"] is marked(60)["Exam"])
    unlike = [
        grade(PLAN, {"Exam": 50, "L1": each}) for each in (4, 0, None, EXEMPT, Mark(4, out_of=8), Mark(4, by="Ada"))
    ]
    texts = {repr(report["L1"]) for report in unlike if report.final.override is None}
    assert len(unlike) == len(texts)


def raise_error():
    """Raise that there are no other columns."""
    raise LookupError


def test_a_field_that_follows_from_points_is_found_alone():
    """Who reads points and percents alone does not have the rest of the report worked out."""
    report = Report(REPORT.layout, Columns.of(REPORT.columns.points, REPORT.columns.out_of, raise_error))
    alone = ("id", "name", "points", "out_of", "percent")
    for id_ in REPORT:
        assert [getattr(REPORT[id_], name) for name in alone] == [getattr(report[id_], name) for name in alone]
    with pytest.raises(LookupError):
        report["L1"].weight  # noqa: B018 - it raises


def test_results_are_the_same_when_no_more_is_kept():
    """A plan keeps so many results and no more; who comes later has results of their own, which are equal."""
    plan = compile_gradebook(WEIGHTED)
    first = grade(plan, {"Exam": 50})
    assert first.final.override is None
    plan.layout.kept.update(dict.fromkeys(range(MOST_KEPT)))
    later = [grade(plan, {"Exam": 60}) for _ in range(2)]
    assert (None, None) == tuple(each.final.override for each in later)
    assert (True, False) == (later[0]["Exam"] == later[1]["Exam"], later[0]["Exam"] is later[1]["Exam"])


def test_a_stored_override_of_an_item_is_that_reports_alone():
    """An override where no plan has one, as in a report that somebody stored, is in the result of no other report."""
    plain = marked(40).columns
    other = Report(PLAN.layout, evolve(plain, overrides=((PLAN.layout.index["L1"], Override(by="Ada")),)))
    assert (Override(by="Ada"), None) == (other["L1"].override, marked(40)["L1"].override)
    assert [(True, False), (False, True)] == [
        (each.overridden, each.computed is not None) for each in (other["L1"], marked(40)["L1"])
    ]


def test_the_result_of_a_computed_line_is_made_once_for_a_report():
    """Who asks for the final of a report again has the same result, once more than its points was read."""
    report, other = marked(40), marked(40)
    assert (True, False, True) == (
        report.final is report.final,
        report.final is other.final,
        report.final == other.final,
    )
