"""``cart-screen criteria list``, ``show`` and ``open-points``: the criteria as people review them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from cart_screen.api import read_date
from cart_screen.authoring.english_page import Line, page
from cart_screen.authoring.listing import Listed, State, listed
from cart_screen.authoring.open_points import open_points
from cart_screen.authoring.shelf import Shelf, find, shelves
from cart_screen.cli.exits import Exit
from cart_screen.terminal.layout import paragraph, underlined

FORMAT = "cart-screen-criteria-list/1"
_GAP = "  "
# What is no name by itself, and needs its heading where there is no column.
_NAMED = ("from", "until", "approval", "signed off")


def run_list(criteria: Sequence[str], as_of: str | None, *, every: bool, as_json: bool) -> int:
    """List the uses of some sets, all of them where none is named: those in force on a date, or every version."""
    on = read_date(as_of)
    rows = [
        (shelf, [row for row in listed(shelf, on) if every or row.state is State.IN_FORCE])
        for shelf in shelves(criteria)
    ]
    if as_json:
        print(json.dumps(_document(rows, on), indent=2, ensure_ascii=False))
        return Exit.OK
    for position, (shelf, found) in enumerate(rows):
        if position:
            print()
        for line in underlined(f"{shelf.criteria.id}: {shelf.criteria.title}"):
            print(line)
        print(paragraph(_summary(shelf, on)))
        for line in _table(found, every=every) if found else ():
            print(line)
    return Exit.OK


def run_show(name: str, *, criteria: str | None, version: str | None, as_of: str | None) -> int:
    """Print one document as sentences that a clinician can review line by line."""
    on = read_date(as_of)
    return _print(page(find(name, criteria=criteria, version=version, on=on), on))


def run_open_points(criteria: Sequence[str], as_of: str | None) -> int:
    """Print every point of some sets, all of them where none is named, that is not signed off or not verified."""
    return _print(open_points(shelves(criteria), read_date(as_of)))


def _print(lines: Iterable[Line]) -> int:
    for line in lines:
        first = "  " * line.depth + (f"{line.mark} " if line.mark else "")
        for said in underlined(line.text) if line.heading else [paragraph(line.text, first, " " * len(first))]:
            print(said)
    return Exit.OK


def _summary(shelf: Shelf, on: date) -> str:
    count = len(shelf.in_force(on))
    if count:
        return f"In force on {on}: {count} {'use' if count == 1 else 'uses'}."
    if on < shelf.criteria.known_from:
        return f"Nothing is in force on {on}: the set begins on {shelf.criteria.known_from}."
    return f"Nothing is in force on {on}."


def _document(rows: Sequence[tuple[Shelf, Sequence[Listed]]], on: date) -> dict[str, object]:
    return {
        "format": FORMAT,
        "as_of": on.isoformat(),
        "sets": [
            {
                "set": shelf.criteria.id,
                "title": shelf.criteria.title,
                "jurisdiction": shelf.criteria.jurisdiction,
                "known_from": shelf.criteria.known_from.isoformat(),
                "uses": [row.to_dict() for row in found],
            }
            for shelf, found in rows
        ],
    }


def _table(rows: Sequence[Listed], *, every: bool) -> Iterator[str]:
    """Give rows as a table where the terminal is wide enough for it, else as a block for each."""
    cells = [_cells(row, every=every) for row in rows]
    heads = [head for head in cells[0] if any(row[head] for row in cells)]
    widths = {head: max(len(head), *(len(row[head]) for row in cells)) for head in heads}
    if sum(widths.values()) + len(_GAP) * len(widths) > shutil.get_terminal_size().columns:
        for row in cells:
            yield from _block(row)
        return
    for one in ({head: head for head in heads}, {head: "-" * width for head, width in widths.items()}, *cells):
        yield _GAP.join(one[head].ljust(width) for head, width in widths.items()).rstrip()


def _block(cells: Mapping[str, str]) -> Iterator[str]:
    use, version, *rest = ((head, said) for head, said in cells.items() if said)
    yield paragraph(f"{use[1]} {version[1]}", "", "    ")
    yield paragraph("; ".join(f"{head} {said}" if head in _NAMED else said for head, said in rest), "    ")


def _cells(row: Listed, *, every: bool) -> dict[str, str]:
    use, product, approval = row.use, row.use.product, row.use.approval
    state = {"until": row.until.isoformat() if row.until else "", "state": str(row.state)} if every else {}
    return {
        "use": use.id,
        "version": use.version,
        "from": use.effective.isoformat(),
        **state,
        "product": product.brand if product else "",
        "disease": use.disease,
        "approval": f"{approval.kind} ({approval.verified})" if approval else "",
        "release": "draft" if use.draft else "released",
        "signed off": f"{row.signed_off} of {len(use.criteria)}",
    }
