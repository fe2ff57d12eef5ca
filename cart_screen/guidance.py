"""Guidance: what to do next, from facts. It is always a conversation with a specialist."""

from __future__ import annotations

from enum import StrEnum

from cart_screen.findings import Outcome, Reason
from cart_screen.ladder import RUNGS, Code, Status
from cart_screen.model import LABEL, CriterionId, Indication
from cart_screen.nouns import field, noun, replace
from cart_screen.screening import Facts
from cart_screen.truth import Truth


class Because(StrEnum):
    """Why the guidance is *incomplete* or *alternatives*."""

    CONFLICT = "conflict"
    TYPE = "type"
    DISEASE = "disease"
    AGE = "age"
    NOT_NOW = "not-now"
    NEAR = "near"
    NEAR_TYPE_OPEN = "near-type-open"


_NEAR = (Because.NEAR, Because.NEAR_TYPE_OPEN)


@noun
class Guidance:
    """
    What to do next.

    ``because`` says why guidance is incomplete or about alternatives. ``urgency``, a key of words that the
    dictionary declares, stands above it.
    ``points`` are the named conditions that it speaks of: what a specialist weighs (review), what is
    missing (near), or what was weighed already (incomplete). ``lines_up`` are the indications whose
    label lines up, named only where one disease is left; ``may_line_up`` says that more of them may.
    """

    code: Code
    because: Because | None = None
    urgency: str | None = None
    points: tuple[Reason, ...] = ()
    conflicts: tuple[str, ...] = ()
    lines_up: tuple[Indication, ...] = field(default=(), repr=False)
    may_line_up: bool = False


def guide(facts: Facts) -> Guidance:
    """Give the guidance that the facts lead to."""
    urgency = facts.urgency
    if not facts.outcomes:
        return Guidance(Code.NO_CRITERIA, urgency=urgency, conflicts=facts.conflicts)
    if facts.conflicts:
        return Guidance(Code.INCOMPLETE, Because.CONFLICT, urgency, conflicts=facts.conflicts)
    code, highest = RUNGS[facts.standings.best], facts.standings.highest
    match code:
        case Code.ALTERNATIVES:
            because = _why_alternatives(facts)
            return Guidance(code, because, urgency, _missing(facts) if because in _NEAR else ())
        case Code.REVIEW:
            return _lining_up(facts, Guidance(code, None, urgency, _against(facts)))
        case Code.INCOMPLETE:
            because_type = Because.TYPE if all(_is_type_open(facts, outcome) for outcome in highest) else None
            return Guidance(code, because_type, urgency, _against(facts))
        case _:
            return _lining_up(facts, Guidance(code, None, urgency))


def _lining_up(facts: Facts, guidance: Guidance) -> Guidance:
    """Add the indications that line up; none while more than one disease is possible."""
    if not facts.names_product:
        return guidance
    return replace(guidance, lines_up=facts.standings.lines_up, may_line_up=facts.standings.may_line_up)


def _why_alternatives(facts: Facts) -> Because:
    if not facts.possible:
        return Because.AGE if facts.age_alone else Because.DISEASE
    if facts.active_disease is Truth.FALSE or facts.says_untreated:
        return Because.NOT_NOW
    named = any(outcome.statuses[CriterionId.APPROVED_CANCER_TYPE] is Status.MET for outcome in facts.possible)
    return Because.NEAR if named else Because.NEAR_TYPE_OPEN


def _is_type_open(facts: Facts, outcome: Outcome) -> bool:
    """Tell whether the cancer type waits for what the cancer is, not only for the age or a safety question."""
    dictionary = facts.criteria.reading.dictionary
    waiting = facts.awaited(outcome.indication.criteria[CriterionId.APPROVED_CANCER_TYPE])
    return any(id != dictionary.age and not dictionary.questions[id].safety for id in waiting)


def _against(facts: Facts) -> tuple[Reason, ...]:
    """Give what stands against fitness or organ function in the closest of the indications on the highest rung."""
    closest = min(facts.standings.highest, key=lambda outcome: outcome.distance)
    found: dict[str, Reason] = {}
    for id in (CriterionId.FITNESS, CriterionId.ORGAN_FUNCTION):
        for reason in facts.reasons_against(closest, id):
            found.setdefault(reason.key, reason)
    return tuple(found.values())


def _missing(facts: Facts) -> tuple[Reason, ...]:
    """Give what the closest possible indications lack in their label; those equally close are all named."""
    assert facts.closest is not None, "near is said only where an indication is possible"
    found: dict[str, Reason] = {}
    for outcome in facts.possible:
        if outcome.in_turn == facts.closest.in_turn:
            for id in LABEL:
                for reason in facts.reasons_against(outcome, id):
                    found.setdefault(reason.key, reason)
    return tuple(found.values())
