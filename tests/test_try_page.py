# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What the page on which people try the library asks of it, here without a browser."""

import json
import pkgutil
import runpy
from pathlib import Path

import pytest

from gradecalc import lms

PROJECT = Path(__file__).parent.parent
BIOLOGY = (PROJECT / "examples" / "biology" / "grades.csv").read_bytes()
CANVAS = (PROJECT / "examples" / "chemistry" / "canvas.csv").read_bytes()


@pytest.fixture
def module():
    """Return what page.py defines."""
    return runpy.run_path(str(PROJECT / "docs" / "try" / "page.py"))


@pytest.fixture
def page(module):
    """Return the page with the example opened and a learner chosen whose exam is not marked yet."""
    page = module["Page"]()
    page.open(BIOLOGY, "grades.csv")
    page.choose("1006")
    return page


def test_a_file_that_is_opened(module):
    """Opened, a file has its system, the word on its finals with what was inferred, its people and its symbols."""
    opened = module["Page"]().open(BIOLOGY, "grades.csv")
    assert "a file of Brightspace" == opened["kind"]
    assert "8 of 8 finals agree with the file" == opened["notes"][0]
    assert "inferred from the finals, not stated" in opened["notes"][1]
    assert {"id": "1001", "name": "Amina Salim"} == opened["learners"][0]
    assert ([], []) == (opened["problems"], opened["targets"])
    json.dumps(opened)


def test_every_system_has_words_for_what_its_file_is(module):
    """Whatever a file was read as, the page says it in the words of people."""
    assert {each.name for each in pkgutil.iter_modules(lms.__path__) if each.ispkg} == set(module["KINDS"])


def test_a_file_whose_finals_nothing_gives(module):
    """Where no settings give the finals of a file it is said, and it is graded as it was read."""
    notes = module["Page"]().open(CANVAS, "canvas.csv")["notes"]
    assert "3 of 4 finals agree with the file" == notes[0]
    assert notes[1].startswith("no settings that were tried give the file's finals")


@pytest.mark.parametrize("data", [b"", b"a shopping list\nmilk\n", b"Username,End-of-Line Indicator\n"])
def test_what_is_no_grade_file(module, data):
    """A file of no grades, or of nobody, has its problems and nobody to choose."""
    answer = module["attempt"](module["Page"]().open, data, "list.csv")
    opened = answer.get("value", {"problems": [answer.get("error")]})
    assert opened["problems"]
    assert "learners" not in opened


def test_the_items_of_a_learner(page):
    """Each item has its mark, if it has one, its maximum, and whether the learner is exempt from it."""
    items = {item["id"]: item for item in page.choose("1006")}
    assert ["HW 1", "HW 2", "HW 3", "HW 4", "Midterm 1", "Midterm 2", "Final exam"] == list(items)
    exam = {"id": "Final exam", "name": "Final exam", "max": 100.0, "shown_max": "100", "mark": None, "exempt": False}
    assert exam == items["Final exam"]
    assert 10.0 == items["HW 4"]["mark"]
    assert {item["id"]: item for item in page.choose("1003")}["HW 3"]["exempt"]


def test_what_is_supposed(page):
    """A supposed mark changes the final, and the page says what changed and why; nothing supposed changes nothing."""
    then = page.suppose({"Final exam": 84.0})
    assert ("85.74 %", "85.13 %") == (then["before"], then["final"])
    assert "85.13&nbsp;% instead of 85.74&nbsp;%" in then["changes"]
    assert "weighted mean" in then["report"]
    assert "" == page.suppose({})["changes"]
    assert ("86.38 %", "84.46 %") == tuple(page.suppose(each)["final"] for each in ({"HW 4": "none"}, {"HW 1": "none"}))
    assert "exempt, was counted" in page.suppose({"HW 1": "exempt"})["changes"]


def test_what_is_needed(module, page):
    """What is needed counts what is supposed of other work, for a percent or a pass, and refuses other words."""
    assert "40.76" in page.need("Final exam", "70 %", {"Final exam": 3.0})
    assert "88.88" in page.need("Final exam", "70,04", {"Midterm 1": 0.0})
    assert "Say for which percent" in page.need("Final exam", "", {})
    assert "out of reach" in page.need("Final exam", "pass", {})
    assert "is no symbol" in module["attempt"](page.need, "Final exam", "Q", {})["error"]


def test_symbols_that_a_person_states(module, page):
    """With cut-offs that a person states the final has a symbol, and each has a row of what is needed for it."""
    assert ["A", "B", "F"] == page.letter("A=85; B=70, F=0")
    assert "85.74 % A" == page.suppose({})["final"]
    rows = page.need("Final exam", "", {})
    assert "for A" in rows
    assert "for B" in rows
    assert "40.76" in page.need("Final exam", "B", {})
    assert "error" in module["attempt"](page.letter, "A=high")
    assert [] == page.letter("")


def test_the_page_asks_for_nothing_but_its_own():
    """The page may load and ask only what stands beside it, so that nothing leaves the browser."""
    html = (PROJECT / "docs" / "try" / "index.html").read_text(encoding="utf-8")
    policy = html.partition('Content-Security-Policy" content="')[2].partition('"')[0]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert ("'none'", "'self'", "'none'") == (rules["default-src"], rules["connect-src"], rules["form-action"])
    assert "//" not in policy
