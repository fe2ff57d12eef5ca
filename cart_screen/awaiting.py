"""Which questions can still change the guidance."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cart_screen.findings import Outcome
from cart_screen.ladder import Outlooks, Status, Statuses, can_depend, reachable
from cart_screen.model import LABEL, CriterionId
from cart_screen.rules.expressions import questions_of, questions_of_value
from cart_screen.rules.reasons import in_order
from cart_screen.rules.reference import evaluate
from cart_screen.screening import Facts
from cart_screen.truth import Truth

_ANY = tuple(Status)


def awaiting(facts: Facts, may_learn: Callable[[str], bool] = lambda question: True) -> tuple[str, ...]:
    """
    Give the unknown questions that can still change the guidance's code, in dictionary order.

    ``may_learn`` says which unknown answers can still come to be known; a criterion that waits only
    for others stays open, and what depends on it can no longer matter. A status matters where some
    outcome of the open ones makes the best rung of all indications depend on it. Statuses are taken
    as independent, so nothing that matters is left out; an indication that cannot come to stand
    higher than another one is passed over.

    While a conflict stands nothing is awaited: the guidance asks to settle it first.
    """
    if facts.conflicts:
        return ()
    leading = _leading(facts.outcomes)
    waiting = [
        tuple(tuple(filter(may_learn, facts.awaited(outcome.indication.criteria[id]))) for id in CriterionId)
        for outcome in leading
    ]
    open_now = [_outlooks(outcome.in_turn, parts) for outcome, parts in zip(leading, waiting, strict=True)]
    sure = min((max(reachable(outlooks)) for outlooks in open_now), default=0)
    found: set[str] = set()
    for outlooks, parts in zip(open_now, waiting, strict=True):
        for place, part in enumerate(parts):
            if part and can_depend(outlooks, place, sure):
                found.update(part)
    return in_order(found, facts.criteria.reading)


def worth_finding(facts: Facts, questions: Sequence[str]) -> tuple[str, ...]:
    """
    Give those of some awaited questions that a person would look up.

    A question that is only read in place of a better one is left out while the better one is there,
    unless a label criterion reads it by itself; so is one that is not asked for in this situation.
    """
    kept = {id for id in questions if _is_asked_now(facts, id)}
    labels = (outcome.indication.criteria[id] for outcome in facts.outcomes for id in LABEL)
    direct = {question for criterion in labels for question in questions_of(criterion.bare)}
    spared: set[str] = set()
    for derivation in facts.criteria.reading.derivations.values():
        better: set[str] = set()
        for source in derivation.sources:
            read = set(questions_of_value(source.value)) - better
            if better & kept:
                spared |= {id for id in read if id not in direct or id == derivation.question}
            better |= read
    return tuple(id for id in questions if id in kept - spared)


def _is_asked_now(facts: Facts, id: str) -> bool:
    reading = facts.criteria.reading
    condition = reading.ask_if.get(id)
    asked = condition is None or evaluate(condition, facts.resolved) is Truth.TRUE
    return asked and reading.dictionary.questions[id].asked != "never"


def _leading(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Leave out every indication that can never stand higher than one that is kept."""
    leading: list[Outcome] = []
    for outcome in outcomes:
        if not any(_never_lower(other, outcome) for other in leading):
            leading = [other for other in leading if not _never_lower(outcome, other)]
            leading.append(outcome)
    return leading


def _never_lower(first: Outcome, second: Outcome) -> bool:
    """Tell whether the first always stands at least as high: each point is met, or is the same point."""
    return all(
        first.statuses[id] is Status.MET or first.indication.criteria[id].bare is second.indication.criteria[id].bare
        for id in CriterionId
    )


def _outlooks(statuses: Statuses, waiting: Sequence[Sequence[str]]) -> Outlooks:
    """Give what each status can still become: one that waits for something anything, another one what it is."""
    return tuple(_ANY if part else (status,) for status, part in zip(statuses, waiting, strict=True))
