"""
The dialect of conditions: the JSON Schema keywords that a criterion may be written in, and ours beside them.

There are two levels: a condition on the record of answers, and inside its ``properties`` a condition on
one answer. Only a definition may stand for either.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeVar

from pydantic import ConfigDict, Field

from cart_screen.formats.types import (
    Format,
    Maybe,
    Name,
    Number,
    OneOrMany,
    QuestionId,
    Reference,
    Scalar,
    Text,
    Unique,
    Yes,
)

T = TypeVar("T")

Parts = Annotated[list[T], Field(min_length=1)]
Strength = Literal["label", "guideline", "trial", "practice"]
AnswerType = Literal["string", "integer", "number", "boolean"]

# What JSON Schema leaves open, and what here would be a slip: an editor can say so at once.
_BRANCHES: dict[str, Any] = {"then": ["if"], "else": ["if"]}
_PRESENCE: dict[str, Any] = {"properties": ["required"], "required": ["properties"]}


_COMBINED = {
    "allOf": "Every one of these holds.",
    "anyOf": "At least one of these holds.",
    "oneOf": "Exactly one of these holds.",
    "not": "This does not hold.",
    "if": "What decides between then and else.",
    "then": "What holds where if does.",
    "else": "What holds where if does not.",
}


def _combining(keyword: str) -> Any:
    return Field(None, alias=keyword, description=_COMBINED[keyword])


class _Noted(Format):
    title: Maybe[Text] = Field(None, description="The condition in plain words.")
    description: Maybe[Text] = Field(None, description="More about it, for authors.")
    comment: Maybe[Text] = Field(None, alias="$comment", description="A remark for authors.")
    identifier: Maybe[Reference] = Field(None, alias="$id", description="An address of its own for this condition.")
    anchor: Maybe[Name] = Field(None, alias="$anchor", description="A name for this condition, for #name in $ref.")
    reference: Maybe[Reference] = Field(
        None, alias="$ref", description="Another condition that must hold: a shared criterion, or #/$defs/... here."
    )
    reason: Maybe[Name] = Field(
        None, alias="x-reason", description="The key under reasons in text/, whose words explain this condition."
    )
    source: Maybe[OneOrMany[Name]] = Field(
        None, alias="x-source", description="The ids of the x-sources of this document that the condition rests on."
    )
    strength: Maybe[Strength] = Field(
        None, alias="x-strength", description="How binding its source is; label where nothing is said."
    )
    recoverable: Maybe[bool] = Field(
        None, alias="x-recoverable", description="Whether time or treatment may change what the condition finds."
    )
    cautions: Maybe[list[Caution]] = Field(
        None, alias="x-cautions", description="Points that are reported when they hold and never decide."
    )
    signed_off: Maybe[Text] = Field(
        None, alias="x-signed-off", description="The clinician who reviewed it, and when; left out while none has."
    )
    note: Maybe[Text] = Field(None, alias="x-note", description="What was assumed, or why it reads as it does.")


class _OfRecord(Format):
    properties: Maybe[Annotated[dict[QuestionId, AnswerCondition], Field(min_length=1)]] = Field(
        None, description="A condition for each question; every one of them also stands in required."
    )
    required: Maybe[Unique[QuestionId]] = Field(
        None, description="The questions of properties: a missing answer leaves the condition unknown."
    )


class _OfAnswer(Format):
    enum: Maybe[Unique[Scalar]] = Field(None, description="The answer is one of these values.")
    const: Maybe[Scalar] = Field(None, description="The answer is this value.")
    minimum: Maybe[Number] = Field(None, description="The answer is this number or more, in the canonical unit.")
    maximum: Maybe[Number] = Field(None, description="The answer is this number or less, in the canonical unit.")
    above: Maybe[Number] = Field(
        None, alias="exclusiveMinimum", description="The answer is more than this number, in the canonical unit."
    )
    below: Maybe[Number] = Field(
        None, alias="exclusiveMaximum", description="The answer is less than this number, in the canonical unit."
    )


class Condition(_Noted, _OfRecord):
    """A condition on the record of answers."""

    model_config = ConfigDict(json_schema_extra={"dependentRequired": {**_PRESENCE, **_BRANCHES}})

    type: Maybe[Literal["object"]] = Field(None, description="The record of answers is an object.")
    all_of: Maybe[Parts[Condition]] = _combining("allOf")
    any_of: Maybe[Parts[Condition]] = _combining("anyOf")
    one_of: Maybe[Parts[Condition]] = _combining("oneOf")
    negated: Maybe[Condition] = _combining("not")
    condition: Maybe[Condition] = _combining("if")
    then: Maybe[Condition] = _combining("then")
    otherwise: Maybe[Condition] = _combining("else")
    definitions: Maybe[dict[Name, Definition]] = Field(
        None, alias="$defs", description="Named conditions, used through $ref."
    )


class AnswerCondition(_Noted, _OfAnswer):
    """A condition on one answer."""

    model_config = ConfigDict(json_schema_extra={"dependentRequired": _BRANCHES})

    type: Maybe[OneOrMany[AnswerType]] = Field(None, description="The type of the answer, as the dictionary says it.")
    all_of: Maybe[Parts[AnswerCondition]] = _combining("allOf")
    any_of: Maybe[Parts[AnswerCondition]] = _combining("anyOf")
    one_of: Maybe[Parts[AnswerCondition]] = _combining("oneOf")
    negated: Maybe[AnswerCondition] = _combining("not")
    condition: Maybe[AnswerCondition] = _combining("if")
    then: Maybe[AnswerCondition] = _combining("then")
    otherwise: Maybe[AnswerCondition] = _combining("else")


class Definition(_Noted, _OfRecord, _OfAnswer):
    """A condition on the record of answers or on one answer, as the place that refers to it asks."""

    model_config = ConfigDict(json_schema_extra={"dependentRequired": {**_PRESENCE, **_BRANCHES}})

    type: Maybe[OneOrMany[Literal["object"] | AnswerType]] = Field(None, description="What it is a condition on.")
    all_of: Maybe[Parts[Definition]] = _combining("allOf")
    any_of: Maybe[Parts[Definition]] = _combining("anyOf")
    one_of: Maybe[Parts[Definition]] = _combining("oneOf")
    negated: Maybe[Definition] = _combining("not")
    condition: Maybe[Definition] = _combining("if")
    then: Maybe[Definition] = _combining("then")
    otherwise: Maybe[Definition] = _combining("else")
    definitions: Maybe[dict[Name, Definition]] = Field(
        None, alias="$defs", description="Named conditions, used through $ref."
    )


class Caution(Format):
    """A stricter published threshold, or a point that specialists weigh: reported, never deciding."""

    id: Name = Field(description="The key under cautions in text/, whose words are shown.")
    title: Text = Field(description="The caution in plain words, for authors and clinicians.")
    source: OneOrMany[Name] = Field(alias="x-source", description="The ids of the x-sources that it rests on.")
    when: Condition = Field(description="The caution is reported where this holds.")


class CriterionCondition(Condition):
    """One of the five criteria as a document states it."""

    title: Text = Field(description="The criterion in plain words.")
    no_requirement: Maybe[Yes] = Field(
        None, alias="x-no-requirement", description="The label asks nothing at all here; no condition stands beside it."
    )


# Here every name is known that the models above speak of before it is defined; other modules build on them.
for _model in (Condition, AnswerCondition, Definition, Caution, CriterionCondition):
    _model.model_rebuild()
