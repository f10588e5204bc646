# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A reader who has the plain data of a report and nothing else, and works the final out again."""

from fractions import Fraction

ADDING = {"counted", "counted as zero", "bonus"}
STATED = {"marked", "formula", "calculated"}


def amounts(row, code):
    """Return the amounts that a row says with a code that begins so; the amount is the last of its arguments."""
    said = [each["arguments"] for each in row["remarks"] if each["code"].startswith(code)]
    return [Fraction(arguments[-1]["number"]) for arguments in said]


def recomputed(data, line=0):
    """Return the percent of a line: that of an item as it is stated, and of a branch what its rows add and its steps.

    What a child adds is its share of the whole times its own percent, worked out in the same way; only what is out of 0
    has no percent, and says itself what it adds. What a rounding says was there before it is checked.
    """
    row, total = data["lines"][line], Fraction(0)
    rows = [(at, each) for at, each in enumerate(data["lines"]) if at and each["parent"] == line]
    adding = [(at, each) for at, each in rows if each["treatment"] in ADDING and amounts(each, "adds")]
    if row["points"] is None or row["out_of"] == "0":
        return None
    if row["how"] in STATED or not adding:
        return Fraction(row["points"]) * 100 / Fraction(row["out_of"])
    for at, each in adding:
        if each["out_of"] == "0":
            total += sum(amounts(each, "adds"))
        else:
            percent = recomputed(data, at)
            added = 0 if any(remark["code"] == "bonus_never_costs" for remark in each["remarks"]) else percent
            total += added * Fraction(each["share"]) / Fraction(row["whole"] or 1)
    for at, code, arguments in data["notes"]:
        if (at, code) == (line, "rounded"):
            assert Fraction(arguments[0]["number"]) == total
    added = [*amounts(row, "step_adds"), *amounts(row, "steps_add")]
    return total + sum(added) - sum([*amounts(row, "step_takes"), *amounts(row, "steps_take")])
