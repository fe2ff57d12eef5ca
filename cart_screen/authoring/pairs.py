"""What two expressions can come out as together, as sets of pairs of truths, while some answers are open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import product
from typing import assert_never

from cart_screen.authoring.overlay import Apart, Asked, Branch, Fixed, Joint, Many, Node, Pair, Turned, questions_under
from cart_screen.truth import Truth, if_then_else

Pairs = frozenset[Pair]
Worth = dict[Node, Pairs]

EVERY: Pairs = frozenset(product(Truth, Truth))

# Few different sets of pairs come up, again and again.
_KEPT = 1 << 14


def read(node: Node, asked: Callable[[Asked], Pairs], worth: Worth) -> Pairs:
    """Give the pairs that a tree can come out as, and note those of every part in ``worth``."""
    match node:
        case Fixed(pair=pair):
            found = frozenset({pair})
        case Asked():
            found = asked(node)
        case Apart() | Turned() | Many() | Branch():
            found = _combined(node, tuple([read(part, asked, worth) for part in node.parts]))
        case _:
            assert_never(node)
    worth[node] = found
    return found


def undecided(node: Node, worth: Worth) -> Iterator[str]:
    """Give the questions that a tree still depends on, first those of parts that can come out unequal."""
    if len(worth[node]) == 1:
        return
    match node:
        case Fixed():
            return
        case Asked(question=question):
            yield question
        case Apart(parts=parts) | Turned(parts=parts) | Many(parts=parts) | Branch(parts=parts):
            for part in sorted(parts, key=lambda part: _is_equal(worth[part])):
                yield from undecided(part, worth)
        case _:
            assert_never(node)


def at_fault(node: Node, wanted: Pairs, worth: Worth, first: Worth) -> Iterator[str]:
    """
    Give questions on which it rests that a tree can come out as none of the wanted pairs.

    ``worth`` is what its parts can come out as now, ``first`` what they could before anything was answered.
    One part alone is named where it is enough.
    """
    match node:
        case Fixed():
            return
        case Asked(question=question):
            yield question
        case Turned(sides=sides, parts=(part,)):
            yield from at_fault(part, _turned(sides, wanted), worth, first)
        case Apart(parts=parts) | Many(parts=parts) | Branch(parts=parts):
            for place, part in enumerate(parts):
                allowed = frozenset(
                    pair for pair in EVERY if _combined(node, _with(first, parts, place, pair)) & wanted
                )
                if not allowed & worth[part]:
                    yield from at_fault(part, allowed, worth, first)
                    return
            yield from questions_under(node)
        case _:
            assert_never(node)


def _with(first: Worth, parts: tuple[Node, ...], place: int, pair: Pair) -> tuple[Pairs, ...]:
    return tuple([frozenset({pair}) if other == place else first[part] for other, part in enumerate(parts)])


def _is_equal(pairs: Pairs) -> bool:
    return all(left is right for left, right in pairs)


@lru_cache(_KEPT)
def _combined(node: Apart | Turned | Many | Branch, parts: tuple[Pairs, ...]) -> Pairs:
    match node:
        case Apart():
            return frozenset((one, other) for (one, _), (_, other) in product(*parts))
        case Turned(sides=sides):
            return _turned(sides, parts[0])
        case Branch():
            return frozenset(
                (if_then_else(c[0], t[0], e[0]), if_then_else(c[1], t[1], e[1])) for c, t, e in product(*parts)
            )
        case Many(sides=(left, right)):
            states: _States = frozenset({((), ())})
            for pairs in parts:
                states = _step(node.sides, states, pairs)
            return frozenset((left.of(seen), right.of(others)) for seen, others in states)
        case _:
            assert_never(node)


def _turned(sides: tuple[bool, bool], pairs: Pairs) -> Pairs:
    return frozenset((~one if sides[0] else one, ~other if sides[1] else other) for one, other in pairs)


_States = frozenset[tuple[tuple[Truth, ...], tuple[Truth, ...]]]


@lru_cache(_KEPT)
def _step(sides: tuple[Joint, Joint], states: _States, pairs: Pairs) -> _States:
    left, right = sides
    return frozenset(
        (left.after(seen, one), right.after(others, other)) for seen, others in states for one, other in pairs
    )
