# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Gradebooks as plain data, JSON and TOML."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from time import process_time

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from gradecalc import (
    Band,
    BonusOf,
    Category,
    DefinitionError,
    DropBy,
    DropRule,
    Gradebook,
    GradeItem,
    GradeScheme,
    Highest,
    ItemKind,
    Lowest,
    Maximum,
    Mean,
    Median,
    Mode,
    Rescale,
    Rounding,
    RoundingMode,
    Severity,
    SumOfPoints,
    UngradedPolicy,
    WeightedMean,
    compile_gradebook,
)
from gradecalc.extras.definition_text import LONGEST_JSON, LONGEST_TOML, MOST_DOTS
from gradecalc.extras.definitions import (
    FORMAT,
    dumps_json,
    find_problems,
    from_dict,
    loads_json,
    loads_toml,
    parse_json,
    parse_toml,
    to_dict,
)

EXAMPLE = Path(__file__).parents[2] / "examples" / "biology" / "gradebook.toml"
EXAM = {"name": "Exam", "max_points": 100}

numbers = st.fractions(min_value=0, max_value=10**9) | st.builds(
    Fraction, st.integers(min_value=0, max_value=10**99), st.integers(min_value=1, max_value=10**99)
)
percents = st.fractions(min_value=0, max_value=100, max_denominator=1000)
roundings = st.builds(
    Rounding,
    st.integers(min_value=-3, max_value=6),
    st.sampled_from(RoundingMode),
    up_from=st.sampled_from([Fraction(1, 2), Fraction(45, 100), Fraction(1, 3)]),
)
bands = st.builds(Band, st.text(min_size=1), percents, value=st.none() | percents, colour=st.text(max_size=7))
schemes = st.builds(
    GradeScheme, st.lists(bands, min_size=1, unique_by=(lambda band: band.symbol, lambda band: band.start)), st.text()
)
aggregations = st.one_of(
    st.builds(WeightedMean, rescale=st.sampled_from(Rescale), out_of=st.sampled_from(Maximum)),
    st.builds(SumOfPoints, bonus=st.sampled_from(BonusOf)),
    *(st.builds(kind) for kind in (Mean, Median, Lowest, Highest, Mode)),
)
drops = st.builds(DropRule, lowest=st.integers(0, 3), highest=st.integers(0, 3), by=st.sampled_from(DropBy))
of_any_node = {
    "weight": st.none() | numbers,
    "can_exceed": st.booleans(),
    "pass_mark": percents,
    "must_pass": st.booleans(),
    "round_result": st.none() | roundings,
    "scheme": st.none() | schemes,
}
of_any_branch = {"ungraded": st.sampled_from(UngradedPolicy), "drop": drops}
items = st.builds(
    GradeItem,
    st.text(),
    numbers,
    kind=st.sampled_from([ItemKind.NUMERIC, ItemKind.PASS_FAIL]),
    counts=st.booleans(),
    **of_any_node,
) | st.builds(GradeItem, st.text(), kind=st.just(ItemKind.TEXT))
nodes = st.recursive(
    items,
    lambda below: st.builds(
        Category,
        st.text(),
        st.lists(below, max_size=3),
        aggregation=st.none() | aggregations,
        **of_any_node,
        **of_any_branch,
    ),
    max_leaves=6,
)


def numbered(node, path):
    """Return the node with a name and an id that are unique in the book, the same for a node whose name is empty."""
    node = evolve(node, name=f"{node.name}{path}", id=f"{node.name and 'id '}{path}")
    if not isinstance(node, Category):
        return node
    return evolve(node, children=[numbered(child, f"{path}.{nth}") for nth, child in enumerate(node.children)])


@st.composite
def gradebooks(draw):
    """Draw a gradebook without errors."""
    children = [numbered(node, str(nth)) for nth, node in enumerate(draw(st.lists(nodes, max_size=3)))]
    rest = {"shown": roundings, "scheme": of_any_node["scheme"], "aggregation": aggregations, **of_any_branch}
    return Gradebook(children, **{name: draw(values) for name, values in rest.items()})


def problems_of(data):
    """Return the code of each problem by its path."""
    return {problem.path: problem.code for problem in find_problems(data)}


def raised_by(act, argument):
    """Return the code of each problem that was raised, by its path."""
    with pytest.raises(DefinitionError) as caught:
        act(argument)
    return {problem.path: problem.code for problem in caught.value.problems}


