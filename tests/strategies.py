"""
Hypothesis strategies shared by the laws: answers to the shipped dictionary, and small worlds of our own.

Answers are drawn from the dictionary and biased to the thresholds that the shipped documents hold, to their
neighbours, and to the answer sets of the documents' own examples, where most of the edges are.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from cart_screen.answers.absent import AbsentReason
from cart_screen.answers.declaring import read_dictionary
from cart_screen.answers.dictionary import Question
from cart_screen.answers.given import Answers
from cart_screen.answers.scalars import Scalar
from cart_screen.catalog.loading import own_set
from cart_screen.model import CriteriaSet, Criterion, Indication
from cart_screen.rules.derivations import Reading, inputs_of, read_dictionary_rules
from cart_screen.rules.expressions import (
    Among,
    And,
    Compare,
    Constant,
    ExactlyOne,
    Expression,
    IfThenElse,
    Named,
    Not,
    Or,
    Relation,
)
from cart_screen.rules.parse import SchemaReader
from cart_screen.rules.profile import Profile
from cart_screen.rules.schema import DIALECT, Schema

AS_OF = "2026-11-22"
SETS = ("us-fda", "overview")
_THOROUGH = os.environ.get("CART_SCREEN_THOROUGH") == "1"


def examples(count: int) -> settings:
    """Give settings with half a number of examples; ``CART_SCREEN_THOROUGH=1`` takes twenty times the number."""
    return settings(
        deadline=None,
        max_examples=count * 20 if _THOROUGH else max(1, count // 2),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    )


# ---- The shipped dictionary and documents


def criteria_of(criteria: CriteriaSet) -> Iterator[tuple[Indication, Criterion]]:
    """Give every criterion of every indication, with it."""
    for indication in criteria.indications:
        for criterion in indication.criteria.values():
            yield indication, criterion


def leaves(expression: Expression) -> Iterator[Compare | Among]:
    """Give every condition on one answer."""
    match expression:
        case Compare() | Among():
            yield expression
        case And(terms=terms) | Or(terms=terms) | ExactlyOne(terms=terms):
            for term in terms:
                yield from leaves(term)
        case Not(term=term) | Named(term=term):
            yield from leaves(term)
        case IfThenElse(condition=condition, then=then, otherwise=otherwise):
            for term in (condition, then, otherwise):
                yield from leaves(term)


def _expressions(criteria: CriteriaSet) -> Iterator[Expression]:
    for _, criterion in criteria_of(criteria):
        yield criterion.requirement
        yield from (caution.when for caution in criterion.cautions)
    yield from criteria.reading.conflicts.values()
    yield from criteria.reading.ask_if.values()
    for derivation in criteria.reading.derivations.values():
        yield from (source.condition for source in derivation.sources)


@cache
def thresholds() -> Mapping[str, tuple[Scalar, ...]]:
    """Give for each question the values at which some shipped document turns, and their neighbours."""
    questions = own_set(SETS[0]).reading.dictionary.questions
    found: dict[str, dict[Scalar, None]] = {id: {} for id in questions}
    for name in SETS:
        for expression in _expressions(own_set(name)):
            for leaf in leaves(expression):
                turning = leaf.values if isinstance(leaf, Among) else (leaf.limit,)
                for value in turning:
                    for near in _neighbours(value, questions[leaf.question]):
                        if questions[leaf.question].allows(near):
                            found[leaf.question][near] = None
    return {id: tuple(values) for id, values in found.items()}


def _neighbours(value: Scalar, question: Question) -> tuple[Scalar, ...]:
    if question.kind == "integer":
        return (value, value - 1, value + 1, float(value))
    if question.kind == "number":
        return (
            value,
            float(value),
            math.nextafter(value, math.inf),
            math.nextafter(value, -math.inf),
            value - 1,
            value + 1,
        )
    return (value,)


@cache
def values_of(id: str) -> st.SearchStrategy[Scalar]:
    """Draw an allowed answer to a question of the shipped dictionary."""
    question = own_set(SETS[0]).reading.dictionary.questions[id]
    if question.kind == "boolean":
        return st.booleans()
    if question.choices:
        turning = thresholds()[id]
        anyone = st.sampled_from(question.choices)
        return st.sampled_from(turning) | anyone if turning else anyone
    turning = st.sampled_from((*thresholds()[id], question.minimum, question.maximum))
    low, high = question.minimum, question.maximum
    return (
        turning | turning.map(float) | (st.integers(low, high) if question.kind == "integer" else st.floats(low, high))
    )


def givable(reading: Reading) -> tuple[str, ...]:
    """Give the questions that can be answered."""
    return tuple(question.id for question in reading.dictionary.questions.values() if not question.internal)


@cache
def one_answer() -> st.SearchStrategy[tuple[str, Scalar]]:
    """Draw a question that can be answered, and an answer."""
    return st.sampled_from(givable(own_set(SETS[0]).reading)).flatmap(
        lambda question: st.tuples(st.just(question), values_of(question))
    )


@cache
def some_answers(most: int = 12) -> st.SearchStrategy[list[tuple[str, Scalar]]]:
    """Draw answers to some questions, each at most once."""
    return st.lists(one_answer(), max_size=most, unique_by=lambda pair: pair[0])


@cache
def example_answers(name: str) -> tuple[Mapping[str, Scalar], ...]:
    """Give the answer sets of a set's own examples that the dictionary lets anybody give."""
    criteria = own_set(name)
    allowed = set(givable(criteria.reading))
    found = []
    for indication in criteria.indications:
        for example in indication.examples:
            answers = {id: value for id, value in example["answers"].items() if id in allowed and value is not None}
            if answers not in found and not criteria.reading.dictionary.problems(Answers(answers)):
                found.append(answers)
    return tuple(found)


