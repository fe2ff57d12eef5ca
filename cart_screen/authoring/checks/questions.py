"""Checks of the dictionary against the documents that read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cart_screen.authoring.checks.check import Check, Found, Severity
from cart_screen.authoring.checks.material import Material
from cart_screen.rules.derivations import Reading, inputs_of
from cart_screen.rules.expressions import questions_of


def _unused(material: Material) -> Iterator[Found]:
    """
    Find questions that no criterion, caution or urgent sign reads, not even through a derived answer or an ask-if.

    All sets of the directory count, and the dictionaries that they name. That an impossible pair reads a
    question is no use of it.
    """
    if not material.is_complete:
        return
    read = {question for raw in material.files.criteria.values() for question in _described(raw)}
    for path, reading in material.readings.items():
        used = _behind(reading, read | {id for urgent in reading.urgency.values() for id in questions_of(urgent)})
        for id in reading.dictionary.questions:
            if id not in used:
                yield Found(
                    path,
                    f"/properties/{id}",
                    f"the question {id}, which no criterion, caution or urgent sign reads",
                    "read it in a criterion or a caution, or remove it from the dictionary and from text/",
                )


def _described(node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key == "properties" and isinstance(value, Mapping):
                yield from value
            if key != "x-examples":
                yield from _described(value)
    elif isinstance(node, list):
        for value in node:
            yield from _described(value)


def _behind(reading: Reading, read: set[str]) -> set[str]:
    """Give questions and all that their derivations and the conditions of asking for them read."""
    used: set[str] = set()
    pending = list(read)
    while pending:
        id = pending.pop()
        if id in used:
            continue
        used.add(id)
        if id in reading.derivations:
            pending += inputs_of(reading.derivations[id])
        if id in reading.ask_if:
            pending += questions_of(reading.ask_if[id])
    return used


CHECKS = (Check("question-unused", Severity.WARNING, "Nobody is asked for what nothing reads.", _unused),)
