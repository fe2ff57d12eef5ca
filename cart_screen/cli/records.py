"""``cart-screen verify``, ``cart-screen reread``, and the record that ``cart-screen screen --record`` writes."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from cart_screen.api import Screening, named_or_path
from cart_screen.cli.exits import Exit
from cart_screen.files import check_new, write_private
from cart_screen.records.errors import RecordMissing
from cart_screen.records.reading import LARGEST
from cart_screen.records.record import Record
from cart_screen.terminal.layout import underlined
from cart_screen.terminal.recorded import rereading, verification
from cart_screen.texts import Audience


def run_verify(file: str, criteria: str | None, *, as_json: bool) -> int:
    """Say whether a record comes out the same again; gives 0 where it does, and 1 where it does not."""
    found = _read(file).verify(Path(criteria) if criteria is not None else None)
    if as_json:
        _print(found.to_dict())
    else:
        for line in verification(found, underlined):
            print(line)
    return Exit.OK if found.same else Exit.FOUND


def run_reread(file: str, criteria: str | None, as_of: str | None, *, as_json: bool) -> int:
    """Show what the answers of a record say under the criteria of another day: then, now and the difference."""
    found = _read(file).reread(named_or_path(criteria) if criteria is not None else None, as_of)
    if as_json:
        _print(found.to_dict())
    else:
        for line in rereading(found, underlined):
            print(line)
    return Exit.OK


def write_record(screening: Screening, criteria: str | Path, file: str, audience: Audience = Audience.PATIENT) -> None:
    """
    Write the record of a screening to a new file; ``criteria`` is the set by its name or the path of its folder.

    Raises
    ------
    CannotCreate
        When the file cannot be made there, or there is one already: a record is kept.
    CannotWrite
        When there is no room.
    """
    check_new(Path(file))
    record = Record.of(screening, criteria=criteria if isinstance(criteria, Path) else None, audience=audience)
    data = json.dumps(record.to_dict(), indent=2, ensure_ascii=False, allow_nan=False).encode() + b"\n"
    write_private(Path(file), data)


def _read(file: str) -> Record:
    if file != "-":
        return Record.read(Path(file))
    if sys.stdin is None:
        raise RecordMissing("standard input", "it is closed")
    return Record.read(sys.stdin.buffer.read(LARGEST + 1))


def _print(document: dict[str, Any]) -> None:
    print(json.dumps(document, indent=2, allow_nan=False))
