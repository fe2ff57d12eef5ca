"""One simulated person: what is true of them, and what they can say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from cart_screen.answers.absent import AbsentReason
from cart_screen.answers.given import Answers
from cart_screen.answers.scalars import Scalar


class Persona(StrEnum):
    """Who sits in front of the questionnaire, and so how much they can say."""

    LITTLE = "patient who knows little"
    LETTERS = "patient with letters at hand"
    CLINICIAN = "nurse or doctor"


@dataclass(frozen=True)
class Person:
    """
    One person, the same for the same seed and number.

    ``truth`` holds a value for every question that applies to the person, in the dictionary's units; no two of
    them contradict each other, and plain words say what measured numbers say. ``absent`` holds why a question that
    applies gets no answer. ``slips`` are wrong answers that contradict the truth; nearly nobody has one.
    """

    number: int
    persona: Persona
    # Health data, even where nobody is meant: it stays out of what a failing test prints by itself.
    truth: Mapping[str, Scalar] = field(repr=False)
    absent: Mapping[str, AbsentReason] = field(repr=False)
    slips: Mapping[str, Scalar] = field(repr=False)

    @cached_property
    def known(self) -> Mapping[str, Scalar]:
        """What the person knows and tells, by question."""
        return {id: value for id, value in self.truth.items() if id not in self.absent}

    @cached_property
    def answers(self) -> Answers:
        """Everything that the person can say, as answers: what is known, and why something is not."""
        return Answers(self.known, {id: str(reason) for id, reason in self.absent.items()})

    @cached_property
    def mistaken_answers(self) -> Answers:
        """The same with the slips: some of these answers contradict each other where there are any."""
        answers = self.answers
        for id, value in self.slips.items():
            answers = answers.with_answer(id, value)
        return answers

    def reply(self, question: str) -> Scalar | AbsentReason:
        """Answer a question, by its id: a value, or the reason why there is none."""
        if question not in self.truth:
            return AbsentReason.NOT_APPLICABLE
        return self.absent.get(question, self.truth[question])
