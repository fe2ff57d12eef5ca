"""What measures and checks whole tables is right itself: ``soak.columns`` and ``benchmarks.batch``, in small."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from benchmarks.batch.measures import check
from benchmarks.batch.ways import KEY
from soak.columns import SETS, disagreements, drawn, expected
from strategies import AS_OF, givable

from cart_screen.catalog.loading import own_set

from .backends import DUCKDB, LAZY, PYSPARK_WARNS, SPARK, table_of
from .rows import rows_of

pytestmark = PYSPARK_WARNS


@pytest.mark.parametrize("number", [0, 3])
@pytest.mark.parametrize("backend", [LAZY, DUCKDB], ids=repr)
def test_drawn_rows_are_screened_as_each_by_itself(backend, number):
    block = drawn(number, 150, seed=7)

    assert list(disagreements(backend, block, expected(block))) == []


def test_drawn_rows_are_screened_on_spark_as_each_by_itself():
    block = drawn(0, 150, seed=8)

    assert list(disagreements(SPARK, block, expected(block))) == []


def test_blocks_differ_in_set_day_and_columns():
    blocks = [drawn(number, 4, seed=1) for number in range(30)]

    assert {block.name for block in blocks} == set(SETS)
    assert len({block.day for block in blocks}) > 2
    assert len({len(block.columns) for block in blocks}) > 5
    assert any(value != value for block in blocks for row in block.rows for value in row.values())


def test_a_difference_is_told_with_its_column_and_the_row():
    block = drawn(3, 20, seed=7)
    wanted = expected(block)
    wanted[11] |= {"guidance": "discuss-match", "awaiting": ["age_years"]}
    found = list(disagreements(LAZY, block, wanted))

    assert {column for column, *_ in found} == {"guidance", "awaiting"}
    assert all(str(block.day) in shown for _, _, shown in found)


def test_the_query_by_hand_gives_our_statuses(tmp_path):
    rows = rows_of("us-fda", 1_000)
    questions = own_set("us-fda").reading
    table = pl.from_arrow(table_of(rows, questions.dictionary, givable(questions))).with_row_index(KEY)
    source = tmp_path / "answers.parquet"
    table.write_parquet(source)

    assert date.fromisoformat(AS_OF) == date(2026, 11, 22)
    assert check(source, 2_000) == 1_000
    spoilt = table.with_columns(
        pl.when(pl.col("age_years").is_null()).then(121).otherwise("age_years").alias("age_years")
    )
    spoilt.write_parquet(source)
    with pytest.raises(AssertionError, match="by hand and ours differ: status/"):
        check(source, 2_000)
