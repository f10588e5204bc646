# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Marks from any data frame, and reports as one of the same kind; needs narwhals.

>>> import pandas
>>> from gradecalc import Gradebook, GradeItem, grade_many
>>> book = Gradebook([GradeItem("Quiz", 10), GradeItem("Exam", 90)])
>>> frame = pandas.DataFrame({"learner": ["ada", "bob"], "Quiz": [9.0, None], "Exam": [72.0, 45.0]})
>>> grades_to_wide(book, grade_many(book, marks_from_wide(book, frame)), like=frame)["final"].to_list()
[81.0, 50.0]

A frame is whatever narwhals knows: of pandas, Polars, PyArrow, DuckDB, … Wide, it has a row for each learner and a
column for each item; long, a row for each mark. A null, and not-a-number, is ungraded, and an exemption stands in a
column of truth values: "Quiz exempt", or "exempt" where the frame is long. Rules FR1 to FR6.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeVar

import narwhals as nw
from attrs import evolve

from ..errors import MarksError, Problem, nearest
from ..exact import describe
from ..gradebook.tree import Gradebook
from ..grading.cells import is_blank, marks_of_cells
from ..grading.grading import Unknown, read_marks
from ..grading.plan import Plan, plan_of
from ..grading.planned import PlannedItem
from ..marks import EXEMPT, ItemKind, Mark, Marks, MarkValue, NoScore, Reading
from ..report.report import Report
from ..report.results import Result

Class = dict[Hashable, dict[str, MarkValue]]
"""The marks of a class, by learner."""

Graded = Iterable[tuple[Hashable, Report | MarksError]]
"""Results as `grade_many` yields them."""

_Learner = TypeVar("_Learner", bound=Hashable)

EXEMPT_SUFFIX: Final = " exempt"
"""What follows an item's id in the heading of the column that says who is exempt from it."""


def marks_from_wide(plan: Plan | Gradebook, frame: Any, *, learner: str = "learner") -> Class:
    """Return the marks of a frame with a row for each learner; columns that name no line of the gradebook are left.

    Raises `MarksError` for what is no frame, for a missing column `learner`, and for a learner without an id or with
    two rows.
    """
    compiled, columns = plan_of(plan), _columns(frame, (learner,))
    marked = [id_ for id_ in compiled.ids if id_ in columns or f"{id_}{EXEMPT_SUFFIX}" in columns]
    values = [_cells(columns, id_) for id_ in marked]
    class_: Class = {}
    for row, who in enumerate(columns[learner]):
        _claim(class_, who, row)
        cells = {id_: column[row] for id_, column in zip(marked, values, strict=True)}
        class_[who] = marks_of_cells(compiled, cells)
    return class_


def marks_from_long(
    plan: Plan | Gradebook, frame: Any, *, learner: str = "learner", item: str = "item", mark: str = "mark"
) -> Class:
    """Return the marks of a frame with a row for each mark, and perhaps what `marks_to_long` writes beside it.

    Raises `MarksError` for what is no frame, a missing column, a row without a learner, and a mark that stands twice.
    """
    compiled, columns = plan_of(plan), _columns(frame, (learner, item, mark))
    cells: dict[Hashable, dict[str, Any]] = {}
    for row, (who, id_) in enumerate(zip(columns[learner], columns[item], strict=True)):
        if is_blank(who):
            raise _refused("no_learner", f"row {row + 1} has no learner", learner)
        of_learner = cells.setdefault(who, {})
        if id_ in of_learner:
            message = f"row {row + 1} has a second mark of {describe(id_)} for its learner"
            raise _refused("duplicate_mark", message, item)
        of_learner[id_] = _with_circumstances(columns, columns[mark][row], row)
    return {who: marks_of_cells(compiled, of_learner) for who, of_learner in cells.items()}


def marks_to_wide(plan: Plan | Gradebook, marks: Mapping[_Learner, Marks], like: Any) -> Any:
    """Return a frame with a row for each learner: each item's points, and whether the learner is exempt from it.

    `like` is a frame, whose kind the result has, or the name of a kind: "pandas", "polars", "pyarrow" or "duckdb".
    Who set a mark, and what was noted, is not carried. Raises `MarksError` for marks that cannot be read, and for those
    with a maximum or a symbol of their own, which a wide frame has no place for and a long one has.
    """
    compiled = plan_of(plan)
    read = [read_marks(compiled, each, Unknown.REFUSE) for each in marks.values()]
    for each in read:
        _refuse_what_is_not_wide(compiled, each)
    columns = [_keys(list(marks))]
    for line in compiled.lines[1:]:
        readings = [each.get(line.line, Reading()) for each in read]
        if isinstance(line, PlannedItem) or any(each.recorded is not None for each in readings):
            columns.append(_points(line.id, line, readings))
        columns.append(_Column(f"{line.id}{EXEMPT_SUFFIX}", nw.Boolean(), [each.exempt for each in readings]))
    return _frame(columns, like)


