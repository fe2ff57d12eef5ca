"""How long the generated source gets: it grows with the rules, not with the ways through them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest

from cart_screen.engines.python import Rules
from cart_screen.rules.expressions import And, ExactlyOne, Expression, IfThenElse, Not, Or
from cart_screen.truth import Truth

from .small import FORMS, at_least, numbers, source_of

Shapes = Mapping[str, Callable[[Expression, int], Expression]]

READING = numbers(40)
SHAPES: Shapes = {
    "if, in then": lambda inner, level: IfThenElse(at_least(level, 1), inner, at_least(level + 1, 2)),
    "if, in else": lambda inner, level: IfThenElse(at_least(level, 1), at_least(level + 1, 2), inner),
    "if, in if": lambda inner, level: IfThenElse(inner, at_least(level, 1), at_least(level + 1, 2)),
    "one of two": lambda inner, level: ExactlyOne((at_least(level, 1), inner)),
    "one of three": lambda inner, level: ExactlyOne((inner, at_least(level, 1), at_least(level + 1, 2))),
    "one of five": lambda inner, level: ExactlyOne((inner, *(at_least(level + more, more) for more in range(4)))),
    "any of all": lambda inner, level: Or((at_least(level, 1), And((at_least(level + 1, 2), inner)))),
    "not all": lambda inner, level: Not(And((inner, at_least(level, 1)))),
}
# With references each level can hold the one below it twice; the profile takes no more than 20,000 conditions.
SHARING: Shapes = {
    "if, in then and else": lambda inner, level: IfThenElse(at_least(level, 1), inner, Not(inner)),
    "any of two": lambda inner, level: Or(
        (And((at_least(level, 1), inner)), And((at_least(level + 1, 2), Not(inner))))
    ),
    "one of two": lambda inner, level: ExactlyOne((And((at_least(level, 1), inner)), inner)),
}
# The names of variables get longer: m9, m10.
_SLACK = 1.3


def cases(forms: Iterable[str], shapes: Shapes) -> list[Any]:
    """Give every form with every shape."""
    return [pytest.param(form, shape) for form in forms for shape in shapes]


def length(form: str, expression: Expression) -> int:
    """Give how long the source of an expression is, indentation aside."""
    return sum(len(line.strip()) for line in source_of(form, [expression], READING).splitlines())


def nested(shape: str, depth: int, shapes: Shapes = SHAPES) -> Expression:
    """Give an expression with one shape inside the other."""
    inner: Expression = at_least(0, 0.5)
    for level in range(depth):
        inner = shapes[shape](inner, level % 30)
    return inner


def per_level(form: str, shape: str, depth: int) -> float:
    """Give how much source a level more makes, beyond a few."""
    return (length(form, nested(shape, depth)) - length(form, nested(shape, 5))) / (depth - 5)


@pytest.mark.parametrize(("form", "shape"), cases(("verdicts", "evaluate"), SHAPES))
def test_source_grows_by_as_much_with_every_level(form, shape):
    """Written out as a tree it would double: at 40 levels there are a trillion ways through it."""
    assert per_level(form, shape, 40) <= _SLACK * per_level(form, shape, 20)
    assert length(form, nested(shape, 12)) < 16_000


@pytest.mark.parametrize(("form", "shape"), cases(FORMS, SHARING))
def test_source_grows_by_as_much_with_every_level_that_is_read_twice(form, shape):
    lengths = [length(form, nested(shape, depth, SHARING)) for depth in (5, 7, 9)]

    assert lengths[2] - lengths[1] <= _SLACK * (lengths[1] - lengths[0])
    # The uppermost levels are written out, the others are computed once.
    assert lengths[2] < 30_000


@pytest.mark.parametrize(("form", "shape"), cases(("explain",), SHAPES))
def test_source_of_reasons_grows_by_as_much_with_every_level(form, shape):
    # Up to a few levels the ways are written out, in a table; from there on it must not go on so.
    assert per_level(form, shape, 9) <= 2 * max(per_level(form, shape, 6), 1_000)


@pytest.mark.parametrize("shape", SHAPES)
def test_source_of_reasons_is_bounded(shape):
    assert length("explain", nested(shape, 9)) < 1_000_000


@pytest.mark.parametrize("form", FORMS)
def test_source_grows_by_as_much_with_every_rule(form):
    def source(count: int) -> int:
        rules = [
            And((IfThenElse(at_least(place % 37, place), at_least(1, place), at_least(2, 3)), at_least(3, place)))
            for place in range(count)
        ]
        return len(source_of(form, rules, READING))

    assert (source(80) - source(40)) / 40 <= _SLACK * (source(40) - source(20)) / 20


@pytest.mark.parametrize("form", FORMS)
def test_a_rule_that_is_there_twice_is_computed_once(form):
    rule = nested("if, in if", 4)
    once, twice = (source_of(form, [rule] * count, READING) for count in (1, 2))

    assert len(twice) < len(once) + 40


@pytest.mark.parametrize("form", ["verdicts", "evaluate"])
def test_a_part_of_many_rules_is_computed_once(form):
    """Its limit, which nothing else has, is written as often for fifty rules as for ten."""
    part = Or(tuple(at_least(place, 12345 + place) for place in range(5)))

    def written(count: int) -> int:
        rules = [And((part, at_least(6, count), at_least(7, place))) for place in range(count)]
        return source_of(form, rules, READING).count("12349")

    assert written(50) == written(10) <= 6


@pytest.mark.parametrize("form", FORMS)
def test_a_rule_that_is_a_part_of_another_is_asked_and_not_read_again(form):
    part = Or(tuple(at_least(place, 12345 + place) for place in range(5)))
    alone = source_of(form, [part], READING).count("12349")
    both = source_of(form, [And((part, at_least(6, 1))), part], READING).count("12349")

    assert both <= alone + (2 if form == "explain" else 0)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("form", FORMS)
def test_what_is_nested_deeply_compiles_and_reads(form, shape):
    """CPython takes no more than 200 parentheses in each other."""
    rules = Rules({"deep": nested(shape, 30)}, READING)
    (entry,) = getattr(rules, form)({f"n{place}": 1.0 for place in range(40)})
    (open_entry,) = getattr(rules, form)({})

    assert getattr(entry, "truth", entry).value in ("true", "false")
    assert getattr(open_entry, "truth", open_entry).value == "unknown"


@pytest.mark.parametrize("form", FORMS)
def test_what_is_wide_compiles_and_reads(form):
    rules = Rules({"wide": And(tuple(at_least(place, 1) for place in range(500)))}, numbers(500))

    assert getattr(getattr(rules, form)({})[0], "truth", Truth.UNKNOWN) is Truth.UNKNOWN


@pytest.mark.parametrize("form", ["evaluate", "explain"])
def test_what_is_as_wide_as_the_profile_allows_compiles(form):
    """It takes up to 20,000 conditions."""
    rules = Rules({"wide": And(tuple(at_least(place, 1) for place in range(3000)))}, numbers(3000))

    assert getattr(rules, form)({})[0].truth is Truth.UNKNOWN
