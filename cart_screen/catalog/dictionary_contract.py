"""The contract of a dictionary from outside: the shape of every entry, before anything reads it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictFloat, StrictInt, StrictStr, StringConstraints

Text = Annotated[str, StringConstraints(min_length=1, max_length=2_000)]
QuestionId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=80)]
Value = StrictBool | StrictInt | StrictFloat | StrictStr
Number = StrictInt | StrictFloat
Condition = dict[str, Any]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class AcceptedUnit(_Strict):
    """A unit that a value is accepted in, with its exact factor."""

    code: Text
    multiply: Annotated[float, Field(gt=0)] = 1
    divide: Annotated[float, Field(gt=0)] = 1


class UnitEntry(_Strict):
    """The canonical unit of a question."""

    code: Text
    accepted: list[AcceptedUnit] = []


class CodeEntry(_Strict):
    """A code of a question in a code system."""

    system: Text
    code: Text


class SourceEntry(_Strict):
    """One source of a derived answer; which keys go together is for the rules to say."""

    answer: QuestionId | None = None
    map: dict[str, Value] | None = None
    known: QuestionId | None = None
    value: Value | None = None
    formula: Text | None = None
    of: dict[str, QuestionId] | None = None
    condition: Condition | None = Field(None, alias="if")


class QuestionEntry(_Strict):
    """One question."""

    type: Literal["string", "integer", "number", "boolean"]
    enum: Annotated[list[Value], Field(min_length=1)] | None = None
    minimum: Number | None = None
    maximum: Number | None = None
    title: Text | None = None
    description: Text | None = None
    comment: Text | None = Field(None, alias="$comment")
    topic: Text | None = Field(None, alias="x-topic")
    unit: UnitEntry | None = Field(None, alias="x-unit")
    codes: list[CodeEntry] = Field([], alias="x-codes")
    ask: Literal["always", "auto", "never"] = Field("auto", alias="x-ask")
    ask_if: Condition | None = Field(None, alias="x-ask-if")
    safety: StrictBool = Field(False, alias="x-safety")
    internal: StrictBool = Field(False, alias="x-internal")
    derived: list[SourceEntry] = Field([], alias="x-derived")


class DictionaryDocument(_Strict):
    """A whole dictionary."""

    schema_: Literal["https://json-schema.org/draft/2020-12/schema"] = Field(alias="$schema")
    id: Text = Field(alias="$id")
    title: Text
    description: Text | None = None
    comment: Text | None = Field(None, alias="$comment")
    type: Literal["object"]
    version: Annotated[str, StringConstraints(pattern=r"^(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}$")] = Field(alias="x-version")
    topics: list[Text] = Field([], alias="x-topics")
    properties: Annotated[dict[QuestionId, QuestionEntry], Field(min_length=1)]
    additional: Literal[False] = Field(False, alias="additionalProperties")
    age: QuestionId | None = Field(None, alias="x-age")
    consistency: dict[Text, Condition] = Field({}, alias="x-consistency")
    urgency: dict[Text, Condition] = Field({}, alias="x-urgency")
