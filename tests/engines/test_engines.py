# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The recipes for engines: what comes out of each is what comes out of one table, and nothing is lost."""

import os
import signal
import sys
from importlib import import_module
from pathlib import Path

import pytest

pytest.importorskip("distributed")
pl = pytest.importorskip("polars")
pytest.importorskip("duckdb")
pq = pytest.importorskip("pyarrow.parquet")

import pyarrow as pa  # noqa: E402 - only where there is one

RECIPES = Path(__file__).parents[2] / "examples" / "engines"
LEARNERS, FILES = 200_000, 8
pytestmark = pytest.mark.filterwarnings("ignore")  # of engines, about one another


@pytest.fixture(scope="module", autouse=True)
def _recipes():
    """Let recipes be imported, as they import one another."""
    sys.path.insert(0, str(RECIPES))
    yield
    sys.path.remove(str(RECIPES))


@pytest.fixture(scope="module")
def learners(tmp_path_factory):
    """Return a folder with the files of all learners, some of whom have a mark that is none."""
    folder = tmp_path_factory.mktemp("learners")
    import_module("learners").write(LEARNERS, folder / "all")
    table = pq.read_table(folder / "all")
    (folder / "all").unlink()
    for nth in range(FILES):
        size = LEARNERS // FILES
        pq.write_table(table.slice(nth * size, size), folder / f"{nth}.parquet", row_group_size=10_000)
    return folder


@pytest.fixture(scope="module")
def expected(learners):
    """Return the table that is to come out, in the order of the learners."""
    grader = import_module("course").GRADER
    table = pq.read_table(learners)
    graded = pa.Table.from_batches(grader(table.to_batches()), grader.schema(table.schema))
    problems = graded["problem"].drop_null().to_pylist()
    assert 50 < len(problems) < 1000
    assert all(each.endswith("'nan' is not a number") for each in problems)
    return in_order(graded)


def in_order(table):
    """Return a table in the order of its learners, without marks: one that is no number is not even itself."""
    others = table.drop_columns(import_module("course").ITEMS)
    return others.sort_by("learner").replace_schema_metadata().combine_chunks()


def results(path):
    """Return what stands in a file, or in the files of a folder, with texts as one type."""
    table = in_order(pq.read_table(path))
    return table.cast(pa.schema([(f.name, pa.string() if "string" in str(f.type) else f.type) for f in table.schema]))


def test_polars_streams_it(learners, expected, tmp_path):
    """Polars' streaming engine gives what one table gives."""
    import_module("polars_streaming").grade_files(str(learners / "*.parquet"), str(tmp_path / "graded.parquet"))
    assert expected == results(tmp_path / "graded.parquet")


def test_duckdb_reads_and_writes_it(learners, expected, tmp_path):
    """What DuckDB reads and writes is what one table gives."""
    import_module("duckdb_batches").grade_files(str(learners / "*.parquet"), str(tmp_path / "graded.parquet"))
    assert expected == results(tmp_path / "graded.parquet")


def test_a_file_is_graded_in_constant_memory(learners, tmp_path):
    """A file is graded into another, batch by batch."""
    source, target = learners / "3.parquet", tmp_path / "graded.parquet"
    assert LEARNERS // FILES == import_module("parquet_files").grade_file(source, target)
    assert pq.read_table(source)["learner"] == pq.read_table(target)["learner"]


def test_dask_loses_nothing_when_a_worker_dies(learners, expected, tmp_path):
    """A worker that is killed half-way costs time alone: each learner comes out, once, as from one table."""
    distributed, cloudpickle = import_module("distributed"), import_module("cloudpickle")
    recipe = import_module("dask_files")
    cloudpickle.register_pickle_by_value(recipe)
    with distributed.Client(n_workers=2, threads_per_worker=1, dashboard_address=None) as client:
        workers = client.run(os.getpid)
        futures = recipe.grade_files(client, sorted(learners.glob("*.parquet")), tmp_path)
        next(distributed.as_completed(futures))
        os.kill(next(iter(workers.values())), signal.SIGKILL)
        assert [LEARNERS // FILES] * FILES == client.gather(futures)
    assert [f"{nth}.parquet" for nth in range(FILES)] == sorted(each.name for each in tmp_path.glob("*.parquet"))
    assert expected == results(tmp_path)
