"""
Which open criteria can still change the guidance, over columns of statuses.

The same as ``awaiting`` says of one record, indication by indication: those that can never come to stand higher
than another are passed over, and a status matters where the best rung can depend on it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from functools import cache

from cart_screen.engines.columns.awaited import Awaited
from cart_screen.engines.columns.cases import Place, by_cases
from cart_screen.engines.columns.logic import Logic
from cart_screen.engines.columns.nodes import FALSE, Node
from cart_screen.engines.columns.standing import Standing
from cart_screen.ladder import RUNGS, Status, can_depend, reachable
from cart_screen.model import CriterionId
from cart_screen.rules.expressions import Expression


class Outlook(Enum):
    """A status together with whether it can still move; an unknown one that waits for nothing cannot."""

    MET = (Status.MET,)
    STUCK = (Status.UNKNOWN,)
    OPEN = tuple(Status)
    NOT_MET = (Status.NOT_MET,)


Looks = tuple[Outlook, ...]


class Deciding:
    """Where each criterion of the indications in force can still change the best rung."""

    def __init__(self, standings: Sequence[Standing], awaited: Awaited, logic: Logic) -> None:
        self._standings = standings
        self._awaited = awaited
        self._logic = logic
        self._outlooks: dict[int, Place[Outlook]] = {}

    def seeds(self) -> list[tuple[Expression, Node]]:
        """Give every criterion that can matter with the node that says where it does; none is null."""
        leading = self._leading()
        sure = self._sure(leading)
        found: dict[int, tuple[Expression, list[Node]]] = {}
        for standing, leads in zip(self._standings, leading, strict=True):
            if leads is FALSE:
                continue
            places = self._places(standing)
            for at, criterion in enumerate(CriterionId):
                matters = self._matters(places, at, sure)
                bare = standing.indication.criteria[criterion].bare
                _, nodes = found.setdefault(id(bare), (bare, []))
                nodes.append(self._logic.every((leads, matters)))
        return [(bare, self._logic.some(nodes)) for bare, nodes in found.values()]

    def _leading(self) -> list[Node]:
        """Give for each indication where no other never stands lower; of equal ones the first is kept."""
        every, opposite = self._logic.every, self._logic.opposite
        kept = []
        for place, one in enumerate(self._standings):
            behind = []
            for other_place, other in enumerate(self._standings):
                if other_place == place:
                    continue
                never_lower = self._never_lower(other, one)
                if other_place > place:
                    never_lower = every((never_lower, opposite(self._never_lower(one, other))))
                behind.append(never_lower)
            kept.append(opposite(self._logic.some(behind)))
        return kept

    def _never_lower(self, first: Standing, second: Standing) -> Node:
        met = [
            self._logic.surely(first.statuses[id])
            for id in CriterionId
            if first.indication.criteria[id].bare is not second.indication.criteria[id].bare
        ]
        return self._logic.every(met)

    def _sure(self, leading: Sequence[Node]) -> Place[int]:
        """Give the rung that the guidance cannot fall below: the best of the worst that the leading can end on."""
        reached = []
        for last in range(len(RUNGS)):
            stays = [
                self._logic.every((leads, by_cases(self._places(standing), _worst_is_at_most(last), self._logic)))
                for standing, leads in zip(self._standings, leading, strict=True)
                if leads is not FALSE
            ]
            reached.append(self._logic.some(stays))
        above = [FALSE, *reached]
        return Place(
            {
                place: self._logic.every((here, self._logic.opposite(higher)))
                for place, (here, higher) in enumerate(zip(reached, above, strict=False))
            }
        )

    def _matters(self, places: Sequence[Place[Outlook]], at: int, sure: Place[int]) -> Node:
        is_open = places[at].where[Outlook.OPEN]
        if is_open is FALSE:
            return FALSE
        others = [place for other, place in enumerate(places) if other != at]
        by_rung = [
            self._logic.every((here, by_cases(others, _depends(at, last), self._logic)))
            for last, here in sure.where.items()
            if here is not FALSE
        ]
        return self._logic.every((is_open, self._logic.some(by_rung)))

    def _places(self, standing: Standing) -> list[Place[Outlook]]:
        return [self._outlook(standing, criterion) for criterion in CriterionId]

    def _outlook(self, standing: Standing, criterion: CriterionId) -> Place[Outlook]:
        bare = standing.indication.criteria[criterion].bare
        if id(bare) not in self._outlooks:
            truth = standing.statuses[criterion]
            waits, unknown = self._awaited.waits(bare), self._logic.unknown(truth)
            self._outlooks[id(bare)] = Place(
                {
                    Outlook.MET: self._logic.surely(truth),
                    Outlook.STUCK: self._logic.every((unknown, self._logic.opposite(waits))),
                    Outlook.OPEN: waits,
                    Outlook.NOT_MET: self._logic.surely_not(truth),
                }
            )
        return self._outlooks[id(bare)]


@cache
def _worst_is_at_most(last: int) -> Callable[[Looks], bool]:
    return lambda looks: max(reachable(tuple(look.value for look in looks))) <= last


@cache
def _depends(at: int, sure: int) -> Callable[[Looks], bool]:
    def holds(others: Looks) -> bool:
        looks = (*others[:at], Outlook.OPEN, *others[at:])
        return can_depend(tuple(look.value for look in looks), at, sure)

    return holds
