# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The Brightspace grade export: invented files in the forms that real ones have."""

import pickle
from fractions import Fraction

import pytest

from gradecalc import (
    EXEMPT,
    Category,
    DefinitionError,
    Distribution,
    Gradebook,
    GradeItem,
    ItemKind,
    MarksError,
    Report,
    Rescale,
    Rounding,
    RoundingMode,
    Severity,
    SumOfPoints,
    UngradedPolicy,
    WeightedMean,
    compile_gradebook,
    grade,
    grade_many,
)
from gradecalc.lms.brightspace import Key, read
from gradecalc.lms.imported import Learner, Recorded

HEADINGS = (
    "OrgDefinedId",
    "Username",
    "Last Name",
    "First Name",
    "Email",
    "HW 1 Points Grade <Numeric MaxPoints:6 Weight:50 Category:Homework CategoryWeight:25>",
    "HW 2 Points Grade <Numeric MaxPoints:8 Weight:50 Category:Homework CategoryWeight:25>",
    "Homework Subtotal Numerator",
    "Homework Subtotal Denominator",
    "Midterm 1 Points Grade <Numeric MaxPoints:100 Weight:50 Category:Midterm Exams CategoryWeight:40>",
    "Midterm 2 Points Grade <Numeric MaxPoints:100 Weight:50 Category:Midterm Exams CategoryWeight:40>",
    "Midterm Exams Subtotal Numerator",
    "Midterm Exams Subtotal Denominator",
    "Exam Points Grade <Numeric MaxPoints:120 Weight:35>",
    "Exam Scheme Symbol",
    "Feedback Text Grade <Text>",
    "Calculated Final Grade Numerator",
    "Calculated Final Grade Denominator",
    "Calculated Final Grade Scheme Symbol",
    "Adjusted Final Grade Numerator",
    "Adjusted Final Grade Denominator",
    "End-of-Line Indicator",
)
ADA = "#1001,#ada,Byron,Ada,ada@example.org,6,4,18.75,25,90,Exempt,36,40,120,A,well done,89.75,100,A,90,100,#"
BOB = "#1002,#bob,Boole,Bob,bob@example.org,,8,25,25,abc,70,,,,,,,,,,,#"
CLASS = "\n".join([",".join(HEADINGS), ADA, BOB, ""])


def sheet(*headings, rows=()):
    """Write a file with a Username column and the given headings."""
    return "\n".join(",".join(cells) for cells in (("Username", *headings), *rows))


def codes(imported, severity=None):
    """Return the codes of the problems, but for the notice that every export gets."""
    found = [each for each in imported.problems if severity in (None, each.severity)]
    return [each.code for each in found if each.code != "not_in_export"]


def paths(imported, code):
    """Return the paths of the problems with a code."""
    return [each.path for each in imported.problems if each.code == code]


def test_the_gradebook_has_categories_where_their_first_items_stand():
    """A weighted export is a weighted mean of categories and of the items outside them, in the order of the columns."""
    expected = Gradebook(
        [
            Category("Homework", [GradeItem("HW 1", 6, weight=50), GradeItem("HW 2", 8, weight=50)], weight=25),
            Category("Midterm Exams", [GradeItem(f"Midterm {n}", 100, weight=50) for n in (1, 2)], weight=40),
            GradeItem("Exam", 120, weight=35),
            GradeItem("Feedback", kind=ItemKind.TEXT),
        ],
        aggregation=WeightedMean(distribution=Distribution.EVENLY, rescale=Rescale.ALWAYS),
        shown=Rounding(2, RoundingMode.HALF_EVEN),
    )
    assert expected == read(CLASS).gradebook


