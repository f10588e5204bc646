# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Open edX: whether a course certificate is issued, its lists, and who sees it."""
