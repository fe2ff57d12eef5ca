"""Names of files on the command line: each is one, and no two name the same file."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path


def check_file_names(command: argparse.ArgumentParser, named: Mapping[str, str | None]) -> None:
    """Refuse a name that is none, and one file for two things; ``-`` is a stream, which only IN and OUT can be."""
    given = {option: name for option, name in named.items() if name is not None}
    for option, name in given.items():
        if name == "" or (name == "-" and option.startswith("--")):
            command.error(f"{option} needs the name of a file")
    files = [(option, name) for option, name in given.items() if name != "-"]
    for (one, name), (other, another) in combinations(files, 2):
        if _same(name, another):
            command.error(f"{one} and {other} name the same file; name two")


def _same(one: str, other: str) -> bool:
    try:
        return Path(one).samefile(other)
    except (OSError, ValueError):
        # One of them is not there yet.
        return os.path.realpath(one) == os.path.realpath(other)
