"""The questionnaire as one JSON Schema with a uiSchema, for libraries that make a form of them, such as rjsf."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cart_screen.answers.absent import AbsentReason
from cart_screen.answers.dictionary import Question
from cart_screen.answers.ranges import ranges
from cart_screen.model import CriteriaSet
from cart_screen.texts import Audience, Texts

# What the validators of form libraries read by default; every keyword below means the same in 2020-12.
_DIALECT = "http://json-schema.org/draft-07/schema#"

# More choices than this are looked up in a list that opens, not read through.
_MOST_RADIOS = 10


def form_schema(
    criteria: CriteriaSet, language: str = "en", audience: Audience = Audience.PATIENT
) -> dict[str, dict[str, Any]]:
    """
    Give ``schema`` and ``uiSchema`` of a form that asks everything; what it gives back is a flat answers document.

    Every question takes null, "I don't know": a choice of its own, and for a number what is left empty. Nothing
    is required and nothing has a default. A question that is only asked in some situations (``x-ask-if``) appears
    there. The form takes numbers in the canonical unit. Unlike the questionnaire it asks what cannot matter any more.

    Raises
    ------
    LanguageUnknown
        When the set has no words in that language.
    """
    texts = Texts(criteria, language, audience)
    dictionary = criteria.reading.dictionary
    asked = [question for question in dictionary.questions.values() if _is_asked(question)]
    conditional = [question for question in asked if question.ask_if is not None]
    schema = {
        "$schema": _DIALECT,
        "$id": f"urn:cart-screen:form:{criteria.id}:{dictionary.version}:{texts.language}:{texts.audience}",
        "title": texts.get("terminal", "title"),
        "description": "\n\n".join(texts.intended_use),
        "type": "object",
        "properties": {question.id: _property(question, texts) for question in asked if question.ask_if is None},
        # Not additionalProperties, which does not see what the conditions below add.
        "propertyNames": {"enum": [id for id, question in dictionary.questions.items() if not question.internal]},
        "allOf": [
            {
                "if": _typed(question.ask_if, dictionary.questions),
                "then": {"properties": {question.id: _property(question, texts)}},
            }
            for question in conditional
        ],
    }
    screen = {question.id: dict(_widget(question, texts)) for question in asked}
    return {"schema": schema, "uiSchema": {"ui:order": [question.id for question in asked], **screen}}


def _is_asked(question: Question) -> bool:
    return not question.internal and question.asked != "never"


def _property(question: Question, texts: Texts) -> dict[str, Any]:
    found: dict[str, Any] = {"title": texts.get("questions", question.id, "heading")}
    choices = (True, False) if question.kind == "boolean" else question.choices
    if choices:
        said = [{"const": choice, "title": texts.value(question.id, choice)} for choice in choices]
        unknown = {"const": None, "title": texts.get("absent", AbsentReason.ASKED_UNKNOWN)}
        return {**found, "type": [question.kind, "null"], "oneOf": [*said, unknown]}
    found["type"] = [question.kind, "null"]
    if question.minimum is not None:
        found["minimum"] = question.minimum
    if question.maximum is not None:
        found["maximum"] = question.maximum
    return found


def _typed(condition: Any, questions: Mapping[str, Question]) -> Any:
    """
    Give a condition that fails where an answer is null.

    In the dialect of the criteria null is an unknown answer; to a plain validator a bound on numbers says nothing
    of it, and so passes.
    """
    if isinstance(condition, list):
        return [_typed(part, questions) for part in condition]
    if not isinstance(condition, Mapping):
        return condition
    return {
        keyword: {id: {"type": questions[id].kind, **part} for id, part in value.items()}
        if keyword == "properties"
        else _typed(value, questions)
        for keyword, value in condition.items()
    }


def _widget(question: Question, texts: Texts) -> Iterator[tuple[str, Any]]:
    hint = texts.find("questions", question.id, "hint")
    if question.choices or question.kind == "boolean":
        yield "ui:widget", "select" if len(question.choices) > _MOST_RADIOS else "radio"
    elif allowed := ranges(question.minimum, question.maximum, question.units[:1]):
        hint = f"{hint} ({allowed})" if hint else allowed
    if hint:
        yield "ui:description", hint
    why, where = (texts.get("questions", question.id, key) for key in ("why", "where"))
    yield "ui:help", f"{why} {where}"
