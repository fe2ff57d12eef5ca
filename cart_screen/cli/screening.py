"""``cart-screen screen FILE``: answers from a file."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from cart_screen.answers.reading import LARGEST_DOCUMENT, read_answers
from cart_screen.api import screen
from cart_screen.cli.exits import Exit
from cart_screen.terminal.report import indications, report
from cart_screen.texts import Texts


def run_screen(file: str, criteria: str, as_of: str | None, *, as_json: bool, table: bool) -> int:
    """Screen the answers of a file, or of standard input, and print the guidance."""
    try:
        data = _read(file)
    except OSError as error:
        print(
            f"cart-screen: Cannot read {file}: {error.strerror or error}. Name a JSON file of answers.", file=sys.stderr
        )
        return Exit.NO_INPUT
    screening = screen(read_answers(data, "standard input" if file == "-" else file), criteria, as_of)
    if as_json:
        print(json.dumps(screening.to_dict(), ensure_ascii=False, indent=2, allow_nan=False))
        return Exit.OK
    texts = Texts()
    for line in report(screening, texts):
        print(line)
    if table:
        for line in indications(screening, texts):
            print(line)
    return Exit.OK


def _read(file: str) -> bytes:
    # One byte more than is allowed is enough to know that there are too many.
    if file == "-":
        return sys.stdin.buffer.read(LARGEST_DOCUMENT + 1)
    with Path(file).open("rb") as stream:
        return stream.read(LARGEST_DOCUMENT + 1)
