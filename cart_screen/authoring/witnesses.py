"""
Answers under which expressions have a wanted truth, or the proof that there are none.

What is searched are answers that a person can give, conflicting ones included, read as ``Reading.resolve``
reads them. Every value that the dictionary allows is covered by one that is read alike, through all
derivations, so *none* is a proof for all of them, with two limits. No reason for a missing answer is considered:
a question is answered, or was simply not given. And what a formula computes is covered where the computed
question can be given itself, as each of the shipped dictionary can, for the values that may be given; the
inputs of a formula are tried with their representatives alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cart_screen.answers.given import Answers
from cart_screen.answers.scalars import Scalar
from cart_screen.authoring.alike import UNKNOWN, Bits
from cart_screen.authoring.overlay import Pair, joined
from cart_screen.authoring.pairs import EVERY, Pairs, Worth, at_fault, undecided
from cart_screen.authoring.possibilities import Possibilities
from cart_screen.errors import CartScreenError
from cart_screen.rules.derivations import Reading
from cart_screen.rules.expressions import Expression, bare
from cart_screen.rules.reference import evaluate
from cart_screen.truth import Truth

# Some seconds of search. The shipped criteria need some hundreds of steps.
LARGEST_SEARCH = 50_000


class SearchTooLarge(CartScreenError):
    """A search for answers was given up: whether there are any is not known."""

    code = "search-too-large"

    def __init__(self, questions: int, steps: int) -> None:
        super().__init__(questions, steps)
        self.questions = questions
        self.steps = steps

    def __str__(self) -> str:
        return (
            f"Looking for answers to {self.questions} questions was given up after {self.steps:,} steps. "
            "Split the condition into smaller ones."
        )


def witness(
    reading: Reading, expression: Expression, wanted: Truth, *, steps: int = LARGEST_SEARCH
) -> Mapping[str, Scalar] | None:
    """
    Give answers under which an expression has a truth, none of them to spare; None where there provably are none.

    Raises
    ------
    SearchTooLarge
        When that many steps neither find answers nor prove that there are none.
    """
    return _Search(reading, expression, expression, frozenset({(wanted, wanted)}), steps).answers()


def differing(
    reading: Reading,
    one: Expression,
    other: Expression,
    *,
    seen: Callable[[Truth], Any] = lambda truth: truth,
    steps: int = LARGEST_SEARCH,
) -> Mapping[str, Scalar] | None:
    """
    Give answers under which two expressions have different truths, none to spare; None where there provably are none.

    Unknown is a truth of its own here. ``seen`` says what is looked at: ``lambda truth: truth is Truth.TRUE``
    tells only holding from not holding.

    Raises
    ------
    SearchTooLarge
        When that many steps neither find answers nor prove that there are none.
    """
    wanted = frozenset(pair for pair in EVERY if seen(pair[0]) != seen(pair[1]))
    return _Search(reading, one, other, wanted, steps).answers()


_State = Mapping[str, Bits]


class _Search:
    """
    Backtracking over questions, with every open one kept at all that it can still be.

    A branch ends where no wanted pair is possible any more. The questions at fault for that are kept, so that
    one which had no part in it is not tried with its other values.
    """

    def __init__(self, reading: Reading, one: Expression, other: Expression, wanted: Pairs, steps: int) -> None:
        self._reading = reading
        self._sides = (bare(one), bare(other))
        self._wanted = wanted
        self._steps = steps
        self._left = steps
        self._possibilities = Possibilities(reading, self._sides)
        self._alike = self._possibilities.alike
        self._tree = joined(*self._sides)
        self._first: Worth = {}
        self._found: dict[str, Scalar] | None = None

    def answers(self) -> dict[str, Scalar] | None:
        """Run the search."""
        self._first = self._worth({})
        if self._first[self._tree] & self._wanted:
            self._extend({}, self._first)
        return None if self._found is None else self._sparse(self._found)

    def _worth(self, state: _State) -> Worth:
        if not self._left:
            raise SearchTooLarge(len(self._alike.can_be_given), self._steps)
        self._left -= 1
        return self._possibilities.worth(self._tree, self._possibilities.resolved(state))

    def _extend(self, state: _State, worth: Worth) -> frozenset[str]:
        """
        Look below a state in which a wanted pair is possible.

        Gives the questions at fault where nothing was found: as long as their answers stay, there is nothing.
        """
        if worth[self._tree] <= self._wanted or (question := self._next(state, worth)) is None:
            return self._try(state)
        blamed: set[str] = set()
        open_ones: list[tuple[int, _State, Worth]] = []
        for bit in (*self._alike.can_be_given[question], UNKNOWN):
            now: _State = {**state, question: bit}
            then = self._worth(now)
            if then[self._tree] & self._wanted:
                open_ones.append((len(then[self._tree] - self._wanted), now, then))
                continue
            faults = self._at_fault(now, then)
            if question not in faults:
                return faults
            blamed |= faults
        for _, now, then in sorted(open_ones, key=lambda one: one[0]):
            faults = self._extend(now, then)
            if self._found is not None or question not in faults:
                return faults
            blamed |= faults
        return frozenset(blamed - {question})

    def _try(self, state: _State) -> frozenset[str]:
        """Read the answers of a state, every open question left out, as they really are read."""
        values = {id: self._alike.values[id][bit] for id, bit in state.items() if bit != UNKNOWN}
        if self._pair(values) in self._wanted:
            self._found = values
        return frozenset(state)

    def _pair(self, values: Mapping[str, Scalar]) -> Pair:
        record = self._reading.resolve(Answers(values))
        one, other = self._sides
        return evaluate(one, record), evaluate(other, record)

    def _sparse(self, values: Mapping[str, Scalar]) -> dict[str, Scalar]:
        """Leave out every answer that is not needed, and give the others in dictionary order."""
        kept = {id: values[id] for id in self._reading.dictionary.questions if id in values}
        spare: str | None = ""
        while spare is not None:
            kept.pop(spare, None)
            # A poorer source may be spared only once a better one is gone, so each round begins anew.
            spare = next((id for id in reversed(kept) if self._pair(_without(kept, id)) in self._wanted), None)
        return kept

    def _next(self, state: _State, worth: Worth) -> str | None:
        """Give an open question on which it still depends what comes out."""
        for question in undecided(self._tree, worth):
            for id in self._possibilities.behind(question):
                if id not in state:
                    return id
        return None

    def _at_fault(self, state: _State, worth: Worth) -> frozenset[str]:
        questions = at_fault(self._tree, self._wanted, worth, self._first)
        return frozenset(id for question in questions for id in self._possibilities.behind(question) if id in state)


def _without(values: Mapping[str, Scalar], question: str) -> dict[str, Scalar]:
    return {id: value for id, value in values.items() if id != question}
