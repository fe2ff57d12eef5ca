"""What the formats refuse, at every place of a sound document; and that every reader of them refuses the same."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Iterator
from typing import Any

import jsonschema
import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cart_screen.catalog.directory import own_criteria
from cart_screen.formats.limits import limit_problems
from cart_screen.formats.problems import format_problems
from cart_screen.formats.published import FORMATS, file_of

from .samples import one_of_each

SCHEMAS = {name: json.loads((own_criteria() / "schema" / file_of(name)).read_text("utf-8")) for name in FORMATS}
PYTHON = {name: jsonschema.Draft202012Validator(schema) for name, schema in SCHEMAS.items()}
RUST = {name: jsonschema_rs.Draft202012Validator(schema) for name, schema in SCHEMAS.items()}
JUNK = [
    None, True, False, 0, -1, 1, 1.0, 1.5, 10**400, 2**53 + 1, "", "x", "X y", "a\n", "2026-02-30", "2026-02-28", "#",
    "a" * 3000, "urn:cart-screen:shared:fitness:1.0.0", "met", "1", "1.0.0", [], [[]], [None], ["x"], ["x", "x"],
    [1, 1.0], [1, True], {}, {"a": None}, {"$ref": "#"}, {"not": {}}, {"then": {}}, {"enum": []}, {"required": ["age"]},
    {"x-no-requirement": True}, {"properties": {"age_years": {"minimum": 18}}, "required": ["age_years"]},
]  # fmt: skip

Path = tuple[str | int, ...]


def places(node: Any, path: Path = ()) -> Iterator[Path]:
    """Give the path of every node of a document."""
    yield path
    entries = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, inner in entries:
        yield from places(inner, (*path, key))


def spread(document: Any, most: int = 120) -> list[Path]:
    """Give the places of a document, the first entry standing for a whole list, and of very many some of each part."""
    first: dict[Path, Path] = {}
    for path in places(document):
        first.setdefault(tuple(0 if isinstance(step, int) else step for step in path), path)
    return list(first.values())[:: 1 + len(first) // most]


def at(document: Any, path: Path) -> Any:
    for step in path:
        document = document[step]
    return document


def with_value(document: Any, path: Path, value: Any) -> Any:
    if not path:
        return value
    changed = copy.deepcopy(document)
    at(changed, path[:-1])[path[-1]] = value
    return changed


def readers(format: str, document: Any) -> tuple[bool, bool, bool]:
    """Say whether the model, and each of two validators with the meta-schema, accepts a document."""
    by_model = not list(format_problems(FORMATS[format].model, document, "it"))
    return by_model, PYTHON[format].is_valid(document), RUST[format].is_valid(document)


@pytest.mark.parametrize("format", FORMATS)
def test_a_stray_key_is_refused_in_every_object(format: str) -> None:
    document = one_of_each()[format]
    objects = [path for path in spread(document) if isinstance(at(document, path), dict)]

    for path in objects:
        changed = with_value(document, path, {**at(document, path), "Stray key": [{}]})
        assert readers(format, changed) == (False, False, False), path
    assert objects


@pytest.mark.parametrize("format", FORMATS)
def test_a_wrong_type_is_refused_at_every_place(format: str) -> None:
    document = one_of_each()[format]

    for path in spread(document):
        changed = with_value(document, path, [[7]])
        assert readers(format, changed) == (False, False, False), path


@pytest.mark.parametrize("format", FORMATS)
def test_null_is_refused_wherever_it_means_nothing(format: str) -> None:
    """Null is an answer that is not known, a word that is not said, and never a way of leaving a key out."""
    document = one_of_each()[format]
    meant = {
        "answers", "because", "urgency", "urgent", "signed_off", "product", "approval", "brand", "statuses",
        "then", "now", "of", "path", "values", *(["question"] if format == "rescreening" else []),
    }  # fmt: skip

    for path in spread(document):
        changed = with_value(document, path, None)
        if not meant & set(map(str, path[-2:])):
            assert readers(format, changed) == (False, False, False), path


def test_a_wrong_enumeration_or_date_is_refused() -> None:
    wrong = {
        "indication": [("$schema", "draft-07"), ("type", "array")],
        "shared-criterion": [("x-strength", "strong"), ("x-version", "1.0")],
        "releases": [("format", "cart-screen-releases/2")],
        "set": [("known-from", "2026-13-01"), ("known-from", "2026-1-1"), ("answers", "1")],
        "screening": [("format", "cart-screen-screening/2")],
        "comparison": [("as_of", "22.11.2026"), ("as_of", "2026-11-22T00:00:00")],
        "record": [("made", "2026-11-22"), ("made", "2026-11-22 09:30"), ("as_of", "today")],
        "answers": [("format", "cart-screen-answers/2")],
    }
    for format, changes in wrong.items():
        for key, value in changes:
            assert key in one_of_each()[format]
            assert readers(format, {**one_of_each()[format], key: value}) == (False, False, False)


@pytest.mark.parametrize("day", ["2026-02-29", "2026-04-31", "1900-02-29"])
def test_a_day_that_no_calendar_has_is_for_the_model_to_refuse(day: str) -> None:
    (problem,) = format_problems(FORMATS["set"].model, {**one_of_each()["set"], "known-from": day}, "set.json")

    assert (problem.pointer, problem.allowed) == ("/known-from", "a day of the calendar, such as 2026-02-06")


@settings(deadline=None, max_examples=400 * (20 if os.environ.get("CART_SCREEN_THOROUGH") else 1))
@given(data=st.data())
def test_the_models_and_the_published_schemas_accept_the_same(data: st.DataObject) -> None:
    """
    Except for what only one of them can say: that a day does not exist or a line ends after a name (the model),
    and that a key stands alone (the schema; the reading of rules says so too).
    """
    format = data.draw(st.sampled_from(sorted(FORMATS)))
    document = one_of_each()[format]
    path = data.draw(st.sampled_from(list(places(document))))
    junk = data.draw(st.sampled_from(JUNK))
    changed = with_value(document, path, junk)

    by_model, by_python, by_rust = readers(format, changed)

    alone = {error.validator for error in PYTHON[format].iter_errors(changed)} == {"dependentRequired"}
    beyond_a_pattern = isinstance(junk, str) and junk in ("2026-02-30", "a\n")
    assert by_python or not by_rust
    assert by_rust or alone or not by_model
    assert by_model or beyond_a_pattern or not by_rust


@pytest.mark.parametrize("format", FORMATS)
def test_problems_name_places_that_are_there_or_are_missing(format: str) -> None:
    document = one_of_each()[format]
    for path in spread(document):
        changed = with_value(document, path, [[7]])
        for problem in format_problems(FORMATS[format].model, changed, "it"):
            steps = [step.replace("~1", "/").replace("~0", "~") for step in problem.pointer.split("/")[1:]]
            found = changed
            for step in steps if problem.kind != "key-missing" else steps[:-1]:
                found = found[int(step)] if isinstance(found, list) else found[step]


@pytest.mark.parametrize(
    ("document", "pointer", "kind"),
    [
        ({"a": float("nan")}, "/a", "not-json"),
        ({"a": [1, float("-inf")]}, "/a/1", "not-json"),
        ({"a/b": "\ud800"}, "/a~1b", "not-json"),
        ({"a": {"\udfff": 1}}, "/a", "not-json"),
        ([0] * 20_000, "", "size"),
    ],
)
def test_the_limits_name_what_is_beyond_them(document: Any, pointer: str, kind: str) -> None:
    (problem,) = limit_problems(document, "it")

    assert (problem.document, problem.pointer, problem.kind) == ("it", pointer, kind)


def test_nesting_ends_at_sixty_levels() -> None:
    def nested(levels: int) -> Any:
        document: Any = 1
        for _ in range(levels):
            document = [document]
        return document

    assert list(limit_problems(nested(60), "it")) == []
    (problem,) = limit_problems(nested(10_000), "it")
    assert (problem.pointer, problem.kind) == ("/0" * 61, "depth")
