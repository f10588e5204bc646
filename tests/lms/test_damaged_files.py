# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Files of every form, with bytes lost, put in or changed: each is read, compared and searched, or refused by name."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gradecalc import DefinitionError, compile_gradebook, lms
from gradecalc.extras import archives

FILES = Path(__file__).parents[1] / "command_line" / "files"
WHOLE = {path.name: path.read_bytes() for path in sorted(FILES.iterdir()) if path.is_file()}
ARCHIVE = archives.zip_files(
    {
        "lineItems.csv": "sourcedId,title,classSourcedId,resultValueMax\nq,Quiz,one,10\ne,Essay,one,20\n",
        "results.csv": "sourcedId,lineItemSourcedId,studentSourcedId,scoreStatus,score\nr,q,ada,exempt,\ns,e,bob,,5\n",
    }
)
PUT_IN = (
    b'"',
    b",",
    b";",
    b"\n",
    b"\0",
    b"\xff",
    b"EX",
    b"-",
    b"<",
    b"Weight:",
    b"1e999",
    b"9" * 40,
    b"%",
    b"{",
    b"nan",
)
DAMAGE = st.lists(
    st.tuples(st.integers(0, 999), st.integers(0, 9), st.sampled_from(PUT_IN) | st.binary(max_size=2)), max_size=4
)


def damaged(content, damage):
    """Return bytes of which some are lost, and others put in where they stood, at thousandths of the length."""
    for place, lost, put_in in damage:
        at = place * len(content) // 1000
        content = content[:at] + put_in + content[at + lost :]
    return content


def check(imported):
    """Hold what was read to what everybody who reads relies on."""
    compile_gradebook(imported.gradebook)
    compared = lms.reconcile(imported)
    assert len(compared.agree) + len(compared.differ) + len(compared.unstated) >= len(imported.marks)
    lms.infer(imported, limit=5)


@pytest.mark.parametrize("name", WHOLE)
def test_half_of_a_file_is_read(name):
    """A file that ends in its middle gives what stands before."""
    content = WHOLE[name]
    check(lms.read(content[: len(content) // 2], name))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(WHOLE)), DAMAGE)
def test_a_damaged_file_is_read_compared_and_searched(name, damage):
    """Nothing raises, whatever happened to the bytes."""
    check(lms.read(damaged(WHOLE[name], damage), name))


@settings(deadline=None)
@given(DAMAGE)
def test_a_damaged_archive_is_read_or_refused(damage):
    """A zipped archive is read, or ends in a typed error."""
    files = {}
    with suppress(DefinitionError):
        files = archives.unzip(damaged(ARCHIVE, damage))
    check(lms.read(files))
