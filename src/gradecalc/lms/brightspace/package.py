# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The `grades_d2l.xml` of a Brightspace course package, read as a gradebook.

It is read from a tree of elements, whoever has parsed it; `gradecalc.extras.xml.parse` does so safely. Problems have
paths such as `item[3].scoring.out_of`: the fourth item of the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, Protocol

from ...errors import Problem, Severity
from ...exact import Exact
from ...gradebook.weights import Distribution
from ...marks import UngradedPolicy
from ..documents import Document
from ..imported import Imported
from .course import (
    DISTRIBUTIONS,
    OBJECT_TYPES,
    CourseCategory,
    CourseItem,
    System,
    assemble,
    settings,
)

_SYSTEMS: Final[Mapping[str, System]] = {"0": System.POINTS, "1": System.WEIGHTED, "2": System.FORMULA}
_SCORING: Final = "scoring"


class Element(Protocol):
    """An element of an XML document; `text` is what stands in it before its first child."""

    @property
    def tag(self) -> str:
        """Its name."""

    @property
    def attributes(self) -> Mapping[str, str]:
        """Its attributes by name."""

    @property
    def text(self) -> str:
        """Its text."""

    @property
    def children(self) -> Sequence[Element]:
        """The elements in it."""


def read_package(
    root: Element,
    *,
    formulas: Mapping[str, str] | None = None,
    distributions: Mapping[str, Distribution | None] = DISTRIBUTIONS,
) -> Imported:
    """Return the gradebook of a course package, and its problems; no tree makes this raise.

    A package has no marks. `formulas` holds what it is not known to carry: the text of a formula by the id of its
    item, or by `"final"`. `distributions` says what a `WeightDistributionType` means.
    """
    problems: list[Problem] = []
    texts = formulas or {}
    configuration = next(_documents(root, "configuration", problems), Document(None, "configuration", problems))
    categories = [_category(each, distributions) for each in _documents(root, "category", problems)]
    items = [_item(each, texts) for each in _documents(root, "item", problems)]
    system = configuration.choice("grading_system", _SYSTEMS, None)
    if system is None:
        configuration.report("no_system", "the grading system is not stated; it is read as points")
    empty_counts = configuration.truth("include_empty_grades_in_final")
    book = settings(
        system or System.POINTS,
        ungraded=UngradedPolicy.AS_ZERO if empty_counts else UngradedPolicy.LEAVE_OUT,
        formula=texts.get("final", ""),
        scheme=None,
        source=configuration,
    )
    course = assemble(book, categories, items, problems)
    return Imported(course.gradebook, problems=tuple(dict.fromkeys(problems)))


def _category(category: Document, distributions: Mapping[str, Distribution | None]) -> CourseCategory:
    scoring, key = category.get(_SCORING), _key(category)
    return CourseCategory(
        source=category,
        key=key,
        name=category.text("name") or f"Category {key}",
        weight=scoring.amount("weight"),
        can_exceed=scoring.truth("can_exceed_weight"),
        counts=not scoring.truth("exclude_from_final_grade_calc"),
        lowest=scoring.count("low_non_bonus_drop"),
        highest=scoring.count("high_non_bonus_drop"),
        distribution=scoring.choice("WeightDistributionType", distributions, None),
    )


def _item(item: Document, formulas: Mapping[str, str]) -> CourseItem:
    scoring, key, within = item.get(_SCORING), _key(item), item.key("category_id")
    return CourseItem(
        source=item,
        key=key,
        name=item.text("name") or f"Item {key}",
        type=item.choice("type_id", OBJECT_TYPES, None),
        within="" if within == "0" else within,
        max_points=_maximum(scoring),
        weight=scoring.amount("weight"),
        bonus=scoring.truth("is_bonus"),
        counts=not scoring.truth("exclude_from_final_grade_calc"),
        can_exceed=scoring.truth("can_exceed_weight"),
        formula=formulas.get(key, ""),
    )


def _maximum(scoring: Document) -> Exact | None:
    """Return what an item is out of, which stands in either of two places."""
    out_of, max_grade = scoring.amount("out_of"), scoring.amount("max_grade")
    if None not in (out_of, max_grade) and out_of != max_grade:
        message = "out_of and max_grade differ, and out_of is read; see which of them the item is out of"
        scoring.report("two_maxima", message, Severity.NOTICE)
    return max_grade if out_of is None else out_of


def _key(document: Document) -> str:
    return document.key("id") or document.key("identifier") or document.path


def _documents(root: Element, tag: str, problems: list[Problem]) -> Iterator[Document]:
    """Yield every outermost element with a tag as an object of its attributes and of the texts of its children."""
    waiting, number = [root], 0
    while waiting:
        element = waiting.pop()
        if element.tag == tag:
            yield Document(_fields(element), f"{tag}[{number}]", problems)
            number += 1
        else:
            waiting.extend(reversed(element.children))


def _fields(element: Element) -> dict[str, Any]:
    """Return what an element states by name; the scoring of one is an object in it, and blanks are nothing."""
    fields: dict[str, Any] = {name: value.strip() or None for name, value in element.attributes.items()}
    for child in element.children:
        fields.setdefault(child.tag, _fields(child) if child.tag == _SCORING else child.text.strip() or None)
    return fields