def test_marks_are_exact_and_blank_is_absent():
    """A number is read by its text, an exemption is an exemption, and a blank cell is no mark."""
    ada = {"HW 1": 6, "HW 2": 4, "Midterm 1": 90, "Midterm 2": EXEMPT, "Exam": 120, "Feedback": "well done"}
    assert {"1001": ada, "1002": {"HW 2": 8, "Midterm 1": "abc", "Midterm 2": 70}} == read(CLASS).marks
    assert Fraction(1, 10) == read(sheet("Q Points Grade <Numeric MaxPoints:1>", rows=[("a", "0.1")])).marks["a"]["Q"]


def test_the_recorded_finals_and_subtotals_stand_beside():
    """What Brightspace worked out is kept with its symbol, by learner, and is no mark."""
    imported = read(CLASS)
    assert {
        "calculated": Recorded(Fraction(359, 4), 100, "A"),
        "adjusted": Recorded(90, 100),
    } == imported.finals["1001"]
    assert {
        "Homework": Recorded(Fraction(75, 4), 25),
        "Midterm Exams": Recorded(36, 40),
        "Exam": Recorded(symbol="A"),
    } == imported.recorded["1001"]
    assert {} == imported.finals["1002"]


def test_the_recorded_final_is_what_the_gradebook_gives():
    """An invented export whose final was worked out by hand gives that final."""
    imported = read(CLASS)
    report = grade(imported.gradebook, imported.marks["1001"])
    assert Fraction(359, 4) == imported.finals["1001"]["calculated"].points == report.final.percent


def test_a_cell_that_is_no_number_stops_its_learner_alone():
    """The raw text stays in the marks, so that one learner is an error in the results and the others are graded."""
    imported = read(CLASS)
    results = [type(result) for _, result in grade_many(imported.gradebook, imported.marks)]
    assert [Report, MarksError] == results
    assert [f"row 3, column {HEADINGS[9]!r}"] == paths(imported, "wrong_value")


def test_learners_carry_their_names_and_hide_them_in_the_repr():
    """A learner's names and address are there to be asked for and are not in the repr."""
    imported = read(CLASS)
    assert Learner("1001", "1001", "ada", "Ada", "Byron", "ada@example.org") == imported.learners["1001"]
    assert "Learner(id='1001')" == repr(imported.learners["1001"])
    assert "Byron" not in repr(imported)
    assert "1001" not in repr(imported)


def test_what_was_imported_hashes_and_pickles():
    """What was imported hashes, and equals its pickle."""
    imported = read(CLASS)
    assert imported == pickle.loads(pickle.dumps(imported))  # noqa: S301 - our own
    assert hash(imported) == hash(read(CLASS))


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + CLASS,
        CLASS.replace(",", "\t"),
        CLASS.replace(",", ";"),
        CLASS.replace("\n", "\r\n"),
        CLASS.replace("\n", "\r"),
        CLASS.replace(",Exempt,", ", eXEMPT ,"),
        CLASS.replace("OrgDefinedId", "#OrgDefinedId").replace("Last Name", "last name"),
        CLASS.encode(),
        CLASS.encode("utf-8-sig"),
        CLASS.encode("utf-16"),
    ],
)
def test_the_same_file_in_another_guise_reads_the_same(text):
    """A byte-order mark, a separator, line ends, the case of a token and the encoding change nothing."""
    assert read(CLASS) == read(text)


def test_blank_lines_are_skipped_and_counted():
    """A blank line is no learner, and later rows keep the number that a spreadsheet shows."""
    imported = read(CLASS.replace(ADA, "\n\n" + ADA))
    assert ["1001", "1002"] == list(imported.marks)
    assert [f"row 5, column {HEADINGS[9]!r}"] == paths(imported, "wrong_value")


def test_every_export_is_noted_to_carry_no_settings():
    """One notice says that drops, bonus and the ungraded policy are not in an export."""
    assert ["not_in_export"] == [each.code for each in read(CLASS.replace("abc", "")).problems]


@pytest.mark.parametrize("policy", UngradedPolicy)
def test_the_ungraded_policy_is_the_readers_choice(policy):
    """The export does not say what ungraded work does, so whoever reads it does."""
    assert policy is read(CLASS, ungraded=policy).gradebook.ungraded


