# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Columns of Arrow as whole numbers at the scale of a program: a mark is read exactly, or refused.

A double `v` is read as `x` thousandths where `x = round(1000 v)` and `x / 1000 == v`: if `x` has at most 15 digits,
no other decimal of 15 digits is the same double, and so the shortest text of `v`, which is what it states (N2), is
that of `x / 1000`. Everything else is refused, and read by the exact engine.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ...exact import ratio
from ...grading.planned import PlannedItem
from ...marks import ItemKind
from .blocks import LIMIT, Mask, Numbers, Scratch

_DIGITS: Final = {"d": 1e15, "f": 1e6, "e": 1e3}
"""What every decimal below it, however it is scaled, is told apart by a float of this type."""


class MarkColumn(Protocol):
    """A column of marks, to be read part by part."""

    @abstractmethod
    def read(self, start: int, stop: int, points: Numbers) -> Mask | None:
        """Put what is there into `points`, at the scale, and return what was read, or None if all was."""


def is_text(kind: pa.DataType) -> bool:
    """Return whether values of a type are texts."""
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def plain(array: pa.Array) -> pa.Array:
    """Return a column without what encodes it, of a type whose values Arrow takes by their places."""
    if isinstance(array, pa.DictionaryArray):
        return pa.DictionaryArray.from_arrays(array.indices, plain(array.dictionary)).dictionary_decode()
    if isinstance(array, pa.RunEndEncodedArray):
        return plain(pc.run_end_decode(array))
    return _without_views(array) if isinstance(array, pa.StringViewArray) else array


def _without_views(array: pa.Array) -> pa.Array:
    try:
        return array.cast(pa.large_string())
    except pa.ArrowNotImplementedError:  # PyArrow 16 does not cast them
        return pa.array(array.to_pylist(), pa.large_string())


def column(array: pa.Array, item: PlannedItem, scale: int) -> MarkColumn:
    """Return what reads a column of marks for an item."""
    kind = array.type
    if pa.types.is_floating(kind):
        return Floats(array, scale)
    if pa.types.is_integer(kind):
        return _WholeNumbers(array, scale)
    if pa.types.is_decimal128(kind):
        return _Decimals(array, scale)
    if pa.types.is_boolean(kind) and item.kind is ItemKind.PASS_FAIL:
        return _Truths(array, item.max_points * scale)
    if is_text(kind) and item.kind is ItemKind.SELECTBOX:
        return _Symbols(array, item, scale)
    return _Unreadable()


class Doubles:
    """Columns of doubles at a scale that is a power of ten, which is what most tables have, read into 32 bits."""

    def __init__(self, arrays: Sequence[pa.Array], size: int, scale: int) -> None:
        self._tens = float(scale)
        self._values = [np.frombuffer(each.buffers()[1], np.float64, size, 8 * each.offset) for each in arrays]

    @staticmethod
    def can_read(arrays: Sequence[pa.Array | None], scale: int) -> bool:
        """Return whether these are such columns."""
        return _tens_of(scale)[1] == 1 and all(isinstance(each, pa.DoubleArray) for each in arrays)

    def read(self, start: int, stop: int, scratch: Scratch) -> tuple[Numbers, Mask]:
        """Return what is there, and what of it was read exactly.

        What does not fit becomes some other number, and so is not read.
        """
        shape = len(self._values), stop - start
        points, read = scratch.lend("points", np.int32, *shape), scratch.lend("read", np.bool_, *shape)
        (between,) = scratch.lend("row", np.float64, 1, stop - start)
        for every, whole, known in zip(self._values, points, read, strict=True):
            stated = every[start:stop]
            np.multiply(stated, self._tens, between)
            np.rint(between, between)
            whole[:] = between
            np.divide(whole, self._tens, between)
            np.equal(between, stated, known)
        return points, read


class Floats:
    """Floats of any size, by their shortest text."""

    def __init__(self, array: pa.Array, scale: int) -> None:
        self._tens, self._factor = _tens_of(scale)
        self._values = _values(array)
        self._most = _DIGITS[self._values.dtype.char]

    def read(self, start: int, stop: int, points: Numbers) -> Mask | None:
        """Put what is there into `points`, and return what was read exactly."""
        stated = self._values[start:stop]
        np.multiply(stated, self._tens, out=points, dtype=np.float64)
        np.rint(points, out=points)
        read: Mask = (points / self._tens).astype(stated.dtype, copy=False) == stated
        read &= np.abs(points) < self._most
        points *= self._factor
        return read


