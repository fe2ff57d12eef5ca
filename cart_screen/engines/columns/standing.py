"""
How indications stand, over columns of statuses: rungs of the ladder, the closest one, and the findings shown.

The same as ``Facts`` and ``guide`` say of one record. Nothing here but statuses is read, and no node made here is
null, except the findings: those are null where they are unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from cart_screen.engines.columns.cases import Place, by_cases
from cart_screen.engines.columns.logic import Logic
from cart_screen.engines.columns.nodes import FALSE, Node
from cart_screen.ladder import RUNGS, Status, rung
from cart_screen.model import CriterionId, Indication


@dataclass(frozen=True)
class Standing:
    """One indication in force, with the nodes of its five statuses; null is unknown."""

    indication: Indication
    statuses: Mapping[CriterionId, Node]

    def place(self, id: CriterionId, logic: Logic) -> Place[Status]:
        """Give the status of a criterion as one value per row."""
        truth = self.statuses[id]
        return Place(
            {
                Status.MET: logic.surely(truth),
                Status.UNKNOWN: logic.unknown(truth),
                Status.NOT_MET: logic.surely_not(truth),
            }
        )

    def is_possible(self, logic: Logic) -> Node:
        """Tell whether the cancer type is not ruled out."""
        return logic.opposite(logic.surely_not(self.statuses[CriterionId.APPROVED_CANCER_TYPE]))

    def reaches(self, last: int, logic: Logic) -> Node:
        """Tell whether the indication stands on a rung or on a higher one; 0 is the highest."""
        places = [self.place(id, logic) for id in CriterionId]
        return by_cases(places, _stands_on(last), logic)


class Standings:
    """All indications in force over one frame."""

    def __init__(self, standings: Sequence[Standing], logic: Logic) -> None:
        self._standings = standings
        self._logic = logic
        self.possible = [standing.is_possible(logic) for standing in standings]

    def best(self) -> list[Node]:
        """Give for each rung where it is the highest that any indication stands on."""
        reached = [
            self._logic.some(standing.reaches(last, self._logic) for standing in self._standings)
            for last in range(len(RUNGS))
        ]
        higher = [FALSE, *reached]
        return [
            self._logic.every((here, self._logic.opposite(above))) for here, above in zip(reached, higher, strict=False)
        ]

    def closest(self) -> list[Node]:
        """
        Give for each indication where it is the closest possible one; at most one is in each row.

        As ``ladder.distance`` compares: the rung, then criterion by criterion; what is behind in one comparison is
        left out of those that follow. Ties go to the earlier in the set's own order.
        """
        every, some, opposite = self._logic.every, self._logic.some, self._logic.opposite
        left = list(self.possible)
        for levels in (self._by_rung(), *map(self._by_status, CriterionId)):
            kept: list[list[Node]] = [[] for _ in left]
            any_better: Node = FALSE
            for level in levels:
                here = [every((one, reached)) for one, reached in zip(left, level, strict=True)]
                for best, one in zip(kept, here, strict=True):
                    best.append(every((one, opposite(any_better))))
                any_better = some((any_better, *here))
            left = [some((*best, every((one, opposite(any_better))))) for one, best in zip(left, kept, strict=True)]
        return [every((one, opposite(some(left[:place])))) for place, one in enumerate(left)]

    def _by_rung(self) -> list[list[Node]]:
        """Give for each rung but the last where each indication stands on it or on a higher one."""
        lasts = range(len(RUNGS) - 1)
        return [[standing.reaches(last, self._logic) for standing in self._standings] for last in lasts]

    def _by_status(self, id: CriterionId) -> list[list[Node]]:
        """Give for each status but the last where each indication has it or a closer one."""
        places = [standing.place(id, self._logic) for standing in self._standings]
        order = tuple(Status)
        return [[place.among(order[: last + 1], self._logic) for place in places] for last in range(len(order) - 1)]

    def names_product(self) -> Node:
        """Tell whether exactly one disease is possible."""
        diseases: dict[str, list[Node]] = {}
        for standing, possible in zip(self._standings, self.possible, strict=True):
            diseases.setdefault(standing.indication.disease, []).append(possible)
        return exactly_one([self._logic.some(each) for each in diseases.values()], self._logic)

    def finding(self, id: CriterionId, closest: Sequence[Node], general: Node) -> Node:
        """Give the status of the finding that is shown; ``general`` is read where no indication is possible."""
        every, some, opposite, surely = self._logic.every, self._logic.some, self._logic.opposite, self._logic.surely
        truths = [standing.statuses[id] for standing in self._standings]
        named, any_possible = self.names_product(), some(self.possible)
        merged, none = every((any_possible, opposite(named))), opposite(any_possible)
        sides = []
        for wanted in (lambda truth: truth, opposite):
            of_closest = some(every((here, surely(wanted(truth)))) for here, truth in zip(closest, truths, strict=True))
            of_all = every(
                some((opposite(here), surely(wanted(truth)))) for here, truth in zip(self.possible, truths, strict=True)
            )
            shown = (every((named, of_closest)), every((merged, of_all)), every((none, surely(wanted(general)))))
            sides.append(some(shown))
        return self._logic.decided(*sides)


@cache
def _stands_on(last: int) -> Callable[[tuple[Status, ...]], bool]:
    return lambda statuses: rung(statuses) <= last


def exactly_one(nodes: Sequence[Node], logic: Logic) -> Node:
    """Tell whether exactly one of some nodes holds; linear in their number."""
    one: Node = FALSE
    more: Node = FALSE
    for node in nodes:
        more = logic.some((more, logic.every((one, node))))
        one = logic.some((one, node))
    return logic.every((one, logic.opposite(more)))