HW = "HW 1 Points Grade <Numeric MaxPoints:10 "


@pytest.mark.parametrize(
    ("heading", "item", "category", "weight"),
    [
        ("Q Points Grade <Numeric MaxPoints:100>", GradeItem("Q", 100), None, None),
        ("Q Points Grade <numeric maxpoints:0.5>", GradeItem("Q", Fraction(1, 2)), None, None),
        ("Q Points Grade <Numeric MaxPoints:12 Weight:1>", GradeItem("Q", 12, weight=1), None, None),
        (HW + "Category:Homework>", GradeItem("HW 1", 10), "Homework", None),
        (HW + "Weight:5 Category:A CategoryWeight:7>", GradeItem("HW 1", 10, weight=5), "A", 7),
        (HW + "Category:A CategoryWeight:7>", GradeItem("HW 1", 10), "A", 7),
        (HW + "Category:Weight:3 <b>: x CategoryWeight:7>", GradeItem("HW 1", 10), "Weight:3 <b>: x", 7),
        (HW + "Category:A CategoryWeight:1 CategoryWeight:7>", GradeItem("HW 1", 10), "A CategoryWeight:1", 7),
        ("<b> > 2? Weight:3 Points Grade <Numeric MaxPoints:4>", GradeItem("<b> > 2? Weight:3", 4), None, None),
        ("My Points Grade Points Grade <Numeric MaxPoints:4>", GradeItem("My Points Grade", 4), None, None),
        ("Essay Text Grade", GradeItem("Essay", kind=ItemKind.TEXT), None, None),
    ],
)
def test_headings_say_what_an_item_is_out_of_and_where_it_stands(heading, item, category, weight):
    """Names may hold blanks, colons, angle brackets and words that look like attributes."""
    imported = read(sheet(heading))
    expected = item if category is None else Category(category, [item], weight=weight)
    assert (expected,) == imported.gradebook.children
    assert [] == codes(imported)


def test_a_name_with_commas_is_quoted():
    """A heading in quotation marks may hold the separator."""
    imported = read('Username,"Read, write Points Grade <Numeric MaxPoints:5 Category:R, W>"\nada,4')
    assert {"ada": {"Read, write": 4}} == imported.marks


def test_without_weights_points_are_summed():
    """An export without a weight is a sum of points, in categories too."""
    imported = read(sheet(HW + "Category:Homework>", "Q Points Grade <Numeric MaxPoints:100>"))
    assert SumOfPoints() == imported.gradebook.aggregation


def test_the_weights_of_a_real_export_may_sum_to_a_hair_less_than_a_hundred():
    """Twelve even shares at nine decimals are scaled to the whole."""
    attributes = "<Numeric MaxPoints:10 Weight:8.333333332 Category:Homework CategoryWeight:25>"
    imported = read(sheet(*(f"HW {n} Points Grade {attributes}" for n in range(12)), rows=[("ada", *["7"] * 12)]))
    assert 70 == grade(imported.gradebook, imported.marks["ada"]).final.percent


