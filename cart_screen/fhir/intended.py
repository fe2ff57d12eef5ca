"""The intended use, as it is true of a form that somebody else shows."""

from __future__ import annotations

from cart_screen.texts import Texts


def intended_use(texts: Texts) -> tuple[str, ...]:
    """Give the paragraphs of the intended use, without the one that nothing is sent: a resource is there to be sent."""
    untrue = texts.find("web", "stays")
    paragraphs = texts.paragraphs("intended-use", "paragraphs")
    return (*(said for said in paragraphs if said != untrue), texts.get("intended-use", "regulatory-note"))
