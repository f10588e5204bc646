# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The command line: grade an export, explain a grade, check a definition.

    python -m gradecalc grade grades.csv --gradebook gradebook.toml --explain 1001
    python -m gradecalc check gradebook.toml

`grade` returns 0 if every learner in the export was graded and 1 if one could not be; `check` returns 0 without errors
and 1 with. Both return 2 where an error ends the command.
"""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from fractions import Fraction
from html import escape
from pathlib import Path
from typing import Final, NamedTuple

from .errors import (
    DefinitionError,
    MarksError,
    Problem,
    Severity,
    nearest,
)
from .exact import RoundingMode, round_to, write_exact
from .gradebook.tree import Gradebook
from .grading.grading import Unknown, grade_many
from .lms import brightspace
from .marks import Marks, UngradedPolicy
from .outline import Outline
from .report.report import Report
from .spreadsheets import write_csv

try:
    from .extras import definitions
except ModuleNotFoundError as missing:  # an export alone can be graded without it
    if missing.name != "cattrs":
        raise
    definitions = None  # type: ignore[assignment]

_FOUND_WRONG: Final = 1
_ENDED: Final = 2
_LOSES_A_LEARNER: Final = frozenset({"no_learner_id", "duplicate_learner", "unreadable_row", "open_quotation"})
_CSV_PLACES: Final = 10
_PAGE: Final = """\
<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{title}</title></head>
<body><h1>{title}</h1>{body}</body>
</html>"""


class _CommandError(Exception):
    """What ends the command, in a text for people."""


class _Answer(NamedTuple):
    """A learner in the table of a class."""

    learner: str
    percent: Fraction | None = None
    shown: str = ""
    symbol: str | None = None
    problem: str | None = None


class _Printout(NamedTuple):
    """What is printed, in each of the shapes that a format may need."""

    title: str
    outline: Outline
    rows: Sequence[Sequence[str | None]]
    data: object


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command that the arguments name, and return its exit code."""
    arguments = _parser().parse_args(argv)
    try:
        code: int = arguments.run(arguments)
        sys.stdout.flush()
    except _CommandError as error:
        _say(str(error))
    except UnicodeEncodeError as error:
        _say(f"the output is in {error.encoding}, which cannot write all of it; set PYTHONIOENCODING=utf-8")
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # so that Python's own last flush is quiet
    else:
        return code
    return _ENDED


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="gradecalc", description="Grades, and why.")
    commands = parser.add_subparsers(required=True, metavar="command")
    grade = commands.add_parser("grade", help="grade a Brightspace grades export")
    grade.set_defaults(run=_grade)
    grade.add_argument("export", type=Path, help="the export, a CSV file")
    grade.add_argument("--gradebook", type=Path, help="a definition, .toml or .json; else the export's own headings")
    grade.add_argument("--explain", metavar="ID", help="print the whole reason for this learner's grade")
    grade.add_argument("--format", choices=_FORMATS, default="table")
    grade.add_argument("--ungraded", choices=_values(UngradedPolicy), help="in place of every policy in the definition")
    grade.add_argument("--unknown", choices=_values(Unknown), default="refuse", help="marks not in the definition")
    grade.add_argument("-v", "--verbose", action="store_true", help="list also what is legal and suspicious")
    check = commands.add_parser("check", help="list every problem of a definition")
    check.set_defaults(run=_check)
    check.add_argument("gradebook", type=Path, help="a definition, .toml or .json")
    return parser


def _values(kind: type[Enum]) -> list[str]:
    return [member.value for member in kind]


def _grade(arguments: Namespace) -> int:
    imported = brightspace.read(_read_file(arguments.export))
    for problem in imported.problems:
        if arguments.verbose or _is_error(problem):
            _say(f"{arguments.export}: {_line(problem)}")
    marks = _choose(imported.marks, arguments)
    source = arguments.gradebook or arguments.export
    try:
        book = _read_gradebook(source) if arguments.gradebook else imported.gradebook
        results = _results(book, marks, arguments)
    except DefinitionError as error:
        raise _CommandError(f"{source}: {_summary(error)}") from None
    answers = [_answer(learner, result) for learner, result in results.items()]
    failed = [f"learner {answer.learner!r}: {answer.problem}" for answer in answers if answer.problem]
    explained = results.get(arguments.explain)
    if isinstance(explained, Report):
        print(_FORMATS[arguments.format](_explanation(arguments.explain, explained.outline())))
    elif explained is None:
        print(_FORMATS[arguments.format](_class_table(book.name, answers)))
    for failure in failed:
        _say(failure)
    lost = any(problem.code in _LOSES_A_LEARNER for problem in imported.problems)
    return _FOUND_WRONG if failed or lost else 0


