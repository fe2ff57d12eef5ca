"""The check that every condition can hold and can fail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from cart_screen.answers.scalars import Scalar
from cart_screen.authoring.checks.check import Check, Found, Severity
from cart_screen.authoring.checks.material import Material
from cart_screen.authoring.checks.refusals import refused
from cart_screen.authoring.checks.stated import Stated
from cart_screen.authoring.checks.tree import nodes
from cart_screen.authoring.witnesses import SearchTooLarge, witness
from cart_screen.rules.derivations import Reading
from cart_screen.rules.expressions import Expression, questions_of
from cart_screen.rules.reference import evaluate
from cart_screen.truth import Truth

_SAYS = {Truth.TRUE: "can never hold", Truth.FALSE: "always holds"}


@dataclass(frozen=True)
class _Condition:
    document: str
    pointer: str
    expression: Expression


def _constant(material: Material) -> Iterator[Found]:
    """
    Find whole conditions that can never hold, or never fail, whatever is answered.

    Where an example of the document shows a condition both ways, nothing is searched. Of conditions
    inside each other only the inner one is named.
    """
    yield from refused("condition-constant")(material)
    for stated in material.sound:
        yield from _of_criterion(stated)
    for path, reading in material.readings.items():
        yield from _of_dictionary(path, reading)


def _of_criterion(stated: Stated) -> Iterator[Found]:
    records = [example.record for example in stated.examples if example.record is not None]
    for root in (stated.schema, *(caution.schema for caution in stated.own)):
        named: list[str] = []
        on_records = [node for node in nodes(root) if node.question is None]
        # Inner ones come after outer ones, so from behind they come first.
        for node in reversed(on_records):
            pointer = node.schema.pointer
            if any(inner.startswith(f"{pointer}/") for inner in named):
                continue
            condition = _Condition(stated.document, pointer, stated.lowered(node.schema))
            for found in _problems(condition, [stated.reading], records):
                named.append(pointer)
                yield found


def _of_dictionary(path: str, reading: Reading) -> Iterator[Found]:
    for key, urgent in reading.urgency.items():
        yield from _problems(_Condition(path, f"/x-urgency/{key}", urgent), [reading])
    for id, asked in reading.ask_if.items():
        yield from _problems(_Condition(path, f"/properties/{id}/x-ask-if", asked), [reading])
    for id, derivation in reading.derivations.items():
        for position, source in enumerate(derivation.sources):
            pointer = f"/properties/{id}/x-derived/{position}/if"
            yield from _problems(_Condition(path, pointer, source.condition), [reading])
    # Conflicts are read over what was given, which the derived answer would otherwise take the place of.
    internal = {id: one for id, one in reading.derivations.items() if reading.dictionary.questions[id].internal}
    as_given = replace(reading, derivations=internal)
    for id, conflict in reading.conflicts.items():
        yield from _problems(_Condition(path, f"/x-consistency/{id}", conflict), [as_given, reading])


def _problems(
    condition: _Condition, readings: list[Reading], records: Iterable[Mapping[str, Scalar]] = ()
) -> Iterator[Found]:
    if not any(True for _ in questions_of(condition.expression)):
        # Nothing is asked here; where that is a mistake, the format says so.
        return
    shown = _shown(condition.expression, records)
    for wanted, says in _SAYS.items():
        if wanted in shown:
            continue
        try:
            if any(witness(reading, condition.expression, wanted) is not None for reading in readings):
                continue
        except SearchTooLarge as error:
            found = f"a condition too large to tell whether it {says} ({error.steps:,} steps)"
            yield Found(condition.document, condition.pointer, found, "split it into smaller conditions")
            return
        yield Found(
            condition.document,
            condition.pointer,
            f"a condition that {says}, whatever is answered",
            "correct a limit, a value or a connective in it, or remove the condition",
        )


def _shown(expression: Expression, records: Iterable[Mapping[str, Scalar]]) -> set[Truth]:
    """Give the truths that some records show; when both are there, no more is looked for."""
    shown: set[Truth] = set()
    for record in records:
        shown.add(evaluate(expression, record))
        if shown.issuperset(_SAYS):
            break
    return shown


CHECKS = (Check("condition-constant", Severity.ERROR, "Every condition can hold, and can fail to hold.", _constant),)
