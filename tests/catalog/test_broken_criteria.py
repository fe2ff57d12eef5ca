"""
Broken criteria documents: each is refused with document, pointer and reason; none crashes, hangs or loads.

A case in ``broken/`` says what it does to a copy of the small criteria directory in ``small/``, and names
every place that must be refused, and no other. ``patch`` holds operations of JSON Patch by file; ``write``
makes a file that no patch can make. A new case needs no Python.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from cart_screen import load_criteria, screen
from cart_screen.catalog.directory import own_criteria
from cart_screen.errors import DocumentInvalid

HERE = Path(__file__).parent
CASES = sorted((HERE / "broken").rglob("*.json"))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A complete criteria directory of its own; the words that all sets share are those that ship."""
    root = tmp_path / "criteria"
    shutil.copytree(HERE / "small", root)
    words = json.loads((own_criteria() / "text" / "en.json").read_text("utf-8"))
    own = json.loads((root / "text" / "en.json").read_text("utf-8"))
    (root / "text" / "en.json").write_text(json.dumps(words | own), "utf-8")
    return root


def patched(document: Any, operation: Mapping[str, Any]) -> Any:
    """Give a document after one operation of JSON Patch: add, replace or remove."""
    *path, last = [step.replace("~1", "/").replace("~0", "~") for step in operation["path"].split("/")[1:]] or [""]
    if last == "" and not path:
        return operation["value"]
    holder = document
    for step in path:
        holder = holder[int(step)] if isinstance(holder, list) else holder[step]
    key = last if isinstance(holder, dict) else len(holder) if last == "-" else int(last)
    match operation["op"]:
        case "remove":
            del holder[key]
        case "add" if isinstance(holder, list):
            holder.insert(key, operation["value"])
        case "add" | "replace":
            holder[key] = operation["value"]
        case other:
            raise AssertionError(f"no operation of these cases: {other}")
    return document


def written(how: Mapping[str, Any], root: Path, path: Path) -> bytes:
    """Give the bytes of a file that no patch can make."""
    match how:
        case {"text": str(text)}:
            return text.encode()
        case {"hex": str(digits)}:
            return bytes.fromhex(digits)
        case {"copy_of": str(other)}:
            return (root / other).read_bytes()
        case {"substitute": [str(old), str(new)]}:
            assert old in path.read_text("utf-8")
            return path.read_text("utf-8").replace(old, new, 1).encode()
        case {"spaces": int(count)}:
            return path.read_bytes() + b" " * count
        case {"at": str(pointer), "not": int(times)}:
            condition: Any = {"properties": {"lines": {"minimum": 2}}, "required": ["lines"]}
            for _ in range(times):
                condition = {"not": condition}
            return replaced(path, pointer, {"title": "Nested", **condition})
        case {"at": str(pointer), "numbers": int(count)}:
            return replaced(path, pointer, list(range(count)))
        case _:
            raise AssertionError(f"no way of writing a file in these cases: {how}")


def replaced(path: Path, pointer: str, value: Any) -> bytes:
    document = json.loads(path.read_text("utf-8"))
    return json.dumps(patched(document, {"op": "replace", "path": pointer, "value": value})).encode()


def break_as(case: Mapping[str, Any], root: Path) -> None:
    """Do to a criteria directory what a case says."""
    for name, how in case.get("write", {}).items():
        path = root / name
        data = written(how, root, path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    for name, operations in case.get("patch", {}).items():
        document = json.loads((root / name).read_text("utf-8"))
        for operation in operations:
            document = patched(document, operation)
        (root / name).write_text(json.dumps(document), "utf-8")


def test_the_small_directory_loads_and_screens(small: Path) -> None:
    criteria = load_criteria(small / "sets" / "small")
    answers = {"age_years": 40, "cancer": "round", "state": "back", "lines": 2, "strength": 1, "infection": False}

    assert screen({**answers, "clearance": 90}, criteria, "2022-09-15").guidance.code == "discuss-match"
    assert screen({**answers, "clearance": 90}, criteria, "2022-09-14").guidance.code == "discuss-alternatives"


def test_conditions_as_deep_as_allowed_are_read(small: Path) -> None:
    deep = {"sets/small/round-cancer/2.0.0.json": {"at": "/$defs/prior-lines", "not": 55}}
    break_as({"write": deep}, small)

    criteria = load_criteria(small / "sets" / "small")

    assert screen({"lines": 1}, criteria, "2022-09-15").indications[0].statuses["prior-lines"] == "met"


@pytest.mark.parametrize("path", CASES, ids=[str(path.relative_to(HERE / "broken").with_suffix("")) for path in CASES])
def test_a_broken_document_is_refused_with_document_pointer_and_reason(small: Path, path: Path) -> None:
    case = json.loads(path.read_text("utf-8"))
    break_as(case, small)

    with pytest.raises(DocumentInvalid) as caught:
        load_criteria(small / "sets" / "small")

    found = {(problem.document, problem.pointer): str(problem) for problem in caught.value.problems}
    refused = {(place["document"], place["pointer"]): place["reason"] for place in case["refused"]}
    assert found.keys() == refused.keys()
    assert len(found) == len(caught.value.problems), "each place once"
    for place, reason in refused.items():
        assert reason in found[place]
    assert str(caught.value).isprintable()


def test_the_cases_are_many_and_each_says_what_is_broken() -> None:
    says = [json.loads(path.read_text("utf-8"))["says"] for path in CASES]

    assert len(set(says)) == len(CASES) >= 60
