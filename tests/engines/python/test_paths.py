"""Two ways through a function: one for complete answers, and one where some are missing; both say the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples, expressions, readings, records

from cart_screen.engines.python import Rules
from cart_screen.rules.expressions import Among, And, IfThenElse, Or, questions_of
from cart_screen.rules.reasons import awaited
from cart_screen.rules.reference import evaluate
from cart_screen.truth import Truth

from .small import every_record, said_yes

QUICK = ("verdicts", "evaluate")
READING = said_yes(4)
Q0, Q1, Q2, Q3 = (Among(f"q{place}", (True,)) for place in range(4))


class Watched(dict):
    """A record that notes which answers are looked up where they must be, and which where they may be missing."""

    def __init__(self, answers):
        super().__init__(answers)
        self.taken = []
        self.sought = []

    def __getitem__(self, id):
        self.taken.append(id)
        return super().__getitem__(id)

    def get(self, id, default=None):
        self.sought.append(id)
        return super().get(id, default)


def truths(entries):
    return tuple(getattr(entry, "truth", entry) for entry in entries)


@st.composite
def worlds(draw):
    reading = draw(readings(5, derived=1))
    rules = {f"r{place}": draw(expressions(reading, 3)) for place in range(3)}
    return reading, rules, [draw(records(reading, complete=complete)) for complete in (True, False, False, False)]


@pytest.mark.parametrize("form", QUICK)
def test_a_complete_record_is_never_searched_for_missing_answers(form):
    record = Watched({"q0": True, "q1": True, "q2": False, "q3": True})
    rules = Rules({"all": And((Q0, Q1)), "any": Or((Q2, Q3))}, READING)

    assert truths(getattr(rules, form)(record)) == (Truth.TRUE, Truth.TRUE)
    assert sorted(record.taken) == ["q0", "q1", "q2", "q3"]
    assert record.sought == []


@pytest.mark.parametrize("form", QUICK)
def test_of_a_complete_record_no_more_is_read_than_decides(form):
    record = Watched({"q0": False, "q1": True, "q2": True, "q3": True})
    rules = Rules({"all": And((Q0, Q1)), "if": IfThenElse(Q2, Q3, Q0)}, READING)

    assert truths(getattr(rules, form)(record)) == (Truth.FALSE, Truth.TRUE)
    assert "q1" not in record.taken


@pytest.mark.parametrize("form", QUICK)
def test_a_record_that_is_too_short_is_not_tried_as_a_complete_one(form):
    record = Watched({"q0": True, "q1": True, "q2": False})
    rules = Rules({"all": And((Q0, Q1)), "any": Or((Q2, Q3))}, READING)

    assert truths(getattr(rules, form)(record)) == (Truth.TRUE, Truth.UNKNOWN)
    assert record.taken == []


@pytest.mark.parametrize("form", QUICK)
def test_a_long_record_with_a_missing_answer_falls_through(form):
    """Other answers make it as long as a complete one."""
    record = Watched({"q0": True, "q1": True, "q2": False, "more": 1, "and more": 2})
    rules = Rules({"all": And((Q0, Q1)), "any": Or((Q2, Q3))}, READING)

    assert truths(getattr(rules, form)(record)) == (Truth.TRUE, Truth.UNKNOWN)
    assert record.taken
    assert "q3" in record.sought


@pytest.mark.parametrize("form", QUICK)
def test_a_missing_answer_that_is_not_needed_makes_no_difference(form):
    rules = Rules({"all": And((Q0, Q1)), "if": IfThenElse(Q0, Q2, Q3)}, READING)
    for more in ({}, {"more": 1, "and more": 2}):
        assert truths(getattr(rules, form)({"q0": False, "q3": True, **more})) == (Truth.FALSE, Truth.TRUE)


@examples(30)
@given(worlds())
def test_both_paths_say_what_the_reference_says(world):
    """Each record as it is, and made long by answers that no rule reads."""
    reading, expressions, records = world
    rules = Rules(expressions, reading)
    for record in records:
        expected = tuple((evaluate(one, record), awaited(one, record, reading)) for one in expressions.values())
        for given_record in (record, {**record, **dict.fromkeys(map(str, range(20)), "no question")}):
            assert rules.evaluate(given_record) == expected
            assert rules.verdicts(given_record) == truths_of(expected)
            assert truths(rules.explain(given_record)) == truths_of(expected)


def truths_of(expected):
    return tuple(truth for truth, _ in expected)


@examples(30)
@given(worlds())
def test_a_missing_answer_says_no_more_than_any_that_it_may_have(world):
    """Taking answers away from a complete record never decides otherwise."""
    reading, expressions, (complete, *_) = world
    rules = Rules(expressions, reading)
    whole = rules.verdicts(complete)
    for left_out in complete:
        partial = rules.verdicts({id: value for id, value in complete.items() if id != left_out})
        for one, other, expression in zip(whole, partial, expressions.values(), strict=True):
            assert other in (one, Truth.UNKNOWN)
            assert other is one or left_out in set(questions_of(expression))


def test_what_both_branches_agree_on_is_decided_while_the_condition_is_open():
    rule = IfThenElse(Q0, And((Q1, Q2)), Or((Q2, Q3)))
    rules = Rules({"": rule}, READING)
    for record in every_record({f"q{place}": (True, False) for place in range(4)}):
        assert rules.verdicts(record) == (evaluate(rule, record),)
    assert rules.verdicts({"q1": True, "q2": True}) == (Truth.TRUE,)
    assert rules.verdicts({"q2": False, "q3": False}) == (Truth.FALSE,)
