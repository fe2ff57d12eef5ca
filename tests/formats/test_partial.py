"""The partial format of the words of an audience: any part of the words, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cart_screen.catalog.directory import own_criteria
from cart_screen.formats.partial import partial
from cart_screen.formats.problems import format_problems
from cart_screen.formats.texts import Overlay, QuestionWords, Spoken, Texts

ONLY_BASE = ("language", "names", "sources", "audiences")
WORDS = json.loads((own_criteria() / "text" / "en.json").read_text("utf-8"))
SAID = {key: value for key, value in WORDS.items() if key not in ONLY_BASE}


def keys(node: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Give the path of every key."""
    for key, value in node.items() if isinstance(node, dict) else ():
        yield (*path, key)
        yield from keys(value, (*path, key))


def part_of(node: Any, paths: frozenset[tuple[str, ...]], path: tuple[str, ...] = ()) -> Any:
    """Give what is left of a document without some of its keys."""
    if not isinstance(node, dict):
        return node
    kept = {key: value for key, value in node.items() if (*path, key) not in paths}
    return {key: part_of(value, paths, (*path, key)) for key, value in kept.items()}


def problems(overlay: Any) -> list[str]:
    return [problem.pointer for problem in format_problems(Overlay, overlay, "it")]


def test_all_words_and_no_words_are_a_part_of_the_words() -> None:
    assert problems(SAID) == []
    assert problems({}) == []


@settings(deadline=None)
@given(st.frozensets(st.sampled_from(sorted(keys(SAID))), max_size=200))
def test_whatever_is_left_out_the_rest_is_a_part_of_the_words(left_out: frozenset[tuple[str, ...]]) -> None:
    assert problems(part_of(SAID, left_out)) == []


@pytest.mark.parametrize("key", ONLY_BASE)
def test_what_belongs_to_the_whole_file_is_no_part_of_the_words_of_an_audience(key: str) -> None:
    assert problems({key: WORDS[key]}) != []


@pytest.mark.parametrize(
    ("overlay", "pointer"),
    [
        ({"questions": {"age_years": {"heading": 1}}}, "/questions/age_years/heading"),
        ({"questions": {"age_years": {"heading": None}}}, "/questions/age_years/heading"),
        ({"questions": {"Age": {"heading": "x"}}}, "/questions/Age"),
        ({"guidance": {"discuss-match": {"says": []}}}, "/guidance/discuss-match/says"),
        ({"screens": {"now": {"tick": "x"}}}, "/screens/now/tick"),
        ({"urgent": {"title": "x"}}, "/urgent/title"),
        ({"reasons": {"kidney": {"not_met": "x"}}}, "/reasons/kidney/not_met"),
    ],
)
def test_what_the_words_would_not_allow_the_words_of_an_audience_do_not(overlay: Any, pointer: str) -> None:
    assert problems(overlay) == [pointer]


def test_a_format_has_one_partial_format_with_the_same_keys_none_of_them_needed() -> None:
    part = partial(QuestionWords)

    assert part is partial(QuestionWords)
    assert list(part.model_fields) == list(QuestionWords.model_fields)
    assert not any(field.is_required() for field in part.model_fields.values())
    assert "required" not in part.model_json_schema()


def test_the_words_of_a_file_are_its_own_keys_beside_everything_that_is_said() -> None:
    assert {field.alias or name for name, field in Texts.model_fields.items()} == {
        *(field.alias or name for name, field in Spoken.model_fields.items()),
        *ONLY_BASE,
    }