@pytest.mark.parametrize(
    ("heading", "item"),
    [
        ("Q Points Grade <PassFail MaxPoints:10>", GradeItem("Q", 10, kind=ItemKind.PASS_FAIL)),
        ("Q Points Grade <pass/fail MaxPoints:10>", GradeItem("Q", 10, kind=ItemKind.PASS_FAIL)),
        ("Q Points Grade <SelectBox MaxPoints:10>", GradeItem("Q", 10)),
        ("Q Points Grade <Calculated MaxPoints:10>", GradeItem("Q", 10, counts=False)),
        ("Q Points Grade <Formula MaxPoints:10>", GradeItem("Q", 10, counts=False)),
    ],
)
def test_kinds_that_no_source_confirms_are_read_and_noted(heading, item):
    """The headings of other kinds of items are guessed, and a notice says so; computed ones do not count."""
    imported = read(sheet(heading, rows=[("ada", "7")]))
    assert (item,) == imported.gradebook.children
    assert ["unconfirmed_heading"] == codes(imported, Severity.NOTICE) == codes(imported)
    assert {"ada": {"Q": 7}} == imported.marks


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("Q Points Grade", "unreadable_heading"),
        ("Q Points Grade <>", "unreadable_heading"),
        ("Q Points Grade <Numeric>", "unreadable_heading"),
        ("Q Points Grade <Numeric MaxPoints:>", "unreadable_heading"),
        ("Q Points Grade <Numeric MaxPoints:ten>", "unreadable_heading"),
        ("Q Points Grade <Numeric MaxPoints:1/2>", "unreadable_heading"),
        ("Q Points Grade <Numeric MaxPoints:-1>", "unreadable_heading"),
        ("Q Points Grade <Numeric MaxPoints:1e999>", "unreadable_heading"),
        ("Q Points Grade <Numeric MaxPoints:1 Weight:-1>", "unreadable_heading"),
        ("Q Points Grade <Numeric MaxPoints:1 Category:C CategoryWeight:x>", "unreadable_heading"),
        ("Q Points Grade <Numeric MaxPoints:1 Size:3>", "unreadable_heading"),
        ("Q Points Grade <Rubric MaxPoints:1>", "unknown_kind"),
        ("Q Grade Symbol", "symbols_without_scheme"),
        ("Q Grade Symbol <Selectbox MaxPoints:10>", "symbols_without_scheme"),
        ("Q Scheme Symbol", "symbols_without_scheme"),
    ],
)
def test_a_column_of_marks_that_cannot_count_is_kept_as_text(heading, code):
    """Where a heading says too little to grade by, the cells stay as text that never counts, and a problem says so."""
    imported = read(sheet(heading, rows=[("ada", "7.0")]))
    out_of = 10 if "MaxPoints:10>" in heading else None
    assert (GradeItem("Q", out_of, kind=ItemKind.TEXT),) == imported.gradebook.children
    assert {"ada": {"Q": "7.0"}} == imported.marks
    assert [code] == codes(imported, Severity.ERROR) == codes(imported)
    assert [f"row 1, column {heading!r}"] == paths(imported, code)


def test_ids_are_unique_and_never_the_gradebooks_own():
    """What shares its name with an item or the gradebook has another id, and a notice says so."""
    imported = read(
        sheet(
            "Homework Points Grade <Numeric MaxPoints:10 Category:Homework>",
            "Homework Points Grade <Numeric MaxPoints:5>",
            "final Points Grade <Numeric MaxPoints:5>",
            "Homework Subtotal Numerator",
            "Homework Scheme Symbol",
            rows=[("ada", "1", "2", "3", "4", "A")],
        )
    )
    ids = ("final", "Homework (category)", "Homework", "Homework (item 2)", "final (item)")
    assert ids == compile_gradebook(imported.gradebook).ids
    assert {"Homework": 1, "Homework (item 2)": 2, "final (item)": 3} == imported.marks["ada"]
    assert {"Homework (category)": Recorded(4), "Homework": Recorded(symbol="A")} == imported.recorded["ada"]
    assert ["renamed"] * 3 == codes(imported, Severity.NOTICE) == codes(imported)


@pytest.mark.parametrize(
    ("headings", "code"),
    [
        (["Quiz"], "unknown_column"),
        (["Quiz Weighted Grade Numerator"], "unknown_column"),
        (["U\u017fername"], "unknown_column"),
        (["Calculated Final Grade \u017fcheme Symbol"], "unknown_column"),
        (["Username"], "duplicate_column"),
        (["Q Points Grade <Numeric MaxPoints:5>"] * 2, "duplicate_column"),
        (["Homework Subtotal Numerator"], "unknown_result"),
        ([HW + "Category:A CategoryWeight:7>", "B" + HW + "Category:A CategoryWeight:8>"], "other_category_weight"),
    ],
)
def test_columns_that_are_not_read_are_named(headings, code):
    """A column of which nothing, or nothing more, can be made is named by a problem at its heading."""
    imported = read(sheet(*headings, rows=[("ada", *["3"] * len(headings))]))
    assert [code] == codes(imported, Severity.ERROR) == codes(imported)
    assert [f"row 1, column {headings[-1]!r}"] == paths(imported, code)


