"""
Random checks of every engine by the hundred thousand: against the reference, and against jsonschema-rs.

    PYTHONPATH=tests .venv/bin/python -m soak.agreement --checks 1000000 [--seed N] [--engines NAME ...]

A check is one record under one rule in one engine. Each record is read as it is, which must be as the reference
reads it, and completed, which must be as jsonschema-rs says and must change nothing that was decided.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence

from proof.disagreements import (
    Disagreement,
    Proof,
    deciding_minimally,
    differing,
    equal_to_the_reference,
    equal_to_the_standard,
)
from proof.drawing import Drawing, seeded
from proof.engines import ENGINES, Engine, reference
from proof.rule_sets import RuleSet, shipped
from proof.shrinking import smaller

from cart_screen.rules.reference import Record
from cart_screen.truth import Truth, truth_of

# Records for each rule set: a shipped one has hundreds of rules, a random one three.
_SHIPPED_RECORDS = 100
_RANDOM_RECORDS = 400
_RANDOM_FOR_EACH_SHIPPED = 8
# The law of the deciding answers reads a record once more for each of them.
_FEW_RECORDS = 5
_SHOWN = ("engine", "checks", "disagreements", "unsound", "seconds")


class Tally:
    """What became of the checks of one engine."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.checks = 0
        self.disagreements = 0
        self.unsound = 0
        self.seconds = 0.0
        self.smallest: tuple[Proof, RuleSet, Disagreement] | None = None

    def keep(self, proof: Proof, rules: RuleSet, found: Sequence[Disagreement]) -> None:
        """Count disagreements, and keep the one with the least to read."""
        self.disagreements += len(found)
        for one in found:
            if self.smallest is None or one.size < self.smallest[2].size:
                self.smallest = (proof, rules, one)

    def row(self) -> tuple[str, ...]:
        """Give a line of the table."""
        counts = (f"{self.checks:,}", f"{self.disagreements:,}", f"{self.unsound:,}", f"{self.seconds:.0f}")
        return (self.engine.name, *counts)


