# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The commands: each is handed its arguments, prints what was asked for, and returns an exit code."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from attrs import evolve

from ..errors import DefinitionError, MarksError, Problem
from ..gradebook.tree import Gradebook
from ..grading.grading import Unknown
from ..lms import SYSTEM_RULES, Imported, compare
from ..marks import UngradedPolicy
from ..outline import Outline
from ..report.report import Report
from .at_hand import need_extra, room
from .endings import DONE, FOUND_WRONG, CommandError, is_error, line_of, say, summary_of
from .files import Written, is_definition, read_definition, read_export, read_gradebook, say_notices, write_file
from .formats import Output, show, show_outline, with_note
from .grading import GradedClass, grade_class, search
from .new_definition import write_definition
from .people import find_learner
from .printouts import ClassPrintout, Row, explanation, has_grade, rows_of
from .writers import WRITERS

_LOSES_A_LEARNER: Final = frozenset({"no_learner_id", "duplicate_learner", "unreadable_row", "open_quotation"})

_KEEPS_WORK_OUT: Final = frozenset({"no_maximum", "weights_not_used"})
"""What is legal, and is said nevertheless: marks that stand in the file do not count, or not as it says."""

_UNKNOWN_COLUMNS: Final = "the definition has no item for some columns; --unknown ignore grades without them"


def grade(arguments: Namespace) -> int:
    """Print the final grade of everybody, or with `--explain` the whole reason of one."""
    if arguments.explain is not None:
        arguments.learner = arguments.explain
        return explain(arguments)
    graded = _graded(arguments)
    rows = list(rows_of(graded))
    show(ClassPrintout(_title(graded, arguments.export), graded, rows), _output(arguments))
    if arguments.format == "csv":
        say(graded.words[0])
    if not arguments.verbose:
        nobody = all(row.percent is None for row in rows)
        say_notices(arguments.export, graded.imported, None if nobody else _KEEPS_WORK_OUT)
    told_by_place = any(is_error(each) and each.path.startswith("row ") for each in graded.imported.problems)
    for row in rows:
        if row.problem and not (row.unread and told_by_place):
            say(f"learner {row.learner!r}: {row.problem}")
    return _code_of(graded, rows)


def explain(arguments: Namespace) -> int:
    """Print the whole reason of a learner's grade, or with `--why` what keeps it from a target."""
    if arguments.why is not None:
        return _answer("say_why_not", arguments)
    graded = _graded(arguments)
    learner = find_learner(graded.imported, arguments.learner)
    output = _output(arguments)
    explained = explanation(graded, learner, _title(graded, arguments.export), output.language)
    if isinstance(explained, MarksError):
        say(f"learner {learner!r}: {'; '.join(map(line_of, explained.problems))}")
        return FOUND_WRONG
    show(explained, output)
    differs = any(each.learner == learner for each in graded.reconciliation.differ)
    return FOUND_WRONG if differs or _lacks_grades([graded.result(learner)]) else DONE


def check(arguments: Namespace) -> int:
    """Print every problem of a definition, or of an export."""
    problems = _problems_of(arguments.file)
    for problem in problems:
        print(f"{problem.severity.value}: {line_of(problem)}")
    if not problems:
        print("no problems")
    return FOUND_WRONG if any(map(is_error, problems)) else DONE


def init(arguments: Namespace) -> int:
    """Write a definition made from an export, with comments where a person must decide."""
    graded = _graded(arguments)
    text = write_definition(graded, arguments.export.name)
    if arguments.output is None:
        print(text, end="")
    else:
        write_file(arguments.output, text, replace=arguments.force)
    return DONE


def compare_finals(arguments: Namespace) -> int:
    """Print which of the file's own finals agree with what is computed as it was read, or by a definition."""
    arguments.as_read = True
    compared = _graded(arguments).reconciliation
    show_outline(compared.outline(), _output(arguments))
    return FOUND_WRONG if compared.differ else DONE


def infer(arguments: Namespace) -> int:
    """Print the settings that give every final that the file states."""
    found = search(read_export(arguments.export, class_id=arguments.class_id, verbose=arguments.verbose))
    show_outline(found.outline(), _output(arguments))
    return DONE if found.candidates else FOUND_WRONG


def compare_systems(arguments: Namespace) -> int:
    """Print everybody's final as it is and under the rules of other systems, and which of their rules change it."""
    graded = _graded(arguments)
    under = evolve(graded.imported, gradebook=graded.plan.gradebook)
    try:
        compared = compare(under, arguments.system or tuple(SYSTEM_RULES), unknown=graded.unknown)
    except DefinitionError as error:
        raise CommandError(summary_of(error.problems)) from None
    show_outline(with_note(compared.outline(), graded.words[0]), _output(arguments))
    return FOUND_WRONG if _lacks_grades([result for _, result in graded.results()]) else DONE


