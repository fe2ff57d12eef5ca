"""Frames of every kind that columns are computed over, from the same rows, and back."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa
import pytest
from needs import installed

from cart_screen.answers.dictionary import Dictionary

Row = Mapping[str, Any]
TYPES = {"boolean": pa.bool_(), "string": pa.string(), "integer": pa.int64(), "number": pa.float64()}
ROW = "row number"
# Of the version of another package, which is none of ours.
PYSPARK_WARNS = pytest.mark.filterwarnings("ignore:PySpark does not yet fully support:FutureWarning")


@dataclass(frozen=True)
class Backend:
    """A kind of frame: how one is made of an Arrow table, how its rows are read, and its type."""

    name: str
    make: Callable[[pa.Table], Any]
    rows: Callable[[Any], list[dict[str, Any]]]
    kind: Callable[[], type]

    def __repr__(self) -> str:
        return self.name


def table_of(rows: Sequence[Row], dictionary: Dictionary, columns: Sequence[str]) -> pa.Table:
    """Give rows as a table with the types of a dictionary, and with the number of each row."""
    arrays = {
        id: pa.array([row.get(id) for row in rows], column_type(rows, dictionary, id), from_pandas=False)
        for id in columns
    }
    return pa.table({ROW: pa.array(range(len(rows)), pa.int64()), **arrays})


def column_type(rows: Sequence[Row], dictionary: Dictionary, id: str) -> pa.DataType:
    """Give the type of a column; whole numbers written as floats are floats."""
    kind = dictionary.questions[id].kind
    return TYPES["number" if kind == "integer" and any(type(row.get(id)) is float for row in rows) else kind]


@cache
def spark() -> Any:
    """Give the one Spark session of the tests; a test that needs it is skipped where PySpark is not installed."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    sql = installed("pyspark.sql", extra="spark")
    quiet = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "1", "spark.log.level": "OFF"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return sql.SparkSession.builder.master("local[1]").config(map=quiet).getOrCreate()


def _spark_frame(table: pa.Table) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return spark().createDataFrame(table)


def _spark_rows(frame: Any) -> list[dict[str, Any]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return frame.toArrow().to_pylist()


def _spark_type() -> type:
    return type(spark().range(1))


def _relation(table: pa.Table) -> Any:
    return duckdb.connect().from_arrow(table)


POLARS = Backend("polars", pl.from_arrow, lambda frame: frame.to_dicts(), lambda: pl.DataFrame)
LAZY = Backend(
    "polars-lazy",
    lambda table: pl.from_arrow(table).lazy(),
    lambda frame: frame.collect().to_dicts(),
    lambda: pl.LazyFrame,
)
ARROW = Backend("pyarrow", lambda table: table, lambda table: table.to_pylist(), lambda: pa.Table)
DUCKDB = Backend(
    "duckdb", _relation, lambda relation: relation.to_arrow_table().to_pylist(), lambda: duckdb.DuckDBPyRelation
)
SPARK = Backend("pyspark", _spark_frame, _spark_rows, _spark_type)

QUICK = (POLARS, LAZY, ARROW)
EVERY = (*QUICK, DUCKDB, SPARK)
