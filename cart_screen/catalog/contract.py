"""
The contract of criteria documents from outside: what the metadata of each file must hold.

The rules themselves are checked by reading them; this is about everything around them, so that the
loader can rely on it. Every problem of every file is listed at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StringConstraints, ValidationError

from cart_screen.answers.scalars import written
from cart_screen.catalog.dictionary_contract import DictionaryDocument
from cart_screen.catalog.directory import CriteriaDirectory
from cart_screen.errors import DocumentInvalid, DocumentProblem
from cart_screen.model import CriterionId, Verified
from cart_screen.rules.references import Place, escaped, subschemas
from cart_screen.rules.schema import DIALECT

Text = Annotated[str, StringConstraints(min_length=1, max_length=2_000)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Version = Annotated[str, StringConstraints(pattern=r"^(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}$", max_length=20)]
Url = Annotated[str, StringConstraints(pattern=r"^(https?://|urn:)\S+$", max_length=1_000)]
Status = Literal["met", "not-met", "unknown"]

# Keywords of ours that may stand at any schema of a criteria document.
_AT_SCHEMAS = {
    "x-source", "x-reason", "x-strength", "x-recoverable", "x-cautions", "x-signed-off", "x-no-requirement", "x-note",
}  # fmt: skip


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class SourceEntry(_Strict):
    """A source, cited by its id from ``x-source``."""

    id: Name
    title: Text
    url: Url
    verified: Verified
    read: date


class NoteSource(_Strict):
    """A source that stands beside a note."""

    title: Text
    url: Url
    verified: Verified
    read: date


class Effective(_Strict):
    """From which day a document is in force, and what was assumed about it."""

    from_: date = Field(alias="from")
    note: Text | None = None


class ProductEntry(_Strict):
    """An approved product."""

    name: Text
    brand: Text
    target: Text


class Approval(_Strict):
    """How the use was approved, and how well that is known."""

    kind: Text
    verified: Verified


class Example(_Strict):
    """An answer set with the statuses, and where named the cautions, that the document must give it."""

    says: Text | None = None
    answers: dict[str, Any]
    expect: Annotated[dict[CriterionId, Status], Field(min_length=1)]
    cautions: list[Name] | None = None


class CriterionRef(_Strict):
    """One of the five references under ``allOf``."""

    ref: Text = Field(alias="$ref")


class IndicationDocument(_Strict):
    """One version of one indication."""

    schema_: Literal["https://json-schema.org/draft/2020-12/schema"] = Field(alias="$schema")
    id: Text = Field(alias="$id")
    title: Text
    description: Text | None = None
    type: Literal["object"]
    version: Version = Field(alias="x-version")
    effective: Effective = Field(alias="x-effective")
    product: ProductEntry | None = Field(None, alias="x-product")
    disease: Name = Field(alias="x-disease")
    approval: Approval | None = Field(None, alias="x-approval")
    withdrawn: bool = Field(False, alias="x-withdrawn")
    answers: Annotated[str, StringConstraints(pattern=r"^[0-9]+$")] = Field(alias="x-answers")
    sources: Annotated[list[SourceEntry], Field(min_length=1)] = Field(alias="x-sources")
    note: Text | None = Field(None, alias="x-note")
    defs: dict[CriterionId, dict[str, Any]] = Field(alias="$defs")
    all_of: list[CriterionRef] = Field(alias="allOf")
    examples: list[Example] = Field(alias="x-examples")


class Annotations(_Strict):
    """What may be said of any condition."""

    reason: Name | None = Field(None, alias="x-reason")
    strength: Literal["label", "guideline", "trial", "practice"] | None = Field(None, alias="x-strength")
    recoverable: StrictBool | None = Field(None, alias="x-recoverable")
    signed_off: Text | None = Field(None, alias="x-signed-off")
    no_requirement: StrictBool | None = Field(None, alias="x-no-requirement")
    note: Text | None = Field(None, alias="x-note")


class CautionEntry(_Strict):
    """A caution's id, by which its words are found, and its title."""

    id: Name
    title: Text


class NoteEntry(_Strict):
    """What a publisher's document says, beside what is current."""

    says: Text
    document: Text
    now: Text
    sources: list[NoteSource]


class SetDescription(_Strict):
    """The ``set.json`` of a criteria set."""

    id: Name
    title: Text
    publisher: Text
    jurisdiction: Text
    answers: Version
    known_from: date = Field(alias="known-from")
    general: dict[CriterionId, Text]
    cancer_type_title: Text = Field(alias="cancer-type-title")
    indications: list[Name]
    notes: list[NoteEntry] = []


def check_set(directory: CriteriaDirectory, name: str) -> None:
    """
    Check the metadata of a set and of everything that it uses.

    Raises
    ------
    CriteriaMissing
        When a file that the set needs is not there.
    DocumentInvalid
        With every place of every document that breaks the contract.
    """
    problems = list(_problems(directory, name))
    if problems:
        raise DocumentInvalid(problems)


