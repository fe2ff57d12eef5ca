"""Which mutants of a criteria document its own examples catch, which change nothing, and which survive."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from criteria.documents import CRITERIA, Document, documents

from cart_screen.answers.declaring import read_dictionary
from cart_screen.answers.dictionary import Question
from cart_screen.answers.given import Answers
from cart_screen.answers.scalars import Scalar, is_number
from cart_screen.authoring.witnesses import differing
from cart_screen.rules.derivations import Reading, read_dictionary_rules
from cart_screen.rules.expressions import Expression, bare
from cart_screen.rules.parse import SchemaReader
from cart_screen.rules.profile import Profile
from cart_screen.rules.reference import evaluate
from cart_screen.truth import Truth

from .mutants import Mutant, Mutator, cautions

TRUTH = {"met": Truth.TRUE, "not-met": Truth.FALSE, "unknown": Truth.UNKNOWN}
GOAL = 0.98


@dataclass(frozen=True)
class Survivor:
    """A mutant that no example catches, with answers that would, and its truth there before and after the change."""

    mutant: Mutant
    answers: Mapping[str, Scalar]
    before: Truth
    after: Truth

    def __str__(self) -> str:
        where = f"{self.mutant.criterion} {self.mutant.pointer}: {self.mutant.says}"
        return f"{where}; {dict(self.answers)} made {self.before.value} {self.after.value}"


@dataclass
class Score:
    """What became of the mutants of a document: refused when read, killed by an example, equivalent, or survived."""

    refused: int = 0
    killed: int = 0
    equivalent: int = 0
    survivors: list[Survivor] = field(default_factory=list)

    @property
    def share(self) -> float:
        """The share that is killed of those mutants that differ from the document for some answers."""
        differing = self.killed + len(self.survivors)
        return self.killed / differing if differing else 1.0


@dataclass(frozen=True)
class _Example:
    """An example as it is read: what is known of the person, and what must come out."""

    record: Mapping[str, Scalar]
    expect: Mapping[str, Truth]
    names_cautions: bool


class Bench:
    """
    One document, ready for its mutants to be read; ``body`` may stand for what is in the file.

    Only the part that a mutant changes is read again. A caution is looked at by whether it is shown.
    """

    def __init__(self, document: Document, body: Mapping[str, Any] | None = None) -> None:
        self.body = document.body if body is None else body
        self.reading = reading_of(self.body["x-answers"])
        self._criteria = self.body["$defs"] if document.set else {document.path.parent.name: self.body}
        self._reader = SchemaReader({**shared(), self.body["$id"]: self.body})
        self._profile = Profile(self.reading.dictionary)
        self._parts_read = 0
        self._examples = [self._example(raw) for raw in self.body["x-examples"]]
        self._originals = {(id, ""): self._original(schema) for id, schema in self._criteria.items()}
        self._originals |= {
            (id, pointer): self._original(when)
            for id, schema in self._criteria.items()
            for pointer, when in cautions(schema)
        }

    @cached_property
    def mutants(self) -> list[Mutant]:
        """Every mutant of the document."""
        mutator = Mutator(self.reading.dictionary, self._step)
        return [mutant for id, schema in self._criteria.items() for mutant in mutator.mutants(id, schema)]

    @property
    def holds(self) -> bool:
        """Whether the document as it is gives what its examples expect."""
        return all(
            evaluate(self._originals[id, ""], example.record) is truth
            for example in self._examples
            for id, truth in example.expect.items()
        )

    def score(self, every: int = 1) -> Score:
        """Give what becomes of every mutant, or of one in so many."""
        found = Score()
        for mutant in self.mutants[::every]:
            changed = self.read(mutant.changed)
            if changed is None:
                found.refused += 1
            elif self.is_killed(mutant, changed):
                found.killed += 1
            elif (answers := self._answers(mutant, changed)) is None:
                found.equivalent += 1
            else:
                record = self.reading.resolve(Answers(answers))
                before = evaluate(self.original(mutant), record)
                found.survivors.append(Survivor(mutant, answers, before, evaluate(changed, record)))
        return found

    def read(self, schema: Mapping[str, Any]) -> Expression | None:
        """Read a part of the document in a changed form; None where the format refuses it."""
        self._parts_read += 1
        tree = self._reader.read_part(schema, self.body["$id"], f"/changed/{self._parts_read}")
        expression = None if self._reader.problems else bare(self._profile.lower(tree))
        if self._reader.problems or self._profile.problems:
            self._reader.problems.clear()
            self._profile.problems.clear()
            return None
        return expression

    def original(self, mutant: Mutant) -> Expression:
        """Give what a mutant was before it was changed."""
        return self._originals[mutant.criterion, mutant.caution]

    def is_killed(self, mutant: Mutant, changed: Expression) -> bool:
        """Tell whether some example of the document comes out otherwise."""
        examples = [example for example in self._examples if mutant.criterion in example.expect]
        if not mutant.caution:
            return any(evaluate(changed, one.record) is not one.expect[mutant.criterion] for one in examples)
        original = self.original(mutant)
        return any(
            _is_shown(evaluate(changed, one.record)) != _is_shown(evaluate(original, one.record))
            for one in examples
            if one.names_cautions
        )

    def _answers(self, mutant: Mutant, changed: Expression) -> Mapping[str, Scalar] | None:
        if mutant.caution:
            return differing(self.reading, self.original(mutant), changed, seen=_is_shown)
        return differing(self.reading, self.original(mutant), changed)

    def _original(self, schema: Mapping[str, Any]) -> Expression:
        expression = self.read(schema)
        assert expression is not None, schema
        return expression

    def _example(self, raw: Mapping[str, Any]) -> _Example:
        record = self.reading.resolve(Answers(raw["answers"]))
        return _Example(record, {id: TRUTH[status] for id, status in raw["expect"].items()}, "cautions" in raw)

    def _step(self, question: Question, limit: float) -> float:
        """Give the place to which the examples write a number; a hundredth of the limit where they give none."""
        given = [value for raw in self.body["x-examples"] if is_number(value := raw["answers"].get(question.id))]
        if not given:
            return limit / 100 or 0.01
        return float(Decimal(1).scaleb(min(_last_place(number) for number in (limit, *given))))


def _last_place(number: float) -> int:
    """Give the power of ten of the last place that a number is written with, ones at the most."""
    exponent = Decimal(str(number)).normalize().as_tuple().exponent
    return min(0, exponent) if isinstance(exponent, int) else 0


def _is_shown(truth: Truth) -> bool:
    """Tell whether a caution is shown."""
    return truth is Truth.TRUE


@cache
def shared() -> Mapping[str, Any]:
    """Give the criteria that many documents refer to, by address."""
    return {document.body["$id"]: document.body for document in documents() if not document.set}


@cache
def reading_of(major: str) -> Reading:
    """Give how the newest dictionary of a major version is read."""
    newest = max(CRITERIA.glob(f"answers/{major}.*.json"), key=_version)
    raw = json.loads(newest.read_text("utf-8"))
    return read_dictionary_rules(read_dictionary(raw, newest.name), newest.name)


def _version(path: Path) -> tuple[int, ...]:
    return tuple(int(part) for part in path.stem.split("."))
