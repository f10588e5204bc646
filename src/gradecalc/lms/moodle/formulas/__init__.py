# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Moodle's calculations: their language, what they come to, and how a gradebook says the same."""
