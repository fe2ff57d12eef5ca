"""
Every mutant of every criteria document, and what becomes of it, as a table.

    PYTHONPATH=tests .venv/bin/python -m soak.mutation [part of a document's name ...]
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor

from criteria.documents import Document, documents
from mutation.scoring import GOAL, Bench, Score

_HEAD = ("document", "mutants", "refused", "killed", "equivalent", "survived", "score")
_WIDTH = 68


def main(names: Sequence[str]) -> int:
    """Print the table and every survivor; give 1 where a document stays below the goal."""
    chosen = [document for document in documents() if not names or any(name in document.name for name in names)]
    print(_line(*_HEAD))
    everything = Score()
    below: list[str] = []
    with ProcessPoolExecutor() as pool:
        for document, score in zip(chosen, pool.map(_score, chosen), strict=True):
            print(_row(document.name, score))
            for survivor in score.survivors:
                print("    " + str(survivor))
            everything.refused += score.refused
            everything.killed += score.killed
            everything.equivalent += score.equivalent
            everything.survivors += score.survivors
            if score.share < GOAL:
                below.append(document.name)
    print(_row(f"{len(chosen)} documents", everything))
    if below:
        print(f"below {GOAL:.0%}: {', '.join(below)}")
    return 1 if below else 0


def _score(document: Document) -> Score:
    bench = Bench(document)
    assert bench.holds, document.name
    return bench.score()


def _row(name: str, score: Score) -> str:
    survived = len(score.survivors)
    counts = (score.refused, score.killed, score.equivalent, survived)
    return _line(name, str(sum(counts)), *map(str, counts), f"{score.share:.1%}")


def _line(name: str, *cells: str) -> str:
    return name.ljust(_WIDTH) + "".join(cell.rjust(11) for cell in cells)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
