"""Random answers and questionnaires: the browser engine says what Python says, in Node and in Chromium."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from needs import CHROMIUM, NODE

from .differing import checked, of_random_set, of_shipped
from .drawing import worlds
from .running import Ask, in_chromium, in_node, replies

_PARTS = 4


@pytest.fixture(scope="module", name="node")
def _node() -> Iterator[Ask]:
    with in_node() as ask:
        replies(ask, [world.request for world in worlds()])
        yield ask


@NODE.mark
@pytest.mark.parametrize("part", range(_PARTS))
def test_the_shipped_sets_say_the_same_in_node(node: Ask, part: int) -> None:
    seeds = range(part, 160, _PARTS)
    asked = [one for seed in seeds for one in of_shipped(seed, worlds(), walks=seed // _PARTS % 6 == 0)]
    _none_differs(node, asked)


@NODE.mark
@pytest.mark.parametrize("part", range(_PARTS))
def test_random_criteria_sets_say_the_same_in_node(node: Ask, part: int) -> None:
    asked = [one for seed in range(part, 48, _PARTS) for one in of_random_set(seed, screenings=4, walks=1)]
    _none_differs(node, asked)


@CHROMIUM.mark
def test_shipped_and_random_sets_say_the_same_in_chromium() -> None:
    asked = [one for seed in range(1000, 1040) for one in of_shipped(seed, worlds(), walks=seed % 10 == 0)]
    asked += [one for seed in range(1000, 1010) for one in of_random_set(seed, screenings=2, walks=1)]
    with in_chromium() as ask:
        replies(ask, [world.request for world in worlds()])
        _none_differs(ask, asked)


def test_what_is_compared_leads_to_every_guidance_and_to_conflicts() -> None:
    said = [right for seed in range(160) for _, right in of_shipped(seed, worlds(), walks=False)]
    codes = Counter(one["screening"]["guidance"]["code"] for one in said)
    assert len(codes) == 6, codes
    assert any(one["screening"]["conflicts"] for one in said)
    assert any(one["screening"]["guidance"]["urgency"] for one in said)


def _none_differs(ask: Ask, asked: list[tuple[dict[str, Any], Any]]) -> None:
    wrong = [(one, told) for one, _, told in checked(ask, asked) if told is not None]
    assert not wrong, f"{len(wrong)} of {len(asked)}: {wrong[0][1]}\n{wrong[0][0]}"
