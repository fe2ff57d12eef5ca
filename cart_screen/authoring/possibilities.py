"""What every resolved answer can still be while some questions are answered, some left out and some open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from cart_screen.authoring.alike import OTHER, UNKNOWN, Alike, Bits
from cart_screen.authoring.overlay import Asked, Node, joined
from cart_screen.authoring.pairs import EVERY, Pairs, Worth, read
from cart_screen.rules.derivations import Reading, inputs_of
from cart_screen.rules.expressions import (
    Arithmetic,
    Choice,
    Expression,
    Given,
    Literal,
    Mapped,
    Marker,
    Resolved,
    Value,
    questions_of,
    questions_of_value,
)
from cart_screen.rules.reference import compute, evaluate
from cart_screen.truth import Truth

_UNKNOWN_PAIR = (Truth.UNKNOWN, Truth.UNKNOWN)
_DECIDED: Pairs = frozenset(pair for pair in EVERY if Truth.UNKNOWN not in pair)


@dataclass(frozen=True)
class _Waiting:
    """Whether a source may be, or is for sure, one that is still to come, so that no later one is read."""

    may: bool
    must: bool


@dataclass(frozen=True)
class _Source:
    condition: Node
    value: Value
    measured: str | None
    inputs: tuple[str, ...]


class Possibilities:
    """
    What some expressions can still be worth, for a state of the search.

    A state maps questions to the bit of what was given, or to ``UNKNOWN`` where the answer is left out;
    a question that it lacks is open. Every completion of a state is covered; some that are said to be
    possible may not be.
    """

    def __init__(self, reading: Reading, expressions: Iterable[Expression]) -> None:
        self.alike = Alike(reading, expressions)
        self._reading = reading
        self._behind: dict[str, tuple[str, ...]] = {}
        self._asked_before: dict[tuple[Asked, Bits], Pairs] = {}
        self._sources = {
            id: tuple(
                _Source(
                    joined(source.condition, source.condition),
                    source.value,
                    source.measured,
                    tuple(questions_of_value(source.value)),
                )
                for source in reading.derivations[id].sources
            )
            for id in self.alike.derived
        }
        self._open = {id: UNKNOWN | sum(bits) for id, bits in self.alike.can_be_given.items()}
        self._any = {id: UNKNOWN | self.alike.any_known(id) for id in self.alike.values}
        self._inputs = {id: tuple(dict.fromkeys(inputs_of(reading.derivations[id]))) for id in self.alike.derived}
        # What is derived from the same is the same; most of it stays so from one state to the next.
        self._known: dict[tuple[object, ...], tuple[Bits, _Waiting]] = {}
        self._images: dict[tuple[Value, str], list[tuple[Bits, Bits]]] = {}

    def behind(self, question: str) -> tuple[str, ...]:
        """Give every question that can be given and that a resolved answer rests on, in the order of reading."""
        if question not in self._behind:
            found: dict[str, None] = {}
            for source in self._reading.derivations[question].sources if question in self.alike.derived else ():
                for other in (*questions_of_value(source.value), *questions_of(source.condition)):
                    if other != question:
                        found |= dict.fromkeys(self.behind(other))
                    elif question in self.alike.can_be_given:
                        found[question] = None
            if question in self.alike.plain and question in self.alike.can_be_given:
                found[question] = None
            self._behind[question] = tuple(found)
        return self._behind[question]

    def resolved(self, state: Mapping[str, Bits]) -> dict[str, Bits]:
        """Give what each resolved answer can still be."""
        masks = {id: state.get(id, self._open.get(id, UNKNOWN)) for id in self.alike.plain}
        waiting: dict[str, _Waiting] = {}
        for id in self.alike.derived:
            inputs = self._inputs[id]
            key = (id, self._given(id, state), *((masks[other], waiting.get(other)) for other in inputs))
            if key not in self._known:
                self._known[key] = self._derived(id, masks, waiting, state)
            masks[id], waiting[id] = self._known[key]
        return masks

    def worth(self, node: Node, masks: Mapping[str, Bits]) -> Worth:
        """Give what each part of a tree can come out as."""
        found: Worth = {}
        read(node, lambda asked: self._asked(asked, masks[asked.question]), found)
        return found

    def _asked(self, asked: Asked, mask: Bits) -> Pairs:
        if (asked, mask) not in self._asked_before:
            pairs = (pairs for bits, pairs in self._table(asked) if bits & mask)
            self._asked_before[asked, mask] = frozenset().union(*pairs)
        return self._asked_before[asked, mask]

    def _table(self, asked: Asked) -> Iterator[tuple[Bits, Pairs]]:
        yield UNKNOWN, frozenset({_UNKNOWN_PAIR})
        left, right = asked.sides
        yield OTHER, frozenset(pair for pair in _DECIDED if left != right or pair[0] is pair[1])
        for bit, value in self.alike.values[asked.question].items():
            record = {asked.question: value}
            yield bit, frozenset({(evaluate(left, record), evaluate(right, record))})

    def _truths(self, node: Node, masks: Mapping[str, Bits]) -> set[Truth]:
        return {left for left, _ in self.worth(node, masks)[node]}

    def _derived(
        self, id: str, masks: Mapping[str, Bits], waiting: Mapping[str, _Waiting], state: Mapping[str, Bits]
    ) -> tuple[Bits, _Waiting]:
        found: Bits = 0
        is_reached = True
        may_wait = must_wait = False
        for source in self._sources[id]:
            truths = self._truths(source.condition, masks)
            if truths == {Truth.FALSE}:
                continue
            to_come = self._to_come(id, source, masks, waiting, state)
            may_wait |= to_come.may
            must_wait |= to_come.must and Truth.FALSE not in truths
            if not is_reached:
                continue
            values = self._values(source.value, id, masks, state)
            known = values & ~UNKNOWN
            if Truth.TRUE in truths:
                found |= known
            if (Truth.UNKNOWN in truths and known) or (values & UNKNOWN and to_come.may):
                found |= UNKNOWN
            is_reached = Truth.FALSE in truths or bool(values & UNKNOWN and not to_come.must)
        if is_reached:
            found |= UNKNOWN
        return found, _Waiting(may_wait and bool(found & UNKNOWN), must_wait and found == UNKNOWN)

    def _to_come(
        self,
        id: str,
        source: _Source,
        masks: Mapping[str, Bits],
        waiting: Mapping[str, _Waiting],
        state: Mapping[str, Bits],
    ) -> _Waiting:
        """Tell whether a source has its measured input but not all of them, or reads an answer still to come."""
        inputs = {other: masks[other] if other != id else self._given(id, state) for other in source.inputs}
        measured = inputs.get(source.measured, UNKNOWN) if source.measured else UNKNOWN
        late = [waiting[other] for other in inputs if other in waiting]
        return _Waiting(
            may=any(one.may for one in late)
            or (measured != UNKNOWN and any(mask & UNKNOWN for mask in inputs.values())),
            must=any(one.must for one in late)
            or (not measured & UNKNOWN and any(mask == UNKNOWN for mask in inputs.values())),
        )

    def _given(self, id: str, state: Mapping[str, Bits]) -> Bits:
        return state.get(id, self._open.get(id, UNKNOWN))

    def _values(self, value: Value, id: str, masks: Mapping[str, Bits], state: Mapping[str, Bits]) -> Bits:
        """Give what a source can be worth, as values of the derived question."""
        match value:
            case Given():
                return self._given(id, state)
            case Literal(value=fixed):
                return self.alike.bit(id, fixed)
            case Marker(question=question, value=fixed):
                mask = masks[question]
                return (mask & UNKNOWN) | (self.alike.bit(id, fixed) if mask & ~UNKNOWN else 0)
            case Resolved(question=question) | Mapped(question=question):
                return self._image(value, question, id, masks[question])
            case Arithmetic() | Choice():
                return self._computed(value, id, masks)
            case _:
                assert_never(value)

    def _image(self, value: Resolved | Mapped, question: str, id: str, mask: Bits) -> Bits:
        key = (value, id)
        if key not in self._images:
            self._images[key] = [
                (UNKNOWN, UNKNOWN),
                (OTHER, OTHER if isinstance(value, Resolved) else self._any[id]),
                *(
                    (bit, self.alike.bit(id, compute(value, {question: kept})))
                    for bit, kept in self.alike.values[question].items()
                ),
            ]
        found: Bits = 0
        for bit, image in self._images[key]:
            if bit & mask:
                found |= image
        return found

    def _computed(self, value: Value, id: str, masks: Mapping[str, Bits]) -> Bits:
        """Compute a formula where each of its inputs is one value; else it may be anything, or unknown for sure."""
        inputs = {other: masks[other] for other in questions_of_value(value)}
        kept = {other: self.alike.values[other].get(mask) for other, mask in inputs.items() if mask != UNKNOWN}
        if None not in kept.values():
            record = {other: one for other, one in kept.items() if one is not None}
            return self.alike.bit(id, compute(value, record))
        if any(inputs[other] == UNKNOWN for other in _needed(value)):
            return UNKNOWN
        return self._any[id]


def _needed(value: Value) -> Iterator[str]:
    """Give questions without whose answers a value is unknown."""
    match value:
        case Resolved(question=question) | Marker(question=question) | Mapped(question=question):
            yield question
        case Arithmetic(left=left, right=right):
            yield from _needed(left)
            yield from _needed(right)
        case Choice(then=then, otherwise=otherwise):
            others = set(_needed(otherwise))
            yield from (question for question in _needed(then) if question in others)
        case Given() | Literal():
            return
        case _:
            assert_never(value)
