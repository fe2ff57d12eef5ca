"""Rows of answers, what ``screen`` says of them, and where a frame of results says something else."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from strategies import HEALTHY, LABORATORY, example_answers, givable, thresholds

from cart_screen.api import screen
from cart_screen.catalog.loading import own_set
from cart_screen.model import CriteriaSet


def rows_of(name: str, count: int, seed: int = 0) -> list[dict[str, Any]]:
    """
    Give answer sets from the examples of a set's own documents: with a healthy person or a laboratory report under
    some, some answers left out, and some changed to a value at which some document turns.
    """
    draw = random.Random(seed)
    questions = own_set(name).reading.dictionary.questions
    bases: tuple[Mapping[str, Any], ...] = ({}, HEALTHY, LABORATORY, {**HEALTHY, **LABORATORY})
    examples, ids, limits = ({}, *example_answers(name)), givable(own_set(name).reading), thresholds()
    found = []
    for _ in range(count):
        row = {**draw.choice(bases), **draw.choice(examples)}
        for id in draw.sample(sorted(row), min(len(row), draw.randrange(4))):
            del row[id]
        for id in draw.sample(ids, draw.randrange(6)):
            question = questions[id]
            turning = [value for value in limits[id] if value == question.minimum or question.allows(value)]
            choices = (True, False) if question.kind == "boolean" else question.choices or turning
            if choices:
                row[id] = draw.choice(choices)
        found.append(row)
    return found


def said(answers: Mapping[str, Any], criteria: CriteriaSet, day: date) -> dict[str, Any]:
    """Give what ``screen`` says of some answers, by the names of the columns; cautions in alphabetical order."""
    screening = screen(answers, criteria, day)
    facts = screening.facts
    found: dict[str, Any] = {
        "guidance": screening.guidance.code,
        "possible": [outcome.indication.id for outcome in facts.possible],
        "closest": facts.closest.indication.id if facts.closest else None,
        "conflicts": list(screening.conflicts),
        "urgency": facts.urgency,
        "awaiting": list(screening.awaiting),
        "cautions": sorted({caution.id for finding in screening.findings.values() for caution in finding.cautions}),
        "invalid": False,
        "problems": None,
    }
    found |= {f"finding/{id}": finding.status for id, finding in screening.findings.items()}
    for outcome in screening.indications:
        found |= {f"status/{outcome.indication.id}/{id}": status for id, status in outcome.statuses.items()}
    found |= {f"derived/{id}": facts.resolved.get(id) for id in criteria.reading.derivations}
    return found


def differing(row: Mapping[str, Any], wanted: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """Give each column of a row of results that says something else, with what it should say and what it says."""
    for column, found in row.items():
        if column.startswith("awaited/"):
            should = column.removeprefix("awaited/") in wanted["awaiting"]
        elif column in wanted:
            should = wanted[column]
        else:
            continue
        # Cautions come in the order of the set, which a screening does not tell.
        value = sorted(found) if column == "cautions" and found is not None else found
        if value != should:
            yield column, should, found


def in_order(rows: Sequence[dict[str, Any]], number: str) -> list[dict[str, Any]]:
    """Give rows by their numbers."""
    return sorted(rows, key=lambda row: row[number])
