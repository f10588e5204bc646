# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""German, in the words of schools and universities: what is said of grades, of courses, and of those who take them."""

from __future__ import annotations

from typing import Final

from ...language import Language
from . import certifications, choices, decisions, pages, policies, reports, scenarios, single_systems, systems

GERMAN: Final = Language(
    "de",
    {
        **certifications.TEXTS,
        **choices.TEXTS,
        **decisions.TEXTS,
        **pages.TEXTS,
        **policies.TEXTS,
        **reports.TEXTS,
        **scenarios.TEXTS,
        **single_systems.TEXTS,
        **systems.TEXTS,
    },
    decimal=",",
    grouping="\u202f",
)
"""German: a decimal comma, and from five digits on a narrow space between groups of three (LA2)."""
