"""
What a dictionary declares in the criteria dialect, lowered.

A derived answer is declared as a list of sources, each under an optional condition ``if``:
``{"answer": id}`` another answer (or, with its own id, what was given), ``{"answer": id, "map": {}}``
a table over it, ``{"known": id, "value": v}`` a fixed value once another answer is there,
``{"value": v}`` a fixed value, and ``{"formula": name, "of": {input: id}}`` one of the named formulas.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cart_screen.answers.dictionary import Dictionary, Question
from cart_screen.answers.scalars import is_scalar, written
from cart_screen.errors import DocumentInvalid, DocumentProblem
from cart_screen.rules.derivations import Reading, inputs_of
from cart_screen.rules.expressions import (
    Constant,
    Derivation,
    Expression,
    Given,
    Literal,
    Mapped,
    Marker,
    Resolved,
    Source,
    Value,
    questions_of,
    questions_of_value,
)
from cart_screen.rules.formulas import FORMULAS
from cart_screen.rules.parse import SchemaReader
from cart_screen.rules.profile import Profile


def lowered(dictionary: Dictionary, document: str) -> Reading:
    """
    Lower everything that a dictionary declares; ``document`` names it in messages.

    Raises
    ------
    DocumentInvalid
        With every declaration that cannot be read, and every circle of derivations, by question.
    """
    lowering = _Lowering(dictionary, document)
    derived = {
        question.id: lowering.derivation(question) for question in dictionary.questions.values() if question.sources
    }
    conflicts = {id: lowering.condition(raw, f"/x-consistency/{id}") for id, raw in dictionary.consistency.items()}
    urgency = {key: lowering.condition(raw, f"/x-urgency/{key}") for key, raw in dictionary.urgency.items()}
    ask_if = {
        question.id: lowering.condition(question.ask_if, f"/properties/{question.id}/x-ask-if")
        for question in dictionary.questions.values()
        if question.ask_if is not None
    }
    for derivation in derived.values():
        question = derivation.question
        if _reads_itself(derivation, internal=dictionary.questions[question].internal):
            lowering.problem(f"/properties/{question}/x-derived", f"{question} -> {question}", "no circle")
    lowering.finish()
    return Reading(dictionary, _ordered(derived, document), conflicts, ask_if, urgency)


class _Lowering:
    def __init__(self, dictionary: Dictionary, document: str) -> None:
        self._dictionary = dictionary
        self._document = document
        self._reader = SchemaReader({})
        self._profile = Profile(dictionary)
        self._problems: list[DocumentProblem] = []

    def condition(self, raw: Any, pointer: str) -> Expression:
        return self._profile.lower(self._reader.read_part(raw, self._document, pointer))

    def derivation(self, question: Question) -> Derivation:
        sources = []
        for position, raw in enumerate(question.sources):
            pointer = f"/properties/{question.id}/x-derived/{position}"
            condition = self.condition(raw["if"], f"{pointer}/if") if "if" in raw else Constant(True)
            sources.append(Source(self._value(question.id, raw, pointer), condition, _measured(raw)))
        return Derivation(question.id, tuple(sources))

    def _value(self, question: str, raw: Mapping[str, Any], pointer: str) -> Value:
        match {key: value for key, value in raw.items() if key != "if"}:
            case {"answer": str(id), **rest} if not rest and self._known(id, pointer):
                return Given(id) if id == question else Resolved(id)
            case {"answer": str(id), "map": dict(table), **rest} if not rest and self._known(id, pointer):
                return Mapped(id, tuple(table.items()))
            case {"known": str(id), "value": value, **rest} if (
                not rest and is_scalar(value) and self._known(id, pointer)
            ):
                return Marker(id, value)
            case {"value": value, **rest} if not rest and is_scalar(value):
                return Literal(value)
            case {"formula": str(name), "of": dict(inputs), **rest} if not rest and name in FORMULAS:
                formula = FORMULAS[name]
                if set(inputs) == set(formula.inputs) and all(self._known(id, pointer) for id in inputs.values()):
                    return formula.value(**inputs)
        self.problem(pointer, written(raw), "a source: answer, answer with map, known with value, value, or formula")
        return Literal(False)

    def _known(self, id: Any, pointer: str) -> bool:
        if id in self._dictionary.questions:
            return True
        self.problem(pointer, f"the question {written(id)}", "a question of the dictionary")
        return False

    def problem(self, pointer: str, found: str, allowed: str) -> None:
        self._problems.append(DocumentProblem(self._document, pointer, found, allowed))

    def finish(self) -> None:
        problems = [*self._problems, *self._reader.problems, *self._profile.problems]
        if problems:
            raise DocumentInvalid(problems)


def _measured(raw: Mapping[str, Any]) -> str | None:
    """Give the question of a formula's measured input; none where the source is no formula that is known."""
    formula, inputs = FORMULAS.get(str(raw.get("formula"))), raw.get("of")
    return inputs.get(formula.measured) if formula and isinstance(inputs, Mapping) else None


def _reads_itself(derivation: Derivation, *, internal: bool) -> bool:
    """Tell whether a derived answer is read in order to derive it; what was given for it may be."""
    given = Given(derivation.question)
    for source in derivation.sources:
        if derivation.question in questions_of(source.condition):
            return True
        if derivation.question in questions_of_value(source.value) and (internal or source.value != given):
            return True
    return False


def _ordered(derived: Mapping[str, Derivation], document: str) -> dict[str, Derivation]:
    ordered: dict[str, Derivation] = {}

    def place(question: str, path: tuple[str, ...]) -> None:
        if question in path:
            circle = " -> ".join((*path[path.index(question) :], question))
            raise DocumentInvalid([DocumentProblem(document, f"/properties/{question}/x-derived", circle, "no circle")])
        if question in ordered or question not in derived:
            return
        for other in inputs_of(derived[question]):
            place(other, (*path, question))
        ordered[question] = derived[question]

    for question in derived:
        place(question, ())
    return ordered
