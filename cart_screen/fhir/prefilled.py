"""What a record gave: answers to confirm, questions that it leaves open, and what could not be read."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from cart_screen.answers.given import Answers
from cart_screen.answers.scalars import Scalar
from cart_screen.fhir.errors import ResourceProblem
from cart_screen.model import CriteriaSet
from cart_screen.nouns import field, noun


class Why(StrEnum):
    """Why a record does not answer a question that it speaks of."""

    SEVERAL = "several"
    CONTRADICTORY = "contradictory"
    UNCONFIRMED = "unconfirmed"
    PAST = "past"
    UNREADABLE = "unreadable"


@noun
class Origin:
    """The resource that something was read from, and the day that it speaks of, where it names one."""

    resource: str
    day: date | None = None


@noun
class ToConfirm:
    """
    A prefilled answer, which stands only once somebody has confirmed it.

    ``old`` says that it was measured longer ago than ``measurements.OLD_AFTER``, or that nobody knows when. ``note``
    is what its code does not say.
    """

    question: str
    # Health data: it stays out of logs and tracebacks.
    value: Scalar = field(repr=False)
    origin: Origin = field(repr=False)
    old: bool
    note: str = ""


@noun
class Ambiguous:
    """A question that is asked all the same: the values that the record can mean, and why none of them is taken."""

    question: str
    why: Why
    values: tuple[Scalar, ...] = field(repr=False)
    origins: tuple[Origin, ...] = field(repr=False)
    note: str = ""


Reading = ToConfirm | Ambiguous


@noun
class Prefill:
    """
    What a record says in view of a criteria set on a day.

    ``answers`` are those to confirm, and ``to_confirm`` where each came from; ``ambiguous`` are questions that the
    record speaks of and does not answer. ``problems`` are resources that were left out because they cannot be read.
    """

    criteria: CriteriaSet = field(repr=False)
    as_of: date
    answers: Answers
    to_confirm: tuple[ToConfirm, ...] = field(repr=False)
    ambiguous: tuple[Ambiguous, ...] = field(repr=False)
    problems: tuple[ResourceProblem, ...] = field(repr=False)

    def to_dict(self) -> dict[str, Any]:
        """Give everything as plain JSON values. They hold answers, so they are health data."""
        return {
            "criteria": self.criteria.id,
            "as_of": self.as_of.isoformat(),
            "answers": dict(self.answers.values),
            "to_confirm": [
                {"question": one.question, "value": one.value, **_origin(one.origin), "old": one.old, "note": one.note}
                for one in self.to_confirm
            ],
            "ambiguous": [
                {
                    "question": one.question,
                    "why": str(one.why),
                    "values": list(one.values),
                    "origins": [_origin(origin) for origin in one.origins],
                    "note": one.note,
                }
                for one in self.ambiguous
            ],
            "problems": [dict(vars(problem)) for problem in self.problems],
        }


def _origin(origin: Origin) -> dict[str, str | None]:
    return {"resource": origin.resource, "day": origin.day.isoformat() if origin.day else None}
