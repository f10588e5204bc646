# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A setting is one field of one line, in words, and is put into a gradebook without touching another line."""

import pytest
from attrs import evolve

from gradecalc import (
    Band,
    Category,
    DropRule,
    Gradebook,
    GradeItem,
    GradeScheme,
    ItemKind,
    Mean,
    Rescale,
    Rounding,
    SumOfPoints,
    UngradedPolicy,
    WeightedMean,
)
from gradecalc.lms.settings import SETTINGS, Setting, with_settings

BOOK = Gradebook([Category("Labs", [GradeItem("Lab 1", 10), GradeItem("Lab 2", 10)]), GradeItem("Exam", 60)])

WORDS = [
    ("ungraded", UngradedPolicy.AS_ZERO, "ungraded.as_zero"),
    ("aggregation", SumOfPoints(), "aggregation.points"),
    ("aggregation", Mean(), "aggregation.mean"),
    ("aggregation", WeightedMean(rescale=Rescale.NEVER), "aggregation.never"),
    ("drop", DropRule(), "drop.none"),
    ("drop", DropRule(lowest=1), "drop.lowest.1"),
    ("drop", DropRule(lowest=2), "drop.lowest"),
    ("drop", DropRule(highest=1), "drop.highest.1"),
    ("drop", DropRule(highest=3), "drop.highest"),
    ("drop", DropRule(lowest=1, highest=2), "drop"),
    ("can_exceed", True, "can_exceed.true"),
    ("round_result", Rounding(1), "round_result"),
    ("counts", False, "counts.false"),
    ("bonus", True, "bonus.true"),
    ("scheme", GradeScheme((Band("A", 90),)), "scheme"),
    ("kind", ItemKind.SELECTBOX, "other"),
]


@pytest.mark.parametrize(("name", "value", "code"), WORDS)
def test_a_setting_has_words_and_a_code(name, value, code):
    """What is set is told with its line and a code."""
    setting = Setting("Labs", name, value)
    assert (code, "Labs") == (setting.reason.code, setting.reason.arguments[0])
    assert str(setting).startswith("Labs: ")
    assert code in SETTINGS.texts


def test_the_final_is_called_by_its_name():
    """A setting of the gradebook itself is one of the final grade."""
    assert "Final grade: is a bonus" == str(Setting("final", "bonus", value=True))


def test_settings_are_put_where_they_belong():
    """Settings change their lines at any depth, and of two of one field the last holds."""
    changed = with_settings(
        BOOK,
        [
            Setting("final", "ungraded", UngradedPolicy.AS_ZERO),
            Setting("Labs", "drop", DropRule(lowest=1)),
            Setting("Lab 2", "counts", value=True),
            Setting("Lab 2", "counts", value=False),
        ],
    )
    labs, exam = BOOK.children
    lab_1, lab_2 = labs.children
    labs = evolve(labs, drop=DropRule(lowest=1), children=[lab_1, evolve(lab_2, counts=False)])
    assert Gradebook([labs, exam], ungraded=UngradedPolicy.AS_ZERO) == changed
    assert BOOK == with_settings(BOOK, [])
