"""Logic over numbered variables, as clauses that a satisfiability solver reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Literal = int


def moved(literal: Literal, by: int) -> Literal:
    """Give the literal of the variable that comes so much later."""
    return literal + by if literal > 0 else literal - by


class Clauses:
    """
    Clauses in conjunctive normal form. A literal is a variable's number, or minus it for its opposite.

    What is put together from literals is a literal too, equal to its parts in every solution.
    """

    def __init__(self) -> None:
        self.variables = 0
        self.clauses: list[Sequence[Literal]] = []
        self._together: dict[tuple[Literal, ...], Literal] = {}
        self.true = self.new()
        self.add(self.true)

    @property
    def false(self) -> Literal:
        """What never holds."""
        return -self.true

    def new(self) -> Literal:
        """Give a new variable."""
        self.variables += 1
        return self.variables

    def add(self, *literals: Literal) -> None:
        """Ask that at least one of some literals holds."""
        self.clauses.append(literals)

    def all_of(self, literals: Iterable[Literal]) -> Literal:
        """Give what holds where all of some literals hold."""
        parts = tuple(sorted(set(literals) - {self.true}))
        if self.false in parts or any(-part in parts for part in parts):
            return self.false
        if len(parts) < 2:
            return parts[0] if parts else self.true
        if parts not in self._together:
            self._together[parts] = whole = self.new()
            for part in parts:
                self.add(-whole, part)
            self.add(whole, *(-part for part in parts))
        return self._together[parts]

    def any_of(self, literals: Iterable[Literal]) -> Literal:
        """Give what holds where at least one of some literals holds."""
        return -self.all_of(-literal for literal in literals)

    def unequal(self, one: Literal, other: Literal) -> Literal:
        """Give what holds where exactly one of two literals does."""
        return self.any_of((self.all_of((one, -other)), self.all_of((-one, other))))

    def exactly_one(self, literals: Sequence[Literal]) -> None:
        """Ask that one of some literals holds and the others do not."""
        self.add(*literals)
        for place, one in enumerate(literals):
            for other in literals[:place]:
                self.add(-one, -other)

    def copy_all(self) -> int:
        """Add every clause once more over variables of its own; give how much later these come."""
        by = self.variables
        self.variables *= 2
        self.clauses += [tuple(moved(literal, by) for literal in clause) for clause in self.clauses]
        return by

    def dimacs(self) -> str:
        """Give the clauses as DIMACS text."""
        lines = (" ".join(map(str, clause)) + " 0\n" for clause in self.clauses)
        return f"p cnf {self.variables} {len(self.clauses)}\n" + "".join(lines)
