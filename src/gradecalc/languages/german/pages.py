# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Pages in German: what stands around what they show, and what became of a line."""

from __future__ import annotations

from typing import Final

from ...language import Texts

TEXTS: Final[Texts] = {
    "outline table": {
        "notes": "Erläuterung",
        "value": "Ergebnis",
        "what": "Was",
    },
    "pages": {
        "as_listed": "wie aufgeführt",
        "by_id": "nach Kennung",
        "by_name": "nach Namen",
        "cannot_be_graded": "kann nicht bewertet werden: {0}",
        "date": "Datum",
        "distribution": "Endergebnisse in Prozent",
        "drawn": "{0}: {1}",
        "final": "Endergebnis",
        "graded_by": "Bewertet nach der Festlegung {0} und nach Fassung {1} der Regeln.",
        "highest_first": "höchstes Endergebnis zuerst",
        "id": "Kennung",
        "learner": "Teilnehmende Person",
        "learners": "Teilnehmende",
        "learners_by": "Teilnehmende, {0}",
        "lowest_first": "niedrigstes Endergebnis zuerst",
        "order": "Reihenfolge",
        "overview": "Überblick",
        "passed": "Bestanden",
        "remark": "Bemerkung",
        "reports": "Berichte",
        "statistics": "Statistik",
        "symbol": "Note",
        "symbols": "Noten",
        "whole_reason": "jeder Teil, sein Ergebnis und warum",
        "without_symbol": "keine",
    },
    "report statuses": {
        "bonus": "Bonus",
        "dropped": "gestrichen",
        "exempt": "befreit",
        "no_score": "ohne Ergebnis",
        "no_score_as_zero": "ohne Ergebnis: zählt als null",
        "not_counted": "zählt nicht",
        "not_picked": "nicht ausgewählt",
        "ungraded": "nicht bewertet",
        "ungraded_as_zero": "nicht bewertet: zählt als null",
    },
}
