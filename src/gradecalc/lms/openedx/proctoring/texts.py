# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The reasons that proctoring gives, in words.

>>> PROCTORING_TEXTS.reason("override_replaced", "gradebook")
'the override of gradebook is replaced, and is lost'
"""

from __future__ import annotations

from typing import Final

from ....reasons import ReasonTexts

PROCTORING_TEXTS: Final = ReasonTexts(
    "proctoring",
    {
        "a_status": "a status of an attempt, which {0!r} is not",
        "removed_first": "the attempt to be removed first, for a retake",
        "valid_status": "valid status",
        "way_back": "way back",
        "archived": "the attempt is archived, so its status stays",
        "attempt_removed": "an attempt is removed, with the credit status and what proctoring laid over the score",
        "certificate_invalidated": "the certificate is unavailable, without an entry on the invalidation list",
        "certificate_not_restored": "the certificate does not come back by this; it may be issued again for the grade",
        "certificate_spared": "the learner is on the exception list, so the certificate stays",
        "credit": "credit requirement {0}",
        "declined_with": "declined with {0!r}",
        "no_effect": "credit, score and certificate stay: {0}",
        "no_second_review": "there are no second reviews here",
        "not_passing": "not among the passing results",
        "not_reviewed": "the session could not be reviewed",
        "onboarding": "an onboarding exam is not reviewed again",
        "override_kept": "the override of {0} stays, because only its owner lifts it",
        "override_lifted": "the score is what it was computed to be",
        "override_replaced": "the override of {0} is replaced, and is lost",
        "passing": "among the passing results",
        "past_due_submits": "the due date has passed, so there are 0 minutes left: submitted instead of {0!r}",
        "restart_submits": "an exam that was begun is not begun again: submitted instead of {0!r}",
        "reviewed_by_person": "a person reviewed it",
        "scored_zero": "the exam scores 0",
        "second_review": "somebody is to look at it again",
        "support_told": "support is told",
        "switched_off": "this course leaves the score and the certificate of a rejected exam alone",
        "time_out_submits": "what times out is handed in as it is: submitted instead of {0!r}",
        "unowned_lifted": "the override of {0}, which no system owned, is lifted too, and is lost",
    },
)
"""Every reason of a step, a review or an effect, by code."""
