"""Where the browser engine runs in tests: one Node process for many requests, or one page in Chromium."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from needs import CHROMIUM, NODE

import cart_screen.engines.browser as browser
from cart_screen.engines.browser import scripts

HERE = Path(__file__).parent
OWN = Path(browser.__file__).parent
SCRIPTS = tuple(OWN / name for name in scripts.SCRIPTS)

# Sends requests and gives the replies, in order.
Ask = Callable[[Sequence[dict[str, Any]]], list[dict[str, Any]]]

_SECONDS = 60


@contextmanager
def in_node(scripts: Sequence[Path] = SCRIPTS) -> Iterator[Ask]:
    """Give a way to ask a Node process that has loaded the scripts; it ends with the block."""
    assert NODE.path is not None, NODE.missing
    command = [NODE.path, str(HERE / "node.js"), *map(str, scripts), str(HERE / "driver.js")]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, encoding="utf-8") as process:
        assert process.stdin is not None
        assert process.stdout is not None

        def ask(requests: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(json.dumps(requests) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
            if not line:
                raise AssertionError(f"Node ended with {process.wait(_SECONDS)}: its own error stands above")
            return json.loads(line)

        try:
            yield ask
        finally:
            process.stdin.close()
            try:
                process.wait(_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()


@contextmanager
def in_chromium(scripts: Sequence[Path] = SCRIPTS) -> Iterator[Ask]:
    """Give a way to ask a page in headless Chromium that has loaded the scripts; it ends with the block."""
    # Imported here: only these tests drive a browser.
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM.path, timeout=_SECONDS * 1000)
        try:
            page = chromium.new_page()
            page.set_default_timeout(_SECONDS * 1000)
            for path in (*scripts, HERE / "driver.js"):
                page.add_script_tag(path=str(path))
            # As text: what crosses to the page as values would lose the order of keys that look like numbers.
            yield lambda requests: json.loads(
                page.evaluate(
                    "text => JSON.stringify(JSON.parse(text).map((request) => reply(request)))", json.dumps(requests)
                )
            )
        finally:
            chromium.close()


def replies(ask: Ask, requests: Sequence[dict[str, Any]]) -> list[Any]:
    """Ask, and give what was said; a fault of the script itself is an error here."""
    found = []
    for request, reply in zip(requests, ask(requests), strict=True):
        if "fault" in reply:
            raise AssertionError(f"{reply['fault']}\n{json.dumps(request)[:2000]}")
        found.append(reply["said"] if "said" in reply else reply["error"])
    return found
