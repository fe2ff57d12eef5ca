"""What every completion of some answers agrees on, exactly, over the values that a condition can tell apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from cart_screen.rules.expressions import Expression, questions_of
from cart_screen.rules.reasons import unknown_leaves
from cart_screen.rules.reference import Record, evaluate
from cart_screen.truth import Truth, truth_of

from .disagreements import Disagreement
from .rule_sets import RuleSet
from .said import Reader

# Far beyond what any shipped criterion needs; a rule that needs more is counted as too large.
LARGEST_SEARCH = 20_000


@dataclass(frozen=True)
class Exact:
    """
    What all completions of a record agree on, unknown where they do not; None where they are too many to search.

    ``completions`` holds one completion for each truth that was found.
    """

    truth: Truth | None
    completions: tuple[Record, ...]


def exactly(expression: Expression, record: Record, rules: RuleSet) -> Exact:
    """
    Search the completions of a record, each unknown answer with every value that the rules can tell apart.

    A branch ends where the reading is decided. That is right if the reading is sound, which is why the
    completions are given: a standard validator can be asked about them.
    """
    found: dict[Truth, Record] = {}
    pending = [dict(record)]
    for _ in range(LARGEST_SEARCH):
        if not pending or len(found) == 2:
            return Exact(next(iter(found)) if len(found) == 1 else Truth.UNKNOWN, tuple(found.values()))
        now = pending.pop()
        truth = evaluate(expression, now)
        if truth is not Truth.UNKNOWN:
            rest = {id: rules.representatives[id][0] for id in questions_of(expression) if id not in now}
            found.setdefault(truth, {**now, **rest})
            continue
        question = next(unknown_leaves(expression, now))
        pending += [{**now, question: value} for value in rules.representatives[question]]
    return Exact(None, tuple(found.values()))


def exact_truths(rules: RuleSet, records: Sequence[Record]) -> list[list[Exact]]:
    """Search for each record and each rule of a set; rules that share an expression are searched once."""
    found = []
    for record in records:
        distinct = {id(one): exactly(one, record, rules) for one in rules.expressions.values()}
        found.append([distinct[id(expression)] for expression in rules.expressions.values()])
    return found


def against_the_standard(rules: RuleSet, exact: Sequence[Sequence[Exact]]) -> list[Disagreement]:
    """Give every completion that was found of which jsonschema-rs says something else."""
    wrong = []
    for of_record in exact:
        for (name, expression), one in zip(rules.expressions.items(), of_record, strict=True):
            for completion in one.completions:
                said, standard = evaluate(expression, completion), rules.validators[name].is_valid(completion)
                if said is not truth_of(standard):
                    wrong.append(_wrong(rules, name, completion, standard, said))
    return wrong


def against_every_completion(
    read: Reader, rules: RuleSet, records: Sequence[Record], exact: Sequence[Sequence[Exact]], counts: Counter[str]
) -> list[Disagreement]:
    """
    Give everything that an engine decides and the completions of a record do not agree on.

    ``counts`` takes how often a reading was decided, open, open although every completion agrees, or too large.
    """
    wrong = []
    for record, said, right in zip(records, read(records), exact, strict=True):
        for name, found, one in zip(rules.schemas, said, right, strict=True):
            if one.truth is None:
                counts["too large"] += 1
            elif found.truth is Truth.UNKNOWN:
                counts["open"] += 1
                counts["open although decided"] += one.truth is not Truth.UNKNOWN
            else:
                counts["decided"] += 1
                if found.truth is not one.truth:
                    wrong.append(_wrong(rules, name, record, one.truth, found.truth))
    return wrong


def _wrong(rules: RuleSet, name: str, record: Record, expected: object, found: object) -> Disagreement:
    return Disagreement("every completion", name, record, expected, found, rules.schemas[name])
