# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How a class did in an item, a category or the whole course, in percent, of those with a recorded score.

A learner who is exempt is in none of the figures, and one without a record is never a zero in them, whatever the
calculation made of the blank. Everybody who is left out is counted, and named where ids are known. Rules T1 to T10.

>>> from gradecalc import EXEMPT, Gradebook, GradeItem, grade_many
>>> marks = {"Ada": {"Quiz": 9}, "Ben": {"Quiz": EXEMPT}, "Cy": {"Quiz": 6}, "Di": {}}
>>> quiz = summarize(grade_many(Gradebook([GradeItem("Quiz", max_points=10)]), marks), "Quiz")
>>> quiz.submitted, quiz.eligible, quiz.mean, quiz.exempt
(2, 3, Fraction(75, 1), LeftOut(number=1, ids=('Ben',)))
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from fractions import Fraction
from itertools import pairwise
from typing import Any, Final, NamedTuple

from attrs import asdict, filters

from .errors import DefinitionError, MarksError, Problem
from .exact import Exact, Number, describe, lenient, ratio, root, total, write_exact
from .fields import find_problems, require, wrong_type
from .outline import Explained, Outline
from .quotients import rank_keys, total_of_quotients
from .reasons import NUMBERS, Reason, ReasonTexts, Shown, say
from .report.report import Report
from .report.results import NO_GRADE_SHOWN
from .rounding import Rounding
from .schemes import GradeScheme
from .values import frozen

FORMAT: Final = "gradecalc.statistics/1"

PRECISION: Final = 12
"""How many decimals of a standard deviation are correct: it is rounded to so many, half up."""

TENS: Final = tuple(range(0, 101, 10))
"""The usual bins of a distribution: 0 to 10, 10 to 20, …, 90 to 100."""

ReportOrError = Report | MarksError
Reports = Mapping[Any, ReportOrError] | Iterable[ReportOrError | tuple[object, ReportOrError]]
"""A class: reports by learner id, pairs as `grade_many` yields them, or reports alone, whose learners have no names."""

Bins = GradeScheme | Iterable[Number] | Iterable[tuple[str, Number, Number]]
"""What a distribution is over: ascending edges, bins as (name, from, to) without a gap, or the bands of a scheme."""

_Member = tuple[object, ReportOrError]

STATISTICS: Final = ReasonTexts(
    "statistics",
    {
        "all_exempt": "everybody is exempt",
        "distribution": "Distribution",
        "exempt": "Exempt",
        "maximum": "Maximum",
        "mean": "Mean",
        "median": "Median",
        "minimum": "Minimum",
        "modes": "Modes",
        "several": "{0}",
        "standard_deviation": "Standard deviation",
        "submitted": "submitted",
        "ungraded": "Ungraded",
        "unreadable": "Unreadable",
        "without_percent": "Without a percent",
        "empty_class": "the class is empty",
        "nobody_submitted": "nobody has a recorded score",
        "sample_of_one": "the standard deviation of a sample needs two scores",
    },
)
"""What a summary says: its figures, who is in none of them, and why there are none, or not all of them."""

_LEFT: Final = ("exempt", "ungraded", "without_percent", "unreadable")
"""The groups of a summary that are in none of its figures."""

_FIGURES: Final = ("minimum", "maximum", "mean", "median")


class Deviation(Enum):
    """What a standard deviation is of."""

    POPULATION = "population"
    """Of this class and no other: the mean square is over all of them."""
    SAMPLE = "sample"
    """Of a larger crowd that this class stands for: the mean square is over one fewer, so it needs two."""


@frozen
class LeftOut:
    """How many learners are in none of the figures for one reason, and who, sorted, as far as their ids are known."""

    number: int
    ids: tuple[str, ...] = ()


@frozen
class Bin:
    """How many of the scores lie in a bin, and which share of them, from 0 to 1; of no scores there is no share.

    A score on the edge of two bins is in the upper one, and one on the very last edge in the last bin. `start` or
    `end` is None where the bin is open to that side.
    """

    name: str
    start: Fraction | None
    end: Fraction | None
    count: int
    share: Fraction | None


