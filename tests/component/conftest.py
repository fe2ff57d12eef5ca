"""A browser for the tests, and pages in it that fail the test on any error or request that should not be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from needs import CHROMIUM
from playwright.sync_api import Browser, Page, sync_playwright

from .serving import files, page, serving
from .shown import Shown

Open = Callable[..., Shown]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """
    Give a headless Chromium, that of this machine.

    For a module at a time: Playwright runs once in a process, and while it runs nothing else there may have a loop.
    """
    chromium = CHROMIUM.or_skip()
    with sync_playwright() as driver:
        # A container has no user namespaces for the sandbox, and nothing here comes from outside.
        found = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"], timeout=60_000)
        yield found
        found.close()


@pytest.fixture(scope="session")
def contents() -> dict[str, bytes]:
    """Give what the server has: the component's files, and the pages that tests add."""
    return dict(files())


@pytest.fixture(scope="session")
def address(contents: dict[str, bytes]) -> Iterator[str]:
    """Give the address of a server that sends the strict policy with everything."""
    with serving(contents) as found:
        yield found


@pytest.fixture
def tab(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Give what opens an empty tab, and fail where one met an error or asked for what is not ``allowed``."""
    wrong: list[str] = []
    contexts = []

    def open_tab(allowed: str, **settings: Any) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **settings})
        contexts.append(context)
        context.set_default_timeout(10_000)
        found = context.new_page()
        found.on("console", lambda message: wrong.append(f"console: {message.text}"))
        found.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        found.on("request", lambda asked: None if asked.url.startswith(allowed) else wrong.append(asked.url))
        found.on("requestfailed", lambda asked: wrong.append(f"failed: {asked.url}"))
        return found

    yield open_tab
    for context in contexts:
        context.close()
    assert not wrong


@pytest.fixture
def opened(tab: Callable[..., Page], contents: dict[str, bytes], address: str) -> Open:
    """Give what opens a page with the component on it, as it is after it was loaded."""

    def open_page(
        body: str = "<main><cart-screen></cart-screen></main>", attributes: str = 'lang="en"', **settings: Any
    ) -> Shown:
        contents["page.html"] = page(body, attributes)
        found = tab(address, **settings)
        found.goto(f"{address}page.html")
        shown = Shown(found)
        shown.ready()
        return shown

    return open_page
