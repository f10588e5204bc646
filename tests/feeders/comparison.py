# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How what is said is compared with what is expected: every key, and every number by its decimal text.

>>> differences({"percent": 62.5, "rows": [{"label": "HW"}]}, {"percent": Fraction(125, 2), "rows": [{"label": "NC"}]})
["rows[0].label: expected 'HW', got 'NC'"]
>>> differences({"percent": 62.5}, {})
['percent: the feeder says nothing of it']
"""

import re
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

from gradecalc.certifications.periods import Period
from vector_files import OWN

NUMBERS = (int, float, Fraction, Decimal)
SAMPLE = re.compile(r"relative (\S+)")
RELATIVE = re.compile(r"([a-zA-Z_]+)\s*(?:([+-])\s*(.+))?")
TABLE = tomllib.loads((OWN / "tolerances.toml").read_text(encoding="utf-8"))


class Spoken:
    """What can itself tell whether it is what is expected."""

    def differs(self, expected, path, near):
        """Yield how it differs from what is expected."""
        raise NotImplementedError


class Among(Spoken):
    """Values that all those expected are among, where a source names only some."""

    def __init__(self, values):
        self.values = list(values)

    def differs(self, expected, path, near):
        for each in expected:
            if each not in self.values:
                yield f"{path}: expected {each!r} among {self.values!r}"


class Moment(Spoken):
    """A moment that the source may write as a date, as a name, or as a name with a period before or after it."""

    def __init__(self, when, names):
        self.when, self.names = when, names

    def differs(self, expected, path, near):
        found = None if expected is None else resolve(expected, self.names)
        if found != self.when:
            yield f"{path}: expected {expected!r}, which is {found}, got {self.when}"


def resolve(text, names):
    """Return the moment that a date, a name, or a name with a period before or after it stands for."""
    relative = RELATIVE.fullmatch(text)
    if not relative:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    name, sign, period = relative.groups()
    return Period.parse(period).after(names[name], -1 if sign == "-" else 1) if sign else names[name]


class Every(Spoken):
    """Several outcomes, each of which must be what is expected: of a case that holds whatever a name stands for."""

    def __init__(self, outcomes):
        self.outcomes = list(outcomes)

    def differs(self, expected, path, near):
        for outcome in self.outcomes:
            yield from different(expected, outcome, path, near)


class Closeness:
    """How near the figures of a case must be: exactly, if neither the case nor `tolerances.toml` says otherwise."""

    def __init__(self, stem, case, kind):
        self.entries = [
            entry
            for entry in TABLE["tolerance"]
            if stem == entry["file"] and {kind, case.get("kind", "")} & {*entry.get("what", [kind])}
        ]
        self.own = own_tolerance(case.get("tolerance"))

    def __call__(self, path, expected):
        """Return the greatest distance allowed at a path."""
        key = re.sub(r"\[\d+\]", "", path)
        found = [
            Fraction(entry["within"])
            for entry in self.entries
            if any(name in key.split(".") for name in entry.get("keys", [])) or "keys" not in entry
        ]
        return max([self.own(abs(expected)), *found])


def own_tolerance(stated):
    """Return how near the case itself says that its figures are, as a function of the figure."""
    if stated is None:
        return lambda _: Fraction(0)
    if isinstance(stated, str) and (relative := SAMPLE.fullmatch(stated)):
        return lambda figure: figure * Fraction(relative[1])
    if isinstance(stated, str):
        assert stated in TABLE["said"], f"unknown tolerance {stated!r}"
        return lambda _: Fraction(TABLE["said"][stated])
    return lambda _: Fraction(str(stated))


def exactly(path, expected):
    """Allow no distance."""
    return Fraction(0)


def differences(expected, outcome, near=exactly):
    """Return how an outcome differs from what is expected, a line for each place."""
    return list(different(expected, outcome, "", near))


def different(expected, outcome, path, near):
    """Yield how an outcome differs from what is expected at a path."""
    if isinstance(outcome, Spoken):
        yield from outcome.differs(expected, path, near)
    elif isinstance(expected, dict):
        yield from different_keys(expected, outcome, path, near)
    elif isinstance(expected, list):
        yield from different_elements(expected, outcome, path, near)
    elif is_number(expected) or (isinstance(expected, str) and is_number(outcome)):
        yield from different_numbers(expected, outcome, path, near)
    elif type(expected) is bool or type(outcome) is bool or expected is None:
        if expected is not outcome:
            yield differing(path, expected, outcome)
    elif expected != outcome:
        yield differing(path, expected, outcome)


def different_keys(expected, outcome, path, near):
    if not isinstance(outcome, Mapping):
        yield differing(path, expected, outcome)
        return
    for key, value in expected.items():
        within = f"{path}.{key}".lstrip(".")
        if key in outcome:
            yield from different(value, outcome[key], within, near)
        else:
            yield f"{within}: the feeder says nothing of it"


def different_elements(expected, outcome, path, near):
    if isinstance(outcome, (set, frozenset)) and len(expected) == len(outcome):
        if any(each not in outcome for each in expected):
            yield differing(path, expected, outcome)
    elif isinstance(outcome, (list, tuple)) and len(expected) == len(outcome):
        for nth, (each, said) in enumerate(zip(expected, outcome, strict=True)):
            yield from different(each, said, f"{path}[{nth}]", near)
    else:
        yield differing(path, expected, outcome)


def different_numbers(expected, outcome, path, near):
    wanted, said = as_number(expected), as_number(outcome) if is_number(outcome) else None
    if wanted is None or said is None or abs(wanted - said) > near(path, wanted):
        yield differing(path, expected, outcome)


def differing(path, expected, outcome):
    said = f"{outcome!r}, about {float(outcome)}" if isinstance(outcome, Fraction) else repr(outcome)
    return f"{path or 'it'}: expected {expected!r}, got {said}"


def is_number(value):
    return isinstance(value, NUMBERS) and not isinstance(value, bool)


def as_number(value):
    """Return a number by its decimal text, or none of a text that is no number."""
    try:
        return Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        return None
