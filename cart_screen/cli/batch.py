"""``cart-screen batch IN OUT``: a table of intakes, every row screened."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from textwrap import wrap

from cart_screen.api import named_or_path, read_date
from cart_screen.batch.errors import listed
from cart_screen.batch.frames import load_sets
from cart_screen.batch.job import Job
from cart_screen.batch.map_file import read_map
from cart_screen.batch.mapping import ColumnMap, questions_of
from cart_screen.batch.running import Engine, in_polars, run
from cart_screen.batch.summary import summary
from cart_screen.cli.exits import Exit
from cart_screen.errors import shown
from cart_screen.model import CriteriaSet
from cart_screen.nouns import noun
from cart_screen.texts import Texts

_STREAM = "-"


@noun
class Wishes:
    """What was asked for on the command line."""

    input: str
    output: str
    key: str | None
    criteria: Sequence[str]
    as_of: str | None
    map: str | None
    rejects: str | None
    report: str | None
    engine: str
    master: str | None
    quiet: bool


def run_batch(wishes: Wishes) -> int:
    """Screen every row of a table; exit code 1 says that some rows were rejected."""
    _leave_ignored()
    job = _job(wishes)
    outcome = run(job, _engine(wishes))
    if outcome.unknown:
        _say(f"Left out, since no question has that name: {listed(outcome.unknown)}.")
    if outcome.unmet:
        _say(f"Columns of the map that no row has: {listed(outcome.unmet)}.")
    if not wishes.quiet:
        _say(summary(outcome.tally, job.sets, job.as_of, outcome.seconds).rstrip("\n"))
    if outcome.tally.rejected:
        _say(f"Rejected rows and why: {shown(str(job.rejects))}")
    if not wishes.quiet:
        # Guidance is never a verdict: it is the last thing that is said.
        _say("\n" + "\n".join(wrap(Texts(job.sets[0]).get("batch", "report-use"), 80)))
    return Exit.FOUND if outcome.tally.rejected else Exit.OK


def _leave_ignored() -> None:
    """Let interrupts be ignored that a shell told a program behind it to ignore: polars takes them as it loads."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def _job(wishes: Wishes) -> Job:
    on = read_date(wishes.as_of)
    criteria = _loaded(wishes.criteria, on)
    mapping = ColumnMap() if wishes.map is None else read_map(Path(wishes.map), questions_of(criteria))
    output = None if wishes.output == _STREAM else Path(wishes.output)
    if wishes.rejects is not None:
        rejects = Path(wishes.rejects)
    else:
        assert output is not None, "the arguments refuse a stream without a file of rejects"
        rejects = output.with_name(output.stem + ".rejects.csv")
    return Job(
        input=None if wishes.input == _STREAM else Path(wishes.input),
        output=output,
        rejects=rejects,
        sets=criteria,
        as_of=on,
        key=wishes.key,
        mapping=mapping,
        report=None if wishes.report is None else Path(wishes.report),
        quiet=wishes.quiet,
    )


def _loaded(names: Sequence[str], on: date) -> tuple[CriteriaSet, ...]:
    return tuple(one.on(on) for one in load_sets([named_or_path(name) for name in names]))


def _engine(wishes: Wishes) -> Engine:
    match wishes.engine:
        case "polars":
            return in_polars
        case "duckdb":
            # Imported here, and below: only who names an engine has it.
            from cart_screen.batch.duckdb import in_duckdb

            return in_duckdb
        case _:
            from cart_screen.batch.spark import in_spark

            return in_spark(wishes.master)


def _say(sentence: str) -> None:
    # Standard output may hold the results.
    if sys.stderr is not None:
        print(sentence, file=sys.stderr)
