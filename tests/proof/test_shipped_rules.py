"""Every engine on everything that the shipped criteria read: all sets, all versions, cautions and conflicts."""

from __future__ import annotations

import pytest

from cart_screen.catalog.loading import own_set, own_sets
from cart_screen.rules.expressions import bare

from .disagreements import PROOFS, Proof, equal_to_the_reference
from .drawing import seeded
from .engines import Engine
from .rule_sets import shipped
from .running import every_column_engine, every_row_engine, shipped_reader

_RECORDS = 8


@pytest.mark.parametrize("name", shipped())
@pytest.mark.parametrize("proof", PROOFS, ids=lambda proof: proof.__name__)
@every_row_engine
def test_a_row_engine_agrees_on_the_shipped_rules(engine: Engine, proof: Proof, name: str):
    """Answers near the thresholds and near the documents' own examples, from none to all."""
    rules = shipped()[name]
    draw = seeded(len(name))
    records = [draw.record(rules) for _ in range(_RECORDS)]

    assert list(proof(shipped_reader(engine, name), rules, records, draw)) == []


@pytest.mark.parametrize("name", shipped())
@every_row_engine
def test_a_row_engine_agrees_on_answers_as_they_are_given(engine: Engine, name: str):
    """Every derived answer computed, some answers absent for a reason."""
    rules = shipped()[name]
    draw = seeded(len(name) + 1)
    records = [rules.reading.resolve(draw.answers(rules)) for _ in range(_RECORDS)]
    read = shipped_reader(engine, name)

    assert [wrong for proof in PROOFS for wrong in proof(read, rules, records, draw)] == []


@every_row_engine
def test_a_row_engine_agrees_on_the_examples_of_the_documents(engine: Engine):
    """Examples of every document, under every rule of its set."""
    for name, rules in shipped().items():
        draw = seeded(len(name))
        records = draw.some(rules.examples, _RECORDS, _RECORDS)
        assert list(equal_to_the_reference(shipped_reader(engine, name), rules, records, draw)) == []


@pytest.mark.parametrize("name", shipped())
@every_column_engine
def test_a_column_engine_agrees_on_the_shipped_rules(engine: Engine, name: str):
    """On records of every kind at once; where many rules take long, on some of them."""
    whole = shipped()[name]
    draw = seeded(len(name))
    count = min(len(whole.schemas), engine.most_rules)
    rules = whole.part(draw.some(whole.schemas, count, count))
    records = [draw.record(whole) for _ in range(_RECORDS)]
    records += [whole.reading.resolve(draw.answers(whole)) for _ in range(_RECORDS)]
    records += draw.some(whole.examples, _RECORDS, _RECORDS)

    assert list(equal_to_the_reference(engine.reader(rules), rules, records, draw)) == []


@pytest.mark.parametrize("name", own_sets())
def test_the_rules_are_those_that_the_criteria_load_as(name):
    """What is proved of the schemas here is proved of the criteria that a screening reads."""
    majors = [own_set(name), *own_set(name).earlier]
    for criteria in majors:
        expressions = shipped()[f"{name}/{criteria.reading.dictionary.major}"].expressions
        loaded = {
            f"{indication.document}#/$defs/{id}": criterion.requirement
            for indication in criteria.indications
            for id, criterion in indication.criteria.items()
        }
        loaded |= {criterion.document: criterion.requirement for criterion in criteria.general.values()}
        loaded |= {f"conflict {id}": expression for id, expression in criteria.reading.conflicts.items()}
        loaded |= {f"asking {id}": expression for id, expression in criteria.reading.ask_if.items()}

        assert loaded.items() <= expressions.items()
        cautions = {
            bare(caution.when)
            for indication in criteria.indications
            for criterion in indication.criteria.values()
            for caution in criterion.cautions
        }
        assert cautions <= {bare(expressions[rule]) for rule in expressions if " caution " in rule}
