"""A sheet as Markdown, in which no words from outside can become markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cart_screen.model import Source
from cart_screen.nouns import assert_never
from cart_screen.sheet.page import Block, Item, Items, Paragraph, Section, Sheet, Sources, Table
from cart_screen.sheet.plain import is_link, plain

# What is markup wherever it stands (CommonMark 0.31, and the tables and bare addresses of GitHub).
_ANYWHERE = re.compile(r"[\\`*_\[\]<>|~^$@#]|&(?=[#A-Za-z])|(?<=:)/(?=/)|(?<=www)\.", re.IGNORECASE)
# What is markup only where a line begins: lists and rules.
_AT_START = re.compile(r"^(?:(\d+)(?=[.)](?:\s|$))|(?=[-+](?!\w)))")

# In the address of a link, which stands between angle brackets.
_IN_ADDRESS = {"<": "%3C", ">": "%3E", "\\": "%5C"}


def to_markdown(sheet: Sheet) -> str:
    """Give a sheet as a Markdown document."""
    parts = (
        *_urgent(sheet),
        f"# {_text(sheet.title)}",
        *map(_text, sheet.opening),
        *(part for section in (*sheet.first, *sheet.body, *sheet.small_print) for part in _section(sheet, section)),
    )
    return "\n\n".join(parts) + "\n"


def _text(said: str) -> str:
    return _AT_START.sub(r"\1\\", _ANYWHERE.sub(r"\\\g<0>", plain(said)))


def _urgent(sheet: Sheet) -> Iterator[str]:
    if sheet.urgent:
        headline, text = sheet.urgent
        yield f"**{_text(headline)}**"
        yield _text(text)


def _section(sheet: Sheet, section: Section) -> Iterator[str]:
    yield f"## {_text(section.heading)}"
    for block in section.blocks:
        yield from _block(sheet, block)


def _block(sheet: Sheet, block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text=text):
            yield _text(text)
        case Items(entries=entries, lead=lead):
            if lead:
                yield _text(lead)
            yield "\n".join(f"- {_item(sheet, item)}" for item in entries)
        case Table(heads=heads, rows=rows):
            cells = [(_text(row.head), "; ".join(_answer(item) for item in row.entries)) for row in rows]
            yield "\n".join(_lines((tuple(map(_text, heads)), ("---", "---"), *cells)))
        case Sources(checked=checked, numbered=numbered):
            yield _text(checked)
            yield "\n".join(f"- {_text(f'[{number}]')} {_source(source)}" for number, source in numbered)
        case _:
            assert_never(block)


def _lines(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    return (f"| {' | '.join(cells)} |" for cells in rows)


def _item(sheet: Sheet, item: Item) -> str:
    label = f"**{_text(item.label)}:** " if item.label else ""
    return " ".join(part for part in (label + _text(item.text), _text(sheet.cited(item))) if part)


def _answer(item: Item) -> str:
    return f"{_text(item.label)}: **{_text(item.text)}**" if item.label else f"**{_text(item.text)}**"


def _source(source: Source) -> str:
    title = _text(source.title)
    if not is_link(source.url):
        return title
    address = "".join(_IN_ADDRESS.get(letter, letter) for letter in plain(source.url))
    return f"[{title}](<{address}>)"
