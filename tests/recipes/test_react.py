"""The React recipe: built from the exported form, in a real Chromium, under a strict Content-Security-Policy."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from needs import CHROMIUM, NPM
from playwright.sync_api import Page, sync_playwright

from cart_screen import screen

RECIPE = Path(__file__).parents[2] / "examples" / "react"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'"
DATE = "2026-11-22"

pytestmark = [CHROMIUM.mark, NPM.mark]


class Intake(SimpleHTTPRequestHandler):
    """The page, and the screening that it posts to, as an intake's own server would have them."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def do_POST(self) -> None:
        sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.sent.append(sent)  # type: ignore[attr-defined]  # the list is the server's own
        body = json.dumps(screen(sent["answers"], as_of=DATE).to_dict()).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        """Keep the output of the tests free of requests."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the page as the recipe's README says."""
    folder = tmp_path_factory.mktemp("react") / "recipe"
    shutil.copytree(RECIPE, folder, ignore=shutil.ignore_patterns("node_modules", "dist"))
    with (folder / "form.json").open("w", encoding="utf-8") as stream:
        subprocess.run([sys.executable, "-m", "cart_screen", "export", "form"], stdout=stream, check=True, timeout=60)
    for command in (["npm", "install", "--no-package-lock", "--no-audit", "--no-fund"], ["npm", "run", "build"]):
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
        assert done.returncode == 0, done.stderr
    return folder / "dist"


@pytest.fixture(scope="module")
def intake(built: Path) -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Intake, directory=str(built)))
    server.sent = []  # type: ignore[attr-defined]  # what the page has sent, for the tests to look at
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def page(intake: ThreadingHTTPServer) -> Iterator[Page]:
    """Open the page; any error in it, and any request to somewhere else, fails the test."""
    own = f"http://127.0.0.1:{intake.server_port}"
    wrong: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM.path, args=["--no-sandbox"])
        page = browser.new_page()
        page.on("console", lambda said: wrong.append(said.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda asked: asked.url.startswith((own, "data:")) or wrong.append(asked.url))
        page.goto(f"{own}/index.html")
        page.wait_for_selector("form")
        yield page
        browser.close()
    assert wrong == []


def test_nothing_is_preselected_and_an_untouched_form_sends_no_answer(page: Page, intake: ThreadingHTTPServer) -> None:
    assert page.locator("input[type=radio]").count() > 100
    assert page.locator("input:checked").count() == 0
    assert page.locator("select").input_value() == ""
    assert {box.input_value() for box in page.locator("input:not([type=radio])").all()} == {""}

    page.get_by_role("button", name="Submit").click()
    page.wait_for_selector("#result h2")

    assert intake.sent.pop() == {"answers": {}}  # type: ignore[attr-defined]  # see the fixture


def test_answers_by_keyboard_give_the_guidance_of_the_library(
    page: Page, intake: ThreadingHTTPServer, built: Path
) -> None:
    answers = {
        "urgent_symptoms": False, "age_years": 67, "diagnosis": "diffuse-large-b-cell-lymphoma",
        "disease_status": "relapsed", "prior_lines": 2, "prior_car_t": None,
    }  # fmt: skip
    form = json.loads((built.parent / "form.json").read_text())
    for id, value in answers.items():
        schema = form["schema"]["properties"][id]
        if "oneOf" not in schema:
            page.get_by_label(schema["title"], exact=True).press_sequentially(str(value))
            continue
        title = next(choice["title"] for choice in schema["oneOf"] if choice["const"] == value)
        if id == "diagnosis":
            page.get_by_label(schema["title"]).select_option(label=title)
        else:
            option = page.get_by_role("group", name=schema["title"], exact=True).get_by_label(title, exact=True)
            option.focus()
            page.keyboard.press("Space")
            assert option.is_checked()
    page.get_by_role("button", name="Submit").press("Enter")
    page.wait_for_selector("#result h2")

    assert intake.sent.pop() == {"answers": answers}  # type: ignore[attr-defined]  # see the fixture
    expected = screen(answers, as_of=DATE).words()
    assert page.locator("#result h2").inner_text() == expected.headline
    assert page.locator("#result p").all_inner_texts() == list(expected.says)
    assert page.evaluate("document.activeElement.id") == "result"


def test_a_question_appears_where_it_is_asked_and_leaves_with_its_answer(
    page: Page, intake: ThreadingHTTPServer
) -> None:
    hidden = page.get_by_role("group", name='Does the report say "large B-cell lymphoma"?')
    diagnosis = page.locator("#root_diagnosis")
    assert hidden.count() == 0

    diagnosis.select_option(label="Follicular lymphoma, grade 3B")
    hidden.get_by_label("Yes, the report uses these words").check()
    diagnosis.select_option(label="Multiple myeloma")
    hidden.wait_for(state="detached")
    page.get_by_role("button", name="Submit").click()
    page.wait_for_selector("#result h2")

    assert intake.sent.pop() == {"answers": {"diagnosis": "multiple-myeloma"}}  # type: ignore[attr-defined]  # as above


def test_a_number_out_of_range_is_said_at_the_question_and_nothing_is_sent(
    page: Page, intake: ThreadingHTTPServer
) -> None:
    page.get_by_label("How old").first.fill("400")
    page.get_by_role("button", name="Submit").click()
    page.wait_for_selector(".question .error-detail")

    assert page.evaluate("document.activeElement.id") == "root_age_years"
    assert intake.sent == []  # type: ignore[attr-defined]  # see the fixture
