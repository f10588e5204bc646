# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Who gets a certificate, and why not: requirements, exceptions, review, validity and certifications."""
