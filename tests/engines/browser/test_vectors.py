"""
The shared vectors: Python and the browser engine both say to each what stands in the file.

``CART_SCREEN_REWRITE=1 pytest tests/engines/browser/test_vectors.py`` writes anew what Python says.
"""

from __future__ import annotations

import os
from collections import Counter
from typing import Any

import pytest
from needs import NODE

from cart_screen.catalog.loading import own_set, own_sets
from cart_screen.guidance import Because
from cart_screen.ladder import Code, Status

from .running import in_node, replies
from .said import plain
from .vectors import FILE, Vector, brief, programs, vectors, written


@pytest.fixture(scope="module", name="said")
def _said() -> list[Any]:
    """Give what the browser engine says to every vector, in brief."""
    every = vectors()
    requests = [request for one in every for request in one.requests]
    with in_node() as ask:
        replies(ask, programs(every))
        found = plain(replies(ask, requests))
    return [brief(screened, walked["states"][0]) for screened, walked in zip(found[::2], found[1::2], strict=True)]


def test_python_says_what_stands_in_the_file() -> None:
    every = vectors()
    if os.environ.get("CART_SCREEN_REWRITE") == "1":
        FILE.write_text(written(every), "utf-8")
        vectors.cache_clear()
        every = vectors()
    wrong = [one.says for one in every if one.in_python != one.expect]
    assert not wrong, "CART_SCREEN_REWRITE=1 writes the vectors anew"


@NODE.mark
def test_the_browser_engine_says_what_stands_in_the_file(said: list[Any]) -> None:
    every = vectors()
    wrong = [(one.says, found, one.expect) for one, found in zip(every, said, strict=True) if found != one.expect]
    assert not wrong, f"{len(wrong)} of {len(every)}, the first: {wrong[0]}"


def test_the_file_is_written_as_it_would_be_written_anew() -> None:
    assert FILE.read_text("utf-8") == written(vectors())


def test_every_guidance_in_every_set_stands_in_the_file() -> None:
    found = Counter((one.criteria, one.expect["guidance"]["code"]) for one in vectors())
    for name in own_sets():
        assert {code for criteria, code in found if criteria == name} == set(map(str, Code)), name


def test_every_reason_for_guidance_stands_in_the_file() -> None:
    assert {one.expect["guidance"].get("because") for one in vectors()} == {None, *map(str, Because)}


def test_every_status_of_every_criterion_stands_in_the_file() -> None:
    found = {(id, one["status"]) for each in vectors() for id, one in each.expect.get("findings", {}).items()}
    criteria = {id for id, _ in found}
    assert found == {(id, str(status)) for id in criteria for status in Status}


def test_every_pair_of_answers_in_conflict_and_urgency_stands_in_the_file() -> None:
    reading = own_set("us-fda").reading
    assert {id for one in vectors() for id in one.expect.get("conflicts", {})} == set(reading.conflicts)
    assert {one.expect["guidance"].get("urgency") for one in vectors()} == {None, *reading.urgency}


def test_no_vector_stands_in_the_file_twice() -> None:
    def key(one: Vector) -> Any:
        return one.criteria, one.as_of, repr(sorted(one.answers.items())), repr(sorted(one.absent.items()))

    assert max(Counter(map(key, vectors())).values()) == 1
