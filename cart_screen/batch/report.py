"""A report on a batch as one HTML document that needs nothing from outside: of groups, and of nobody alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from cart_screen.batch.counted import Counted, Line, Split
from cart_screen.batch.plots import Bar, bars
from cart_screen.batch.small_numbers import Shown, share, shown
from cart_screen.batch.tally import GROUP, TYPE, Tally
from cart_screen.ladder import Status
from cart_screen.model import CriteriaSet
from cart_screen.sheet.html_document import html_document, html_text
from cart_screen.sheet.plain import plain
from cart_screen.texts import Texts
from cart_screen.version import VERSION

_STYLE = Path(__file__).with_name("report.css").read_text("utf-8")


def report(tally: Tally, criteria: Sequence[CriteriaSet], as_of: date, language: str = "en") -> str:
    """
    Give the report on a batch under criteria sets, each as it is read on the day, to read on a screen and to print.

    It holds no key and no answers of a person: counts only, as ``small_numbers`` shows them. The same tally gives the
    same report.

    Raises
    ------
    ExtraMissing
        When matplotlib is not installed.
    LanguageUnknown
        When a set has no words in that language.
    """
    told = [Counted(tally, one, language) for one in criteria]
    texts = told[0].texts
    title = texts.get("batch", "report-title")
    use = (*texts.intended_use, texts.get("batch", "report-use"))
    body = (
        "<header>",
        f"<h1>{html_text(title)}</h1>",
        f"<p>{_said(texts, 'report-lead')}</p>",
        '<div class="use">',
        *(f"<p>{html_text(paragraph)}</p>" for paragraph in use),
        "</div>",
        "</header>",
        "<main>",
        *_read(tally, told[0]),
        *(line for one in told for line in _Set(one, tally, as_of).lines()),
        "</main>",
        "<footer>",
        f"<p>{html_text(texts.get('sheet', 'made-by').format(version=VERSION))}</p>",
        "</footer>",
    )
    return html_document(title, language, _STYLE, body)


def _read(tally: Tally, counted: Counted) -> Iterator[str]:
    """Write how many rows were read, and why some were rejected."""
    texts = counted.texts
    yield '<section aria-labelledby="read">'
    yield f'<h2 id="read">{_said(texts, "read")}</h2>'
    yield f"<p>{html_text(texts.get('batch', 'rounded').format(few=texts.get('batch', 'few')))}</p>"
    rows = [("rows", tally.rows), ("screened", tally.screened), ("rejected", tally.rejected)]
    lines = [Line(texts.get("batch", key), count) for key, count in rows]
    yield from _table(texts, "read", [_cells(texts, line) for line in lines], ("read", "count"))
    yield "</section>"
    yield from _section(texts, "problems", "problems", "", counted.problems, None)


class _Set:
    """What the report says under one criteria set."""

    def __init__(self, counted: Counted, tally: Tally, as_of: date) -> None:
        self._counted = counted
        self._texts = counted.texts
        self._criteria = counted.criteria
        self._as_of = as_of
        self._whole = shown(tally.screened)

    def lines(self) -> Iterator[str]:
        """Write everything, what is most urgent first."""
        criteria, texts, counted = self._criteria, self._texts, self._counted
        title = texts.get("batch", "as-of").format(title=criteria.title, date=self._as_of)
        yield f'<section class="set" aria-labelledby="{html_text(criteria.id)}">'
        yield f'<h2 id="{html_text(criteria.id)}">{html_text(title)}</h2>'
        yield f"<p>{html_text(' '.join(self._reviewed()))}</p>"
        yield from self._listed("urgent", counted.urgency, lead="")
        yield from self._listed("guidance", counted.guidance, lead="")
        yield from self._split("by-group", GROUP, counted.groups)
        yield from self._split("by-type", TYPE, counted.types, lead="by-type-lead")
        yield from self._missing()
        yield from self._not_met()
        yield from self._listed("conflicts", counted.conflicts, lead="")
        yield f"<p>{html_text(self._documents())}</p>"
        yield "</section>"

    def _reviewed(self) -> Iterator[str]:
        in_force = self._criteria.in_force(self._as_of)
        if any(one.signed_off is None for indication in in_force for one in indication.criteria.values()):
            yield self._texts.get("verified", "not-signed-off")
        if self._criteria.draft or any(indication.draft for indication in in_force):
            yield self._texts.get("verified", "draft")

    def _documents(self) -> str:
        read = [f"{one.id} {one.version}" for one in self._criteria.in_force(self._as_of)]
        dictionary = self._criteria.reading.dictionary
        return self._texts.get("sheet", "documents").format(
            documents="; ".join([*read, f"{dictionary.id} {dictionary.version}"])
        )

    def _id(self, key: str) -> str:
        return html_text(f"{self._criteria.id}-{key}")

    def _listed(self, key: str, lines: Sequence[Line], *, lead: str) -> Iterator[str]:
        yield from _section(self._texts, key, self._id(key), lead, lines, self._whole)

    def _missing(self) -> Iterator[str]:
        lines = self._counted.missing
        lead = "missing-lead" if lines else "missing-none"
        found = [
            Bar(line.label, _number(self._texts, shown(line.count)), [shown(line.count).rounded]) for line in lines
        ]
        rows = [_cells(self._texts, line, self._whole) for line in lines]
        yield from self._drawn("missing", found, rows, ("missing", "people", "share"), lead=lead)

    def _not_met(self) -> Iterator[str]:
        statuses = list(Status)
        splits = self._counted.criteria_statuses
        columns = [self._texts.get("batch", key) for key in ("met", "open", "not-met-one")]
        place = statuses.index(Status.NOT_MET)
        drawn = [Split(split.label, [split.counts[place]]) for split in splits if split.counts[place]]
        lead = "not-met-lead" if drawn else "not-met-none"
        found = [self._bar(split) for split in drawn]
        rows = [self._row(split) for split in splits]
        heads = (self._texts.get("batch", "not-met"), *columns)
        yield from self._drawn("not-met", found, rows, heads, lead=lead, worded=True)

    def _split(self, key: str, question: str, splits: Sequence[Split], lead: str = "") -> Iterator[str]:
        if not splits:
            return
        columns = self._counted.columns
        total = self._texts.get("batch", "total")
        rows = [(*self._row(split), _number(self._texts, shown(sum(split.counts)))) for split in splits]
        numbered = [f"{place} {column}" for place, column in enumerate(columns, 1)]
        found = [self._bar(split) for split in splits]
        yield from self._drawn(
            key, found, rows, (self._counted.label(question), *numbered, total), lead=lead, legend=columns, worded=True
        )

    def _bar(self, split: Split) -> Bar:
        parts = [shown(count).rounded for count in split.counts]
        return Bar(split.label, _number(self._texts, shown(sum(split.counts))), parts)

    def _row(self, split: Split) -> tuple[str, ...]:
        return (split.label, *(_number(self._texts, shown(count)) for count in split.counts))

    def _drawn(
        self,
        key: str,
        found: Sequence[Bar],
        rows: Sequence[Sequence[str]],
        heads: Sequence[str],
        *,
        lead: str,
        legend: Sequence[str] = (),
        worded: bool = False,
    ) -> Iterator[str]:
        """Write a section with a picture and its numbers beside it; heads are words, or keys of words."""
        id = self._id(key)
        title = self._texts.get("batch", key)
        # Without a name it is no landmark, of which several sets would have each several times.
        yield "<section>"
        yield f'<h3 id="{id}">{html_text(title)}</h3>'
        if lead:
            yield f"<p>{_said(self._texts, lead)}</p>"
        if rows:
            yield '<div class="beside">'
            if found:
                yield bars(f"{id}-bars", plain(title), plain(self._texts.get("batch", "bars")), found, legend)
            yield from _table(self._texts, id, rows, heads, worded=worded, split=worded)
            yield "</div>"
        yield "</section>"


def _section(texts: Texts, key: str, id: str, lead: str, lines: Sequence[Line], whole: Shown | None) -> Iterator[str]:
    """Write a list as a section with a table; nothing where there is nothing to say."""
    if not lines:
        return
    yield f'<section class="{key}">'
    yield f'<h3 id="{id}">{_said(texts, key)}</h3>'
    if lead:
        yield f"<p>{_said(texts, lead)}</p>"
    heads = (key, "people", "share") if whole is not None else (key, "count")
    yield from _table(texts, id, [_cells(texts, line, whole) for line in lines], heads)
    yield "</section>"


def _cells(texts: Texts, line: Line, whole: Shown | None = None) -> tuple[str, ...]:
    part = shown(line.count)
    if whole is None:
        return line.label, _number(texts, part)
    return line.label, _number(texts, part), _percent(share(part, whole))


def _percent(part: float | None) -> str:
    if part is None:
        return ""
    percent = f"{100 * part:.0f} %"
    return "<1 %" if part and percent == "0 %" else percent


def _number(texts: Texts, count: Shown) -> str:
    return plain(texts.get("batch", "few")) if count.few else f"{count.rounded:,}"


def _table(
    texts: Texts,
    id: str,
    rows: Sequence[Sequence[str]],
    heads: Sequence[str],
    *,
    worded: bool = False,
    split: bool = False,
) -> Iterator[str]:
    said = heads if worded else [texts.get("batch", head) for head in heads]
    # Whoever has no mouse moves a table that is too wide with the keyboard.
    yield f'<div class="table{" split" if split else ""}" role="group" aria-labelledby="{id}" tabindex="0">'
    yield f'<table aria-labelledby="{id}">'
    yield "<thead><tr>" + "".join(f'<th scope="col">{html_text(head)}</th>' for head in said) + "</tr></thead>"
    yield "<tbody>"
    for label, *cells in rows:
        values = "".join(f"<td>{html_text(cell)}</td>" for cell in cells)
        yield f'<tr><th scope="row">{html_text(label)}</th>{values}</tr>'
    yield "</tbody></table>"
    yield "</div>"


def _said(texts: Texts, key: str) -> str:
    return html_text(texts.get("batch", key))
