"""Verdicts and awaited questions over columns are those of the reference, row by row, on every kind of frame."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import (
    SETS,
    SHARED,
    WORLD,
    criteria_of,
    examples,
    expressions,
    readings,
    records,
    resolved_records,
    worlds,
)

from cart_screen.catalog.loading import own_set
from cart_screen.engines.columns.rules import compile_columns
from cart_screen.rules.reasons import awaited
from cart_screen.rules.reference import evaluate
from cart_screen.truth import Truth

from .backends import DUCKDB, EVERY, LAZY, POLARS, PYSPARK_WARNS, SPARK, Backend, table_of

pytestmark = PYSPARK_WARNS

TRUTHS = {True: Truth.TRUE, False: Truth.FALSE, None: Truth.UNKNOWN}
# A frame of these kinds costs tenths of a second before the first row, so there are fewer, with more rules in each.
COUNTS = {DUCKDB.name: 8, SPARK.name: 2}


def in_order(rows):
    return sorted(rows, key=lambda row: row["row number"])


def agree(backend: Backend, rules, reading, rows, columns):
    """Hold verdicts and awaited questions of some rules against the reference."""
    frame = backend.make(table_of(rows, reading.dictionary, columns))
    found = in_order(backend.rows(compile_columns(rules, reading).evaluate(frame)))
    assert len(found) == len(rows)
    for row, record in zip(found, rows, strict=True):
        for name, rule in rules.items():
            assert TRUTHS[row[f"verdict/{name}"]] is evaluate(rule, record), (name, rule, record)
            assert tuple(row[f"awaiting/{name}"]) == awaited(rule, record, reading), (name, rule, record)


@pytest.mark.parametrize("backend", EVERY, ids=repr)
def test_random_expressions_over_random_partial_records(backend):
    """Including derived answers, whose inputs are awaited with them, and whole numbers written as floats."""

    @examples(COUNTS.get(backend.name, 60))
    @given(data=st.data())
    def law(data):
        reading = data.draw(readings(4, derived=2))
        rules = {f"r{place}": data.draw(expressions(reading)) for place in range(4)}
        rows = data.draw(st.lists(records(reading, complete=False), min_size=1, max_size=12))
        ids = list(reading.dictionary.questions)
        columns = data.draw(st.lists(st.sampled_from(ids), unique=True)) if data.draw(st.booleans()) else ids
        agree(backend, rules, reading, [{id: row[id] for id in columns if id in row} for row in rows], columns)

    law()


@pytest.mark.parametrize("backend", EVERY, ids=repr)
@pytest.mark.parametrize("name", [*SETS, "eu-ema"])
def test_every_shipped_criterion_over_resolved_answers(backend, name):
    """All of a set at once; what indications share is one rule."""
    criteria = own_set(name)
    distinct = {id(one.bare): one.bare for _, one in criteria_of(criteria)}
    rules = {f"r{place}": one for place, one in enumerate(distinct.values())}
    if backend is SPARK:
        # Spark takes seconds to plan each thousand conditions, anew for each frame.
        rules = dict(list(rules.items())[:3])
    questions = list(criteria.reading.dictionary.questions)

    @examples(2 if backend.name in COUNTS else 8)
    @given(rows=st.lists(resolved_records(questions, complete=False), min_size=1, max_size=25))
    def law(rows):
        agree(backend, rules, criteria.reading, rows, questions)

    law()


@pytest.mark.parametrize("backend", [POLARS, LAZY], ids=repr)
@examples(30)
@given(data=st.data())
def test_json_schemas_are_read_as_documents_are(backend, data):
    """References into other documents included."""
    world = data.draw(worlds(derived=1))
    rows = data.draw(st.lists(records(world.reading, complete=False), min_size=1, max_size=10))
    frame = backend.make(table_of(rows, world.reading.dictionary, list(world.reading.dictionary.questions)))
    compiled = compile_columns({"it": {"$ref": WORLD}}, world.reading, documents=(world.document, world.shared))
    for row, record in zip(in_order(backend.rows(compiled.verdicts(frame))), rows, strict=True):
        assert TRUTHS[row["verdict/it"]] is evaluate(world.expression, record)
    assert SHARED in str(world.shared)


@examples(30)
@given(data=st.data())
def test_one_boolean_column_for_each_awaited_question_says_what_the_list_says(data):
    """And there is none for a question that is never awaited."""
    reading = data.draw(readings(4, derived=2))
    rules = {"one": data.draw(expressions(reading)), "two": data.draw(expressions(reading))}
    rows = data.draw(st.lists(records(reading, complete=False), min_size=1, max_size=10))
    frame = POLARS.make(table_of(rows, reading.dictionary, list(reading.dictionary.questions)))
    compiled = compile_columns(rules, reading)
    lists, columns = POLARS.rows(compiled.evaluate(frame)), POLARS.rows(compiled.awaited(frame))
    for listed, row in zip(lists, columns, strict=True):
        for name in rules:
            ids = [id for id in reading.dictionary.questions if row.get(f"awaited/{name}/{id}")]
            assert listed[f"awaiting/{name}"] == ids
