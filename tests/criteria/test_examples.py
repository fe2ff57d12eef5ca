"""Every document's own examples hold, and they show each status of each criterion and both sides of each limit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest

from cart_screen import Finding, load_criteria, screen

from .documents import FIVE, Document, all_sources, dictionary, documents, holds, limits, sets, walk, words

DOCUMENTS = documents()
EXAMPLES = [
    (document, place, example)
    for document in DOCUMENTS
    for place, example in enumerate(document.body.get("x-examples", ()))
]
CRITERIA = [(document, criterion) for document in DOCUMENTS for criterion in document.criteria]
THRESHOLDS = [
    (document, question, keyword, number)
    for document in DOCUMENTS
    for question, keyword, number in sorted(limits({k: v for k, v in document.body.items() if k != "x-examples"}))
]
SOURCES = all_sources()
# FACTS.md, "Sources that must not be cited".
NEVER_CITED = ("winenfood.com", "eatsip365.com", "visualfoodie.com", "finanznachrichten.de", "droracle.ai")
# Where a label, a regulator, a registry or a guideline speaks for itself; the maker's own page repeats its label.
SPEAKS_FOR_ITSELF = (
    "fda.gov", "pagefreezer.com", "nih.gov", "cancer.gov", "clinicaltrials.gov", "ema.europa.eu", "novartis.com",
    "abecmahcp.com", "yescarta.com", "yescartahcp.com", "tecartus.com",
)  # fmt: skip


def findings(document: Document, answers: Mapping[str, Any]) -> dict[str, Finding]:
    """Read the criteria that a document states, of some answers."""
    if document.set:
        criteria = load_criteria(document.set)
        use = next(use for use in criteria.indications if use.document == document.body["$id"])
        stated = use.criteria
    else:
        criteria = load_criteria()
        stated = {id: point for id, point in criteria.general.items() if point.document == document.body["$id"]}
    facts = screen(answers, criteria=criteria, as_of="2026-11-22").facts
    return {str(id): facts.finding(point) for id, point in stated.items()}


@pytest.mark.parametrize(
    ("document", "place", "example"), EXAMPLES, ids=[f"{document.name}, {place}" for document, place, _ in EXAMPLES]
)
def test_example_of_a_document_holds(document: Document, place: int, example: Mapping[str, Any]) -> None:
    found = findings(document, example["answers"])

    assert example["expect"]
    assert {id: found[id].status for id in example["expect"]} == example["expect"]
    if "cautions" in example:
        assert [caution.id for id in example["expect"] for caution in found[id].cautions] == example["cautions"]


def test_every_caution_has_an_example_with_it_and_one_without() -> None:
    shown = {caution for _, _, example in EXAMPLES for caution in example.get("cautions", ())}
    held = {
        caution["id"]
        for document in DOCUMENTS
        for part in walk(document.body)
        for caution in part.get("x-cautions", ())
    }

    assert held == shown
    for document in DOCUMENTS:
        looked_at = [example for example in document.body.get("x-examples", ()) if "cautions" in example]
        own = [caution for part in walk(document.body) for caution in part.get("x-cautions", ())]
        for caution in own:
            assert any(caution["id"] not in example["cautions"] for example in looked_at), (
                document.name,
                caution["id"],
            )


@pytest.mark.parametrize(
    ("document", "criterion"), CRITERIA, ids=[f"{document.name}, {criterion}" for document, criterion in CRITERIA]
)
def test_criterion_has_an_example_of_each_status(document: Document, criterion: str) -> None:
    shown = {example["expect"].get(criterion) for example in document.body.get("x-examples", ())}

    assert {"met", "not-met", "unknown"} <= shown


@pytest.mark.parametrize(
    ("document", "question", "keyword", "number"),
    THRESHOLDS,
    ids=[f"{document.name}, {question} {keyword} {number}" for document, question, keyword, number in THRESHOLDS],
)
def test_limit_has_an_example_on_each_side(document: Document, question: str, keyword: str, number: float) -> None:
    given = [example["answers"].get(question) for example in document.body.get("x-examples", ())]
    sides = {holds(keyword, number, value) for value in given if value is not None}

    assert sides == {True, False}


@pytest.mark.parametrize("document", [d for d in DOCUMENTS if d.set], ids=lambda document: document.name)
def test_document_states_exactly_the_five_criteria_and_requires_them_all(document: Document) -> None:
    assert tuple(document.criteria) == FIVE
    assert [part["$ref"] for part in document.body["allOf"]] == [f"#/$defs/{criterion}" for criterion in FIVE]


@pytest.mark.parametrize(
    ("document", "criterion"), CRITERIA, ids=[f"{document.name}, {criterion}" for document, criterion in CRITERIA]
)
def test_criterion_has_a_title_and_a_source(document: Document, criterion: str) -> None:
    if document.set:
        uses = load_criteria(document.set).indications
        point = next(use for use in uses if use.document == document.body["$id"]).criteria[criterion]
    else:
        point = load_criteria().general[criterion]

    assert document.criteria[criterion]["title"].strip()
    assert point.sources


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_document_cites_only_sources_that_it_lists_and_each_once(document: Document) -> None:
    listed = [source["id"] for source in document.body["x-sources"]]
    cited = set()
    for part in walk(document.body):
        names = part.get("x-source", [])
        cited |= {names} if isinstance(names, str) else set(names)

    assert len(listed) == len(set(listed))
    assert cited <= set(listed)


@pytest.mark.parametrize(
    ("where", "source"), SOURCES, ids=[f"{where}, {source['title'][:40]}" for where, source in SOURCES]
)
def test_source_says_what_it_is_where_it_is_how_it_was_verified_and_when_it_was_read(
    where: str, source: Mapping[str, str]
) -> None:
    assert source["title"].strip()
    assert urlsplit(source["url"]).scheme in ("http", "https", "urn")
    assert source["verified"] in ("primary", "secondary", "unverified")
    assert date(2026, 1, 1) <= date.fromisoformat(source["read"]) <= date.today()


def test_no_source_is_one_that_must_not_be_cited() -> None:
    cited = [(where, source["url"]) for where, source in SOURCES if any(host in source["url"] for host in NEVER_CITED)]

    assert cited == []


def test_source_called_primary_is_a_label_a_regulator_a_registry_or_a_guideline() -> None:
    doubtful = [
        (where, source["url"])
        for where, source in SOURCES
        if source["verified"] == "primary" and source["url"].startswith("http")
        if not (urlsplit(source["url"]).hostname or "").endswith(SPEAKS_FOR_ITSELF)
    ]

    assert doubtful == []


def test_what_is_inferred_is_never_called_verified() -> None:
    called = {source["verified"] for _, source in SOURCES if ":inferred:" in source["url"]}

    assert called == {"unverified"}


def test_page_is_verified_the_same_wherever_it_is_cited() -> None:
    tags: dict[str, set[str]] = {}
    for _, source in SOURCES:
        # The three documents of the request are what the overview set is about; elsewhere they are pages like others.
        if not source["url"].startswith("urn:cart-screen:document:"):
            tags.setdefault(source["url"], set()).add(source["verified"])

    assert {url: found for url, found in tags.items() if len(found) > 1} == {}


def test_known_mistakes_of_public_code_lists_are_not_repeated() -> None:
    """FACTS.md: NCT03391466 is ZUMA-7, LOINC 89243-0 is Karnofsky and not ECOG."""
    texts = [text for _, source in SOURCES for text in [f"{source['title']} {source['url']}"]]
    codes = {question: str(body.get("x-codes", "")) for question, body in dictionary()["properties"].items()}

    assert all("ZUMA-7" in text for text in texts if "NCT03391466" in text)
    assert not [question for question, found in codes.items() if "89243-0" in found and question != "karnofsky"]
    assert "89243-0" not in codes["ecog"]


def test_set_lists_every_document_folder_it_holds() -> None:
    for name, body in sets().items():
        assert sorted(body["indications"]) == sorted({d.path.parent.name for d in DOCUMENTS if d.set == name})


def test_no_document_and_no_word_carries_an_efficacy_number() -> None:
    outcome = r"(remission|response|surviv|cure|success)"
    efficacy = re.compile(rf"(?i){outcome}[^.]{{0,40}}\d+ ?(%|percent|of \d)|\d+ ?(%|percent)[^.]{{0,40}}{outcome}")
    parts = [part for document in DOCUMENTS for part in walk(document.body)]
    texts = [str(part.get(key, "")) for part in parts for key in ("title", "description", "x-note")]

    assert not [text for text in [*texts, str(words())] if efficacy.search(text)]
