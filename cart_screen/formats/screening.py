"""A screening as plain JSON: the facts about one set of answers, the guidance, and the words for both."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from cart_screen.formats.condition import Strength
from cart_screen.formats.criteria import Approval, Product, Status
from cart_screen.formats.criteria_set import Note
from cart_screen.formats.sources import Source
from cart_screen.formats.types import (
    Address,
    Audience,
    Day,
    Format,
    HowVerified,
    Name,
    QuestionId,
    Scalar,
    Text,
    Version,
    Words,
)

GuidanceCode = Literal[
    "discuss-no-criteria",
    "discuss-match",
    "discuss-label-match",
    "discuss-review",
    "discuss-incomplete",
    "discuss-alternatives",
]
GuidanceReason = Literal["conflict", "type", "disease", "age", "not-now", "near", "near-type-open"]


class ReadUnder(Format):
    """The criteria that the answers were read under."""

    set: Name = Field(description="The name of the criteria set.")
    title: Text = Field(description="What the set holds.")
    jurisdiction: Text = Field(description="Where it applies.")
    as_of: Day = Field(description="The day whose criteria were read.")
    answers: Version = Field(description="The version of the dictionary.")
    documents: list[Address] = Field(description="The criteria documents in force on that day.")
    draft: bool = Field(description="Whether one of them is not released yet.")
    cautions: list[Text] = Field(description="What to know about the criteria as a whole.")
    notes: list[Note] = Field(description="What the publisher's documents say, beside what is current.")


class UrgentWords(Format):
    """Urgent words, which stand above any guidance."""

    headline: Text = Field(description="The first line.")
    text: Text = Field(description="What to do now.")


class Point(Format):
    """A named condition in words."""

    reason: Name = Field(description="The key of the condition, as x-reason names it.")
    text: Text = Field(description="Its words.")
    recoverable: bool = Field(description="Whether time or treatment may change it.")


class Guidance(Format):
    """What to do next: always a conversation with a specialist."""

    code: GuidanceCode = Field(description="The guidance.")
    because: GuidanceReason | None = Field(description="Why it is incomplete or about alternatives.")
    headline: Text = Field(description="Its first line.")
    says: list[Text] = Field(description="What it says, paragraph by paragraph.")
    urgency: Text | None = Field(description="The key of the urgent words that stand above it.")
    urgent: UrgentWords | None = Field(description="Those urgent words.")
    points: list[Point] = Field(description="The conditions that it speaks of.")
    indications: list[Text] = Field(description="The titles of the indications that line up.")


class CautionFound(Format):
    """A caution that holds for the answers."""

    caution: Name = Field(description="The id of the caution.")
    title: Text = Field(description="The caution as its document states it.")
    text: Text = Field(description="Its words.")
    sources: list[Source] = Field(description="Where it comes from.")


class Finding(Format):
    """The status of one criterion, and what it rests on."""

    title: Text = Field(description="The criterion in plain words.")
    status: Status = Field(description="What the answers say of it.")
    relevant: bool = Field(description="False where no indication is possible and it was read in general.")
    text: Text = Field(description="The status in words.")
    because: dict[QuestionId, Scalar] = Field(description="The answers that decided it: health data.")
    awaiting: list[QuestionId] = Field(description="The questions that can still change it.")
    reasons: list[Point] = Field(description="The conditions that explain it.")
    cautions: list[CautionFound] = Field(description="The cautions that hold.")
    strength: Strength = Field(description="How binding its source is.")
    verified: HowVerified = Field(description="How well the weakest of its sources was verified.")
    verified_text: Text = Field(description="The same in words.")
    signed_off: Text | None = Field(description="The clinician who reviewed it; null while none has.")
    sources: list[Source] = Field(description="Where the status comes from.")


class Findings(Format):
    """The five findings."""

    approved_cancer_type: Finding = Field(alias="approved-cancer-type", description="The cancer type.")
    relapsed_refractory: Finding = Field(alias="relapsed-refractory", description="Where the cancer stands.")
    prior_lines: Finding = Field(alias="prior-lines", description="The treatments so far.")
    fitness: Finding = Field(description="Overall fitness.")
    organ_function: Finding = Field(alias="organ-function", description="Kidneys, liver, heart and lungs.")


class Nothing(Format):
    """No finding: nothing was in force on the day."""


class Statuses(Format):
    """The statuses of the five criteria."""

    approved_cancer_type: Status = Field(alias="approved-cancer-type", description="Of the cancer type.")
    relapsed_refractory: Status = Field(alias="relapsed-refractory", description="Of relapsed or refractory.")
    prior_lines: Status = Field(alias="prior-lines", description="Of the prior lines.")
    fitness: Status = Field(description="Of overall fitness.")
    organ_function: Status = Field(alias="organ-function", description="Of organ function.")


class Outcome(Format):
    """One indication in force with the statuses of its five criteria."""

    indication: Name = Field(description="The id of the indication.")
    version: Version = Field(description="Its version.")
    document: Address = Field(description="The address of its document.")
    title: Text = Field(description="The use in plain words.")
    disease: Name = Field(description="The disease.")
    effective: Day = Field(description="The day from which the version is in force.")
    effective_note: Words = Field(description="What was assumed about the day; empty where nothing was.")
    product: Product | None = Field(description="The product; null in a set that names none.")
    approval: Approval | None = Field(description="How the use was approved; null where nothing is said.")
    draft: bool = Field(description="Whether the document is not released yet.")
    sources: list[Source] = Field(description="The sources of the document.")
    statuses: Statuses = Field(description="The statuses of the five criteria.")


class Needed(Format):
    """An answer that is still open, and where it is found."""

    question: QuestionId = Field(description="The question.")
    label: Text = Field(description="Its short name.")
    where: Text = Field(description="Where the answer is found.")


class Conflict(Format):
    """Answers that cannot both be right."""

    conflict: Name = Field(description="The id of the conflict, as the dictionary names it.")
    text: Text = Field(description="Its words.")
    questions: list[QuestionId] = Field(description="The questions whose answers make it.")


class Screening(Format):
    """What the criteria say of one set of answers on one day. It holds answers, so it is health data."""

    format: Literal["cart-screen-screening/1"] = Field(description="The format and its version.")
    made_by: Text = Field(description="The program that made it, and its version.")
    language: Text = Field(description="The language of the words.")
    audience: Audience = Field(description="Whom the words speak to.")
    intended_use: list[Text] = Field(description="What the screening is for and what it is not.")
    criteria: ReadUnder = Field(description="The criteria that the answers were read under.")
    guidance: Guidance = Field(description="What to do next.")
    findings: Findings | Nothing = Field(description="The five findings; empty where nothing was in force.")
    indications: list[Outcome] = Field(description="Every indication in force, in the set's order.")
    awaiting: list[QuestionId] = Field(description="The questions that can still change the guidance.")
    needed: list[Needed] = Field(description="What is still open, in words.")
    conflicts: list[Conflict] = Field(description="The answers to settle first.")
