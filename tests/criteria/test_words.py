"""Everything that the shipped documents can lead to has words, and no word that people read gives a verdict."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest

from .documents import FIVE, dictionary, documents, sets, strings, walk, words

WORDS = words()
# The titles of sources name what others wrote.
TEXTS = [(place, text) for place, text in strings(WORDS) if "sources" not in place.split(".")]
QUESTIONS: Mapping[str, Mapping[str, Any]] = {
    id: body for id, body in dictionary()["properties"].items() if not body.get("x-internal")
}
SCREENS: Mapping[str, list[str]] = dictionary()["x-screens"]
OPTIONS = [
    (id, str(option).lower() if isinstance(option, bool) else str(option))
    for id, body in QUESTIONS.items()
    for option in (body.get("enum") or ([True, False] if body["type"] == "boolean" else []))
]
STATUSES = ("met", "not-met", "unknown")
# A test of a lab or of the blood is written in per cent; nothing else is.
LABORATORY_PER_CENT = re.compile(r"(?i)(LVEF|ejection fraction|oxygen|saturation)")
# DESIGN 2: never in words shown to a person.
VERDICTS = {
    "eligible": r"\b(in|non-?)?eligib\w*",
    "qualify": r"\b(dis)?qualif\w*",
    "approved for you": r"\bapproved for you\b",
    "you match": r"\byou (do not |don't )?match\b",
    "failed": r"\bfailed\b",
    "excluded": r"\bexclu(de|ded|des|ding|sion)\b",
    "rejected": r"\breject\w*",
    "not met": r"\bnot met\b",
    "score": r"\bscor(e|es|ed|ing)\b",
}
EFFICACY = re.compile(
    r"(?i)\b(remission|response|respond|surviv|cure|success|works? (for|in))\w*\b[^.]*\d"
    r"|\d+ (in|out of|of) (every )?\d+|\bodds\b|\bchance of\b|\blikely to (work|help)\b"
)


def keys(keyword: str) -> list[str]:
    """Give each name that the documents use under a keyword."""
    return sorted({part[keyword] for document in documents() for part in walk(document.body) if keyword in part})


def caution_ids() -> list[str]:
    """Give the id of each caution of every document."""
    return sorted(
        {
            caution["id"]
            for document in documents()
            for part in walk(document.body)
            for caution in part.get("x-cautions", ())
        }
    )


def has_words(*path: str) -> bool:
    """Tell whether there are words at a path."""
    found: Any = WORDS
    for step in path:
        if step not in found:
            return False
        found = found[step]
    return all(text.strip() for text in found) if isinstance(found, list) and found else bool(str(found).strip())


@pytest.mark.parametrize("part", ["heading", "why", "where", "label"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_question_has_its_wording_its_reason_and_where_to_look(question: str, part: str) -> None:
    assert has_words("questions", question, part)


@pytest.mark.parametrize(("question", "option"), OPTIONS, ids=[f"{id} {option}" for id, option in OPTIONS])
def test_option_has_words(question: str, option: str) -> None:
    assert has_words("questions", question, "options", option)


@pytest.mark.parametrize(
    "question",
    [id for id, body in QUESTIONS.items() if body["type"] == "number" and body["x-unit"]["code"] != "{multiple}"],
)
def test_measured_number_says_its_unit(question: str) -> None:
    assert has_words("questions", question, "unit")


@pytest.mark.parametrize("part", ["heading", "why", "where", "label"])
@pytest.mark.parametrize("screen", SCREENS)
def test_screen_of_several_questions_has_its_words(screen: str, part: str) -> None:
    assert has_words("screens", screen, part)


@pytest.mark.parametrize("question", [member for members in SCREENS.values() for member in members])
def test_question_of_a_screen_has_a_line_to_tick(question: str) -> None:
    assert has_words("questions", question, "tick")


@pytest.mark.parametrize("topic", dictionary()["x-topics"])
def test_topic_has_words(topic: str) -> None:
    assert has_words("topics", topic)


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("reason", keys("x-reason"))
def test_reason_has_words_for_each_status(reason: str, status: str) -> None:
    assert has_words("reasons", reason, status)


@pytest.mark.parametrize("caution", caution_ids())
def test_caution_has_words(caution: str) -> None:
    assert has_words("cautions", caution)


@pytest.mark.parametrize("conflict", dictionary()["x-consistency"])
def test_conflict_has_words(conflict: str) -> None:
    assert has_words("conflicts", conflict)


@pytest.mark.parametrize("part", ["title", *STATUSES])
@pytest.mark.parametrize("criterion", FIVE)
def test_criterion_has_words_for_each_status(criterion: str, part: str) -> None:
    assert has_words("criteria", criterion, part)


@pytest.mark.parametrize(
    "code",
    [
        "discuss-no-criteria", "discuss-match", "discuss-label-match", "discuss-review", "discuss-incomplete",
        "discuss-incomplete-conflict", "discuss-incomplete-type", "discuss-alternatives-disease",
        "discuss-alternatives-not-now", "discuss-alternatives-near", "discuss-alternatives-age",
    ],
)  # fmt: skip
def test_guidance_has_a_headline_and_says_what_to_do(code: str) -> None:
    assert has_words("guidance", code, "headline")
    assert has_words("guidance", code, "says")
    assert re.search(r"(?i)specialist|team|doctor", " ".join(WORDS["guidance"][code]["says"]))


@pytest.mark.parametrize("kind", ["urgent", "urgent-after-car-t"])
def test_urgent_symptoms_have_words_that_send_people_to_help_now(kind: str) -> None:
    assert has_words(kind, "headline")
    assert "now" in WORDS[kind]["headline"].lower()
    assert "emergency" in WORDS[kind]["text"].lower()


@pytest.mark.parametrize("reason", ["not-asked", "asked-unknown", "asked-declined", "not-applicable"])
def test_absent_reason_has_words(reason: str) -> None:
    assert has_words("absent", reason)


@pytest.mark.parametrize("verified", ["primary", "secondary", "unverified"])
def test_each_grade_of_verification_has_words(verified: str) -> None:
    assert has_words("verified", verified)


@pytest.mark.parametrize(("word", "pattern"), VERDICTS.items(), ids=VERDICTS)
def test_no_word_shown_gives_a_verdict(word: str, pattern: str) -> None:
    found = [(place, text) for place, text in TEXTS if re.search(pattern, text, re.IGNORECASE)]

    assert found == []


@pytest.mark.parametrize(("word", "pattern"), VERDICTS.items(), ids=VERDICTS)
def test_no_title_of_a_document_gives_a_verdict(word: str, pattern: str) -> None:
    """Titles of uses, criteria, conditions and cautions are shown; titles of sources name what others wrote."""
    shown = [
        str(part["title"])
        for document in documents()
        for part in walk(document.body, without=("x-examples", "x-sources"))
        if "title" in part
    ] + [str(body["title"]) for body in sets().values()]

    assert [title for title in shown if re.search(pattern, title, re.IGNORECASE)] == []


def test_no_per_cent_stands_in_words_but_for_a_laboratory_value() -> None:
    found = [(place, text) for place, text in TEXTS if re.search(r"\d ?%|\bper ?cent", text, re.IGNORECASE)]

    assert [(place, text) for place, text in found if not LABORATORY_PER_CENT.search(text)] == []


def test_no_word_speaks_of_how_well_it_works() -> None:
    assert [(place, text) for place, text in TEXTS if EFFICACY.search(text)] == []


def test_fever_limit_is_the_one_that_is_safe() -> None:
    """FACTS.md F1: 38.0 °C; pages with 101.4 °F or 105 °F were met and are not to be followed."""
    hint = WORDS["questions"]["urgent_symptoms"]["hint"]

    assert "100.4" in hint
    assert "38.0" in hint or "38 °C" in hint
    assert not [text for _, text in TEXTS if re.search(r"10[15]\.?4? ?°F", text)]


@pytest.mark.parametrize(
    "sign", ["fever", "breath", "chest pain", "faint", "confus", "seizure", "bleed", "pain", "leg", "bladder"]
)
def test_urgent_question_names_the_signs_of_the_facts(sign: str) -> None:
    assert sign in WORDS["questions"]["urgent_symptoms"]["hint"].lower()
