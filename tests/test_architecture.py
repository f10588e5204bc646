# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The way through the house: tiers, no cycle, relative imports, honest names, a light import, and a vendored copy."""

import ast
import importlib
import pkgutil
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TypeVar, get_args, get_type_hints

import attrs
import pytest

import gradecalc

HOUSE = Path(gradecalc.__file__).parent
PROJECT = Path(__file__).parent.parent

TIERS = {
    "gradecalc": [
        "lowest_terms values",
        "digests errors exact verdicts",
        "fields marks moments nested quotients spreadsheets",
        "reasons",
        "language",
        "outline_html",
        "outline",
        "decisions formula rounding schemes",
        "gradebook outcomes report",
        "grading release_conditions statistics transitions",
        "certificates curves pages progress scenarios",
        "certifications",
        "public",
        "gradecalc",
        "extras lms testing",
        "languages",
        "command_line",
        "__main__",
    ],
    "certificates": ["badges deadlines lists requirements"],
    "certifications": [
        "periods texts",
        "enrolment review",
        "validity",
        "credentials criteria",
        "records",
        "notifications permissions status",
        "assignments events reports",
    ],
    "command_line": [
        "endings table",
        "at_hand",
        "files grading people",
        "formats",
        "new_definition official_forms printouts questions",
        "mark_columns",
        "writers",
        "commands",
        "program",
    ],
    "curves": ["class_figures", "shapes", "adjustment"],
    "extras": [
        (
            "archives columns definition_shapes definition_text frames notebook parquet plots sheets sql terminal "
            "widget xml"
        ),
        "definition_schema",
        "definitions",
        "policy_files toml_writing",
    ],
    "extras.columns": [
        "blocks",
        "choosing dropping readers",
        "best_totals layout roots",
        "expressions rows",
        "long_tables sums",
        "settling",
        "operations",
        "carrier",
        "batches finals",
        "graded",
        "grader",
        "tables",
    ],
    "extras.sql": [
        "best_totals dialects exemption",
        "arithmetic",
        "choosing held queries roots",
        "expressions outcomes reading",
        "dropping",
        "sums",
        "statement",
    ],
    "formula": [
        "faults operators",
        "functions",
        "nodes",
        "evaluation expansion tokens",
        "explanation parser soundness",
        "formula",
        "notices",
    ],
    "gradebook": [
        "caps contributions hurdles late_bank late_policy moved_weights policy_texts",
        "aggregation drops replacement weights",
        "items",
        "best_of",
        "tree",
    ],
    "grading": [
        "calculated moves references weight_sums",
        "weightings",
        "checks planned",
        "kernel steps",
        "by_marks children settled",
        "plan",
        "answered cells exemptions figures",
        "columns replacing",
        "evaluation",
        "grading",
        "late_work",
    ],
    "grading.kernel": [
        "expressions",
        "amounts program",
        "absences bounds members",
        "alike calculating concluding dropping levelling readings tables",
        "combining sets summing sums",
        "formulas writing",
        "following python",
        "lowering",
        "kernels",
    ],
    "languages": ["english german"],
    "languages.german": ["certifications choices decisions pages policies reports scenarios single_systems systems"],
    "lms": [
        "documents exported free_ids imported sheet unshown",
        "mark_rows",
        "cells records scattered_groups stated",
        "mark_sheet",
        "grade_file grouping",
        "blackboard brightspace canvas gradescope moodle oneroster openedx other_files spreadsheet",
        "recognise",
        "evidence lti reconciliation registrars settings system_rules uncounted unstated_weights",
        "comparison places",
        "candidates parts_left_out unlisted_work",
        "everybody settings_search",
        "inference",
    ],
    "lms.blackboard": ["grade_center"],
    "lms.brightspace": [
        "cell_text headings shares",
        "columns course",
        "export heading_text package values",
        "api writing",
    ],
    "lms.canvas": [
        "calculators ids",
        "people periods standards",
        "entry",
        "course gradebook_file lateness writing",
        "books submissions",
        "views",
        "reading",
    ],
    "lms.gradescope": ["assignment_grades"],
    "lms.moodle": [
        "aggregation_methods completion drop_rules grade_bounds letters natural_weights shown_maxima total_words",
        "grader_headings",
        "availability course_fields grader_report user_report web_service",
        "certificates course_tree",
        "course_marks editing formulas",
        "course",
    ],
    "lms.moodle.availability": ["conditions", "restriction_tree", "held_grades"],
    "lms.moodle.completion": ["activities", "courses"],
    "lms.moodle.formulas": ["dependencies functions", "parser", "calculation", "gradebook_language", "course_formulas"],
    "lms.oneroster": ["differences tables", "reading", "writing"],
    "lms.openedx": ["units", "certificates", "credit release", "grading", "proctoring"],
    "lms.openedx.certificates": ["records", "issuing lists visibility", "uploads"],
    "lms.openedx.credit": ["requirements", "progress"],
    "lms.openedx.grading": [
        "policy scores",
        "subsections",
        "gradebook override_sheet",
        "course_grade progress_page reading",
        "grade_report",
    ],
    "lms.openedx.proctoring": [
        "statuses texts",
        "attempts prerequisites",
        "exams",
        "effects reports",
    ],
    "lms.openedx.release": ["result_visibility", "gates"],
    "lms.spreadsheet": ["own_headings own_words", "own_rows", "own_columns", "own_sheet"],
    "pages": ["styles", "documents", "drawings orders singles", "glances", "classes"],
    "progress": ["contents", "record", "exemptions views"],
    "release_conditions": ["facts texts", "comparisons", "predicates", "conditions"],
    "report": [
        "later passing stored",
        "reached",
        "bounds layouts origins",
        "arguments results",
        "ahead recorded statuses storage sums",
        "lines migrations parts rows",
        "reading",
        "report schema",
        "costs differences finals own_changes",
        "changes",
    ],
    "scenarios": [
        "alterations judges monotone thresholds varied",
        "targets",
        "effects full_marks influences needs ranges suppositions sweeps",
        "shortfalls standings",
    ],
    "testing": ["lateness values", "features", "links", "trees", "records"],
}
"""The rooms of each package, the lowest tier first; the package itself is above its rooms."""

