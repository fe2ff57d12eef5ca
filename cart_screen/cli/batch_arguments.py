"""The arguments of ``cart-screen batch``."""

from __future__ import annotations

import argparse

from cart_screen.cli.file_names import check_file_names
from cart_screen.cli.options import DEFAULT_SET, dated, intakes, keyed, mapped, sets

_ENGINES = ("polars", "duckdb", "spark")


def batch_arguments(batch: argparse.ArgumentParser) -> None:
    """Add the arguments of the command, and what it runs."""
    intakes(batch)
    batch.add_argument(
        "output",
        metavar="OUT",
        help="the results: .csv, .ndjson, .jsonl or .parquet, replaced at the end; - writes NDJSON",
    )
    keyed(batch)
    sets(batch, "; several stand side by side")
    dated(batch)
    mapped(batch)
    batch.add_argument(
        "--rejects", metavar="FILE", help="the rows that cannot be read, as CSV (OUT with .rejects.csv behind its stem)"
    )
    batch.add_argument("--report", metavar="FILE", help="also write a report with plots, as HTML")
    batch.add_argument(
        "--engine", choices=_ENGINES, default="polars", help="what computes (polars); spark needs Java 17"
    )
    batch.add_argument("--master", metavar="URL", help="the Spark master, with --engine spark (local[*])")
    batch.add_argument("--quiet", action="store_true", help="no progress and no summary on standard error")

    def run(options: argparse.Namespace) -> int:
        from cart_screen.cli.extras import need

        _check(batch, options)
        need("batch")
        from cart_screen.cli.batch import Wishes, run_batch

        return run_batch(
            Wishes(
                input=options.input,
                output=options.output,
                key=options.key,
                criteria=tuple(options.criteria or [DEFAULT_SET]),
                as_of=options.as_of,
                map=options.map,
                rejects=options.rejects,
                report=options.report,
                engine=options.engine,
                master=options.master,
                quiet=options.quiet,
            )
        )

    batch.set_defaults(run=run)


def _check(batch: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """Refuse a name that is none, one file for two things, and options that do not go together."""
    if options.output == "-" and options.rejects is None:
        batch.error("--rejects needs the name of a file where OUT is -: there is no place beside a stream")
    if options.report is not None and not options.report.lower().endswith((".html", ".htm")):
        batch.error("--report is written as HTML: name a file that ends in .html")
    if options.master is not None and options.engine != "spark":
        batch.error("--master goes with --engine spark")
    check_file_names(
        batch,
        {
            "IN": options.input,
            "OUT": options.output,
            "--map": options.map,
            "--rejects": options.rejects,
            "--report": options.report,
        },
    )
