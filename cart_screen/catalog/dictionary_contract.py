"""The contract of a dictionary in a criteria directory: its file's address, and a topic for what people are asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cart_screen.answers.scalars import written
from cart_screen.catalog.set_files import place_of
from cart_screen.errors import DocumentProblem
from cart_screen.rules.references import escaped


def dictionary_problems(dictionary: Any, path: str) -> Iterator[DocumentProblem]:
    """Give every place of a dictionary that does not fit its path, or that no questionnaire could show."""
    if not isinstance(dictionary, dict):
        return
    _, version = place_of(path)
    for key, right in (("$id", f"urn:cart-screen:answers:{version}"), ("x-version", version)):
        if dictionary.get(key) != right:
            yield DocumentProblem(path, f"/{escaped(key)}", written(dictionary.get(key)), right, "address-wrong")
    questions = dictionary.get("properties")
    for id, question in questions.items() if isinstance(questions, dict) else ():
        if isinstance(question, dict) and not question.get("x-internal") and "x-topic" not in question:
            yield DocumentProblem(
                path, f"/properties/{escaped(id)}/x-topic", "none", "one of x-topics", "topic-missing"
            )
