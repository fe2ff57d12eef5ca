"""Release what is new in a criteria directory: after its checks its files are fixed by their hash."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from cart_screen.authoring.changelog import FILE as CHANGELOG
from cart_screen.authoring.changelog import changelog_problems
from cart_screen.authoring.errors import ReleaseRefused
from cart_screen.authoring.versions import (
    dictionary_problems,
    identity_problems,
    live_problems,
    monotone_problems,
)
from cart_screen.catalog.directory import CriteriaDirectory
from cart_screen.catalog.releases import FILE, FORMAT, Release, hash_of
from cart_screen.errors import DocumentInvalid, DocumentProblem
from cart_screen.files import CannotWrite
from cart_screen.formats.limits import limit_problems
from cart_screen.formats.problems import format_problems
from cart_screen.formats.published import FORMATS

# What a release fixes. Words, the description of a set and the changelog stay open to better wording.
_RELEASED = ("sets/*/*/*.json", "shared/*/*.json", "answers/*.json", "schema/*.json")
_NAMED = "named in set.json, as answers or under earlier"
_FORMATS = {"sets": "indication", "shared": "shared-criterion", "answers": "dictionary"}


@dataclass(frozen=True)
class Plan:
    """What a release would add: the new files and their JSON, keyed by path, and the day."""

    new: Mapping[str, Any]
    on: date


def new_files(directory: CriteriaDirectory) -> tuple[str, ...]:
    """
    Give the paths of the files that a release would add, after every released one was found unchanged.

    Raises
    ------
    ReleaseChanged
        When a released file was edited or is gone.
    """
    for path in directory.releases.files:
        directory.check_released(path)
    return tuple(path for path in _releasable(directory) if path not in directory.releases)


def plan_release(directory: CriteriaDirectory, on: date) -> Plan:
    """
    Give what is new in a directory, after it was held against the rules of releases.

    The author's checks are run before this: what ``cart-screen criteria check`` finds as an error is not
    released either.

    Raises
    ------
    DocumentInvalid
        When a file is no JSON.
    ReleaseChanged
        When a released file was edited or is gone.
    ReleaseRefused
        With every place that breaks a rule of releases.
    """
    new = new_files(directory)
    documents = {path: directory.read(path) for path in _releasable(directory)}
    malformed = [problem for path in new for problem in _malformed(path, documents[path])]
    problems = malformed or list(_rule_problems(directory, documents, new, on))
    if problems:
        raise ReleaseRefused([replace(one, allowed=f"it must be {one.allowed}") for one in problems])
    return Plan({path: documents[path] for path in new}, on)


def _unused_problems(
    directory: CriteriaDirectory, documents: Mapping[str, Any], new: tuple[str, ...]
) -> Iterator[DocumentProblem]:
    """Give every new dictionary and shared criterion that nothing uses, since no check has seen what it does."""
    descriptions = [directory.set_file(name) for name in directory.sets]
    eras = [era for description in descriptions for era in (description, *description.get("earlier", ()))]
    dictionaries = {f"answers/{era['answers']}.json" for era in eras}
    spoken = json.dumps([descriptions, [document for path, document in documents.items() if path not in dictionaries]])
    for path in new:
        if path.startswith("answers/") and path not in dictionaries:
            yield DocumentProblem(path, "", "a dictionary that no set.json names", _NAMED, "unused")
        if path.startswith("shared/") and spoken.count(json.dumps(documents[path]["$id"])) < 2:
            yield DocumentProblem(path, "", "a criterion that nothing refers to", "used by a document", "unused")


def _malformed(path: str, document: Any) -> Iterator[DocumentProblem]:
    # What no set names yet was held against nothing so far.
    format = _FORMATS.get(path.split("/")[0])
    if format is not None:
        yield from limit_problems(document, path)
        yield from format_problems(FORMATS[format].model, document, path)


def _rule_problems(
    directory: CriteriaDirectory, documents: Mapping[str, Any], new: tuple[str, ...], on: date
) -> Iterator[DocumentProblem]:
    released = {path: release.released for path, release in directory.releases.files.items()}
    yield from identity_problems(documents)
    yield from live_problems(documents, new)
    yield from monotone_problems(documents, new)
    yield from dictionary_problems(documents, new)
    yield from _unused_problems(directory, documents, new)
    yield from _day_problems(released.values(), on)
    days = {**released, **dict.fromkeys(new, on.isoformat())}
    yield from changelog_problems(_changelog(directory), days, documents)


def write_release(directory: CriteriaDirectory, plan: Plan) -> None:
    """
    Add the files of a plan to ``releases.json``, which is replaced as a whole or not at all.

    Raises
    ------
    CannotWrite
        When the directory cannot be written to; the releases are then as they were.
    """
    added = {path: Release(hash_of((directory.root / path).read_bytes()), plan.on.isoformat()) for path in plan.new}
    files = {**directory.releases.files, **added}
    document = {
        "format": FORMAT,
        "files": {path: {"sha256": files[path].sha256, "released": files[path].released} for path in sorted(files)},
    }
    target = directory.root / FILE
    scratch = target.with_name(f".{FILE}.{os.getpid()}")
    try:
        scratch.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
        scratch.replace(target)
    except OSError as error:
        with suppress(OSError):
            scratch.unlink(missing_ok=True)
        raise CannotWrite(str(target), error.strerror or "unknown reason") from None


def _releasable(directory: CriteriaDirectory) -> list[str]:
    found = []
    for pattern in _RELEASED:
        paths = sorted(path.relative_to(directory.root).as_posix() for path in directory.root.glob(pattern))
        directory.releases.check_present(pattern, paths)
        found += paths
    return found


def _changelog(directory: CriteriaDirectory) -> str:
    path: Path = directory.root / CHANGELOG
    try:
        return path.read_text(encoding="utf-8") if path.is_file() else ""
    except UnicodeDecodeError as error:
        problem = DocumentProblem(CHANGELOG, "", f"the byte at {error.start}, which is not UTF-8", "UTF-8 text")
        raise DocumentInvalid([problem]) from None


def _day_problems(released: Any, on: date) -> list[DocumentProblem]:
    latest = max(released, default="")
    if on.isoformat() >= latest:
        return []
    return [DocumentProblem(FILE, "", f"a release of {latest}, after {on}", f"{latest} or later", "version-order")]
