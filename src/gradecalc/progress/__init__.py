# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Contents, a learner's way through them, and what is shown of it."""
