# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The law of a report that closes: who has its plain data alone works the final out again."""

import json
from fractions import Fraction

from hypothesis import example, given, settings
from hypothesis import strategies as st

from gradecalc import Category, Empty, Gradebook, GradeItem, Mark, UngradedPolicy, grade
from gradecalc.testing import graded_books
from recomputed import recomputed

CHANGING = {"floored", "rounded", "rounded_points", "capped", "capped_at", "replaced", "exempt_keeps_number"}
WITHDRAWN = (
    Gradebook([Category("Labs", [GradeItem("Lab", 10)], empty=Empty.AS_UNGRADED)]),
    {"Lab": 9, "Labs": Mark(symbol="I", without_score=True)},
)


@settings(max_examples=100)
@example(WITHDRAWN, UngradedPolicy.AS_ZERO)
@given(graded_books(), st.none() | st.sampled_from(UngradedPolicy))
def test_a_final_is_recomputed_from_the_report_alone(graded_book, policy):
    """From the plain data of a report alone its final follows, in every gradebook: by shares and steps (Z6, Z7)."""
    report = grade(*graded_book, ungraded=policy)
    data = json.loads(json.dumps(report.to_dict()))
    assert report.final.percent == recomputed(data)


@settings(max_examples=60)
@given(graded_books())
def test_an_item_has_the_points_that_were_recorded_or_says_why_not(graded_book):
    """An item's points are the number that was recorded, but where a note says what changed it (R5, G1)."""
    data = json.loads(json.dumps(grade(*graded_book).to_dict()))
    notes = {}
    for line, code, _ in data["notes"]:
        notes.setdefault(line, set()).add(code.removesuffix("_nothing").removesuffix("_exempt"))
    for line, row in enumerate(data["lines"]):
        recorded = row["recorded"]
        if row["how"] == "marked" and isinstance(recorded, dict) and row["treatment"] != "exempt":
            changed = not CHANGING.isdisjoint(notes.get(line, ()))
            assert changed or Fraction(recorded["number"]) == Fraction(row["points"])
