# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Frozen values are what attrs makes, compared and hashed as attrs would, and shown without what is at its default."""

import ast
import pickle
from pathlib import Path

import attrs
import pytest
from attrs import field

import gradecalc
from gradecalc.values import frozen

HOUSE = Path(gradecalc.__file__).parent


def shout(text):
    return text.upper()


@frozen
class Lap:
    """A lap, of which the note is not compared."""

    seconds: int
    runner: str = field(default="", repr=shout)
    note: str = field(default="", eq=False, repr=False)


@attrs.frozen
class OfAttrs:
    """The same, as attrs makes it."""

    seconds: int
    runner: str = field(default="", repr=shout)
    note: str = field(default="", eq=False, repr=False)


@frozen
class Start:
    """A value without fields."""


@frozen
class Tagged:
    """A value of which no field is hashed."""

    tags: dict = field(hash=False)


@frozen
class Named:
    """A value with methods of its own."""

    name: str

    def __repr__(self):
        return self.name

    def __eq__(self, other):
        return self.name.casefold() == other.name.casefold()

    def __hash__(self):
        return 1


@frozen(eq=False, repr=False, kw_only=True)
class Plain:
    """A value without methods."""

    name: str


def test_values_of_a_class_are_equal_where_all_compared_fields_are():
    """Values of one class are equal, and hashed alike, where the fields that are compared are equal."""
    one, other = Lap(62, "Ada", "rain"), Lap(62, "Ada", "sun")
    assert (True, False, 1) == (one == other, one != other, len({one, other}))
    assert Lap(62, "Ada") != Lap(63, "Ada")


def test_a_field_that_is_not_hashed_is_compared_all_the_same():
    """A field that is kept from the hash counts for equality, and may hold what has no hash."""
    assert Tagged({"wet": True}) != Tagged({})
    assert hash(Tagged({"wet": True})) == hash(Tagged({}))


def test_a_value_equals_none_of_another_class():
    """A value of another class, and what is no value, is never equal to one."""
    assert Lap(62) != OfAttrs(62)
    assert Lap(62) != 62
    assert len({Lap(62), OfAttrs(62), Start(), Start()}) == 3


def test_a_value_is_shown_as_attrs_shows_it():
    """A value is shown with its class's name and the fields that are shown, each as it says."""
    assert repr(OfAttrs(62, "Ada", "rain")).replace("OfAttrs", "Lap") == repr(Lap(62, "Ada", "rain"))
    assert "Start()" == repr(Start())

    @frozen
    class Inner:
        pass

    assert "Inner()" == repr(Inner())


@frozen
class Race:
    """A value with defaults of each sort."""

    name: str
    id: str = field(default=attrs.Factory(lambda self: self.name, takes_self=True))
    laps: tuple[Lap, ...] = ()
    rules: dict = field(factory=dict)
    timed: bool = field(default=True, kw_only=True)


def test_what_is_at_its_default_is_not_shown():
    """A value shows no field that holds its default, also one that is made, or made of another field."""
    assert "Race(name='Sprint')" == repr(Race("Sprint", "Sprint", (), {}))
    assert "Race(name='Sprint', id='s', laps=(Lap(seconds=62),), timed=False)" == repr(
        Race("Sprint", "s", (Lap(62),), timed=False)
    )


def test_what_only_equals_its_default_is_shown():
    """A value of another type than the default is shown, though the two are equal."""
    assert "Race(name='Sprint', timed=1)" == repr(Race("Sprint", timed=1))


def test_a_class_keeps_the_methods_that_it_has():
    """A class that compares, hashes or shows itself in its own way does so."""
    assert (True, 1, "Ada") == (Named("Ada") == Named("ADA"), hash(Named("Ada")), repr(Named("Ada")))


def test_a_class_may_be_compared_by_identity_and_shown_as_any_object():
    """A class that is to have no equality and no text of its own has those of an object."""
    one = Plain(name="Ada")
    assert (True, False) == (one == one, one == Plain(name="Ada"))  # noqa: PLR0124 - with itself
    assert repr(one).startswith("<")
    assert hash(one) == object.__hash__(one)


def test_a_value_is_frozen_slotted_and_pickled():
    """A value cannot be changed, has no dictionary, is an attrs class and survives pickling."""
    lap = Lap(62, "Ada")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        lap.seconds = 61
    assert not hasattr(lap, "__dict__")
    assert attrs.evolve(lap, seconds=61) == Lap(61, "Ada")
    assert pickle.loads(pickle.dumps(lap)) == lap  # noqa: S301 - its own


def test_every_value_of_the_house_is_made_here():
    """Every module takes `frozen` from this one, so that no class has methods compiled for it alone."""
    elsewhere = [
        path.relative_to(HOUSE).as_posix()
        for path in sorted(HOUSE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "attrs" and path.name != "values.py"
        if "frozen" in {each.name for each in node.names}
    ]
    assert [] == elsewhere
