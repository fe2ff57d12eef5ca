"""Lists of ids are the same on every kind of frame, however many ids there are."""

from __future__ import annotations

import random

import polars as pl
import pytest

from cart_screen.answers.declaring import read_dictionary
from cart_screen.engines.columns.backend import library_of
from cart_screen.engines.columns.conditions import FrameRecord, Truths
from cart_screen.engines.columns.frames import over
from cart_screen.engines.columns.intake import take_in, types_of
from cart_screen.engines.columns.lists import Ids
from cart_screen.engines.columns.logic import Logic
from cart_screen.engines.columns.rules import compile_columns
from cart_screen.engines.columns.staging import plan
from cart_screen.engines.graph import Graph
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


@pytest.mark.parametrize("count", [3, 70])
def test_a_list_is_null_where_it_says_nothing_and_empty_where_it_says_none(count):
    ids = [f"question_{place}" for place in range(count)]
    dictionary = read_dictionary({"properties": {id: {"type": "boolean"} for id in ids}}, "many")

    def compute(frame):
        intake, logic = take_in(types_of(frame.collect_schema(), dictionary), dictionary, library_of(frame)), Logic()
        truths = Truths(FrameRecord(dictionary, intake.columns.values(), logic), Graph(), logic)
        nodes = [logic.surely(truths.of(Among(id, (True,)))) for id in ids]
        return plan(intake, {"it": Ids(tuple(zip(nodes[1:], ids[1:], strict=True)), nodes[0])}).over(frame, ids)

    frame = pl.DataFrame({id: [True, True, False, None] for id in ids} | {ids[-1]: [True, False, True, True]})
    found = over(frame, compute, ids)["it"]

    assert found.dtype == pl.List(pl.Enum(ids[1:]))
    assert found.to_list() == [ids[1:], ids[1:-1], None, None]
