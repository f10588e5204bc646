# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Every language-neutral case of every JSON file in the folder, one test each, fed through the public adapters.

`GRADECALC_VECTORS` names another folder. A feeder is a function in `tests/feeders/<file name>.py`, found by the
case's `kind` (and `op`); `tests/feeders/harness.py` says what it is held to. What lies outside the library is in
`scope.toml` with the reason; a case that we choose not to follow is in `deviations.toml` with what we give instead.
"""

import importlib.util
import json
import sys
import tomllib
from pathlib import Path

import pytest

from feeders import harness
from vector_files import FOLDER, OWN

HERE = Path(__file__).parent


def entries(name, key):
    """Return the entries of a table beside the cases."""
    return tomllib.loads((HERE / name).read_text(encoding="utf-8")).get(key, [])


OUTSIDE = entries("scope.toml", "outside")
DEVIATIONS = {case: entry for entry in entries("deviations.toml", "deviation") for case in entry["cases"]}
CASES = [(path.stem, case) for path in sorted(FOLDER.glob("*.json")) for case in harness.read_cases(path)]


def outside(stem, case):
    """Return why a case lies outside the library, or nothing."""
    named = {harness.kind_of(case), case.get("kind", ""), case["id"]}
    return next((entry["reason"] for entry in OUTSIDE if entry["file"] == stem and entry["what"] in named), None)


IN_SCOPE = [(stem, case) for stem, case in CASES if not outside(stem, case)]


@pytest.mark.parametrize(("stem", "case"), IN_SCOPE, ids=[f"{stem}-{case['id']}" for stem, case in IN_SCOPE])
def test_a_case_comes_out_as_its_system_says(stem, case):
    """What a system's own tests and documentation say comes out, or what a deviation says that we give instead."""
    flag = next((flag for flag in harness.FLAGS if case.get(flag)), None)
    if flag:
        pytest.skip(f"flagged in the data: {flag}")
    deviation = DEVIATIONS.get(case["id"])
    if deviation:
        harness.check(stem, case, gives=json.loads(deviation["gives"]))
    else:
        harness.check(stem, case)


def test_at_most_one_case_in_ten_lies_outside():
    """What lies outside the library is at most a tenth of the cases, over all."""
    assert len(CASES) - len(IN_SCOPE) <= len(CASES) / 10


@pytest.mark.skipif(FOLDER != OWN, reason="the page is of our own copy")
def test_the_coverage_page_is_of_these_cases():
    """The page of what is reproduced counts these cases, each of which has passed if its own test has."""
    spec = importlib.util.spec_from_file_location("coverage_page", HERE / "coverage_page.py")
    coverage_page = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(coverage_page)
    assert coverage_page.PAGE.read_text(encoding="utf-8") == coverage_page.page(sys.modules[__name__])


def test_deviations_are_cases():
    """Every deviation names a case of our own copy, and says what we give instead and why."""
    own = {case["id"] for path in HERE.glob("*.json") for case in harness.read_cases(path)}
    assert set() == set(DEVIATIONS) - own
    assert all({"cases", "gives", "reason"} == set(entry) and entry["reason"] for entry in DEVIATIONS.values())
