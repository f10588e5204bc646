# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What needs a third party: one module for each, imported by nobody here but the command line."""