@pytest.mark.parametrize(
    ("heading", "out_of", "mark"),
    [
        ("Q Scheme Symbol", 100, 99),
        ("Q Grade Symbol <Selectbox MaxPoints:10>", 10, Fraction(99, 10)),
    ],
)
def test_symbols_that_are_percents_are_marks(heading, out_of, mark):
    """Where every symbol of an item is a percent, it counts, and a notice says so (J26)."""
    imported = read(sheet(heading, rows=[("ada", "99 %"), ("bob", ""), ("eve", "100%")]))
    assert (GradeItem("Q", out_of),) == imported.gradebook.children
    assert {"ada": {"Q": mark}, "bob": {}, "eve": {"Q": out_of}} == imported.marks
    assert ["symbols_are_percents"] == codes(imported, Severity.NOTICE) == codes(imported)


def test_symbols_among_which_are_words_are_kept_as_text():
    """A pass is no percent, and neither is a bare number, which may be a symbol of the scheme."""
    imported = read(sheet("Q Scheme Symbol", rows=[("ada", "99 %"), ("bob", "Pass")]))
    assert {"ada": {"Q": "99 %"}, "bob": {"Q": "Pass"}} == imported.marks
    assert ["symbols_without_scheme"] == codes(imported, Severity.ERROR)


def test_what_is_headed_as_graded_is_no_group():
    """A column of points without a form that is known is named by a problem, wherever it stands."""
    imported = read("Username,Q Numerator,Q Denominator,R Points Grade <Numeric MaxPoints:5>\n#ada,8,10,4\n")
    assert ["unknown_column"] * 2 == codes(imported, Severity.ERROR) == codes(imported)
    assert ({"R": 4}, {}) == (imported.marks["ada"], imported.learners["ada"].groups)


def test_columns_before_what_is_graded_are_the_learners_groups():
    """A column of any name before the first item says what a learner is in, which no text shows; so do sections."""
    text = 'Username,Sections,My first Group,Chess,Q Points Grade <Numeric MaxPoints:5>\n#ada,"A1,B2",Red,,4\n'
    imported = read(text)
    ada = imported.learners["ada"]
    assert (("A1", "B2"), {"My first Group": "Red"}) == (ada.sections, ada.groups)
    assert {"ada": {"Q": 4}} == imported.marks
    assert ["group_column"] * 2 == codes(imported, Severity.NOTICE) == codes(imported)
    assert "Red" not in repr(imported)


def test_what_is_computed_stands_beside():
    """A calculated item is recorded, a formula item does not count, and a category has a symbol."""
    headings = (
        "Q Points Grade <Numeric MaxPoints:5 Category:Homework>",
        "Homework Subtotal Numerator",
        "Homework Subtotal Scheme Symbol",
        "Hurdle Formula Grade <Formula MaxPoints:100>",
        "So far Calculated Numerator <Calculated>",
        "So far Calculated Denominator <Calculated>",
        "So far Scheme Symbol",
    )
    imported = read(sheet(*headings, rows=[("ada", "4", "4", "A", "50", "3", "4", "B")]))
    assert {"Homework": Recorded(4, None, "A"), "So far": Recorded(3, 4, "B")} == imported.recorded["ada"]
    assert (("Q", 4), ("Hurdle", 50)) == tuple(imported.marks["ada"].items())
    assert 80 == grade(imported.gradebook, imported.marks["ada"]).final.percent
    assert ["formula_not_in_export"] == codes(imported, Severity.NOTICE) == codes(imported)


