# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules K32 and K35: what became of a record."""

import pickle

import pytest

from gradecalc.outcomes import Outcome
from gradecalc.reasons import Reason

REFUSED = Outcome("none", changed=False, reasons=[Reason("not_listed", "there is nothing to remove")], subject="lists")


def test_an_outcome_says_what_became_and_why():
    """An outcome has the record as it is now, whether that is another, and the reasons with their codes (K35)."""
    assert ("none", False, ["not_listed"]) == (REFUSED.value, REFUSED.changed, [each.code for each in REFUSED.reasons])


def test_an_outcome_has_no_truth_value():
    """Whether an outcome is a yes is not asked of its truth value, since a refusal is an outcome too (K32)."""
    with pytest.raises(TypeError, match="changed"):
        bool(REFUSED)


def test_an_outcome_explains_itself():
    """An outcome prints whether the record changed, and a row for each reason."""
    outline = REFUSED.outline()
    assert ("lists", "unchanged", ["there is nothing to remove"]) == (
        outline.label,
        outline.value,
        [row.label for row in outline.children],
    )
    assert "lists  changed" == str(Outcome(1, changed=True, subject="lists"))


def test_an_outcome_is_a_value():
    """An outcome compares, hashes and pickles by value."""
    again = pickle.loads(pickle.dumps(REFUSED))  # noqa: S301 - our own
    assert (REFUSED, hash(REFUSED)) == (again, hash(again))
