# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Moodle's access restrictions: trees of conditions on dates, grades, completion, groups and the profile."""
