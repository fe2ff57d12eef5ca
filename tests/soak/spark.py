"""
Many intakes on PySpark: how long it takes beside polars, and whether both write the same.

    PYTHONPATH=tests python -m soak.spark --rows 2000000 [--master local[*]] [--table FILE]

Reads synthetic intakes of ``examples/intakes``, made first unless ``--table`` names a Parquet file of them. The suite
runs the same engines on a few rows.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import polars as pl
from strategies import AS_OF

from cart_screen import load_criteria
from cart_screen.batch.job import Job
from cart_screen.batch.running import Engine, Outcome, in_polars, run
from cart_screen.batch.spark import in_spark

GENERATOR = Path(__file__).parents[2] / "examples" / "intakes" / "generate.py"
KEY = "intake_id"
# Tables are compared so many rows at a time, as neither need fit into memory.
_PIECE = 250_000


def main() -> int:
    """Run both engines, print their times, and end with 1 where they write anything different."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--master", default="local[*]")
    parser.add_argument("--table", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        table = options.table or Path(made) / "intakes.parquet"
        if options.table is None:
            command = [sys.executable, str(GENERATOR), str(table), "--rows", str(options.rows)]
            subprocess.run(command, check=True)
        print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before", flush=True)
        polars = _timed("polars", in_polars, table, Path(made))
        spark = _timed("spark", in_spark(options.master), table, Path(made))
        # The driver and its workers; what Java takes is not counted, since it is no child that ends before.
        peaks = (resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        print("peak memory in MB: driver {:,}, largest child {:,}".format(*peaks))
        counted = polars.tally == spark.tally
        written = _same(Path(made) / "polars.parquet", Path(made) / "spark.parquet")
        print(f"the same counts: {counted}; the same rows in the same order: {written}")
        print(f"spark took {spark.seconds / polars.seconds:.2f} times as long as polars")
        return 0 if counted and written else 1


def _timed(name: str, engine: Engine, table: Path, folder: Path) -> Outcome:
    out = folder / f"{name}.parquet"
    began = time.perf_counter()
    job = Job(table, out, folder / f"{name}.csv", (load_criteria(),), date.fromisoformat(AS_OF), KEY, quiet=True)
    outcome = run(job, engine)
    taken = time.perf_counter() - began
    rows = outcome.tally.rows
    print(f"{name}: {rows:,} rows, {outcome.tally.rejected:,} rejected, {taken:.1f} s, {rows / taken:,.0f} a second",
          flush=True)  # fmt: skip
    return outcome


def _same(one: Path, other: Path) -> bool:
    rows = pl.scan_parquet(one).select(pl.len()).collect().item()
    pieces = (
        [pl.scan_parquet(path).slice(start, _PIECE).collect() for path in (one, other)]
        for start in range(0, rows, _PIECE)
    )
    return rows == pl.scan_parquet(other).select(pl.len()).collect().item() and all(
        first.equals(second) for first, second in pieces
    )


if __name__ == "__main__":
    sys.exit(main())