def test_rounded_shares_that_sum_to_the_whole_are_exact():
    """A weight of 8.333333333 is a twelfth where twelve of them are the whole, and a notice says so (J25)."""
    attributes = "<Numeric MaxPoints:10 Weight:8.333333333 Category:Homework CategoryWeight:25>"
    headings = [f"HW {n} Points Grade {attributes}" for n in range(12)]
    whole, part = read(sheet(*headings)), read(sheet(*headings[:11]))
    assert {Fraction(100, 12)} == {each.weight for each in whole.gradebook.children[0].children}
    assert ["exact_shares"] == codes(whole, Severity.NOTICE) == codes(whole)
    assert {Fraction("8.333333333")} == {each.weight for each in part.gradebook.children[0].children}
    assert [] == codes(part)


def test_a_file_of_semicolons_has_decimal_commas():
    """What a spreadsheet of another country wrote is read alike, in headings too."""
    imported = read("Username;Q Points Grade <Numeric MaxPoints:7,5>\n#ada;4,25\n")
    assert (Fraction(15, 2), {"ada": {"Q": Fraction(17, 4)}}) == (
        imported.gradebook.children[0].max_points,
        imported.marks,
    )


def test_of_two_equal_columns_the_first_is_read():
    """The cells of a repeated column do not replace those of the first."""
    imported = read(sheet(*["Q Points Grade <Numeric MaxPoints:5>"] * 2, rows=[("ada", "1", "2")]))
    assert {"ada": {"Q": 1}} == imported.marks


Q = "Q Points Grade <Numeric MaxPoints:5>"


@pytest.mark.parametrize(
    ("row", "code", "marks"),
    [
        (("#",), "short_row", {}),
        (("ada",), "short_row", {"ada": {}}),
        (("ada", "3", "4"), "cell_without_heading", {"ada": {"Q": 3}}),
        (("", "3"), "no_learner_id", {}),
        (("ada", "8/10"), "wrong_value", {"ada": {"Q": "8/10"}}),
        (("ada", "85%"), "wrong_value", {"ada": {"Q": "85%"}}),
        (("ada", "1e999999"), "wrong_value", {"ada": {"Q": "1e999999"}}),
        (("ada", "nan"), "wrong_value", {"ada": {"Q": "nan"}}),
        (("ada", '"3'), "open_quotation", {"ada": {"Q": 3}}),
        (("ada", "3" * 200_000), "unreadable_row", {}),
    ],
)
def test_an_odd_row_is_named_and_read_as_far_as_it_goes(row, code, marks):
    """A row that is short, long, nameless or unreadable is named, and what is sound in it is read."""
    imported = read(sheet(Q, rows=[row]))
    assert code in codes(imported)
    assert {each.path.partition(",")[0] for each in imported.problems if each.path} == {"row 2"}
    assert marks == imported.marks


def test_blank_cells_beyond_the_headings_are_nothing():
    """Separators too many at the end of a row are no problem."""
    assert [] == codes(read(sheet(Q, rows=[("ada", "3", "", "")])))


def test_a_short_row_is_a_notice_unless_the_end_of_line_is_missing():
    """Only the end-of-line mark can tell that cells were lost or shifted."""
    assert ["short_row"] == codes(read(sheet(Q, rows=[("ada",)])), Severity.NOTICE)
    marked = sheet(Q, "End-of-Line Indicator", rows=[("ada",), ("bob", "3", "4", "#"), ("eve", "3", "#")])
    assert ["broken_row", "cell_without_heading", "broken_row"] == codes(read(marked), Severity.ERROR)


def test_of_two_rows_of_a_learner_the_first_is_read():
    """A learner's second row is not read, and its problem stands at that row."""
    imported = read(sheet(Q, rows=[("ada", "3"), ("bob", "2"), ("#ada", "5")]))
    assert {"ada": {"Q": 3}, "bob": {"Q": 2}} == imported.marks
    assert ["row 4"] == paths(imported, "duplicate_learner")


