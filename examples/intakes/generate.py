"""
Write synthetic intakes: ``python examples/intakes/generate.py OUT --rows N --seed S``.

OUT ends in .csv, .ndjson or .parquet. Its columns are an ``intake_id`` and the questions of the dictionary by their
ids; nobody in it lives. Which diseases there are, how they were treated, what is measured and what is missing are
assumptions that make the mix of a blood-cancer clinic plausible: they are no epidemiology and have no source. The
same seed gives the same rows, the first of many the same as the first of few, written a block at a time.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import polars as pl
from polars.io.plugins import register_io_source
from synthetic.faults import faulty
from synthetic.population import BLOCK, intakes, schema

_FORMS = (".csv", ".ndjson", ".parquet")


def main(arguments: list[str] | None = None) -> int:
    """Write a file of synthetic intakes."""
    options = _parser().parse_args(arguments)
    form = options.out.suffix.lower()
    if form not in _FORMS:
        print(
            f"{options.out} ends in no form that can be written. Choose one of: {', '.join(_FORMS)}.", file=sys.stderr
        )
        return 2
    frame = lazy(options.rows, options.seed, options.faults, text=form == ".csv")
    match form:
        case ".csv":
            frame.sink_csv(options.out)
        case ".ndjson":
            frame.sink_ndjson(options.out)
        case _:
            frame.sink_parquet(options.out)
    return 0


def lazy(rows: int, seed: int, faults: float = 0.0, *, text: bool = False) -> pl.LazyFrame:
    """Give the intakes as a frame that is drawn while it is read; ``text`` says that faults may be of any kind."""

    def blocks() -> Iterator[pl.DataFrame]:
        for block, frame in enumerate(intakes(rows, seed)):
            yield faulty(frame, seed, block, faults, text=text) if faults else frame

    def read(
        columns: list[str] | None, where: pl.Expr | None, first: int | None, _size: int | None
    ) -> Iterator[pl.DataFrame]:
        left = rows if first is None else first
        for whole in blocks():
            frame = whole.select(columns) if columns is not None else whole
            frame = frame.head(left)
            left -= frame.height
            yield frame.filter(where) if where is not None else frame
            if not left:
                return

    types = schema()
    if faults and text:
        drawn = faulty(next(intakes(1, seed)), seed, 0, faults, text=True)
        types = dict(drawn.schema)
    return register_io_source(read, schema=types)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Write synthetic intakes of a blood-cancer clinic.")
    parser.add_argument("out", type=Path, metavar="OUT", help="the file to write, by its end: " + ", ".join(_FORMS))
    parser.add_argument(
        "--rows", type=int, default=1000, help=f"how many people (default: 1000; drawn {BLOCK} at a time)"
    )
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same people (default: 1)")
    parser.add_argument("--faults", type=float, default=0.0, metavar="SHARE",
                        help="the share of rows with one cell that is no answer (default: 0)")  # fmt: skip
    return parser


if __name__ == "__main__":
    sys.exit(main())
