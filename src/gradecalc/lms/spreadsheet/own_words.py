# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The words that people head their own sheets with, and what stands in the first cells of rows that are no learner's.

>>> says(OUT_OF)("Max Points:"), is_subtotal("HW total"), is_bonus("Extra credit (essay)"), is_subtotal("Total Recall")
(True, True, True, False)
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from attrs import field

from ...values import frozen
from ..documents import KEY
from ..imported import Learner
from ..records import named


def _words(text: str) -> frozenset[str]:
    return frozenset(each.strip() for each in text.split("|"))


OUT_OF: Final = _words(
    "out of|max|max.|maximum|max points|maximum points|max score|maximum score|max marks|maximum marks|full marks"
    "|points possible|possible|possible points|total possible|total points|total|points|worth|maximal|maximalpunkte"
    "|max. punkte|punkte|máximo|puntaje máximo|puntos|massimo|punteggio massimo|points max|barème"
)
"""What the first cell of a row says that has the maxima."""

SUMMARIES: Final = _words(
    "average|avg|avg.|mean|median|mode|class average|class avg|class mean|class median|min|max|minimum|maximum|highest"
    "|lowest|high|low|high score|low score|highest score|lowest score|range|total|totals|sum|std|std.|std dev|std. dev."
    "|std. dev|stdev|st. dev.|sd|standard deviation|variance|count|n|number of students|pass rate|average %|mean %"
    "|mittelwert|durchschnitt|summe|anzahl|promedio|suma|moyenne|moyenne de la classe|écart-type|media|média|gemiddelde"
)
"""What the first cell of a row says that sums the class up."""

WEIGHTS: Final = _words(
    "weight|weights|weighting|weightings|weight %|weight (%)|% of grade|percent of grade|% of final|gewicht|gewichtung"
    "|peso|pesos|poids|coefficient|coefficients|coef|coef.|coeff|coeff.|coefficiente|coeficiente"
)
"""What the first cell of a row says that has what columns weigh."""

OF_COLUMNS: Final = _words(
    "due|due date|date|dates|datum|fecha|category|categories|kategorie|categoría|type|assignment type|week|topic"
)
"""What the first cell of a row says that tells something of the columns, other than what they are out of or weigh."""

ABOUT_LEARNERS: Final = _words(
    "room|seat|table|desk|row|team|lab group|class|group|gruppe|grupo|groupe|gruppo|groep|period|locker|phone|telephone"
    "|mobile|cell phone|age|year|year level|grade level|level|semester|fachsemester|cohort|year group|jahrgang|tutor"
    "|advisor|adviser|gpa|birthday|date of birth|dob|gender|sex|zip|postcode|raum|zimmer|platz|sitzplatz|aula|salle"
    "|banco|posto|no|no.|nr|nr.|#|s.no|s.no.|s. no.|sl no|sl. no.|sr no|sr. no.|lfd. nr.|n°|nº"
)
"""What a column is headed that tells of its learner, were it in numbers, and whatever stands in brackets behind."""

FINALS: Final = {
    **dict.fromkeys(_words("total|total points|final points|points total|sum|summe|somme|somma|totaal"), "points"),
    **dict.fromkeys(_words("letter|letter grade|final letter|final symbol|symbol"), "symbol"),
    **dict.fromkeys(
        _words(
            "final|final grade|final score|final %|final percent|final percentage|grade|overall|overall grade|overall %"
            "|overall score|overall percentage|course grade|current grade|(current) grade|calculated grade|course total"
            "|total %|total percent|total percentage|%|percent|percentage|gesamt|gesamtnote|endnote|nota final"
            "|note finale|voto finale|eindcijfer"
        ),
        "percent",
    ),
    **dict.fromkeys(
        _words("average|avg|mean|moyenne|moyenne générale|promedio|media|média|durchschnitt|gemiddelde"), "average"
    ),
}
"""What a column is headed that has final grades, and which part of them: an average is out of what it says."""

FINAL_EXAM: Final = "final"
"""Which of these headings is that of an exam where it is out of something."""

