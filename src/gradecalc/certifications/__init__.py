# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Certifications of an institution: who is assigned, what is on record, how long it lasts, who may do what."""