keys = st.sampled_from(
    ["name", "children", "max_points", "weight", "aggregation", "type", "drop", "scheme", "bands", "kind", "id"]
)
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["mean", "a", "text"]),
    lambda below: st.lists(below, max_size=4) | st.dictionaries(keys | st.text(), below, max_size=6),
    max_leaves=30,
)


class TestRoundTrip:
    """What is written is read again."""

    @given(gradebooks())
    def test_plain_data(self, book):
        """Reading what was written gives the same gradebook."""
        assert book == from_dict(to_dict(book))

    @given(gradebooks())
    def test_json_text(self, book):
        """Reading the JSON that was written gives the same gradebook."""
        assert book == loads_json(dumps_json(book))

    @pytest.mark.parametrize("number", [Fraction(1, 2**300), Fraction(10**99, 3), Fraction(1, 5**140)])
    def test_numbers_at_the_bounds(self, number):
        """A number whose decimals are many is written so that it can be read."""
        book = Gradebook([GradeItem("Exam", number)])
        assert book == from_dict(to_dict(book))

    def test_deepest_nesting(self):
        """Categories nested as deep as they may be are written and read."""
        node = GradeItem("leaf", 1)
        for depth in range(199):
            node = Category(str(depth), [node])
        book = Gradebook([node])
        assert dumps_json(book) == dumps_json(loads_json(dumps_json(book)))

    def test_toml_and_json_agree(self):
        """The example in TOML is the gradebook that its JSON is."""
        book = loads_toml(EXAMPLE.read_text(encoding="utf-8"))
        assert book == loads_json(dumps_json(book))


class TestWriting:
    """What is written."""

    def test_defaults_are_left_out(self):
        """An empty gradebook is its format and no children."""
        assert to_dict(Gradebook()) == {"format": FORMAT, "children": []}

    def test_numbers_are_exact_text(self):
        """A number is written as decimals where they are exact, else as a fraction."""
        book = Gradebook([GradeItem("Exam", Decimal("8.5"), weight=Fraction(2, 3))], aggregation=WeightedMean())
        assert to_dict(book)["children"] == [{"name": "Exam", "max_points": "8.5", "weight": "2/3"}]

    def test_aggregation(self):
        """An aggregation is its type alone where it has nothing else to say."""
        books = [Gradebook(aggregation=each) for each in (Mean(), WeightedMean(rescale=Rescale.UP))]
        written = [to_dict(book)["aggregation"] for book in books]
        assert written == ["mean", {"type": "weighted_mean", "rescale": "up"}]

    def test_empty_category_stays_a_category(self):
        """A category without children has its empty list of children written."""
        assert to_dict(Gradebook([Category("Labs")]))["children"] == [{"name": "Labs", "children": []}]

    def test_refuses_errors(self):
        """A gradebook with errors is not written."""
        assert raised_by(to_dict, Gradebook([GradeItem("Exam", "ten")])) == {"children[0].max_points": "not_a_number"}


class TestReading:
    """The forms that are read."""

    @pytest.mark.parametrize("number", [8.5, Decimal("8.5"), "8.5", "17/2"])
    def test_numbers(self, number):
        """A number is a float, a Decimal or a text."""
        book = from_dict({"children": [{"name": "Exam", "max_points": number}]})
        assert book == Gradebook([GradeItem("Exam", Fraction(17, 2))])

    @pytest.mark.parametrize("written", ["weighted_mean", {"type": "weighted_mean"}])
    def test_aggregation_short_and_full(self, written):
        """The name of an aggregation stands for a table of that type."""
        assert from_dict({"aggregation": written}).aggregation == WeightedMean()

    def test_scheme_short_and_full(self):
        """A table of cut-offs is a scheme of those bands."""
        full = {"bands": [{"symbol": "B", "start": 70}, {"symbol": "A", "start": 85}]}
        assert from_dict({"scheme": {"A": 85, "B": 70}}).scheme == from_dict({"scheme": full}).scheme

    def test_toml(self):
        """A TOML text has a table for each child."""
        text = """
            aggregation = "mean"
            [[children]]
            name = "Labs"
            [[children.children]]
            name = "Lab 1"
            max_points = 2.50
        """
        expected = Gradebook([Category("Labs", [GradeItem("Lab 1", Fraction(5, 2))])], aggregation=Mean())
        assert expected == loads_toml(text)

    def test_null_is_the_absence_of_a_choice(self):
        """A JSON null stands where nothing is stated."""
        data = {"children": [{"name": "Labs", "aggregation": None, "weight": None, "children": []}]}
        assert from_dict(data) == Gradebook([Category("Labs")])