LEVELS = {
    package: {room: level for level, rooms in enumerate(tiers) for room in rooms.split()}
    for package, tiers in TIERS.items()
}
ABOVE = {room for rooms in TIERS["gradecalc"][-3:] for room in rooms.split()}


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


def parting(name, target):
    """Return the package that two modules have in common, and the rooms of it that they are in, if below it."""
    ours, theirs = name.split("."), target.split(".")
    shared = 0
    while shared < min(len(ours), len(theirs)) and ours[shared] == theirs[shared]:
        shared += 1
    return (
        ".".join(ours[:shared]) or "gradecalc",
        ours[shared] if shared < len(ours) else None,
        theirs[shared] if shared < len(theirs) else None,
    )


def is_below(name, target):
    """Whether the target's tier is below the module's, where the ways to them part."""
    package, ours, theirs = parting(name, target)
    if ours is None or theirs is None:
        return ours is None and theirs is not None
    return LEVELS[package][theirs] < LEVELS[package][ours]


@pytest.mark.parametrize("name", MODULES)
def test_a_module_imports_only_from_below(name):
    """A module imports only from tiers below its own, in the house and in the package that it stands in."""
    upwards = [
        (line, target)
        for line, target, _, _ in imports(name, MODULES[name])
        if target is not None and not is_below(name, target)
    ]
    assert [] == upwards


GRADE_FILES = {
    "lms.comparison",
    "lms.everybody",
    "lms.evidence",
    "lms.parts_left_out",
    "lms.places",
    "lms.reconciliation",
    "lms.settings_search",
    "lms.unlisted_work",
}
"""What stands beside the adapters and grades."""

APART = [
    ("lms.", "grading.grading"),
    ("lms.", "grading.evaluation"),
    ("report.", "gradebook."),
    ("formula.", "gradebook."),
    ("formula.", "report."),
    ("testing", "lms."),
    ("scenarios.", "certificates."),
]
"""What must not know of what, whatever the tiers allow: an adapter never grades, a report needs no definition, …"""


@pytest.mark.parametrize(("rooms", "others"), APART)
def test_what_is_to_be_apart_is_apart(rooms, others):
    """No module of the one imports anything of the other."""
    known = [
        (name, target)
        for name, path in MODULES.items()
        if f"{name}.".startswith(rooms) and name not in GRADE_FILES
        for _, target, _, _ in imports(name, path)
        if target is not None and f"{target}.".startswith(others)
    ]
    assert [] == known


def test_an_extra_is_imported_by_nobody():
    """No module but the extras themselves imports an extra."""
    users = {
        name
        for name, path in MODULES.items()
        for _, target, _, _ in imports(name, path)
        if target is not None and room(target) == "extras" != room(name)
    }
    assert set() == users


