"""Numbers compare in generated code as they do in the reference: exactly, whatever their type."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples

from cart_screen import compile_rules
from cart_screen.engines.python import Rules
from cart_screen.rules.expressions import Among, And, Compare, Not, Relation
from cart_screen.rules.lowering import reading_of
from cart_screen.truth import Truth, truth_of

from .small import FORMS, as_explained, as_specified, on

READING = reading_of(
    {
        "properties": {
            "n": {"type": "number"},
            "i": {"type": "integer"},
            "b": {"type": "boolean"},
            "z": {"type": "number"},
        }
    }
)
EDGES = (
    0, -0.0, 0.0, 1, 1.0, -1, 0.1, 0.30000000000000004, 0.3, 5e-324, -5e-324, 1.7976931348623157e308, 2**53, 2**53 + 1,
    float(2**53), 2**53 + 2, -(2**53) - 1, 10**22, 1e22, 10**23, 1e23, 10**400, -(10**400), 18, 17.999999999999996,
)  # fmt: skip
numbers = st.sampled_from(EDGES) | st.floats(allow_nan=False, allow_infinity=False) | st.integers()


def said(rules, record):
    """Give the truth by each of the three functions, which is one and the same."""
    found = {getattr(entry, "truth", entry) for form in FORMS for entry in getattr(rules, form)(record)}
    assert len(found) == 1
    return found.pop()


@pytest.mark.parametrize("relation", Relation)
def test_every_limit_turns_exactly_where_it_stands(relation):
    wrong = []
    for limit in EDGES:
        # A question more, so that the record is short and the path for missing answers is taken too.
        both = And((Compare("n", relation, limit), Among("b", (True,))))
        complete, open_yet = Rules({"": Compare("n", relation, limit)}, READING), Rules({"": both}, READING)
        for value in EDGES:
            holds = relation.holds(Fraction(value), Fraction(limit))
            if said(complete, {"n": value}) is not truth_of(holds):
                wrong.append((value, limit, "complete"))
            if said(open_yet, {"n": value}) is not (Truth.UNKNOWN if holds else Truth.FALSE):
                wrong.append((value, limit, "partial"))

    assert wrong == []


@examples(60)
@given(numbers, numbers, numbers, st.sampled_from(Relation), st.booleans())
def test_a_number_is_read_as_by_the_reference(value, limit, other, relation, is_given):
    expressions = {
        "limit": Compare("n", relation, limit),
        "not limit": Not(Compare("n", relation, limit)),
        "one": Among("n", (other,)),
        "some": Among("n", (other, limit)),
        "none": Not(Among("n", (other, limit, 0))),
        "two": And((Compare("n", relation, limit), Among("n", (other, value)))),
    }
    rules = Rules(expressions, READING)
    record = {"n": value} if is_given else {}

    assert as_explained(rules, record) == [as_specified(one, record, READING) for one in expressions.values()]
    assert rules.verdicts(record) == tuple(as_specified(one, record, READING)[0] for one in expressions.values())


@pytest.mark.parametrize("value", [0, 0.0, -0.0])
@pytest.mark.parametrize("stated", [0, 0.0, -0.0])
def test_zero_has_no_sign(value, stated):
    schemas = {
        "const": on("n", {"const": stated}),
        "enum": on("n", {"enum": [stated, 7]}),
        "limit": on("n", {"minimum": stated}),
    }

    assert set(compile_rules(schemas, READING).verdicts({"n": value})) == {Truth.TRUE}
    assert compile_rules({"above": on("n", {"exclusiveMinimum": stated})}, READING).verdicts({"n": value}) == (
        Truth.FALSE,
    )


@pytest.mark.parametrize(("value", "truth"), [(1, Truth.TRUE), (1.0, Truth.TRUE), (2, Truth.FALSE)])
def test_a_whole_number_written_as_a_float_is_the_same(value, truth):
    schemas = {"int": on("i", {"const": 1}), "float": on("i", {"const": 1.0}), "enum": on("i", {"enum": [1.0, 9]})}

    assert set(compile_rules(schemas, READING).verdicts({"i": value})) == {truth}


def test_a_yes_is_no_number_and_zero_is_no_no():
    """Equal for Python, and written into the same code."""
    rules = Rules(
        {
            "yes": Among("b", (True,)),
            "no": Among("b", (False,)),
            "one": Among("i", (1,)),
            "none": Among("i", (0,)),
            "yes, of numbers": Among("i", (True,)),
            "one, of yes and no": Among("b", (1,)),
        },
        READING,
    )

    yes, no = rules.verdicts({"b": True, "i": 1}), rules.verdicts({"b": False, "i": 0})

    assert [truth is Truth.TRUE for truth in yes] == [True, False, True, False, False, False]
    assert [truth is Truth.TRUE for truth in no] == [False, True, False, True, False, False]
    assert Truth.UNKNOWN not in (*yes, *no)


@pytest.mark.parametrize("form", FORMS)
def test_zero_no_and_the_empty_text_are_answers(form):
    dictionary = {
        "properties": {"n": {"type": "number"}, "b": {"type": "boolean"}, "t": {"type": "string", "enum": ["", "x"]}}
    }
    rules = compile_rules(
        {"n": on("n", {"const": 0}), "b": on("b", {"const": False}), "t": on("t", {"const": ""})}, dictionary
    )

    for record in ({"n": 0, "b": False, "t": ""}, {"n": 0.0, "b": False, "t": "", "more": 1}):
        assert {getattr(entry, "truth", entry) for entry in getattr(rules, form)(record)} == {Truth.TRUE}


def test_neighbours_of_a_limit_are_told_apart():
    rules = compile_rules({"": on("n", {"minimum": 0.1, "exclusiveMaximum": 0.3})}, READING)

    assert said(rules, {"n": 0.1}) is Truth.TRUE
    assert said(rules, {"n": math.nextafter(0.1, 0)}) is Truth.FALSE
    assert said(rules, {"n": 0.3}) is Truth.FALSE
    assert said(rules, {"n": math.nextafter(0.3, 0)}) is Truth.TRUE
    assert said(rules, {"n": 0.1 + 0.2}) is Truth.FALSE
