# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The parsed JSON of Brightspace's (Valence) API, read as a gradebook and everybody's marks.

Each document is what its route gives; whoever has fetched it is asked for nothing more. Problems have paths such as
`grade_objects[3].MaxPoints`, by the names of the arguments of `read_api`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from attrs import field

from ...errors import Problem, Severity
from ...exact import Exact, describe
from ...gradebook.tree import Gradebook
from ...gradebook.weights import Distribution
from ...marks import UngradedPolicy
from ...schemes import Band, GradeScheme
from ...values import frozen
from ..documents import NUMBER, Document, read_document
from ..imported import Imported
from ..records import (
    enter,
    named,
    read_record,
    read_records,
)
from .course import (
    DISTRIBUTIONS,
    WITHIN,
    CourseCategory,
    CourseItem,
    GradingSystem,
    assemble,
    settings,
)
from .values import (
    EXEMPTION_SHAPES,
    Register,
    StatedValue,
    as_source,
    computed_items,
)

_SYSTEMS: Final[Mapping[str, GradingSystem]] = {
    "Points": GradingSystem.POINTS,
    "Weighted": GradingSystem.WEIGHTED,
    "Formula": GradingSystem.FORMULA,
}


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

    Each document is JSON as text, bytes or parsed. `setup` is a GradeSetupInfo; `categories`, `grade_objects` and
    `schemes` are the arrays that the API gives, grade objects within categories being read too. Each of `values` is a
    GradeValue with the `UserId` of its learner, who has that id here. Each of `exemptions` is what
    `grades/exemptions/{userId}` gives or takes (`Items`, or `ExemptedIds`), or a single `GradeObjectId`, with the
    `UserId`; or they stand in an object by the learner's id. Any other shape is a problem. `formulas` holds what the
    API does not carry: the text of a formula by the id of its grade object, or by `"final"`. `distributions` says what
    a `WeightDistributionType` means; by other codes weights are taken as they are stated.
    """
    problems: list[Problem] = []
    texts = formulas or {}
    objects = read_document(grade_objects, "grade_objects", problems)
    found = [*_categories(read_document(categories, "categories", problems), distributions)]
    of_schemes = _schemes(read_document(schemes, "schemes", problems))
    recorded = [*read_records(StatedValue, read_document(values, "values", problems).records(), as_source)]
    listed = [*_items(_objects(objects, found), of_schemes, texts)]
    known = {item.key for item in listed}
    computed = [each for each in computed_items(recorded, texts) if each.key not in known]
    book = _settings(read_document(setup, "setup", problems), of_schemes, texts, [*found, *listed])
    register = Register(assemble(book, found, [*listed, *computed], problems))
    for value in recorded:
        register.enter(value)
    for exemption in _exemptions(read_document(exemptions, "exemptions", problems)):
        register.exempt(exemption)
    return register.imported(problems)


def _exemptions(documents: Document) -> Iterator[Document]:
    """Yield the exemptions of each learner, from a list of them, or from an object that has them by learner."""
    if not isinstance(documents.value, Mapping):
        yield from documents.records()
    elif "UserId" in documents.value or EXEMPTION_SHAPES & set(documents.value):
        yield documents
    else:
        for learner, value in documents.value.items():
            each = Document(value, f"{documents.path}.{learner}", documents.problems)
            own = {"Items": each.value} if isinstance(each.value, (list, tuple)) else each.value
            if isinstance(own, Mapping):
                yield Document({"UserId": learner, **own}, each.path, each.problems)
            else:
                each.report("wrong_value", f"{describe(each.value)} is no exemption of a learner")


def _settings(
    setup: Document,
    schemes: Mapping[str, GradeScheme],
    formulas: Mapping[str, str],
    parts: Sequence[CourseCategory | CourseItem],
) -> Gradebook:
    system = setup.choice("GradingSystem", _SYSTEMS, None)
    if system is None:
        weighted = any(each.weight is not None for each in parts)
        system = GradingSystem.WEIGHTED if weighted else GradingSystem.POINTS
        message = f"the grading system is not stated; it is read as {system.value}, by whether there is any weight"
        setup.report("no_system", message, Severity.NOTICE)
    return settings(
        system,
        ungraded=UngradedPolicy.AS_ZERO if setup.truth("IsNullGradeZero") else UngradedPolicy.LEAVE_OUT,
        formula=formulas.get("final", ""),
        scheme=_scheme_of(setup, "DefaultGradeSchemeId", schemes),
        source=setup,
    )


def _schemes(documents: Document) -> dict[str, GradeScheme]:
    found: dict[str, GradeScheme] = {}
    for scheme in documents.records():
        bands = tuple(_bands(scheme.get("Ranges")))
        if bands:
            enter(found, _key(scheme), GradeScheme(bands, scheme.text("Name")), scheme, "a scheme")
        else:
            scheme.report("empty_scheme", "the scheme has no range that can be read; it is left out")
    return found


@frozen
class _Range:
    """A range of a scheme as the API states it."""

    symbol: str = field(metadata=named("Symbol"))
    start: Exact = field(metadata=named("PercentStart", NUMBER))
    value: Exact | None = field(default=None, metadata=named("AssignedValue", NUMBER))
    colour: str = field(default="", metadata=named("Colour"))


def _bands(ranges: Document) -> Iterator[Band]:
    taken: set[object] = set()
    for each in ranges.records():
        read = read_record(_Range, each)
        if read is None:
            continue
        if taken & {read.symbol, read.start}:
            each.report("duplicate_range", "a range before it has its symbol or its start; it is left out")
        else:
            taken |= {read.symbol, read.start}
            yield Band(read.symbol, read.start, value=read.value, colour=read.colour)


def _scheme_of(document: Document, name: str, schemes: Mapping[str, GradeScheme]) -> GradeScheme | None:
    key = document.get(name).read(WITHIN, "", name)
    if key and key not in schemes:
        document.get(name).report("unknown_scheme", f"scheme {key} is not there; it is left out")
    return schemes.get(key)


def _categories(documents: Document, distributions: Mapping[str, Distribution | None]) -> Iterator[CourseCategory]:
    return read_records(
        CourseCategory,
        documents.records(),
        lambda each: {
            "source": each,
            "key": _key(each),
            "distribution": each.choice("WeightDistributionType", distributions, None),
        },
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


def _items(
    documents: Iterable[Document], schemes: Mapping[str, GradeScheme], formulas: Mapping[str, str]
) -> Iterator[CourseItem]:
    def _given(each: Document) -> Mapping[str, Any]:
        key, scheme = _key(each), _scheme_of(each, "GradeSchemeId", schemes)
        return {"source": each, "key": key, "scheme": scheme, "formula": formulas.get(key, "")}

    return read_records(CourseItem, documents, _given)


def _key(document: Document) -> str:
    key = document.key("Id")
    if not key:
        document.report("no_id", "there is no Id, so that nothing can refer to it; fetch it again")
    return key or document.path
