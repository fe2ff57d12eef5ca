"""The questions of a dictionary, as plain JSON values."""

from __future__ import annotations

from typing import Any

from cart_screen.answers.dictionary import Dictionary, Question


def questions_of(dictionary: Dictionary) -> list[dict[str, Any]]:
    """
    Give the questions in dictionary order, each with its ``id`` and what may be given, asked and shown.

    ``type`` is boolean, string, integer or number; ``options`` are the values that may be chosen, none where there
    are no such. ``minimum`` and ``maximum`` may be null, as ``screen`` may be, the name of a screen that the question
    shares. A value in one of the ``units`` times ``multiply`` over ``divide`` is one in the first of them.
    ``allowed`` says what may be given, as a phrase for a message.
    """
    screens = {id: name for name, members in dictionary.screens.items() for id in members}
    return [_question(question, screens.get(question.id)) for question in dictionary.questions.values()]


def _question(question: Question, screen: str | None) -> dict[str, Any]:
    return {
        "id": question.id,
        "type": question.kind,
        "options": list(question.choices),
        "minimum": question.minimum,
        "maximum": question.maximum,
        "topic": question.topic,
        "units": [{"code": unit.code, "multiply": unit.multiply, "divide": unit.divide} for unit in question.units],
        "asked": question.asked,
        "safety": question.safety,
        "internal": question.internal,
        "screen": screen,
        "allowed": question.allowed,
    }
