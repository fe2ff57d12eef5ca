"""The texts, numbers and values that the published formats are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError

from cart_screen.answers.absent import AbsentReason
from cart_screen.answers.scalars import is_number, is_scalar
from cart_screen.formats import patterns
from cart_screen.model import CriterionId, Verified

# Beyond this a JavaScript number is not exact, and engines would differ.
LARGEST_NUMBER = 2**53

T = TypeVar("T")


class Format(BaseModel):
    """
    A part of a published format: nothing is coerced, no key is left over.

    The models check and describe; what they have checked is read as the plain JSON that it was.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class _Given:
    """Marks a key that may be left out; ``null`` is no way of leaving it out."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        schema = handler(source)
        assert schema["type"] == "nullable", "Maybe[T] is T | None"
        given: CoreSchema = schema["schema"]
        return given


@dataclass(frozen=True, eq=False)
class Keywords:
    """Keywords that the JSON Schema of a type has beside those that its checks give."""

    keywords: Mapping[str, Any]

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {**handler(core), **self.keywords}


class _OneOrMany:
    """Marks a list that may be written as its only entry."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        many = handler(core)
        return {"anyOf": [many["items"], many]}


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _unique(values: list[Any]) -> list[Any]:
    # JSON tells true from 1, Python does not.
    seen = [(isinstance(value, bool), value) for value in values]
    if any(value in seen[:place] for place, value in enumerate(seen)):
        raise PydanticCustomError("unique", "each entry once")
    return values


def _day(text: str) -> str:
    try:
        date.fromisoformat(text)
    except ValueError:
        raise PydanticCustomError("day", patterns.PHRASES[patterns.DAY]) from None
    return text


def _moment(text: str) -> str:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        raise PydanticCustomError("moment", patterns.PHRASES[patterns.MOMENT]) from None
    return text


def _boolean(value: Any) -> Any:
    # Python takes 1 for True, also where only one of the two is allowed.
    if not isinstance(value, bool):
        raise PydanticCustomError("boolean", "true or false")
    return value


def _scalar(value: Any) -> Any:
    if not is_scalar(value) or (is_number(value) and abs(value) > LARGEST_NUMBER):
        raise PydanticCustomError("scalar", "a text, a number, true or false")
    return value


def _number(value: Any) -> Any:
    if not is_number(value) or abs(value) > LARGEST_NUMBER:
        raise PydanticCustomError("number", "a number")
    return value


def _count(value: Any) -> Any:
    # To JSON Schema 3.0 is an integer.
    if not is_number(value) or value != int(value) or not 0 <= value <= LARGEST_NUMBER:
        raise PydanticCustomError("count", "a whole number, not below 0")
    return value


_BOUNDS = {"minimum": -LARGEST_NUMBER, "maximum": LARGEST_NUMBER}

Maybe = Annotated[T | None, _Given()]
Unique = Annotated[
    list[T], Field(min_length=1, max_length=500), AfterValidator(_unique), Keywords({"uniqueItems": True})
]
OneOrMany = Annotated[Unique[T], BeforeValidator(_listed), _OneOrMany()]

Yes = Annotated[Literal[True], BeforeValidator(_boolean)]
No = Annotated[Literal[False], BeforeValidator(_boolean)]
Audience = Literal["patient", "child", "clinician"]
Depth = Literal["settle", "complete"]
Text = Annotated[str, StringConstraints(min_length=1, max_length=2_000)]
Words = Annotated[str, StringConstraints(max_length=2_000)]
Name = Annotated[str, StringConstraints(pattern=patterns.NAME, max_length=80)]
QuestionId = Annotated[str, StringConstraints(pattern=patterns.QUESTION, max_length=80)]
Version = Annotated[str, StringConstraints(pattern=patterns.VERSION, max_length=20)]
Major = Annotated[str, StringConstraints(pattern=patterns.MAJOR, max_length=6)]
Day = Annotated[
    str, StringConstraints(pattern=patterns.DAY, max_length=10), AfterValidator(_day), Keywords({"format": "date"})
]
Moment = Annotated[
    str,
    StringConstraints(pattern=patterns.MOMENT, max_length=40),
    AfterValidator(_moment),
    Keywords({"format": "date-time"}),
]
Url = Annotated[str, StringConstraints(pattern=patterns.URL, max_length=1_000)]
Address = Annotated[str, StringConstraints(pattern=patterns.ADDRESS, max_length=250)]
AnswersAddress = Annotated[str, StringConstraints(pattern=patterns.ANSWERS_ADDRESS, max_length=60)]
Reference = Annotated[str, StringConstraints(pattern=patterns.REFERENCE, max_length=400)]
Sha256 = Annotated[str, StringConstraints(pattern=patterns.SHA256)]
Path = Annotated[str, StringConstraints(pattern=patterns.PATH, max_length=300)]
Scalar = Annotated[Any, AfterValidator(_scalar), WithJsonSchema({"type": ["string", "number", "boolean"], **_BOUNDS})]
Number = Annotated[Any, AfterValidator(_number), WithJsonSchema({"type": "number", **_BOUNDS})]
Count = Annotated[
    Any, AfterValidator(_count), WithJsonSchema({"type": "integer", "minimum": 0, "maximum": LARGEST_NUMBER})
]

# Strict models would ask for members of these enumerations; a document holds their texts.
Criterion = Annotated[CriterionId, Field(strict=False)]
HowVerified = Annotated[Verified, Field(strict=False)]
Absent = Annotated[AbsentReason, Field(strict=False)]
