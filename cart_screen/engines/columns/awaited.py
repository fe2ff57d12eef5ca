"""
The awaited questions over columns: one node per question, for any number of rules at once.

A question is awaited where an unknown rule reads it through parts that are all unknown. So the rows in which a rule
matters are handed down from it through its unknown parts, once for every part, to the questions, and from a
derived question to the inputs of its sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import assert_never

from cart_screen.engines.columns.conditions import Truths
from cart_screen.engines.columns.nodes import FALSE, TRUE, Node
from cart_screen.engines.columns.values import Values
from cart_screen.rules.derivations import Reading
from cart_screen.rules.expressions import (
    Among,
    Arithmetic,
    Choice,
    Compare,
    Expression,
    Given,
    IfThenElse,
    Literal,
    Mapped,
    Marker,
    Resolved,
    Value,
    terms_of,
)

Seeds = Iterable[tuple[Expression, Node]]


class Awaited:
    """What rules wait for, over one record of resolved answers."""

    def __init__(self, truths: Truths, reading: Reading) -> None:
        self._truths = truths
        self._reading = reading
        self._logic = truths.logic
        self._values = Values(truths)
        self._waiting: dict[int, Node] = {}
        self._asking: dict[str, Node] = {}

    def questions(self, seeds: Seeds) -> dict[str, Node]:
        """
        Give for each question where it is awaited, in dictionary order; questions that never are, are left out.

        ``seeds`` are the rules, each with the node that says where it matters; no node given or taken is null.
        """
        reached: dict[str, list[Node]] = {}
        self._hand_down(seeds, reached)
        found: dict[str, Node] = {}
        # Derived answers read only earlier ones, so from the last to the first each is reached before it is left.
        for question, derivation in reversed(list(self._reading.derivations.items())):
            here = self._missing(question, reached)
            if here is FALSE:
                continue
            for source in derivation.sources:
                condition = self._truths.of(source.condition)
                open_here = self._logic.every((here, self._logic.opposite(self._logic.surely_not(condition))))
                self._hand_down([(source.condition, open_here)], reached)
                self._to_inputs(source.value, open_here, reached)
        for question, declared in self._reading.dictionary.questions.items():
            here = self._missing(question, reached)
            if here is not FALSE and not declared.internal:
                found[question] = here
        return found

    def waits(self, expression: Expression) -> Node:
        """Tell whether an expression is unknown and awaits any question at all."""
        part = self._truths.part(expression)
        key = id(part)
        if key not in self._waiting:
            self._waiting[key] = self._waits(part)
        return self._waiting[key]

    def _waits(self, part: Expression) -> Node:
        unknown = self._logic.unknown(self._truths.of(part))
        if isinstance(part, Compare | Among):
            return self._logic.every((unknown, self._can_be_asked(part.question)))
        inner = self._that_matter(part)
        if all(self.waits(one) is self._logic.unknown(self._truths.of(one)) for one, _ in inner):
            # Where every unknown part below waits for something, so does the whole: one that matters is unknown.
            return unknown
        below = [self._logic.every((self.waits(one), where)) for one, where in inner]
        return self._logic.every((unknown, self._logic.some(below)))

    def _that_matter(self, part: Expression) -> list[tuple[Expression, Node]]:
        """Give the parts that a part is made of, each with where it can change it; that is never null."""
        if not isinstance(part, IfThenElse):
            return [(inner, TRUE) for inner in terms_of(part)]
        # Once the condition is known, the branch that is not taken changes nothing.
        condition = self._truths.of(part.condition)
        is_false, is_true = self._logic.surely_not(condition), self._logic.surely(condition)
        return [
            (part.condition, TRUE),
            (part.then, self._logic.opposite(is_false)),
            (part.otherwise, self._logic.opposite(is_true)),
        ]

    def _can_be_asked(self, question: str) -> Node:
        """Tell whether an unknown answer, or an input of its sources, can be asked for."""
        if question not in self._asking:
            unknown = self._unknown(question)
            if not self._reading.dictionary.questions[question].internal:
                self._asking[question] = unknown
            else:
                self._asking[question] = self._logic.every((unknown, self._logic.some(self._ways_to_ask(question))))
        return self._asking[question]

    def _ways_to_ask(self, question: str) -> Iterator[Node]:
        every = self._logic.every
        for source in self._reading.derivations[question].sources if question in self._reading.derivations else ():
            is_open = self._logic.opposite(self._logic.surely_not(self._truths.of(source.condition)))
            yield every((is_open, self.waits(source.condition)))
            for input, where in self._inputs(source.value, is_open):
                match input:
                    case str():
                        yield every((where, self._can_be_asked(input)))
                    case _:
                        yield every((where, self.waits(input)))

    def _unknown(self, question: str) -> Node:
        return self._logic.opposite(self._truths.record.known(question))

    def _missing(self, question: str, reached: Mapping[str, list[Node]]) -> Node:
        return self._logic.every((self._logic.some(reached.get(question, ())), self._unknown(question)))

    def _to_inputs(self, value: Value, where: Node, reached: dict[str, list[Node]]) -> None:
        for input, here in self._inputs(value, where):
            match input:
                case str():
                    reached.setdefault(input, []).append(here)
                case _:
                    self._hand_down([(input, here)], reached)

    def _inputs(self, value: Value, where: Node) -> Iterator[tuple[str | Expression, Node]]:
        """Give every question and condition that a value is computed from, with where it may be missing."""
        match value:
            case Literal() | Given():
                return
            case Resolved(question=question) | Marker(question=question) | Mapped(question=question):
                yield question, where
            case Arithmetic(left=left, right=right):
                yield from self._inputs(left, where)
                yield from self._inputs(right, where)
            case Choice(condition=condition, then=then, otherwise=otherwise):
                yield condition, where
                for branch in (then, otherwise):
                    missing = self._logic.opposite(self._values.known(branch))
                    yield from self._inputs(branch, self._logic.every((where, missing)))
            case _:
                assert_never(value)

    def _hand_down(self, seeds: Seeds, reached: dict[str, list[Node]]) -> None:
        arriving: dict[int, list[Node]] = {}
        roots = []
        for expression, where in seeds:
            part = self._truths.part(expression)
            arriving.setdefault(id(part), []).append(where)
            roots.append(part)
        for part in _from_above(roots):
            unknown = self._logic.unknown(self._truths.of(part))
            here = self._logic.every((unknown, self._logic.some(arriving[id(part)])))
            if isinstance(part, Compare | Among):
                reached.setdefault(part.question, []).append(here)
            for inner, where in self._that_matter(part):
                arriving.setdefault(id(inner), []).append(self._logic.every((here, where)))


def _from_above(roots: Iterable[Expression]) -> list[Expression]:
    """Give every part of some expressions, each after all parts that hold it."""
    ordered: list[Expression] = []
    seen: set[int] = set()

    def visit(part: Expression) -> None:
        if id(part) in seen:
            return
        seen.add(id(part))
        for inner in terms_of(part):
            visit(inner)
        ordered.append(part)

    for root in roots:
        visit(root)
    return ordered[::-1]
