"""One person: verdicts, awaited answers and reasons, next to hand-written code and the peers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from .contenders import BY_HAND, compiled, peers
from .records import Record, complete_records, with_missing
from .rule_sets import RULE_SETS
from .table import GOALS, Line, Ratio, microseconds
from .timing import Timing, interleaved

RECORDS = 200
HAND = "hand-written Python"
RUST = "jsonschema-rs"
Forms = Mapping[str, Callable[[Record], Any]]
Found = Iterator[Line | Ratio]


def complete() -> Found:
    """Verdicts on complete answers."""
    for name in RULE_SETS:
        forms = {
            "compile_rules": compiled(name).verdicts,
            f"{HAND}, two-valued": BY_HAND[name].complete,
            f"{HAND}, three-valued": BY_HAND[name].partial,
            **{peer: read.complete for peer, read in peers(name)[0].items()},
        }
        times = yield from _measured(f"{name}: verdicts, complete", forms, _records(name, 0))
        yield from _goal("complete-by-hand", name, times.get(f"{HAND}, two-valued"))
        yield from _goal("complete-rs", name, times.get(RUST))


def partial() -> Found:
    """Verdicts with 1, 12 and 20 % of the answers missing."""
    for name in RULE_SETS:
        for share in (0.01, 0.12, 0.2):
            forms = {
                "compile_rules": compiled(name).verdicts,
                f"{HAND}, three-valued": BY_HAND[name].partial,
                **{f"{peer}, two rules": read.partial for peer, read in peers(name)[0].items()},
            }
            times = yield from _measured(f"{name}: verdicts, {share:.0%} missing", forms, _records(name, share))
            if share > 0.01:
                yield from _goal("partial-by-hand", f"{name} {share:.0%}", times.get(f"{HAND}, three-valued"))
                yield from _goal("partial-rs", f"{name} {share:.0%}", times.get(f"{RUST}, two rules"))


def evaluate() -> Found:
    """Verdicts with the answers that are awaited."""
    for name in RULE_SETS:
        for share in (0, 0.12, 0.2):
            forms = {
                "evaluate": compiled(name).evaluate,
                f"{HAND}, no awaited": BY_HAND[name].partial,
                "compile_rules, verdicts only": compiled(name).verdicts,
            }
            times = yield from _measured(f"{name}: evaluate, {share:.0%} missing", forms, _records(name, share))
            if share:
                yield from _goal("evaluate", f"{name} {share:.0%}", times.get(f"{HAND}, no awaited"))


def explain() -> Found:
    """Reasons for every criterion."""
    for name in RULE_SETS:
        for share in (0, 0.12, 0.2):
            forms = {"explain": compiled(name).explain, f"{HAND}, with reasons": BY_HAND[name].with_reasons}
            if not share:
                # They read two-valued, and explain only what is not met.
                forms |= {f"{peer}, iter_errors": read.explain for peer, read in peers(name)[0].items() if read.explain}
            times = yield from _measured(f"{name}: explain, {share:.0%} missing", forms, _records(name, share))
            yield from _goal("explain", f"{name} {share:.0%}", times.get(f"{HAND}, with reasons"))


def _records(name: str, share: float) -> list[Record]:
    records = complete_records(RULE_SETS[name](), RECORDS)
    return with_missing(records, share) if share else records


def _measured(measure: str, forms: Forms, records: list[Record]) -> Iterator[Line]:
    times = interleaved(forms, records)
    for who, timing in times.items():
        yield Line(measure, who, microseconds(timing.fastest), f"{timing.times:.2f}")
    return times


def _goal(goal: str, what: str, theirs: Timing | None) -> Iterator[Ratio]:
    if theirs is not None:
        yield Ratio(goal, what, GOALS[goal].measured(1, theirs.times))
