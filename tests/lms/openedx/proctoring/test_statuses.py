# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The statuses of attempts at proctored exams of Open edX."""

from gradecalc.lms.openedx.proctoring.statuses import (
    COMPLETED,
    INCOMPLETE,
    NO_STATUS_OF_AN_ATTEMPT,
    AttemptStatus,
    ReviewLabel,
    read_status,
)


def test_every_status_is_in_one_set():
    """A status is incomplete, completed, or none that an attempt has (Q5)."""
    assert set(AttemptStatus) == INCOMPLETE | COMPLETED | NO_STATUS_OF_AN_ATTEMPT
    assert len(AttemptStatus) == len(INCOMPLETE) + len(COMPLETED) + len(NO_STATUS_OF_AN_ATTEMPT)


def test_a_word_is_read_in_any_case():
    """The word of a status is read in any case, and any other word stands for none."""
    assert (AttemptStatus.VERIFIED, None) == (read_status(" Verified "), read_status("completed"))


def test_labels_are_the_documented_ones():
    """A review is pending, satisfactory or unsatisfactory, and each sends its message (Q9)."""
    assert {
        AttemptStatus.SUBMITTED: (ReviewLabel.PENDING, "submitted"),
        AttemptStatus.SECOND_REVIEW_REQUIRED: (ReviewLabel.PENDING, "submitted"),
        AttemptStatus.VERIFIED: (ReviewLabel.SATISFACTORY, "satisfactory"),
        AttemptStatus.REJECTED: (ReviewLabel.UNSATISFACTORY, "unsatisfactory"),
    } == {each: (each.review_label, each.email) for each in AttemptStatus if each.review_label}
