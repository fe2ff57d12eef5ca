"""The criteria set that a record is held against, with the directory that it is read from."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from cart_screen.api import load_criteria, set_folder
from cart_screen.catalog.directory import CriteriaDirectory, own_criteria
from cart_screen.catalog.documents import documents_read
from cart_screen.catalog.loading import own_sets
from cart_screen.errors import CriteriaUnknown, LanguageUnknown
from cart_screen.model import CriteriaSet
from cart_screen.nouns import field, noun
from cart_screen.records.errors import CriteriaNotAtHand, CriteriaOther


@noun
class AtHand:
    """A criteria set, and the directory whose files it was read from."""

    criteria: CriteriaSet = field(repr=False)
    directory: CriteriaDirectory

    def documents(self, on: date, language: str) -> dict[str, str]:
        """
        Give the SHA-256 of each file that is read for a day (documents.documents_read).

        Raises
        ------
        LanguageUnknown
            When the set has no words in that language.
        """
        if language not in self.criteria.texts:
            raise LanguageUnknown(language, sorted(self.criteria.texts))
        return documents_read(self.directory, self.criteria.on(on), on, language)


def is_shipped(name: str) -> bool:
    """Tell whether a set of that name ships with the package."""
    return name in own_sets()


def shipped(name: str) -> AtHand:
    """
    Give a set that ships with the package.

    Raises
    ------
    CriteriaUnknown
        When there is no set of that name.
    """
    return AtHand(load_criteria(name), CriteriaDirectory(own_criteria()))


def in_directory(path: Path, name: str) -> AtHand:
    """
    Give the set of a name from a directory of one's own, or from the folder of the set itself.

    Raises
    ------
    CriteriaUnknown
        When the directory holds no set of that name.
    CriteriaMissing, DocumentInvalid, ReleaseChanged
        As ``api.load_criteria`` does.
    """
    folder = _below(path, name) or set_folder(path)
    if folder.name != name:
        raise CriteriaUnknown(name, [folder.name])
    return _loaded(folder)


def read_from(criteria: CriteriaSet, on: date, path: Path | None) -> tuple[AtHand, bool]:
    """
    Give where a set, as it is read on a day, comes from, and whether it ships with the package.

    Raises
    ------
    CriteriaNotAtHand
        When it does not ship with the package and there is no path.
    CriteriaOther
        When what the path holds is not that set any more.
    CriteriaUnknown, CriteriaMissing, DocumentInvalid, ReleaseChanged
        As ``in_directory`` does.
    """
    if is_shipped(criteria.id):
        own = shipped(criteria.id)
        if own.criteria.on(on) == criteria:
            return own, True
    if path is None:
        raise CriteriaNotAtHand(criteria.id, None)
    found = in_directory(path, criteria.id)
    if found.criteria.on(on) != criteria:
        raise CriteriaOther(str(path))
    return found, False


def named(criteria: str | Path, name: str) -> AtHand:
    """
    Give a set by its name, or by its path; of a directory with several sets the one of another name that is given.

    Raises
    ------
    CriteriaUnknown, CriteriaMissing, DocumentInvalid, ReleaseChanged
        As ``api.load_criteria`` does.
    """
    if isinstance(criteria, str):
        return shipped(criteria)
    below = _below(criteria, name)
    return _loaded(below or set_folder(criteria))


def _below(path: Path, name: str) -> Path | None:
    folder = path / "sets" / name
    return folder if "\0" not in str(path) and (folder / "set.json").is_file() else None


def _loaded(folder: Path) -> AtHand:
    return AtHand(load_criteria(folder), CriteriaDirectory(folder.absolute().parent.parent))
