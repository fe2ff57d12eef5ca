"""Every point that no clinician has signed off yet, or that rests on nothing verified."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from cart_screen.authoring.english import Point, Reviewer
from cart_screen.authoring.english_page import Line, References, criterion_points, heading, stated
from cart_screen.authoring.english_words import Wording
from cart_screen.authoring.listing import signed_off
from cart_screen.authoring.shelf import Shelf
from cart_screen.model import Indication, Verified
from cart_screen.texts import Texts


@dataclass
class _Counted:
    """What is open, in numbers."""

    unsigned: int = 0
    criteria: int = 0
    unverified: int = 0
    dates: int = 0
    approvals: int = 0

    def lines(self) -> Iterator[Line]:
        yield Line(f"Not signed off: {self.unsigned} of {self.criteria} criteria, each shared one counted once.")
        yield Line(f"Resting on a source that is not verified, or on none: {_many(self.unverified, 'line')}.")
        yield Line(f"Of uses in force: {_many(self.dates, 'date')} with an assumption.")
        yield Line(f"Of uses in force: {_many(self.approvals, 'kind')} of approval not verified.")


@dataclass
class _Pinned:
    """A shared criterion, and what reads it."""

    shelf: Shelf
    address: str
    by: dict[str, list[str]] = field(default_factory=dict)


def open_points(chosen: Sequence[Shelf], on: date) -> list[Line]:
    """Give the page of open points of the uses in force on a date, and of the shared criteria that they read."""
    counted = _Counted()
    body: list[Line] = []
    for shelf in chosen:
        body += [Line(""), Line(f"Set {shelf.criteria.id}: {shelf.criteria.title}", heading=True)]
        uses = shelf.in_force(on)
        if not uses:
            body.append(Line(f"Nothing of this set is in force on {on}."))
        for use in uses:
            body += _use(shelf, use, counted)
    pinned = _pinned(chosen, on)
    if pinned:
        body += [Line(""), Line("Shared criteria", heading=True)]
    for one in pinned:
        body += _shared(one, counted)
    head = [
        Line("Points not signed off or not verified", heading=True),
        Line(f"As of {on}. Each line has the number that it has in `cart-screen criteria show`."),
    ]
    return [*head, *counted.lines(), *body]


def _use(shelf: Shelf, use: Indication, counted: _Counted) -> Iterator[Line]:
    references, reviewer = References(shelf), _reviewer(shelf, use.document)
    lines: list[Line] = []
    if use.effective_note:
        counted.dates += 1
        lines.append(Line(f"Date with an assumption: in force from {use.effective}. {use.effective_note}", 1))
    if use.approval and use.approval.verified is Verified.UNVERIFIED:
        counted.approvals += 1
        lines.append(Line(f"Kind of approval, not verified: {use.approval.kind}.", 1))
    for number, (id, point) in enumerate(criterion_points(shelf, use, reviewer), start=1):
        signed = signed_off(shelf, use, id)
        counted.criteria += not point.shared
        counted.unsigned += not (point.shared or signed)
        kept = _kept(point, references, counted, unsigned=signed is None)
        if kept is not None:
            lines.append(Line(heading(id, point.title), 1, str(number)))
            lines += stated(kept, signed, references, str(number), 2)
    yield Line("")
    yield Line(f"{use.id}, version {use.version}: {use.title}.")
    yield from lines or [Line("Nothing is open.", 1)]
    yield from _sources(references)


def _shared(pinned: _Pinned, counted: _Counted) -> Iterator[Line]:
    shelf, address = pinned.shelf, pinned.address
    references, reviewer = References(shelf), _reviewer(shelf, address)
    signed = shelf.documents[address].get("x-signed-off")
    counted.criteria += 1
    counted.unsigned += signed is None
    kept = _kept(reviewer.point(shelf.tree(address)), references, counted, unsigned=signed is None)
    *_, name, version = address.split(":")
    yield Line("")
    yield Line(f"{name}, version {version}: {shelf.documents[address]['title']}.")
    for set, readers in pinned.by.items():
        yield Line(f"Read in {set} by {', '.join(readers)}.", 1)
    yield from stated(kept, signed, references, "", 1) if kept else [Line("Nothing is open.", 1)]
    yield from _sources(references)


def _kept(point: Point, references: References, counted: _Counted, *, unsigned: bool) -> Point | None:
    """Give what is open of a point, with the numbers that its parts have; what is shared is listed by itself."""
    if point.shared and not unsigned:
        return None
    if point.shared:
        return Point("its points stand under the shared criteria", title=point.title, named=point.named)
    is_unverified = references.is_unverified(point)
    counted.unverified += is_unverified
    below = _kept_of(point.below, references, counted, unsigned=unsigned)
    cautions = _kept_of(point.cautions, references, counted, unsigned=unsigned)
    if not (unsigned or is_unverified or below or cautions):
        return None
    return replace(point, below=below, cautions=cautions)


def _kept_of(
    points: Iterable[Point], references: References, counted: _Counted, *, unsigned: bool
) -> tuple[Point, ...]:
    kept = ((place, _kept(one, references, counted, unsigned=unsigned)) for place, one in enumerate(points, start=1))
    return tuple(replace(one, place=place) for place, one in kept if one is not None)


def _pinned(chosen: Sequence[Shelf], on: date) -> list[_Pinned]:
    found: list[_Pinned] = []
    for shelf in chosen:
        read = [(use.id, shelf.pinned(use.document)) for use in shelf.in_force(on)]
        for criterion in shelf.criteria.on(on).general.values():
            read.append(("the general reading", list(criterion.documents)))
        for reader, addresses in read:
            for address in addresses:
                document = shelf.documents[address]
                # A set of your own may hold another document under the same address.
                known = (one for one in found if one.address == address and one.shelf.documents[address] == document)
                one = next(known, None)
                if one is None:
                    one = _Pinned(shelf, address)
                    found.append(one)
                readers = one.by.setdefault(shelf.criteria.id, [])
                if reader not in readers:
                    readers.append(reader)
    return found


def _reviewer(shelf: Shelf, address: str) -> Reviewer:
    return Reviewer(shelf, Wording(shelf.reading(address), Texts(shelf.criteria)))


def _sources(references: References) -> Iterator[Line]:
    sources = [replace(line, depth=line.depth + 1) for line in references.lines()]
    if sources:
        yield Line("Sources:", 1)
        yield from sources


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
