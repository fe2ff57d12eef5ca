"""A Bundle as the record of one person: its resources, each with its place and its name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cart_screen.answers.scalars import written
from cart_screen.fhir.border import check_elements, modified
from cart_screen.fhir.errors import ResourceInvalid, ResourceProblem
from cart_screen.nouns import field, noun

_KIND = "Bundle"

# A history holds what was said before beside what is said now, and a response to a batch holds outcomes.
_TYPES = ("collection", "searchset", "document", "message", "transaction", "batch")
_READ = ("Patient", "Condition", "Observation")


@noun
class Entry:
    """A resource of the record: its kind, where it stands, and the names by which others refer to it."""

    kind: str
    path: str
    names: tuple[str, ...] = field(repr=False)
    # Health data: it stays out of logs and tracebacks.
    resource: Mapping[str, Any] = field(repr=False)

    @property
    def name(self) -> str:
        """The first of its names, or its place where it has none."""
        return self.names[0] if self.names else self.path


class PatientRecord:
    """
    The Patient, the Conditions and the Observations of a Bundle; everything else in it is passed over.

    No reference is followed, but for whom a resource speaks of. A resource about somebody else, or about nobody, is
    a problem and left out.

    Raises
    ------
    ResourceInvalid
        When it is no Bundle of resources, or about several people.
    """

    def __init__(self, bundle: Mapping[str, Any]) -> None:
        self.problems: list[ResourceProblem] = []
        problems = [*modified(bundle, _KIND), *_type_problems(bundle)]
        entries = bundle.get("entry", [])
        if not isinstance(entries, list):
            problems.append(ResourceProblem(f"{_KIND}.entry", written(entries), "a list"))
        if problems:
            raise ResourceInvalid(_KIND, problems)
        found = list(self._entries(entries))
        people = [entry for entry in found if entry.kind == "Patient"]
        if len(people) > 1:
            raise ResourceInvalid(
                _KIND, [ResourceProblem(f"{_KIND}.entry", f"{len(people)} patients", "the record of one person")]
            )
        self.patient: Entry | None = people[0] if people else None
        others = [entry for entry in found if entry.kind != "Patient"]
        names = self._names_of_patient(bundle, others)
        self._about = [entry for entry in others if self._is_about(entry, names)]

    def of(self, kind: str) -> tuple[Entry, ...]:
        """Give the entries of a kind that are about the person."""
        return tuple(entry for entry in self._about if entry.kind == kind)

    def sound(self, entry: Entry) -> bool:
        """Tell whether the elements of a resource are those of FHIR R4; if not, its problems are added."""
        found = list(modified(entry.resource, entry.path))
        try:
            check_elements(entry.resource, entry.path)
        except ResourceInvalid as error:
            found += error.problems
        self.problems += found
        return not found

    def _entries(self, entries: list[Any]) -> Iterator[Entry]:
        for place, raw in enumerate(entries):
            path = f"{_KIND}.entry[{place}].resource"
            resource = raw.get("resource") if isinstance(raw, Mapping) else None
            if not isinstance(raw, Mapping) or not isinstance(resource, Mapping | None):
                self.problems.append(ResourceProblem(path.removesuffix(".resource"), written(raw), "an entry"))
            elif resource is not None and resource.get("resourceType") in _READ:
                kind = resource["resourceType"]
                id, address = resource.get("id"), raw.get("fullUrl")
                named = (f"{kind}/{id}" if isinstance(id, str) else None, address)
                yield Entry(kind, path, tuple(name for name in named if isinstance(name, str)), resource)

    def _names_of_patient(self, bundle: Mapping[str, Any], others: list[Entry]) -> set[str]:
        if self.patient is not None:
            return set(self.patient.names)
        # Nobody is described; then all of it must be about the same person.
        names = {name for entry in others if (name := _subject(entry))}
        if len(names) > 1:
            found = f"no patient, and resources about {len(names)} people"
            raise ResourceInvalid(_KIND, [ResourceProblem(f"{_KIND}.entry", found, "the record of one person")])
        return names

    def _is_about(self, entry: Entry, names: set[str]) -> bool:
        subject = _subject(entry)
        if subject in names:
            return True
        found = "a resource about nobody" if subject is None else "a resource about somebody else"
        self.problems.append(
            ResourceProblem(f"{entry.path}.subject", found, "a reference to the patient of the Bundle")
        )
        return False


def codings(concept: object) -> Iterator[tuple[str, str]]:
    """Give system and code of each coding of a concept that has both."""
    listed = concept.get("coding") if isinstance(concept, Mapping) else None
    for coding in listed if isinstance(listed, list) else ():
        if isinstance(coding, Mapping):
            system, code = coding.get("system"), coding.get("code")
            if isinstance(system, str) and isinstance(code, str):
                yield system, code


def _subject(entry: Entry) -> str | None:
    subject = entry.resource.get("subject")
    reference = subject.get("reference") if isinstance(subject, Mapping) else None
    return reference.partition("/_history/")[0] if isinstance(reference, str) and reference else None


def _type_problems(bundle: Mapping[str, Any]) -> Iterator[ResourceProblem]:
    if bundle.get("type") not in _TYPES:
        yield ResourceProblem(f"{_KIND}.type", written(bundle.get("type")), f"one of {', '.join(_TYPES)}")