IDS: Final = frozenset({"id", "number", "username", "email"})
"""The fields by which a learner is known; a name is none (J32)."""

_SUBTOTAL: Final = re.compile(
    r".+ (?:(?:total|average|avg\.?)(?: %)?|subtotal|sub-total|sum|mean|weighted|gesamt|summe|durchschnitt|moyenne"
    r"|promedio)"
    r"|(?:subtotal|average|avg\.?|summe|durchschnitt|somme|moyenne|suma|promedio) .+",
    re.IGNORECASE,
)
_BONUS: Final = re.compile(
    r"\b(?:bonus|extra[- ]credit|extra points|bonuspunkte?|zusatzpunkte?|puntos extra|punti extra)\b", re.IGNORECASE
)


@frozen(kw_only=True)
class OwnSheetRow:
    """What a row says of its learner."""

    id: str = field(
        default="",
        metadata=named(
            "ID",
            KEY,
            "ID #",
            "ID#",
            "ID No",
            "ID No.",
            "ID Number",
            "Learner",
            "Learner ID",
            "Student ID",
            "Student #",
            "StudentID",
            "SID",
            "SIS ID",
            "Student number",
            "Student No",
            "Student No.",
            "Student Num",
            "User ID",
            "Unique User ID",
            "Schoology ID",
            "UID",
            "Matriculation number",
            "Matrikelnummer",
            "Matrikel-Nr.",
            "Matrikelnr.",
            "Matr.-Nr.",
            "Matricola",
            "Matrícula",
            "Matricule",
            "Numéro étudiant",
            "N° étudiant",
            "Studentnummer",
        ),
    )
    number: str = field(
        default="",
        metadata=named(
            "Number",
            KEY,
            "Roll No",
            "Roll No.",
            "Roll number",
            "Reg No",
            "Reg. No.",
            "Registration number",
            "Candidate number",
        ),
    )
    username: str = field(
        default="", metadata=named("Username", KEY, "User", "Login", "User name", "NetID", "Benutzername")
    )
    email: str = field(
        default="",
        metadata=named(
            "Email",
            KEY,
            "E-mail",
            "Email address",
            "E-mail address",
            "Student email",
            "Mail",
            "Correo",
            "E-Mail-Adresse",
        ),
    )
    name: str = field(
        default="",
        metadata=named(
            "Name",
            KEY,
            "Student",
            "Students",
            "Student name",
            "Full name",
            "Learner name",
            "Nombre",
            "Nom et prénom",
            "Apellidos y nombre",
        ),
    )
    first_name: str = field(
        default="", metadata=named("First name", KEY, "First", "Firstname", "Given name", "Vorname", "Prénom", "Nome")
    )
    last_name: str = field(
        default="",
        metadata=named(
            "Last name", KEY, "Last", "Lastname", "Surname", "Family name", "Nachname", "Nom", "Cognome", "Apellidos"
        ),
    )
    section: str = field(default="", metadata=named("Section", KEY))

    @property
    def learner(self) -> Learner:
        """The learner, by the id, or else by what a system or the post knows them by.

        A name beside a first name is a last name.
        """
        is_last = bool(self.first_name) and not self.last_name
        number = self.id or self.number
        return Learner(
            number or self.username or self.email,
            institution_id=number,
            username=self.username,
            email=self.email,
            first_name=self.first_name,
            last_name=self.name if is_last else self.last_name,
            name="" if is_last else self.name,
            sections=(self.section,) if self.section else (),
            groups={"Number": self.number} if self.id and self.number else {},
        )


def says(words: frozenset[str]) -> Callable[[str], bool]:
    """Return what tells whether a cell is one of some words, in any case and with a colon or without."""
    return lambda cell: cell.casefold().rstrip(":").rstrip() in words


def is_subtotal(name: str) -> bool:
    """Return whether a column is headed as a sum or an average of others."""
    return _SUBTOTAL.fullmatch(name) is not None


def is_bonus(name: str) -> bool:
    """Return whether a column is headed as work that adds and never costs."""
    return _BONUS.search(name) is not None
