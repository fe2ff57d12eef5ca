"""The exported JSON Schema: it stands alone, and standard validators read it as this package reads the rules."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema.protocols import Validator
from referencing import Registry
from strategies import SHARED, WORLD, examples, records, resolved_records, worlds

from cart_screen.authoring.bundle import bundle
from cart_screen.authoring.shelf import Found, Shelf
from cart_screen.catalog.loading import own_set
from cart_screen.model import CriterionId
from cart_screen.rules.expressions import questions_of
from cart_screen.rules.parse import SchemaReader
from cart_screen.rules.profile import Profile
from cart_screen.rules.reference import evaluate
from cart_screen.truth import Truth, truth_of

from .pages import every_document

DOCUMENTS = [pytest.param(found, id=found.address) for found in every_document()]
STANDARD = {
    "$schema", "$id", "$anchor", "$comment", "$defs", "$ref", "title", "description", "type", "properties", "required",
    "enum", "const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "allOf", "anyOf", "oneOf", "not",
    "if", "then", "else", "readOnly",
}  # fmt: skip


@cache
def exported(address: str) -> Mapping[str, Any]:
    """Give the export of a shipped document, through its text, as another program reads it."""
    found = next(one for one in every_document() if one.address == address)
    return json.loads(json.dumps(bundle(found), allow_nan=False))


def nowhere(uri: str) -> Any:
    raise AssertionError(f"a standalone document asks for {uri}")


@cache
def validators(address: str, part: str = "") -> tuple[Validator, jsonschema_rs.Draft202012Validator]:
    """Give both validators of an export, or of a part of it, without anything else to look into."""
    whole = exported(address)
    schema = {**whole, "$id": f"{whole['$id']}:part", "allOf": [{"$ref": f"#/$defs/{part}"}]} if part else whole
    if part:
        schema = {key: value for key, value in schema.items() if key in ("$schema", "$id", "$defs", "allOf")}
    return (
        Draft202012Validator(schema, registry=Registry(retrieve=nowhere)),
        jsonschema_rs.Draft202012Validator(schema, retriever=nowhere),
    )


def schemas(node: Any) -> Iterator[Mapping[str, Any]]:
    """Give each schema of a document, outer ones first."""
    if isinstance(node, Mapping):
        yield node
        for key, value in node.items():
            if key in ("properties", "$defs"):
                for one in value.values():
                    yield from schemas(one)
            elif key in ("not", "if", "then", "else"):
                yield from schemas(value)
            elif key in ("allOf", "anyOf", "oneOf"):
                for one in value:
                    yield from schemas(one)


# ---- Verdicts


@pytest.mark.parametrize("found", [one for one in DOCUMENTS if one.values[0].use])
@examples(15)
@given(data=st.data())
def test_validators_read_each_criterion_and_the_whole_as_our_rules_on_complete_answers(found, data):
    criteria = next(one for one in every_document() if one.address == found.address).use.criteria
    read = {id for criterion in criteria.values() for id in questions_of(criterion.requirement)}
    record = data.draw(resolved_records(read, complete=True))
    truths = {id: evaluate(criterion.requirement, record) for id, criterion in criteria.items()}

    for id in CriterionId:
        for validator in validators(found.address, id):
            assert truth_of(validator.is_valid(record)) is truths[id], (id, validator)
    for validator in validators(found.address):
        assert validator.is_valid(record) is all(truth is Truth.TRUE for truth in truths.values()), validator


@pytest.mark.parametrize("found", [one for one in DOCUMENTS if not one.values[0].use])
@examples(30)
@given(data=st.data())
def test_validators_read_a_shared_criterion_as_our_rules_on_complete_answers(found, data):
    document = next(one for one in every_document() if one.address == found.address)
    reader = SchemaReader(document.shelf.documents)
    requirement = Profile(document.shelf.reading(found.address).dictionary).lower(reader.read(found.address))
    record = data.draw(resolved_records(set(questions_of(requirement)), complete=True))

    for validator in validators(found.address):
        assert truth_of(validator.is_valid(record)) is evaluate(requirement, record)


@examples(150)
@given(data=st.data())
def test_validators_read_the_export_of_a_random_document_as_our_rules(data):
    """References into shared parts, anchors, and conditions of every shape on one answer."""
    world = data.draw(worlds(derived=1))
    record = data.draw(records(world.reading, complete=True))
    criteria = replace(own_set("us-fda"), reading=world.reading, earlier=())
    shelf = Shelf(criteria, {WORLD: world.document, SHARED: world.shared}, frozenset())
    schema = bundle(Found(shelf, WORLD, None))
    truth = evaluate(world.expression, record)

    assert truth_of(Draft202012Validator(schema, registry=Registry(retrieve=nowhere)).is_valid(record)) is truth
    assert truth_of(jsonschema_rs.Draft202012Validator(schema, retriever=nowhere).is_valid(record)) is truth


# ---- Standing alone


@pytest.mark.parametrize("found", DOCUMENTS)
def test_an_export_is_a_valid_schema_of_the_standard_s_own_keywords(found):
    document = exported(found.address)

    Draft202012Validator.check_schema(document)
    assert {key for schema in schemas(document) for key in schema} <= STANDARD
    assert "x-" not in {key[:2] for schema in schemas(document) for key in schema}


@pytest.mark.parametrize("found", DOCUMENTS)
def test_every_reference_of_an_export_leads_into_it(found):
    document = exported(found.address)
    resources = {schema["$id"] for schema in schemas(document) if "$id" in schema}

    assert document["$id"] == f"{found.address}:export"
    assert resources == {document["$id"], *found.shelf.pinned(found.address)}
    for schema in schemas(document):
        address, _, pointer = schema.get("$ref", "#/$defs/answers").partition("#")
        assert address in resources or (not address and pointer.startswith("/$defs/")), schema


@pytest.mark.parametrize("found", DOCUMENTS)
def test_every_limit_and_every_record_has_a_type_for_validators_in_strict_mode(found):
    for schema in schemas(exported(found.address)):
        if any(key in schema for key in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")):
            assert schema["type"] in ("number", "integer")
        if "properties" in schema:
            assert schema["type"] == "object"


@pytest.mark.parametrize("found", DOCUMENTS)
def test_an_export_says_what_it_is_for_and_what_it_reads(found):
    document = exported(found.address)

    assert "only a specialist who knows the person can" in document["description"]
    assert "FDA" in document["description"]
    assert f"Made from {found.address}." in document["$comment"]
    assert "resolved answers" in document["$comment"]
    assert ("Each of the five criteria" in document["$comment"]) is (found.use is not None)


@pytest.mark.parametrize("found", DOCUMENTS)
def test_every_source_that_a_condition_cites_stands_beside_it(found):
    document = exported(found.address)
    sources = {source["url"] for source in found.document["x-sources"] if source["id"] in cited(found)}
    comments = " ".join(schema.get("$comment", "") for schema in schemas(document))

    assert sources
    assert all(url in comments for url in sources)


def cited(found: Found) -> set[str]:
    """Give the ids of the sources that the conditions of a document cite."""
    named = [schema["x-source"] for schema in schemas(found.document) if "x-source" in schema]
    return {id for one in named for id in ([one] if isinstance(one, str) else one)}


# ---- The form


@pytest.mark.parametrize("found", DOCUMENTS)
def test_the_form_is_flat_and_asks_for_everything_that_is_read(found):
    form = exported(found.address)["$defs"]["answers"]
    questions = found.shelf.reading(found.address).dictionary.questions
    read = {
        name
        for document in (found.address, *found.shelf.pinned(found.address))
        for schema in schemas(found.shelf.documents[document])
        for name in schema.get("properties", {})
    }

    assert read <= set(form["properties"]) <= set(questions)
    assert [id for id in questions if id in form["properties"]] == list(form["properties"])
    assert set(form) == {"title", "description", "type", "properties"}
    for id, entry in form["properties"].items():
        assert set(entry) <= {"title", "description", "type", "enum", "minimum", "maximum", "readOnly", "$comment"}
        assert entry["title"]
        assert entry["type"] == questions[id].kind
        assert entry.get("readOnly", False) is questions[id].internal
        assert ("Derived, the first of these" in entry.get("$comment", "")) is bool(questions[id].sources)


def test_a_form_has_the_words_of_its_questions_and_the_bounds_of_the_dictionary():
    form = exported("urn:cart-screen:shared:organ-function:1.0.0")["$defs"]["answers"]["properties"]
    words = own_set("us-fda").texts["en"]["questions"]

    assert form["bilirubin"]["title"] == words["bilirubin"]["heading"]
    assert form["bilirubin"]["description"] == f"{words['bilirubin']['hint']} Unit: mg/dL."
    assert (form["bilirubin"]["minimum"], form["bilirubin"]["maximum"]) == (0, 80)
    assert form["lung_state"]["enum"] == ["no-problem", "breathless-on-effort", "needs-oxygen-or-breathless-at-rest"]
    labels = json.loads(form["lung_state"]["$comment"].removeprefix("Labels: "))
    assert labels == words["lung_state"]["options"]
    # The inputs of a derived answer are there too, so that a form can collect them.
    assert {"creatinine", "weight_kg", "sex", "ast_upper_limit"} <= set(form)


@pytest.mark.parametrize("found", DOCUMENTS)
@examples(5)
@given(data=st.data())
def test_the_form_takes_every_answer_that_the_dictionary_takes(found, data):
    """Partial answers too: a form is no verdict."""
    asked = exported(found.address)["$defs"]["answers"]["properties"]
    record = data.draw(resolved_records(list(asked), complete=False))

    for validator in validators(found.address, "answers"):
        assert validator.is_valid(record)


@pytest.mark.parametrize(
    "record",
    [{"age_years": "18"}, {"age_years": 18.5}, {"age_years": -1}, {"age_years": 121}, {"age_years": True},
     {"active_infection": 0}, {"ecog": 5}, {"performance_scale": "nurse"}, []],
)  # fmt: skip
def test_the_form_refuses_what_the_dictionary_refuses(record):
    for validator in validators("urn:cart-screen:shared:fitness:1.0.0", "answers"):
        assert not validator.is_valid(record)
