"""Lists of ids are the same on every kind of frame, however many ids there are."""

from __future__ import annotations

import random

import pytest

from cart_screen.engines.columns.rules import compile_columns
from cart_screen.rules.expressions import Among, And

from .backends import ARROW, DUCKDB, LAZY, POLARS, table_of


@pytest.mark.parametrize("count", [1, 8, 9, 64, 65, 130])
@pytest.mark.parametrize("backend", [POLARS, LAZY, ARROW, DUCKDB], ids=repr)
def test_lists_of_many_ids(backend, count):
    """polars numbers the combinations of eight ids in a byte, and of sixty-four in a number."""
    ids = [f"question_{place}" for place in range(count)]
    dictionary = {"properties": {id: {"type": "boolean"} for id in ids}}
    compiled = compile_columns({"all": And(tuple(Among(id, (True,)) for id in ids))}, dictionary)
    draw = random.Random(count)
    shares = (0, 0.1, 0.9, 1)
    rows = [{id: True for id in ids if draw.random() >= share} for share in shares for _ in range(5)]
    found = backend.rows(compiled.evaluate(backend.make(table_of(rows, compiled.dictionary, ids))))

    for row in found:
        assert row["awaiting/all"] == [id for id in ids if id not in rows[row["row number"]]]


def test_an_id_that_is_a_number_is_no_name_that_is_computed_with():
    ids = [str(place) for place in range(12)]
    dictionary = {"properties": {id: {"type": "string", "enum": ["a", "b"]} for id in ids}}
    rules = {id: And((Among(id, ("a",)), Among("0", ("b",)))) for id in ids}
    compiled = compile_columns(rules, dictionary)
    rows = [dict.fromkeys(ids, "a") | {"0": "b"}]
    (row,) = POLARS.rows(compiled.evaluate(POLARS.make(table_of(rows, compiled.dictionary, ids))))

    assert [row[f"verdict/{id}"] for id in ids] == [False] + [True] * 11
