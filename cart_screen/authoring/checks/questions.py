"""Checks of the dictionary against the documents that read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cart_screen.authoring.checks.check import Check, Found, Severity
from cart_screen.authoring.checks.material import Material
from cart_screen.model import CriterionId
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


def _age_undeclared(material: Material) -> Iterator[Found]:
    """
    Find dictionaries that do not say which question is the age, where a cancer type reads one in years.

    Without it nobody is told that only the age is different: they hear that the disease is.
    """
    for path, reading in material.readings.items():
        years = [q.id for q in reading.dictionary.questions.values() if q.units and q.units[0].code == "a"]
        read = {
            id
            for criteria in material.built.values()
            for one in (criteria, *criteria.earlier)
            if one.reading.dictionary.id == reading.dictionary.id
            for indication in one.indications
            for id in questions_of(indication.criteria[CriterionId.APPROVED_CANCER_TYPE].requirement)
        }
        for id in years if reading.dictionary.age is None else ():
            if id in read:
                found = f"no x-age, while a cancer type reads {id} in years"
                yield Found(path, "/x-age", found, f'add "x-age": "{id}", so that "only the age differs" can be said')


CHECKS = (
    Check("question-unused", Severity.WARNING, "Nobody is asked for what nothing reads.", _unused),
    Check("age-undeclared", Severity.ERROR, "Who is only of another age is told so.", _age_undeclared),
)
