# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The headings of Moodle's grader report, which are in the language of whoever exported it.

>>> str(graded("Quiz: Vectors (Real)")), str(graded("Total del curso (Porcentaje)")), graded("First name")
('points of Quiz: Vectors', 'percent of course total', None)
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import Enum
from typing import Final

from attrs import field

from ...values import frozen
from ..documents import KEY
from ..imported import Learner
from ..records import named
from .total_words import category_of_total, is_course_total, words_at_the_end

COURSE_TOTAL: Final = "course total"
"""By what name the total of the course stands among the finals."""


class ColumnOf(Enum):
    """What a graded column is of."""

    ITEM = "item"
    CATEGORY = "category"
    COURSE = "course"


@frozen
class GradedHeading:
    """A graded column: of what, its name, and the part of `Recorded` that stands there, `feedback` being none."""

    source: ColumnOf
    name: str
    part: str

    def __str__(self) -> str:
        return f"{self.part} of {self.name}"


@frozen(kw_only=True)
class GraderRow:
    """What a row says of its learner."""

    first_name: str = field(
        default="", metadata=named("First name", KEY, "Nombre", "Vorname", "Prénom", "Nome", "Voornaam", "Imię")
    )
    last_name: str = field(
        default="",
        metadata=named(
            "Last name",
            KEY,
            "Surname",
            "Apellido(s)",
            "Apellidos",
            "Nachname",
            "Nom de famille",
            "Nom",
            "Cognome",
            "Cognoms",
            "Sobrenome",
            "Apelido",
            "Achternaam",
            "Nazwisko",
        ),
    )
    number: str = field(
        default="",
        metadata=named(
            "ID number",
            KEY,
            "Número de ID",
            "ID-Nummer",
            "Matrikelnummer",
            "Numéro d'identification",
            "Codice identificativo",
            "Número de identificação",
            "Número ID",
            "ID-nummer",
            "Numer ID",
        ),
    )
    institution: str = field(
        default="",
        metadata=named("Institution", KEY, "Institución", "Istituzione", "Instituição", "Instelling", "Institució"),
    )
    department: str = field(
        default="",
        metadata=named("Department", KEY, "Departamento", "Abteilung", "Département", "Dipartimento", "Afdeling"),
    )
    email: str = field(
        default="",
        metadata=named(
            "Email address",
            KEY,
            "Email",
            "Dirección de correo",
            "Dirección Email",
            "Correo electrónico",
            "E-Mail-Adresse",
            "E-Mail",
            "Adresse de courriel",
            "Indirizzo email",
            "Endereço de email",
            "Endereço de e-mail",
            "E-mailadres",
            "Adreça electrònica",
        ),
    )
    username: str = field(
        default="", metadata=named("Username", KEY, "Nombre de usuario", "Anmeldename", "Nom d'utilisateur")
    )

    @property
    def learner(self) -> Learner:
        """The learner, by id number, or else by username or email."""
        beside = {"Institution": self.institution, "Department": self.department}
        return Learner(
            self.number or self.username or self.email,
            institution_id=self.number,
            username=self.username,
            first_name=self.first_name,
            last_name=self.last_name,
            email=self.email,
            groups={heading: text for heading, text in beside.items() if text},
        )


def graded(
    heading: str, words: Mapping[str, str] | None = None, at_the_end: Collection[str] = ()
) -> GradedHeading | None:
    """Return what a heading says of a graded column, None for one that is of no such form.

    `words` say what stands in brackets, and `at_the_end` which words totals of the file end with.
    """
    match = _FORM.fullmatch(heading)
    part = (words or WORDS).get(match["word"].casefold()) if match else None
    if match is None or part is None:
        return None
    name = match["name"]
    if is_course_total(name):
        return GradedHeading(ColumnOf.COURSE, COURSE_TOTAL, part)
    category = None if _MODULE.match(name) else category_of_total(name, at_the_end)
    if category:
        return GradedHeading(ColumnOf.CATEGORY, category, part)
    return GradedHeading(ColumnOf.ITEM, name, part)


def words_of(cells: Iterable[str]) -> Mapping[str, str]:
    """Return what the words in brackets say in a file: where none is known for points, the commonest other is."""
    words = Counter(match["word"].casefold() for match in map(_FORM.fullmatch, cells) if match)
    known = WORDS.keys() & words.keys()
    others = Counter({word: count for word, count in words.items() if word not in known and (count > 1 or not known)})
    if not others or any(WORDS[word] == "points" for word in known):
        return WORDS
    return {**WORDS, others.most_common(1)[0][0]: "points"}


def ends_of_totals(cells: Iterable[str]) -> frozenset[str]:
    """Return the words for a total that stand at the end of totals in a file."""
    return words_at_the_end(match["name"] for match in map(_FORM.fullmatch, cells) if match)


def last_total(found: Mapping[int, GradedHeading | None]) -> int | None:
    """Return the place of the last column of points that is of no activity where others are: the total, it seems."""
    named = {place: each for place, each in found.items() if each and each.part == "points"}
    last = max(named, default=None)
    of_activity = [place for place, each in named.items() if _MODULE.match(each.name)]
    return last if of_activity and last not in of_activity else None


def is_header(cells: Sequence[str]) -> bool:
    """Return whether a row has the headings of a grader report: a known word in brackets ends one of them."""
    return any(graded(cell) for cell in cells)


def may_be_header(cells: Sequence[str]) -> bool:
    """Return whether a row has headings of that form, in a language of which no word is known."""
    return any(map(is_of_form, cells))


def is_of_form(cell: str) -> bool:
    """Return whether a heading ends in a word in brackets."""
    return _FORM.fullmatch(cell) is not None


_FORM: Final = re.compile(r"(?P<name>.*\S) ?\((?P<word>[^()\d]*[^\W\d][^()\d]*)\)", re.DOTALL)
_MODULE: Final = re.compile(r"[^\W\d_][^:\d]{1,25}: ?\S")
WORDS: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        (
            "real",
            "punkte",
            "wert",
            "brut",
            "valeur",
            "reale",
            "valore",
            "punteggio",
            "echt",
            "reëel",
            "werkelijk",
            "reell",
        ),
        "points",
    ),
    **dict.fromkeys(
        (
            "percentage",
            "porcentaje",
            "prozentsatz",
            "pourcentage",
            "percentuale",
            "porcentagem",
            "percentagem",
            "procent",
        ),
        "percent",
    ),
    **dict.fromkeys(("letter", "letra", "notenstufe", "buchstabe", "lettre", "lettera", "litera"), "symbol"),
    **dict.fromkeys(
        ("feedback", "retroalimentación", "comentarios de retroalimentación", "retroaction", "rückmeldung"), "feedback"
    ),
}
"""What stands in a column by the word in brackets, in the languages that are known."""
