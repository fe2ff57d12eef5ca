"""The changelog of the criteria, read by clinicians and held against the releases."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from cart_screen.errors import DocumentProblem

FILE = "CHANGELOG.md"

# A release is headed by its day, as in "## 2026-11-23".
_HEADING = re.compile(r"^## (\d{4}-\d{2}-\d{2})\b")


@dataclass(frozen=True)
class Entry:
    """One row of the changelog: a document, its version, and from when it is in force (or a dash)."""

    document: str
    version: str
    effective: str


def entries(text: str) -> Mapping[str, list[Entry]]:
    """Give the rows of every release, keyed by its day: those of a table that begin with document, version, day."""
    found: dict[str, list[Entry]] = {}
    day = ""
    for line in text.splitlines():
        heading = _HEADING.match(line)
        if line.startswith("## "):
            day = heading.group(1) if heading else ""
        elif day and line.startswith("|"):
            cells = [cell.strip().strip("`") for cell in line.strip("|").split("|")]
            if len(cells) >= 3:
                found.setdefault(day, []).append(Entry(*cells[:3]))
    return found


def changelog_problems(
    text: str, released: Mapping[str, str], documents: Mapping[str, Any]
) -> Iterator[DocumentProblem]:
    """
    Give every released document that the changelog does not name rightly under the day of its release.

    ``released`` maps the path of a file to the day of its release, ``documents`` the path to its JSON.
    """
    written = entries(text)
    for path, day in released.items():
        wanted = entry_of(path, documents[path])
        if wanted is not None and wanted not in written.get(day, []):
            row = f"| {wanted.document} | {wanted.version} | {wanted.effective} |"
            yield DocumentProblem(FILE, "", f"no row for {path} under ## {day}", f"a row that begins with {row}")


def entry_of(path: str, document: Mapping[str, Any]) -> Entry | None:
    """Give the row that a document needs, or None for what clinicians do not read (meta-schemas)."""
    parts = PurePosixPath(path).with_suffix("").parts
    match parts:
        case ("sets", set_name, use, version):
            return Entry(f"{set_name}/{use}", version, document["x-effective"]["from"])
        case ("shared", criterion, version):
            return Entry(f"shared/{criterion}", version, "-")
        case ("answers", version):
            return Entry("answers", version, "-")
        case _:
            return None
