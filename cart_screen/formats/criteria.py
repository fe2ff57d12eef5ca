"""The criteria documents: one version of an indication, and one version of a criterion that many share."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from cart_screen.formats.condition import Condition, CriterionCondition
from cart_screen.formats.sources import CitedSource
from cart_screen.formats.types import (
    Address,
    Day,
    Format,
    HowVerified,
    Major,
    Maybe,
    Name,
    QuestionId,
    Scalar,
    Text,
    Version,
    Yes,
)

Dialect = Literal["https://json-schema.org/draft/2020-12/schema"]
Status = Literal["met", "not-met", "unknown"]


class Effective(Format):
    """From which day a document is in force, and what was assumed about that day."""

    from_: Day = Field(alias="from", description="The first day on which it is in force.")
    note: Maybe[Text] = Field(None, description="What was assumed about the day.")


class Product(Format):
    """An approved product."""

    name: Text = Field(description="The name of the substance.")
    brand: Text = Field(description="The name under which it is sold.")
    target: Text = Field(description="What the cells are directed against.")


class Approval(Format):
    """How a use was approved, and how well that is known."""

    kind: Text = Field(description="The kind of approval, such as regular or accelerated.")
    verified: HowVerified = Field(description="How well the kind of approval was verified.")


class Expected(Format):
    """The statuses that must come out; a criterion that is left out is not looked at."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    approved_cancer_type: Maybe[Status] = Field(None, alias="approved-cancer-type", description="Of the cancer type.")
    relapsed_refractory: Maybe[Status] = Field(
        None, alias="relapsed-refractory", description="Of relapsed or refractory."
    )
    prior_lines: Maybe[Status] = Field(None, alias="prior-lines", description="Of the prior lines.")
    fitness: Maybe[Status] = Field(None, description="Of overall fitness.")
    organ_function: Maybe[Status] = Field(None, alias="organ-function", description="Of organ function.")

    @model_validator(mode="after")
    def _looks_at_one(self) -> Self:
        if not self.model_fields_set:
            raise PydanticCustomError("too-few", "at least one status")
        return self


class Example(Format):
    """An answer set with the statuses, and where named the cautions, that the document must give it."""

    says: Maybe[Text] = Field(None, description="What the example shows.")
    answers: dict[QuestionId, Scalar | None] = Field(description="Answers by question id; null is asked, not known.")
    expect: Expected = Field(description="The statuses that must come out.")
    cautions: Maybe[list[Name]] = Field(None, description="The ids of all cautions that must be reported.")


class Five(Format):
    """The five criteria of an indication."""

    approved_cancer_type: CriterionCondition = Field(
        alias="approved-cancer-type", description="The cancer, and the age, that the use names."
    )
    relapsed_refractory: CriterionCondition = Field(
        alias="relapsed-refractory", description="Where the cancer must stand."
    )
    prior_lines: CriterionCondition = Field(alias="prior-lines", description="The treatments that come first.")
    fitness: CriterionCondition = Field(description="Overall fitness.")
    organ_function: CriterionCondition = Field(alias="organ-function", description="Kidneys, liver, heart and lungs.")


class CancerTypeReference(Format):
    """The first of the five."""

    reference: Literal["#/$defs/approved-cancer-type"] = Field(alias="$ref", description="The approved cancer type.")


class RelapsedRefractoryReference(Format):
    """The second of the five."""

    reference: Literal["#/$defs/relapsed-refractory"] = Field(alias="$ref", description="Relapsed or refractory.")


class PriorLinesReference(Format):
    """The third of the five."""

    reference: Literal["#/$defs/prior-lines"] = Field(alias="$ref", description="Prior lines.")


class FitnessReference(Format):
    """The fourth of the five."""

    reference: Literal["#/$defs/fitness"] = Field(alias="$ref", description="Overall fitness.")


class OrganFunctionReference(Format):
    """The fifth of the five."""

    reference: Literal["#/$defs/organ-function"] = Field(alias="$ref", description="Organ function.")


# With these a plain validator holds all five against an answer set. JSON has no tuples, only lists.
AllFive = Annotated[
    tuple[
        CancerTypeReference, RelapsedRefractoryReference, PriorLinesReference, FitnessReference, OrganFunctionReference
    ],
    Field(strict=False),
]


class Indication(Format):
    """One version of one approved use of one product: exactly five criteria, written as JSON Schema."""

    dialect: Dialect = Field(alias="$schema", description="The dialect of JSON Schema, so that any validator reads it.")
    id: Address = Field(alias="$id", description="urn:cart-screen:<set>:<indication>:<version>, as its path says.")
    title: Text = Field(description="The use in plain words.")
    description: Maybe[Text] = Field(None, description="More about it, for authors.")
    type: Literal["object"] = Field(description="The record of answers is an object.")
    version: Version = Field(alias="x-version", description="The version, which is also the name of the file.")
    effective: Effective = Field(alias="x-effective", description="From when the document is in force.")
    product: Maybe[Product] = Field(None, alias="x-product", description="The product; none in a set that names none.")
    disease: Name = Field(alias="x-disease", description="The disease, the same for all its indications.")
    approval: Maybe[Approval] = Field(None, alias="x-approval", description="How the use was approved.")
    withdrawn: bool = Field(False, alias="x-withdrawn", description="The use ended on the day in x-effective.")
    answers: Major = Field(alias="x-answers", description="The major version of the dictionary that it reads.")
    sources: Annotated[list[CitedSource], Field(min_length=1)] = Field(
        alias="x-sources", description="Every source that the document cites."
    )
    note: Maybe[Text] = Field(None, alias="x-note", description="What was assumed, or why it reads as it does.")
    definitions: Five = Field(alias="$defs", description="The five criteria.")
    all_of: AllFive = Field(alias="allOf", description="The five criteria, in their order.")
    examples: list[Example] = Field(alias="x-examples", description="Answer sets that run as tests.")


class SharedCriterion(Condition):
    """One version of a criterion that many indications use, written as JSON Schema."""

    dialect: Dialect = Field(alias="$schema", description="The dialect of JSON Schema, so that any validator reads it.")
    identifier: Address = Field(
        alias="$id", description="urn:cart-screen:shared:<criterion>:<version>, as its path says."
    )
    title: Text = Field(description="The criterion in plain words.")
    version: Version = Field(alias="x-version", description="The version, which is also the name of the file.")
    answers: Major = Field(alias="x-answers", description="The major version of the dictionary that it reads.")
    sources: Annotated[list[CitedSource], Field(min_length=1)] = Field(
        alias="x-sources", description="Every source that the document cites."
    )
    no_requirement: Maybe[Yes] = Field(
        None, alias="x-no-requirement", description="Nothing at all is asked here; no condition stands beside it."
    )
    examples: list[Example] = Field(alias="x-examples", description="Answer sets that run as tests.")
