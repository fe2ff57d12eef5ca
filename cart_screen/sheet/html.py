"""A sheet as one HTML document that needs nothing from outside and runs nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from cart_screen.model import Source
from cart_screen.nouns import assert_never
from cart_screen.sheet.html_document import html_document, html_text
from cart_screen.sheet.page import Block, Item, Items, Paragraph, Section, Sheet, Sources, Table
from cart_screen.sheet.plain import is_link

_STYLE = Path(__file__).with_name("page.css").read_text("utf-8")


def to_html(sheet: Sheet) -> str:
    """Give a sheet as an HTML document, to read on a screen and to print."""
    body = (
        *_urgent(sheet),
        "<header>",
        f"<h1>{html_text(sheet.title)}</h1>",
        *(f"<p>{html_text(said)}</p>" for said in sheet.opening),
        "</header>",
        "<main>",
        *_sections(sheet, sheet.first),
        '<div class="body">',
        *_sections(sheet, sheet.body),
        "</div>",
        "</main>",
        "<footer>",
        *_sections(sheet, sheet.small_print),
        "</footer>",
    )
    return html_document(sheet.title, sheet.language, _STYLE, body)


def _urgent(sheet: Sheet) -> Iterator[str]:
    if sheet.urgent:
        headline, text = sheet.urgent
        yield '<aside class="urgent" aria-labelledby="urgent">'
        yield f'<p id="urgent"><strong>{html_text(headline)}</strong></p>'
        yield f"<p>{html_text(text)}</p>"
        yield "</aside>"


def _sections(sheet: Sheet, sections: Iterable[Section]) -> Iterator[str]:
    for section in sections:
        yield f'<section class="{section.id}" aria-labelledby="{section.id}">'
        yield f'<h2 id="{section.id}">{html_text(section.heading)}</h2>'
        for block in section.blocks:
            yield from _block(sheet, section, block)
        yield "</section>"


def _block(sheet: Sheet, section: Section, block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text=text):
            yield f"<p>{html_text(text)}</p>"
        case Items(entries=entries, lead=lead):
            if lead:
                yield f'<p class="lead">{html_text(lead)}</p>'
            yield "<ul>"
            yield from (f"<li>{_item(sheet, item)}</li>" for item in entries)
            yield "</ul>"
        case Table(heads=heads, rows=rows):
            yield f'<table aria-labelledby="{section.id}">'
            columns = "".join(f'<th scope="col">{html_text(head)}</th>' for head in heads)
            yield f"<thead><tr>{columns}</tr></thead>"
            yield "<tbody>"
            for row in rows:
                cell = "; ".join(_answer(item) for item in row.entries)
                yield f'<tr><th scope="row">{html_text(row.head)}</th><td>{cell}</td></tr>'
            yield "</tbody></table>"
        case Sources(checked=checked, numbered=numbered):
            yield f"<p>{html_text(checked)}</p>"
            yield "<ul>"
            yield from (f"<li>[{number}] {_source(source)}</li>" for number, source in numbered)
            yield "</ul>"
        case _:
            assert_never(block)


def _item(sheet: Sheet, item: Item) -> str:
    # Each run of text has its own element: WeasyPrint 70 breaks a line after the first word of a bare one beside them.
    label = f"<strong>{html_text(item.label)}:</strong> " if item.label else ""
    cited = f' <span class="cited">{numbers}</span>' if (numbers := sheet.cited(item)) else ""
    return f"{label}<span>{html_text(item.text)}</span>{cited}"


def _answer(item: Item) -> str:
    label = f"<span>{html_text(item.label)}:</span> " if item.label else ""
    return f"{label}<b>{html_text(item.text)}</b>"


def _source(source: Source) -> str:
    title = html_text(source.title)
    return f'<a href="{html_text(source.url)}" rel="noreferrer">{title}</a>' if is_link(source.url) else title
