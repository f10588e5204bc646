# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What is said in German of conditions, requirements, deadlines and certificates."""

from __future__ import annotations

from typing import Final

TEXTS: Final = {
    "conditions": {
        "exempt": "befreit, was weder eine Bewertung noch eine fehlende ist",
        "found": "vorhanden: {0}{1}",
        "kept": "früher erfüllt und damit behalten; jetzt {0}",
        "no_grade": "keine Bewertung erhalten",
        "no_percent": "die Bewertung hat keinen Prozentwert zum Vergleichen",
        "not_found": "nicht vorhanden",
        "nothing": "nichts da",
        "now": "jetzt ist {0}",
        "there": "vorhanden",
    },
    "deadlines": {
        "deadline_passed": "die Frist war {0}",
        "met_in_time": "rechtzeitig erfüllt",
        "met_late_counts": "nach der Frist erfüllt, was zählt",
        "met_too_late": "erfüllt, aber zu spät",
        "not_yet_met": "noch nicht erfüllt, aber noch möglich",
        "unmet_in_time": "nicht rechtzeitig erfüllt",
        "not_yet_known": "noch nicht bekannt",
        "unknown_in_time": "nicht bekannt, ob rechtzeitig erfüllt",
    },
    "facts": {
        "not_known": "{0}: nicht unter den Angaben",
        "unknown_id": "{0} enthält {1} nicht{2}",
        "wrong_fact": "{0} ist {1}; nötig ist {2}",
    },
}
