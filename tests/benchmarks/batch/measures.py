"""What whole tables take: next to a query written by hand, and how it grows with rows and criteria sets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

import polars as pl

from benchmarks.batch.ways import DAY, KEY, SET, Measured, measured
from benchmarks.by_hand.us_fda_polars import statuses
from benchmarks.table import markdown
from cart_screen import load_criteria
from cart_screen.engines.columns.screening import Part, screen_columns

HAND, GUIDANCE, FULL = "by hand: statuses", "guidance only", "full row"
# The speed that is asked for, in times of that of the query by hand.
GOALS = {GUIDANCE: 0.9, FULL: 0.4}
_HEAD = ("what", "rows", "seconds", "rows a second", "processor seconds", "peak memory", "speed, by hand = 1", "asked")


def check(source: Path, rows: int) -> int:
    """
    Hold the query by hand against our statuses, row by row; give how many rows were held.

    Raises
    ------
    AssertionError
        With the first column in which they differ.
    """
    frame = pl.scan_parquet(source).head(rows)
    theirs = statuses(frame, [KEY]).collect(engine="streaming")
    ours = screen_columns(frame, load_criteria(SET), DAY, (Part.STATUSES,)).select(theirs.columns)
    found = ours.collect(engine="streaming")
    for name in theirs.columns:
        assert theirs[name].cast(pl.String).equals(found[name].cast(pl.String)), f"by hand and ours differ: {name}"
    return theirs.height


def speed(source: Path, target: Path, rounds: int) -> str:
    """Run the ways in turns, and give the table; a ratio is the median of those of the rounds."""
    rows = pl.scan_parquet(source).select(pl.len()).collect().item()
    ways = (HAND, GUIDANCE, FULL)
    turns: list[dict[str, Measured]] = []
    for number in range(rounds):
        # Each comes first in some round.
        order = ways[number % len(ways) :] + ways[: number % len(ways)]
        turns.append({way: measured(way, source, target) for way in order})
        print("  ".join(f"{way} {turns[-1][way].seconds:.1f} s" for way in ways), flush=True)
    lines = []
    for way in ways:
        times = median(turn[HAND].seconds / turn[way].seconds for turn in turns)
        asked = f"at least {GOALS[way]:g}" if way in GOALS else ""
        lines.append(_line(way, rows, [turn[way] for turn in turns], f"{times:.2f}", asked))
    return markdown(_HEAD, lines)


def beside(way: str, source: Path, target: Path) -> str:
    """Run one way once, on another system than polars; give the table."""
    rows = pl.scan_parquet(source).select(pl.len()).collect().item()
    return markdown(_HEAD, [_line(way, rows, [measured(way, source, target)], "", "")])


def growth(source: Path, folder: Path, rows: Sequence[int], sets: Sequence[int], rows_of_sets: int) -> str:
    """Give what whole rows and guidance take for more and more rows, and for more and more criteria sets."""
    lines = [(*line[:6], sets) for line, sets in _grown(source, folder, rows, sets, rows_of_sets)]
    return markdown((*_HEAD[:6], "criteria sets"), lines)


def _grown(
    source: Path, folder: Path, rows: Sequence[int], sets: Sequence[int], rows_of_sets: int
) -> Iterator[tuple[tuple[str, ...], str]]:
    for count, number in [*((count, 1) for count in rows), *((rows_of_sets, number) for number in sets)]:
        part = folder / "part.parquet"
        pl.scan_parquet(source).head(count).sink_parquet(part)
        for way in (GUIDANCE, FULL):
            found = measured(way, part, folder / "grown.parquet", number)
            print(f"{way}, {count:,} rows, {number} sets: {found.seconds:.2f} s", flush=True)
            yield _line(way, count, [found], "", ""), str(number)


def _line(way: str, rows: int, runs: Sequence[Measured], times: str, asked: str) -> tuple[str, ...]:
    seconds = median(run.seconds for run in runs)
    processor, peak = median(run.processor for run in runs), max(run.peak for run in runs)
    times_taken = (f"{seconds:.2f}", f"{rows / seconds:,.0f}", f"{processor:.1f}", f"{peak:,.0f} MB")
    return (way, f"{rows:,}", *times_taken, times, asked)
