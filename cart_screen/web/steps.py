"""Where a questionnaire stands, as plain JSON values: the next screen in words, and what was answered so far."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cart_screen.answers.absent import AbsentReason
from cart_screen.answers.dictionary import Question
from cart_screen.answers.ranges import range_in
from cart_screen.answers.ucum import printed
from cart_screen.exchange import conflict_to_dict
from cart_screen.questionnaire import CheckRow, Questionnaire, Screen
from cart_screen.texts import Texts

FORMAT = "cart-screen-questionnaire/1"

# What a person can say instead of an answer.
_OFFERED = (AbsentReason.ASKED_UNKNOWN, AbsentReason.ASKED_DECLINED)


def step_of(questionnaire: Questionnaire, texts: Texts) -> dict[str, Any]:
    """
    Give where a questionnaire stands, with everything that a page shows.

    It holds the answers, so it is health data.
    """
    facts = questionnaire.screening.facts
    guidance = questionnaire.screening.guidance
    screen, settled, progress = questionnaire.next_screen, questionnaire.settled, questionnaire.progress
    urgent = guidance.urgency
    return {
        "format": FORMAT,
        "language": texts.language,
        "audience": str(texts.audience),
        "criteria": {"set": facts.criteria.id, "title": facts.criteria.title, "as_of": facts.as_of.isoformat()},
        "depth": str(questionnaire.depth),
        "intended_use": list(texts.intended_use),
        "urgent": {"headline": texts.get(urgent, "headline"), "text": texts.get(urgent, "text")} if urgent else None,
        "next": _screen(questionnaire, screen, texts) if screen else None,
        "progress": {"asked": progress.asked, "at_most": progress.at_most},
        "finished": questionnaire.is_finished,
        "settled": {
            "code": str(settled.code),
            "decided": {str(id): str(status) for id, status in settled.decided.items()},
            "open": [str(id) for id in settled.open],
        }
        if settled
        else None,
        "conflicts": [conflict_to_dict(facts, id, texts.get("conflicts", id)) for id in facts.conflicts],
        "answers": [_row(row, texts) for row in questionnaire.check_answers],
    }


def _screen(questionnaire: Questionnaire, screen: Screen, texts: Texts) -> dict[str, Any]:
    first = screen.questions[0]
    several = len(screen.questions) > 1
    words = ("screens", screen.id) if several else ("questions", first.id)
    sources = {source.url: source for question in screen.questions for source in texts.sources(question.id)}
    return {
        "screen": screen.id,
        "topic": texts.get("topics", first.topic),
        "heading": texts.get(*words, "heading"),
        "hint": texts.find(*words, "hint"),
        "why": texts.get(*words, "why"),
        "where": texts.get(*words, "where"),
        "sources": [{"title": source.title, "url": source.url} for source in sources.values()],
        # Several lines are ticked; those that were not become no only where somebody says that none of them applies.
        "several": several,
        "questions": [_question(questionnaire, question, texts) for question in screen.questions],
        "instead": [{"reason": str(reason), "text": texts.get("absent", reason)} for reason in _OFFERED],
    }


def _question(questionnaire: Questionnaire, question: Question, texts: Texts) -> dict[str, Any]:
    path = ("questions", question.id)
    choices = questionnaire.choices(question) if question.choices or question.kind == "boolean" else ()
    return {
        "question": question.id,
        "type": question.kind,
        "label": texts.get(*path, "label"),
        "tick": texts.find(*path, "tick"),
        "choices": [{"value": value, "text": texts.value(question.id, value)} for value in choices],
        "minimum": question.minimum,
        "maximum": question.maximum,
        "unit": texts.find(*path, "unit"),
        "units": list(_units(question)),
    }


def _units(question: Question) -> Iterator[dict[str, Any]]:
    for unit in question.units:
        limits = range_in(question.minimum, question.maximum, unit)
        low, high = map(float, limits) if limits else (None, None)
        yield {"code": unit.code, "text": printed(unit.code), "minimum": low, "maximum": high}


def _row(row: CheckRow, texts: Texts) -> dict[str, Any]:
    value = row.value
    text = texts.value(row.question, value) if value is not None else texts.get("absent", row.absent or "not-asked")
    return {
        "question": row.question,
        "label": texts.get("questions", row.question, "label"),
        "value": value,
        "absent": str(row.absent) if row.absent else None,
        "text": text,
        "needed": row.needed,
    }
