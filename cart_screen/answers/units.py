"""A value in another unit than the canonical one: exact factors, one rounding, and limits that convert too."""

from __future__ import annotations

from fractions import Fraction

from cart_screen.answers.dictionary import Question, Unit
from cart_screen.answers.scalars import is_number, written
from cart_screen.answers.ucum import code_typed, printed
from cart_screen.errors import AnswerProblem, AnswersInvalid

# A converted limit with more digits than this is shown rounded, to as many as are read at a glance.
_MOST_DIGITS = 6
_ROUNDED_DIGITS = 4


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
    return _times(question, value, _factor(accepted_unit(question, unit)))


def in_unit(question: Question, value: float, unit: str) -> float:
    """
    Give a value of the canonical unit in another unit that the question accepts.

    Raises
    ------
    AnswersInvalid
        When the question does not accept the unit, or the value is no number that can be converted.
    """
    return _times(question, value, 1 / _factor(accepted_unit(question, unit)))


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


def range_in(question: Question, unit: Unit) -> tuple[str, str] | None:
    """
    Give the lowest and the highest value of a question in a unit, as text, or None where it is not bounded.

    A limit that has too many digits there is rounded inwards, so that every limit shown is itself allowed.
    """
    if question.minimum is None or question.maximum is None:
        return None
    factor = _factor(unit)
    return _short(_exact(question.minimum) / factor, up=True), _short(_exact(question.maximum) / factor, up=False)


def ranges(question: Question) -> str:
    """Give what is allowed in every accepted unit, as a phrase: ``0.1 to 40 mg/dL (8.84 to 3536 µmol/L)``."""
    units = question.units or (Unit(""),)
    said = []
    for unit in units:
        limits = range_in(question, unit)
        if limits is None:
            return ""
        said.append(f"{limits[0]} to {limits[1]} {printed(unit.code)}".strip())
    return said[0] + (f" ({', '.join(said[1:])})" if said[1:] else "")


def _times(question: Question, value: float, factor: Fraction) -> float:
    if not is_number(value):
        raise AnswersInvalid([AnswerProblem(question.id, written(value), question.allowed)])
    if factor == 1:
        return value
    exact = _exact(value) * factor
    if question.kind == "integer" and exact.denominator == 1:
        return int(exact)
    try:
        return float(exact)
    except OverflowError:
        raise AnswersInvalid([AnswerProblem(question.id, written(value), question.allowed)]) from None


def _factor(unit: Unit) -> Fraction:
    return _exact(unit.multiply) / _exact(unit.divide)


def _exact(number: float) -> Fraction:
    # 88.4 is meant, not the binary fraction next to it that Python computes with: the shortest text gives it back.
    return Fraction(number) if isinstance(number, int) else Fraction(repr(number))


def _short(limit: Fraction, *, up: bool) -> str:
    digits = len(str(abs(limit.numerator) // limit.denominator).lstrip("0"))
    for places in range(_MOST_DIGITS - digits + 1):
        if (limit * 10**places).denominator == 1:
            return _decimal(limit, places, up=up)
    return _decimal(limit, max(0, _ROUNDED_DIGITS - digits), up=up)


def _decimal(limit: Fraction, places: int, *, up: bool) -> str:
    scaled = limit * 10**places
    whole = -(-scaled.numerator // scaled.denominator) if up else scaled.numerator // scaled.denominator
    sign, text = ("-", str(-whole)) if whole < 0 else ("", str(whole))
    text = text.rjust(places + 1, "0")
    return sign + (text if places == 0 else f"{text[:-places]}.{text[-places:]}")
