# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The languages that come with the library: every code has a text in each, with the same arguments."""

import ast
import importlib
import pkgutil
import string
from enum import Enum
from pathlib import Path

import pytest

import gradecalc
from gradecalc.languages import ENGLISH, GERMAN
from gradecalc.reasons import CHOICES, ReasonTexts

HOUSE = Path(gradecalc.__file__).parent
OTHER_ROOMS = {"command_line", "extras", "languages", "testing"}
CORE = sorted(
    path.relative_to(HOUSE).as_posix()
    for path in HOUSE.rglob("*.py")
    if path.relative_to(HOUSE).parts[0] not in OTHER_ROOMS
)
"""All that explains something."""

MADE = {"Decision", "Finding", "Outline"}


def modules():
    """Return every module of the library."""
    names = [each.name for each in pkgutil.walk_packages(gradecalc.__path__, "gradecalc.")]
    return [importlib.import_module(name) for name in names if not name.endswith("__main__")]


def declared():
    """Return the texts that the rooms of the library declare, by room."""
    held = [each for module in modules() for each in vars(module).values() if isinstance(each, ReasonTexts)]
    return {each.room: each.texts for each in held}


def codes(texts):
    """Return what a language says: each room with its codes, each with the places for arguments in its text."""
    return {
        room: {code: {name for _, name, *_ in string.Formatter().parse(text) if name} for code, text in said.items()}
        for room, said in texts.items()
    }


def test_english_has_the_table_of_every_room():
    """Whatever a room declares that it says is in English, in the room's own words."""
    choices = {CHOICES: ENGLISH.texts[CHOICES]}
    assert {**choices, **declared()} == {**ENGLISH.texts}


@pytest.mark.parametrize("language", [GERMAN], ids=["German"])
def test_a_language_is_complete(language):
    """No code is without a text, no text without a code, and a text speaks of the same arguments (LA1)."""
    assert codes(ENGLISH.texts) == codes(language.texts)


def test_choices_are_members():
    """Every choice that is said is a member of an enumeration that the library has."""
    kinds = {
        each.__name__: each
        for module in modules()
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, Enum)
    }
    split = [code.split(".") for code in ENGLISH.texts[CHOICES]]
    assert [] == [(kind, member) for kind, member in split if member not in kinds[kind].__members__]


def literals(node):
    """Yield the texts that are written out in an argument, but signs without letters and what calls are handed."""
    if isinstance(node, ast.Constant):
        yield from [node.value] if isinstance(node.value, str) and any(map(str.isalpha, node.value)) else []
    elif isinstance(node, ast.JoinedStr):
        yield ast.unparse(node)
    elif not isinstance(node, (ast.Call, ast.Subscript, ast.Attribute)):
        inside = [node.body, node.orelse] if isinstance(node, ast.IfExp) else ast.iter_child_nodes(node)
        yield from (text for each in inside for text in literals(each))


@pytest.mark.parametrize("module", CORE)
def test_no_row_is_written_in_words(module):
    """No row and no decision is made of a text without a code, so that it can be said in every language (LA1)."""
    tree = ast.parse((HOUSE / module).read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    made = [call for call in calls if call.func.id in MADE]
    handed = [each for call in made for each in (*call.args, *(keyword.value for keyword in call.keywords))]
    assert [] == [text for each in handed for text in literals(each)]
