# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Moodle's completion: of an activity by its requirements, and of a course by its criteria."""