def marks_to_long(marks: Mapping[_Learner, Marks], like: Any) -> Any:
    """Return a frame with a row for each mark that is recorded or exempt: its points, or its text, and circumstances.

    A mark that is no number stands in the column `text`, and `marks_from_long` takes either. What changed a mark before
    it was recorded is not carried.
    """
    rows = [
        (who, id_, mark)
        for who, of_learner in marks.items()
        for id_, value in of_learner.items()
        if (mark := _as_mark(value)) is not None
    ]
    said = [mark for _, _, mark in rows]
    return _frame(
        [
            _keys([who for who, _, _ in rows]),
            _Column("item", nw.String(), [id_ for _, id_, _ in rows]),
            _Column("mark", nw.Float64(), [_float(mark.points) for mark in said]),
            _Column("text", nw.String(), [mark.points if isinstance(mark.points, str) else None for mark in said]),
            _Column("out_of", nw.Float64(), [_float(mark.out_of) for mark in said]),
            _Column("exempt", nw.Boolean(), [mark.exempt for mark in said]),
            _Column("by", nw.String(), [mark.by for mark in said]),
            _Column("note", nw.String(), [mark.note or None for mark in said]),
            _Column("symbol", nw.String(), [mark.symbol for mark in said]),
            _Column("without_score", nw.Boolean(), [mark.without_score for mark in said]),
        ],
        like,
    )


def grades_to_wide(plan: Plan | Gradebook, graded: Graded, like: Any) -> Any:
    """Return a frame with a row for each learner: the percent of every branch, the final as it is shown, its symbol.

    Who could not be graded has nulls, and the reason in the column `problem`.
    """
    compiled, rows = plan_of(plan), list(graded)
    reports = [report if isinstance(report, Report) else None for _, report in rows]
    branches = [heading.id for heading in compiled.layout.headings if heading.branch]
    percents = [_Column(id_, nw.Float64(), _of(reports, id_, _percent)) for id_ in [*branches[1:], branches[0]]]
    final = branches[0]
    return _frame(
        [
            _keys([who for who, _ in rows]),
            *percents,
            _Column(f"{final} shown", nw.String(), _of(reports, final, lambda result: result.shown)),
            _Column(f"{final} symbol", nw.String(), _of(reports, final, lambda result: result.symbol)),
            _Column(f"{final} passed", nw.String(), _of(reports, final, _passed)),
            _Column("problem", nw.String(), [_problem(result) for _, result in rows]),
        ],
        like,
    )


def grades_to_long(graded: Graded, like: Any) -> Any:
    """Return a frame with a row for each line of each report; who could not be graded has one, with the problem."""
    rows: list[tuple[Hashable, Result | None, str | None]] = []
    for who, result in graded:
        if isinstance(result, Report):
            rows.extend((who, result[id_], None) for id_ in result)
        else:
            rows.append((who, None, _problem(result)))
    results = [result for _, result, _ in rows]
    told = [
        _Column(name, type_, [None if result is None else value(result) for result in results])
        for name, type_, value in _LONG
    ]
    problems = _Column("problem", nw.String(), [problem for _, _, problem in rows])
    return _frame([_keys([who for who, _, _ in rows]), *told, problems], like)


class _Column(NamedTuple):
    """A column of a frame that is to be made."""

    name: str
    type: Any
    values: Sequence[Any]

    def of_kind(self, kind: str) -> tuple[str, Sequence[Any], Any]:
        """Return its name, its values, and its type where a frame of that kind is to be told it."""
        found_by_itself = kind in _TYPES_TEXT_ITSELF and self.type == nw.String()
        return self.name, self.values, None if found_by_itself else self.type


def _percent(result: Result) -> float | None:
    return _float(result.percent)


def _passed(result: Result) -> str | None:
    """Return the verdict as text: a column of truth values has no third one in every kind of frame."""
    return None if result.passed is None else result.passed.value


_LONG: Final[Sequence[tuple[str, Any, Callable[[Result], Any]]]] = (
    ("id", nw.String(), lambda result: result.id),
    ("name", nw.String(), lambda result: result.name),
    ("points", nw.Float64(), lambda result: _float(result.points)),
    ("out_of", nw.Float64(), lambda result: _float(result.out_of)),
    ("percent", nw.Float64(), _percent),
    ("shown", nw.String(), lambda result: result.shown),
    ("symbol", nw.String(), lambda result: result.symbol),
    ("passed", nw.String(), _passed),
    ("treatment", nw.String(), lambda result: result.treatment.value),
    ("weight", nw.Float64(), lambda result: _float(result.weight)),
)
"""What the long frame of reports says of each line."""


def _columns(frame: Any, due: Iterable[str]) -> dict[str, list[Any]]:
    """Return the columns of a frame as lists, with None for each null; raises `MarksError` where one is missing."""
    try:
        native = nw.from_native(frame)
    except TypeError:
        raise _refused("not_a_frame", f"{describe(frame)} is not a data frame", "") from None
    eager = native.collect(backend="pyarrow") if isinstance(native, nw.LazyFrame) else native
    for name in due:
        if name not in eager.columns:
            raise _refused("missing_column", f"there is no column {name!r}{nearest(name, eager.columns)}", name)
    return {name: eager.get_column(name).to_list() for name in eager.columns}


