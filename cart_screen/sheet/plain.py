"""What every form of a sheet does to text that may come from outside."""

from __future__ import annotations

import unicodedata

# What shows nothing and can break a page, a line or an encoding: controls, halves of characters, line separators.
_BROKEN = ("Cc", "Cs", "Zl", "Zp")


def plain(text: str) -> str:
    """Give a text on one line, without space around it and with no character that a page cannot hold."""
    shown = "".join(" " if unicodedata.category(letter) in _BROKEN else letter for letter in text)
    # Not split(): a space that holds two words together is none of these.
    return " ".join(word for word in shown.split(" ") if word).strip()


def is_link(url: str) -> bool:
    """Tell whether an address can be opened from a page; one of this project (``urn:``) only names."""
    return url.startswith(("https://", "http://"))
