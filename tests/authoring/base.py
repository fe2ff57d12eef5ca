"""A small criteria directory of a made-up therapy, complete once the words that all sets share stand beside its own."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copytree

BASE = Path(__file__).parent / "base"
SHIPPED = Path(__file__).parents[2] / "criteria"

_OF_SET = (
    "language", "names", "sources", "questions", "screens", "topics", "reasons", "cautions", "conflicts", "treatment",
    "audiences",
)  # fmt: skip


def copied_to(folder: Path) -> Path:
    """Copy the directory, with the shared words of the shipped ones, and give where it is."""
    root = folder / "criteria"
    copytree(BASE, root)
    words = root / "text" / "en.json"
    own = json.loads(words.read_text("utf-8"))
    shipped = json.loads((SHIPPED / "text" / "en.json").read_text("utf-8"))
    common = {key: value for key, value in shipped.items() if key not in _OF_SET}
    words.write_text(json.dumps({**common, **own}), "utf-8")
    return root
