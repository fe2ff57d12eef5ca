"""Which values of a question are read alike by some expressions, through every derivation, and one for each kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import assert_never

from cart_screen.answers.scalars import Scalar
from cart_screen.authoring.representatives import Leaf, leaves, representatives
from cart_screen.rules.derivations import Reading, inputs_of
from cart_screen.rules.expressions import (
    Arithmetic,
    Choice,
    Expression,
    Given,
    Literal,
    Mapped,
    Marker,
    Resolved,
    Value,
    questions_of,
    questions_of_value,
)
from cart_screen.rules.reference import compute, evaluate

Bits = int

# A set of possible values is held as bits: one for unknown, one for a value that no kept one stands for, the rest.
UNKNOWN: Bits = 1
OTHER: Bits = 2
_FIRST = 2

_Kind = tuple[object, ...]


class Alike:
    """
    The questions that some expressions read, derived ones with what they derive from, and their kinds of values.

    ``plain`` are those that can only be given, ``derived`` the others, inputs first. ``can_be_given``
    holds for each question that a person can answer the bits of its kept values.
    """

    def __init__(self, reading: Reading, expressions: Iterable[Expression]) -> None:
        self._reading = reading
        self._leaves: dict[str, dict[Leaf, None]] = {}
        self._passed_to: dict[str, dict[str, None]] = {}
        self._mapped_to: dict[str, list[tuple[str, Mapped]]] = {}
        self._fixed: dict[str, list[Scalar]] = {}
        self._formulas: set[str] = set()
        self._computed_with: set[str] = set()
        expressions = list(expressions)
        read = _everything_behind(reading, (id for expression in expressions for id in questions_of(expression)))
        self.plain = tuple(id for id in reading.dictionary.questions if id in read and id not in reading.derivations)
        self.derived = tuple(id for id in reading.derivations if id in read)
        for expression in expressions:
            self._note(expression)
        for id in self.derived:
            for source in reading.derivations[id].sources:
                self._note(source.condition)
                self._note_value(source.value, id)
        self._bits: dict[str, dict[_Kind, Bits]] = {}
        self.values: dict[str, dict[Bits, Scalar]] = {}
        self.can_be_given: dict[str, tuple[Bits, ...]] = {}
        for id in (*self.plain, *self.derived):
            self._keep(id)

    def bit(self, question: str, value: Scalar | None) -> Bits:
        """Give the bit of the kind that a value belongs to."""
        if value is None:
            return UNKNOWN
        return self._bits[question].get(self._kind(question, value), OTHER)

    def any_known(self, question: str) -> Bits:
        """Give the bits of everything that the answer to a question can be, once it is known."""
        return sum(self.values[question]) | (OTHER if self._is_read_as_it_is(question) else 0)

    def _is_read_as_it_is(self, question: str) -> bool:
        """Tell whether a formula reads each value of a question for itself, so that none stands for another."""
        targets = self._passed_to.get(question, ())
        return question in self._computed_with or any(self._is_read_as_it_is(target) for target in targets)

    def _note(self, expression: Expression) -> None:
        for leaf in leaves(expression):
            self._leaves.setdefault(leaf.question, {})[leaf] = None

    def _note_value(self, value: Value, target: str) -> None:
        match value:
            case Given():
                return
            case Literal(value=fixed) | Marker(value=fixed):
                self._fixed.setdefault(target, []).append(fixed)
            case Resolved(question=question):
                self._passed_to.setdefault(question, {})[target] = None
            case Mapped(question=question, table=table):
                self._mapped_to.setdefault(question, []).append((target, value))
                self._fixed.setdefault(target, []).extend(result for _, result in table)
            case Arithmetic():
                self._formulas.add(target)
                self._computed_with.update(questions_of_value(value))
            case Choice(condition=condition, then=then, otherwise=otherwise):
                self._note(condition)
                self._note_value(then, target)
                self._note_value(otherwise, target)
            case _:
                assert_never(value)

    def _keep(self, id: str) -> None:
        """Keep one value of each kind, rather one that may be given, and rather none of the dictionary's bounds."""
        question = self._reading.dictionary.questions[id]
        passed = [value for other, to in self._passed_to.items() if id in to for value in self.values[other].values()]
        points = self._points(id)
        candidates = [*representatives(question, points), *self._fixed.get(id, ()), *passed]
        if id in self._formulas:
            # What a formula gives knows no bounds and need not be whole.
            unbounded = replace(question, kind="number", choices=(), minimum=None, maximum=None)
            candidates += representatives(unbounded, points)
        bounds = (question.minimum, question.maximum)
        candidates.sort(key=lambda value: (not question.allows(value), value in bounds))
        bits = self._bits.setdefault(id, {})
        values = self.values.setdefault(id, {})
        for value in candidates:
            kind = self._kind(id, value)
            if kind not in bits:
                bits[kind] = 1 << (_FIRST + len(bits))
                values[bits[kind]] = value
        if not question.internal and (id in self.plain or self._may_be_given(id)):
            self.can_be_given[id] = tuple(bit for bit, value in values.items() if question.allows(value))

    def _may_be_given(self, id: str) -> bool:
        return any(Given(id) == source.value for source in self._reading.derivations[id].sources)

    def _points(self, id: str) -> list[Leaf]:
        """Give every condition that a value of a question meets, its own and those it is passed on to."""
        passed = [leaf for target in self._passed_to.get(id, ()) for leaf in self._points(target)]
        return [*self._leaves.get(id, ()), *(replace(leaf, question=id) for leaf in passed)]

    def _kind(self, id: str, value: Scalar) -> _Kind:
        """Give everything that is read of a value; what is equal here is read alike."""
        read: list[object] = [evaluate(leaf, {id: value}) for leaf in self._leaves.get(id, ())]
        read += [self._kind(target, value) for target in self._passed_to.get(id, ())]
        for target, mapped in self._mapped_to.get(id, ()):
            result = compute(mapped, {id: value})
            read.append(None if result is None else self._kind(target, result))
        if id in self._computed_with:
            read.append(value)
        return tuple(read)


def _everything_behind(reading: Reading, questions: Iterable[str]) -> set[str]:
    """Give questions and, of the derived ones, every question that they rest on in any way."""
    found: set[str] = set()
    pending = list(questions)
    while pending:
        id = pending.pop()
        if id not in found:
            found.add(id)
            if id in reading.derivations:
                pending.extend(inputs_of(reading.derivations[id]))
    return found
