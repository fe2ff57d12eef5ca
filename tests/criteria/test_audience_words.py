"""The words to a parent and to a clinician: whole, in their own voice, and saying what the patient is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest

from cart_screen.authoring.checks.audiences import CHECKS, overlays, read_by
from cart_screen.authoring.checks.material import gather
from cart_screen.authoring.checks.reading import HARDEST, HARDEST_QUESTION
from cart_screen.authoring.checks.sources import NEVER_CITED
from cart_screen.catalog.directory import own_criteria
from cart_screen.texts import Audience

from .documents import strings, words
from .test_words import QUESTIONS, SCREENS

WORDS = words()
OWN = dict(overlays(WORDS))
READ = {Audience.PATIENT: WORDS, **{audience: read_by(WORDS, own) for audience, own in OWN.items()}}
# What is shown to a person as a sentence about numbers that stand in the criteria.
NUMBERED = ("reasons", "cautions", "conflicts")
NUMBER = re.compile(r"\d+(?:\.\d+)?|\b(?:two|three|four)\b")
# "ibrutinib (Imbruvica)": the name of a drug, and a name that people know it by.
PAIR = re.compile(r"\b[a-z]+ \([A-Z][a-z]+\)")


def texts(node: Any, part: str) -> Iterator[tuple[str, str]]:
    """Give every text below a part of the words, with its place."""
    return strings(node.get(part, {}), part)


def at(node: Any, place: str) -> Any:
    """Give what stands at a place, or nothing."""
    for step in place.split("."):
        node = node.get(step) if isinstance(node, Mapping) else node[int(step)] if isinstance(node, list) else None
        if node is None:
            return None
    return node


def test_a_parent_and_a_clinician_have_words_of_their_own() -> None:
    assert set(OWN) == {Audience.CHILD, Audience.CLINICIAN}


def test_no_words_of_theirs_speak_to_the_patient_and_none_are_kept_for_nothing() -> None:
    material = gather(own_criteria(), None)

    assert [found for check in CHECKS for found in check.run(material)] == []


def test_a_clinician_reads_no_you_about_the_patient_or_the_guidance() -> None:
    parts = ("topics", "questions", "screens", "criteria", "guidance", "reasons", "cautions", "conflicts", "treatment")
    found = [text for part in parts for _, text in texts(READ[Audience.CLINICIAN], part)]

    assert len(found) > 500
    assert [text for text in found if re.search(r"(?i)\byou(r|rs)?\b", text)] == []


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_clinician_has_the_whole_of_each_question(question: str) -> None:
    own = OWN[Audience.CLINICIAN]["questions"][question]

    assert {"heading", "hint", "why", "where", "label"} <= set(own)
    if QUESTIONS[question]["type"] == "boolean":
        assert {"true", "false"} <= set(READ[Audience.CLINICIAN]["questions"][question]["options"])


@pytest.mark.parametrize("screen", SCREENS)
def test_a_clinician_has_the_whole_of_each_screen(screen: str) -> None:
    assert set(OWN[Audience.CLINICIAN]["screens"][screen]) == {"heading", "hint", "why", "where", "label"}
    assert all("tick" in OWN[Audience.CLINICIAN]["questions"][member] for member in SCREENS[screen])


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_parent_is_asked_about_the_child(question: str) -> None:
    heading = READ[Audience.CHILD]["questions"][question]["heading"]

    assert not re.search(r"(?i)\byou\b|\byour (?!child)", heading)
    if heading != WORDS["questions"][question]["heading"]:
        assert re.search(r"\b(your child|the doctors|the lab)\b", heading)


@pytest.mark.parametrize("audience", Audience)
def test_every_reader_is_told_the_same_numbers(audience: Audience) -> None:
    """What an audience reads of a reason, a caution or a conflict says the numbers that the patient reads."""
    differing = [
        (place, text)
        for part in NUMBERED
        for place, text in texts(WORDS, part)
        if set(NUMBER.findall(text)) != set(NUMBER.findall(at(READ[audience], place)))
    ]

    assert differing == []


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("code", WORDS["guidance"])
def test_guidance_sends_every_reader_to_a_specialist(code: str, audience: Audience) -> None:
    said = READ[audience]["guidance"][code]

    assert re.search(r"(?i)specialist|team|doctor", " ".join([said["headline"], *said["says"]]))


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("code", ["discuss-match", "discuss-label-match"])
def test_where_everything_lines_up_nobody_is_given_a_verdict(code: str, audience: Audience) -> None:
    said = " ".join(READ[audience]["guidance"][code]["says"])

    assert re.search(r"not an approval|no decision", said)


@pytest.mark.parametrize("audience", Audience)
def test_every_reader_is_told_the_same_signs_and_the_same_fever(audience: Audience) -> None:
    question = READ[audience]["questions"]["urgent_symptoms"]
    signs = ("100.4", "38.0", "seizure", "confus", "bleed", "pain", "leg", "bladder", "bowel", "chest pain")

    assert [sign for sign in signs if sign not in question["hint"].lower()] == []
    for kind in ("urgent", "urgent-after-car-t"):
        assert "now" in READ[audience][kind]["headline"].lower()
        assert "emergency" in READ[audience][kind]["text"].lower()


@pytest.mark.parametrize("audience", Audience)
def test_not_knowing_is_an_answer_for_every_reader(audience: Audience) -> None:
    assert READ[audience]["absent"]["asked-unknown"] == "I don't know"


def test_the_limits_of_reading_grade_are_those_that_were_asked_for() -> None:
    assert (HARDEST, HARDEST_QUESTION) == (8, 6)


@pytest.mark.parametrize("audience", Audience)
def test_a_name_that_people_know_a_drug_by_stands_with_its_source(audience: Audience) -> None:
    listed = {source["id"] for source in WORDS["sources"]}
    named = {
        question: said
        for question, said in READ[audience]["questions"].items()
        if any(PAIR.search(text) for _, text in strings(said))
    }

    assert len(named) >= 8
    for question, said in named.items():
        assert said.get("source"), question
        assert set(said["source"]) <= listed


@pytest.mark.parametrize("source", WORDS["sources"], ids=lambda source: source["id"])
def test_source_of_words_can_be_found_again(source: Mapping[str, str]) -> None:
    host = urlsplit(source["url"]).hostname or ""

    assert host
    assert not host.endswith(NEVER_CITED)
    assert date.fromisoformat(source["read"]) <= date(2026, 11, 23)
    assert source["verified"] in ("primary", "secondary")
