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

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from ..scenarios import Influence, MarkCurve
from ..schemes import GradeScheme
from ..statistics import ClassSummary

_COLOUR: Final = "#4477aa"
_LESS: Final = "#bb5566"
_WHOLE: Final = "#004488"
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


def mark_curve(curve: MarkCurve, scheme: GradeScheme | None = None, axes: Axes | None = None) -> Axes:
    """Return axes with the final over the marks of an item, and a band for each symbol of a scheme.

    A stretch without a score is left out, and where the final leaps both its ends are drawn.
    """
    drawn = Figure(layout="constrained").add_subplot() if axes is None else axes
    for piece in curve.pieces:
        if piece.first is not None and piece.last is not None:
            ends = [float(piece.first), float(piece.last)]
            style = "-" if piece.straight else ":"
            drawn.plot([float(piece.start), float(piece.end)], ends, style, color=_COLOUR)
    marked = [(float(each.mark), float(each.percent)) for each in curve.points if each.percent is not None]
    drawn.plot([mark for mark, _ in marked], [percent for _, percent in marked], "o", color=_COLOUR, markersize=4)
    for nth, (symbol, low, high) in enumerate(_bands(scheme, [percent for _, percent in marked])):
        drawn.axhspan(low, high, color=_COLOUR, alpha=0.12 if nth % 2 else 0.04, linewidth=0)
        drawn.annotate(symbol, (1, (low + high) / 2), xycoords=("axes fraction", "data"), parse_math=False, va="center")
    unit = "percent" if len(curve.items) > 1 else "points"
    drawn.set_xlabel(f"{', '.join(curve.items)}, in {unit}", parse_math=False)
    drawn.set_ylabel("final, in percent")
    drawn.spines[["top", "right"]].set_visible(False)
    return drawn


def waterfall(of: Influence, axes: Axes | None = None) -> Axes:
    """Return axes with a bar for what each item adds to the final, each beginning where the one before it ends."""
    drawn = Figure(layout="constrained").add_subplot() if axes is None else axes
    steps = [(each.name, float(each.adds)) for each in of.items]
    steps += [("rest", float(of.rest))] if of.rest else []
    starts = [0.0, *accumulate(adds for _, adds in steps)]
    final = of.report.final
    names, places = [name for name, _ in steps] + [final.name], range(len(steps) + 1)
    heights = [adds for _, adds in steps] + [starts[-1]]
    colours = [_COLOUR if height >= 0 else _LESS for height in heights[:-1]] + [_WHOLE]
    bars = drawn.barh(places, heights, left=[*starts[:-1], 0.0], color=colours, edgecolor="white")
    drawn.bar_label(bars, [*(f"{height:+.2f}" for height in heights[:-1]), final.shown], padding=2)
    drawn.set_yticks(places, names, parse_math=False)
    drawn.invert_yaxis()
    drawn.set_xlabel("percent of the final")
    drawn.set_title(f"{final.name}: {final.shown}", parse_math=False)
    drawn.spines[["top", "right"]].set_visible(False)
    return drawn


def _bands(scheme: GradeScheme | None, percents: Sequence[float]) -> Iterator[tuple[str, float, float]]:
    """Yield the symbol and both ends of each band that a picture of these percents reaches into."""
    if scheme is None or not percents:
        return
    lowest, highest = min(percents), max(percents)
    starts = [float(band.start) for band in scheme.bands]
    ends = [min(starts[0], lowest), *starts[1:], highest]
    for band, (start, end) in zip(scheme.bands, pairwise(ends), strict=True):
        low, high = max(start, lowest), min(end, highest)
        if low < high:
            yield band.symbol, low, high
