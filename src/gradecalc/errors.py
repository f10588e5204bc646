# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What can go wrong, as data.

A definition or a record of marks is judged completely: every finding is a `Problem` with a path, and one
exception carries them all, so that a teacher mends five slips in one go rather than in five tries.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from enum import Enum

from .values import frozen

_UNPRINTED = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What a terminal obeys rather than shows: controls, line breaks, marks of direction, and halves of characters."""

_LONGEST_NAME_COMPARED = 80
_MOST_NAMES_COMPARED = 2000
_NEAR = 0.6
_SHOWN_BEFORE = 50
_SHOWN_AFTER = 60


class Severity(Enum):
    """How much a problem matters: an error stops the work, a notice is legal and suspicious."""

    ERROR = "error"
    NOTICE = "notice"


@frozen
class Problem:
    """One finding: `code` for programs, `path` to the place, `message` for people.

    The path is written as one would reach the place in Python, such as `children[2].weight`; for marks it is the
    item's id, for a file its row and column.
    """

    code: str
    path: str
    message: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        message = "\n".join(map(printable, self.message.split("\n")))
        return f"{printable(self.path)}: {message}" if self.path else message


class GradecalcError(Exception):
    """The root of everything this library raises on purpose."""


class _ProblemsError(GradecalcError):
    """An error that carries every problem found, in the order of the definition or the record."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    @classmethod
    def refuse(cls, problems: Iterable[Problem]) -> None:
        """Raise this error with the problems that are errors, if any of them is one."""
        errors = [problem for problem in problems if problem.severity is Severity.ERROR]
        if errors:
            raise cls(errors)

    def __str__(self) -> str:
        if len(self.problems) == 1:
            return str(self.problems[0])
        return "\n".join([f"{len(self.problems)} problems", *(f"  {problem}" for problem in self.problems)])


class DefinitionError(_ProblemsError):
    """A gradebook, or a part of one, that cannot be used as it stands; `.problems` lists every reason."""


class MarksError(_ProblemsError):
    """One learner's record that cannot be used, such as marks that do not fit; `.problems` lists every reason."""


class FormulaError(GradecalcError):
    """A formula that cannot be read or worked out: `code` for programs, `span` the place in `source`, start and end.

    Its text draws the line of the source with the place underlined.
    """

    def __init__(self, code: str, message: str, span: tuple[int, int], source: str) -> None:
        self.code, self.message, self.span, self.source = code, message, span, source
        super().__init__(code, message, span, source)

    def __str__(self) -> str:
        start, end = self.span
        left = self.source.rfind("\n", 0, start) + 1
        right = self.source.find("\n", start)
        right = len(self.source) if right < 0 else right
        left, right = max(left, start - _SHOWN_BEFORE), min(right, start + _SHOWN_AFTER)
        line = "".join(sign if sign.isprintable() else " " for sign in self.source[left:right])
        carets = "^" * max(min(end, right) - start, 1)
        return f"{self.message}\n  {line}\n  {' ' * (start - left)}{carets}"


def printable(text: str) -> str:
    """Return the text as a terminal may be given it: what the terminal would obey is written out by its number."""
    return _UNPRINTED.sub(_written_out, text)


def nearest(name: object, known: Iterable[str]) -> str:
    """Return "; did you mean '…'?" for the known name nearest to an unknown one, or an empty text.

    Of several as near the first is meant. Only so many names of so many characters are compared, so that hostile input
    stays cheap.
    """
    wanted = _as_text(name)[:_LONGEST_NAME_COMPARED]
    candidates: dict[str, str] = {}
    for candidate in known:
        if len(candidates) == _MOST_NAMES_COMPARED:
            break
        candidates.setdefault(candidate[:_LONGEST_NAME_COMPARED].casefold(), candidate)
    matcher = SequenceMatcher(b=wanted.casefold())
    likenesses = {name: _likeness(matcher, name) for name in candidates}
    near = max(likenesses, key=likenesses.__getitem__, default="")
    return f"; did you mean {candidates[near][:_LONGEST_NAME_COMPARED]!r}?" if likenesses.get(near) else ""


def _likeness(matcher: SequenceMatcher[str], name: str) -> float:
    """Return how like a name is to that of the matcher, 0 where it is not near; what costs least is asked first."""
    matcher.set_seq1(name)
    likeness = 0.0
    for ratio in (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio):
        likeness = ratio()
        if likeness < _NEAR:
            return 0
    return likeness


def _written_out(match: re.Match[str]) -> str:
    return repr(match[0])[1:-1]


def _as_text(name: object) -> str:
    try:
        return str(name)
    except Exception:  # noqa: BLE001 - a name's own methods may raise anything
        return ""
