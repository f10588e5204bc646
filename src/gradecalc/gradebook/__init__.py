# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How a course is graded: its items, its tree, and each rule of combining them in a file of its own."""
