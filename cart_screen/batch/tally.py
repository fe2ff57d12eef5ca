"""What came of many intakes, counted: nothing that is counted here tells of a single person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

import polars as pl

from cart_screen.batch.results import INVALID, PROBLEMS, ResultNames, names
from cart_screen.model import CriteriaSet
from cart_screen.rules.expressions import Mapped

# The questions of the disease: its group, and its exact type.
GROUP = "cancer_group"
TYPE = "diagnosis"
# Where nobody gave an answer.
NOT_GIVEN = ""
# Why an answer was rejected that could be read, where nobody knows more of it.
NOT_ALLOWED = "not allowed"

Counts = Mapping[tuple[str, ...], int]


class Table(StrEnum):
    """
    What is counted under each criteria set, and by what.

    Guidance and urgency by code, findings by criterion and status, the others by the ids in their lists; groups and
    types by disease and guidance.
    """

    GUIDANCE = "guidance"
    URGENCY = "urgency"
    FINDINGS = "findings"
    AWAITING = "awaiting"
    CAUTIONS = "cautions"
    CONFLICTS = "conflicts"
    GROUPS = "groups"
    TYPES = "types"


class Tally:
    """
    Counts over intakes that were screened under some criteria sets, and over rows that were rejected.

    Two tallies of the same sets are added with ``+``; in what batches the rows came makes no difference. ``groups``
    gives for an exact type of disease its group, for those whose group nobody gave.
    """

    def __init__(self, sets: Sequence[str], groups: Mapping[str, str] | None = None) -> None:
        self.sets = tuple(sets)
        self.groups = dict(groups or {})
        self.screened = 0
        self.rejected = 0
        self.problems: Counter[tuple[str, ...]] = Counter()
        self._counts: Counter[tuple[str, ...]] = Counter()

    @classmethod
    def of(cls, criteria: Sequence[CriteriaSet]) -> Tally:
        """Give an empty tally for criteria sets, with the groups of diseases that their dictionaries tell."""
        groups: dict[str, str] = {}
        for one in criteria:
            derived = one.reading.derivations.get(GROUP)
            for source in derived.sources if derived is not None else ():
                if isinstance(source.value, Mapped) and source.value.question == TYPE:
                    groups |= {str(type): str(group) for type, group in source.value.table}
        return cls([one.id for one in criteria], groups)

    def __repr__(self) -> str:
        return f"<Tally of {self.rows} rows under {', '.join(self.sets)}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Tally) and self.to_dict() == other.to_dict()

    def __add__(self, other: Tally) -> Tally:
        if self.sets != other.sets:
            raise ValueError(f"a tally under {', '.join(self.sets)} cannot take one under {', '.join(other.sets)}")
        total = Tally(self.sets, self.groups | other.groups)
        total.screened = self.screened + other.screened
        total.rejected = self.rejected + other.rejected
        total.problems = self.problems + other.problems
        total._counts = self._counts + other._counts
        return total

    @property
    def rows(self) -> int:
        """All rows that were read."""
        return self.screened + self.rejected

    def add(self, batch: pl.DataFrame) -> None:
        """
        Count the rows of a batch: its columns are given answers, and the results as ``screen_frame`` names them.

        A row whose ``invalid`` holds is a rejected one, each of its ``problems`` an answer that is not allowed.
        """
        if INVALID in batch.columns and batch[INVALID].any():
            wrong = batch.filter(INVALID)
            self.reject(wrong.height, {(id, NOT_ALLOWED): count for (id,), count in _listed(wrong, PROBLEMS)})
            batch = batch.filter(~pl.col(INVALID))
        self.screened += batch.height
        if batch.is_empty():
            return
        for id, columns in names(self.sets).items():
            self._add(id, batch, columns)

    def reject(self, rows: int, problems: Mapping[tuple[str, str], int]) -> None:
        """
        Count rows that were not screened, and why: how often each question has a problem for each reason.

        A problem of a row as a whole has the question ``""``, and its reason is not kept: it may tell of what stands
        in the row. The reason for an answer is the same for every value.
        """
        self.rejected += rows
        for (question, reason), count in problems.items():
            self.problems[question, reason if question else ""] += count

    def counted(self, set: str, table: Table) -> Counts:
        """Give the counts of one table under one set, by what they are counted."""
        return {key[2:]: count for key, count in self._counts.items() if key[:2] == (set, table)}

    def to_dict(self) -> dict[str, Any]:
        """Give everything as plain JSON values."""
        return {
            "rows": self.rows,
            "screened": self.screened,
            "rejected": self.rejected,
            "problems": _nested(self.problems),
            "sets": {id: {str(table): _nested(self.counted(id, table)) for table in Table} for id in self.sets},
        }

    def _add(self, id: str, batch: pl.DataFrame, columns: ResultNames) -> None:
        self._add_guidance(id, batch, columns.guidance)
        self._count(id, Table.URGENCY, _grouped(batch.select(pl.col(columns.urgency).drop_nulls())))
        for criterion, column in columns.findings.items():
            found = _grouped(batch.select(column))
            self._count(id, Table.FINDINGS, (((str(criterion), *key), count) for key, count in found))
        for table, column in (
            (Table.AWAITING, columns.awaiting),
            (Table.CAUTIONS, columns.cautions),
            (Table.CONFLICTS, columns.conflicts),
        ):
            self._count(id, table, _listed(batch, column))

    def _add_guidance(self, id: str, batch: pl.DataFrame, guidance: str) -> None:
        """Count guidance, alone and by disease."""
        given = [column for column in (GROUP, TYPE) if column in batch.columns]
        for (*diseases, code), count in _grouped(batch.select(*given, guidance)):
            said = dict(zip(given, diseases, strict=True))
            type = said.get(TYPE, NOT_GIVEN)
            group = said.get(GROUP) or self.groups.get(type, NOT_GIVEN)
            for table, key in (
                (Table.GUIDANCE, (code,)),
                (Table.GROUPS, (group, code)),
                (Table.TYPES, (type, code)),
            ):
                self._count(id, table, [(key, count)])

    def _count(self, id: str, table: Table, counts: Iterable[tuple[tuple[str, ...], int]]) -> None:
        for key, count in counts:
            self._counts[(id, str(table), *key)] += count


def _grouped(frame: pl.DataFrame) -> list[tuple[tuple[str, ...], int]]:
    """Count the rows of a frame of words that are alike; no word is an empty one."""
    counted = frame.group_by(frame.columns).len("number of rows")
    return [(tuple(NOT_GIVEN if word is None else word for word in key), count) for *key, count in counted.iter_rows()]


def _listed(batch: pl.DataFrame, column: str) -> list[tuple[tuple[str, ...], int]]:
    """Count the ids in the lists of a column."""
    return _grouped(batch.select(pl.col(column).filter(pl.col(column).list.len() > 0).explode()))


def _nested(counts: Mapping[tuple[str, ...], int]) -> dict[str, Any]:
    """Give counts as objects in objects, in the order of their keys."""
    found: dict[str, Any] = {}
    for key, count in sorted(counts.items()):
        place = found
        for step in key[:-1]:
            place = place.setdefault(step, {})
        place[key[-1]] = count
    return found
