"""Random records of resolved answers: around what the rules are about, and biased to their thresholds."""

from __future__ import annotations

import random
from collections.abc import Sequence

from cart_screen.answers.scalars import Scalar
from cart_screen.authoring.representatives import representatives

from .rule_sets import RuleSet

Record = dict[str, Scalar]

# How often an answer of a likely record is replaced, so that each criterion is met, not met, and nearly so.
_CHANGED = 0.1


def complete_records(rules: RuleSet, count: int, seed: int = 1) -> list[Record]:
    """
    Give records with an answer to every question that the rules read.

    Two of three start from answers that some criterion is about, the third from nothing. What remains is drawn from
    the values that stand for all values of a question: every limit, and one value on each side of it.
    """
    draw = random.Random(seed)
    values = {id: representatives(rules.reading.dictionary.questions[id], rules.expressions) for id in rules.questions}
    found = []
    for position in range(count):
        likely = draw.choice(rules.likely) if rules.likely and position % 3 else {}
        kept = {id: value for id, value in likely.items() if value is not None and draw.random() >= _CHANGED}
        found.append({id: kept.get(id, draw.choice(choices)) for id, choices in values.items()})
    return found


def with_missing(records: Sequence[Record], share: float, seed: int = 2) -> list[Record]:
    """Give the same records, each answer left out with a probability of ``share``."""
    draw = random.Random(seed)
    return [{id: value for id, value in record.items() if draw.random() >= share} for record in records]
