"""Which questions are awaited: those that can still change an open truth, through derived answers too."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples, expressions, readings, records, representatives

from cart_screen import compile_rules
from cart_screen.engines.python import Rules
from cart_screen.rules.expressions import Among, And, IfThenElse, Or
from cart_screen.rules.lowering import reading_of
from cart_screen.rules.reasons import awaited
from cart_screen.truth import Truth

from .small import every_record, on, said_yes, source_of

Q0, Q1, Q2, Q3 = (Among(f"q{place}", (True,)) for place in range(4))
SCALES = reading_of(
    {
        "properties": {
            "age": {"type": "integer", "minimum": 0, "maximum": 120},
            "child_score": {"type": "integer", "minimum": 0, "maximum": 100},
            "score": {"type": "integer", "minimum": 0, "maximum": 4},
            "words": {"type": "string", "enum": ["well", "ill"]},
            "well": {
                "type": "boolean",
                "x-internal": True,
                "x-derived": [
                    {"known": "score", "value": True, "if": on("score", {"maximum": 1})},
                    {"known": "child_score", "value": True, "if": on("age", {"maximum": 15})},
                    {"value": True, "if": on("words", {"const": "well"})},
                ],
            },
            "fit": {"type": "boolean", "x-derived": [{"answer": "fit"}, {"answer": "well"}]},
            "never": {
                "type": "boolean",
                "x-internal": True,
                "x-derived": [{"value": True, "if": on("age", {"minimum": 18})}],
            },
        }
    }
)
RULES = compile_rules({id: on(id, {"const": True}) for id in ("well", "fit", "never")}, SCALES)


@st.composite
def worlds(draw):
    reading = draw(readings(4, derived=2))
    return (
        reading,
        {f"r{place}": draw(expressions(reading, 3)) for place in range(3)},
        draw(records(reading, complete=False)),
    )


def awaiting(**record):
    """Give what each of the three rules awaits; None where it is decided. Both functions say the same."""
    found = RULES.evaluate(record)
    assert [said.awaiting for said in RULES.explain(record)] == [said.awaiting for said in found]
    return {
        name: said.awaiting if said.truth is Truth.UNKNOWN else None
        for name, said in zip(RULES.names, found, strict=True)
    }


def test_an_internal_answer_awaits_the_inputs_of_its_sources_and_not_itself():
    assert awaiting()["well"] == ("age", "child_score", "score", "words")


def test_a_derived_answer_that_can_be_given_awaits_itself_too():
    assert awaiting()["fit"] == ("age", "child_score", "score", "words", "fit")


def test_a_source_that_is_ruled_out_awaits_nothing():
    assert awaiting(score=3)["well"] == ("age", "child_score", "words")
    assert awaiting(score=3, age=40)["well"] == ("words",)
    assert awaiting(words="ill")["well"] == ("age", "child_score", "score")


def test_an_input_that_is_known_is_not_awaited():
    assert awaiting(age=10)["well"] == ("child_score", "score", "words")
    assert awaiting(child_score=50)["well"] == ("age", "score", "words")


def test_an_internal_answer_may_be_unknown_with_nothing_left_to_await():
    """It says so, and not that it is decided."""
    assert awaiting(age=3)["never"] == ()
    assert awaiting(age=40, score=3, words="ill")["well"] == ()
    assert awaiting(age=40, score=3, words="ill")["fit"] == ("fit",)
    assert RULES.evaluate({"age": 3})[2] == (Truth.UNKNOWN, ())


def test_nothing_left_and_something_left_are_told_apart_in_one_rule():
    rules = compile_rules({"both": {"allOf": [on("never", {"const": True}), on("words", {"const": "well"})]}}, SCALES)

    assert rules.evaluate({"age": 3})[0] == (Truth.UNKNOWN, ("words",))
    assert rules.evaluate({"age": 3, "words": "well"})[0] == (Truth.UNKNOWN, ())
    assert rules.evaluate({"age": 3, "words": "ill"})[0] == (Truth.FALSE, ())


def test_a_decided_rule_awaits_nothing():
    assert awaiting(well=True, fit=False, never=True) == {"well": None, "fit": None, "never": None}


@pytest.mark.parametrize("values", [{"age": (3, 40), "score": (0, 3), "words": ("well", "ill"), "child_score": (50,)}])
def test_every_record_awaits_what_the_reference_says(values):
    expressions = {"well": Among("well", (True,)), "fit": Among("fit", (True,)), "never": Among("never", (True,))}
    for record in every_record({**values, "well": (True,), "fit": (False,)}):
        expected = {
            name: None if name in record else awaited(rule, record, SCALES) for name, rule in expressions.items()
        }

        assert awaiting(**record) == expected


def test_questions_stand_in_the_order_of_the_dictionary():
    (said,) = Rules({"": And((Q3, Or((Q2, Q0)), Q1))}, said_yes(4)).evaluate({})

    assert said.awaiting == ("q0", "q1", "q2", "q3")


@pytest.mark.parametrize(
    ("rule", "record", "expected"),
    [
        (And((Or((Q0, Q1)), Q2)), {"q0": True}, ("q2",)),
        (Or((And((Q0, Q1)), Q2)), {"q0": False}, ("q2",)),
        (IfThenElse(Q0, Q1, Q2), {"q0": True}, ("q1",)),
        (IfThenElse(Q0, Q1, Q2), {"q0": False}, ("q2",)),
        (IfThenElse(Q0, Q1, Q2), {"q1": True}, ("q0", "q2")),
        (IfThenElse(Q0, Q1, Q2), {}, ("q0", "q1", "q2")),
    ],
    ids=str,
)
def test_what_can_no_longer_change_the_truth_is_not_awaited(rule, record, expected):
    rules = Rules({"": rule}, said_yes(4))

    assert rules.evaluate(record)[0] == (Truth.UNKNOWN, expected)
    assert rules.explain(record)[0].awaiting == expected


@examples(40)
@given(worlds())
def test_awaited_is_what_the_reference_awaits(world):
    reading, rules, record = world
    expected = [awaited(rule, record, reading) for rule in rules.values()]
    compiled = Rules(rules, reading)

    assert [said.awaiting for said in compiled.evaluate(record)] == expected
    assert [said.awaiting for said in compiled.explain(record)] == expected


@examples(25)
@given(worlds(), st.data())
def test_answers_that_are_not_awaited_change_nothing(world, data):
    reading, rules, record = world
    compiled = Rules(rules, reading)
    derived = reading.derivations
    for place, said in enumerate(compiled.evaluate(record)):
        more = dict(record)
        for id, question in reading.dictionary.questions.items():
            if id not in more and id not in said.awaiting and id not in derived:
                more[id] = data.draw(st.sampled_from(representatives(question)))

        assert compiled.evaluate(more)[place].truth is said.truth


def test_what_a_derived_answer_awaits_is_written_once_for_all_rules():
    rules = [And((Among("fit", (True,)), Among("score", (place,)))) for place in range(5)]
    for form in ("evaluate", "explain"):
        source = source_of(form, rules, SCALES)

        # `fit` itself, and `well` that it is derived from.
        assert source.count("def await_") == 2
