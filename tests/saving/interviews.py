"""Interviews to save: every question of the shipped dictionary answered, one after the other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from cart_screen.answers.dictionary import Question
from cart_screen.answers.given import Answers
from cart_screen.answers.scalars import Scalar
from cart_screen.catalog.loading import own_set
from cart_screen.inquiry import Depth
from cart_screen.model import CriteriaSet
from cart_screen.saving.saved import Saved, saved_of
from cart_screen.texts import Audience, Texts

DAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 30, 0, 250_000, UTC)


@cache
def questions() -> Mapping[str, Question]:
    """Give every question that somebody can answer, by id."""
    every = own_set("us-fda").reading.dictionary.questions
    return {id: question for id, question in every.items() if not question.internal}


@cache
def everything() -> Mapping[str, Scalar]:
    """Give an answer to every question, in the order of asking: false, the least or the first."""
    return {id: _least(question) for id, question in questions().items()}


def _least(question: Question) -> Scalar:
    if question.kind == "boolean":
        return False
    return question.choices[0] if question.choices else question.minimum or 0


def first(count: int) -> Answers:
    """Give the answers of somebody who answered so many questions."""
    return Answers(dict(list(everything().items())[:count]))


def interview(answers: Answers | Mapping[str, Any], criteria: CriteriaSet | None = None, **more: Any) -> Saved:
    """Give an interview with some answers as it is saved; ``more`` is what shall be said of it instead."""
    chosen = criteria or own_set("us-fda")
    given = answers if isinstance(answers, Answers) else Answers(answers)
    texts = Texts(chosen, audience=more.pop("audience", Audience.PATIENT))
    asked = (*given.values, *given.absent)
    said: dict[str, Any] = {"named": "us-fda", "is_dated": False, "depth": Depth.SETTLE, "asked": asked, "now": NOW}
    return saved_of(given, chosen, more.pop("day", DAY), texts, **{**said, **more})
