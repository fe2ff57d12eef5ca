"""The answers of a record, as the dictionary of another day or directory reads them."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from cart_screen.answers.dictionary import Dictionary
from cart_screen.answers.given import Answers
from cart_screen.answers.reading import AnswerDocument, check_document
from cart_screen.errors import AnswerProblem, AnswersInvalid

if TYPE_CHECKING:
    from cart_screen.records.record import Record


def answers_under(record: Record, dictionary: Dictionary, but: Collection[str] = ()) -> Answers:
    """
    Give the answers of a record, ``but`` some questions, each number in the unit that is canonical in a dictionary.

    Raises
    ------
    AnswersInvalid
        With every answer that the dictionary does not allow or has no such unit for.
    """
    given = record.answers
    return check_document(
        AnswerDocument(
            {id: value for id, value in given.values.items() if id not in but},
            {id: reason for id, reason in given.absent.items() if id not in but},
            {id: unit for id, unit in record.units.items() if id not in but},
        ),
        dictionary,
    )


def answers_still_allowed(record: Record, dictionary: Dictionary) -> tuple[Answers, tuple[AnswerProblem, ...]]:
    """Give the answers of a record that a dictionary allows, and why each of the others is left out."""
    try:
        return answers_under(record, dictionary), ()
    except AnswersInvalid as error:
        left_out = error.problems
    return answers_under(record, dictionary, {problem.question for problem in left_out}), left_out
