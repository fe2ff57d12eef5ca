"""The groups of the official JSON-Schema-Test-Suite, draft 2020-12, and why some are not read here."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from needs import only_where

from cart_screen.errors import DocumentProblem
from cart_screen.rules.parse import SchemaReader
from cart_screen.rules.schema import DIALECT, Schema

VARIABLE = "CART_SCREEN_JSON_SCHEMA_TEST_SUITE"
ADDRESS = "https://example.invalid/suite"

Group = Mapping[str, Any]


def is_there() -> bool:
    """Tell whether this machine has the suite."""
    return bool(os.environ.get(VARIABLE))


# The official suite is large, not ours, and not copied into this project: whoever has it points to it by the
# environment variable, as `.ci/run` does. Without it these tests have nothing to run on, and say so.
needs_the_suite = only_where(
    is_there(), otherwise=f"{VARIABLE} does not name the folder draft2020-12 of the official suite"
)


@cache
def groups() -> dict[str, Group]:
    """Give every group of the suite by file and description; none where the suite is not there."""
    found = {}
    for path in sorted(Path(os.environ[VARIABLE]).glob("*.json")) if is_there() else ():
        for group in json.loads(path.read_text(encoding="utf-8")):
            found[f"{path.stem}: {group['description']}"] = group
    return found


def read(raw: Any) -> tuple[Schema, SchemaReader]:
    """Read a schema of the suite."""
    reader = SchemaReader({ADDRESS: raw})
    return reader.read(ADDRESS), reader


def left_out(raw: Any) -> str | None:
    """Give the reason for leaving a schema out, from the reader's own problems; None where it is read."""
    _, reader = read(raw)
    reasons = {reason_of(problem) for problem in reader.problems}
    return ", ".join(sorted(reasons)) if reasons else None


def reason_of(problem: DocumentProblem) -> str:
    """Say in a few words why the reader refused something; a refusal without a reason for it is shown whole."""
    match problem.found, problem.allowed:
        case "an unknown keyword", _:
            return f"unknown keyword {problem.pointer.rsplit('/', 1)[-1]}"
        case _, "a reference into the loaded documents":
            return "remote reference"
        case _, "references that end":
            return "recursive reference"
        case _, allowed if allowed == DIALECT:
            return "another dialect"
        case _:
            return f"no valid reason: {problem}"


def wrong_verdicts(is_valid: Callable[[Schema, Any], bool], name: str) -> list[str]:
    """Give the tests of a group on which a two-valued reading of its schema differs from the suite."""
    group = groups()[name]
    schema, _ = read(group["schema"])
    return [test["description"] for test in group["tests"] if is_valid(schema, test["data"]) is not test["valid"]]
