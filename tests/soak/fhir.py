"""
Answers of people by the thousand as FHIR and back: the same answers, and the same guidance.

    PYTHONPATH=tests .venv/bin/python -m soak.fhir [--people N] [--seed N]

Each person's answers, with and without their slips, go out as a QuestionnaireResponse, through JSON text, and come
back; the screening of what comes back must be the same, and its GuidanceResponse must be one. What comes out
otherwise ends it with an error.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from os import cpu_count
from time import perf_counter

from people.population import people

from cart_screen.api import screen
from cart_screen.fhir.guidance import guidance_response
from cart_screen.fhir.response import answers_of, response_of

_DAY = "2026-11-22"
_AT_ONCE = 100


def main(arguments: Sequence[str]) -> int:
    """Send everybody's answers out and back, and print how many came back otherwise; give 1 where any did."""
    parser = argparse.ArgumentParser(prog="soak.fhir")
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    began = perf_counter()
    parts = [(first, min(_AT_ONCE, asked.people - first), asked.seed) for first in range(0, asked.people, _AT_ONCE)]
    sent = 0
    wrong: list[str] = []
    with ProcessPoolExecutor(cpu_count()) as pool:
        for count, found in pool.map(_differing, parts):
            sent += count
            wrong += found
    print(*wrong, sep="\n", end="\n" if wrong else "")
    print(
        f"fhir: {asked.people:,} people, {sent:,} sets of answers out and back, {len(wrong):,} differences "
        f"({perf_counter() - began:.0f} s)"
    )
    return 1 if wrong else 0


def _differing(part: tuple[int, int, int]) -> tuple[int, list[str]]:
    first, count, seed = part
    sent = 0
    found = []
    for person in people(count, seed, first=first):
        for name, answers in {"said": person.answers, "mistaken": person.mistaken_answers}.items():
            sent += 1
            text = json.dumps(response_of(answers, as_of=_DAY, completed=True), allow_nan=False)
            back = answers_of(json.loads(text))
            before, after = screen(answers, as_of=_DAY), screen(back, as_of=_DAY)
            guided = json.dumps(guidance_response(after), allow_nan=False)
            if back != answers or before.to_dict() != after.to_dict() or '"GuidanceResponse"' not in guided:
                found.append(f"person {person.number}, {name}: came back otherwise")
    return sent, found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
