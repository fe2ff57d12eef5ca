"""A disagreement made small: the same engine still disagrees, over a shorter schema and fewer answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from cart_screen.errors import DocumentInvalid
from cart_screen.rules.reference import Record
from cart_screen.rules.references import Addresses

from .disagreements import Disagreement, Proof
from .drawing import seeded
from .engines import Engine
from .rule_sets import Raw, RuleSet

_OWN = "urn:rule"
# Some seconds; what is found until then is small enough to be read.
_MOST_TRIES = 1_000


def smaller(engine: Engine, proof: Proof, rules: RuleSet, found: Disagreement) -> Disagreement:
    """Take away parts of the schema and answers of the record as long as a proof finds the engine wrong."""

    tries = iter(range(_MOST_TRIES))

    def wrong(schema: Raw, record: Record) -> Disagreement | None:
        if next(tries, None) is None:
            return None
        part = RuleSet({found.rule: schema}, rules.reading, rules.documents)
        try:
            return next(proof(engine.reader(part), part, [record], seeded(0)), None)
        except DocumentInvalid:
            return None

    smallest = wrong(found.schema, found.record) or found
    while better := _better(smallest, rules, wrong):
        smallest = better
    return smallest


def _better(
    found: Disagreement, rules: RuleSet, wrong: Callable[[Raw, Record], Disagreement | None]
) -> Disagreement | None:
    for id in found.record:
        if fewer := wrong(found.schema, {other: value for other, value in found.record.items() if other != id}):
            return fewer
    tried = sorted(_simpler(found.schema, _addresses(found.schema, rules)), key=lambda schema: len(json.dumps(schema)))
    for schema in tried:
        shorter = wrong(schema, found.record)
        if shorter and _length(shorter.schema) < _length(found.schema):
            return shorter
    return None


def _length(schema: Any) -> tuple[int, int]:
    """Give the number of references, then the length: a reference followed is simpler, if longer."""
    text = json.dumps(schema)
    return text.count('"$ref"'), len(text)


def _addresses(schema: Raw, rules: RuleSet) -> Addresses:
    return Addresses({_OWN: schema} | {document["$id"]: document for document in rules.documents})


def _simpler(raw: Any, addresses: Addresses) -> Iterator[Any]:
    """Give every schema that is this one with one part left out, replaced by what is in it, or followed."""
    if isinstance(raw, list):
        for place, one in enumerate(raw):
            rest = [*raw[:place], *raw[place + 1 :]]
            yield rest
            yield from ([*raw[:place], simple, *raw[place + 1 :]] for simple in _simpler(one, addresses))
    if isinstance(raw, dict):
        yield from (one for one in raw.values() if isinstance(one, dict))
        yield from (inner for one in raw.values() if isinstance(one, list) for inner in one if isinstance(inner, dict))
        for key, value in raw.items():
            rest = {other: kept for other, kept in raw.items() if other != key}
            yield rest
            if key == "properties":
                for id in value:
                    fewer = {other: one for other, one in value.items() if other != id}
                    yield {**raw, "properties": fewer, "required": list(fewer)}
            if key == "$ref" and (target := addresses.find(value, _OWN)):
                inlined = {name: part for name, part in target[0].items() if not name.startswith("$") or name == "$ref"}
                yield {**rest, "allOf": [*rest.get("allOf", ()), inlined]}
            yield from ({**raw, key: simple} for simple in _simpler(value, addresses))
