# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rule Y14: what a certification asks for, and what is wrong with one."""

import pytest
from attrs import evolve

from gradecalc import DefinitionError
from gradecalc.certificates.requirements import Finding
from gradecalc.certifications.criteria import Certification, Criterion, CriterionKind, find_certification_problems
from gradecalc.certifications.periods import Period
from gradecalc.certifications.validity import ValidityRule
from gradecalc.release_conditions import AllOf
from gradecalc.verdicts import Verdict


def passes(facts):
    return Finding(Verdict.MET)


EXAM = Criterion("exam", CriterionKind.GRADE, passes)
PORTFOLIO = Criterion("portfolio", CriterionKind.REVIEW)


@pytest.mark.parametrize(
    ("certification", "found"),
    [
        (Certification("", [EXAM]), {("missing", "name")}),
        (Certification("x", []), {("missing", "criteria")}),
        (Certification("x", [EXAM, EXAM]), {("duplicate_name", "criteria")}),
        (Certification("x", [Criterion("exam", CriterionKind.GRADE)]), {("missing", "criteria[0].test")}),
        (Certification("x", [Criterion("exam", CriterionKind.GRADE, 70)]), {("wrong_type", "criteria[0].test")}),
        (Certification("x", [evolve(PORTFOLIO, test=passes)]), {("contradiction", "criteria[0].test")}),
        (Certification("x", [evolve(EXAM, name="approval")]), {("reserved_name", "criteria[0].name")}),
        (
            Certification("x", [evolve(EXAM, test=AllOf(70))]),
            {("wrong_type", "criteria[0].test.conditions[0]")},
        ),
        (
            Certification("x", [EXAM], require_approval="yes", validity=ValidityRule(window=Period.parse("1 day"))),
            {("wrong_type", "require_approval"), ("contradiction", "validity.window")},
        ),
        ("x", {("wrong_type", "")}),
    ],
)
def test_a_certification_is_judged_completely(certification, found):
    """Every problem of a certification is found, with its path (Y14)."""
    assert found == {(problem.code, problem.path) for problem in find_certification_problems(certification)}


def test_names_that_read_alike_are_one_name():
    """Two criteria whose labels are the same are an error, and the label has spaces for underscores (K34)."""
    alike = Certification("x", [evolve(EXAM, name="final_exam"), evolve(EXAM, name="final exam")])
    assert ["duplicate_name"] == [problem.code for problem in find_certification_problems(alike)]
    assert "final exam" == alike.criteria[0].label


@pytest.mark.parametrize("written", ["final_exam", "final exam"])
def test_a_criterion_is_found_however_its_name_is_written(written):
    """A criterion is found by its name, spaces and underscores being one, and another name is an error (K34)."""
    exam = evolve(EXAM, name="final_exam")
    certification = Certification("x", [PORTFOLIO, exam])
    assert exam is certification.criterion(written)
    with pytest.raises(DefinitionError, match="did you mean"):
        certification.criterion("finalexam")
