"""Each check finds the faults that its fixture plants, where they are, and nothing where there is none."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from cart_screen.authoring.checking import CHECKS, check_directory
from cart_screen.authoring.checks.check import CheckFinding

from ..base import copied_to
from .patching import patch

FIXTURES = Path(__file__).parent / "fixtures"


def cases(kind: str) -> list[Any]:
    """Give every case of a kind, named by its check and by what it says."""
    return [
        pytest.param(file.stem, case, id=f"{file.stem}: {case['says']}")
        for file in sorted(FIXTURES.glob("*.json"))
        for case in json.loads(file.read_text("utf-8"))[kind]
    ]


def findings(folder: Path, case: Mapping[str, Any]) -> tuple[CheckFinding, ...]:
    """Check the base directory with the changes of a case."""
    root = copied_to(folder)
    patch(root, case["patches"])
    return check_directory(root)


def test_the_base_has_no_finding(tmp_path: Path) -> None:
    assert check_directory(copied_to(tmp_path)) == ()


def test_every_check_has_its_fixture_and_every_fixture_its_check() -> None:
    assert sorted(check.id for check in CHECKS) == sorted(file.stem for file in FIXTURES.glob("*.json"))


@pytest.mark.parametrize(("check", "case"), cases("faulty"))
def test_fault_is_found_where_it_is(check: str, case: Mapping[str, Any], tmp_path: Path) -> None:
    found = [one for one in findings(tmp_path, case) if one.check == check]

    assert case["at"] in [f"{one.document}#{one.pointer}" for one in found]
    assert all(one.found.strip() and one.todo.strip() for one in found)
    assert {one.severity for one in found} == {next(one.severity for one in CHECKS if one.id == check)}


@pytest.mark.parametrize(("check", "case"), cases("sound"))
def test_what_is_sound_is_not_found(check: str, case: Mapping[str, Any], tmp_path: Path) -> None:
    assert [one for one in findings(tmp_path, case) if one.check == check] == []
