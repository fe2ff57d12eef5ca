"""The source that reads a record in which answers may be missing: truths, and what is awaited."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Set
from typing import NamedTuple

from cart_screen.engines.awaited import AwaitedSource, OpenSource
from cart_screen.engines.fields import Fields, function, indented, united
from cart_screen.engines.graph import TRUE, Graph
from cart_screen.engines.leaves import Leaf, Leaves
from cart_screen.engines.rails import NONE, Rails
from cart_screen.rules.derivations import Reading
from cart_screen.rules.expressions import (
    And,
    Derivation,
    Expression,
    Given,
    Or,
    questions_of,
    questions_of_value,
)

# Generated functions take a method `get` of a dict as `g`; `NAN` is a global of theirs.


class Partial:
    """The body of one function over a record in which answers may be missing; those in ``late`` are read on the way."""

    def __init__(self, leaves: Leaves, late: Collection[str] = ()) -> None:
        self.fields = Fields(late)
        self.rails = Rails(self._leaf, "h")
        self._leaves = leaves

    def surely(self, leaf: Leaf, wanted: bool) -> str:
        """Give the text that tells whether a condition on one answer, which has been read, surely has a truth."""
        return self._leaf(leaf, wanted, True)

    def is_missing(self, question: str) -> str:
        """Give the text that tells whether an answer, which has been read, is missing."""
        return self._leaves.is_missing(question, self.fields.answer(question))

    def settled(self, part: Expression, name: str, yes: str, no: str, neither: str) -> Settled:
        """Give the statements that set a variable to one of three texts by the truth of a part."""
        good, bad = (no, yes) if isinstance(part, Or) else (yes, no)
        wanted = not isinstance(part, Or)
        lines: list[str] = []
        read: set[str] = set()
        first: Set[str] = NONE
        text = self.rails.text if isinstance(part, And | Or) else self.rails.whole
        for place, term in enumerate(self._terms(part)):
            holds = text(term, wanted, read)
            fails = text(term, not wanted, read | holds.read)
            lines += [f"if not {holds.text}:", f"    if {fails.text}:", f"        {name} = {bad}", "        break"]
            lines += [f"    {name} = {neither}"]
            read |= holds.read
            first = first if place else holds.read
        # A loop that runs once, so that the first term that decides can leave it.
        statements = [f"{name} = {good}", "while True:", *indented([*lines, "break"])]
        every = set(questions_of(part))
        rest, late = self.fields.reading(sorted(every - read)), self.fields.reading(sorted(every - first))
        return Settled(statements, *((late, rest) if isinstance(part, Or) else (rest, late)), rest)

    def _terms(self, part: Expression) -> list[Expression]:
        """Give the terms that settle a part: those of a whole, and of a whole of the same kind in it."""
        if not isinstance(part, And | Or):
            return [part]
        terms: list[Expression] = []
        for term in part.terms:
            terms += self._terms(term) if type(term) is type(part) and not self.rails.is_settled(term) else [term]
        # Their order makes no difference to the truth, and what is quick to ask often decides.
        return sorted(terms, key=self.rails.conditions)

    def filled(self, lines: Iterable[str]) -> list[str]:
        """Give the lines of the body with every answer read from the record by ``g``."""
        return self.fields.filled(lines, self._read)

    def _leaf(self, leaf: Leaf, wanted: bool, is_read: bool) -> str:
        again = self.fields.answer(leaf.question)
        return self._leaves.surely(leaf, self.fields.answer(leaf.question, is_read=is_read), again, wanted=wanted)

    def _read(self, question: str) -> str:
        return f"g({question!a}, NAN)" if self._leaves.is_number(question) else f"g({question!a})"


class Settled(NamedTuple):
    """Statements that settle a part, and for each truth those that read what may not have been read on the way."""

    statements: list[str]
    yes: list[str]
    no: list[str]
    neither: list[str]


class Masks(NamedTuple):
    """The bit of each question, in the order of the dictionary, and the bit above them all."""

    bits: Mapping[str, int]
    beyond: int

    def ids(self, mask: int) -> tuple[str, ...]:
        """Give the questions of a mask."""
        return tuple(question for question, bit in self.bits.items() if mask & bit)


def masks_of(reading: Reading) -> Masks:
    """Give a bit to each question of a dictionary."""
    questions = reading.dictionary.questions
    return Masks({question: 1 << place for place, question in enumerate(questions)}, 1 << len(questions))


class AwaitSource:
    """
    The source of what a missing answer awaits: itself, and for a derived one every unknown input of its sources.

    ``functions`` are the functions that the texts given so far call, one for each derived answer.
    """

    def __init__(self, reading: Reading, leaves: Leaves, masks: Masks, graph: Graph) -> None:
        self._reading = reading
        self._leaves = leaves
        self._masks = masks
        self._graph = graph
        self._numbers: dict[str, int] = {}
        self._awaited: set[int] = set()
        self.functions: list[str] = []

    def united(self, part: Expression, partial: Partial, name: str) -> list[str]:
        """Give the statements that set a variable to the mask of what an unknown part awaits, every answer read."""
        read = frozenset(questions_of(part))

        def holds(part: Expression, wanted: bool) -> str:
            return partial.rails.text(part, wanted, read).text

        return [f"{name} = 0", *OpenSource(partial.surely, self._mask, partial.is_missing, holds).lines(part, name)]

    def unawaited(self) -> list[str]:
        """Give the statements that come before all others: no derived answer has been awaited yet."""
        return [f"w{number} = 0" for number in sorted(self._awaited)]

    def _mask(self, question: str) -> str:
        """Give the text of the mask of a question whose answer is missing."""
        if question not in self._reading.derivations:
            return str(self._masks.bits[question])
        number = self._number_of(question)
        self._awaited.add(number)
        # Several expressions may await it; a mask is never zero.
        return f"(w{number} or (w{number} := await_{number}(g)))"

    def _called(self, question: str) -> str:
        """Give the same where nothing is kept."""
        if question not in self._reading.derivations:
            return str(self._masks.bits[question])
        return f"await_{self._number_of(question)}(g)"

    def _number_of(self, question: str) -> int:
        if question not in self._numbers:
            self._numbers[question] = number = len(self._numbers)
            self.functions.append(self._function(f"await_{number}", self._reading.derivations[question]))
        return self._numbers[question]

    def _function(self, name: str, derivation: Derivation) -> str:
        partial = Partial(self._leaves)
        # Beyond the questions there is one bit more: an internal answer may be unknown with nothing left to await.
        internal = self._reading.dictionary.questions[derivation.question].internal
        own = self._masks.beyond | (0 if internal else self._masks.bits[derivation.question])
        lines = [f"m = {own}"]
        for place, source in enumerate(derivation.sources):
            inputs = dict.fromkeys(
                question
                for question in questions_of_value(source.value)
                if not (question == derivation.question or isinstance(source.value, Given))
            )
            masks = [f"({self._called(question)} if {partial.is_missing(question)} else 0)" for question in inputs]
            condition = self._graph.plain(self._graph.add(source.condition))
            if condition is not TRUE:
                number = AwaitedSource(partial.surely, self._called, f"c{place}_")
                text = number.text(condition)
                lines += [*number.statements, f"c = {text}"]
                lines += ["if c >= 0:", *indented([f"m |= {united(['c', *masks], '|')}"])]
            elif masks:
                lines.append(f"m |= {united(masks, '|')}")
        return function(f"{name}(g)", partial.filled([*lines, "return m"]))
