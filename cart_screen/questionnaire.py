"""The questionnaire: computed from what can still change the guidance, not written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from cart_screen.answers.absent import AbsentReason
from cart_screen.answers.dictionary import Question
from cart_screen.answers.given import Answers
from cart_screen.answers.scalars import Scalar
from cart_screen.api import DEFAULT_SET, Screening, screen
from cart_screen.errors import AnswerProblem, AnswersInvalid, QuestionNotAnswered
from cart_screen.inquiry import Depth, Inquiry
from cart_screen.ladder import Code, Status
from cart_screen.model import CriteriaSet, CriterionId
from cart_screen.needed import needed
from cart_screen.readers import Readers
from cart_screen.rules.provenance import passed_over
from cart_screen.rules.reasons import in_order
from cart_screen.screening import Facts


@dataclass(frozen=True)
class Progress:
    """How far a questionnaire is: screens answered, and how many more there can be at most."""

    asked: int
    at_most: int


@dataclass(frozen=True)
class Screen:
    """What is asked at once: one question, or several yes/no questions under the name of their screen."""

    id: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Settled:
    """Why no answer can change the guidance any more: what is decided, and what is open but cannot matter."""

    code: Code
    decided: Mapping[CriterionId, Status]
    open: tuple[CriterionId, ...]


@dataclass(frozen=True)
class CheckRow:
    """
    One question on the page where answers are checked: its answer, or the reason why there is none.

    ``needed`` is false where the answer is kept but does not count in the situation that the others describe,
    or where a better one is read in its place.
    """

    question: str
    value: Scalar | None = field(repr=False)
    absent: AbsentReason | None
    needed: bool


class Questionnaire:
    """
    Where a questionnaire stands, replayed from the answers alone; it holds no cursor.

    ``answers`` are keyed by question id. An answer that is absent as ``asked-unknown`` or
    ``asked-declined`` is not asked for again; it stays awaited. Answers to what does not matter in the
    situation at hand are kept and not evaluated. ``depth`` says how far it goes.

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
        *,
        depth: Depth = Depth.SETTLE,
    ) -> None:
        self._start(screen(answers if answers is not None else Answers(), criteria, as_of).facts, Depth(depth), None)

    def _start(self, facts: Facts, depth: Depth, readers: Readers | None) -> None:
        self.depth = depth
        self._given = facts.answers
        self._readers = (
            readers
            if readers is not None
            else Readers(facts.criteria, [outcome.indication for outcome in facts.outcomes])
        )
        self._needed = needed(facts, self._readers)
        kept = facts.answers.only(self._needed)
        self._facts = facts if kept == facts.answers else Facts(kept, facts.criteria, facts.as_of)
        self.screening: Screening = Screening(self._facts)
        self._inquiry = Inquiry(self._facts, self._given, depth, self._readers)

    def __repr__(self) -> str:
        return f"<Questionnaire ({self.progress.asked} asked, at most {self.progress.at_most} more)>"

    @property
    def answers(self) -> Answers:
        """What was given so far, also what does not count any more."""
        return self._given

    @property
    def criteria(self) -> CriteriaSet:
        """The criteria set that decides what is asked."""
        return self._facts.criteria

    @cached_property
    def set_aside(self) -> tuple[str, ...]:
        """The questions whose answers are kept but do not count, in dictionary order."""
        return tuple(id for id in self._questions if id in self._given.values and id not in self._needed)

    def answer(self, question: str, value: Scalar) -> Questionnaire:
        """Give the questionnaire with an answer added or changed."""
        return self._with(self._given.with_answer(question, value))

    def answer_absent(self, question: str, reason: AbsentReason) -> Questionnaire:
        """Give the questionnaire with a question that has no answer, for a reason."""
        return self._with(self._given.with_absent(question, reason))

    def screen_of(self, questions: Iterable[str]) -> Screen:
        """Give the screen on which some questions stand together, or the one question that is asked by itself."""
        members = tuple(self._questions[id] for id in in_order(questions, self.criteria.reading))
        first = members[0].id
        return Screen(self._screens.get(first, first) if len(members) > 1 else first, members)

    def answer_screen(self, screen: Screen, ticked: Collection[str], *, none_of_the_others: bool) -> Questionnaire:
        """
        Give the questionnaire with a screen of yes/no questions answered: yes to what was ticked.

        ``screen`` holds yes/no questions only, most often those of ``next_screen``; ``ticked`` are ids of them. The
        others become no only where somebody confirmed that none of them applies; else they are not known.

        Raises
        ------
        AnswersInvalid
            When something was ticked that does not stand on the screen.
        """
        if isinstance(ticked, str):
            # A text would be taken for its letters.
            ticked = (ticked,)
        asked = [question.id for question in screen.questions]
        problems = [AnswerProblem(id, "a tick", f"one of {', '.join(asked)}") for id in ticked if id not in asked]
        if problems:
            raise AnswersInvalid(problems)
        answers = self._given
        for id in asked:
            if id in ticked or none_of_the_others:
                answers = answers.with_answer(id, id in ticked)
            else:
                answers = answers.with_absent(id, AbsentReason.ASKED_UNKNOWN)
        return self._with(answers)

    def change(self, question: str, value: Scalar) -> Questionnaire:
        """
        Give the questionnaire with an earlier answer changed; every other answer is kept.

        Raises
        ------
        QuestionNotAnswered
            When the question was not answered yet.
        """
        if not self._given.mentions(question):
            raise QuestionNotAnswered(question)
        return self.answer(question, value)

    def withdraw(self, question: str) -> Questionnaire:
        """Give the questionnaire as if a question had not been asked yet."""
        return self._with(self._given.without(question))

    def at_depth(self, depth: Depth) -> Questionnaire:
        """Give the questionnaire with the same answers, going as far as ``depth`` says."""
        return self._like(self._facts_of(self._given), depth)

    @property
    def awaiting(self) -> tuple[str, ...]:
        """The questions that are still to be asked and can still change the guidance, in order."""
        return self._inquiry.awaiting

    @property
    def is_settled(self) -> bool:
        """Tell whether no answer can change the guidance's code any more, also none to what is not known now."""
        return not self.screening.conflicts and not self.screening.awaiting

    @property
    def settled(self) -> Settled | None:
        """Why the guidance is settled, or None while it is not."""
        if not self.is_settled:
            return None
        statuses = {id: finding.status for id, finding in self.screening.findings.items() if finding.relevant}
        return Settled(
            code=self.screening.guidance.code,
            decided={id: status for id, status in statuses.items() if status is not Status.UNKNOWN},
            open=tuple(id for id, status in statuses.items() if status is Status.UNKNOWN),
        )

    @property
    def to_ask(self) -> tuple[str, ...]:
        """Every question that is known to be still worth asking, in order; answers may add or spare some."""
        return self._inquiry.to_ask

    @property
    def next_question(self) -> Question | None:
        """The next question, or None where nothing is left to ask."""
        return self._questions[self.to_ask[0]] if self.to_ask else None

    @cached_property
    def next_screen(self) -> Screen | None:
        """The next question, with those that are worth asking on the same screen; None where nothing is left."""
        if not self.to_ask:
            return None
        first = self.to_ask[0]
        name = self._screens.get(first)
        together = tuple(id for id in self.to_ask if id == first or (name and self._screens.get(id) == name))
        return self.screen_of(together)

    @property
    def is_finished(self) -> bool:
        """Tell whether nothing is left to ask."""
        return not self.to_ask

    @cached_property
    def progress(self) -> Progress:
        """How many screens were answered, and how many more there can be at most."""
        asked = {self._screens.get(id, id) for id in self._questions if self._given.mentions(id)}
        coming = {self._screens.get(id, id) for id in self.to_ask}
        later = self._inquiry.may_follow.difference(self.to_ask)
        return Progress(len(asked), len(coming) + len(later))

    @cached_property
    def check_answers(self) -> tuple[CheckRow, ...]:
        """Every question that was answered or has a reason for no answer, in dictionary order."""
        read_no_more = passed_over(self._facts.answers, self._facts.resolved, self.criteria.reading)
        counting = self._needed - read_no_more
        return tuple(
            CheckRow(id, self._given.values.get(id), self._given.absent.get(id), id in counting)
            for id in self._questions
            if self._given.mentions(id)
        )

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
            if not set(self._facts_of(self._facts.answers.with_answer(question.id, choice)).conflicts) - standing
        )
        return free or question.choices

    @property
    def _questions(self) -> Mapping[str, Question]:
        return self.criteria.reading.dictionary.questions

    @cached_property
    def _screens(self) -> Mapping[str, str]:
        screens = self.criteria.reading.dictionary.screens.items()
        return {id: name for name, members in screens for id in members}

    def _with(self, answers: Answers) -> Questionnaire:
        self.criteria.reading.dictionary.check(answers)
        return self._like(self._facts_of(answers), self.depth)

    def _facts_of(self, answers: Answers) -> Facts:
        return Facts(answers, self._facts.criteria, self._facts.as_of)

    def _like(self, facts: Facts, depth: Depth) -> Questionnaire:
        made = object.__new__(type(self))
        made._start(facts, depth, self._readers)
        return made
