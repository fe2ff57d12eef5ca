"""What has changed since a record was made, and so may explain that it does not come out the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from cart_screen.nouns import noun
from cart_screen.records.criteria import AtHand
from cart_screen.version import VERSION

if TYPE_CHECKING:
    from cart_screen.records.record import Record


class CauseKind(StrEnum):
    """What has changed."""

    RECORD_CHANGED = "record-changed"
    OWN_DIRECTORY = "own-directory"
    LIBRARY = "library"
    DOCUMENT_CHANGED = "document-changed"
    DOCUMENT_GONE = "document-gone"
    DOCUMENT_NOT_READ = "document-not-read"
    DOCUMENT_NEW = "document-new"
    RELEASED = "released"
    UNEXPLAINED = "unexplained"


@noun
class Cause:
    """
    Something that has changed since a record was made.

    ``path`` is a document below the criteria directory; ``then`` and ``now`` are a version or a SHA-256. A document
    is *gone* where its file is not there, and *not read* where it is but another one is in force on that day.
    """

    kind: CauseKind
    path: str | None = None
    then: str | None = None
    now: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain JSON values."""
        return {"cause": str(self.kind), "path": self.path, "then": self.then, "now": self.now}


def causes(record: Record, at_hand: AtHand, *, own_named: bool, released: bool) -> Iterator[Cause]:
    """
    Give what has changed since a record was made.

    ``own_named`` says that a directory was named to read the answers under, ``released`` that what was recorded as a
    draft is none now.
    """
    if not record.is_intact:
        yield Cause(CauseKind.RECORD_CHANGED)
    if not record.shipped and not own_named:
        yield Cause(CauseKind.OWN_DIRECTORY)
    if record.library != VERSION:
        yield Cause(CauseKind.LIBRARY, then=record.library, now=VERSION)
    now = at_hand.documents(record.as_of, record.language)
    yield from _documents(record.documents, now, at_hand)
    if released:
        yield Cause(CauseKind.RELEASED)


def _documents(then: Mapping[str, str], now: Mapping[str, str], at_hand: AtHand) -> Iterator[Cause]:
    for path in sorted({*then, *now}):
        match then.get(path), now.get(path):
            case before, None:
                there = (at_hand.directory.root / path).is_file()
                kind = CauseKind.DOCUMENT_NOT_READ if there else CauseKind.DOCUMENT_GONE
                yield Cause(kind, path, then=before)
            case None, after:
                yield Cause(CauseKind.DOCUMENT_NEW, path, now=after)
            case before, after if before != after:
                yield Cause(CauseKind.DOCUMENT_CHANGED, path, before, after)
