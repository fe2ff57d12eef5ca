"""Frames that are computed over in batches: read when they are asked for, each time anew, and planned once."""

from __future__ import annotations

import pickle
from datetime import date
from decimal import Decimal
from functools import partial

import duckdb
import polars as pl
import pyarrow as pa
import pytest

from cart_screen.catalog.loading import own_set
from cart_screen.engines.columns import screening
from cart_screen.engines.columns.batches import unpacked
from cart_screen.engines.columns.errors import ColumnsInvalid
from cart_screen.engines.columns.screening import Part, screen_columns

ON = date(2026, 11, 22)
SET = own_set("overview")


def screened(relation, *parts):
    return screen_columns(relation, SET, ON, parts or (Part.GUIDANCE,))


class Counted:
    """Rows that count how often they are asked for."""

    def __init__(self, table):
        self.table = table
        self.reads = 0

    def __arrow_c_schema__(self):
        return self.table.schema.__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema=None):
        def batches():
            self.reads += 1
            yield from self.table.to_batches()

        return pa.RecordBatchReader.from_batches(self.table.schema, batches()).__arrow_c_stream__()


def test_a_relation_is_read_when_its_screening_is_and_each_time_anew():
    rows = Counted(pa.table({"age_years": [17, 61, 121]}))
    found = screened(duckdb.connect().from_arrow(rows))
    assert rows.reads == 0

    assert found.fetchall() == found.fetchall()
    assert [row[1] for row in found.fetchall()] == [False, False, True]
    assert rows.reads == 3


def test_a_relation_whose_rows_come_only_once_is_not_read_before():
    """To find out the columns takes no row."""
    table = pa.table({"age_years": [17, 61, 121]})
    found = screened(duckdb.connect().from_arrow(pa.RecordBatchReader.from_batches(table.schema, table.to_batches())))

    assert len(found.fetchall()) == 3


def test_columns_that_are_not_read_pass_a_relation_as_they_are():
    table = pa.table({
        "price": pa.array([Decimal("12345678901234567890.12"), None], pa.decimal128(30, 2)),
        "sizes": pa.array([[1, None], None]),
        "age_years": [61, None],
        "place": pa.array([{"x": 2**62 + 1}, None]),
    })  # fmt: skip
    found = screened(duckdb.connect().from_arrow(table)).to_arrow_table()

    assert found.select(table.column_names).cast(table.schema).equals(table)


def test_a_relation_with_a_column_that_would_be_added_is_refused():
    relation = duckdb.connect().sql("SELECT 61 AS age_years, 'mine' AS guidance")
    with pytest.raises(ColumnsInvalid, match="guidance: found a column of that name"):
        screened(relation)


def test_the_screening_of_a_relation_is_queried_as_any_other():
    relation = duckdb.connect().sql("SELECT range AS age_years FROM range(130)")
    found = screened(relation, Part.POSSIBLE).filter("NOT invalid").aggregate("len(possible), count(*)")

    assert sorted(found.fetchall()) == sorted(
        screened(pl.DataFrame({"age_years": range(121)}), Part.POSSIBLE)
        .group_by(pl.col("possible").list.len().cast(pl.Int64))
        .len()
        .rows()
    )


def test_batch_after_batch_has_one_plan_and_keeps_the_order_of_the_rows():
    """A plan costs more than the rows of a batch."""
    screening._planned.cache_clear()
    relation = duckdb.connect().sql("SELECT range AS number, range % 122 AS age_years FROM range(600_000)")
    found = screened(relation, Part.CLOSEST).to_arrow_table()

    assert screening._planned.cache_info().misses == 1
    assert found["number"].to_pylist() == list(range(600_000))
    assert found["invalid"].to_pylist() == [number % 122 > 120 for number in range(600_000)]
    screened(pl.DataFrame({"age_years": [1], "note": ["a"]}), Part.CLOSEST)
    assert screening._planned.cache_info().misses == 1
    screened(pl.DataFrame({"age_years": [1.0]}), Part.CLOSEST)
    assert screening._planned.cache_info().misses == 2


def test_what_the_tasks_of_a_worker_compute_is_one_object():
    """A plan is found again by the very set that it was made of."""
    sent = [pickle.dumps(partial(screening._screened, criteria=SET, as_of=ON, parts=())) for _ in range(2)]

    assert unpacked(sent[0]) is unpacked(sent[1])
    assert unpacked(sent[0]).keywords["criteria"] is not SET
