"""
The published JSON Schema of every format, made from its model.

``python -m cart_screen.formats.published criteria/schema`` writes them.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cart_screen.formats.answers import Answers
from cart_screen.formats.comparison import Comparison
from cart_screen.formats.criteria import Indication, SharedCriterion
from cart_screen.formats.criteria_set import CriteriaSet
from cart_screen.formats.dictionary import Dictionary
from cart_screen.formats.map import Map
from cart_screen.formats.record import Record
from cart_screen.formats.releases import Releases
from cart_screen.formats.rereading import Rereading
from cart_screen.formats.rescreening import Rescreening
from cart_screen.formats.saved import Saved
from cart_screen.formats.screening import Screening
from cart_screen.formats.texts import Texts
from cart_screen.formats.types import Format
from cart_screen.formats.verification import Verification
from cart_screen.rules.schema import DIALECT


@dataclass(frozen=True)
class Published:
    """
    A published format: its model, its title, its version and the folder below ``criteria/schema``.

    A released meta-schema never changes: another one has the next version, which is part of its file's name.
    """

    model: type[Format]
    title: str
    version: int = 1
    folder: str = ""


# What goes in and out belongs to the library and is not released with the criteria.
_EXCHANGE = "exchange/"

# Every published format by its name.
FORMATS: Mapping[str, Published] = {
    "indication": Published(Indication, "An indication: one version of one approved use"),
    "shared-criterion": Published(
        SharedCriterion, "A shared criterion: one version of a point that many indications use"
    ),
    "dictionary": Published(Dictionary, "A dictionary of answers", version=2),
    "texts": Published(Texts, "The words of one language", version=3),
    "set": Published(CriteriaSet, "The description of a criteria set"),
    "releases": Published(Releases, "The releases of a criteria directory"),
    "answers": Published(Answers, "Answers in the exchange form", folder=_EXCHANGE),
    "saved": Published(Saved, "A saved interview", folder=_EXCHANGE),
    "screening": Published(Screening, "A screening", folder=_EXCHANGE),
    "comparison": Published(Comparison, "A comparison of criteria sets", folder=_EXCHANGE),
    "record": Published(Record, "A record of a screening", folder=_EXCHANGE),
    "verification": Published(Verification, "What verifying a record has found", folder=_EXCHANGE),
    "map": Published(Map, "What the columns of a table of intakes hold", folder=_EXCHANGE),
    "rescreening": Published(Rescreening, "Many people under the criteria of two days", folder=_EXCHANGE),
    "rereading": Published(Rereading, "A record under the criteria of another day", folder=_EXCHANGE),
}

_KEYED = ("$defs", "properties")
_ONE = ("items", "additionalProperties", "propertyNames")
_MANY = ("anyOf", "prefixItems")
_FIRST = ("$schema", "$id", "title", "description", "$ref", "type", "properties", "required", "additionalProperties")


def file_of(name: str) -> str:
    """Give the path of a published format below ``criteria/schema``."""
    format = FORMATS[name]
    return f"{format.folder}{name}-{format.version}.json"


def address(name: str) -> str:
    """Give the address of a published format."""
    return f"urn:cart-screen:schema:{name}:{FORMATS[name].version}"


def files() -> Iterator[tuple[str, str]]:
    """Give the path below ``criteria/schema`` and the text of every file to publish."""
    for name in FORMATS:
        yield file_of(name), json.dumps(_published(name), indent=2, ensure_ascii=False) + "\n"


def _published(name: str) -> dict[str, Any]:
    format = FORMATS[name]
    made = _tidied(format.model.model_json_schema())
    return _ordered({"$schema": DIALECT, "$id": address(name), "title": format.title, **made})


def _tidied(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what the models' machinery adds and no reader needs, at a schema and everything below it."""
    tidy = {key: value for key, value in schema.items() if key != "title" and (key, value) != ("default", None)}
    if "const" in tidy:
        tidy.pop("type", None)
    if isinstance(tidy.get("description"), str):
        tidy["description"] = " ".join(tidy["description"].split())
    if "patternProperties" in tidy:
        # A pattern alone would let every other key pass.
        ((pattern, values),) = tidy.pop("patternProperties").items()
        tidy["propertyNames"] = {"pattern": pattern, **tidy.get("propertyNames", {})}
        tidy["additionalProperties"] = values
    for key in _KEYED:
        if key in tidy:
            tidy[key] = {name: _tidied(inner) for name, inner in tidy[key].items()}
    for key in _ONE:
        if isinstance(tidy.get(key), dict):
            tidy[key] = _tidied(tidy[key])
    for key in _MANY:
        if key in tidy:
            tidy[key] = [_tidied(inner) for inner in tidy[key]]
    return _ordered(_nullable(tidy))


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    """Write "of this type or null" as two types, where nothing but the type speaks of null."""
    match schema.get("anyOf"):
        case [{"type": _} as given, {"type": "null"}] if not given.keys() & {"enum", "const"}:
            rest = {key: value for key, value in schema.items() if key != "anyOf"}
            types = given["type"] if isinstance(given["type"], list) else [given["type"]]
            return {**given, **rest, "type": [*types, "null"]}
    return schema


def _ordered(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Put first what a reader looks for first, and the definitions last."""
    first = {key: schema[key] for key in _FIRST if key in schema}
    rest = {key: value for key, value in sorted(schema.items()) if key not in first and key != "$defs"}
    return {**first, **rest, **({"$defs": schema["$defs"]} if "$defs" in schema else {})}


def main(folder: str) -> None:
    """Write every published format into a folder."""
    for name, text in files():
        path = Path(folder) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
