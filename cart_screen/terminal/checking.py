"""The page on which answers are checked before the guidance is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cart_screen.model import CriterionId
from cart_screen.questionnaire import CheckRow, Questionnaire
from cart_screen.terminal.layout import paragraph
from cart_screen.terminal.page import answer_words
from cart_screen.terminal.voice import Voice


def answers_to_check(questionnaire: Questionnaire, voice: Voice) -> Iterator[str]:
    """Give the lines that show every answer by topic, those that no longer count, and what is settled."""
    texts = voice.texts
    needed = [row for row in questionnaire.check_answers if row.needed]
    for topic in questionnaire.criteria.reading.dictionary.topics:
        rows = [row for row in needed if _topic(row, questionnaire) == topic]
        if rows:
            yield ""
            yield paragraph(texts.get("topics", topic).rstrip(".?!"))
            yield from _lines(rows, questionnaire, voice)
    kept = [row for row in questionnaire.check_answers if not row.needed]
    if kept:
        yield ""
        yield paragraph(voice.say("no-longer-needed"))
        yield from _lines(kept, questionnaire, voice)
    yield from _settled(questionnaire, voice)


def _settled(questionnaire: Questionnaire, voice: Voice) -> Iterator[str]:
    settled = questionnaire.settled
    if settled is None:
        return
    yield ""
    yield paragraph(voice.say("settled"))
    if settled.decided:
        yield paragraph(voice.say("settled-decided", points=_points(settled.decided, voice)))
    if settled.open:
        yield paragraph(voice.say("settled-open", points=_points(settled.open, voice)))


def _points(points: Iterable[CriterionId], voice: Voice) -> str:
    return "; ".join(voice.texts.get("criteria", id, "title") for id in points)


def _lines(rows: list[CheckRow], questionnaire: Questionnaire, voice: Voice) -> Iterator[str]:
    for row in rows:
        label = voice.texts.get("questions", row.question, "label")
        said = answer_words(questionnaire, row.question, voice.texts)
        yield paragraph(f"{label}: {said}", first="  - ", then="    ")


def _topic(row: CheckRow, questionnaire: Questionnaire) -> str:
    return questionnaire.criteria.reading.dictionary.questions[row.question].topic
