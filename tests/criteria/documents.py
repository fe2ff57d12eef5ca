"""Reads the shipped documents as plain JSON, and finds what stands where in them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CRITERIA = Path(__file__).parents[2] / "criteria"
FIVE = ("approved-cancer-type", "relapsed-refractory", "prior-lines", "fitness", "organ-function")
LIMITS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")


@dataclass(frozen=True)
class Document:
    """One criteria document: an approved use of a set, or a criterion that many share."""

    path: Path
    body: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Name the document by its folder and version."""
        return str(self.path.relative_to(CRITERIA).with_suffix(""))

    @property
    def set(self) -> str | None:
        """Name the set it belongs to; none where it is shared."""
        kind, name, *_ = self.path.relative_to(CRITERIA).parts
        return name if kind == "sets" else None

    @property
    def criteria(self) -> Mapping[str, Mapping[str, Any]]:
        """Give each criterion that the document states."""
        return self.body["$defs"] if self.set else {self.path.parent.name: self.body}


def documents() -> list[Document]:
    """Give every shipped criteria document."""
    paths = [*CRITERIA.glob("sets/*/*/*.json"), *CRITERIA.glob("shared/*/*.json")]
    return [Document(path, json.loads(path.read_text("utf-8"))) for path in sorted(paths)]


def sets() -> dict[str, Mapping[str, Any]]:
    """Give what each set says of itself."""
    return {path.parent.name: json.loads(path.read_text("utf-8")) for path in CRITERIA.glob("sets/*/set.json")}


def dictionary() -> Mapping[str, Any]:
    """Give the newest dictionary of answers."""
    return json.loads(max(CRITERIA.glob("answers/*.json")).read_text("utf-8"))


def words() -> Mapping[str, Any]:
    """Give the English words."""
    return json.loads((CRITERIA / "text" / "en.json").read_text("utf-8"))


def walk(node: Any, *, without: tuple[str, ...] = ("x-examples",)) -> Iterator[Mapping[str, Any]]:
    """Give every object of a document, the examples left out."""
    if isinstance(node, Mapping):
        yield node
        for key, value in node.items():
            if key not in without:
                yield from walk(value, without=without)
    elif isinstance(node, list):
        for value in node:
            yield from walk(value, without=without)


def strings(node: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Give every text value with its place."""
    if isinstance(node, str):
        yield path, node
    elif isinstance(node, Mapping):
        for key, value in node.items():
            yield from strings(value, f"{path}.{key}" if path else str(key))
    elif isinstance(node, list):
        for place, value in enumerate(node):
            yield from strings(value, f"{path}.{place}")


def limits(node: Any) -> set[tuple[str, str, float]]:
    """Give every numeric limit as question, keyword and number."""
    return {
        (question, keyword, condition[keyword])
        for part in walk(node)
        if isinstance(part.get("properties"), Mapping)
        for question, condition in part["properties"].items()
        for keyword in LIMITS
        if keyword in condition
    }


def holds(keyword: str, limit: float, value: float) -> bool:
    """Tell whether a value keeps a limit."""
    match keyword:
        case "minimum":
            return value >= limit
        case "maximum":
            return value <= limit
        case "exclusiveMinimum":
            return value > limit
        case "exclusiveMaximum":
            return value < limit
    raise ValueError(keyword)


def all_sources() -> list[tuple[str, Mapping[str, Any]]]:
    """Give every source of every document and of every note of a set, with the name of where it stands."""
    found = [(document.name, source) for document in documents() for source in document.body["x-sources"]]
    noted = [(name, source) for name, body in sets().items() for note in body["notes"] for source in note["sources"]]
    return found + noted
