"""Laying out words in the width of the terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cart_screen.terminal.prompting import Page

_WIDEST = 88
_NARROWEST = 30
_UNKNOWN_WIDTH = 80

# A space that holds two words together is none of them.
_SPACES = str.maketrans(dict.fromkeys("\t\n\v\f\r", " "))


def width() -> int:
    """Give the width to write in: that of the terminal, but never so wide that lines are hard to read."""
    return max(_NARROWEST, min(_WIDEST, _columns()))


def _columns() -> int:
    """Give what the environment says (COLUMNS), else what the terminal says."""
    # As shutil.get_terminal_size does; that module costs a start as much as all the screening.
    said = os.environ.get("COLUMNS", "")
    if said.strip().isdecimal() and int(said) > 0:
        return int(said)
    if sys.__stdout__ is None:
        return _UNKNOWN_WIDTH
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or _UNKNOWN_WIDTH
    except (OSError, ValueError):
        # It is no terminal, or it is closed.
        return _UNKNOWN_WIDTH


def paragraph(text: str, first: str = "", then: str | None = None) -> str:
    """Wrap a paragraph; ``first`` begins its first line and ``then`` the others."""
    # As textwrap.fill does with long words and hyphens left whole, except that a run of spaces becomes one. That module
    # brings the regular expressions, which nothing else of a start needs.
    words = [word for word in text.translate(_SPACES).split(" ") if word]
    if not words:
        return ""
    widest = width()
    lines = [first + words[0]]
    for word in words[1:]:
        if len(lines[-1]) + 1 + len(word) <= widest:
            lines[-1] += f" {word}"
        else:
            lines.append((first if then is None else then) + word)
    return "\n".join(lines)


def question_head(page: Page) -> str:
    """Give what stands above the heading of a question: topic and progress."""
    return "\n".join(["", paragraph(f"{page.topic}. {page.progress}"), ""])


def underlined(text: str) -> Iterator[str]:
    """Give a heading as the eye finds it."""
    yield paragraph(text)
    yield "-" * min(len(text), width())


def spoken(text: str) -> Iterator[str]:
    """Give a heading as a voice reads it, without a line that it would spell out."""
    yield paragraph(text)


Heading = Callable[[str], Iterator[str]]
