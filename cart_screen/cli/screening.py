"""``cart-screen screen FILE``: answers from a file."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from cart_screen.answers.reading import LARGEST_DOCUMENT, read_record
from cart_screen.api import check_answers, load_criteria, screen
from cart_screen.cli.exits import Exit
from cart_screen.errors import AnswersMissing
from cart_screen.terminal.layout import underlined
from cart_screen.terminal.report import indications, report
from cart_screen.texts import Texts


def run_screen(file: str, criteria: str, as_of: str | None, *, as_json: bool, table: bool) -> int:
    """Screen the answers of a file, or of standard input, and print the guidance."""
    data = _read(file)
    chosen = load_criteria(criteria)
    values, absent = read_record(data, "standard input" if file == "-" else file)
    screening = screen(check_answers(values, absent, chosen), chosen, as_of)
    if as_json:
        print(json.dumps(screening.to_dict(), indent=2, allow_nan=False))
        return Exit.OK
    texts = Texts(chosen)
    for line in report(screening, texts, underlined):
        print(line)
    if table:
        for line in indications(screening, texts, underlined):
            print(line)
    return Exit.OK


def _read(file: str) -> bytes:
    # One byte more than is allowed is enough to know that there are too many.
    if file == "-":
        if sys.stdin is None:
            raise AnswersMissing("standard input", "it is closed")
        return sys.stdin.buffer.read(LARGEST_DOCUMENT + 1)
    try:
        with Path(file).open("rb") as stream:
            return stream.read(LARGEST_DOCUMENT + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no name of a file"
        raise AnswersMissing(file, reason or "it cannot be opened") from None
