"""Ids, texts and names are written into code, and none of them gets out of its quotes."""

from __future__ import annotations

import ast
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples

from cart_screen import compile_rules
from cart_screen.answers.given import Answers
from cart_screen.engines.python import Rules
from cart_screen.engines.resolving import compile_resolve
from cart_screen.rules.expressions import Among, And, IfThenElse, Named, Not
from cart_screen.rules.lowering import lower_rules, reading_of
from cart_screen.truth import Truth

from .small import FORMS, as_explained, as_specified, every_record, on, source_of

HOSTILE = (
    "", " ", "'", '"', "'''", '"""', "\\", "\\'", "a\\", "\n", "\r", "\t", "\0", "\0000\0", "\0001\0", "\0010\001",
    "x'); raise SystemExit(1)  # ", "x']\nraise SystemExit(1)\nd['", "{d}", "{", "}}", "%s", "%(d)s", "$ref", "#", "/",
    "d", "g", "r", "v0", "a0", "h1", "YES", "NO", "OPEN", "NAN", "LEAST", "None", "True", "class", "verdicts",
    "__import__('os')", "__class__", "\u2028", "\u202e", "\ufeff", "é", "\U0001f480",
)  # fmt: skip
# All that generated code may call by name, and the names of its own variables.
_NAMES = re.compile(r"g|d|b|c|m|YES|NO|OPEN|NAN|LEAST|min|(await_|[A-Za-z])[0-9]+(_[0-9]+)?")

texts = st.text(st.characters(exclude_categories=()), max_size=6) | st.sampled_from(HOSTILE)
ids = texts.filter(bool)


def names_in(source: str) -> set[str]:
    """Give every name, attribute and function that source speaks of."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Name(id=name) | ast.FunctionDef(name=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                found.add(name)
            case ast.Import() | ast.ImportFrom() | ast.Raise() | ast.Lambda() | ast.Global():
                found.add(type(node).__name__)
    return found


def world(id: str, choices: tuple[str, ...]):
    """Give how a question with hostile texts, and one that follows from it, are read."""
    return reading_of(
        {
            "properties": {
                id: {"type": "string", "enum": list(choices)},
                f"{id}?": {
                    "type": "string",
                    "enum": list(choices),
                    "x-derived": [{"answer": f"{id}?"}, {"answer": id, "map": dict.fromkeys(choices, choices[-1])}],
                },
            }
        }
    )


@pytest.mark.parametrize("form", FORMS)
def test_rules_ids_and_texts_of_any_kind_are_read_as_they_are(form):
    dictionary = {"properties": {id: {"type": "string", "enum": list(HOSTILE)} for id in HOSTILE}}
    rules = compile_rules({id: on(id, {"const": id}) for id in HOSTILE}, dictionary)
    every = getattr(rules, form)({id: id for id in HOSTILE})
    none = getattr(rules, form)({id: f"{id}?" for id in HOSTILE})

    assert rules.names == HOSTILE
    assert {getattr(said, "truth", said) for said in every} == {Truth.TRUE}
    assert {getattr(said, "truth", said) for said in none} == {Truth.FALSE}


@examples(25)
@given(ids, st.lists(texts, min_size=2, max_size=3, unique=True), texts)
def test_any_text_is_an_id_a_choice_and_a_title(id, choices, title):
    first, *others = choices
    reading = world(id, tuple(choices))
    rule = IfThenElse(
        Named(title, title, (title,), False, Among(id, (first,))),
        Not(Among(f"{id}?", (first,))),
        And((Among(id, tuple(others)), Named(title, title, (), False, Among(f"{id}?", (first, *others))))),
    )
    rules = Rules({title: rule}, reading)
    for record in every_record({id: choices, f"{id}?": choices}):
        expected = as_specified(rule, record, reading)

        assert as_explained(rules, record) == [expected]
        assert rules.evaluate(record) == (expected[:2],)
        assert rules.verdicts(record) == (expected[0],)


@examples(40)
@given(texts, st.lists(texts, min_size=2, max_size=3, unique=True))
def test_answers_to_hostile_questions_are_resolved(id, choices):
    reading = world(id, tuple(choices))
    resolve = compile_resolve(reading)
    for record in every_record({id: choices, f"{id}?": choices}):
        assert resolve(Answers(record)) == reading.resolve(Answers(record))


@pytest.mark.parametrize("form", FORMS)
def test_source_speaks_of_nothing_but_its_own_names(form):
    """Everything else in it is a constant."""
    reading = reading_of({"properties": {id: {"type": "string", "enum": list(HOSTILE)} for id in HOSTILE}})
    rules = {
        id: {"title": id, "x-reason": id, "anyOf": [on(id, {"enum": [id]}), on("", {"const": id})]} for id in HOSTILE
    }
    source = source_of(form, list(lower_rules(rules, reading, ()).values()), reading)

    assert {name for name in names_in(source) if not _NAMES.fullmatch(name)} <= {form, "get", "len", "KeyError"}


def test_a_name_that_is_no_text_of_unicode_is_read_too():
    """The json module reads such texts, and ids and choices may be so."""
    rules = compile_rules({"\ud800": on("\ud800", {"const": 1})}, {"properties": {"\ud800": {"type": "integer"}}})

    assert rules.verdicts({"\ud800": 1}) == (Truth.TRUE,)


def test_a_question_without_a_name_is_awaited_and_decides():
    rules = compile_rules({"": on("", {"const": 1})}, {"properties": {"": {"type": "integer"}}})

    assert rules.evaluate({}) == ((Truth.UNKNOWN, ("",)),)
    assert rules.explain({})[0].awaiting == ("",)
    assert rules.explain({"": 1})[0].because == ("",)
