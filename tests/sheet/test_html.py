"""The HTML of a sheet: well formed, readable for everybody, and shut to everything outside."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from urllib.parse import urlsplit

import pytest

from cart_screen import load_criteria, screen
from cart_screen.answers.given import Answers
from cart_screen.model import Source, Verified
from cart_screen.nouns import replace
from cart_screen.sheet.content import sheet_of
from cart_screen.sheet.html import to_html
from cart_screen.sheet.page import Sheet

from .hostile import hostile_set
from .reading import DAY, OTHER_THERAPY, PEOPLE, facts, html_text, html_tree, sheet_for, stands_in_order

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LOADS = {"script", "img", "link", "iframe", "object", "embed", "form", "base", "video", "audio", "svg", "input"}


def tags(sheet: Sheet) -> list[str]:
    return [element.tag for element in html_tree(to_html(sheet)).iter()]


@pytest.mark.parametrize("person", PEOPLE)
class TestEveryPerson:
    def test_everything_on_the_sheet_stands_on_the_page_in_the_same_order(self, person: str) -> None:
        assert stands_in_order(facts(sheet_for(person)), html_text(to_html(sheet_for(person)))) == ""

    def test_headings_begin_with_the_only_first_one_and_leave_no_level_out(self, person: str) -> None:
        levels = [_HEADINGS[tag] for tag in tags(sheet_for(person)) if tag in _HEADINGS]

        assert levels[0] == 1
        assert levels.count(1) == 1
        assert set(levels[1:]) == {2}

    def test_ids_are_there_once_and_what_is_labelled_has_its_label(self, person: str) -> None:
        root = html_tree(to_html(sheet_for(person)))

        ids = [id for element in root.iter() if (id := element.get("id"))]
        assert len(set(ids)) == len(ids)
        labelled = [
            element.get("aria-labelledby") for element in root.iter() if element.tag in ("section", "aside", "table")
        ]
        assert labelled
        assert set(labelled) <= set(ids)

    def test_nothing_is_loaded_and_nothing_runs(self, person: str) -> None:
        html = to_html(sheet_for(person))
        root = html_tree(html)

        assert not _LOADS & {element.tag for element in root.iter()}
        attributes = {(element.tag, name) for element in root.iter() for name in element.attrib}
        assert not [name for _, name in attributes if name.startswith("on") or name in ("src", "style", "srcset")]
        assert {tag for tag, name in attributes if name == "href"} <= {"a"}
        style = root.find("head/style")
        assert style is not None
        assert not re.search(r"url\(|@import|@font-face|expression", style.text or "")


def test_links_lead_to_sources_only_and_say_nothing_of_where_they_were_followed() -> None:
    sheet = sheet_for("large-b-cell-early-relapse")
    root = html_tree(to_html(sheet))

    links = list(root.iter("a"))
    assert [link.get("href") for link in links] == [one.url for one in sheet.sources if not one.url.startswith("urn:")]
    assert {urlsplit(link.get("href")).scheme for link in links} <= {"http", "https"}
    assert {link.get("rel") for link in links} == {"noreferrer"}
    assert [meta.get("content") for meta in root.iter("meta") if meta.get("name") == "referrer"] == ["no-referrer"]


def test_the_policy_allows_this_one_style_sheet_and_nothing_else() -> None:
    root = html_tree(to_html(sheet_for("adult-b-all")))
    style = root.find("head/style")
    assert style is not None
    hashed = b64encode(sha256((style.text or "").encode()).digest()).decode()

    (policy,) = [
        meta.get("content") for meta in root.iter("meta") if meta.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy == f"default-src 'none'; style-src 'sha256-{hashed}'; base-uri 'none'; form-action 'none'"


def test_the_page_has_language_title_landmarks_and_a_table_with_heads() -> None:
    sheet = sheet_for("earlier-car-t-urgent")
    root = html_tree(to_html(sheet))

    assert root.get("lang") == "en"
    assert root.findtext("head/title") == sheet.title == root.findtext(".//h1")
    assert [child.tag for child in root.find("body") or ()] == ["aside", "header", "main", "footer"]
    assert [head.get("scope") for head in root.iter("th")].count("col") == 2
    for row in root.iterfind(".//tbody/tr"):
        assert [(cell.tag, cell.get("scope")) for cell in row] == [("th", "row"), ("td", None)]


def test_words_from_outside_never_become_markup() -> None:
    answers = PEOPLE["multiple-myeloma-dialysis-review"]
    sound = sheet_of(screen(answers, as_of=DAY))
    hostile = sheet_of(screen(answers, hostile_set(), as_of=DAY))

    assert tags(hostile) == tags(sound)
    assert stands_in_order(facts(hostile), html_text(to_html(hostile))) == ""


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "urn:x:y", "file:///etc/passwd", " https://a.example"]
)
def test_an_address_that_is_none_of_the_web_is_no_link(url: str) -> None:
    sheet = sheet_for("adult-b-all")
    source = Source("A title", url, Verified.PRIMARY, DAY)
    (about, read) = sheet.small_print
    block = replace(read.blocks[0], numbered=((1, source),))
    changed = replace(sheet, small_print=(about, replace(read, blocks=(block,))))

    assert "a" not in tags(changed)


def test_a_sheet_of_another_therapy_and_one_of_nothing_are_pages_too() -> None:
    other = sheet_of(screen({"age_years": 60}, load_criteria(OTHER_THERAPY), as_of=DAY), not_needed=Answers())
    nothing = sheet_of(screen({}, as_of="1990-01-01"))

    for sheet in (other, nothing):
        assert stands_in_order(facts(sheet), html_text(to_html(sheet))) == ""
