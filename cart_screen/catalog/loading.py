"""Criteria sets: those that ship with the package, by name, and any other from its directory."""

from __future__ import annotations

from functools import cache

from cart_screen.catalog.place import own_folder
from cart_screen.catalog.prepared import keep, made_from, read_prepared
from cart_screen.model import CriteriaSet

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cart_screen.catalog.directory import CriteriaDirectory


@cache
def own_set(name: str) -> CriteriaSet:
    """
    Give a criteria set that ships with the package, built once.

    Raises
    ------
    CriteriaUnknown
        When there is no set of that name.
    DocumentInvalid
        With every place of a draft that breaks the contract of documents.
    ReleaseChanged
        When a released file is not what was released.
    """
    root = own_folder()
    return read_prepared(root, name) or _built(root, name)


def _built(root: str, name: str) -> CriteriaSet:
    # Imported here and below: a prepared set needs nothing that reads documents.
    from pathlib import Path

    from cart_screen.catalog.directory import CriteriaDirectory
    from cart_screen.catalog.sharing import shared

    before = made_from(root, name)
    directory = CriteriaDirectory(Path(root))
    if directory.has_drafts(name):
        # Imported here: what was released was checked then, and the check brings pydantic.
        from cart_screen.catalog.contract import check_set

        check_set(directory, name)
        return load_set(directory, name)
    found = load_set(directory, name)
    if before is not None:
        # What was released does not change; a draft does, so it is built anew each time.
        keep(name, before, shared(found))
    return found


def own_sets() -> tuple[str, ...]:
    """Give the names of the criteria sets that ship with the package."""
    from cart_screen.catalog.directory import CriteriaDirectory, own_criteria

    return CriteriaDirectory(own_criteria()).sets


def load_set(directory: CriteriaDirectory, name: str) -> CriteriaSet:
    """
    Build a criteria set from a directory.

    Raises
    ------
    CriteriaUnknown
        When the directory has no set of that name.
    CriteriaMissing
        When a file that the set needs is not there.
    DocumentInvalid
        With every place of its documents that breaks the criteria dialect.
    ReleaseChanged
        When a released file is not what was released.
    """
    from cart_screen.catalog.building import build_set

    return build_set(directory, name)
