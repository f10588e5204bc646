# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Names that stand where they should not are in the marks, and in no problem, error or repr."""

import copy
from itertools import combinations

import pytest

from gradecalc import MarksError, grade_many, lms
from gradecalc.exact import describe
from gradecalc.lms.unshown import may_be_a_name, unshown

FORMS = {
    "canvas": (
        "Student|ID|SIS Login ID|Section|Quiz (101)|Essay (102)|Final Score",
        "    Points Possible||||10|20|(read only)",
        "Quarxton, Zebulonia|11|u1@x.org|A|8|9|56.67",
    ),
    "moodle": (
        "First name|Last name|ID number|Unit|Email address|Quiz: V (Real)|Quiz: V (Percentage)|Course total (Real)",
        "Zebulonia|Quarxton|11||u1@x.org|8|80 %|8",
    ),
    "gradescope": ("First Name|Last Name|SID|Email|Lab|Lab - Max Points", "Zebulonia|Quarxton|11|u1@x.org|8|10"),
    "blackboard": (
        "Last Name|First Name|Username|Total [Total Pts: up to 10 Score] |5|Quiz [Total Pts: 10 Score] |6",
        "Quarxton|Zebulonia|u1|8|8",
    ),
    "openedx": (
        "Student ID|Email|Username|Last Name|Grade|Homework 1: A|Homework (Avg)|Enrollment Track",
        "11|u1@x.org|u1|Quarxton|0.5|0.5|0.5|audit",
    ),
    "brightspace": (
        (
            "OrgDefinedId|Last Name|First Name|Q Points Grade <Numeric MaxPoints:10>|T Grade Symbol|Calculated Final "
            "Grade Numerator|Calculated Final Grade Denominator|End-of-Line Indicator"
        ),
        "#11|Quarxton|Zebulonia|8|Good|8|10|#",
    ),
}
WHO = ("quarxton", "zebulonia", "vorbankt", "wilhelmixa")
OTHERS = (("Vorbankt", "Wilhelmixa", "12", "u2"), ("Umberland", "Xanthippe", "13", "u3"))


def rows_of(form):
    """Return the rows of a form, with two more learners under the first."""
    *head, first = (line.replace("] |", "] ¦").split("|") for line in FORMS[form])
    others = [
        [
            cell.replace("Quarxton", last).replace("Zebulonia", given).replace("11", number).replace("u1", login)
            for cell in first
        ]
        for last, given, number, login in OTHERS
    ]
    return [*head, first, *others]


def said_of(rows):
    """Return all that is said in problems, errors and reprs of what is read of rows."""
    imported = lms.read("\n".join(",".join(f'"{cell.replace("¦", "|")}"' for cell in row) for row in rows))
    results = [result for _, result in grade_many(imported.gradebook, imported.marks)]
    errors = [each for each in results if isinstance(each, MarksError)]
    compared = lms.reconcile(imported)
    return [repr(imported), *map(str, imported.problems), *map(str, errors), *map(repr, errors), str(compared)]


def names_in(said):
    """Return what is said with a name in it."""
    return [each for each in said if any(name in each.casefold() for name in WHO)]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "name", ["Zebulonia", "quarxton", "Quarxton, Zebulonia", "with Wilhelmixa", "zebulonia.quarxton@x.org"]
)
def test_a_name_in_a_cell_is_told_without_it(form, name):
    """Whichever cell it stands in, the learner's own included, ids aside (J28)."""
    rows = rows_of(form)
    first, places = len(rows) - 3, range(len(rows[0]))
    ids = {place for place in places if rows[0][place] in {"ID", "ID number", "SID", "Email", "Email address"}}
    ids |= {place for place in places if rows[0][place] in {"SIS Login ID", "Username", "Student ID", "OrgDefinedId"}}
    for place in (each for each in places if each not in ids):
        changed = [list(row) for row in rows]
        changed[first][place] = name
        assert [] == names_in(said_of(changed))


@pytest.mark.parametrize("form", FORMS)
def test_cells_that_changed_places_are_told_without_a_name(form):
    """Of one learner, whichever two (J28, J32)."""
    rows = rows_of(form)
    for one, other in combinations(range(len(rows[0])), 2):
        if rows[0][one] == "Username" or rows[0][other] == "Username":
            continue
        changed = [list(row) for row in rows]
        first = changed[-3]
        first[one], first[other] = first[other], first[one]
        assert [] == names_in(said_of(changed))


def test_a_row_whose_id_may_be_a_name_is_known_by_its_number():
    """That is one of words where most others are numbers, or one of several words; nobody is left out (J32)."""
    head = "First Name,Last Name,SID,Email,Lab,Lab - Max Points"
    imported = lms.read(f"{head}\nA,B,17,,8,10\nC,D,18,,9,10\nZoe,Quill,Quill,,7,10\nE,F,x-19,,7,10\nG,H,20,,,\n")
    assert {"17": {"Lab": 8}, "18": {"Lab": 9}, "row 4": {"Lab": 7}, "x-19": {"Lab": 7}, "20": {}} == imported.marks
    assert ["row 4"] == [each.path for each in imported.problems if each.code == "name_for_id"]
    assert ("row 4", "Zoe Quill") == (imported.learners["row 4"].id, imported.learners["row 4"].name)
    imported = lms.read(f'{head}\nA,B,ab,,8,10\nC,D,cd,,9,10\nZoe,Quill,"Quill, Zoe",,7,10\n')
    assert ["ab", "cd", "row 4"] == list(imported.marks)


def test_a_name_that_a_system_knows_somebody_by_is_an_id():
    """A username stays one among numbers (J32)."""
    imported = lms.read(
        "First name,Last name,ID number,Username,Quiz: V (Real)\nA,B,17,a,8\nC,D,18,c,9\nZoe,Quill,,zoe,7\n"
    )
    assert ["17", "18", "zoe"] == list(imported.marks)


@pytest.mark.parametrize("text", ["A-", "B+", "8/10", "7,5.0", "--", "#REF!", "not submitted", "EX", "inválida"])
def test_what_is_no_name_is_shown(text):
    """Letters alone, signs, numbers and words of grade books are (J28)."""
    assert not may_be_a_name(text)
    assert repr(text) == repr(unshown(text))


def test_a_text_that_may_be_a_name_is_what_it_is():
    """It is equal to itself, prints itself, and stays so when it is copied; a message about it has other words."""
    text = copy.deepcopy(unshown("Zoe " * 40))
    assert ("Zoe " * 40, "Zoe " * 40, "a text that may be a name") == (text, str(text), describe(text))
