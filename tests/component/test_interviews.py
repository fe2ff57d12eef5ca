"""Whole interviews with the keyboard alone: accessible in every state, and the same guidance as in Python."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from cart_screen import Questionnaire, screen
from cart_screen.texts import Audience, Texts

from .conftest import Open
from .serving import DAY, criteria
from .shown import Shown

GOLDEN = Path(__file__).with_name("golden")
EXAMPLES = Path(__file__).parents[2] / "examples" / "answers"

# A lymphoma whose label lines up before any test, a myeloma one line away, a child whose five points all line up.
PEOPLE: Mapping[str, tuple[str, Mapping[str, Any], Audience | None, str]] = {
    "lymphoma": ("large-b-cell-third-line-no-tests", {}, Audience.PATIENT, "discuss-label-match"),
    "myeloma": (
        "multiple-myeloma-one-line",
        {"lenalidomide_refractory": False},
        Audience.CLINICIAN,
        "discuss-alternatives",
    ),
    "child": ("child-b-all", {}, None, "discuss-match"),
}


class Story:
    """What is shown to assistive technology, page by page, with the keys that are pressed."""

    def __init__(self, shown: Shown) -> None:
        self._shown = shown
        self._told: list[str] = []

    def look(self) -> None:
        """Take the page down as it is, after what axe says of it."""
        assert self._shown.violations() == []
        if self._shown.keys:
            self._told.append(f"[{_named(self._shown.keys)}]")
        self._shown.keys.clear()
        self._told.append(self._shown.element.aria_snapshot())

    def compare(self, name: str) -> None:
        """Hold the story against the one that was kept, or keep it (CART_SCREEN_REWRITE=1)."""
        story = "\n\n".join(self._told) + "\n"
        path = GOLDEN / f"{name}.txt"
        if os.environ.get("CART_SCREEN_REWRITE") == "1":
            path.parent.mkdir(exist_ok=True)
            path.write_text(story, "utf-8")
        assert story == path.read_text("utf-8"), (
            f"{path.name} is not as it was kept. CART_SCREEN_REWRITE=1 keeps the new one."
        )


def _named(keys: list[str]) -> str:
    found: list[tuple[str, int]] = []
    for key in keys:
        if found and found[-1][0] == key:
            found[-1] = (key, found[-1][1] + 1)
        else:
            found.append((key, 1))
    return ", ".join(key if count == 1 else f"{key} {count} times" for key, count in found)


def facts_of(document: Mapping[str, Any]) -> dict[str, Any]:
    """Give what is no words of a screening in its exchange form."""
    guidance, findings = document["guidance"], document["findings"]
    return {
        "code": guidance["code"],
        "because": guidance["because"],
        "urgency": guidance["urgency"],
        "points": [point["reason"] for point in guidance["points"]],
        "uses": guidance["indications"],
        "findings": {
            id: [found[key] for key in ("status", "relevant", "because", "awaiting")] for id, found in findings.items()
        },
        "statuses": [one["statuses"] for one in document["indications"]],
        "awaiting": document["awaiting"],
    }


@pytest.mark.parametrize("name", PEOPLE)
def test_an_interview_by_keyboard_is_accessible_and_gives_the_guidance_of_python(name: str, opened: Open) -> None:
    file, others, mode, code = PEOPLE[name]
    answers = {**json.loads((EXAMPLES / f"{file}.json").read_text("utf-8")), **others}
    attribute = f' mode="{mode}"' if mode else ""
    shown = opened(f"<main><cart-screen{attribute}></cart-screen></main>")
    shown.listen("cart-screen-result")
    story = Story(shown)
    story.look()
    shown.begin()
    here = Questionnaire({}, criteria(), DAY)
    while here.next_screen:
        assert shown.chosen == []
        assert shown.focused == "h1#"
        story.look()
        child = mode is None and here.answers.values.get("age_years", 99) < 16
        texts = Texts(criteria(), audience=mode or (Audience.CHILD if child else Audience.PATIENT))
        here = shown.answer(here, texts, answers)
    story.look()
    shown.push(texts.get("terminal", "check-right"))
    story.look()
    shown.push(texts.get("web", "show-sheet"))
    story.look()
    story.compare(name)

    (result,) = shown.heard("cart-screen-result")
    assert result["answers"] == here.answers.to_dict()
    assert facts_of(result["screening"]) == facts_of(here.screening.to_dict())
    assert result["guidance"]["code"] == code == screen(answers, criteria(), DAY).guidance.code
