# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How Hypothesis runs here: without deadlines, and on CI the same examples every time."""

import os

from hypothesis import HealthCheck, settings

_SHARED = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large]}

settings.register_profile("dev", **_SHARED)
settings.register_profile("ci", derandomize=True, **_SHARED)
settings.load_profile("ci" if os.environ.get("CI") else "dev")

collect_ignore_glob = ["typing/*", "benchmarks/*"]
