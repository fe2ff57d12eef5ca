"""How the answers come about that a criterion reads and nobody need have given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import assert_never

from cart_screen.authoring.english import Point, Reviewer
from cart_screen.authoring.english_words import Wording
from cart_screen.authoring.shelf import Shelf
from cart_screen.rules.derivations import inputs_of
from cart_screen.rules.expressions import (
    Among,
    Arithmetic,
    Choice,
    Derivation,
    Expression,
    Given,
    Literal,
    Mapped,
    Marker,
    Operator,
    Resolved,
    Value,
)

# The formulas that have a name which a clinician knows them by.
_FORMULAS = {"cockcroft-gault": "the Cockcroft-Gault formula"}
_SIGNS = {Operator.TIMES: "x", Operator.OVER: "/", Operator.MINUS: "-"}


def derived_answers(shelf: Shelf, wording: Wording, read: Iterable[str]) -> list[Point]:
    """Give a point for each derived answer that some questions are, or are derived from, choices first."""
    derivations = wording.reading.derivations
    reached: dict[str, None] = {}
    pending = list(read)
    while pending:
        question = pending.pop()
        if question in derivations and question not in reached:
            reached[question] = None
            pending.extend(inputs_of(derivations[question]))
    teller = _Teller(shelf, wording)
    others = [question for question in wording.reading.dictionary.questions if question in reached]
    told = {question: teller.derivation(derivations[question]) for question in others}
    chosen = [question for question in wording.chosen if question in told]
    return [told[question] for question in (*chosen, *(one for one in others if one not in chosen))]


class _Teller:
    def __init__(self, shelf: Shelf, wording: Wording) -> None:
        self._shelf = shelf
        self._wording = wording
        self._reviewer = Reviewer(shelf, wording)

    def derivation(self, derivation: Derivation) -> Point:
        question = derivation.question
        below = tuple(self._sources(derivation))
        if self._wording.markers(question):
            self._wording.choice(question)
            return Point("what counts is the first of these that is known", below=below)
        label = self._wording.label(question)
        return Point(f"{label} is the first of these that is known", below=below)

    def _sources(self, derivation: Derivation) -> Iterator[Point]:
        dictionary = self._wording.reading.dictionary
        raws = dictionary.questions[derivation.question].sources
        for position, (raw, source) in enumerate(zip(raws, derivation.sources, strict=True)):
            formula = _FORMULAS.get(raw.get("formula", ""), "a formula")
            point = self._value(derivation.question, source.value, formula)
            if "if" in raw:
                pointer = f"/properties/{derivation.question}/x-derived/{position}/if"
                condition = self._reviewer.point(self._shelf.part(raw["if"], dictionary.id, pointer))
                point = _where(point, _without_sources(condition))
            yield point

    def _value(self, question: str, value: Value, formula: str) -> Point:
        match value:
            case Given():
                return Point("the answer that was given to this question itself")
            case Resolved(question=other):
                return Point(f"the answer to {self._wording.label(other)}")
            case Literal(value=fixed):
                return Point(f'"{self._wording.value(question, fixed)}"')
            case Marker(question=other, value=fixed):
                label = self._wording.label(other)
                if self._wording.markers(question):
                    return Point(label)
                return Point(f'"{self._wording.value(question, fixed)}", as soon as {label} is known')
            case Mapped(question=other, table=table):
                results = dict.fromkeys(result for _, result in table)
                options = (
                    f'"{self._wording.value(question, result)}" from '
                    + "; ".join(f'"{self._wording.value(other, key)}"' for key, found in table if found == result)
                    for result in results
                )
                return Point(f"what follows from {self._wording.label(other)}", options=tuple(options))
            case Arithmetic():
                return Point(f"the result of {self._computed(value)}")
            case Choice(condition=condition, then=then, otherwise=otherwise):
                where = f"{self._computed(then)}, where {self._said(condition)}"
                return Point(f"what {formula} gives", options=(where, f"{self._computed(otherwise)}, otherwise"))
            case _:
                assert_never(value)

    def _computed(self, value: Value) -> str:
        match value:
            case Given(question=question) | Resolved(question=question):
                return self._wording.label(question)
            case Literal(value=number):
                return str(number)
            case Arithmetic(operator=operator, left=left, right=right):
                first = self._computed(left)
                if isinstance(left, Arithmetic) and left.operator is Operator.MINUS:
                    first = f"({first})"
                second = self._computed(right)
                return f"{first} {_SIGNS[operator]} " + (f"({second})" if isinstance(right, Arithmetic) else second)
            case Marker() | Mapped() | Choice():
                raise AssertionError("no formula computes with it")
            case _:
                assert_never(value)

    def _said(self, condition: Expression) -> str:
        if not isinstance(condition, Among):
            raise AssertionError("a formula chooses by the value of one answer")
        says, _ = self._wording.among(condition.question, condition.values)
        return says


def _where(point: Point, condition: Point) -> Point:
    where = f"only where {condition.says}"
    if point.introduces and condition.introduces:
        return replace(point, below=(*point.below, replace(condition, says=where)))
    return replace(
        point,
        says=f"{point.says}, {where}",
        options=(*point.options, *condition.options),
        below=(*point.below, *condition.below),
    )


def _without_sources(point: Point) -> Point:
    """Give a condition of the dictionary, which no source is asked of."""
    return replace(point, asserts=False, below=tuple(_without_sources(one) for one in point.below))
