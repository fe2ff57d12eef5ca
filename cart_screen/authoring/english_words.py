"""Answers in words for a reviewer: labels, options, numbers with their units, and what is asked of one answer."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from cart_screen.answers.dictionary import Question
from cart_screen.answers.scalars import Scalar
from cart_screen.answers.units import in_unit
from cart_screen.rules.derivations import Reading
from cart_screen.rules.expressions import Derivation, Marker, Relation
from cart_screen.texts import Texts

# UCUM codes that nobody reads as a unit, singular and plural.
_SPELLED = {"a": ("year", "years"), "mo": ("month", "months"), "wk": ("week", "weeks"), "d": ("day", "days")}

# Up to so many options stand in the sentence; more are listed beneath it.
_IN_SENTENCE = 2


class Wording:
    """
    The words of one dictionary's answers.

    ``chosen`` collects, in the order of use, the derived answers that only say which of several
    answers counts. A sentence names them by their place there: D1, D2 and so on.
    """

    def __init__(self, reading: Reading, texts: Texts) -> None:
        self.reading = reading
        self.chosen: list[str] = []
        self._texts = texts

    def label(self, question: str) -> str:
        """Give the name of a question as it stands on the form, in quotation marks."""
        return f'"{self._texts.find("questions", question, "label") or _plain(question)}"'

    def value(self, question: str, value: Scalar) -> str:
        """Give a value as the option that is chosen on the form, or as a number with its unit."""
        key = str(value).lower() if isinstance(value, bool) else str(value)
        option = self._texts.find("questions", question, "options", key)
        if option:
            return option
        if isinstance(value, bool):
            return "Yes" if value else "No"
        return _plain(value) if isinstance(value, str) else self.amount(question, value)

    def amount(self, question: str, number: int | float) -> str:
        """Give a number in the canonical unit of its question."""
        units = self._question(question).units
        return self._measured(question, number, units[0].code if units else "")

    def limit(self, question: str, relation: Relation, bound: int | float) -> str:
        """Give a limit in words, and in brackets the same limit in every other accepted unit."""
        asked = self._question(question)
        amount = self.amount(question, bound)
        codes = [unit.code for unit in asked.units[1:]]
        others = [self._measured(question, in_unit(asked, bound, code), code) for code in codes]
        also = f" ({', '.join(others)})" if others else ""
        match relation:
            case Relation.AT_LEAST:
                return f"{amount}{also}" if bound == asked.maximum else f"{amount} or more{also}"
            case Relation.AT_MOST:
                return f"{amount}{also}" if bound == asked.minimum else f"{amount} or less{also}"
            case Relation.ABOVE:
                return f"more than {amount}{also}"
            case Relation.BELOW:
                return f"less than {amount}{also}"

    def compared(self, question: str, relation: Relation, bound: int | float) -> str:
        """Say that an answer keeps a limit."""
        return f"{self.label(question)} is {self.limit(question, relation, bound)}"

    def among(self, question: str, values: Sequence[Scalar]) -> tuple[str, tuple[str, ...]]:
        """Say that an answer is one of some values; many of them are given apart, to be listed beneath."""
        counting = [marker for marker in self.markers(question) if marker.value in values]
        if counting and {marker.value for marker in counting} == set(values):
            labels = dict.fromkeys(self.label(marker.question) for marker in counting)
            return f"{_either(list(labels))} is what counts ({self.choice(question)})", ()
        options = tuple(self.value(question, value) for value in values)
        if self._question(question).kind in ("integer", "number") and not self._has_options(question, values):
            return f"{self.label(question)} is {_either(options)}", ()
        if len(options) > _IN_SENTENCE:
            return f"{self.label(question)} is answered with one of these", options
        quoted = [f'"{option}"' for option in options]
        return f"{self.label(question)} is answered {_either(quoted)}", ()

    def choice(self, question: str) -> str:
        """Give the number under which a sentence names what is chosen from, such as D1."""
        if question not in self.chosen:
            self.chosen.append(question)
        return f"D{self.chosen.index(question) + 1}"

    def markers(self, question: str) -> tuple[Marker, ...]:
        """Give what a derived answer chooses from, where all that it says is which of some answers counts."""
        derivation = self.reading.derivations.get(question, Derivation(question, ()))
        markers = tuple(source.value for source in derivation.sources if isinstance(source.value, Marker))
        asked = self._question(question)
        each_once = len({marker.question for marker in markers}) == len(derivation.sources)
        return markers if asked.internal and each_once else ()

    def _has_options(self, question: str, values: Sequence[Scalar]) -> bool:
        return all(self._texts.find("questions", question, "options", str(value)) for value in values)

    def _measured(self, question: str, number: int | float, code: str) -> str:
        said = digits(number)
        if code in _SPELLED:
            return f"{said} {_SPELLED[code][number != 1]}"
        if code.startswith("{"):
            # An annotation of UCUM is no unit; what it means stands in the words.
            return f"{said} {self._texts.find('questions', question, 'unit')}".rstrip()
        if code.startswith("10*"):
            return f"{said} x {code}"
        return f"{said}{code}" if code.startswith("/") else f"{said} {code}".rstrip()

    def _question(self, id: str) -> Question:
        return self.reading.dictionary.questions[id]


def digits(number: int | float) -> str:
    """Write a number with all its digits and no more, 2.0 as 2 and no exponent."""
    said = f"{Decimal(repr(number)):f}"
    return said.rstrip("0").rstrip(".") if "." in said else said


def _either(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _plain(name: str) -> str:
    """Give an id as words, for what nobody has worded."""
    said = name.replace("_", " ").replace("-", " ")
    return said[:1].upper() + said[1:]
