"""A few values of a question stand for all of its values: whatever is read of any value is read of one of them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples

from cart_screen.answers.dictionary import Question
from cart_screen.authoring.representatives import between, leaves, representatives
from cart_screen.rules.expressions import (
    Among,
    And,
    Compare,
    Constant,
    ExactlyOne,
    IfThenElse,
    Named,
    Not,
    Or,
    Relation,
)
from cart_screen.rules.reference import evaluate

AGE = Question("age", "integer", minimum=0, maximum=120)
LEVEL = Question("level", "number", minimum=0, maximum=80)


def at_least(limit, question="age"):
    return Compare(question, Relation.AT_LEAST, limit)


@pytest.mark.parametrize(
    ("question", "conditions", "expected"),
    [
        (Question("kind", "string", ("a", "b")), [Among("kind", ("a",))], ("a", "b")),
        (Question("scale", "integer", (10, 20)), [Compare("scale", Relation.AT_LEAST, 20)], (10, 20)),
        (Question("yes", "boolean"), [], (False, True)),
        (AGE, [], (0, 120)),
        (AGE, [at_least(18)], (0, 17, 18, 19, 120)),
        (AGE, [at_least(18), at_least(26)], (0, 17, 18, 19, 25, 26, 27, 120)),
        (AGE, [at_least(0)], (0, 1, 120)),
        (AGE, [at_least(17.5)], (0, 16, 17, 18, 19, 120)),
        (AGE, [Among("age", (0, 18.0))], (0, 1, 17, 18, 19, 120)),
        (Question("count", "integer"), [at_least(3, "count")], (2, 3, 4)),
        (Question("count", "integer"), [], (0,)),
        (LEVEL, [], (0, 10, 80)),
        (LEVEL, [at_least(2.0, "level"), at_least(2.5, "level")], (0, 1, 2.0, 2.1, 2.5, 10, 80)),
        (LEVEL, [Among("level", (80,))], (0, 10, 80)),
        (Question("free", "number"), [at_least(1, "free"), at_least(3, "free")], (0, 1, 2, 3, 4)),
        (Question("free", "number"), [], (0,)),
        (Question("name", "string"), [Among("name", ("x", "yy"))], ("x", "yy", "yy-")),
        (AGE, [at_least(5, "another")], (0, 120)),
    ],
)
def test_representatives_of_a_question(question, conditions, expected):
    assert representatives(question, conditions) == expected


def test_conditions_are_found_in_every_kind_of_expression():
    a, b, c, d, e, f = (at_least(limit) for limit in range(6))
    expression = And(
        (Or((a, Constant(True))), Not(b), Named("", "", (), False, c), IfThenElse(d, e, ExactlyOne((f, a))))
    )

    assert list(leaves(expression)) == [a, b, c, d, e, f, a]


@st.composite
def conditions(draw, whole):
    """Draw conditions on one number, at limits that lie close together and far apart."""
    numbers = st.integers(-3, 12) if whole else st.sampled_from([0, 0.1, 0.1 + 2**-50, 1, 2.0, 2.5, 9.99, 10])
    if draw(st.booleans()):
        return Among("n", tuple(draw(st.lists(numbers, max_size=3))))
    return Compare("n", draw(st.sampled_from(Relation)), draw(numbers | st.sampled_from([0.5, 3.25])))


@pytest.mark.parametrize("kind", ["integer", "number"])
@examples(200)
@given(data=st.data())
def test_every_value_is_read_as_one_of_the_representatives_is(kind, data):
    whole = kind == "integer"
    low, high = data.draw(st.sampled_from([(0, 10), (None, 10), (0, None), (None, None)]))
    question = Question("n", kind, minimum=low, maximum=high)
    several = data.draw(st.lists(conditions(whole), max_size=4))
    value = data.draw(st.integers(low or -99, high or 99) if whole else st.floats(low or -99, high or 99))

    kept = representatives(question, several)

    assert all(question.allows(one) for one in kept)
    assert list(kept) == sorted(set(kept))
    if question.allows(value):
        read = [evaluate(condition, {"n": value}) for condition in several]
        assert read in [[evaluate(condition, {"n": one}) for condition in several] for one in kept]


@examples(300)
@given(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9))
def test_a_number_between_two_others_lies_between_them(one, other):
    low, high = sorted((one, other))
    if math.nextafter(low, math.inf) < high:
        assert low < between(low, high) < high


@pytest.mark.parametrize(("low", "high", "short"), [(30, 60, 40), (2.0, 2.5, 2.1), (60, 300, 100), (-1, 1, 0)])
def test_a_number_between_two_others_is_short_to_write(low, high, short):
    assert between(low, high) == short
