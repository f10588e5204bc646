# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Columns as a Parquet file."""

from fractions import Fraction
from io import BytesIO

import pytest

pytest.importorskip("pyarrow")

import pyarrow.parquet as pq

from gradecalc.extras.parquet import to_parquet


def test_columns_have_the_types_of_what_is_in_them():
    """Exact numbers are the nearest floats, truth values themselves, anything mixed is text, and None is a null."""
    columns = {
        "learner": ["ada", "bob", "cem"],
        "Quiz": [Fraction(17, 2), 9, None],
        "Quiz exempt": [False, False, True],
        "Talk": [3, "good", None],
        "none": [None, None, None],
    }
    table = pq.read_table(BytesIO(to_parquet(columns)))
    assert {
        "learner": ["ada", "bob", "cem"],
        "Quiz": [8.5, 9.0, None],
        "Quiz exempt": [False, False, True],
        "Talk": ["3", "good", None],
        "none": [None, None, None],
    } == table.to_pydict()
    assert ["string", "double", "bool", "string", "string"] == [str(field.type) for field in table.schema]
