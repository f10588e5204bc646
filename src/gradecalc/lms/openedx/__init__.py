# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Open edX: its words for certificates, proctoring and credit, said in the general words of the tiers below."""
