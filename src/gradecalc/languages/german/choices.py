# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What is said in German of the members of enumerations."""

from __future__ import annotations

from typing import Final

TEXTS: Final = {
    "choices": {
        "Completion.COMPLETE": "abgeschlossen",
        "Completion.FAILED": "nicht bestanden",
        "Completion.INCOMPLETE": "nicht abgeschlossen",
        "Completion.PASSED": "bestanden",
        "How.BEST_OF": "beste von mehreren Gewichtungen",
        "How.CALCULATED": "berechnet",
        "How.FORMULA": "Formel",
        "How.HIGHEST": "höchstes Ergebnis",
        "How.LOWEST": "niedrigstes Ergebnis",
        "How.MARKED": "bewertet",
        "How.MEAN": "Mittelwert",
        "How.MEDIAN": "Median",
        "How.MODE": "häufigstes Ergebnis",
        "How.SUM_OF_POINTS": "Punktsumme",
        "How.WEIGHTED_MEAN": "gewichteter Mittelwert",
        "Treatment.BONUS": "Bonus",
        "Treatment.COUNTED": "zählt",
        "Treatment.COUNTED_AS_ZERO": "zählt als null",
        "Treatment.DROPPED": "Streichergebnis",
        "Treatment.EXEMPT": "befreit",
        "Treatment.LEFT_OUT": "ausgelassen",
        "Treatment.NOT_COUNTED": "zählt nicht",
        "Verdict.MET": "erfüllt",
        "Verdict.NOT_MET": "nicht erfüllt",
        "Verdict.UNDETERMINED": "offen",
        "WhyNoScore.DIVISION_BY_ZERO": "Division durch null",
        "WhyNoScore.EXEMPT": "befreit",
        "WhyNoScore.ROOT_OF_NEGATIVE": "Wurzel aus einer Zahl unter 0",
        "WhyNoScore.UNGRADED": "nicht bewertet",
    },
}
