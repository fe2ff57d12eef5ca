"""The traps of columns, each of which has happened to somebody: a test with its name, on every kind of frame."""

from __future__ import annotations

import polars as pl
import pyarrow as pa
import pytest

from cart_screen.engines.columns.rules import compile_columns
from cart_screen.rules.expressions import Among, And, Compare, ExactlyOne, IfThenElse, Not, Or, Relation

from .backends import EVERY, POLARS, PYSPARK_WARNS, ROW

pytestmark = PYSPARK_WARNS

DICTIONARY = {
    "properties": {
        "yes": {"type": "boolean"},
        "no": {"type": "boolean"},
        "age": {"type": "integer", "minimum": 0, "maximum": 120},
        "scale": {"type": "integer", "enum": [0, 1, 10]},
        "level": {"type": "number", "minimum": 0, "maximum": 100},
        "count": {"type": "integer"},
        "size": {"type": "number"},
        "kind": {"type": "string", "enum": ["a", "b", "c"]},
    }
}
YES, NO = Among("yes", (True,)), Among("no", (True,))


def verdicts(backend, rule, columns):
    """Give what a rule says of each row of some columns, in the order of the rows."""
    table = pa.table({ROW: pa.array(range(len(next(iter(columns.values())))), pa.int64()), **columns})
    found = backend.rows(compile_columns({"it": rule}, DICTIONARY).verdicts(backend.make(table)))
    return [row["verdict/it"] for row in sorted(found, key=lambda row: row[ROW])]


every_backend = pytest.mark.parametrize("backend", EVERY, ids=repr)


@every_backend
@pytest.mark.parametrize("relation", Relation)
def test_nan_is_a_missing_answer(backend, relation):
    """DuckDB, polars and Spark hold NaN >= 18 to be true."""
    levels = pa.array([float("nan"), 50.0, None], pa.float64(), from_pandas=False)
    holds = relation.holds(50.0, 18)

    assert verdicts(backend, Compare("level", relation, 18), {"level": levels}) == [None, holds, None]


@every_backend
def test_true_is_not_one_and_one_is_not_true(backend):
    """DuckDB and polars hold TRUE = 1; values of another kind are never the answer."""
    scales, answers = pa.array([0, 1, None]), pa.array([False, True, None])

    assert verdicts(backend, Among("scale", (True, 10)), {"scale": scales}) == [False, False, None]
    assert verdicts(backend, Among("yes", (1,)), {"yes": answers}) == [False, False, None]


@every_backend
def test_zero_false_and_the_first_choice_are_answers(backend):
    zero, no, first = pa.array([0]), pa.array([False]), pa.array(["a"])

    assert verdicts(backend, Among("scale", (0,)), {"scale": zero}) == [True]
    assert verdicts(backend, Among("yes", (False,)), {"yes": no}) == [True]
    assert verdicts(backend, Among("kind", ("a", "c")), {"kind": first}) == [True]


@every_backend
def test_large_whole_numbers_are_told_apart(backend):
    """As floats 9007199254740993 and 9007199254740992 are the same."""
    counts = pa.array([9007199254740992, 9007199254740993, 9007199254740994], pa.int64())
    sizes = pa.array([9007199254740992.0, 9007199254740994.0], pa.float64())

    assert verdicts(backend, Among("count", (9007199254740993,)), {"count": counts}) == [False, True, False]
    assert verdicts(backend, Compare("count", Relation.AT_LEAST, 9007199254740993), {"count": counts}) == [
        False, True, True,
    ]  # fmt: skip
    assert verdicts(backend, Compare("count", Relation.BELOW, 9007199254740993.0), {"count": counts}) == [
        False, False, False,
    ]  # fmt: skip
    assert verdicts(backend, Compare("size", Relation.AT_LEAST, 9007199254740993), {"size": sizes}) == [False, True]
    assert verdicts(backend, Compare("size", Relation.AT_MOST, 9007199254740993), {"size": sizes}) == [True, False]
    assert verdicts(backend, Among("size", (9007199254740993,)), {"size": sizes}) == [False, False]


@every_backend
@pytest.mark.parametrize("limit", [2**64, -(2**64), 10**400, 1e300])
def test_limits_beyond_the_type_of_a_column_are_compared_all_the_same(backend, limit):
    """polars turns 2**64 into null."""
    counts, sizes = pa.array([5, None], pa.int8()), pa.array([5.0, None], pa.float64())
    for relation in Relation:
        wanted = [relation.holds(5, limit), None]

        assert verdicts(backend, Compare("count", relation, limit), {"count": counts}) == wanted
        assert verdicts(backend, Compare("size", relation, limit), {"size": sizes}) == wanted
    assert verdicts(backend, Among("count", (limit,)), {"count": counts}) == [False, None]


@every_backend
@pytest.mark.parametrize("written", [pa.int8(), pa.int64(), pa.float32(), pa.float64(), pa.decimal128(30, 2)])
def test_a_threshold_compares_alike_in_every_type(backend, written):
    """Whole, as a float between two numbers, and as a float that equals one."""
    values = [17, 18, 19, None]
    answers = pa.array(values, pa.int64()).cast(written)
    for relation in Relation:
        for limit in (18, 18.0, 17.5):
            wanted = [None if value is None else relation.holds(value, limit) for value in values]

            assert verdicts(backend, Compare("count", relation, limit), {"count": answers}) == wanted
    assert verdicts(backend, Among("count", (18.0, 17.5)), {"count": answers}) == [False, True, False, None]


