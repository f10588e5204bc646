# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Texts of a file that may say who somebody is: kept as they are, and shown by no message and no repr.

A row that lost a cell, or two columns that were swapped, put a name where a mark should be. Nobody can tell a name by
its looks, but many texts are none: a single letter, a number, a sign, and the words that grade books are full of.

>>> [may_be_a_name(text) for text in ("A-", "8/10", "#REF!", "not submitted", "Ada", "ada absent", "ada@example.org")]
[False, False, False, False, True, True, True]
>>> text = unshown("Ada Byron")
>>> text, str(text), unshown("A-")
(a text that may be a name, 'Ada Byron', 'A-')
"""

from __future__ import annotations

import re
from typing import Final

_LETTERS: Final = re.compile(r"[^\W\d_]{2,}")
_PARTED: Final = re.compile(r"[\s,]+")
_DIGITS: Final = re.compile(r"\d")
_WORDS: Final = """
na nan inf null none ref name value div num eof err error ab dnf inc wd nr np tba tbd
ex excused exempt exempted excluded dropped waived withdrawn audit incomplete complete completed
pass passed fail failed credit no yes true false ok not yet
absent missing late sick ill pending submitted unsubmitted attempted available graded ungraded grading grade needs
need in progress review draft started invalid unknown empty blank pt pts point points percent out of
zero one two three four five six seven eight nine ten
excellent good fair poor satisfactory unsatisfactory sufficient insufficient outstanding merit distinction
inválida inválido inválidas inválidos invalide ungültig nulo nula vacío vacía ausente ausentes ausência ausencia
faltó falta aprobado aprobada reprobado reprobada suspenso sobresaliente notable bueno buena regular malo mala
aprovado aprovada reprovado reprovada pendiente pendente entregado entregada sin con entregar no sí não
fehlt krank bestanden nicht abwesend entschuldigt abgegeben offen gut sehr befriedigend ausreichend mangelhaft
absente abs excusé excusée validé validée réussi réussie échoué échouée bien très insuffisant suffisant rendu rendue
assente assenti superato superata buono ottimo sufficiente insufficiente afwezig ziek geslaagd gezakt goed voldoende
onvoldoende
"""
_GRADE_WORDS: Final = frozenset(_WORDS.split())
"""Words of grade books; a text of these alone is no name."""


class UnshownText(str):
    """A text that is what it is, and whose repr does not say it."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "a text that may be a name"


def may_be_a_name(text: str) -> bool:
    """Return whether a text may say who somebody is: it has a word that no grade book has."""
    return any(word.casefold() not in _GRADE_WORDS for word in _LETTERS.findall(text))


def unshown(text: str) -> str:
    """Return a text, as one that no message shows where it may say who somebody is."""
    return UnshownText(text) if may_be_a_name(text) else text


def is_several_words(id_: str) -> bool:
    """Return whether what stands for an id has several words and no digit, as names have.

    >>> is_several_words("Byron, Ada"), is_several_words("ada.byron"), is_several_words("Ada Byron 7")
    (True, False, False)
    """
    return not has_digit_or_address(id_) and sum(map(bool, map(_LETTERS.search, _PARTED.split(id_)))) > 1


def is_written_as_name(id_: str) -> bool:
    """Return whether a word is written as names are: a capital and small letters, or signs that are neither.

    >>> [is_written_as_name(text) for text in ("Ada", "Anne-Marie", "田中", "ada", "abyron", "ABC")]
    [True, True, True, False, False, False]
    """
    return (id_.istitle() and id_ != id_.upper()) or (id_.lower() == id_.upper() and len(_LETTERS.findall(id_)) > 0)


def has_digit_or_address(id_: str) -> bool:
    """Return whether an id has a digit in it, or is an address, so that it is no name."""
    return "@" in id_ or _DIGITS.search(id_) is not None
