"""The check that the numbers in titles and in words are those of the thresholds that they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from cart_screen.answers.scalars import is_number
from cart_screen.authoring.checks.check import Check, Found, Severity
from cart_screen.authoring.checks.material import Material
from cart_screen.rules.references import escaped

# "One" alone is more often a pronoun than a number.
_WORDS = {
    word: number
    for number, word in enumerate(
        ("one or more", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
        start=1,
    )
}
_NUMBER = re.compile(r"\d+(?:\.\d+)?|\b(?:" + "|".join(_WORDS) + r")\b", re.IGNORECASE)
# A caution may speak of more than the number that calls for it.
_ELSEWHERE = ("x-examples", "x-sources", "x-cautions")
_LIMITS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")


def _disagreeing(material: Material) -> Iterator[Found]:
    """
    Find a title, or words of a reason, with numbers none of which is a threshold that they speak of.

    A whole number may be said from either side: "under 18" for at most 17, "not yet 26" for at most 25.
    """
    for path, raw in material.files.criteria.items():
        parts = raw.get("$defs", {}) if path.startswith("sets/") else {"": raw}
        for name, part in parts.items() if isinstance(parts, Mapping) else ():
            pointer = f"/$defs/{escaped(name)}" if name else ""
            for place, schema in _schemas(part, pointer):
                yield from _of_schema(material, path, place, schema)


def _of_schema(material: Material, path: str, place: str, schema: Mapping[str, Any]) -> Iterator[Found]:
    limits = set(_limits(schema))
    shown = ", ".join(f"{limit:g}" for limit in sorted(limits))
    todo = f"say the number of the threshold ({shown}), or another x-reason with its own words"
    title = schema.get("title")
    if isinstance(title, str) and _disagree(title, limits):
        yield Found(path, f"{place}/title", f"the title {title!r}, while the threshold is {shown}", todo)
    for document, words in material.files.texts.items():
        reasons = words.get("reasons")
        reason = schema.get("x-reason")
        said = reasons.get(reason) if isinstance(reasons, Mapping) and isinstance(reason, str) else None
        for status, text in said.items() if isinstance(said, Mapping) else ():
            if isinstance(text, str) and _disagree(text, limits):
                found = f"the reason {reason}, whose words in {document} ({status}) are {text!r}"
                yield Found(path, f"{place}/x-reason", f"{found}, while the threshold is {shown}", todo)


def _disagree(text: str, limits: set[float]) -> bool:
    numbers = {_WORDS.get(found.lower()) or float(found) for found in _NUMBER.findall(text)}
    meant = limits | {limit + step for limit in limits if float(limit).is_integer() for step in (-1, 1)}
    return bool(numbers) and bool(limits) and numbers.isdisjoint(meant)


def _schemas(node: Any, pointer: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if isinstance(node, Mapping):
        yield pointer, node
        for key, value in node.items():
            if key not in _ELSEWHERE:
                yield from _schemas(value, f"{pointer}/{escaped(key)}")
    elif isinstance(node, list):
        for place, value in enumerate(node):
            yield from _schemas(value, f"{pointer}/{place}")


def _limits(schema: Mapping[str, Any]) -> Iterator[float]:
    """Give every limit in a schema; what has a title of its own, or stands elsewhere, is not meant by its words."""
    yield from (schema[key] for key in _LIMITS if is_number(schema.get(key)))
    pending = [value for key, value in schema.items() if key not in _ELSEWHERE]
    while pending:
        node = pending.pop()
        if isinstance(node, list):
            pending += node
        elif isinstance(node, Mapping) and not isinstance(node.get("title"), str):
            yield from _limits(node)


CHECKS = (
    Check("number-disagrees", Severity.ERROR, "A title and the words of a reason say the threshold.", _disagreeing),
)
