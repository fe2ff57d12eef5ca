"""
A world: one way in which every question can have ended, as a problem for a satisfiability solver.

In it every answer is derived, every criterion read and the guidance found exactly as the library's reference does:
derived answers by tables over ``derive`` itself, criteria in Kleene's logic.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from cart_screen.ladder import RUNGS, Code
from cart_screen.model import LABEL
from cart_screen.nouns import assert_never
from cart_screen.rules.derivations import inputs_of
from cart_screen.rules.expressions import (
    Among,
    And,
    Compare,
    Constant,
    Derivation,
    ExactlyOne,
    Expression,
    Given,
    IfThenElse,
    Named,
    Not,
    Or,
)
from cart_screen.rules.reference import evaluate
from cart_screen.truth import Truth

from .clauses import Clauses, Literal, moved
from .kinds import End, Kinds, NoValue, Said

Ends = Mapping[End, Literal]
Both = tuple[Literal, Literal]


@dataclass(frozen=True)
class World:
    """
    What can be said of a world: how each question that can be given has ended, and what follows.

    ``is_asked`` holds for questions with a condition where it holds, ``at_least`` for each code where some
    indication stands at least as high, ``has_conflict`` where two answers contradict each other.
    """

    given: Mapping[str, Ends]
    is_asked: Mapping[str, Literal]
    at_least: Mapping[Code, Literal]
    has_conflict: Literal

    def moved(self, by: int) -> World:
        """Give the same of a world whose variables come so much later."""
        return World(
            {id: {end: moved(literal, by) for end, literal in ends.items()} for id, ends in self.given.items()},
            {id: moved(literal, by) for id, literal in self.is_asked.items()},
            {code: moved(literal, by) for code, literal in self.at_least.items()},
            moved(self.has_conflict, by),
        )


def world(clauses: Clauses, kinds: Kinds, own: Mapping[str, Said]) -> World:
    """Give a world; ``own`` are further values that questions can end with."""
    given: dict[str, Ends] = {}
    for id in kinds.givable:
        values = dict.fromkeys((*kinds.ends(id), *([own[id]] if id in own else ())))
        given[id] = {end: clauses.new() for end in (*values, NoValue.ABSENT, NoValue.OPEN)}
        clauses.exactly_one(list(given[id].values()))
    resolved = _resolved(clauses, kinds, given)
    reader = _Reader(clauses, resolved)
    conflicts = _Reader(clauses, _as_given(clauses, kinds, given, resolved))
    return World(
        given=given,
        is_asked={id: reader.truth(holds)[0] for id, holds in kinds.reading.ask_if.items() if id in given},
        at_least=_at_least(clauses, kinds, reader),
        has_conflict=clauses.any_of(conflicts.truth(holds)[0] for holds in kinds.reading.conflicts.values()),
    )


def _at_least(clauses: Clauses, kinds: Kinds, reader: _Reader) -> dict[Code, Literal]:
    reached: dict[Code, list[Literal]] = {code: [] for code in RUNGS}
    for points in kinds.points:
        both = [reader.truth(point) for point in points]
        label, others = both[: len(LABEL)], both[len(LABEL) :]
        label_met = clauses.all_of(true for true, _ in label)
        reached[Code.MATCH].append(clauses.all_of((label_met, *(true for true, _ in others))))
        reached[Code.LABEL_MATCH].append(clauses.all_of((label_met, *(-false for _, false in others))))
        reached[Code.REVIEW].append(label_met)
        reached[Code.INCOMPLETE].append(clauses.all_of(-false for _, false in label))
        reached[Code.ALTERNATIVES].append(clauses.true)
    return {code: clauses.any_of(literals) for code, literals in reached.items()}


def _resolved(clauses: Clauses, kinds: Kinds, given: Mapping[str, Ends]) -> dict[str, Ends]:
    found = {id: given[id] for id in kinds.plain if id in given}
    for id in kinds.derived:
        found[id] = _derived(clauses, kinds, kinds.reading.derivations[id], given.get(id, {}), found)
    return found


def _derived(clauses: Clauses, kinds: Kinds, derivation: Derivation, given: Ends, resolved: Mapping[str, Ends]) -> Ends:
    """Tabulate a derived answer over every way in which what it reads can have ended."""
    found: dict[End, Literal] = {}

    def comes_out(outcome: End, where: Sequence[Literal]) -> None:
        if outcome not in found:
            found[outcome] = clauses.new()
        clauses.add(found[outcome], *(-literal for literal in where))

    own = {end: literal for end, literal in given.items() if isinstance(end, Said)}
    none = clauses.all_of(-literal for literal in own.values())
    first = derivation.sources[0]
    if first.value == Given(derivation.question) and first.condition == Constant(True):
        # What was given goes first, whatever else was.
        for end, literal in own.items():
            comes_out(kinds.end(derivation.question, end.value), [literal])
        own = {}
    inputs = [id for id in dict.fromkeys(inputs_of(derivation)) if id in resolved]
    telling = any(source.measured for source in derivation.sources)
    columns = [_column(clauses, resolved[id], telling=telling or id in kinds.derived).items() for id in inputs]
    for (end, literal), *row in product({**own, NoValue.ABSENT: none}.items(), *columns):
        outcome = kinds.derive(derivation, end, dict(zip(inputs, (one for one, _ in row), strict=True)))
        comes_out(outcome, [literal, *(one for _, one in row)])
    clauses.exactly_one(list(found.values()))
    return found


def _column(clauses: Clauses, ends: Ends, *, telling: bool) -> Ends:
    """Give the ways in which an input can end; why there is no value only where that is told apart."""
    if telling:
        return ends
    values: dict[End, Literal] = {end: literal for end, literal in ends.items() if isinstance(end, Said)}
    return {**values, NoValue.ABSENT: clauses.all_of(-literal for literal in values.values())}


def _as_given(
    clauses: Clauses, kinds: Kinds, given: Mapping[str, Ends], resolved: Mapping[str, Ends]
) -> dict[str, Ends]:
    """Give how each question has ended where what was given beats what is derived, as conflicts are read."""
    found = dict(resolved)
    for id in kinds.derived:
        own = {end: one for end, one in given.get(id, {}).items() if isinstance(end, Said)}
        none = clauses.all_of(-literal for literal in own.values())
        ends = {*own, *(end for end in resolved[id] if isinstance(end, Said))}
        found[id] = {
            end: clauses.any_of(
                (own.get(end, clauses.false), clauses.all_of((none, resolved[id].get(end, clauses.false))))
            )
            for end in ends
        }
    return found


class _Reader:
    """Reads expressions: what holds where one is true, and where it is false; elsewhere it is unknown."""

    def __init__(self, clauses: Clauses, ends: Mapping[str, Ends]) -> None:
        self._clauses = clauses
        self._ends = ends
        self._read_before: dict[int, Both] = {}

    def truth(self, expression: Expression) -> Both:
        # Known by identity: the expressions belong to a criteria set, which outlives this reading.
        if id(expression) not in self._read_before:
            self._read_before[id(expression)] = self._read(expression)
        return self._read_before[id(expression)]

    def _read(self, expression: Expression) -> Both:
        match expression:
            case Constant(value=value):
                true = self._clauses.true
                return (true, -true) if value else (-true, true)
            case Compare() | Among():
                return self._leaf(expression)
            case Not(term=term):
                return self.truth(term)[::-1]
            case Named(term=term):
                return self.truth(term)
            case And(terms=terms):
                return self._and(*map(self.truth, terms))
            case Or(terms=terms):
                return self._or(*map(self.truth, terms))
            case ExactlyOne(terms=terms):
                return self._exactly_one(*map(self.truth, terms))
            case IfThenElse(condition=condition, then=then, otherwise=otherwise):
                c, t, e = map(self.truth, (condition, then, otherwise))
                return self._and(self._or(c[::-1], t), self._or(c, e), self._or(t, e))
            case _:
                assert_never(expression)

    def _and(self, *terms: Both) -> Both:
        return self._clauses.all_of(true for true, _ in terms), self._clauses.any_of(false for _, false in terms)

    def _or(self, *terms: Both) -> Both:
        return self._clauses.any_of(true for true, _ in terms), self._clauses.all_of(false for _, false in terms)

    def _exactly_one(self, *terms: Both) -> Both:
        all_of, any_of = self._clauses.all_of, self._clauses.any_of
        places = range(len(terms))
        alone = [all_of((terms[i][0], *(terms[j][1] for j in places if j != i))) for i in places]
        two = [all_of((terms[i][0], terms[j][0])) for i in places for j in range(i)]
        return any_of(alone), any_of((*two, all_of(false for _, false in terms)))

    def _leaf(self, leaf: Compare | Among) -> Both:
        true: list[Literal] = []
        false: list[Literal] = []
        for end, literal in self._ends.get(leaf.question, {}).items():
            if isinstance(end, Said):
                (true if evaluate(leaf, {leaf.question: end.value}) is Truth.TRUE else false).append(literal)
        return self._clauses.any_of(true), self._clauses.any_of(false)
