"""
The traps that others fell into (numbered as in the project's list of lessons), through every engine.

Held elsewhere: reasons for a missing answer (2) and NaN (4) at intake by ``tests/answers`` and, for columns, by
``tests/engines``; the life cycle (9) and the date as an argument (10) by ``tests/catalog``, ``tests/criteria`` and
``tests/api``; checks that never fire (11) by ``tests/authoring/checks``; what several forms could get wrong
together (12) by the official suite and the random rules of this folder.
"""

from __future__ import annotations

import json
import math
from fractions import Fraction
from pathlib import Path

import pytest

from cart_screen.answers.scalars import is_kind
from cart_screen.authoring.representatives import leaves
from cart_screen.errors import DocumentInvalid
from cart_screen.rules.expressions import Compare, Relation
from cart_screen.truth import Truth, truth_of

from .engines import Engine
from .rule_sets import RuleSet, reading_of, shipped
from .running import every_engine

TRAPS = json.loads(Path(__file__).with_name("traps.json").read_text("utf-8"))
TRUTHS = {truth.value: truth for truth in Truth}
KEYWORDS = {
    "minimum": Relation.AT_LEAST,
    "maximum": Relation.AT_MOST,
    "exclusiveMinimum": Relation.ABOVE,
    "exclusiveMaximum": Relation.BELOW,
}

REFUSED = {
    "presence alone (2)": {"required": ["age"]},
    "a condition that passes on a missing answer (1)": {"properties": {"age": {"minimum": 18}}},
    "presence under not (2)": {"not": {"required": ["age"]}},
    "null as a value (2)": {"properties": {"age": {"enum": [None, 1]}}, "required": ["age"]},
    "an unknown keyword (8)": {"properties": {"age": {"minimum": 18, "multipleOf": 2}}, "required": ["age"]},
    "an unknown question (8)": {"properties": {"agee": {"minimum": 18}}, "required": ["agee"]},
    "another dialect (8)": {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "properties": {"age": {"minimum": 18}},
        "required": ["age"],
    },
    "a reference to nowhere (8)": {"$ref": "urn:nowhere"},
    "a text among numbers (5)": {"properties": {"age": {"enum": ["18", 19]}}, "required": ["age"]},
    "a yes among numbers (5)": {"properties": {"age": {"const": True}}, "required": ["age"]},
    "a number among yes and no (5)": {"properties": {"ill": {"const": 1}}, "required": ["ill"]},
    "a number beyond the exact ones (7)": {
        "properties": {"age": {"maximum": 9007199254740994}},
        "required": ["age"],
    },
    "a limit on yes and no (5)": {"properties": {"ill": {"minimum": 1}}, "required": ["ill"]},
}


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: f"{trap['name']} ({trap['trap']})")
@every_engine
def test_an_engine_does_not_fall_into_the_trap(engine: Engine, trap):
    rules = RuleSet({"rule": trap["rule"]}, reading_of({"properties": trap["dictionary"]}))
    said = engine.reader(rules)([record for record, _ in trap["cases"]])

    assert [(record, found.truth) for (record, _), (found,) in zip(trap["cases"], said, strict=True)] == [
        (record, TRUTHS[expected]) for record, expected in trap["cases"]
    ]


@pytest.mark.parametrize("schema", REFUSED.values(), ids=REFUSED)
@every_engine
def test_no_engine_takes_what_cannot_be_read(engine: Engine, schema):
    """It is refused when it is compiled, before any record is read."""
    declared = {"age": {"type": "integer"}, "ill": {"type": "boolean"}}
    rules = RuleSet({"rule": schema}, reading_of({"properties": declared}))

    with pytest.raises(DocumentInvalid):
        engine.reader(rules)


@every_engine
def test_every_limit_of_the_shipped_criteria_turns_where_it_stands(engine: Engine):
    """Compared exactly, with the limit as a whole number and as a float, and its nearest neighbours (14)."""
    questions = next(iter(shipped().values())).reading.dictionary.questions
    limits = {
        (leaf.question, leaf.relation, leaf.limit)
        for rules in shipped().values()
        for expression in rules.expressions.values()
        for leaf in leaves(expression)
        if isinstance(leaf, Compare)
    }
    schemas = {}
    for question, relation, limit in sorted(limits, key=str):
        keyword = next(name for name, meant in KEYWORDS.items() if meant is relation)
        schema = {"properties": {question: {keyword: limit}}, "required": [question]}
        schemas[f"{question} {relation.value} {limit}"] = (schema, question, relation, limit)
    declared = {id: {"type": questions[id].kind} for id in sorted({question for question, _, _ in limits})}
    rules = RuleSet({name: schema for name, (schema, *_) in schemas.items()}, reading_of({"properties": declared}))
    records = [
        {question: value}
        for question, _, limit in sorted(limits, key=str)
        for value in _around(limit)
        if is_kind(value, questions[question].kind)
    ]
    wrong = []
    for record, said in zip(records, engine.reader(rules)(records), strict=True):
        for found, (_, question, relation, limit) in zip(said, schemas.values(), strict=True):
            value = record.get(question)
            holds = value is not None and relation.holds(Fraction(value), Fraction(limit))
            if found.truth is not (Truth.UNKNOWN if value is None else truth_of(holds)):
                wrong.append((record, relation, limit, found.truth))

    assert wrong == []
    assert len(limits) > 20


def _around(limit):
    return (
        limit, float(limit), int(limit), limit - 1, limit + 1, float(limit - 1),
        math.nextafter(limit, math.inf), math.nextafter(limit, -math.inf),
    )  # fmt: skip
