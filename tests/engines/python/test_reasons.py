"""Which named conditions explain a truth, and in which order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples, expressions, readings, records

from cart_screen import compile_rules
from cart_screen.engines.python import Rules
from cart_screen.rules.expressions import Among, And, Constant, ExactlyOne, IfThenElse, Named, Not, Or
from cart_screen.rules.reasons import named_parts
from cart_screen.truth import Truth

from .small import said_yes, yes

READING = said_yes(4)
Q0, Q1, Q2, Q3 = (Among(f"q{place}", (True,)) for place in range(4))
YES, NO = True, False


def named(reason, term, **more):
    return Named(
        more.get("title", reason.title()), reason, more.get("sources", ()), more.get("recoverable", False), term
    )


A, B, C = named("a", Q0), named("b", Q1), named("c", Q2)


def reasons(rule, **answers):
    (said,) = Rules({"": rule}, READING).explain(answers)
    return [part.reason for part in said.reasons]


@st.composite
def worlds(draw):
    """Draw a dictionary, rules with many names, and a record."""
    reading = draw(readings(4))
    rules = {}
    for place in range(3):
        terms = [
            Named(reason.title(), reason, (), False, draw(expressions(reading, 2))) for reason in ("one", "", "two")
        ]
        rules[f"r{place}"] = draw(st.sampled_from((And, Or, ExactlyOne)))((*terms, draw(expressions(reading, 2))))
        rules[f"r{place} or not"] = IfThenElse(terms[2], terms[0], Named("All", "all", (), False, rules[f"r{place}"]))
    return reading, rules, draw(records(reading, complete=False))


def test_reasons_stand_in_the_order_of_the_rule_not_of_the_dictionary():
    assert reasons(And((C, A, B)), q0=YES, q1=YES, q2=YES) == ["c", "a", "b"]
    assert reasons(Or((C, A, B)), q0=YES, q1=YES, q2=NO) == ["a", "b"]


def test_only_conditions_with_the_truth_explain_it():
    rule = And((A, B, C))

    assert reasons(rule, q0=YES, q1=NO, q2=NO) == ["b", "c"]
    assert reasons(rule, q0=YES, q1=YES) == ["c"]
    assert reasons(rule) == ["a", "b", "c"]


def test_an_inner_name_says_more_than_the_outer_one():
    rule = named("outer", And((A, Q3)))

    assert reasons(rule, q0=NO, q3=YES) == ["a"]
    assert reasons(rule, q0=YES, q3=NO) == ["outer"]
    assert reasons(rule, q0=NO, q3=NO) == ["a"]


def test_a_title_without_a_reason_is_none():
    untold = Named("A title", "", (), False, And((A, Q3)))

    assert reasons(untold, q0=NO, q3=YES) == ["a"]
    assert reasons(untold, q0=YES, q3=NO) == []
    assert reasons(named("outer", untold), q0=YES, q3=NO) == ["outer"]


def test_a_name_in_a_negation_explains_nothing():
    assert reasons(named("outer", And((Not(A), B))), q0=YES, q1=YES) == ["outer"]
    assert reasons(Not(A), q0=YES) == []


def test_the_branch_that_is_not_taken_explains_nothing():
    rule = IfThenElse(A, B, C)

    assert reasons(rule, q0=YES, q1=NO, q2=NO) == ["b"]
    assert reasons(rule, q0=NO, q1=NO, q2=NO) == ["c"]
    assert reasons(rule, q1=NO, q2=NO) == ["b", "c"]
    assert reasons(rule, q2=NO) == ["b"]


def test_a_name_that_stands_at_two_places_is_said_once():
    assert reasons(And((A, Or((B, A)), B)), q0=NO, q1=NO) == ["a", "b"]


def test_a_named_part_that_always_holds_is_said():
    """What is folded away in the truth is not folded away in its names."""
    always = named("always", Constant(True))

    assert reasons(always) == ["always"]
    assert reasons(And((always, A)), q0=YES) == ["always", "a"]
    assert reasons(Or((always, A)), q0=NO) == ["always"]


def test_a_reason_carries_title_sources_and_whether_it_may_change():
    part = named("a", Q0, title="A title", sources=("urn:one#x",), recoverable=True)
    (said,) = Rules({"": And((part, Q1))}, READING).explain({"q0": NO})

    assert said.reasons == (part,)
    assert (said.reasons[0].title, said.reasons[0].recoverable) == ("A title", True)


def test_rules_that_read_alike_keep_their_own_names():
    rules = Rules({"a": named("one", Q0), "b": named("two", Q0), "c": Q0, "d": named("two", And((Q0, Q0)))}, READING)

    assert [[part.reason for part in said.reasons] for said in rules.explain({"q0": NO})] == [
        ["one"], ["two"], [], ["two"],
    ]  # fmt: skip
    assert [said.because for said in rules.explain({"q0": NO})] == [("q0",)] * 4


def test_reasons_of_a_schema_are_its_own_titles():
    old = {"title": "Once", "x-reason": "once", **yes("q0")}
    schema = {"title": "Both", "x-reason": "both", "allOf": [old, {"anyOf": [yes("q1"), yes("q2")]}]}
    rules = compile_rules({"rule": schema}, READING)

    assert [part.title for part in rules.explain({"q0": NO})[0].reasons] == ["Once"]
    assert [part.title for part in rules.explain({"q0": YES, "q1": NO, "q2": NO})[0].reasons] == ["Both"]
    assert [part.title for part in rules.explain({"q0": YES})[0].reasons] == ["Both"]


@examples(25)
@given(worlds())
def test_reasons_are_those_of_the_reference(world):
    reading, rules, record = world
    for said, rule in zip(Rules(rules, reading).explain(record), rules.values(), strict=True):
        assert said.reasons == tuple(dict.fromkeys(named_parts(rule, record, said.truth)))


@pytest.mark.parametrize("truth", Truth)
def test_every_truth_is_explained(truth):
    record = {Truth.TRUE: {"q0": YES}, Truth.FALSE: {"q0": NO}, Truth.UNKNOWN: {}}[truth]
    (said,) = Rules({"": A}, READING).explain(record)

    assert (said.truth, said.reasons) == (truth, (A,))
