"""The questionnaire: computed from what can still change the guidance, not written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from cart_screen.answers.absent import AbsentReason
from cart_screen.answers.dictionary import Question
from cart_screen.answers.given import Answers
from cart_screen.answers.scalars import Scalar
from cart_screen.api import DEFAULT_SET, Screening, screen
from cart_screen.awaiting import awaiting
from cart_screen.ladder import Code
from cart_screen.model import CriteriaSet
from cart_screen.rules.reasons import awaited
from cart_screen.rules.reference import evaluate
from cart_screen.screening import Facts
from cart_screen.truth import Truth

# Before one of these is shown, the safety questions are asked even where they cannot change it.
_NEEDS_SAFETY = (Code.MATCH, Code.LABEL_MATCH, Code.REVIEW)


@dataclass(frozen=True)
class Progress:
    """How far a questionnaire is: questions asked, and how many more there can be at most."""

    asked: int
    at_most: int


class Questionnaire:
    """
    Where a questionnaire stands, replayed from the answers alone; it holds no cursor.

    ``answers`` are keyed by question id. An answer that is absent as ``asked-unknown`` or
    ``asked-declined`` is not asked for again; it stays awaited.

    Every method that gives a questionnaire with other answers raises AnswersInvalid like this one.

    Raises
    ------
    AnswersInvalid
        With every answer that the dictionary does not allow.
    CriteriaUnknown
        When there is no criteria set of that name.
    DateInvalid
        When ``as_of`` is no date.
    """

    def __init__(
        self,
        answers: Answers | Mapping[str, Any] | None = None,
        criteria: str | Path | CriteriaSet = DEFAULT_SET,
        as_of: date | str | None = None,
    ) -> None:
        self.screening: Screening = screen(answers if answers is not None else Answers(), criteria, as_of)
        self._facts: Facts = self.screening.facts

    def __repr__(self) -> str:
        return f"<Questionnaire ({self.progress.asked} asked, at most {self.progress.at_most} more)>"

    @property
    def answers(self) -> Answers:
        """What was given so far."""
        return self._facts.answers

    @property
    def criteria(self) -> CriteriaSet:
        """The criteria set that decides what is asked."""
        return self._facts.criteria

    def answer(self, question: str, value: Scalar) -> Questionnaire:
        """Give the questionnaire with an answer added or changed."""
        return self._with(self.answers.with_answer(question, value))

    def answer_absent(self, question: str, reason: AbsentReason) -> Questionnaire:
        """Give the questionnaire with a question that has no answer, for a reason."""
        return self._with(self.answers.with_absent(question, reason))

    def withdraw(self, question: str) -> Questionnaire:
        """Give the questionnaire as if a question had not been asked yet."""
        return self._with(self.answers.without(question))

    @cached_property
    def awaiting(self) -> tuple[str, ...]:
        """The questions that are still to be asked and can still change the guidance, in order."""
        return awaiting(self._facts, self._may_ask)

    @property
    def is_settled(self) -> bool:
        """Tell whether no answer that is still to come can change the guidance's code."""
        return not self.awaiting

    @cached_property
    def to_ask(self) -> tuple[str, ...]:
        """Every question that is known to be still worth asking, in order; answers may add or spare some."""
        always = [q.id for q in self._questions.values() if q.asked == "always" and self._may_ask(q.id)]
        others = [*self._urgency(), *(self.awaiting or self._safety())]
        return tuple(dict.fromkeys((*always, *others)))

    @property
    def next_question(self) -> Question | None:
        """The next question, or None where nothing is left to ask."""
        return self._questions[self.to_ask[0]] if self.to_ask else None

    @property
    def is_finished(self) -> bool:
        """Tell whether nothing is left to ask."""
        return not self.to_ask

    @cached_property
    def progress(self) -> Progress:
        """How many questions were asked, and how many more there can be at most."""
        asked = sum(self.answers.mentions(question) for question in self._questions)
        more = {*self.to_ask, *awaiting(self._facts, self._could_ask)}
        more.update(
            id
            for holds in self.criteria.reading.urgency.values()
            for id in awaited(holds, self._facts.resolved, self.criteria.reading)
            if more and self._could_ask(id)
        )
        if more:
            more.update(
                question.id for question in self._questions.values() if question.safety and self._open(question)
            )
        return Progress(asked, len(more))

    def choices(self, question: Question) -> tuple[Scalar, ...]:
        """
        Give the choices of a question that do not contradict what was already said.

        Where every choice would contradict, all are given: then the earlier answer may be the wrong one.
        """
        if question.kind == "boolean":
            return (True, False)
        if question.kind != "string":
            return question.choices
        standing = set(self.screening.conflicts)
        free = tuple(
            choice
            for choice in question.choices
            if not set(self.answer(question.id, choice).screening.conflicts) - standing
        )
        return free or question.choices

    @property
    def _questions(self) -> Mapping[str, Question]:
        return self.criteria.reading.dictionary.questions

    def _with(self, answers: Answers) -> Questionnaire:
        return Questionnaire(answers, self.criteria, self._facts.as_of)

    def _open(self, question: Question) -> bool:
        return not question.internal and question.asked != "never" and not self.answers.mentions(question.id)

    def _asking(self, id: str) -> Truth:
        condition = self.criteria.reading.ask_if.get(id)
        return Truth.TRUE if condition is None else evaluate(condition, self._facts.resolved)

    def _may_ask(self, id: str) -> bool:
        return self._open(self._questions[id]) and self._asking(id) is Truth.TRUE

    def _could_ask(self, id: str) -> bool:
        if not self._open(self._questions[id]) or self._asking(id) is not Truth.UNKNOWN:
            return self._may_ask(id)
        condition = self.criteria.reading.ask_if[id]
        waiting = awaited(condition, self._facts.resolved, self.criteria.reading)
        return any(self._open(self._questions[question]) for question in waiting)

    def _urgency(self) -> tuple[str, ...]:
        """Give what is still to be asked in order to say the right urgent words, once there is urgency."""
        reading = self.criteria.reading
        if self._facts.urgency is None:
            return ()
        open_now = (awaited(holds, self._facts.resolved, reading) for holds in reading.urgency.values())
        return tuple(id for waiting in open_now for id in waiting if self._may_ask(id))

    def _safety(self) -> tuple[str, ...]:
        if self.screening.guidance.code not in _NEEDS_SAFETY:
            return ()
        return tuple(
            question.id
            for question in self._questions.values()
            if question.safety and question.id not in self._facts.resolved and self._may_ask(question.id)
        )
