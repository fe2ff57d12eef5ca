"""
Whole tables of answers: how fast, how it grows, and whether every engine says what ``screen`` says.

    PYTHONPATH=tests python -m soak.columns speed --rows 10000000 [--rounds 3] [--beside-rows 2000000]
    PYTHONPATH=tests python -m soak.columns growth --rows 10000 100000 1000000 10000000 --sets 1 5 20
    PYTHONPATH=tests python -m soak.columns agree --rows 200000 [--engines polars duckdb spark]

``speed`` and ``growth`` read synthetic intakes of ``examples/intakes``, made first unless ``--table`` names a Parquet
file of them. The suite runs the same code on a few hundred rows.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from engines.columns.backends import DUCKDB, LAZY, ROW, SPARK, Backend, table_of
from engines.columns.rows import differing, in_order, rows_of, said
from proof.drawing import seeded
from proof.rule_sets import shipped
from strategies import givable

from cart_screen.catalog.loading import own_set
from cart_screen.engines.columns.screening import Part, screen_columns

GENERATOR = Path(__file__).parents[2] / "examples" / "intakes" / "generate.py"
BACKENDS: Mapping[str, Backend] = {"polars": LAZY, "duckdb": DUCKDB, "spark": SPARK}
# Every part but the columns for single questions, which say what the lists say.
PARTS = tuple(part for part in Part if part is not Part.AWAITED)
# Days on which different documents are in force, and for each set one on which none is; most often it is the last.
DAYS = (date(2016, 1, 1), date(2018, 6, 1), date(2021, 6, 1), date(2024, 5, 1), date(2026, 2, 5), date(2026, 11, 22))
SETS = ("us-fda", "eu-ema", "overview")
_BLOCK = 10_000


@dataclass(frozen=True)
class Block:
    """Rows that are screened together: under one set, as of one day, some questions with a column and some without."""

    name: str
    day: date
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, Any], ...]


def main(arguments: Sequence[str]) -> int:
    """Run one of the checks; give 1 where it does not hold."""
    parser = argparse.ArgumentParser(prog="soak.columns")
    commands = parser.add_subparsers(dest="check", required=True)
    speed = commands.add_parser("speed")
    speed.add_argument("--rows", type=int, default=10_000_000)
    speed.add_argument("--rounds", type=int, default=3)
    speed.add_argument("--beside-rows", type=int, default=2_000_000, help="rows for DuckDB and PySpark; 0 for none")
    growth = commands.add_parser("growth")
    growth.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000, 1_000_000, 10_000_000])
    growth.add_argument("--sets", type=int, nargs="+", default=[1, 5, 20])
    growth.add_argument("--rows-of-sets", type=int, default=100_000)
    for command in (speed, growth):
        command.add_argument("--table", type=Path, help="a Parquet file of the generator with at least so many rows")
        command.add_argument("--folder", type=Path, help="where the tables are written; by default for the run only")
    agree = commands.add_parser("agree")
    agree.add_argument("--rows", type=int, default=200_000)
    agree.add_argument("--engines", nargs="+", choices=BACKENDS, default=list(BACKENDS))
    agree.add_argument("--seed", type=int, default=1)
    agree.add_argument("--processes", type=int, default=2)
    asked = parser.parse_args(arguments)
    return {"speed": _speed, "growth": _growth, "agree": _agree}[asked.check](asked)


def _speed(asked: argparse.Namespace) -> int:
    from benchmarks.batch.measures import beside, check, speed

    with tempfile.TemporaryDirectory(dir=asked.folder) as made:
        folder = Path(made)
        source = _table(asked.table, asked.rows, folder)
        print(f"by hand and ours agree on the statuses of {check(source, 1_000_000):,} rows", flush=True)
        print(speed(source, folder / "out.parquet", asked.rounds), flush=True)
        if asked.beside_rows:
            part = folder / "part.parquet"
            import polars as pl

            pl.scan_parquet(source).head(asked.beside_rows).sink_parquet(part)
            for place, way in enumerate(("full row", "full row, DuckDB", "full row, PySpark")):
                print(beside(way, part, folder / f"beside{place}.parquet"), flush=True)
    return 0


def _growth(asked: argparse.Namespace) -> int:
    from benchmarks.batch.measures import growth

    with tempfile.TemporaryDirectory(dir=asked.folder) as made:
        source = _table(asked.table, max(*asked.rows, asked.rows_of_sets), Path(made))
        print(growth(source, Path(made), asked.rows, asked.sets, asked.rows_of_sets))
    return 0


def _table(given: Path | None, rows: int, folder: Path) -> Path:
    """Give a table of synthetic intakes of at least so many rows; a longer one is cut."""
    if given is None:
        made = folder / "intakes.parquet"
        subprocess.run([sys.executable, str(GENERATOR), str(made), "--rows", str(rows), "--seed", "1"], check=True)
        return made
    import polars as pl

    if pl.scan_parquet(given).select(pl.len()).collect().item() == rows:
        return given
    cut = folder / "intakes.parquet"
    pl.scan_parquet(given).head(rows).sink_parquet(cut)
    return cut


def _agree(asked: argparse.Namespace) -> int:
    wrong: Counter[tuple[str, str]] = Counter()
    seconds: Counter[str] = Counter()
    smallest: dict[str, tuple[int, str]] = {}
    done = 0
    told: Counter[str] = Counter()
    # A new process each: a JVM that runs already is not to be forked.
    with ProcessPoolExecutor(asked.processes, get_context("spawn")) as pool:
        for block, wanted in pool.map(partial(_drawn, seed=asked.seed), *_numbers(asked.rows)):
            for engine in asked.engines:
                start = time.monotonic()
                for column, size, shown in disagreements(BACKENDS[engine], block, wanted):
                    wrong[engine, column] += 1
                    smallest[engine] = min(smallest.get(engine, (size, shown)), (size, shown))
                seconds[engine] += time.monotonic() - start
            done += len(block.rows)
            told.update(str(one["guidance"]) for one in wanted)
            print(f"{done:,} rows, {wrong.total():,} differences", flush=True)
    print(f"guidance: {dict(told.most_common())}")
    for engine in asked.engines:
        columns = {column: count for (name, column), count in wrong.items() if name == engine}
        print(f"{engine:8} {done:,} rows, {sum(columns.values())} differences, {seconds[engine]:.0f} s {columns or ''}")
        if engine in smallest:
            print(f"  the smallest: {smallest[engine][1]}")
    return 1 if wrong else 0


def disagreements(
    backend: Backend, block: Block, wanted: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[str, int, str]]:
    """Give each column that differs in some row, with the number of answers of the row, and what to read of it."""
    criteria = own_set(block.name)
    frame = backend.make(table_of(block.rows, criteria.reading.dictionary, block.columns))
    found = in_order(backend.rows(screen_columns(frame, criteria, block.day, PARTS)), ROW)
    assert len(found) == len(wanted), f"{len(wanted)} rows came, {len(found)} are given back"
    for row, answers, should in zip(found, block.rows, wanted, strict=True):
        known = {id: value for id, value in answers.items() if value == value and value is not None}
        for column, right, value in differing(row, should):
            shown = f"{block.name} on {block.day}, {column}: {right!r} and not {value!r}; columns {block.columns}"
            yield column, len(known), f"{shown}; answers {known}"


def drawn(number: int, count: int, seed: int) -> Block:
    """Draw a block of rows: half at random, half near the examples of the documents, some missing answers as NaN."""
    draw = random.Random(f"{seed}/{number}")
    name = draw.choice(SETS)
    known = [day for day in DAYS if own_set(name).in_force(day)]
    day = DAYS[0] if draw.random() < 0.03 else draw.choice((*known, known[-1], known[-1]))
    questions = givable(own_set(name).reading)
    columns = tuple(questions) if draw.random() < 0.5 else tuple(draw.sample(questions, draw.randrange(len(questions))))
    drawing, rules = seeded(draw.randrange(2**31)), shipped()[f"{name}/1"]
    rows = [*rows_of(name, count // 2, draw.randrange(2**31))]
    rows += [dict(drawing.answers(rules).values) for _ in range(count - len(rows))]
    numbers = [id for id in columns if own_set(name).reading.dictionary.questions[id].kind == "number"]
    for row in rows:
        for id in numbers:
            if id not in row and draw.random() < 0.2:
                row[id] = float("nan")
    return Block(name, day, columns, tuple({id: row[id] for id in columns if id in row} for row in rows))


def expected(block: Block) -> list[dict[str, Any]]:
    """Give what ``screen`` says of each row: a missing answer of a column is asked for and not known."""
    criteria = own_set(block.name)
    return [
        said({id: _known(row.get(id)) for id in block.columns}, criteria, block.day)
        for row in block.rows
    ]  # fmt: skip


def _known(value: Any) -> Any:
    return None if value != value else value


def _drawn(number: int, count: int, seed: int) -> tuple[Block, list[dict[str, Any]]]:
    block = drawn(number, count, seed)
    return block, expected(block)


def _numbers(rows: int) -> tuple[list[int], list[int]]:
    counts = [min(_BLOCK, rows - start) for start in range(0, rows, _BLOCK)]
    return list(range(len(counts))), counts


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
