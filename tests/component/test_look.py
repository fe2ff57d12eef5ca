"""Narrow windows, much zoom, right to left, dark, forced colors: everything is there, and nothing scrolls sideways."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from .conftest import Open
from .shown import Shown

EXAMPLES = Path(__file__).parents[2] / "examples" / "answers"
REVIEW = json.loads((EXAMPLES / "large-b-cell-infection-review.json").read_text("utf-8"))
LABS = {"urgent_symptoms": True, "creatinine": 1.1, "months_first_line_to_relapse": 3}

WINDOWS: dict[str, dict[str, Any]] = {
    "320": {"viewport": {"width": 320, "height": 640}},
    # A window of 1280 at 400 %: the same width in CSS pixels, of which each is four.
    "zoom": {"viewport": {"width": 320, "height": 256}, "device_scale_factor": 4},
    "dark": {"viewport": {"width": 768, "height": 900}, "color_scheme": "dark"},
    "forced": {"viewport": {"width": 768, "height": 900}, "forced_colors": "active", "reduced_motion": "reduce"},
    "right-to-left": {"viewport": {"width": 320, "height": 640}},
}


@pytest.mark.parametrize("window", WINDOWS)
def test_every_kind_of_page_fits(window: str, opened: Open) -> None:
    # In light colors axe looks at every page of the interviews.
    colors = window in ("dark", "forced")
    attributes = 'lang="en" dir="rtl"' if window == "right-to-left" else 'lang="en"'
    shown = opened(attributes=attributes, **WINDOWS[window])
    fits(shown)
    shown.begin()
    shown.push("Continue")
    fits(shown, colors=colors)
    shown.run("(one, answers) => { one.answers = answers }", {**REVIEW, **LABS})
    while shown.heading != "Check your answers":
        fits(shown, colors=colors and shown.element.locator("[part=checkbox], [part=number]").count() > 0)
        shown.element.locator("[id^=choice]").last.press("Space")
        shown.push("Continue")
    fits(shown, colors=colors)
    shown.push("Change: Creatinine")
    fits(shown)
    shown.push("Back")
    shown.push("These are right: show what to do next")
    for summary in shown.element.locator("summary").all():
        summary.press("Enter")
    fits(shown, colors=colors)
    shown.push("Show the page for your appointment")
    fits(shown, colors=colors)


def fits(shown: Shown, *, colors: bool = False) -> None:
    """Hold that a page needs no scrolling sideways, and that axe finds its ``colors`` strong enough."""
    assert shown.overflows == []
    assert not colors or shown.violations() == []


def test_text_runs_from_the_right_in_a_page_that_does(opened: Open) -> None:
    shown = opened(attributes='lang="en" dir="rtl"')
    shown.begin()
    sides = shown.run(
        "one => ['input', 'label'].map(name => one.shadowRoot.querySelector(name).getBoundingClientRect().right)"
    )
    assert sides[0] > sides[1]


def test_a_page_changes_the_look_with_properties_and_parts(opened: Open) -> None:
    shown = opened()
    shown.page.evaluate(
        "() => { const sheet = new CSSStyleSheet(); sheet.replaceSync("
        "'cart-screen { --cart-screen-accent: rgb(1, 2, 3) } cart-screen::part(heading) { color: rgb(4, 5, 6) }');"
        "document.adoptedStyleSheets = [sheet] }"
    )
    colors = shown.run(
        "one => [getComputedStyle(one.shadowRoot.querySelector('[part=button]')).backgroundColor,"
        "getComputedStyle(one.shadowRoot.querySelector('h1')).color]"
    )
    assert colors == ["rgb(1, 2, 3)", "rgb(4, 5, 6)"]


def test_a_printed_sheet_has_no_buttons_and_fits_on_one_page(opened: Open) -> None:
    shown = opened()
    shown.run("(one, answers) => { one.answers = answers }", REVIEW)
    shown.begin()
    while shown.heading != "Check your answers":
        shown.element.locator("[id^=choice]").last.press("Space")
        shown.push("Continue")
    shown.push("These are right: show what to do next")
    shown.push("Show the page for your appointment")
    shown.page.evaluate("window.printed = 0; window.print = () => { window.printed += 1 }; 0")
    shown.push("Print this page")
    assert shown.page.evaluate("window.printed") == 1
    shown.page.emulate_media(media="print")
    assert shown.element.locator("button:visible").count() == 0
    assert "No doctor has signed off on these criteria yet." in shown.text
    assert "It is not medical advice" in shown.text
    assert len(PdfReader(BytesIO(shown.page.pdf(format="A4"))).pages) == 1
