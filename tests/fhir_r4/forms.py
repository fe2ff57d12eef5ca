"""
The questionnaire in a form that others wrote: LHC-Forms, in a real Chromium, filled in as a person does.

``CART_SCREEN_LFORMS`` names the folder of the npm package ``lforms`` (36 or later).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from needs import CHROMIUM, only_where

from cart_screen.answers.given import Answers
from cart_screen.answers.scalars import Scalar
from cart_screen.api import load_criteria
from cart_screen.fhir.names import ABSENT_SYSTEM, absent_link
from cart_screen.fhir.values import Form, form_of, value_element

_VARIABLE = "CART_SCREEN_LFORMS"
_MILLISECONDS = 40_000
_ROWS = "#lhc-tools-searchResults li"

# The package is large, and not ours: whoever has it points to it, as `.ci/run` does.
shown = only_where(
    _VARIABLE in os.environ and CHROMIUM.path,
    otherwise=f"{_VARIABLE} does not name the package lforms, or there is no chromium",
)

_PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A form</title>
<link rel="stylesheet" href="{at}/webcomponent/styles.css"></head><body><div id="form"></div>
<script src="{at}/webcomponent/assets/lib/zone.min.js"></script>
<script src="{at}/webcomponent/lhc-forms.js"></script>
<script src="{at}/fhir/R4/lformsFHIR.min.js"></script></body></html>
"""


class FilledForm:
    """A questionnaire on a page of LHC-Forms; ``complaints`` are errors, and requests for anything but its files."""

    def __init__(self, page: Any, questionnaire: Mapping[str, Any], complaints: list[str]) -> None:
        self.complaints = complaints
        self._page = page
        self._questionnaire = questionnaire
        self._items = dict(_items(questionnaire))
        self._questions = load_criteria().reading.dictionary.questions
        page.evaluate("asked => LForms.Util.addFormToPage(asked, 'form', {fhirVersion: 'R4'})", questionnaire)
        page.wait_for_selector('[id^="age_years/"]')

    def answer(self, answers: Answers) -> None:
        """Give the answers in the order of the form."""
        dictionary = load_criteria().reading.dictionary
        for id, question in self._questions.items():
            if id in answers.values:
                value = answers.values[id]
                if form_of(question) is Form.CHOICE:
                    coding = value_element(question, value, dictionary, "")["valueCoding"]
                    self._choose(id, coding["system"], coding["code"])
                else:
                    self._type(id, value)
            elif id in answers.absent:
                link = id if form_of(question) is Form.CHOICE else absent_link(id)
                self._choose(link, ABSENT_SYSTEM, answers.absent[id])

    def type_in(self, id: str, value: float, unit: str) -> None:
        """Type a number, and choose another unit than the one that the form shows."""
        self._type(id, value)
        box = self._page.locator(f'[id^="unit_{id}/"]')
        box.click()
        self._page.locator(_ROWS, has_text=unit).first.click()
        box.press("Tab")

    def shows(self, id: str) -> bool:
        """Tell whether a question is there to be answered."""
        return self._page.locator(f'[id^="{id}/"], [name^="radiogroup_{id}/"]').count() > 0

    def response(self) -> Mapping[str, Any]:
        """Give what the form makes of it."""
        return self._page.evaluate("() => LForms.Util.getFormFHIRData('QuestionnaireResponse', 'R4')")

    def take(self, response: Mapping[str, Any]) -> None:
        """Fill the form from a response, as a form that was saved."""
        self._page.evaluate(
            "async ([questionnaire, response]) => {"
            "  const made = LForms.Util.convertFHIRQuestionnaireToLForms(questionnaire, 'R4');"
            "  const filled = LForms.Util.mergeFHIRDataIntoLForms(response, made, 'R4');"
            "  await LForms.Util.addFormToPage(filled, 'form', {fhirVersion: 'R4'});"
            "}",
            [self._questionnaire, response],
        )

    def _type(self, id: str, value: Scalar) -> None:
        box = self._page.locator(f'[id^="{id}/"]')
        box.fill(str(value))
        box.press("Tab")

    def _choose(self, link: str, system: str, code: str) -> None:
        options = [one["valueCoding"] for one in self._items[link]["answerOption"]]
        place = next(at for at, one in enumerate(options) if (one["system"], one["code"]) == (system, code))
        radios = self._page.locator(f'label:has(input[name^="radiogroup_{link}/"])')
        box = self._page.locator(f'[id^="{link}/"][autocomplete]')
        radios.or_(box).first.wait_for()
        if radios.count():
            radios.nth(place).click()
            return
        said = options[place]["display"]
        box.click()
        # A long list shows what is typed.
        box.press_sequentially(said[:20])
        self._page.locator(_ROWS, has_text=said).first.click()
        box.press("Tab")


@contextmanager
def browser_page(folder: Path) -> Iterator[tuple[Any, list[str]]]:
    """Open a page that has LHC-Forms, and needs nothing but the files of the package; with what it complains of."""
    # Imported here: without the package there is nothing to drive.
    from playwright.sync_api import sync_playwright

    package = Path(os.environ[_VARIABLE]) / "dist" / "lforms"
    page_file = folder / "form.html"
    page_file.write_text(_PAGE.format(at=package.resolve().as_uri()), encoding="utf-8")
    complaints: list[str] = []
    with sync_playwright() as playwright:
        # A container lets no browser make a sandbox of its own; the page is ours.
        browser = playwright.chromium.launch(executable_path=CHROMIUM.path, args=["--no-sandbox"])
        try:
            page = browser.new_page()
            page.set_default_timeout(_MILLISECONDS)
            page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on("request", lambda asked: None if asked.url.startswith("file:") else complaints.append(asked.url))
            page.goto(page_file.as_uri())
            page.wait_for_function("() => window.LForms && LForms.FHIR && LForms.FHIR.R4")
            yield page, complaints
        finally:
            browser.close()


def _items(parent: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for item in parent.get("item", ()):
        yield item["linkId"], item
        yield from _items(item)
