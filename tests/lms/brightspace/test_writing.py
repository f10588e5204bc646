# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A grades file for Brightspace's importer: what was read is what is written, and what cannot be written is named."""

import csv
from fractions import Fraction
from io import StringIO

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gradecalc import (
    EXEMPT,
    UNGRADED,
    Band,
    CalculatedItem,
    Category,
    DefinitionError,
    DropRule,
    FormulaItem,
    Gradebook,
    GradeItem,
    GradeScheme,
    ItemKind,
    Mark,
    Rounding,
    RoundingMode,
    Severity,
    WeightedMean,
    WeightUnit,
    compile_gradebook,
    grade,
)
from gradecalc.lms.brightspace import (
    Headings,
    Key,
    read,
    write,
)
from gradecalc.lms.imported import Learner, Recorded

LEVELS = GradeScheme((Band("Poor", 0, value=20), Band("Good", 50), Band("=1", 70)))
BOOK = Gradebook(
    [
        Category(
            "Labs",
            [GradeItem("Lab 1", 10, weight=50), GradeItem("Lab 2", 20, weight=50)],
            weight=40,
        ),
        GradeItem("Exam", 80, weight=60),
        GradeItem("Attended", 5, kind=ItemKind.PASS_FAIL),
        GradeItem("Level", 10, kind=ItemKind.SELECTBOX, scheme=LEVELS),
        GradeItem("Feedback", kind=ItemKind.TEXT),
        FormulaItem("Hurdle", formula="[Exam.Percent]", max_points=100),
        CalculatedItem("So far", items=["Labs"]),
    ],
    aggregation=WeightedMean(),
    shown=Rounding(2, RoundingMode.HALF_EVEN),
)
ITEMS = ["Lab 1", "Lab 2", "Exam", "Attended", "Level", "Feedback"]


def rows(exported):
    """Return the rows of a file, each by its headings."""
    return list(csv.DictReader(StringIO(exported.text, newline="")))


def header(exported):
    """Return the headings of a file."""
    return next(csv.reader(StringIO(exported.text, newline="")))


def codes(exported, severity=None):
    """Return the codes of the problems of marks and learners."""
    return [
        each.code for each in exported.problems if each.code != "computed_item" and severity in (None, each.severity)
    ]


def row(marks, **choices):
    """Return the one row of a file for one learner, by the names of the items."""
    exported = write(BOOK, {"7": marks}, **choices)
    (cells,) = rows(exported)
    return {name.removesuffix(" Points Grade"): cell for name, cell in cells.items()}, exported


def test_headings_are_what_the_importer_asks_for():
    """Numbers and passes are points grades, selectboxes symbols, texts text grades; the last column ends the line."""
    assert [
        "OrgDefinedId",
        "Lab 1 Points Grade",
        "Lab 2 Points Grade",
        "Exam Points Grade",
        "Attended Points Grade",
        "Level Grade Symbol",
        "Feedback Text Grade",
        "End-of-Line Indicator",
    ] == header(write(BOOK, {}))


def test_keys_and_the_end_of_the_line_have_a_number_sign():
    """The key is written as an export writes it, and every line ends as the importer expects."""
    cells, _ = row({"Exam": 62})
    assert ("#7", "62", "#") == (cells["OrgDefinedId"], cells["Exam"], cells["End-of-Line Indicator"])


def test_computed_items_are_left_out_and_noted():
    """What the system works out itself cannot be imported, and each such item is named at its place."""
    found = [(each.path, each.severity) for each in write(BOOK, {}).problems if each.code == "computed_item"]
    assert [("children[5]", Severity.NOTICE), ("children[6]", Severity.NOTICE)] == found


@pytest.mark.parametrize(
    ("item", "mark", "cell"),
    [
        ("Exam", 62, "62"),
        ("Exam", 0.1, "0.1"),
        ("Exam", Fraction(-1, 8), "-0.125"),
        ("Exam", Mark(62), "62"),
        ("Exam", Mark(62, 80), "62"),
        ("Exam", EXEMPT, "Exempt"),
        ("Exam", None, ""),
        ("Exam", UNGRADED, ""),
        ("Exam", Mark(), ""),
        ("Attended", True, "5"),
        ("Attended", False, "0"),
        ("Attended", 3, "3"),
    ],
)
def test_marks_are_written_exactly(item, mark, cell):
    """A number is written in decimals, a pass as full points, an exemption as its token, and nothing as nothing."""
    cells, exported = row({item: mark})
    assert (cell, []) == (cells[item], codes(exported))


