"""
Small mistakes, one at a time, in the rules of a criteria document.

A mutant is a criterion, or a caution's condition, with one limit, value or connective changed as a tired author
might have written it. Referenced documents are not entered: they have examples of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cart_screen.answers.dictionary import Dictionary, Question
from cart_screen.answers.scalars import Scalar, is_number, same, written
from cart_screen.rules.references import escaped

_JOINTS = ("allOf", "anyOf", "oneOf")
_SWAPPED = {
    "minimum": "exclusiveMinimum",
    "exclusiveMinimum": "minimum",
    "maximum": "exclusiveMaximum",
    "exclusiveMaximum": "maximum",
}

Schema = Mapping[str, Any]
Change = tuple[str, str, Schema]


@dataclass(frozen=True)
class Mutant:
    """
    One change: the criterion it is in, its JSON pointer there, what it does, and what then stands there.

    ``caution`` is the pointer of the caution whose condition is changed; empty where the criterion itself is.
    """

    criterion: str
    pointer: str
    says: str
    changed: Schema
    caution: str = ""


class Mutator:
    """
    Makes the mutants of criteria over one dictionary.

    ``step`` gives for a question with a limit the smallest difference that counts.
    """

    def __init__(self, dictionary: Dictionary, step: Callable[[Question, float], float]) -> None:
        self._questions = dictionary.questions
        self._step = step

    def mutants(self, criterion: str, schema: Schema) -> Iterator[Mutant]:
        """Give every mutant of a criterion, and of the cautions that stand in it."""
        for pointer, says, changed in self._changes(schema, None):
            yield Mutant(criterion, pointer, says, changed)
        for caution, when in cautions(schema):
            for pointer, says, changed in self._changes(when, None):
                yield Mutant(criterion, f"{caution}/when{pointer}", says, changed, caution)

    def _changes(self, schema: Schema, question: Question | None) -> Iterator[Change]:
        yield from self._inside(schema, question)
        for joint in _JOINTS:
            if joint in schema:
                yield from _joints(schema, joint)
        if "not" in schema:
            yield "/not", "not removed", _with_term(_without(schema, "not"), schema["not"])
        if "if" in schema:
            yield from _branches(schema)
        if "properties" in schema:
            yield from _properties(schema)
        if question is not None:
            yield from self._values(schema, question)
            yield from self._limits(schema, question)

    def _inside(self, schema: Schema, question: Question | None) -> Iterator[Change]:
        """Give every change of a part, as a change of the whole."""
        for joint in _JOINTS:
            for place, part in enumerate(schema.get(joint, ())):
                for pointer, says, changed in self._changes(part, question):
                    parts = [*schema[joint][:place], changed, *schema[joint][place + 1 :]]
                    yield f"/{joint}/{place}{pointer}", says, {**schema, joint: parts}
        for key in ("not", "if", "then", "else"):
            if key in schema:
                for pointer, says, changed in self._changes(schema[key], question):
                    yield f"/{key}{pointer}", says, {**schema, key: changed}
        for key in ("properties", "$defs"):
            for name, part in schema.get(key, {}).items():
                asked = self._questions[name] if key == "properties" else None
                for pointer, says, changed in self._changes(part, asked):
                    yield f"/{key}/{escaped(name)}{pointer}", says, {**schema, key: {**schema[key], name: changed}}

    def _values(self, schema: Schema, question: Question) -> Iterator[Change]:
        if "enum" in schema:
            values = schema["enum"]
            for place, value in enumerate(values):
                rest = [*values[:place], *values[place + 1 :]]
                yield "/enum", f"{written(value)} dropped", {**schema, "enum": rest}
            for value in self._others(question, values):
                yield "/enum", f"{written(value)} added", {**schema, "enum": [*values, value]}
        if "const" in schema:
            for value in self._others(question, [schema["const"]]):
                yield "/const", f"{written(schema['const'])} made {written(value)}", {**schema, "const": value}

    def _others(self, question: Question, values: list[Scalar]) -> Iterator[Scalar]:
        """Give the further values of a question; of numbers without choices, the near ones."""
        every: list[Scalar] = [*question.choices] or ([False, True] if question.kind == "boolean" else [])
        every = every or [near for value in values if is_number(value) for near in self._near(question, value)]
        for value in every:
            if not any(same(value, other) for other in values):
                yield value

    def _limits(self, schema: Schema, question: Question) -> Iterator[Change]:
        for keyword, swapped in _SWAPPED.items():
            if keyword not in schema:
                continue
            limit = schema[keyword]
            for moved in self._near(question, limit):
                yield f"/{keyword}", f"{written(limit)} made {written(moved)}", {**schema, keyword: moved}
            if swapped not in schema:
                yield f"/{keyword}", f"made {swapped}", {**_without(schema, keyword), swapped: limit}

    def _near(self, question: Question, value: float) -> list[float]:
        """Give the value one step below and the value one step above."""
        if question.choices:
            numbers = sorted(choice for choice in question.choices if is_number(choice))
            below = [number for number in numbers if number < value][-1:]
            return below + [number for number in numbers if number > value][:1]
        step = Decimal(str(1 if question.kind == "integer" else self._step(question, value)))
        moved = [Decimal(str(value)) - step, Decimal(str(value)) + step]
        return [int(number) if number == int(number) else float(number) for number in moved]


def cautions(schema: Schema) -> Iterator[tuple[str, Schema]]:
    """Give the condition of each caution that stands in a schema or in a part of it, with the caution's pointer."""
    for place, caution in enumerate(schema.get("x-cautions", ())):
        yield f"/x-cautions/{place}", caution["when"]
    parts = [(f"/{key}", schema[key]) for key in ("not", "if", "then", "else") if key in schema]
    parts += [(f"/{key}/{place}", part) for key in _JOINTS for place, part in enumerate(schema.get(key, ()))]
    for pointer, part in parts:
        for below, when in cautions(part):
            yield pointer + below, when


def _joints(schema: Schema, joint: str) -> Iterator[Change]:
    terms = schema[joint]
    rest = _without(schema, joint)
    for other in _JOINTS:
        if other != joint:
            yield (
                f"/{joint}",
                f"made {other}",
                _with_term(rest, {other: terms}) if other in rest else {**rest, other: terms},
            )
    for place in range(len(terms)):
        yield f"/{joint}/{place}", "dropped", {**rest, joint: [*terms[:place], *terms[place + 1 :]]}


def _branches(schema: Schema) -> Iterator[Change]:
    yield "/if", "negated", {**schema, "if": {"not": schema["if"]}}
    rest = _without(schema, "then", "else")
    turned = {new: schema[old] for new, old in (("then", "else"), ("else", "then")) if old in schema}
    yield "/if", "then and else swapped", {**rest, **turned}
    for branch in ("then", "else"):
        if branch in schema:
            yield f"/{branch}", "dropped", _without(schema, branch)


def _properties(schema: Schema) -> Iterator[Change]:
    for name in schema["properties"]:
        left = {other: part for other, part in schema["properties"].items() if other != name}
        rest = _without(schema, "properties", "required")
        if left:
            rest |= {"properties": left, "required": [other for other in schema["required"] if other != name]}
        yield f"/properties/{escaped(name)}", "dropped", rest


def _without(schema: Schema, *keys: str) -> dict[str, Any]:
    return {key: value for key, value in schema.items() if key not in keys}


def _with_term(schema: Schema, term: Schema) -> dict[str, Any]:
    """Give a schema that asks for one thing more."""
    return {**schema, "allOf": [*schema.get("allOf", ()), term]}
