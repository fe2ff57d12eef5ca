"""Which answers decided: none of them can be left out, and the earlier ones of the dictionary are preferred."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples, expressions, readings, records

from cart_screen.engines.deciding import least
from cart_screen.engines.explaining import ExplainSource
from cart_screen.engines.partial import masks_of
from cart_screen.engines.python import Rules
from cart_screen.engines.source import RulesSource
from cart_screen.rules.expressions import Among, And, ExactlyOne, IfThenElse, Not, Or
from cart_screen.rules.reasons import because
from cart_screen.rules.reference import evaluate
from cart_screen.truth import Truth

from .small import every_record, said_yes

Q = tuple(Among(f"q{place}", (True,)) for place in range(8))
WRITTEN_OUT = {
    "all": And(Q[:4]),
    "any": Or(Q[:4]),
    "any of two alls that share an answer": Or((And((Q[0], Q[3])), And((Q[1], Q[3])))),
    "if": IfThenElse(Q[2], Q[1], Q[0]),
    "if, with branches that may agree": IfThenElse(Q[3], Or((Q[0], Q[1])), Or((Q[0], Q[2]))),
    "one of four": ExactlyOne(Q[:4]),
    "an answer asked twice": And((Or((Q[1], Q[0])), Or((Q[2], Q[0])))),
    "not": Not(And((Q[0], Or((Q[1], Not(Q[2])))))),
}
# Unions of ways that share answers, too many to be written out one by one.
LEAST = {
    "two of five, three shared": And((Or(Q[:5]), Or(Q[2:7]))),
    "the last of both": And((Or((Q[4], Q[3], Q[5], Q[0])), Or((Q[6], Q[3], Q[2], Q[1])))),
    "not one of two": Not(Or((And(Q[:4]), And(Q[3:7])))),
}
# So many that even their number is too much for source.
TRIALS = {
    "one of five": ExactlyOne(Q[:5]),
    "not one of five": Not(ExactlyOne((Q[1], Q[0], Q[3], Q[2], Q[4]))),
    "one of five in a rule": And((Or((Q[5], ExactlyOne(Q[:5]))), Or((Q[0], Q[5])))),
    "three of five": And((Or(Q[:5]), Or(Q[1:6]), Or((Q[0], *Q[2:6])))),
}
CASES = {**WRITTEN_OUT, **LEAST, **TRIALS}
READING = said_yes(8)


def compiled_to(expression) -> tuple[bool, bool]:
    """Tell whether an expression needs the least of unions, and whether it needs trials."""
    masks = masks_of(READING)
    source = ExplainSource(RulesSource([expression], READING, masks), masks)
    return "LEAST(" in source.text, bool(source.trials)


def records_of(expression):
    used = sorted({leaf.question for leaf in Q if leaf.question in repr(expression)})
    return every_record(dict.fromkeys(used, (True, False)))


@st.composite
def worlds(draw):
    reading = draw(readings(5, derived=1))
    return reading, draw(expressions(reading, 4)), draw(records(reading, complete=False))


@pytest.mark.parametrize("name", CASES)
def test_the_deciding_answers_are_those_of_the_reference(name):
    """On every record there is."""
    rule = CASES[name]
    explain = Rules({"": rule}, READING).explain
    wrong = [
        record for record in records_of(rule) if explain(record)[0].because != tuple(because(rule, record, READING))
    ]

    assert wrong == []


@pytest.mark.parametrize("name", LEAST)
def test_ways_that_share_answers_are_united_by_the_least(name):
    assert compiled_to(LEAST[name]) == (True, False)


@pytest.mark.parametrize("name", TRIALS)
def test_what_no_source_can_say_is_tried(name):
    assert compiled_to(TRIALS[name])[1]


@pytest.mark.parametrize("name", WRITTEN_OUT)
def test_a_small_rule_needs_neither(name):
    assert compiled_to(WRITTEN_OUT[name]) == (False, False)


@pytest.mark.parametrize("name", CASES)
def test_none_of_the_deciding_answers_can_be_left_out(name):
    rule = CASES[name]
    rules = Rules({"": rule}, READING)
    decided = 0
    for record in records_of(rule):
        ((truth, awaiting, deciding, _),) = rules.explain(record)
        if truth is Truth.UNKNOWN:
            assert deciding == ()
            continue
        decided += 1
        kept = {id: record[id] for id in deciding}
        assert awaiting == ()
        assert rules.verdicts(kept) == (truth,)
        for left_out in deciding:
            assert rules.verdicts({id: value for id, value in kept.items() if id != left_out}) == (Truth.UNKNOWN,)

    assert decided > 8


@examples(60)
@given(worlds())
def test_the_deciding_answers_force_the_truth_and_none_can_be_left_out(world):
    reading, rule, record = world
    (said,) = Rules({"": rule}, reading).explain(record)
    kept = {id: record[id] for id in said.because}

    assert list(said.because) == [id for id in reading.dictionary.questions if id in kept]
    if said.truth is not Truth.UNKNOWN:
        assert evaluate(rule, kept) is said.truth
        for left_out in kept:
            without = {id: value for id, value in kept.items() if id != left_out}
            assert evaluate(rule, without) is Truth.UNKNOWN


@pytest.mark.parametrize(
    ("record", "deciding"),
    [
        ({"q0": True, "q1": True, "q2": True}, ("q0",)),
        ({"q0": False, "q1": True, "q2": True}, ("q1", "q2")),
        ({"q1": True, "q2": True}, ("q1", "q2")),
        ({"q0": False, "q1": False, "q2": False}, ("q0", "q1")),
    ],
    ids=str,
)
def test_the_earlier_answers_of_the_dictionary_are_kept(record, deciding):
    (said,) = Rules({"": And((Or((Q[2], Q[0])), Or((Q[1], Q[0]))))}, READING).explain(record)

    assert said.because == deciding


def test_a_trial_reads_the_answers_of_its_rule_alone_and_changes_none():
    rules = Rules({"one": ExactlyOne(Q[:5]), "other": Q[6]}, READING)
    record = {"q7": True, "q4": True, "q0": True, "q6": False, "more": 1}
    kept = list(record.items())
    one, other = rules.explain(record)

    assert (one.truth, one.because) == (Truth.FALSE, ("q0", "q4"))
    assert (other.truth, other.because) == (Truth.FALSE, ("q6",))
    assert list(record.items()) == kept


def test_the_least_union_takes_one_of_each_group_and_none_beyond():
    assert least(16, (0b0011, 0b0100), (0b0100, 0b1000)) == 0b0100
    assert least(16, (0b0011, 0b1000), (0b0100, 16)) == 0b0111
    assert least(16, (16, 16), (0b0001,)) == 16
    assert least(16, (0b0001,), (16,)) == 16
