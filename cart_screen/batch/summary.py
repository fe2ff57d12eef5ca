"""What came of a batch as lines of plain text, for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from datetime import date

from cart_screen.batch.counted import Counted, Line
from cart_screen.batch.results import names
from cart_screen.batch.tally import Tally
from cart_screen.ladder import Status
from cart_screen.model import CriteriaSet
from cart_screen.sheet.plain import plain
from cart_screen.texts import Texts

_WIDTH = 80
_COUNT = 14
_SHARE = 9
_LABEL = _WIDTH - _COUNT - _SHARE


def summary(tally: Tally, criteria: Sequence[CriteriaSet], as_of: date, seconds: float, language: str = "en") -> str:
    """
    Give the summary of a batch, in lines of at most 80 columns.

    First how many rows there were, and who needs help now; then for each criteria set what is to be done next, what
    is most often missing, and which criteria are not met. ``seconds`` is how long it took. The counts are exact: it is
    for those who hold the rows.

    Raises
    ------
    LanguageUnknown
        When a set has no words in that language.
    """
    told = [Counted(tally, one, language) for one in criteria]
    texts = told[0].texts
    lines = [*_rows(tally, texts, seconds)]
    columns = names(tally.sets)
    # Sets with one dictionary call the same people.
    for urgency, one in {one.urgency: one for one in reversed(told)}.items():
        lead = _said(texts, "urgent-lead", column=columns[one.criteria.id].urgency)
        lines += _listed(texts, "urgent", urgency, tally.screened, lead)
    lines += _listed(texts, "problems", told[0].problems, None)
    for one in told:
        title = _wrapped(_said(texts, "as-of", title=one.criteria.title, date=as_of))
        lines += ["", *title, "-" * max(map(len, title))]
        lines += _listed(texts, "guidance", one.guidance, tally.screened)
        lines += _listed(texts, "missing", one.missing, tally.screened)
        place = list(Status).index(Status.NOT_MET)
        not_met = [Line(split.label, split.counts[place]) for split in one.criteria_statuses]
        lines += _listed(texts, "not-met", [line for line in not_met if line.count], tally.screened)
        lines += _listed(texts, "conflicts", one.conflicts, tally.screened)
    return "\n".join(lines) + "\n"


def _rows(tally: Tally, texts: Texts, seconds: float) -> Iterator[str]:
    for key, count in (("rows", tally.rows), ("screened", tally.screened), ("rejected", tally.rejected)):
        yield _line(_said(texts, key), f"{count:,}")
    rate = f"{tally.rows / seconds:,.0f}" if seconds > 0 else "?"
    head = _said(texts, "time")
    yield head + _said(texts, "rate", seconds=_duration(seconds), rate=rate).rjust(_LABEL + _COUNT - len(head))


def _duration(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s"


def _listed(texts: Texts, heading: str, lines: Sequence[Line], whole: int | None, lead: str = "") -> Iterator[str]:
    """Write a list under its heading; nothing where there is nothing to say. Shares are of a ``whole``."""
    if not lines:
        return
    yield ""
    yield _line(_said(texts, heading), *((_said(texts, "people"), _said(texts, "share")) if whole else ("",)))
    if lead:
        yield from _wrapped(lead)
    for line in lines:
        *before, last = _wrapped(line.label, _LABEL - 2)
        yield from (f"  {part}" for part in before)
        yield _line(f"  {last}", f"{line.count:,}", _share(line.count, whole) if whole else "")


def _share(part: int, whole: int) -> str:
    percent = f"{100 * part / whole:.1f} %"
    return "<0.1 %" if percent == "0.0 %" else percent


def _line(label: str, count: str, share: str = "") -> str:
    return f"{label:<{_LABEL}}{count:>{_COUNT}}{share:>{_SHARE}}".rstrip()


def _wrapped(text: str, width: int = _WIDTH) -> list[str]:
    return textwrap.wrap(text, width) or [""]


def _said(texts: Texts, key: str, **filled: object) -> str:
    # Words and titles may come from outside, and a terminal obeys what it reads.
    return plain(texts.get("batch", key).format(**filled))
