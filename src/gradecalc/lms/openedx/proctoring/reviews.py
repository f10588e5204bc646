# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What the review of a proctoring session makes of an attempt.

>>> print(judge_review(Review(ReviewResult.SUSPICIOUS), Attempt(status=AttemptStatus.SUBMITTED)))
Suspicious  second_review_required  not among the passing results; somebody is to look at it again
"""

from __future__ import annotations

from typing import Final

from attrs import frozen

from ....errors import MarksError, Problem, nearest
from ....exact import describe
from ....outline import Explained, Outline
from ....reasons import Reason, ReasonTexts
from ....transitions import TransitionError
from .attempts import (
    USUAL,
    Attempt,
    Exam,
    ProctoringPolicy,
    Review,
    ReviewResult,
)
from .statuses import AttemptStatus


@frozen(kw_only=True)
class ReviewDecision(Explained):
    """What a review leads to: the status, whether support is told, and why."""

    review: Review
    status: AttemptStatus
    notifies_support: bool = False
    reasons: tuple[Reason, ...] = ()

    def outline(self) -> Outline:
        """Return the decision as a row."""
        return Outline(self.review.result.value, self.status.value, self.reasons)


def read_result(word: str) -> ReviewResult:
    """Return the result that a vendor's word stands for; raises `MarksError` for any other word."""
    for result in ReviewResult:
        if word == result.value:
            return result
    known = nearest(word, (result.value for result in ReviewResult))
    raise MarksError([Problem("bad_review_status", "review", f"{describe(word)} is no result of a review{known}")])


REVIEWS: Final = ReasonTexts(
    "exam reviews",
    {
        "archived": "the attempt is archived, so its status stays",
        "no_second_review": "there are no second reviews here",
        "not_passing": "not among the passing results",
        "not_reviewed": "the session could not be reviewed",
        "onboarding": "an onboarding exam is not reviewed again",
        "passing": "among the passing results",
        "reviewed_by_person": "a person reviewed it",
        "second_review": "somebody is to look at it again",
    },
)
"""What decides a review, in words."""


def judge_review(
    review: Review, attempt: Attempt, *, exam: Exam | None = None, policy: ProctoringPolicy = USUAL
) -> ReviewDecision:
    """Return the status that a review leads to (Q11); the review of an archived attempt changes nothing (Q12).

    Raises `TransitionError` for a second review where the first one stands (Q13).
    """
    if attempt.reviews and not policy.reviews_may_change:
        raise TransitionError("review", attempt.reviews[-1].result.value, review.result.value, "another review")
    if attempt.archived:
        kept = REVIEWS.reason("archived")
        return ReviewDecision(review=review, status=attempt.status, reasons=(kept,))
    if review.result is ReviewResult.NOT_REVIEWED:
        unknown = REVIEWS.reason("not_reviewed")
        return ReviewDecision(review=review, status=AttemptStatus.ERROR, reasons=(unknown,))
    if review.result in policy.passing:
        passing = REVIEWS.reason("passing")
        return ReviewDecision(review=review, status=AttemptStatus.VERIFIED, reasons=(passing,))
    return _failed(review, exam, policy)


def _failed(review: Review, exam: Exam | None, policy: ProctoringPolicy) -> ReviewDecision:
    final = {
        REVIEWS.reason("reviewed_by_person"): bool(review.reviewed_by),
        REVIEWS.reason("no_second_review"): not policy.second_review_required,
        REVIEWS.reason("onboarding"): exam is not None and exam.onboarding,
    }
    second = REVIEWS.reason("second_review")
    why = [reason for reason, holds in final.items() if holds]
    return ReviewDecision(
        review=review,
        status=AttemptStatus.REJECTED if why else AttemptStatus.SECOND_REVIEW_REQUIRED,
        notifies_support=not review.reviewed_by,
        reasons=(REVIEWS.reason("not_passing"), *(why or [second])),
    )
