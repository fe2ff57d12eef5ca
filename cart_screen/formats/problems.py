"""The problems of a document as its model finds them, in sentences of ours and by JSON pointer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from cart_screen.answers.scalars import written
from cart_screen.errors import DocumentProblem
from cart_screen.formats.patterns import PHRASES
from cart_screen.formats.types import Format
from cart_screen.rules.references import escaped

# What a model asks for by the type of its error, where the error's data does not say it.
_ALLOWED = {
    "missing": "this key",
    "extra_forbidden": "only the keys of the format",
    "model_type": "an object",
    "dict_type": "an object",
    "list_type": "a list",
    "string_type": "a text",
    "bool_type": "true or false",
    "float_type": "a number",
    "finite_number": "a number",
}


def format_problems(model: type[Format], raw: Any, document: str) -> Iterator[DocumentProblem]:
    """
    Give every place where a document, read as JSON, is not what a format says; ``document`` names it.

    The document must keep the limits of ``limits``.
    """
    try:
        model.model_validate(raw)
    except ValidationError as error:
        for problem in error.errors(include_url=False):
            yield _problem(problem, raw, document)


def _problem(problem: ErrorDetails, raw: Any, document: str) -> DocumentProblem:
    kind = problem["type"]
    # An entry that a list lacks is told at the list, a key that an object lacks where it should stand.
    pointer = pointer_to(problem["loc"], raw, is_missing=kind == "missing" and isinstance(problem["loc"][-1], str))
    match kind:
        case "missing":
            return DocumentProblem(document, pointer, "nothing", _ALLOWED[kind], "key-missing")
        case "extra_forbidden":
            return DocumentProblem(document, pointer, "an unknown key", _ALLOWED[kind], "key-unknown")
        case _:
            return DocumentProblem(document, pointer, written(problem["input"]), _allowed(problem))


def pointer_to(steps: Sequence[str | int], raw: Any, *, is_missing: bool = False) -> str:
    """
    Write the JSON pointer of a place that a model names.

    A model names its own alternatives among the steps; those lead nowhere in the document and are left out.
    The last step of a missing key leads nowhere either, and stays.
    """
    pointer = ""
    for position, step in enumerate(steps):
        if is_missing and position == len(steps) - 1:
            return f"{pointer}/{escaped(step)}"
        if not _has(raw, step):
            continue
        raw = raw[step]
        pointer += f"/{escaped(step)}"
    return pointer


def _has(raw: Any, step: str | int) -> bool:
    if isinstance(raw, list):
        return isinstance(step, int) and 0 <= step < len(raw)
    return isinstance(raw, Mapping) and step in raw


def _allowed(problem: ErrorDetails) -> str:
    """Say what a model asks for."""
    context = problem.get("ctx", {})
    match problem["type"]:
        case "string_pattern_mismatch":
            return PHRASES.get(context["pattern"], f"text like {context['pattern']}")
        case "literal_error" | "enum":
            return f"one of {context['expected']}".replace("'", '"')
        case "string_too_long":
            return f"at most {context['max_length']:,} characters"
        case "string_too_short":
            return "a text that is not empty"
        case "too_short":
            return f"at least {context['min_length']}"
        case "too_long":
            return f"at most {context['max_length']:,}"
        case "greater_than":
            return f"more than {context['gt']:g}"
        case "less_than_equal":
            return f"at most {context['le']:,.0f}"
        case kind:
            # What our own checks raise is a phrase already.
            return _ALLOWED.get(kind, problem["msg"])
