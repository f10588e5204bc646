# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The words that people head their own sheets with, and what stands in the first cells of rows that are no learner's.

>>> read_maximum("HW 1 (10)"), read_maximum("Essay / 20"), read_maximum("Quiz (%)")
(('HW 1', Fraction(10, 1)), ('Essay', Fraction(20, 1)), ('Quiz', Fraction(100, 1)))
>>> read_maximum("Lab (Monday)"), read_maximum("Exam (2024)"), read_maximum("Talk 9/12")
(None, None, None)
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Final

from attrs import field

from ...values import frozen
from ..documents import KEY
from ..imported import Learner
from ..records import named

_MAXIMUM: Final = re.compile(
    r"(?P<name>.*\S) ?(?:"
    r"[(\[](?!(?:199[0-9]|20[0-9][1-9]|20[1-9]0)[)\]])"
    r"(?:(?:out of|max\.?|von|sur|de|su|/) ?)?(?P<inside>[0-9]{1,4}(?:[.,][0-9]{1,3})?)"
    r"(?: ?(?:points?|pts?\.?|marks?|p\.?|punkte?|puntos?|punti|pontos?))?[)\]]"
    r"|(?:(?<![0-9])/ ?|/ )(?P<behind>[0-9]{1,4}(?:[.,][0-9]{1,3})?)"
    r"|[(\[](?P<percent>%)[)\]])",
    re.IGNORECASE | re.DOTALL,
)
"""Up to four digits: what has more is the number of something, as in an export of Canvas. A year alone is none, and two
numbers with a stroke between them are a date."""


def _words(text: str) -> frozenset[str]:
    return frozenset(each.strip() for each in text.split("|"))


OUT_OF: Final = _words(
    "out of|max|max.|maximum|max points|maximum points|points possible|possible|possible points|total points|points"
    "|maximalpunkte|punkte|máximo|puntos|massimo|points max|barème"
)
"""What the first cell of a row says that has the maxima."""

SUMMARIES: Final = _words(
    "average|mean|median|class average|class mean|min|max|minimum|maximum|std|std dev|stdev|standard deviation|count"
    "|mittelwert|durchschnitt|promedio|moyenne|media|média|gemiddelde"
)
"""What the first cell of a row says that sums the class up."""

OF_COLUMNS: Final = _words(
    "weight|weights|weighting|weight %|gewicht|gewichtung|peso|pesos|poids|coefficient|coef|coef."
    "|due|due date|date|datum|fecha|category|categories|kategorie|categoría|type"
)
"""What the first cell of a row says that tells something of the columns, other than what they are out of."""

FINALS: Final = {
    **dict.fromkeys(_words("total|total points|final points|points total|sum|summe|somme|somma|totaal"), "points"),
    **dict.fromkeys(_words("letter|letter grade|final letter|final symbol|symbol"), "symbol"),
    **dict.fromkeys(
        _words(
            "final|final grade|final score|final %|final percent|grade|overall|overall grade|course grade"
            "|course total|total %|gesamtnote|endnote|nota final|note finale|voto finale|eindcijfer"
        ),
        "percent",
    ),
}
"""What a column is headed that has final grades, and which part of them."""

FINAL_EXAM: Final = "final"
"""Which of these headings is that of an exam where it is out of something."""

IDS: Final = frozenset({"id", "username", "email"})
"""The fields by which a learner is known; a name is none (J32)."""


@frozen(kw_only=True)
class OwnSheetRow:
    """What a row says of its learner."""

    id: str = field(
        default="",
        metadata=named(
            "ID",
            KEY,
            "Learner",
            "Learner ID",
            "Student ID",
            "SID",
            "Student number",
            "Student No",
            "User ID",
            "Number",
            "Matriculation number",
            "Matrikelnummer",
            "Matricola",
            "Matrícula",
            "Studentnummer",
        ),
    )
    username: str = field(default="", metadata=named("Username", KEY, "User", "Login", "User name", "Benutzername"))
    email: str = field(
        default="", metadata=named("Email", KEY, "E-mail", "Email address", "E-mail address", "Mail", "Correo")
    )
    name: str = field(
        default="", metadata=named("Name", KEY, "Student", "Student name", "Full name", "Learner name", "Nombre")
    )
    first_name: str = field(
        default="", metadata=named("First name", KEY, "Firstname", "Given name", "Vorname", "Prénom", "Nome")
    )
    last_name: str = field(
        default="", metadata=named("Last name", KEY, "Lastname", "Surname", "Family name", "Nachname", "Nom", "Cognome")
    )
    section: str = field(default="", metadata=named("Section", KEY, "Class", "Group", "Gruppe", "Grupo", "Groupe"))

    @property
    def learner(self) -> Learner:
        """The learner, by the id, or else by what a system or the post knows them by."""
        return Learner(
            self.id or self.username or self.email,
            institution_id=self.id,
            username=self.username,
            email=self.email,
            first_name=self.first_name,
            last_name=self.last_name,
            name=self.name or f"{self.first_name} {self.last_name}".strip(),
            sections=(self.section,) if self.section else (),
        )


def read_maximum(heading: str) -> tuple[str, Fraction] | None:
    """Return the name that a heading states and what that is out of; None where it states no maximum."""
    found = _MAXIMUM.fullmatch(heading)
    if found is None:
        return None
    stated = found["inside"] or found["behind"]
    return found["name"], Fraction(100) if stated is None else Fraction(stated.replace(",", "."))


def says(words: frozenset[str]) -> Callable[[str], bool]:
    """Return what tells whether a cell is one of some words, in any case and with a colon or without."""
    return lambda cell: cell.casefold().rstrip(":").rstrip() in words
