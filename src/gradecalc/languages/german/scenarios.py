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
    "effects": {
        "drops": "gestrichen: {0}",
        "replaces_lowest": "ersetzt das Niedrigste: {0}",
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
    "shortfalls": {
        "a_pass": "bestanden",
        "above": "{0} liegt über {1} %",
        "bonus": "ein Bonus",
        "cap": "durch die Begrenzung",
        "class": "nach den Werten der Klasse angepasst",
        "figure": "{0}",
        "floor": "durch die Untergrenze",
        "from": "{0} gilt ab {1} %",
        "full_marks": "allein mit voller Punktzahl wäre das Endergebnis {0} % höher",
        "full_marks_less": "allein mit voller Punktzahl wäre das Endergebnis {0} % niedriger",
        "hurdle": "durch eine verfehlte Hürde",
        "lateness": "durch Verspätung",
        "lost": "{0} % davon fehlen; es macht {1} % des Endergebnisses aus",
        "no_score": "das Endergebnis ist ohne Bewertung",
        "not_passed": "muss bestanden sein, und dazu fehlen {0} %",
        "not_yet_passed": "muss bestanden sein und ist ohne Bewertung",
        "now": "das Endergebnis liegt bei {0} %",
        "obstacles": "Was sonst im Weg steht",
        "override": "ein von Hand gesetzter Wert",
        "parts": "Was dazu fehlt",
        "percent": "{0} %",
        "policies": "Was Regeln geändert haben",
        "reached": "erreicht",
        "replacement": "ein anderes Ergebnis tritt an seine Stelle",
        "result": "dem Ergebnis fehlen {0} %; es macht {1} % des Endergebnisses aus",
        "rounding": "durch Rundung",
        "several": "mehrere Schritte, von denen der Bericht nicht angibt, was jeder genommen hat",
        "shares": "die Anteile, die zählen, sind zusammen nicht das Ganze",
        "target": "so viel darf zu 100 % fehlen",
        "title": "Warum nicht {0}?",
        "ungraded": "nicht bewertet, was als null zählt: {0} % davon fehlen; es macht {1} % des Endergebnisses aus",
        "without": "ohne dies wäre das Endergebnis {0} %",
        "without_no_score": "ohne dies wäre das Endergebnis ohne Bewertung",
        "without_reached": "ohne dies wäre das Ziel erreicht",
    },
}
