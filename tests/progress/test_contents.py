# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules E16 and E17: what contents may be, judged as a whole."""

from datetime import date, datetime, timedelta, timezone

import pytest

from gradecalc import (
    DefinitionError,
)
from gradecalc.progress.contents import (
    MAX_DEPTH,
    Module,
    Topic,
    TopicKind,
    find_contents_problems,
)
from gradecalc.progress.record import (
    exempt_topics,
    find_progress_problems,
    unexempt_topics,
)
from gradecalc.progress.views import (
    schedule,
    summary,
    table_of_contents,
)
from progress.biology import NOBODY, NOW, codes, day, ids


def test_wrong_contents_report_everything():
    """Every problem of the contents is reported at once, each with its path (E16)."""
    naive = datetime(2026, 9, 1)  # noqa: DTZ001 - that is the error
    course = Module(
        "Course",
        [
            Module("", [Topic("Essay", "assignment", due=naive, start=NOW, end=day(9))]),
            Topic("Essay", TopicKind.FILE, required="yes", due=date(2026, 9, 1), completion=True, grade_item=3),
            Module("Week", "Essay"),
            "Essay",
            Topic("", TopicKind.FILE, id=5),
        ],
    )
    assert [
        ("missing", "children[0].name"),
        ("wrong_type", "children[0].children[0].kind"),
        ("naive_date", "children[0].children[0].due"),
        ("contradiction", "children[0].children[0].end"),
        ("wrong_type", "children[1].required"),
        ("wrong_type", "children[1].completion"),
        ("wrong_type", "children[1].grade_item"),
        ("wrong_type", "children[1].due"),
        ("wrong_type", "children[2].children"),
        ("wrong_type", "children[3]"),
        ("missing", "children[4].name"),
        ("wrong_type", "children[4].id"),
        ("duplicate_id", "children[1].id"),
    ] == codes(find_contents_problems(course))


@pytest.mark.parametrize("use", [exempt_topics, unexempt_topics, table_of_contents, summary, find_progress_problems])
def test_wrong_contents_are_refused_where_they_are_used(use):
    """No view and no operation takes contents with a problem."""
    with pytest.raises(DefinitionError) as caught:
        use(Module("Course", [Topic("", TopicKind.FILE)]), NOBODY)
    assert {"missing"} == {problem.code for problem in caught.value.problems}


def test_what_are_no_contents_is_reported():
    """Contents are a module."""
    assert [("wrong_type", "")] == codes(find_contents_problems([]))


def test_the_farthest_dates_are_dates():
    """The first and the last date of every zone can be compared (E16)."""
    west, east = timezone(timedelta(hours=-12)), timezone(timedelta(hours=14))
    first, last = datetime.min.replace(tzinfo=east), datetime.max.replace(tzinfo=west)
    course = Module("Course", [Topic("Essay", TopicKind.ASSIGNMENT, start=first, due=first, end=last)])
    assert ["Essay"] == ids(schedule(course, NOBODY, last).overdue)


def nested(levels):
    module = Module("Week")
    for _ in range(levels):
        module = Module("Week", [module])
    return module


def test_depth_is_bounded():
    """Contents nest to a stated depth, and one problem says where it is passed (E17)."""
    assert () == find_contents_problems(nested(MAX_DEPTH))
    assert ["too_deep"] == [problem.code for problem in find_contents_problems(nested(2000))]
    assert MAX_DEPTH + 1 == len(str(table_of_contents(nested(MAX_DEPTH), NOBODY)).splitlines())


def test_size_is_bounded():
    """A module that stands in itself by the thousand is refused before it is walked (E17)."""
    module = Module("Week")
    for _ in range(MAX_DEPTH):
        module = Module("Week", [module, module])
    assert [("too_large", "")] == codes(find_contents_problems(module))
