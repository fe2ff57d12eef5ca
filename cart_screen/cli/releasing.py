"""``cart-screen criteria release``: fix what is new in a criteria directory."""

from __future__ import annotations

from pathlib import Path

from cart_screen.api import read_date
from cart_screen.authoring.checking import check_directory
from cart_screen.authoring.checks.check import Severity
from cart_screen.authoring.releasing import plan_release, write_release
from cart_screen.catalog.directory import CriteriaDirectory
from cart_screen.cli.exits import Exit
from cart_screen.errors import CriteriaMissing, DocumentProblem, ReleaseRefused


def run_release(path: str, on: str | None, *, dry_run: bool) -> int:
    """Check what is new, say it, and write its hashes to ``releases.json`` (which a dry run leaves alone)."""
    root = Path(path)
    if not (root / "sets").is_dir():
        raise CriteriaMissing(str(root / "sets"))
    directory = CriteriaDirectory(root)
    plan = plan_release(directory, read_date(on))
    if not plan.new:
        print("Nothing is new: every document was released before and is unchanged.")
        return Exit.OK
    errors = [finding for finding in check_directory(root) if finding.severity is Severity.ERROR]
    if errors:
        raise ReleaseRefused(
            [DocumentProblem(found.document, found.pointer, found.found, found.todo, found.check) for found in errors]
        )
    if not dry_run:
        write_release(directory, plan)
    for name in plan.new:
        print(name)
    done = "would be released" if dry_run else "released"
    print(f"{len(plan.new)} files {done} as of {plan.on}.")
    return Exit.OK
