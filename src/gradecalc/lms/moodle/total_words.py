# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How Moodle's languages say that a column is a total, of the course or of a category.

>>> is_course_total("Total da disciplina"), is_course_total("Итоговая оценка за курс"), is_course_total("Course work")
(True, True, False)
>>> category_of_total("Summe Labs"), category_of_total("Labs total"), category_of_total("Labs")
('Labs', 'Labs', None)
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Final

_TOTALS = """
total totale totaal totalt totalen gesamt gesamtnote summe suma sum celkem razem toplamı toplam итого итог итоговая
загальне підсумок yhteensä összesen
"""
_COURSES = """
course curso cours corso curs cursus kurs kurset kursen kursu kurz kurzu kursus kurssin disciplina asignatura ders
курс курсу курса
"""
_BETWEEN = "of for the de del da do du di della den der des für för i v w la le za за по оценка"
_IN_ONE = "cursustotaal gesamtnote kurssumme kurstotal kursustotal コース合計 课程总分 課程總分"

_TOTAL_WORDS: Final = frozenset(_TOTALS.split())
_COURSE_WORDS: Final = frozenset(_COURSES.split())
_ANY_WORDS: Final = _TOTAL_WORDS | _COURSE_WORDS | frozenset(_BETWEEN.split())
_COURSE_TOTALS: Final = frozenset(_IN_ONE.split())
_WORD: Final = re.compile(r"\w+")
_OF_CATEGORY: Final = re.compile(
    r"(?P<before>.+) (?:total|gesamt|totaal|totalt|celkem|toplamı|итого|合計|总分)"
    r"|(?:total|totale|totaal|summe|suma|итого|итоговая оценка|підсумок)"
    r"(?: (?:de|di|do|of|da|del|für|за|la|category|categoria|categoría|catégorie|kategorie|категорию))* (?P<behind>.+)",
    re.IGNORECASE | re.DOTALL,
)


def is_course_total(name: str) -> bool:
    """Return whether a name says that it is the total of the course: it has words for both, and nothing else."""
    folded = name.casefold()
    words = frozenset(_WORD.findall(folded))
    has_both = bool(words & _TOTAL_WORDS and words & _COURSE_WORDS)
    return folded in _COURSE_TOTALS or (has_both and words <= _ANY_WORDS)


def category_of_total(name: str, at_the_end: Collection[str] = ()) -> str | None:
    """Return the category of which a name says that it is the total, None where it says no such thing.

    A word that stands `at_the_end` of totals begins none.
    """
    match = _OF_CATEGORY.fullmatch(name)
    if match is None or (match["behind"] and _WORD.findall(name.casefold())[0] in at_the_end):
        return None
    return match["before"] or match["behind"]


def words_at_the_end(names: Iterable[str]) -> frozenset[str]:
    """Return the word for a total with which the total of the course ends, or else any total there is.

    >>> words_at_the_end(["Labs total", "Course total"]), words_at_the_end(["Grand total", "Total du cours"])
    (frozenset({'total'}), frozenset())
    """
    every = [name for name in names if len(name.split()) > 1]
    totals = list(filter(is_course_total, every)) or every
    return frozenset(_WORD.findall(name.casefold())[-1] for name in totals if _WORD.search(name)) & _TOTAL_WORDS
