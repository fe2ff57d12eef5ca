"""Reading what is typed at a question for a number, with its unit or without: refused with the range, never guessed."""

from __future__ import annotations

import re

from cart_screen.answers.dictionary import Question
from cart_screen.answers.ranges import range_in
from cart_screen.answers.ucum import printed, typed
from cart_screen.answers.unit import Unit
from cart_screen.answers.units import to_canonical, unit_typed, units_that_fit
from cart_screen.errors import shown
from cart_screen.nouns import noun
from cart_screen.terminal.prompting import Given, Page
from cart_screen.texts import Texts

# A unit is more than digits: "10 000", "1,5" and "1e3" are no numbers with a unit.
_TYPED = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,6})?)(?:\s*(?![eE]?[\d.,\s]+$)(\S.*))?")
_COMMA = re.compile(r"([0-9]{1,9}),([0-9]{1,6})(\s*\D.*)?")
_LONGEST_UNIT = 40
_NO_UNIT = Unit("")


@noun
class _Typed:
    number: float
    written: str
    unit: str


def canonical(question: Question) -> Unit:
    """Give the unit that the values of a question are kept in; one without a code where numbers have none."""
    return question.units[0] if question.units else _NO_UNIT


def unit_label(question: Question, unit: Unit, texts: Texts) -> str:
    """Give a unit as a person reads it; the canonical one has words of its own."""
    own = texts.find("questions", question.id, "unit")
    return own if own and unit == canonical(question) else printed(unit.code)


def number_given(said: str, page: Page) -> Given | None:
    """
    Give the number that was typed, or None where it is none that the question allows.

    A number alone is in the unit of the page; one with another accepted unit behind it is in that one. Both are
    converted to the canonical unit.
    """
    found = _typed(said)
    if found is None:
        return None
    unit = unit_typed(page.question, found.unit) if found.unit else page.unit
    if unit is None:
        return None
    value = to_canonical(page.question, found.number, unit.code) if unit.code else found.number
    return Given(value) if page.question.allows(value) else None


def number_range(page: Page) -> dict[str, str]:
    """Give the words for the range of a page: lowest, highest, unit and an example, all in its unit."""
    question = page.question
    low = question.minimum if question.minimum is not None else 0
    high = question.maximum if question.maximum is not None else 999_999
    limits = range_in(low, high, page.unit) or (f"{low:g}", f"{high:g}")
    example = float(limits[0]) + (float(limits[1]) - float(limits[0])) / 4
    digits = f"{int(example)}" if question.kind == "integer" or example >= 10 else f"{example:.1f}"
    unit = f" {page.unit_label}" if page.unit_label else ""
    return {"low": limits[0], "high": limits[1], "unit": unit, "example": digits}


def other_units(page: Page, texts: Texts) -> str:
    """Give the sentence that says in which other units a number can be typed, or nothing where there is none."""
    others = " or ".join(typed(other.code) for other in page.question.units if other != page.unit)
    return texts.get("terminal", "enter-units").format(unit=page.unit_label, units=others) if others else ""


def taken_as(given: Given, question: Question, texts: Texts) -> str:
    """Give the sentence that confirms a number in its canonical unit, where it could have been typed in another."""
    if len(question.units) < 2:
        return ""
    return texts.get("terminal", "taken-as").format(value=texts.value(question.id, given.value))


def refusal(said: str, page: Page, texts: Texts) -> str:
    """Give the sentences that refuse what was typed and say what is allowed, in every unit that is accepted."""
    question = page.question
    found = _typed(said)
    key = "wrong-whole-number" if question.kind == "integer" else "wrong-number"
    sentences = [texts.get("terminal", key).format(**number_range(page))]
    if found and found.unit and unit_typed(question, found.unit) is None:
        sentences.insert(0, texts.get("terminal", "wrong-unit").format(unit=shown(found.unit)))
    if question.kind == "number" and (comma := _COMMA.fullmatch(said.strip())):
        sentences.append(texts.get("terminal", "wrong-comma").format(number=f"{comma[1]}.{comma[2]}"))
    ranges = " or ".join(_range(question, other) for other in question.units if other != page.unit)
    if ranges:
        sentences.append(texts.get("terminal", "wrong-number-units").format(ranges=ranges))
    if found and not found.unit and page.unit == canonical(question):
        for other in units_that_fit(question, found.number):
            words = {"number": found.written, "unit": printed(other.code), "typed": typed(other.code)}
            sentences.append(texts.get("terminal", "would-fit").format(**words))
    return " ".join(sentences)


def _range(question: Question, unit: Unit) -> str:
    limits = range_in(question.minimum, question.maximum, unit)
    return f"{limits[0]} to {limits[1]} {printed(unit.code)}" if limits else printed(unit.code)


def _typed(text: str) -> _Typed | None:
    found = _TYPED.fullmatch(text.strip())
    if found is None or len(found[2] or "") > _LONGEST_UNIT:
        return None
    number = int(found[1]) if "." not in found[1] else float(found[1])
    return _Typed(number, found[1], found[2] or "")
