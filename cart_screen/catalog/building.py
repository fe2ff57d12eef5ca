"""Build a criteria set from its documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from cart_screen.answers.declaring import read_dictionary
from cart_screen.catalog.directory import CriteriaDirectory
from cart_screen.model import (
    Approval,
    Caution,
    CriteriaSet,
    Criterion,
    CriterionId,
    Indication,
    Note,
    Product,
    Source,
    Verified,
)
from cart_screen.nouns import replace
from cart_screen.rules.derivations import Reading, read_dictionary_rules
from cart_screen.rules.expressions import Expression, bare
from cart_screen.rules.parse import SchemaReader
from cart_screen.rules.profile import Profile, source_addresses
from cart_screen.rules.schema import Reference, Schema, parts_of

_DEFAULT_STRENGTH = "label"


def build_set(directory: CriteriaDirectory, name: str) -> CriteriaSet:
    """
    Build a criteria set from a directory, as ``loading.load_set`` says.

    Raises
    ------
    CriteriaUnknown, CriteriaMissing, DocumentInvalid, ReleaseChanged
        As ``loading.load_set`` does.
    """
    for path in directory.releases.files:
        if path.startswith(("schema/", "answers/")):
            # A set reads no schema and no dictionary of before; an edited one must not pass for released all the same.
            directory.check_released(path)
    description = directory.set_file(name)
    current, *earlier = [
        _load_major(directory, description, era) for era in (description, *description.get("earlier", ()))
    ]
    return replace(current, earlier=tuple(earlier))


def _load_major(directory: CriteriaDirectory, description: Mapping[str, Any], era: Mapping[str, Any]) -> CriteriaSet:
    """Build the part of a set that is read with one dictionary: the documents that pin its major version."""
    dictionary_file = f"answers/{era['answers']}.json"
    dictionary = read_dictionary(directory.read(dictionary_file), dictionary_file)
    reading = read_dictionary_rules(dictionary, dictionary_file)
    builder = _Builder(directory, description["id"], reading, dictionary_file)
    indications = [
        builder.indication(document) for document in builder.own.values() if document["x-answers"] == dictionary.major
    ]
    general = {CriterionId(id): builder.general(CriterionId(id), urn) for id, urn in era["general"].items()}
    builder.finish()
    order = {id: place for place, id in enumerate(description["indications"])}
    return CriteriaSet(
        id=description["id"],
        title=description["title"],
        publisher=description["publisher"],
        jurisdiction=description["jurisdiction"],
        known_from=date.fromisoformat(description["known-from"]),
        indications=tuple(sorted(indications, key=lambda found: (order[found.id], found.order))),
        general=general,
        cancer_type_title=description["cancer-type-title"],
        reading=reading,
        draft=builder.is_draft(*(document for one in general.values() for document in one.documents)),
        notes=tuple(_note(raw) for raw in description.get("notes", ())),
        texts=directory.texts(),
    )


class _Builder:
    def __init__(self, directory: CriteriaDirectory, name: str, reading: Reading, dictionary_file: str) -> None:
        self.reading = reading
        self.own = directory.indications(name)
        read = {**directory.shared(), **self.own}
        self._documents = {document["$id"]: document for document in read.values()}
        self._drafts = {document["$id"] for path, document in read.items() if path not in directory.releases}
        self._dictionary_is_draft = dictionary_file not in directory.releases
        self._reader = SchemaReader(self._documents)
        self._profile = Profile(reading.dictionary)
        self._bare: dict[Expression, Expression] = {}
        self._cautions: dict[Caution, Caution] = {}
        self._sources = {
            f"{address}#{raw['id']}": _source(raw)
            for address, document in self._documents.items()
            for raw in document.get("x-sources", ())
        }

    def indication(self, document: Mapping[str, Any]) -> Indication:
        address = document["$id"]
        _, _, _, id, version = address.split(":")
        product = document.get("x-product")
        approval = document.get("x-approval")
        effective = document["x-effective"]
        criteria = {id: self._criterion(id, f"{address}#/$defs/{id}", address) for id in CriterionId}
        pinned = {address, *(document for criterion in criteria.values() for document in criterion.documents)}
        return Indication(
            id=id,
            version=version,
            document=address,
            title=document["title"],
            disease=document["x-disease"],
            effective=date.fromisoformat(effective["from"]),
            effective_note=effective.get("note", ""),
            product=Product(**product) if product else None,
            approval=Approval(approval["kind"], Verified(approval["verified"])) if approval else None,
            criteria=criteria,
            sources=tuple(_source(raw) for raw in document["x-sources"]),
            draft=self.is_draft(*pinned),
            withdrawn=document.get("x-withdrawn", False),
            examples=tuple(document.get("x-examples", ())),
        )

    def general(self, id: CriterionId, urn: str) -> Criterion:
        return self._criterion(id, urn, urn)

    def is_draft(self, *documents: str) -> bool:
        return self._dictionary_is_draft or not self._drafts.isdisjoint(documents)

    def finish(self) -> None:
        self._reader.problems += self._profile.problems
        self._reader.finish()

    def _criterion(self, id: CriterionId, address: str, document: str) -> Criterion:
        schema = self._reader.read(address)
        parts = parts_of(schema)
        cited = [address for part in parts for address in source_addresses(part)]
        strengths = [part.notes["x-strength"] for part in parts if "x-strength" in part.notes]
        titles = [part.notes["title"] for part in parts if "title" in part.notes]
        requirement = self._profile.lower(schema)
        unnamed = bare(requirement)
        return Criterion(
            id=id,
            title=titles[0] if titles else id,
            requirement=requirement,
            # One object for equal points, so that the same point in two indications is known as the same.
            bare=self._bare.setdefault(unnamed, unnamed),
            cautions=tuple(caution for part in parts for caution in self._cautions_of(part)),
            sources={address: self._sources[address] for address in cited if address in self._sources},
            document=document,
            documents=tuple(dict.fromkeys(part.document for part in parts)),
            strength=strengths[0] if strengths else _DEFAULT_STRENGTH,
            signed_off=signed_off(schema),
        )

    def _cautions_of(self, schema: Schema) -> Iterator[Caution]:
        for position, raw in enumerate(schema.notes.get("x-cautions", ())):
            pointer = f"{schema.pointer}/x-cautions/{position}/when"
            when = self._profile.lower(self._reader.read_part(raw["when"], schema.document, pointer))
            cited = tuple(self._sources[f"{schema.document}#{id}"] for id in raw["x-source"])
            caution = Caution(raw["id"], raw["title"], when, cited)
            yield self._cautions.setdefault(caution, caution)


def signed_off(schema: Schema) -> str | None:
    """Give who has reviewed a criterion: itself, or the shared criterion that is all of it."""
    own: str | None = schema.notes.get("x-signed-off")
    match schema.keywords:
        case (Reference(target=shared),) if own is None:
            # Nothing is added to the shared criterion, so who signed that has signed this.
            return signed_off(shared)
        case _:
            return own


def _source(raw: Mapping[str, Any]) -> Source:
    return Source(raw["title"], raw["url"], Verified(raw["verified"]), raw["read"])


def _note(raw: Mapping[str, Any]) -> Note:
    return Note(raw["says"], raw["document"], raw["now"], tuple(_source(source) for source in raw["sources"]))
