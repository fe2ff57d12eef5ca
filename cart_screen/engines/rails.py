"""
Expressions as Python source: does a part surely hold, does it surely not hold.

A rail is a part of the graph with the truth that is wanted of it. Its text is true where the part surely has that
truth, and false where it has the other one or none yet; so two rails say all that a three-valued truth says, and
``and``, ``or`` and ``if`` of Python decide as soon as they can. A rail that is needed twice is put in a variable, so
that the source is linear in the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set
from typing import NamedTuple, assert_never

from cart_screen.engines.fields import united
from cart_screen.engines.leaves import Leaf
from cart_screen.rules.expressions import (
    Among,
    And,
    Compare,
    Constant,
    ExactlyOne,
    Expression,
    IfThenElse,
    Named,
    Not,
    Or,
)

Rail = tuple[Expression, bool]

# CPython refuses over 200 nested parentheses, and its compiler goes down into each.
_DEEPEST = 25

# A rail that is needed several times is written out each time as long as that makes no more conditions than these:
# a variable is computed even where nothing comes to need it.
_MOST_WRITTEN = 8

# One of so many is asked one after another; of more, those that hold are counted.
_FEW = 3

NONE: frozenset[str] = frozenset()


class Written(NamedTuple):
    """The text of a rail, and the questions whose answers have been read once it was computed, whatever it gave."""

    text: str
    read: Set[str]


class Rails:
    """
    The source of rails.

    ``leaf`` gives the text of a condition on one answer, from the condition, the truth wanted, and whether the
    answer has been read before.
    """

    def __init__(self, leaf: Callable[[Leaf, bool, bool], str], prefix: str) -> None:
        self._leaf = leaf
        self._prefix = prefix
        self._uses: dict[tuple[int, bool], int] = {}
        self._sizes: dict[tuple[int, bool], tuple[int, int]] = {}
        self._named: dict[tuple[int, bool], str] = {}
        self._read: set[str] = set()
        self._variables = 0
        self.statements: list[str] = []

    def settle(
        self, parts: Mapping[str, Expression], truths: Collection[bool], yes: str, no: str, more: Iterable[Rail] = ()
    ) -> None:
        """
        Take in what is to be written: some parts whole, for each of some truths, and some rails more.

        ``parts`` are in the order of writing, by the name of the variable that will be set to the text ``yes`` or
        ``no``; where one is a part of a later one, that variable is asked. To be called once, before all texts.
        """
        rails = [rail for part in parts.values() for truth in truths for rail in self._inside(part, truth)]
        for name, part in parts.items():
            self._named[(id(part), True)] = f"{name} is {yes}"
            self._named[(id(part), False)] = f"{name} is {no}"
        self._count([*rails, *more])

    def is_settled(self, part: Expression) -> bool:
        """Tell whether a variable holds the truth of a part by the time it is needed."""
        return (id(part), True) in self._named

    def conditions(self, part: Expression) -> int:
        """Give how many conditions the text of a part has."""
        return self._size(part, True)[0]

    def whole(self, part: Expression, wanted: bool, read: Set[str] = NONE) -> Written:
        """Give the text of a rail of one of the parts themselves, where no variable holds it yet."""
        inner, truth = upright(part, wanted)
        return self._written(part, wanted, read | self._read) if inner is part else self.text(inner, truth, read)

    def _inside(self, part: Expression, wanted: bool) -> Iterable[Rail]:
        rail = upright(part, wanted)
        return self._needs(*rail) if rail[0] is part else (rail,)

    def _count(self, rails: Iterable[Rail]) -> None:
        """Count how often each rail is needed for some, and how long its text will be."""
        pending = [(*upright(*rail), False) for rail in rails]
        inner_first: list[Rail] = []
        while pending:
            part, wanted, is_ready = pending.pop()
            key = (id(part), wanted)
            if key in self._named:
                continue
            if is_ready:
                inner_first.append((part, wanted))
                continue
            self._uses[key] = self._uses.get(key, 0) + 1
            if self._uses[key] == 1:
                pending.append((part, wanted, True))
                pending.extend((*upright(*rail), False) for rail in self._needs(part, wanted))
        for part, wanted in inner_first:
            needs = [self._size(*rail) for rail in self._needs(part, wanted)]
            conditions, depth = sum(size for size, _ in needs), max((depth for _, depth in needs), default=-1)
            self._sizes[(id(part), wanted)] = (max(conditions, 1), depth + 1)

    def taken(self) -> list[str]:
        """Give the statements of the variables that were needed since the last time."""
        taken, self.statements = self.statements, []
        return taken

    def text(self, part: Expression, wanted: bool, read: Set[str] = NONE) -> Written:
        """
        Give the text of a rail where some answers have been read; variables that it needs are in ``statements``.

        They are computed whatever else is decided, so what they read has been read for every text after them.
        """
        part, wanted = upright(part, wanted)
        key = (id(part), wanted)
        if key in self._named:
            return Written(self._named[key], NONE)
        if not self._is_variable(part, wanted):
            return self._written(part, wanted, read | self._read)
        written = self._written(part, wanted, frozenset(self._read))
        self._variables += 1
        self._named[key] = name = f"{self._prefix}{self._variables}"
        self.statements.append(f"{name} = {written.text}")
        self._read |= written.read
        return Written(name, NONE)

    def _size(self, part: Expression, wanted: bool) -> tuple[int, int]:
        """Give how many conditions the text of a rail has, and how deep it is."""
        part, wanted = upright(part, wanted)
        known = (id(part), wanted) in self._named or self._is_variable(part, wanted)
        return (1, 0) if known else self._sizes.get((id(part), wanted), (1, 0))

    def _is_variable(self, part: Expression, wanted: bool) -> bool:
        if isinstance(part, Compare | Among | Constant):
            return False
        key = (id(part), wanted)
        uses = self._uses.get(key, 0)
        conditions, depth = self._sizes.get(key, (1, 0))
        return depth >= _DEEPEST or (uses > 1 and uses * conditions > _MOST_WRITTEN)

    def _needs(self, part: Expression, wanted: bool) -> Iterator[Rail]:
        """Give every rail that the text of a rail reads, as often as it reads it."""
        match part:
            case And(terms=terms) | Or(terms=terms):
                yield from ((term, wanted) for term in terms)
            case ExactlyOne(terms=terms):
                yield from self._counting(terms, wanted)
            case IfThenElse(condition=condition, then=then, otherwise=otherwise):
                yield from self._branching(condition, then, otherwise, wanted)
            case Constant() | Compare() | Among():
                return
            case Not() | Named():
                raise AssertionError("upright parts are neither")
            case _:
                assert_never(part)

    def _branching(
        self, condition: Expression, then: Expression, otherwise: Expression, wanted: bool
    ) -> Iterator[Rail]:
        yield from ((condition, True), (condition, False), (then, wanted), (then, wanted))
        yield from ((otherwise, wanted), (otherwise, wanted))

    def _counting(self, terms: tuple[Expression, ...], wanted: bool) -> Iterator[Rail]:
        for term in terms:
            yield from ((term, True), (term, False))
            if 1 < len(terms) <= _FEW:
                yield from ((term, True), (term, False))

    def _written(self, part: Expression, wanted: bool, read: Set[str]) -> Written:
        match part:
            case Constant(value=value):
                return Written(repr(value is wanted), NONE)
            case Compare(question=question) | Among(question=question):
                return Written(self._leaf(part, wanted, question in read), {question})
            case And(terms=terms) | Or(terms=terms):
                word = " and " if isinstance(part, And) is wanted else " or "
                texts, first = self.in_turn([(term, wanted) for term in terms], read)
                return Written(f"({word.join(texts)})", first)
            case ExactlyOne(terms=terms):
                return self._one(terms, wanted, read)
            case IfThenElse(condition=condition, then=then, otherwise=otherwise):
                return self._branch(condition, then, otherwise, wanted, read)
            case Not() | Named():
                raise AssertionError("upright parts are neither")
            case _:
                assert_never(part)

    def in_turn(self, rails: Iterable[Rail], read: Set[str]) -> tuple[list[str], Set[str]]:
        """Give the texts of rails that are computed one after another, and what the first has read: it always is."""
        texts: list[str] = []
        first: Set[str] = NONE
        for rail in rails:
            written = self.text(*rail, read)
            first = first if texts else written.read
            read = read | written.read
            texts.append(written.text)
        return texts, first

    def _branch(
        self, condition: Expression, then: Expression, otherwise: Expression, wanted: bool, read: Set[str]
    ) -> Written:
        asked = self.text(condition, True, read)
        read = read | asked.read
        yes = self.text(then, wanted, read).text
        denied = self.text(condition, False, read)
        read = read | denied.read
        no = self.text(otherwise, wanted, read).text
        # While the condition is open, the third part of the reading decides where both branches agree.
        (first, second), _ = self.in_turn([(then, wanted), (otherwise, wanted)], read)
        return Written(f"({yes} if {asked.text} else {no} if {denied.text} else {first} and {second})", asked.read)

    def _one(self, terms: tuple[Expression, ...], wanted: bool, read: Set[str]) -> Written:
        if 1 < len(terms) <= _FEW:
            return self._only(terms, wanted, read)
        true, counted = self.summed(terms, True, read)
        false, _ = self.summed(terms, False, read | counted)
        if wanted:
            return Written(f"({true} == 1 and {false} == {len(terms) - 1})", counted)
        return Written(f"({true} > 1 or {false} == {len(terms)})", counted)

    def _only(self, terms: tuple[Expression, ...], wanted: bool, read: Set[str]) -> Written:
        """Ask whether one of a few holds alone, or surely does not, from the first to the last."""
        first, *rest = terms
        if not rest:
            return self.text(first, wanted, read)
        holds = self.text(first, True, read)
        read = read | holds.read
        others = self._all(rest, False, read) if wanted else self._any(rest, read)
        fails = self.text(first, False, read)
        read = read | fails.read
        alone = self._only(tuple(rest), wanted, read).text
        if wanted or len(rest) == 1:
            return Written(f"({others} if {holds.text} else {fails.text} and {alone})", holds.read)
        # Whatever the first may turn out to be, two others that hold are too many.
        return Written(
            f"({others} if {holds.text} else {alone} if {fails.text} else {self._all(rest, True, read)})", holds.read
        )

    def _all(self, terms: Iterable[Expression], truth: bool, read: Set[str]) -> str:
        texts, _ = self.in_turn([(term, truth) for term in terms], read)
        return f"({' and '.join(texts)})"

    def _any(self, terms: Iterable[Expression], read: Set[str]) -> str:
        texts, _ = self.in_turn([(term, True) for term in terms], read)
        return f"({' or '.join(texts)})"

    def summed(self, terms: tuple[Expression, ...], truth: bool, read: Set[str]) -> Written:
        """Give the text of how many of some terms surely have a truth; all of them are read."""
        texts: list[str] = []
        counted: Set[str] = NONE
        for term in terms:
            written = self.text(term, truth, read | counted)
            counted = counted | written.read
            texts.append(f"({written.text})")
        return Written(united(texts, "+") or "0", counted)


def upright(part: Expression, wanted: bool) -> Rail:
    """Give the same rail of a part that is no negation and no name."""
    while isinstance(part, Not | Named):
        wanted = wanted is not isinstance(part, Not)
        part = part.term
    return part, wanted