# What a person says to be asked about nothing more; laid under an example it lets every criterion be decided.
HEALTHY: Mapping[str, Scalar] = {
    "age_years": 61, "sex": "male", "ecog": 1, "prior_car_t": False, "active_infection": False,
    "active_inflammatory_disorder": False, "active_gvhd": False, "pregnant": False, "cns_involvement": "none",
    "on_dialysis": False, "kidney_state": "normal", "liver_state": "normal", "heart_state": "no-problem",
    "lung_state": "no-problem",
}  # fmt: skip


# Values as a report gives them, from which others are computed.
LABORATORY: Mapping[str, Scalar] = {
    "age_years": 61, "sex": "female", "weight_kg": 70, "creatinine": 1.4, "bilirubin": 0.8,
    "ast": 80, "ast_upper_limit": 40, "alt": 33, "alt_upper_limit": 35, "lvef": 60, "spo2": 97,
}  # fmt: skip


@st.composite
def stated_answers(draw: st.DrawFn, name: str, *, reasons: bool = True) -> Answers:
    """
    Draw answers as somebody may state them: nothing, an example, a healthy person with one; some answers
    left out, some changed or added, some absent for a reason.
    """
    base = dict(draw(st.sampled_from(({}, HEALTHY, LABORATORY, {**HEALTHY, **LABORATORY}))))
    if example_answers(name):
        base |= draw(st.sampled_from(({}, *example_answers(name))))
    if base:
        for id in draw(st.lists(st.sampled_from(sorted(base)), max_size=5, unique=True)):
            del base[id]
    base |= dict(draw(some_answers(8)))
    answers = Answers(base)
    if reasons:
        for id in draw(st.lists(st.sampled_from(givable(own_set(name).reading)), max_size=2, unique=True)):
            answers = answers.with_absent(id, draw(st.sampled_from(list(AbsentReason))))
    return answers


def resolved_records(questions: Sequence[str], *, complete: bool) -> st.SearchStrategy[dict[str, Scalar]]:
    """Draw a resolved answer to each of some questions, or to some of them; derived ones included."""
    each = {id: values_of(id) for id in sorted(questions)}
    return st.fixed_dictionaries(each) if complete else st.fixed_dictionaries({}, optional=each)


