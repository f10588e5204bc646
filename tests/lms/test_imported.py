# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What was read of learners: who they are, and no text that says it unasked."""

from attrs import evolve

from gradecalc.lms import Learner


def test_a_name_is_that_of_its_parts_unless_another_is_stated():
    """A learner's name is what the source says, or else first and last name with a blank between them."""
    parts = {"first_name": "Ada", "last_name": "Byron"}
    names = [Learner("7", **parts).name, Learner("7", **parts, name="Countess Ada").name, Learner("7").name]
    assert ["Ada Byron", "Countess Ada", ""] == names


def test_a_name_that_is_that_of_its_parts_is_no_other():
    """Who states the name of the parts beside them states nothing more, and a change of a part changes it."""
    ada = Learner("7", first_name="Ada", last_name="Byron", name="Ada Byron")
    assert ada == Learner("7", first_name="Ada", last_name="Byron")
    assert "Ada King" == evolve(ada, last_name="King").name


def test_no_text_of_a_learner_shows_more_than_the_id():
    """The text that Python makes of a learner names nobody."""
    assert "Learner(id='7')" == repr(Learner("7", first_name="Ada", name="Countess Ada"))