class TestMisfits:
    """What cannot be read."""

    @given(plain)
    def test_whatever_the_data(self, data):
        """Plain data either is a gradebook or has problems that stop it from being one."""
        problems = [problem for problem in find_problems(data) if problem.severity is Severity.ERROR]
        if problems:
            assert all(problem.message for problem in problems)
        else:
            compile_gradebook(from_dict(data))

    def test_all_at_once(self):
        """Every misfit of every node is reported, each at its path."""
        data = {
            "name": 5,
            "agregation": "mean",
            "drop": {"lowest": 1.5, "never": "ab"},
            "shown": {"places": True, "mode": "half"},
            "scheme": {"A": "x"},
            "children": [
                5,
                {"max_points": "ten"},
                {"name": "Labs", "children": {"name": "Lab"}},
                {"name": "Quizzes", "aggregation": {"type": "average"}, "children": [{"name": "Q", "must_pass": 1}]},
                {"name": "Essay", "scheme": {"bands": [{"symbol": "A"}]}},
                {"name": "Labs", "aggregation": {"rescale": "up"}, "children": []},
            ],
        }
        assert raised_by(from_dict, data) == {
            "name": "wrong_type",
            "agregation": "unknown_key",
            "drop.lowest": "wrong_type",
            "drop.never": "wrong_type",
            "shown.places": "wrong_type",
            "shown.mode": "unknown_value",
            "scheme.A": "not_a_number",
            "children[0]": "wrong_type",
            "children[1].name": "missing",
            "children[1].max_points": "not_a_number",
            "children[2].children": "wrong_type",
            "children[3].aggregation": "unknown_value",
            "children[3].children[0].max_points": "missing",
            "children[3].children[0].must_pass": "wrong_type",
            "children[4].max_points": "missing",
            "children[4].scheme.bands[0].start": "missing",
            "children[5].aggregation": "missing",
        }

    def test_errors_of_meaning_are_raised_with_misfits(self):
        """What would be wrong once the misfits are mended is told with them: ids, formulas, what is missing."""
        text = "passmark = 50\n" + "".join(
            f"[[children]]\n{each}\n"
            for each in (
                'name = "Exam"\nmax_points = 100',
                'name = "Exam"\nmax_points = 50',
                'name = "Half"\nmax_points = 5\nformula = "[Exma.Points] / 2"',
            )
        )
        raised = raised_by(loads_toml, text)
        assert {"passmark": "unknown_key", "children[1].id": "duplicate_id"}.items() <= raised.items()
        assert "children[2].formula" in raised

    def test_unknown_key_names_the_nearest(self):
        """The message of an unknown key has the known one that is near."""
        (problem,) = find_problems({"children": [{**EXAM, "wieght": 5}]})
        assert "'weight'" in problem.message

    def test_unknown_value_lists_the_choices(self):
        """The message of an unknown value has every known one."""
        problem = find_problems({"ungraded": "zero"})[0]
        assert all(policy.value in problem.message for policy in UngradedPolicy)

    @pytest.mark.parametrize("data", [None, 5, "x", [], [EXAM]])
    def test_no_table(self, data):
        """What is no table is no gradebook."""
        assert problems_of(data) == {"": "wrong_type"}

    def test_other_format(self):
        """A format of another version is refused, and nothing else said."""
        data = {"format": "gradecalc.gradebook/2", "new": 1, "children": [5]}
        assert problems_of(data) == {"format": "wrong_format"}

    def test_meaning_beside_misfits(self):
        """Where one node has a misfit, the meaning of all the rest is judged beside it."""
        data = {"children": [{**EXAM, "weight": -5}, {**EXAM, "wieght": 5}]}
        assert problems_of(data) == {
            "children[1].wieght": "unknown_key",
            "children[0].weight": "too_small",
            "children[1].id": "duplicate_id",
        }

    def test_meaning_alone(self):
        """Where every node fits, the problems are those of the gradebook, notices included."""
        (problem,) = find_problems({"children": [{**EXAM, "weight": 5}]})
        assert (problem.code, problem.severity) == ("weight_unused", Severity.NOTICE)

    @pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999999", "1" * 200])
    def test_json_numbers_that_are_none(self, number):
        """No infinity, no NaN and no number beyond the bounds is read, and its path is told."""
        text = f'{{"children": [{{"name": "Exam", "max_points": {number}}}]}}'
        assert raised_by(loads_json, text) == {"children[0].max_points": "not_a_number"}

    @pytest.mark.parametrize("number", ["nan", "inf", "1e999999"])
    def test_toml_numbers_that_are_none(self, number):
        """The same holds in TOML."""
        text = f'[[children]]\nname = "Exam"\nmax_points = {number}'
        assert raised_by(loads_toml, text) == {"children[0].max_points": "not_a_number"}

    @pytest.mark.parametrize("number", ["1" * 5000, "1e99999999999999999999"])
    def test_numbers_too_large_to_parse(self, number):
        """A number that cannot even be parsed is a problem of the text."""
        assert raised_by(parse_json, f'{{"weight": {number}}}') == {"": "not_a_number"}
        assert raised_by(parse_toml, f"weight = {number}") == {"": "not_a_number"}

    def test_syntax(self):
        """Bad syntax is a problem with its line and column."""
        assert raised_by(loads_json, '{\n"name": }') == {"line 2 column 9": "syntax"}
        assert raised_by(loads_toml, "name =\n") == {"line 1 column 7": "syntax"}
        assert raised_by(loads_toml, "[[") == {"end of document": "syntax"}

    def test_duplicate_key(self):
        """A key that stands twice in a JSON object is refused: one of them would be lost."""
        assert raised_by(loads_json, '{"name": "a", "name": "b"}') == {"name": "duplicate_key"}

    @pytest.mark.parametrize("text", ["a = 1\na = 2", "[a]\n[a]", "a = {b = 1, b = 2}"])
    def test_a_key_that_stands_twice_in_toml(self, text):
        """A key, or a table, that TOML has twice is told as one of JSON is."""
        assert ["duplicate_key"] == list(raised_by(parse_toml, text).values())

    @pytest.mark.parametrize("parse", [parse_json, parse_toml])
    def test_nesting_too_deep_to_parse(self, parse):
        """Nesting that a parser cannot follow is a problem of the text."""
        prefix = "" if parse is parse_json else "a = "
        assert raised_by(parse, prefix + "[" * 100_000) == {"": "too_deep"}

    @pytest.mark.parametrize(
        "text",
        [
            "a." * 50_000 + "b = 1",
            "\n[" + "a." * 300 + "b]",
            "\n[[ " + "a . " * 300 + "b]]",
            "x = {y = 1, " + '\'a\' . "b\\"" .' * 25_000 + "c = 1}",
        ],
    )
    def test_keys_of_too_many_parts(self, text):
        """A key of TOML with more dots than a definition needs is refused before it costs anything, with its line."""
        started = process_time()
        assert raised_by(parse_toml, text) == {f"line {text.count(chr(10)) + 1}": "too_deep"}
        assert process_time() - started < 1

    def test_keys_of_as_many_parts_as_a_definition_has(self):
        """The headings of the deepest categories are read, and so are dots at the bound and in texts."""
        assert parse_toml("[[" + "children." * 199 + "children]]")
        assert parse_toml("a." * MOST_DOTS + "b = 1")
        assert {"a": "b" + ".c" * 500} == parse_toml('a = "b' + ".c" * 500 + '"')

    @pytest.mark.parametrize(
        ("parse", "text", "longest"),
        [(parse_json, '"{}"', LONGEST_JSON), (parse_toml, 'a = "{}"', LONGEST_TOML)],
    )
    def test_texts_too_long_to_parse(self, parse, text, longest):
        """A text at the bound is read, and one beyond it refused before it is."""
        room = longest - len(text) + 2
        assert parse(text.format("x" * room))
        assert raised_by(parse, text.format("x" * (room + 1))) == {"": "too_long"}

    def test_nesting_too_deep(self):
        """Categories nested too deep are one problem, at the first that is."""
        data = {"children": [EXAM]}
        for _ in range(300):
            data = {"name": "x", "children": [data]}
        assert raised_by(from_dict, {"children": [data]}) == {".".join(["children[0]"] * 201) + ".children": "too_deep"}
