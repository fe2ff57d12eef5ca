"""Reading a sheet back: what stands in it, and what stands in each of its forms, found by a real parser."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import html5lib
import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token
from pypdf import PdfReader

from cart_screen import screen
from cart_screen.errors import ExtraMissing
from cart_screen.sheet.content import sheet_of
from cart_screen.sheet.errors import TextLibraryMissing
from cart_screen.sheet.page import Items, Paragraph, Section, Sheet, Sources, Table
from cart_screen.sheet.pdf import to_pdf
from cart_screen.sheet.plain import plain

ROOT = Path(__file__).parents[2]
OTHER_THERAPY = ROOT / "examples" / "other-therapy"
DAY = "2026-11-22"
PEOPLE: dict[str, dict[str, Any]] = {
    path.stem: json.loads(path.read_text("utf-8")) for path in sorted((ROOT / "examples" / "answers").glob("*.json"))
}

# As GitHub reads it, without what it links by itself: tables, and lines through words.
MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


@cache
def sheet_for(person: str) -> Sheet:
    """Give the sheet of one person of the examples."""
    return sheet_of(screen(PEOPLE[person], as_of=DAY))


@cache
def pdf_for(person: str) -> bytes:
    """Give the PDF of one person of the examples."""
    return pdf_of(sheet_for(person))


def pdf_of(sheet: Sheet) -> bytes:
    """Give the PDF of a sheet; skip where this machine cannot make one."""
    try:
        return to_pdf(sheet)
    except (ExtraMissing, TextLibraryMissing) as missing:
        # The extra `test` brings WeasyPrint; Pango is a library of the system, which pip cannot bring.
        pytest.skip(str(missing))  # what a machine lacks is no fault of the sheet; CI installs both


def sections(sheet: Sheet) -> dict[str, Section]:
    """Give the sections by their id."""
    return {section.id: section for section in (*sheet.first, *sheet.body, *sheet.small_print)}


def facts(sheet: Sheet) -> Iterator[str]:
    """Give every text that stands on a sheet, in order, but the heads of its table."""
    yield from sheet.urgent or ()
    yield sheet.title
    yield from sheet.opening
    for section in sections(sheet).values():
        yield section.heading
        for block in section.blocks:
            yield from _of_block(sheet, block)


def _of_block(sheet: Sheet, block: object) -> Iterator[str]:
    match block:
        case Paragraph(text=text):
            yield text
        case Items(entries=entries, lead=lead):
            yield lead
            for item in entries:
                yield from (item.label, item.text, sheet.cited(item))
        case Table(rows=rows):
            for row in rows:
                yield row.head
                for item in row.entries:
                    yield from (item.label, item.text)
        case Sources(checked=checked, numbered=numbered):
            yield checked
            for number, source in numbered:
                yield from (f"[{number}]", source.title)
        case _:
            raise AssertionError(block)


def section_texts(section: Section) -> list[str]:
    """Give the entries of the lists and the paragraphs of a section."""
    found: list[str] = []
    for block in section.blocks:
        match block:
            case Paragraph(text=text):
                found.append(text)
            case Items(entries=entries):
                found += [item.text for item in entries]
            case _:
                raise AssertionError(block)
    return found


def answer_rows(sheet: Sheet) -> dict[str, dict[str, str]]:
    """Give the table of answers: by topic, each label with its value."""
    (table,) = sections(sheet)["answers"].blocks
    assert isinstance(table, Table)
    return {row.head: {item.label or item.text: item.text for item in row.entries} for row in table.rows}


def squeezed(text: str) -> str:
    """Give a text without its spaces: forms break lines in different places."""
    return re.sub(r"\s", "", plain(text))


def stands_in_order(texts: Iterator[str], whole: str) -> str:
    """Give the first of some texts that does not stand in the whole after those before it; nothing where all do."""
    whole, place = squeezed(whole), 0
    for text in texts:
        found = whole.find(squeezed(text), place)
        if found < 0:
            return text
        place = found + len(squeezed(text))
    return ""


@cache
def html_tree(html: str) -> ElementTree.Element:
    """Give the root of a document, as a browser reads it; what is not well formed is an error."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)


def html_text(html: str) -> str:
    """Give what a reader of the page reads."""
    return "".join(html_tree(html).find("body").itertext())


def tokens(markdown: str) -> list[Token]:
    """Give every token of a Markdown document, those inside lines too."""
    found = []
    for token in MARKDOWN.parse(markdown):
        found += [token, *(token.children or ())]
    return found


def markdown_text(markdown: str) -> str:
    """Give what a reader of the rendered document reads."""
    html = MARKDOWN.render(markdown)
    return html_text(f"<!DOCTYPE html><title>x</title><body>{html}")


def pdf_reader(data: bytes) -> PdfReader:
    """Open a PDF."""
    return PdfReader(io.BytesIO(data), strict=True)


def pdf_text(data: bytes) -> str:
    """Give the text of a PDF, page after page, without the bullets: those of a page are drawn after its words."""
    return " ".join(page.extract_text() for page in pdf_reader(data).pages).replace("\N{BULLET}", "")
