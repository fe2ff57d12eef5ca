"""Laying out words in the width of the terminal."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Callable, Iterator

from cart_screen.terminal.prompting import Page

_WIDEST = 88
_NARROWEST = 30


def width() -> int:
    """Give the width to write in: that of the terminal, but never so wide that lines are hard to read."""
    return max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size().columns))


def paragraph(text: str, first: str = "", then: str | None = None) -> str:
    """Wrap a paragraph; ``first`` begins its first line and ``then`` the others."""
    return textwrap.fill(
        text, width(), initial_indent=first, subsequent_indent=first if then is None else then,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def question_head(page: Page) -> str:
    """Give what stands above the answers of a question: topic, progress, heading, hint."""
    said = ["", paragraph(f"{page.topic}. {page.progress}"), "", paragraph(page.heading)]
    return "\n".join([*said, paragraph(page.hint)] if page.hint else said)


def underlined(text: str) -> Iterator[str]:
    """Give a heading as the eye finds it."""
    yield paragraph(text)
    yield "-" * min(len(text), width())


def spoken(text: str) -> Iterator[str]:
    """Give a heading as a voice reads it, without a line that it would spell out."""
    yield paragraph(text)


Heading = Callable[[str], Iterator[str]]
