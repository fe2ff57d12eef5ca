"""Frames of answers of every kind, each row screened under one criteria set or several."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from cart_screen.api import DEFAULT_SET, load_criteria, read_date
from cart_screen.batch.results import CHECKS, INVALID, PROBLEMS, names
from cart_screen.engines.columns.backend import nw
from cart_screen.engines.columns.errors import refuse_taken
from cart_screen.engines.columns.frames import over_batches
from cart_screen.engines.columns.intake import Frame
from cart_screen.engines.columns.screening import SEPARATOR, Part, screen_columns
from cart_screen.errors import CriteriaAlike
from cart_screen.model import CriteriaSet, CriterionId

Criteria = str | Path | CriteriaSet

PARTS = (Part.GUIDANCE, Part.FINDINGS, Part.POSSIBLE, Part.AWAITING, Part.CAUTIONS, Part.URGENCY, Part.CONFLICTS)

# The columns that these parts make, in the order of the names of results.
_COMPUTED = (
    *CHECKS,
    Part.GUIDANCE,
    *(f"{Part.FINDINGS}{SEPARATOR}{id}" for id in CriterionId),
    Part.POSSIBLE,
    Part.AWAITING,
    Part.CAUTIONS,
    Part.URGENCY,
    Part.CONFLICTS,
)

# A column that came and is named like one of these has this in front meanwhile.
_ASIDE = "__aside/"


def screen_frame(
    frame: Any, *, criteria: Criteria | Sequence[Criteria] = DEFAULT_SET, as_of: date | str | None = None
) -> Any:
    """
    Screen every row of a frame of answers under one criteria set or several, as of a date (today where none is given).

    The frame may be polars (eager or lazy), pyarrow, DuckDB, PySpark or pandas, and comes back in its kind with
    further columns; what is lazy stays lazy. A column whose name is a question id holds the answers to it: null, or
    NaN, means asked and not known, and a question without a column was not given. Other columns pass through.

    The columns that are added are those of ``cart_screen.batch.results``: for each row ``guidance``, the five findings
    (``finding/fitness``), the possible ``indications``, what is ``awaiting``, ``cautions``, ``urgency`` and
    ``conflicts``, as ``screen`` says them of its answers. Under several sets each has its set in front
    (``us-fda/guidance``). A row with an answer that its question does not allow is not screened: ``invalid`` holds
    there, ``problems`` lists those questions (under several sets, those of the first that does not allow them), and
    the other columns are null.

    Raises
    ------
    ColumnsInvalid
        With every column of a type that its question does not allow, and of a name that would be added.
    CriteriaAlike
        When two of the sets have the same name, or there are none.
    CriteriaUnknown
        When there is no criteria set of a name.
    DateInvalid
        When ``as_of`` is no date.
    FrameUnknown
        When the frame is of no kind that can be read.
    """
    on = read_date(as_of)
    chosen = [one.on(on) for one in load_sets(criteria)]
    reads = {id for one in chosen for id in one.reading.dictionary.questions}
    return over_batches(frame, partial(_screened, criteria=chosen, as_of=on), reads)


def load_sets(criteria: Criteria | Sequence[Criteria]) -> tuple[CriteriaSet, ...]:
    """
    Give criteria sets from names, paths or the sets themselves.

    Raises
    ------
    CriteriaAlike
        When two of them have the same name, or there are none.
    CriteriaUnknown, CriteriaMissing, DocumentInvalid, ReleaseChanged
        As ``load_criteria`` does.
    """
    named = [criteria] if isinstance(criteria, Criteria) else criteria
    found = tuple(one if isinstance(one, CriteriaSet) else load_criteria(one) for one in named)
    if not found:
        raise CriteriaAlike("")
    ids = [one.id for one in found]
    for id in ids:
        if ids.count(id) > 1:
            raise CriteriaAlike(id)
    return found


def _screened(frame: Frame, criteria: Sequence[CriteriaSet], as_of: date) -> Frame:
    came = frame.collect_schema().names()
    named = names([one.id for one in criteria])
    results = [name for one in named.values() for name in one.every]
    refuse_taken((*CHECKS, *results), came)
    aside = {name: f"{_ASIDE}{name}" for name in came if name in _COMPUTED}
    frame = frame.rename(aside)
    for place, one in enumerate(criteria):
        frame = nw.from_native(screen_columns(frame.to_native(), one, as_of, PARTS))
        checks = {name: f"{_ASIDE}{place}/{name}" for name in CHECKS}
        frame = frame.rename(checks | dict(zip(_COMPUTED[len(CHECKS) :], named[one.id].every, strict=True)))
    # Sets with one dictionary allow the same.
    places = [place for place, one in enumerate(criteria) if _first_to_read(one, criteria) is one]
    invalid, problems = ([nw.col(f"{_ASIDE}{place}/{name}") for place in places] for name in CHECKS)
    return frame.select(
        *(nw.col(aside.get(name, name)).alias(name) for name in came),
        nw.any_horizontal(*invalid, ignore_nulls=False).alias(INVALID),
        nw.coalesce(*problems).alias(PROBLEMS),
        *(nw.col(name) for name in results),
    )


def _first_to_read(one: CriteriaSet, criteria: Sequence[CriteriaSet]) -> CriteriaSet:
    """Give the first of some sets whose dictionary has the same questions."""
    questions = one.reading.dictionary.questions
    return next(other for other in criteria if other.reading.dictionary.questions == questions)
