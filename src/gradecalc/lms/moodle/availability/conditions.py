# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The single conditions of Moodle's access restrictions, each as a release condition.

>>> problems = []
>>> found = read_restriction(Document({"type": "grade", "id": 42, "min": 3.89}, "", problems))
>>> found.text, found.condition.needed
('#42 >= 3.89000', "grade on '42': at least 3.89 %")

What must hold where a condition stands below a NOT is stated beside it, since not every kind turns round plainly:
who may see all groups passes either way, and an activity that is gone is passed by nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final

from ....exact import (
    Exact,
    NumberError,
    RoundingMode,
    describe,
    read_number,
    write_rounded,
)
from ....release_conditions import (
    AllOf,
    AnyOf,
    Comparison,
    Completed,
    Completion,
    Condition,
    During,
    GradeReceived,
    GradeValue,
    Member,
    Membership,
    NoGradeReceived,
    Not,
    ProfileField,
    TextTest,
)
from ....values import frozen
from ...documents import Document

SEES_ALL_GROUPS: Final = "sees all groups"
"""The role, among the facts, of a learner who may see all groups and so passes every condition on them."""

COMPLETION_STATES: Final = (Completion.INCOMPLETE, Completion.COMPLETE, Completion.PASSED, Completion.FAILED)
"""What Moodle's completion states 0 to 3 are."""

_EXPECTED: Final[tuple[tuple[str, tuple[Completion, ...]], ...]] = (
    ("INCOMPLETE", (Completion.INCOMPLETE, Completion.FAILED)),
    ("COMPLETE", (Completion.COMPLETE, Completion.PASSED)),
    ("COMPLETE_PASS", (Completion.PASSED,)),
    ("COMPLETE_FAIL", (Completion.FAILED,)),
)
_GRADE_PLACES: Final = 5


@frozen
class Restriction:
    """A condition of an access restriction.

    `opposite` is what must hold where it stands below a NOT. A `permanent` one applies to lists of users too.
    """

    type: str
    condition: Condition
    opposite: Condition
    text: str
    """What it says, in short."""
    permanent: bool = False
    grade: str = ""
    """The id of the grade item that it asks about, if it does."""

    def __str__(self) -> str:
        return self.text


Kinds = Mapping[str, Callable[[Document], Restriction | None]]
"""How a condition is read, by its type: None where it cannot be, with the reason among the document's problems."""


def read_restriction(document: Document, kinds: Kinds = MappingProxyType({})) -> Restriction | None:
    """Return the condition of a document, of one of Moodle's kinds or of `kinds`; without one, None and a problem."""
    type_ = document.value.get("type") if isinstance(document.value, Mapping) else None
    read = {**KINDS, **kinds}.get(type_) if isinstance(type_, str) else None
    if read is None:
        document.get("type").report("unknown_condition", f"no condition is of the type {describe(type_)}")
        return None
    try:
        return read(document)
    except _RefusedError as refused:
        code = refused.code or ("missing" if refused.place.value is None else "wrong_value")
        refused.place.report(code, refused.message)
        return None


class _RefusedError(Exception):
    """A condition that cannot be read: where, and why."""

    def __init__(self, place: Document, message: str, code: str = "") -> None:
        self.place, self.message, self.code = place, message, code
        super().__init__(message)


def _date(document: Document) -> Restriction:
    direction, moment = document.get("d"), document.get("t")
    if direction.value not in (">=", "<"):
        raise _RefusedError(direction, "d is '>=' or '<'")
    if type(moment.value) is not int:
        raise _RefusedError(moment, "t is a whole number of seconds")
    try:
        at = datetime.fromtimestamp(moment.value, UTC)
    except (ValueError, OverflowError, OSError):
        raise _RefusedError(moment, "t is beyond the calendar") from None
    condition = During(start=at) if direction.value == ">=" else During(end=at)
    return Restriction("date", condition, Not(condition), f"{direction.value} {at:%Y-%m-%d %H:%M:%S}")


def _grade(document: Document) -> Restriction:
    bounds = {name: _bound(document.get(name)) for name in ("min", "max")}
    if not _is_id(document.get("id").value):
        raise _RefusedError(document.get("id"), "id is the number of a grade item")
    for name, bound in bounds.items():
        if bound is None and document.get(name).value is not None:
            raise _RefusedError(document.get(name), f"{name} is a number")
    least, most, item = bounds["min"], bounds["max"], str(document.get("id").value)
    asked = [(Comparison.AT_LEAST, ">=", least), (Comparison.BELOW, "<", most)]
    stated = [(comparison, sign, bound) for comparison, sign, bound in asked if bound is not None]
    text = ", ".join(f"{sign} {write_rounded(bound, _GRADE_PLACES, RoundingMode.HALF_UP)}" for _, sign, bound in stated)
    if not stated:
        return Restriction("grade", GradeReceived(item), NoGradeReceived(item), f"#{item}", grade=item)
    values = [GradeValue(item, comparison, bound) for comparison, _, bound in stated]
    condition = values[0] if len(values) == 1 else AllOf(*values)
    return Restriction("grade", condition, Not(condition), f"#{item} {text}", grade=item)


