"""Which of its sources a derived answer rests on."""

from __future__ import annotations

from cart_screen.answers.given import Answers
from cart_screen.rules.derivations import Reading
from cart_screen.rules.expressions import Arithmetic, Choice, Derivation, Given, questions_of, questions_of_value
from cart_screen.rules.reference import Record, compute, evaluate
from cart_screen.truth import Truth


def counting(derivation: Derivation, answers: Answers, record: Record) -> int | None:
    """
    Give the place of the source that a derived answer comes from, or None where there is none.

    Where the answer is unknown because a better source is still to come, it is the place of the source
    that it would come from. ``record`` holds the resolved answers. A lower place is a better source.
    """
    for place, source in enumerate(derivation.sources):
        given = isinstance(source.value, Given)
        known = derivation.question in answers.values if given else compute(source.value, record) is not None
        if known and evaluate(source.condition, record) is Truth.TRUE:
            return place
    return None


def passed_over(answers: Answers, record: Record, reading: Reading) -> frozenset[str]:
    """Give the answers that are only read in place of a better one, where the better one is known."""
    later: set[str] = set()
    read: set[str] = set()
    for derivation in reading.derivations.values():
        place = counting(derivation, answers, record)
        if place is None or derivation.question not in record:
            continue
        for position, source in enumerate(derivation.sources):
            (read if position <= place else later).update(questions_of_value(source.value))
    candidates = (later - read - _told_for_more(reading) - reading.derivations.keys()) & answers.values.keys()
    return frozenset(id for id in candidates if _changes_nothing_else(id, answers, record, reading))


def _told_for_more(reading: Reading) -> frozenset[str]:
    """Give what formulas read and conditions too, as age and sex: it says something beside the formula."""
    sources = [source for derivation in reading.derivations.values() for source in derivation.sources]
    conditional = {id for source in sources for id in questions_of(source.condition)}
    computed = (source.value for source in sources if isinstance(source.value, Arithmetic | Choice))
    return frozenset(id for value in computed for id in questions_of_value(value) if id in conditional)


def _changes_nothing_else(id: str, answers: Answers, record: Record, reading: Reading) -> bool:
    """Tell whether all other resolved answers are the same without one, and it has no part in a conflict."""
    left = answers.without(id)
    resolved = reading.resolve(left)
    if resolved != {question: value for question, value in record.items() if question != id}:
        return False
    whole, without = {**record, **answers.values}, {**resolved, **left.values}
    standing = (conflict for conflict in reading.conflicts.values() if evaluate(conflict, whole) is Truth.TRUE)
    return all(evaluate(conflict, without) is Truth.TRUE for conflict in standing)