def test_symbols_and_texts_are_written_as_they_are():
    """A symbol of the scheme and a text are their own cells."""
    cells, exported = row({"Level": "Good", "Feedback": 'so, "so"'})
    assert ("Good", 'so, "so"', []) == (cells["Level Grade Symbol"], cells["Feedback Text Grade"], codes(exported))


def test_a_number_without_decimals_is_rounded_to_nine_places_and_noted():
    """Brightspace stores nine decimals, so that a third is written as such, to the nearest, and the notice says so."""
    cells, exported = row({"Exam": Fraction(200, 3)})
    assert "66.666666667" == cells["Exam"]
    assert [("rounded", "marks['7']['Exam']", Severity.NOTICE)] == [
        (each.code, each.path, each.severity) for each in exported.problems if each.code == "rounded"
    ]


@pytest.mark.parametrize(
    ("marks", "code", "path"),
    [
        ({"Exam": "abc"}, "unreadable_mark", "marks['7']['Exam']"),
        ({"Exam": Mark(4, 5)}, "own_maximum", "marks['7']['Exam']"),
        ({"Level": 7}, "no_symbol", "marks['7']['Level']"),
        ({"Feedback": " exempt"}, "reads_as_exempt", "marks['7']['Feedback']"),
        ({"Labs": 20}, "no_column", "marks['7']['Labs']"),
        ({"Hurdle": EXEMPT}, "no_column", "marks['7']['Hurdle']"),
        ({"So far": 3}, "no_column", "marks['7']['So far']"),
        ({"Exan": 3}, "unknown_id", "marks['7']['Exan']"),
        ({"final": EXEMPT}, "exempt_final", "marks['7']['final']"),
        ({"final": "B"}, "unreadable_mark", "marks['7']['final']"),
    ],
)
def test_what_a_file_cannot_carry_is_left_out_and_named(marks, code, path):
    """A mark that the importer would refuse, or take for another, is an error at its place, and its cell is blank."""
    exported = write(BOOK, {"7": marks})
    assert [code] == codes(exported, Severity.ERROR)
    assert path == exported.problems[-1].path
    assert {"#7", "#", ""} == set(rows(exported)[0].values())


def test_a_record_that_is_none_has_a_blank_row():
    """What is no record of marks is an error of that learner alone."""
    exported = write(BOOK, {"7": [62], "8": {"Exam": 62}})
    assert [("not_marks", "marks['7']")] == [
        (each.code, each.path) for each in exported.problems if each.severity is Severity.ERROR
    ]
    assert ["", "62"] == [each["Exam Points Grade"] for each in rows(exported)]


@pytest.mark.parametrize(
    ("marks", "code", "name", "cell"),
    [
        ({"Exam": Mark(62, exempt=True)}, "exempt_number", "Exam Points Grade", "Exempt"),
        ({"Exam": Mark(62, by="Ada")}, "circumstances", "Exam Points Grade", "62"),
        ({"Exam": Mark(62, note="late")}, "circumstances", "Exam Points Grade", "62"),
        ({"Feedback": " well "}, "blanks", "Feedback Text Grade", " well "),
    ],
)
def test_what_is_lost_beside_a_mark_is_noted(marks, code, name, cell):
    """The number of an exempt mark, notes, and blanks around a text do not come back, and a notice says so."""
    exported = write(BOOK, {"7": marks})
    assert [code] == codes(exported, Severity.NOTICE) == codes(exported)
    assert cell == rows(exported)[0][name]


@pytest.mark.parametrize("exemption", [EXEMPT, Mark(exempt=True), Mark(EXEMPT)])
def test_an_exempt_category_exempts_what_is_in_it(exemption):
    """Brightspace exempts items, so that the exemption of a category is written for each of its items."""
    cells, exported = row({"Labs": exemption, "Lab 1": 5, "Exam": 62})
    assert ["Exempt", "Exempt", "62"] == [cells[name] for name in ITEMS[:3]]
    assert [("exempt_number", "marks['7']['Lab 1']")] == [
        (each.code, each.path) for each in exported.problems if each.path.startswith("marks")
    ]


def test_what_an_exempt_category_keeps_and_where_nothing_in_it_has_a_column_is_reported():
    """The number kept for a category is lost with a notice, an exemption that no cell can hold with an error (X15)."""
    kept = write(BOOK, {"7": {"Labs": Mark(20, exempt=True)}})
    assert ["exempt_number"] == codes(kept, Severity.NOTICE)
    only = Gradebook(
        [Category("Sums", [FormulaItem("Sum", formula="[Exam.Percent]", max_points=5)]), GradeItem("Exam", 10)]
    )
    lost = write(only, {"7": {"Sums": EXEMPT}})
    assert ["no_column"] == codes(lost, Severity.ERROR)


