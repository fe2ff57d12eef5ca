"""The checks over the criteria that ship: no error, and no planted fault that stays unseen."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copytree

from cart_screen.authoring.checking import check_directory
from cart_screen.authoring.checks.check import Severity

from ..base import SHIPPED
from .patching import patch

PLANTED = Path(__file__).parent / "planted.json"


def test_shipped_criteria_have_no_error() -> None:
    errors = [str(finding) for finding in check_directory(SHIPPED) if finding.severity is Severity.ERROR]

    assert errors == []


def test_each_fault_planted_into_a_copy_is_found(tmp_path: Path) -> None:
    root = tmp_path / "criteria"
    copytree(SHIPPED, root)
    (root / "releases.json").unlink(missing_ok=True)
    faults = json.loads(PLANTED.read_text("utf-8"))
    for fault in faults:
        patch(root, fault["patches"])
    found = {(one.check, f"{one.document}#{one.pointer}") for one in check_directory(root, ("us-fda",))}

    assert [fault["says"] for fault in faults if (fault["check"], fault["at"]) not in found] == []
