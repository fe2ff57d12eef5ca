"""
Saving by the thousand while everything goes wrong: killed, interrupted, two at once, a full disk.

    PYTHONPATH=tests .venv/bin/python -m soak.saving [--times N] [--seed N] [SCENARIO ...]

What it prints is what happened; a file that does not load, or holds anything but what was given up to some answer,
ends it with an error. The scenarios are those of ``tests/saving/crashing.py``.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from random import Random
from time import perf_counter

from saving.crashing import Figures, at_once, full, interrupted, killed
from saving.disks import MISSING, namespace, on_tiny_disk

_SCENARIOS = ("killed", "interrupted", "at-once", "full")


def main(arguments: Sequence[str]) -> int:
    """Play the scenarios and print a line of figures for each."""
    asked = _asked(arguments)
    if asked.on_disk:
        _tell("full", full(asked.on_disk), 0.0)
        return 0
    for name in asked.scenarios or _SCENARIOS:
        with tempfile.TemporaryDirectory() as folder:
            began = perf_counter()
            figures = _played(name, asked, Path(folder))
            if figures is not None:
                _tell(name, figures, perf_counter() - began)
    return 0


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="soak.saving")
    parser.add_argument("scenarios", nargs="*", metavar="SCENARIO", help=", ".join(_SCENARIOS))
    parser.add_argument("--times", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--on-disk", type=Path, help="a folder with a small disk to itself, which is filled")
    asked = parser.parse_args(arguments)
    if not set(asked.scenarios) <= set(_SCENARIOS):
        parser.error(f"scenarios are {', '.join(_SCENARIOS)}")
    return asked


def _played(name: str, asked: argparse.Namespace, folder: Path) -> Figures | None:
    match name:
        case "killed":
            return killed(asked.times, folder, Random(asked.seed))
        case "interrupted":
            return interrupted(asked.times, folder, Random(asked.seed))
        case "at-once":
            return at_once(asked.times, folder)
        case _:
            if namespace() is None:
                print(f"full: left out, {MISSING}")
            else:
                again = [sys.executable, "-m", "soak.saving", "--on-disk", str(folder)]
                subprocess.run(on_tiny_disk(folder, again), check=True)
            return None


def _tell(name: str, figures: Figures, seconds: float) -> None:
    said = ", ".join(f"{count:,} {what}" for what, count in figures.items())
    print(f"{name}: {said}" + (f" ({seconds:.1f} s)" if seconds else ""), flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
