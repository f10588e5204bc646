# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Columns as a Parquet file; needs PyArrow.

    path.write_bytes(to_parquet({"learner": ["ada", "bob"], "final": [Fraction(9, 10), None]}))

A column of numbers has the nearest floats, one of truth values these, and any other texts; None is a null.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

Cell = int | Fraction | bool | str | None

_FLOAT, _TEXT, _TRUTH = pa.float64(), pa.string(), pa.bool_()
_NUMBERS: Final = frozenset({int, Fraction})


def to_parquet(columns: Mapping[str, Sequence[Cell]]) -> bytes:
    """Return columns of one length, by their headings, as the bytes of a Parquet file."""
    table = pa.table({heading: _column(cells) for heading, cells in columns.items()})
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink)
    return bytes(sink.getvalue().to_pybytes())


def _column(cells: Sequence[Cell]) -> pa.Array:
    kinds = {type(cell) for cell in cells if cell is not None}
    if kinds == {bool}:
        return pa.array(cells, _TRUTH)
    if kinds and kinds <= _NUMBERS:
        return pa.array([None if cell is None else float(cell) for cell in cells], _FLOAT)
    return pa.array([None if cell is None else str(cell) for cell in cells], _TEXT)