BOTH = f"OrgDefinedId,Username,{Q}\n#7,#ada,1\n#,#bob,2\n#9,,3"


@pytest.mark.parametrize(
    ("key", "ids", "nameless"),
    [
        (None, ["7", "bob", "9"], []),
        (Key.ORG_DEFINED_ID, ["7", "9"], ["row 3"]),
        ("Username", ["ada", "bob"], ["row 4"]),
    ],
)
def test_the_learner_id_is_the_first_key_there_is_or_the_one_asked_for(key, ids, nameless):
    """The OrgDefinedId comes before the Username, and `key` insists on one."""
    imported = read(BOTH, key=key)
    assert ids == list(imported.marks)
    assert nameless == paths(imported, "no_learner_id")


@pytest.mark.parametrize(("asked", "path"), [({"key": "Email"}, "key"), ({"ungraded": "zero"}, "ungraded")])
def test_a_key_and_a_policy_are_of_those_there_are(asked, path):
    """What is no key and no policy is refused before anything is read, with those that are."""
    with pytest.raises(DefinitionError) as refused:
        read(BOTH, **asked)
    assert [("wrong_type", path)] == [(each.code, each.path) for each in refused.value.problems]


@pytest.mark.parametrize("tokens", [("EX", "Vrijgesteld"), "ex"])
def test_the_tokens_of_exemption_can_be_chosen(tokens):
    """What the export writes for an exemption can be told, and then nothing else exempts."""
    imported = read(sheet(Q, rows=[("ada", "Ex"), ("bob", "Exempt")]), exempt=tokens)
    assert {"ada": {"Q": EXEMPT}, "bob": {"Q": "Exempt"}} == imported.marks


def test_a_mark_above_the_maximum_stays_as_recorded():
    """The reader does not cap: the report does, and says so."""
    imported = read(sheet(Q, rows=[("ada", "13")]))
    assert {"ada": {"Q": 13}} == imported.marks
    assert 100 == grade(imported.gradebook, imported.marks["ada"]).final.percent


@pytest.mark.parametrize("text", ["", "\n\n", "ada,3\nbob,4", b"", '"', "\0"])
def test_a_text_without_headings_is_an_empty_gradebook(text):
    """Nothing is guessed where there is no heading, and a problem says so."""
    imported = read(text)
    assert Gradebook() == imported.gradebook
    assert {} == imported.marks
    assert ["no_header"] == codes(imported)


@pytest.mark.parametrize(
    ("data", "name", "found"),
    [
        (b"Zo\xeb", "Zoë", [("encoding_guessed", Severity.NOTICE)]),
        (b"Zo\x81", "Zo\ufffd", [("undecodable", Severity.ERROR)]),
    ],
)
def test_bytes_that_are_no_utf_8_are_read_as_windows_1252(data, name, found):
    """An encoding that was guessed is noted, and bytes that are no text are an error."""
    imported = read(f"Username,First Name,{Q}\nada,".encode() + data + b",3")
    assert name == imported.learners["ada"].first_name
    assert found == [(each.code, each.severity) for each in imported.problems[:-1]]


def test_headings_in_another_language_are_told_with_the_way_out():
    """Nothing is read of them, and the first problem says what to do."""
    imported = read("OrgDefinedId,Tarea Calificación <Numérico Máximo:10 Peso:50>\n#1,8\n")
    assert ("no_known_headings", {"1": {}}) == (imported.problems[0].code, imported.marks)


def test_the_words_of_a_final_may_stand_in_another_order():
    """`Final Calculated Grade` is the calculated final."""
    imported = read(sheet("Final Calculated Grade Numerator", rows=[("ada", "8")]))
    assert {"ada": {"calculated": Recorded(points=8)}} == imported.finals