def _check(arguments: Namespace) -> int:
    try:
        data = _read_definition(arguments.gradebook)
        problems = definitions.find_problems(data)
    except DefinitionError as error:
        problems = error.problems
    for problem in problems:
        print(f"{problem.severity.value}: {problem}")
    if not problems:
        print("no problems")
    return _FOUND_WRONG if any(map(_is_error, problems)) else 0


def _read_file(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _CommandError(f"{path}: {error.strerror}") from None
    except ValueError as error:  # a NUL character in the name
        raise _CommandError(f"{str(path)!r}: {error}") from None


def _read_gradebook(path: Path) -> Gradebook:
    data = _read_definition(path)
    return definitions.from_dict(data)


def _read_definition(path: Path) -> object:
    if definitions is None:
        raise _CommandError("a definition needs cattrs: pip install 'gradecalc[cli]'")
    parsers = {".toml": definitions.parse_toml, ".json": definitions.parse_json}
    parse = parsers.get(path.suffix.lower())
    if parse is None:
        raise _CommandError(f"{path}: a definition is a file ending in {' or '.join(parsers)}")
    try:
        return parse(_read_file(path).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise _CommandError(f"{path}: byte {error.start} is no UTF-8; save the file as UTF-8") from None


def _choose(marks: Mapping[str, Marks], arguments: Namespace) -> Mapping[str, Marks]:
    wanted = arguments.explain
    if not marks:
        raise _CommandError(f"{arguments.export}: there is no learner in it to grade")
    if wanted is None:
        return marks
    if wanted not in marks:
        raise _CommandError(f"{arguments.export}: there is no learner {wanted!r} in it{nearest(wanted, marks)}")
    return {wanted: marks[wanted]}


def _results(book: Gradebook, marks: Mapping[str, Marks], arguments: Namespace) -> dict[str, Report | MarksError]:
    ungraded = None if arguments.ungraded is None else UngradedPolicy(arguments.ungraded)
    return dict(grade_many(book, marks, ungraded=ungraded, unknown=Unknown(arguments.unknown)))


def _answer(learner: str, result: Report | MarksError) -> _Answer:
    if isinstance(result, MarksError):
        return _Answer(learner, problem="; ".join(map(_line, result.problems)))
    final = result.final
    return _Answer(learner, final.percent, final.shown, final.symbol)


def _class_table(title: str, answers: Sequence[_Answer]) -> _Printout:
    children = tuple(Outline(each.learner, each.shown, _remarks(each)) for each in answers)
    rows = [[each.learner, _decimal(each.percent), each.shown, each.symbol, each.problem] for each in answers]
    exact = (each.percent if each.percent is None else write_exact(each.percent) for each in answers)
    data = [{**each._asdict(), "percent": percent} for each, percent in zip(answers, exact, strict=True)]
    return _Printout(title, Outline(title, children=children), [_Answer._fields, *rows], data)


def _remarks(answer: _Answer) -> tuple[str, ...]:
    return tuple(each for each in (answer.symbol, answer.problem) if each)


def _explanation(learner: str, outline: Outline) -> _Printout:
    rows = [[str(depth), row.label, row.value, "; ".join(row.notes)] for depth, row in outline.rows()]
    return _Printout(learner, outline, [("depth", "label", "value", "notes"), *rows], outline.to_dict())


def _decimal(percent: Fraction | None) -> str | None:
    """Return a percent as a spreadsheet reads it: `2/3` would be a date there."""
    return None if percent is None else write_exact(round_to(percent, _CSV_PLACES, RoundingMode.HALF_UP))


def _as_csv(printout: _Printout) -> str:
    return write_csv(printout.rows, numbers=True, line_end="\n").removesuffix("\n")


def _as_json(printout: _Printout) -> str:
    return json.dumps(printout.data, indent=2, ensure_ascii=False)


def _as_html(printout: _Printout) -> str:
    return _PAGE.format(title=escape(printout.title), body=printout.outline.html())


_FORMATS: Final[Mapping[str, Callable[[_Printout], str]]] = {
    "table": lambda printout: printout.outline.text(),
    "csv": _as_csv,
    "json": _as_json,
    "html": _as_html,
}


def _is_error(problem: Problem) -> bool:
    return problem.severity is Severity.ERROR


def _line(problem: Problem) -> str:
    return str(problem).partition("\n")[0]


def _summary(error: DefinitionError) -> str:
    lines = [_line(problem) for problem in error.problems]
    return lines[0] if len(lines) == 1 else "\n  ".join([f"{len(lines)} problems", *lines])


def _say(text: str) -> None:
    print(f"gradecalc: {text}", file=sys.stderr)


if __name__ == "__main__":
    raise SystemExit(main())
