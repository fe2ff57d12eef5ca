"""``cart-screen screen FILE``: answers from a file."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from cart_screen.answers.reading import LARGEST_DOCUMENT, AnswerDocument, check_document, read_document
from cart_screen.api import DEFAULT_SET, load_criteria, named_or_path, read_date, screen
from cart_screen.cli.exits import Exit
from cart_screen.errors import AnswersMissing
from cart_screen.terminal.layout import underlined
from cart_screen.terminal.report import indications, report
from cart_screen.texts import Texts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def run_screen(
    file: str,
    criteria: Sequence[str] = (DEFAULT_SET,),
    as_of: str | None = None,
    *,
    as_json: bool = False,
    table: bool = False,
    record: str | None = None,
) -> int:
    """Screen the answers of a file, or of standard input, and print the guidance; ``record`` is a file to write."""
    document = read_document(_read(file), "standard input" if file == "-" else file)
    if len(criteria) > 1:
        return _compare(document, criteria, as_of, as_json=as_json, table=table)
    chosen = load_criteria(named_or_path(criteria[0])).on(read_date(as_of))
    screening = screen(check_document(document, chosen.reading.dictionary), chosen, as_of)
    if record is not None:
        # Imported here: most screenings are not recorded, and a start should load no more than it needs.
        from cart_screen.cli.records import write_record

        write_record(screening, named_or_path(criteria[0]), record)
    if as_json:
        _print_json(screening.to_dict())
        return Exit.OK
    texts = Texts(chosen)
    for line in report(screening, texts, underlined):
        print(line)
    if table:
        for line in indications(screening, texts, underlined):
            print(line)
    return Exit.OK


def _compare(
    document: AnswerDocument, criteria: Sequence[str], as_of: str | None, *, as_json: bool, table: bool
) -> int:
    # Imported here: one set is the common case, and a start should load no more than it needs.
    from cart_screen.comparison import compared
    from cart_screen.terminal.comparing import comparison

    chosen = [load_criteria(named_or_path(name)).on(read_date(as_of)) for name in criteria]
    # Each dictionary reads the document by itself: their canonical units may differ.
    read = compared(screen(check_document(document, one.reading.dictionary), one, as_of) for one in chosen)
    if as_json:
        _print_json(read.to_dict())
        return Exit.OK
    for line in comparison(read, underlined):
        print(line)
    if table:
        for screening in read.screenings.values():
            for line in indications(screening, Texts(screening.facts.criteria), underlined):
                print(line)
    return Exit.OK


def _print_json(document: dict[str, Any]) -> None:
    # Imported here: words are the common case, and a start should load no more than it needs.
    from json import dumps

    print(dumps(document, indent=2, allow_nan=False))


def _read(file: str) -> bytes:
    # One byte more than is allowed is enough to know that there are too many.
    if file == "-":
        if sys.stdin is None:
            raise AnswersMissing("standard input", "it is closed")
        return sys.stdin.buffer.read(LARGEST_DOCUMENT + 1)
    try:
        with open(file, "rb") as stream:  # noqa: PTH123 - a start should not load pathlib
            return stream.read(LARGEST_DOCUMENT + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no name of a file"
        raise AnswersMissing(file, reason or "it cannot be opened") from None
