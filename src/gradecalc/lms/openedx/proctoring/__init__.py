# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Open edX: attempts at proctored exams, their reviews, and what follows from them."""
