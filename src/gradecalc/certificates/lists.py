# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Who is excepted from a requirement and whose credential is invalidated: two lists that exclude each other.

>>> from datetime import UTC
>>> ada = Entry("ada", "was ill", by="Grace", at=datetime(2026, 6, 1, tzinfo=UTC))
>>> lists = add_exception(ExceptionLists(), ada)
>>> lists.standing("ada")
<Standing.EXCEPTED: 'on the exception list'>
>>> invalidate(lists, ada)
Traceback (most recent call last):
    ...
gradecalc.certificates.lists.ListError: 'ada' is on the exception list, so cannot be invalidated; remove it first

Lists are values: each operation gives the new lists, or a `ListError` that names what is and what was asked. An
exception that is removed is gone; an invalidation that is lifted stays in the list, switched off. Rules K6 to K10.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from enum import Enum
from types import MappingProxyType
from typing import Final, Generic, TypeVar

from attrs import Factory, evolve, field

from ..decisions import Waiver
from ..errors import DefinitionError, Problem
from ..exact import describe
from ..moments import has_zone, utc
from ..outcomes import Outcome
from ..reasons import Reason
from ..transitions import TransitionError, leads_to
from ..values import frozen


@frozen
class Entry:
    """That somebody is listed: why, by whom, since when, and whether the entry is switched on.

    `subject` is the host's id of the learner or the credential. The repr keeps the notes to itself.
    """

    subject: str
    notes: str = field(default="", repr=False)
    by: str = field(default="", kw_only=True)
    at: datetime = field(validator=has_zone, kw_only=True)
    active: bool = field(default=True, kw_only=True)
    ended_by: str = field(default="", kw_only=True)
    ended_at: datetime | None = field(default=None, validator=has_zone, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.active and self.ended_at is not None:
            message = f"the entry of {describe(self.subject)} is active and has ended; it can be one of the two"
            raise DefinitionError([Problem("contradiction", "active", message)])


class Standing(Enum):
    """Where the lists have somebody; the value is the words for people."""

    UNLISTED = "on no list"
    EXCEPTED = "on the exception list"
    INVALIDATED = "on the invalidation list"
    BOTH = "on the exception list and on the invalidation list"
    """Which no change leads to, and lists that are read may have."""


class ListChange(Enum):
    """What may be asked of the lists; the value is the words for people."""

    ADD = "be added as an exception"
    REMOVE = "be removed as an exception"
    INVALIDATE = "be invalidated"
    REVALIDATE = "be validated again"


LIST_STEPS: Final[Mapping[tuple[Standing, ListChange], Standing]] = MappingProxyType(
    {
        (Standing.UNLISTED, ListChange.ADD): Standing.EXCEPTED,
        (Standing.EXCEPTED, ListChange.REMOVE): Standing.UNLISTED,
        (Standing.UNLISTED, ListChange.INVALIDATE): Standing.INVALIDATED,
        (Standing.INVALIDATED, ListChange.REVALIDATE): Standing.UNLISTED,
        (Standing.BOTH, ListChange.REMOVE): Standing.INVALIDATED,
        (Standing.BOTH, ListChange.REVALIDATE): Standing.EXCEPTED,
    }
)
"""From which standing which change leads where (K7)."""


class ListError(TransitionError):
    """A refused change: `.problem` says why, `.standing` where somebody is listed, `.change` what was asked for."""

    def __init__(self, problem: Problem, standing: Standing, change: ListChange) -> None:
        super().__init__("entry", standing.value, leads_to(LIST_STEPS, change), change.value)
        self.problem, self.standing, self.change = problem, standing, change
        self.args = (problem, standing, change)

    def __str__(self) -> str:
        return self.problem.message


def _as_entries(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(entries)


@frozen
class EntryList:
    """Entries in the order in which they were made, one for each subject."""

    entries: tuple[Entry, ...] = field(default=(), converter=_as_entries)
    _by_subject: Mapping[str, Entry] = field(
        init=False,
        eq=False,
        repr=False,
        default=Factory(lambda self: {entry.subject: entry for entry in self.entries}, takes_self=True),
    )

    def __attrs_post_init__(self) -> None:
        if len(self._by_subject) < len(self.entries):
            raise DefinitionError([Problem("duplicate_entry", "entries", "a subject has one entry in a list, not two")])

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def get(self, subject: str) -> Entry | None:
        """Return the entry of a subject, switched on or off."""
        return self._by_subject.get(subject)

    def active(self, subject: str) -> Entry | None:
        """Return the entry of a subject if it is switched on."""
        entry = self.get(subject)
        return entry if entry is not None and entry.active else None

    def with_entries(self, *entries: Entry) -> EntryList:
        """Return the list with these entries, each in the place of its subject's former one."""
        return EntryList({**self._by_subject, **{entry.subject: entry for entry in entries}}.values())

    def without(self, subject: str) -> EntryList:
        """Return the list without the entry of a subject."""
        return EntryList(entry for entry in self.entries if entry.subject != subject)


def _as_list(entries: EntryList | Iterable[Entry]) -> EntryList:
    return entries if isinstance(entries, EntryList) else EntryList(entries)


@frozen
class ExceptionLists:
    """The exception list and the invalidation list.

    No change puts anybody on both; lists that are read may have somebody there, who is decided and can be taken off
    either (K6).
    """

    exceptions: EntryList = field(factory=EntryList, converter=_as_list)
    invalidations: EntryList = field(factory=EntryList, converter=_as_list)

    @property
    def contradictions(self) -> tuple[Problem, ...]:
        """What to mend: everybody who is active on both lists."""
        excepted = (entry.subject for entry in self.exceptions if entry.active)
        return tuple(
            Problem("contradiction", subject, f"{describe(subject)} is {Standing.BOTH.value}; take them off one")
            for subject in excepted
            if self.invalidations.active(subject)
        )

    def standing(self, subject: str) -> Standing:
        """Return where the lists have a subject; an entry that is switched off does not count."""
        return _STANDINGS[self.exceptions.active(subject) is not None, self.invalidations.active(subject) is not None]


_STANDINGS: Final[Mapping[tuple[bool, bool], Standing]] = MappingProxyType(
    {
        (False, False): Standing.UNLISTED,
        (True, False): Standing.EXCEPTED,
        (False, True): Standing.INVALIDATED,
        (True, True): Standing.BOTH,
    }
)

_WAYS_OUT: Final[Mapping[tuple[Standing, ListChange], tuple[str, str]]] = MappingProxyType(
    {
        (Standing.EXCEPTED, ListChange.ADD): ("already_listed", "put it again to amend its notes"),
        (Standing.INVALIDATED, ListChange.ADD): ("invalidated", "validate it again first"),
        (Standing.UNLISTED, ListChange.REMOVE): ("not_listed", "there is nothing to remove"),
        (Standing.INVALIDATED, ListChange.REMOVE): ("not_listed", "there is nothing to remove"),
        (Standing.EXCEPTED, ListChange.INVALIDATE): ("excepted", "remove it first"),
        (Standing.INVALIDATED, ListChange.INVALIDATE): ("already_invalidated", "there is nothing to do"),
        (Standing.UNLISTED, ListChange.REVALIDATE): ("not_invalidated", "there is nothing to lift"),
        (Standing.EXCEPTED, ListChange.REVALIDATE): ("not_invalidated", "there is nothing to lift"),
        (Standing.BOTH, ListChange.ADD): ("invalidated", "validate it again first"),
        (Standing.BOTH, ListChange.INVALIDATE): ("excepted", "remove it first"),
    }
)
"""What a change that the table does not have is refused as, and what to do instead."""


def find_refusal(lists: ExceptionLists, subject: str, change: ListChange, *, called: str = "") -> Problem | None:
    """Return why the lists refuse a change, or None where they take it (K7); `called` is who the message speaks of."""
    return _refusal(called or subject, lists.standing(subject), change)


def add_exception(lists: ExceptionLists, entry: Entry) -> ExceptionLists:
    """Return the lists with an exception; raises `ListError` for somebody who is on either list."""
    _refuse(lists, entry.subject, ListChange.ADD)
    return evolve(lists, exceptions=lists.exceptions.with_entries(_switched_on(entry)))


def put_exception(lists: ExceptionLists, entry: Entry) -> ExceptionLists:
    """Return the lists with an exception, in the place of the former one if there was one (K8).

    Raises `ListError` for somebody who is invalidated.
    """
    if lists.standing(entry.subject) is not Standing.EXCEPTED:
        _refuse(lists, entry.subject, ListChange.ADD)
    return evolve(lists, exceptions=lists.exceptions.with_entries(_switched_on(entry)))


def remove_exception(lists: ExceptionLists, subject: str) -> ExceptionLists:
    """Return the lists without an exception; raises `ListError` for somebody who is not excepted."""
    _refuse(lists, subject, ListChange.REMOVE)
    return evolve(lists, exceptions=lists.exceptions.without(subject))


def invalidate(lists: ExceptionLists, entry: Entry) -> ExceptionLists:
    """Return the lists with an invalidation; raises `ListError` for somebody who is on either list."""
    _refuse(lists, entry.subject, ListChange.INVALIDATE)
    return evolve(lists, invalidations=lists.invalidations.with_entries(_switched_on(entry)))


def revalidate(lists: ExceptionLists, subject: str, *, by: str = "", at: datetime) -> ExceptionLists:
    """Return the lists with an invalidation switched off, by whom and when; raises `ListError` where there is none."""
    utc(at, "at")
    _refuse(lists, subject, ListChange.REVALIDATE)
    ended = (
        evolve(entry, active=False, ended_by=by, ended_at=at) if entry.subject == subject else entry
        for entry in lists.invalidations
    )
    return evolve(lists, invalidations=EntryList(ended))


def waivers(entry: Entry, *requirements: str) -> tuple[Waiver, ...]:
    """Return what an exception waives: these requirements, with its notes, or nothing if it is switched off."""
    if not entry.active:
        return ()
    return tuple(Waiver(name, why=entry.notes, by=entry.by, at=entry.at) for name in requirements)


@frozen
class BulkRow:
    """One row of a bulk entry: its number, whom it means, and what the host has found wrong with it.

    `entry` is None where the row does not say whom it means, and `problems` then say why. `called` is what the row
    says, of which messages speak; without it they speak of the entry's subject.
    """

    number: int
    entry: Entry | None
    problems: tuple[Problem, ...] = ()
    duplicate_of: int | None = None
    """The number of the first row that means the same subject, if another one does."""
    called: str = field(default="", kw_only=True)

    @property
    def stored(self) -> bool:
        """Whether the row's entry is in the list."""
        return not self.problems


_BulkRow = TypeVar("_BulkRow", bound=BulkRow)


@frozen
class Entered(Outcome[ExceptionLists], Generic[_BulkRow]):
    """What became of the lists by a bulk entry, and every row with all that is wrong with it."""

    rows: tuple[_BulkRow, ...] = field(kw_only=True)

    @property
    def stored(self) -> tuple[_BulkRow, ...]:
        """The rows that are in the list now."""
        return tuple(row for row in self.rows if row.stored)

    @property
    def refused(self) -> tuple[_BulkRow, ...]:
        """The rows that are not, each with its problems."""
        return tuple(row for row in self.rows if not row.stored)


def add_exceptions(lists: ExceptionLists, rows: Iterable[_BulkRow]) -> Entered[_BulkRow]:
    """Return the lists with every sound row as an exception, each row on its own, as if entered one by one (K9).

    The problems of a row are the host's, and then that of the lists. What is wrong with one row stops no other.
    """
    first: dict[str, int] = {}
    added: dict[str, Entry] = {}
    judged = []
    for row in rows:
        if row.entry is None:
            judged.append(row)
            continue
        subject = row.entry.subject
        standing = Standing.EXCEPTED if subject in added else lists.standing(subject)
        refusal = _refusal(row.called or subject, standing, ListChange.ADD)
        problems = row.problems if refusal is None else (*row.problems, refusal)
        if not problems:
            added[subject] = _switched_on(row.entry)
        judged.append(evolve(row, problems=problems, duplicate_of=first.get(subject)))
        first.setdefault(subject, row.number)
    exceptions = lists.exceptions.with_entries(*added.values())
    return Entered(
        evolve(lists, exceptions=exceptions),
        changed=bool(added),
        reasons=(_reason(row, problem) for row in judged for problem in row.problems),
        subject="exceptions",
        rows=tuple(judged),
    )


def _reason(row: BulkRow, problem: Problem) -> Reason:
    return Reason(problem.code, f"row {row.number}: {problem.message}")


def _switched_on(entry: Entry) -> Entry:
    """Return the entry as one that is made now: whatever it was before, it is active."""
    return evolve(entry, active=True, ended_by="", ended_at=None)


def _refusal(called: str, standing: Standing, change: ListChange) -> Problem | None:
    if (standing, change) in LIST_STEPS:
        return None
    code, way_out = _WAYS_OUT[standing, change]
    return Problem(code, "", f"{describe(called)} is {standing.value}, so cannot {change.value}; {way_out}")


def _refuse(lists: ExceptionLists, subject: str, change: ListChange) -> None:
    problem = find_refusal(lists, subject, change)
    if problem is not None:
        raise ListError(problem, lists.standing(subject), change)