@frozen(kw_only=True)
class ClassSummary(Explained):
    """How a class did, in percent; every figure is exact but the standard deviation, which has `PRECISION` decimals.

    `submitted` have a score in the figures; `eligible` is everybody who is not `exempt`. Of these, `ungraded` have
    no recorded score (U10), the score of those `without_percent` is out of 0 or a text, and the marks of the
    `unreadable` could not be read. Where a figure is None, `reasons` says why; `modes` is empty where no two scores are
    equal.
    """

    id: str
    name: str
    submitted: int
    eligible: int
    exempt: LeftOut
    ungraded: LeftOut
    without_percent: LeftOut
    unreadable: LeftOut
    minimum: Fraction | None
    maximum: Fraction | None
    mean: Fraction | None
    median: Fraction | None
    modes: tuple[Fraction, ...]
    standard_deviation: Fraction | None
    deviation: Deviation
    distribution: tuple[Bin, ...]
    reasons: tuple[Reason, ...]
    shown: Rounding

    def outline(self) -> Outline:
        """Return the figures as an outline, with whoever is not in them."""
        notes = (STATISTICS.phrase("submitted"), *self.reasons)
        figures = self._figures() if self.submitted else ()
        value = NUMBERS.phrase("of", self.submitted, self.eligible)
        return Outline(self.name, value, notes, (*figures, *self._left()))

    def to_dict(self) -> dict[str, Any]:
        """Return the figures as plain data with a `"format"` key, every number as exact text."""
        plain = asdict(self, filter=filters.exclude("shown", "reasons"), value_serializer=_as_plain)
        reasons = [{"code": reason.code, "text": str(reason)} for reason in self.reasons]
        return {"format": FORMAT, **plain, "precision": PRECISION, "reasons": reasons}

    def _figures(self) -> Iterator[Outline]:
        for name in _FIGURES:
            yield Outline(STATISTICS.phrase(name), self._show(getattr(self, name)))
        modes = tuple(map(self._show, self.modes)) or (NO_GRADE_SHOWN,)
        yield Outline(STATISTICS.phrase("modes"), STATISTICS.phrase("several", modes))
        deviation = self._show(self.standard_deviation)
        yield Outline(STATISTICS.phrase("standard_deviation"), deviation, (say(self.deviation),))
        yield Outline(STATISTICS.phrase("distribution"), children=map(self._bin, self.distribution))

    def _bin(self, bin_: Bin) -> Outline:
        share = self._show(bin_.share and bin_.share * 100)
        return Outline(bin_.name, NUMBERS.phrase("number", bin_.count), (share,))

    def _left(self) -> Iterator[Outline]:
        for group in _LEFT:
            learners: LeftOut = getattr(self, group)
            if learners.number:
                number = NUMBERS.phrase("number", learners.number)
                yield Outline(STATISTICS.phrase(group), number, (", ".join(learners.ids),))

    def _show(self, percent: Exact | None) -> str:
        if percent is None:
            return NO_GRADE_SHOWN
        return NUMBERS.phrase("percent", Shown(percent, self.shown.show(percent)))


def summarize(
    reports: Reports,
    id: str,  # noqa: A002 - the word of the domain
    *,
    deviation: Deviation = Deviation.POPULATION,
    bins: Bins = TENS,
) -> ClassSummary:
    """Return how a class did in an item, a category or, as `"final"`, the whole course.

    Raises `KeyError` for an id that a report does not have, and `DefinitionError` for reports, a deviation or bins that
    cannot be used: fewer than two edges, edges that do not ascend, bins that overlap or leave a gap.
    """
    require(Deviation, deviation, "deviation", "Deviation.POPULATION or Deviation.SAMPLE")
    ladder, members = _read_bins(bins), tuple(_read_class(reports))
    percents, left = _sort(members, id)
    first = next((outcome for _, outcome in members if isinstance(outcome, Report)), None)
    return ClassSummary(
        id=id,
        name=id if first is None else first[id].name,
        shown=Rounding() if first is None else first.layout.shown,
        submitted=len(percents),
        eligible=len(members) - left["exempt"].number,
        **left,
        minimum=percents[0] if percents else None,
        maximum=percents[-1] if percents else None,
        mean=_mean(percents),
        median=_median(percents),
        modes=_modes(percents),
        standard_deviation=_standard_deviation(percents, deviation),
        deviation=deviation,
        distribution=_distribution(percents, ladder),
        reasons=tuple(_reasons(len(members), left["exempt"].number, len(percents), deviation)),
    )


