# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules K6 to K10: the exception list and the invalidation list, and every change to them."""

import pickle
from datetime import UTC, datetime

import pytest

from gradecalc import DefinitionError, Problem
from gradecalc.certificates.lists import (
    BulkRow,
    Entry,
    EntryList,
    ExceptionLists,
    ListChange,
    ListError,
    Standing,
    add_exception,
    add_exceptions,
    find_refusal,
    invalidate,
    put_exception,
    remove_exception,
    revalidate,
    waivers,
)
from gradecalc.transitions import TransitionError

JUNE, JULY = datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC)


def entry(subject="ada", notes="was ill", **given):
    """Return an entry made in June."""
    return Entry(subject, notes, by="Grace", at=JUNE, **given)


NOBODY = ExceptionLists()
EXCEPTED = ExceptionLists([entry()])
INVALIDATED = ExceptionLists((), [entry()])
BOTH = ExceptionLists([entry()], [entry()])
STANDINGS = {
    Standing.UNLISTED: NOBODY,
    Standing.EXCEPTED: EXCEPTED,
    Standing.INVALIDATED: INVALIDATED,
    Standing.BOTH: BOTH,
}

APPLY = {
    ListChange.ADD: lambda lists: add_exception(lists, entry()),
    ListChange.REMOVE: lambda lists: remove_exception(lists, "ada"),
    ListChange.INVALIDATE: lambda lists: invalidate(lists, entry()),
    ListChange.REVALIDATE: lambda lists: revalidate(lists, "ada", by="Grace", at=JULY),
}
REACHED = {
    (Standing.UNLISTED, ListChange.ADD): Standing.EXCEPTED,
    (Standing.EXCEPTED, ListChange.REMOVE): Standing.UNLISTED,
    (Standing.UNLISTED, ListChange.INVALIDATE): Standing.INVALIDATED,
    (Standing.INVALIDATED, ListChange.REVALIDATE): Standing.UNLISTED,
    (Standing.BOTH, ListChange.REMOVE): Standing.INVALIDATED,
    (Standing.BOTH, ListChange.REVALIDATE): Standing.EXCEPTED,
}


@pytest.mark.parametrize("change", ListChange)
@pytest.mark.parametrize("standing", Standing)
def test_a_change_is_made_or_refused(standing, change):
    """Each change is made where it leads somewhere, and else refused by an error that names both (K7)."""
    lists = STANDINGS[standing]
    if (standing, change) in REACHED:
        assert find_refusal(lists, "ada", change) is None
        assert REACHED[standing, change] is APPLY[change](lists).standing("ada")
    else:
        with pytest.raises(ListError) as caught:
            APPLY[change](lists)
        assert find_refusal(lists, "ada", change) == caught.value.problem
        assert isinstance(caught.value, TransitionError)
        assert (standing.value, change.value) == (caught.value.state, caught.value.step)
        assert (standing, change) == (caught.value.standing, caught.value.change)
        assert standing.value in str(caught.value)
        assert change.value in str(caught.value)


def test_a_refusal_survives_pickling():
    """A refusal passes between processes with its data."""
    with pytest.raises(ListError) as caught:
        remove_exception(NOBODY, "ada")
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own
    assert (caught.value.problem, Standing.UNLISTED, ListChange.REMOVE) == (again.problem, again.standing, again.change)


def test_no_change_puts_anybody_on_both_lists():
    """Whatever is changed, nobody comes to be active on both (K6, K7)."""
    assert Standing.BOTH not in REACHED.values()


def test_lists_that_are_read_may_have_somebody_on_both():
    """Such lists are taken as they are, and tell whom to take off one of them (K6)."""
    assert ((), ()) == (EXCEPTED.contradictions, ExceptionLists([entry(active=False)], [entry()]).contradictions)
    lists = ExceptionLists([entry(), entry("bob")], [entry()])
    assert [("contradiction", "ada")] == [(problem.code, problem.path) for problem in lists.contradictions]
    assert [Standing.BOTH, Standing.EXCEPTED] == [lists.standing(each) for each in ("ada", "bob")]


def test_who_is_on_both_lists_stops_no_bulk_entry():
    """A row of somebody on both lists is refused as invalidated, and the other rows are stored (K9)."""
    entered = add_exceptions(BOTH, [BulkRow(1, entry()), BulkRow(2, entry("bob"))])
    assert [["invalidated"], []] == [[problem.code for problem in row.problems] for row in entered.rows]
    with pytest.raises(ListError):
        put_exception(BOTH, entry())


def test_a_refusal_speaks_of_whom_the_host_calls_so():
    """A host may say by which name messages speak of somebody, rather than by the subject's id (K7)."""
    assert find_refusal(EXCEPTED, "ada", ListChange.ADD, called="Ada L.").message.startswith("'Ada L.' is on")
    row = add_exceptions(EXCEPTED, [BulkRow(3, entry(), called="ada@example.com")]).rows[0]
    assert row.problems[0].message.startswith("'ada@example.com' is on")


def test_an_entry_that_is_switched_off_does_not_count():
    """Somebody whose entry is switched off is on no list, and can be on the other one (K6)."""
    lists = ExceptionLists([entry(active=False)], [entry()])
    assert Standing.INVALIDATED is lists.standing("ada")
    assert lists.exceptions.active("ada") is None
    assert entry(active=False) == lists.exceptions.get("ada")


