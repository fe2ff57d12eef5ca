"""Every engine on random schemas of the profile and random answers, some and all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import Phase, given, settings
from strategies import examples

from cart_screen.rules.reference import Record

from .disagreements import PROOFS, Disagreement, equal_to_the_reference, equal_to_the_standard
from .drawing import Drawing, drawings, seeded
from .engines import Engine
from .rule_sets import RuleSet
from .running import every_column_engine, every_row_engine
from .shrinking import smaller

_ASSERTED = {
    "type", "enum", "const", "required", "properties", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
    "allOf", "anyOf", "oneOf", "not", "if", "then", "else", "$ref", "$defs", "$id", "$anchor",
}  # fmt: skip


# Hypothesis takes minutes to shrink a whole rule set; a disagreement is made small without it.
NO_SHRINKING = settings(examples(30), phases=(Phase.explicit, Phase.reuse, Phase.generate))


def wrong(engine: Engine, rules: RuleSet, records: Sequence[Record], draw: Drawing) -> Disagreement | None:
    """Give a disagreement that some proof finds, made small; None where there is none."""
    for proof in PROOFS:
        for found in proof(engine.reader(rules), rules, records, draw):
            return smaller(engine, proof, rules, found)
    return None


@every_row_engine
@NO_SHRINKING
@given(draw=drawings())
def test_a_row_engine_agrees_on_random_rules(engine: Engine, draw: Drawing):
    """With the reference, with jsonschema-rs on the schemas themselves, and with the laws."""
    rules = draw.rule_set()
    records = [draw.record(rules) for _ in range(4)]

    assert wrong(engine, rules, records, seeded(draw.below(1000))) is None


@every_row_engine
@NO_SHRINKING
@given(draw=drawings())
def test_a_row_engine_agrees_on_answers_resolved_from_random_derivations(engine: Engine, draw: Drawing):
    """Formulas, tables, fixed values and conditions over what was given, some of it absent for a reason."""
    rules = draw.rule_set()
    records = [rules.reading.resolve(draw.answers(rules)) for _ in range(4)]

    assert wrong(engine, rules, records, seeded(draw.below(1000))) is None


@pytest.mark.parametrize("seed", range(6))
@every_column_engine
def test_a_column_engine_agrees_on_random_rules(engine: Engine, seed: int):
    """With the reference and with jsonschema-rs; as many records at once as a frame is worth making for."""
    draw = seeded(seed)
    rules = draw.rule_set()
    records = [draw.record(rules) for _ in range(40)]
    records += [rules.reading.resolve(draw.answers(rules)) for _ in range(20)]
    read = engine.reader(rules)

    assert list(equal_to_the_reference(read, rules, records, draw)) == []
    assert list(equal_to_the_standard(read, rules, records, draw)) == []


def test_the_random_schemas_hold_every_keyword_of_the_profile():
    """What is never drawn is never proved; records are empty, partial and complete."""
    keywords: Counter[str] = Counter()
    records: Counter[str] = Counter()
    for seed in range(60):
        draw = seeded(seed)
        rules = draw.rule_set()
        for schema in (*rules.schemas.values(), *rules.documents):
            keywords.update(_keywords(schema))
        for _ in range(6):
            missing = set(rules.questions) - set(draw.record(rules))
            records["complete" if not missing else "empty" if missing == set(rules.questions) else "partial"] += 1

    assert keywords.keys() >= _ASSERTED
    assert min(keywords[keyword] for keyword in _ASSERTED - {"$id"}) >= 50
    assert min(records["complete"], records["empty"], records["partial"]) >= 10


def _keywords(raw):
    if isinstance(raw, list):
        for one in raw:
            yield from _keywords(one)
    if isinstance(raw, dict):
        for key, value in raw.items():
            yield key
            yield from _keywords(value)
