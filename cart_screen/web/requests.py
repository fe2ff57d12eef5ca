"""The bodies that are asked for, as models: nothing is coerced, no key is left over."""

from __future__ import annotations

from typing import Annotated, Any, TypeVar

from pydantic import ConfigDict, Field, ValidationError

from cart_screen.answers.reading import AnswerDocument
from cart_screen.formats.problems import format_problems
from cart_screen.formats.types import Format
from cart_screen.inquiry import Depth
from cart_screen.texts import Audience
from cart_screen.web.bodies import is_plain, parsed
from cart_screen.web.errors import RequestInvalid

Language = Annotated[str, Field(max_length=35)]
Names = Annotated[list[str], Field(min_length=1, max_length=20)]

_M = TypeVar("_M", bound=Format)


class AnswersSent(Format):
    """Answers, and how they are to be read; none of them is held against a dictionary yet."""

    answers: dict[str, Any] = Field(default_factory=dict, repr=False)
    absent: dict[str, Any] = Field(default_factory=dict)
    units: dict[str, Any] = Field(default_factory=dict)
    as_of: str | None = None
    language: Language = "en"
    audience: Annotated[Audience, Field(strict=False)] = Audience.PATIENT

    @property
    def document(self) -> AnswerDocument:
        """The answers as a document for the dictionary to check."""
        return AnswerDocument(self.answers, self.absent, self.units)


_A = TypeVar("_A", bound=AnswersSent)


class ScreenRequest(AnswersSent):
    """What is to be screened: ``criteria`` is a set, or several to compare."""

    answers: dict[str, Any] = Field(repr=False)
    criteria: str | Names | None = None


class QuestionnaireRequest(AnswersSent):
    """Where a questionnaire stands: the answers so far."""

    criteria: str | None = None
    depth: Annotated[Depth, Field(strict=False)] = Depth.SETTLE


class ResponseRequest(AnswersSent):
    """What is to be written as a QuestionnaireResponse; ``completed`` once the answers were checked."""

    answers: dict[str, Any] = Field(repr=False)
    criteria: str | None = None
    completed: bool = False


class HookContext(Format):
    """The context of the hook patient-view; an electronic record may send more."""

    model_config = ConfigDict(extra="ignore")

    user_id: Annotated[str, Field(alias="userId", max_length=1_000)]
    patient_id: Annotated[str, Field(alias="patientId", max_length=1_000)]


class HookRequest(Format):
    """A call of a CDS Hooks service. What grants access to the record is ignored: nothing is fetched from it."""

    model_config = ConfigDict(extra="ignore")

    hook: Annotated[str, Field(max_length=100)]
    hook_instance: Annotated[str, Field(alias="hookInstance", min_length=1, max_length=200)]
    context: HookContext
    prefetch: dict[str, Any] | None = Field(None, repr=False)


def posted(model: type[_A], text: bytes) -> _A:
    """
    Give a body that holds answers as its model.

    Raises
    ------
    BodyUnreadable
        As ``bodies.parsed`` does.
    RequestInvalid
        As ``checked`` does.
    """
    try:
        asked = model.model_validate_json(text)
    except ValidationError:
        return checked(model, parsed(text))
    if is_plain(text, len(asked.model_fields_set), (asked.answers, asked.absent, asked.units)):
        return asked
    return checked(model, parsed(text))


def checked(model: type[_M], value: Any) -> _M:
    """
    Give a body as its model.

    Raises
    ------
    RequestInvalid
        With every place that is not as it should be.
    """
    try:
        return model.model_validate(value)
    except ValidationError:
        # The model's own message quotes what was sent.
        problems = list(format_problems(model, value, "the body"))
    raise RequestInvalid(problems)
