# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How an error shows where it is."""

import pickle

import pytest

from gradecalc.errors import FormulaError, GradecalcError


@pytest.mark.parametrize(
    ("source", "span", "drawn"),
    [
        ("1 + )", (4, 5), ["1 + )", "    ^"]),
        ("SUM{1,\n  2 ++ 3,\n 4}", (11, 13), ["  2 ++ 3,", "    ^^"]),
        ("1 +", (3, 3), ["1 +", "   ^"]),
        ("", (0, 0), ["", "^"]),
        ("12\n34", (1, 5), ["12", " ^"]),
        ("\t1 \x1b)", (4, 5), [" 1  )", "    ^"]),
        ("x" * 200 + "!" + "y" * 200, (200, 201), ["x" * 50 + "!" + "y" * 59, " " * 50 + "^"]),
        ("x" * 500, (0, 500), ["x" * 60, "^" * 60]),
    ],
)
def test_drawing(source, span, drawn):
    """An error draws the line it is in, a window of it where it is long, with the place underlined."""
    text = str(FormulaError("code", "what is wrong", span, source))
    assert ["what is wrong", *(f"  {line}" for line in drawn)] == text.split("\n")


def test_pickling():
    """An error survives pickling with all it carries."""
    error = FormulaError("code", "message", (1, 2), "text")
    twin = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert ("code", "message", (1, 2), "text") == (twin.code, twin.message, twin.span, twin.source)
    assert isinstance(twin, GradecalcError)
