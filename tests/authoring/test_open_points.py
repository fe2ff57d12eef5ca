"""The page of what nobody has signed off or verified: nothing open is missing, nothing settled is on it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cart_screen.authoring.english_page import Line, page, plain
from cart_screen.authoring.open_points import open_points
from cart_screen.authoring.shelf import Found, Shelf, open_shelf, shelves

from .pages import ON

CARVYKTI = "urn:cart-screen:us-fda:carvykti-multiple-myeloma:2.0.0"
YESCARTA = "urn:cart-screen:us-fda:yescarta-large-b-cell-lymphoma:2.0.0"


def open_page(*shelf: Shelf, on: date = ON) -> list[Line]:
    return open_points(shelf, on)


def block(lines: list[Line], title: str) -> list[Line]:
    """Give what stands under a heading of one use or shared criterion, up to the next."""
    start = next(place for place, line in enumerate(lines) if line.text.startswith(title) and not line.depth)
    end = next((place for place in range(start + 1, len(lines)) if not lines[place].depth), len(lines))
    return lines[start:end]


def signed(node: Any) -> Any:
    """Give a document with every criterion signed off."""
    return {
        **node,
        "x-signed-off": "Dr. A",
        "$defs": {id: {**one, "x-signed-off": "Dr. A"} for id, one in node.get("$defs", {}).items()},
    }


def verified(node: Any, tag: str = "secondary") -> Any:
    """Give a document whose sources all have one tag."""
    return {**node, "x-sources": [{**source, "verified": tag} for source in node["x-sources"]]}


def with_documents(shelf: Shelf, documents: Mapping[str, Any]) -> Shelf:
    return replace(shelf, documents={**shelf.documents, **documents})


def numbered(lines: list[Line]) -> Iterator[tuple[str, str]]:
    """Give each numbered sentence without its references, which every page numbers anew."""
    for line in lines:
        if re.fullmatch(r"\d+(\.C?\d+)*|C\d+(\.\d+)*", line.mark):
            yield line.mark, re.sub(r" \[[^\]]*\]", "", line.text)


@pytest.mark.parametrize("address", [CARVYKTI, YESCARTA])
def test_nothing_is_signed_off_yet_so_each_own_line_of_a_use_is_there_under_its_number(address):
    shelf = open_shelf("us-fda")
    use = next(one for one in shelf.versions if one.document == address)
    found = dict(numbered(block(open_page(shelf), f"{use.id}, version {use.version}")))
    shown = dict(numbered(page(Found(shelf, address, use), ON)))

    assert set(found) <= set(shown)
    for mark, text in found.items():
        assert text == shown[mark] or text.endswith("its points stand under the shared criteria."), mark
    # What is missing stands under a shared criterion, which organ function is altogether.
    shared = [mark for mark, text in shown.items() if "shared criterion" in text]
    assert all(mark.startswith((*(f"{one}." for one in shared), "5.")) for mark in set(shown) - set(found))
    assert any("Earlier treatment against" in text for text in found.values())


def test_each_shared_criterion_stands_there_once_with_what_reads_it():
    lines = open_page(*shelves([]))
    titles = [
        line.text
        for line in lines
        if re.match(r"(fitness|organ-function|prior-lines|relapsed-refractory), ", line.text)
    ]

    assert len(titles) == len(set(titles)) == 4
    readers = [line.text for line in block(lines, "prior-lines, version 1.0.0") if line.text.startswith("Read in ")]
    assert [text.split(" by ")[0] for text in readers] == ["Read in us-fda", "Read in eu-ema", "Read in overview"]
    assert "kymriah-b-all" in readers[0]
    assert "kymriah-large-b-cell-lymphoma" not in readers[0]
    assert readers[0].endswith("the general reading.")


def test_an_assumed_date_and_an_unverified_kind_of_approval_are_named():
    shelf = open_shelf("us-fda")
    lines = open_page(shelf)
    assumed = [use for use in shelf.in_force(ON) if use.effective_note]
    unverified = [use for use in shelf.in_force(ON) if use.approval.verified == "unverified"]

    assert assumed
    assert unverified
    for use in assumed:
        said = plain(block(lines, f"{use.id}, version"))
        assert f"Date with an assumption: in force from {use.effective}. {use.effective_note}" in said
    for use in unverified:
        assert f"Kind of approval, not verified: {use.approval.kind}." in plain(block(lines, f"{use.id}, version"))
    text = plain(lines)
    assert text.count("Date with an assumption: ") == len(assumed)
    assert text.count("Kind of approval, not verified: ") == len(unverified)
    assert f"{len(assumed)} dates with an assumption." in text
    assert f"{len(unverified)} kinds of approval not verified." in text


def test_a_use_that_is_signed_off_and_verified_has_nothing_open():
    shelf = open_shelf("us-fda")
    use = next(one for one in shelf.versions if one.document == CARVYKTI)
    settled = with_documents(shelf, {CARVYKTI: verified(signed(shelf.documents[CARVYKTI]))})
    lines = block(open_page(settled), f"{use.id}, version")

    assert not list(numbered(lines))
    assert "Kind of approval, not verified: regular." in plain(lines)


def test_what_rests_on_an_unverified_source_stays_when_signed_off_and_keeps_its_number():
    shelf = open_shelf("us-fda")
    use = next(one for one in shelf.versions if one.document == YESCARTA)
    reviewed = with_documents(shelf, {YESCARTA: signed(shelf.documents[YESCARTA])})
    shown = page(Found(reviewed, YESCARTA, use), ON)
    unverified = {line.mark for line in shown if line.mark and re.search(r" \[[^\]]*unverified", line.text)}
    found = block(open_page(reviewed), f"{use.id}, version")
    conditions = {line.mark for line in found if line.mark[:1] not in ("", "[") and re.search(r" \[\d", line.text)}
    leaves = {mark for mark in conditions if not any(other.startswith(f"{mark}.") for other in conditions)}

    assert unverified
    assert unverified <= {line.mark for line in found}
    assert leaves <= unverified


def test_the_summary_counts_what_is_open():
    shelf = open_shelf("us-fda")
    lines = open_page(shelf)
    uses = shelf.in_force(ON)
    documents = {**shelf.documents}
    for use in uses:
        documents[use.document] = verified(signed(documents[use.document]))
    for address in shelf.shared:
        documents[address] = verified(signed(documents[address]))
    summary = re.search(r"Not signed off: (\d+) of (\d+) criteria", plain(lines))
    settled = plain(open_page(with_documents(shelf, documents)))

    assert summary
    assert summary[1] == summary[2]
    assert f"Not signed off: 0 of {summary[2]} criteria" in settled
    assert "Resting on a source that is not verified, or on none: 0 lines." in settled
    assert settled.count("Nothing is open.") >= len(shelf.shared)


def test_a_line_more_that_rests_on_an_unverified_source_is_counted():
    """Only "refractory to lenalidomide" cites that trial."""
    shelf = open_shelf("us-fda")
    document = shelf.documents[CARVYKTI]
    sources = [
        {**source, "verified": "unverified"} if source["id"] == "cartitude-4" else source
        for source in document["x-sources"]
    ]
    doubted = with_documents(shelf, {CARVYKTI: {**document, "x-sources": sources}})
    counts = [
        int(re.search(r"not verified, or on none: (\d+) lines?\.", plain(open_page(one)))[1])
        for one in (shelf, doubted)
    ]

    assert counts[1] == counts[0] + 1


def test_a_set_with_nothing_in_force_says_so():
    text = plain(open_page(open_shelf("us-fda"), on=date(2016, 1, 1)))

    assert "Nothing of this set is in force on 2016-01-01." in text


def test_a_document_of_another_directory_under_the_same_address_stands_by_itself():
    shelf = open_shelf("us-fda")
    address = "urn:cart-screen:shared:fitness:1.0.0"
    other = with_documents(shelf, {address: {**shelf.documents[address], "title": "Another reading"}})
    text = plain(open_page(shelf, other))

    assert text.count("fitness, version 1.0.0: Fit enough for treatment.") == 1
    assert text.count("fitness, version 1.0.0: Another reading.") == 1
    assert text.count("organ-function, version 1.0.0: ") == 1