def test_an_exempt_category_is_exempt_in_what_is_read_back():
    """Written and read, a learner who was exempt from a category still is, and has the same grade (X15)."""
    marks = {"Labs": EXEMPT, "Lab 1": 5, "Exam": 62}
    imported = read(write(compile_gradebook(BOOK), {"7": marks}, headings=Headings.EXPORT).text)
    before, after = grade(BOOK, marks), grade(imported.gradebook, imported.marks["7"])
    assert ("Exempt", before.final.percent) == (after["Labs"].shown, after.final.percent)


def test_the_token_of_exemption_is_the_one_that_was_read():
    """A file that is read and written back has the word that it had."""
    text = "Username,Q Points Grade <Numeric MaxPoints:5>\r\n#ada,EXEMPT\r\n"
    imported = read(text)
    exported = write(imported.gradebook, imported.marks, learners=imported.learners, exempt=imported.exempt_token)
    assert [{"Username": "#ada", "Q Points Grade": "EXEMPT", "End-of-Line Indicator": "#"}] == rows(exported)


def test_an_exemption_is_never_written_as_a_blank():
    """A file in which nobody was exempt has no word for it, and the usual one is written."""
    token = read("Username,Q Points Grade <Numeric MaxPoints:5>\nada,3").exempt_token
    assert ("", "Exempt") == (token, row({"Exam": EXEMPT}, exempt=token)[0]["Exam"])


def test_a_file_with_several_words_for_an_exemption_is_noted():
    """The first word is kept, and each cell with another is named."""
    imported = read("Username,Q Points Grade <Numeric MaxPoints:5>\nada,EXEMPT\nbob,Exempt\neve,EXEMPT")
    assert "EXEMPT" == imported.exempt_token
    assert ["other_exempt_token"] == [each.code for each in imported.problems if each.path.startswith("row 3")]


ADA = Learner("1001", "1001", "ada", "Ada", "Byron", "ada@example.org")


@pytest.mark.parametrize(
    ("choices", "identity"),
    [
        ({}, {"OrgDefinedId": "#1001"}),
        ({"key": Key.USERNAME}, {"Username": "#1001"}),
        ({"learners": {"1001": ADA}}, {"OrgDefinedId": "#1001", "Username": "#ada"}),
        ({"learners": {"1001": ADA}, "key": "Username"}, {"Username": "#ada"}),
        (
            {"learners": {"1001": ADA}, "headings": Headings.EXPORT},
            {
                "OrgDefinedId": "#1001",
                "Username": "#ada",
                "Last Name": "Byron",
                "First Name": "Ada",
                "Email": "ada@example.org",
            },
        ),
    ],
)
def test_learners_are_named_by_what_is_known_of_them(choices, identity):
    """Without more the id is the key; the form of an export has names too."""
    exported = write(Gradebook(), {"1001": {}}, **choices)
    assert [{**identity, "End-of-Line Indicator": "#"}] == rows(exported)


def test_learners_of_another_system_come_back_by_other_ids_and_that_is_noted():
    """Brightspace knows nobody by Canvas's number, so the institution's id is written in its place."""
    people = {"811": Learner("811", institution_id="S1"), "812": Learner("812", institution_id="S2")}
    exported = write(Gradebook([GradeItem("Q", 5)]), {id_: {"Q": 3} for id_ in people}, learners=people)
    assert ["S1", "S2"] == list(read(exported.text).marks)
    assert [("other_id", "learners['811']")] == [(each.code, each.path) for each in exported.problems]
    same = write(Gradebook([GradeItem("Q", 5)]), {"S1": {"Q": 3}}, learners={"S1": people["811"]})
    assert () == same.problems


@pytest.mark.parametrize(
    ("learners", "key", "code", "path"),
    [
        ({"2": Learner("2", username="bob")}, Key.ORG_DEFINED_ID, "no_learner_id", "learners['2']"),
        ({"2": Learner("2", institution_id="1")}, None, "duplicate_learner", "learners['2']"),
    ],
)
def test_a_learner_without_a_key_of_their_own_has_no_row(learners, key, code, path):
    """The importer could not tell whose row it is, so that there is none, and the learner is named."""
    exported = write(Gradebook(), {"1": {}, "2": {}}, learners=learners, key=key)
    assert [(code, path)] == [(each.code, each.path) for each in exported.problems]
    assert ["#1"] == [each["OrgDefinedId"] for each in rows(exported)]


