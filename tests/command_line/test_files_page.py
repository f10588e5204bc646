# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The page of what each form of file gives."""

import importlib.util
from pathlib import Path

HERE = Path(__file__).parent


def load_page():
    """Return the module that makes the page."""
    spec = importlib.util.spec_from_file_location("files_page", HERE / "files_page.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_that_of_a_run():
    """The page says what a run over the invented files prints, file by file."""
    page = load_page()
    assert page.make_page() == (page.PROJECT / "docs" / "lms" / "files.md").read_text(encoding="utf-8")


def test_every_invented_file_is_on_the_page():
    """Each of the invented files has its section."""
    assert {path.name for path in (HERE / "files").iterdir()} == set(load_page().FORMS)