def test_modules_are_loaded_by_name_in_two_places():
    """The package loads its public names by name, and the command line the extras that a command needs; nobody else."""
    users = {
        name for name, path in MODULES.items() for _, _, outside, _ in imports(name, path) if outside == "importlib"
    }
    assert {"gradecalc", "command_line.at_hand"} == users


def test_each_room_has_a_tier():
    """Every module of every package has a tier, and every room in the table exists."""
    rooms = {package: set() for package in TIERS}
    for name in MODULES:
        package, _, own = name.rpartition(".")
        rooms.setdefault(package or "gradecalc", set()).add(own)
    assert {package: set(levels) for package, levels in LEVELS.items()} == rooms


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


PACKAGES = [name for name, path in MODULES.items() if path.name == "__init__.py"]


def load(name):
    """Return the module with this name below the package."""
    return importlib.import_module("gradecalc" if name == "gradecalc" else f"gradecalc.{name}")


@pytest.mark.parametrize("name", PACKAGES)
def test_public_names_are_sorted_and_true(name):
    """The public names of a package exist, each once, and are sorted, plainly or with constants and classes first."""
    package = load(name)
    names = list(getattr(package, "__all__", ()))
    by_kind = sorted(set(names), key=lambda each: (not each.isupper(), not each[0].isupper(), each))
    assert names in (by_kind, sorted(set(names)))
    assert [] == [name for name in names if not hasattr(package, name)]


@pytest.mark.parametrize("name", PACKAGES)
def test_no_exported_name_is_that_of_a_module_beside_it(name):
    """A package exports no name that is also the name of one of its modules."""
    package = load(name)
    beside = {module.name for module in pkgutil.iter_modules(package.__path__)}
    assert set() == beside & set(getattr(package, "__all__", ()))


ONE_MEANING = {
    "Course": "what each system's own package reads of a course: its items, and how they are graded",
}
"""The class names that stand in several places, and what they mean in all of them."""


def test_a_class_name_means_one_thing():
    """No two public classes have one name, but for those of which the table says what they mean in every place."""
    places = {}
    for name, path in MODULES.items():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places.setdefault(node.name, []).append(name)
    several = {name: where for name, where in places.items() if len(where) > 1}
    assert {} == {name: where for name, where in several.items() if name not in ONE_MEANING}
    assert set(ONE_MEANING) == set(several)


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
{}
print(*sorted({{name.split(".")[0] for name in set(sys.modules) - before}} - set(sys.stdlib_module_names)))
print(*sorted(name for name in sys.modules if name.startswith("gradecalc.")))
"""


def run(*command, cwd):
    return subprocess.run(  # noqa: PLW1510 - the caller looks at the code
        [sys.executable, "-W", "error", *command], cwd=cwd, capture_output=True, text=True, timeout=120
    )


def loaded_by(statement, cwd):
    """Return what a statement loads from outside, and which modules of the library."""
    done = run("-c", IMPORTED.format(statement), cwd=cwd)
    outside, inside = done.stdout.splitlines()
    return set(outside.split()), {name.removeprefix("gradecalc.") for name in inside.split()}


def test_importing_the_library_loads_none_of_its_rooms(tmp_path):
    """Importing the library loads nothing of it, and nothing from outside, before a name of it is asked for."""
    assert ({"gradecalc"}, set()) == loaded_by("import gradecalc", tmp_path)


def test_a_public_name_loads_attrs_alone(tmp_path):
    """The first public name that is asked for loads attrs and the core, and neither an adapter nor an extra."""
    outside, inside = loaded_by("from gradecalc import grade", tmp_path)
    assert {"attr", "attrs", "gradecalc"} == outside
    assert {"public", "grading.grading", "report.report"} <= inside
    assert not [name for name in inside if room(name) in ABOVE]


def test_formulas_alone_load_no_gradebook(tmp_path):
    """Who imports the formulas alone loads no other folder of the core."""
    _, inside = loaded_by("import gradecalc.formula", tmp_path)
    assert {"formula"} == {name.split(".")[0] for name in inside} & set(PACKAGES)


def test_the_public_names_are_there_before_they_are_loaded(tmp_path):
    """`dir` knows every public name, a star imports all of them, and a name that there is not is refused as such."""
    script = """
