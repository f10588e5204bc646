# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Which learner is meant: by an id, another name that the file has for somebody, or a part of one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from ..errors import nearest
from ..lms import Imported, Learner
from .endings import CommandError
from .table import TextTable


def find_learner(imported: Imported, wanted: str) -> str:
    """Return the id of the learner who is meant; raises `CommandError` where there is none, or several may be."""
    found = find_learners(imported, wanted)
    if len(found) > 1:
        print(_people(imported, found).text())
        raise CommandError(f"{len(found)} learners may be meant; say which by the id")
    return found[0]


def find_learners(imported: Imported, wanted: str) -> list[str]:
    """Return the ids of the learners who may be meant, by the best way in which anybody is; there is at least one.

    Raises `CommandError` where there is none, with the nearest id.
    """
    if wanted in imported.marks:
        return [wanted]
    sought = wanted.strip().casefold()
    for is_meant in (lambda text: text == sought, lambda text: sought in text):
        found = [learner for learner in imported.marks if sought and _matches(imported, learner, is_meant)]
        if found:
            return found
    raise CommandError(f"there is no learner {wanted!r} in the file{nearest(wanted, imported.marks)}")


def _people(imported: Imported, found: list[str]) -> TextTable:
    rows = [(learner, name_of(imported.learners.get(learner))) for learner in found]
    return TextTable("Who is meant?", ("learner", "name"), rows).without_empty()


def _matches(imported: Imported, learner: str, is_meant: Callable[[str], bool]) -> bool:
    return any(is_meant(text.casefold()) for text in _texts(imported.learners, learner) if text)


def _texts(learners: Mapping[str, Learner], learner: str) -> Iterator[str]:
    """Yield all that a learner may be called by."""
    yield learner
    known = learners.get(learner)
    if known is not None:
        yield from (known.institution_id, known.username, known.email, name_of(known))
        yield f"{known.last_name}, {known.first_name}" if known.last_name and known.first_name else ""
        yield f"{known.first_name} {known.last_name}"


def name_of(learner: Learner | None) -> str:
    """Return the name of a learner, empty where nothing is known."""
    return "" if learner is None else learner.name
