# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The way through the house: tiers, no cycle, relative imports, honest names, a light import, and a vendored copy."""

import ast
import importlib
import pkgutil
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import gradecalc

HOUSE = Path(gradecalc.__file__).parent
PROJECT = Path(__file__).parent.parent

TIERS = [
    {"errors", "verdicts"},
    {"exact", "outline"},
    {"fields"},
    {"rounding", "schemes", "marks", "pairs"},
    {"drops", "weights", "aggregation", "late_policy", "formula", "graded", "reasons", "contents", "comparisons"},
    {"computed", "results", "learner_progress"},
    {"gradebook", "stored"},
    {"binding", "calculated", "report"},
    {"checks", "lines"},
    {"plan"},
    {"evaluation"},
    {"grading"},
    {"statistics", "learner_facts", "progress", "exemptions", "finals"},
    {"predicates"},
    {"release_conditions"},
    {"certificates"},
    {"gradecalc"},
    {"testing", "lms", "extras"},
    {"__main__"},
]
LEVEL = {name: level for level, names in enumerate(TIERS) for name in names}


def modules():
    """Return every module of the house by its dotted name below the package."""
    found = {}
    for path in sorted(HOUSE.rglob("*.py")):
        parts = path.relative_to(HOUSE).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts) or "gradecalc"] = path
    return found


MODULES = modules()


