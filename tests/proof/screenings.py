"""
Whole screenings: what they say by the specification, written down once more from the statuses alone, and by engines.

``possible`` and ``conflicts`` are in the set's order, ``findings`` are the statuses of the five, ``resolved`` the
known derived answers. What an engine does not say is None.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from cart_screen import Answers, screen
from cart_screen.answers.absent import AbsentReason
from cart_screen.answers.scalars import Scalar
from cart_screen.findings import reasons
from cart_screen.model import LABEL, CriteriaSet, CriterionId, Indication
from cart_screen.rules.reasons import awaited, because, named_parts
from cart_screen.rules.reference import Record, evaluate
from cart_screen.truth import Truth

_WORDS = {Truth.TRUE: "met", Truth.UNKNOWN: "unknown", Truth.FALSE: "not-met"}
_LADDER = ("discuss-match", "discuss-label-match", "discuss-review", "discuss-incomplete", "discuss-alternatives")
_CLOSENESS = ("met", "unknown", "not-met")

Statuses = Mapping[str, str]


class Screened(NamedTuple):
    """What is said of one set of answers; see the module for each part."""

    guidance: str
    findings: Statuses
    statuses: Mapping[str, Statuses]
    possible: tuple[str, ...]
    closest: str | None
    conflicts: tuple[str, ...]
    urgency: str | None
    resolved: Mapping[str, Scalar]
    points: Mapping[tuple[str, str], tuple[Any, ...]] | None = None


def specified(answers: Answers, criteria: CriteriaSet, day: date) -> Screened:
    """Give what must be said, by the reference evaluator and the rules of findings and guidance."""
    chosen = criteria.on(day)
    reading = chosen.reading
    record = reading.resolve(answers)
    outcomes = {one.id: (one, _statuses(one, record)) for one in chosen.in_force(day)}
    possible = tuple(id for id, (_, found) in outcomes.items() if found["approved-cancer-type"] != "not-met")
    given = {**record, **answers.values}
    conflicts = tuple(id for id, stands in reading.conflicts.items() if evaluate(stands, given) is Truth.TRUE)
    closest = min(possible, key=lambda one: _distance(outcomes[one][1]), default=None)
    rungs = [_LADDER.index(_rung(found)) for _, found in outcomes.values()]
    return Screened(
        guidance="discuss-no-criteria" if not outcomes else _LADDER[3] if conflicts else _LADDER[min(rungs)],
        findings=_findings(chosen, record, outcomes, possible, closest),
        statuses={id: found for id, (_, found) in outcomes.items()},
        possible=possible,
        closest=closest,
        conflicts=conflicts,
        urgency=next((key for key, holds in reading.urgency.items() if evaluate(holds, record) is Truth.TRUE), None),
        resolved={id: record[id] for id in reading.derivations if id in record},
        points={
            (indication.id, id): _point(criterion.requirement, record, chosen)
            for indication, _ in outcomes.values()
            for id, criterion in indication.criteria.items()
        },
    )


def screened(answers: Answers, criteria: CriteriaSet, day: date) -> Screened:
    """Give what ``screen`` says."""
    screening = screen(answers, criteria, day)
    facts = screening.facts
    chosen = criteria.on(day)
    points = {}
    for outcome in screening.indications:
        for id, criterion in outcome.indication.criteria.items():
            finding = facts.finding(criterion)
            keys = tuple(reason.key for reason in finding.reasons)
            points[outcome.indication.id, id] = (finding.status, tuple(finding.because), finding.awaiting, keys)
    return Screened(
        guidance=screening.guidance.code,
        findings={id: finding.status for id, finding in screening.findings.items()},
        statuses={outcome.indication.id: dict(outcome.statuses) for outcome in screening.indications},
        possible=tuple(outcome.indication.id for outcome in facts.possible),
        closest=facts.closest.indication.id if facts.closest else None,
        conflicts=screening.conflicts,
        urgency=facts.urgency,
        resolved={id: facts.resolved[id] for id in chosen.reading.derivations if id in facts.resolved},
        points=points,
    )


def screened_columns(
    answers: Sequence[Answers],
    criteria: CriteriaSet,
    day: date,
    frame_of: Callable[[Mapping[str, tuple[str, list[Any]]]], Any],
    rows_of: Callable[[Any], list[dict[str, Any]]],
) -> list[Screened]:
    """Give what the column engine says of many; a question that is absent for a reason is a null there."""
    from cart_screen.engines.columns.screening import Part, screen_columns

    chosen = criteria.on(day)
    row = "number of the row"
    columns: dict[str, tuple[str, list[Any]]] = {row: ("integer", list(range(len(answers))))}
    for id in dict.fromkeys(id for one in answers for id in (*one.values, *one.absent)):
        kind = chosen.reading.dictionary.questions[id].kind
        columns[id] = ("number" if kind == "integer" else kind, [one.values.get(id) for one in answers])
    rows = rows_of(screen_columns(frame_of(columns), criteria, day, tuple(Part)))
    in_force = [indication.id for indication in chosen.in_force(day)]
    return [_of_row(found, in_force, chosen) for found in sorted(rows, key=lambda found: found[row])]


def as_in_columns(answers: Sequence[Answers]) -> list[Answers]:
    """Give the answers as a frame can say them: where one person has an answer, the others were asked for it."""
    ids = dict.fromkeys(id for one in answers for id in (*one.values, *one.absent))
    return [
        Answers(one.values, {id: AbsentReason.ASKED_UNKNOWN for id in ids if id not in one.values}) for one in answers
    ]


def _of_row(row: Mapping[str, Any], in_force: Sequence[str], criteria: CriteriaSet) -> Screened:
    return Screened(
        guidance=row["guidance"],
        findings={id: row[f"finding/{id}"] for id in CriterionId} if in_force else {},
        statuses={one: {id: row[f"status/{one}/{id}"] for id in CriterionId} for one in in_force},
        possible=tuple(row["possible"]),
        closest=row["closest"],
        conflicts=tuple(row["conflicts"]),
        urgency=row["urgency"],
        resolved={id: row[f"derived/{id}"] for id in criteria.reading.derivations if row[f"derived/{id}"] is not None},
    )


def _statuses(indication: Indication, record: Record) -> dict[str, str]:
    return {
        id: _WORDS[evaluate(criterion.requirement, record)]
        for id, criterion in ((id, indication.criteria[id]) for id in CriterionId)
    }


def _rung(statuses: Statuses) -> str:
    label = {statuses[id] for id in LABEL}
    rest = {statuses[id] for id in CriterionId if id not in LABEL}
    if label == {"met"}:
        return _LADDER[0] if rest == {"met"} else _LADDER[2] if "not-met" in rest else _LADDER[1]
    return _LADDER[4] if "not-met" in label else _LADDER[3]


def _distance(statuses: Statuses) -> tuple[int, ...]:
    return (_LADDER.index(_rung(statuses)), *(_CLOSENESS.index(statuses[id]) for id in CriterionId))


def _findings(
    criteria: CriteriaSet,
    record: Record,
    outcomes: Mapping[str, tuple[Indication, Statuses]],
    possible: Sequence[str],
    closest: str | None,
) -> Statuses:
    if not outcomes:
        return {}
    if closest is None:
        general = {id: _WORDS[evaluate(one.requirement, record)] for id, one in criteria.general.items()}
        return {id: general.get(id, "not-met") for id in CriterionId}
    if len({outcomes[id][0].disease for id in possible}) == 1:
        return outcomes[closest][1]
    found = {id: {outcomes[one][1][id] for one in possible} for id in CriterionId}
    return {id: next(iter(said)) if len(said) == 1 else "unknown" for id, said in found.items()}


def _point(requirement: Any, record: Record, criteria: CriteriaSet) -> tuple[Any, ...]:
    truth = evaluate(requirement, record)
    named = reasons(named_parts(requirement, record, truth))
    deciding = tuple(because(requirement, record, criteria.reading))
    return _WORDS[truth], deciding, awaited(requirement, record, criteria.reading), tuple(one.key for one in named)
