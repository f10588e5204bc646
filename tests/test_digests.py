# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Digests tell plain data apart, whatever the order of its keys and the kind of its mappings and sequences."""

from hashlib import sha256
from types import MappingProxyType

import pytest

from gradecalc.digests import LENGTH, canonical, digest_of, digest_of_lines


def test_there_is_one_text_of_plain_data():
    """Keys stand in order, nothing between, and other characters than those of ASCII are escaped."""
    assert '{"a":["\\u00fc",null,true],"b":1}' == canonical({"b": 1, "a": ("ü", None, True)})
    assert canonical({"a": {}}) == canonical(MappingProxyType({"a": MappingProxyType({})}))


def test_a_digest_is_the_beginning_of_a_known_one():
    """A digest is the first 16 hexadecimal digits of the SHA-256 of the text, of lines that of all with line feeds."""
    assert sha256(b"[1]").hexdigest()[:LENGTH] == digest_of([1])
    assert sha256(b'[1]\n"x"\n').hexdigest()[:LENGTH] == digest_of_lines([[1], "x"])


@pytest.mark.parametrize(
    ("value", "error"), [(b"x", TypeError), (float("nan"), ValueError), ({1: 1, "a": 2}, TypeError)]
)
def test_what_is_no_plain_data_has_no_digest(value, error):
    """Bytes, not-a-number and keys of several kinds have no text."""
    with pytest.raises(error):
        digest_of(value)
