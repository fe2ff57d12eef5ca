"""
The ladder of guidance, declared once over the statuses of one indication.

Each indication stands on the first rung, from the highest down, whose expression holds. The guidance
is the highest rung on which any indication stands. Expressions, so that every engine runs the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from itertools import product

from cart_screen.answers.scalars import Scalar
from cart_screen.model import LABEL, CriterionId
from cart_screen.rules.expressions import Among, And, Constant, Expression
from cart_screen.rules.reference import evaluate
from cart_screen.truth import Truth


class Status(StrEnum):
    """What the answers say of one criterion."""

    MET = "met"
    UNKNOWN = "unknown"
    NOT_MET = "not-met"


class Code(StrEnum):
    """The codes of guidance."""

    NO_CRITERIA = "discuss-no-criteria"
    MATCH = "discuss-match"
    LABEL_MATCH = "discuss-label-match"
    REVIEW = "discuss-review"
    INCOMPLETE = "discuss-incomplete"
    ALTERNATIVES = "discuss-alternatives"


Statuses = tuple[Status, ...]

# For each criterion what its status can still become.
Outlooks = tuple[Statuses, ...]

_EVERY = tuple(CriterionId)


def _all(criteria: tuple[CriterionId, ...], *statuses: Status) -> Expression:
    return And(tuple(Among(str(criterion), tuple(map(str, statuses))) for criterion in criteria))


LADDER: tuple[tuple[Code, Expression], ...] = (
    (Code.MATCH, _all(_EVERY, Status.MET)),
    (Code.LABEL_MATCH, And((_all(LABEL, Status.MET), _all(_EVERY, Status.MET, Status.UNKNOWN)))),
    (Code.REVIEW, _all(LABEL, Status.MET)),
    (Code.INCOMPLETE, _all(LABEL, Status.MET, Status.UNKNOWN)),
    (Code.ALTERNATIVES, Constant(True)),
)
RUNGS = tuple(code for code, _ in LADDER)

_CLOSENESS = {Status.MET: 0, Status.UNKNOWN: 1, Status.NOT_MET: 2}


@cache
def rung(statuses: Statuses) -> int:
    """Give the rung of one indication, 0 the highest, from its statuses in the order of the five."""
    record: dict[str, Scalar] = {str(id): str(status) for id, status in zip(_EVERY, statuses, strict=True)}
    return next(place for place, (_, holds) in enumerate(LADDER) if evaluate(holds, record) is Truth.TRUE)


def in_turn(statuses: Mapping[CriterionId, Status]) -> Statuses:
    """Give the statuses in the order of the five."""
    return tuple(statuses[id] for id in _EVERY)


def distance(statuses: Statuses) -> tuple[int, ...]:
    """
    Say how far an indication is, so that the smallest is the closest.

    The rung comes first, so that the closest indication is one that the guidance speaks of; then
    criterion by criterion, met before unknown before not met.
    """
    return (rung(statuses), *(_CLOSENESS[status] for status in statuses))


@cache
def reachable(outlooks: Outlooks) -> frozenset[int]:
    """Give the rungs that an indication can still end on, from what each of its statuses can still become."""
    return frozenset(map(rung, product(*outlooks)))


@cache
def can_depend(outlooks: Outlooks, place: int, sure: int) -> bool:
    """Tell whether an indication's rung, where better than a sure one, can depend on one of its statuses."""
    return any(
        len({min(sure, rung((*future[:place], status, *future[place + 1 :]))) for status in Status}) > 1
        for future in product(*outlooks)
    )
