"""A batch on PySpark: what comes is what comes on polars."""

from __future__ import annotations

import subprocess
import sys

import polars as pl
import pytest
from engines.columns.backends import PYSPARK_WARNS, spark
from needs import installed

from cart_screen.batch.running import in_polars

from .engines import came, intakes, write

pytestmark = PYSPARK_WARNS


@pytest.fixture(scope="module")
def in_spark():
    """Give the engine, over the one session of the tests."""
    spark()
    from cart_screen.batch.spark import in_spark

    return in_spark()


@pytest.mark.parametrize(
    ("input", "output", "key", "sets"),
    [
        ("in.csv", "out.csv", None, ["overview"]),
        ("in.parquet", "out.parquet", "person", ["overview", "eu-ema"]),
    ],
)
def test_results_rejects_and_counts_are_those_of_polars(tmp_path, in_spark, input, output, key, sets):
    table = write(tmp_path / input, intakes())
    here = came(tmp_path / "spark", table, in_spark, output, key, sets)

    assert here == came(tmp_path / "polars", table, in_polars, output, key, sets)
    assert (here["tally"].screened, here["tally"].rejected) == (54, 6)
    assert here["left"] == sorted([output, "rejects.csv"])


def test_parts_of_a_table_that_several_workers_read_come_in_the_order_of_the_rows(tmp_path, in_spark):
    """Keys of a type that Spark does not have keep it, and names may hold what Spark reads as a path."""
    table = tmp_path / "in.parquet"
    rows = 3_000
    pl.DataFrame(
        {
            "clinic.no `1`": pl.Series(range(rows), dtype=pl.UInt16),
            "age_years": [(200 if row % 1_000 == 7 else row % 90) for row in range(rows)],
        }
    ).write_parquet(table, row_group_size=100)
    spark().conf.set("spark.sql.files.maxPartitionBytes", 3_000)
    spark().conf.set("spark.sql.files.openCostInBytes", 1)
    try:
        found = came(tmp_path / "spark", table, in_spark, key="clinic.no `1`", sets=["overview"])
    finally:
        spark().conf.unset("spark.sql.files.maxPartitionBytes")
        spark().conf.unset("spark.sql.files.openCostInBytes")

    assert found == came(tmp_path / "polars", table, in_polars, key="clinic.no `1`", sets=["overview"])
    assert found["tally"].rejected == 3


def test_a_table_without_rows_gives_results_without_rows(tmp_path, in_spark):
    table = tmp_path / "in.parquet"
    pl.DataFrame({"person": ["a"], "age_years": [61]}).clear().write_parquet(table)

    assert came(tmp_path / "spark", table, in_spark) == came(tmp_path / "polars", table, in_polars)


def test_what_a_killed_run_left_is_removed_by_the_next(tmp_path):
    """A folder that is in use stays."""
    from cart_screen.batch.scratch_folder import scratch_folder

    code = (
        "import os, pathlib, sys; from cart_screen.batch.scratch_folder import scratch_folder\n"
        "with scratch_folder(pathlib.Path(sys.argv[1])) as made:\n"
        "    (made / 'answers').write_text('health data'); os._exit(9)"
    )
    out = tmp_path / "out.parquet"
    subprocess.run([sys.executable, "-c", code, str(out)], check=False)
    (left,) = tmp_path.iterdir()
    with scratch_folder(out) as first, scratch_folder(out) as second:
        assert not left.exists()
        assert first.is_dir()
        assert second.is_dir()
        assert first.stat().st_mode & 0o777 == 0o700

    assert list(tmp_path.iterdir()) == []


def test_a_master_that_is_none_is_said_in_one_sentence(tmp_path):
    """In a process of its own, since this one has its session; what Java and Spark say of themselves is not shown."""
    installed("pyspark", extra="spark")
    table = write(tmp_path / "in.ndjson", intakes(2))
    code = (
        "import sys, pathlib, datetime; from cart_screen.cli.main import main\n"
        f"sys.exit(main(['batch', {str(table)!r}, {str(tmp_path / 'out.csv')!r}, '--quiet', '--engine', 'spark', "
        "'--master', 'nonsense']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (69, "")
    assert done.stderr.startswith("cart-screen: Spark gave up (")
    assert done.stderr.count("\n") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.ndjson"]
