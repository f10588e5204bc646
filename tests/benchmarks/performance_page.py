# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Make the page about performance: measure all that it says, and fill `performance.md` with the figures.

python tests/benchmarks/performance_page.py [--peers PYTHON] [--learners MOST] [--figures FILE] > docs/performance.md

PYTHON is an interpreter that has finalgrade and gradescope-mean, MOST up to how many learners the curve goes. FILE
keeps what was measured: what stands in it is not measured anew. The curves are written to `docs/pictures`.
"""

import json
import os
import platform
import sys
from argparse import ArgumentParser
from importlib.metadata import version
from pathlib import Path

import bench_columns
import bench_database
import bench_growth
import bench_kernel
import bench_reading
import bench_scenarios
import bench_storage
import peers
from matplotlib import rc_context
from matplotlib.figure import Figure

TEMPLATE = Path(__file__).with_name("performance.md")
PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
FEW, MANY, BUSY = 20_000, 200_000, 0.5
MASKS, LOOP = "NumPy masks, by hand", "hand-written float loop"
NOT_HERE = "not installed"


def parts(options):
    """Return what measures each part of the page, by its name."""
    sizes = [size for size in bench_growth.SIZES if size < options.learners] + [options.learners]
    return {
        "machine": machine,
        "kernel": bench_kernel.measured,
        "open_edx": open_edx,
        "scenarios": bench_scenarios.measured,
        "columns": lambda: {size: bench_columns.measured(size) for size in (1_000, 10_000, 100_000)},
        "database": bench_database.measured,
        "learners": lambda: bench_growth.in_learners(sizes),
        "items": bench_growth.in_items,
        "making": bench_growth.making,
        "memory": lambda: bench_growth.memory(FEW, MANY),
        "importing": bench_growth.importing,
        "storage": bench_storage.measured,
        "reading": bench_reading.reading,
        "processes": lambda: bench_reading.whole_processes(options.peers),
    }


def machine():
    """Return what the machine is, and how busy."""
    cores, (load, *_) = os.cpu_count(), os.getloadavg()
    names = [line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")]
    packages = {name: version(name) for name in ("numpy", "pyarrow", "polars", "duckdb")}
    return {
        "machine": f"{names[0] if names else platform.processor()} ({platform.machine()})",
        "cores": cores,
        "system": platform.system(),
        "python": platform.python_version(),
        "busy": "busy with other work" if load > BUSY * cores else "nearly idle",
        "load": load,
        **packages,
    }


def _lines(path):
    return Path(path).read_text(encoding="utf-8").splitlines() if Path(path).exists() else []


def open_edx():
    """Return what Open edX's way costs for a learner in microseconds, and the hand-written loop beside it."""
    everybody = list(bench_kernel.learners(bench_kernel.Random(1)))
    assert all(abs(peers.open_edx(each)[0] - bench_kernel.hand_written(each)) <= 0.6 for each in everybody)
    works = {
        LOOP: lambda: [bench_kernel.hand_written(marks) for marks in everybody],
        "open_edx": lambda: [peers.open_edx(marks) for marks in everybody],
    }
    return bench_kernel.least(works)


