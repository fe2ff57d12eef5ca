"""The description of a criteria set."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from cart_screen.formats.sources import Source
from cart_screen.formats.types import Address, Day, Format, Maybe, Name, Text, Unique, Version


class General(Format):
    """The shared criteria that are read where no indication is possible."""

    relapsed_refractory: Address = Field(alias="relapsed-refractory", description="Whether the cancer is active now.")
    prior_lines: Address = Field(alias="prior-lines", description="Whether there has been any treatment.")
    fitness: Address = Field(description="Overall fitness.")
    organ_function: Address = Field(alias="organ-function", description="Kidneys, liver, heart and lungs.")


class EarlierAnswers(Format):
    """The dictionary of an earlier major version, for the documents that still read it."""

    answers: Version = Field(description="The version of the dictionary, as in answers/<version>.json.")
    general: General = Field(description="The shared criteria of that major that are read in general.")


class Note(Format):
    """What a publisher's document says, beside what is current."""

    says: Text = Field(description="What the document says.")
    document: Text = Field(description="The document that says it.")
    now: Text = Field(description="What holds now.")
    sources: list[Source] = Field(description="Where what holds now was read.")


class CriteriaSet(Format):
    """A criteria set: the approved uses of one publisher."""

    id: Name = Field(description="The name of the set, which is also the name of its folder.")
    title: Text = Field(description="What the set holds.")
    publisher: Text = Field(description="Who publishes what it holds.")
    jurisdiction: Text = Field(description="Where it applies.")
    answers: Version = Field(description="The version of the dictionary, as in answers/<version>.json.")
    earlier: Maybe[Annotated[list[EarlierAnswers], Field(min_length=1)]] = Field(
        None, description="The dictionaries of earlier major versions, for documents that still read them."
    )
    known_from: Day = Field(alias="known-from", description="The day from which the set is complete.")
    cancer_type_title: Text = Field(
        alias="cancer-type-title", description="The title of the cancer type where no single indication is meant."
    )
    general: General = Field(description="The shared criteria that are read where no indication is possible.")
    indications: Unique[Name] = Field(description="The folders of the indications; the order breaks ties.")
    notes: Maybe[list[Note]] = Field(None, description="What the publisher's documents say, beside what is current.")
