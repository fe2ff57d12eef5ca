"""
Which answers decided an expression, as Python source: the smallest set that forces it, as a mask.

The answer that stands first in the dictionary has the lowest bit. Leaving out answers from the last one on, while the
expression stays decided, then ends with the least number among the masks of all sets that force it. So a part that
several terms can decide takes the least of their masks, and a part that needs them all takes their union.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import chain, combinations, product
from math import prod
from operator import and_, or_

from cart_screen.engines.fields import united
from cart_screen.engines.leaves import Leaf
from cart_screen.engines.rails import Rail, upright
from cart_screen.rules.expressions import (
    Among,
    And,
    Compare,
    Constant,
    ExactlyOne,
    Expression,
    IfThenElse,
    Or,
    questions_of,
)

Way = tuple[tuple[Leaf, bool], ...]

# Beyond these the source would no longer be linear in the rules; such a rule is decided by trial instead.
_MOST_TERMS_OF_ONE = 4
_MOST_PARTS = 400
_MOST_TEXT = 20_000

# So many ways are asked one after another, and so many unions of ways are compared where ways share answers.
_MOST_WAYS = 12
_MOST_UNIONS = 64

# CPython's compiler goes down a level for each condition of a chain.
_LONGEST_CHAIN = 100


class BeyondSource(Exception):
    """An expression whose deciding answers have to be found by trial."""


class DecidingSource:
    """
    The source that computes which answers force a rail.

    ``surely`` gives the text of a condition on one answer and the truth wanted, ``bits`` the bit of each question.
    A number of ``beyond`` or more means that the part has not the truth wanted. The text may call the global
    ``LEAST`` (see ``least``).
    """

    def __init__(self, surely: Callable[[Leaf, bool], str], bits: Mapping[str, int], beyond: int, prefix: str) -> None:
        self._surely = surely
        self._bits = bits
        self._beyond = beyond
        self._prefix = prefix
        self._made: dict[tuple[int, bool, int, bool], str] = {}
        self._sure: dict[tuple[int, bool], int] = {}
        self._length = 0
        self.statements: list[str] = []

    def text(self, expression: Expression, wanted: bool) -> str:
        """
        Give the text of the mask of an expression that is known to have a truth.

        Raises
        ------
        BeyondSource
            When terms that are all needed share answers in too many ways, or when the source would grow too long.
        """
        return self._mask(expression, wanted, 0, True)

    def _mask(self, part: Expression, wanted: bool, free: int, sure: bool) -> str:
        """Give the text of the mask of a rail; answers in ``free`` are in the set anyway, so they cost nothing."""
        part, wanted = upright(part, wanted)
        key = (id(part), wanted, free, sure)
        if key not in self._made:
            if len(self._made) > _MOST_PARTS:
                raise BeyondSource
            self._made[key] = self._written(part, wanted, free, sure)
        return self._made[key]

    def _written(self, part: Expression, wanted: bool, free: int, sure: bool) -> str:
        flat = self._flat([(part, wanted)])
        if flat is not None:
            return self._first(flat, free, sure)
        ways = list(_ways(part, wanted))
        if len(ways) == 1:
            return self._together(ways[0], free, sure)
        flats = {place: flat for place, way in enumerate(ways) if (flat := self._flat(way)) is not None}
        least = [self._first(list(chain.from_iterable(flats.values())), free, False)] if flats else []
        least += [self._together(way, free, False) for place, way in enumerate(ways) if place not in flats]
        return least[0] if len(least) == 1 else self._variable(f"min({', '.join(least)})")

    def _flat(self, rails: Sequence[Rail]) -> list[Way] | None:
        """Give every way in which rails come about together, or None where there are too many to write them out."""
        try:
            return self._alternatives(rails, _MOST_WAYS)
        except BeyondSource:
            return None

    def _first(self, ways: list[Way], free: int, sure: bool) -> str:
        """Give the mask of the first way that holds, the least masks first."""
        tests: dict[str, int] = {}
        for way in ways:
            test = " and ".join(dict.fromkeys(self._surely(leaf, wanted) for leaf, wanted in way)) or "True"
            mask = self._mask_of(way) & ~free
            tests[test] = min(mask, tests.get(test, mask))
        ordered = sorted(tests.items(), key=lambda one: one[1])
        last = ordered.pop()[1] if sure and ordered else self._beyond
        # From the end on, a way that gives what stands after it anyway needs no test.
        while ordered and ordered[-1][1] == last:
            ordered.pop()
        if not ordered:
            return str(last)
        chains = [ordered[start : start + _LONGEST_CHAIN] for start in range(0, len(ordered), _LONGEST_CHAIN)]
        *before, chain_of_last = ["(" + "".join(f"{mask} if {test} else " for test, mask in chain) for chain in chains]
        if not before:
            return f"{chain_of_last}{last})"
        found = [self._variable(f"{chain}{self._beyond})") for chain in before]
        return self._variable(f"min({', '.join(found)}, {chain_of_last}{last}))")

    def _together(self, rails: tuple[Rail, ...], free: int, sure: bool) -> str:
        """Give the text of the union of rails that are all needed."""
        given = free
        for rail in rails:
            given |= self._certain(*rail)
        texts: list[str] = []
        simple = [rail for rail in rails if isinstance(upright(*rail)[0], Compare | Among | Constant)]
        if simple:
            texts.append(self._first(self._alternatives(simple, 1), free, sure))
        for sharing in self._sharing([rail for rail in rails if rail not in simple], given):
            if len(sharing) > 1:
                texts.append(self._least(sharing, given, free))
            else:
                (rail,) = sharing
                # What the rail itself is certain to need is counted here, and costs nothing in the others.
                texts.append(self._mask(*rail, given & ~self._certain(*rail) | free, sure))
        numbers = [int(text) for text in texts if text.isdigit()]
        others = list(dict.fromkeys(text for text in texts if not text.isdigit()))
        if any(numbers) or not others:
            others.append(str(_union(numbers)))
        return others[0] if len(others) == 1 else self._variable(united(others, "|"))

    def _sharing(self, rails: Sequence[Rail], given: int) -> list[list[Rail]]:
        """Give the rails in groups, those together that share an answer which one of them could do without."""
        groups: list[tuple[int, list[Rail]]] = []
        for rail in rails:
            reach, group = self._reach(rail[0]) & ~given, [rail]
            for other in [other for other in groups if other[0] & reach]:
                groups.remove(other)
                reach, group = reach | other[0], [*other[1], *group]
            groups.append((reach, group))
        return [group for _, group in groups]

    def _least(self, rails: list[Rail], given: int, free: int) -> str:
        """Give the text of the least union of one way of each rail, the ways written out."""
        own = _union(self._certain(*rail) for rail in rails)
        flat = self._flat(rails)
        if flat is not None:
            return self._first(flat, given & ~own | free, False)
        every = [self._alternatives([rail], _MOST_UNIONS) for rail in rails]
        if prod(map(len, every)) > _MOST_UNIONS:
            raise BeyondSource
        groups = []
        for ways in every:
            tests = [" and ".join(self._surely(leaf, wanted) for leaf, wanted in way) or "True" for way in ways]
            masks = [self._mask_of(way) & ~given for way in ways]
            said = (f"{mask} if {test} else {self._beyond}, " for mask, test in zip(masks, tests, strict=True))
            groups.append(f"({''.join(said)})")
        # What all of them need was left out of the masks, to be counted once.
        return self._variable(f"LEAST({self._beyond}, {', '.join(groups)}) | {own & ~free}")

    def _alternatives(self, rails: Sequence[Rail], most: int) -> list[Way]:
        """
        Give every way in which rails come about together, as conditions on single answers.

        Raises
        ------
        BeyondSource
            When there are more than ``most``.
        """
        every = [self._ways_of(*rail, most) for rail in rails]
        if prod(map(len, every)) > most:
            raise BeyondSource
        return [tuple(chain.from_iterable(one)) for one in product(*every)]

    def _ways_of(self, part: Expression, wanted: bool, most: int) -> list[Way]:
        part, wanted = upright(part, wanted)
        if isinstance(part, Constant):
            return [()] if part.value is wanted else []
        if isinstance(part, Compare | Among):
            return [((part, wanted),)]
        found: list[Way] = []
        for rails in _ways(part, wanted):
            found += self._alternatives(rails, most)
            if len(found) > most:
                raise BeyondSource
        return found

    def _mask_of(self, way: Way) -> int:
        return _union(self._bits[leaf.question] for leaf, _ in way)

    def _certain(self, part: Expression, wanted: bool) -> int:
        """Give the mask of the answers that are in every set which forces a rail."""
        part, wanted = upright(part, wanted)
        if isinstance(part, Constant):
            return 0
        if isinstance(part, Compare | Among):
            return self._bits[part.question]
        key = (id(part), wanted)
        if key not in self._sure:
            ways = (_union(self._certain(*rail) for rail in way) for way in _ways(part, wanted))
            self._sure[key] = reduce(and_, ways, -1) & (self._beyond - 1)
        return self._sure[key]

    def _reach(self, part: Expression) -> int:
        return _union(self._bits[question] for question in questions_of(part))

    def _variable(self, text: str) -> str:
        self._length += len(text)
        if self._length > _MOST_TEXT:
            raise BeyondSource
        name = f"{self._prefix}{len(self.statements)}"
        self.statements.append(f"{name} = {text}")
        return name


def _ways(part: Expression, wanted: bool) -> Iterator[tuple[Rail, ...]]:
    """Give every way in which a part comes to a truth: rails that together force it."""
    match part:
        case And(terms=terms) | Or(terms=terms):
            if isinstance(part, And) is wanted:
                yield tuple((term, wanted) for term in terms)
            else:
                yield from (((term, wanted),) for term in terms)
        case IfThenElse(condition=condition, then=then, otherwise=otherwise):
            yield ((condition, True), (then, wanted))
            yield ((condition, False), (otherwise, wanted))
            yield ((then, wanted), (otherwise, wanted))
        case ExactlyOne(terms=terms):
            if len(terms) > _MOST_TERMS_OF_ONE:
                raise BeyondSource
            if wanted:
                for place in range(len(terms)):
                    yield tuple((term, other == place) for other, term in enumerate(terms))
            else:
                yield from (((one, True), (other, True)) for one, other in combinations(terms, 2))
                yield tuple((term, False) for term in terms)
        case _:
            raise AssertionError("a condition on one answer is forced by that answer")


def least(beyond: int, first: tuple[int, ...], *groups: tuple[int, ...]) -> int:
    """Give the least union of one mask of each group; a mask of ``beyond`` cannot be taken."""
    unions = [mask for mask in first if mask < beyond]
    for group in groups:
        unions = [union | mask for mask in group if mask < beyond for union in unions]
    return min(unions, default=beyond)


def _union(masks: Iterable[int]) -> int:
    return reduce(or_, masks, 0)
