"""What compiled rules keep between two records: entries by what they say, and never without end."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from itertools import product

import pytest

from cart_screen import compile_rules
from cart_screen.engines.python import Rules
from cart_screen.rules.expressions import Among, And
from cart_screen.truth import Truth

from .small import ADULT, DICTIONARY, ILL, said_yes

_BOUND = 10_000
_MANY = 14


def kept(function) -> list[dict]:
    """Give everything that a compiled function keeps."""
    return [value for value in function.__globals__.values() if isinstance(value, dict) and hasattr(value, "_make")]


def some_yes():
    """Give every record in which some of many questions are answered with yes."""
    for answered in product((False, True), repeat=_MANY):
        yield {f"q{place}": True for place, one in enumerate(answered) if one}


@pytest.mark.parametrize("form", ["evaluate", "explain"])
def test_entries_are_bounded(form):
    """Every record awaits other questions, and there are more of them than are kept."""
    everything = And(tuple(Among(f"q{place}", (True,)) for place in range(_MANY)))
    function = getattr(Rules({"everything": everything}, said_yes(_MANY)), form)
    sizes, wrong = [], []
    for record in some_yes():
        ((truth, awaiting, *_),) = function(record)
        missing = tuple(f"q{place}" for place in range(_MANY) if f"q{place}" not in record)
        if awaiting != missing or truth is not (Truth.UNKNOWN if missing else Truth.TRUE):
            wrong.append(record)
        sizes.append(max(map(len, kept(function))))

    assert wrong == []
    assert 2**_MANY > max(sizes) > _BOUND / 2
    assert max(sizes) <= _BOUND


def test_equal_entries_are_one_object():
    rules = compile_rules({"adult": ADULT, "again": ADULT}, DICTIONARY)

    assert rules.evaluate({})[0] is rules.evaluate({"ill": True})[1]
    assert rules.explain({"age": 3})[0] is rules.explain({"age": 4})[0]


def test_rules_that_were_used_can_be_copied():
    rules = compile_rules({"adult": ADULT}, DICTIONARY)
    rules.evaluate({})

    assert deepcopy(rules).evaluate({"age": 18}) == rules.evaluate({"age": 18})


@pytest.mark.parametrize("form", ["verdicts", "evaluate", "explain"])
def test_many_threads_may_read_and_compile_at_once(form):
    records = [{"age": age % 40, **({"ill": age % 3 == 0} if age % 2 else {})} for age in range(400)]
    expected = [getattr(compile_rules({"adult": ADULT, "ill": ILL}, DICTIONARY), form)(one) for one in records]
    shared = compile_rules({"adult": ADULT, "ill": ILL}, DICTIONARY)
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda record: getattr(shared, form)(record), records))

    assert found == expected
