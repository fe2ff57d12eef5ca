"""The page that ``export html`` prints, and the element on a page of a disk: without a server and without a request."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import html5lib
from playwright.sync_api import Page

from cart_screen.component.files import write_files
from cart_screen.component.html import to_html
from cart_screen.texts import Audience

from .serving import DAY, criteria, files, page
from .shown import Shown

SOLID = {"urgent_symptoms": False, "age_years": 40, "cancer_group": "solid-tumor"}


def whole(shown: Shown) -> None:
    """Go through it to the sheet."""
    assert shown.violations() == []
    shown.run("(one, answers) => { one.answers = answers }", SOLID)
    shown.begin()
    shown.push("These are right: show what to do next")
    assert shown.violations() == []
    assert shown.heading == "Ask your specialist about trials and other options"


def test_the_element_works_on_a_page_of_a_disk(tab: Callable[..., Page], tmp_path: Path) -> None:
    write_files(tmp_path / "site", {**files(), "page.html": page("<main><cart-screen></cart-screen></main>")})
    found = tab((tmp_path / "site").as_uri())
    found.goto((tmp_path / "site" / "page.html").as_uri())
    shown = Shown(found)
    shown.ready()
    whole(shown)


def test_the_exported_page_makes_no_request(tab: Callable[..., Page], tmp_path: Path) -> None:
    path = tmp_path / "screen.html"
    path.write_text(to_html(criteria(), DAY), "utf-8")
    found = tab(path.as_uri())
    found.goto(path.as_uri())
    shown = Shown(found)
    shown.ready()
    whole(shown)


def test_the_policy_of_the_exported_page_allows_what_is_in_it_and_nothing_else() -> None:
    text = to_html(criteria(), DAY)
    tree = html5lib.parse(text, namespaceHTMLElements=False)
    policy = tree.find(".//meta[@http-equiv]").get("content")
    parts = [*(one.text for one in tree.iter("script")), *(one.text for one in tree.iter("style"))]
    hashes = [f"'sha256-{b64encode(sha256(part.encode()).digest()).decode()}'" for part in parts]
    assert re.findall(r"'sha256-[^']+'", policy) == hashes
    assert re.sub(r" 'sha256-[^']+'", "", policy) == (
        "default-src 'none'; script-src; style-src; base-uri 'none'; form-action 'none'"
    )
    assert len(parts) == 3
    assert not [one for one in tree.iter() if set(one.keys()) & {"src", "href", "style"}]


def test_the_exported_page_speaks_to_whom_it_was_made_for() -> None:
    text = to_html(criteria(), DAY, audience=Audience.CLINICIAN)
    assert '<cart-screen criteria="us-fda" lang="en" mode="clinician">' in text
    assert "<title>CAR T-cell therapy: questions about a patient before referral</title>" in text
