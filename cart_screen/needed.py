"""Which of the answers given still count: the others are kept, and read again once they matter."""

from __future__ import annotations

from cart_screen.answers.given import Answers
from cart_screen.readers import Readers
from cart_screen.rules.derivations import Reading
from cart_screen.rules.expressions import Expression
from cart_screen.rules.reasons import awaited
from cart_screen.rules.reference import Record, evaluate
from cart_screen.screening import Facts
from cart_screen.truth import Truth


def needed(facts: Facts, readers: Readers) -> frozenset[str]:
    """
    Give the questions whose answers still count in the situation that the answers describe.

    Left out are answers to what nobody is asked in this situation (``x-ask-if`` is false), and to what
    no indication reads that is still possible. ``facts`` are those of all answers.
    """
    answers = _asked_here(facts.answers, facts.criteria.reading)
    kept = facts if answers is facts.answers else Facts(answers, facts.criteria, facts.as_of)
    return readers.of(outcome.indication for outcome in kept.possible) & {*answers.values, *answers.absent}


def _asked_here(answers: Answers, reading: Reading) -> Answers:
    """Leave out, in dictionary order, each answer to what is not asked in view of the others."""
    record = reading.resolve(answers)
    left_out: set[str] = set()
    for id, condition in reading.ask_if.items():
        if id in answers.values and not _can_hold(condition, record, reading, left_out):
            answers = answers.without(id)
            left_out.add(id)
            record = reading.resolve(answers)
    return answers


def _can_hold(condition: Expression, record: Record, reading: Reading, left_out: set[str]) -> bool:
    """Tell whether a condition holds or may come to hold; not where it waits for nothing but what was left out."""
    truth = evaluate(condition, record)
    if truth is not Truth.UNKNOWN:
        return truth is Truth.TRUE
    waiting = awaited(condition, record, reading)
    return not waiting or not left_out.issuperset(waiting)
