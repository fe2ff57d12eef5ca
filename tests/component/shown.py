"""A page with the component on it, as a person without a mouse uses it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Locator, Page

from cart_screen.answers.absent import AbsentReason
from cart_screen.questionnaire import Questionnaire, Screen
from cart_screen.texts import Texts

# What cannot be seen without scrolling sideways, and the document itself where it can be scrolled so.
_OUTSIDE = """one => {
  const { scrollWidth, clientWidth } = document.documentElement;
  const parts = [...one.shadowRoot.querySelectorAll("*")].filter(part => part.getClientRects().length);
  const out = parts.filter(part => {
    const { left, right } = part.getBoundingClientRect();
    return left < -1 || right > clientWidth + 1;
  });
  return [...(scrollWidth > clientWidth ? ["the page"] : []), ...out.map(part => part.outerHTML.slice(0, 80))];
}"""

# The name of what has the focus.
_NAME = """one => {
  const at = one.shadowRoot.activeElement;
  return at && (at.getAttribute("aria-label") || at.textContent.trim());
}"""

_FOCUSED = "one => { const at = one.shadowRoot.activeElement; return at ? `${at.localName}#${at.id}` : '' }"

_LISTEN = """(one, names) => {
  window.heard = {};
  for (const name of names) {
    window.heard[name] = [];
    document.addEventListener(name, event => window.heard[name].push(event.detail));
  }
}"""

_ABSENT = (AbsentReason.ASKED_UNKNOWN, AbsentReason.ASKED_DECLINED)


class Shown:
    """The component on a page; only keys are pressed."""

    def __init__(self, page: Page, selector: str = "cart-screen") -> None:
        self.page = page
        self.selector = selector
        self.keys: list[str] = []

    @property
    def element(self) -> Locator:
        """The element itself."""
        return self.page.locator(self.selector)

    def ready(self) -> None:
        """Wait until the first page is there."""
        self.element.locator("h1").first.wait_for()

    @property
    def heading(self) -> str:
        """The heading of the page that is shown."""
        return self.element.locator("h1").inner_text()

    @property
    def text(self) -> str:
        """Everything that is shown."""
        return self.element.locator("[part=page]").inner_text()

    def run(self, script: str, argument: Any = None) -> Any:
        """Run a function over the element."""
        return self.element.evaluate(script, argument)

    @property
    def answers(self) -> Mapping[str, Any]:
        """The answers as the element has them."""
        found: Mapping[str, Any] = self.run("one => one.answers")
        return found

    @property
    def screening(self) -> Mapping[str, Any]:
        """The screening as the element has it."""
        found: Mapping[str, Any] = self.run("one => one.screening")
        return found

    @property
    def focused(self) -> str:
        """What has the focus within the element, as the name of its tag and its id."""
        found: str = self.run(_FOCUSED)
        return found

    @property
    def chosen(self) -> list[str]:
        """What is chosen or typed in the fields that are shown."""
        found: list[str] = self.run(
            "one => [...one.shadowRoot.querySelectorAll('input')]"
            ".filter(field => field.checked || (field.type === 'text' && field.value)).map(field => field.id)"
        )
        return found

    def listen(self, *names: str) -> None:
        """Keep the details of events, as a page around the component hears them."""
        self.run(_LISTEN, list(names))

    def heard(self, name: str) -> list[Any]:
        """Give the details of an event that was listened for."""
        found: list[Any] = self.page.evaluate("name => window.heard[name]", name)
        return found

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)
        self.keys.extend(keys)

    def type(self, text: str) -> None:
        """Type a text."""
        self.page.keyboard.type(text)
        self.keys.append(f'"{text}"')

    def reach(self, id: str) -> None:
        """Press Tab until a field, or the group of choices that it stands in, has the focus."""
        for _ in range(60):
            self.press("Tab")
            if self.focused.endswith(f"#{id}") or self.focused.partition("#")[2].startswith(f"{id}-"):
                return
        raise AssertionError(f"{id} cannot be reached with Tab")

    def reach_button(self, name: str) -> None:
        """Press Tab until a button has the focus."""
        for _ in range(120):
            self.press("Tab")
            if self.run(_NAME) == name:
                return
        raise AssertionError(f"the button {name!r} cannot be reached with Tab")

    def push(self, name: str) -> None:
        """Push a button, with Tab and Enter."""
        self.reach_button(name)
        self.press("Enter")

    def begin(self) -> None:
        """Start the questions from the first page."""
        self.push("Start")

    def answer(self, questionnaire: Questionnaire, texts: Texts, answers: Mapping[str, Any]) -> Questionnaire:
        """
        Answer the page that is shown, which has to be the next one of Python's questionnaire; give that one after it.

        What ``answers`` lack is not known.
        """
        screen = questionnaire.next_screen
        assert screen is not None
        self.answer_here(screen, questionnaire, texts, answers)
        if len(screen.questions) > 1:
            ticked = [question.id for question in screen.questions if answers.get(question.id) is True]
            known = all(question.id in answers for question in screen.questions)
            return questionnaire.answer_screen(screen, ticked, none_of_the_others=known)
        (question,) = screen.questions
        if question.id in answers:
            return questionnaire.answer(question.id, answers[question.id])
        return questionnaire.answer_absent(question.id, AbsentReason.ASKED_UNKNOWN)

    def answer_here(
        self, screen: Screen, questionnaire: Questionnaire, texts: Texts, answers: Mapping[str, Any]
    ) -> None:
        """Answer a screen that is shown, with the keyboard."""
        first = screen.questions[0]
        if len(screen.questions) > 1:
            assert self.heading == texts.get("screens", screen.id, "heading")
            for question in screen.questions:
                self.reach(f"tick-{question.id}")
                if answers.get(question.id) is True:
                    self.press("Space")
            if not all(answers.get(question.id) is True for question in screen.questions):
                known = all(question.id in answers for question in screen.questions)
                self.reach("choice")
                self.press(*["Space"] if known else ["ArrowDown"])
            self.press("Enter")
            return
        assert self.heading == texts.get("questions", first.id, "heading")
        if first.kind in ("string", "boolean") or first.choices:
            options = [*questionnaire.choices(first), *_ABSENT]
            wanted = answers.get(first.id, AbsentReason.ASKED_UNKNOWN)
            self.reach("choice")
            place = next(at for at, one in enumerate(options) if one is wanted or one == wanted)
            self.press(*(["ArrowDown"] * place or ["Space"]))
        elif first.id in answers:
            self.reach("number")
            self.type(str(answers[first.id]))
            if len(first.units) > 1:
                self.reach("unit")
                self.press("Space")
        else:
            self.reach("choice")
            self.press("Space")
        self.press("Enter")

    def violations(self) -> list[str]:
        """Give what axe finds wrong with the page as it is shown."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE_FILE_PATH.read_text("utf-8"))
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']}).then(found => found.violations)")
        return [f"{one['id']}: {one['help']}: {[node['html'] for node in one['nodes']][:3]}" for one in found]

    @property
    def overflows(self) -> list[str]:
        """Give what stands out of the window sideways, so that one would have to scroll."""
        found: list[str] = self.run(_OUTSIDE)
        return found