def _cells(columns: Mapping[str, list[Any]], id_: str) -> list[Any]:
    """Return an item's cells: its marks, and those who are exempt from it."""
    exempt = columns.get(f"{id_}{EXEMPT_SUFFIX}")
    if exempt is None:
        return columns[id_]
    marks = columns.get(id_, [None] * len(exempt))
    return [_exempted(mark) if _is_true(each) else mark for mark, each in zip(marks, exempt, strict=True)]


def _exempted(mark: Any) -> Any:
    return EXEMPT if is_blank(mark) else Mark(mark, exempt=True)


def _is_true(value: Any) -> bool:
    return not is_blank(value) and bool(value)


def _claim(class_: Class, who: Any, row: int) -> None:
    """Refuse a row that has no learner, or one who has a row already."""
    if is_blank(who):
        raise _refused("no_learner", f"row {row + 1} has no learner", "")
    if who in class_:
        raise _refused("duplicate_learner", f"row {row + 1} is the second one of its learner", "")


def _with_circumstances(columns: Mapping[str, list[Any]], mark: Any, row: int) -> Any:
    """Return a mark of a long frame with what the frame says beside it."""
    told = {name: columns[name][row] for name in _CIRCUMSTANCES if name in columns}
    said = {name: value for name, value in told.items() if not is_blank(value) and value is not False}
    text = said.pop("text", None)
    points = text if is_blank(mark) else mark
    if not said:
        return points
    return EXEMPT if [*said] == ["exempt"] and points is None else Mark(points, **said)


_CIRCUMSTANCES: Final = ("text", "out_of", "exempt", "by", "note", "symbol", "without_score")
"""What a long frame may say beside the mark."""


def _as_mark(value: MarkValue) -> Mark | None:
    """Return a value as a mark with its circumstances, or None where nothing is recorded."""
    mark = value if isinstance(value, Mark) else Mark(value)
    if isinstance(mark.points, NoScore):
        mark = evolve(mark, points=None, exempt=mark.exempt or mark.points is EXEMPT)
    return None if is_blank(mark.points) and not mark.exempt and mark.symbol is None else mark


def _refuse_what_is_not_wide(plan: Plan, readings: Mapping[int, Reading]) -> None:
    for line, reading in readings.items():
        if reading.out_of is not None or reading.symbol is not None:
            what = "maximum" if reading.symbol is None else "symbol"
            message = f"this mark has a {what} of its own, which a wide frame cannot say; marks_to_long does"
            raise _refused("not_wide", message, plan.lines[line].id)


def _points(id_: str, line: Any, readings: Sequence[Reading]) -> _Column:
    """Return the column of an item: what was recorded, text where its kind or a symbol asks for it, else points."""
    kind = line.kind if isinstance(line, PlannedItem) else ItemKind.NUMERIC
    if kind is ItemKind.TEXT or any(isinstance(each.recorded, str) for each in readings):
        return _Column(id_, nw.String(), [_text(each.recorded) for each in readings])
    return _Column(id_, nw.Float64(), [_float(each.points) for each in readings])


def _text(recorded: Any) -> str | None:
    return None if recorded is None else str(recorded)


def _float(value: Any) -> float | None:
    return None if value is None or isinstance(value, str) or is_blank(value) else float(value)


def _keys(learners: Sequence[Hashable]) -> _Column:
    """Return the column of learners: whole numbers where all ids are, else text."""
    if learners and all(type(each) is int for each in learners):
        return _Column("learner", nw.Int64(), learners)
    return _Column("learner", nw.String(), [str(each) for each in learners])


def _of(reports: Iterable[Report | None], id_: str, value: Callable[[Result], Any]) -> list[Any]:
    return [None if report is None else value(report[id_]) for report in reports]


def _problem(result: Report | MarksError) -> str | None:
    return None if isinstance(result, Report) else "; ".join(map(str, result.problems))


def _frame(columns: Sequence[_Column], like: Any) -> Any:
    """Return a frame of the kind of another, or of the kind of that name."""
    kind = like if isinstance(like, str) else nw.from_native(like).implementation.value
    backend: Any = "pyarrow" if kind == "duckdb" else kind
    series = {each.name: nw.new_series(*each.of_kind(kind), backend=backend) for each in columns}
    made = nw.from_dict(series)
    return made.lazy(backend="duckdb").to_native() if kind == "duckdb" else made.to_native()


_TYPES_TEXT_ITSELF: Final = {"pandas", "modin", "cudf"}
"""The kinds that are not told which columns are text: a null would become the text "None" in some versions."""


def _refused(code: str, message: str, path: str) -> MarksError:
    return MarksError([Problem(code, path, message)])
