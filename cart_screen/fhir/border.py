"""The border: what comes in is held to limits and to FHIR R4 before anything reads it, and what goes out to FHIR R4."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any

from cart_screen.answers.scalars import written
from cart_screen.errors import ExtraMissing
from cart_screen.fhir.errors import ResourceInvalid, ResourceProblem

# A response has about five hundred values, and a record of many years some ten thousand.
MOST_VALUES_OF_RESPONSE = 20_000
MOST_VALUES_OF_BUNDLE = 500_000
_DEEPEST = 40

# What pydantic names its kinds of errors, in our words; others carry a sentence of their own.
_ALLOWED = {
    "missing": "this element",
    "extra_forbidden": "only elements of FHIR R4",
    "list_type": "a list",
    "model_type": "an object",
    "dict_type": "an object",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "string_type": "a text",
    "fhir-validation-wrong-resource-type": "the resource type that is asked for",
}


def received(resource: object, kind: str, most_values: int = MOST_VALUES_OF_RESPONSE) -> Mapping[str, Any]:
    """
    Give a resource from outside as plain values, once it is known to be of a kind and within limits.

    Whether its elements are those of FHIR R4 is for ``check_elements`` to say.

    Raises
    ------
    ResourceInvalid
        When it is no resource of that kind, too large, nested too deeply, or holds what JSON has not.
    """
    if not isinstance(resource, Mapping):
        raise ResourceInvalid(kind, [ResourceProblem(kind, written(resource), f"a resource of the type {kind}")])
    problems = list(_limit_problems(resource, kind, most_values))
    if problems:
        raise ResourceInvalid(kind, problems)
    found = resource.get("resourceType")
    if found != kind:
        named = f"the type {written(found)}" if found is not None else "no resourceType"
        raise ResourceInvalid(kind, [ResourceProblem(f"{kind}.resourceType", named, f'"{kind}"')])
    plain: Mapping[str, Any] = _plain(resource)
    return plain


def check_elements(resource: Mapping[str, Any], path: str = "") -> None:
    """
    Stop a resource whose elements are not those of FHIR R4, by its own ``resourceType``.

    ``path`` names it in messages where it is part of another one.

    Raises
    ------
    ExtraMissing
        When the package fhir.resources is not installed.
    ResourceInvalid
        With every place at once.
    """
    kind = resource["resourceType"]
    model = _model(kind)
    from pydantic import ValidationError

    try:
        model.model_validate(resource)
    except ValidationError as error:
        raise ResourceInvalid(
            kind,
            [
                ResourceProblem(_path(path or kind, problem["loc"]), _found(problem), _allowed(problem))
                for problem in error.errors(include_url=False)
            ],
        ) from None


def sent(resource: dict[str, Any]) -> dict[str, Any]:
    """
    Give a resource of ours once FHIR R4 was found to allow it.

    Raises
    ------
    ExtraMissing
        When the package fhir.resources is not installed.
    """
    check_elements(resource)
    return resource


def modified(element: Mapping[str, Any], path: str) -> Iterator[ResourceProblem]:
    """Give what may turn the meaning of an element around: who does not know it must not read the element."""
    for name in ("modifierExtension", "implicitRules"):
        if element.get(name):
            yield ResourceProblem(f"{path}.{name}", name, "an element without it: it may change what the element means")


def _model(kind: str) -> Any:
    """Load the model of a kind of resource, which is slow and optional, only where one is read or written."""
    try:
        # R4B: fhir.resources has no R4 of its own; the resources used here are the same in both.
        module = import_module(f"fhir.resources.R4B.{kind.lower()}")
    except ImportError as error:
        raise ExtraMissing("fhir") from error
    return getattr(module, kind)


def _limit_problems(resource: Mapping[str, Any], kind: str, most_values: int) -> Iterator[ResourceProblem]:
    pending: list[tuple[Any, str, int]] = [(resource, kind, 0)]
    count = 0
    while pending:
        value, path, depth = pending.pop()
        count += 1
        if count > most_values:
            yield ResourceProblem(kind, f"more than {most_values:,} values", f"at most {most_values:,}")
            return
        if depth > _DEEPEST:
            yield ResourceProblem(_cut(path), "an element nested too deeply", f"at most {_DEEPEST} levels")
            return
        match value:
            case float() if not math.isfinite(value):
                yield ResourceProblem(_cut(path), repr(value), "a number that JSON has")
            case str() if not _is_text(value):
                yield ResourceProblem(_cut(path), "half of a character", "text in whole characters")
            case Mapping():
                pending.extend((inner, f"{path}.{key}", depth + 1) for key, inner in value.items())
            case list() | tuple():
                pending.extend((inner, f"{path}[{place}]", depth + 1) for place, inner in enumerate(value))


def _plain(value: Any) -> Any:
    """Give the same values in plain objects and lists, as a parser of JSON gives them."""
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else value


def _is_text(text: str) -> bool:
    # JSON can write one half of a surrogate pair, which no file and no screen can show.
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _cut(path: str) -> str:
    return path if len(path) <= 200 else f"{path[:100]}...{path[-60:]}"


def _path(start: str, steps: Sequence[str | int]) -> str:
    return start + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)


def _found(problem: Any) -> str:
    match problem["type"]:
        case "missing":
            return "nothing"
        case "extra_forbidden":
            return "an unknown element"
    return written(problem["input"])


def _allowed(problem: Any) -> str:
    # A sentence of the model may quote the value; only what is known to quote none is shown.
    return _ALLOWED.get(problem["type"], "what FHIR R4 says of this element")
