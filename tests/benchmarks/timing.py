"""Times that can be compared: everybody takes turns on the same records, and ratios are taken turn by turn."""

from __future__ import annotations

import gc
import statistics
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from time import thread_time
from typing import Any

Form = Callable[[Any], object]

ROUNDS = 45
RECORDS_A_TURN = 1_000
# Whoever needs longer for a turn, in seconds, takes it apart from the others and less often.
_LONG = 0.05
_FEW = 3


@dataclass(frozen=True)
class Timing:
    """
    How long somebody took.

    ``fastest`` is the shortest processor time per record of any round, in seconds. ``times`` is the median, over the
    rounds, of their time divided by that of the first one in the same round.
    """

    fastest: float
    times: float


def interleaved(forms: Mapping[str, Form], records: Sequence[Any], rounds: int = ROUNDS) -> dict[str, Timing]:
    """
    Time some functions of one record, in turns.

    A turn reads the same records until it has read about 1,000, at least each one once. The first function is
    what the others are compared with. Those that take long are compared with it in rounds of their own, so that
    what else the machine does meanwhile falls on both.
    """
    (first, subject), *others = forms.items()
    passes = max(1, RECORDS_A_TURN // len(records))
    with collector_off():
        _turn(subject, records, 1)
        quick, slow = {first: subject}, {}
        for name, form in others:
            form(records[0])  # What is made ready on the first call is no part of the time.
            sample = records[: len(records) // 10 or 1]
            (slow if _turn(form, sample, 1) * len(records) * passes > _LONG else quick)[name] = form
        found = _rounds(quick, records, dict.fromkeys(quick, passes), rounds)
        for name, form in slow.items():
            found[name] = _rounds({first: subject, name: form}, records, {first: passes, name: 1}, _FEW)[name]
    return {name: found[name] for name in forms}


def _rounds(
    forms: Mapping[str, Form], records: Sequence[Any], passes: Mapping[str, int], rounds: int
) -> dict[str, Timing]:
    first = next(iter(forms))
    turns = [{name: _turn(form, records, passes[name]) for name, form in forms.items()} for _ in range(rounds)]
    return {
        name: Timing(min(turn[name] for turn in turns), statistics.median(turn[name] / turn[first] for turn in turns))
        for name in forms
    }


@contextmanager
def collector_off() -> Iterator[None]:
    """Keep the garbage collector from running at somebody's expense."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _turn(form: Form, records: Sequence[Any], passes: int) -> float:
    """Give the processor seconds per record, so that other processes do not count; the loop itself runs in C."""
    start = thread_time()
    for _ in range(passes):
        deque(map(form, records), maxlen=0)
    return (thread_time() - start) / passes / len(records)
