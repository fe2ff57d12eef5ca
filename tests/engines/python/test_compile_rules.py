"""What a user of ``compile_rules`` may rely on."""

from __future__ import annotations

import pytest
from strategies import example_answers

from cart_screen import Answers, compile_rules, load_criteria
from cart_screen.catalog.directory import CriteriaDirectory, own_criteria
from cart_screen.engines.python import Evaluated, Explained
from cart_screen.errors import DocumentInvalid
from cart_screen.rules.lowering import reading_of
from cart_screen.rules.reference import evaluate
from cart_screen.truth import Truth

from .small import ADULT, DICTIONARY, FORMS, ILL, on

ALL = {
    "x-no-requirement": True,
    "title": "Nothing is asked",
    "x-reason": "nothing-asked",
}


def refused(rules, dictionary=DICTIONARY, documents=()):
    """Give the problems for which rules are refused, as document, pointer, found and allowed."""
    with pytest.raises(DocumentInvalid) as caught:
        compile_rules(rules, dictionary, documents=documents)
    return [(problem.document, problem.pointer, problem.found, problem.allowed) for problem in caught.value.problems]


@pytest.mark.parametrize("order", [("adult", "ill"), ("ill", "adult")], ids=" ".join)
def test_entries_stand_in_the_order_of_the_names(order):
    rules = compile_rules({name: {"adult": ADULT, "ill": ILL}[name] for name in order}, DICTIONARY)
    truths = {"adult": Truth.TRUE, "ill": Truth.FALSE}
    record = {"age": 18, "ill": False}

    assert rules.names == order
    assert rules.verdicts(record) == tuple(truths[name] for name in order)
    assert [said.truth for said in rules.evaluate(record)] == [truths[name] for name in order]
    assert [said.truth for said in rules.explain(record)] == [truths[name] for name in order]


def test_entries_are_named_tuples_of_truth_awaiting_because_and_reasons():
    rules = compile_rules({"adult": {**ADULT, "title": "Adult", "x-reason": "adult"}}, DICTIONARY)

    assert rules.evaluate({"age": 3}) == (Evaluated(Truth.FALSE, ()),)
    assert rules.evaluate({}) == (Evaluated(Truth.UNKNOWN, ("age",)),)
    (said,) = rules.explain({"age": 3})
    assert said == Explained(Truth.FALSE, (), ("age",), said.reasons)
    assert [(part.title, part.reason) for part in said.reasons] == [("Adult", "adult")]


@pytest.mark.parametrize(
    "dictionary",
    [
        DICTIONARY,
        {"$id": "urn:test:answers:1.0.0", "x-version": "1.0.0", "x-topics": ["about-you"], **DICTIONARY},
        reading_of(DICTIONARY),
    ],
    ids=["bare", "whole document", "reading"],
)
def test_a_dictionary_is_a_bare_schema_or_a_whole_document_or_a_reading(dictionary):
    rules = compile_rules({"adult": ADULT, "ill": ILL}, dictionary)

    assert rules.verdicts({"age": 17, "ill": True}) == (Truth.FALSE, Truth.TRUE)
    assert rules.evaluate({"age": 18}) == (Evaluated(Truth.TRUE, ()), Evaluated(Truth.UNKNOWN, ("ill",)))


def test_a_reference_reaches_into_the_documents_that_are_given():
    shared = {"$id": "urn:test:shared", "$defs": {"near": ADULT}, "not": ILL}
    other = {"$id": "urn:test:other", "$ref": "urn:test:shared#/$defs/near"}
    documents = (document for document in (shared, other))
    rules = compile_rules(
        {"whole": {"$ref": "urn:test:shared"}, "part": {"$ref": "urn:test:other"}}, DICTIONARY, documents=documents
    )

    assert rules.verdicts({"age": 30, "ill": True}) == (Truth.FALSE, Truth.TRUE)


def test_a_reference_reaches_into_the_own_rule_and_not_into_another_one():
    own = {"$defs": {"old": ADULT}, "$ref": "#/$defs/old"}

    assert compile_rules({"own": own}, DICTIONARY).verdicts({"age": 18}) == (Truth.TRUE,)
    assert [document for document, *_ in refused({"own": own, "other": {"$ref": "#/$defs/old"}})][:1] == ["rule:other"]


def test_a_shipped_criterion_is_compiled_by_its_address():
    criteria = load_criteria("us-fda")
    directory = CriteriaDirectory(own_criteria())
    documents = (*directory.shared().values(), *directory.indications("us-fda").values())
    points = {
        f"{indication.document}#/$defs/{id}": criterion.requirement
        for indication in criteria.indications
        for id, criterion in indication.criteria.items()
    }
    rules = compile_rules({name: {"$ref": name} for name in points}, criteria.reading, documents=documents)
    records = [criteria.reading.resolve(Answers(answers)) for answers in example_answers("us-fda")[::40]]
    found = [rules.verdicts(record) for record in records]

    assert found == [tuple(evaluate(point, record) for point in points.values()) for record in records]
    assert {truth for truths in found for truth in truths} == set(Truth)