import gradecalc
print("Gradebook" in dir(gradecalc), "__version__" in dir(gradecalc))
from gradecalc import *
print(Gradebook is gradecalc.Gradebook, grade.__module__)
"""
    done = run("-c", script, cwd=tmp_path)
    assert ("True True\nTrue gradecalc.grading.grading\n", "") == (done.stdout, done.stderr)
    assert {*gradecalc.__all__, "__version__"} <= {*dir(gradecalc)}
    with pytest.raises(AttributeError, match="module 'gradecalc' has no attribute 'Grdebook'"):
        gradecalc.Grdebook  # noqa: B018 - to look is the test


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


VENDORING = (PROJECT / "docs" / "guides" / "vendoring.md").read_text(encoding="utf-8")


def named_in(text):
    """Return the files and folders of the house that a text of the vendoring guide names, in its order."""
    return [name for name in re.findall("`([a-z_]+/|[a-z_]+[.]py)`", text) if name != "__init__.py"]


LEFT_OUT = [named_in(row.split("|")[1]) for row in VENDORING.splitlines() if row.startswith("| `")]


def test_what_may_be_left_out_is_imported_by_nothing_below_it():
    """A part that the vendoring guide leaves out is imported only by parts of its own row and of rows above it."""
    gone = set()
    for row in LEFT_OUT:
        gone |= {name.removesuffix(".py").rstrip("/") for name in row}
        left = {name: path for name, path in MODULES.items() if room(name) not in gone}
        wanted = {(name, target) for name, path in left.items() for _, target, *_ in imports(name, path) if target}
        assert not [(name, target) for name, target in wanted if room(target) in gone]


CORE = """
import sys
sys.modules.update(cattrs=None, numpy=None)
from plugin.grades import Gradebook, GradeItem, GradeScheme, grade
book = Gradebook([GradeItem("Quiz", 10), GradeItem("Exam", 90)], scheme=GradeScheme.from_cutoffs({"A": 80, "F": 0}))
print(grade(book, {"Quiz": 8, "Exam": 73}))
"""


def test_a_copy_of_the_core_alone_grades(tmp_path):
    """Without everything that the vendoring guide leaves out, the library grades and explains."""
    (tmp_path / "plugin").mkdir()
    gone = shutil.ignore_patterns("__pycache__", *(name.rstrip("/") for row in LEFT_OUT for name in row))
    shutil.copytree(HOUSE, tmp_path / "plugin" / "grades", ignore=gone)
    done = run("-c", CORE, cwd=tmp_path)
    assert ("", 0) == (done.stderr, done.returncode)
    assert done.stdout.startswith("Final grade  81.00 % A  sum of points; 81 out of 100")


FORMULA = """
from plugin.grades.formula import Formula
print(Formula("[a.Points] + [b.Points] / 2").evaluate(lambda name, property: {"a": 1, "b": 3}[name]))
"""


def test_a_copy_of_the_formula_language_alone_works_formulas_out(tmp_path):
    """The files that the vendoring guide names for formulas alone are all that working one out needs."""
    grades = tmp_path / "plugin" / "grades"
    grades.mkdir(parents=True)
    alone = VENDORING.partition("## The formula language alone\n")[2].partition("[Formulas]")[0]
    for name in named_in(alone):
        (shutil.copytree if name.endswith("/") else shutil.copyfile)(HOUSE / name, grades / name)
    done = run("-c", FORMULA, cwd=tmp_path)
    assert ("5/2\n", "", 0) == (done.stdout, done.stderr, done.returncode)


def test_every_module_imports_on_its_own():
    """Every module but the command line can be imported first."""
    for module in pkgutil.walk_packages(gradecalc.__path__, "gradecalc."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def is_open(annotation):
    """Return whether an annotation has a type variable in it, for which a type checker finds no type."""
    return isinstance(annotation, TypeVar) or any(map(is_open, get_args(annotation)))


def values():
    """Yield every public class of values in the house."""
    for name in MODULES:
        if room(name) not in {"gradecalc", "__main__", "command_line"}:
            found = vars(load(name))
            yield from (each for each in found.values() if isinstance(each, type) and each.__module__.endswith(name))


def test_type_checkers_know_what_every_value_takes():
    """A field with a converter takes what that says, which no type variable and no bare type says to a type checker."""
    unsaid = [
        f"{value.__name__}.{each.name}"
        for value in values()
        if attrs.has(value)
        for each in attrs.fields(value)
        if each.converter is not None
        and (isinstance(each.converter, type) or any(map(is_open, get_type_hints(each.converter).values())))
    ]
    assert [] == unsaid


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
