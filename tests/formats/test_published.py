"""The published JSON Schemas: made from the models, standard, complete, and held by everything that ships."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import jsonschema_rs
import pytest

from cart_screen.catalog.directory import own_criteria
from cart_screen.formats.problems import format_problems
from cart_screen.formats.published import FORMATS, address, file_of, files, main

from . import samples

FOLDER = own_criteria() / "schema"
SCHEMAS = {name: json.loads((FOLDER / file_of(name)).read_text("utf-8")) for name in FORMATS}
PYTHON = {name: jsonschema.Draft202012Validator(schema) for name, schema in SCHEMAS.items()}
RUST = {name: jsonschema_rs.Draft202012Validator(schema) for name, schema in SCHEMAS.items()}


def schemas_in(schema: Any) -> Iterator[dict[str, Any]]:
    """Give a schema and every schema inside it."""
    if isinstance(schema, dict):
        yield schema
        for key in ("properties", "$defs"):
            for inner in schema.get(key, {}).values():
                yield from schemas_in(inner)
        for key in ("items", "additionalProperties", "propertyNames"):
            yield from schemas_in(schema.get(key))
        for key in ("anyOf", "prefixItems"):
            for inner in schema.get(key, ()):
                yield from schemas_in(inner)


def test_the_files_are_what_the_models_give() -> None:
    made = dict(files())

    assert set(made) <= {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.json")}
    for name, text in made.items():
        found = (FOLDER / name).read_text("utf-8")
        assert found == text, f"{name} differs: run python -m cart_screen.formats.published criteria/schema"


def test_one_command_writes_them(tmp_path: Any) -> None:
    main(str(tmp_path))

    written = {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in tmp_path.rglob("*.json")}
    assert written == {file_of(name): (FOLDER / file_of(name)).read_bytes() for name in FORMATS}


def test_the_readme_names_every_format_and_the_command() -> None:
    said = (FOLDER / "README.md").read_text("utf-8")

    assert all(f"`{file_of(name)}`" in said for name in FORMATS)
    assert "python -m cart_screen.formats.published criteria/schema" in said


@pytest.mark.parametrize("name", FORMATS)
def test_a_schema_is_valid_2020_12_and_stands_alone(name: str) -> None:
    schema = SCHEMAS[name]

    jsonschema.Draft202012Validator.check_schema(schema)
    assert jsonschema_rs.meta.is_valid(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == address(name) == f"urn:cart-screen:schema:{name}:{FORMATS[name].version}"
    referred = {part["$ref"] for part in schemas_in(schema) if "$ref" in part}
    assert referred == {f"#/$defs/{definition}" for definition in schema.get("$defs", {})}


@pytest.mark.parametrize("name", FORMATS)
def test_a_schema_tells_an_author_what_each_key_means_and_nothing_of_the_machinery(name: str) -> None:
    definitions = SCHEMAS[name].get("$defs", {})
    for part in schemas_in(SCHEMAS[name]):
        assert "title" not in part or part is SCHEMAS[name]
        assert part.get("default", "some") is not None
        assert "patternProperties" not in part
        assert part.get("anyOf") is None or len(part["anyOf"]) > 1
        for key, inner in part.get("properties", {}).items():
            referred = definitions.get(inner.get("$ref", "").removeprefix("#/$defs/"), {})
            said = inner.get("description", referred.get("description", ""))
            assert said.endswith("."), key
            assert "\n" not in said
    assert all(definition["description"] for definition in definitions.values())


@pytest.mark.parametrize("name", FORMATS)
def test_every_object_is_closed_or_says_what_any_key_holds(name: str) -> None:
    for part in schemas_in(SCHEMAS[name]):
        if part.get("type") == "object" or "properties" in part:
            assert part.get("additionalProperties") is not None


def check(format: str, sample: Any, name: str) -> None:
    PYTHON[format].validate(sample)
    RUST[format].validate(sample)
    assert list(format_problems(FORMATS[format].model, sample, name)) == []


@pytest.mark.parametrize(("format", "name", "document"), list(samples.shipped()), ids=lambda value: str(value)[:60])
def test_every_shipped_file_is_valid(format: str, name: str, document: Any) -> None:
    check(format, document, name)


def test_every_kind_of_shipped_file_is_there() -> None:
    assert {format for format, _, _ in samples.shipped()} >= set(samples.PATTERNS) - {"releases"}


@pytest.mark.parametrize("made", [samples.answer_files, samples.screenings, samples.comparisons])
def test_what_the_library_gives_is_valid(made: Any) -> None:
    count = 0
    for format, name, document in made():
        check(format, document, name)
        count += 1
    assert count >= 20


@pytest.mark.parametrize("format", FORMATS)
def test_the_sample_of_each_format_is_valid(format: str) -> None:
    check(format, samples.one_of_each()[format], format)
