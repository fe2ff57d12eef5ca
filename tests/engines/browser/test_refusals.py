"""What the browser engine refuses, as strictly as Python, and what it takes that looks odd and is right."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from needs import NODE

from cart_screen.answers.reading import AnswerDocument, check_document
from cart_screen.catalog.loading import own_set
from cart_screen.errors import AnswersInvalid

from .drawing import worlds
from .running import Ask, in_node
from .said import plain, refused

_FILE = json.loads((Path(__file__).parent / "hostile.json").read_text("utf-8"))
_VALUES = {"js:NaN": math.nan, "js:Infinity": math.inf, "js:-Infinity": -math.inf}
_WORLD = worlds()[0]

pytestmark = NODE.mark


@pytest.fixture(scope="module", name="node")
def _node() -> Iterator[Ask]:
    with in_node() as ask:
        ask([_WORLD.request])
        yield ask


def _asked(node: Ask, given: Any) -> Any:
    (reply,) = node([{"do": "hostile", "program": _WORLD.name, "given": given}])
    return reply


@pytest.mark.parametrize("given", _FILE["hostile"], ids=json.dumps)
def test_what_python_refuses_is_refused_for_the_same_reasons(node: Ask, given: Any) -> None:
    answers = given["answers"].items()
    values = {id: _VALUES.get(value, value) if isinstance(value, str) else value for id, value in answers}
    with pytest.raises(AnswersInvalid) as caught:
        check_document(AnswerDocument(values, given.get("absent", {}), {}), own_set("us-fda").reading.dictionary)
    error = _asked(node, given)["error"]
    assert _compared(error) == _compared(refused(caught.value))


@pytest.mark.parametrize("given", _FILE["only_there"], ids=json.dumps)
def test_what_only_a_script_can_give_is_refused(node: Ask, given: Any) -> None:
    reply = _asked(node, given)
    assert reply.get("error", {}).get("code") == "answers-invalid", reply
    assert reply["error"]["problems"]


def test_a_refusal_names_every_problem_and_its_message_no_answer(node: Ask) -> None:
    error = _asked(node, {"answers": {"age_years": 999, "sex": "secret"}})["error"]
    assert [one["question"] for one in error["problems"]] == ["age_years", "sex"]
    assert "999" not in error["message"]
    assert "secret" not in error["message"]


@pytest.mark.parametrize(
    ("given", "resolved"),
    [
        ({"age_years": 0}, {"age_years": 0}),
        ({"ecog": 0, "prior_lines": 0, "anc": 0}, {"ecog": 0, "prior_lines": 0, "anc": 0}),
        ({"age_years": 61.0}, {"age_years": 61}),
        ({"pregnant": False}, {"pregnant": False}),
        ({"age_years": None}, {}),
    ],
)
def test_zero_false_and_whole_numbers_written_as_others_are_answers(node: Ask, given: Any, resolved: Any) -> None:
    (reply,) = node([{"do": "screen", "program": _WORLD.name, "given": {"answers": given}}])
    found = reply["said"]["details"]["resolved"]
    assert plain({id: found.get(id) for id in resolved}) == plain(resolved)


@pytest.mark.parametrize(
    "step",
    [
        ["answer", "no_such_question", 1],
        ["answer", "__proto__", 1],
        ["answer", "age_years", "61"],
        ["answer", "performance_scale", "ecog"],
        ["answerAbsent", "age_years", "because"],
        ["answerAbsent", "constructor", "asked-unknown"],
        ["answerScreen", ["active_gvhd", "active_infection"], ["pregnant"], True],
    ],
    ids=json.dumps,
)
def test_a_questionnaire_refuses_the_same_step(node: Ask, step: list[Any]) -> None:
    walk = {"do": "walk", "program": _WORLD.name, "given": {}, "depth": "settle", "steps": [step]}
    (reply,) = node([walk])
    assert reply["error"]["code"] == "answers-invalid", reply


def test_an_answer_that_was_never_given_is_not_changed(node: Ask) -> None:
    steps = [["change", "age_years", 61]]
    (reply,) = node([{"do": "walk", "program": _WORLD.name, "given": {}, "depth": "settle", "steps": steps}])
    assert (reply["error"]["code"], reply["error"]["question"]) == ("question-not-answered", "age_years")


def test_another_depth_or_program_is_refused(node: Ask) -> None:
    (depth,) = node([{"do": "walk", "program": _WORLD.name, "given": {}, "depth": "deep", "steps": []}])
    assert "RangeError" in depth["fault"]
    (program,) = node([{"do": "program", "name": "other", "program": {"format": "cart-screen-program/2"}}])
    assert program["error"]["code"] == "program-unknown"


def _compared(error: Any) -> Any:
    problems = []
    for one in error["problems"]:
        found = one["found"]
        with suppress(ValueError):
            # 60.0 and 60 are one number, which JavaScript writes as 60.
            found = str(float(found))
        allowed = "a question id" if one["found"] == "an unknown question" else one["allowed"]
        problems.append({"question": one["question"], "found": found, "allowed": allowed})
    return {"code": error["code"], "problems": problems}
