# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What is said in German of what could be, and of what is needed."""

from __future__ import annotations

from typing import Final

TEXTS: Final = {
    "bounds": {
        "not_proven": "die gefundenen Grenzen; nach diesen Regeln kann das Endergebnis darüber hinausgehen",
        "nothing_open": "es ist nichts mehr zu bewerten",
        "open": "noch zu bewerten: {0}",
    },
    "influence": {
        "did_less": "ohne dies wäre das Endergebnis {0} % niedriger",
        "did_more": "ohne dies wäre das Endergebnis {0} % höher",
        "did_nothing": "ohne dies wäre das Endergebnis dasselbe",
        "moves": "bewegt es von {0} % bis {1} %",
        "moves_at_least": "bewegt es mindestens von {0} % bis {1} %",
        "rest": "was Rundungen, Begrenzungen, Überschreibungen, Formeln und ausgewählte Ergebnisse daraus machen",
    },
    "needed": {
        "best": "mehr als {0} % sind nicht zu erreichen",
        "falls": "ein höheres Ergebnis kann es wieder aufheben",
        "just_above": "jedes Ergebnis knapp darüber genügt, dieses selbst nicht",
        "no_best": "das Endergebnis bleibt in jedem Fall ohne Bewertung",
        "not_proven": "das kleinste gefundene; nach diesen Regeln kann es ein kleineres geben",
    },
    "scenarios": {
        "added": "ist neu",
        "percent": "{0} statt {1}",
        "nothing": "nichts ändert sich",
        "passed": "{0}, zuvor {1}",
        "symbol": "{0} statt {1}",
        "treatment": "{0}, zuvor {1}",
        "weight": "zählt {0} zum Endergebnis, zuvor {1}",
    },
}
