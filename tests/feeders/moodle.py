# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How the cases of Moodle are fed: gathered from a module for each family."""

import importlib
import pkgutil

import feeders

FEEDERS = {}
for module in pkgutil.iter_modules(feeders.__path__):
    if module.name.startswith("moodle_"):
        FEEDERS.update(importlib.import_module(f"feeders.{module.name}").FEEDERS)