def _completion(document: Document) -> Restriction:
    activity, expected = document.get("cm"), document.get("e")
    if not _is_id(activity.value):
        raise _RefusedError(activity, "cm is the number of an activity, or -1 for the one before")
    if type(expected.value) is not int or not 0 <= expected.value < len(_EXPECTED):
        raise _RefusedError(expected, "e is a completion state from 0 to 3")
    name, accepts = _EXPECTED[expected.value]
    condition = Completed(str(activity.value), accepts)
    return Restriction("completion", condition, Not(condition), f"cm{activity.value} {name}")


def _group(document: Document) -> Restriction:
    group = document.get("id")
    if group.value is not None and not _is_id(group.value):
        raise _RefusedError(group, "id is the number of a group, or left out for any")
    return _membership("group", Membership.GROUP, None if group.value is None else str(group.value))


def _grouping(document: Document) -> Restriction:
    grouping, activity = document.get("id"), document.get("activity")
    if grouping.value is None and activity.value is True:
        return _membership("grouping", Membership.GROUPING, "activity")
    if not _is_id(grouping.value):
        raise _RefusedError(grouping, "id is the number of a grouping, unless activity is true")
    return _membership("grouping", Membership.GROUPING, str(grouping.value))


def _membership(type_: str, membership: Membership, id_: str | None) -> Restriction:
    member, sees_all = Member(membership, id_), Member(Membership.ROLE, SEES_ALL_GROUPS)
    text = "any" if id_ is None else f"#{id_}"
    return Restriction(type_, AnyOf(member, sees_all), AnyOf(Not(member), sees_all), text, permanent=True)


def _profile(document: Document) -> Restriction:
    operator, value = document.get("op"), document.get("v")
    fields = [document.get(name) for name in ("sf", "cf") if document.get(name).value is not None]
    if operator.value not in (*_TESTS, *_EMPTY_TESTS):
        raise _RefusedError(operator, f"op is one of: {', '.join((*_TESTS, *_EMPTY_TESTS))}")
    if operator.value in _EMPTY_TESTS and value.value is not None:
        raise _RefusedError(value, "v means nothing where the field is to be empty or not", "unexpected")
    if operator.value in _TESTS and not isinstance(value.value, str):
        raise _RefusedError(value, "v is the text to compare with")
    if len(fields) != 1:
        words = "both sf and cf" if fields else "neither sf nor cf"
        raise _RefusedError(
            document, f"there is {words}; one of them names the field", "unexpected" if fields else "missing"
        )
    name = fields[0].value
    if not isinstance(name, str) or not name:
        raise _RefusedError(fields[0], "it names a field of the profile")
    condition = _tested(name, operator.value, value.value)
    text = " ".join(filter(None, (name, operator.value, value.value)))
    return Restriction("profile", condition, Not(condition), text, permanent=True)


def _tested(name: str, operator: str, value: str | None) -> Condition:
    """Return the test of a field; in Moodle a text of one zero is empty too, and every text contains an empty one."""
    if operator in _EMPTY_TESTS or not value:
        blank = ProfileField(name, TextTest.EMPTY)
        empty = AnyOf(blank, ProfileField(name, TextTest.EQUALS, "0"))
        found: dict[str, Condition] = {"isempty": empty, "isnotempty": Not(empty), "isequalto": blank}
        return found.get(operator, AnyOf(blank, Not(blank)))
    test, turned = _TESTS[operator]
    condition = ProfileField(name, test, value)
    return Not(condition) if turned else condition


def _is_id(value: object) -> bool:
    return type(value) is int


def _bound(document: Document) -> Exact | None:
    """Return a number that is one in JSON too, not a text of digits."""
    if isinstance(document.value, str):
        return None
    try:
        return read_number(document.value)
    except NumberError:
        return None


_TESTS: Final[Mapping[str, tuple[TextTest, bool]]] = {
    "contains": (TextTest.CONTAINS, False),
    "doesnotcontain": (TextTest.CONTAINS, True),
    "isequalto": (TextTest.EQUALS, False),
    "startswith": (TextTest.STARTS_WITH, False),
    "endswith": (TextTest.ENDS_WITH, False),
}
_EMPTY_TESTS: Final = ("isempty", "isnotempty")

KINDS: Final[Kinds] = MappingProxyType(
    {
        "completion": _completion,
        "date": _date,
        "grade": _grade,
        "group": _group,
        "grouping": _grouping,
        "profile": _profile,
    }
)
"""How each kind of condition that Moodle itself has is read."""
