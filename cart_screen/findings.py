"""What was found: the status of a criterion, what it rests on, and how an indication comes out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from cart_screen.answers.scalars import Scalar
from cart_screen.ladder import Status, Statuses, distance, in_turn, rung
from cart_screen.model import LABEL, Caution, CriterionId, Indication, Source, Verified
from cart_screen.nouns import field, noun
from cart_screen.rules.expressions import Named


@noun
class Reason:
    """A named condition that explains a status; ``key`` finds its words."""

    key: str
    title: str
    recoverable: bool


@noun
class Finding:
    """
    The status of one criterion, and what it rests on.

    ``because`` is a minimal set of resolved answers that forced a decided status, ``awaiting`` the
    questions that can still change an open one. ``sources`` are those that the status rests on, and
    ``verified`` is how well the weakest of them was verified. ``relevant`` is false where no indication is
    possible and the criterion was read in general.
    """

    criterion: CriterionId
    title: str
    status: Status
    # Answers are health data: they stay out of logs and tracebacks.
    because: Mapping[str, Scalar] = field(repr=False)
    awaiting: tuple[str, ...]
    reasons: tuple[Reason, ...]
    cautions: tuple[Caution, ...]
    sources: tuple[Source, ...]
    verified: Verified
    strength: str
    signed_off: str | None
    relevant: bool


@noun
class Outcome:
    """One indication with the statuses of its five criteria."""

    indication: Indication
    statuses: Mapping[CriterionId, Status]

    @cached_property
    def is_possible(self) -> bool:
        """Tell whether the cancer type may be one that the indication names."""
        return self.statuses[CriterionId.APPROVED_CANCER_TYPE] is not Status.NOT_MET

    @cached_property
    def label_met(self) -> bool:
        """Tell whether disease, its state and the treatments so far are as the label describes."""
        return all(self.statuses[id] is Status.MET for id in LABEL)

    @cached_property
    def in_turn(self) -> Statuses:
        """The statuses in the order of the five."""
        return in_turn(self.statuses)

    @cached_property
    def rung(self) -> int:
        """The rung of the ladder on which the indication stands, 0 the highest."""
        return rung(self.in_turn)

    @cached_property
    def distance(self) -> tuple[int, ...]:
        """How far the indication is, so that the smallest is the closest (ladder.distance)."""
        return distance(self.in_turn)


def reasons(named: Iterable[Named]) -> tuple[Reason, ...]:
    """Give each named condition once, in the order of reading."""
    found = {part.reason: Reason(part.reason, part.title, part.recoverable) for part in named}
    return tuple(found.values())
