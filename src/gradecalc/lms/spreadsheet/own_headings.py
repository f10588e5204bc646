# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a heading of somebody's own sheet says beside a name: what the column is out of, and what it weighs.

>>> read_heading("HW 1 (10)").out_of, read_heading("Essay / 20").out_of, read_heading("Quiz (%)").out_of
(Fraction(10, 1), Fraction(20, 1), Fraction(100, 1))
>>> read_heading("HW 1 (10 pts, 5%)")
OwnHeading(name='HW 1', out_of=Fraction(10, 1), weight=Fraction(5, 1))
>>> [read_heading(text).out_of for text in ("Lab (Monday)", "Exam (2024)", "Talk 9/12")]
[None, None, None]
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from ...values import frozen

_NUMBER: Final = r"[0-9]{1,4}(?:[.,][0-9]{1,3})?"
_PERCENT: Final = r"[0-9]{1,2}(?:[.,][0-9]{1,3})?"
_UNIT: Final = r"(?:points?|pts?\.?|marks?|p\.|pkte?\.?|punkte?|puntos?|punti|pontos?)"
_SAYS: Final = rf"(?:out of|max(?:imum|imal)?\.?(?: {_UNIT})?|{_UNIT}(?: possible)?|von|sur|de|su|/) ?:?"
_MAXIMUM: Final = re.compile(
    r"(?P<name>.*\S) ?(?:"
    r"[(\[](?!(?:199[0-9]|20[0-9][1-9]|20[1-9]0)[)\]])"
    rf"(?:{_SAYS} ?)?(?P<inside>{_NUMBER})(?: ?{_UNIT})?(?: possible| max\.?)?[)\]]"
    rf"|(?:(?<![0-9])/ ?|/ )(?P<behind>{_NUMBER})(?: ?{_UNIT})?"
    rf"|(?<=[^0-9.,])(?:[-–:,] ?)?(?:out of (?P<out_of>{_NUMBER})|(?P<points>{_NUMBER}) ?{_UNIT})"
    r"|[(\[](?P<percent>(?:100(?:[.,]0+)? ?)?%)[)\]])",
    re.IGNORECASE | re.DOTALL,
)
"""Up to four digits: what has more is the number of something, as in an export of Canvas. A year alone is none, and two
numbers with a stroke between them are a date."""

_WEIGHT: Final = re.compile(
    rf"(?P<name>.*\S) ?(?:[(\[](?:(?:weight|weighting|gewicht|peso|poids) ?:? ?)?(?P<inside>{_PERCENT}) ?%"
    rf"(?: [^()\[\]]*)?[)\]]|(?<=[^0-9.,])(?:[-–:,] ?)?(?P<behind>{_PERCENT})%)",
    re.IGNORECASE | re.DOTALL,
)
_WEIGHT_BESIDE: Final = re.compile(rf" ?[,;/] ?(?P<weight>{_PERCENT} ?%)(?=[^()\[\]]*[)\]])")


@frozen
class OwnHeading:
    """A name, what the column is out of, and what it weighs in percent; None where the heading does not say it."""

    name: str
    out_of: Fraction | None = None
    weight: Fraction | None = None


def read_heading(text: str) -> OwnHeading:
    """Return what a heading says: a maximum and a weight stand behind the name, in brackets or after a stroke."""
    beside = _WEIGHT_BESIDE.sub(r") (\g<weight>", " ".join(text.split()))
    name, weight = _read(_WEIGHT, beside)
    name, out_of = _read(_MAXIMUM, name)
    if weight is None:
        name, weight = _read(_WEIGHT, name)
    return OwnHeading(name, out_of, weight)


def _read(form: re.Pattern[str], text: str) -> tuple[str, Fraction | None]:
    """Return the name before a number of a form, and the number; the text and None where there is none."""
    found = form.fullmatch(text)
    if found is None:
        return text, None
    stated = next((each for key, each in found.groupdict().items() if each and key not in ("name", "percent")), None)
    return found["name"].rstrip(" -–:,"), Fraction(100) if stated is None else Fraction(stated.replace(",", "."))
