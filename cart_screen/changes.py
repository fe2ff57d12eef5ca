"""What another answer changed: the answers themselves, and which of several sources counts now."""

from __future__ import annotations

from collections.abc import Iterator

from cart_screen.answers.scalars import Scalar, same
from cart_screen.nouns import field, noun
from cart_screen.rules.derivations import Reading
from cart_screen.rules.expressions import Derivation, Given, questions_of_value
from cart_screen.rules.provenance import counting
from cart_screen.rules.reasons import in_order
from cart_screen.screening import Facts


@noun
class AnswerChanged:
    """An answer that was given before is another one now, or is gone (None)."""

    question: str
    was: Scalar = field(repr=False)
    now: Scalar | None = field(repr=False)


@noun
class BetterSource:
    """
    What was read from some answers is read from better ones now, as a grade in place of a description.

    ``question`` is the derived answer; ``was`` and ``now`` are the questions that it came from and comes from.
    """

    question: str
    was: tuple[str, ...]
    now: tuple[str, ...]


Change = AnswerChanged | BetterSource


def changes(before: Facts, after: Facts) -> tuple[Change, ...]:
    """
    Give what changed from one set of answers to another under the same criteria set, in dictionary order.

    An answer that a questionnaire has set aside is none of the answers of its facts: it shows as gone.
    """
    return (*_answers(before, after), *_sources(before, after))


def _answers(before: Facts, after: Facts) -> Iterator[AnswerChanged]:
    for question in before.criteria.reading.dictionary.questions:
        was, now = before.answers.values.get(question), after.answers.values.get(question)
        if was is not None and not same(was, now):
            yield AnswerChanged(question, was, now)


def _sources(before: Facts, after: Facts) -> Iterator[BetterSource]:
    reading = before.criteria.reading
    given = {*before.answers.values, *after.answers.values}
    for derivation in reading.derivations.values():
        was = counting(derivation, before.answers, before.resolved)
        now = counting(derivation, after.answers, after.resolved)
        if was is None or now is None or now >= was or derivation.question not in after.resolved:
            continue
        from_before, from_now = _read(derivation, was, reading, given), _read(derivation, now, reading, given)
        if from_before and from_now:
            yield BetterSource(derivation.question, from_before, from_now)


def _read(derivation: Derivation, place: int, reading: Reading, given: set[str]) -> tuple[str, ...]:
    """Give the answers that a source reads, each traced back to what was given for it."""
    source = derivation.sources[place]
    if isinstance(source.value, Given):
        return (derivation.question,)
    found: dict[str, None] = {}
    for question in questions_of_value(source.value):
        if question in given:
            found[question] = None
        elif question in reading.derivations:
            for other in reading.derivations[question].sources:
                found |= dict.fromkeys(id for id in questions_of_value(other.value) if id in given)
    return in_order(found, reading)
