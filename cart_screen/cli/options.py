"""Options that several commands have, each declared once."""

from __future__ import annotations

import argparse

DEFAULT_SET = "us-fda"
SET_HELP = "a criteria set (us-fda, eu-ema, overview) or the folder of your own; us-fda where none is named"


def named(command: argparse.ArgumentParser) -> None:
    """Let a document be named, with its set, its version and a date."""
    command.add_argument(
        "id", metavar="ID", help="a use such as carvykti-multiple-myeloma, SET/USE, a shared criterion, or an address"
    )
    command.add_argument("--criteria", metavar="SET", help=SET_HELP)
    command.add_argument("--version", metavar="VERSION", help="a version such as 1.0.0 (the one in force)")
    dated(command)


def one_set(command: argparse.ArgumentParser) -> None:
    """Let a criteria set be named; the default set where none is."""
    command.add_argument("--criteria", metavar="SET", default=DEFAULT_SET, help=SET_HELP)


def sets(command: argparse.ArgumentParser, more: str) -> None:
    """Let several criteria sets be named; ``more`` ends the help."""
    command.add_argument("--criteria", nargs="+", action="extend", metavar="SET", help=SET_HELP + more)


def dated(command: argparse.ArgumentParser) -> None:
    """Let the date be named that counts."""
    command.add_argument("--as-of", metavar="DATE", help="the date that counts, such as 2026-02-06 (today)")


def spoken(command: argparse.ArgumentParser, unsaid: str) -> None:
    """Let a set, a date, a language and an audience be named; ``unsaid`` is whom the words speak to otherwise."""
    one_set(command)
    dated(command)
    command.add_argument("--language", metavar="LANG", default="en", help="the language of the words (en)")
    command.add_argument(
        "--for",
        dest="audience",
        choices=["patient", "child", "clinician"],
        help=f"whom the words speak to ({unsaid})",
    )


def as_json(command: argparse.ArgumentParser) -> None:
    """Let JSON be asked for instead of words."""
    command.add_argument("--json", action="store_true", help="print one JSON document and nothing else")


def tabled(command: argparse.ArgumentParser) -> None:
    """Let the table of all uses be asked for."""
    command.add_argument("--table", action="store_true", help="also show every approved use that was compared")


def intakes(command: argparse.ArgumentParser) -> None:
    """Name the table of intakes that is read."""
    command.add_argument(
        "input", metavar="IN", help="a table of intakes: .csv, .ndjson, .jsonl or .parquet; - reads NDJSON"
    )


def keyed(command: argparse.ArgumentParser) -> None:
    """Let the column be named that names a row of a table."""
    command.add_argument("--key", metavar="COLUMN", help="the column that names a row in the results (its number)")


def mapped(command: argparse.ArgumentParser) -> None:
    """Let a file be named that says what the columns of a table hold."""
    command.add_argument("--map", metavar="FILE", help="which column answers which question, in which unit and words")