def test_everything_that_cannot_be_read_is_named_at_once():
    rules = {
        "fine": ADULT,
        "mistyped": on("agee", {"minimum": 18}),
        "foreign": on("age", {"minimum": 18, "multipleOf": 2}),
        "nowhere": {"$ref": "urn:nowhere"},
        "impossible": on("kind", {"const": "d"}),
    }
    found = refused(rules)

    assert {
        ("rule:mistyped", "/properties/agee", "an unknown question", "a question of the dictionary"),
        ("rule:foreign", "/properties/age/multipleOf", "an unknown keyword", "a keyword of the criteria dialect"),
        ("rule:nowhere", "/$ref", '"urn:nowhere"', "a reference into the loaded documents"),
        ("rule:impossible", "/properties/kind", 'the value "d"', 'one of "a", "b", "c" for kind'),
    } <= set(found)
    assert "rule:fine" not in {document for document, *_ in found}


def test_a_problem_of_a_document_is_named_by_the_document():
    shared = {"$id": "urn:test:shared", "properties": {"age": {"minimum": 18}}}

    assert [
        (document, pointer)
        for document, pointer, *_ in refused({"rule": {"$ref": "urn:test:shared"}}, documents=[shared])
    ] == [("urn:test:shared", "/properties/age")]


@pytest.mark.parametrize("schema", [7, None, True, False, [], "text", {}], ids=repr)
def test_what_is_no_condition_is_refused_by_the_name_of_its_rule(schema):
    assert {document for document, *_ in refused({"fine": ADULT, "rule": schema})} == {"rule:rule"}


@pytest.mark.parametrize(
    ("dictionary", "pointer"),
    [({}, "/properties"), ({"properties": {"q": {"type": "text"}}}, "/properties/q/type")],
    ids=["empty", "unknown type"],
)
def test_a_dictionary_that_cannot_be_read_is_refused(dictionary, pointer):
    assert [(document, where) for document, where, *_ in refused({"rule": ADULT}, dictionary)] == [
        ("dictionary", pointer)
    ]
    named = {"$id": "urn:test:answers", **dictionary}
    assert {document for document, *_ in refused({"rule": ADULT}, named)} == {"urn:test:answers"}


def test_a_document_without_an_address_is_refused():
    refused({"rule": ADULT}, documents=[{"not": ILL}])


@pytest.mark.parametrize("form", FORMS)
def test_of_no_rules_nothing_is_said(form):
    assert getattr(compile_rules({}, DICTIONARY), form)({"age": 3}) == ()


@pytest.mark.parametrize("record", [{}, {"age": 3}], ids=["no answer", "an answer"])
def test_a_rule_that_asks_nothing_holds_whatever_is_known(record):
    rules = compile_rules({"nothing": ALL, "adult": ADULT}, DICTIONARY)

    assert rules.verdicts(record)[0] is Truth.TRUE
    assert rules.evaluate(record)[0] == Evaluated(Truth.TRUE, ())
    said = rules.explain(record)[0]
    assert (said.truth, said.awaiting, said.because) == (Truth.TRUE, (), ())
    assert [part.reason for part in said.reasons] == ["nothing-asked"]


def test_the_rules_show_how_many_they_are_and_nothing_else():
    assert repr(compile_rules({"adult": ADULT, "ill": ILL}, DICTIONARY)) == "<Rules (2)>"


@pytest.mark.parametrize("form", FORMS)
def test_a_function_is_compiled_once_and_only_when_it_is_asked_for(form):
    rules = compile_rules({"adult": ADULT}, DICTIONARY)

    assert not set(FORMS) & set(vars(rules))
    assert getattr(rules, form) is getattr(rules, form)
    assert set(FORMS) & set(vars(rules)) == {form}


@pytest.mark.parametrize("form", FORMS)
def test_a_record_is_read_and_never_changed(form):
    rules = compile_rules({"adult": ADULT, "ill": ILL}, DICTIONARY)
    for record in ({}, {"age": 3}, {"ill": True, "age": 3}, {"ill": True, "age": 3, "level": 1.5, "not asked": 1}):
        kept = list(record.items())
        getattr(rules, form)(record)

        assert list(record.items()) == kept


def test_two_compilations_share_nothing():
    one, other = (compile_rules({"rule": rule}, DICTIONARY) for rule in (ADULT, {"not": ADULT}))

    for form in FORMS:
        assert getattr(one, form).__globals__ is not getattr(other, form).__globals__
    assert (one.verdicts({"age": 18}), other.verdicts({"age": 18})) == ((Truth.TRUE,), (Truth.FALSE,))
