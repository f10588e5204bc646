# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The command line: a grade file in, grades out, each with the word whether the file's own finals agree.

    gradecalc grades.csv
    gradecalc explain grades.csv 1003

Every command is a function that is handed its arguments and returns an exit code: 0; 1 where nobody has a grade, a
learner could not be graded or a final differs from the file's; 2 where something cannot be read. No rule is here.
"""

from .program import main

__all__ = ["main"]
