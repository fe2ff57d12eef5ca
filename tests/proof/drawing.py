"""
Random dictionaries, schemas of the profile as JSON, records and answers, from any source of numbers.

One generator serves the laws, where hypothesis chooses and shrinks, and the soak, where a seeded generator
does: all that it asks for is a whole number below another one. The first of several options is the simplest.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from random import Random
from typing import Any

from hypothesis import strategies as st

from cart_screen.answers.absent import AbsentReason
from cart_screen.answers.dictionary import Question
from cart_screen.answers.given import Answers
from cart_screen.answers.scalars import Scalar, same
from cart_screen.rules.derivations import Reading
from cart_screen.rules.reference import Record

from .rule_sets import Raw, RuleSet, reading_of

Below = Callable[[int], int]

KINDS: tuple[Raw, ...] = (
    {"type": "boolean"},
    {"type": "integer", "minimum": 0, "maximum": 3},
    {"type": "string", "enum": ["a", "b"]},
    {"type": "number", "minimum": 0, "maximum": 10},
    {"type": "integer", "enum": [0, 1, 10]},
    {"type": "string", "enum": ["", "0", "true", "it's", 'a "b" \\ {c}', "é"]},
    {"type": "number", "enum": [0, 0.5, 1, 2.5]},
    {"type": "integer", "minimum": -5, "maximum": 120},
    {"type": "number", "minimum": -1.5},
    {"type": "integer"},
)
# No id is safe to be written into code as it stands.
IDS = ("q0", "q1", "two words", "it's", "class", 'say "x"', "é")
_POINTS = (-5, -1.5, 0, 0.1, 0.5, 1, 2, 2.5, 3, 7.0, 10, 18, 120)
_LIMITS: Mapping[str, Callable[[Any, Any], bool]] = {
    "minimum": lambda value, limit: value >= limit,
    "maximum": lambda value, limit: value <= limit,
    "exclusiveMinimum": lambda value, limit: value > limit,
    "exclusiveMaximum": lambda value, limit: value < limit,
}


def points(question: Question) -> tuple[Scalar, ...]:
    """Give the values of a question at which a condition drawn here may turn."""
    if question.kind == "boolean":
        return (False, True)
    return question.choices or tuple(value for value in _POINTS if question.allows(value))


class Drawing:
    """Draws whatever the proofs need; ``below(n)`` gives a whole number from 0 to n - 1."""

    def __init__(self, below: Below) -> None:
        self.below = below

    def one(self, options: Sequence[Any]) -> Any:
        """Draw one of some options."""
        return options[self.below(len(options))]

    def perhaps(self, out_of: int = 2) -> bool:
        """Draw true once in so many times."""
        return self.below(out_of) == out_of - 1

    def some(self, options: Iterable[Any], least: int, most: int) -> list[Any]:
        """Draw different ones of the options, in any order."""
        left = list(options)
        return [left.pop(self.below(len(left))) for _ in range(least + self.below(most - least + 1))]

    # Dictionaries

    def reading(self, most: int = 5, derived: int = 2) -> Reading:
        """Draw a dictionary, with as many derived questions at most."""
        properties: dict[str, Raw] = {id: self.one(KINDS) for id in self.some(IDS, 1, most)}
        for number in range(self.below(derived + 1)):
            earlier = reading_of({"properties": properties})
            properties[f"d{number}"] = self._derived(f"d{number}", earlier, properties)
        return reading_of({"properties": properties})

    def _derived(self, id: str, earlier: Reading, declared: Mapping[str, Raw]) -> Raw:
        kind = self.one(KINDS)
        values = points(reading_of({"properties": {id: kind}}).dictionary.questions[id])
        internal = self.perhaps()
        sources = [self._source(id, kind, values, declared, internal) for _ in range(1 + self.below(3))]
        for source in sources:
            if self.perhaps():
                source["if"] = self.on_record(earlier, (), 1)
        return {**kind, "x-derived": sources, **({"x-internal": True} if internal else {})}

    def _source(
        self, id: str, kind: Raw, values: Sequence[Scalar], declared: Mapping[str, Raw], internal: bool
    ) -> dict[str, Any]:
        like = [other for other, entry in declared.items() if entry.items() >= kind.items()]
        other = self.one(list(declared))
        ways = ["value", "known", "map"] + ["answer"] * 2 * bool(like) + ["own"] * 2 * (not internal)
        match self.one(ways + ["formula"] * 2 * ("enum" not in kind and kind["type"] == "number")):
            case "value":
                return {"value": self.one(values)}
            case "known":
                return {"known": other, "value": self.one(values)}
            case "map":
                texts = [key for key in declared[other].get("enum", ()) if isinstance(key, str)]
                return {"answer": other, "map": {key: self.one(values) for key in texts[:2]}}
            case "answer":
                return {"answer": self.one(like)}
            case "formula" if self.perhaps():
                inputs = ("age", "weight", "creatinine", "sex")
                return {"formula": "cockcroft-gault", "of": {name: self.one(list(declared)) for name in inputs}}
            case "formula":
                return {"formula": "multiple-of-limit", "of": {"value": other, "limit": self.one(list(declared))}}
            case _:
                return {"answer": id}

    # Schemas

    def rule_set(self, rules: int = 3, depth: int = 3) -> RuleSet:
        """Draw a dictionary, some schemas with definitions and anchors, and a document that they refer to."""
        reading = self.reading()
        shared = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": "urn:test:shared",
            "$defs": {"far": self.on_record(reading, (), 1)},
            **self.on_record(reading, ("#/$defs/far",), 1),
        }
        away = ("urn:test:shared", "urn:test:shared#/$defs/far")
        schemas = {f"r{number}": self._schema(reading, away, depth) for number in range(rules)}
        return RuleSet(schemas, reading, (shared,))

    def _schema(self, reading: Reading, away: tuple[str, ...], depth: int) -> Raw:
        references, definitions = [*away], {}
        for number in range(self.below(3)):
            definitions[f"near {number}/~1"] = {"$anchor": f"near{number}", **self.on_record(reading, references, 1)}
            references += [f"#/$defs/near%20{number}~1~01", f"#near{number}"]
        return {**({"$defs": definitions} if definitions else {}), **self.on_record(reading, references, depth)}

    def on_record(self, reading: Reading, references: Sequence[str], depth: int) -> dict[str, Any]:
        """Draw a schema over a record: answers, a reference, or a combination of such."""
        found: dict[str, Any] = {}
        way = self.one(["answers"] * 2 + ["reference"] * bool(references) + ["combine"] * 5 * bool(depth))
        if way == "combine":
            found |= self._combined(lambda: self.on_record(reading, references, depth - 1))
        if way == "reference":
            found["$ref"] = self.one(references)
        if way == "answers" or self.perhaps(5):
            questions = reading.dictionary.questions
            # Derived ones twice, since they are the harder case.
            ids = list(dict.fromkeys(self.some([*questions, *reading.derivations], 1, min(3, len(questions)))))
            found["properties"] = {id: self.on_answer(questions[id], 2) for id in ids}
            found["required"] = self.some(ids, len(ids), len(ids))
        if self.perhaps(3):
            found |= {"title": self.one(("A condition", "Another")), "x-reason": self.one(("", "one", "two"))}
        return {"type": "object", **found} if self.perhaps(6) else found

    def on_answer(self, question: Question, depth: int) -> dict[str, Any]:
        """Draw a schema over one answer."""
        if depth and self.perhaps(4):
            return self._combined(lambda: self.on_answer(question, depth - 1))
        found: dict[str, Any] = {}
        numeric = question.kind in ("integer", "number")
        limits = _limits(question) if numeric else []
        match self.one(["const", "enum"] + ["limit"] * 2 * bool(limits)):
            case "limit":
                for keyword, limit in self.some(limits, 1, min(2, len(limits))):
                    found[keyword] = self._written(limit)
            case "const":
                found["const"] = self._written(self.one(points(question)))
            case _:
                values = points(question)
                found["enum"] = [self._written(value) for value in self.some(values, 1, len(values) - 1)]
        if self.perhaps(4):
            kinds = (question.kind, "number", ["string", question.kind]) if numeric else (question.kind,)
            found["type"] = self.one(kinds)
        return found

    def _combined(self, part: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        match self.one(("not", "allOf", "anyOf", "oneOf", "if")):
            case "not":
                return {"not": part()}
            case "if":
                branches = self.one((("then",), ("else",), ("then", "else")))
                return {"if": part(), **{branch: part() for branch in branches}}
            case keyword:
                return {keyword: [part() for _ in range(1 + self.below(4))]}

    # Records and answers

    def record(self, rules: RuleSet) -> dict[str, Scalar]:
        """Draw resolved answers to all questions, or to more or fewer, some of them those of an example."""
        missing = self.below(5)
        known = self.one(rules.examples) if rules.examples and self.perhaps() else {}
        found: dict[str, Scalar] = {}
        for id in rules.questions:
            if id in known and self.below(4):
                found[id] = known[id]
            elif not missing or self.below(5) >= missing:
                found[id] = self.value(id, rules)
        return found

    def completed(self, record: Record, rules: RuleSet) -> dict[str, Scalar]:
        """Give a record with a value drawn for every question that it lacks."""
        return {**record, **{id: self.value(id, rules) for id in rules.questions if id not in record}}

    def value(self, id: str, rules: RuleSet) -> Scalar:
        """Draw an answer: one that a rule can tell apart, a neighbour, a whole number also written as a float."""
        question = rules.reading.dictionary.questions[id]
        value = self.one(rules.representatives[id])
        if isinstance(value, bool | str) or not self.perhaps():
            return value
        step = 1 if question.kind == "integer" else self.one((0.25, math.ulp(value)))
        near = [float(value), value + step, value - step]
        return self.one([found for found in near if question.allows(found)])

    def answers(self, rules: RuleSet) -> Answers:
        """Draw answers as they are given, some of them absent for a reason."""
        given: dict[str, Scalar] = {}
        absent: dict[str, AbsentReason] = {}
        known = self.one(rules.given) if rules.given and self.perhaps() else {}
        for id, question in rules.reading.dictionary.questions.items():
            match "nothing" if question.internal else self.one(("nothing", "value", "known", "reason")):
                case "known" if id in known:
                    given[id] = known[id]
                case "value" | "known":
                    given[id] = self.value(id, rules)
                case "reason":
                    absent[id] = self.one(list(AbsentReason))
        return Answers(given, absent)

    def _written(self, value: Scalar) -> Scalar:
        """Write a whole number as a float now and then."""
        return float(value) if type(value) is int and self.perhaps(4) else value


def _limits(question: Question) -> list[tuple[str, Any]]:
    """Give the limits on a question that not every answer meets, and not every answer misses."""
    values = points(question)
    ends = [
        min(values) if question.minimum is None else question.minimum,
        max(values) if question.maximum is None else question.maximum,
    ]
    if question.choices:
        ends = [min(values), max(values)]
    turning = [*values, *(value + 0.5 for value in values[:2])]
    return [
        (keyword, limit)
        for keyword, holds in _LIMITS.items()
        for limit in turning
        if holds(ends[0], limit) != holds(ends[1], limit)
    ]


def seeded(seed: int) -> Drawing:
    """Give a drawing that a seed repeats."""
    return Drawing(Random(seed).randrange)


@st.composite
def drawings(draw: st.DrawFn) -> Drawing:
    """Give a drawing in which hypothesis chooses."""
    return Drawing(lambda count: draw(st.integers(0, count - 1)))


def is_same_record(one: Record, other: Record) -> bool:
    """Tell whether two records hold the same answers; ``True`` is not 1."""
    return one.keys() == other.keys() and all(same(value, other[id]) for id, value in one.items())
