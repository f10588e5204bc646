# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Archives of texts: zip files and folders, read within bounds."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradecalc import DefinitionError, lms
from gradecalc.extras import archives

FILES = {"lineItems.csv": "sourcedId,title\nq,Zoë\n", "results.csv": ""}


def test_what_is_zipped_is_unzipped():
    """Texts come out of an archive as they went in, in UTF-8, and the same texts make the same archive."""
    packed = archives.zip_files(FILES)
    assert {name: text.encode() for name, text in FILES.items()} == archives.unzip(packed)
    assert packed == archives.zip_files(FILES)
    assert archives.is_archive(packed)


def test_a_folder_is_read_as_an_archive(tmp_path):
    """The CSV files of a folder are read, and nothing else in it."""
    for name, text in {**FILES, "notes.txt": "no"}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert {name: text.encode() for name, text in FILES.items()} == archives.read_folder(tmp_path)


@given(st.binary(max_size=80) | st.binary(max_size=80).map(lambda tail: archives.zip_files(FILES)[:60] + tail))
def test_what_is_no_archive_is_refused(content):
    """Bytes that are no archive, or a broken one, end in a typed error."""
    with pytest.raises(DefinitionError) as caught:
        archives.unzip(content)
    assert "unreadable_archive" == caught.value.problems[0].code


def test_an_archive_without_csv_files_is_none_of_these():
    """What has no CSV file in it, as a workbook has none, is no archive of grades."""
    assert not archives.is_archive(archives.zip_files({"xl/workbook.xml": ""}))
    assert not archives.is_archive(b"PK")


def test_an_archive_that_unpacks_to_too_much_is_refused(monkeypatch):
    """What an archive claims to hold is bounded before any of it is unpacked."""
    monkeypatch.setattr(archives, "MOST_BYTES", 1000)
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"0" * 5000)
    with pytest.raises(DefinitionError) as caught:
        archives.unzip(packed.getvalue())
    assert "too_large" == caught.value.problems[0].code


def test_the_files_of_an_archive_are_recognised():
    """Texts by the names of OneRoster's files are read as its archive, by whoever asks."""
    line = "sourcedId,status,dateLastModified,title,resultValueMax\nq1,,,Quiz,10\n"
    imported = lms.read(archives.unzip(archives.zip_files({"export/lineItems.csv": line})))
    assert ("oneroster", ["q1"]) == (imported.system, [each.id for each in imported.gradebook.children])
