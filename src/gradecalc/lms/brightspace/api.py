# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The parsed JSON of Brightspace's (Valence) API, read as a gradebook and everybody's marks.

Each document is what its route gives; whoever has fetched it is asked for nothing more. Problems have paths such as
`grade_objects[3].MaxPoints`, by the names of the arguments of `read_api`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from ...errors import Problem, Severity
from ...gradebook.tree import Gradebook
from ...gradebook.weights import Distribution
from ...marks import UngradedPolicy
from ...schemes import Band, GradeScheme
from ..documents import Document
from ..imported import Imported
from .course import (
    DISTRIBUTIONS,
    CourseCategory,
    CourseItem,
    ObjectType,
    System,
    assemble,
    settings,
)
from .values import GradeValue, Learners, computed_items

_SYSTEMS: Final[Mapping[str, System]] = {
    "Points": System.POINTS,
    "Weighted": System.WEIGHTED,
    "Formula": System.FORMULA,
}
_GRADE_TYPES: Final[Mapping[str, ObjectType]] = {
    "Numeric": ObjectType.NUMERIC,
    "PassFail": ObjectType.PASS_FAIL,
    "SelectBox": ObjectType.SELECTBOX,
    "Text": ObjectType.TEXT,
    "Calculated": ObjectType.CALCULATED,
    "Formula": ObjectType.FORMULA,
}
_NONE: Final = "0"


def read_api(  # noqa: PLR0913 - one for each route
    setup: Any = None,
    *,
    categories: Any = (),
    grade_objects: Any = (),
    values: Any = (),
    schemes: Any = (),
    exemptions: Any = (),
    formulas: Mapping[str, str] | None = None,
    distributions: Mapping[str, Distribution | None] = DISTRIBUTIONS,
) -> Imported:
    """Return the gradebook and the marks of a course, and its problems; no parsed JSON makes this raise.

    `setup` is a GradeSetupInfo; `categories`, `grade_objects` and `schemes` are the arrays that the API gives, grade
    objects within categories being read too. Each of `values` is a GradeValue with the `UserId` of its learner, who
    has that id here, and each of `exemptions` what `grades/exemptions/{userId}` gives, with the `UserId`. `formulas`
    holds what the API does not carry: the text of a formula by the id of its grade object, or by `"final"`.
    `distributions` says what a `WeightDistributionType` means; by other codes weights are taken as they are stated.
    """
    problems: list[Problem] = []
    texts = formulas or {}
    objects = Document(grade_objects, "grade_objects", problems)
    found = [_category(each, distributions) for each in Document(categories, "categories", problems).records()]
    of_schemes = dict(_schemes(Document(schemes, "schemes", problems)))
    recorded = [GradeValue.of(each) for each in Document(values, "values", problems).records()]
    listed = [_item(each, of_schemes, texts) for each in _objects(objects, found)]
    known = {item.key for item in listed}
    computed = [each for each in computed_items(recorded, texts) if each.key not in known]
    book = _settings(Document(setup, "setup", problems), of_schemes, texts, [*found, *listed])
    learners = Learners(assemble(book, found, [*listed, *computed], problems))
    for value in recorded:
        learners.enter(value)
    for exemption in Document(exemptions, "exemptions", problems).records():
        learners.exempt(exemption)
    return learners.imported(problems)


def _settings(
    setup: Document,
    schemes: Mapping[str, GradeScheme],
    formulas: Mapping[str, str],
    parts: Sequence[CourseCategory | CourseItem],
) -> Gradebook:
    system = setup.choice("GradingSystem", _SYSTEMS, None)
    if system is None:
        weighted = any(each.weight is not None for each in parts)
        system = System.WEIGHTED if weighted else System.POINTS
        message = f"the grading system is not stated; it is read as {system.value}, by whether there is any weight"
        setup.report("no_system", message, Severity.NOTICE)
    return settings(
        system,
        ungraded=UngradedPolicy.AS_ZERO if setup.truth("IsNullGradeZero") else UngradedPolicy.LEAVE_OUT,
        formula=formulas.get("final", ""),
        scheme=_scheme_of(setup, "DefaultGradeSchemeId", schemes),
        source=setup,
    )


def _schemes(documents: Document) -> Iterator[tuple[str, GradeScheme]]:
    for scheme in documents.records():
        bands = tuple(_bands(scheme.get("Ranges")))
        if bands:
            yield scheme.key("Id"), GradeScheme(bands, scheme.text("Name"))
        else:
            scheme.report("empty_scheme", "the scheme has no range that can be read; it is left out")


def _bands(ranges: Document) -> Iterator[Band]:
    symbols: set[str] = set()
    starts: set[object] = set()
    for each in ranges.records():
        symbol, start = each.text("Symbol"), each.number("PercentStart")
        if not symbol or start is None:
            each.report("incomplete_range", "the range has no symbol or no percent that it starts at; it is left out")
        elif symbol in symbols or start in starts:
            each.report("duplicate_range", "a range before it has its symbol or its start; it is left out")
        else:
            symbols.add(symbol)
            starts.add(start)
            yield Band(symbol, start, value=each.number("AssignedValue"), colour=each.text("Colour"))


def _scheme_of(document: Document, name: str, schemes: Mapping[str, GradeScheme]) -> GradeScheme | None:
    key = document.key(name)
    if key in ("", _NONE):
        return None
    if key not in schemes:
        document.get(name).report("unknown_scheme", f"scheme {key} is not there; it is left out")
    return schemes.get(key)


def _category(category: Document, distributions: Mapping[str, Distribution | None]) -> CourseCategory:
    key = _key(category)
    return CourseCategory(
        source=category,
        key=key,
        name=category.text("Name") or f"Category {key}",
        weight=category.amount("Weight"),
        can_exceed=category.truth("CanExceedMax"),
        counts=not category.truth("ExcludeFromFinalGrade"),
        lowest=category.count("NumberOfLowestToDrop"),
        highest=category.count("NumberOfHighestToDrop"),
        distribution=category.choice("WeightDistributionType", distributions, None),
    )


def _objects(objects: Document, categories: Iterable[CourseCategory]) -> Iterator[Document]:
    """Yield every grade object, and those that only a category lists."""
    seen: set[str] = set()
    for each in objects.records():
        seen.add(each.key("Id"))
        yield each
    for category in categories:
        for each in category.source.get("Grades").records():
            if each.key("Id") not in seen:
                yield each


def _item(item: Document, schemes: Mapping[str, GradeScheme], formulas: Mapping[str, str]) -> CourseItem:
    key = _key(item)
    within = item.key("CategoryId")
    return CourseItem(
        source=item,
        key=key,
        name=item.text("Name") or f"Item {key}",
        type=item.choice("GradeType", _GRADE_TYPES, None),
        within="" if within == _NONE else within,
        max_points=item.amount("MaxPoints"),
        weight=item.amount("Weight"),
        bonus=item.truth("IsBonus"),
        counts=not item.truth("ExcludeFromFinalGradeCalculation"),
        can_exceed=item.truth("CanExceedMaxPoints"),
        scheme=_scheme_of(item, "GradeSchemeId", schemes),
        formula=formulas.get(key, ""),
    )


def _key(document: Document) -> str:
    key = document.key("Id")
    if not key:
        document.report("no_id", "there is no Id, so that nothing can refer to it; fetch it again")
    return key or document.path
