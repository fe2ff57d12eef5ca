"""How questions can end: the values that stand for all values, and what is derived from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cart_screen.answers.absent import AbsentReason
from cart_screen.answers.given import Answers
from cart_screen.answers.scalars import Scalar, is_number
from cart_screen.authoring.alike import OTHER, Alike
from cart_screen.model import CriteriaSet, CriterionId, Indication
from cart_screen.rules.derivations import derive
from cart_screen.rules.expressions import Derivation


class NoValue(StrEnum):
    """How a question ends without a value: for a reason, never asked, or (derived) still waiting for an input."""

    ABSENT = "absent"
    OPEN = "open"
    PENDING = "pending"


@dataclass(frozen=True)
class Said:
    """A value with which a question ends; a yes is not a one."""

    type: str
    value: Scalar


End = Said | NoValue


def said(value: Scalar) -> Said:
    """Give the end of a question that has a value."""
    return Said("number" if is_number(value) else type(value).__name__, value)


class Kinds:
    """
    The values that stand for all values of each question that a set reads on a day.

    These are the representatives over every limit and every listed value of all conditions, one of each kind:
    values of a kind are read alike. What a formula reads has no kinds but its representatives; there a person's
    own values stand beside them.
    """

    def __init__(self, criteria: CriteriaSet, indications: Sequence[Indication]) -> None:
        self.reading = criteria.reading
        self.points = [[indication.criteria[point].bare for point in CriterionId] for indication in indications]
        points = (bare for each in self.points for bare in each)
        conditions = (*points, *self.reading.conflicts.values(), *self.reading.ask_if.values())
        self._alike = Alike(self.reading, conditions)
        self._derived: dict[tuple[str, End, tuple[End, ...]], End] = {}
        self.plain = self._alike.plain
        self._shared = {id: frozenset(map(said, values.values())) for id, values in self._alike.values.items()}
        self.derived = self._alike.derived
        self.givable = tuple(id for id in (*self.plain, *self.derived) if self._alike.can_be_given.get(id))
        questions = self.reading.dictionary.questions
        self.askable = tuple(id for id in self.givable if questions[id].asked != "never")

    def ends(self, id: str) -> tuple[Said, ...]:
        """Give a value of each kind that can be given."""
        return tuple(said(self._alike.values[id][bit]) for bit in self._alike.can_be_given.get(id, ()))

    def end(self, id: str, value: Scalar) -> Said:
        """Give the end that stands for a value: the value itself where none does."""
        bit = self._alike.bit(id, value)
        return said(value if bit == OTHER else self._alike.values[id][bit])

    def own(self, answers: Mapping[str, Scalar]) -> dict[str, Said]:
        """Give those of some answers for which only they themselves stand."""
        return {
            id: said(answers[id]) for id in self.givable if id in answers and self._alike.bit(id, answers[id]) == OTHER
        }

    def standing(self, answers: Answers) -> dict[str, End]:
        """Give how every question that was answered, or has a reason for no answer, stands."""
        mentioned = (id for id in self.givable if answers.mentions(id))
        return {id: self.end(id, answers.values[id]) if id in answers.values else NoValue.ABSENT for id in mentioned}

    def derive(self, derivation: Derivation, own: End, ends: Mapping[str, End]) -> End:
        """Give how a derived answer ends, from how it was answered itself and how what it reads has ended."""
        key = (derivation.question, own, tuple(ends.values()))
        if key in self._derived:
            return self._derived[key]
        outcome = self._derive(derivation, own, ends)
        # Kept for all people, so only where no value is a person's own.
        if all(isinstance(end, NoValue) or end in self._shared[id] for id, end in ends.items()):
            self._derived[key] = outcome
        return outcome

    def _derive(self, derivation: Derivation, own: End, ends: Mapping[str, End]) -> End:
        record = {id: end.value for id, end in ends.items() if isinstance(end, Said)}
        if isinstance(own, Said):
            record[derivation.question] = own.value
        pending = {id for id, end in ends.items() if end is NoValue.PENDING}
        absent = {id: AbsentReason.ASKED_UNKNOWN for id, end in ends.items() if end is NoValue.ABSENT}
        value = derive(derivation, record, pending, absent)
        if value is not None:
            return self.end(derivation.question, value)
        return NoValue.PENDING if derivation.question in pending else NoValue.ABSENT
