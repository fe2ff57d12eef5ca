"""The Markdown of a sheet: the same facts as the HTML, and no word of it becomes markup."""

from __future__ import annotations

import pytest
import strategies
from hypothesis import given
from hypothesis import strategies as st

from cart_screen import screen
from cart_screen.nouns import replace
from cart_screen.sheet.content import sheet_of
from cart_screen.sheet.html import to_html
from cart_screen.sheet.markdown import to_markdown
from cart_screen.sheet.page import Item, Items, Paragraph, Row, Section, Sheet, Table

from .hostile import MARKUP, STARTS, hostile_set
from .reading import (
    DAY,
    MARKDOWN,
    PEOPLE,
    facts,
    html_text,
    markdown_text,
    sheet_for,
    squeezed,
    stands_in_order,
    tokens,
)

_PIECES = [
    *"\\`*_{}[]<>()#+-.!|~^$@&=:;'\"/ \t\n\r\x00\x85\xa0\u2028\u202e",
    "a",
    "1",
    "12",
    "www.",
    "http://",
    "&lt",
    "```",
]
_TEXTS = st.lists(st.sampled_from((*_PIECES, *STARTS)), max_size=12).map("".join) | st.text(max_size=20)


def kinds(sheet: Sheet) -> list[str]:
    # An escaped letter is a token of its own.
    return [token.type for token in tokens(to_markdown(sheet)) if token.type not in ("text", "text_special")]


@pytest.mark.parametrize("person", PEOPLE)
def test_it_says_exactly_what_the_page_says(person: str) -> None:
    sheet = sheet_for(person)
    said = markdown_text(to_markdown(sheet))

    assert stands_in_order(facts(sheet), said) == ""
    assert squeezed(said) == squeezed(html_text(to_html(sheet)))


def test_one_title_then_sections_and_a_table() -> None:
    opened = [token.tag for token in tokens(to_markdown(sheet_for("adult-b-all"))) if token.type == "heading_open"]

    assert opened[0] == "h1"
    assert set(opened[1:]) == {"h2"}
    assert kinds(sheet_for("adult-b-all")).count("table_open") == 1


def test_words_from_outside_never_become_markup() -> None:
    answers = PEOPLE["multiple-myeloma-dialysis-review"]
    sound = sheet_of(screen(answers, as_of=DAY))
    hostile = sheet_of(screen(answers, hostile_set(), as_of=DAY))

    assert kinds(hostile) == kinds(sound)
    assert stands_in_order(facts(hostile), markdown_text(to_markdown(hostile))) == ""


def test_only_addresses_of_the_web_are_links() -> None:
    sheet = sheet_for("adult-b-all")

    links = [token.attrs["href"] for token in tokens(to_markdown(sheet)) if token.type == "link_open"]
    assert len(links) == len([one for one in sheet.sources if not one.url.startswith("urn:")])
    assert all(str(link).startswith(("http://", "https://")) for link in links)


@given(text=_TEXTS, label=_TEXTS)
@strategies.examples(100)
def test_any_text_is_read_back_as_it_was_wherever_it_stands(text: str, label: str) -> None:
    text, label = (f"{one}." if not squeezed(one) else one for one in (text, label))
    item = Item(text, label)
    blocks = (Paragraph(text), Items((Item(text), item)), Table((text, label), (Row(label, (item, Item(text))),)))
    section = Section("x", text, blocks)
    sheet = Sheet("en", text, (label, text), (text,), (section,), (), (), ())
    plain = replace(
        sheet, title="x", urgent=("x", "x"), opening=("x",),
        first=(Section("x", "x", (Paragraph("x"), Items((Item("x"), Item("x", "x"))),
                                  Table(("x", "x"), (Row("x", (Item("x", "x"), Item("x"))),)))),),
    )  # fmt: skip

    assert squeezed(markdown_text(to_markdown(sheet))) == squeezed(html_text(to_html(sheet)))
    assert [token.type for token in MARKDOWN.parse(to_markdown(sheet))] == [
        token.type for token in MARKDOWN.parse(to_markdown(plain))
    ]


def test_markup_at_the_beginning_of_a_line_stays_text() -> None:
    for start in STARTS:
        sheet = Sheet("en", start + "x", None, (start + MARKUP,), (), (), (), ())

        assert [token.type for token in tokens(to_markdown(sheet)) if token.type.endswith("_open")] == [
            "heading_open",
            "paragraph_open",
        ]
