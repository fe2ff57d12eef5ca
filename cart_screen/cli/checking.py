"""``cart-screen criteria check [PATH]``: the author's checks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cart_screen.catalog.directory import own_criteria
from cart_screen.cli.criteria_folder import criteria_folder
from cart_screen.cli.exits import Exit
from cart_screen.cli.extras import need

if TYPE_CHECKING:
    from cart_screen.authoring.checks.check import CheckFinding

FORMAT = "cart-screen-check/1"


def run_check(path: str | None, *, as_json: bool) -> int:
    """
    Check a criteria directory, a set's folder in one, or what ships with the package, and print the findings.

    Gives 0 where no finding is an error, and 1 where some are.

    Raises
    ------
    CannotOpen
        When the path holds no criteria.
    ExtraMissing
        When the extra ``authoring`` is not installed.
    """
    chosen = _chosen(path)
    need("authoring")
    # Imported here: the checks bring packages that nothing else needs.
    from cart_screen.authoring.checking import check_directory
    from cart_screen.authoring.checks.check import Severity

    findings = check_directory(*chosen)
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    if as_json:
        print(json.dumps(_document(findings, errors), indent=2))
    else:
        _print(findings, errors)
    return Exit.FOUND if errors else Exit.OK


def _chosen(path: str | None) -> tuple[Path, tuple[str, ...] | None]:
    """Give the criteria directory, and the one set in it that is meant."""
    if path is None:
        return own_criteria(), None
    folder = Path(path).absolute()
    if folder.parent.name == "sets" and "\0" not in path and folder.is_dir() and not (folder / "sets").is_dir():
        return criteria_folder(str(folder.parent.parent)), (folder.name,)
    return criteria_folder(path).absolute(), None


def _document(findings: Sequence[CheckFinding], errors: int) -> dict[str, object]:
    from cart_screen.authoring.checking import CHECKS

    return {
        "format": FORMAT,
        "errors": errors,
        "warnings": len(findings) - errors,
        "checks": [{"id": one.id, "severity": str(one.severity), "for": one.purpose} for one in CHECKS],
        "findings": [finding.to_dict() for finding in findings],
    }


def _print(findings: Sequence[CheckFinding], errors: int) -> None:
    from cart_screen.authoring.checking import CHECKS

    for finding in findings:
        print(finding)
        print()
    warnings = len(findings) - errors
    print(f"{len(CHECKS)} checks: {_counted(errors, 'error')}, {_counted(warnings, 'warning')}.")


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
