"""
Groups of the official suite as rule sets: a dictionary made for the group, and its tests as records.

The suite is about any JSON, a criterion about a flat record whose every answer has one type. So the tests of a
group are sorted by the keys of their instances and the types of the values; an instance that is a scalar is the
answer to one question ``x``. For each such shape the schema is run as it stands, where the profile takes it, and
spelled out.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations, product
from typing import Any

from cart_screen.answers.dictionary import Question
from cart_screen.answers.scalars import Scalar, is_kind, is_scalar
from cart_screen.errors import DocumentInvalid
from cart_screen.rules.derivations import Reading
from cart_screen.truth import Truth, truth_of

from .engines import Engine
from .official import ADDRESS, Group, groups, left_out, read
from .rule_sets import Raw, RuleSet, reading_of
from .spelling import SETTLED, DoesNotFit, Spelling

_SCALAR = "x"
_KINDS = ("string", "boolean", "integer", "number")

# The keys of an instance with the type of each value, and whether it is a record or one answer.
Shape = tuple[bool, tuple[tuple[str, str], ...]]


@dataclass(frozen=True)
class Fitted:
    """The tests of a group that have one shape: one rule, its records, and the suite's verdict on each."""

    name: str
    rules: RuleSet
    tests: tuple[tuple[dict[str, Scalar], bool], ...]


@dataclass(frozen=True)
class Fitting:
    """What of a group can be run as criteria are, and why the rest of it cannot."""

    as_it_stands: tuple[Fitted, ...]
    spelled_out: tuple[Fitted, ...]
    reasons: tuple[str, ...]


@cache
def fittings() -> Mapping[str, Fitting]:
    """Give every group that the reader reads, with what of it fits."""
    return {name: _fitting(name, group) for name, group in groups().items() if left_out(group["schema"]) is None}


def _fitting(name: str, group: Group) -> Fitting:
    plain, spelled, reasons = [], [], []
    shapes: dict[Shape, list[tuple[dict[str, Scalar], bool]]] = {}
    for test in group["tests"]:
        for shape, record in _shapes(test["data"]):
            shapes.setdefault(shape, []).append((record, test["valid"]))
    for shape, tests in shapes.items():
        reading = _reading(shape)
        shown = f"{name} ({', '.join(' '.join(pair) for pair in shape[1])})"
        try:
            plain.append(_plain(shown, shape, group["schema"], reading, tests))
        except DocumentInvalid as refused:
            reasons += sorted({problem.found for problem in refused.problems})
        except DoesNotFit as reason:
            reasons.append(str(reason))
        try:
            spelled.append(_spelled(shown + " spelled out", shape, group["schema"], reading, tests))
        except DoesNotFit as reason:
            reasons.append(str(reason))
    if not shapes:
        reasons.append("no instance is a flat record or a scalar")
    return Fitting(tuple(plain), tuple(spelled), tuple(reasons))


def _shapes(data: Any) -> Iterator[tuple[Shape, dict[str, Scalar]]]:
    """Give every shape of an instance, with its record: a whole number is an integer, and a number."""
    is_record = isinstance(data, dict)
    record = data if is_record else {_SCALAR: data}
    if not all(is_scalar(value) for value in record.values()):
        return
    kinds = [[kind for kind in _KINDS if is_kind(value, kind)] for value in record.values()]
    for chosen in product(*kinds):
        yield (is_record, tuple(sorted(zip(record, chosen, strict=True)))), record


@cache
def _reading(shape: Shape) -> Reading:
    """Make the dictionary of a shape; a text may be any that the suite speaks of, or another one."""
    texts = sorted({text for text in _scalars(list(groups().values())) if isinstance(text, str)})
    declared: dict[str, Raw] = {
        key: {"type": kind, "enum": [*texts, "another text"]} if kind == "string" else {"type": kind}
        for key, kind in shape[1]
    }
    return reading_of({"properties": {**declared, SETTLED: {"type": "boolean"}}})


