"""
Documents against the published meta-schemas, as any standard validator reads them.

The meta-schemas are read from the criteria that ship with the package; nothing is ever fetched.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from referencing import Registry

from cart_screen.answers.scalars import written
from cart_screen.catalog.directory import CriteriaDirectory, own_criteria
from cart_screen.errors import DocumentProblem
from cart_screen.formats.patterns import PHRASES
from cart_screen.formats.published import file_of
from cart_screen.formats.types import LARGEST_NUMBER
from cart_screen.rules.references import escaped

# A document with more wrong places than this is no attempt at one, and nobody reads so many.
_MOST_PROBLEMS = 500

_TYPES = {
    "object": "an object",
    "array": "a list",
    "string": "a text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "null": "null",
}

# `required` without `properties`, or the reverse, asks only whether an answer is there.
_PRESENCE = ("properties", "required")


def meta_schema_problems(name: str, raw: Any, document: str) -> Iterator[DocumentProblem]:
    """
    Give every place where a document breaks the meta-schema of that name.

    The document must keep the limits of ``formats.limits``.
    """
    for error in islice(_validator(name).iter_errors(raw), _MOST_PROBLEMS):
        yield from _problems(error, document)


@cache
def _validator(name: str) -> Draft202012Validator:
    schema = CriteriaDirectory(own_criteria()).read(f"schema/{file_of(name)}")
    # An empty registry of its own: what a schema does not hold itself is looked for nowhere.
    return Draft202012Validator(schema, registry=Registry())


def _problems(error: ValidationError, document: str) -> Iterator[DocumentProblem]:
    place = "".join(f"/{escaped(step)}" for step in error.absolute_path)
    instance: Any = error.instance
    asked: Any = error.validator_value
    known: Mapping[str, Any] = error.schema.get("properties", {}) if isinstance(error.schema, Mapping) else {}
    if "propertyNames" in list(error.absolute_schema_path)[-2:]:
        yield DocumentProblem(
            document, f"{place}/{escaped(instance)}", f"the key {written(instance)}", _allowed(error), "key-unknown"
        )
        return
    match error.validator:
        case "required":
            for key in asked:
                if key not in instance:
                    said = _in_a_sentence(known.get(key, {}).get("description", "which is needed"))
                    pointer = f"{place}/{escaped(key)}"
                    yield DocumentProblem(document, pointer, "nothing", f"this key, {said}", "key-missing")
        case "additionalProperties":
            for key in instance:
                if key not in known:
                    pointer = f"{place}/{escaped(key)}"
                    yield DocumentProblem(document, pointer, "an unknown key", ", ".join(known), "key-unknown")
        case "dependentRequired":
            for key, others in asked.items():
                lacking = [other for other in others if other not in instance]
                if key in instance and lacking:
                    kind = "presence-tested" if key in _PRESENCE else "format"
                    found, allowed = f"{key} without {', '.join(lacking)}", "both, side by side"
                    named = instance[key] if key == "properties" and isinstance(instance[key], Mapping) else ()
                    for pointer in [f"{place}/{key}/{escaped(name)}" for name in named] or [f"{place}/{key}"]:
                        yield DocumentProblem(document, pointer, found, allowed, kind)
        case "anyOf":
            yield from _of_alternatives(error, document, place)
        case _:
            yield DocumentProblem(document, place, written(instance), _allowed(error))


def _of_alternatives(error: ValidationError, document: str, place: str) -> Iterator[DocumentProblem]:
    """Give the problems of the alternative that was meant: the first that a value of this type may be."""
    by_alternative: dict[int, list[ValidationError]] = {}
    for inner in error.context or ():
        by_alternative.setdefault(int(inner.relative_schema_path[0]), []).append(inner)
    for inners in by_alternative.values():
        if not any(inner.validator in ("type", "const") and not inner.relative_path for inner in inners):
            for inner in inners:
                yield from _problems(inner, document)
            return
    allowed = dict.fromkeys(_allowed(inners[0]) for inners in by_alternative.values())
    yield DocumentProblem(document, place, written(error.instance), " or ".join(allowed))


def _in_a_sentence(description: str) -> str:
    return description[:1].lower() + description[1:].removesuffix(".")


def _allowed(error: ValidationError) -> str:
    """Say what a keyword asks for."""
    value: Any = error.validator_value
    match error.validator:
        case "type":
            return " or ".join(_TYPES[name] for name in ([value] if isinstance(value, str) else value))
        case "enum":
            return "one of " + ", ".join(written(choice) for choice in value)
        case "const":
            return written(value)
        case "pattern":
            return PHRASES.get(value, f"text like {value}")
        case "maxLength":
            return f"at most {value:,} characters"
        case "minLength":
            return "a text that is not empty"
        case "minItems" | "minProperties":
            return f"at least {value}"
        case "maxItems":
            return f"at most {value:,}"
        case "uniqueItems":
            return "each entry once"
        case "minimum" | "maximum":
            return f"a number between -{LARGEST_NUMBER:,} and {LARGEST_NUMBER:,}"
        case "exclusiveMinimum":
            return f"more than {value:g}"
        case keyword:
            return f"what the meta-schema says under {keyword}"
