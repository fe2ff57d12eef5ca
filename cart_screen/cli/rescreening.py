"""``cart-screen rescreen IN --from POINT --to POINT``: who changes between two states of a criteria set."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from cart_screen.api import load_criteria, named_or_path
from cart_screen.batch.errors import listed
from cart_screen.batch.map_file import read_map
from cart_screen.batch.mapping import ColumnMap, questions_of
from cart_screen.batch.moves_summary import moves_summary
from cart_screen.batch.points import read_point
from cart_screen.batch.rescreen_job import STDOUT, RescreenJob, rescreen
from cart_screen.cli.exits import Exit
from cart_screen.nouns import noun


@noun
class Wishes:
    """What was asked for on the command line."""

    input: str
    output: str | None
    old: str
    new: str
    key: str | None
    criteria: str
    map: str | None
    rejects: str | None
    as_json: bool
    quiet: bool


def run_rescreen(wishes: Wishes) -> int:
    """Screen every row of a table in two states; exit code 1 says that some rows were rejected."""
    job = _job(wishes)
    found = rescreen(job)
    moves = found.moves
    if found.unknown:
        _say(f"Columns that are no questions and were left out: {listed(found.unknown)}.")
    if found.unmet:
        _say(f"Columns of the map that no row has: {listed(found.unmet)}.")
    said = f"{json.dumps(moves.to_dict(), indent=2)}\n" if wishes.as_json else moves_summary(moves)
    print(said, end="", file=sys.stderr if job.output == STDOUT else sys.stdout)
    if moves.rejected and job.rejects is not None:
        _say(f"Rejected rows and why: {job.rejects}")
    return Exit.FOUND if moves.rejected else Exit.OK


def _job(wishes: Wishes) -> RescreenJob:
    criteria = load_criteria(named_or_path(wishes.criteria))
    old, new = read_point(wishes.old, criteria), read_point(wishes.new, criteria)
    output = None if wishes.output is None else Path(wishes.output)
    return RescreenJob(
        input=None if wishes.input == str(STDOUT) else Path(wishes.input),
        output=output,
        rejects=_rejects(wishes, output),
        old=old,
        new=new,
        key=wishes.key,
        mapping=ColumnMap() if wishes.map is None else read_map(Path(wishes.map), questions_of([new.criteria])),
        quiet=wishes.quiet,
    )


def _rejects(wishes: Wishes, output: Path | None) -> Path | None:
    if wishes.rejects is not None:
        return Path(wishes.rejects)
    return None if output is None or output == STDOUT else output.with_name(f"{output.stem}.rejects.csv")


def _say(sentence: str) -> None:
    # With standard error closed there is nobody to tell.
    if sys.stderr is not None:
        print(sentence, file=sys.stderr)
