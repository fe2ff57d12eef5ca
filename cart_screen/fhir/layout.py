"""How questions stand on the form: topic by topic in the author's order, and together where they share a screen."""

from __future__ import annotations

from collections.abc import Iterable

from cart_screen.answers.dictionary import Dictionary, Question
from cart_screen.nouns import noun


@noun
class Together:
    """Questions that stand on one screen, under its name."""

    screen: str
    questions: tuple[Question, ...]


Part = Question | Together


@noun
class Topic:
    """What is asked about one topic; its name is empty where the dictionary names none."""

    name: str
    parts: tuple[Part, ...]


def topics_of(dictionary: Dictionary) -> tuple[Topic, ...]:
    """
    Give every question that can be answered, by topic.

    A screen stands where its first question does; the questions of one keep the order of the dictionary.
    """
    asked = [question for question in dictionary.questions.values() if not question.internal]
    by_topic: dict[str, list[Question]] = {topic: [] for topic in dictionary.topics}
    for question in asked:
        by_topic.setdefault(question.topic, []).append(question)
    # A question without a topic stands before all topics, or below none.
    names = sorted(by_topic, key=bool)
    return tuple(Topic(name, _parts(by_topic[name], dictionary)) for name in names if by_topic[name])


def _parts(questions: Iterable[Question], dictionary: Dictionary) -> tuple[Part, ...]:
    screens = {id: name for name, members in dictionary.screens.items() for id in members}
    found: dict[str, list[Question]] = {}
    for question in questions:
        found.setdefault(screens.get(question.id, question.id), []).append(question)
    return tuple(
        Together(name, tuple(members)) if name in dictionary.screens else members[0] for name, members in found.items()
    )