def what_if(arguments: Namespace) -> int:
    """Print what becomes of a learner's grades, or of the class, with other marks than there are."""
    return _answer("suppose", arguments)


def needed(arguments: Namespace) -> int:
    """Print the least mark with which a target is reached, or that of every symbol."""
    return _answer("ask_what_is_needed", arguments)


def risk(arguments: Namespace) -> int:
    """Print who has a target secure, who cannot reach it any more, and who needs how much on the open work."""
    return _answer("judge_risk", arguments)


def _answer(question: str, arguments: Namespace) -> int:
    """Print the answer to one of the `questions` about the class, with the word whether its finals agree."""
    ask: Callable[[GradedClass, Namespace], Outline] = getattr(room("command_line.questions"), question)
    graded = _graded(arguments)
    try:
        answer = ask(graded, arguments)
    except (DefinitionError, MarksError) as error:
        raise CommandError(summary_of(error.problems)) from None
    show_outline(with_note(answer, graded.words[0]), _output(arguments))
    return DONE


def convert(arguments: Namespace) -> int:
    """Write a class in another form, and say what that does not carry."""
    graded = _graded(arguments)
    try:
        written = WRITERS[arguments.to](graded, arguments)
    except DefinitionError as error:
        raise CommandError(summary_of(error.problems)) from None
    for problem in written.problems:
        if arguments.verbose or is_error(problem):
            say(line_of(problem))
    _deliver(written, arguments)
    results = [result for _, result in graded.results()]
    lacking = _lacks_grades(results)
    if lacking and not any(isinstance(each, MarksError) for each in results):
        say("nobody has a grade")
    return FOUND_WRONG if lacking or any(map(is_error, written.problems)) else DONE


def _lacks_grades(results: Sequence[Report | MarksError]) -> bool:
    """Return whether somebody could not be graded, or nobody has a grade."""
    failed = any(isinstance(each, MarksError) for each in results)
    return failed or all(isinstance(each, Report) and not has_grade(each.final) for each in results)


def _output(arguments: Namespace) -> Output:
    return Output(
        format=arguments.format,
        lang=arguments.lang,
        file=arguments.html,
        replaced=arguments.force,
        title=arguments.title,
        date=arguments.date,
    )


def _deliver(written: Written, arguments: Namespace) -> None:
    """Print a single text, or write it; several files go into a folder, or an archive where the place is named so."""
    files, output = written.files, arguments.output
    if output is None:
        content = next(iter(files.values()))
        if len(files) > 1 or isinstance(content, bytes):
            raise CommandError("this is no single text; name a place for it with --output")
        print(content, end="")
    elif len(files) == 1:
        write_file(output, next(iter(files.values())), replace=arguments.force)
    elif output.suffix.casefold() == ".zip":
        write_file(output, need_extra("archives").zip_files(files), replace=arguments.force)
    else:
        _make_folder(output)
        for name, content in files.items():
            write_file(output / name, content, replace=arguments.force)


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from None


def _graded(arguments: Namespace) -> GradedClass:
    """Return the class of the export, by the definition that is named, or by what the file says."""
    book = None if arguments.gradebook is None else read_gradebook(arguments.gradebook)
    imported = read_export(arguments.export, book, class_id=arguments.class_id, verbose=arguments.verbose)
    ungraded = None if arguments.ungraded is None else UngradedPolicy(arguments.ungraded)
    unknown = Unknown(arguments.unknown)
    if book is not None and unknown is Unknown.REFUSE and _has_unknown_columns(imported):
        raise CommandError(f"{arguments.export}: {_UNKNOWN_COLUMNS}")
    try:
        return grade_class(imported, book, ungraded=ungraded, unknown=unknown, as_read=arguments.as_read)
    except CommandError as error:
        raise CommandError(f"{arguments.gradebook or arguments.export}: {error}") from None


def _has_unknown_columns(imported: Imported) -> bool:
    return any(problem.code == "unknown_column" for problem in imported.problems)


def _title(graded: GradedClass, export: Path) -> str:
    book = graded.plan.gradebook
    return export.name if book.name == Gradebook().name else book.name


def _code_of(graded: GradedClass, rows: list[Row]) -> int:
    nobody = not any(row.graded for row in rows)
    amiss = any(row.problem or row.agrees is False for row in rows)
    lost = any(problem.code in _LOSES_A_LEARNER for problem in graded.imported.problems)
    return FOUND_WRONG if nobody or amiss or lost else DONE


def _problems_of(path: Path) -> tuple[Problem, ...]:
    if not is_definition(path):
        return read_export(path, aloud=False).problems
    try:
        problems: tuple[Problem, ...] = need_extra("definitions").find_problems(read_definition(path))
    except DefinitionError as error:
        return error.problems
    return problems