@pytest.mark.parametrize(
    ("marks", "finals", "cells"),
    [
        ({"final": 71}, None, ("71", "100")),
        ({"final": Mark(71, 120)}, None, ("71", "120")),
        ({}, {"adjusted": Recorded(90, 100)}, ("90", "100")),
        ({"final": 71}, {"adjusted": Recorded(90, 100)}, ("90", "100")),
        ({"final": 71}, {"calculated": Recorded(89, 100)}, ("71", "100")),
    ],
)
def test_the_adjusted_final_grade_can_be_imported(marks, finals, cells):
    """It is the adjusted one that is recorded, or else the mark for the final; a weighted one is out of 100."""
    (row_,) = rows(write(BOOK, {"7": marks}, finals=finals and {"7": finals}))
    assert cells == (row_["Adjusted Final Grade Numerator"], row_["Adjusted Final Grade Denominator"])


def test_a_final_grade_without_a_maximum_is_left_out():
    """What a sum of points is out of depends on the learner, so that it must be stated."""
    book = Gradebook([GradeItem("Exam", 80)])
    exported = write(book, {"7": {"final": 71}})
    assert (["no_maximum"], False) == (codes(exported), "Adjusted" in exported.text)
    assert [] == codes(write(Gradebook([GradeItem("Exam", 80)], max_points=50), {"7": {"final": 41}}))


def test_a_calculated_final_grade_is_left_out_and_noted():
    """Brightspace takes adjusted final grades alone."""
    exported = write(Gradebook(), {"7": {}}, finals={"7": {"calculated": Recorded(89, 100)}})
    assert (["calculated_final"], False) == (codes(exported, Severity.NOTICE), "Final" in exported.text)


def test_finals_without_marks_have_a_row():
    """A learner of whom nothing but the final grade is known is written too."""
    exported = write(Gradebook(), {}, finals={"7": {"adjusted": Recorded(90, 100)}})
    assert ["90"] == [each["Adjusted Final Grade Numerator"] for each in rows(exported)]


@pytest.mark.parametrize(
    ("book", "code", "path"),
    [
        ([GradeItem("Q", 5), GradeItem("Q", 6, id="Q2")], "duplicate_name", "children[1].name"),
        ([GradeItem("a Points Grade <b", 5)], "ambiguous_heading", "children[0].name"),
        ([Category(" ", [GradeItem("Q", 5)])], "ambiguous_heading", "children[0].children[0].name"),
        ([GradeItem(" Q", 5)], "ambiguous_heading", "children[0].name"),
    ],
)
def test_an_item_whose_heading_would_be_read_as_anothers_is_left_out(book, code, path):
    """Headings are read back before they are used, and an item that is not found in its own has no column."""
    exported = write(Gradebook(book), {}, headings=Headings.EXPORT)
    assert (code, path, Severity.ERROR) in [(each.code, each.path, each.severity) for each in exported.problems]
    assert len(header(exported)) == 1 + len(book)


@pytest.mark.parametrize("name", ["Read, write", "1/2", 'the "big" one', "a" * 129])
def test_a_name_that_brightspace_refuses_is_written_and_noted(name):
    """The file is as sound as any, and the notice says what the importer is known not to take."""
    exported = write(Gradebook([GradeItem(name, 5)]), {})
    assert ["refused_name"] == codes(exported, Severity.NOTICE) == codes(exported)
    assert f"{name} Points Grade" == header(exported)[1]


def test_a_gradebook_that_does_not_compile_is_refused():
    """Nothing is written by a wrong definition."""
    with pytest.raises(DefinitionError):
        write(Gradebook([GradeItem("Exam")]), {})


