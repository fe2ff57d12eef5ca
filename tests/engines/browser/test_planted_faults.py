"""Faults planted in the scripts, one at a time: the shared vectors and the refusals must not let one pass."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from needs import NODE

from .differing import difference, of_shipped
from .drawing import worlds
from .running import SCRIPTS, in_node
from .said import plain
from .vectors import brief, programs, vectors

pytestmark = NODE.mark


_HERE = Path(__file__).parent
_FAULTS = json.loads((_HERE / "planted_faults.json").read_text("utf-8"))["faults"]
# Each takes seconds; CART_SCREEN_THOROUGH=1 plants them all.
_PLANTED = _FAULTS if os.environ.get("CART_SCREEN_THOROUGH") == "1" else _FAULTS[::4]


@pytest.mark.parametrize("fault", _PLANTED, ids=[fault["says"] for fault in _PLANTED])
def test_a_planted_fault_is_found(fault: dict[str, str], tmp_path: Path) -> None:
    planted = []
    for path in SCRIPTS:
        text = path.read_text("utf-8")
        if path.name == fault["script"]:
            assert text.count(fault["where"]) == 1, "the place of the fault is gone"
            text = text.replace(fault["where"], fault["instead"])
        planted.append(tmp_path / path.name)
        planted[-1].write_text(text, "utf-8")
    every = vectors()
    requests = [request for one in every for request in one.requests]
    with in_node(planted) as ask:
        ask(programs(every))
        found = plain(ask(requests))
        said = zip(found[::2], found[1::2], strict=True)
        if any(one.expect != _brief(*pair) for one, pair in zip(every, said, strict=True)):
            return
        # What no vector tells shows on the way through a questionnaire.
        ask([world.request for world in worlds()])
        asked = _asked()
        walked = plain(ask([request for request, _ in asked]))
    pairs = zip(asked, walked, strict=True)
    assert any(difference(right, reply.get("said")) is not None for (_, right), reply in pairs)


# Seeds of questionnaires in which screens are answered and choices are left out.
_WALKS = (1, 15, 57, 63)


@cache
def _asked() -> list[tuple[dict[str, Any], Any]]:
    return [one for seed in _WALKS for one in of_shipped(seed, worlds(), walks=True)]


def _brief(screened: Any, walked: Any) -> Any:
    # A script that falls over is found too.
    return brief(screened["said"], walked["said"]["states"][0]) if "said" in screened and "said" in walked else None
