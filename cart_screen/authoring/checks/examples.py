"""Checks of the examples that a document brings."""

from __future__ import annotations

from collections.abc import Iterator

from cart_screen.authoring.checks.check import Check, Found, Severity
from cart_screen.authoring.checks.material import Material
from cart_screen.authoring.checks.stated import Example, Stated
from cart_screen.ladder import Status
from cart_screen.rules.expressions import questions_of
from cart_screen.rules.reference import evaluate
from cart_screen.truth import Truth

_STATUS = {Truth.TRUE: Status.MET, Truth.UNKNOWN: Status.UNKNOWN, Truth.FALSE: Status.NOT_MET}


def _wrong(material: Material) -> Iterator[Found]:
    by_document: dict[str, list[Stated]] = {}
    for stated in material.stated:
        by_document.setdefault(stated.document, []).append(stated)
    for document, criteria in by_document.items():
        for example in criteria[0].examples:
            for found in _problems(example, {stated.id: stated for stated in criteria}):
                yield Found(document, *found)


def _problems(example: Example, criteria: dict[str, Stated]) -> Iterator[tuple[str, str, str]]:
    if example.record is None:
        for problem in example.problems:
            yield f"{example.pointer}/answers", problem, "give answers that the dictionary allows"
        return
    for id, expected in example.expect.items():
        if id not in criteria:
            yield f"{example.pointer}/expect/{id}", f"{id}, which this document does not state", "remove it"
        elif criteria[id].sound:
            status = _STATUS[evaluate(criteria[id].expression, example.record)]
            if status != expected:
                todo = f"expect {status} if the condition is right, or correct the condition"
                yield f"{example.pointer}/expect/{id}", f"{expected} expected, and {status} comes out", todo
    read = [criteria[id] for id in example.expect if id in criteria]
    if example.cautions is not None and all(stated.sound for stated in read):
        said = tuple(
            caution.id
            for stated in read
            for caution in stated.cautions
            if evaluate(caution.when, example.record) is Truth.TRUE
        )
        if said != example.cautions:
            yield (
                f"{example.pointer}/cautions",
                f"the cautions {_listed(example.cautions)} expected, and {_listed(said)} come out",
                f"expect {_listed(said)} if the conditions are right, or correct a caution's condition",
            )


def _without_open(material: Material) -> Iterator[Found]:
    for stated in material.sound:
        asks = any(True for _ in questions_of(stated.expression))
        if asks and not any(example.expect.get(stated.id) == Status.UNKNOWN for example in stated.examples):
            yield Found(
                stated.document,
                "/x-examples",
                f"no example in which {stated.id} stays open for want of an answer",
                f'add an example that lacks an answer which {stated.id} needs, and expect "unknown"',
            )


def _listed(ids: tuple[str, ...]) -> str:
    return ", ".join(ids) or "none"


CHECKS = (
    Check("example-wrong", Severity.ERROR, "Every example comes out as it says.", _wrong),
    Check(
        "example-open-missing",
        Severity.ERROR,
        "Every criterion has an example with a missing answer, which leaves it open.",
        _without_open,
    ),
)
