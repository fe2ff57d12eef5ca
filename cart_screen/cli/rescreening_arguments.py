"""The arguments of ``cart-screen rescreen``."""

from __future__ import annotations

import argparse

from cart_screen.cli.file_names import check_file_names
from cart_screen.cli.options import intakes, keyed, mapped, one_set

_POINT = (
    "a date such as 2024-04-05; a use with its version such as carvykti-multiple-myeloma@2.0.0, which is the day from "
    "which that version counts; or both with a comma between, which puts that version among those of the date"
)


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command, its arguments, and what it runs."""
    rescreen = commands.add_parser(
        "rescreen",
        allow_abbrev=False,
        help="show who in a table changes between two days or versions of the criteria, and why",
    )
    intakes(rescreen)
    rescreen.add_argument(
        "output",
        metavar="OUT",
        nargs="?",
        help="beside IN: one row for each person who changes: .csv, .ndjson, .jsonl or .parquet; - writes NDJSON, and "
        "the summary goes to standard error; without it only the summary is shown",
    )
    rescreen.add_argument("--from", dest="old", metavar="POINT", required=True, help=_POINT)
    rescreen.add_argument("--to", dest="new", metavar="POINT", required=True, help="the same, for the state after")
    keyed(rescreen)
    one_set(rescreen)
    mapped(rescreen)
    rescreen.add_argument(
        "--rejects",
        metavar="FILE",
        help="the rows that cannot be read, as CSV (OUT with .rejects.csv behind its stem; without OUT only counted)",
    )
    rescreen.add_argument("--json", action="store_true", help="print the summary as one JSON document")
    rescreen.add_argument("--quiet", action="store_true", help="no progress on standard error")

    def run(options: argparse.Namespace) -> int:
        from cart_screen.cli.rescreening import Wishes, run_rescreen

        check_file_names(
            rescreen,
            {"IN": options.input, "OUT": options.output, "--map": options.map, "--rejects": options.rejects},
        )
        return run_rescreen(
            Wishes(
                input=options.input,
                output=options.output,
                old=options.old,
                new=options.new,
                key=options.key,
                criteria=options.criteria,
                map=options.map,
                rejects=options.rejects,
                as_json=options.json,
                quiet=options.quiet,
            )
        )

    rescreen.set_defaults(run=run)
