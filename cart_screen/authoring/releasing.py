"""Release what is new in a criteria directory: after its checks its files are fixed by their hash."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from cart_screen.authoring.changelog import FILE as CHANGELOG
from cart_screen.authoring.changelog import changelog_problems
from cart_screen.authoring.versions import dictionary_problems, identity_problems, live_problems
from cart_screen.catalog.directory import CriteriaDirectory
from cart_screen.catalog.releases import FILE, FORMAT, Release, hash_of
from cart_screen.errors import DocumentProblem, ReleaseRefused

# What a release fixes. Words, the description of a set and the changelog stay open to better wording.
_RELEASED = ("sets/*/*/*.json", "shared/*/*.json", "answers/*.json", "schema/*.json")


@dataclass(frozen=True)
class Plan:
    """What a release would add: the new files and their JSON, keyed by path, and the day."""

    new: Mapping[str, Any]
    on: date


def plan_release(directory: CriteriaDirectory, on: date) -> Plan:
    """
    Give what is new in a directory, after everything that can be checked without running the criteria.

    The author's checks are run beside this: what ``cart-screen criteria check`` finds as an error is not
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
    documents = {path: directory.read(path) for path in _releasable(directory)}
    new = {path: document for path, document in documents.items() if path not in directory.releases}
    released = {path: release.released for path, release in directory.releases.files.items()}
    problems = [
        *identity_problems(documents),
        *live_problems(_kind(documents, "sets"), new),
        *dictionary_problems(_kind(documents, "answers"), new),
        *_day_problems(released.values(), on),
        *changelog_problems(_changelog(directory), {**released, **dict.fromkeys(new, on.isoformat())}, documents),
    ]
    if problems:
        raise ReleaseRefused(problems)
    return Plan(new, on)


def write_release(directory: CriteriaDirectory, plan: Plan) -> None:
    """
    Add the files of a plan to ``releases.json``, which is replaced as a whole or not at all.

    Raises
    ------
    OSError
        When the directory cannot be written to.
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
    finally:
        scratch.unlink(missing_ok=True)


def _releasable(directory: CriteriaDirectory) -> list[str]:
    found = []
    for pattern in _RELEASED:
        paths = sorted(path.relative_to(directory.root).as_posix() for path in directory.root.glob(pattern))
        directory.releases.check_present(pattern, paths)
        found += paths
    return found


def _kind(documents: Mapping[str, Any], folder: str) -> dict[str, Any]:
    return {path: document for path, document in documents.items() if path.split("/")[0] == folder}


def _changelog(directory: CriteriaDirectory) -> str:
    path: Path = directory.root / CHANGELOG
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _day_problems(released: Any, on: date) -> list[DocumentProblem]:
    latest = max(released, default="")
    if on.isoformat() >= latest:
        return []
    return [DocumentProblem(FILE, "", f"a release of {latest}, after {on}", f"{latest} or later", "version-order")]
