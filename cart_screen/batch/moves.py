"""How many people change between two states of a criteria set, from which guidance to which, and because of what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import polars as pl

from cart_screen.batch.points import Point
from cart_screen.batch.rescreening import BECAUSE, after, before
from cart_screen.engines.columns.screening import Part
from cart_screen.ladder import Code

FORMAT = "cart-screen-rescreening/1"

# The guidance before, and the guidance after.
Move = tuple[str, str]


class Moves:
    """
    Counts over people who were screened in two states of one set; nothing that is counted tells of a single person.

    ``problems`` counts what could not be read, by question and reason.
    """

    def __init__(self, old: Point, new: Point) -> None:
        self.old = old
        self.new = new
        self.screened = 0
        self.rejected = 0
        self.changed = 0
        self.problems: Counter[tuple[str, str]] = Counter()
        self._people: Counter[Move] = Counter()
        self._documents: dict[Move, Counter[str]] = {}

    def __repr__(self) -> str:
        return f"<Moves of {self.rows} rows from {self.old.said} to {self.new.said}>"

    @property
    def rows(self) -> int:
        """All rows that were read."""
        return self.screened + self.rejected

    def reject(self, rows: int, problems: Mapping[tuple[str, str], int]) -> None:
        """Count rows that were not screened, and why."""
        self.rejected += rows
        self.problems.update(problems)

    def add(self, changes: pl.DataFrame) -> None:
        """Count changed rows, as ``Explanation`` gives them."""
        self.changed += changes.height
        columns = [before(Part.GUIDANCE), after(Part.GUIDANCE), BECAUSE]
        for was, now, documents, people in changes.group_by(columns).len().rows():
            self._people[was, now] += people
            for document in documents:
                self._documents.setdefault((was, now), Counter())[document] += people

    @property
    def people(self) -> dict[Move, int]:
        """How many people move from which guidance to which, those that move up most first."""
        return {move: self._people[move] for move in sorted(self._people, key=_in_order)}

    def documents(self, move: Move | None = None) -> dict[str, int]:
        """Give for each document how many people change because of it, among all or in one move, most first."""
        every = self._documents.values() if move is None else [self._documents.get(move, Counter())]
        total: Counter[str] = sum(every, Counter())
        return dict(sorted(total.items(), key=lambda one: (-one[1], one[0])))

    def to_dict(self) -> dict[str, Any]:
        """Give everything as plain JSON values."""
        return {
            "format": FORMAT,
            "set": self.new.criteria.id,
            "from": _point(self.old),
            "to": _point(self.new),
            "rows": self.rows,
            "screened": self.screened,
            "rejected": self.rejected,
            "changed": self.changed,
            "documents": _counted(self.documents()),
            "moves": [
                {"from": was, "to": now, "people": people, "documents": _counted(self.documents((was, now)))}
                for (was, now), people in self.people.items()
            ],
            "problems": [
                {"question": question or None, "reason": reason, "count": count}
                for (question, reason), count in sorted(self.problems.items())
            ],
        }


def _point(point: Point) -> dict[str, str]:
    return {"said": point.said, "day": point.day.isoformat()}


def _counted(documents: Mapping[str, int]) -> list[dict[str, Any]]:
    return [{"id": id, "people": people} for id, people in documents.items()]


def _in_order(move: Move) -> tuple[int, int]:
    was, now = (list(Code).index(Code(code)) for code in move)
    # The guidance to act on first stands first; of two moves to one guidance the longer one.
    return now, -was
