"""A batch on DuckDB: what comes is what comes on polars."""

from __future__ import annotations

import duckdb
import polars as pl
import pytest

from cart_screen.batch.duckdb import in_duckdb
from cart_screen.batch.errors import TableUnreadable
from cart_screen.batch.running import in_polars

from .engines import came, intakes, write


@pytest.mark.parametrize(
    ("input", "output", "key", "sets"),
    [
        ("in.csv", "out.csv", "person", ["us-fda"]),
        ("in.ndjson", "out.ndjson", None, ["overview", "eu-ema"]),
        ("in.parquet", "out.parquet", "person", ["overview"]),
    ],
)
def test_results_rejects_and_counts_are_those_of_polars(tmp_path, input, output, key, sets):
    table = write(tmp_path / input, intakes())
    here = came(tmp_path / "duckdb", table, in_duckdb, output, key, sets)

    assert here == came(tmp_path / "polars", table, in_polars, output, key, sets)
    assert (here["tally"].screened, here["tally"].rejected) == (54, 6)
    assert here["left"] == sorted([output, "rejects.csv"])


def test_a_table_without_rows_gives_results_without_rows(tmp_path):
    table = tmp_path / "in.csv"
    table.write_text("person,age_years\n", "utf-8")

    assert came(tmp_path / "duckdb", table, in_duckdb) == came(tmp_path / "polars", table, in_polars)


def test_what_stops_the_reading_is_said_as_on_polars_and_leaves_nothing(tmp_path):
    """DuckDB knows of it only that its input failed."""
    table = tmp_path / "in.csv"
    table.write_bytes(b"person,age_years\n" + b"a,61\n" * 300_000 + b'b,"61\n')
    for name, engine in (("duckdb", in_duckdb), ("polars", in_polars)):
        with pytest.raises(TableUnreadable, match="quotes are wrong from row 300,001 on"):
            came(tmp_path / name, table, engine, "out.ndjson")
        assert list((tmp_path / name).iterdir()) == []


def test_what_it_gives_is_what_polars_gives_in_batches_in_the_order_of_the_rows(tmp_path):
    rows = intakes(20) * 4_000
    table = tmp_path / "in.parquet"
    pl.DataFrame(rows, infer_schema_length=None).select("person", "age_years", "diagnosis").write_parquet(table)
    found = came(tmp_path / "duckdb", table, in_duckdb)

    assert found == came(tmp_path / "polars", table, in_polars)
    assert found["tally"].rows == len(rows)
    people = duckdb.sql(f"SELECT person FROM '{tmp_path}/duckdb/out.parquet'").fetchnumpy()["person"].tolist()
    assert people == [row["person"] for place, row in enumerate(rows) if place % 20 not in (9, 19)]
