"""The program: plain JSON in a stable form, and scripts that a strict page takes as they are."""

from __future__ import annotations

import gzip
import json
import random
import re
from datetime import date

import pytest
from needs import NODE

from cart_screen.answers.given import Answers
from cart_screen.answers.units import in_unit, to_canonical
from cart_screen.catalog.loading import own_set, own_sets
from cart_screen.engines.browser.program import FORMAT, program_of
from cart_screen.ladder import LADDER, Status
from cart_screen.model import CriterionId
from cart_screen.readers import Readers
from cart_screen.rules.reference import evaluate
from cart_screen.screening import Facts
from cart_screen.truth import Truth

from .running import SCRIPTS, in_node, replies

_DAY = date(2026, 11, 22)

# The engine's share of what a page loads; what stands in comments and spaces is not sent.
_MOST_BYTES = 9_000


@pytest.mark.parametrize("name", own_sets())
def test_a_program_is_plain_json_and_always_the_same(name: str) -> None:
    program = program_of(own_set(name), _DAY)
    text = json.dumps(program)
    assert json.loads(text) == program
    assert json.dumps(program_of(own_set(name), _DAY)) == text
    assert program["format"] == FORMAT
    small = len(gzip.compress(json.dumps(program, ensure_ascii=False, separators=(",", ":")).encode(), 9))
    print(f"{name}: program of {len(text):,} bytes, {small:,} gzipped")


@pytest.mark.parametrize("name", own_sets())
def test_a_term_stands_before_what_it_is_a_term_of(name: str) -> None:
    program = program_of(own_set(name), _DAY)
    for place, (op, *rest) in enumerate(program["nodes"]):
        terms = {"is": [], ">=": [], "<=": [], ">": [], "<": [], "name": rest[:1]}.get(op, rest)
        assert all(isinstance(term, int) and term < place for term in terms), program["nodes"][place]


def test_the_rungs_are_those_of_the_ladder() -> None:
    program = program_of(own_set("us-fda"), _DAY)
    order = list(Status)
    for number, digit in enumerate(program["rungs"]):
        statuses = [order[number // 3 ** (4 - place) % 3] for place in range(5)]
        record = {str(id): str(status) for id, status in zip(CriterionId, statuses, strict=True)}
        first = next(code for code, holds in LADDER if evaluate(holds, record) is Truth.TRUE)
        assert program["codes"][int(digit)] == first


@pytest.mark.parametrize("name", own_sets())
def test_what_can_matter_is_what_a_questionnaire_in_python_reads(name: str) -> None:
    criteria = own_set(name).on(_DAY)
    facts = Facts(Answers(), criteria, _DAY)
    readers = Readers(criteria, [outcome.indication for outcome in facts.outcomes])
    program = program_of(criteria, _DAY)
    everywhere = {*program["readers"]["always"], *program["readers"]["nothing"]}
    assert everywhere == readers.of([])
    assert set(program["readers"]["nothing"]) == readers.of_nothing
    for outcome, said in zip(facts.outcomes, program["indications"], strict=True):
        assert everywhere.union(said["reads"]) == readers.of([outcome.indication])
    formulas = {id: {frozenset(each) for each in inputs} for id, inputs in program["readers"]["formulas"]}
    assert formulas == {id: set(inputs) for id, inputs in readers.formulas.items()}


def test_a_day_on_which_nothing_is_in_force_has_a_program_without_indications() -> None:
    program = program_of(own_set("us-fda"), date(2017, 1, 1))
    assert program["indications"] == []
    assert program["criteria"]["documents"] == []


def test_the_scripts_are_strict_and_compile_nothing() -> None:
    for path in SCRIPTS:
        text = path.read_text("utf-8")
        assert text.count('"use strict";') == 1
        assert not re.search(r"\beval\b|\bFunction\b|\bimport\b|\bexport\b|\brequire\b|innerHTML|fetch\(|Storage", text)


def test_the_scripts_stay_small() -> None:
    # Comments stand on lines of their own here.
    texts = [re.sub(r"(?s:\A/\*.*?\*/\n)|^ *//.*\n|^ +", "", path.read_text("utf-8"), flags=re.M) for path in SCRIPTS]
    found = len(gzip.compress("".join(texts).encode(), 9))
    print(f"the scripts of the engine without comments: {found:,} bytes gzipped")
    assert found <= _MOST_BYTES


@NODE.mark
def test_units_are_converted_as_python_converts_them() -> None:
    draw = random.Random(1)
    questions = own_set("us-fda").reading.dictionary.questions.values()
    units = [(question, unit) for question in questions if question.kind == "number" for unit in question.units[1:]]
    values = [0.1, 88.4, 1e-7, 1e22, 123456789.123, 0, 5e-324, *(draw.uniform(0, 5000) for _ in range(200))]
    values += [round(draw.uniform(0, 500), digits) for digits in (0, 1, 2, 3) for _ in range(50)]
    pairs = [(question, unit, value) for question, unit in units for value in values]
    asked = [[value, unit.multiply, unit.divide] for _, unit, value in pairs]
    back = [[value, unit.divide, unit.multiply] for _, unit, value in pairs]
    with in_node() as ask:
        there, and_back = replies(ask, [{"do": "convert", "values": asked}, {"do": "convert", "values": back}])
    for (question, unit, value), found, returned in zip(pairs, there, and_back, strict=True):
        assert float(found) == float(to_canonical(question, value, unit.code)), (question.id, unit.code, value)
        assert float(returned) == float(in_unit(question, value, unit.code)), (question.id, unit.code, value)