def figures_of(found):
    """Return every figure that the page names, from what was measured."""
    kernel, database, making, memory = found["kernel"], found["database"], found["making"], found["memory"]
    by_hand, ours = database[MASKS], database[bench_database.OURS]
    of_sql = database[bench_database.OF_SQL][0]
    one, table = (found["learners"][way] for way in (bench_growth.BY_ONE, bench_growth.BY_TABLE))
    first, last = min(one, key=int), max(one, key=int)
    items_one, items_table = (found["items"][way] for way in (bench_growth.BY_ONE, bench_growth.BY_TABLE))
    storage, sizes = found["storage"]
    reading, whole, importing = found["reading"], found["processes"], found["importing"]
    scenarios = {name: each * 1e6 for name, each in found["scenarios"].items()}
    figures = {
        **found["machine"],
        "kernel": kernel,
        "times": {
            **_times(kernel, LOOP),
            "open_edx": found["open_edx"]["open_edx"] / found["open_edx"][LOOP],
        },
        "formula": _times(kernel, "formula by hand"),
        "open_edx": found["open_edx"]["open_edx"],
        "scenarios": scenarios,
        "scenarios_times": _times(scenarios, "grade, every line's reasons"),
        "database": database,
        "database_learners": bench_database.LEARNERS,
        "database_times": {
            name: [each / of for each, of in zip(times, ours, strict=True)] for name, times in database.items()
        },
        "beside": {
            "table": database["grade_table, one thread"][0] / by_hand[0],
            "sql": of_sql / ours[0],
            "sql by hand": of_sql / database["DuckDB, by hand"][0],
        },
        "memory": {**memory, "beside": memory["whole"] - 1},
        "few": FEW,
        "many": MANY,
        "most": int(last),
        "learners_one": {1_000: one[first], "last": one[last]},
        "learners_table": {1_000: table[first], "last": table[last]},
        "items_one": {int(count): cost for count, cost in items_one.items()},
        "items_table": {int(count): cost for count, cost in items_table.items()},
        "growth": {
            "one": one[last] / one[first],
            "items": items_one["400"] / items_one["100"] / 4,
            "items table": items_table["400"] / items_table["100"] / 4,
        },
        "marks_one": {int(count): cost / int(count) * 1e3 for count, cost in items_one.items()},
        "marks_table": {int(count): cost / int(count) * 1e3 for count, cost in items_table.items()},
        "making": {**making, "both": making["compile"] + making["kernel"]},
        "importing": importing,
        "import_ratio": importing["gradecalc"] / importing["attrs"],
        "core_ratio": importing["grade"] / importing["attrs"],
        "storage": storage,
        "storage_times": _times(storage, "grade, everything worked out"),
        "bytes": sizes[len(sizes) // 2],
        "reading": reading,
        "reading_times": reading["lms.read"] / reading["csv.reader and float"],
        "processes": whole,
        "finalgrade": f"{whole['finalgrade']:.2f}" if "finalgrade" in whole else NOT_HERE,
        "gradescope_mean": f"{whole['gradescope-mean']:.2f}" if "gradescope-mean" in whole else NOT_HERE,
        "of_finalgrade": f"{whole['gradecalc'] / whole['finalgrade']:.2f} × finalgrade"
        if "finalgrade" in whole
        else "",
    }
    for size, costs in found["columns"].items():
        figures[f"columns_{size}"] = costs
        figures[f"columns_{size}_times"] = _times(costs, "hand-written masks")
    return {**figures, "met": _met(figures)}


def _times(costs, base):
    return {name: each / costs[base] for name, each in costs.items()}


def _met(figures):
    """Return whether each goal of the page is met, in words."""
    times, formula, beside, memory = (figures[name] for name in ("times", "formula", "beside", "memory"))
    good = {
        "final": times["grade, final.percent"] <= 1.5,
        "branches": times["grade, five categories"] <= 1.5,
        "every result": times["grade, every Result"] <= 6,
        "results": times["exact engine, every Result"] <= 6,
        "exact": times["exact engine, final.percent"] <= 12,
        "formula": formula["formula, compiled"] <= 2,
        "formula graded": formula["formula, grade, final.percent"] <= 2,
        "table": beside["table"] <= 0.5,
        "sql": beside["sql"] <= 3,
        "memory": memory["whole"] <= 2,
        "batches": memory["many"] <= 1.2 * memory["few"],
        "growth": figures["growth"]["one"] <= 1.2,
        "items": figures["growth"]["items"] <= 1.2,
        "items table": figures["growth"]["items table"] <= 1.2,
        "making": figures["making"]["both"] <= 20,
        "import": figures["import_ratio"] <= 1.5,
        "core": figures["core_ratio"] <= 1.5,
    }
    return {name: "met" if each else "**not met**" for name, each in good.items()}


def draw(found, folder=PICTURES):
    """Write the curves as pictures."""
    folder.mkdir(exist_ok=True)
    for axis in ("learners", "items"):
        with rc_context({"svg.fonttype": "none", "svg.hashsalt": axis}):
            axes = Figure((6.4, 3.6), layout="constrained").add_subplot()
            for (way, costs), marker in zip(found[axis].items(), "os", strict=True):
                counts = sorted(map(int, costs))
                axes.loglog(counts, [costs[str(count)] for count in counts], marker=marker, label=way.replace("`", ""))
            axes.set_xlabel(axis)
            axes.set_ylabel("µs a learner")
            axes.set_title(f"What a learner costs with more {axis}")
            axes.spines[["top", "right"]].set_visible(False)
            axes.grid(alpha=0.3)
            axes.legend(frameon=False)
            axes.figure.savefig(folder / f"growth-{axis}.svg", metadata={"Date": None, "Creator": None})


def main(arguments):
    """Measure, draw and print the page."""
    parser = ArgumentParser()
    parser.add_argument("--peers")
    parser.add_argument("--learners", type=int, default=bench_growth.SIZES[-1])
    parser.add_argument("--figures", type=Path)
    options = parser.parse_args(arguments)
    found = json.loads(options.figures.read_text()) if options.figures and options.figures.exists() else {}
    for name, measure in parts(options).items():
        if name not in found:
            print(name, "…", file=sys.stderr)
            found[name] = json.loads(json.dumps(measure()))
            if options.figures:
                options.figures.write_text(json.dumps(found, indent=1, ensure_ascii=False))
    draw(found)
    print(TEMPLATE.read_text(encoding="utf-8").format(**figures_of(found)), end="")


if __name__ == "__main__":
    main(sys.argv[1:])