def imports(name, path):
    """Yield (line number, dotted target below the package or None for an outside one, lazy or not)."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    lazy = {
        id(node) for function in ast.walk(tree) if isinstance(function, ast.FunctionDef) for node in ast.walk(function)
    }
    package = name.split(".") if path.name == "__init__.py" and name != "gradecalc" else name.split(".")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, None, alias.name, id(node) in lazy) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.lineno, None, node.module, id(node) in lazy
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1]
            target = ".".join([*base, *(node.module or "").split(".")]).strip(".")
            for alias in node.names:
                full = f"{target}.{alias.name}".strip(".")
                yield node.lineno, full if full in MODULES else target or "gradecalc", None, id(node) in lazy


def room(name):
    """Return the room a module belongs to: its top-level module or subpackage."""
    return name.split(".")[0]


@pytest.mark.parametrize("name", MODULES)
def test_a_module_imports_only_from_below(name):
    """A module imports only from tiers below its own, or from its own subpackage."""
    upwards = [
        (line, target)
        for line, target, _, _ in imports(name, MODULES[name])
        if target is not None and room(target) != room(name) and LEVEL[room(target)] >= LEVEL[room(name)]
    ]
    assert [] == upwards


@pytest.mark.parametrize("name", MODULES)
def test_imports_are_relative_and_at_the_top(name):
    """No module imports lazily, and none imports the package by its name, so that a copy works under another."""
    wrong = [
        line
        for line, _, outside, lazy in imports(name, MODULES[name])
        if lazy or (outside or "").split(".")[0] == "gradecalc"
    ]
    assert [] == wrong


def test_there_is_no_cycle():
    """No chain of imports leads back to where it began, inside subpackages either."""
    edges = {name: {target for _, target, _, _ in imports(name, path) if target} for name, path in MODULES.items()}
    done, path = set(), []

    def visit(name):
        assert name not in path, f"cycle: {' -> '.join([*path, name])}"
        if name not in done:
            path.append(name)
            for target in edges[name] - {name}:
                visit(target)
            done.add(path.pop())

    for name in edges:
        visit(name)


@pytest.mark.parametrize("name", MODULES)
def test_a_module_is_short_and_licensed(name):
    """No module has over 400 lines, and each begins with its licence and says what it is about."""
    text = MODULES[name].read_text(encoding="utf-8")
    assert text.count("\n") <= 400
    assert text.startswith("# SPDX-FileCopyrightText: 2026 The gradecalc authors\n# SPDX-License-Identifier: MIT\n")
    assert ast.get_docstring(ast.parse(text))


def test_public_names_are_sorted_and_true():
    """The public names are sorted, exist, and none is named like a module."""
    names = gradecalc.__all__
    assert sorted(names) == list(names)
    assert all(hasattr(gradecalc, name) for name in names)
    assert set() == set(names) & {room(name) for name in MODULES}


@pytest.mark.parametrize("name", [name for name, path in MODULES.items() if path.name == "__init__.py"])
def test_no_exported_name_is_that_of_a_module_beside_it(name):
    """A package exports no name that is also the name of one of its modules."""
    package = importlib.import_module("gradecalc" if name == "gradecalc" else f"gradecalc.{name}")
    beside = {module.name for module in pkgutil.iter_modules(package.__path__)}
    assert set() == beside & set(getattr(package, "__all__", ()))


def test_every_public_thing_is_documented():
    """Every public class and function has a docstring."""
    bare = [
        f"{name}.{node.name}"
        for name, path in MODULES.items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_")
        if ast.get_docstring(node) is None
    ]
    assert [] == bare


IMPORTED = """
import sys
before = set(sys.modules)
import gradecalc
print(*sorted({name.split(".")[0] for name in set(sys.modules) - before} - set(sys.stdlib_module_names)))
print(*sorted(name for name in sys.modules if name.startswith("gradecalc.")))
"""


def run(*command, cwd):
    return subprocess.run(  # noqa: PLW1510 - the caller looks at the code
        [sys.executable, "-W", "error", *command], cwd=cwd, capture_output=True, text=True, timeout=120
    )


def test_importing_the_library_loads_attrs_alone(tmp_path):
    """Importing the library loads attrs and the core, and neither an adapter nor an extra."""
    done = run("-c", IMPORTED, cwd=tmp_path)
    outside, inside = done.stdout.splitlines()
    assert {"attr", "attrs", "gradecalc"} == set(outside.split())
    assert not [name for name in inside.split() if room(name.removeprefix("gradecalc.")) in TIERS[-2] | TIERS[-1]]


VENDORED = """
from plugin.grades import Category, EXEMPT, Gradebook, GradeItem, WeightedMean, DropRule, GradeScheme, grade
quizzes = [GradeItem(f"Quiz {nth}", max_points=10) for nth in (1, 2, 3)]
book = Gradebook(
    [Category("Quizzes", quizzes, weight=40, drop=DropRule(lowest=1)), GradeItem("Exam", max_points=100, weight=60)],
    aggregation=WeightedMean(), scheme=GradeScheme.from_cutoffs({"A": 85, "B": 70, "C": 55, "F": 0}),
)
final = grade(book, {"Quiz 1": 9, "Quiz 2": EXEMPT, "Quiz 3": 4, "Exam": 81}).final
print(final.shown, final.symbol)
import sys
from plugin.grades.extras import definitions as json
assert json.from_dict(json.to_dict(book)) == book
assert "gradecalc" not in sys.modules
"""


def test_a_vendored_copy_works_under_another_name(tmp_path):
    """Copied into a plugin under another name, with cattrs beside it, the library grades and stores definitions."""
    (tmp_path / "plugin").mkdir()
    (tmp_path / "plugin" / "__init__.py").touch()
    shutil.copytree(HOUSE, tmp_path / "plugin" / "grades", ignore=shutil.ignore_patterns("__pycache__"))
    done = run("-c", VENDORED, cwd=tmp_path)
    assert ("84.60 B\n", "", 0) == (done.stdout, done.stderr, done.returncode)


def test_every_module_imports_on_its_own():
    """Every module but the command line can be imported first."""
    for module in pkgutil.walk_packages(gradecalc.__path__, "gradecalc."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def test_every_test_states_a_truth():
    """Every test has a docstring of one sentence."""
    bare = [
        f"{path.name}: {node.name}"
        for path in sorted((PROJECT / "tests").rglob("test_*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
        if not (ast.get_docstring(node) or "").strip().endswith(".")
    ]
    assert [] == bare
