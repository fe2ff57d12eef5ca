"""``cart-screen criteria release``: fix what is new in a criteria directory."""

from __future__ import annotations

from cart_screen.api import read_date
from cart_screen.authoring.errors import ReleaseRefused
from cart_screen.catalog.directory import CriteriaDirectory
from cart_screen.cli.criteria_folder import criteria_folder
from cart_screen.cli.exits import Exit
from cart_screen.cli.extras import need
from cart_screen.errors import DocumentProblem


def run_release(path: str, on: str | None, *, dry_run: bool) -> int:
    """
    Check what is new, say it, and write its hashes to ``releases.json`` (which a dry run leaves alone).

    Raises
    ------
    CannotOpen
        When the path holds no criteria.
    CannotWrite
        When the releases cannot be written.
    ExtraMissing
        When the extra ``authoring`` is not installed.
    ReleaseChanged
        When a released file was edited or is gone.
    ReleaseRefused
        When a check finds an error, or a rule of releases is broken.
    """
    day = read_date(on)
    root = criteria_folder(path)
    need("authoring")
    # Imported here: the checks bring packages that nothing else needs.
    from cart_screen.authoring.checking import check_directory
    from cart_screen.authoring.checks.check import Severity
    from cart_screen.authoring.releasing import new_files, plan_release, write_release

    directory = CriteriaDirectory(root)
    if not new_files(directory) and directory.releases.files:
        print("Nothing is new: every document was released before and is unchanged.")
        return Exit.OK
    errors = [finding for finding in check_directory(root) if finding.severity is Severity.ERROR]
    if errors:
        raise ReleaseRefused(
            [DocumentProblem(found.document, found.pointer, found.found, found.todo, found.check) for found in errors]
        )
    plan = plan_release(directory, day)
    if not dry_run:
        write_release(directory, plan)
    for name in plan.new:
        print(name)
    count = f"{len(plan.new)} file{'' if len(plan.new) == 1 else 's'}"
    print(f"{count} {'would be released' if dry_run else 'released'} as of {plan.on}.")
    return Exit.OK