def keeps_what_is_known(before: Mapping[str, Scalar], after: Mapping[str, Scalar]) -> bool:
    """Tell whether resolved answers that were known are still known, and the same."""
    return all(id in after and after[id] == value and type(after[id]) is type(value) for id, value in before.items())


def everything_behind(reading: Reading, question: str) -> set[str]:
    """Give every question that a derived answer rests on in any way."""
    if question not in reading.derivations:
        return set()
    direct = set(inputs_of(reading.derivations[question]))
    return direct | {question}.union(*(everything_behind(reading, other) for other in direct))


# ---- Small worlds: a random dictionary, and random documents of the profile over it

WORLD = "urn:test:world"
SHARED = "urn:test:shared"
_NUMBERS = (0, 1, 2.5, 5, 7.0, 10)
_BETWEEN = (0.5, 3, 6, 9.75)


@dataclass(frozen=True)
class World:
    """A dictionary, a document of the profile, a shared document that it may refer to, and how both are read."""

    reading: Reading
    document: Mapping[str, Any]
    shared: Mapping[str, Any]

    @cached_property
    def tree(self) -> Schema:
        """The document as a schema tree."""
        reader = SchemaReader({WORLD: self.document, SHARED: self.shared})
        tree = reader.read(WORLD)
        reader.finish()
        return tree

    @cached_property
    def expression(self) -> Expression:
        """The document as an expression; a document of the profile is never refused."""
        profile = Profile(self.reading.dictionary)
        expression = profile.lower(self.tree)
        profile.finish()
        return expression


def representatives(question: Question) -> tuple[Scalar, ...]:
    """Give every value that any condition drawn here can tell apart from the others."""
    if question.kind == "boolean":
        return (False, True)
    if question.choices:
        return question.choices
    if question.kind == "integer":
        return tuple(range(int(question.minimum), int(question.maximum) + 1))
    return tuple(sorted((*_NUMBERS, *_BETWEEN)))


_KINDS = (
    {"type": "boolean"},
    {"type": "string", "enum": ["a", "b"]},
    {"type": "string", "enum": ["a", "b", "c", ""]},
    {"type": "integer", "minimum": 0, "maximum": 3},
    {"type": "integer", "enum": [0, 1, 10]},
    {"type": "number", "minimum": 0, "maximum": 10},
)
_KEYWORD = {
    Relation.AT_LEAST: "minimum",
    Relation.AT_MOST: "maximum",
    Relation.ABOVE: "exclusiveMinimum",
    Relation.BELOW: "exclusiveMaximum",
}


@cache
def _below(count: int) -> st.SearchStrategy[int]:
    return st.integers(0, count - 1)


