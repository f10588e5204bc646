# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Every language-neutral case of every JSON file in the folder, one test each, fed through the public adapters.

`GRADECALC_VECTORS` names another folder. A feeder is a function in `tests/feeders/<file name>.py`, found by the
case's `kind` (and `op`), which asserts. What lies outside the library is in `scope.toml` with the reason; a case that
we choose not to follow is in `deviations.toml`, and is asserted to differ.
"""

import importlib
import importlib.util
import json
import sys
import tomllib
from pathlib import Path

import pytest

from vector_files import FOLDER, OWN

HERE = Path(__file__).parent
SKIPPING_FLAGS = ("disabled_upstream", "conflicts_with_core", "superseded")
OUTSIDE = tomllib.loads((HERE / "scope.toml").read_text(encoding="utf-8")).get("outside", [])
DEVIATIONS = {
    case: entry["reason"]
    for entry in tomllib.loads((HERE / "deviations.toml").read_text(encoding="utf-8")).get("deviation", [])
    for case in entry["cases"]
}


def read_cases():
    """Yield (file name without its ending, case) for every list of cases in the folder."""
    for path in sorted(FOLDER.glob("*.json")):
        cases = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(cases, list):
            yield from ((path.stem, case) for case in cases)


def kind_of(case):
    """Return the kind of a case, with its operation where it has one."""
    return "/".join(case[key] for key in ("kind", "op") if key in case)


def outside(stem, case):
    """Return why a case lies outside the library, or nothing."""
    named = {kind_of(case), case.get("kind", ""), case["id"]}
    return next((entry["reason"] for entry in OUTSIDE if entry["file"] == stem and entry["what"] in named), None)


def feeder(stem, case):
    """Return the function that feeds a case, which is there for every kind that is not outside."""
    feeders = importlib.import_module(f"feeders.{stem}").FEEDERS
    return feeders[kind_of(case)] if kind_of(case) in feeders else feeders[case.get("kind", "")]


CASES = list(read_cases())
IN_SCOPE = [(stem, case) for stem, case in CASES if not outside(stem, case)]


@pytest.mark.parametrize(("stem", "case"), IN_SCOPE, ids=[case["id"] for _, case in IN_SCOPE])
def test_a_case_comes_out_as_its_system_says(stem, case):
    """What a system's own tests and documentation say comes out, or is a deviation that we name."""
    flag = next((flag for flag in SKIPPING_FLAGS if case.get(flag)), None)
    if flag:
        pytest.skip(f"flagged in the data: {flag}")
    if case["id"] in DEVIATIONS:
        with pytest.raises(AssertionError):
            feeder(stem, case)(case)
    else:
        feeder(stem, case)(case)


def test_at_most_one_case_in_ten_lies_outside():
    """What lies outside the library is at most a tenth of the cases, over all."""
    assert len(CASES) - len(IN_SCOPE) <= len(CASES) / 10


@pytest.mark.skipif(FOLDER != OWN, reason="the page is of our own copy")
def test_the_coverage_page_is_that_of_this_run():
    """The page of what is reproduced says what a run of every case gives."""
    spec = importlib.util.spec_from_file_location("coverage_page", HERE / "coverage_page.py")
    coverage_page = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(coverage_page)
    assert coverage_page.PAGE.read_text(encoding="utf-8") == coverage_page.page(sys.modules[__name__])


def test_deviations_are_cases():
    """Every deviation names a case of our own copy, and says why."""
    own = {case["id"] for path in HERE.glob("*.json") for case in as_list(path) if isinstance(case, dict)}
    assert set() == set(DEVIATIONS) - own
    assert all(DEVIATIONS.values())


def as_list(path):
    """Return the cases of a file that is a list of them."""
    cases = json.loads(path.read_text(encoding="utf-8"))
    return cases if isinstance(cases, list) else []
