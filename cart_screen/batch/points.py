"""States of a criteria set between which a whole table is screened again: a day, or versions of documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from cart_screen.api import read_date
from cart_screen.errors import CartScreenError, DateInvalid, shown
from cart_screen.model import CriteriaSet, Indication
from cart_screen.nouns import noun, replace

# Between the parts of a point, and between a use and its version.
_BETWEEN = ","
_VERSION = "@"


class PointInvalid(CartScreenError):
    """What was given is neither a date nor a version of a use."""

    code = "point-invalid"

    def __init__(self, found: str) -> None:
        super().__init__(found)
        self.found = found

    def __str__(self) -> str:
        return (
            f"{shown(self.found)!r} is neither a date nor a version. Write a date such as 2024-04-05, a use with its "
            "version such as carvykti-multiple-myeloma@2.0.0, or both with a comma between."
        )


class VersionUnknown(CartScreenError):
    """A version of a use was named that a criteria set does not have, or does not read together with the others."""

    code = "version-unknown"

    def __init__(self, set: str, use: str, version: str, known: Sequence[str]) -> None:
        super().__init__(set, use, version, tuple(known))
        self.set = set
        self.use = use
        self.version = version
        self.known = tuple(known)

    def __str__(self) -> str:
        return (
            f"{self.set} has no {shown(self.use)}{_VERSION}{shown(self.version)} to read on that day. Choose one of: "
            f"{', '.join(self.known)}."
        )


class DayUnknown(CartScreenError):
    """A day was named of which a criteria set says nothing, since it begins later."""

    code = "day-unknown"

    def __init__(self, set: str, day: date, known_from: date) -> None:
        super().__init__(set, day, known_from)
        self.set = set
        self.day = day
        self.known_from = known_from

    def __str__(self) -> str:
        return f"{self.set} says nothing of {self.day}: it begins on {self.known_from}. Choose that day or a later one."


@noun
class Point:
    """
    A state of a criteria set.

    ``criteria`` holds only what is in force there: one version of each use. ``begun`` also holds withdrawals: the
    latest version of each use that has begun, by its id. ``day`` is the day that counts, ``as_of`` one on which every
    version that is in force here has begun. ``places`` numbers the uses of the set in its own order.
    """

    said: str
    day: date
    as_of: date
    criteria: CriteriaSet
    begun: Mapping[str, Indication]
    places: Mapping[str, int]

    @property
    def in_force(self) -> Mapping[str, Indication]:
        """The version of each use that is in force, by its id."""
        return {indication.id: indication for indication in self.criteria.indications}


def read_point(said: str, criteria: CriteriaSet) -> Point:
    """
    Give the state of a criteria set that was asked for as text.

    That is a date; or a version of a use (``carvykti-multiple-myeloma@2.0.0``, with or without its set in front), which
    is the state on the day from which that version counts; or both, with commas between. What was in force on the
    day is in force there, and the versions named stand in for those: so a version can be read that was corrected on
    its first day, or one that has not begun.

    Raises
    ------
    DayUnknown
        When the day is before the set begins.
    PointInvalid
        When the text is none of these.
    VersionUnknown
        When the set has no such version, or reads it with another dictionary than what was in force on the day.
    """
    days: list[date] = []
    wanted: dict[str, str] = {}
    for part in (part.strip() for part in said.split(_BETWEEN)):
        use, _, version = part.rpartition(_VERSION)
        if use and version:
            wanted[use.removeprefix(f"{criteria.id}/")] = version
        else:
            days.append(_day(part, said))
    if len(days) > 1 or len(days) + len(wanted) != said.count(_BETWEEN) + 1:
        raise PointInvalid(said)
    day = days[0] if days else max(_found(use, version, (criteria, *criteria.earlier)).effective
                                   for use, version in wanted.items())  # fmt: skip
    if day < criteria.known_from:
        raise DayUnknown(criteria.id, day, criteria.known_from)
    read = criteria.on(day)
    return _point(said, day, read, [_found(use, version, (read,)) for use, version in wanted.items()])


def _day(text: str, said: str) -> date:
    try:
        return read_date(text)
    except DateInvalid:
        raise PointInvalid(said) from None


def _found(use: str, version: str, parts: Sequence[CriteriaSet]) -> Indication:
    every = [one for part in parts for one in part.indications]
    for one in every:
        if (one.id, one.version) == (use, version):
            return one
    same = [f"{one.id}{_VERSION}{one.version}" for one in every if one.id == use]
    # Imported here: only a message about a mistake needs it.
    from difflib import get_close_matches

    uses = list(dict.fromkeys(one.id for one in every))
    near = same or get_close_matches(use, uses) or [one for one in uses if use in one] or uses
    raise VersionUnknown(parts[0].id, use, version, near)


def _point(said: str, day: date, read: CriteriaSet, named: Sequence[Indication]) -> Point:
    begun: dict[str, Indication] = {}
    for one in read.indications:
        if one.effective <= day and (one.id not in begun or one.order > begun[one.id].order):
            begun[one.id] = one
    begun |= {one.id: one for one in named}
    places = {id: place for place, id in enumerate(dict.fromkeys(one.id for one in read.indications))}
    in_force = tuple(begun[id] for id in places if id in begun and not begun[id].withdrawn)
    return Point(
        said=said,
        day=day,
        as_of=max((day, *(one.effective for one in in_force))),
        criteria=replace(read, indications=in_force, earlier=()),
        begun=begun,
        places=places,
    )
