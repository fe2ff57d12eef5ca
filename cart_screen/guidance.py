"""
Guidance: what to do next, from facts. It is always a conversation with a specialist.

Each indication stands on a rung of one ladder, by the statuses of its five criteria; the guidance is
the highest rung on which any of them stands. The ladder is declared once, as expressions over
statuses, so that every engine runs the same one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from cart_screen.answers.scalars import Scalar
from cart_screen.model import LABEL, CriterionId
from cart_screen.rules.expressions import Among, And, Constant, Expression
from cart_screen.rules.reference import evaluate
from cart_screen.screening import Facts, Outcome, Reason, Status
from cart_screen.truth import Truth


class Code(StrEnum):
    """The codes of guidance."""

    NO_CRITERIA = "discuss-no-criteria"
    MATCH = "discuss-match"
    LABEL_MATCH = "discuss-label-match"
    REVIEW = "discuss-review"
    INCOMPLETE = "discuss-incomplete"
    ALTERNATIVES = "discuss-alternatives"


class Because(StrEnum):
    """Why the guidance is *incomplete* or *alternatives*."""

    CONFLICT = "conflict"
    TYPE = "type"
    DISEASE = "disease"
    AGE = "age"
    NOT_NOW = "not-now"
    NEAR = "near"


class Urgency(StrEnum):
    """What stands above any guidance when symptoms are urgent."""

    URGENT = "urgent"
    AFTER_CAR_T = "urgent-after-car-t"


def _all(criteria: tuple[CriterionId, ...], *statuses: Status) -> Expression:
    return And(tuple(Among(str(criterion), tuple(map(str, statuses))) for criterion in criteria))


_EVERY = tuple(CriterionId)
_NOTHING_AGAINST = (Status.MET, Status.UNKNOWN)

# From the highest rung down; an indication stands on the first that holds.
LADDER: tuple[tuple[Code, Expression], ...] = (
    (Code.MATCH, _all(_EVERY, Status.MET)),
    (Code.LABEL_MATCH, And((_all(LABEL, Status.MET), _all(_EVERY, *_NOTHING_AGAINST)))),
    (Code.REVIEW, _all(LABEL, Status.MET)),
    (Code.INCOMPLETE, _all(LABEL, *_NOTHING_AGAINST)),
    (Code.ALTERNATIVES, Constant(True)),
)
RUNGS = tuple(code for code, _ in LADDER)

Statuses = tuple[Status, ...]


@cache
def rung(statuses: Statuses) -> int:
    """Give the rung of one indication, 0 the highest, from its statuses in the order of the five."""
    record: dict[str, Scalar] = {str(id): str(status) for id, status in zip(_EVERY, statuses, strict=True)}
    return next(place for place, (_, holds) in enumerate(LADDER) if evaluate(holds, record) is Truth.TRUE)


def statuses_of(outcome: Outcome) -> Statuses:
    """Give an indication's statuses in the order of the five."""
    return tuple(outcome.statuses[id] for id in _EVERY)


@dataclass(frozen=True)
class Guidance:
    """
    What to do next.

    ``because`` says why guidance is incomplete or about alternatives. ``urgency`` stands above it.
    ``points`` are the named conditions that it speaks of: what a specialist weighs (review), what is
    missing (near), or what was weighed already (incomplete).
    """

    code: Code
    because: Because | None = None
    urgency: Urgency | None = None
    points: tuple[Reason, ...] = ()
    conflicts: tuple[str, ...] = ()


def guide(facts: Facts) -> Guidance:
    """Give the guidance that the facts lead to."""
    urgency = _urgency(facts)
    if not facts.outcomes:
        return Guidance(Code.NO_CRITERIA, urgency=urgency)
    if facts.conflicts:
        return Guidance(Code.INCOMPLETE, Because.CONFLICT, urgency, conflicts=facts.conflicts)
    best = min(rung(statuses_of(outcome)) for outcome in facts.outcomes)
    code = RUNGS[best]
    standing = [outcome for outcome in facts.outcomes if rung(statuses_of(outcome)) == best]
    match code:
        case Code.ALTERNATIVES:
            because = _why_alternatives(facts)
            return Guidance(code, because, urgency, _missing(facts) if because is Because.NEAR else ())
        case Code.REVIEW:
            return Guidance(code, None, urgency, _against(facts, standing))
        case Code.INCOMPLETE:
            because_type = Because.TYPE if not facts.names_product else None
            return Guidance(code, because_type, urgency, _against(facts, standing))
        case _:
            return Guidance(code, None, urgency)


def _urgency(facts: Facts) -> Urgency | None:
    if facts.resolved.get("urgent_symptoms") is not True:
        return None
    return Urgency.AFTER_CAR_T if facts.resolved.get("prior_car_t") is True else Urgency.URGENT


def _why_alternatives(facts: Facts) -> Because:
    if not facts.possible:
        return Because.AGE if facts.age_alone else Because.DISEASE
    return Because.NOT_NOW if facts.has_active_disease is Truth.FALSE else Because.NEAR


def _against(facts: Facts, outcomes: list[Outcome]) -> tuple[Reason, ...]:
    """Give what stands against fitness or organ function in the closest of some indications."""
    closest = min(outcomes, key=lambda outcome: outcome.distance)
    found: dict[str, Reason] = {}
    for id in (CriterionId.FITNESS, CriterionId.ORGAN_FUNCTION):
        for reason in facts.reasons_for(closest.indication.criteria[id], Status.NOT_MET):
            found.setdefault(reason.key, reason)
    return tuple(found.values())


def _missing(facts: Facts) -> tuple[Reason, ...]:
    """Give what the closest possible indications lack in their label; those equally close are all named."""
    assert facts.closest is not None, "near is said only where an indication is possible"
    found: dict[str, Reason] = {}
    for outcome in facts.possible:
        if outcome.distance == facts.closest.distance:
            for id in LABEL:
                for reason in facts.reasons_for(outcome.indication.criteria[id], Status.NOT_MET):
                    found.setdefault(reason.key, reason)
    return tuple(found.values())
