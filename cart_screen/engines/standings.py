"""How the indications stand that are in force on a day, and what follows from their statuses alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from cart_screen.findings import Outcome
from cart_screen.ladder import RUNGS, Code, Status, rung
from cart_screen.model import Criterion, CriterionId, Indication
from cart_screen.nouns import noun

_LOWEST = len(RUNGS) - 1


@noun
class Standing:
    """
    How one indication stands: the points that are met, as bits in the order of the five, and those that are open.

    ``open`` has the bits of the open points with what they ask for, ``unknown`` has them together. ``best`` is the rung
    on which it ends where all of them come to be met.
    """

    outcome: Outcome
    best: int
    met: int
    unknown: int
    open: tuple[tuple[int, Criterion], ...]


def standing_of(outcome: Outcome) -> Standing:
    """Give how an indication stands with its statuses."""
    points = [(place, outcome.statuses[id], outcome.indication.criteria[id]) for place, id in enumerate(CriterionId)]
    return Standing(
        outcome=outcome,
        best=rung(tuple(Status.NOT_MET if status is Status.NOT_MET else Status.MET for _, status, _ in points)),
        met=sum(1 << place for place, status, _ in points if status is Status.MET),
        unknown=sum(1 << place for place, status, _ in points if status is Status.UNKNOWN),
        open=tuple((1 << place, criterion) for place, status, criterion in points if status is Status.UNKNOWN),
    )


class Standings:
    """
    How the indications of a day stand beside each other, in the set's own order; each thing is found once.

    ``below`` gives, for the place of an indication and the bits of the points that it meets, the indications, as bits,
    that never stand higher.
    """

    def __init__(self, each: Sequence[Standing], below: Callable[[int, int], int]) -> None:
        self._each = each
        self._below = below
        self.outcomes = tuple(standing.outcome for standing in each)

    @cached_property
    def best(self) -> int:
        """The highest rung on which an indication stands; the lowest there is where there are none."""
        return min((outcome.rung for outcome in self.outcomes), default=_LOWEST)

    @cached_property
    def highest(self) -> tuple[Outcome, ...]:
        """The indications that stand on the highest rung."""
        return tuple(outcome for outcome in self.outcomes if outcome.rung == self.best)

    @cached_property
    def possible(self) -> tuple[Outcome, ...]:
        """The indications whose cancer type is not ruled out."""
        return tuple(outcome for outcome in self.outcomes if outcome.is_possible)

    @cached_property
    def closest(self) -> Outcome | None:
        """The possible indication that the answers come closest to (ladder.distance); ties by the set's own order."""
        return min(self.possible, key=lambda outcome: outcome.distance, default=None)

    @cached_property
    def names_product(self) -> bool:
        """Tell whether one disease is left."""
        return len({outcome.indication.disease for outcome in self.possible}) == 1

    @cached_property
    def types(self) -> tuple[Criterion, ...]:
        """What each indication asks of the cancer."""
        return tuple(outcome.indication.criteria[CriterionId.APPROVED_CANCER_TYPE] for outcome in self.outcomes)

    @cached_property
    def merged(self) -> Mapping[CriterionId, tuple[Status, tuple[Criterion, ...]]]:
        """
        The status of each point where it is the same in all possible indications, else unknown, and what it rests on.

        An unknown one rests on the cancer types too, which tell apart which of the indications will be meant. What
        several indications read alike is given once.
        """
        return {id: self._merged(id) for id in CriterionId}

    def _merged(self, point: CriterionId) -> tuple[Status, tuple[Criterion, ...]]:
        statuses = {outcome.statuses[point] for outcome in self.possible}
        criteria = [outcome.indication.criteria[point] for outcome in self.possible]
        if statuses != {Status.MET} and statuses != {Status.NOT_MET}:
            statuses = {Status.UNKNOWN}
            criteria += [outcome.indication.criteria[CriterionId.APPROVED_CANCER_TYPE] for outcome in self.possible]
        (status,) = statuses
        return status, tuple({id(one.bare): one for one in criteria}.values())

    @cached_property
    def lines_up(self) -> tuple[Indication, ...]:
        """The indications whose label lines up."""
        return tuple(outcome.indication for outcome in self.outcomes if outcome.label_met)

    @cached_property
    def may_line_up(self) -> bool:
        """Tell whether the label of another possible indication may still line up."""
        return any(RUNGS[outcome.rung] is Code.INCOMPLETE for outcome in self.possible)

    @cached_property
    def leading(self) -> tuple[Standing, ...]:
        """
        How the indications stand on which the guidance can still depend.

        Left out is what stays on the lowest rung, and what can never stand higher than one that is given.
        """
        kept = covered = 0
        for place, standing in enumerate(self._each):
            if standing.best < _LOWEST and not covered >> place & 1:
                below = self._below(place, standing.met)
                kept = kept & ~below | 1 << place
                covered |= below
        return tuple(standing for place, standing in enumerate(self._each) if kept >> place & 1)
