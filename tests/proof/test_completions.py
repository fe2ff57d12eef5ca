"""What an engine decides is what every completion gives, and how often it leaves open what every completion gives."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from cart_screen.rules.reference import Record

from .completions import Exact, against_every_completion, against_the_standard, exact_truths
from .drawing import seeded
from .engines import Engine
from .rule_sets import RuleSet, shipped
from .running import every_row_engine, shipped_reader

_RECORDS = 25
_WORLDS = 60

Searched = tuple[RuleSet, list[Record], list[list[Exact]]]


@cache
def shipped_search(name: str) -> Searched:
    """Give records of a shipped set with what their completions agree on."""
    rules = shipped()[name]
    draw = seeded(len(name))
    records: list[Record] = [draw.record(rules) for _ in range(_RECORDS)]
    return rules, records, exact_truths(rules, records)


@cache
def random_search() -> tuple[Searched, ...]:
    """The same for random rule sets, in which a tautology is far more likely."""
    found = []
    for seed in range(_WORLDS):
        draw = seeded(seed)
        rules = draw.rule_set()
        records: list[Record] = [draw.record(rules) for _ in range(4)]
        found.append((rules, records, exact_truths(rules, records)))
    return tuple(found)


@pytest.mark.parametrize("name", shipped())
@every_row_engine
def test_a_decided_status_is_what_every_completion_gives(engine: Engine, name: str):
    """Over the values at which the shipped criteria turn; no search is too large to be sure."""
    counts: Counter[str] = Counter()

    assert against_every_completion(shipped_reader(engine, name), *shipped_search(name), counts) == []
    _show(engine, f"{name}, {len(shipped()[name].schemas)} rules", counts)
    assert counts["open"] > 100
    assert counts["too large"] == 0


@every_row_engine
def test_a_decided_random_rule_is_what_every_completion_gives(engine: Engine):
    """The same for random schemas."""
    counts: Counter[str] = Counter()
    wrong = [
        one
        for rules, records, exact in random_search()
        for one in against_every_completion(engine.reader(rules), rules, records, exact, counts)
    ]

    assert wrong == []
    _show(engine, "random rules", counts)
    assert counts["too large"] == 0


def test_the_completions_are_read_by_a_standard_validator_as_they_are_here():
    """So that the search, which relies on the reading being sound, is held against something else."""
    searched = [*map(shipped_search, shipped()), *random_search()]

    assert [wrong for rules, _, exact in searched for wrong in against_the_standard(rules, exact)] == []


def _show(engine: Engine, what: str, counts: Counter[str]) -> None:
    share = counts["open although decided"] / counts["open"]
    print(
        f"\n{engine.name}, {what}: {counts['decided']} decided, {counts['open']} open, of which every completion "
        f"agrees on {counts['open although decided']} ({share:.2%})"
    )
