"""The check that the words can be read by nearly everybody."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import textstat  # type: ignore[import-untyped]

from cart_screen.authoring.checks.audiences import overlays, read_by
from cart_screen.authoring.checks.check import Check, Found, Severity
from cart_screen.authoring.checks.material import Material
from cart_screen.authoring.checks.words import strings
from cart_screen.rules.references import escaped
from cart_screen.texts import Audience

HARDEST = 8
HARDEST_QUESTION = 6
# What has fewer words is a label; the formula means nothing for it.
_FEWEST = 5
_PAGE = ("heading", "headline", "hint", "lead", "why", "where", "says", "paragraphs", "text")
_PLAIN = "name"
# They are not read as they stand: they have words of their own, or name what others wrote.
_ELSEWHERE = ("names", "language", "audiences", "sources", "source")
_QUESTION = re.compile(r"/(questions|screens)/[^/]+$")


def _hard(material: Material) -> Iterator[Found]:
    """
    Find passages with a Flesch-Kincaid grade above 8, and questions above 6, by textstat.

    A passage is what stands together before a reader: a page (heading or headline, hint, why, where, or
    what a guidance says), the choices of one question, or else a single text. A heading, a choice or a
    paragraph without a full stop is a sentence of its own. Passages of fewer than five words are labels
    and pass. A question is the heading of a page that asks.

    Names of diseases, medicines and tests cannot be said more simply. A text file lists them under
    ``names``; each of them, and each number, counts as one plain word. Only English is graded: the
    formula is made for no other language. What a clinician reads is not graded.
    """
    for document, words in material.files.texts.items():
        if str(words.get("language", "")).split("-")[0] != "en":
            continue
        names = _pattern(words.get("names"))
        read = dict(passages(words))
        yield from _graded(document, read, names)
        for audience, own in overlays(words):
            if audience is not Audience.CLINICIAN:
                otherwise = passages(read_by(words, own))
                different = {place: page for place, page in otherwise if page != read.get(place)}
                yield from _graded(document, different, names, f"/audiences/{audience}")


def _graded(
    document: str, pages: Mapping[str, Sequence[str]], names: re.Pattern[str], place: str = ""
) -> Iterator[Found]:
    for pointer, sentences in pages.items():
        asked = sentences[:1] if _QUESTION.search(pointer) else ()
        for said, hardest in ((sentences, HARDEST), (asked, HARDEST_QUESTION)):
            text = " ".join(_sentence(sentence, names) for sentence in said)
            if len(text.split()) < _FEWEST or (grade := _grade(text)) <= hardest:
                continue
            yield Found(
                document,
                f"{place}{pointer}",
                f"reading grade {grade}, in {_beginning(said)}",
                f"use shorter sentences and shorter words, down to grade {hardest}; list names that cannot be said "
                "more simply under names",
            )


def _grade(text: str) -> float:
    return round(float(textstat.flesch_kincaid_grade(text)), 1)


def passages(words: Mapping[str, Any], pointer: str = "") -> Iterator[tuple[str, Sequence[str]]]:
    """Give what stands together before a reader, with its pointer."""
    is_page = any(key in words for key in ("heading", "headline"))
    if is_page:
        page = [text for key in _PAGE if key in words for _, text in strings(words[key])]
        yield pointer, page
    for key, value in words.items():
        place = f"{pointer}/{escaped(key)}"
        if (is_page and key in _PAGE) or key in _ELSEWHERE:
            continue
        if key == "options" or isinstance(value, list):
            yield place, [text for _, text in strings(value)]
        elif isinstance(value, Mapping):
            yield from passages(value, place)
        elif isinstance(value, str):
            yield place, [value]


def _pattern(names: Any) -> re.Pattern[str]:
    listed = [name for name in names if isinstance(name, str) and name] if isinstance(names, list) else []
    longest_first = sorted(listed, key=len, reverse=True)
    return re.compile(
        rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})(?!\w)" if listed else r"(?!)", re.IGNORECASE
    )


def _sentence(text: str, names: re.Pattern[str]) -> str:
    plain = re.sub(r"\d+(?:[.,]\d+)*|\{\w+\}", _PLAIN, names.sub(_PLAIN, text)).rstrip()
    return plain if plain.endswith((".", "?", "!")) else f"{plain}."


def _beginning(sentences: Sequence[str]) -> str:
    words = " ".join(sentences).split()
    return f'"{" ".join(words[:12])}{" ..." if len(words) > 12 else ""}"'


CHECKS = (
    Check(
        "reading-grade",
        Severity.ERROR,
        f"Every passage can be read at grade {HARDEST} or below, every question at grade {HARDEST_QUESTION}.",
        _hard,
    ),
)
