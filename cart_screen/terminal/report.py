"""Guidance and findings as lines of text."""

from __future__ import annotations

from collections.abc import Iterator

from cart_screen.api import Screening
from cart_screen.guidance import Because
from cart_screen.ladder import Code, Status
from cart_screen.model import CriterionId
from cart_screen.terminal.layout import Heading, paragraph
from cart_screen.texts import FindingWords, Texts, Words

# Where every label was compared the list of sources is long; --json has all of it.
_SOURCES_SHOWN = 8


def report(screening: Screening, texts: Texts, heading: Heading) -> Iterator[str]:
    """Give the lines that tell a person what to do next, and what it rests on."""
    words = screening.words(texts.language, texts.audience)
    if words.urgent:
        yield from heading(words.urgent[0])
        yield paragraph(words.urgent[1])
        yield ""
    if words.conflicts:
        yield from heading(texts.get("terminal", "conflicts"))
        for conflict in words.conflicts:
            yield paragraph(conflict, first="  - ", then="    ")
        yield ""
    yield from heading(texts.get("terminal", "result"))
    yield paragraph(words.headline)
    for said in words.says:
        yield ""
        yield paragraph(said)
    yield from _listed(texts, heading, _points_key(screening), words.points)
    if words.products:
        yield from _listed(texts, heading, "products", words.products)
        if words.more_uses_open:
            yield paragraph(texts.get("more-uses-note"))
        yield paragraph(texts.get("products-note"))
    yield from _findings(screening, words, texts, heading)
    yield from _needed(words, texts, heading)
    yield from _footer(screening, words, texts)


def indications(screening: Screening, texts: Texts, heading: Heading) -> Iterator[str]:
    """Give a line for every indication in force with the status of each of its five points."""
    yield ""
    yield from heading(texts.get("terminal", "indications"))
    for outcome in screening.indications:
        yield paragraph(outcome.indication.title)
        for id, status in outcome.statuses.items():
            said = texts.get("terminal", f"status-{status}")
            yield paragraph(f"{texts.get('criteria', id, 'title')}: {said}", first="    ")


def _points_key(screening: Screening) -> str:
    if screening.guidance.because in (Because.NEAR, Because.NEAR_TYPE_OPEN):
        return "points-near"
    return "points-review" if screening.guidance.code is Code.REVIEW else "points-incomplete"


def _findings(screening: Screening, words: Words, texts: Texts, heading: Heading) -> Iterator[str]:
    if not words.findings:
        return
    yield ""
    # Where no use is possible the other points are compared with nothing.
    shown = [said for said in words.findings if screening.findings[CriterionId(said.criterion)].relevant]
    yield from heading(texts.get("terminal", "findings" if len(shown) > 1 else "findings-one"))
    for number, finding in enumerate(shown, start=1):
        status = texts.get("terminal", "status-contested" if finding.contested else f"status-{finding.status}")
        yield paragraph(f"{finding.title}: {status}", first=f"{number}. ", then="   ")
        yield from _finding(finding, texts)


def _finding(finding: FindingWords, texts: Texts) -> Iterator[str]:
    told = finding.status is not Status.MET and not finding.contested
    explained = tuple(dict.fromkeys(finding.reasons.values())) if told else ()
    for said in explained or (finding.sentence,):
        yield paragraph(said, first="   ")
    if finding.because:
        rows = "; ".join(f"{row.label}: {row.value}" for row in finding.because)
        yield paragraph(f"{texts.get('terminal', 'because')}: {rows}.", first="   ")
    for caution in finding.cautions.values():
        yield paragraph(f"{texts.get('terminal', 'cautions')}: {caution}", first="   ")
    if finding.sources and finding.status is not Status.UNKNOWN:
        titles = list(dict.fromkeys(source.title for source in finding.sources))
        more = texts.get("terminal", "more-sources").format(count=len(titles) - _SOURCES_SHOWN)
        said = "; ".join([*titles[:_SOURCES_SHOWN], more] if len(titles) > _SOURCES_SHOWN else titles)
        yield paragraph(f"{texts.get('terminal', 'sources')}: {said}.", first="   ")
        yield paragraph(f"{texts.get('terminal', 'checked')}: {finding.checked}.", first="   ")


def _needed(words: Words, texts: Texts, heading: Heading) -> Iterator[str]:
    if not words.needed:
        return
    yield ""
    yield from heading(texts.get("still-needed", "heading"))
    yield paragraph(texts.get("still-needed", "lead"))
    for needed in words.needed:
        yield paragraph(f"{needed.label}. {needed.where}", first="  - ", then="    ")


def _footer(screening: Screening, words: Words, texts: Texts) -> Iterator[str]:
    facts = screening.facts
    yield ""
    read = texts.get("terminal", "criteria").format(title=facts.criteria.title, date=facts.as_of.isoformat())
    yield paragraph(" ".join(part for part in (read, words.not_signed_off, words.draft) if part))
    yield paragraph(texts.get("terminal", "closing"))


def _listed(texts: Texts, heading: Heading, key: str, entries: tuple[str, ...]) -> Iterator[str]:
    if not entries:
        return
    yield ""
    yield from heading(texts.get("terminal", key))
    for entry in entries:
        yield paragraph(entry, first="  - ", then="    ")
