"""What differs between two states of a criteria set, document by document, and the states in between."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from cart_screen.batch.points import Point
from cart_screen.model import CriteriaSet, CriterionId, Indication
from cart_screen.nouns import noun, replace


@noun
class Cause:
    """
    What changes together from one state to another: one document of a use, or shared documents that uses pin.

    ``documents`` are the ids of the documents with their versions, as ``us-fda/abecma-multiple-myeloma@2.0.0`` or
    ``shared/fitness@1.1.0``: those that are new, and where there is no new one those that are gone. ``criteria`` holds
    for each use the points that change with it, or None where the use itself comes or goes.
    """

    documents: tuple[str, ...]
    criteria: Mapping[str, frozenset[CriterionId] | None]


def causes(before: Point, after: Point) -> tuple[Cause, ...]:
    """
    Give what differs between two states of one set: together these changes make the one of the other.

    A point of a use that is read from another version of a shared document is ascribed to the shared document, any
    other to the document of the use. What reads the same in both states is no cause. Where the states are read with
    different dictionaries nothing can stand in both, so everything changes together.
    """
    old_dictionary, new_dictionary = (point.criteria.reading.dictionary for point in (before, after))
    if old_dictionary.major != new_dictionary.major:
        replaced = [_id(one.document) for one in after.criteria.indications]
        gone = [_id(one.document) for id, one in before.in_force.items() if id not in after.in_force]
        return (Cause((f"answers@{new_dictionary.version}", *replaced, *gone), {}),)
    found: dict[tuple[str, ...], dict[str, frozenset[CriterionId] | None]] = {}
    for documents, use, points in _changes(before, after):
        found.setdefault(documents, {})[use] = points
    return tuple(Cause(documents, changed) for documents, changed in found.items())


def between(before: Point, after: Point, done: Collection[Cause]) -> CriteriaSet:
    """Give the set in the state before, but that some causes have come about."""
    old, new = before.in_force, after.in_force
    uses: dict[str, Indication] = dict(old)
    for cause in done:
        for id, points in cause.criteria.items():
            if points is not None:
                moved = {point: new[id].criteria[point] for point in points}
                uses[id] = replace(uses[id], criteria={**uses[id].criteria, **moved})
            elif id in new:
                uses[id] = new[id]
            else:
                del uses[id]
    return replace(after.criteria, indications=tuple(uses[id] for id in in_order(before, after) if id in uses))


def in_order(before: Point, after: Point) -> list[str]:
    """Give the ids of the uses of both states in the set's own order."""
    place = {**before.places, **after.places}
    return sorted({**before.in_force, **after.in_force}, key=place.__getitem__)


def _changes(before: Point, after: Point) -> Iterator[tuple[tuple[str, ...], str, frozenset[CriterionId] | None]]:
    old, new = before.in_force, after.in_force
    for id in in_order(before, after):
        if id not in old or id not in new or old[id].disease != new[id].disease:
            # A withdrawal is a document of its own; a use that has not begun yet, as time goes back, has none.
            yield (_id((after.begun.get(id) or before.begun[id]).document),), id, None
            continue
        parted: dict[tuple[str, ...], set[CriterionId]] = {}
        for point in CriterionId:
            if old[id].criteria[point].bare != new[id].criteria[point].bare:
                parted.setdefault(_documents(old[id], new[id], point), set()).add(point)
        for documents, points in parted.items():
            yield documents, id, frozenset(points)


def _documents(old: Indication, new: Indication, point: CriterionId) -> tuple[str, ...]:
    """Give what a changed point is ascribed to: shared documents that it reads in another version, or its own."""
    read = {address: None for address in new.criteria[point].documents if address != new.document}
    was = {address: None for address in old.criteria[point].documents if address != old.document}
    shared = [address for address in read if address not in was] or [address for address in was if address not in read]
    return tuple(map(_id, shared or [new.document]))


def _id(address: str) -> str:
    """Give a document as people name it: ``urn:cart-screen:us-fda:x:1.0.0`` is ``us-fda/x@1.0.0``."""
    *_, owner, name, version = address.split(":")
    return f"{owner}/{name}@{version}"
