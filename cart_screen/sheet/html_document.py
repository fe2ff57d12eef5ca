"""An HTML document that stands alone: its head, and the policy under which it loads nothing and runs nothing."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from html import escape

from cart_screen.sheet.plain import plain


def html_document(title: str, language: str, style: str, body: Iterable[str]) -> str:
    """Give a document from the lines of its body; of all styles it allows only its own sheet, by its hash."""
    policy = f"default-src 'none'; style-src {hash_source(style)}; base-uri 'none'; form-action 'none'"
    lines = (
        "<!DOCTYPE html>",
        f'<html lang="{html_text(language)}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        '<meta name="color-scheme" content="light dark">',
        f"<title>{html_text(title)}</title>",
        f"<style>{style}</style>",
        "</head>",
        "<body>",
        *body,
        "</body>",
        "</html>",
        "",
    )
    return "\n".join(lines)


def hash_source(text: str) -> str:
    """Give what a Content Security Policy calls a style or a script by: its hash, in quotes."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def html_text(said: str) -> str:
    """Give words as text of a document, on one line."""
    return escape(plain(said))
