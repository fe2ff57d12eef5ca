"""
Measure the engines next to hand-written code and to the peers, and print the tables.

    PYTHONPATH=tests .venv/bin/python -m benchmarks [measure ...]

The names are those of ``MEASURES``; without one everything is measured but ``columns``, which takes five million rows.
Everybody is first held against the reference on 1,000 records. The peers come with the extra ``bench``; one that
is not installed is left out.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence

from . import verdict_measures, whole_measures
from .agreement import Disagreement
from .checking import check_everybody
from .contenders import LEFT_OUT, peers
from .peers import NotInstalled, installed
from .rule_sets import RULE_SETS
from .table import Line, Ratio, details_table, goals_table


def columns() -> Iterator[Line | Ratio]:
    """Many people at once."""
    installed("narwhals", "narwhals")
    installed("polars", "polars")
    from .columns import columns_measure

    yield from columns_measure()


MEASURES: Mapping[str, Callable[[], Iterator[Line | Ratio]]] = {
    "complete": verdict_measures.complete,
    "partial": verdict_measures.partial,
    "evaluate": verdict_measures.evaluate,
    "explain": verdict_measures.explain,
    "screen": whole_measures.whole_screening,
    "compile": whole_measures.compiling,
    "memory": whole_measures.memory,
    "growth": whole_measures.growth,
    "process": whole_measures.process,
    "columns": columns,
}


def main(arguments: Sequence[str]) -> int:
    """Check, measure and print; give 1 where somebody disagrees with the reference."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure the engines.")
    parser.add_argument("measures", nargs="*", metavar="measure", help=f"{', '.join(MEASURES)}")
    parser.add_argument(
        "--records", type=int, default=1_000, help="records of the check that comes first; default 1000"
    )
    given = parser.parse_args(arguments)
    chosen = given.measures or [name for name in MEASURES if name != "columns"]
    unknown = [name for name in chosen if name not in MEASURES]
    if unknown:
        parser.error(f"there is no measure {', '.join(unknown)}: choose from {', '.join(MEASURES)}")
    try:
        checked = check_everybody(given.records)
        print(f"{checked} forms agree with the reference on {given.records:,} records, complete and partial.\n")
        found = [line for name in chosen for line in MEASURES[name]()]
    except (Disagreement, NotInstalled) as problem:
        print(problem, file=sys.stderr)
        return 1
    ratios = [line for line in found if isinstance(line, Ratio)]
    if ratios:
        print(goals_table(ratios) + "\n")
    print(details_table(line for line in found if isinstance(line, Line)) + "\n")
    left_out = {**LEFT_OUT, **{peer: why for name in RULE_SETS for peer, why in peers(name)[1].items()}}
    for who, why in left_out.items():
        print(f"Left out: {who}: {why}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
