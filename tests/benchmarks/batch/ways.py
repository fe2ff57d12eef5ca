"""
The ways from a table of answers to a table of results, each run in a process of its own.

    PYTHONPATH=tests python -m benchmarks.batch.ways WAY IN OUT [--sets N]

It prints one JSON line: the seconds from opening IN to closing OUT, processor seconds, and peak memory in megabytes.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from cart_screen import load_criteria
from cart_screen.engines.columns.screening import ROW, Part, screen_columns
from cart_screen.nouns import replace

DAY = date(2026, 11, 22)
KEY = "intake_id"
SET = "us-fda"


@dataclass(frozen=True)
class Measured:
    """What one run took: wall seconds, processor seconds of all threads, and peak memory in megabytes."""

    seconds: float
    processor: float
    peak: float


def by_hand(source: Path, target: Path, sets: int) -> None:
    """Compute the 85 statuses by the polars query that is written by hand."""
    import polars as pl

    from benchmarks.by_hand.us_fda_polars import statuses

    statuses(pl.scan_parquet(source), [KEY]).sink_parquet(target)


def in_polars(source: Path, target: Path, sets: int, parts: Sequence[Part]) -> None:
    """Screen under one set, or under copies of it, each of which is planned and computed for itself."""
    import polars as pl

    frame = pl.scan_parquet(source)
    came = frame.collect_schema().names()
    for number in range(sets):
        own = load_criteria(SET)
        frame = screen_columns(frame, replace(own, id=f"{SET}-{number}"), DAY, parts)
        if sets > 1:
            added = frame.collect_schema().names()[len(came) + number * _columns(parts) :]
            frame = frame.rename({name: f"{number}/{name}" for name in added})
    frame.drop(name for name in came if name != KEY).sink_parquet(target)


def in_duckdb(source: Path, target: Path, sets: int) -> None:
    """Screen a relation, whole rows."""
    import duckdb

    relation = duckdb.read_parquet(str(source))
    came = relation.columns
    screened = screen_columns(relation, load_criteria(SET), DAY)
    screened.select(*(duckdb.ColumnExpression(name) for name in (KEY, *screened.columns[len(came) :]))).write_parquet(
        str(target)
    )


def in_spark(source: Path, target: Path, sets: int) -> None:
    """Screen a PySpark frame on every core of this computer, whole rows."""
    import os
    import warnings

    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    warnings.simplefilter("ignore")
    from pyspark.sql import SparkSession

    quiet: dict[str, Any] = {
        "spark.ui.enabled": "false",
        "spark.log.level": "OFF",
        "spark.ui.showConsoleProgress": "false",
    }
    spark = SparkSession.builder.master("local[*]").config(map=quiet).getOrCreate()
    frame = spark.read.parquet(str(source))
    screened = screen_columns(frame, load_criteria(SET), DAY)
    screened.select(KEY, *(f"`{name}`" for name in screened.columns[len(frame.columns) :])).write.parquet(str(target))
    spark.stop()


WAYS: Mapping[str, Callable[[Path, Path, int], None]] = {
    "by hand: statuses": by_hand,
    "guidance only": partial(in_polars, parts=(Part.GUIDANCE,)),
    "statuses": partial(in_polars, parts=(Part.STATUSES,)),
    "full row": partial(in_polars, parts=ROW),
    "full row, DuckDB": in_duckdb,
    "full row, PySpark": in_spark,
}


def measured(way: str, source: Path, target: Path, sets: int = 1) -> Measured:
    """Run one way in a process of its own; the target is overwritten."""
    command = [sys.executable, "-m", "benchmarks.batch.ways", way, str(source), str(target), "--sets", str(sets)]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    if said.returncode:
        raise SystemExit(f"{way}: {said.stderr.strip()}")
    return Measured(**json.loads(said.stdout.splitlines()[-1]))


def main(arguments: Sequence[str]) -> int:
    """Run one way, and print what it took."""
    parser = argparse.ArgumentParser(prog="benchmarks.batch.ways")
    parser.add_argument("way", choices=WAYS)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--sets", type=int, default=1)
    asked = parser.parse_args(arguments)
    _libraries(asked.way)
    start, processor = time.perf_counter(), time.process_time()
    WAYS[asked.way](asked.source, asked.target, asked.sets)
    seconds, processor = time.perf_counter() - start, time.process_time() - processor
    print(json.dumps({"seconds": seconds, "processor": processor, "peak": _peak()}))
    return 0


def _peak() -> float:
    """Give the most memory that this process, or the largest of its own, has held."""
    # The limit that getrusage tells begins with the memory of whoever started the process.
    lines = Path("/proc/self/status").read_text().splitlines()
    own = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))
    return max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024


def _libraries(way: str) -> None:
    """Load what every way needs before the clock starts; Spark's start counts, since nobody has it running."""
    import polars  # noqa: F401  # loaded only, so that its import is not timed

    load_criteria(SET)
    if way == "full row, DuckDB":
        import duckdb  # noqa: F401  # the same


def _columns(parts: Sequence[Part]) -> int:
    """Give how many columns the parts add, with ``invalid`` and ``problems``."""
    return 2 + len(parts) + (4 if Part.FINDINGS in parts else 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
