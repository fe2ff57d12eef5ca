"""
What the soak test plays by the thousand, some of it each time: a killed process, Ctrl-C, two at once, no room.

A scenario ends with an error where a file does not load, or holds anything but what was saved last.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from .disks import needs_own_disk

TESTS = Path(__file__).parents[1]
TIMES = 12


@pytest.fixture(scope="module")
def figures() -> Mapping[str, str]:
    """What became of each scenario, by its name: all of them in one process of their own."""
    command = [sys.executable, "-m", "soak.saving", "--times", str(TIMES)]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=120, check=False, env={**os.environ, "PYTHONPATH": str(TESTS)}
    )
    assert done.returncode == 0, done.stderr
    return dict(line.split(": ", 1) for line in done.stdout.splitlines())


def test_a_killed_process_leaves_a_file_that_loads_and_holds_all_that_was_saved(figures: Mapping[str, str]) -> None:
    assert figures["killed"].startswith(f"{TIMES} times")


def test_an_interrupt_leaves_nothing_but_the_file(figures: Mapping[str, str]) -> None:
    assert figures["interrupted"].startswith(f"{TIMES} times")


def test_of_two_that_save_to_one_file_the_last_wins_and_it_is_always_whole(figures: Mapping[str, str]) -> None:
    assert f" {2 * TIMES} saves" in figures["at-once"]


@needs_own_disk
def test_a_full_disk_leaves_the_last_good_file(figures: Mapping[str, str]) -> None:
    assert "saved" in figures["full"]
    assert "no room" in figures["full"]
