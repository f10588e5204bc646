# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The command line, as `python -m gradecalc`."""

from .command_line import main

if __name__ == "__main__":
    raise SystemExit(main())
