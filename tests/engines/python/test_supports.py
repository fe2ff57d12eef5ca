"""What findings rest on is the same by compiled functions as by plain reading, and holds nobody's answers."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import SETS, examples, resolved_records

from cart_screen.catalog.loading import own_set
from cart_screen.engines import supports
from cart_screen.engines.explanations import Explanations, Paying
from cart_screen.engines.python import Rules
from cart_screen.engines.supports import CriterionRules, Supports
from cart_screen.ladder import Status, rung
from cart_screen.model import Source, Verified
from cart_screen.nouns import replace
from cart_screen.rules.expressions import Among, And, Constant, ExactlyOne, IfThenElse, Named, Not, Or
from cart_screen.rules.reasons import supporting
from cart_screen.rules.reference import evaluate

from .small import said_yes

_PAYS = 12


def yes(place):
    return Among(f"q{place}", (True,))


def named(name, term):
    return Named(name, name, (), False, term)


def trees():
    """Give small expressions in which any part may be named."""
    leaf = st.integers(0, 3).map(yes) | st.booleans().map(Constant)

    def larger(parts):
        several = st.lists(parts, min_size=1, max_size=3).map(tuple)
        either = st.builds(IfThenElse, parts, parts, parts)
        whole = several.map(And) | several.map(Or) | several.map(ExactlyOne) | parts.map(Not) | either
        return whole | st.builds(named, st.sampled_from("abcdef"), parts)

    return st.recursive(leaf, larger, max_leaves=10)


def read_plainly(expression, record):
    return list(supporting(expression, record, evaluate(expression, record)))


def taken(found, record):
    marks = found.marks(record)[: len(found.named)]
    return [
        [part for place, part in enumerate(named) if bits >> place & 1]
        for named, bits in zip(found.named, marks, strict=True)
    ]


@given(st.lists(trees(), min_size=1, max_size=3))
@examples(80)
def test_named_conditions_are_those_of_plain_reading(expressions):
    found = Supports(expressions, said_yes(4), [yes(0), yes(1)])
    for answered in product((None, True, False), repeat=4):
        record = {f"q{place}": value for place, value in enumerate(answered) if value is not None}
        expected = [read_plainly(expression, record) for expression in expressions]

        assert taken(found, record) == expected
        assert found.outermost(record) == tuple(next(iter(named), None) for named in expected)
        assert found.marks(record)[-1] == (record.get("q0") is True) + 2 * (record.get("q1") is True)


@pytest.mark.parametrize("name", SETS)
@given(st.data())
@examples(12)
def test_a_criterion_rests_on_the_same_once_it_is_compiled(name, data):
    criteria = own_set(name)
    criterion = data.draw(st.sampled_from([one for found in criteria.indications for one in found.criteria.values()]))
    record = data.draw(resolved_records(tuple(criteria.reading.dictionary.questions), complete=False))
    explain = Rules({"": criterion.requirement}, criteria.reading).explain

    assert CriterionRules(criterion, explain, criteria.reading, {}).rests_on(record) == Explanations(
        criteria.reading
    ).rests_on(criterion, record)


def test_equal_parts_are_one_object_and_bounded(monkeypatch):
    monkeypatch.setattr(supports, "_MOST_KEPT", 4)
    criteria = own_set("us-fda")
    criterion = criteria.general["organ-function"]
    rules = CriterionRules(
        criterion, Rules({"": criterion.requirement}, criteria.reading).explain, criteria.reading, {}
    )
    sizes = []
    for bilirubin, lvef, spo2 in product((1.0, 2.5, None), (30, 45, 60, None), (88, 91, 95, None)):
        given = {"bilirubin": bilirubin, "lvef": lvef, "spo2": spo2}
        record = {id: value for id, value in given.items() if value is not None}
        first, again = rules.rests_on(record), rules.rests_on(record)
        assert first == again
        assert (first.sources is again.sources, first.cautions is again.cautions) == (True, True)
        sizes.append(max(len(rules._sources), len(rules._cautions), len(rules._reasons)))

    assert max(sizes) == 4


def test_people_of_one_kind_leave_one_thing_behind():
    """Which conditions hold is all that is told apart: the answers themselves are not kept."""
    criteria = own_set("us-fda")
    criterion = criteria.general["organ-function"]
    rules = CriterionRules(
        criterion, Rules({"": criterion.requirement}, criteria.reading).explain, criteria.reading, {}
    )
    for bilirubin in (0.21, 0.33, 0.47, 0.59):
        rules.rests_on({"bilirubin": bilirubin, "lvef": 61, "spo2": 97, "creatinine_clearance": 91.5})

    assert [len(kept) for kept in (rules._sources, rules._cautions, rules._reasons)] == [1, 1, 1]


def test_what_pays_is_compiled_once_and_bounded():
    made = []
    paying = Paying(lambda one: made.append(one) or f"compiled {one}", most=3)
    objects = [f"object {number}" for number in range(8)]
    found = [[paying.find(one) for _ in range(_PAYS + 2)] for one in objects]

    assert found[0] == [None] * (_PAYS - 1) + ["compiled object 0"] * 3
    assert made == objects
    assert len(paying._made) <= 3


def test_what_is_too_much_for_the_compiler_is_read_plainly_for_good():
    tried = []

    def refuse(one):
        tried.append(one)
        raise RecursionError

    paying = Paying(refuse)
    whole = "whole"

    assert [paying.find(whole) for _ in range(3 * _PAYS)] == [None] * (3 * _PAYS)
    assert tried == [whole]


def test_a_very_deep_criterion_is_read_plainly():
    """Deeper than Python lets lines be indented."""
    deep = yes(0)
    for number in range(120):
        deep = named(str(number), And((deep, yes(1))))
    source = Source("a label", "https://label.example", Verified.PRIMARY, "2026-01-01")
    deep = replace(deep, sources=("label",))
    criterion = replace(own_set("us-fda").general["fitness"], requirement=deep, bare=deep, sources={"label": source})
    explanations = Explanations(said_yes(2))
    record = {"q0": True, "q1": True}

    assert [explanations.outermost_sources((criterion,), record) for _ in range(_PAYS + 2)] == [(source,)] * (_PAYS + 2)


def test_no_rung_is_better_than_with_everything_open_met():
    """So that an indication may be passed over by it."""
    for statuses in product(Status, repeat=5):
        places = [place for place, status in enumerate(statuses) if status is Status.UNKNOWN]
        best = rung(tuple(Status.NOT_MET if status is Status.NOT_MET else Status.MET for status in statuses))
        for future in product(Status, repeat=len(places)):
            ends = dict(zip(places, future, strict=True))
            assert best <= rung(tuple(ends.get(place, status) for place, status in enumerate(statuses)))
