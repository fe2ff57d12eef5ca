"""The dictionary of answers: every question with its type, bounds and unit, and what is derived from what."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from cart_screen.formats.condition import AnswerType, Condition
from cart_screen.formats.criteria import Dialect
from cart_screen.formats.sources import CitedSource
from cart_screen.formats.types import (
    LARGEST_NUMBER,
    AnswersAddress,
    Format,
    Maybe,
    Name,
    No,
    Number,
    QuestionId,
    Scalar,
    Text,
    Unique,
    Url,
    Version,
)

Factor = Annotated[float, Field(gt=0.0, le=float(LARGEST_NUMBER))]


class AcceptedUnit(Format):
    """A unit that a value is accepted in: canonical value = value * multiply / divide."""

    code: Text = Field(description="The unit as a UCUM code.")
    multiply: Factor = Field(1, description="What a value in this unit is multiplied by.")
    divide: Factor = Field(1, description="What a value in this unit is divided by.")
    source: Maybe[Unique[Name]] = Field(None, description="The ids of the x-sources of the factor.")


class Unit(Format):
    """The canonical unit of a question."""

    code: Text = Field(description="The unit as a UCUM code; every threshold is written in it.")
    accepted: Maybe[list[AcceptedUnit]] = Field(None, description="Other units that a value may be given in.")


class CodeSystem(Format):
    """A code system whose codes the dictionary uses."""

    title: Text = Field(description="The name of the code system.")
    version: Maybe[Text] = Field(None, description="The version whose codes were read.")
    prefixes: bool = Field(False, description="Whether a code stands for every code that begins with it.")
    note: Maybe[Text] = Field(None, description="What to know when its codes are read.")


class _Coded(Format):
    system: Url = Field(description="The address of the code system, one of x-code-systems.")
    code: Text = Field(description="The code.")
    note: Maybe[Text] = Field(None, description="What to know when the code is read.")
    source: Maybe[Unique[Name]] = Field(None, description="The ids of the x-sources of the code.")


class QuestionCode(_Coded):
    """A code of a question."""

    unit: Maybe[Text] = Field(None, description="The unit that the code implies, as a UCUM code.")


class ValueCode(_Coded):
    """A code of one or more values of a question; one that cannot tell them apart decides nothing."""

    below: bool = Field(False, description="Whether every code below it stands for the same.")
    means: Unique[Scalar] = Field(description="The values that the code can stand for.")


class DerivedFrom(Format):
    """
    One source of a derived answer, of one of five kinds.

    answer; answer with map; known with value; value alone; formula with of. Each may stand under if.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "dependentRequired": {"map": ["answer"], "known": ["value"], "formula": ["of"], "of": ["formula"]}
        }
    )

    answer: Maybe[QuestionId] = Field(None, description="Another answer; its own id reads what was given.")
    map: Maybe[dict[Text, Scalar]] = Field(None, description="The value for each value of the answer.")
    known: Maybe[QuestionId] = Field(None, description="The value is given once this answer is there.")
    value: Maybe[Scalar] = Field(None, description="A fixed value.")
    formula: Maybe[Name] = Field(None, description="One of the named formulas.")
    of: Maybe[dict[Name, QuestionId]] = Field(None, description="The question for each input of the formula.")
    condition: Maybe[Condition] = Field(None, alias="if", description="The source is read only where this holds.")


class Question(Format):
    """One question: what may be answered, and when it is asked."""

    type: AnswerType = Field(description="The type of the answer.")
    enum: Maybe[Unique[Scalar]] = Field(None, description="The values that may be chosen.")
    minimum: Maybe[Number] = Field(None, description="The smallest number that is read, in the canonical unit.")
    maximum: Maybe[Number] = Field(None, description="The largest number that is read, in the canonical unit.")
    title: Maybe[Text] = Field(None, description="What it is about, for authors.")
    description: Maybe[Text] = Field(None, description="More about it, for authors.")
    comment: Maybe[Text] = Field(None, alias="$comment", description="A remark for authors.")
    topic: Maybe[Name] = Field(None, alias="x-topic", description="One of x-topics.")
    unit: Maybe[Unit] = Field(None, alias="x-unit", description="The unit of the number.")
    codes: Maybe[list[QuestionCode]] = Field(None, alias="x-codes", description="Codes of the question itself.")
    coded: Maybe[list[ValueCode]] = Field(None, alias="x-coded", description="Codes of the values that may be chosen.")
    ask: Literal["always", "auto", "never"] = Field(
        "auto", alias="x-ask", description="always; auto, when it can matter; never, but it is read when given."
    )
    ask_if: Maybe[Condition] = Field(None, alias="x-ask-if", description="Nobody is asked before this holds.")
    safety: bool = Field(False, alias="x-safety", description="Asked before any encouraging guidance is shown.")
    internal: bool = Field(False, alias="x-internal", description="Derived only: nobody is asked, nobody can give it.")
    derived: Maybe[list[DerivedFrom]] = Field(
        None, alias="x-derived", description="The sources of its value; the first that is known counts."
    )


class Dictionary(Format):
    """Every question that criteria may read, in the order of asking, written as JSON Schema."""

    dialect: Dialect = Field(alias="$schema", description="The dialect of JSON Schema, so that any validator reads it.")
    id: AnswersAddress = Field(alias="$id", description="urn:cart-screen:answers:<version>, as its path says.")
    title: Text = Field(description="What the questions are for.")
    description: Maybe[Text] = Field(None, description="More about it, for authors.")
    comment: Maybe[Text] = Field(None, alias="$comment", description="A remark for authors.")
    type: Literal["object"] = Field(description="The record of answers is an object.")
    version: Version = Field(
        alias="x-version", description="The version; a changed meaning, bound or derivation is a new major."
    )
    sources: Maybe[list[CitedSource]] = Field(
        None, alias="x-sources", description="Every source that units and codes cite."
    )
    systems: Maybe[dict[Url, CodeSystem]] = Field(
        None, alias="x-code-systems", description="The code systems in use, by address."
    )
    topics: Maybe[Unique[Name]] = Field(None, alias="x-topics", description="The topics, in the order of asking.")
    screens: Maybe[dict[Name, Annotated[Unique[QuestionId], Field(min_length=2)]]] = Field(
        None, alias="x-screens", description="Yes/no questions that are asked together on one screen, by its name."
    )
    properties: Annotated[dict[QuestionId, Question], Field(min_length=1)] = Field(
        description="The questions by id, in the order of asking."
    )
    additional: No = Field(False, alias="additionalProperties", description="No answer without a question.")
    age: Maybe[QuestionId] = Field(None, alias="x-age", description="The question of the person's age in years.")
    consistency: Maybe[dict[Name, Condition]] = Field(
        None,
        alias="x-consistency",
        description="Answers that cannot all be right: each condition holds where they stand.",
    )
    urgency: Maybe[dict[Name, Condition]] = Field(
        None,
        alias="x-urgency",
        description="What calls for urgent words, by their key, the strongest first.",
    )
