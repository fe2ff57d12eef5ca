"""A value in another unit than the canonical one: exact factors, one rounding."""

from __future__ import annotations

from fractions import Fraction

from cart_screen.answers.dictionary import Question
from cart_screen.answers.ranges import exact, factor
from cart_screen.answers.scalars import is_number, written
from cart_screen.answers.ucum import code_typed, printed
from cart_screen.answers.unit import Unit
from cart_screen.errors import AnswerProblem, AnswersInvalid


def to_canonical(question: Question, value: float, unit: str) -> float:
    """
    Give a value in the canonical unit of its question.

    ``unit`` is a UCUM code or what people write for it. The factor is the decimal that the dictionary states, and
    the exact result is rounded once. Whether the value lies within the bounds is for the dictionary to say.

    Raises
    ------
    AnswersInvalid
        When the question does not accept the unit, or the value is no number that can be converted.
    """
    return _times(question, value, factor(accepted_unit(question, unit)))


def in_unit(question: Question, value: float, unit: str) -> float:
    """
    Give a value of the canonical unit in another unit that the question accepts.

    Raises
    ------
    AnswersInvalid
        When the question does not accept the unit, or the value is no number that can be converted.
    """
    return _times(question, value, 1 / factor(accepted_unit(question, unit)))


def unit_typed(question: Question, text: str) -> Unit | None:
    """Give the unit of a question that a text means, or None where the question accepts none such."""
    code = code_typed([unit.code for unit in question.units], text)
    return next((unit for unit in question.units if unit.code == code), None)


def accepted_unit(question: Question, unit: object) -> Unit:
    """
    Give the unit of a question that a UCUM code, or what people write for it, means.

    Raises
    ------
    AnswersInvalid
        When the question does not accept it: the error names question, unit and what is accepted.
    """
    found = unit_typed(question, unit) if isinstance(unit, str) else None
    if found is None:
        accepted = " or ".join(printed(own.code) or own.code for own in question.units) or "no unit"
        raise AnswersInvalid([AnswerProblem(question.id, f"the unit {written(unit)}", accepted)])
    return found


def units_that_fit(question: Question, value: float) -> tuple[Unit, ...]:
    """Give the other units in which a value that is out of bounds would be within them."""
    if question.allows(value):
        return ()
    return tuple(unit for unit in question.units[1:] if question.allows(to_canonical(question, value, unit.code)))


def _times(question: Question, value: float, by: Fraction) -> float:
    if not is_number(value):
        raise AnswersInvalid([AnswerProblem(question.id, written(value), question.allowed)])
    if by == 1:
        return value
    product = exact(value) * by
    if question.kind == "integer" and product.denominator == 1:
        return int(product)
    try:
        return float(product)
    except OverflowError:
        raise AnswersInvalid([AnswerProblem(question.id, written(value), question.allowed)]) from None
