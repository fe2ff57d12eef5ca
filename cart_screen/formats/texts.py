"""The words that people read, in one language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeAlias

from pydantic import ConfigDict, Field, StringConstraints

from cart_screen.formats.partial import partial
from cart_screen.formats.sheet import SheetWords, TreatmentWords
from cart_screen.formats.sources import CitedSource
from cart_screen.formats.types import Format, Maybe, Name, QuestionId, Text, Unique

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=35)]
Paragraphs = Annotated[list[Text], Field(min_length=1)]


class Urgent(Format):
    """Urgent words, shown above any guidance."""

    headline: Text = Field(description="The first line.")
    text: Text = Field(description="What to do now.")


class IntendedUse(Format):
    """What the tool is for, on the first screen, on every sheet and in every export."""

    heading: Text = Field(description="The heading.")
    paragraphs: Paragraphs = Field(description="What it does and what it does not do.")
    regulatory_note: Text = Field(alias="regulatory-note", description="Where it stands with the regulators.")


class QuestionWords(Format):
    """The words of one question."""

    heading: Text = Field(description="The question itself.")
    hint: Maybe[Text] = Field(None, description="What counts, and how to give it.")
    why: Text = Field(description="Why it is asked.")
    where: Text = Field(description="Where the answer is found.")
    label: Text = Field(description="The short name of the answer in a table.")
    unit: Maybe[Text] = Field(None, description="The unit as people write it.")
    options: Maybe[dict[Text, Text]] = Field(None, description="The words of each value that may be chosen.")
    tick: Maybe[Text] = Field(None, description="The line to tick where several questions share a screen.")
    source: Maybe[Unique[Name]] = Field(None, description="The ids of the sources that its words rest on.")


class ScreenWords(Format):
    """The words of a screen on which several yes/no questions are asked at once."""

    heading: Text = Field(description="The question itself, which each ticked line answers.")
    hint: Maybe[Text] = Field(None, description="What counts, and how to answer.")
    why: Text = Field(description="Why it is asked.")
    where: Text = Field(description="Where the answers are found.")
    label: Text = Field(description="The short name of the screen in a table.")


class StatusWords(Format):
    """What is said of a condition in each status."""

    met: Text = Field(description="Said where it lines up.")
    not_met: Text = Field(alias="not-met", description="Said where it differs.")
    unknown: Text = Field(description="Said while it is open.")


class CriterionWords(StatusWords):
    """The title of a criterion, and what is said of it in each status."""

    title: Text = Field(description="The criterion in plain words.")


class GuidanceWords(Format):
    """What one guidance says."""

    headline: Text = Field(description="The first line.")
    says: Paragraphs = Field(description="What to do next, paragraph by paragraph.")


class Section(Format):
    """The heading of a section, and its first sentence."""

    heading: Text = Field(description="The heading.")
    lead: Text = Field(description="The first sentence.")


class Spoken(Format):
    """Everything that is said. Any other key holds urgent words that a dictionary calls for."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Urgent]

    intended_use: IntendedUse = Field(alias="intended-use", description="What the tool is for.")
    topics: dict[Name, Text] = Field(description="The name of each topic.")
    questions: dict[QuestionId, QuestionWords] = Field(description="The words of each question.")
    screens: Maybe[dict[Name, ScreenWords]] = Field(None, description="The words of each screen of several questions.")
    absent: Maybe[dict[Name, Text]] = Field(None, description="The words of each reason for having no answer.")
    criteria: dict[Name, CriterionWords] = Field(description="The words of each of the five criteria.")
    verified: dict[Name, Text] = Field(description="How well a source was verified, and what is not yet final.")
    guidance: dict[Name, GuidanceWords] = Field(description="What each guidance says, by code and reason.")
    reasons: dict[Name, StatusWords] = Field(description="The words of each named condition, by its x-reason.")
    cautions: dict[Name, Text] = Field(description="The words of each caution.")
    conflicts: dict[Name, Text] = Field(description="What is said where two answers cannot both be right.")
    products_note: Text = Field(alias="products-note", description="Said where more than one product is named.")
    more_uses_note: Text = Field(alias="more-uses-note", description="Said where more uses may line up.")
    still_needed: Maybe[Section] = Field(None, alias="still-needed", description="The words above what is still open.")
    terminal: dict[Name, Text] = Field(
        description="The title in a terminal; its other words may be left to the package."
    )
    web: Maybe[dict[Name, Text]] = Field(None, description="The words of the page in a browser, beside the terminal's.")
    batch: Maybe[dict[Name, Text]] = Field(None, description="The words of the summary and report on many people.")
    sheet: Maybe[SheetWords] = Field(None, description="The fixed words of the sheet for the appointment.")
    treatment: Maybe[TreatmentWords] = Field(None, description="What the sheet says of the treatment.")


# To a type checker what is made at run time is a format like any other.
if TYPE_CHECKING:
    Overlay: TypeAlias = Format
else:
    Overlay = partial(Spoken)


class Audiences(Format):
    """The words that other readers than the patient have of their own; all others are the patient's."""

    child: Maybe[Overlay] = Field(None, description='For whoever answers for a child: "your child".')
    clinician: Maybe[Overlay] = Field(None, description="For doctors and nurses, who answer for a patient.")


class Texts(Spoken):
    """The words that people read, in one language. Any other key holds urgent words that a dictionary calls for."""

    language: Language = Field(description="The language as a BCP 47 tag, which is also the name of the file.")
    names: Maybe[Unique[Text]] = Field(
        None, description="Names of diseases, medicines and tests, which cannot be said more simply."
    )
    sources: Maybe[Annotated[list[CitedSource], Field(min_length=1)]] = Field(
        None, description="The sources that words rest on, cited by their id."
    )
    audiences: Maybe[Audiences] = Field(None, description="The words for other readers than the patient.")
