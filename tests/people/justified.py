"""
Which questions can matter by Kleene awaiting, worked out anew beside the questionnaire's own code.

Only the reference evaluator and the declared criteria are used; the ladder is written once more, as the design
states it. A point of an indication that several share is one point with one status here, so that this is at least
as strict as any reading that takes statuses one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from enum import IntEnum
from functools import cache
from itertools import product

from cart_screen.model import LABEL, CriteriaSet, CriterionId, Indication
from cart_screen.rules.expressions import Expression
from cart_screen.rules.reasons import awaited, in_order
from cart_screen.rules.reference import Record, evaluate
from cart_screen.truth import Truth


class Rung(IntEnum):
    """How far an indication stands, the best first."""

    MATCH = 0
    LABEL_MATCH = 1
    REVIEW = 2
    INCOMPLETE = 3
    ALTERNATIVES = 4


# What makes most of the difference first, so that a search ends soon.
_BEST_FIRST = (Truth.TRUE, Truth.UNKNOWN, Truth.FALSE)


@cache
def rung_of(truths: tuple[Truth, ...]) -> Rung:
    """Give the rung of an indication, from what its five points are worth in their order."""
    label, others = truths[: len(LABEL)], truths[len(LABEL) :]
    if all(truth is Truth.TRUE for truth in label):
        if all(truth is Truth.TRUE for truth in others):
            return Rung.MATCH
        return Rung.REVIEW if Truth.FALSE in others else Rung.LABEL_MATCH
    return Rung.ALTERNATIVES if Truth.FALSE in label else Rung.INCOMPLETE


class Mattering:
    """
    The indications in force on a day, and what their points await.

    A point that waits for nothing which can still be learned keeps its status; any other one may come out in any
    way. A rung never falls when a point gets better, so it is enough to look at each indication with all points
    outside it at their worst.
    """

    def __init__(self, criteria: CriteriaSet, indications: Sequence[Indication]) -> None:
        self._reading = criteria.reading
        self._points: dict[int, Expression] = {}
        self._indications: list[tuple[int, ...]] = []
        self._known: dict[tuple[tuple[Truth, ...], frozenset[int]], frozenset[int]] = {}
        for indication in indications:
            bare = [indication.criteria[point].bare for point in CriterionId]
            self._points |= {id(one): one for one in bare}
            self._indications.append(tuple(map(id, bare)))

    def awaiting(self, record: Record, may_learn: Callable[[str], bool]) -> tuple[str, ...]:
        """Give every question that can change the best rung, where only some can still be learned."""
        now = {key: evaluate(point, record) for key, point in self._points.items()}
        waiting = {
            key: {id for id in awaited(self._points[key], record, self._reading) if may_learn(id)}
            for key, truth in now.items()
            if truth is Truth.UNKNOWN
        }
        waiting = {key: questions for key, questions in waiting.items() if questions}
        found: set[str] = set()
        for key in self._pivotal(now, waiting):
            found |= waiting[key]
        return in_order(found, self._reading)

    def _pivotal(self, now: Mapping[int, Truth], waiting: Collection[int]) -> frozenset[int]:
        """Give the open points on which the best rung can depend."""
        key = (tuple(now.values()), frozenset(waiting))
        if key not in self._known:
            worst = {point: Truth.FALSE if point in waiting else truth for point, truth in now.items()}
            self._known[key] = frozenset(self._searched(worst, waiting))
        return self._known[key]

    def _searched(self, worst: Mapping[int, Truth], waiting: Collection[int]) -> Iterator[int]:
        for indication in self._indications:
            open_now = tuple(key for key in dict.fromkeys(indication) if key in waiting)
            for point in open_now:
                if self._is_pivotal(point, open_now, worst):
                    yield point

    def _is_pivotal(self, point: int, open_now: Sequence[int], worst: Mapping[int, Truth]) -> bool:
        """Tell whether the best rung can depend on a point, with the open points of one indication in every way."""
        touched = [points for points in self._indications if not set(open_now).isdisjoint(points)]
        others = [key for key in open_now if key != point]
        untouched = (points for points in self._indications if points not in touched)
        at_most = min((_rung(points, worst) for points in untouched), default=Rung.ALTERNATIVES)
        for truths in product(_BEST_FIRST, repeat=len(others)):
            now = {**worst, **dict(zip(others, truths, strict=True))}
            best = (min(_rung(points, now | {point: truth}) for points in touched) for truth in _BEST_FIRST)
            if len({min(at_most, rung) for rung in best}) > 1:
                return True
        return False


def _rung(points: Sequence[int], truths: Mapping[int, Truth]) -> Rung:
    return rung_of(tuple([truths[point] for point in points]))
