"""The documents that the API answers with, beside those that the package publishes, for its description."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from cart_screen.formats.condition import AnswerType
from cart_screen.formats.criteria import Approval, Status
from cart_screen.formats.screening import Conflict, UrgentWords
from cart_screen.formats.types import (
    Absent,
    Address,
    Audience,
    Day,
    Depth,
    Format,
    Name,
    QuestionId,
    Scalar,
    Text,
    Url,
    Version,
    Words,
)


class CriteriaSummary(Format):
    """A criteria set, without its uses."""

    set: Name = Field(description="The name of the set.")
    title: Text = Field(description="What the set holds.")
    publisher: Text = Field(description="Who publishes what it holds.")
    jurisdiction: Text = Field(description="Where it applies.")
    known_from: Day = Field(description="The day from which the set is complete.")
    answers: Version = Field(description="The version of the dictionary.")
    languages: list[Text] = Field(description="The languages that it has words in.")
    draft: bool = Field(description="Whether what it rests on is not released yet.")


class CriteriaSets(Format):
    """The criteria sets that are served."""

    format: Literal["cart-screen-criteria-list/1"] = Field(description="The format and its version.")
    default: Name = Field(description="The set that is meant where none is named.")
    sets: list[CriteriaSummary] = Field(description="The sets.")


class UseListed(Format):
    """One version of one use."""

    id: Name = Field(description="The id of the use.")
    version: Version = Field(description="Its version.")
    document: Address = Field(description="The address of its document.")
    title: Text = Field(description="The use in plain words.")
    from_: Day = Field(alias="from", description="The first day of the version.")
    until: Day | None = Field(description="Its last day, where a later version follows.")
    date_note: Words = Field(description="What was assumed about the day; empty where nothing was.")
    state: Text = Field(description="Where it stands on the date.")
    product: Text | None = Field(description="The name under which the product is sold.")
    disease: Name = Field(description="The disease.")
    approval: Approval | None = Field(description="How the use was approved; null where nothing is said.")
    draft: bool = Field(description="Whether the document is not released yet.")
    signed_off: int = Field(description="How many of the five criteria a clinician has reviewed.")


class UsesListed(CriteriaSummary):
    """A criteria set with its uses on a date."""

    as_of: Day = Field(description="The date.")
    uses: list[UseListed] = Field(description="Its uses.")


class SetRead(Format):
    """The criteria set that decides what is asked."""

    set: Name = Field(description="The name of the set.")
    title: Text = Field(description="What it holds.")
    as_of: Day = Field(description="The day whose criteria count.")


class Cited(Format):
    """A source of words."""

    title: Text = Field(description="Its title.")
    url: Url = Field(description="Its address.")


class Choice(Format):
    """A value that may be chosen."""

    value: Scalar = Field(description="The value to send.")
    text: Text = Field(description="Its words.")


class UnitAccepted(Format):
    """A unit that a number may be given in."""

    code: Text = Field(description="The UCUM code, for units.")
    text: Text = Field(description="The unit as people write it.")
    minimum: float | None = Field(description="The lowest number in it.")
    maximum: float | None = Field(description="The highest number in it.")


class Asked(Format):
    """One question of a screen."""

    question: QuestionId = Field(description="The id, which is the key in answers, absent and units.")
    type: AnswerType = Field(description="The type of its values.")
    label: Text = Field(description="Its short name.")
    tick: Words = Field(description="The line to tick where several questions share a screen, else empty.")
    choices: list[Choice] = Field(description="What may be chosen; nothing of it is chosen beforehand.")
    minimum: float | None = Field(description="The lowest number, in the canonical unit.")
    maximum: float | None = Field(description="The highest number, in the canonical unit.")
    unit: Words = Field(description="The canonical unit as people write it, else empty.")
    units: list[UnitAccepted] = Field(description="The units that are accepted, the canonical one first.")


class Instead(Format):
    """What may be said instead of an answer."""

    reason: Absent = Field(description="The reason to send, in absent.")
    text: Text = Field(description="Its words.")


class NextScreen(Format):
    """What is asked next, at once."""

    screen: Text = Field(description="The id of the screen.")
    topic: Text = Field(description="The topic.")
    heading: Text = Field(description="The question itself.")
    hint: Words = Field(description="What counts, and how to give it; may be empty.")
    why: Text = Field(description="Why it is asked.")
    where: Text = Field(description="Where the answer is found.")
    sources: list[Cited] = Field(description="What the words rest on.")
    several: bool = Field(
        description="Whether lines are ticked: one that is not becomes no only where somebody says that none applies."
    )
    questions: list[Asked] = Field(description="The questions.")
    instead: list[Instead] = Field(description="What may be said instead of an answer.")


class ProgressMade(Format):
    """How far the questionnaire is."""

    asked: int = Field(description="How many screens were answered.")
    at_most: int = Field(description="How many more there can be.")


class SettledBy(Format):
    """Why no answer can change the guidance any more."""

    code: Text = Field(description="The guidance.")
    decided: dict[Name, Status] = Field(description="The criteria that are decided.")
    open: list[Name] = Field(description="The criteria that are open and cannot change it.")


class AnswerRow(Format):
    """One line of the page on which answers are checked."""

    question: QuestionId = Field(description="The question.")
    label: Text = Field(description="Its short name.")
    value: Scalar | None = Field(description="The answer.")
    absent: Absent | None = Field(description="Why there is none.")
    text: Text = Field(description="Either of them in words.")
    needed: bool = Field(description="Whether it counts, beside the other answers.")


class QuestionnaireStep(Format):
    """Where a questionnaire stands. It holds answers, so it is health data."""

    format: Literal["cart-screen-questionnaire/1"] = Field(description="The format and its version.")
    language: Text = Field(description="The language of the words.")
    audience: Audience = Field(description="Whom the words speak to.")
    criteria: SetRead = Field(description="The criteria set that decides what is asked.")
    depth: Depth = Field(description="How far it goes.")
    intended_use: list[Text] = Field(description="What it is for and what it is not: to be shown first.")
    urgent: UrgentWords | None = Field(description="Urgent words, which are shown at once.")
    next: NextScreen | None = Field(description="What is asked next; null where nothing is left to ask.")
    progress: ProgressMade = Field(description="How far it is.")
    finished: bool = Field(description="Whether nothing is left to ask.")
    settled: SettledBy | None = Field(description="Why no answer can change the guidance; null while one can.")
    conflicts: list[Conflict] = Field(description="The answers to settle first.")
    answers: list[AnswerRow] = Field(description="What was answered, to be checked.")


class HookService(Format):
    """A CDS Hooks service."""

    hook: Text = Field(description="When it is called.")
    id: Text = Field(description="Its id, the last step of its path.")
    title: Text = Field(description="Its name.")
    description: Text = Field(description="What it does.")
    prefetch: dict[Text, Text] = Field(description="The resources that a call brings.")


class HookServices(Format):
    """The CDS Hooks services."""

    services: list[HookService] = Field(description="The services.")


class CardSource(Format):
    """Where a card comes from."""

    label: Text = Field(description="Its words.")


class CardLink(Format):
    """A link on a card."""

    label: Text = Field(description="Its words.")
    url: Url = Field(description="Its address.")
    type: Literal["absolute"] = Field(description="What kind of link it is.")


class Card(Format):
    """A card: something to think of, never a verdict."""

    uuid: Text = Field(description="The id of the card.")
    summary: Text = Field(description="The first line, under 140 letters.")
    indicator: Literal["info"] = Field(description="How urgent it is.")
    detail: str = Field(description="The rest, as Markdown.")
    source: CardSource = Field(description="Where it comes from.")
    links: list[CardLink] = Field(description="The questionnaire.")


class Cards(Format):
    """The cards of a call; there may be none."""

    cards: list[Card] = Field(description="The cards.")


class State(Format):
    """That the server runs, and what it serves."""

    status: Literal["pass"] = Field(description="That all is well.")
    version: Text = Field(description="The version of cart-screen.")
    criteria: list[Name] = Field(default=[], description="The criteria sets that can be read.")


Resource = dict[str, Any]