@lru_cache(maxsize=256)
def _tens_of(scale: int) -> tuple[float, float]:
    """Return the largest power of ten that divides a scale, and the rest."""
    tens = 1
    while scale % (10 * tens) == 0:
        tens *= 10
    return float(tens), float(scale // tens)


class _WholeNumbers:
    def __init__(self, array: pa.Array, scale: int) -> None:
        self._values, self._scale = _values(array), float(scale)

    def read(self, start: int, stop: int, points: Numbers) -> Mask | None:
        """Put what is there into `points`, and return what was read."""
        np.multiply(self._values[start:stop], self._scale, out=points, dtype=np.float64)
        return None


class _Decimals:
    """Decimals at the scale; one that is not whole there, or too long to tell, is not read."""

    def __init__(self, array: pa.Array, scale: int) -> None:
        halves = np.frombuffer(array.buffers()[1], np.int64, 2 * (array.offset + len(array)))
        self._halves = halves.reshape(-1, 2)[array.offset :]
        stated = scale * Fraction(10) ** -array.type.scale
        self._times, self._under = float(stated.numerator), float(stated.denominator)

    def read(self, start: int, stop: int, points: Numbers) -> Mask | None:
        """Put what is there into `points`, and return what was read."""
        lower, upper = self._halves[start:stop, 0], self._halves[start:stop, 1]
        over = lower.astype(np.float64) * self._times
        np.rint(over / self._under, out=points)
        short = (upper == lower >> 63) & (np.abs(over) < LIMIT)
        read: Mask = short & (points * self._under == over)
        return read


class _Truths:
    """Passed, for the points of all, or failed, for none."""

    def __init__(self, array: pa.Array, full: Any) -> None:
        self._array, self._full = array, float(full)

    def read(self, start: int, stop: int, points: Numbers) -> Mask | None:
        """Put what is there into `points`, and return what was read."""
        np.multiply(truths(self._array, start, stop), self._full, out=points)
        return None


class _Symbols:
    """Symbols of a scheme whose points are whole at the scale."""

    def __init__(self, array: pa.Array, item: PlannedItem, scale: int) -> None:
        points = {symbol: ratio(item.max_points * worth * scale, 100) for symbol, worth in item.symbols.items()}
        whole = {symbol: each for symbol, each in points.items() if isinstance(each, int) and abs(each) < LIMIT}
        self._found: Numbers = np.asarray(pc.fill_null(pc.index_in(array, pa.array(list(whole), array.type)), -1))
        self._table = np.asarray([*map(float, whole.values()), 0.0])

    def read(self, start: int, stop: int, points: Numbers) -> Mask | None:
        """Put what is there into `points`, and return what was read."""
        at = self._found[start:stop]
        points[:] = self._table[at]
        return at >= 0


class _Unreadable:
    """What is no mark of its item, for the exact engine to say."""

    def read(self, start: int, stop: int, points: Numbers) -> Mask | None:
        """Put what is there into `points`, and return what was read."""
        points[:] = 0
        return np.zeros(stop - start, np.bool_)


def packed_valid(array: pa.Array | None, size: int) -> Numbers | None:
    """Return which values of a column are there as bits, or None where all are; of no column none is."""
    if array is None or isinstance(array, pa.NullArray):
        return np.zeros((size + 7) // 8, np.uint8)
    return _packed(array.buffers()[0], array.offset, size) if array.null_count else None


def packed_truths(array: pa.Array | None, size: int) -> Numbers | None:
    """Return a column of booleans as bits, in which what is not there is false, or None where nothing is true."""
    if array is None or isinstance(array, pa.NullArray):
        return None
    valid, truths = array.buffers()
    true = _packed(truths, array.offset, size)
    return true if valid is None else true & _packed(valid, array.offset, size)


def valid(array: pa.Array, start: int, stop: int) -> Mask:
    """Return which values of a column are there."""
    known = packed_valid(array, len(array))
    return np.ones(stop - start, np.bool_) if known is None else unpacked(known[None], start, stop)[0]


def truths(array: pa.Array, start: int, stop: int) -> Mask:
    """Return a column of booleans as truths; what is not there is false."""
    true = packed_truths(array, len(array))
    return np.zeros(stop - start, np.bool_) if true is None else unpacked(true[None], start, stop)[0]


def unpacked(packed: Numbers, start: int, stop: int) -> Mask:
    """Return rows of bits as truths, from a multiple of eight on."""
    part = packed[:, start // 8 : (stop + 7) // 8]
    return np.unpackbits(part, axis=1, count=stop - start, bitorder="little").view(np.bool_)


def _packed(buffer: pa.Buffer, offset: int, size: int) -> Numbers:
    """Return the bits of a buffer from an offset on."""
    part = np.frombuffer(buffer, np.uint8, (offset % 8 + size + 7) // 8, offset // 8)
    if offset % 8 == 0:
        return part
    bits = np.unpackbits(part, bitorder="little")[offset % 8 :][:size]
    return np.packbits(bits, bitorder="little")


def _values(array: pa.Array) -> Numbers:
    """Return the values of a column of numbers where they are; those that are not there are anything."""
    kind = np.dtype(array.type.to_pandas_dtype())
    return np.frombuffer(array.buffers()[1], kind, array.offset + len(array))[array.offset :]
