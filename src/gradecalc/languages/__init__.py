# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The languages in which everything that the library says is there: import it where another one is due.

>>> from gradecalc import Gradebook, GradeItem, grade
>>> from gradecalc.languages import GERMAN
>>> print(grade(Gradebook([GradeItem("Klausur", 120)], name="Endnote"), {"Klausur": 102}).in_language(GERMAN))
Endnote    85,00 %  Punktsumme; 102 von 120
  Klausur  85,00 %  102 von 120; 100 % von Endnote: trägt 85,00 bei

`ENGLISH.texts` is what a translator begins with.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..language import Language, Texts
from .english import ENGLISH
from .german import GERMAN

__all__ = ["ENGLISH", "GERMAN", "LANGUAGES", "Language", "Texts"]

LANGUAGES: Final[Mapping[str, Language]] = {each.code: each for each in (ENGLISH, GERMAN)}
"""The languages that come with the library, by their codes."""
