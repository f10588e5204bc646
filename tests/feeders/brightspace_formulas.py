# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How the formulas that public pages print are fed: which are read, and with which message the others are refused."""

from gradecalc.formula import VALIDATOR_MESSAGES, Formula, FormulaError, Kind, Property

SPANISH = {"Puntos recibidos": Property.POINTS}
WORDS = {
    "error": {
        **{message: code for code, message in VALIDATOR_MESSAGES.items()},
        "Unexpected operator": "unexpected_token",
    },
}
EXPECTED = {
    "valid": lambda stated: {"error": None},
    "invalid": lambda stated: {"error": stated["error"]},
    "notation": lambda stated: {"error": None, "value": True},
}


def cases(document):
    """Return a case for each formula, of the kind `formula` where the page says whether it is one."""
    assert {"schema", "note", "formulas"} == set(document)
    return [case(nth, stated) for nth, stated in enumerate(document["formulas"], start=1)]


def case(nth, stated):
    """Return the case of a formula."""
    assert set(stated) <= {"text", "kind", "source", "note", "error", "description"}
    told = EXPECTED.get(stated["kind"])
    return {
        "id": f"formula {nth}",
        "kind": "equation" if stated["kind"] == "notation" else "formula" if told else stated["kind"],
        "text": stated["text"],
        "expect": told(stated) if told else None,
    }


def formula(given):
    """Say the code of the message that a formula is refused with."""
    try:
        Formula(given["text"], properties=SPANISH)
    except FormulaError as error:
        return {"error": error.code}
    return {"error": None}


def equation(given):
    """Say whether what a page equates is equal."""
    read = Formula(given["text"], result=Kind.BOOLEAN)
    return {"error": None, "value": read.evaluate(lambda _name, _property: None)}


FEEDERS = {"formula": formula, "equation": equation}
