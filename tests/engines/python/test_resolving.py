"""The compiled form of ``Reading.resolve``: what was given, what follows from it, and what has to be waited for."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import SETS, examples, readings, small_answers, stated_answers

from cart_screen.answers.absent import AbsentReason
from cart_screen.answers.given import Answers
from cart_screen.catalog.loading import own_set
from cart_screen.engines.resolving import compile_resolve
from cart_screen.rules.lowering import reading_of

from .small import on

NUMBER = {"type": "number", "minimum": 0, "maximum": 10}
RATIO = {"formula": "multiple-of-limit", "of": {"value": "value", "limit": "limit"}}
FURTHER = {"formula": "multiple-of-limit", "of": {"value": "ratio", "limit": "value"}}
RATIOS = reading_of(
    {
        "properties": {
            "value": NUMBER,
            "limit": NUMBER,
            "words": {"type": "string", "enum": ["normal", "raised"]},
            "ratio": {
                "type": "number",
                "x-derived": [{"answer": "ratio"}, RATIO, {"answer": "words", "map": {"normal": 1}}],
            },
            "raised": {
                "type": "boolean",
                "x-internal": True,
                "x-derived": [
                    {"value": True, "if": on("ratio", {"exclusiveMinimum": 3})},
                    {"value": False, "if": on("ratio", {"maximum": 3})},
                ],
            },
            "twice": {"type": "number", "x-derived": [FURTHER, {"known": "raised", "value": 0}]},
        }
    }
)
INPUTS = {"age": "age", "weight": "weight", "creatinine": "creatinine", "sex": "sex"}
CLEARANCE = reading_of(
    {
        "properties": {
            "age": {"type": "integer", "minimum": 0, "maximum": 120},
            "weight": NUMBER,
            "creatinine": NUMBER,
            "sex": {"type": "string", "enum": ["female", "male"]},
            "state": {"type": "string", "enum": ["good", "bad"]},
            "clearance": {
                "type": "number",
                "x-derived": [
                    {"formula": "cockcroft-gault", "of": INPUTS, "if": on("age", {"minimum": 18})},
                    {"answer": "state", "map": {"good": 60, "bad": 0}},
                ],
            },
        }
    }
)
RATIOS_RESOLVED, CLEARANCE_RESOLVED = compile_resolve(RATIOS), compile_resolve(CLEARANCE)
REASONS = (None, *AbsentReason)


def typed(record):
    """Give answers with their types and signs."""
    return {id: repr(value) for id, value in record.items()}


def derived(answers, **absent):
    """Give the derived answers that are known, which are those of the plain reading."""
    given = Answers(answers, absent)
    found = RATIOS_RESOLVED(given)
    assert typed(found) == typed(RATIOS.resolve(given))
    return {id: found[id] for id in RATIOS.derivations if id in found}


def some(id, values):
    """Give every way in which a question may be answered or not, as values and absent reasons."""
    return [({id: value}, {}) for value in values] + [({}, {id: reason} if reason else {}) for reason in REASONS]


def test_what_is_derived_is_derived_further():
    assert derived({"value": 8, "limit": 2}) == {"ratio": 4.0, "raised": True, "twice": 0.5}


def test_what_was_given_is_read_before_what_follows():
    assert derived({"value": 8, "limit": 2, "ratio": 1})["ratio"] == 1


@pytest.mark.parametrize("zero", [0, 0.0, -0.0])
def test_nothing_is_divided_by_zero(zero):
    assert derived({"value": 8, "limit": zero}) == {}
    assert derived({"value": 8, "limit": zero, "words": "normal"}) == {"ratio": 1, "raised": False, "twice": 0.125}
    assert derived({"value": zero, "limit": 2})["ratio"] == 0
    assert derived({"value": zero, "limit": 2})["twice"] == 0


def test_a_measured_value_that_is_half_given_is_waited_for():
    assert derived({"value": 8, "words": "normal"}) == {}
    assert derived({"value": 8, "words": "normal"}, limit="not-asked") == {}
    assert derived({"value": 8, "words": "normal"}, limit="asked-unknown")["ratio"] == 1
    assert derived({"limit": 2, "words": "normal"})["ratio"] == 1


def test_what_is_still_to_be_asked_is_waited_for_along_a_chain():
    assert derived({"words": "normal"}, value="not-asked") == {}
    assert derived({"words": "normal"}, value="asked-declined")["ratio"] == 1
    assert derived({"words": "normal"}, ratio="not-asked") == {}


def test_a_table_without_the_answer_gives_nothing():
    assert derived({"words": "raised"}) == {}


def test_every_way_to_answer_ratios_is_resolved_as_plainly():
    """Each question answered, or absent for each of the reasons and for none."""
    ways = product(
        some("value", (0, 3)), some("limit", (0, 1.5)), some("words", ("normal", "raised")), some("ratio", (4,))
    )
    wrong = []
    for chosen in ways:
        answers = Answers(
            {id: value for values, _ in chosen for id, value in values.items()},
            {id: reason for _, absent in chosen for id, reason in absent.items()},
        )
        if typed(RATIOS_RESOLVED(answers)) != typed(RATIOS.resolve(answers)):
            wrong.append(answers.to_dict())

    assert wrong == []


@examples(120)
@given(st.data())
def test_every_way_to_answer_a_clearance_is_resolved_as_plainly(data):
    values, absent = {}, {}
    allowed = {
        "age": (0, 17, 18, 65), "weight": (0, 7.5), "creatinine": (0, 0.0, 1.4), "sex": ("female", "male"),
        "state": ("good", "bad"), "clearance": (1, 2.5),
    }  # fmt: skip
    for id, choices in allowed.items():
        given, reasons = data.draw(st.sampled_from(some(id, choices)))
        values |= given
        absent |= reasons
    answers = Answers(values, absent)

    assert typed(CLEARANCE_RESOLVED(answers)) == typed(CLEARANCE.resolve(answers))


@examples(50)
@given(st.data())
def test_answers_to_any_small_dictionary_are_resolved_as_plainly(data):
    reading = data.draw(readings(4, derived=4))
    resolve = compile_resolve(reading)
    for _ in range(3):
        answers = data.draw(small_answers(reading))

        assert typed(resolve(answers)) == typed(reading.resolve(answers))


@pytest.mark.parametrize("name", SETS)
def test_answers_to_a_shipped_dictionary_are_resolved_as_plainly(name):
    reading = own_set(name).reading
    resolve = compile_resolve(reading)

    @examples(40)
    @given(stated_answers(name))
    def law(answers):
        assert typed(resolve(answers)) == typed(reading.resolve(answers))

    law()


def test_the_answers_are_not_changed_and_each_record_is_a_new_one():
    answers = Answers({"value": 8, "limit": 2}, {"words": "not-asked"})
    before = answers.to_dict()
    one, other = RATIOS_RESOLVED(answers), RATIOS_RESOLVED(answers)

    assert answers.to_dict() == before
    assert one == other
    assert one is not other
