"""Checks of where the points of the criteria come from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from cart_screen.answers.scalars import written
from cart_screen.authoring.checks.check import Check, Found, Severity
from cart_screen.authoring.checks.files import Documents
from cart_screen.authoring.checks.material import Material
from cart_screen.authoring.checks.stated import Stated, cited
from cart_screen.authoring.checks.tree import Node
from cart_screen.model import Verified
from cart_screen.rules.schema import Limit, Reference, ValueIn

# Pages that were found to invent or swap facts, to name an unsafe fever limit, or to be written by a machine.
NEVER_CITED = (
    "winenfood.com", "eatsip365.com", "visualfoodie.com", "finanznachrichten.de", "droracle.ai", "pvhomed.com",
)  # fmt: skip


def entries(document: str, raw: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Give each source of a document or of a note of a set, with its pointer."""
    lists = [("/x-sources", raw.get("x-sources"))]
    notes = raw.get("notes")
    for position, note in enumerate(notes if isinstance(notes, list) else ()):
        if isinstance(note, Mapping):
            lists.append((f"/notes/{position}/sources", note.get("sources")))
    for pointer, found in lists:
        for position, entry in enumerate(found if isinstance(found, list) else ()):
            if isinstance(entry, Mapping):
                yield f"{pointer}/{position}", entry


def _without_source(material: Material) -> Iterator[Found]:
    """
    Find criteria and conditions that cite no source.

    A condition is covered by a source that it cites, or that anything around it cites inside its
    criterion. What a criterion refers to elsewhere is covered there.
    """
    for stated in material.stated:
        uncovered = [node.schema.pointer for node in stated.nodes if _is_bare(node)]
        covered = any(cited(node.schema.notes) for node in stated.nodes) or _refers(stated)
        if not covered and stated.sound:
            yield Found(
                stated.document,
                stated.pointer,
                f"the criterion {stated.id} without a source",
                "cite in x-source at least one entry of x-sources in which the point was read",
            )
        elif covered:
            for pointer in uncovered:
                yield Found(
                    stated.document,
                    pointer,
                    "a condition for which neither it nor anything around it cites a source",
                    "cite in x-source, here or around it, the entry of x-sources in which it was read",
                )


def _is_bare(node: Node) -> bool:
    asks = node.question is not None and any(isinstance(one, Limit | ValueIn) for one in node.schema.keywords)
    return asks and not any(cited(part.schema.notes) for part in node.chain)


def _refers(stated: Stated) -> bool:
    return any(isinstance(keyword, Reference) for node in stated.nodes for keyword in node.schema.keywords)


def _without_tag(material: Material) -> Iterator[Found]:
    tags = [str(tag) for tag in Verified]
    for document, pointer, entry in _all_entries(material):
        if entry.get("verified") not in tags:
            yield Found(
                document,
                f"{pointer}/verified",
                f"the tag {written(entry['verified'])}" if "verified" in entry else "a source without a tag",
                "say how well it was verified: primary (label, regulator, registry or guideline text was read), "
                "secondary (a copy, trade news or a review was read) or unverified",
            )


def _never_to_be_cited(material: Material) -> Iterator[Found]:
    for document, pointer, entry in _all_entries(material):
        host = _host(entry.get("url"))
        if any(host == never or host.endswith(f".{never}") for never in NEVER_CITED):
            yield Found(
                document,
                f"{pointer}/url",
                f"{host}, whose pages were found to be wrong",
                "cite the label, the regulator or another source that was read",
            )


def _all_entries(material: Material) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    files = material.files
    documents: Documents = {**files.descriptions, **files.criteria, **files.dictionaries}
    for document, raw in documents.items():
        for pointer, entry in entries(document, raw):
            yield document, pointer, entry
    for document, raw in files.texts.items():
        for pointer, entry in _of_words(raw):
            yield document, pointer, entry


def _of_words(raw: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Give each source that words rest on: the list of a text file, and what its words on the treatment name by id."""
    listed = raw.get("sources")
    treatment = raw.get("treatment")
    named = treatment.get("sources") if isinstance(treatment, Mapping) else None
    found = [(f"/sources/{at}", entry) for at, entry in enumerate(listed if isinstance(listed, list) else ())]
    found += [(f"/treatment/sources/{id}", entry) for id, entry in (named.items() if isinstance(named, dict) else ())]
    yield from ((pointer, entry) for pointer, entry in found if isinstance(entry, Mapping))


def _host(url: Any) -> str:
    try:
        return (urlsplit(url).hostname or "").lower() if isinstance(url, str) else ""
    except ValueError:
        # Not an address at all, which the format says.
        return ""


CHECKS = (
    Check(
        "criterion-without-source",
        Severity.ERROR,
        "Every criterion, and every condition in it, names where it was read.",
        _without_source,
    ),
    Check("source-without-tag", Severity.ERROR, "Every source says how well it was verified.", _without_tag),
    Check(
        "source-never-to-be-cited", Severity.ERROR, "No point rests on a page known to be wrong.", _never_to_be_cited
    ),
)
