# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How each kind of language-neutral case is fed through the public adapters, a module for each file of cases."""
