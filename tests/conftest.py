# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How Hypothesis runs here: without deadlines, on CI the same examples every time, and few where it is to be quick."""

import os

from hypothesis import HealthCheck, settings

_SHARED = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large]}

settings.register_profile("dev", **_SHARED)
settings.register_profile("ci", derandomize=True, **_SHARED)
settings.register_profile("quick", derandomize=True, max_examples=20, **_SHARED)
settings.load_profile("ci" if os.environ.get("CI") else "dev")

collect_ignore_glob = ["browser/*", "typing/*", "benchmarks/*"]


def pytest_collection_modifyitems(items):
    """Measure coverage by examples alone, and by the one law that draws everything, for the strategies themselves.

    What only a drawn value reaches does not count as covered, and measuring costs as much again as the laws do.
    """
    for item in items:
        drawn = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
        if drawn and item.name != "test_the_engine_agrees_with_the_oracle":
            item.add_marker("no_cover")
