# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How the cases of Open edX are fed: gathered from a module for each family."""

from feeders.harness import gather

FEEDERS = gather("openedx_")
