"""Column engines as readers of records: a frame is made of the records, and its verdicts are read back row by row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cart_screen.answers.scalars import Scalar
from cart_screen.rules.reference import Record
from cart_screen.truth import Truth, truth_of

from .rule_sets import RuleSet
from .said import Reader, Said

_ROW = "number of the row"

# Columns of Python values, with the type of question that each is of.
Columns = Mapping[str, tuple[str, list[Any]]]


def evaluating(frame_of: Callable[[Columns], Any], rows_of: Callable[[Any], list[dict[str, Any]]]):
    """Give an engine that reads truths and lists of awaited ids over one kind of frame."""

    def engine(rules: RuleSet) -> Reader:
        compiled, names = _compiled(rules)

        def read(records: Sequence[Record]) -> list[tuple[Said, ...]]:
            rows = _in_order(rows_of(compiled.evaluate(frame_of(_columns(rules, records)))), records)
            return [
                tuple(Said(_truth(row[f"verdict/{name}"]), tuple(row[f"awaiting/{name}"])) for name in names)
                for row in rows
            ]

        return read

    return engine


def verdicts_and_awaited(frame_of: Callable[[Columns], Any], rows_of: Callable[[Any], list[dict[str, Any]]]):
    """Give an engine that reads truths, and awaited ids from one boolean column for each question."""

    def engine(rules: RuleSet) -> Reader:
        compiled, names = _compiled(rules)
        questions = rules.reading.dictionary.questions

        def read(records: Sequence[Record]) -> list[tuple[Said, ...]]:
            frame = frame_of(_columns(rules, records))
            truths = _in_order(rows_of(compiled.verdicts(frame)), records)
            waits = _in_order(rows_of(compiled.awaited(frame)), records)
            return [
                tuple(
                    Said(
                        _truth(row[f"verdict/{name}"]),
                        tuple(id for id in questions if waiting.get(f"awaited/{name}/{id}")),
                    )
                    for name in names
                )
                for row, waiting in zip(truths, waits, strict=True)
            ]

        return read

    return engine


def _compiled(rules: RuleSet):
    from cart_screen.engines.columns.rules import compile_columns

    # Plain names of our own: a rule may be named by any text, a column not in every kind of frame.
    schemas = {f"rule {number}": schema for number, schema in enumerate(rules.schemas.values())}
    return compile_columns(schemas, rules.reading, documents=rules.documents), tuple(schemas)


def _columns(rules: RuleSet, records: Sequence[Record]) -> Columns:
    """Give a column for each question that some record answers; a question without one is unknown."""
    kinds = {id: question.kind for id, question in rules.reading.dictionary.questions.items()}
    found: dict[str, tuple[str, list[Any]]] = {_ROW: ("integer", list(range(len(records))))}
    for id, kind in kinds.items():
        values: list[Scalar | None] = [record.get(id) for record in records]
        if any(value is not None for value in values):
            whole = kind == "integer" and not any(isinstance(value, float) for value in values)
            found[id] = ("number" if kind == "integer" and not whole else kind, values)
    return found


def _in_order(rows: list[dict[str, Any]], records: Sequence[Record]) -> list[dict[str, Any]]:
    """Give the rows in the order of the records; not every kind of frame keeps it."""
    assert len(rows) == len(records)
    return sorted(rows, key=lambda row: row[_ROW])


def _truth(value: bool | None) -> Truth:
    return Truth.UNKNOWN if value is None else truth_of(value)


def polars_frame(columns: Columns) -> Any:
    """Make a polars frame."""
    import polars as pl

    types = {"boolean": pl.Boolean, "string": pl.String, "integer": pl.Int64, "number": pl.Float64}
    return pl.DataFrame([pl.Series(id, values, types[kind], strict=False) for id, (kind, values) in columns.items()])


def polars_lazy_frame(columns: Columns) -> Any:
    """Make a lazy polars frame, its texts as an enumeration."""
    import polars as pl

    frame = polars_frame(columns)
    enums = {
        id: pl.Enum(sorted({value for value in values if value is not None}))
        for id, (kind, values) in columns.items()
        if kind == "string"
    }
    return frame.with_columns(pl.col(id).cast(dtype) for id, dtype in enums.items()).lazy()


def pyarrow_table(columns: Columns) -> Any:
    """Make a pyarrow table."""
    import pyarrow as pa

    types = {"boolean": pa.bool_(), "string": pa.string(), "integer": pa.int64(), "number": pa.float64()}
    return pa.table({id: pa.array(_cast(kind, values), types[kind]) for id, (kind, values) in columns.items()})


def duckdb_relation(columns: Columns) -> Any:
    """Make a DuckDB relation."""
    import duckdb

    return duckdb.from_arrow(pyarrow_table(columns))


def pyspark_frame(columns: Columns) -> Any:
    """Make a PySpark frame."""
    from pyspark.sql import SparkSession

    session = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    types = {"boolean": "boolean", "string": "string", "integer": "bigint", "number": "double"}
    schema = ", ".join(f"`{id}` {types[kind]}" for id, (kind, _) in columns.items())
    rows = zip(*(_cast(kind, values) for kind, values in columns.values()), strict=True)
    return session.createDataFrame(list(rows), schema)


def _cast(kind: str, values: list[Any]) -> list[Any]:
    return [float(value) if kind == "number" and value is not None else value for value in values]


def polars_rows(frame: Any) -> list[dict[str, Any]]:
    """Read the rows of a polars frame, lazy or not."""
    return frame.lazy().collect().to_dicts()


def pyarrow_rows(table: Any) -> list[dict[str, Any]]:
    """Read the rows of a pyarrow table."""
    return table.to_pylist()


def duckdb_rows(relation: Any) -> list[dict[str, Any]]:
    """Read the rows of a DuckDB relation."""
    names = relation.columns
    return [dict(zip(names, row, strict=True)) for row in relation.fetchall()]


def pyspark_rows(frame: Any) -> list[dict[str, Any]]:
    """Read the rows of a PySpark frame."""
    return [row.asDict() for row in frame.collect()]