def _read_class(reports: Reports) -> Iterator[_Member]:
    """Yield every learner's id, if it is known, and outcome; raises `DefinitionError` for anything else."""
    require(Iterable, reports, "reports", "a mapping or an iterable of reports")
    for nth, member in enumerate(reports.items() if isinstance(reports, Mapping) else reports):
        match member:
            case Report() | MarksError():
                yield None, member
            case (learner, (Report() | MarksError()) as outcome):
                yield learner, outcome
            case _:
                raise wrong_type(member, f"reports[{nth}]", "a report or (learner, report)")


def _sort(members: Iterable[_Member], id_: str) -> tuple[Sequence[Fraction], Mapping[str, LeftOut]]:
    """Return the recorded percents in ascending order, and whoever has none, by group."""
    percents: list[Fraction] = []
    left: dict[str, list[object]] = {group: [] for group in _LEFT}
    for learner, outcome in members:
        found = _score(outcome, id_)
        if isinstance(found, Fraction):
            percents.append(found)
        else:
            left[found].append(learner)
    named = {group: sorted(str(each) for each in learners if each is not None) for group, learners in left.items()}
    return _ascending(percents), {group: LeftOut(len(left[group]), tuple(ids)) for group, ids in named.items()}


def _score(outcome: ReportOrError, id_: str) -> Fraction | str:
    """Return a learner's recorded percent, or the group of those that have none for the same reason (U10, T4, T5)."""
    if isinstance(outcome, MarksError):
        return "unreadable"
    lacking = outcome.without_score(id_)
    if lacking is not None:
        return lacking.value
    percent = outcome[id_].percent
    return "without_percent" if percent is None else percent


def _ascending(percents: Sequence[Fraction]) -> Sequence[Fraction]:
    """Return the percents sorted, by whole numbers where that is cheap."""
    keys = rank_keys([each.as_integer_ratio() for each in percents])
    return [percents[place] for place in sorted(range(len(percents)), key=keys.__getitem__)]


def _mean(percents: Sequence[Fraction]) -> Fraction | None:
    return Fraction(ratio(total(percents), len(percents))) if percents else None


