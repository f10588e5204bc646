# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A small compiler: a plan becomes a program of whole numbers, and the program becomes one function of Python.

`lowering` turns the lines of a plan into a `program` with the bounds that `bounds` proves, `python` writes it as
source, and `kernels` keeps what was made of a plan. What the program cannot say, the exact engine is asked for.
"""
