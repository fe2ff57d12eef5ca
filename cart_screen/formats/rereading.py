"""The answers of a record under the criteria of another day: then, now and the difference."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from cart_screen.formats.criteria import Status
from cart_screen.formats.screening import GuidanceCode, GuidanceReason, Screening, Statuses
from cart_screen.formats.types import Address, Criterion, Format, Name, Path, QuestionId, Text, Version
from cart_screen.formats.verification import OfRecord

UseChangeKind = Literal["came", "went", "changed", "read-otherwise"]


class GuidanceGiven(Format):
    """The guidance of one day."""

    code: GuidanceCode = Field(description="The guidance.")
    because: GuidanceReason | None = Field(description="Why it is incomplete or about alternatives.")


class GuidanceChange(Format):
    """The guidance then and now."""

    then: GuidanceGiven = Field(description="The guidance in the record.")
    now: GuidanceGiven = Field(description="The guidance now.")


class DictionaryChange(Format):
    """The dictionary that the answers were read with."""

    then: Version = Field(description="Its version in the record.")
    now: Version = Field(description="Its version now.")
    another_major: bool = Field(description="Whether an id may mean something else now.")


class FindingChange(Format):
    """The status of a criterion then and now."""

    criterion: Criterion = Field(description="The criterion.")
    then: Status | None = Field(description="Its status in the record; null where nothing was in force.")
    now: Status | None = Field(description="Its status now; null where nothing is in force.")


class UseRead(Format):
    """A use on one day."""

    version: Version = Field(description="The version that was in force.")
    document: Address = Field(description="The address of its document.")
    statuses: Statuses = Field(description="The statuses of its five criteria.")


class UseChange(Format):
    """A use that is not read as it was."""

    use: Name = Field(description="The id of the indication.")
    title: Text = Field(description="The use in plain words.")
    brand: Text | None = Field(description="The name under which the product is sold; null where none is named.")
    disease: Name = Field(description="The disease.")
    change: UseChangeKind = Field(
        description="came: not in force then; went: not in force now; changed: another document; "
        "read-otherwise: the same document with other statuses."
    )
    possible: bool = Field(description="Whether the cancer type may be one that the use names, then or now.")
    then: UseRead | None = Field(description="The use in the record; null where it was not in force.")
    now: UseRead | None = Field(description="The use now; null where it is not in force.")
    documents: list[Path] = Field(description="The documents that made it: those that are read now and were not then.")


class LeftOut(Format):
    """A recorded answer that was not read, since the dictionary does not allow it now."""

    question: QuestionId = Field(description="The question.")
    found: Text = Field(description="What the record holds: health data.")
    allowed: Text = Field(description="What is allowed now.")


class Rereading(Format):
    """The answers of a record under the criteria of another day. It holds answers, so it is health data."""

    format: Literal["cart-screen-rereading/1"] = Field(description="The format and its version.")
    made_by: Text = Field(description="The program that read it again, and its version.")
    record: OfRecord = Field(description="The record.")
    same: bool = Field(
        description="Whether guidance, findings and every use that can matter are read as they were, and no answer "
        "was left out."
    )
    guidance: GuidanceChange = Field(description="The guidance then and now.")
    dictionary: DictionaryChange = Field(description="The dictionary then and now.")
    findings: list[FindingChange] = Field(description="The five findings then and now.")
    uses: list[UseChange] = Field(description="Every use that is not read as it was.")
    left_out: list[LeftOut] = Field(description="The recorded answers that were not read.")
    now: Screening = Field(description="What comes out now.")
