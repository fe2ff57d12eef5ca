"""What a status waits for, and the smallest set of answers that forced it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cart_screen.answers.scalars import Scalar
from cart_screen.nouns import assert_never
from cart_screen.rules.derivations import Reading
from cart_screen.rules.expressions import (
    Among,
    And,
    Arithmetic,
    Choice,
    Compare,
    Constant,
    ExactlyOne,
    Expression,
    Given,
    IfThenElse,
    Literal,
    Mapped,
    Marker,
    Named,
    Not,
    Or,
    Resolved,
    Value,
    questions_of,
)
from cart_screen.rules.reference import Record, compute, evaluate
from cart_screen.truth import Truth


def unknown_leaves(expression: Expression, record: Record) -> Iterator[str]:
    """Give the unknown resolved answers that can still change an expression that is unknown."""
    if evaluate(expression, record) is not Truth.UNKNOWN:
        return
    match expression:
        case Constant():
            return
        case Compare(question=question) | Among(question=question):
            yield question
        case And(terms=terms) | Or(terms=terms) | ExactlyOne(terms=terms):
            for term in terms:
                yield from unknown_leaves(term, record)
        case Not(term=term) | Named(term=term):
            yield from unknown_leaves(term, record)
        case IfThenElse(condition=condition, then=then, otherwise=otherwise):
            # Once the condition is known, the branch that is not taken changes nothing.
            branches = {Truth.TRUE: (then,), Truth.FALSE: (otherwise,), Truth.UNKNOWN: (condition, then, otherwise)}
            for term in branches[evaluate(condition, record)]:
                yield from unknown_leaves(term, record)
        case _:
            assert_never(expression)


def awaited(expression: Expression, record: Record, reading: Reading) -> tuple[str, ...]:
    """
    Give the unknown questions that can still change an unknown expression, in dictionary order.

    For a derived answer these are itself, where it can be asked for, and every unknown input of
    its sources. Answering only other questions never changes the expression.
    """
    found: set[str] = set()
    for leaf in unknown_leaves(expression, record):
        _await(leaf, record, reading, found)
    return in_order(found, reading)


def because(expression: Expression, record: Record, reading: Reading) -> dict[str, Scalar]:
    """
    Give a minimal set of resolved answers that forces a decided expression, in dictionary order.

    Leave any one of them out and the expression is unknown. Where there is a choice, answers that
    stand earlier in the dictionary are kept.
    """
    decided = evaluate(expression, record)
    if decided is Truth.UNKNOWN:
        return {}
    kept = {question: record[question] for question in set(questions_of(expression)) if question in record}
    for question in reversed(in_order(kept, reading)):
        without = {other: value for other, value in kept.items() if other != question}
        if evaluate(expression, without) is decided:
            kept = without
    return {question: kept[question] for question in in_order(kept, reading)}


def named_parts(expression: Expression, record: Record, wanted: Truth) -> Iterator[Named]:
    """Give the outermost named conditions with a reason key that have a truth and so explain the whole having it."""
    if evaluate(expression, record) is not wanted:
        return
    match expression:
        case Named(reason=reason, term=term):
            inner = list(named_parts(term, record, wanted))
            if inner:
                yield from inner
            elif reason:
                yield expression
        case And(terms=terms) | Or(terms=terms) | ExactlyOne(terms=terms):
            for term in terms:
                yield from named_parts(term, record, wanted)
        case IfThenElse(condition=condition, then=then, otherwise=otherwise):
            branches = {Truth.TRUE: (then,), Truth.FALSE: (otherwise,), Truth.UNKNOWN: (then, otherwise)}
            for term in branches[evaluate(condition, record)]:
                yield from named_parts(term, record, wanted)
        case Constant() | Compare() | Among() | Not():
            return
        case _:
            assert_never(expression)


def supporting(expression: Expression, record: Record, wanted: Truth) -> Iterator[Named]:
    """Give every named condition, outer and inner, that an expression's truth rests on."""
    if evaluate(expression, record) is not wanted:
        return
    match expression:
        case Named(term=term):
            if not _is_idle(term, record):
                yield expression
                yield from supporting(term, record, wanted)
        case And(terms=terms) | Or(terms=terms) | ExactlyOne(terms=terms):
            for term in terms:
                yield from supporting(term, record, wanted)
        case IfThenElse(condition=condition, then=then, otherwise=otherwise):
            branches = {Truth.TRUE: (then,), Truth.FALSE: (otherwise,), Truth.UNKNOWN: (then, otherwise)}
            for term in branches[evaluate(condition, record)]:
                yield from supporting(term, record, wanted)
        case Constant() | Compare() | Among() | Not():
            return
        case _:
            assert_never(expression)


def _is_idle(expression: Expression, record: Record) -> bool:
    """Tell whether a condition is about a case that is not at hand, so that it says nothing here."""
    if not isinstance(expression, IfThenElse) or not isinstance(expression.otherwise, Constant):
        return False
    return evaluate(expression.condition, record) is Truth.FALSE


def in_order(questions: Iterable[str], reading: Reading) -> tuple[str, ...]:
    """Sort question ids as the dictionary has them."""
    places = reading.dictionary.places
    return tuple(sorted(places.keys() & set(questions), key=places.__getitem__))


def _await(question: str, record: Record, reading: Reading, found: set[str]) -> None:
    if question in record or question in found:
        return
    if not reading.dictionary.questions[question].internal:
        found.add(question)
    derivation = reading.derivations.get(question)
    if derivation is None:
        return
    for source in derivation.sources:
        if evaluate(source.condition, record) is Truth.FALSE:
            continue
        for leaf in unknown_leaves(source.condition, record):
            _await(leaf, record, reading, found)
        for leaf in _unknown_inputs(source.value, record):
            _await(leaf, record, reading, found)


def _unknown_inputs(value: Value, record: Record) -> Iterator[str]:
    match value:
        case Literal() | Given():
            return
        case Resolved(question=question) | Marker(question=question) | Mapped(question=question):
            yield question
        case Arithmetic(left=left, right=right):
            yield from _unknown_inputs(left, record)
            yield from _unknown_inputs(right, record)
        case Choice(condition=condition, then=then, otherwise=otherwise):
            yield from unknown_leaves(condition, record)
            for branch in (then, otherwise):
                if compute(branch, record) is None:
                    yield from _unknown_inputs(branch, record)
        case _:
            assert_never(value)
