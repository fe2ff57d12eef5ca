"""Strong Kleene logic: the tables, all nine pairs of them."""

from __future__ import annotations

from itertools import product

import pytest

from cart_screen.truth import Truth, conjunction, disjunction, exactly_one, if_then_else, truth_of

F, U, T = Truth.FALSE, Truth.UNKNOWN, Truth.TRUE

PAIRS = list(product((F, U, T), repeat=2))
AND = dict(zip(PAIRS, (F, F, F, F, U, U, F, U, T), strict=True))
OR = dict(zip(PAIRS, (F, U, T, U, U, T, T, T, T), strict=True))
ONE = dict(zip(PAIRS, (F, U, T, U, U, U, T, U, F), strict=True))


def named(truths: tuple[Truth, ...]) -> str:
    return "-".join(truth.value for truth in truths)


@pytest.mark.parametrize("pair", PAIRS, ids=named)
def test_and_of_a_pair(pair):
    """One false decides; else one unknown leaves it open."""
    assert conjunction(pair) is AND[pair]


@pytest.mark.parametrize("pair", PAIRS, ids=named)
def test_or_of_a_pair(pair):
    """One true decides; else one unknown leaves it open."""
    assert disjunction(pair) is OR[pair]


@pytest.mark.parametrize("pair", PAIRS, ids=named)
def test_exactly_one_of_a_pair(pair):
    """True when one holds and the other does not."""
    assert exactly_one(pair) is ONE[pair]


@pytest.mark.parametrize(("truth", "negated"), [(F, T), (U, U), (T, F)], ids=["false", "unknown", "true"])
def test_not(truth, negated):
    """Unknown stays unknown."""
    assert ~truth is negated


def test_of_nothing_and_holds_or_does_not_and_exactly_one_does_not():
    """The empty cases are the neutral elements."""
    assert (conjunction(()), disjunction(()), exactly_one(())) == (T, F, F)


@pytest.mark.parametrize(
    ("truths", "expected"),
    [((T, T, U), F), ((T, U, T), F), ((U, T, T), F), ((T, U, F), U), ((F, F, U), U), ((F, T, F), T), ((F, F, F), F)],
    ids=lambda value: named(value) if isinstance(value, tuple) else value.value,
)
def test_exactly_one_of_three(truths, expected):
    """Two that hold decide against it, whatever the unknown third."""
    assert exactly_one(truths) is expected


@pytest.mark.parametrize("read", [conjunction, disjunction, exactly_one])
def test_an_iterator_is_read_like_a_list(read):
    """Nothing depends on the terms being a list."""
    for pair in PAIRS:
        assert read(iter(pair)) is read(list(pair))


@pytest.mark.parametrize("branches", PAIRS, ids=named)
def test_a_known_condition_takes_its_branch(branches):
    """With the condition known, if is two-valued in its condition."""
    then, otherwise = branches

    assert if_then_else(T, then, otherwise) is then
    assert if_then_else(F, then, otherwise) is otherwise


@pytest.mark.parametrize("branches", PAIRS, ids=named)
def test_an_unknown_condition_decides_only_where_both_branches_agree(branches):
    """An unknown condition never falls into the else branch."""
    then, otherwise = branches

    assert if_then_else(U, then, otherwise) is (then if then is otherwise else U)


@pytest.mark.parametrize("triple", list(product((F, U, T), repeat=3)), ids=named)
def test_if_is_the_strongest_reading_that_is_sound(triple):
    """It is decided exactly where every way of learning the unknown ones gives the same."""
    ways = [(F, T) if truth is U else (truth,) for truth in triple]
    outcomes = {then if condition is T else otherwise for condition, then, otherwise in product(*ways)}

    assert if_then_else(*triple) is (outcomes.pop() if len(outcomes) == 1 else U)


@pytest.mark.parametrize("truth", list(Truth), ids=lambda truth: truth.value)
def test_a_truth_refuses_to_be_a_bool(truth):
    """`if truth:` would take unknown for one of the other two."""
    with pytest.raises(TypeError, match=r"Truth\.UNKNOWN"):
        bool(truth)


def test_truth_of_lifts_a_bool():
    """Two-valued answers have a place in the three."""
    assert (truth_of(True), truth_of(False)) == (T, F)
