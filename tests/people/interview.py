"""A simulated person in front of the questionnaire."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from cart_screen.answers.absent import AbsentReason
from cart_screen.answers.dictionary import Question
from cart_screen.inquiry import Depth
from cart_screen.model import CriteriaSet
from cart_screen.questionnaire import Questionnaire, Screen
from cart_screen.rules.provenance import passed_over
from cart_screen.rules.reference import evaluate
from cart_screen.truth import Truth

from .person import Person


@dataclass(frozen=True)
class Step:
    """One screen that was shown, and where the questionnaire stood before it."""

    before: Questionnaire
    screen: Screen


@dataclass(frozen=True)
class Interview:
    """Everything that a person was asked, and where it ended."""

    person: Person
    steps: tuple[Step, ...]
    end: Questionnaire

    @cached_property
    def stands(self) -> tuple[Questionnaire, ...]:
        """Where the questionnaire stood before each screen, and at the end."""
        return (*(step.before for step in self.steps), self.end)

    @property
    def asked(self) -> Iterator[str]:
        """Every question that was asked, in turn."""
        return (question.id for step in self.steps for question in step.screen.questions)


def interview(person: Person, criteria: CriteriaSet, as_of: str, depth: Depth) -> Interview:
    """Interview a person, who says what they know, until nothing is left to ask."""
    questionnaire = Questionnaire(criteria=criteria, as_of=as_of, depth=depth)
    steps: list[Step] = []
    while (screen := questionnaire.next_screen) is not None:
        steps.append(Step(questionnaire, screen))
        questionnaire = _answered(questionnaire, screen, person)
    return Interview(person, tuple(steps), questionnaire)


def _answered(questionnaire: Questionnaire, screen: Screen, person: Person) -> Questionnaire:
    replies = {question.id: person.reply(question.id) for question in screen.questions}
    if len(replies) > 1:
        ticked = {id for id, reply in replies.items() if reply is True}
        # Only who knows of every other one that it does not apply confirms it.
        certain = all(reply is False for id, reply in replies.items() if id not in ticked)
        return questionnaire.answer_screen(screen, ticked, none_of_the_others=certain)
    ((id, reply),) = replies.items()
    if isinstance(reply, AbsentReason):
        return questionnaire.answer_absent(id, reply)
    return questionnaire.answer(id, reply)


@dataclass(frozen=True)
class Form:
    """A form that asks a person everything at once: how many screens and how many questions it has."""

    screens: int
    questions: int
    screens_without_spare: int


def form(person: Person, criteria: CriteriaSet) -> Form:
    """
    Give the form that holds every question which this person can be asked.

    These are the questions that people are asked, where their condition holds for what is true of the person.
    Yes/no questions that belong together are one screen, as in an interview. ``screens_without_spare`` leaves out
    what is only asked in place of something that the person knows.
    """
    reading = criteria.reading
    record = reading.resolve(person.answers.__class__(person.truth))
    asked = [
        question
        for question in reading.dictionary.questions.values()
        if not question.internal
        and question.asked != "never"
        and (question.id not in reading.ask_if or evaluate(reading.ask_if[question.id], record) is Truth.TRUE)
    ]
    spare = passed_over(person.answers, reading.resolve(person.answers), reading)
    return Form(
        screens=_screens(asked, criteria),
        questions=len(asked),
        screens_without_spare=_screens([question for question in asked if question.id not in spare], criteria),
    )


def _screens(questions: Sequence[Question], criteria: CriteriaSet) -> int:
    names = {id: name for name, members in criteria.reading.dictionary.screens.items() for id in members}
    return len({names.get(question.id, question.id) for question in questions})