def test_an_entry_that_has_ended_is_not_active():
    """An entry that is active and has ended contradicts itself."""
    with pytest.raises(DefinitionError) as caught:
        entry(ended_at=JULY)
    assert ["contradiction"] == [problem.code for problem in caught.value.problems]


def test_a_subject_has_one_entry_in_a_list():
    """Two entries of one subject in a list are an error."""
    with pytest.raises(DefinitionError) as caught:
        EntryList([entry(), entry(notes="again")])
    assert ["duplicate_entry"] == [problem.code for problem in caught.value.problems]


def test_putting_replaces_the_notes():
    """Putting an exception that is there replaces it, in its place (K8)."""
    lists = add_exception(EXCEPTED, entry("bob"))
    assert [entry(notes="better"), entry("bob")] == list(put_exception(lists, entry(notes="better")).exceptions)


def test_putting_adds_who_is_not_listed():
    """Putting an exception that is not there adds it, and refuses who is invalidated (K8)."""
    assert EXCEPTED == put_exception(NOBODY, entry())
    with pytest.raises(ListError):
        put_exception(INVALIDATED, entry())


def test_an_entry_that_is_added_is_switched_on():
    """Whatever an entry was before, one that is added is active (K8)."""
    assert EXCEPTED == add_exception(ExceptionLists([entry(active=False)]), entry(active=False, ended_at=JULY))


def test_removing_leaves_no_trace_and_validating_does():
    """A removed exception is gone; a lifted invalidation stays, with who switched it off and when (K10)."""
    assert NOBODY == remove_exception(EXCEPTED, "ada")
    lifted = entry(active=False, ended_by="Grace", ended_at=JULY)
    assert [lifted] == list(revalidate(INVALIDATED, "ada", by="Grace", at=JULY).invalidations)


def test_validating_again_asks_for_a_zone():
    """An invalidation is lifted at a moment with a zone (K5)."""
    with pytest.raises(DefinitionError):
        revalidate(INVALIDATED, "ada", at=datetime(2026, 7, 1))  # noqa: DTZ001 - what is refused


def test_other_entries_stay_as_they_are():
    """Lifting one invalidation leaves the others in their places."""
    lists = invalidate(INVALIDATED, entry("bob"))
    after = revalidate(lists, "ada", at=JULY)
    assert [False, True] == [each.active for each in after.invalidations]


def test_an_exception_waives_what_it_is_told_to():
    """An active exception waives the requirements named, with its notes; one that is switched off waives nothing."""
    found = waivers(entry(), "a", "b")
    assert [("a", "was ill", "Grace", JUNE), ("b", "was ill", "Grace", JUNE)] == [
        (waiver.requirement, waiver.why, waiver.by, waiver.at) for waiver in found
    ]
    assert () == waivers(entry(active=False), "a")


def test_rows_are_entered_each_on_its_own():
    """Sound rows are stored, and every other row has all its problems, the host's and then the lists' (K9)."""
    unknown, absent = Problem("unknown", "", "nobody"), Problem("absent", "", "not here")
    lists = ExceptionLists([entry("cyd")], [entry("dan")])
    entered = add_exceptions(
        lists,
        [
            BulkRow(1, entry("ada")),
            BulkRow(2, None, (unknown,)),
            BulkRow(3, entry("cyd"), (absent,)),
            BulkRow(4, entry("dan")),
            BulkRow(5, entry("bob"), (absent,)),
            BulkRow(6, entry("eve")),
        ],
    )
    codes = [[problem.code for problem in row.problems] for row in entered.rows]
    assert [[], ["unknown"], ["absent", "already_listed"], ["invalidated"], ["absent"], []] == codes
    assert ["cyd", "ada", "eve"] == [each.subject for each in entered.value.exceptions]
    told = ["unknown", "absent", "already_listed", "invalidated", "absent"]
    assert (True, told) == (entered.changed, [reason.code for reason in entered.reasons])
    assert ([1, 6], [2, 3, 4, 5]) == ([row.number for row in entered.stored], [row.number for row in entered.refused])


def test_duplicates_among_the_rows_are_found():
    """A row that means whom an earlier row means names that row, and is refused if that one was stored (K9)."""
    absent = Problem("absent", "", "not here")
    rows = [BulkRow(1, entry()), BulkRow(4, entry()), BulkRow(5, entry("bob"), (absent,)), BulkRow(6, entry("bob"))]
    found = [(row.duplicate_of, row.stored) for row in add_exceptions(NOBODY, rows).rows]
    assert [(None, True), (1, False), (None, False), (5, True)] == found


def test_the_repr_keeps_the_notes_to_itself():
    """Notes may be personal, so the repr of an entry does not show them."""
    assert "ill" not in repr(EXCEPTED)


def test_lists_are_values():
    """Lists compare, hash and pickle by value."""
    assert EXCEPTED == pickle.loads(pickle.dumps(EXCEPTED))  # noqa: S301 - our own
    assert hash(ExceptionLists([entry()])) == hash(EXCEPTED)
