"""A screen of the questionnaire as a page to show."""

from __future__ import annotations

from collections.abc import Collection

from cart_screen.answers.dictionary import Question
from cart_screen.answers.scalars import Scalar
from cart_screen.questionnaire import Questionnaire, Screen
from cart_screen.terminal.numbers import canonical, unit_label
from cart_screen.terminal.prompting import Page
from cart_screen.texts import Texts


def page_of(
    questionnaire: Questionnaire, screen: Screen, texts: Texts, *, number: int, preferred: Collection[str]
) -> Page:
    """
    Put a screen into words.

    ``number`` says the how-manieth it is, and ``preferred`` are the UCUM codes of units that were switched to.
    """
    question = screen.questions[0]
    is_list = len(screen.questions) > 1
    words = ("screens", screen.id) if is_list else ("questions", question.id)
    unit = next((unit for unit in question.units if unit.code in preferred), canonical(question))
    has_choices = not is_list and (question.choices or question.kind == "boolean")
    return Page(
        question=question,
        topic=texts.get("topics", question.topic).rstrip(".?!"),
        progress=_progress(questionnaire, screen, texts, number),
        heading=texts.get(*words, "heading"),
        hint=texts.find(*words, "hint"),
        said=said_before(questionnaire, screen, texts),
        choices=tuple((value, texts.value(question.id, value)) for value in _choices(questionnaire, question))
        if has_choices
        else (),
        lines=tuple((one.id, texts.get("questions", one.id, "tick")) for one in screen.questions) if is_list else (),
        unit=unit,
        unit_label=unit_label(question, unit, texts),
    )


def _choices(questionnaire: Questionnaire, question: Question) -> tuple[Scalar, ...]:
    # Whoever changes an answer may mean to change those that it contradicts then, which is asked next.
    is_changed = question.choices and questionnaire.answers.mentions(question.id)
    return question.choices if is_changed else questionnaire.choices(question)


def said_before(questionnaire: Questionnaire, screen: Screen, texts: Texts) -> str:
    """Give the sentence on what was answered before, or nothing where nothing was."""
    answers = questionnaire.answers
    if not any(answers.mentions(question.id) for question in screen.questions):
        return ""
    if len(screen.questions) > 1:
        ticked = [question.id for question in screen.questions if answers.values.get(question.id) is True]
        labels = [texts.get("questions", id, "label") for id in ticked]
        return texts.get("terminal", "given").format(value="; ".join(labels) or texts.get("terminal", "no-tick"))
    return texts.get("terminal", "given").format(value=answer_words(questionnaire, screen.questions[0].id, texts))


def answer_words(questionnaire: Questionnaire, id: str, texts: Texts) -> str:
    """Give an answer in words, or the reason why there is none."""
    value = questionnaire.answers.values.get(id)
    if value is None:
        return texts.get("absent", questionnaire.answers.absent[id])
    return texts.value(id, value)


def reason_words(screen: Screen, texts: Texts) -> tuple[tuple[str, str], ...]:
    """Give why a screen is asked, where its answer is found and what its words rest on, each with a heading's key."""
    words = ("screens", screen.id) if len(screen.questions) > 1 else ("questions", screen.questions[0].id)
    told = [(part, texts.get(*words, part)) for part in ("why", "where")]
    cited = dict.fromkeys(source.title for question in screen.questions for source in texts.sources(question.id))
    return (*told, ("sources", "; ".join(cited))) if cited else tuple(told)


def _progress(questionnaire: Questionnaire, screen: Screen, texts: Texts, number: int) -> str:
    more = questionnaire.progress.at_most
    is_changed = screen != questionnaire.next_screen
    if not is_changed:
        more = max(0, more - 1)
    last = "progress-changed" if is_changed else "progress-last"
    return texts.get("terminal", "progress" if more else last).format(number=number, more=more)
