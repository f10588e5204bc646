# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""One learner's record of the contents of a course, and the exemptions in it, granted and lifted from value to value.

>>> from gradecalc.progress.contents import TopicKind
>>> course = Module("Biology", [Topic("Essay", TopicKind.ASSIGNMENT)])
>>> exempt_topics(course, LearnerProgress(), "Essay").exempted
('Essay',)
>>> [problem.message for problem in find_progress_problems(course, LearnerProgress(visited=["Novel"]))]
["'Novel' is not in the contents; the record keeps it, and it changes nothing"]

A record is built without complaint and judged against the contents; what it says of other topics is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import chain
from typing import Any, Final

from attrs import evolve, field

from ..errors import (
    MarksError,
    Problem,
    Severity,
    nearest,
)
from ..exact import describe
from ..fields import (
    Finding,
    as_tuple,
    find_problems,
    many,
)
from ..moments import lacks_zone
from ..values import frozen
from .contents import (
    Module,
    Topic,
    TopicKind,
    topics_by_id,
)

_LONGEST_PATH: Final = 100

_EXEMPTIBLE: Final = ", ".join(kind.value for kind in TopicKind if kind.may_be_exempted)


def _as_ids(ids: Iterable[str]) -> tuple[str, ...]:
    """Return ids in one order, each once; anything else is left as it is, for the check of the record to report."""
    found = as_tuple(ids)
    texts = isinstance(found, tuple) and all(isinstance(each, str) for each in found)
    return tuple(sorted(set(found))) if texts else found


def _as_pairs(by_id: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    if not isinstance(by_id, Mapping):
        return as_tuple(by_id)
    ids = _as_ids(iter(by_id))
    return tuple((id_, by_id[id_]) for id_ in ids)


def _as_moments(by_id: Mapping[str, datetime]) -> tuple[tuple[str, datetime], ...]:
    return _as_pairs(by_id)


def _as_counts(by_id: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return _as_pairs(by_id)


@frozen(kw_only=True)
class LearnerProgress:
    """One learner's record: when which topics were completed, which were visited, attempts, and exemptions.

    `completed` maps ids of topics to dates with a zone, `attempts` to how many there were; both are kept as pairs.
    What is recorded for topics that are not in the contents is kept, and changes no view (E15).
    """

    completed: tuple[tuple[str, datetime], ...] = field(default=(), converter=_as_moments)
    visited: tuple[str, ...] = field(default=(), converter=_as_ids, metadata=many(str))
    attempts: tuple[tuple[str, int], ...] = field(default=(), converter=_as_counts)
    exempted: tuple[str, ...] = field(default=(), converter=_as_ids, metadata=many(str))


def find_progress_problems(contents: Module, progress: LearnerProgress) -> tuple[Problem, ...]:
    """Return every problem of one learner's record; an error makes it unusable, a notice changes no view (E15).

    Raises, like `exempt_topics` and `unexempt_topics`, `DefinitionError` for contents that cannot be used.
    """
    return record_problems(topics_by_id(contents), progress)


def exempt_topics(contents: Module, progress: LearnerProgress, *ids: str) -> LearnerProgress:
    """Return the record with exemptions from these topics; raises `MarksError` for what may not be exempted (E1)."""
    topics = topics_by_id(contents)
    MarksError.refuse(record_problems(topics, progress))
    MarksError.refuse(chain.from_iterable(_refusals(topics, id_) for id_ in ids))
    return evolve(progress, exempted=(*progress.exempted, *ids))


def unexempt_topics(contents: Module, progress: LearnerProgress, *ids: str) -> LearnerProgress:
    """Return the record without exemptions from these topics; raises `MarksError` for ids that nothing has (E2)."""
    topics = topics_by_id(contents)
    MarksError.refuse(record_problems(topics, progress))
    MarksError.refuse(_unknown(topics, id_) for id_ in ids if not (_is_known(topics, id_) or id_ in progress.exempted))
    return evolve(progress, exempted=[id_ for id_ in progress.exempted if id_ not in ids])


def record_problems(topics: Mapping[str, Topic], progress: LearnerProgress) -> tuple[Problem, ...]:
    """Return every problem of one learner's record of these topics: the errors, or else the notices."""
    if not isinstance(progress, LearnerProgress):
        return (Problem("wrong_type", "", f"{describe(progress)} is not a LearnerProgress"),)
    errors = (
        *_pair_problems("completed", progress.completed, lacks_zone),
        *_pair_problems("attempts", progress.attempts, _attempts_finding),
        *find_problems(progress, ""),
    )
    return errors or tuple(_notices(topics, progress))


def _is_known(topics: Mapping[str, Topic], id_: object) -> bool:
    return isinstance(id_, str) and id_ in topics


def _unknown(topics: Mapping[str, Topic], id_: object) -> Problem:
    path = id_[:_LONGEST_PATH] if isinstance(id_, str) else describe(id_)
    return Problem("unknown_id", path, f"no topic {describe(id_)} in the contents{nearest(id_, topics)}")


def _refusals(topics: Mapping[str, Topic], id_: str) -> Iterator[Problem]:
    """Yield why nobody can be exempt from the topic of an id, if so."""
    if not _is_known(topics, id_):
        yield _unknown(topics, id_)
    elif not topics[id_].kind.may_be_exempted:
        message = f"{describe(id_)} is a {topics[id_].kind.value}; those that can be exempted are: {_EXEMPTIBLE}"
        yield Problem("cannot_be_exempted", id_[:_LONGEST_PATH], message)


def _pair_problems(name: str, pairs: object, finding_of: Callable[[object], Finding]) -> Iterator[Problem]:
    if not isinstance(pairs, tuple):
        yield Problem("wrong_type", name, f"{name} is {describe(pairs)}; it must map the ids of topics")
        return
    for nth, pair in enumerate(pairs):
        match pair:
            case (str() as id_, value):
                finding = finding_of(value)
                if finding:
                    yield Problem(finding[0], f"{name}[{describe(id_)}]", f"{name} of {describe(id_)} {finding[1]}")
            case _:
                yield Problem("wrong_type", f"{name}[{nth}]", f"{name}[{nth}] has no text for the id of a topic")


def _attempts_finding(value: object) -> Finding:
    if type(value) is int and value >= 0:
        return None
    return "wrong_type", f"is {describe(value)}; it must be a whole number, 0 or more"


def _notices(topics: Mapping[str, Topic], progress: LearnerProgress) -> Iterator[Problem]:
    recorded = {
        "completed": [id_ for id_, _ in progress.completed],
        "visited": progress.visited,
        "attempts": [id_ for id_, _ in progress.attempts],
        "exempted": progress.exempted,
    }
    for name, ids in recorded.items():
        for id_ in ids:
            path = f"{name}[{describe(id_)}]"
            if id_ not in topics:
                message = f"{describe(id_)} is not in the contents; the record keeps it, and it changes nothing"
                yield Problem("unknown_id", path, message, Severity.NOTICE)
            elif name == "exempted":
                notices = _refusals(topics, id_)
                yield from (evolve(notice, path=path, severity=Severity.NOTICE) for notice in notices)
