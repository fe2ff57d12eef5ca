"""Nobody is timed who does not say the same as the reference."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from cart_screen.rules.expressions import bare
from cart_screen.rules.reasons import awaited, because, named_parts, unknown_leaves
from cart_screen.rules.reference import evaluate
from cart_screen.truth import Truth

from .records import Record, complete_records, with_missing
from .rule_sets import RuleSet

Said = bool | Truth | None
_VALUES: dict[Truth, bool | None] = {Truth.TRUE: True, Truth.FALSE: False, Truth.UNKNOWN: None}


class Disagreement(Exception):
    """Somebody says something else than the reference."""

    def __init__(self, who: str, rule: str, record: Record, said: Any, wanted: Any) -> None:
        super().__init__(who, rule, record, said, wanted)
        self.who = who
        self.rule = rule
        self.record = record
        self.said = said
        self.wanted = wanted

    def __str__(self) -> str:
        return f"{self.who} says {self.said} of {self.rule}, and {self.wanted} is right, for {self.record}"


@dataclass(frozen=True)
class Case:
    """A record, the complete one that it was made of, and what the reference says of each criterion."""

    record: Record
    whole: Record
    truths: tuple[Truth, ...]


def cases(rules: RuleSet, count: int, missing: float = 0) -> tuple[Case, ...]:
    """Give a number of random records with what is right of them, a share of the answers missing."""
    whole = complete_records(rules, count)
    records = with_missing(whole, missing) if missing else whole
    found = []
    for one, record in zip(whole, records, strict=True):
        read = [evaluate(expression, record) for _, _, expression in rules.distinct]
        found.append(Case(record, one, tuple(read[place] for place in rules.places)))
    return tuple(found)


def check_verdicts(who: str, read: Callable[[Record], Sequence[Said]], rules: RuleSet, cases: Iterable[Case]) -> None:
    """
    Hold verdicts, as ``Truth`` or as True, False and None, against the reference.

    Raises
    ------
    Disagreement
        With the first record that is read otherwise.
    """
    for case in cases:
        wanted = [_VALUES[truth] for truth in case.truths]
        said = [_VALUES[truth] if isinstance(truth, Truth) else truth for truth in read(case.record)]
        if len(said) != len(wanted):
            raise Disagreement(who, "the number of criteria", case.record, len(said), len(wanted))
        for rule, one, right in zip(rules.schemas, said, wanted, strict=True):
            if one is not right:
                raise Disagreement(who, rule, case.record, one, right)


def check_reasons(
    who: str,
    read: Callable[[Record], Sequence[tuple[bool | None, Sequence[str]]]],
    rules: RuleSet,
    cases: Iterable[Case],
) -> None:
    """
    Hold hand-written reasons against what reasons promise.

    The answers that are named force a decided verdict. Of an open one the questions that are named are among
    those that the reference waits for, and answering all others, as the complete record does, leaves it open.

    Raises
    ------
    Disagreement
        With the first record whose reasons break a promise.
    """
    for case in cases:
        said = read(case.record)
        for place, (rule, _, expression) in zip(_firsts(rules), rules.distinct, strict=True):
            truth = case.truths[place]
            value, ids = said[place]
            if value is not _VALUES[truth] or len(set(ids)) != len(ids):
                raise Disagreement(who, rule, case.record, said[place], truth)
            if truth is Truth.UNKNOWN:
                open_ones = set(unknown_leaves(expression, case.record))
                others = {id: answer for id, answer in case.whole.items() if id not in ids}
                holds = set(ids) <= open_ones and evaluate(expression, others) is Truth.UNKNOWN
            else:
                named = {id: case.record[id] for id in ids if id in case.record}
                holds = len(named) == len(ids) and evaluate(expression, named) is truth
            if not holds:
                raise Disagreement(who, rule, case.record, said[place], "another reason")
        for place, first in enumerate(_firsts(rules)[place] for place in rules.places):
            if said[place] != said[first]:
                raise Disagreement(who, list(rules.schemas)[place], case.record, said[place], said[first])


def check_engine(compiled: Any, rules: RuleSet, cases: Iterable[Case]) -> None:
    """
    Hold what ``compile_rules`` gives against the reference: awaited answers, minimal reasons, and named conditions.

    Raises
    ------
    Disagreement
        With the first record that is read otherwise.
    """
    for case in cases:
        record = case.record
        waiting = [awaited(expression, record, rules.reading) for _, _, expression in rules.distinct]
        deciding = [tuple(because(expression, record, rules.reading)) for _, _, expression in rules.distinct]
        evaluated, explained = compiled.evaluate(record), compiled.explain(record)
        for position, (rule, expression) in enumerate(zip(rules.schemas, rules.expressions, strict=True)):
            truth, place = case.truths[position], rules.places[position]
            found = evaluated[position]
            if (found.truth, tuple(found.awaiting)) != (truth, waiting[place]):
                raise Disagreement("evaluate", rule, record, found, (truth, waiting[place]))
            named = [bare(part) for part in named_parts(expression, record, truth)]
            right = (truth, waiting[place], deciding[place], named)
            found = explained[position]
            said = (found.truth, tuple(found.awaiting), tuple(found.because), [bare(part) for part in found.reasons])
            if said != right:
                raise Disagreement("explain", rule, record, said, right)


def _firsts(rules: RuleSet) -> list[int]:
    """Give for each criterion that differs where it stands first among all."""
    return [rules.places.index(place) for place in range(len(rules.distinct))]
