"""What follows from the comparisons alone is the same whether it is found anew or was found for somebody else."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import SETS, examples, expressions, readings, records, resolved_records

from cart_screen.catalog.loading import own_set
from cart_screen.engines import patterns
from cart_screen.engines.explanations import Explanations
from cart_screen.engines.holding import compile_holding
from cart_screen.engines.patterns import Patterns
from cart_screen.rules.expressions import Among, And, Compare, Or, Relation
from cart_screen.rules.reasons import because
from cart_screen.rules.reference import evaluate
from cart_screen.truth import Truth

from .small import at_least, numbers, said_yes

_COMPILED = 12


def exactly(found):
    return [(id, type(value), value) for id, value in found.items()]


@given(st.data())
@examples(150)
def test_the_truth_and_what_decides_it_follow_from_the_comparisons(data):
    reading = data.draw(readings())
    rule = data.draw(expressions(reading))
    found = Patterns(
        lambda record: (evaluate(rule, record), tuple(because(rule, record, reading))), [rule], reading, {}
    )
    for record in data.draw(st.lists(records(reading, complete=False), min_size=2, max_size=12)):
        assert found.of(record) == (evaluate(rule, record), tuple(because(rule, record, reading)))


@pytest.mark.parametrize("name", SETS)
@given(st.data())
@examples(6)
def test_what_a_criterion_rests_on_is_the_same_after_other_people(name, data):
    criteria = own_set(name)
    drawn = [one for found in criteria.indications for one in found.criteria.values()]
    criterion = data.draw(st.sampled_from([*drawn, *criteria.general.values()]))
    questions = tuple(criteria.reading.dictionary.questions)
    people = data.draw(st.lists(resolved_records(questions, complete=False), min_size=2, max_size=6))
    compiled = Explanations(criteria.reading)
    for _ in range(_COMPILED):
        compiled.rests_on(criterion, {})

    for record in (*people, *people):
        assert compiled.rests_on(criterion, record) == Explanations(criteria.reading).rests_on(criterion, record)


@pytest.mark.parametrize("name", SETS)
@given(st.data())
@examples(6)
def test_what_rules_all_types_out_is_the_same_after_other_people(name, data):
    criteria = own_set(name)
    types = [found.criteria["approved-cancer-type"] for found in criteria.indications]
    bare = [one.bare for one in types]
    questions = tuple(criteria.reading.dictionary.questions)
    people = data.draw(st.lists(resolved_records(questions, complete=False), min_size=2, max_size=5))
    compiled, plain = Explanations(criteria.reading), Explanations(criteria.reading)
    for _ in range(_COMPILED):
        compiled.because(Or, bare, {})
        compiled.because(And, bare, {})
        compiled.outermost_sources(types, {})

    for record in people:
        for kind in (Or, And):
            assert compiled.because(kind, bare, record) == tuple(because(kind(tuple(bare)), record, criteria.reading))
        # The plain reading of the other one, which is younger than what pays to compile.
        assert compiled.outermost_sources(types, record) == plain.outermost_sources(types, record)


def test_people_on_one_side_of_every_limit_are_one():
    asked, kept = [], {}
    rule = And((at_least(0, 18), at_least(1, 1.5)))
    found = Patterns(lambda record: asked.append(record) or len(asked), [rule], numbers(2), kept)

    assert [found.of({"n0": age, "n1": 2.0}) for age in (18, 19, 61.5, 10**30)] == [1, 1, 1, 1]
    assert [found.of({"n0": age, "n1": 2.0}) for age in (17, 17.999, -1)] == [2, 2, 2]
    assert [found.of({"n1": 2.0}), found.of({"n0": 17}), found.of({})] == [3, 4, 5]
    assert all(value not in key for key in kept for value in (19, 61.5, 17.999, 2.0))


def test_what_is_missing_is_told_apart_from_what_fails():
    kept = {}
    rule = Or((Among("q0", (True,)), Among("q1", (False,))))
    found = Patterns(lambda record: dict(record), [rule], said_yes(2), kept)
    people = [
        {id: value for id, value in zip(("q0", "q1"), values, strict=True) if value is not None}
        for values in product((True, False, None), repeat=2)
    ]

    assert [found.of(person) for person in people] == people
    assert len(kept) == 9


def test_two_that_keep_together_do_not_take_each_others():
    kept = {}
    low, high = (
        Patterns(lambda record, limit=limit: record["n0"] >= limit, [at_least(0, limit)], numbers(1), kept)
        for limit in (10, 20)
    )

    assert [(low.of({"n0": number}), high.of({"n0": number})) for number in (5, 15, 25, 15, 5)] == [
        (False, False), (True, False), (True, True), (True, False), (False, False),
    ]  # fmt: skip
    assert len(kept) == 4


def test_what_is_kept_is_bounded(monkeypatch):
    monkeypatch.setattr(patterns, "MOST_PATTERNS", 10)
    kept = {}
    rule = And(tuple(at_least(0, limit) for limit in range(40)))
    found = Patterns(lambda record: evaluate(rule, record), [rule], numbers(1), kept)
    random, sizes = Random(2), []
    for _ in range(300):
        record = {"n0": random.uniform(-1, 41)}
        assert found.of(record) is evaluate(rule, record)
        sizes.append(len(kept))

    assert max(sizes) == 10


@given(st.data())
@examples(150)
def test_conditions_that_hold_are_those_that_are_true(data):
    reading = data.draw(readings())
    conditions = {str(place): one for place, one in enumerate(data.draw(st.lists(expressions(reading), max_size=4)))}
    holding = compile_holding(conditions, reading)
    for record in data.draw(st.lists(records(reading, complete=False), min_size=1, max_size=8)):
        expected = tuple(key for key, one in conditions.items() if evaluate(one, record) is Truth.TRUE)

        assert holding(record) == expected


def test_a_missing_number_holds_nothing():
    holding = compile_holding({"low": Compare("n0", Relation.BELOW, 5), "any": Among("n0", (1, 2))}, numbers(1))

    assert [holding(record) for record in ({}, {"n0": 2}, {"n0": 4}, {"n0": 9})] == [(), ("low", "any"), ("low",), ()]
