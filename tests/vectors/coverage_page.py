# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The page of what is reproduced, made from the cases, each of which is asserted by its own test.

`python tests/vectors/coverage_page.py` runs every case and writes `docs/lms/coverage.md` anew.
"""

import sys
from collections import Counter, defaultdict
from pathlib import Path

TESTS = Path(__file__).parent.parent
PAGE = TESTS.parent / "docs" / "lms" / "coverage.md"
HEAD = """# Coverage

Every case of other systems' own public tests and documentation that is kept in `tests/vectors/`, and what came of it.
A case counts as reproduced if every key of what it gives is read, and every key of what it expects is asserted.
A deviation is asserted to give what `tests/vectors/deviations.toml` says that we give instead.
This page is made by `python tests/vectors/coverage_page.py`, and `tests/vectors/test_vectors.py` says when it is stale.

| system | cases | reproduced | deviations | flagged in the data | outside |
|---|---|---|---|---|---|
"""
COLUMNS = ("reproduced", "deviation", "flagged", "outside")


def outcome(runner, stem, case):
    """Return what becomes of a case that does not fail."""
    if runner.outside(stem, case):
        return "outside"
    if any(case.get(flag) for flag in runner.harness.FLAGS):
        return "flagged"
    return "deviation" if case["id"] in runner.DEVIATIONS else "reproduced"


def page(runner):
    """Return the text of the page."""
    found = defaultdict(Counter)
    for stem, case in runner.CASES:
        found[stem, runner.harness.kind_of(case) or "course"][outcome(runner, stem, case)] += 1
    stems = sorted({stem for stem, _ in found})
    totals = {stem: sum((count for (each, _), count in found.items() if each == stem), Counter()) for stem in stems}
    lines = [_row(stem, totals[stem]) for stem in stems]
    parts = [HEAD + "\n".join(lines) + "\n"]
    for stem in stems:
        rows = [_row(kind, count) for (each, kind), count in sorted(found.items()) if each == stem]
        head = "| kind | cases | reproduced | deviations | flagged in the data | outside |\n|---|---|---|---|---|---|"
        parts.append("\n".join([f"## {stem}\n", head, *rows]) + "\n")
    reasons = ((case, f"we give {entry['gives']}: {entry['reason']}") for case, entry in runner.DEVIATIONS.items())
    parts.append(_named("Deviations", reasons))
    apart = ((f"{stem}: {key}", why) for stem in stems for key, why in runner.harness.set_apart(stem))
    parts.append(_named("Keys of what is expected at which there is no figure", apart))
    parts.append(_named("Outside", ((f"{each['file']}: {each['what']}", each["reason"]) for each in runner.OUTSIDE)))
    return "\n".join(part for part in parts if part)


def _row(name, count):
    return f"| {name} | {count.total()} | {' | '.join(str(count[column]) for column in COLUMNS)} |"


def _named(title, reasons):
    lines = [f"- `{name}`: {reason}" for name, reason in reasons]
    return "\n".join([f"## {title}\n", *(lines or ["None."])]) + "\n"


if __name__ == "__main__":
    sys.path[:0] = [str(TESTS), str(TESTS / "vectors")]
    import test_vectors

    for stem, case in test_vectors.IN_SCOPE:
        if not any(case.get(flag) for flag in test_vectors.harness.FLAGS):
            test_vectors.test_a_case_comes_out_as_its_system_says(stem, case)
    PAGE.write_text(page(test_vectors), encoding="utf-8")
