"""What stands in a criteria set, version by version, and what of it is in force on a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from cart_screen.authoring.shelf import Shelf
from cart_screen.catalog import building
from cart_screen.model import Indication


class State(StrEnum):
    """Where a version stands on a date."""

    IN_FORCE = "in force"
    REPLACED = "replaced"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    NOT_YET = "not yet in force"
    NOT_KNOWN = "before the set begins"


@dataclass(frozen=True)
class Listed:
    """
    One version of one use.

    ``until`` is its last day, where a later version follows; a correction begins on the same day and
    leaves none. ``signed_off`` counts the criteria, of five, that a clinician has reviewed.
    """

    use: Indication
    state: State
    until: date | None
    signed_off: int

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain JSON values."""
        product, approval = self.use.product, self.use.approval
        return {
            "id": self.use.id,
            "version": self.use.version,
            "document": self.use.document,
            "title": self.use.title,
            "from": self.use.effective.isoformat(),
            "until": self.until.isoformat() if self.until else None,
            "date_note": self.use.effective_note,
            "state": str(self.state),
            "product": product.brand if product else None,
            "disease": self.use.disease,
            "approval": {"kind": approval.kind, "verified": str(approval.verified)} if approval else None,
            "draft": self.use.draft,
            "signed_off": self.signed_off,
        }


def listed(shelf: Shelf, on: date) -> list[Listed]:
    """Give every version of every use of a set, and where it stands on a date."""
    return [entry(shelf, use, on) for use in shelf.versions]


def entry(shelf: Shelf, use: Indication, on: date) -> Listed:
    """Give where one version stands on a date."""
    later = [one for one in shelf.versions if one.id == use.id and one.order > use.order]
    starts = min((one.effective for one in later), default=None)
    return Listed(
        use=use,
        state=_state(shelf, use, starts, on),
        until=starts - timedelta(days=1) if starts and starts > use.effective else None,
        signed_off=sum(signed_off(shelf, use, id) is not None for id in use.criteria),
    )


def signed_off(shelf: Shelf, use: Indication, criterion: str) -> str | None:
    """Give who has reviewed a criterion of a use, as its document stands on the shelf."""
    return building.signed_off(shelf.tree(f"{use.document}#/$defs/{criterion}"))


def _state(shelf: Shelf, use: Indication, replaced: date | None, on: date) -> State:
    if any(one.document == use.document for one in shelf.in_force(on)):
        return State.IN_FORCE
    if on < use.effective:
        return State.NOT_YET
    if replaced is not None and replaced <= on:
        return State.REPLACED if replaced > use.effective else State.CORRECTED
    return State.WITHDRAWN if use.withdrawn else State.NOT_KNOWN
