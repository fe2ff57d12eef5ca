"""The words of the sheet for the appointment: its headings, and what a set says about its treatment."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from cart_screen.formats.sources import Source
from cart_screen.formats.types import Format, Maybe, Name, Text, Unique


class SheetWords(Format):
    """The headings and fixed sentences of the sheet. They speak of no therapy, so each may be left to the package."""

    title: Maybe[Text] = Field(None, description="The title.")
    lead: Maybe[Text] = Field(None, description="What the page is, and that it decides nothing.")
    compared: Maybe[Text] = Field(None, description="With {title} and as of which {date} the answers were compared.")
    conflicts: Maybe[Text] = Field(None, description="The heading above answers that do not fit together.")
    answers: Maybe[Text] = Field(None, description="The heading above the answers.")
    topic: Maybe[Text] = Field(None, description="The head of the column of topics.")
    answer: Maybe[Text] = Field(None, description="The head of the column of answers.")
    not_known: Maybe[Text] = Field(None, alias="not-known", description="Beside what was asked and is not known.")
    not_needed: Maybe[Text] = Field(None, alias="not-needed", description="Beside answers that no longer count.")
    no_answers: Maybe[Text] = Field(None, alias="no-answers", description="Said where there is no answer at all.")
    lines_up: Maybe[Text] = Field(None, alias="lines-up", description="The heading above points that line up.")
    products: Maybe[Text] = Field(None, description="Said before the uses that line up.")
    to_talk_about: Maybe[Text] = Field(
        None, alias="to-talk-about", description="The heading above points that differ and cautions."
    )
    good_to_know: Maybe[Text] = Field(None, alias="good-to-know", description="The label of a caution.")
    open: Maybe[Text] = Field(None, description="Said before the points that are still open.")
    bring: Maybe[Text] = Field(None, description="The heading above what to bring.")
    ask: Maybe[Text] = Field(None, description="The heading above questions to the specialist.")
    risks: Maybe[Text] = Field(None, description="The heading above known serious risks.")
    some_products: Maybe[Text] = Field(
        None, alias="some-products", description="Beside a risk of single products, where none is named."
    )
    sources: Maybe[Text] = Field(None, description="The heading above the sources.")
    checked_primary: Maybe[Text] = Field(None, alias="checked-primary", description="Above sources read at first hand.")
    checked_secondary: Maybe[Text] = Field(None, alias="checked-secondary", description="Above sources read in a copy.")
    checked_unverified: Maybe[Text] = Field(
        None, alias="checked-unverified", description="Above what was not checked in a source."
    )
    about: Maybe[Text] = Field(None, description="The heading above what the page is.")
    private: Maybe[Text] = Field(None, description="That the page holds health data.")
    documents: Maybe[Text] = Field(None, description="Which {documents} were read.")
    made_by: Maybe[Text] = Field(None, alias="made-by", description="With which {version} of the tool it was made.")


class CitedWords(Format):
    """Something that is said, and what it rests on."""

    text: Text = Field(description="What is said.")
    source: Unique[Name] = Field(description="The ids of the sources that it rests on.")


class RiskWords(CitedWords):
    """A known serious risk."""

    brands: Maybe[Unique[Text]] = Field(None, description="The products that it belongs to; all where none is named.")


class TreatmentWords(Format):
    """What a set says about its treatment to people who prepare an appointment. Each entry has an id of its own."""

    heading: Text = Field(description="The heading above what the treatment involves.")
    involves: Annotated[dict[Name, CitedWords], Field(min_length=1)] = Field(description="What it involves, in order.")
    risks: Annotated[dict[Name, RiskWords], Field(min_length=1)] = Field(description="Its known serious risks.")
    bring: Annotated[dict[Name, CitedWords], Field(min_length=1)] = Field(description="What to bring.")
    ask: Annotated[dict[Name, Text], Field(min_length=1)] = Field(description="Questions to ask the specialist.")
    sources: Annotated[dict[Name, Source], Field(min_length=1)] = Field(description="The sources, by their id.")
