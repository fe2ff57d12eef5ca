"""
The proofs: what an engine says, held against the specification, a standard validator, and the laws.

Each gives its disagreements instead of failing, so that it can be run on engines that are known to be wrong.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cart_screen.rules.reference import Record
from cart_screen.truth import Truth, truth_of

from .drawing import Drawing
from .engines import reference
from .rule_sets import Raw, RuleSet
from .said import PARTS, Reader, Said, Specified

# Of a large rule set, the laws that read many records more for each rule look at so many rules of each record.
_FEW = 4


@dataclass(frozen=True)
class Disagreement:
    """A rule and a record of which something else is said than must be; ``schema`` is the rule as it was given."""

    about: str
    rule: str
    record: Record
    expected: Any
    found: Any
    schema: Raw

    @property
    def size(self) -> int:
        """How much there is to read in it."""
        return len(json.dumps([self.schema, self.record]))


Proof = Callable[[Reader, RuleSet, Sequence[Record], Drawing], Iterator[Disagreement]]


def equal_to_the_reference(
    read: Reader, rules: RuleSet, records: Sequence[Record], draw: Drawing
) -> Iterator[Disagreement]:
    """Truth, awaited answers, deciding answers and named conditions are the reference's, where they are said."""
    yield from differing(rules, records, read(records), reference(rules)(records))


def differing(
    rules: RuleSet, records: Sequence[Record], found: Iterable[Sequence[Said]], expected: Iterable[Sequence[Specified]]
) -> Iterator[Disagreement]:
    """Give every part of what was said that is not as specified."""
    for record, of_record, right_of_record in zip(records, found, expected, strict=True):
        for name, said, right in zip(rules.schemas, of_record, right_of_record, strict=True):
            for part in PARTS:
                value = getattr(said, part)
                if value is not None and value != getattr(right, part):
                    yield _of(rules, part, name, record, getattr(right, part), value)


def equal_to_the_standard(
    read: Reader, rules: RuleSet, records: Sequence[Record], draw: Drawing
) -> Iterator[Disagreement]:
    """On complete answers the truth is what jsonschema-rs says; on some, what is decided is so for completions."""
    for record, found, wholes, read_whole in _with_completions(read, rules, records, draw):
        for place, (name, validator) in enumerate(rules.validators.items()):
            for whole, said in zip(wholes, read_whole, strict=True):
                standard = truth_of(validator.is_valid(whole))
                if said[place].truth is not standard:
                    yield _of(rules, "complete answers", name, whole, standard, said[place].truth)
                if found[place].truth not in (Truth.UNKNOWN, standard):
                    yield _of(rules, f"completed by {whole}", name, record, standard, found[place].truth)


def unsound(read: Reader, rules: RuleSet, records: Sequence[Record], draw: Drawing) -> Iterator[Disagreement]:
    """What an engine decides on some answers, it says of completions too."""
    for record, found, wholes, read_whole in _with_completions(read, rules, records, draw):
        for place, name in enumerate(rules.schemas):
            for whole, said in zip(wholes, read_whole, strict=True):
                if found[place].truth not in (Truth.UNKNOWN, said[place].truth):
                    yield _of(rules, f"completed by {whole}", name, record, said[place].truth, found[place].truth)


def _with_completions(
    read: Reader, rules: RuleSet, records: Sequence[Record], draw: Drawing
) -> Iterator[tuple[Record, Sequence[Said], list[Record], list[Sequence[Said]]]]:
    wholes = [[draw.completed(record, rules) for _ in range(3)] for record in records]
    said = iter(read([whole for of_one in wholes for whole in of_one]))
    for record, found, of_one in zip(records, read(records), wholes, strict=True):
        yield record, found, of_one, [next(said) for _ in of_one]


def awaiting_enough(read: Reader, rules: RuleSet, records: Sequence[Record], draw: Drawing) -> Iterator[Disagreement]:
    """
    What is awaited is unknown, can be given and stands in dictionary order, and nothing else decides.

    What nobody can give is awaited through what it is derived from, so it is not filled in here.
    """
    questions = rules.reading.dictionary.questions
    can_be_given = [id for id in rules.questions if not questions[id].internal]
    filled: list[tuple[Record, Record, int, Said]] = []
    for record, found in zip(records, read(records), strict=True):
        for place, said in _few(draw, [(place, said) for place, said in enumerate(found) if said.awaiting is not None]):
            waiting = said.awaiting
            proper = [id for id in questions if id in waiting and id not in record and not questions[id].internal]
            if list(waiting) != proper or (waiting and said.truth is not Truth.UNKNOWN):
                yield _of(rules, "awaiting", list(rules.schemas)[place], record, tuple(proper), waiting)
            if said.truth is Truth.UNKNOWN:
                others = {id: draw.value(id, rules) for id in can_be_given if id not in record and id not in waiting}
                filled.append((record, {**record, **others}, place, said))
    after = read([more for _, more, _, _ in filled])
    for (_, more, place, said), now in zip(filled, after, strict=True):
        if now[place].truth is not Truth.UNKNOWN:
            name = list(rules.schemas)[place]
            yield _of(rules, "decided without the awaited", name, more, said.awaiting, now[place].truth)


def deciding_minimally(
    read: Reader, rules: RuleSet, records: Sequence[Record], draw: Drawing
) -> Iterator[Disagreement]:
    """The deciding answers alone give the status, and without any one of them it is unknown."""
    parts: list[tuple[Record, int, Truth, str]] = []
    for record, found in zip(records, read(records), strict=True):
        for place, said in _few(draw, [(place, said) for place, said in enumerate(found) if said.because is not None]):
            if not set(said.because) <= set(record):
                yield _of(rules, "because of no answer", list(rules.schemas)[place], record, "known", said.because)
                continue
            deciding = {id: record[id] for id in said.because}
            parts.append((deciding, place, said.truth, "the deciding answers alone"))
            for left_out in deciding:
                rest = {id: value for id, value in deciding.items() if id != left_out}
                parts.append((rest, place, Truth.UNKNOWN, f"the deciding answers without {left_out}"))
    for (part, place, expected, about), said in zip(parts, read([part for part, *_ in parts]), strict=True):
        if said[place].truth is not expected:
            yield _of(rules, about, list(rules.schemas)[place], part, expected, said[place].truth)


def _few(draw: Drawing, options: Sequence[Any]) -> Sequence[Any]:
    return options if len(options) <= _FEW else draw.some(options, _FEW, _FEW)


def _of(rules: RuleSet, about: str, name: str, record: Record, expected: Any, found: Any) -> Disagreement:
    return Disagreement(about, name, record, expected, found, rules.schemas[name])


PROOFS: tuple[Proof, ...] = (
    equal_to_the_reference,
    equal_to_the_standard,
    unsound,
    awaiting_enough,
    deciding_minimally,
)
