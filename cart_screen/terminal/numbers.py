"""Reading what is typed at a question for a number: refused with the range, never guessed."""

from __future__ import annotations

import re

from cart_screen.answers.dictionary import Question
from cart_screen.terminal.prompting import KEYS, Given, Reply
from cart_screen.texts import Texts

_NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,6})?")


def number_reply(typed: str, question: Question) -> Reply | None:
    """Give the reply that was typed, or None where it is neither a key nor a number that the question allows."""
    said = typed.strip().lower()
    if said in KEYS:
        return KEYS[said]
    if not _NUMBER.fullmatch(said):
        return None
    value = int(said) if "." not in said else float(said)
    return Given(value) if question.allows(value) else None


def number_range(question: Question, unit: str) -> dict[str, str]:
    """Give the words for the range of a question: lowest, highest, unit and an example."""
    low = question.minimum if question.minimum is not None else 0
    high = question.maximum if question.maximum is not None else 999_999
    example = low + (high - low) / 4
    shown = f"{int(example)}" if question.kind == "integer" or example >= 10 else f"{example:.1f}"
    return {"low": f"{low:g}", "high": f"{high:g}", "unit": f" {unit}" if unit else "", "example": shown}


def refusal(question: Question, unit: str, texts: Texts) -> str:
    """Give the sentence that refuses what was typed and says what is allowed."""
    key = "wrong-whole-number" if question.kind == "integer" else "wrong-number"
    return texts.get("terminal", key).format(**number_range(question, unit))
