# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The laws of progress."""

from datetime import datetime, timedelta, timezone
from itertools import count

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from gradecalc.progress.contents import (
    CompletionMethod,
    Module,
    Topic,
    TopicKind,
    topics_by_id,
)
from gradecalc.progress.record import LearnerProgress, exempt_topics, unexempt_topics
from gradecalc.progress.views import (
    ModuleEntry,
    schedule,
    summary,
    table_of_contents,
)

ZONES = st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours)))
DATES = st.datetimes(datetime(2026, 1, 1), datetime(2026, 1, 5), timezones=ZONES)  # noqa: DTZ001 - the zones are drawn
EXEMPTIBLE = [kind for kind in TopicKind if kind.may_be_exempted]


def _renamed(module, numbers):
    children = (
        _renamed(child, numbers) if isinstance(child, Module) else evolve(child, id=str(next(numbers)))
        for child in module.children
    )
    return evolve(module, children=children)


TOPICS = st.builds(
    Topic,
    st.just("Topic"),
    st.sampled_from(TopicKind),
    due=st.none() | DATES,
    start=st.none() | DATES,
    required=st.booleans(),
    completion=st.none() | st.sampled_from(CompletionMethod),
)
MODULES = st.recursive(
    st.builds(Module, st.just("Module"), st.lists(TOPICS, max_size=4)),
    lambda inner: st.builds(Module, st.just("Module"), st.lists(TOPICS | inner, max_size=4)),
    max_leaves=6,
)
CONTENTS = MODULES.map(lambda module: _renamed(module, count()))


@st.composite
def cases(draw):
    """Draw contents, a learner's record of them, and the id of one topic that can be exempted and is not."""
    contents = draw(CONTENTS)
    topics = topics_by_id(contents)
    free = [id_ for id_, topic in topics.items() if topic.kind.may_be_exempted]
    assume(free)
    some = st.lists(st.sampled_from(list(topics)), unique=True)
    chosen = draw(st.sampled_from(free))
    record = LearnerProgress(
        completed=draw(st.dictionaries(st.sampled_from(list(topics)), DATES)),
        visited=draw(some),
        attempts=draw(st.dictionaries(st.sampled_from(list(topics)), st.integers(0, 3))),
        exempted=set(draw(some)) - {chosen},
    )
    return contents, record, chosen


def _without(module, gone):
    children = (_without(child, gone) if isinstance(child, Module) else child for child in module.children)
    return evolve(module, children=[child for child in children if isinstance(child, Module) or child.id != gone])


def _figures(module):
    """Return the counts and the percentage of a module and of every module in it."""
    yield module.required, module.completed, module.percent
    for child in module.children:
        if isinstance(child, ModuleEntry):
            yield from _figures(child)


def _all_ids(seen):
    listed = {entry.topic.id for entries in (seen.overdue, seen.upcoming, seen.full) for entry in entries}
    return listed | {event.entry.topic.id for event in seen.calendar}


@given(cases())
def test_exempting_is_deleting_for_every_figure(case):
    """Every count and percentage is that of contents without the topic (E4, E5)."""
    contents, record, chosen = case
    exempted = table_of_contents(contents, exempt_topics(contents, record, chosen))
    deleted = table_of_contents(_without(contents, chosen), record)
    assert list(_figures(deleted)) == list(_figures(exempted))


@given(cases(), DATES)
def test_exempting_is_deleting_for_summary_and_schedule(case, now):
    """A summary page and a schedule are those of contents without the topic (E8, E10, E13)."""
    contents, record, chosen = case
    exempted, rest = exempt_topics(contents, record, chosen), _without(contents, chosen)
    assert schedule(rest, record, now) == schedule(contents, exempted, now)
    without, page = summary(rest, record), summary(contents, exempted)
    assert (without.topics, without.visited, without.unattempted_quizzes) == (
        page.topics,
        page.visited,
        page.unattempted_quizzes,
    )


@given(cases())
def test_lifting_undoes_exempting(case):
    """Lifting a new exemption gives the record that was before, and exempting twice is exempting once (E2)."""
    contents, record, chosen = case
    exempted = exempt_topics(contents, record, chosen)
    assert record == unexempt_topics(contents, exempted, chosen)
    assert exempted == exempt_topics(contents, exempted, chosen)


@given(cases())
def test_exempting_what_is_not_completed_never_lowers_a_percentage(case):
    """Exempt from what is not completed, no module is completed to a lesser part than before (E18)."""
    contents, record, chosen = case
    assume(chosen not in dict(record.completed))
    before = _figures(table_of_contents(contents, record))
    after = _figures(table_of_contents(contents, exempt_topics(contents, record, chosen)))
    pairs = [(old, new) for (*_, old), (*_, new) in zip(before, after, strict=True) if new is not None]
    assert [] == [(old, new) for old, new in pairs if old is None or new < old]


@given(cases(), DATES)
def test_overdue_and_upcoming_are_disjoint_parts_of_the_full_schedule(case, now):
    """Nothing is both overdue and upcoming, and all of it is in the full schedule (E7, E9)."""
    contents, record, _ = case
    seen = schedule(contents, record, now)
    overdue, upcoming = set(seen.overdue), set(seen.upcoming)
    assert set() == overdue & upcoming
    assert overdue | upcoming <= set(seen.full)
    assert set(seen.full) == {event.entry for event in seen.calendar}


@given(cases(), DATES)
def test_no_exempt_topic_is_scheduled(case, now):
    """Whatever the dates and now, an exempt topic is in no schedule (E8)."""
    contents, record, chosen = case
    exempted = exempt_topics(contents, record, chosen)
    flagged = {entry.topic.id for entry in table_of_contents(contents, exempted).topics if entry.exempted}
    assert chosen in flagged
    assert set() == flagged & _all_ids(schedule(contents, exempted, now))


@given(cases(), DATES, ZONES)
def test_the_zone_in_which_now_is_told_changes_nothing(case, now, zone):
    """One moment told in two zones gives one schedule (E16)."""
    contents, record, _ = case
    assert schedule(contents, record, now) == schedule(contents, record, now.astimezone(zone))


@given(cases())
def test_the_root_adds_up_its_modules(case):
    """The counts of a module are the sums over its own topics and its modules (E4)."""
    contents, record, _ = case
    whole = table_of_contents(contents, record)
    modules = [child for child in whole.children if isinstance(child, ModuleEntry)]
    own = [child.topic.required for child in whole.children if not isinstance(child, ModuleEntry)]
    assert whole.required == sum(own) + sum(module.required for module in modules)
