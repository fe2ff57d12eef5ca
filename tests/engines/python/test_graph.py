"""The graph of the parts of many rules: what is equal is one object, and what says nothing is folded away."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from strategies import examples, expressions, readings, records

from cart_screen.engines.graph import FALSE, TRUE, Graph
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
from cart_screen.rules.reasons import awaited
from cart_screen.rules.reference import evaluate
from cart_screen.truth import Truth

ILL = Among("ill", (True,))
OLD = Compare("age", Relation.AT_LEAST, 65)
YOUNG = Compare("age", Relation.BELOW, 18)


def named(reason, term):
    return Named(reason.title(), reason, (), False, term)


@st.composite
def worlds(draw):
    """Draw a dictionary, an expression over it, and a record."""
    reading = draw(readings(derived=1))
    return reading, draw(expressions(reading, 4)), draw(records(reading, complete=False))


def inside(part):
    """Give every part of an expression, itself included."""
    yield part
    match part:
        case And(terms=terms) | Or(terms=terms) | ExactlyOne(terms=terms):
            for term in terms:
                yield from inside(term)
        case Not(term=term) | Named(term=term):
            yield from inside(term)
        case IfThenElse(condition=condition, then=then, otherwise=otherwise):
            for term in (condition, then, otherwise):
                yield from inside(term)


def test_parts_that_are_equal_are_one_object():
    graph = Graph()
    one = graph.add(And((Or((ILL, OLD)), Not(YOUNG))))
    other = graph.add(Or((Not(Compare("age", Relation.BELOW, 18)), Or((Among("ill", (True,)), OLD)))))

    assert one.terms[0] is other.terms[1]
    assert one.terms[1] is other.terms[0]


def test_a_yes_is_not_a_one():
    graph = Graph()

    assert graph.add(Among("q", (True,))) is not graph.add(Among("q", (1,)))
    assert graph.add(Among("q", (0, 1))) is not graph.add(Among("q", (False, True)))


def test_an_other_order_is_an_other_part():
    """Reasons stand in the order of reading."""
    graph = Graph()

    assert graph.add(And((ILL, OLD))) is not graph.add(And((OLD, ILL)))


def test_parts_that_differ_in_a_name_alone_are_plainly_the_same():
    graph = Graph()
    one, other = graph.add(And((named("ill", ILL), OLD))), graph.add(And((ILL, named("old", OLD))))

    assert one is not other
    assert graph.plain(one) is graph.plain(other)


def test_what_says_nothing_is_folded_away():
    graph = Graph()
    folded = {
        And(()): TRUE,
        Or(()): FALSE,
        And((ILL, Constant(True))): ILL,
        And((ILL, Constant(False))): FALSE,
        Or((ILL, Constant(False))): ILL,
        Or((ILL, Constant(True))): TRUE,
        And((ILL, named("ill", ILL))): ILL,
        Not(Not(ILL)): ILL,
        Not(named("ill", Not(OLD))): OLD,
        Not(Constant(True)): FALSE,
        IfThenElse(Constant(True), ILL, OLD): ILL,
        IfThenElse(Constant(False), ILL, OLD): OLD,
        IfThenElse(ILL, OLD, Constant(True)): Or((Not(ILL), OLD)),
        IfThenElse(ILL, Constant(True), OLD): Or((ILL, OLD)),
        IfThenElse(ILL, OLD, Constant(False)): And((ILL, OLD)),
        IfThenElse(ILL, Constant(False), OLD): And((Not(ILL), OLD)),
    }

    assert {whole: graph.plain(graph.add(whole)) for whole in folded} == folded


def test_a_tautology_is_not_folded_away():
    """It awaits its answers, as the reference says."""
    graph = Graph()

    assert graph.plain(graph.add(Or((ILL, Not(ILL))))) == Or((ILL, Not(ILL)))
    assert graph.plain(graph.add(IfThenElse(OLD, ILL, ILL))) == IfThenElse(OLD, ILL, ILL)


@examples(100)
@given(worlds())
def test_a_plain_part_reads_and_awaits_as_before(world):
    reading, expression, record = world
    graph = Graph()
    added = graph.add(expression)
    plain = graph.plain(added)

    assert added == expression
    assert evaluate(plain, record) is evaluate(expression, record)
    if evaluate(expression, record) is Truth.UNKNOWN:
        assert awaited(plain, record, reading) == awaited(expression, record, reading)


@examples(60)
@given(worlds())
def test_a_plain_part_has_no_name_no_double_negation_and_no_idle_term(world):
    _, expression, _ = world
    graph = Graph()
    plain = graph.plain(graph.add(expression))
    for part in inside(plain):
        assert not isinstance(part, Named)
        assert not (isinstance(part, Not) and isinstance(part.term, Not | Constant))
        if isinstance(part, And | Or):
            assert len(part.terms) > 1
            assert not any(isinstance(term, Constant) for term in part.terms)
            assert len(set(map(id, part.terms))) == len(part.terms)


@examples(60)
@given(worlds())
def test_a_part_stands_higher_than_all_its_parts(world):
    _, expression, _ = world
    graph = Graph()
    added = graph.add(expression)
    first, *others = inside(added)

    assert all(graph.height(other) < graph.height(first) for other in others)
    assert graph.height(added) == (0 if not others else 1 + max(map(graph.height, others)))


def test_an_expression_that_is_gone_is_not_taken_for_another():
    """Parts are found by identity, which Python gives away again."""
    graph = Graph()
    for limit in range(2000):
        found = graph.add(Not(Compare("age", Relation.AT_LEAST, limit)))

        assert found.term.limit == limit
