"""A function of a few values per row, found by telling cases apart, is that function."""

from __future__ import annotations

from itertools import product

import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples

from cart_screen.answers.declaring import read_dictionary
from cart_screen.engines.columns.backend import library_of
from cart_screen.engines.columns.cases import Place, by_cases
from cart_screen.engines.columns.conditions import FrameRecord, Truths
from cart_screen.engines.columns.frames import over
from cart_screen.engines.columns.intake import take_in, types_of
from cart_screen.engines.columns.logic import Logic
from cart_screen.engines.columns.staging import plan
from cart_screen.engines.columns.standing import exactly_one
from cart_screen.engines.graph import Graph
from cart_screen.rules.expressions import Among

IDS = ("x", "y", "z")
DICTIONARY = read_dictionary({"properties": {id: {"type": "string", "enum": ["a", "b", "c"]} for id in IDS}}, "three")
ROWS = [dict(zip(IDS, values, strict=True)) for values in product("abc", repeat=3)]


def computed(make):
    """Compute a node over every combination of three answers."""

    def compute_over(frame):
        intake, logic = take_in(types_of(frame.collect_schema(), DICTIONARY), DICTIONARY, library_of(frame)), Logic()
        truths = Truths(FrameRecord(DICTIONARY, intake.columns.values(), logic), Graph(), logic)
        places = [Place({value: logic.surely(truths.of(Among(id, (value,)))) for value in "abc"}) for id in IDS]
        return plan(intake, {"it": make(places, logic)}).over(frame, IDS)

    return over(pl.DataFrame(ROWS), compute_over, IDS)["it"].to_list()


@examples(40)
@given(table=st.lists(st.booleans(), min_size=27, max_size=27))
def test_any_function_of_three_places(table):
    wanted = dict(zip(product("abc", repeat=3), table, strict=True))

    assert computed(lambda places, logic: by_cases(places, wanted.__getitem__, logic)) == table


def test_exactly_one_of_many():
    found = computed(lambda places, logic: exactly_one([place.where["a"] for place in places], logic))

    assert found == [list(row.values()).count("a") == 1 for row in ROWS]
