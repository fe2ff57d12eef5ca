"""The sheet of a screening: which words stand on it, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cart_screen.answers.absent import AbsentReason
from cart_screen.answers.given import Answers
from cart_screen.api import Screening
from cart_screen.findings import Finding
from cart_screen.ladder import Status
from cart_screen.model import Source, Verified
from cart_screen.screening import Facts
from cart_screen.sheet.page import Item, Items, Paragraph, Row, Section, Sheet, Sources, Table
from cart_screen.sheet.treatment import treatment
from cart_screen.texts import Audience, FindingWords, Texts, Words
from cart_screen.version import VERSION

_NOTHING = Answers()

_Pairs = tuple[tuple[Finding, FindingWords], ...]


def sheet_of(
    screening: Screening,
    language: str = "en",
    audience: Audience = Audience.PATIENT,
    not_needed: Answers = _NOTHING,
) -> Sheet:
    """
    Give the sheet of a screening, for the appointment with a specialist.

    ``not_needed`` are answers that were given and no longer count: they are shown as such. The sheet is dated by
    the day that the screening was made for, so that the same screening always gives the same sheet.

    Raises
    ------
    LanguageUnknown
        When the criteria set has no words in that language.
    """
    facts = screening.facts
    texts = Texts(facts.criteria, language, audience)
    words = screening.words(language, audience)
    pairs = tuple(
        (finding, said)
        for finding, said in zip(screening.findings.values(), words.findings, strict=True)
        # Where no use is possible the other points are compared with nothing.
        if finding.relevant
    )
    body = (
        *_lines_up(pairs, words, texts),
        *_to_talk_about(pairs, words, texts),
        *_open(pairs, words, texts),
        *treatment(facts, texts),
    )
    sources = _numbered(body)
    return Sheet(
        language=language,
        title=texts.get("sheet", "title"),
        urgent=words.urgent,
        opening=(texts.get("sheet", "lead"), _compared(facts, words, texts)),
        first=(*_first(words, texts), *_answers(facts, texts, not_needed)),
        body=body,
        small_print=(_about(words, texts), _read(facts, sources, texts)),
        sources=sources,
    )


def _compared(facts: Facts, words: Words, texts: Texts) -> str:
    read = texts.get("sheet", "compared").format(title=facts.criteria.title, date=facts.as_of.isoformat())
    return " ".join(part for part in (read, words.not_signed_off, words.draft) if part)


def _first(words: Words, texts: Texts) -> Iterator[Section]:
    """Give what to do next, and the answers to check before."""
    yield Section("next", words.headline, tuple(Paragraph(said) for said in words.says))
    if words.conflicts:
        items = Items(tuple(Item(conflict) for conflict in words.conflicts))
        yield Section("conflicts", texts.get("sheet", "conflicts"), (items,))


def _answers(facts: Facts, texts: Texts, not_needed: Answers) -> Iterator[Section]:
    """Give every answer by topic, then what was asked and is not known, then what no longer counts."""
    dictionary = facts.criteria.reading.dictionary
    by_topic: dict[str, list[Item]] = {topic: [] for topic in dictionary.topics}
    unknown: list[Item] = []
    for id, question in dictionary.questions.items():
        if id in facts.answers.absent and facts.answers.absent[id] is AbsentReason.ASKED_UNKNOWN:
            unknown.append(Item(texts.get("questions", id, "label")))
        else:
            by_topic.setdefault(question.topic, []).extend(_answer(id, facts.answers, texts))
    rows = [Row(texts.get("topics", topic), tuple(items)) for topic, items in by_topic.items() if items]
    if unknown:
        rows.append(Row(texts.get("sheet", "not-known"), tuple(unknown)))
    past = tuple(item for id in dictionary.questions for item in _answer(id, not_needed, texts))
    if past:
        rows.append(Row(texts.get("sheet", "not-needed"), past))
    heads = (texts.get("sheet", "topic"), texts.get("sheet", "answer"))
    block = Table(heads, tuple(rows)) if rows else Paragraph(texts.get("sheet", "no-answers"))
    yield Section("answers", texts.get("sheet", "answers"), (block,))


def _answer(id: str, answers: Answers, texts: Texts) -> Iterator[Item]:
    label = texts.get("questions", id, "label") if id in answers.values or id in answers.absent else ""
    if id in answers.values:
        yield Item(texts.value(id, answers.values[id]), label)
    elif id in answers.absent and answers.absent[id] is not AbsentReason.NOT_ASKED:
        yield Item(texts.get("absent", answers.absent[id]), label)


def _lines_up(pairs: _Pairs, words: Words, texts: Texts) -> Iterator[Section]:
    """Give the points that line up, each with the answers that it rests on, and the uses that line up as a whole."""
    points = tuple(
        Item("; ".join(row.label for row in said.because) or said.sentence, said.title, finding.sources)
        for finding, said in pairs
        if finding.status is Status.MET and not said.contested
    )
    blocks: list[Items | Paragraph] = [Items(points)] if points else []
    if words.products:
        products = tuple(Item(product) for product in words.products)
        blocks.append(Items(products, texts.get("sheet", "products")))
        notes = [texts.get("more-uses-note")] if words.more_uses_open else []
        blocks.append(Paragraph(" ".join([*notes, texts.get("products-note")])))
    if blocks:
        yield Section("lines-up", texts.get("sheet", "lines-up"), tuple(blocks))


def _to_talk_about(pairs: _Pairs, words: Words, texts: Texts) -> Iterator[Section]:
    """Give the points that differ, with the reason; what the guidance names beside them; and the cautions."""
    decided = [(finding, said) for finding, said in pairs if not said.contested]
    differing = [(finding, said) for finding, said in decided if finding.status is Status.NOT_MET]
    entries = [Item(_reasons(said), said.title, finding.sources) for finding, said in differing]
    named = {reason for _, said in differing for reason in said.reasons.values()}
    entries += [Item(point) for point in dict.fromkeys(words.points) if point not in named]
    cautions = {
        caution.id: Item(said.cautions[caution.id], texts.get("sheet", "good-to-know"), caution.sources)
        for finding, said in pairs
        for caution in finding.cautions
    }
    entries += cautions.values()
    if entries:
        yield Section("to-talk-about", texts.get("sheet", "to-talk-about"), (Items(tuple(entries)),))


def _reasons(said: FindingWords) -> str:
    told = " ".join(dict.fromkeys(said.reasons.values())) or said.sentence
    answers = "; ".join(f"{row.label}: {row.value}" for row in said.because)
    return f"{told} ({answers})" if answers else told


def _open(pairs: _Pairs, words: Words, texts: Texts) -> Iterator[Section]:
    """Give the points that are still open, and what is still needed; what is found in one place stands together."""
    points = tuple(Item(said.title) for finding, said in pairs if finding.status is Status.UNKNOWN or said.contested)
    blocks: list[Items | Paragraph] = [Items(points, texts.get("sheet", "open"))] if points else []
    by_place: dict[str, list[str]] = {}
    for needed in words.needed:
        by_place.setdefault(needed.where, []).append(needed.label)
    if by_place:
        blocks.append(Paragraph(texts.get("still-needed", "lead")))
        blocks.append(Items(tuple(Item(where, "; ".join(labels)) for where, labels in by_place.items())))
    if blocks:
        yield Section("open", texts.get("still-needed", "heading"), tuple(blocks))


def _numbered(sections: Iterable[Section]) -> tuple[Source, ...]:
    """Give each source once, the best verified first, and then in the order in which they are cited."""
    cited = {
        source: None
        for section in sections
        for block in section.blocks
        if isinstance(block, Items)
        for item in block.entries
        for source in item.sources
    }
    return tuple(source for checked in Verified for source in cited if source.verified is checked)


def _about(words: Words, texts: Texts) -> Section:
    said = (texts.get("sheet", "private"), *words.intended_use)
    return Section("about", texts.get("sheet", "about"), tuple(Paragraph(one) for one in said))


def _read(facts: Facts, sources: tuple[Source, ...], texts: Texts) -> Section:
    """Give the sources by how well they were verified, and the documents that they were read through."""
    by_checked: dict[Verified, list[tuple[int, Source]]] = {}
    for number, source in enumerate(sources, start=1):
        by_checked.setdefault(source.verified, []).append((number, source))
    blocks = [
        Sources(texts.get("sheet", f"checked-{checked}"), tuple(numbered)) for checked, numbered in by_checked.items()
    ]
    made = texts.get("sheet", "made-by").format(version=VERSION)
    documents = Paragraph(f"{_documents(facts, texts)} {made}")
    return Section("sources", texts.get("sheet", "sources"), (*blocks, documents))


def _documents(facts: Facts, texts: Texts) -> str:
    """Name every document that was read, under its set and its version."""
    addresses = {
        address: None
        for outcome in facts.outcomes
        for criterion in outcome.indication.criteria.values()
        for address in (outcome.indication.document, *criterion.documents)
    }
    alike: dict[str, list[str]] = {}
    for address in addresses:
        *_, name_of_set, name, version = address.split(":")
        alike.setdefault(f"{name_of_set} {version}", []).append(name)
    read = [f"{version}: {', '.join(names)}" for version, names in alike.items()]
    answers = f"answers {facts.criteria.reading.dictionary.version}"
    return texts.get("sheet", "documents").format(documents="; ".join([*read, answers]))