DANGEROUS = ["=1+1", "+x", "-x", "@SUM(A1)", "\t=1", "\r=1", "\n=1"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_cells_that_a_spreadsheet_would_run_are_made_safe_on_request(text):
    """An apostrophe stands before them and a notice names them; otherwise they are written as they are."""
    marks = {"7": {"Feedback": text}}
    assert f"'{text}" == rows(write(BOOK, marks, safe=True))[0]["Feedback Text Grade"]
    assert text == rows(write(BOOK, marks))[0]["Feedback Text Grade"]
    assert ["row 2, column 'Feedback Text Grade'"] == [
        each.path for each in write(BOOK, marks, safe=True).problems if each.code == "made_safe"
    ]


def test_numbers_names_and_headings_are_made_safe_too():
    """A negative number stays a number; a symbol and a heading that look like a formula do not."""
    book = Gradebook([GradeItem("=Q", 5), GradeItem("Level", 10, kind=ItemKind.SELECTBOX, scheme=LEVELS)])
    exported = write(book, {"7": {"=Q": -2.5, "Level": "=1"}}, safe=True)
    assert [("-2.5", "'=1")] == [(each["'=Q Points Grade"], each["Level Grade Symbol"]) for each in rows(exported)]


def test_the_form_of_an_export_restores_the_gradebook():
    """Names, maxima, weights and categories come back, and nothing is noted where that is all there is."""
    book = Gradebook(
        [
            Category("Labs, and more", [GradeItem("Lab 1", 10, weight=50), GradeItem("Lab 2", 20.5)], weight=40),
            GradeItem("Exam", 80, weight=60),
            GradeItem("Attended", 5, kind=ItemKind.PASS_FAIL, weight=0),
            GradeItem("Feedback", kind=ItemKind.TEXT),
        ],
        aggregation=WeightedMean(),
        shown=Rounding(2, RoundingMode.HALF_EVEN),
    )
    exported = write(book, {"7": {}}, headings=Headings.EXPORT)
    assert (book, ()) == (read(exported.text).gradebook, exported.problems)
    assert "Exam Points Grade <Numeric MaxPoints:80 Weight:60>" in header(exported)


def test_shares_are_written_as_percents():
    """A file has weights in percent, whatever a gradebook states them in (W11)."""
    items = [GradeItem("Quiz", 10, weight=0.4), GradeItem("Exam", 80, weight=0.6)]
    book = Gradebook(items, aggregation=WeightedMean(), weights_in=WeightUnit.SHARE)
    exported = write(book, {"7": {}}, headings=Headings.EXPORT)
    assert "Exam Points Grade <Numeric MaxPoints:80 Weight:60>" in header(exported)


@pytest.mark.parametrize(
    "book",
    [
        Gradebook([Category("A", [GradeItem("Q", 5)], drop=DropRule(lowest=1))]),
        Gradebook([Category("A", [Category("B", [GradeItem("Q", 5)])])]),
        Gradebook([GradeItem("Q", 5, id="q")]),
        Gradebook([GradeItem("Q", 5, bonus=True), GradeItem("R", 5)]),
        Gradebook([GradeItem("Q", 5)], aggregation=WeightedMean()),
        Gradebook([GradeItem("Q", 5, weight=3)]),
        Gradebook([GradeItem("Q", 5)], scheme=LEVELS),
    ],
)
def test_what_the_form_of_an_export_cannot_carry_is_noted(book):
    """The headings are read back, and a notice says that the gradebook is more than they say."""
    exported = write(book, {}, headings=Headings.EXPORT)
    assert ["not_in_export"] == codes(exported, Severity.NOTICE) == codes(exported)


def test_a_file_is_read_by_a_gradebook_that_is_known():
    """The columns of the importer's form are found by name, and ids, kinds and symbols are those of the gradebook."""
    book = Gradebook(
        [
            Category("Q", [GradeItem("Q", 5, id="q1")], id="c"),
            GradeItem("Level", 10, kind=ItemKind.SELECTBOX, scheme=LEVELS),
        ]
    )
    text = "Username,Q Points Grade,Level Grade Symbol,R Points Grade,Q Subtotal Numerator\nada,4,Good,1,3"
    imported = read(text, gradebook=book)
    assert (book, {"ada": {"q1": 4, "Level": "Good"}}) == (imported.gradebook, imported.marks)
    assert {"ada": {"c": Recorded(3)}} == imported.recorded
    assert [("unknown_column", "row 1, column 'R Points Grade'")] == [(e.code, e.path) for e in imported.problems]


def test_a_text_without_headings_leaves_the_known_gradebook():
    """Nothing is read, and the gradebook is still the one that was given."""
    assert BOOK == read("", gradebook=BOOK).gradebook


@pytest.mark.parametrize(("column", "cell", "mark"), [("Grade Symbol", "7", "7"), ("Points Grade", "7", 7)])
def test_a_selectbox_is_read_by_what_its_column_holds(column, cell, mark):
    """In a column of symbols `7` is a symbol, and in one of points it is seven points."""
    imported = read(f"Username,Level {column}\nada,{cell}", gradebook=BOOK)
    assert {"ada": {"Level": mark}} == imported.marks


NASTY = st.sampled_from(
    ["a, b", 'a "b"', "a\nb", "a\r\nb", "a;b", "a\tb", "=1", "Ünï 漢字 🎓", "a <b>", "Weight:3", "x:"]
)
NAMES = (NASTY | st.text(min_size=1, max_size=8)).map(str.strip).filter(lambda name: name not in ("", "final"))
DECIMALS = st.builds(lambda over, places: Fraction(over, 10**places), st.integers(-(10**9), 10**12), st.integers(0, 12))
AMOUNTS = DECIMALS.map(abs)
TEXTS = NAMES.filter(lambda text: text.casefold() != "exempt")
IDS = st.text(max_size=5).map(lambda id_: f"{id_.strip()}7")
"""Ids of learners, with a digit each: without one some would be taken for names (J32)."""


KINDS = {
    True: st.sampled_from(ItemKind),
    False: st.sampled_from([kind for kind in ItemKind if kind is not ItemKind.SELECTBOX]),
}
LISTED, WITHIN = st.lists(NAMES, min_size=1, max_size=6, unique=True), NAMES | st.none()
WEIGHTS = st.sampled_from((AMOUNTS, st.none()))
OF_KIND = {ItemKind.TEXT: TEXTS, ItemKind.SELECTBOX: st.sampled_from([band.symbol for band in LEVELS.bands])}
CELLS = {kind: st.just(EXEMPT) | OF_KIND.get(kind, DECIMALS) for kind in ItemKind}


@st.composite
def classes(draw, *, symbols=True):
    """Draw a gradebook that an export can carry, but for symbols, and marks that a file can."""
    weights, names = draw(WEIGHTS), draw(LISTED)
    children, items = [], []
    for name in names:
        kind = draw(KINDS[symbols])
        plain = kind is ItemKind.TEXT
        item = GradeItem(
            name,
            None if plain else draw(AMOUNTS),
            kind=kind,
            weight=None if plain else draw(weights),
            scheme=LEVELS if kind is ItemKind.SELECTBOX else None,
        )
        items.append(item)
        within = draw(WITHIN)
        alone = plain or within is None or within in (*names, *(child.name for child in children))
        children.append(item if alone else Category(within, [item], weight=draw(weights)))
    aggregation = {"aggregation": WeightedMean()} if any(item.weight is not None for item in items) else {}
    book = Gradebook(children, shown=Rounding(2, RoundingMode.HALF_EVEN), **aggregation)
    record = st.fixed_dictionaries({}, optional={item.id: CELLS[item.kind] for item in items})
    return book, draw(st.dictionaries(IDS, record, max_size=4))


def check(exported):
    """Look only at files that carry everything: what an error names is left out, and so are ids that are none."""
    assume(all(each.severity is Severity.NOTICE for each in exported.problems))


@settings(max_examples=1000)
@given(classes(), st.sampled_from(["Exempt", "EX"]))
def test_what_is_written_for_the_importer_is_read_back(class_, token):
    """Marks come back exactly, whatever the names, the texts and the word for an exemption."""
    book, marks = class_
    exported = write(book, marks, exempt=token)
    check(exported)
    assert marks == read(exported.text, gradebook=book, exempt=token).marks


@settings(max_examples=1000)
@given(classes(symbols=False))
def test_what_is_written_in_the_form_of_an_export_is_read_back(class_):
    """Marks come back exactly, and the gradebook with them."""
    book, marks = class_
    exported = write(book, marks, headings=Headings.EXPORT)
    check(exported)
    imported = read(exported.text)
    assert (book, marks) == (imported.gradebook, imported.marks)


@given(classes(), st.sampled_from(Headings))
def test_a_file_reads_the_same_with_its_lines_and_encoding_changed(class_, form):
    """As bytes in UTF-8, and written twice over, a file says the same."""
    book, marks = class_
    exported = write(book, marks, headings=form)
    again = read(exported.text, gradebook=book)
    assert exported.text == write(book, again.marks, headings=form).text
    assert again == read(exported.text.encode("utf-8", errors="surrogatepass"), gradebook=book)


@given(
    classes(),
    st.dictionaries(IDS, st.dictionaries(st.text(max_size=3), st.none() | st.text() | st.floats() | st.booleans())),
)
def test_no_record_makes_writing_raise(class_, marks):
    """What is no mark is a problem, and the others are written."""
    book, _ = class_
    exported = write(book, {**marks, "x": {book.children[0].id: [1]}}, safe=True)
    assert exported.problems
    assert len(rows(exported)) >= 1
