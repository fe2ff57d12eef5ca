"""The element in a form of the page around it: its value is there once the answers were checked, and not before."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cart_screen.answers.given import Answers
from cart_screen.texts import Audience

from .conftest import Open
from .shown import Shown

FORM = (
    '<main><form id="intake"><cart-screen name="answers"></cart-screen>'
    '<button type="reset">Reset</button></form></main>'
)
SETTLED = {"urgent_symptoms": False, "age_years": 40, "cancer_group": "solid-tumor"}


def value(shown: Shown) -> list[Any]:
    """Give what the form would send."""
    found: list[Any] = shown.page.evaluate("[...new FormData(document.querySelector('form')).entries()]")
    return found


def checked(shown: Shown) -> None:
    """Go to the guidance with a few answers."""
    shown.run("(one, answers) => { one.answers = answers }", SETTLED)
    shown.begin()
    shown.push("These are right: show what to do next")


def test_the_form_has_the_answers_once_they_were_checked_and_nothing_before(opened: Open) -> None:
    shown = opened(FORM)
    assert value(shown) == []
    shown.run("(one, answers) => { one.answers = answers }", SETTLED)
    assert value(shown) == []
    shown.begin()
    assert shown.heading == "Check your answers"
    assert value(shown) == []
    shown.push("These are right: show what to do next")
    ((name, document),) = value(shown)
    assert name == "answers"
    assert json.loads(document) == Answers(SETTLED).to_dict() == shown.answers


def test_a_changed_answer_has_to_be_checked_again(opened: Open) -> None:
    shown = opened(FORM)
    checked(shown)
    shown.push("Change an earlier answer")
    assert value(shown) != []
    shown.push("Change: Age")
    shown.reach("number")
    shown.press("ControlOrMeta+a")
    shown.type("41")
    shown.press("Enter")
    assert (shown.heading, value(shown)) == ("Check your answers", [])
    shown.push("These are right: show what to do next")
    assert json.loads(value(shown)[0][1])["answers"]["age_years"] == 41


def test_a_reset_form_forgets_every_answer(opened: Open) -> None:
    shown = opened(FORM)
    checked(shown)
    shown.page.get_by_role("button", name="Reset").press("Enter")
    assert (value(shown), shown.answers["answers"]) == ([], {})
    assert shown.heading.startswith("CAR T-cell therapy")


def test_in_a_disabled_fieldset_nothing_can_be_answered(opened: Open) -> None:
    shown = opened(f"<fieldset disabled>{FORM}</fieldset>")
    fields = "one => [...one.shadowRoot.querySelectorAll('button, input')].map(field => field.disabled)"
    assert set(shown.run(fields)) == {True}
    shown.page.evaluate("document.querySelector('fieldset').disabled = false")
    assert set(shown.run(fields)) == {False}
    shown.begin()
    assert shown.heading == "Do you have any of these signs right now?"


def test_enter_in_a_field_sends_no_form_of_the_page(opened: Open) -> None:
    shown = opened(FORM)
    shown.page.evaluate("document.querySelector('form').addEventListener('submit', () => console.error('sent'))")
    shown.begin()
    shown.press("Tab", "ArrowDown", "Enter")
    assert shown.heading == "How old are you today?"


@pytest.mark.parametrize("mode", Audience)
def test_the_first_page_says_that_nothing_leaves_the_computer(mode: Audience, opened: Open) -> None:
    shown = opened(f'<main><cart-screen mode="{mode}"></cart-screen></main>')
    assert "leaves this computer." in shown.text


def test_the_first_page_and_the_guidance_say_that_a_form_is_sent_with_the_answers(opened: Open) -> None:
    stays, sent = "Nothing you type leaves this computer.", "Nothing is sent while you answer."
    alone = opened()
    assert stays in alone.text
    assert sent not in alone.text
    within = opened(FORM)
    assert sent in within.text
    assert stays not in within.text
    checked(within)
    assert sent in within.text
    within.push("Show the page for your appointment")
    assert sent not in within.text
    assert stays not in within.text
