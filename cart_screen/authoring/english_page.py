"""A criteria document as a page of sentences, with the sources that they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from cart_screen.authoring.english import Point, Reviewer
from cart_screen.authoring.english_derived import derived_answers
from cart_screen.authoring.english_words import Wording
from cart_screen.authoring.listing import State, entry, signed_off
from cart_screen.authoring.shelf import Found, Shelf
from cart_screen.model import CriterionId, Indication, Source, Verified, weakest
from cart_screen.texts import Texts

NO_SOURCE = "NO SOURCE"
_NAMES = {
    CriterionId.APPROVED_CANCER_TYPE: "Approved cancer type",
    CriterionId.RELAPSED_REFRACTORY: "Relapsed or refractory",
    CriterionId.PRIOR_LINES: "Prior lines",
    CriterionId.FITNESS: "Fitness",
    CriterionId.ORGAN_FUNCTION: "Organ function",
}
UNSIGNED = "No clinician has signed this off."


@dataclass(frozen=True)
class Line:
    """One line of a page: how deep it stands, what it is numbered with, and what it says."""

    text: str
    depth: int = 0
    mark: str = ""
    heading: bool = False


class References:
    """The sources of a page, numbered in the order in which they are first cited; the same source has one number."""

    def __init__(self, shelf: Shelf) -> None:
        self._sources = {
            f"{address}#{raw['id']}": Source(raw["title"], raw["url"], Verified(raw["verified"]), raw["read"])
            for address, document in shelf.documents.items()
            for raw in document.get("x-sources", ())
        }
        self._numbers: dict[Source, int] = {}

    def cite(self, point: Point) -> str:
        """Give the references that stand at the end of a point's sentence."""
        sources = self._cited(point)
        if not sources:
            return f" [{NO_SOURCE}]" if point.asserts else ""
        return f" [{', '.join(self._reference(one) for one in sources)}]" if point.asserts or point.own else ""

    def is_unverified(self, point: Point) -> bool:
        """Tell whether a condition rests on nothing, or on a source that nobody has verified."""
        sources = self._cited(point)
        return point.asserts and (not sources or weakest(sources) is Verified.UNVERIFIED)

    def lines(self, document: str = "") -> Iterator[Line]:
        """Give the list of sources, those of a document that no sentence cites included."""
        cited = len(self._numbers)
        for address, source in self._sources.items():
            if address.startswith(f"{document}#"):
                self._reference(source)
        for source, number in self._numbers.items():
            also = "" if number <= cited else " No line cites it."
            tagged = f"{_ended(source.title)} {str(source.verified).capitalize()}, read on {source.read}.{also}"
            yield Line(tagged, mark=f"[{number}]")
            yield Line(source.url, depth=2)

    def _cited(self, point: Point) -> list[Source]:
        known = [self._sources[address] for address in point.cites if address in self._sources]
        return list(dict.fromkeys(known))

    def _reference(self, source: Source) -> str:
        number = self._numbers.setdefault(source, len(self._numbers) + 1)
        return f"{number} unverified" if source.verified is Verified.UNVERIFIED else str(number)


def page(found: Found, on: date) -> list[Line]:
    """Give a document as a page: what it is, what it says point by point, and what that rests on."""
    shelf = found.shelf
    wording = Wording(shelf.reading(found.address), Texts(shelf.criteria))
    reviewer = Reviewer(shelf, wording)
    references = References(shelf)
    head = [Line(found.document["title"], heading=True)]
    if found.aside:
        head.append(Line(found.aside))
    if found.use is None:
        point = reviewer.point(shelf.tree(found.address))
        signed = found.document.get("x-signed-off")
        body = [*_about_shared(found), Line(""), *stated(point, signed, references, "", 0)]
    else:
        body = [*_about_use(found, found.use, on), *_criteria(found, found.use, reviewer, references)]
    derived = derived_answers(shelf, wording, reviewer.read)
    if derived:
        body += [Line(""), Line("Answers that are worked out from others", heading=True)]
        for number, point in enumerate(derived, start=1):
            body += lines_of(point, references, f"D{number}")
    return [*head, *body, Line(""), Line("Sources", heading=True), *references.lines(found.address)]


def lines_of(point: Point, references: References, mark: str = "", depth: int = 0) -> Iterator[Line]:
    """Give a point and all that stands below it, numbered below ``mark``."""
    yield Line(sentence(point, references), depth, mark)
    yield from below(point, references, mark, depth + 1)


def below(point: Point, references: References, mark: str, depth: int) -> Iterator[Line]:
    """Give all that stands below a point: remarks, notes, options, its points, and what is only reported."""
    if point.introduces and point.remarks:
        yield Line(" ".join(point.remarks), depth)
    for note in point.notes:
        yield Line(f"Note: {_ended(note)}", depth)
    for option in point.options:
        yield Line(_ended(option), depth, "-")
    for position, inner in enumerate(point.below, start=1):
        number = inner.place or position
        yield from lines_of(inner, references, f"{mark}.{number}" if mark else str(number), depth)
    if point.cautions:
        yield Line("Reported, never deciding:", depth)
    for position, caution in enumerate(point.cautions, start=1):
        number = caution.place or position
        yield from lines_of(caution, references, f"{mark}.C{number}" if mark else f"C{number}", depth)


