"""Every shipped document as a page, and pages of documents made up for a test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from cart_screen.authoring.english import Point, Reviewer
from cart_screen.authoring.english_page import Line, References, lines_of, page
from cart_screen.authoring.english_words import Wording
from cart_screen.authoring.shelf import Found, Shelf, shelves
from cart_screen.catalog.loading import own_set
from cart_screen.rules.derivations import Reading
from cart_screen.texts import Texts

ON = date(2026, 11, 22)
MADE_UP = "urn:test:made-up:1.0.0"
SOURCES = [
    {"id": "label", "title": "The label", "url": "urn:test:label", "verified": "primary", "read": "2026-11-22"},
    {"id": "rumour", "title": "A rumour", "url": "urn:test:rumour", "verified": "unverified", "read": "2026-11-22"},
]


@cache
def every_document() -> tuple[Found, ...]:
    """Give every version of every use that ships, and every shared criterion."""
    found = [Found(shelf, use.document, use) for shelf in shelves([]) for use in shelf.versions]
    return (*found, *(Found(shelves([])[0], address, None) for address in shelves([])[0].shared))


@cache
def page_of(address: str) -> tuple[Line, ...]:
    """Give the page of a shipped document."""
    return tuple(page(next(one for one in every_document() if one.address == address), ON))


def made_up(
    document: Mapping[str, Any], reading: Reading | None = None, words: Mapping[str, Any] | None = None
) -> Shelf:
    """Give a shelf with one document, read with the shipped dictionary and words, or others."""
    own = own_set("us-fda")
    criteria = replace(own, reading=reading or own.reading, earlier=(), texts={"en": words} if words else own.texts)
    return Shelf(criteria, {MADE_UP: {"x-sources": SOURCES, **document}}, frozenset())


def point_and_wording(shelf: Shelf, address: str = MADE_UP) -> tuple[Point, Wording]:
    """Give what a document says as a point, and the words that it says it in."""
    wording = Wording(shelf.reading(address), Texts(shelf.criteria))
    return Reviewer(shelf, wording).point(shelf.tree(address)), wording


def said(document: Mapping[str, Any], **others: Any) -> list[str]:
    """Give the lines that a made-up criterion is printed as, each indented by its depth."""
    shelf = made_up(document, **others)
    point, _ = point_and_wording(shelf)
    return ["  " * line.depth + f"{line.mark} {line.text}".strip() for line in lines_of(point, References(shelf))]
