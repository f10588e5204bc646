# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How a case is fed: a feeder says what the library makes of what is given, and never sees what is expected.

A feeder is a function that translates a case into calls of the library's public names, and what they return into the
words of the case. It asserts nothing and knows no rule:

    def points_for_missing(given):
        policy = read_late_policy(Document(given["policy"], "late_policy", []))
        return missing(policy, given["points_possible"], given["grading_type"])

    FEEDERS = {"points_for_missing": points_for_missing}

- `given` is the case without `expect` and without what only describes it (`OWN_KEYS`). Every key of it must be read,
  however deep, by the feeder or by the library that it is handed to: a key that nobody reads fails the case with its
  path. `given.ignore(path, why)` is for what is a title or a comment. `given.earlier` has the steps that a case with
  a `sequence` stands on.
- It returns a mapping with the keys of `expect`, nested as these are, or the value itself where `expect` is one. It may
  say more than is expected; what is expected and not said fails. Numbers are compared exactly by their decimal text,
  but for the figures in `vectors/tolerances.toml`; a set is compared with a list whatever its order.
- `Among`, `Moment` and `Every` say what no plain value does.

A module of feeders has a table `FEEDERS` by kind (or `kind/op`), and may have these tables, all applied when a case is
read, so that a feeder reads and says our own values:

- `WORDS`: for a key, the words that may stand there and what each means; `"status"`, `"exam.status"`, or
  `"kind:status"` for one kind of cases, the most exact first; or a function from the word. A word that is not there
  fails the case by name.
- `ASKED`: keys of `expect` that ask rather than answer, which are given (`{"view": "which of two totals"}`).
- `UNSTATED`: keys of `expect` with the value that says that the source states nothing (`{"current": (None, why)}`).
- `REMARKS`: keys of `expect` that remark on the case.

