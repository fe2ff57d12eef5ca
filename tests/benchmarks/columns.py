"""
Columns against polars written by hand: the neutral rule set, statuses only, in memory.

    PYTHONPATH=tests .venv/bin/python -m benchmarks.columns

Both read the same eager frame of resolved answers, enumerations as Enum columns, and give five nullable boolean
columns. Before timing they are held against each other on every row, and against the reference on the records.
"""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable
from statistics import median
from typing import Any

import polars as pl

from cart_screen.engines.columns.rules import compile_columns
from cart_screen.rules.reference import evaluate
from cart_screen.truth import Truth

from .records import complete_records, with_missing
from .rule_sets import RuleSet, neutral
from .table import Line, Ratio

ROWS = 5_000_000
RECORDS = 2_000
MISSING = 0.12
ROUNDS = 15

_TRUTH = {True: Truth.TRUE, False: Truth.FALSE, None: Truth.UNKNOWN}
_TYPES = {"boolean": pl.Boolean, "integer": pl.Int64, "number": pl.Float64}


def by_hand(frame: pl.DataFrame) -> pl.DataFrame:
    """
    Give the five criteria of ``neutral.json`` as a polars user would write them.

    Three-valued and NaN missing, as the rules are to be read: so `if` is written out, and what may hold a NaN is
    cleaned first.
    """
    col = pl.col
    clean = frame.lazy().with_columns(pl.col(pl.Float64).fill_nan(None))
    worker = col("employment").is_in(["employed", "self-employed"]) & (col("hours_per_week") >= 16)
    learner = col("employment").is_in(["student", "carer"])
    benefit = col("receives_benefit")
    owner, listed, previous = col("owner"), col("listed_building"), col("previous_grant")
    large = col("household_size") >= 4
    settled, consent = col("months_resident") >= 6, col("landlord_consent")
    plan, modern = col("planning_permission"), col("build_year") <= 2005
    waited, cheap = col("years_since_grant") >= 5, col("estimate") <= 60000
    wide_limit, narrow_limit = col("household_income") <= 68000, col("household_income") <= 46500.5
    heated = col("heating").is_in(["gas", "oil", "solid-fuel"]) & (col("heating_age") >= 10)
    residence = (
        (col("age_years") >= 18)
        & (
            col("residence").is_in(["citizen", "permanent"])
            | ((col("residence") == "temporary") & (col("months_resident") >= 24))
        )
        & ~((col("home_kind") == "boat") & (col("months_resident") < 60))
        & (~owner | settled)
        & (owner | consent)
        & (settled | consent)
    )
    means = (
        (~large | wide_limit)
        & (large | narrow_limit)
        & (wide_limit | narrow_limit)
        & (benefit | (col("savings") < 16000))
        & ((worker & ~learner & ~benefit) | (learner & ~worker & ~benefit) | (benefit & ~worker & ~learner))
        & ~(col("savings") >= 50000)
    )
    home = (
        col("home_kind").is_in(["house", "flat", "mobile-home"])
        & (col("floor_area") >= 20)
        & (col("floor_area") <= 400)
        & (
            col("energy_rating").is_in(["D", "E", "F", "G"])
            | ((col("energy_rating") == "C") & (col("floor_area") > 140))
        )
        & (col("loft_insulated") != col("wall_insulated"))
        & (~listed | plan)
        & (listed | modern)
        & (plan | modern)
    )
    measure = (
        col("measure").is_in(["heat-pump", "insulation", "solar", "windows"])
        & (~(col("measure") == "heat-pump") | heated)
        & (~(col("measure") == "solar") | (col("home_kind") == "house") | (col("floor_area") >= 62.5))
        & col("installer_certified")
        & (col("estimate") <= 75000)
    )
    funding = (
        (col("estimate") >= 1500)
        & (col("own_share") >= 10)
        & (~previous | waited)
        & (previous | cheap)
        & (waited | cheap)
        & ((col("own_share") >= 50) | (col("household_income") > 12000))
        & (col("pays_in_instalments") != (col("savings") >= 5000.25))
    )
    criteria = {"residence": residence, "means": means, "home": home, "measure": measure, "funding": funding}
    return clean.select(truth.alias(f"verdict/{name}") for name, truth in criteria.items()).collect()


def frame_of(rules: RuleSet, rows: int) -> tuple[pl.DataFrame, list[dict[str, Any]]]:
    """Give random records with 12 % of their answers missing, and a frame that repeats them in random order."""
    records = with_missing(complete_records(rules, RECORDS), MISSING)
    questions = rules.reading.dictionary.questions
    columns = {
        id: pl.Series(
            [record.get(id) for record in records],
            dtype=pl.Enum([str(choice) for choice in question.choices])
            if question.kind == "string"
            else _TYPES[question.kind],
            strict=False,
        )
        for id, question in questions.items()
    }
    draw = random.Random(3)
    order = pl.Series(draw.choices(range(RECORDS), k=rows), dtype=pl.UInt32)
    return pl.DataFrame(columns)[order], [records[place] for place in order[:RECORDS]]


def columns_measure(rows: int = ROWS, rounds: int = ROUNDS) -> list[Line | Ratio]:
    """Check both forms, measure them in turns, and give the rows of the table."""
    rules = neutral()
    frame, records = frame_of(rules, rows)
    compiled = compile_columns(dict(zip(rules.schemas, rules.expressions, strict=True)), rules.reading)
    found = compiled.verdicts(frame).select(f"verdict/{name}" for name in compiled.names)
    assert found.equals(by_hand(frame)), "columns and the rule written by hand differ"
    for row, record in zip(found[: len(records)].iter_rows(), records, strict=True):
        said = [_TRUTH[truth] for truth in row]
        assert said == [evaluate(one, record) for one in rules.expressions], (
            f"columns differ from the reference: {record}"
        )
    ours, theirs = _in_turns(lambda: compiled.verdicts(frame), lambda: by_hand(frame), rounds)
    ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
    what = f"verdict columns of {rows:,} rows, {len(rules.questions)} questions"
    return [
        Ratio("columns", "neutral", median(ratios)),
        Line(what, "polars by hand", f"{rows / min(theirs) / 1e6:,.1f} M rows/s"),
        Line(what, "cart_screen", f"{rows / min(ours) / 1e6:,.1f} M rows/s", f"{min(ours) / min(theirs):.2f}"),
    ]


def _in_turns(ours: Callable[[], Any], theirs: Callable[[], Any], rounds: int) -> tuple[list[float], list[float]]:
    times: tuple[list[float], list[float]] = ([], [])
    gc.disable()
    try:
        for turn in range(2 * rounds):
            # The order changes every second time, so that neither always comes first.
            place = (turn + turn // 2) % 2
            start = time.perf_counter()
            (ours, theirs)[place]()
            times[place].append(time.perf_counter() - start)
    finally:
        gc.enable()
    return times


if __name__ == "__main__":
    for line in columns_measure():
        print(line)