def _median(percents: Sequence[Fraction]) -> Fraction | None:
    """Return the middle of sorted percents, or the mean of the two in the middle."""
    return _mean(percents[(len(percents) - 1) // 2 : len(percents) // 2 + 1])


def _modes(percents: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """Return the most frequent of sorted percents, if any is there twice (T7)."""
    counts = Counter(percents)
    often = max(counts.values(), default=0)
    return tuple(percent for percent, count in counts.items() if count == often > 1)


def _standard_deviation(percents: Sequence[Fraction], of: Deviation) -> Fraction | None:
    """Return the square root of the mean square of what lies between each percent and their mean (T8).

    That square is what the squares come to beyond the mean's, which takes one sum of whole numbers.
    It is rounded half up to `PRECISION` decimals.
    """
    mean, divisor = _mean(percents), len(percents) - (of is Deviation.SAMPLE)
    if mean is None or not divisor:
        return None
    squares = total_of_quotients([(each.numerator**2, each.denominator**2) for each in percents])
    return Fraction(root((Fraction(*squares) - len(percents) * mean**2) / divisor, 2, PRECISION))


def _reasons(everybody: int, exempt: int, submitted: int, of: Deviation) -> Iterator[Reason]:
    if not everybody:
        yield STATISTICS.reason("empty_class")
    elif exempt == everybody:
        yield STATISTICS.reason("all_exempt")
    elif not submitted:
        yield STATISTICS.reason("nobody_submitted")
    elif submitted == 1 and of is Deviation.SAMPLE:
        yield STATISTICS.reason("sample_of_one")


class _Ladder(NamedTuple):
    """Ascending edges and the names of the bins below, between and above them; spare outer bins go if empty."""

    names: Sequence[str]
    edges: Sequence[Fraction]
    spare: bool
    scheme: GradeScheme | None = None


_Step = tuple[str, Any, Callable[[str, Fraction, Fraction], Problem | None]]
"""The path and the value of an edge, and what finds a problem with it after the edge before it."""


def _distribution(percents: Sequence[Fraction], ladder: _Ladder) -> tuple[Bin, ...]:
    """Return the bins with how many of the sorted percents lie in each (T9)."""
    cuts = ladder.scheme.cuts(percents) if ladder.scheme else [bisect_left(percents, edge) for edge in ladder.edges]
    if ladder.spare:
        cuts[-1] = bisect_right(percents, ladder.edges[-1])
    bounds, ranks = pairwise((None, *ladder.edges, None)), pairwise((0, *cuts, len(percents)))
    bins = [
        Bin(name, start, end, last - first, Fraction(last - first, len(percents)) if percents else None)
        for name, (start, end), (first, last) in zip(ladder.names, bounds, ranks, strict=True)
    ]
    return tuple(each for each in bins if each.count or not ladder.spare or None not in (each.start, each.end))


def _read_bins(bins: Bins) -> _Ladder:
    """Return the bins that are asked for; raises `DefinitionError` with what is wrong with them."""
    if isinstance(bins, GradeScheme):
        _refuse(find_problems(bins, "bins"))
        return _Ladder(
            [band.symbol for band in bins.bands], [band.start for band in bins.bands[1:]], spare=False, scheme=bins
        )
    require(Iterable, bins, "bins", "edges, bins as (name, from, to), or a GradeScheme")
    given: tuple[Any, ...] = tuple(bins)
    named = any(isinstance(each, (tuple, list)) for each in given)
    names, edges = _read_named(given) if named else _read_edges(given)
    return _Ladder((f"below {write_exact(edges[0])}", *names, f"above {write_exact(edges[-1])}"), edges, spare=True)


def _read_edges(given: Sequence[Any]) -> tuple[Sequence[str], Sequence[Fraction]]:
    edges = _read_steps([(f"bins[{nth}]", edge, _disorder) for nth, edge in enumerate(given)])
    if not edges[1:]:
        raise DefinitionError([Problem("missing", "bins", "there is no bin; state two edges or more")])
    return [f"{write_exact(start)}–{write_exact(end)}" for start, end in pairwise(edges)], edges


def _read_named(given: Sequence[Any]) -> tuple[Sequence[str], Sequence[Fraction]]:
    _refuse(_misshape(f"bins[{nth}]", each) for nth, each in enumerate(given))
    places = ((1, _distance), (2, _disorder))
    steps = [(f"bins[{nth}][{at}]", each[at], check) for nth, each in enumerate(given) for at, check in places]
    start, *edges = _read_steps(steps)
    return [name for name, _, _ in given], (start, *edges[::2])


def _read_steps(steps: Sequence[_Step]) -> Sequence[Fraction]:
    """Return the edges; raises `DefinitionError` where one is not a number, or else where a step is wrong."""
    numbers = [lenient(value) for _, value, _ in steps]
    _refuse(
        None if isinstance(number, Fraction) else Problem("not_a_number", path, f"this edge is {describe(number)}")
        for (path, _, _), number in zip(steps, numbers, strict=True)
    )
    edges = [number for number in numbers if number is not None]
    _refuse(check(path, *pair) for (path, _, check), pair in zip(steps[1:], pairwise(edges), strict=False))
    return edges


def _misshape(path: str, given: object) -> Problem | None:
    match given:
        case (str(), _, _):
            return None
    return Problem("wrong_type", path, f"{path} is {describe(given)}; as others are, it must be (name, from, to)")


def _disorder(path: str, before: Fraction, after: Fraction) -> Problem | None:
    message = f"the edge {describe(after)} does not lie above the edge {describe(before)} before it"
    return None if before < after else Problem("unordered", path, message)


def _distance(path: str, end: Fraction, start: Fraction) -> Problem | None:
    message = f"this bin begins at {describe(start)} and the one before it ends at {describe(end)}; let them meet"
    return None if start == end else Problem("overlap" if start < end else "gap", path, message)


def _refuse(findings: Iterable[Problem | None]) -> None:
    problems = [problem for problem in findings if problem is not None]
    if problems:
        raise DefinitionError(problems)


def _as_plain(_: object, __: object, value: object) -> object:
    if isinstance(value, Fraction):
        return write_exact(value)
    return value.value if isinstance(value, Enum) else list(value) if isinstance(value, tuple) else value
