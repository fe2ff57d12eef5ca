"""Rules that are handed in by themselves: what cannot be read is refused with its place, never with a bare error."""

from __future__ import annotations

import pytest

from cart_screen import compile_rules
from cart_screen.errors import DocumentInvalid

DICTIONARY = {"properties": {"age": {"type": "integer"}, "ill": {"type": "boolean"}}}
OLD = {"properties": {"age": {"minimum": 65}}, "required": ["age"]}


def refusal(rules, dictionary=DICTIONARY, documents=()):
    with pytest.raises(DocumentInvalid) as refused:
        compile_rules(rules, dictionary, documents=documents)
    return [(problem.document, problem.pointer) for problem in refused.value.problems]


@pytest.mark.parametrize("rules", [[OLD], {1: OLD}, None])
def test_rules_without_names_are_refused(rules):
    assert refusal(rules) == [("rules", "")]


@pytest.mark.parametrize("note", ["title", "x-reason", "x-source"])
@pytest.mark.parametrize("value", [5, {"a": 1}, [1], None])
def test_a_name_or_source_that_is_no_text_is_refused(note, value):
    assert ("rule:old", f"/{note}") in refusal({"old": OLD | {note: value}})


def test_a_value_beyond_what_every_engine_holds_is_refused():
    assert refusal({"old": {"properties": {"age": {"const": 10**5000}}, "required": ["age"]}}) == [
        ("rule:old", "/properties/age")
    ]


@pytest.mark.parametrize(
    ("entry", "pointer"),
    [
        ({"type": "integer", "maximum": 10**400}, "/properties/age/maximum"),
        ({"type": "integer", "enum": [10**400]}, "/properties/age/enum/0"),
        ({"type": "string", "enum": "xyz"}, "/properties/age/enum"),
        ({"type": "integer", "enum": 5}, "/properties/age/enum"),
    ],
)
def test_a_dictionary_with_values_beyond_bounds_is_refused(entry, pointer):
    assert refusal({}, {"properties": {"age": entry}}) == [("dictionary", pointer)]


@pytest.mark.parametrize("key", ["x-topics", "x-consistency", "x-urgency"])
def test_a_dictionary_whose_lists_are_none_is_refused(key):
    assert refusal({}, DICTIONARY | {key: 5}) == [("dictionary", f"/{key}")]


@pytest.mark.parametrize("dictionary", [None, [], 5])
def test_a_dictionary_that_is_no_object_is_refused(dictionary):
    assert refusal({}, dictionary) == [("dictionary", "")]


def test_one_address_for_two_schemas_is_refused():
    one, other = ({"$id": "urn:z", "$defs": {"k": rule}, "$ref": "#/$defs/k"} for rule in (OLD, {"not": OLD}))

    assert refusal({"one": one, "other": other}) == [("rule:other", "/$id")]
    assert refusal({"old": OLD}, documents=[one, other]) == [("documents/1", "/$id")]


def test_a_document_without_an_address_is_refused():
    assert refusal({"old": OLD}, documents=[OLD, None]) == [("documents/0", "/$id"), ("documents/1", "/$id")]
