"""How a dictionary's answers are read: derived answers, and the resolved answers that they give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cart_screen.answers.absent import AbsentReason
from cart_screen.answers.dictionary import Dictionary
from cart_screen.answers.given import Answers
from cart_screen.answers.scalars import Scalar
from cart_screen.nouns import noun
from cart_screen.rules.expressions import Derivation, Expression, Source, questions_of, questions_of_value
from cart_screen.rules.reference import evaluate, first_known
from cart_screen.truth import Truth


@noun
class Reading:
    """
    How one dictionary's answers are read: derived answers in the order of computing, conflicts, asking.

    ``conflicts`` maps the id of an impossible pair to the expression that holds where it stands;
    ``ask_if`` the id of a question to what must hold before anybody is asked for it; ``urgency`` the
    key of urgent words to what calls for them.
    """

    dictionary: Dictionary
    derivations: Mapping[str, Derivation]
    conflicts: Mapping[str, Expression]
    ask_if: Mapping[str, Expression]
    urgency: Mapping[str, Expression]

    def resolve(self, answers: Answers) -> dict[str, Scalar]:
        """
        Give one value per question where it is known, derived answers included.

        A source that is still to come is not passed over for a poorer one: it was explicitly not asked,
        or its measured input is given and another one is missing without a reason.
        """
        record = dict(answers.values)
        pending = {id for id, reason in answers.absent.items() if reason is AbsentReason.NOT_ASKED}
        for question, derivation in self.derivations.items():
            value = derive(derivation, record, pending, answers.absent)
            record.pop(question, None)
            if value is not None:
                record[question] = value
                pending.discard(question)
        return record


def derive(
    derivation: Derivation, record: Mapping[str, Scalar], pending: set[str], absent: Mapping[str, AbsentReason]
) -> Scalar | None:
    """
    Give the value of a derived answer, or None where it is unknown.

    ``record`` holds what was given and what was derived before, ``pending`` the questions whose answers are still to
    come; the derived one is added where it has to be waited for.
    """
    readable, is_to_come = _readable(derivation, record, pending, absent)
    value = first_known(Derivation(derivation.question, readable), record)
    if value is None and is_to_come:
        pending.add(derivation.question)
    return value


def read_dictionary_rules(dictionary: Dictionary, document: str) -> Reading:
    """
    Lower everything that a dictionary declares in the criteria dialect.

    Raises
    ------
    DocumentInvalid
        With every declaration that cannot be read, and every circle of derivations, by question.
    """
    # Imported here: what ships with the package was lowered before, and a start should load no more than it needs.
    from cart_screen.rules.declarations import lowered

    return lowered(dictionary, document)


def inputs_of(derivation: Derivation) -> Iterable[str]:
    """Give the other questions that a derived answer reads."""
    for source in derivation.sources:
        for question in (*questions_of(source.condition), *questions_of_value(source.value)):
            if question != derivation.question:
                yield question


def _readable(
    derivation: Derivation, record: Mapping[str, Scalar], pending: set[str], absent: Mapping[str, AbsentReason]
) -> tuple[tuple[Source, ...], bool]:
    """Give the sources up to the first that is still to come, and whether one is."""
    for position, source in enumerate(derivation.sources, start=1):
        if evaluate(source.condition, record) is Truth.FALSE:
            continue
        missing = [id for id in questions_of_value(source.value) if id not in record]
        half_given = source.measured in record and any(id not in absent for id in missing)
        if half_given or not pending.isdisjoint(missing):
            return derivation.sources[:position], True
    return derivation.sources, False
