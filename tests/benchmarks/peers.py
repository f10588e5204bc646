# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What others write for the course of `bench_kernel`, by hand: none of it is exact.

Open edX's way is made from what is known of it: every section's share is rounded to four decimals by NumPy, the lowest
of a type is dropped, a line of the breakdown is written for each section, and the final is rounded to a whole percent.
It has no exemptions, so an exempt section is left out here.
"""

import numpy as np
import polars as pl
from bench_kernel import EXEMPT, IDS, WEIGHTS

SYMBOLS = {"A": 85, "B": 70, "C": 55, "D": 40}


def open_edx(marks):
    """Return the final of one learner as a whole percent, with the breakdown that is made on the way."""
    total, breakdown = 0.0, []
    for nth, (ids, weight) in enumerate(zip(IDS, WEIGHTS, strict=True)):
        there = [(id_, marks.get(id_) or 0.0) for id_ in ids if marks.get(id_) is not EXEMPT]
        shares = [float(np.around(mark / 10, 4)) for _, mark in there]
        dropped = {min(range(len(shares)), key=shares.__getitem__)} if len(shares) > 1 else set()
        for place, (id_, mark) in enumerate(there):
            label = f"C{nth} {place + 1:02}"
            detail = f"Category {nth} {place + 1} - {id_} - {shares[place]:.2%} ({mark:g}/10)"
            line = {"percent": shares[place], "label": label, "detail": detail, "category": f"Category {nth}"}
            breakdown.append({**line, "mark": "dropped"} if place in dropped else line)
        kept = [share for place, share in enumerate(shares) if place not in dropped]
        percent = sum(kept) / len(kept) if kept else 0.0
        breakdown.append({"percent": percent, "label": f"C{nth} Avg", "detail": f"Category {nth} = {percent:.2%}"})
        total += percent * weight / 100
    return int(total * 100 + 0.05 + 0.5), breakdown


def _category(ids):
    """Return the percent of a category as a Polars expression."""
    shares = [
        pl.when(pl.col(f"{id_} exempt").fill_null(value=False)).then(None).otherwise(pl.col(id_).fill_null(0.0) / 10)
        for id_ in ids
    ]
    count = pl.sum_horizontal(share.is_not_null().cast(pl.Float64) for share in shares)
    lowest = pl.when(count > 1).then(pl.min_horizontal(shares)).otherwise(0.0)
    percent = 100 * (pl.sum_horizontal(shares) - lowest) / (count - (count > 1))
    return pl.when(count > 0).then(percent)


def polars(frame):
    """Return a frame with its percents, final, text and symbol, by expressions of Polars."""
    names = [f"Category {nth}" for nth in range(len(IDS))]
    graded = frame.with_columns(_category(ids).alias(name) for name, ids in zip(names, IDS, strict=True))
    reached = pl.sum_horizontal(pl.col(name) * weight for name, weight in zip(names, WEIGHTS, strict=True))
    weights = pl.sum_horizontal(
        pl.col(name).is_not_null() * weight for name, weight in zip(names, WEIGHTS, strict=True)
    )
    graded = graded.with_columns(pl.when(weights > 0).then(reached / weights).alias("final"))
    symbol = pl.lit("F")
    for name, least in reversed(SYMBOLS.items()):
        symbol = pl.when(pl.col("final") >= least).then(pl.lit(name)).otherwise(symbol)
    return graded.with_columns(
        pl.col("final").round(2).cast(pl.String).alias("final shown"), symbol.alias("final symbol")
    )


def _sum(ids):
    """Return what a category comes to, as somebody would write it in SQL."""
    there = [f'CASE WHEN NOT "{id_} exempt" THEN coalesce("{id_}", 0) / 10 END' for id_ in ids]
    count = " + ".join(f'(NOT "{id_} exempt")::INT' for id_ in ids)
    total = " + ".join(f"coalesce({each}, 0)" for each in there)
    dropped = f"100 * ({total} - least({', '.join(there)})) / ({count} - 1)"
    return f"CASE ({count}) WHEN 0 THEN NULL WHEN 1 THEN 100 * ({total}) ELSE {dropped} END"


def reads():
    """Return a statement of DuckDB that reads every mark, a blank as zero, and who is exempt, and adds them up."""
    sums = ", ".join(
        " + ".join(f'coalesce("{id_}", 0)' for id_ in ids)
        + f" AS marks_{nth}, "
        + " + ".join(f'CAST("{id_} exempt" AS DOUBLE)' for id_ in ids)
        + f" AS exempt_{nth}"
        for nth, ids in enumerate(IDS)
    )
    return f"SELECT learner, {sums} FROM marks"  # noqa: S608 - of names above


def sql():
    """Return a statement of DuckDB in doubles, with the columns that ours has."""
    categories = ", ".join(f'{_sum(ids)} AS "Category {nth}"' for nth, ids in enumerate(IDS))
    reached = " + ".join(f'coalesce("Category {nth}" * {weight}, 0)' for nth, weight in enumerate(WEIGHTS))
    weights = " + ".join(f'("Category {nth}" IS NOT NULL)::INT * {weight}' for nth, weight in enumerate(WEIGHTS))
    symbols = " ".join(f"WHEN final >= {least} THEN '{name}'" for name, least in SYMBOLS.items())
    return (
        f"WITH each AS (SELECT learner, {categories} FROM marks),"  # noqa: S608 - of names above
        f" whole AS (SELECT *, ({reached}) / nullif({weights}, 0) AS final FROM each)"
        f" SELECT *, round(final, 2)::VARCHAR AS shown, CASE {symbols} ELSE 'F' END AS symbol FROM whole"
    )