@every_backend
def test_a_32_bit_float_is_compared_as_the_number_that_it_is(backend):
    """0.1 is no 32-bit float: the nearest is above it."""
    levels = pa.array([0.1], pa.float32())

    assert verdicts(backend, Compare("level", Relation.ABOVE, 0.1), {"level": levels}) == [True]


@every_backend
def test_an_unknown_if_does_not_fall_into_else(backend):
    """It is decided only where both branches agree; CASE and polars' when read null as false."""
    columns = {"yes": pa.array([None, None, None, True]), "no": pa.array([True, False, None, False])}
    high = Compare("age", Relation.AT_LEAST, 18)
    ages = pa.array([30, 30, 30, 30])

    assert verdicts(backend, IfThenElse(YES, high, NO), {**columns, "age": ages}) == [True, None, None, True]
    assert verdicts(backend, IfThenElse(YES, NO, Not(NO)), columns) == [None, None, None, False]


@every_backend
def test_one_of_with_an_unknown_term(backend):
    """Two that hold decide against it, whatever a third one is."""
    columns = {
        "yes": pa.array([True, True, False, False, True]),
        "no": pa.array([True, None, None, False, False]),
        "kind": pa.array([None, None, "a", "a", "b"]),
    }

    assert verdicts(backend, ExactlyOne((YES, NO)), columns) == [False, None, None, False, True]
    assert verdicts(backend, ExactlyOne((YES, NO, Among("kind", ("a",)))), columns) == [False, None, None, True, True]


@every_backend
def test_and_or_not_are_kleene_whatever_is_compared(backend):
    """Only booleans are joined: on DuckDB narwhals reads | of whole numbers as a logical OR."""
    columns = {"age": pa.array([None, None, 20, 10]), "scale": pa.array([1, 0, None, None])}
    adult, one = Compare("age", Relation.AT_LEAST, 18), Among("scale", (1, 10))

    assert verdicts(backend, Or((adult, one)), columns) == [True, None, True, None]
    assert verdicts(backend, And((adult, one)), columns) == [None, False, None, False]
    assert verdicts(backend, Not(And((adult, one))), columns) == [None, True, None, True]
    assert verdicts(backend, And((adult, Or(()), one)), columns) == [False] * 4


@every_backend
def test_a_column_of_nothing_but_null(backend):
    """Its type may be one of nothing but null; a relation has no such type."""
    empty = pa.nulls(2) if backend.name != "duckdb" else pa.nulls(2, pa.string())

    assert verdicts(backend, Not(Among("kind", ("a",))), {"kind": empty}) == [None, None]


@every_backend
def test_a_text_that_may_not_be_chosen_is_unknown(backend):
    """Rules trust the answers, but do not decide by one that is none."""
    assert verdicts(backend, Not(Among("kind", ("a",))), {"kind": pa.array(["a", "b", "flu"])}) == [False, True, None]


@pytest.mark.parametrize("categories", [["a", "b", "c"], ["c", "flu", "b"], ["b"]])
def test_enumerations_of_any_categories(categories):
    """A value that is none of a column's categories cannot be compared with it in polars."""
    frame = pl.DataFrame({"kind": pl.Series(["b", None], dtype=pl.Enum(categories))})
    found = compile_columns({"it": Among("kind", ("a", "c")), "other": Among("kind", ("b",))}, DICTIONARY).verdicts(
        frame
    )

    assert found["verdict/it"].to_list() == [False, None]
    assert found["verdict/other"].to_list() == [True, None]


def test_chunked_arrow():
    """Columns whose chunks do not end in the same rows."""
    ages = pa.chunked_array([pa.array([1, 20]), pa.array([], pa.int64()), pa.array([None, 30])])
    answers = pa.chunked_array([pa.array([True]), pa.array([None, False, True])])
    table = pa.table({"age": ages, "yes": answers})
    found = compile_columns({"it": And((Compare("age", Relation.AT_LEAST, 18), YES))}, DICTIONARY).verdicts(table)

    assert found["verdict/it"].to_pylist() == [False, None, False, True]


def test_dictionary_encoded_arrow():
    table = pa.table({"kind": pa.array(["a", None, "b"]).dictionary_encode()})
    found = compile_columns({"it": Among("kind", ("a", "c"))}, DICTIONARY).verdicts(table)

    assert found["verdict/it"].to_pylist() == [True, None, False]


def test_constant_rules_over_any_number_of_rows():
    rules = {"always": And(()), "never": Or(())}
    for rows in ([], [{"age": 1}], [{"age": 1}, {"age": None}]):
        frame = pl.DataFrame(rows, schema={"age": pl.Int64})
        found = POLARS.rows(compile_columns(rules, DICTIONARY).verdicts(frame))

        assert [(row["verdict/always"], row["verdict/never"]) for row in found] == [(True, False)] * len(rows)
