"""Strict reading of a record: JSON in, a checked document out, nothing coerced."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NoReturn

from cart_screen.answers.scalars import is_number, written
from cart_screen.errors import DocumentProblem
from cart_screen.formats.limits import limit_problems
from cart_screen.formats.problems import format_problems
from cart_screen.formats.record import Record as RecordFormat
from cart_screen.records.errors import RecordInvalid, RecordMissing, RecordUnreadable

# A record of the largest shipped set has sixty kilobytes; the bound keeps a hostile one from filling memory.
LARGEST = 5_000_000

# What some editors put before a text in UTF-8.
_MARK = b"\xef\xbb\xbf"


def read_file(path: Path) -> bytes:
    """
    Read the bytes of a record, and of a file that is too large only so many that this shows.

    Raises
    ------
    RecordMissing
        When the file cannot be read.
    """
    try:
        with path.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no name of a file"
        raise RecordMissing(str(path), reason or "it cannot be opened") from None


def parsed(text: bytes, where: str) -> Any:
    """
    Give the JSON of some bytes.

    Raises
    ------
    RecordUnreadable
        When they are too many, not UTF-8, not JSON, name a key twice or hold a number that JSON does not have.
    """

    def no_constant(name: str) -> NoReturn:
        raise RecordUnreadable(where, f"{name} is no JSON number")

    def no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        record: dict[str, Any] = {}
        for key, value in pairs:
            if key in record:
                raise RecordUnreadable(where, f"{written(key)} is given twice")
            record[key] = value
        return record

    if len(text) > LARGEST:
        raise RecordUnreadable(where, f"it has more than {LARGEST:,} bytes")
    try:
        decoded = text.removeprefix(_MARK).decode("utf-8")
        return json.loads(decoded, parse_constant=no_constant, object_pairs_hook=no_duplicates)
    except UnicodeDecodeError as error:
        raise RecordUnreadable(where, f"the byte at position {error.start} is not UTF-8") from None
    except json.JSONDecodeError as error:
        found = f"it is not JSON at line {error.lineno}, column {error.colno}: {error.msg}"
        raise RecordUnreadable(where, found) from None
    except RecursionError:
        raise RecordUnreadable(where, "it is nested too deeply") from None
    except ValueError:
        # Python's guard against integers of many thousand digits.
        raise RecordUnreadable(where, "it holds a number that is too long") from None


def checked(raw: Any, where: str) -> dict[str, Any]:
    """
    Give a document that is a record in every place.

    Raises
    ------
    RecordUnreadable
        When it does not even say which format it has: an answers file, or something else.
    RecordInvalid
        With every place that breaks the format.
    """
    if isinstance(raw, dict) and not {"format", "digest"} & raw.keys():
        raise RecordUnreadable(where, "it is JSON, but no record")
    problems = (
        list(limit_problems(raw, where))
        or list(format_problems(RecordFormat, raw, where))
        or [
            DocumentProblem(where, f"/answers/absent/{id}", "a reason beside an answer", "one of the two")
            for id in raw["answers"]["absent"]
            if id in raw["answers"]["answers"]
        ]
        or [
            DocumentProblem(where, f"/answers/units/{id}", "a unit without a number", "the unit of a number")
            for id in raw["answers"]["units"]
            if not is_number(raw["answers"]["answers"].get(id))
        ]
    )
    if problems:
        raise RecordInvalid(problems)
    document: dict[str, Any] = raw
    return document
