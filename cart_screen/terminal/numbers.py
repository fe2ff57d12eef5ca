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
from cart_screen.terminal.prompting import KEYS, Given, Reply
from cart_screen.texts import Texts

# A unit is more than digits: "10 000", "1,5" and "1e3" are no numbers with a unit.
_TYPED = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,6})?)(?:\s*(?![eE]?[\d.,\s]+$)(\S.*))?")
_LONGEST_UNIT = 40


@noun
class _Typed:
    number: float
    written: str
    unit: str


def number_reply(said: str, question: Question) -> Reply | None:
    """
    Give the reply that was typed, or None where it is neither a key nor a number that the question allows.

    A number alone is in the canonical unit; one with another accepted unit behind it is converted.
    """
    if said.strip().lower() in KEYS:
        return KEYS[said.strip().lower()]
    found = _typed(said)
    if found is None:
        return None
    value = found.number
    if found.unit:
        unit = unit_typed(question, found.unit)
        if unit is None:
            return None
        value = to_canonical(question, value, unit.code)
    return Given(value) if question.allows(value) else None


def number_range(question: Question, unit: str) -> dict[str, str]:
    """Give the words for the range of a question: lowest, highest, unit and an example."""
    low = question.minimum if question.minimum is not None else 0
    high = question.maximum if question.maximum is not None else 999_999
    example = low + (high - low) / 4
    digits = f"{int(example)}" if question.kind == "integer" or example >= 10 else f"{example:.1f}"
    return {"low": f"{low:g}", "high": f"{high:g}", "unit": f" {unit}" if unit else "", "example": digits}


def other_units(question: Question, unit: str, texts: Texts) -> str:
    """Give the sentence that says in which other units a number can be typed, or nothing where there is none."""
    others = " or ".join(typed(other.code) for other in question.units[1:])
    return texts.get("terminal", "enter-units").format(unit=unit, units=others) if others else ""


def taken_as(reply: Reply, question: Question, texts: Texts) -> str:
    """Give the sentence that confirms a number in its canonical unit, where it could have been typed in another."""
    if not isinstance(reply, Given) or len(question.units) < 2:
        return ""
    return texts.get("terminal", "taken-as").format(value=texts.value(question.id, reply.value))


def refusal(said: str, question: Question, unit: str, texts: Texts) -> str:
    """Give the sentences that refuse what was typed and say what is allowed, in every unit that is accepted."""
    found = _typed(said)
    key = "wrong-whole-number" if question.kind == "integer" else "wrong-number"
    sentences = [texts.get("terminal", key).format(**number_range(question, unit))]
    if found and found.unit and unit_typed(question, found.unit) is None:
        sentences.insert(0, texts.get("terminal", "wrong-unit").format(unit=shown(found.unit)))
    ranges = " or ".join(_range(question, other) for other in question.units[1:])
    if ranges:
        sentences.append(texts.get("terminal", "wrong-number-units").format(ranges=ranges))
    if found and not found.unit:
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
