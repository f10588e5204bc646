# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
r"""Archives of text files, as zip files or folders: the edge of what reads and writes texts by the names of files.

>>> files = {"results.csv": "sourcedId\n"}
>>> unzip(zip_files(files))
{'results.csv': b'sourcedId\n'}

What an archive claims to hold is bounded before any of it is unpacked, and a member that holds more is refused.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from ..errors import DefinitionError, Problem

MOST_FILES: Final = 1_000
"""The most files of an archive that is read."""

MOST_BYTES: Final = 1_000_000_000
"""The most bytes of all its files together."""

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_ENDING: Final = ".csv"


def is_archive(content: bytes) -> bool:
    """Return whether bytes are a zip archive that has CSV files in it, as no workbook has."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            return any(name.casefold().endswith(_ENDING) for name in archive.namelist())
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def unzip(content: bytes) -> dict[str, bytes]:
    """Return the CSV files of a zip archive by their names; raises `DefinitionError` for what is none, or too much."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            members = [each for each in archive.infolist() if each.filename.casefold().endswith(_ENDING)]
            _refuse_much([each.file_size for each in members])
            return {each.filename: archive.read(each) for each in members}
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError) as fault:
        message = f"this is no zip archive that can be read ({type(fault).__name__}); pack it again"
        raise DefinitionError([Problem("unreadable_archive", "", message)]) from None


def read_folder(folder: Path) -> dict[str, bytes]:
    """Return the CSV files in a folder by their names; raises `DefinitionError` where there is too much."""
    paths = [each for each in sorted(folder.iterdir()) if each.suffix.casefold() == _ENDING and each.is_file()]
    _refuse_much([each.stat().st_size for each in paths])
    return {each.name: each.read_bytes() for each in paths}


def zip_files(files: Mapping[str, str]) -> bytes:
    """Return a zip archive of texts by the names of files, in UTF-8; the same texts give the same bytes."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(ZipInfo(name, _EPOCH), text.encode(), ZIP_DEFLATED)
    return out.getvalue()


def _refuse_much(sizes: list[int]) -> None:
    if len(sizes) > MOST_FILES or sum(sizes) > MOST_BYTES:
        message = f"there are {len(sizes)} files of {sum(sizes)} bytes; at most {MOST_FILES} and {MOST_BYTES} are read"
        raise DefinitionError([Problem("too_large", "", message)])
