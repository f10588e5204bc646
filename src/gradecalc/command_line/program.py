# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The program: its commands with their arguments, and what a command comes to."""

from __future__ import annotations

import gc
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from ..errors import nearest
from ..gradebook.tree import ROOT_ID
from ..grading.grading import Unknown
from ..marks import UngradedPolicy
from . import commands
from .endings import ENDED, CommandError, say
from .formats import ENGLISH, FORMATS, LANGUAGE_CODES, TEXT
from .writers import WRITERS

_DEFAULT: Final = "grade"
_SELDOM: Final = 100_000


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command that the arguments name, and return its exit code; a file alone is graded."""
    try:
        arguments = _parser().parse_args(_with_command(sys.argv[1:] if argv is None else argv))
        with _seldom_swept():
            code: int = arguments.run(arguments)
        sys.stdout.flush()
    except CommandError as error:
        say(str(error))
    except UnicodeEncodeError as error:
        say(f"the output is in {error.encoding}, which cannot write all of it; set PYTHONIOENCODING=utf-8")
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # so that Python's own last flush is quiet
    except KeyboardInterrupt:
        say("stopped")
    else:
        return code
    return ENDED


@contextmanager
def _seldom_swept() -> Iterator[None]:
    """Let Python seldom look for values that hold each other: a class has a hundred thousand, and none of them does."""
    usual = gc.get_threshold()
    gc.set_threshold(_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _with_command(arguments: Sequence[str]) -> list[str]:
    """Return the arguments, with the command to grade before a file that no command stands before."""
    first = arguments[0] if arguments else ""
    named = first in COMMANDS or first in {"", "-h", "--help"}
    if not named and first.replace("-", "a").isalpha() and not first.startswith("-") and not Path(first).exists():
        names = ", ".join(COMMANDS)
        raise CommandError(f"there is no command and no file {first!r}{nearest(first, COMMANDS)}; commands are {names}")
    return [*arguments] if named else [_DEFAULT, *arguments]


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="gradecalc",
        description="Grades, and why: a grade file of any system in, grades out.",
        epilog="'gradecalc FILE' is 'gradecalc grade FILE'.",
    )
    subparsers = parser.add_subparsers(required=True, metavar="command")
    for name, command in COMMANDS.items():
        of_command = subparsers.add_parser(name, help=command.help, description=command.run.__doc__)
        of_command.set_defaults(run=command.run)
        for add in command.arguments:
            add(of_command)
    return parser


def _export(parser: ArgumentParser) -> None:
    parser.add_argument("export", type=Path, help="a grade file of any system; - for the standard input")
    parser.add_argument("--class-id", default="", metavar="ID", help="which class, of an archive of several")
    parser.add_argument("-v", "--verbose", action="store_true", help="list also what is legal and suspicious")


def _definition(parser: ArgumentParser) -> None:
    parser.add_argument("--gradebook", type=Path, help="a definition, .toml or .json; else what the file says")
    parser.add_argument("--ungraded", choices=_values(UngradedPolicy), help="in place of every policy there is")
    parser.add_argument("--unknown", choices=_values(Unknown), default="refuse", help="marks not in the definition")
    parser.add_argument("--as-read", action="store_true", help="infer nothing that the file does not state")


def _format(parser: ArgumentParser) -> None:
    parser.add_argument("--format", choices=FORMATS, default=TEXT)
    parser.add_argument("--lang", choices=LANGUAGE_CODES, default=ENGLISH, help="the language of what is explained")
    parser.add_argument("--html", type=Path, metavar="FILE", help="write a page worth printing to this file, too")
    parser.add_argument("--force", action="store_true", help="replace a page that is there")
    parser.add_argument("--title", default="", help="what the page is called, in place of the course")
    parser.add_argument("--date", default="", help="the date that the page states, in any words")


def _explained(parser: ArgumentParser) -> None:
    parser.add_argument("--explain", metavar="WHO", help="print the whole reason for this learner's grade")
    parser.set_defaults(why=None)


def _learner(parser: ArgumentParser) -> None:
    parser.add_argument("learner", help="an id, a name, or a part of one")


def _one_learner(parser: ArgumentParser) -> None:
    parser.add_argument("--learner", metavar="WHO", help="an id, a name, or a part of one; else everybody")


def _supposed(parser: ArgumentParser) -> None:
    many = partial(parser.add_argument, action="append", default=[])
    many("--set", metavar="ITEM=MARK", help="suppose a mark; repeat it for several")
    many("--exempt", metavar="ITEM", help="suppose an exemption from the item, or from a whole category")
    many("--clear", metavar="ITEM", help="suppose neither a mark nor an exemption")
    many("--drop", metavar="ITEM", help="suppose that the item does not count")
    many("--keep", metavar="ITEM", help="suppose that no rule drops the item")


def _open_items(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--item", action="append", required=True, metavar="ITEM", help="repeat it for one percent on several"
    )
    parser.add_argument("--step", metavar="POINTS", help="the steps in which the item is marked; else exactly")


def _target(parser: ArgumentParser) -> None:
    parser.add_argument("--target", help="a percent, a symbol, or pass")


def _wanted(parser: ArgumentParser) -> None:
    parser.add_argument("--why", metavar="TARGET", help="say what keeps the learner from a percent, a symbol, or pass")


def _file(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a definition, .toml or .json, or an export")


def _output(parser: ArgumentParser) -> None:
    parser.add_argument("-o", "--output", type=Path, help="the file to write; else it is printed")
    parser.add_argument("--force", action="store_true", help="replace a file that is there")


def _form(parser: ArgumentParser) -> None:
    parser.add_argument("--to", choices=WRITERS, required=True, help="the form to write")
    archive = parser.add_argument_group("oneroster", "of which school and session the class is, and the dates")
    archive.add_argument("--school-id", default="", metavar="ID")
    archive.add_argument("--session-id", default="", metavar="ID")
    for name in ("assigned", "due", "scored"):
        archive.add_argument(f"--{name}", type=date.fromisoformat, metavar="DATE")
    lists = parser.add_argument_group("registrar, banner")
    lists.add_argument("--without", default="", metavar="SYMBOL", help="what stands for no grade; else there is no row")
    lists.add_argument("--tabs", action="store_true", help="registrar: tabs in the place of commas")
    lists.add_argument("--term", help="banner: the code of the term")
    lists.add_argument("--crn", help="banner: the course reference number")
    sent = parser.add_argument_group("lti, badges")
    sent.add_argument("--at", type=datetime.fromisoformat, metavar="MOMENT", help="as of when, with its zone")
    sent.add_argument("--of", default=ROOT_ID, metavar="ID", help="lti: what the scores are of, else the final")
    sent.add_argument("--badge", type=Path, metavar="FILE", help="badges: JSON of its achievement, issuer and salt")


def _systems(parser: ArgumentParser) -> None:
    parser.add_argument("--system", action="append", metavar="NAME", help="a system; repeat it for several, else all")


def _values(kind: type[Enum]) -> list[str]:
    return [member.value for member in kind]


class _Command(NamedTuple):
    """A command: what it does, in a few words and in code, and its arguments."""

    help: str
    run: Callable[[Namespace], int]
    arguments: Sequence[Callable[[ArgumentParser], None]]


COMMANDS: Final[Mapping[str, _Command]] = {
    "grade": _Command("grade a class", commands.grade, (_export, _definition, _format, _explained)),
    "explain": _Command(
        "say why a learner has a grade", commands.explain, (_export, _learner, _wanted, _definition, _format)
    ),
    "check": _Command("list every problem of a definition or an export", commands.check, (_file,)),
    "init": _Command("write a definition from an export", commands.init, (_export, _definition, _output)),
    "reconcile": _Command(
        "compare the file's finals with computed ones", commands.compare_finals, (_export, _definition, _format)
    ),
    "infer": _Command("find what the file does not state", commands.infer, (_export, _format)),
    "compare": _Command(
        "show the finals under other systems' rules",
        commands.compare_systems,
        (_export, _systems, _definition, _format),
    ),
    "what-if": _Command(
        "suppose other marks", commands.what_if, (_export, _one_learner, _supposed, _definition, _format)
    ),
    "needed": _Command(
        "say what is needed on an item",
        commands.needed,
        (_export, _one_learner, _open_items, _target, _definition, _format),
    ),
    "risk": _Command("say who may not reach a target", commands.risk, (_export, _target, _definition, _format)),
    "convert": _Command("write a class in another form", commands.convert, (_export, _form, _definition, _output)),
}
"""The commands, by name."""