def _plain(
    name: str, shape: Shape, schema: Any, reading: Reading, tests: list[tuple[dict[str, Scalar], bool]]
) -> Fitted:
    """
    Give a group with its schema as the suite has it, but for ``required``.

    Presence cannot be tested in a criterion, so every described key is required, and no other: on an instance that
    has them all this changes nothing.
    """
    if not isinstance(schema, dict):
        raise DoesNotFit("a boolean schema")
    schema = {"$id": ADDRESS, **_requiring(schema)}
    if shape[0]:
        rules = RuleSet({name: schema}, reading)
    else:
        wrapped = {"properties": {_SCALAR: {"$ref": schema["$id"]}}, "required": [_SCALAR]}
        rules = RuleSet({name: wrapped}, reading, (schema,))
    return _kept(Fitted(name, rules, tuple(tests)))


def _spelled(
    name: str, shape: Shape, schema: Any, reading: Reading, tests: list[tuple[dict[str, Scalar], bool]]
) -> Fitted:
    questions: dict[str, Question] = {key: reading.dictionary.questions[key] for key, _ in shape[1]}
    tree, _ = read(schema)
    found = Spelling(questions, None if shape[0] else _SCALAR).of(tree)
    rules = RuleSet({name: found}, reading)
    return _kept(Fitted(name, rules, tuple(({**record, SETTLED: True}, valid) for record, valid in tests)))


def _kept(fitted: Fitted) -> Fitted:
    """Keep the answers that the rule reads; every instance of the shape has them."""
    questions = fitted.rules.questions
    if any(id not in record for record, _ in fitted.tests for id in questions):
        raise DoesNotFit("a key that the instances lack")
    return Fitted(
        fitted.name,
        fitted.rules,
        tuple(({id: record[id] for id in questions}, valid) for record, valid in fitted.tests),
    )


def _requiring(raw: Any) -> Any:
    """Give a schema with ``required`` for exactly what it describes, at every place."""
    if isinstance(raw, list):
        return [_requiring(one) for one in raw]
    if not isinstance(raw, dict):
        return raw
    found = {key: value if key in ("const", "enum") else _requiring(value) for key, value in raw.items()}
    if isinstance(raw.get("required"), list):
        del found["required"]
    if isinstance(raw.get("properties"), dict):
        found["required"] = list(raw["properties"])
    return found


def _scalars(raw: Any) -> Iterator[Scalar]:
    if isinstance(raw, dict):
        raw = list(raw.values())
    if isinstance(raw, list):
        for one in raw:
            yield from _scalars(one)
    elif is_scalar(raw):
        yield raw


@cache
def merged() -> tuple[tuple[RuleSet, tuple[tuple[str, Mapping[str, Scalar], bool, bool], ...]], ...]:
    """
    Give every form that fits, those of one shape in one rule set, since a column engine is slow for each.

    With each come the rule, a record or a part of one with some answers left out, the verdict of the suite on the
    whole record, and whether it is whole. What refers to a document stays alone: groups use the same addresses.
    """
    shared: dict[Hashable, list[Fitted]] = {}
    for fitting in fittings().values():
        for one in (*fitting.as_it_stands, *fitting.spelled_out):
            key: Hashable = one.name if one in fitting.as_it_stands else id(one.rules.reading)
            shared.setdefault(key, []).append(one)
    found = []
    for forms in shared.values():
        schemas = {name: schema for one in forms for name, schema in one.rules.schemas.items()}
        rules = RuleSet(schemas, forms[0].rules.reading, tuple(doc for one in forms for doc in one.rules.documents))
        cases = [
            (name, part, valid, len(part) == len(record))
            for one in forms
            for name in one.rules.schemas
            for record, valid in one.tests
            for part in _parts(record)
        ]
        found.append((rules, tuple(cases)))
    return tuple(found)


def wrong_on_the_suite(engine: Engine) -> list[tuple[str, Mapping[str, Scalar], bool, Truth]]:
    """Give every test that an engine gets wrong, and every part of a record that it decides against the whole."""
    wrong = []
    for rules, cases in merged():
        names = list(rules.schemas)
        said = engine.reader(rules)([part for _, part, _, _ in cases])
        for (name, part, valid, is_whole), found in zip(cases, said, strict=True):
            truth = found[names.index(name)].truth
            if truth is not truth_of(valid) and (is_whole or truth is not Truth.UNKNOWN):
                wrong.append((name, part, valid, truth))
    return wrong


def _parts(record: Mapping[str, Scalar]) -> Iterator[dict[str, Scalar]]:
    for number in range(len(record) + 1):
        for pairs in combinations(record.items(), number):
            yield dict(pairs)
