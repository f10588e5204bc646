# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What every feeder is held to: it translates words, by public names, and knows no rule."""

import ast
import inspect
import pkgutil
from pathlib import Path

import pytest

import feeders
from feeders.harness import feeder, module_of, read_cases
from vector_files import OWN

STEMS = sorted(path.stem for path in OWN.glob("*.json"))
FUNCTIONS = {function for stem in STEMS for function in module_of(stem).FEEDERS.values()}
MODULES = sorted({function.__module__ for function in FUNCTIONS})
FIGURING = {
    "canvas.pair_of": "a group of a course is the sum of what it is in each grading period",
    "canvas_rounding.weighted_percent": "what a group adds is its weight times its percent, and the other has the rest",
    "canvas_late_policy.points_deducted": "what is taken is what was entered less the mark",
    "canvas_late_policy.apply_late_policy": "what is taken is what was entered less the mark",
    "canvas_late_policy.missing_points_deducted": "what is missing is what is possible less what is given",
    "moodle_grades.limited": "a percent of a maximum is so many points of it",
    "openedx_grading.subsection_percent": "decimals of a part of 1 are two more than those of its percent",
    "brightspace_scenarios.added": "what an item adds is its weight times its percent, as the pages print it",
}
"""The functions that figure, with what they figure: never a rule, but one figure said as another."""


def source_of(name):
    """Return the parsed source of a module of feeders."""
    return ast.parse((Path(feeders.__path__[0]) / f"{name.removeprefix('feeders.')}.py").read_text(encoding="utf-8"))


def reached(name):
    """Return the functions of a module that its feeders are, or call, by name."""
    tree = source_of(name)
    known = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    waiting = [each.__name__ for each in FUNCTIONS if each.__module__ == name]
    found = {}
    while waiting:
        each = waiting.pop()
        if each in known and each not in found:
            found[each] = known[each]
            waiting += [node.id for node in ast.walk(known[each]) if isinstance(node, ast.Name)]
    return found


def figures(function):
    """Return whether a function calculates or compares sizes; to say parts of 1 in percent, or back, is neither."""
    for node in ast.walk(function):
        if (
            isinstance(node, ast.BinOp)
            and isinstance(node.op, (ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow))
            and not (isinstance(node.right, ast.Constant) and node.right.value == 100)
        ):
            return True
        if isinstance(node, ast.Compare) and any(isinstance(op, (ast.Lt, ast.LtE, ast.Gt, ast.GtE)) for op in node.ops):
            return True
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"max", "min", "round", "sum", "abs"}:
            return True
    return False


def test_every_feeder_is_reached():
    """Every feeder is the feeder of at least one case, and every case has one."""
    used = {
        feeder(stem, case) for stem in STEMS for case in read_cases(OWN / f"{stem}.json") if case["expect"] is not None
    }
    assert set() == {f"{each.__module__}.{each.__name__}" for each in FUNCTIONS - used}


def test_every_module_of_feeders_is_used():
    """Every module beside the feeders is one of theirs, or what holds them."""
    names = {each.name for each in pkgutil.iter_modules(feeders.__path__) if not each.name.startswith("test_")}
    gathering = {stem for stem in STEMS if "gather" in inspect.getsource(module_of(stem))}
    own = {each.__module__.removeprefix("feeders.") for each in FUNCTIONS}
    assert {"comparison", "given", "harness"} == names - own - gathering - SHARED


SHARED = {"recertification"}
"""Modules with what several modules of feeders share."""


@pytest.mark.parametrize("name", MODULES)
def test_a_feeder_uses_public_names(name):
    """A feeder takes nothing from the library whose name begins with an underscore."""
    imported = [node for node in ast.walk(source_of(name)) if isinstance(node, ast.ImportFrom)]
    names = [each.name for node in imported for each in node.names] + [node.module for node in imported]
    reads = [node.attr for node in ast.walk(source_of(name)) if isinstance(node, ast.Attribute)]
    assert [] == [
        each for each in names + reads for part in each.split(".") if part.startswith("_") and part != "__name__"
    ]


@pytest.mark.parametrize("name", MODULES)
def test_a_feeder_asserts_nothing_and_sees_no_expectation(name):
    """A feeder has no assertion, and never names what is expected."""
    nodes = [node for function in reached(name).values() for node in ast.walk(function)]
    assert [] == [node.lineno for node in nodes if isinstance(node, ast.Assert)]
    assert [] == [node.lineno for node in nodes if isinstance(node, ast.Constant) and node.value == "expect"]


def test_a_feeder_knows_no_rule():
    """A feeder neither calculates nor compares sizes, but for what is said to be one figure said as another."""
    found = {
        f"{name.removeprefix('feeders.')}.{function}"
        for name in MODULES
        for function, node in reached(name).items()
        if figures(node)
    }
    assert set(FIGURING) == found
