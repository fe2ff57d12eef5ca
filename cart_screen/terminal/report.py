"""Guidance and findings as lines of text."""

from __future__ import annotations

from collections.abc import Iterator

from cart_screen.api import Screening
from cart_screen.guidance import Because
from cart_screen.ladder import Code, Status
from cart_screen.terminal.layout import paragraph, width
from cart_screen.texts import FindingWords, Texts, Words


def report(screening: Screening, texts: Texts) -> Iterator[str]:
    """Give the lines that tell a person what to do next, and what it rests on."""
    words = screening.words(texts.language)
    if words.urgent:
        yield from _heading(words.urgent[0].upper())
        yield paragraph(words.urgent[1])
        yield ""
    yield from _heading(texts.get("terminal", "result"))
    yield paragraph(words.headline)
    for said in words.says:
        yield ""
        yield paragraph(said)
    yield from _listed(texts, "conflicts", words.conflicts)
    yield from _listed(texts, _points_key(screening), words.points)
    if words.products:
        yield from _listed(texts, "products", words.products)
        yield paragraph(texts.get("products-note"))
    yield from _findings(words, texts)
    yield from _needed(words, texts)
    yield from _footer(screening, words, texts)


def indications(screening: Screening, texts: Texts) -> Iterator[str]:
    """Give a line for every indication in force with the status of each of its five points."""
    yield from _heading(texts.get("terminal", "indications"))
    for outcome in screening.indications:
        yield paragraph(outcome.indication.title)
        for id, status in outcome.statuses.items():
            said = texts.get("terminal", f"status-{status}")
            yield paragraph(f"{texts.get('criteria', id, 'title')}: {said}", first="    ")


def _points_key(screening: Screening) -> str:
    if screening.guidance.because in (Because.NEAR, Because.NEAR_TYPE_OPEN):
        return "points-near"
    return "points-review" if screening.guidance.code is Code.REVIEW else "points-incomplete"


def _findings(words: Words, texts: Texts) -> Iterator[str]:
    if not words.findings:
        return
    yield ""
    yield from _heading(texts.get("terminal", "findings"))
    for number, finding in enumerate(words.findings, start=1):
        status = texts.get("terminal", f"status-{finding.status}")
        yield paragraph(f"{finding.title}: {status}", first=f"{number}. ", then="   ")
        yield from _finding(finding, texts)


def _finding(finding: FindingWords, texts: Texts) -> Iterator[str]:
    for reason in finding.reasons or (finding.sentence,):
        yield paragraph(reason, first="   ")
    if finding.because:
        said = "; ".join(f"{row.label}: {row.value}" for row in finding.because)
        yield paragraph(f"{texts.get('terminal', 'because')}: {said}.", first="   ")
    for caution in finding.cautions:
        yield paragraph(f"{texts.get('terminal', 'cautions')}: {caution}", first="   ")
    if finding.sources and finding.status is not Status.UNKNOWN:
        titles = "; ".join(dict.fromkeys(source.title for source in finding.sources))
        yield paragraph(f"{texts.get('terminal', 'sources')}: {titles}.", first="   ")
        yield paragraph(f"{texts.get('terminal', 'checked')}: {finding.checked}.", first="   ")


def _needed(words: Words, texts: Texts) -> Iterator[str]:
    if not words.needed:
        return
    yield ""
    yield from _heading(texts.get("still-needed", "heading"))
    yield paragraph(texts.get("still-needed", "lead"))
    for needed in words.needed:
        yield paragraph(f"{needed.label}. {needed.where}", first="  - ", then="    ")


def _footer(screening: Screening, words: Words, texts: Texts) -> Iterator[str]:
    facts = screening.facts
    yield ""
    read = texts.get("terminal", "criteria").format(title=facts.criteria.title, date=facts.as_of.isoformat())
    yield paragraph(" ".join(part for part in (read, words.not_signed_off, words.draft) if part))
    yield paragraph(texts.get("terminal", "closing"))


def _listed(texts: Texts, key: str, entries: tuple[str, ...]) -> Iterator[str]:
    if not entries:
        return
    yield ""
    yield from _heading(texts.get("terminal", key))
    for entry in entries:
        yield paragraph(entry, first="  - ", then="    ")


def _heading(text: str) -> Iterator[str]:
    yield paragraph(text)
    yield "-" * min(len(text), width())
