"""The data of a page: a criteria set on one day, lowered for the browser, with its words in one language."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from cart_screen.answers.dictionary import Question
from cart_screen.answers.ranges import range_in
from cart_screen.answers.ucum import printed
from cart_screen.answers.unit import Unit
from cart_screen.api import screen
from cart_screen.engines.browser.program import program_of
from cart_screen.errors import LanguageUnknown
from cart_screen.model import CriteriaSet, Source
from cart_screen.nouns import noun
from cart_screen.sheet.content import sheet_of
from cart_screen.sheet.page import Block, Items, Paragraph
from cart_screen.texts import SPEAKS_FOR_THEMSELVES, Audience, Texts

FORMAT = "cart-screen-page/1"

# What of the terminal's words a page says too; the others speak of keys and files.
TERMINAL = (
    "because", "cautions", "check", "check-right", "change-earlier", "checked", "closing", "conflict",
    "conflict-choose", "conflict-keep", "contested", "counts-again", "criteria", "conflicts", "findings",
    "findings-one", "indications", "no", "no-longer-needed", "none-of-the-others", "none-of-these", "next-complete",
    "others-not-known", "points-incomplete", "points-near", "points-review", "products", "progress",
    "progress-changed", "progress-last", "result", "set-aside", "settled", "settled-decided", "settled-open",
    "sources", "stays", "status-contested", "status-met", "status-not-met", "status-unknown", "title", "where", "why",
    "why-and-where", "wrong-comma", "wrong-number", "wrong-whole-number", "yes",
)  # fmt: skip

# What of a language no page shows, or what stands elsewhere in its data.
_LEFT_OUT = ("audiences", "batch", "language", "names", "treatment")

# The sections on the treatment that do not depend on the answers, and what is told of a source.
_TREATMENT = ("bring", "ask", "involves")
_OF_SOURCE = ("title", "url", "verified", "read")

_NO_UNIT = Unit("")


@noun
class PageData:
    """What a page needs of one criteria set in one language; ``document`` is plain JSON."""

    set: str
    language: str
    document: Mapping[str, Any]

    @property
    def file(self) -> str:
        """The name of the file that the component loads it from."""
        return f"cart-screen.{self.set}.{self.language}.js"

    @property
    def script(self) -> str:
        """The data as a script of ASCII letters, which means the same in a page of any encoding."""
        # No tag can end a script that it stands in: in JSON text the sign stands in strings only.
        text = json.dumps(self.document, separators=(",", ":"), allow_nan=False).replace("<", "\\u003c")
        return f"CartScreen.define({text});\n"


def page_data(criteria: CriteriaSet, as_of: date, language: str = "en") -> PageData:
    """
    Give the data of a page: the program of a criteria set as of a day, its words for every audience, and its units.

    Raises
    ------
    LanguageUnknown
        When the set has no words in that language.
    """
    chosen = criteria.on(as_of)
    if language not in chosen.texts:
        raise LanguageUnknown(language, sorted(chosen.texts))
    words = chosen.texts[language]
    overlays = words.get("audiences", {})
    document = {
        "format": FORMAT,
        "set": chosen.id,
        "language": language,
        "speaks_from": SPEAKS_FOR_THEMSELVES,
        "topics": list(chosen.reading.dictionary.topics),
        "units": {
            question.id: [_unit(question, unit, Texts(chosen, language)) for unit in question.units or (_NO_UNIT,)]
            for question in chosen.reading.dictionary.questions.values()
            if question.kind in ("integer", "number") and not question.choices and not question.internal
        },
        "words": _shown(words) | _told(chosen, as_of, language, Audience.PATIENT),
        "audiences": {
            str(audience): _shown(overlays.get(audience, {})) | _told(chosen, as_of, language, audience)
            for audience in Audience
        },
        "program": program_of(chosen, as_of),
    }
    return PageData(chosen.id, language, document)


def _shown(words: Mapping[str, Any]) -> dict[str, Any]:
    """Give those words of a language, or of an audience, that a page can show."""
    shown = {key: said for key, said in words.items() if key not in _LEFT_OUT}
    if "terminal" in shown:
        shown["terminal"] = {key: said for key, said in shown["terminal"].items() if key in TERMINAL}
    return shown


def _told(criteria: CriteriaSet, as_of: date, language: str, audience: Audience) -> dict[str, Any]:
    """Give what of a sheet is the same whatever the answers: the documents that were read, and the treatment."""
    sheet = sheet_of(screen({}, criteria, as_of), language, audience)
    small = {section.id: section for section in sheet.small_print}
    last = small["sources"].blocks[-1]
    assert isinstance(last, Paragraph), "a sheet ends with what was read"
    sections = [
        {"id": section.id, "heading": section.heading, "blocks": [_items(block) for block in section.blocks]}
        for section in sheet.body
        if section.id in _TREATMENT
    ]
    risks = list(_risks(criteria.texts[language].get("treatment"), Texts(criteria, language, audience)))
    return {"documents": last.text, "treatment": {"sections": sections, "risks": risks}}


def _items(block: Block) -> dict[str, Any]:
    assert isinstance(block, Items), "the treatment is told in lists"
    entries = [
        {"text": item.text, "label": item.label, "sources": [_source(source) for source in item.sources]}
        for item in block.entries
    ]
    return {"entries": entries, "lead": block.lead}


def _risks(words: Mapping[str, Any] | None, texts: Texts) -> Iterator[dict[str, Any]]:
    """Give the risks of all products, with the brands of those that belong to some: the answers say which are shown."""
    for id, said in words["risks"].items() if words else ():
        cited = (words["sources"][one] for one in said["source"]) if words else ()
        yield {
            "text": texts.get("treatment", "risks", id, "text"),
            "brands": list(said.get("brands", ())),
            "sources": [{key: source[key] for key in _OF_SOURCE} for source in cited],
        }


def _source(source: Source) -> dict[str, str]:
    return {key: str(getattr(source, key)) for key in _OF_SOURCE}


def _unit(question: Question, unit: Unit, texts: Texts) -> dict[str, str]:
    """Give a unit as people read it, with the limits of a question in it and a number between them."""
    low, high = range_in(question.minimum or 0, 999_999 if question.maximum is None else question.maximum, unit) or (
        "",
        "",
    )
    between = float(low) + (float(high) - float(low)) / 4
    whole = question.kind == "integer" or between >= 10
    own = texts.find("questions", question.id, "unit") if unit == (question.units or (unit,))[0] else ""
    return {
        "label": own or printed(unit.code),
        "low": low,
        "high": high,
        "example": f"{int(between)}" if whole else f"{between:.1f}",
    }