def main(arguments: Sequence[str]) -> int:
    """Run the checks and print the table; give 1 where anything disagrees."""
    asked = _asked(arguments)
    chosen = [engine for engine in ENGINES if (engine.name in asked.engines if asked.engines else not engine.slow)]
    for engine in chosen:
        if engine.missing:
            print(f"left out: {engine.name}, since {engine.missing} is not installed")
    tallies = [Tally(engine) for engine in chosen if not engine.missing]
    drawn: Counter[str] = Counter()
    print(f"seed {asked.seed}; engines: {', '.join(tally.engine.name for tally in tallies)}")
    told = time.monotonic()
    for name, rules, records, draw in _rounds(asked.seed):
        wholes = [draw.completed(record, rules) for record in records]
        drawn.update(_kinds(records, rules, name))
        said = reference(rules)(records)
        for tally in tallies:
            _check(tally, rules, records, wholes, said, draw)
        done = sum(tally.checks for tally in tallies)
        if time.monotonic() - told > asked.every or done >= asked.checks:
            told = time.monotonic()
            wrong = sum(tally.disagreements + tally.unsound for tally in tallies)
            print(f"{done:12,} checks, {wrong:,} wrong", flush=True)
        if done >= asked.checks:
            break
    return _report(tallies, drawn)


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="soak.agreement")
    parser.add_argument("--checks", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engines", nargs="+", choices=[engine.name for engine in ENGINES], default=[])
    parser.add_argument("--every", type=float, default=10.0, help="seconds between two lines of progress")
    return parser.parse_args(arguments)


def _rounds(seed: int) -> Iterator[tuple[str, RuleSet, list[Record], Drawing]]:
    """Give rule sets with records without end: a shipped one, then some random ones."""
    number = 0
    while True:
        for name, rules in shipped().items():
            draw = seeded(seed * 1_000_003 + number)
            number += 1
            half = _SHIPPED_RECORDS // 2
            given: list[Record] = [rules.reading.resolve(draw.answers(rules)) for _ in range(half)]
            yield name, rules, given + [draw.record(rules) for _ in range(half)], draw
            for _ in range(_RANDOM_FOR_EACH_SHIPPED):
                draw = seeded(seed * 1_000_003 + number)
                number += 1
                world = draw.rule_set(depth=2 + draw.below(3))
                few: list[Record] = [world.reading.resolve(draw.answers(world)) for _ in range(_RANDOM_RECORDS // 4)]
                yield "random", world, few + [draw.record(world) for _ in range(_RANDOM_RECORDS - len(few))], draw


def _check(
    tally: Tally,
    whole_set: RuleSet,
    records: Sequence[Record],
    wholes: Sequence[Record],
    expected: Sequence[Sequence],
    draw: Drawing,
) -> None:
    began = time.monotonic()
    names = draw.some(whole_set.schemas, *[min(len(whole_set.schemas), tally.engine.most_rules)] * 2)
    rules = whole_set.part(names)
    places = [list(whole_set.schemas).index(name) for name in names]
    read = tally.engine.reader(rules)
    found, of_wholes = read(records), read(wholes)
    right = [[said[place] for place in places] for said in expected]
    tally.keep(equal_to_the_reference, rules, list(differing(rules, records, found, right)))
    tally.keep(equal_to_the_standard, rules, list(_against_the_standard(rules, wholes, of_wholes)))
    tally.unsound += sum(
        part.truth not in (Truth.UNKNOWN, whole.truth)
        for of_record, of_whole in zip(found, of_wholes, strict=True)
        for part, whole in zip(of_record, of_whole, strict=True)
    )
    if not tally.engine.columns:
        some = records[:_FEW_RECORDS]
        tally.keep(deciding_minimally, rules, list(deciding_minimally(read, rules, some, draw)))
    tally.checks += len(names) * (len(records) + len(wholes))
    tally.seconds += time.monotonic() - began


def _against_the_standard(rules: RuleSet, wholes: Sequence[Record], said: Sequence[Sequence]) -> Iterator[Disagreement]:
    for record, of_record in zip(wholes, said, strict=True):
        for (name, validator), one in zip(rules.validators.items(), of_record, strict=True):
            standard = truth_of(validator.is_valid(record))
            if one.truth is not standard:
                yield Disagreement("complete answers", name, record, standard, one.truth, rules.schemas[name])


def _kinds(records: Sequence[Record], rules: RuleSet, name: str) -> Iterator[str]:
    yield "random rule sets" if name == "random" else f"rounds of {name}"
    for record in records:
        known = len(rules.questions) - sum(id not in record for id in rules.questions)
        yield (
            "complete records" if known == len(rules.questions) else "empty records" if not known else "partial records"
        )


def _report(tallies: Sequence[Tally], drawn: Counter[str]) -> int:
    print(", ".join(f"{count:,} {what}" for what, count in sorted(drawn.items())))
    rows = [_SHOWN, *(tally.row() for tally in tallies)]
    total = ("all", *(f"{sum(getattr(tally, what) for tally in tallies):,.0f}" for what in _SHOWN[1:]))
    for row in [*rows, total]:
        print(row[0].ljust(24) + "".join(cell.rjust(16) for cell in row[1:]))
    wrong = [tally for tally in tallies if tally.disagreements or tally.unsound]
    for tally in wrong:
        if tally.smallest is not None:
            proof, rules, found = tally.smallest
            _show(tally.engine, smaller(tally.engine, proof, rules, found), rules)
    return 1 if wrong else 0


def _show(engine: Engine, found: Disagreement, rules: RuleSet) -> None:
    print(f"\n{engine.name}: {found.about}: expected {found.expected}, said {found.found}")
    print("  rule    " + json.dumps(found.schema, ensure_ascii=False))
    print("  answers " + json.dumps(found.record, ensure_ascii=False))
    questions = rules.reading.dictionary.questions
    read = {id: rules.reading.derivations.get(id, questions[id].allowed) for id in rules.part([found.rule]).questions}
    for id, what in read.items():
        print(f"  {id}: {what}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
