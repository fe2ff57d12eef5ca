"""The value of one answer as an element of FHIR, and back; nothing is coerced."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import Any

from cart_screen.answers.absent import AbsentReason
from cart_screen.answers.codes import read_code
from cart_screen.answers.dictionary import Dictionary, Question
from cart_screen.answers.scalars import Scalar, is_number, same, written
from cart_screen.answers.ucum import printed
from cart_screen.answers.units import accepted_unit, to_canonical
from cart_screen.errors import AnswersInvalid
from cart_screen.fhir.names import ABSENT_SYSTEM, UCUM, system_of
from cart_screen.nouns import noun


class Form(Enum):
    """How an answer is given: the type of its item, and the element of its value."""

    CHOICE = ("choice", "valueCoding")
    INTEGER = ("integer", "valueInteger")
    DECIMAL = ("decimal", "valueDecimal")
    QUANTITY = ("quantity", "valueQuantity")

    @property
    def type(self) -> str:
        """The type of the item."""
        return self.value[0]

    @property
    def element(self) -> str:
        """The element that holds the value."""
        return self.value[1]


@noun
class Unreadable:
    """A value that cannot be read: where in its element, what was found, what is allowed."""

    where: str
    found: str
    allowed: str


def form_of(question: Question) -> Form:
    """
    Give how a question is answered in FHIR.

    Yes and no are choices too: FHIR's boolean has no third answer, and here everybody may say "I don't know".
    """
    if question.kind == "boolean" or question.choices:
        return Form.CHOICE
    if len(question.units) > 1:
        return Form.QUANTITY
    return Form.INTEGER if question.kind == "integer" else Form.DECIMAL


def choices_of(question: Question) -> tuple[Scalar, ...]:
    """Give the choices of a question, yes and no included."""
    return question.choices or (True, False)


def code_of(value: Scalar) -> str:
    """Give the code of a choice in the code system of its question."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def value_element(question: Question, value: Scalar, dictionary: Dictionary, display: str) -> dict[str, Any]:
    """Give an answer that the dictionary allows as the value of an answer in FHIR; ``display`` says a choice."""
    form = form_of(question)
    match form:
        case Form.CHOICE:
            choice = next(one for one in choices_of(question) if same(one, value))
            coding = {"system": system_of(dictionary, question.id), "code": code_of(choice), "display": display}
            return {form.element: coding}
        case Form.INTEGER:
            return {form.element: int(value)}
        case Form.QUANTITY:
            return {form.element: {"value": value, **unit_element(question.units[0].code)}}
        case Form.DECIMAL:
            return {form.element: value}


def unit_element(code: str) -> dict[str, str]:
    """Give a unit as the elements of a quantity, as people write it and as its UCUM code."""
    return {"unit": printed(code) or code, "system": UCUM, "code": code}


def read_value(
    question: Question, answer: Mapping[str, Any], dictionary: Dictionary
) -> Scalar | AbsentReason | Unreadable:
    """Give the value of an answer in the canonical unit, or the reason that a choice gives for having none."""
    form = form_of(question)
    given = answer.get(form.element)
    match form:
        case Form.CHOICE:
            return _choice(question, given, dictionary)
        case Form.QUANTITY:
            value = read_quantity(question, given)
        case Form.INTEGER if not isinstance(given, int) or isinstance(given, bool):
            value = Unreadable(f".{form.element}", written(given), question.allowed)
        case _:
            value = _number(given)
    if isinstance(value, Unreadable) or question.allows(value):
        return value
    return Unreadable(f".{form.element}", as_given(given), question.allowed)


def read_reason(coding: object) -> AbsentReason | Unreadable:
    """Give the absent reason that a coding names."""
    if not isinstance(coding, Mapping) or coding.get("system") != ABSENT_SYSTEM:
        return Unreadable(".valueCoding", _coded(coding), f"a code of {ABSENT_SYSTEM}")
    return reason_of(coding.get("code"), ".valueCoding.code")


def reason_of(code: object, where: str) -> AbsentReason | Unreadable:
    """Give the absent reason of a code; those of FHIR that this questionnaire does not have are refused."""
    if isinstance(code, str) and code in list(AbsentReason):
        return AbsentReason(code)
    return Unreadable(where, written(code), f"one of {', '.join(AbsentReason)}")


def read_quantity(question: Question, quantity: object, implied: str | None = None) -> float | Unreadable:
    """
    Give the value of a quantity in the canonical unit of its question, not yet held against its bounds.

    The unit is its UCUM code. Where it has none, what people write for a unit is read; ``implied`` is the unit that
    is meant where the quantity names none at all.
    """
    if not isinstance(quantity, Mapping):
        return Unreadable(".valueQuantity", written(quantity), "a quantity with its unit")
    if quantity.get("comparator") is not None:
        return Unreadable(
            ".valueQuantity.comparator", written(quantity["comparator"]), "an exact value, without a comparator"
        )
    value = _number(quantity.get("value"))
    if isinstance(value, Unreadable):
        return Unreadable(".valueQuantity.value", value.found, value.allowed)
    code, system = quantity.get("code"), quantity.get("system")
    if code is not None and system != UCUM:
        return Unreadable(".valueQuantity.system", written(system), f"{UCUM}, since the unit has a code")
    unit = next((one for one in (code, quantity.get("unit"), implied) if one), None)
    if unit is None:
        units = " or ".join(printed(one.code) or one.code for one in question.units)
        return Unreadable(".valueQuantity", "no unit", f"a value in {units}" if units else "a number without a unit")
    try:
        return to_canonical(question, value, accepted_unit(question, unit).code)
    except AnswersInvalid as error:
        (problem,) = error.problems
        return Unreadable(".valueQuantity", problem.found, problem.allowed)


def as_given(value: object) -> str:
    """Write a number, or a quantity with its unit, as somebody gave it."""
    if not isinstance(value, Mapping):
        return written(value)
    unit = value.get("code") or value.get("unit")
    number = value.get("value")
    said = written(float(number) if isinstance(number, Decimal) else number)
    return said if unit is None else f"{said} with the unit {written(unit)}"


def _choice(question: Question, coding: object, dictionary: Dictionary) -> Scalar | AbsentReason | Unreadable:
    codes = {code_of(choice): choice for choice in choices_of(question)}
    own = system_of(dictionary, question.id)
    allowed = f"a code of {own}: {', '.join(codes)}"
    if not isinstance(coding, Mapping):
        return Unreadable(".valueCoding", written(coding), allowed)
    system, code = coding.get("system"), coding.get("code")
    if system == ABSENT_SYSTEM:
        return read_reason(coding)
    if system == own and isinstance(code, str):
        return codes[code] if code in codes else Unreadable(".valueCoding.code", written(code), allowed)
    if isinstance(system, str) and isinstance(code, str):
        meant = read_code(dictionary, system, code)
        if meant is not None and meant.question == question.id:
            if meant.value is not None:
                return meant.value
            several = ", ".join(code_of(value) for value in meant.values)
            return Unreadable(".valueCoding", f"{written(code)}, which may mean {several}", allowed)
    return Unreadable(".valueCoding", _coded(coding), allowed)


def _coded(coding: object) -> str:
    if not isinstance(coding, Mapping):
        return written(coding)
    return f"{written(coding.get('code'))} of the system {written(coding.get('system'))}"


def _number(value: object) -> float | Unreadable:
    if isinstance(value, Decimal) and value.is_finite():
        # Some read JSON so; a float of the same digits is what everybody else reads.
        return float(value)
    return value if is_number(value) else Unreadable(".valueDecimal", written(value), "a number")
