"""The engine of a criteria set: it compiles after some uses, and nothing that is said changes by it."""

from __future__ import annotations

import copy
import gc
import json
import pickle
import sys
import weakref
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from functools import cache
from random import Random

import pytest
from strategies import AS_OF, example_answers

from cart_screen import screen
from cart_screen.authoring.representatives import representatives
from cart_screen.catalog.loading import own_set, own_sets
from cart_screen.engines import sets
from cart_screen.engines.sets import engine_of

_COMPILES = 12
_TOLD = (1, 11, 12, 13, 40)
_SOME = 14


def fresh(name):
    """Give a set that nobody has used."""
    return pickle.loads(pickle.dumps(own_set(name)))


@cache
def answers_of(name):
    """Give some of the answer sets of a set's own examples, from all of its documents."""
    every = example_answers(name)
    return every[:: len(every) // _SOME]


@cache
def read_plainly(name):
    """Give what is said of them by a set that compiles nothing, as JSON."""
    said = []
    for answers in answers_of(name):
        criteria = fresh(name)
        said.append(told(answers, criteria))
        assert engine_of(criteria).resolve == criteria.reading.resolve
    return said


def told(answers, criteria):
    return json.dumps(screen(answers, criteria, AS_OF).to_dict())


@pytest.mark.parametrize("name", own_sets())
def test_the_same_is_said_at_every_use(name):
    """Of every example, at the first use, around the one that compiles, and long after."""
    criteria = fresh(name)
    expected = read_plainly(name)
    told_at = {}
    for use in range(1, _TOLD[-1] + 1):
        place = use % len(expected)
        told_at[use] = told(answers_of(name)[place], criteria) == expected[place]

    assert [use for use, is_same in told_at.items() if not is_same] == []
    assert set(_TOLD) <= set(told_at)
    assert engine_of(criteria).resolve != criteria.reading.resolve
    assert [told(answers, criteria) for answers in answers_of(name)] == expected


@pytest.mark.parametrize("use", _TOLD)
def test_one_example_is_told_alike_at_each_use(use):
    criteria, (answers, *_), (expected, *_) = fresh("us-fda"), answers_of("us-fda"), read_plainly("us-fda")
    for _ in range(use - 1):
        told({}, criteria)

    assert told(answers, criteria) == expected
    assert (engine_of(criteria).resolve == criteria.reading.resolve) is (use < _COMPILES)


def test_a_screening_from_before_says_the_same_after():
    """Its findings are made when they are asked for, by then with compiled functions."""
    criteria = fresh("us-fda")
    early = screen(answers_of("us-fda")[3], criteria, AS_OF)
    for answers in answers_of("us-fda"):
        told(answers, criteria)

    assert json.dumps(early.to_dict()) == read_plainly("us-fda")[3]


def test_every_set_has_its_own_engine():
    one, other = fresh("us-fda"), fresh("us-fda")

    assert engine_of(one) is engine_of(one)
    assert engine_of(one) is not engine_of(other)


def test_an_engine_lives_as_long_as_its_set():
    criteria = fresh("overview")
    for answers in answers_of("overview"):
        told(answers, criteria)
    known = len(sets._ENGINES)
    engine, kept = weakref.ref(engine_of(criteria)), weakref.ref(criteria)
    del criteria
    gc.collect()

    assert kept() is None
    assert engine() is None
    assert len(sets._ENGINES) < known


@pytest.mark.parametrize("copied", [copy.deepcopy, copy.copy, lambda one: pickle.loads(pickle.dumps(one))])
def test_a_set_can_be_copied_and_stored_after_use(copied):
    criteria = fresh("overview")
    for answers in answers_of("overview"):
        told(answers, criteria)
    other = copied(criteria)

    assert other == criteria
    assert engine_of(other) is not engine_of(criteria)
    assert [told(answers, other) for answers in answers_of("overview")] == read_plainly("overview")


def test_a_set_that_is_stored_again_does_not_grow_by_its_use():
    criteria = fresh("overview")
    before = len(pickle.dumps(criteria))
    for answers in answers_of("overview"):
        told(answers, criteria)

    assert len(pickle.dumps(criteria)) == before


def test_many_threads_may_use_one_set():
    """From the first use on, over the one that compiles."""
    expected = read_plainly("us-fda")
    interval = sys.getswitchinterval()
    try:
        sys.setswitchinterval(1e-5)
        for _ in range(2):
            criteria = fresh("us-fda")
            with ThreadPoolExecutor(6) as threads:
                found = list(threads.map(lambda answers: told(answers, criteria), answers_of("us-fda")))  # noqa: B023

            assert found == expected
    finally:
        sys.setswitchinterval(interval)


def test_days_are_bounded():
    criteria = fresh("us-fda")
    engine = engine_of(criteria)
    first = date.fromisoformat(AS_OF)
    answers, expected = answers_of("us-fda")[0], json.loads(read_plainly("us-fda")[0])
    sizes = []
    for number in range(200):
        found = screen(answers, criteria, first - timedelta(days=number))
        sizes.append((len(engine._days), len(engine._versions)))
    again = screen(answers, criteria, first).to_dict()

    assert found.guidance.code
    assert again == expected
    assert max(days for days, _ in sizes) <= 64
    assert max(versions for _, versions in sizes) <= 64


def test_days_with_the_same_documents_in_force_share_what_was_compiled():
    criteria = fresh("us-fda")
    engine = engine_of(criteria)
    day = date.fromisoformat(AS_OF)

    assert engine.on(day, criteria.in_force) is engine.on(day - timedelta(days=1), criteria.in_force)


def test_outcomes_are_bounded():
    criteria = fresh("us-fda")
    engine = engine_of(criteria)
    for _ in range(_COMPILES):
        rules = engine.on(date.fromisoformat(AS_OF), criteria.in_force)
    points = {point.bare for indication in rules.indications for point in indication.criteria.values()}
    values = {id: representatives(question, points) for id, question in criteria.reading.dictionary.questions.items()}
    random = Random(4)
    different, sizes = set(), []
    while len(different) <= 4200:
        record = {id: random.choice(each) for id, each in values.items() if each and random.random() < 0.8}
        outcomes = rules.standings(rules.truths(record)).outcomes
        different.add(tuple(status for outcome in outcomes for status in outcome.statuses.values()))
        sizes.append(len(rules._standings))

    assert max(sizes) <= 4096
