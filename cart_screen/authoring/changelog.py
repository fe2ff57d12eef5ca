"""The changelog of the criteria, read by clinicians and held against the releases."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from cart_screen.errors import DocumentProblem

FILE = "CHANGELOG.md"

# The first cell of the two lines above the rows of a table.
_HEAD = re.compile(r"^(document|:?-+:?)$")
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
            if len(cells) >= 3 and not _HEAD.match(cells[0]):
                found.setdefault(day, []).append(Entry(*cells[:3]))
    return found


def changelog_problems(
    text: str, released: Mapping[str, str], documents: Mapping[str, Any]
) -> Iterator[DocumentProblem]:
    """
    Give every released document that the changelog does not name rightly under the day of its release, and every
    row that names none.

    ``released`` maps the path of a file to the day of its release, ``documents`` the path to its JSON.
    """
    written = entries(text)
    wanted: dict[str, list[Entry]] = {}
    for path, day in released.items():
        entry = entry_of(path, documents[path])
        if entry is None:
            continue
        wanted.setdefault(day, []).append(entry)
        if entry not in written.get(day, []):
            cells = f"| {entry.document} | {entry.version} | {entry.effective} |"
            yield DocumentProblem(FILE, "", f"no row for {path} under ## {day}", f"a row that begins with {cells}")
    for day, rows in written.items():
        for row in rows:
            if row not in wanted.get(day, []):
                found = f"the row of {row.document} {row.version} under ## {day}, which is no document of that release"
                yield DocumentProblem(FILE, "", found, "only rows of documents that were released on that day")
            elif rows.count(row) > 1:
                yield DocumentProblem(FILE, "", f"{row.document} {row.version} twice under ## {day}", "each row once")


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
