"""A sheet as one HTML document that needs nothing from outside and runs nothing."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256
from html import escape
from pathlib import Path

from cart_screen.model import Source
from cart_screen.nouns import assert_never
from cart_screen.sheet.page import Block, Item, Items, Paragraph, Section, Sheet, Sources, Table
from cart_screen.sheet.plain import is_link, plain

_STYLE = Path(__file__).with_name("page.css").read_text("utf-8")
_HASH = b64encode(sha256(_STYLE.encode()).digest()).decode()

# Nothing is loaded and nothing runs: only this one style sheet is allowed, by its hash.
_POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'"


def to_html(sheet: Sheet) -> str:
    """Give a sheet as an HTML document, to read on a screen and to print."""
    title = _text(sheet.title)
    lines = (
        "<!DOCTYPE html>",
        f'<html lang="{_text(sheet.language)}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        '<meta name="color-scheme" content="light dark">',
        f"<title>{title}</title>",
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
        *_urgent(sheet),
        "<header>",
        f"<h1>{title}</h1>",
        *(f"<p>{_text(said)}</p>" for said in sheet.opening),
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
        "</body>",
        "</html>",
        "",
    )
    return "\n".join(lines)


def _text(said: str) -> str:
    return escape(plain(said))


def _urgent(sheet: Sheet) -> Iterator[str]:
    if sheet.urgent:
        headline, text = sheet.urgent
        yield '<aside class="urgent" aria-labelledby="urgent">'
        yield f'<p id="urgent"><strong>{_text(headline)}</strong></p>'
        yield f"<p>{_text(text)}</p>"
        yield "</aside>"


def _sections(sheet: Sheet, sections: Iterable[Section]) -> Iterator[str]:
    for section in sections:
        yield f'<section class="{section.id}" aria-labelledby="{section.id}">'
        yield f'<h2 id="{section.id}">{_text(section.heading)}</h2>'
        for block in section.blocks:
            yield from _block(sheet, section, block)
        yield "</section>"


def _block(sheet: Sheet, section: Section, block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text=text):
            yield f"<p>{_text(text)}</p>"
        case Items(entries=entries, lead=lead):
            if lead:
                yield f'<p class="lead">{_text(lead)}</p>'
            yield "<ul>"
            yield from (f"<li>{_item(sheet, item)}</li>" for item in entries)
            yield "</ul>"
        case Table(heads=heads, rows=rows):
            yield f'<table aria-labelledby="{section.id}">'
            columns = "".join(f'<th scope="col">{_text(head)}</th>' for head in heads)
            yield f"<thead><tr>{columns}</tr></thead>"
            yield "<tbody>"
            for row in rows:
                cell = "; ".join(_answer(item) for item in row.entries)
                yield f'<tr><th scope="row">{_text(row.head)}</th><td>{cell}</td></tr>'
            yield "</tbody></table>"
        case Sources(checked=checked, numbered=numbered):
            yield f"<p>{_text(checked)}</p>"
            yield "<ul>"
            yield from (f"<li>[{number}] {_source(source)}</li>" for number, source in numbered)
            yield "</ul>"
        case _:
            assert_never(block)


def _item(sheet: Sheet, item: Item) -> str:
    # Each run of text has its own element: WeasyPrint 70 breaks a line after the first word of a bare one beside them.
    label = f"<strong>{_text(item.label)}:</strong> " if item.label else ""
    cited = f' <span class="cited">{numbers}</span>' if (numbers := sheet.cited(item)) else ""
    return f"{label}<span>{_text(item.text)}</span>{cited}"


def _answer(item: Item) -> str:
    label = f"<span>{_text(item.label)}:</span> " if item.label else ""
    return f"{label}<b>{_text(item.text)}</b>"


def _source(source: Source) -> str:
    title = _text(source.title)
    return f'<a href="{_text(source.url)}" rel="noreferrer">{title}</a>' if is_link(source.url) else title
