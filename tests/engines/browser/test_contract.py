"""What the scripts promise in their head comments: names, immutability, one global."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from needs import NODE

from .drawing import worlds
from .running import SCRIPTS, in_node, replies

pytestmark = NODE.mark


@pytest.fixture(scope="module", name="said")
def _said() -> Iterator[Any]:
    world = worlds()[0]
    with in_node() as ask:
        yield replies(ask, [world.request, {"do": "contract", "program": world.name}])[1]


def test_a_questionnaire_has_the_names_that_its_head_comment_lists(said: Any) -> None:
    head = SCRIPTS[-1].read_text("utf-8").split("*/")[0]
    listed = re.findall(r"^  ([a-zA-Z]+)(?:\(.*?\))? {2,}|^  ([a-zA-Z]+)\(.*?\) *->", head, re.MULTILINE)
    assert sorted({one or other for one, other in listed}) == said["names"]


def test_a_questionnaire_never_changes(said: Any) -> None:
    assert said["isFrozen"]
    assert said["isUnchanged"]
    assert said["isKept"]
    assert said["readAgain"]


def test_a_screen_is_answered_under_its_own_name(said: Any) -> None:
    assert said["screen"] == "safety-now"
    assert said["answered"] == {
        "answers": {"age_years": 61, "sex": "female", "active_infection": True},
        "absent": {"prior_car_t": "asked-unknown"},
    }


def test_everything_hangs_on_one_global(said: Any) -> None:
    assert said["isOneEngine"]
    names = ["AnswersInvalid", "CartScreenError", "QuestionNotAnswered", "REASONS", "checking", "convert", "engine"]
    assert said["globals"] == [*names, "ladder", "lazy", "questionnaire", "rules", "union"]