A file that is no list of cases has in its module a function `cases(document)` that makes a list of it.
"""

import importlib
import json
import pkgutil
import sys
from fractions import Fraction

import feeders
from feeders.comparison import Closeness, differences
from feeders.given import Given
from gradecalc import Severity
from vector_files import FOLDER, OWN

OWN_KEYS = {
    "id": "names the case",
    "kind": "finds the feeder",
    "op": "finds the feeder",
    "expect": "what is asserted",
    "source": "where the case comes from",
    "source_path": "where the case comes from",
    "source_case": "where the case comes from",
    "source_commit": "where the case comes from",
    "origin": "where the case comes from",
    "title": "describes the case",
    "note": "describes the case",
    "notes": "describes the case",
    "derived": "what was added to the source's own words",
    "description": "describes the case",
    "assertion": "how the source asserts it; all is held to equality here",
    "tolerance": "how near the figures are, which the comparison reads",
    "sequence": "which cases are steps of one another, which `earlier` reads",
}
FLAGS = ("disabled_upstream", "conflicts_with_core", "superseded")


def kind_of(case):
    """Return the kind of a case, with its operation where it has one."""
    return "/".join(case[key] for key in ("kind", "op") if key in case)


def module_of(stem):
    """Return the module of the feeders of a file."""
    assert any(stem == each.name for each in pkgutil.iter_modules(feeders.__path__)), f"no feeders for file {stem!r}"
    return importlib.import_module(f"feeders.{stem}")


def gather(prefix):
    """Return the feeders of every module whose name starts so."""
    names = [each.name for each in pkgutil.iter_modules(feeders.__path__) if each.name.startswith(prefix)]
    tables = [importlib.import_module(f"feeders.{name}").FEEDERS for name in names]
    return {kind: function for table in tables for kind, function in table.items()}


def feeder(stem, case):
    """Return the function that feeds a case."""
    table, kind = module_of(stem).FEEDERS, kind_of(case)
    found = table.get(kind) or table.get(case.get("kind", ""))
    assert found, f"no feeder for kind {kind!r} of file {stem!r}"
    return found


def read_cases(path):
    """Return the cases of a file."""
    document = json.loads(path.read_text(encoding="utf-8"))
    if isinstance(document, list):
        return document
    cases = getattr(module_of(path.stem), "cases", None)
    assert cases, f"{path.name} is no list of cases, and its feeders do not make one of it"
    return cases(document)


def check(stem, case, *, gives=None):
    """Assert everything that a case expects, or at the keys of a deviation what we give instead."""
    function = feeder(stem, case)
    given, expected = open_case(function, stem, case)
    outcome = function(given)
    problems = [f"{path}: nobody reads it" for path in given.unread()]
    closeness = Closeness(stem, case, kind_of(case))
    if gives is not None:
        assert differences(expected, outcome, closeness), "the deviation is none: what the system says comes out"
        expected = expected | gives if isinstance(expected, dict) else gives
    problems += differences(expected, outcome, closeness)
    assert not problems, "\n".join(["", *problems])


def open_case(function, stem, case):
    """Return what a feeder is given and what is expected, both in our own words."""
    tables = vars(sys.modules[function.__module__])
    words = Words(tables.get("WORDS", {}), kind_of(case))
    assert "expect" in case, f"case {case['id']!r} expects nothing"
    expected = words.translate(stated(case["expect"], tables), ())
    steps = [words.translate(what_is_given(each, tables), ()) for each in earlier(stem, case)]
    return Given(words.translate(what_is_given(case, tables), ()), earlier=steps), expected


def what_is_given(case, tables):
    """Return a case without its own keys, and with what its expectations ask."""
    asked = tables.get("ASKED", {})
    expected = case["expect"] if isinstance(case["expect"], dict) else {}
    own = {key: value for key, value in case.items() if key not in OWN_KEYS and key not in FLAGS}
    return own | {key: value for key, value in expected.items() if key in asked}


def stated(expected, tables):
    """Return what is expected without what only asks or remarks, and without what the source does not state."""
    if not isinstance(expected, dict):
        return expected
    unstated, left_out = tables.get("UNSTATED", {}), {*tables.get("ASKED", {}), *tables.get("REMARKS", {})}
    return {
        key: stated(value, tables)
        for key, value in expected.items()
        if key not in left_out and not (key in unstated and unstated[key][0] == value)
    }


def earlier(stem, case):
    """Return the steps of the sequence of a case that come before it, in the order of their ids."""
    if "sequence" not in case:
        return []
    files = [folder / f"{stem}.json" for folder in (OWN, FOLDER)]
    every = {each["id"]: each for path in files if path.exists() for each in read_cases(path)}
    same = [id_ for id_, each in every.items() if each.get("sequence") == case["sequence"]]
    return [every[id_] for id_ in sorted(same) if id_ < case["id"]]


class Words:
    """The words of a kind of cases, and what each means."""

    def __init__(self, tables, kind):
        self.tables, self.kind = tables, kind

    def translate(self, value, path):
        """Return a value in which every word of a table is what it means."""
        if isinstance(value, dict):
            return {key: self.translate(each, (*path, key)) for key, each in value.items()}
        if isinstance(value, list):
            return [self.translate(each, path) for each in value]
        table = self.table(path)
        return value if table is None else self.meaning(table, value, path)

    def table(self, path):
        """Return the table for a path, the most exact first, or none."""
        suffixes = [".".join(path[start:]) for start in range(len(path))] or [""]
        names = [*(f"{self.kind}:{each}" for each in suffixes), *suffixes]
        return next((self.tables[name] for name in names if name in self.tables), None)

    def meaning(self, table, value, path):
        """Return what a word means; a number, a truth value and null may stand for themselves."""
        place = ".".join(path)
        if callable(table):
            return table(value)
        if not isinstance(value, str):
            return table.get(value, value) if value is None or isinstance(value, (bool, int, float)) else value
        assert value in table, f"unknown word {value!r} at {place!r}; known are {', '.join(map(repr, table))}"
        return table[value]


def exact(value):
    """Return a figure of a case as an exact number by its decimal text; null is none."""
    return None if value is None else Fraction(str(value))


def sound(imported):
    """Return what was read, of which nothing may be an error."""
    errors = [str(each) for each in imported.problems if each.severity is Severity.ERROR]
    assert not errors, "\n".join(errors)
    return imported


def set_apart(stem):
    """Return the keys of `expect` that no figure stands at in the cases of a file, each with the reason."""
    modules = sorted({function.__module__ for function in module_of(stem).FEEDERS.values()})
    tables = [vars(sys.modules[name]) for name in modules if "FEEDERS" in vars(sys.modules[name])]
    asked = [(key, f"asks: {why}") for table in tables for key, why in table.get("ASKED", {}).items()]
    remarks = [(key, f"remarks: {why}") for table in tables for key, why in table.get("REMARKS", {}).items()]
    unstated = [
        (f"{key}: {json.dumps(value)}", f"states nothing: {why}")
        for table in tables
        for key, (value, why) in table.get("UNSTATED", {}).items()
    ]
    return asked + remarks + unstated
