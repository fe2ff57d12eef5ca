"""Somebody who answers every question: which screens that shows, what is replied, and where it leads."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from people.person import Person

from cart_screen.answers.absent import AbsentReason
from cart_screen.answers.dictionary import Question
from cart_screen.answers.given import Answers
from cart_screen.answers.scalars import Scalar
from cart_screen.api import load_criteria, read_date
from cart_screen.inquiry import Depth
from cart_screen.model import CriteriaSet
from cart_screen.questionnaire import Questionnaire, Screen
from cart_screen.terminal.voice import Voice

from .processes import DATE

EXAMPLES = Path(__file__).parents[2] / "examples" / "answers"

Reply = Scalar | AbsentReason
Replies = Callable[[str], Reply]


@cache
def criteria() -> CriteriaSet:
    """Give the criteria set that is asked under."""
    return load_criteria().on(read_date(DATE))


def example(name: str, **more: Scalar) -> Replies:
    """Reply as one of the examples, and with ``more``; what neither says, and does not follow, is not known."""
    said = {**json.loads((EXAMPLES / f"{name}.json").read_text()), **more}
    given = {id: value for id, value in said.items() if value is not None}
    known = {**criteria().reading.resolve(Answers(given)), **given}
    return lambda question: known.get(question, AbsentReason.ASKED_UNKNOWN)


def as_person(person: Person) -> Replies:
    """Reply as a simulated person, slips included."""
    return lambda question: person.slips.get(question, person.reply(question))


def answers_of(name: str, *missing: str, **other: Scalar | None) -> dict[str, Scalar | None]:
    """Give the answers in the file of an example, without some and with others."""
    said = {**json.loads((EXAMPLES / f"{name}.json").read_text()), **other}
    return {id: value for id, value in said.items() if id not in missing}


@dataclass(frozen=True)
class Turn:
    """
    One screen that is shown, what is replied to its questions, and where that leads.

    ``left`` holds for each conflict that it makes, and that is left as it is, how many answers are in it.
    """

    before: Questionnaire
    screen: Screen
    replies: Mapping[str, Reply]
    after: Questionnaire
    left: tuple[int, ...]

    @property
    def id(self) -> str:
        """Its name: that of its one question, or of the list."""
        return self.screen.id

    @property
    def only(self) -> Reply:
        """What is replied where one question is asked, or the same to all of them."""
        (reply,) = set(self.replies.values())
        return reply

    @property
    def ticked(self) -> list[int]:
        """The places of the lines that are ticked."""
        return [place for place, reply in enumerate(self.replies.values()) if reply is True]

    @property
    def is_list(self) -> bool:
        """Tell whether there are lines to tick."""
        return len(self.replies) > 1

    @property
    def knows_the_others(self) -> bool:
        """Tell whether none of the lines that are not ticked applies."""
        return all(isinstance(reply, bool) for reply in self.replies.values())

    @property
    def last_line(self) -> str:
        """The last of the lines that can be ticked."""
        return voice_of(self.before).texts.get("questions", self.screen.questions[-1].id, "tick")

    @property
    def choices(self) -> tuple[Scalar, ...]:
        """What can be chosen; nothing where a number is typed."""
        question = self.screen.questions[0]
        return self.before.choices(question) if question.kind == "boolean" or question.choices else ()

    @property
    def heading(self) -> str:
        """Its heading, in the words of whoever is spoken to."""
        texts = voice_of(self.before).texts
        return texts.get("screens" if self.is_list else "questions", self.id, "heading")


def sitting(
    replies: Replies, *, start: Questionnaire | None = None, depth: Depth = Depth.SETTLE
) -> tuple[tuple[Turn, ...], Questionnaire]:
    """Let somebody reply until nothing is left to ask; give each turn, and where it ended."""
    at = start or Questionnaire(criteria=criteria(), as_of=DATE, depth=depth)
    turns: list[Turn] = []
    left: set[str] = set()
    while (screen := at.next_screen) is not None:
        said = {question.id: _offered(_typed(replies(question.id)), question, at) for question in screen.questions}
        after = _answered(at, screen, said)
        new = [conflict for conflict in after.screening.conflicts if conflict not in left]
        left.update(new)
        sizes = tuple(len(after.screening.facts.conflict_answers(conflict)) for conflict in new)
        turns.append(Turn(at, screen, said, after, sizes))
        at = after
    return tuple(turns), at


def voice_of(questionnaire: Questionnaire) -> Voice:
    """Give the voice that speaks where no audience was chosen."""
    voice = Voice(questionnaire.criteria, None)
    voice.hear(questionnaire)
    return voice


def _typed(reply: Reply) -> Reply:
    """Give a reply as it can be said here: numbers have few digits, and what does not apply is not known."""
    if isinstance(reply, float):
        return round(reply, 3)
    return AbsentReason.ASKED_UNKNOWN if reply is AbsentReason.NOT_APPLICABLE else reply


def _offered(reply: Reply, question: Question, at: Questionnaire) -> Reply:
    """Give a reply where it can be chosen: what would contradict an earlier answer is not offered."""
    if question.kind == "string" and reply not in at.choices(question):
        return reply if isinstance(reply, AbsentReason) else AbsentReason.ASKED_UNKNOWN
    return reply


def _answered(at: Questionnaire, screen: Screen, said: Mapping[str, Reply]) -> Questionnaire:
    if len(said) > 1:
        if all(reply is AbsentReason.ASKED_DECLINED for reply in said.values()):
            for id in said:
                at = at.answer_absent(id, AbsentReason.ASKED_DECLINED)
            return at
        ticked = [id for id, reply in said.items() if reply is True]
        certain = all(isinstance(reply, bool) for reply in said.values())
        return at.answer_screen(screen, ticked, none_of_the_others=certain)
    ((id, reply),) = said.items()
    return at.answer_absent(id, reply) if isinstance(reply, AbsentReason) else at.answer(id, reply)
