"""Whatever stands in a document, the checks end with findings, and one broken document hides no fault of another."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cart_screen.authoring.checking import check_directory

from ..base import BASE, copied_to
from .patching import patch

FILES = sorted(path.relative_to(BASE).as_posix() for path in BASE.glob("**/*.json"))
ADULT = "sets/made-up/glow-adult-marrow-fever/1.0.0.json"
SHINE = "sets/made-up/shine-river-lung/1.0.0.json"
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 200)
    | st.floats(allow_nan=False)
    | st.sampled_from(("", "x", "1", "#")),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(("x", "$ref", "enum")), inner, max_size=2)
    ),
    max_leaves=4,
)


def pointers(node: Any, pointer: str = "") -> list[str]:
    """Give the pointer of every value of a document, the whole left out."""
    if isinstance(node, dict):
        steps = [(key.replace("~", "~0").replace("/", "~1"), value) for key, value in node.items()]
    else:
        steps = [(str(position), value) for position, value in enumerate(node if isinstance(node, list) else ())]
    return [at for key, value in steps for at in (f"{pointer}/{key}", *pointers(value, f"{pointer}/{key}"))]


PLACES = [(file, at) for file in FILES for at in pointers(json.loads((BASE / file).read_text("utf-8")))]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(PLACES), st.just({"remove": True}) | st.builds(lambda value: {"value": value}, JSON))
def test_any_value_anywhere_ends_in_findings(place: tuple[str, str], change: dict[str, Any]) -> None:
    with TemporaryDirectory() as folder:
        root = copied_to(Path(folder))
        patch(root, [{"file": place[0], "pointer": place[1], **change}])

        for finding in check_directory(root):
            assert finding.document
            assert finding.found
            assert finding.todo


@pytest.mark.parametrize("text", ["", "[]", '{"a": 1, "a": 2}', "[" * 100_000])
@pytest.mark.parametrize("file", FILES)
def test_file_that_is_no_document_is_named(file: str, text: str, tmp_path: Path) -> None:
    root = copied_to(tmp_path)
    patch(root, [{"file": file, "text": text}])

    assert (file, "format") in {(one.document, one.check) for one in check_directory(root)}


def test_faults_of_other_documents_are_found_beside_a_broken_one(tmp_path: Path) -> None:
    root = copied_to(tmp_path)
    patch(
        root,
        [
            {"file": ADULT, "pointer": "/$defs/approved-cancer-type/minItems", "value": 1},
            {"file": ADULT, "pointer": "/x-examples/6/expect/prior-lines", "value": "unknown"},
            {"file": SHINE, "pointer": "/x-examples/3/expect/approved-cancer-type", "value": "met"},
            {"file": "text/en.json", "pointer": "/cautions/heart-reduced", "remove": True},
            {"file": "text/en.json", "pointer": "/topics/person", "value": "Who failed"},
        ],
    )

    assert [(one.check, one.document, one.pointer) for one in check_directory(root)] == [
        ("format", ADULT, "/$defs/approved-cancer-type/minItems"),
        ("example-wrong", ADULT, "/x-examples/6/expect/prior-lines"),
        ("example-wrong", SHINE, "/x-examples/3/expect/approved-cancer-type"),
        ("text-missing", "text/en.json", "/cautions/heart-reduced"),
        ("word-forbidden", "text/en.json", "/topics/person"),
    ]


def test_a_source_without_its_tag_hides_nothing_of_its_criterion(tmp_path: Path) -> None:
    root = copied_to(tmp_path)
    fitness = "shared/fitness/1.0.0.json"
    patch(
        root,
        [
            {"file": fitness, "pointer": "/x-sources/0/verified", "remove": True},
            {"file": fitness, "pointer": "/x-examples/1/answers/strength", "value": 0},
        ],
    )

    assert [(one.check, one.pointer) for one in check_directory(root)] == [
        ("threshold-without-example", "/allOf/1/properties/strength/minimum"),
        ("source-without-tag", "/x-sources/0/verified"),
    ]


def test_faults_stand_in_the_order_of_their_document(tmp_path: Path) -> None:
    root = copied_to(tmp_path)
    wrong = {"answers": {}, "expect": {"fitness": "met"}}
    patch(root, [{"file": ADULT, "pointer": "/x-examples/-", "value": wrong} for _ in range(3)])
    patch(root, [{"file": ADULT, "pointer": "/x-examples/2/expect/approved-cancer-type", "value": "unknown"}])

    assert [one.pointer for one in check_directory(root)] == [
        "/x-examples/2/expect/approved-cancer-type",
        *(f"/x-examples/{place}/expect/fitness" for place in (10, 11, 12)),
    ]


def test_only_the_sets_asked_about_and_what_they_share_are_spoken_of(tmp_path: Path) -> None:
    root = copied_to(tmp_path)
    other = "sets/other/shine-river-lung/1.0.0.json"
    patch(
        root,
        [
            {"file": other, "copy": SHINE},
            {"file": other, "pointer": "/x-version", "value": "nine"},
            {"file": "text/en.json", "pointer": "/topics/person", "value": "Who failed"},
        ],
    )

    assert {one.document for one in check_directory(root, ("made-up",))} == {"text/en.json"}
    assert {one.document for one in check_directory(root)} == {"text/en.json", "sets/other/set.json"}
