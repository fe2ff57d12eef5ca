"""On complete records the reading equals any standard validator's, for every document."""

from __future__ import annotations

import json
from functools import cache

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from referencing import Registry
from strategies import SETS, SHARED, WORLD, examples, records, resolved_records, worlds

from cart_screen.catalog.directory import CriteriaDirectory, own_criteria
from cart_screen.catalog.loading import own_set
from cart_screen.rules.expressions import questions_of
from cart_screen.rules.parse import SchemaReader
from cart_screen.rules.reference import evaluate
from cart_screen.rules.validation import is_valid
from cart_screen.truth import Truth, truth_of

INDICATIONS = [
    pytest.param(indication, id=f"{name}/{indication.id}-{indication.version}")
    for name in SETS
    for indication in own_set(name).indications
]
GENERAL = {
    criterion.document: pytest.param(criterion, id=criterion.document)
    for name in SETS
    for criterion in own_set(name).general.values()
}


@cache
def documents() -> dict[str, dict]:
    """Give every shipped criteria document by its address."""
    directory = CriteriaDirectory(own_criteria())
    found = list(directory.shared().values())
    for name in SETS:
        found += directory.indications(name).values()
    return {document["$id"]: document for document in found}


@cache
def validator(address: str) -> Draft202012Validator:
    """Give python-jsonschema's own reading of the schema at an address of the shipped documents."""
    registry = Registry().with_contents(documents().items())
    return Draft202012Validator({"$ref": address}, registry=registry)


@cache
def rust_validator(address: str) -> jsonschema_rs.Draft202012Validator:
    """Give jsonschema-rs' reading of the same."""
    resources = [(address, json.dumps(document)) for address, document in documents().items()]
    registry = jsonschema_rs.Registry([(address, json.loads(text)) for address, text in resources])
    return jsonschema_rs.Draft202012Validator({"$ref": address}, registry=registry)


@cache
def tree(address: str):
    reader = SchemaReader(documents())
    found = reader.read(address)
    reader.finish()
    return found


def all_four(address: str, record) -> dict[str, Truth]:
    return {
        "python-jsonschema": truth_of(validator(address).is_valid(record)),
        "jsonschema-rs": truth_of(rust_validator(address).is_valid(record)),
        "the schema tree": truth_of(is_valid(tree(address), record)),
    }


@pytest.mark.parametrize("indication", INDICATIONS)
@examples(10)
@given(data=st.data())
def test_a_shipped_document_on_complete_records(indication, data):
    """Each of its five criteria, and the document as a whole, which asks for all of them."""
    read = {id for criterion in indication.criteria.values() for id in questions_of(criterion.requirement)}
    record = data.draw(resolved_records(read, complete=True))
    truths = {id: evaluate(criterion.requirement, record) for id, criterion in indication.criteria.items()}

    for id, truth in truths.items():
        for who, said in all_four(f"{indication.document}#/$defs/{id}", record).items():
            assert said is truth, (who, id)
    whole = truth_of(all(truth is Truth.TRUE for truth in truths.values()))
    for who, said in all_four(indication.document, record).items():
        assert said is whole, who


@pytest.mark.parametrize("criterion", GENERAL.values())
@examples(10)
@given(data=st.data())
def test_a_shared_criterion_on_complete_records(criterion, data):
    """The general reading of a set is a document like any other."""
    record = data.draw(resolved_records(set(questions_of(criterion.requirement)), complete=True))
    truth = evaluate(criterion.requirement, record)

    for who, said in all_four(criterion.document, record).items():
        assert said is truth, who


@examples(200)
@given(data=st.data())
def test_a_random_document_of_the_profile_on_complete_records(data):
    """References, anchors, every combination, conditions on one answer, and whole numbers written as floats."""
    world = data.draw(worlds())
    record = data.draw(records(world.reading, complete=True))
    registry = Registry().with_contents([(WORLD, world.document), (SHARED, world.shared)])
    python = Draft202012Validator(world.document, registry=registry)
    rust = jsonschema_rs.Draft202012Validator(
        world.document, registry=jsonschema_rs.Registry([(SHARED, world.shared), (WORLD, world.document)])
    )
    truth = evaluate(world.expression, record)

    assert truth is not Truth.UNKNOWN
    assert truth_of(python.is_valid(record)) is truth
    assert truth_of(rust.is_valid(record)) is truth
    assert truth_of(is_valid(world.tree, record)) is truth


@examples(80)
@given(data=st.data())
def test_the_schema_tree_reads_partial_records_as_the_standard_does(data):
    """The two-valued reading is the standard's on any instance, also where ours would be unknown."""
    world = data.draw(worlds())
    record = data.draw(records(world.reading, complete=False))
    registry = Registry().with_contents([(WORLD, world.document), (SHARED, world.shared)])

    assert is_valid(world.tree, record) is Draft202012Validator(world.document, registry=registry).is_valid(record)
