"""Which questions can still change the guidance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from cart_screen.engines.standings import Standing
from cart_screen.ladder import Outlooks, Status, Statuses, can_depend, reachable
from cart_screen.model import CriterionId
from cart_screen.rules.reasons import in_order
from cart_screen.screening import Facts
from cart_screen.truth import Truth

_PLACES = range(len(CriterionId))


def awaiting(facts: Facts, may_learn: Callable[[str], bool] | None = None) -> tuple[str, ...]:
    """
    Give the unknown questions that can still change the guidance's code, in dictionary order.

    Where it is given, ``may_learn`` says which unknown answers can still come to be known; a criterion that waits
    only for others stays open, and what depends on it can no longer matter. A status matters where some
    outcome of the open ones makes the best rung of all indications depend on it. Statuses are taken
    as independent, so nothing that matters is left out; an indication that cannot come to stand
    higher than another one is passed over.

    While a conflict stands nothing is awaited: the guidance asks to settle it first.
    """
    if facts.conflicts:
        return ()
    looked_at = []
    for standing in facts.standings.leading:
        waiting = _waiting(facts, standing, may_learn)
        looked_at.append((standing.met, standing.unknown, sum(waiting), waiting))
    sure = min([_lowest(met, unknown, learnable) for met, unknown, learnable, _ in looked_at], default=0)
    found: set[str] = set()
    for met, unknown, learnable, waiting in looked_at:
        deciding = _deciding(met, unknown, learnable, sure)
        for point, questions in waiting.items():
            if deciding & point:
                found.update(questions)
    return in_order(found, facts.criteria.reading)


def worth_finding(facts: Facts, questions: Sequence[str]) -> tuple[str, ...]:
    """
    Give those of some awaited questions that a person would look up.

    A question that is only read in place of a better one is left out while the better one is there,
    unless a label criterion reads it by itself; so is one that is not asked for in this situation.
    """
    known = facts.criteria.reading.dictionary.questions
    kept = {id for id in questions if known[id].asked != "never" and facts.asking(id) is Truth.TRUE}
    spared: set[str] = set()
    for better, poorer in facts.poorer:
        if not better.isdisjoint(kept):
            spared |= poorer
    return tuple(id for id in questions if id in kept and id not in spared)


def _waiting(facts: Facts, standing: Standing, may_learn: Callable[[str], bool] | None) -> dict[int, tuple[str, ...]]:
    """Give what each open point of an indication waits for, by its bit, where it waits for anything."""
    found = {point: facts.awaited(criterion) for point, criterion in standing.open}
    if may_learn is not None:
        found = {point: tuple(filter(may_learn, questions)) for point, questions in found.items()}
    return {point: questions for point, questions in found.items() if questions}


# Points are bits in the order of the five here. There are few ways in which they can stand, each looked at once.


@cache
def _lowest(met: int, unknown: int, learnable: int) -> int:
    """Give the lowest rung on which an indication can still end, of whose unknown points some may become known."""
    return max(reachable(_outlooks(met, unknown, learnable)))


@cache
def _deciding(met: int, unknown: int, learnable: int, sure: int) -> int:
    """Give those points on which an indication's rung can still depend, where it is better than a sure one."""
    outlooks = _outlooks(met, unknown, learnable)
    places = [place for place in _PLACES if learnable >> place & 1]
    return sum(1 << place for place in places if can_depend(outlooks, place, sure))


def _outlooks(met: int, unknown: int, learnable: int) -> Outlooks:
    """Give what each status can still become: one that may become known anything, another one what it is."""

    def outlook(place: int) -> Statuses:
        if learnable >> place & 1:
            return tuple(Status)
        if met >> place & 1:
            return (Status.MET,)
        return (Status.UNKNOWN if unknown >> place & 1 else Status.NOT_MET,)

    return tuple(map(outlook, _PLACES))
