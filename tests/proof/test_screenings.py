"""Whole screenings by every engine that gives them, and the derived answers that they rest on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from needs import installed
from strategies import AS_OF, examples

from cart_screen.catalog.loading import own_set, own_sets
from cart_screen.engines.resolving import compile_resolve

from .column_engines import polars_frame, polars_lazy_frame, polars_rows, pyarrow_rows, pyarrow_table
from .drawing import Drawing, drawings, seeded
from .rule_sets import RuleSet, shipped
from .screenings import Screened, as_in_columns, screened, screened_columns, specified

_MANY = 30
_FEW = 25


def rules_of(name: str) -> RuleSet:
    """Give the rules by which answers are drawn near the edges of a set."""
    return shipped()[f"{name}/{own_set(name).reading.dictionary.major}"]


def days(name: str) -> list[date]:
    """Give the first day of every document of a set, the day before, and today's."""
    first = {indication.effective for indication in own_set(name).indications}
    return sorted(first | {day - timedelta(days=1) for day in first} | {date.fromisoformat(AS_OF)})


def typed(record):
    """Give answers with their types: a yes is not a one, and one written as a float may be an integer."""
    return {id: (isinstance(value, bool), value) for id, value in record.items()}


@pytest.mark.parametrize("name", own_sets())
def test_a_screening_says_what_is_specified(name: str):
    """Statuses, findings, guidance, conflicts and, for every criterion, what decided it and what it awaits."""
    draw = seeded(len(name))
    for number in range(_MANY):
        answers = draw.answers(rules_of(name))
        day = draw.one(days(name)) if number % 2 else date.fromisoformat(AS_OF)
        said, right = screened(answers, own_set(name), day), specified(answers, own_set(name), day)

        assert said == right, (answers.values, answers.absent, day)


@pytest.mark.parametrize(
    ("frame_of", "rows_of", "needs"),
    [
        pytest.param(polars_frame, polars_rows, ("narwhals", "polars"), id="columns-polars"),
        pytest.param(polars_lazy_frame, polars_rows, ("narwhals", "polars"), id="columns-polars-lazy"),
        pytest.param(pyarrow_table, pyarrow_rows, ("narwhals", "pyarrow"), id="columns-pyarrow"),
    ],
)
@pytest.mark.parametrize("name", own_sets())
def test_columns_say_what_is_specified(name: str, frame_of, rows_of, needs):
    """Each row as one screening, but for what decided it, which columns do not say."""
    for module in needs:
        installed(module)
    draw = seeded(len(name))
    answers = as_in_columns([draw.answers(rules_of(name)) for _ in range(_FEW)])
    day = date.fromisoformat(AS_OF)
    found = screened_columns(answers, own_set(name), day, frame_of, rows_of)

    for one, said in zip(answers, found, strict=True):
        right = specified(one, own_set(name), day)._replace(points=None)
        assert differing_parts(said, right) == {}, one.values


def differing_parts(said: Screened, right: Screened):
    """Give the parts that differ, both ways of saying them; computed numbers may differ in the last digit."""
    found = {}
    for part in Screened._fields:
        one, other = getattr(said, part), getattr(right, part)
        if part == "resolved":
            one, other = ({id: _rounded(value) for id, value in typed(record).items()} for record in (one, other))
        if one != other:
            found[part] = (one, other)
    return found


def _rounded(value):
    is_boolean, answer = value
    return (is_boolean, float(f"{answer:.14g}") if isinstance(answer, float) else answer)


@examples(80)
@given(draw=drawings())
def test_generated_code_resolves_random_derivations_as_specified(draw: Drawing):
    """Tables, formulas, fixed values and conditions, some answers absent for a reason."""
    rules = draw.rule_set(rules=1, depth=0)
    resolve = compile_resolve(rules.reading)
    for _ in range(5):
        answers = draw.answers(rules)

        assert typed(resolve(answers)) == typed(rules.reading.resolve(answers))


@pytest.mark.parametrize("name", own_sets())
def test_generated_code_resolves_the_shipped_derivations_as_specified(name: str):
    """Near the edges of the shipped criteria."""
    rules = rules_of(name)
    resolve = compile_resolve(rules.reading)
    draw = seeded(len(name))
    for _ in range(500):
        answers = draw.answers(rules)

        assert typed(resolve(answers)) == typed(rules.reading.resolve(answers))
