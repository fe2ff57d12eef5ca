"""The facts and the guidance about every row of a frame, as nodes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property

from cart_screen.engines.columns.awaited import Awaited
from cart_screen.engines.columns.conditions import FrameRecord, Truths
from cart_screen.engines.columns.deciding import Deciding
from cart_screen.engines.columns.derived import GivenFirst, ResolvedRecord
from cart_screen.engines.columns.intake import AnswerColumn
from cart_screen.engines.columns.logic import Logic
from cart_screen.engines.columns.nodes import FALSE, TRUE, UNKNOWN, Node
from cart_screen.engines.columns.standing import Standing, Standings
from cart_screen.engines.graph import Graph
from cart_screen.ladder import RUNGS, Code
from cart_screen.model import CriteriaSet, Criterion, CriterionId


class ColumnFacts:
    """
    What columns of given answers say under one criteria set on one date.

    ``standings`` are the indications in force, in the set's own order, with the nodes of their statuses. No node
    given here is null but statuses and findings, where null is unknown.
    """

    def __init__(self, criteria: CriteriaSet, as_of: date, columns: Iterable[AnswerColumn]) -> None:
        self.criteria = criteria
        self.logic = Logic()
        reading, graph = criteria.reading, Graph()
        given = FrameRecord(reading.dictionary, columns, self.logic)
        self.resolved = ResolvedRecord(reading, given, graph, self.logic)
        self._truths = self.resolved.truths
        self.standings = tuple(
            Standing(indication, {id: self._truths.of(indication.criteria[id].bare) for id in CriterionId})
            for indication in criteria.in_force(as_of)
        )
        self._all = Standings(self.standings, self.logic)

    @cached_property
    def conflicts(self) -> dict[str, Node]:
        """Where each impossible pair of answers stands, read over what was given."""
        truths = Truths(GivenFirst(self.resolved, self.logic), self._truths.graph, self.logic)
        declared = self.criteria.reading.conflicts
        return {id: self.logic.surely(truths.of(expression)) for id, expression in declared.items()}

    @cached_property
    def urgency(self) -> dict[str, Node]:
        """Where each key of urgent words is the first whose condition holds."""
        found: dict[str, Node] = {}
        for key, expression in self.criteria.reading.urgency.items():
            earlier = self.logic.opposite(self.logic.some(found.values()))
            found[key] = self.logic.every((earlier, self.logic.surely(self._truths.of(expression))))
        return found

    @property
    def possible(self) -> dict[str, Node]:
        """Where the cancer type of each indication is not ruled out."""
        return self._by_id(self._all.possible)

    @property
    def closest(self) -> dict[str, Node]:
        """Where each indication is the closest possible one."""
        return self._by_id(self._closest)

    @cached_property
    def codes(self) -> dict[Code, Node]:
        """Where the guidance has each code."""
        if not self.standings:
            return {Code.NO_CRITERIA: TRUE}
        conflict = self._any_conflict
        free = self.logic.opposite(conflict)
        best = zip(RUNGS, self._all.best(), strict=True)
        found = {code: self.logic.every((free, here)) for code, here in best}
        return {**found, Code.INCOMPLETE: self.logic.some((conflict, found[Code.INCOMPLETE]))}

    def finding(self, id: CriterionId) -> Node:
        """Give the status of one of the five findings; of the cancer type where none is possible: not met."""
        if not self.standings:
            return UNKNOWN
        general = self.criteria.general.get(id)
        in_general = FALSE if id is CriterionId.APPROVED_CANCER_TYPE or general is None else self._read(general)
        return self._all.finding(id, self._closest, in_general)

    @cached_property
    def awaited(self) -> dict[str, Node]:
        """Where each question can still change the guidance's code, in dictionary order; nowhere in a conflict."""
        awaited = Awaited(self._truths, self.criteria.reading)
        free = self.logic.opposite(self._any_conflict)
        deciding = Deciding(self.standings, awaited, self.logic).seeds()
        return awaited.questions([(bare, self.logic.every((free, where))) for bare, where in deciding])

    @cached_property
    def cautions(self) -> dict[str, Node]:
        """Where each caution belongs to one of the five findings that are shown, in the set's own order."""
        found: dict[str, list[Node]] = {}
        for criterion, shown in self._shown():
            for caution in criterion.cautions:
                holds = self.logic.surely(self._truths.of(caution.when))
                found.setdefault(caution.id, []).append(self.logic.every((shown, holds)))
        return {id: self.logic.some(nodes) for id, nodes in found.items()}

    def _shown(self) -> Iterator[tuple[Criterion, Node]]:
        """Give every criterion whose finding may be shown, with where it is."""
        if not self.standings:
            return
        named = self._all.names_product()
        for id in CriterionId:
            if id in self.criteria.general:
                yield self.criteria.general[id], self.logic.opposite(named)
            for standing, closest in zip(self.standings, self._closest, strict=True):
                yield standing.indication.criteria[id], self.logic.every((named, closest))

    def _read(self, criterion: Criterion) -> Node:
        return self._truths.of(criterion.requirement)

    @cached_property
    def _closest(self) -> list[Node]:
        return self._all.closest()

    @cached_property
    def _any_conflict(self) -> Node:
        return self.logic.some(self.conflicts.values())

    def _by_id(self, nodes: Iterable[Node]) -> dict[str, Node]:
        return {standing.indication.id: node for standing, node in zip(self.standings, nodes, strict=True)}