def sentence(point: Point, references: References) -> str:
    """Give the sentences of one point, its references included."""
    says = f"{point.named}: {point.says}" if point.named else point.says
    says += references.cite(point) + (":" if point.introduces else ".")
    if point.title or not point.lead:
        says = says[:1].upper() + says[1:]
    title = f"{point.title}." if point.title else ""
    remarks = () if point.introduces else point.remarks
    return " ".join(part for part in (point.lead, title, says, *remarks) if part)


def _about_use(found: Found, use: Indication, on: date) -> Iterator[Line]:
    shelf = found.shelf
    listed = entry(shelf, use, on)
    chosen = shelf.criteria
    yield Line(f"Use {use.id}, version {use.version}, of the set {chosen.id} ({chosen.title}).")
    yield Line(f"Address: {use.document}")
    if use.product:
        yield Line(f"Product: {use.product.brand} ({use.product.name}), against {use.product.target}.")
    until = f" until {listed.until}" if listed.until else ""
    note = f" {_ended(use.effective_note)}" if use.effective_note else ""
    yield Line(f"In force from {use.effective}{until}.{note} {standing(listed.state, on)}")
    if use.approval:
        yield Line(f"Kind of approval: {use.approval.kind} ({use.approval.verified}).")
    yield from _about_document(found, draft=use.draft)


def _about_shared(found: Found) -> Iterator[Line]:
    *_, name, version = found.address.split(":")
    yield Line(f"Shared criterion {name}, version {version}: it is in force through the documents that name it.")
    yield Line(f"Address: {found.address}")
    read = {found.address, *found.shelf.pinned(found.address)}
    yield from _about_document(found, draft=not read.isdisjoint(found.shelf.drafts))


def _about_document(found: Found, *, draft: bool) -> Iterator[Line]:
    yield Line(f"It reads answers of major version {found.document['x-answers']}.")
    if draft:
        yield Line("Draft: it, or a document that it reads, is not released yet.")
    else:
        yield Line("Released, with every document that it reads.")
    if "x-note" in found.document and found.use is not None:
        yield Line(f"Note: {_ended(found.document['x-note'])}")


def standing(state: State, on: date) -> str:
    """Say where a version stands on a date."""
    match state:
        case State.IN_FORCE:
            return f"On {on} it is in force."
        case State.REPLACED:
            return f"On {on} a later version is in force in its place."
        case State.CORRECTED:
            return "A correction of the same day stands in its place."
        case State.WITHDRAWN:
            return f"On {on} the use is withdrawn: this version ended it."
        case State.NOT_YET:
            return f"On {on} it is not in force yet."
        case State.NOT_KNOWN:
            return f"The set begins after {on}, so it cannot say what was in force then."


def criterion_points(shelf: Shelf, use: Indication, reviewer: Reviewer) -> Iterator[tuple[CriterionId, Point]]:
    """Give each of the five criteria of a use as a point, by its id."""
    for id in use.criteria:
        yield id, reviewer.point(shelf.tree(f"{use.document}#/$defs/{id}"))


def _criteria(found: Found, use: Indication, reviewer: Reviewer, references: References) -> Iterator[Line]:
    for number, (id, point) in enumerate(criterion_points(found.shelf, use, reviewer), start=1):
        yield Line("")
        yield Line(heading(id, point.title), 0, str(number))
        yield from stated(point, signed_off(found.shelf, use, id), references, str(number))


def heading(id: CriterionId, title: str) -> str:
    """Name a criterion: which of the five it is, and what the document calls it."""
    named = _NAMES[id]
    return f"{named}: {title}." if title and title != named else f"{named}."


def stated(point: Point, signed: str | None, references: References, mark: str, depth: int = 1) -> Iterator[Line]:
    """Give a criterion below its heading: what it rests on, who has reviewed it, what it says."""
    review = f"{signed} has signed this off." if signed else UNSIGNED
    yield Line(" ".join((*point.remarks, review)), depth)
    stated = replace(point, title="", remarks=())
    yield Line(sentence(stated, references), depth)
    yield from below(stated, references, mark, depth)


def _ended(text: str) -> str:
    stripped = text.strip()
    return stripped if stripped.endswith((".", "?", "!")) else f"{stripped}."


def plain(lines: Iterable[Line]) -> str:
    """Give a page as text, one line for each of its lines, unwrapped."""
    return "\n".join(_plain(line) for line in lines) + "\n"


def _plain(line: Line) -> str:
    return f"{'  ' * line.depth}{line.mark} {line.text}".rstrip() if line.mark else f"{'  ' * line.depth}{line.text}"