def _problems(directory: CriteriaDirectory, name: str) -> Iterator[DocumentProblem]:
    description = directory.set_file(name)
    file = f"sets/{name}/set.json"
    found = list(_model_problems(SetDescription, description, file))
    yield from found
    if found:
        return
    if set(description["general"]) != set(CriterionId) - {CriterionId.APPROVED_CANCER_TYPE}:
        yield DocumentProblem(file, "/general", ", ".join(description["general"]), "all five criteria but the first")
    if description["id"] != name:
        yield DocumentProblem(file, "/id", written(description["id"]), f"the name of its folder, {name}")
    for twice in {id for id in description["indications"] if description["indications"].count(id) > 1}:
        yield DocumentProblem(file, "/indications", f"{twice} twice", "each indication once")
    yield from _model_problems(
        DictionaryDocument, directory.dictionary(description["answers"]), f"answers/{description['answers']}.json"
    )
    documents = directory.indications(name)
    present = {path.split("/")[2] for path in documents}
    for missing in sorted(set(description["indications"]) ^ present):
        yield DocumentProblem(file, "/indications", missing, "each indication with a folder, and no other")
    shared = directory.shared()
    for path, document in shared.items():
        yield from _shared_problems(document, path)
    addresses = [document.get("$id") for document in shared.values() if isinstance(document, dict)]
    for criterion, urn in description["general"].items():
        if urn not in addresses:
            yield DocumentProblem(file, f"/general/{criterion}", written(urn), "the $id of a shared criterion")
    for path, document in documents.items():
        yield from _indication_problems(document, path, description["answers"].split(".")[0])


def _indication_problems(document: Any, path: str, major: str) -> Iterator[DocumentProblem]:
    found = list(_model_problems(IndicationDocument, document, path))
    yield from found
    if found:
        return
    _, set_name, indication, file = path.split("/")
    version = file.removesuffix(".json")
    address = f"urn:cart-screen:{set_name}:{indication}:{version}"
    for key, right in (("$id", address), ("x-version", version), ("x-answers", major)):
        if document[key] != right:
            yield DocumentProblem(path, f"/{escaped(key)}", written(document[key]), right)
    if set(document["$defs"]) != set(CriterionId):
        yield DocumentProblem(path, "/$defs", ", ".join(document["$defs"]), ", ".join(CriterionId))
    if [part["$ref"] for part in document["allOf"]] != [f"#/$defs/{id}" for id in CriterionId]:
        yield DocumentProblem(path, "/allOf", "other references", "the five criteria, in their order")
    for id, criterion in document["$defs"].items():
        if not isinstance(criterion.get("title"), str):
            yield DocumentProblem(path, f"/$defs/{id}/title", "none", "a title in plain words")
        yield from _annotation_problems(criterion, Place(path, f"/$defs/{id}", path), document["x-sources"])


def _shared_problems(document: Any, path: str) -> Iterator[DocumentProblem]:
    if not isinstance(document, dict):
        yield DocumentProblem(path, "", written(document), "an object")
        return
    _, name, file = path.split("/")
    version = file.removesuffix(".json")
    expected = {"$schema": DIALECT, "$id": f"urn:cart-screen:shared:{name}:{version}", "x-version": version}
    for key, right in expected.items():
        if document.get(key) != right:
            yield DocumentProblem(path, f"/{escaped(key)}", written(document.get(key)), right)
    sources = document.get("x-sources", [])
    for position, source in enumerate(sources if isinstance(sources, list) else [sources]):
        yield from _model_problems(SourceEntry, source, path, f"/x-sources/{position}")
    examples = document.get("x-examples", [])
    for position, example in enumerate(examples if isinstance(examples, list) else [examples]):
        yield from _model_problems(Example, example, path, f"/x-examples/{position}")
    whole = {"x-version", "x-answers", "x-sources", "x-examples"}
    yield from _annotation_problems(
        {key: value for key, value in document.items() if key not in whole}, Place(path, "", path), sources
    )


def _annotation_problems(schema: Any, place: Place, sources: Any) -> Iterator[DocumentProblem]:
    known = [source.get("id") for source in sources if isinstance(source, dict)] if isinstance(sources, list) else []
    pending = [(schema, place)]
    while pending:
        schema, place = pending.pop()
        if not isinstance(schema, dict):
            continue
        for key in schema:
            if key.startswith("x-") and key not in _AT_SCHEMAS:
                yield _problem(place.below(key), "an unknown keyword", ", ".join(sorted(_AT_SCHEMAS)))
        yield from _citations(schema.get("x-source", []), place.below("x-source"), known)
        yield from _model_problems(Annotations, _own(schema), place.document, place.pointer)
        cautions = schema.get("x-cautions", [])
        for position, caution in enumerate(cautions if isinstance(cautions, list) else [cautions]):
            yield from _caution_problems(caution, place.below("x-cautions", position), known)
        pending.extend(subschemas(schema, place))


def _own(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Give the annotations of a schema that are ours, those left out that are checked by themselves."""
    keys = _AT_SCHEMAS - {"x-source", "x-cautions"}
    return {key: schema[key] for key in keys if key in schema}


def _caution_problems(caution: Any, place: Place, known: list[Any]) -> Iterator[DocumentProblem]:
    keys = ("id", "title", "x-source", "when")
    if not isinstance(caution, Mapping) or set(caution) != set(keys):
        yield _problem(place, written(caution), "an object with " + ", ".join(keys))
        return
    yield from _model_problems(CautionEntry, {key: caution[key] for key in keys[:2]}, place.document, place.pointer)
    yield from _citations(caution["x-source"], place.below("x-source"), known)


def _citations(cited: Any, place: Place, known: list[Any]) -> Iterator[DocumentProblem]:
    for id in [cited] if isinstance(cited, str) else cited if isinstance(cited, list) else [None]:
        if id not in known:
            yield _problem(place, written(id), "the id of one of the document's x-sources")


def _model_problems(model: type[BaseModel], raw: Any, document: str, below: str = "") -> Iterator[DocumentProblem]:
    try:
        model.model_validate(raw)
    except ValidationError as error:
        for problem in error.errors(include_url=False, include_context=False):
            pointer = below + "".join(f"/{escaped(step)}" for step in problem["loc"])
            yield DocumentProblem(document, pointer, written(problem["input"]), problem["msg"])


def _problem(place: Place, found: str, allowed: str) -> DocumentProblem:
    return DocumentProblem(place.document, place.pointer, found, allowed)
