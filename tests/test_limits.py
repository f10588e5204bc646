# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The limits that are stated are those of the code."""

import importlib
import re
from pathlib import Path

import pytest

PAGE = (Path(__file__).parent.parent / "docs" / "compatibility.md").read_text(encoding="utf-8")
LIMITS = re.findall(r"^\| `([\w.]+)\.([A-Z_]+)` \| ([0-9,]+) \|", PAGE, re.MULTILINE)


@pytest.mark.parametrize(("module", "name", "limit"), LIMITS)
def test_each_limit_is_stated_as_it_is(module, name, limit):
    """A limit of the table is that of the module that it names."""
    assert int(limit.replace(",", "")) == getattr(importlib.import_module(f"gradecalc.{module}"), name)


def test_there_are_limits():
    """The table is found."""
    assert len(LIMITS) > 10
