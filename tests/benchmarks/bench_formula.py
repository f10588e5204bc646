# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a formula costs, as ratios to a hand-written function measured in the same run: at most 8.

Run it with `python tests/benchmarks/bench_formula.py`. The evaluators of simpleeval, asteval and py-expression-eval are
measured too where they are installed, on the same formula in their own spelling, parsed once where they can. None of
them knows of missing marks, so the record is full; exact are only the names and functions that they are given.
"""

import importlib.util
import sys
from fractions import Fraction
from timeit import repeat

from gradecalc.formula import Formula

TEXT = "IF{AVG{[a.Percent], [b.Percent], [c.Percent]} >= 0.5, MAX{[a.Percent], [b.Percent]} * 100, 0}"
PLAIN = "max(a, b) * 100 if avg(a, b, c) >= half else 0"
RECORDS = {
    "whole numbers": {"a": 60, "b": 70, "c": 81},
    "fractions": {"a": Fraction(1, 2), "b": Fraction(2, 3), "c": Fraction(5, 7)},
    "with a blank": {"a": Fraction(1, 2), "b": None, "c": 1},
}
GOAL = 8


def by_hand(marks):
    """Return what the formula comes to, written by hand: exact, and aware of missing marks."""
    present = [mark for mark in (marks["a"], marks["b"], marks["c"]) if mark is not None]
    if not present or Fraction(sum(present), len(present)) < Fraction(1, 2):
        return 0
    top = [mark for mark in (marks["a"], marks["b"]) if mark is not None]
    return max(top) * 100 if top else None


def average(*values):
    """Return the exact mean of some numbers."""
    return Fraction(sum(values), len(values))


def seconds(work, number=5_000):
    """Return what one call of some work costs, at best."""
    return min(repeat(work, number=number, repeat=7)) / number


def others(marks):
    """Yield each other evaluator that is installed, as a name and its work on a record of exact numbers."""
    if importlib.util.find_spec("simpleeval"):
        from simpleeval import SimpleEval  # noqa: PLC0415 - only where it is installed

        simple = SimpleEval(names=marks, functions={"max": max, "avg": average})
        tree = simple.parse(PLAIN)
        yield "simpleeval", lambda: simple.eval(PLAIN, previously_parsed=tree)
    if importlib.util.find_spec("asteval"):
        from asteval import Interpreter  # noqa: PLC0415

        interpreter = Interpreter(symtable={**marks, "max": max, "avg": average})
        code = interpreter.parse(PLAIN)
        yield "asteval", lambda: interpreter.run(code)
    if importlib.util.find_spec("py_expression_eval"):
        from py_expression_eval import Parser  # noqa: PLC0415

        parser = Parser()
        parser.functions.update(max=max, avg=average, choose=lambda condition, yes, no: yes if condition else no)
        expression = parser.parse("choose(avg(a, b, c) >= half, max(a, b) * 100, 0)")
        yield "py-expression-eval", lambda: expression.evaluate(marks)


def main():
    """Print the ratios, and return whether each is within the goal."""
    formula, within = Formula(TEXT), True
    for title, marks in RECORDS.items():
        assert by_hand(marks) == formula.evaluate(lambda name, _, marks=marks: marks[name])
        hand = seconds(lambda marks=marks: by_hand(marks))
        ours = seconds(lambda marks=marks: formula.evaluate(lambda name, _: marks[name]))
        within = within and ours <= GOAL * hand
        print(f"{title:<20} {ours * 1e6:7.2f} µs  {ours / hand:6.2f} × by hand ({hand * 1e6:.2f} µs)")
    full = RECORDS["whole numbers"]
    ours = seconds(lambda: formula.evaluate(lambda name, _: full[name]))
    for title, work in others({**full, "half": Fraction(1, 2)}):
        assert work() == by_hand(full)
        theirs = seconds(work)
        print(f"{title:<20} {theirs * 1e6:7.2f} µs  {theirs / ours:6.2f} × ours, on whole numbers")
    return within


if __name__ == "__main__":
    sys.exit(not main())
