# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How Moodle's cases about formulas, their references and their dependencies are fed."""

from feeders.harness import exact
from gradecalc import FormulaError
from gradecalc.lms.moodle import Calculation, store_references
from gradecalc.lms.moodle.formulas.dependencies import closure, depends_on, depths

REMARKS = {"depth_untested": "the source does not test how deep these are"}


def evaluated(given):
    """Say what a formula comes to, or why it comes to nothing."""
    stated = given["input"]
    grades = {name: exact(value) for name, value in stated.get("vars", {}).items()}
    try:
        return {"value": Calculation(stated["expr"]).evaluate(grades)}
    except FormulaError as error:
        return {"error": error.code, "error_arg": error.source[slice(*error.span)]}


def normalised(given):
    """Say a formula as it is stored."""
    stated = given["input"]
    numbers = {idnumber: item["internal_id"] for idnumber, item in stated["items"].items()}
    return {"stored": store_references(stated["expr"], numbers)}


def depending(given):
    """Say what a calculated item needs."""
    stated = given["input"]
    references = list(stated["references"])
    return {"depends_on": depends_on(references, stated["calculated_item"], locked=stated["locked"])}


def closed(given):
    """Say what each item needs in the end, and how far beyond its own list that is."""
    needs = given["input"]["depends_on"]
    every = {item: [int(each) for each in needed] for item, needed in closure(needs).items()}
    return {"closure": every, "depth": depths(needs)}


FEEDERS = {
    "formula/evaluate": evaluated,
    "formula/normalise_reference": normalised,
    "formula/depends_on": depending,
    "formula/dependency_closure": closed,
}
