"""The lines that show one set of answers under several criteria sets."""

from __future__ import annotations

from collections.abc import Iterator

from cart_screen.comparison import Comparison, UseDifference
from cart_screen.model import CriterionId
from cart_screen.terminal.layout import Heading, paragraph
from cart_screen.texts import Texts


def comparison(compared: Comparison, heading: Heading, language: str = "en") -> Iterator[str]:
    """Give the guidance under each criteria set, then every use that they do not read alike."""
    first, *_ = compared.screenings.values()
    texts = Texts(first.facts.criteria, language)
    for screening in compared.screenings.values():
        words = screening.words(language)
        yield from heading(screening.facts.criteria.title)
        if words.urgent:
            yield paragraph(f"{words.urgent[0]} {words.urgent[1]}", first="  ")
        for conflict in words.conflicts:
            yield paragraph(conflict, first="  - ", then="    ")
        yield paragraph(words.headline, first="  ")
        for title in words.products:
            yield paragraph(title, first="  - ", then="    ")
        yield ""
    yield from heading(texts.get("terminal", "comparison"))
    if not compared.differences:
        yield paragraph(texts.get("terminal", "comparison-same"))
    for use in compared.differences:
        yield paragraph(use.indication.title)
        for name, screening in compared.screenings.items():
            said = _said(use, name, texts)
            yield paragraph(f"{screening.facts.criteria.title}: {said}", first="    ", then="      ")
    yield ""
    yield paragraph(texts.get("terminal", "compared").format(date=compared.as_of.isoformat()))
    yield paragraph(texts.get("terminal", "closing"))


def _said(use: UseDifference, name: str, texts: Texts) -> str:
    statuses = use.statuses[name]
    if statuses is None:
        return texts.get("terminal", "comparison-none")
    shown = use.criteria or tuple(CriterionId)
    return "; ".join(
        f"{texts.get('criteria', id, 'title')}: {texts.get('terminal', f'status-{statuses[id]}')}" for id in shown
    )
