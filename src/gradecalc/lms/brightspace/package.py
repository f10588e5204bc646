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
from ...exact import Exact, describe
from ...gradebook.tree import Gradebook
from ...gradebook.weights import Distribution
from ...marks import UngradedPolicy
from ..documents import Document
from ..imported import Imported
from ..records import read_records
from .course import (
    DISTRIBUTIONS,
    SYSTEM,
    CourseCategory,
    CourseItem,
    GradingSystem,
    assemble,
    settings,
)

_SYSTEMS: Final[Mapping[str, GradingSystem]] = {
    "0": GradingSystem.POINTS,
    "1": GradingSystem.WEIGHTED,
    "2": GradingSystem.FORMULA,
}
_SCORING: Final = "scoring"


class ElementLike(Protocol):
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
    def children(self) -> Sequence[ElementLike]:
        """The elements in it."""


def read_package(
    root: ElementLike,
    *,
    formulas: Mapping[str, str] | None = None,
    distributions: Mapping[str, Distribution | None] = DISTRIBUTIONS,
) -> Imported:
    """Return the gradebook of a course package, and its problems; no tree makes this raise.

    A package has no marks. `formulas` holds what it is not known to carry: the text of a formula by the id of its
    item, or by `"final"`. `distributions` says what a `WeightDistributionType` means.
    """
    problems: list[Problem] = []
    if not hasattr(root, "children"):
        message = (
            f"this is {describe(root)}, and no tree; give what gradecalc.extras.xml.parse makes of the file's text"
        )
        return Imported(Gradebook(), problems=(Problem("not_a_document", "", message),), system=SYSTEM)
    texts = formulas or {}
    configuration = next(_documents(root, "configuration", problems), Document(None, "configuration", problems))
    categories = read_records(
        CourseCategory,
        _documents(root, "category", problems),
        lambda each: {"source": each, "key": _key(each), "distribution": _distribution(each, distributions)},
    )
    items = read_records(
        CourseItem,
        _documents(root, "item", problems),
        lambda each: {
            "source": each,
            "key": _key(each),
            "max_points": _maximum(each.get(_SCORING)),
            "formula": texts.get(_key(each), ""),
        },
    )
    system = configuration.choice("grading_system", _SYSTEMS, None)
    if system is None:
        configuration.report("no_system", "the grading system is not stated; it is read as points")
    empty_counts = configuration.truth("include_empty_grades_in_final")
    book = settings(
        system or GradingSystem.POINTS,
        ungraded=UngradedPolicy.AS_ZERO if empty_counts else UngradedPolicy.LEAVE_OUT,
        formula=texts.get("final", ""),
        scheme=None,
        source=configuration,
    )
    course = assemble(book, categories, items, problems)
    return Imported(course.gradebook, problems=tuple(dict.fromkeys(problems)), system=SYSTEM)


def _distribution(category: Document, distributions: Mapping[str, Distribution | None]) -> Distribution | None:
    return category.get(_SCORING).choice("WeightDistributionType", distributions, None)


def _maximum(scoring: Document) -> Exact | None:
    """Return what an item is out of, which stands in either of two places."""
    out_of, max_grade = scoring.amount("out_of"), scoring.amount("max_grade")
    if None not in (out_of, max_grade) and out_of != max_grade:
        message = "out_of and max_grade differ, and out_of is read; see which of them the item is out of"
        scoring.report("two_maxima", message, Severity.NOTICE)
    return max_grade if out_of is None else out_of


def _key(document: Document) -> str:
    return document.key("id") or document.key("identifier") or document.path


def _documents(root: ElementLike, tag: str, problems: list[Problem]) -> Iterator[Document]:
    """Yield every outermost element with a tag as an object of its attributes and of the texts of its children."""
    waiting, number = [root], 0
    while waiting:
        element = waiting.pop()
        if element.tag == tag:
            yield Document(_fields(element), f"{tag}[{number}]", problems)
            number += 1
        else:
            waiting.extend(reversed(element.children))


def _fields(element: ElementLike) -> dict[str, Any]:
    """Return what an element states by name; the scoring of one is an object in it, and blanks are nothing."""
    fields: dict[str, Any] = {name: value.strip() or None for name, value in element.attributes.items()}
    for child in element.children:
        fields.setdefault(child.tag, _fields(child) if child.tag == _SCORING else child.text.strip() or None)
    return fields
