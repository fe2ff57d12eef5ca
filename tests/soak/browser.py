"""
The browser engine against Python by the thousand: screenings, questionnaires and random criteria sets.

    PYTHONPATH=tests python -m soak.browser --people 20000 [--seed N] [--in node|chromium] [--processes N]

Each of the people has one set of answers under one of the shipped sets on one of several days: a simulated person's,
or any that the dictionary allows, near every edge, some of them left out, absent for a reason or in conflict. All that
a screening says but words is compared. One in ten goes on to answer a questionnaire in any order, and every state of
it is compared; for one in twenty a criteria set is drawn and screened too. Gives 1 where anything differs.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from os import cpu_count
from time import perf_counter
from typing import Any

from engines.browser.differing import checked, of_random_set, of_shipped
from engines.browser.drawing import worlds
from engines.browser.running import in_chromium, in_node, replies

_AT_ONCE = 200
_WALKS = 10
_RANDOM_SETS = 20
_SHOWN = 5


def main(arguments: Sequence[str]) -> int:
    """Compare and print what was compared; give 1 where anything differs."""
    asked = _asked(arguments)
    began = perf_counter()
    total: Counter[str] = Counter()
    wrong: list[tuple[Any, str]] = []
    with ProcessPoolExecutor(asked.processes) as pool:
        starts = range(asked.seed, asked.seed + asked.people, _AT_ONCE)
        most = asked.seed + asked.people
        parts = [pool.submit(_part, range(start, min(start + _AT_ONCE, most)), asked.place) for start in starts]
        for number, part in enumerate(as_completed(parts), start=1):
            counts, found = part.result()
            total.update(counts)
            wrong += found
            if number % 10 == 0:
                print(f"{total['people']:,} people, {len(wrong):,} differences", flush=True)
    print(", ".join(f"{count:,} {what}" for what, count in sorted(total.items())))
    print(f"{len(wrong):,} differences in {asked.place} ({perf_counter() - began:.0f} s)")
    for request, told in wrong[:_SHOWN]:
        print(f"\n{told}\n{json.dumps(request)[:2000]}")
    return 1 if wrong else 0


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="soak.browser")
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1_000_000)
    parser.add_argument("--in", dest="place", choices=("node", "chromium"), default="node")
    parser.add_argument("--processes", type=int, default=cpu_count())
    return parser.parse_args(arguments)


def _part(seeds: Iterable[int], place: str) -> tuple[Counter[str], list[tuple[Any, str]]]:
    counts: Counter[str] = Counter()
    wrong: list[tuple[Any, str]] = []
    with (in_chromium if place == "chromium" else in_node)() as ask:
        replies(ask, [world.request for world in worlds()])
        for seed in seeds:
            asked = of_shipped(seed, worlds(), walks=seed % _WALKS == 0)
            if seed % _RANDOM_SETS == 0:
                asked += of_random_set(seed, screenings=4, walks=1)
                counts["random sets"] += 1
            counts["people"] += 1
            for request, right, told in checked(ask, asked):
                counts.update(_kinds(request, right))
                if told is not None:
                    wrong.append((request, told))
    return counts, wrong


def _kinds(request: Any, right: Any) -> Iterable[str]:
    if request["do"] == "walk":
        yield "questionnaires"
        yield from ["states of questionnaires"] * len(right["states"])
    elif request["do"] in ("screen", "short"):
        yield "screenings"
        yield f"screenings that say {right['screening']['guidance']['code']}"
        if right["screening"]["conflicts"]:
            yield "screenings with a conflict"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