class _Drawn:
    """
    Draws single choices only: building a strategy for every small part of a schema would take most of the time.

    The first of several options is what a failing example shrinks to.
    """

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw

    def one(self, options: Sequence[Any]) -> Any:
        return options[self._draw(_below(len(options)))]

    def perhaps(self, out_of: int = 2) -> bool:
        return self._draw(_below(out_of)) == out_of - 1

    def some(self, options: Sequence[Any], least: int, most: int) -> list[Any]:
        """Give different ones of the options, in any order."""
        left = list(options)
        return [left.pop(self._draw(_below(len(left)))) for _ in range(least + self._draw(_below(most - least + 1)))]

    # Dictionaries

    def reading(self, most: int, derived: int) -> Reading:
        kinds = [self.one(_KINDS) for _ in range(1 + self._draw(_below(most)))]
        properties: dict[str, Any] = {f"q{position}": kind for position, kind in enumerate(kinds)}
        for position in range(self._draw(_below(derived + 1))):
            properties[f"d{position}"] = self.derived_question(f"d{position}", properties)
        return _read(properties)

    def derived_question(self, id: str, earlier: Mapping[str, Any]) -> dict[str, Any]:
        kind = self.one([kind for kind in _KINDS if kind["type"] != "number"])
        before = _read(earlier)
        values = representatives(_read({id: kind}).dictionary.questions[id])
        internal = self.perhaps()
        sources = [self.source(id, kind, values, earlier, internal) for _ in range(1 + self._draw(_below(3)))]
        for source in sources:
            if self.perhaps():
                source["if"] = self.on_the_record(before, (), 1)
        return {**kind, "x-derived": sources, **({"x-internal": True} if internal else {})}

    def source(
        self, id: str, kind: Mapping[str, Any], values: Sequence[Scalar], earlier: Mapping[str, Any], internal: bool
    ) -> dict[str, Any]:
        like = [other for other, declared in earlier.items() if declared.items() >= kind.items()]
        ways = ["value", "known", "map"] + (["answer"] * 2 if like else []) + ([] if internal else ["own", "own"])
        other = self.one(list(earlier))
        match self.one(ways):
            case "value":
                return {"value": self.one(values)}
            case "known":
                return {"known": other, "value": self.one(values)}
            case "map":
                texts = [key for key in earlier[other].get("enum", ()) if isinstance(key, str)]
                return {"answer": other, "map": {key: self.one(values) for key in texts[:2]}}
            case "answer":
                return {"answer": self.one(like)}
            case _:
                return {"answer": id}

    # Schemas

    def on_one_answer(self, question: Question, depth: int) -> dict[str, Any]:
        if depth and self.perhaps(4):
            return self.combined(lambda: self.on_one_answer(question, depth - 1))
        found: dict[str, Any] = {}
        match self.one(("const", "enum", "limit") if question.kind in ("integer", "number") else ("const", "enum")):
            case "limit":
                for relation, limit in self.some(_limits(question), 1, 2):
                    found[_KEYWORD[relation]] = limit
            case "const":
                found["const"] = self.one(_turning(question))
            case _:
                found["enum"] = self.some(_turning(question), 1, len(_turning(question)) - 1)
        return {"type": question.kind, **found} if self.perhaps(3) else found

    def combined(self, part: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """Combine schemas, of a record or of an answer alike."""
        match self.one(("not", "allOf", "anyOf", "oneOf", "if")):
            case "not":
                return {"not": part()}
            case "if":
                branches = self.one((("then",), ("else",), ("then", "else")))
                return {"if": part(), **{branch: part() for branch in branches}}
            case keyword:
                return {keyword: [part() for _ in range(1 + self._draw(_below(3)))]}

    def on_the_record(self, reading: Reading, references: Sequence[str], depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        ways = ["answers", "answers"] + (["reference"] if references else []) + (["combine"] * 5 if depth else [])
        way = self.one(ways)
        if way == "combine":
            found |= self.combined(lambda: self.on_the_record(reading, references, depth - 1))
        if way == "reference":
            found["$ref"] = self.one(references)
        if way == "answers" or self.perhaps(5):
            questions = reading.dictionary.questions
            # Derived ones twice, since they are the harder case.
            ids = list(dict.fromkeys(self.some([*questions, *reading.derivations], 1, min(2, len(questions)))))
            found["properties"] = {id: self.on_one_answer(questions[id], 2) for id in ids}
            found["required"] = self.some(ids, len(ids), len(ids))
        if self.perhaps(4):
            found |= {"title": "A condition", "x-reason": self.one(("one", "two"))}
        return {"type": "object", **found} if self.perhaps(6) else found

    # Records, answers and expressions

    def value(self, question: Question) -> Scalar:
        value = self.one(representatives(question))
        return float(value) if question.kind in ("integer", "number") and self.perhaps() else value

    def absent_or_answered(self, reading: Reading, answers: Answers, id: str) -> Answers:
        match self.one(("nothing", "value", "value", "reason")):
            case "value":
                return answers.with_answer(id, self.value(reading.dictionary.questions[id]))
            case "reason":
                return answers.with_absent(id, self.one(list(AbsentReason)))
        return answers

    def expression(self, reading: Reading, depth: int) -> Expression:
        def terms() -> tuple[Expression, ...]:
            return tuple(self.expression(reading, depth - 1) for _ in range(self._draw(_below(4))))

        def term() -> Expression:
            return self.expression(reading, depth - 1)

        match self.one(("leaf", "and", "or", "one", "not", "if", "named") if depth else ("leaf",)):
            case "and":
                return And(terms())
            case "or":
                return Or(terms())
            case "one":
                return ExactlyOne(terms())
            case "not":
                return Not(term())
            case "if":
                return IfThenElse(term(), term(), term())
            case "named":
                return Named("A condition", "reason", (), False, term())
        if self.perhaps(10):
            return Constant(self.perhaps())
        question = reading.dictionary.questions[self.one(list(reading.dictionary.questions))]
        if question.kind in ("integer", "number") and self.perhaps():
            return Compare(question.id, *self.one(_limits(question)))
        return Among(question.id, tuple(self.some(_turning(question), 0, len(_turning(question)))))


def _read(properties: Mapping[str, Any]) -> Reading:
    return read_dictionary_rules(read_dictionary({"properties": dict(properties)}, "dictionary"), "dictionary")


def _turning(question: Question) -> tuple[Scalar, ...]:
    return _NUMBERS if question.kind == "number" else representatives(question)


def _limits(question: Question) -> list[tuple[Relation, float]]:
    values = representatives(question)
    return [
        (relation, limit)
        for relation in Relation
        for limit in (*_turning(question), *([0.5] if question.kind == "integer" else []))
        if relation.holds(min(values), limit) != relation.holds(max(values), limit)
    ]


@st.composite
def readings(draw: st.DrawFn, most: int = 4, *, derived: int = 0) -> Reading:
    """Draw a dictionary of a few questions, and as many derived ones at most."""
    return _Drawn(draw).reading(most, derived)


@st.composite
def worlds(draw: st.DrawFn, most: int = 4, depth: int = 3, *, derived: int = 0) -> World:
    """Draw a dictionary and a document of the profile with definitions, anchors, and a shared document."""
    drawn = _Drawn(draw)
    reading = drawn.reading(most, derived)
    shared = {
        "$schema": DIALECT,
        "$id": SHARED,
        "$defs": {"far": drawn.on_the_record(reading, (), 1)},
        **drawn.on_the_record(reading, ("#/$defs/far",), 1),
    }
    references = [SHARED, f"{SHARED}#/$defs/far"]
    definitions = {}
    for position in range(draw(_below(3))):
        schema = drawn.on_the_record(reading, references, 1)
        definitions[f"near {position}/~1"] = {"$anchor": f"anchor{position}", **schema}
        references += [f"#/$defs/near%20{position}~1~01", f"#anchor{position}"]
    schema = drawn.on_the_record(reading, references, depth)
    return World(reading, {"$schema": DIALECT, "$id": WORLD, "$defs": definitions, **schema}, shared)


@st.composite
def records(draw: st.DrawFn, reading: Reading, *, complete: bool) -> dict[str, Scalar]:
    """Draw a record over a small dictionary; whole numbers may be written as floats."""
    drawn = _Drawn(draw)
    questions = reading.dictionary.questions.values()
    return {question.id: drawn.value(question) for question in questions if complete or drawn.perhaps()}


@st.composite
def expressions(draw: st.DrawFn, reading: Reading, depth: int = 3) -> Expression:
    """Draw an expression over a small dictionary, of every kind of node."""
    return _Drawn(draw).expression(reading, depth)


@st.composite
def small_answers(draw: st.DrawFn, reading: Reading) -> Answers:
    """Draw answers to the questions of a small dictionary that can be answered, some absent for a reason."""
    drawn = _Drawn(draw)
    answers = Answers()
    for id in givable(reading):
        answers = drawn.absent_or_answered(reading, answers, id)
    return answers


@st.composite
def more_answers(draw: st.DrawFn, reading: Reading, answers: Answers, but: Sequence[str] = ()) -> Answers:
    """Draw answers with more of the unknown questions answered, or absent for another reason, but not those named."""
    drawn = _Drawn(draw)
    for id in givable(reading):
        if id not in answers.values and id not in but:
            answers = drawn.absent_or_answered(reading, answers, id)
    return answers
