"""The same answers under two states of a criteria set: who changes, from what to what, because of which document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from cart_screen.batch.causes import between, causes, in_order
from cart_screen.batch.points import Point
from cart_screen.batch.results import CHECKS, INVALID, PROBLEMS
from cart_screen.engines.columns.screening import SEPARATOR, Part, screen_columns
from cart_screen.errors import ExtraMissing
from cart_screen.model import CriteriaSet, CriterionId

try:
    import polars as pl
except ImportError:
    raise ExtraMissing("batch") from None

if TYPE_CHECKING:
    from datetime import date

# What is compared: the guidance, the uses that are possible, and the findings.
PARTS = (Part.GUIDANCE, Part.FINDINGS, Part.POSSIBLE)
Said = Callable[[str], str]

FINDINGS = {id: f"{Part.FINDINGS}{SEPARATOR}{id}" for id in CriterionId}
COMPARED = (str(Part.GUIDANCE), *FINDINGS.values(), str(Part.POSSIBLE))

CHANGED = "changed"
ADDED = "added"
REMOVED = "removed"
BECAUSE = "because"

# Of fewer causes each is the reason for every change.
_SEVERAL = 2

# Columns that are only there while something is computed; those that came must not begin with it.
_INNER = "__rescreen/"


def before(name: str) -> str:
    """Give the column of a result in the state before."""
    return f"{name}{SEPARATOR}before"


def after(name: str) -> str:
    """Give the column of a result in the state after."""
    return f"{name}{SEPARATOR}after"


# The columns of one changed row: the guidance, each finding, those that changed, the uses, and the documents.
CHANGES = (
    before(Part.GUIDANCE),
    after(Part.GUIDANCE),
    *(name(finding) for finding in FINDINGS.values() for name in (before, after)),
    CHANGED,
    ADDED,
    REMOVED,
    BECAUSE,
)
LISTS = (CHANGED, ADDED, REMOVED, BECAUSE)
_RESULTS = frozenset(said(name) for name in COMPARED for said in (before, after))


def compared(frame: pl.LazyFrame, old: Point, new: Point) -> pl.LazyFrame:
    """
    Screen every row in two states of a set.

    Adds the compared results of both states, ``invalid`` and ``problems``, and ``changed``, which holds where a row is
    allowed in both states and the guidance, a finding or the possible uses differ. No column that comes may be named
    like a result of a screening.

    Raises
    ------
    ColumnsInvalid
        With every column of a type that its question does not allow, and of a name that would be added.
    """
    came = frame.collect_schema().names()
    for point, said in ((old, before), (new, after)):
        frame = _screened(frame, point.criteria, point.as_of, {name: said(name) for name in (*CHECKS, *COMPARED)})
    frame = frame.with_columns(
        (pl.col(before(INVALID)) | pl.col(after(INVALID))).alias(INVALID),
        pl.coalesce(before(PROBLEMS), after(PROBLEMS)).alias(PROBLEMS),
    )
    differs = pl.any_horizontal(pl.col(before(name)).ne_missing(pl.col(after(name))) for name in COMPARED)
    results = [said(name) for name in COMPARED for said in (before, after)]
    return frame.select(*came, INVALID, PROBLEMS, *results, (~pl.col(INVALID) & differs).alias(CHANGED))


class Explanation:
    """
    Why rows change from one state of a set to another.

    A document is named where the row comes out otherwise, in guidance, findings or possible uses, when that document
    alone is put in its new state among the old ones, or alone is left in its old state among the new ones; where none
    is by itself the reason, all that differ are named.
    """

    def __init__(self, old: Point, new: Point) -> None:
        self._uses = in_order(old, new)
        self._causes = causes(old, new)
        self._as_of = max(old.as_of, new.as_of)
        every = frozenset(range(len(self._causes)))
        asked: dict[frozenset[int], list[tuple[int, Said]]] = {}
        for place in every if len(every) >= _SEVERAL else ():
            asked.setdefault(frozenset([place]), []).append((place, before))
            asked.setdefault(every - {place}, []).append((place, after))
        # Made once: a plan is kept for each set as long as the set is there.
        self._tried = [
            (between(old, new, [self._causes[place] for place in sorted(done)]), compared_with)
            for done, compared_with in asked.items()
        ]

    def of(self, frame: pl.LazyFrame) -> pl.LazyFrame:
        """Give the changed rows of a frame that ``compared`` gave: the columns that came, and ``CHANGES``."""
        names = frame.collect_schema().names()
        came = [name for name in names if name not in (*CHECKS, CHANGED) and name not in _RESULTS]
        frame = frame.filter(CHANGED).drop(*CHECKS, CHANGED)
        for state, asked in self._tried:
            frame = self._try(frame, state, asked)
        differs = ((pl.col(before(name)).ne_missing(pl.col(after(name))), str(id)) for id, name in FINDINGS.items())
        possible_before, possible_after = pl.col(before(Part.POSSIBLE)), pl.col(after(Part.POSSIBLE))
        return frame.select(
            *came,
            *CHANGES[: -len(LISTS)],
            _listed(differs).alias(CHANGED),
            self._only_in(possible_after, possible_before).alias(ADDED),
            self._only_in(possible_before, possible_after).alias(REMOVED),
            self._because().alias(BECAUSE),
        )

    def _try(self, frame: pl.LazyFrame, state: CriteriaSet, asked: Sequence[tuple[int, Said]]) -> pl.LazyFrame:
        """Tell for some causes whether a row comes out otherwise in a state than before, or than after."""
        tried = {name: f"{_INNER}{name}" for name in (*CHECKS, *COMPARED)}
        frame = _screened(frame, state, self._as_of, tried)
        otherwise = (
            pl.any_horizontal(pl.col(tried[name]).ne_missing(pl.col(said(name))) for name in COMPARED).alias(
                said(f"{_INNER}{place}")
            )
            for place, said in asked
        )
        return frame.with_columns(otherwise).drop(tried.values())

    def _because(self) -> pl.Expr:
        if len(self._causes) < _SEVERAL:
            return pl.lit([id for cause in self._causes for id in cause.documents], dtype=pl.List(pl.String))
        places = range(len(self._causes))
        named = [pl.col(before(f"{_INNER}{place}")) | pl.col(after(f"{_INNER}{place}")) for place in places]
        none = ~pl.any_horizontal(named)
        documents = (
            (holds | none, id) for holds, cause in zip(named, self._causes, strict=True) for id in cause.documents
        )
        return _listed(documents).list.unique(maintain_order=True)

    def _only_in(self, one: pl.Expr, other: pl.Expr) -> pl.Expr:
        return _listed((one.list.contains(id) & ~other.list.contains(id), id) for id in self._uses)


def _screened(frame: pl.LazyFrame, criteria: CriteriaSet, as_of: date, renamed: dict[str, str]) -> pl.LazyFrame:
    screened: pl.LazyFrame = screen_columns(frame, criteria, as_of, PARTS)
    # The words are enumerations of those that can come up, so two screenings may have different ones.
    texts = [name for name in COMPARED if name != Part.POSSIBLE]
    words = pl.col(texts).cast(pl.String), pl.col(Part.POSSIBLE, PROBLEMS).cast(pl.List(pl.String))
    return screened.with_columns(*words).rename(renamed)


def _listed(cases: Iterable[tuple[pl.Expr, str]]) -> pl.Expr:
    """Give the texts whose conditions hold, in order; no condition is null."""
    texts = [pl.when(holds).then(pl.lit(text)) for holds, text in cases]
    return pl.concat_list(texts).list.drop_nulls() if texts else pl.lit([], dtype=pl.List(pl.String))
