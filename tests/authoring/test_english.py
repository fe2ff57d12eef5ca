"""
Criteria as sentences: golden pages, what each kind of rule says, and laws over every document.

``CART_SCREEN_REWRITE=1 pytest tests/authoring/test_english.py -k golden`` writes the golden pages anew.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import SHARED, WORLD, examples, records, resolved_records, worlds

from cart_screen.answers.declaring import read_dictionary
from cart_screen.authoring.english import Reviewer
from cart_screen.authoring.english_page import NO_SOURCE, page, plain
from cart_screen.authoring.english_words import Wording, digits
from cart_screen.authoring.shelf import Found, Shelf
from cart_screen.catalog.loading import own_set
from cart_screen.model import CriterionId
from cart_screen.rules.derivations import read_dictionary_rules
from cart_screen.rules.expressions import questions_of
from cart_screen.rules.reference import evaluate
from cart_screen.rules.schema import Properties, parts_of
from cart_screen.texts import Texts
from cart_screen.truth import Truth

from .pages import MADE_UP, ON, every_document, made_up, page_of, point_and_wording, said
from .reading_back import Reader

GOLDEN = Path(__file__).parent / "golden"
GOLDEN_PAGES = (
    "us-fda:carvykti-multiple-myeloma:2.0.0",
    "us-fda:breyanzi-large-b-cell-lymphoma-second-line:1.0.0",
    "us-fda:kymriah-b-all:1.0.0",
    "eu-ema:abecma-multiple-myeloma:1.0.0",
    "overview:multiple-myeloma:1.0.0",
    "shared:fitness:1.0.0",
    "shared:organ-function:1.0.0",
)
DOCUMENTS = [pytest.param(found, id=found.address) for found in every_document()]
LIMITS = {"minimum": "or more", "maximum": "or less", "exclusiveMinimum": "more than", "exclusiveMaximum": "less than"}


@cache
def questions():
    return json.loads((Path(__file__).parents[2] / "criteria" / "answers" / "1.0.0.json").read_text("utf-8"))[
        "properties"
    ]


@cache
def words():
    return own_set("us-fda").texts["en"]["questions"]


def everything_read(found):
    """Give the JSON of a document and of every shared one that it reads, examples left out."""
    documents = [found.document, *(found.shelf.documents[address] for address in found.shelf.pinned(found.address))]
    return [{key: value for key, value in one.items() if key != "x-examples"} for one in documents]


def leaves(node):
    """Give each condition on one answer as it stands in the JSON: question and schema."""
    if isinstance(node, dict):
        yield from node.get("properties", {}).items()
        for value in node.values():
            yield from leaves(value)
    elif isinstance(node, list):
        for value in node:
            yield from leaves(value)


# ---- Golden pages


@pytest.mark.parametrize("name", GOLDEN_PAGES)
def test_golden_page(name):
    """A file holds each page as a reviewer reads it, a line for a sentence."""
    file = GOLDEN / f"{name.replace(':', '-')}.txt"
    text = plain(page_of(f"urn:cart-screen:{name}"))
    if os.environ.get("CART_SCREEN_REWRITE") == "1":
        file.write_text(text, "utf-8")

    assert text == file.read_text("utf-8")


# ---- Every kind of rule


@pytest.mark.parametrize(
    ("schema", "lines"),
    [
        ({"minimum": 18}, ['"Age" is 18 years or more [1].']),
        ({"maximum": 1}, ['"Age" is 1 year or less [1].']),
        ({"exclusiveMinimum": 17}, ['"Age" is more than 17 years [1].']),
        ({"exclusiveMaximum": 26}, ['"Age" is less than 26 years [1].']),
        ({"maximum": 0}, ['"Age" is 0 years [1].']),
        ({"minimum": 120}, ['"Age" is 120 years [1].']),
        ({"const": 18}, ['"Age" is 18 years [1].']),
        ({"enum": [18, 19, 30]}, ['"Age" is 18 years, 19 years or 30 years [1].']),
        ({"minimum": 18, "maximum": 25}, ['"Age" is 18 years or more, and is 25 years or less [1].']),
        ({"not": {"minimum": 18}}, ["This is not true:", '  1 "Age" is 18 years or more [1].']),
        (
            {"oneOf": [{"minimum": 18}, {"maximum": 2}]},
            [
                "Exactly one of these is true:",
                '  1 "Age" is 18 years or more [1].',
                '  2 "Age" is 2 years or less [1].',
            ],
        ),
        (
            {"if": {"minimum": 18}, "else": {"maximum": 2}},
            [
                "This depends on a condition:",
                '  1 If: "Age" is 18 years or more [1].',
                "  2 Then: nothing is asked.",
                '  3 Otherwise: "Age" is 2 years or less [1].',
            ],
        ),
    ],
)
def test_a_condition_on_one_answer(schema, lines):
    lines[0] = lines[0] if "[1]" in lines[0] else lines[0].replace(":", " [1]:")

    assert said({"x-source": "label", "properties": {"age_years": schema}, "required": ["age_years"]}) == lines


@pytest.mark.parametrize(
    ("id", "schema", "line"),
    [
        ("on_dialysis", {"const": False}, '"Dialysis" is answered "No" [1].'),
        (
            "transplant_candidate",
            {"const": False},
            '"Transplant possible" is answered "No, a doctor said so because of age or another illness" [1].',
        ),
        ("sex", {"enum": ["female", "male"]}, '"Sex" is answered "Female" or "Male" [1].'),
        ("bilirubin", {"maximum": 2.0}, '"Bilirubin" is 2 mg/dL or less (34.208 umol/L) [1].'),
        ("creatinine", {"exclusiveMinimum": 1.23}, '"Creatinine" is more than 1.23 mg/dL (108.732 umol/L) [1].'),
        ("platelets", {"minimum": 75}, '"Platelets" is 75 x 10*3/uL or more (75 x 10*9/L, 75000/uL) [1].'),
        ("ast_times_uln", {"maximum": 2.5}, '"AST, times upper limit" is 2.5 times the upper limit or less [1].'),
        ("ecog", {"const": 1}, '"ECOG grade" is answered "1: Up and about, light work only" [1].'),
        ("ecog", {"maximum": 2}, '"ECOG grade" is 2 or less [1].'),
        ("performance_scale", {"const": "karnofsky"}, '"Karnofsky value" is what counts (D1) [1].'),
        ("kidney_basis", {"const": "described"}, '"Kidneys, in plain words" is what counts (D1) [1].'),
    ],
)  # fmt: skip
def test_values_units_and_options(id, schema, line):
    assert said({"x-source": ["label"], "properties": {id: schema}, "required": [id]}) == [line]


def test_many_options_are_listed_beneath():
    schema = {
        "properties": {"lung_state": {"enum": ["no-problem", "breathless-on-effort"]}},
        "required": ["lung_state"],
    }
    longer = {
        "properties": {"cancer_group": {"enum": ["lymphoma", "leukemia", "myeloma"]}},
        "required": ["cancer_group"],
    }

    assert len(said({"x-source": "label", **schema})) == 1
    assert said({"x-source": "label", **longer}) == [
        '"Kind of cancer" is answered with one of these [1]:', "  - Lymphoma.", "  - Leukemia.", "  - Multiple myeloma."
    ]  # fmt: skip


def test_titles_remarks_notes_and_cautions_stand_with_their_point():
    on_dialysis = {"properties": {"on_dialysis": {"const": True}}, "required": ["on_dialysis"]}
    document = {
        "x-source": "label",
        "x-strength": "guideline",
        "anyOf": [
            {"title": "Not on dialysis.", "x-recoverable": True, "x-note": "Look twice", **on_dialysis},
            {"allOf": [on_dialysis, {"properties": {"hiv": {"const": True}}, "required": ["hiv"]}]},
        ],
        "x-cautions": [{"id": "one", "title": "On dialysis", "x-source": ["rumour"], "when": on_dialysis}],
    }

    assert said(document) == [
        "At least one of these is true [1]:",
        "  It rests on guidelines.",
        '  1 Not on dialysis. "Dialysis" is answered "Yes" [1]. It may change with time or treatment.',
        "    Note: Look twice.",
        "  2 All of these are true:",
        '    2.1 "Dialysis" is answered "Yes" [1].',
        '    2.2 "HIV" is answered "Yes" [1].',
        "  Reported, never deciding:",
        '  C1 On dialysis. It is reported when "Dialysis" is answered "Yes" [2 unverified].',
    ]


def test_a_point_without_a_source_says_so_loudly():
    leaf = {"properties": {"hiv": {"const": True}}, "required": ["hiv"]}

    assert said(leaf) == [f'"HIV" is answered "Yes" [{NO_SOURCE}].']
    assert said({"x-source": ["nowhere"], **leaf}) == [f'"HIV" is answered "Yes" [{NO_SOURCE}].']


def test_a_source_of_its_own_comes_before_the_one_around_it():
    hiv = {"properties": {"hiv": {"const": True}}, "required": ["hiv"]}

    assert said({"x-source": "label", "anyOf": [hiv, {"x-source": ["rumour", "label"], **hiv}]})[1:] == [
        '  1 "HIV" is answered "Yes" [1].',
        '  2 "HIV" is answered "Yes" [2 unverified, 1].',
    ]


def test_two_names_or_two_sources_for_one_condition_are_both_shown():
    leaf = {"properties": {"hiv": {"const": True}}, "required": ["hiv"]}

    assert said({"title": "One", "x-source": "label", "allOf": [{"title": "Other", "x-source": "rumour", **leaf}]}) == [
        "One. This is true [1]:",
        '  1 Other. "HIV" is answered "Yes" [2 unverified].',
    ]


def test_a_criterion_that_asks_for_nothing():
    assert said({"title": "Any line", "x-source": "label", "x-no-requirement": True}) == [
        "Any line. Nothing is asked here [1]."
    ]


def derived_page(declared, document):
    """Give the lines of a criterion that is read with a dictionary of its own."""
    reading = read_dictionary_rules(read_dictionary({"properties": declared}, "dictionary"), "dictionary")
    shelf = made_up({"x-answers": "1", "title": "Made up", "x-source": "label", **document}, reading, {"questions": {}})
    return [line.text for line in page(Found(shelf, MADE_UP, None), ON)]


def test_a_derived_answer_that_is_no_mere_choice_is_named_by_its_own_words():
    """Which answer is known does not tell which value it gives, so the value must be named."""
    declared = {
        "age": {"type": "integer", "minimum": 0, "maximum": 120},
        "age_band": {
            "type": "string",
            "enum": ["young-person", "grown-up"],
            "x-internal": True,
            "x-derived": [
                {
                    "known": "age",
                    "value": "young-person",
                    "if": {"properties": {"age": {"maximum": 17}}, "required": ["age"]},
                },
                {"known": "age", "value": "grown-up"},
            ],
        },
    }
    lines = derived_page(declared, {"properties": {"age_band": {"const": "grown-up"}}})

    assert '"Age band" is answered "Grown up" [1].' in lines
    assert '"Age band" is the first of these that is known:' in lines
    assert '"Young person", as soon as "Age" is known, only where "Age" is 17 or less.' in lines
    assert '"Grown up", as soon as "Age" is known.' in lines


def test_what_a_derived_answer_is_derived_from_is_explained_too():
    flag = {"type": "boolean"}
    declared = {
        "given": flag,
        "middle": {**flag, "x-derived": [{"answer": "given"}]},
        "last": {**flag, "x-derived": [{"answer": "last"}, {"answer": "middle"}]},
        "apart": {**flag, "x-derived": [{"answer": "given"}]},
    }
    lines = derived_page(declared, {"properties": {"last": {"const": True}}})

    assert '"Last" is the first of these that is known:' in lines
    assert '"Middle" is the first of these that is known:' in lines
    assert not any("Apart" in line for line in lines)


def test_digits_are_all_there_and_no_more():
    assert [digits(number) for number in (2, 2.0, 0.1, 34.208, 1e-7, 1e22, 75000.0, -0.5)] == [
        "2", "2", "0.1", "34.208", "0.0000001", "10000000000000000000000", "75000", "-0.5"
    ]  # fmt: skip


# ---- Laws over every document


@pytest.mark.parametrize("found", DOCUMENTS)
def test_every_threshold_stands_in_a_sentence_with_number_unit_and_source(found):
    lines = [line.text for line in page_of(found.address)]
    limits = {
        (id, keyword, schema[keyword])
        for document in everything_read(found)
        for id, schema in leaves(document)
        for keyword in LIMITS
        if keyword in schema
    }

    for id, keyword, number in limits:
        unit = questions()[id].get("x-unit", {"code": ""})
        shown = digits(number) + {"a": " year", "mo": " month"}.get(unit["code"], f" {words()[id].get('unit', '')}")
        if unit["code"].startswith("10*"):
            shown = f"{digits(number)} x {unit['code']}"
        said_so = [
            line
            for line in lines
            if f'"{words()[id]["label"]}" is' in line and shown.rstrip() in line and LIMITS[keyword] in line
        ]
        assert any(re.search(r" \[\d+( unverified)?(, \d+( unverified)?)*\][.:]", line) for line in said_so), (
            id,
            shown,
        )
        for other in unit.get("accepted", ()):
            exact = (
                Fraction(str(number)) * Fraction(str(other.get("divide", 1))) / Fraction(str(other.get("multiply", 1)))
            )
            numbers = {Fraction(one) for line in said_so for one in re.findall(r"\d+(?:\.\d+)?", line)}
            assert exact in numbers, (id, number, other["code"])


@pytest.mark.parametrize("found", DOCUMENTS)
def test_every_value_that_is_asked_for_stands_there_as_its_option(found):
    text = plain(page_of(found.address))
    for document in everything_read(found):
        for id, schema in leaves(document):
            values = schema.get("enum", [schema["const"]] if "const" in schema else [])
            if "x-internal" in questions()[id] or not all(isinstance(value, str | bool) for value in values):
                continue
            for value in values:
                key = str(value).lower() if isinstance(value, bool) else value
                assert words()[id]["options"][key].removesuffix(".") in text, (id, value)


@pytest.mark.parametrize("found", DOCUMENTS)
def test_no_condition_of_a_shipped_document_is_without_a_source(found):
    assert NO_SOURCE not in plain(page_of(found.address))


@pytest.mark.parametrize("found", DOCUMENTS)
def test_sentences_read_as_sentences(found):
    """No internal id, no stray space, a capital first and a full stop last, or a colon before what is listed."""
    lines = page_of(found.address)
    for line, following in zip(lines, [*lines[1:], lines[0]], strict=True):
        text = line.text
        if line.heading or not text or text.startswith(("http", "urn:", "Address: ")):
            continue
        assert "_" not in text
        assert not re.search(r"  | [.,;:!?]|\.\.|,,|\[\]|\(\)|None", text), text
        # The title of a source may begin with a name in small letters, such as openFDA.
        assert line.mark.startswith("[") or re.match(r'["(]?[A-Z0-9]', text), text
        assert not text.endswith(":") or (following.text and following.depth >= line.depth), text
        assert text.endswith((".", ":")), text
        assert text.count('"') % 2 == 0, text


def test_the_same_source_has_one_number_and_every_number_is_listed():
    for found in every_document():
        lines = page_of(found.address)
        listed = [line.mark.strip("[]") for line in lines if re.fullmatch(r"\[\d+\]", line.mark)]
        cited = {
            number
            for line in lines
            for group in re.findall(r"\[(\d[^\]]*)\]", line.text)
            for number in re.findall(r"\d+", group)
        }

        assert listed == [str(number) for number in range(1, len(listed) + 1)]
        assert cited <= set(listed)
        titles = [line.text for line in lines if re.fullmatch(r"\[\d+\]", line.mark)]
        addresses = [after.text for line, after in pairwise(lines) if line.mark.startswith("[")]
        assert len(set(zip(titles, addresses, strict=True))) == len(titles)


@pytest.mark.parametrize("found", DOCUMENTS)
def test_every_derived_answer_that_is_read_says_how_it_comes_about(found):
    lines = page_of(found.address)
    derived = [line for line in lines if re.fullmatch(r"D\d+", line.mark)]
    reading = found.shelf.reading(found.address)
    read = {
        name
        for part in parts_of(found.shelf.tree(found.address))
        for keyword in part.keywords
        if isinstance(keyword, Properties)
        for name, _ in keyword.schemas
    }
    wording = Wording(reading, Texts(found.shelf.criteria))
    for id in read & set(reading.derivations):
        if not wording.markers(id):
            assert any(line.text.startswith(f"{wording.label(id)} is the first") for line in derived), id
    for choice in {one for line in lines for one in re.findall(r"\((D\d+)\)", line.text)}:
        named = next(line for line in derived if line.mark == choice)
        assert named.text == "What counts is the first of these that is known:"


# ---- What the sentences say is what the rules say


@pytest.mark.parametrize("found", [one for one in DOCUMENTS if one.values[0].use])
@examples(20)
@given(data=st.data())
def test_the_sentences_of_a_shipped_document_read_back_as_its_rules(found, data):
    """A reader of the sentences alone comes to the same status as the rules, on complete answers."""
    found = next(one for one in every_document() if one.address == found.address)
    criterion = found.use.criteria[data.draw(st.sampled_from(list(CriterionId)))]
    conditions = [criterion.requirement, *(caution.when for caution in criterion.cautions)]
    record = data.draw(resolved_records({id for one in conditions for id in questions_of(one)}, complete=True))
    wording = Wording(found.shelf.reading(found.address), Texts(found.shelf.criteria))
    point = Reviewer(found.shelf, wording).point(found.shelf.tree(f"{found.address}#/$defs/{criterion.id}"))
    reader = Reader(wording)

    assert reader.holds(point, record) is (evaluate(criterion.requirement, record) is Truth.TRUE)
    cautions = all_cautions(point)
    assert sorted(caution.title for caution in cautions) == sorted(one.title for one in criterion.cautions)
    for caution in cautions:
        expected = {
            evaluate(one.when, record) is Truth.TRUE for one in criterion.cautions if one.title == caution.title
        }
        assert expected == {reader.holds(caution, record)}, caution.title


def all_cautions(point):
    return [*point.cautions, *(caution for inner in point.below for caution in all_cautions(inner))]


@examples(300)
@given(data=st.data())
def test_the_sentences_of_a_random_document_read_back_as_its_rules(data):
    """References, every combination, nothing and everything asked for, whole numbers written as floats."""
    world = data.draw(worlds(derived=2))
    record = data.draw(records(world.reading, complete=True))
    own = own_set("us-fda")
    criteria = replace(own, reading=world.reading, earlier=(), texts={"en": {"questions": {}}})
    shelf = Shelf(criteria, {WORLD: world.document, SHARED: world.shared}, frozenset())
    point, wording = point_and_wording(shelf, WORLD)

    assert Reader(wording).holds(point, record) is (evaluate(world.expression, record) is Truth.TRUE)
