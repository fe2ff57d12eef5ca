"""Derived answers over columns: what ``Reading.resolve`` gives for each row of given answers."""

from __future__ import annotations

from cart_screen.engines.columns.conditions import FrameRecord, Leaf, Truths
from cart_screen.engines.columns.logic import Logic
from cart_screen.engines.columns.nodes import FALSE, TRUE, Node, Numeric
from cart_screen.engines.columns.values import Values
from cart_screen.engines.graph import Graph
from cart_screen.rules.derivations import Reading
from cart_screen.rules.expressions import Derivation, Source, Value, questions_of_value


class ResolvedRecord:
    """
    Resolved answers over columns of given ones.

    A null is an answer that was asked for and is not known; a question without a column was not given. Nothing
    is computed here but truths: a condition on a derived answer becomes one on the answers behind it.
    """

    def __init__(self, reading: Reading, given: FrameRecord, graph: Graph, logic: Logic) -> None:
        self.given = given
        self.truths = Truths(self, graph, logic)
        self._reading = reading
        self._logic = logic
        self._cases: dict[str, list[tuple[Node, Value]]] = {}
        self._values: dict[str, Values] = {}
        self._to_come: dict[str, Node] = {}
        self._read: dict[tuple[str, int], tuple[Leaf, Node]] = {}
        for derivation in reading.derivations.values():
            self._resolve(derivation)

    def condition(self, leaf: Leaf) -> Node:
        """Give the node of a condition on one answer; null where the answer is unknown."""
        question = leaf.question
        if question not in self._cases:
            return self.given.condition(leaf)
        key = (question, id(self.truths.part(leaf)))
        if key not in self._read:
            values = self._values[question]
            surely, every = self._logic.surely, self._logic.every
            met = [every((case, surely(values.condition(value, leaf)))) for case, value in self._cases[question]]
            self._read[key] = (leaf, self._logic.where(self.known(question), self._logic.some(met)))
        return self._read[key][1]

    def known(self, question: str) -> Node:
        """Give the node that holds where an answer is known; it is never null."""
        if question not in self._cases:
            return self.given.known(question)
        return self._logic.some(case for case, _ in self._cases[question])

    def number(self, question: str) -> Numeric | None:
        """Give a numeric answer, or None where it is unknown in every row."""
        if question not in self._cases:
            return self.given.number(question)
        return self._values[question].first_of(self._cases[question])

    def _resolve(self, derivation: Derivation) -> None:
        """Go through the sources as ``first_known`` does, and stop at the first that is still to come."""
        every, some, opposite = self._logic.every, self._logic.some, self._logic.opposite
        record = _WhileDerived(self, derivation.question)
        values = Values(Truths(record, self.truths.graph, self._logic))
        searching: Node = TRUE
        is_to_come: Node = FALSE
        cases: list[tuple[Node, Value]] = []
        for source in derivation.sources:
            condition = self.truths.of(source.condition)
            holds, fails = self._logic.surely(condition), self._logic.surely_not(condition)
            known = values.known(source.value)
            stops = every((opposite(fails), self._waits(source, record)))
            cases.append((every((searching, holds, known)), source.value))
            searching = every((searching, some((fails, every((opposite(known), opposite(stops)))))))
            is_to_come = some((is_to_come, stops))
        question = derivation.question
        self._cases[question] = [case for case in cases if case[0] is not FALSE]
        self._values[question] = values
        self._to_come[question] = every((opposite(self.known(question)), is_to_come))

    def _waits(self, source: Source, record: _WhileDerived) -> Node:
        """Tell whether a source is still to come: half given, one missing for no reason, or itself waiting."""
        every, some, opposite = self._logic.every, self._logic.some, self._logic.opposite
        missing = {id: opposite(record.known(id)) for id in questions_of_value(source.value)}
        unasked = [every((missing[id], self._has_no_reason(id))) for id in missing]
        half_given = every((record.known(source.measured), some(unasked))) if source.measured is not None else FALSE
        return some((half_given, *(every((missing[id], self._to_come.get(id, FALSE))) for id in missing)))

    def _has_no_reason(self, question: str) -> Node:
        return self.given.known(question) if self.given.has(question) else TRUE


class _WhileDerived:
    """The record as it stands while one answer is derived: for that question, what was given."""

    def __init__(self, resolved: ResolvedRecord, question: str) -> None:
        self._resolved = resolved
        self._question = question

    def condition(self, leaf: Leaf) -> Node:
        return self._of(leaf.question).condition(leaf)

    def known(self, question: str) -> Node:
        return self._of(question).known(question)

    def number(self, question: str) -> Numeric | None:
        return self._of(question).number(question)

    def _of(self, question: str) -> ResolvedRecord | FrameRecord:
        return self._resolved.given if question == self._question else self._resolved


class GivenFirst:
    """What was given where it was, and what is resolved elsewhere: the record that conflicts are read over."""

    def __init__(self, resolved: ResolvedRecord, logic: Logic) -> None:
        self._resolved = resolved
        self._logic = logic

    def condition(self, leaf: Leaf) -> Node:
        """Give the node of a condition on one answer; null where the answer is unknown."""
        resolved, given = self._resolved.condition(leaf), self._resolved.given.condition(leaf)
        if given is resolved:
            return resolved
        every, surely = self._logic.every, self._logic.surely
        is_given = self._resolved.given.known(leaf.question)
        otherwise = every((self._logic.opposite(is_given), surely(resolved)))
        return self._logic.where(self.known(leaf.question), self._logic.some((surely(given), otherwise)))

    def known(self, question: str) -> Node:
        """Give the node that holds where an answer is known; it is never null."""
        return self._logic.some((self._resolved.given.known(question), self._resolved.known(question)))

    def number(self, question: str) -> Numeric | None:
        """Give a numeric answer; no condition on a conflict computes with one."""
        return self._resolved.number(question)
