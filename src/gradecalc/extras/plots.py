# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Pictures of what gradecalc finds; needs matplotlib.

>>> from gradecalc.statistics import summarize
>>> axes = histogram(summarize([], "Exam"))
>>> axes.get_title()
'Exam: 0 of 0 submitted'

A figure is drawn without pyplot, so there is no global state and nothing to close: in a notebook
`histogram(summary).figure` shows it, and `histogram(summary).figure.savefig(...)` writes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from ..statistics import ClassSummary

_COLOUR: Final = "#4477aa"
_MOST_LEVEL_LABELS: Final = 7
_SLANTED: Final[Mapping[str, Any]] = {"rotation": 45, "ha": "right", "rotation_mode": "anchor"}


def histogram(summary: ClassSummary, axes: Axes | None = None) -> Axes:
    """Return axes, the given ones or those of a new figure, with a bar for each bin of the distribution."""
    drawn = Figure(layout="constrained").add_subplot() if axes is None else axes
    names = [each.name for each in summary.distribution]
    counts = [each.count for each in summary.distribution]
    places = range(len(names))
    bars = drawn.bar(places, counts, width=1, color=_COLOUR, edgecolor="white")
    drawn.bar_label(bars, [str(count or "") for count in counts], padding=2)
    slant = _SLANTED if len(names) > _MOST_LEVEL_LABELS else {}
    drawn.set_xticks(places, names, parse_math=False, **slant)
    drawn.yaxis.set_major_locator(MaxNLocator(integer=True))
    drawn.set_ylim(0, max([1, *counts]) * 1.1)
    drawn.set_title(f"{summary.name}: {summary.submitted} of {summary.eligible} submitted", parse_math=False)
    drawn.set_xlabel("score in percent")
    drawn.set_ylabel("learners")
    drawn.spines[["top", "right"]].set_visible(False)
    return drawn
