"""The profile of criteria: each rule has a smallest document that breaks it, and is refused by name."""

from __future__ import annotations

import subprocess
import sys
import time
from itertools import pairwise

import pytest

from cart_screen.answers.declaring import read_dictionary
from cart_screen.errors import DocumentInvalid, DocumentProblem
from cart_screen.rules.expressions import (
    Among,
    And,
    Compare,
    Constant,
    ExactlyOne,
    Expression,
    IfThenElse,
    Named,
    Not,
    Or,
    Relation,
)
from cart_screen.rules.parse import SchemaReader
from cart_screen.rules.profile import Profile
from cart_screen.rules.reference import evaluate
from cart_screen.rules.schema import DIALECT
from cart_screen.truth import Truth

DOCUMENT = "urn:test:criteria"
DICTIONARY = read_dictionary(
    {
        "properties": {
            "lines": {"type": "integer", "minimum": 0, "maximum": 3},
            "score": {"type": "integer", "enum": [0, 1, 2, 3, 4]},
            "months": {"type": "number", "minimum": 0, "maximum": 600},
            "infection": {"type": "boolean"},
            "disease": {"type": "string", "enum": ["lymphoma", "leukemia", "myeloma"]},
        }
    },
    "dictionary",
)


def on(question: str, condition: object) -> dict:
    """Give the smallest schema with a condition on one answer."""
    return {"properties": {question: condition}, "required": [question]}


MET = on("lines", {"minimum": 1})


def problems(schema: object, **others: object) -> list[DocumentProblem]:
    """Give everything that is wrong with a document, of the keywords and of the profile."""
    reader = SchemaReader({DOCUMENT: schema, **others})
    profile = Profile(DICTIONARY)
    profile.lower(reader.read(DOCUMENT))
    return [*reader.problems, *profile.problems]


def lowered(schema: object, **others: object) -> Expression:
    """Give the expression of a document that keeps the profile."""
    reader = SchemaReader({DOCUMENT: schema, **others})
    profile = Profile(DICTIONARY)
    expression = profile.lower(reader.read(DOCUMENT))
    reader.finish()
    profile.finish()
    return expression


class TestWhatIsRead:
    """A document that keeps the profile becomes the expression that it says."""

    @pytest.mark.parametrize(
        ("schema", "expression"),
        [
            pytest.param(MET, Compare("lines", Relation.AT_LEAST, 1), id="minimum"),
            pytest.param(on("months", {"maximum": 12}), Compare("months", Relation.AT_MOST, 12), id="maximum"),
            pytest.param(on("months", {"exclusiveMinimum": 12.5}), Compare("months", Relation.ABOVE, 12.5), id="above"),
            pytest.param(on("months", {"exclusiveMaximum": 12}), Compare("months", Relation.BELOW, 12), id="below"),
            pytest.param(on("infection", {"const": False}), Among("infection", (False,)), id="const"),
            pytest.param(on("score", {"enum": [0, 1]}), Among("score", (0, 1)), id="enum"),
            pytest.param(on("score", {"const": 0.0}), Among("score", (0.0,)), id="a whole number written as 0.0"),
            pytest.param({"not": MET}, Not(Compare("lines", Relation.AT_LEAST, 1)), id="not"),
            pytest.param(
                {"anyOf": [MET, on("infection", {"const": True})]},
                Or((Compare("lines", Relation.AT_LEAST, 1), Among("infection", (True,)))),
                id="anyOf",
            ),
            pytest.param(
                {"oneOf": [MET, on("infection", {"const": True})]},
                ExactlyOne((Compare("lines", Relation.AT_LEAST, 1), Among("infection", (True,)))),
                id="oneOf",
            ),
            pytest.param(
                {"allOf": [MET, on("infection", {"const": True})]},
                And((Compare("lines", Relation.AT_LEAST, 1), Among("infection", (True,)))),
                id="allOf",
            ),
            pytest.param(
                {"if": on("infection", {"const": True}), "then": MET},
                IfThenElse(Among("infection", (True,)), Compare("lines", Relation.AT_LEAST, 1), Constant(True)),
                id="if without else",
            ),
            pytest.param(
                on("lines", {"minimum": 1, "maximum": 2}),
                And((Compare("lines", Relation.AT_LEAST, 1), Compare("lines", Relation.AT_MOST, 2))),
                id="two limits on one answer",
            ),
            pytest.param(
                on("disease", {"not": {"const": "myeloma"}}), Not(Among("disease", ("myeloma",))), id="not on an answer"
            ),
            pytest.param(
                {"$defs": {"few": MET}, "$ref": "#/$defs/few"},
                Compare("lines", Relation.AT_LEAST, 1),
                id="$ref to $defs",
            ),
            pytest.param(
                {"$defs": {"few": {"$anchor": "some", **MET}}, "$ref": "#some"},
                Compare("lines", Relation.AT_LEAST, 1),
                id="$ref to an $anchor",
            ),
            pytest.param({"x-no-requirement": True}, Constant(True), id="nothing at all is asked"),
        ],
    )
    def test_a_keyword_becomes_its_expression(self, schema, expression):
        """One keyword, one node."""
        assert lowered(schema) == expression

    @pytest.mark.parametrize(
        ("question", "type_"),
        [
            ("lines", "integer"),
            ("lines", "number"),
            ("lines", ["integer", "string"]),
            ("months", "number"),
        ],
    )
    def test_a_type_that_the_dictionary_implies_says_nothing(self, question, type_):
        """It is an annotation."""
        assert lowered(on(question, {"type": type_, "minimum": 1})) == lowered(on(question, {"minimum": 1}))

    def test_the_type_of_the_record_says_nothing(self):
        """A criterion is a flat object anyway."""
        assert lowered({"type": "object", **MET}) == lowered(MET)

    def test_a_title_with_a_reason_names_the_condition(self):
        """Names are for reasons and change nothing."""
        expression = lowered(
            {"title": "One line", "x-reason": "one-line", "x-source": "label", "x-recoverable": True, **MET}
        )

        assert expression == Named("One line", "one-line", (f"{DOCUMENT}#label",), True, lowered(MET))

    def test_a_reference_into_another_loaded_document_is_followed(self):
        """Shared criteria are documents of their own."""
        shared = {"$id": "urn:test:shared", "$defs": {"few": MET}}

        assert lowered({"$ref": "urn:test:shared#/$defs/few"}, **{"urn:test:shared": shared}) == lowered(MET)

    @pytest.mark.parametrize("dialect", [DIALECT, DIALECT + "#"])
    def test_the_dialect_may_be_said(self, dialect):
        """`$schema` names 2020-12."""
        assert lowered({"$schema": dialect, **MET}) == lowered(MET)


REFUSED = {
    # The record
    "a record of another type": ({"type": "array", **MET}, "/type", "array", "object"),
    "a record of two types": ({"type": ["object", "null"], **MET}, "/type", "object, null", "object"),
    "a condition on the whole record": ({"const": {"lines": 1}}, "", "whole record", "single answers"),
    "a limit on the whole record": ({"minimum": 1}, "", "whole record", "single answers"),
    "a schema without a condition": ({}, "", "without a condition", "x-no-requirement"),
    "a title without a condition": ({"title": "Fit"}, "", "without a condition", "x-no-requirement"),
    "an empty list of properties": ({"properties": {}}, "", "without a condition", "x-no-requirement"),
    "a boolean schema": (True, "", "a boolean schema", "a condition"),
    "a boolean schema in a list": ({"anyOf": [MET, False]}, "/anyOf/1", "a boolean schema", "a condition"),
    # Presence
    "required without a condition": ({"required": ["lines"]}, "/required", "lines without a condition", "properties"),
    "a condition without required": (
        {"properties": {"lines": {"minimum": 1}}},
        "/properties/lines",
        "lines outside required",
        "required",
    ),
    "required without a condition, beside a sound one": (
        {**MET, "required": ["lines", "score"]},
        "/required",
        "score without a condition",
        "properties",
    ),
    "presence under not": (
        {"not": {"required": ["lines"]}},
        "/not/required",
        "lines without a condition",
        "properties",
    ),
    "a condition without required under not": (
        {"not": {"properties": {"lines": {"minimum": 1}}}},
        "/not/properties/lines",
        "lines outside required",
        "required",
    ),
    "presence under if": (
        {"if": {"required": ["lines"]}, "then": MET},
        "/if/required",
        "lines without a condition",
        "properties",
    ),
    "a condition without required under if": (
        {"if": {"properties": {"lines": {"minimum": 1}}}, "then": MET},
        "/if/properties/lines",
        "lines outside required",
        "required",
    ),
    "required with its condition in another object": (
        {"allOf": [{"properties": {"lines": {"minimum": 1}}}], "required": ["lines"]},
        "/required",
        "lines without a condition",
        "properties",
    ),
    "presence as an empty condition": (on("lines", {}), "/properties/lines", "without a condition", "a condition"),
    "presence as a mere type": (
        on("lines", {"type": "integer"}),
        "/properties/lines",
        "without a condition",
        "a condition",
    ),
    "presence as true": (on("lines", True), "/properties/lines", "a boolean schema", "a condition on its value"),
    "false as a property schema": (
        on("lines", False),
        "/properties/lines",
        "a boolean schema",
        "a condition on its value",
    ),
    "false under not as a property schema": (
        on("lines", {"not": False}),
        "/properties/lines/not",
        "a boolean schema",
        "a condition on its value",
    ),
    "presence as no requirement on an answer": (on("lines", {"x-no-requirement": True}), "/properties/lines", "", ""),
    "presence as no requirement under not": (
        {"not": on("lines", {"x-no-requirement": True})},
        "/not/properties/lines",
        "",
        "",
    ),
    # Values
    "an unknown question": (on("lives", {"minimum": 1}), "/properties/lives", "an unknown question", "the dictionary"),
    "null in type": (
        on("lines", {"type": ["integer", "null"], "minimum": 1}),
        "/properties/lines/type",
        "null",
        "integer",
    ),
    "null in const": (on("lines", {"const": None}), "/properties/lines", "null", "0 to 3"),
    "null in enum": (on("disease", {"enum": ["myeloma", None]}), "/properties/disease", "null", "lymphoma"),
    "another type than the dictionary's": (
        on("lines", {"type": "string", "minimum": 1}),
        "/properties/lines/type",
        "string",
        "integer",
    ),
    "integer for a number": (
        on("months", {"type": "integer", "minimum": 1}),
        "/properties/months/type",
        "integer",
        "number",
    ),
    "a choice that nobody has": (on("disease", {"const": "flu"}), "/properties/disease", '"flu"', "lymphoma"),
    "a number out of bounds": (on("lines", {"const": 4}), "/properties/lines", "4", "0 to 3"),
    "a text for a number": (on("lines", {"const": "1"}), "/properties/lines", '"1"', "0 to 3"),
    "true for a number": (on("lines", {"const": True}), "/properties/lines", "true", "0 to 3"),
    "one for a yes": (on("infection", {"const": 1}), "/properties/infection", "1", "true or false"),
    "a fraction for a whole number": (on("lines", {"const": 1.5}), "/properties/lines", "1.5", "0 to 3"),
    "a list as an answer": (on("lines", {"const": [1]}), "/properties/lines", "a list", "0 to 3"),
    "an object as an answer": (on("lines", {"const": {"a": 1}}), "/properties/lines", "an object", "0 to 3"),
    "an integer beyond every float": (on("lines", {"const": 10**400}), "/properties/lines", "bits", "0 to 3"),
    # Limits
    "a limit on a text": (on("disease", {"minimum": 1}), "/properties/disease", "a limit on disease", "string"),
    "a limit on a yes": (on("infection", {"maximum": 0}), "/properties/infection", "a limit on infection", "boolean"),
    "a limit that every answer keeps": (on("lines", {"minimum": 0}), "/properties/lines", ">= 0", "0 to 3"),
    "a limit that no answer keeps": (on("lines", {"exclusiveMinimum": 3}), "/properties/lines", "> 3", "0 to 3"),
    "a limit above the bounds": (on("months", {"maximum": 600}), "/properties/months", "<= 600", "0 to 600"),
    "a limit below the bounds": (on("months", {"exclusiveMaximum": 0}), "/properties/months", "< 0", "0 to 600"),
    "a limit that every choice keeps": (
        on("score", {"maximum": 4}),
        "/properties/score",
        "<= 4",
        "one of 0, 1, 2, 3, 4",
    ),
    "a limit beyond every float": (
        on("lines", {"minimum": 10**400}),
        "/properties/lines/minimum",
        "bits",
        "9007199254740992",
    ),
    "then without if": ({**MET, "then": {"foo": 1}}, "/then", "then without if", "if beside it"),
    "else without if": ({**MET, "else": MET}, "/else", "else without if", "if beside it"),
    "an enum of every choice": (
        on("disease", {"enum": ["lymphoma", "leukemia", "myeloma"]}),
        "/properties/disease",
        "every value",
        "a condition",
    ),
    "an enum of yes and no": (
        on("infection", {"enum": [True, False]}),
        "/properties/infection",
        "every value",
        "a condition",
    ),
    "an enum of every whole number within the bounds": (
        on("lines", {"enum": [0, 1, 2, 3]}),
        "/properties/lines",
        "every value",
        "a condition",
    ),
    # Shape
    "an object inside an answer": (on("lines", MET), "/properties/lines", "an object inside an answer", "flat"),
    "required inside an answer": (
        on("lines", {"required": ["lines"]}),
        "/properties/lines",
        "an object inside an answer",
        "flat",
    ),
    "if without a branch": ({"if": MET}, "/if", "if without then or else", "a branch"),
}


@pytest.mark.parametrize(("schema", "pointer", "found", "allowed"), REFUSED.values(), ids=REFUSED)
def test_what_the_profile_refuses(schema, pointer, found, allowed):
    """The place, what was found and what is allowed are all named."""
    matching = [problem for problem in problems(schema) if problem.pointer == pointer]

    assert matching
    assert all(problem.document == DOCUMENT for problem in matching)
    assert any(found in problem.found and allowed in problem.allowed for problem in matching)


UNREADABLE = {
    "an unknown keyword": ({"propertyNames": {}, **MET}, "/propertyNames", "an unknown keyword", "dialect"),
    "a misspelt keyword": (on("lines", {"minimun": 1}), "/properties/lines/minimun", "an unknown keyword", "dialect"),
    "an unknown keyword in unused $defs": (
        {"$defs": {"a": {"pattern": "x"}}, **MET},
        "/$defs/a/pattern",
        "an unknown keyword",
        "dialect",
    ),
    "additionalProperties": (
        {"additionalProperties": False, **MET},
        "/additionalProperties",
        "an unknown keyword",
        "dialect",
    ),
    "$dynamicRef": ({"$dynamicRef": "#a"}, "/$dynamicRef", "an unknown keyword", "dialect"),
    "a foreign $schema": (
        {"$schema": "http://json-schema.org/draft-07/schema#", **MET},
        "/$schema",
        "draft-07",
        "2020-12",
    ),
    "a foreign $schema further down": (
        {"allOf": [{"$schema": "urn:mine", **MET}]},
        "/allOf/0/$schema",
        "urn:mine",
        "2020-12",
    ),
    "a remote $ref": (
        {"$ref": "https://example.org/fitness.json"},
        "/$ref",
        "https://example.org/fitness.json",
        "loaded documents",
    ),
    "a $ref to a file": ({"$ref": "file:///etc/passwd"}, "/$ref", "file:///etc/passwd", "loaded documents"),
    "a $ref to a missing definition": ({"$ref": "#/$defs/none"}, "/$ref", "#/$defs/none", "loaded documents"),
    "a $ref to a missing anchor": ({"$ref": "#none"}, "/$ref", "#none", "loaded documents"),
    "a $ref that is no text": ({"$ref": 1}, "/$ref", "1", "loaded documents"),
    "a $ref that is no address": ({"$ref": "//["}, "/$ref", "//[", "loaded documents"),
    "an $id that is no address": ({"$id": "//[", **MET}, "/$id", "//[", ""),
    "a $ref to itself": ({"$ref": "#"}, "", "back to itself", "references that end"),
    "a circle of two": (
        {"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}, "$ref": "#/$defs/a"},
        "/$defs/a",
        "back to itself",
        "references that end",
    ),
    "a circle through a condition": (
        {"anyOf": [MET, {"not": {"$ref": "#"}}]},
        "",
        "back to itself",
        "references that end",
    ),
    "a schema that is a list": ({"not": [MET]}, "/not", "a list", "a schema"),
    "a schema that is a text": ({"allOf": ["lines"]}, "/allOf/0", '"lines"', "a schema"),
    "a schema that is null": (on("lines", None), "/properties/lines", "null", "a schema"),
    "allOf of nothing": ({"allOf": []}, "/allOf", "a list", "a list of schemas"),
    "anyOf as an object": ({"anyOf": MET}, "/anyOf", "an object", "a list of schemas"),
    "oneOf of nothing": ({"oneOf": []}, "/oneOf", "a list", "a list of schemas"),
    "properties as a list": ({"properties": ["lines"]}, "/properties", "a list", "an object of schemas"),
    "$defs as a list": ({"$defs": [MET], **MET}, "/$defs", "a list", "an object of schemas"),
    "required as a text": (
        {"properties": MET["properties"], "required": "lines"},
        "/required",
        '"lines"',
        "a list of keys",
    ),
    "required with a number": (
        {"properties": MET["properties"], "required": ["lines", 1]},
        "/required",
        "a list",
        "a list of keys",
    ),
    "a limit as a text": (on("lines", {"minimum": "1"}), "/properties/lines/minimum", '"1"', "a number"),
    "a limit as a yes": (on("lines", {"minimum": True}), "/properties/lines/minimum", "true", "a number"),
    "an infinite limit": (on("lines", {"minimum": float("inf")}), "/properties/lines/minimum", "inf", "a number"),
    "a limit that is no number": (
        on("lines", {"minimum": float("nan")}),
        "/properties/lines/minimum",
        "nan",
        "a number",
    ),
    "an enum that is no list": (on("lines", {"enum": 1}), "/properties/lines/enum", "1", "a list of values"),
    "an unknown type": (on("lines", {"type": "float"}), "/properties/lines/type", '"float"', "integer"),
    "a type that is a number": (on("lines", {"type": 1}), "/properties/lines/type", "1", "integer"),
    "no type": (on("lines", {"type": []}), "/properties/lines/type", "a list", "integer"),
}


@pytest.mark.parametrize(("schema", "pointer", "found", "allowed"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read(schema, pointer, found, allowed):
    """Whatever is outside the keywords read here is an error, never skipped."""
    matching = [problem for problem in problems(schema) if problem.pointer == pointer]

    assert matching
    assert all(problem.document == DOCUMENT for problem in matching)
    assert any(found in problem.found and allowed in problem.allowed for problem in matching)


def test_an_enum_of_nothing_is_refused():
    """No answer is among no values: a constant."""
    assert any(problem.pointer.startswith("/properties/lines") for problem in problems(on("lines", {"enum": []})))


def test_several_problems_are_all_listed_at_once():
    """An author sees every place in one go, of the keywords and of the profile alike."""
    schema = {
        "$schema": "urn:mine",
        "allOf": [
            on("lives", {"minimum": 1}),
            {"required": ["score"]},
            on("lines", {"const": None}),
            {"$ref": "https://example.org/"},
            on("months", {"minimum": 0}),
            {"pattern": "x", **MET},
        ],
    }

    assert {problem.pointer for problem in problems(schema)} >= {
        "/$schema",
        "/allOf/0/properties/lives",
        "/allOf/1/required",
        "/allOf/2/properties/lines",
        "/allOf/3/$ref",
        "/allOf/4/properties/months",
        "/allOf/5/pattern",
    }


@pytest.mark.parametrize("stage", ["keywords", "profile"])
def test_finishing_raises_every_problem(stage):
    """The error carries the problems as data, and its sentence names each of them."""
    reader = SchemaReader(
        {DOCUMENT: {"allOf": [on("lives", {"minimum": 1}), on("wives", {"minimum": 1}), {"if": MET}]}}
    )
    if stage == "keywords":
        reader = SchemaReader({DOCUMENT: {"allOf": [{"pattern": "x"}, {"format": "y"}, {"$ref": "urn:z"}]}})
    profile = Profile(DICTIONARY)
    profile.lower(reader.read(DOCUMENT))

    with pytest.raises(DocumentInvalid) as raised:
        (reader if stage == "keywords" else profile).finish()

    assert len(raised.value.problems) == 3
    for problem in raised.value.problems:
        assert str(problem) in str(raised.value)
        assert problem.document in str(problem)
        assert problem.pointer in str(problem)


def test_a_document_that_is_not_loaded_is_refused():
    """Nothing is ever fetched."""
    reader = SchemaReader({DOCUMENT: MET})
    reader.read("https://example.org/other")

    with pytest.raises(DocumentInvalid, match=r"https://example\.org/other"):
        reader.finish()


def test_a_part_is_read_under_its_own_pointer():
    """A condition under an `x-` keyword is refused where it stands."""
    reader = SchemaReader({})
    reader.read_part({"pattern": "x"}, DOCUMENT, "/x-cautions/0/when")

    assert [problem.pointer for problem in reader.problems] == ["/x-cautions/0/when/pattern"]


def test_pointers_are_escaped():
    """A slash or a tilde in a key is written as RFC 6901 says."""
    assert [problem.pointer for problem in problems({"a/b~c": 1, **MET})] == ["/a~1b~0c"]


class TestHostileDocuments:
    """A small document that would cost much is refused, soon and by name."""

    @pytest.mark.parametrize("levels", [300, 5000])
    @pytest.mark.parametrize(
        "wrap",
        [
            pytest.param(lambda inner: {"not": inner}, id="not"),
            pytest.param(lambda inner: {"allOf": [inner]}, id="allOf"),
            pytest.param(lambda inner: {"if": inner, "then": MET}, id="if"),
            pytest.param(lambda inner: {"$defs": {"a": inner}, **MET}, id="$defs"),
            pytest.param(lambda inner: {"properties": {"lines": inner}, "required": ["lines"]}, id="properties"),
        ],
    )
    def test_deep_nesting(self, wrap, levels):
        """Depth is bounded well before Python's own bound."""
        schema = MET
        for _ in range(levels):
            schema = wrap(schema)

        assert any(problem.found == "a schema nested too deeply" for problem in problems(schema))

    @pytest.mark.parametrize("order", ["the first refers on", "the last refers back"])
    def test_a_long_chain_of_references(self, order):
        """A chain is as deep as nesting, in whichever order its links stand."""
        names = [f"d{position}" for position in range(3000)]
        chain = {name: {"allOf": [{"$ref": f"#/$defs/{other}"}]} for name, other in pairwise(names)}
        chain[names[-1]] = MET
        if order == "the last refers back":
            chain = dict(reversed(chain.items()))

        assert problems({"$defs": chain, "$ref": "#/$defs/d0"})

    def test_a_reference_bomb(self):
        """Fifty doublings are refused without being unfolded."""
        started = time.perf_counter()

        found = problems(bomb(50))

        assert any("when references are followed" in problem.found for problem in found)
        assert time.perf_counter() - started < 2

    def test_an_honest_amount_of_sharing_is_read(self):
        """References share parts; a few doublings are fine."""
        assert evaluate(lowered(bomb(5)), {"lines": 1}) is Truth.TRUE

    def test_a_reference_bomb_in_a_criteria_set(self, tmp_path):
        """Loading a set refuses the bomb too, without unfolding it for anything else."""
        program = _LOAD_A_BOMB.format(root=str(tmp_path))

        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=10, check=False)

        assert done.stdout.strip() == "DocumentInvalid", done.stderr


def bomb(doublings: int) -> dict:
    """Give a document whose every definition refers twice to the one before."""
    definitions = {"d0": MET}
    for level in range(1, doublings + 1):
        definitions[f"d{level}"] = {"allOf": [{"$ref": f"#/$defs/d{level - 1}"}, {"$ref": f"#/$defs/d{level - 1}"}]}
    return {"$defs": definitions, "$ref": f"#/$defs/d{doublings}"}


# In a process of its own, so that a loader which unfolds the bomb is stopped by the time limit.
_LOAD_A_BOMB = """
import json, shutil
from pathlib import Path
from cart_screen.catalog.directory import CriteriaDirectory, own_criteria
from cart_screen.catalog.loading import load_set
from cart_screen.errors import DocumentInvalid

root = Path({root!r}) / "criteria"
shutil.copytree(own_criteria(), root, ignore=shutil.ignore_patterns("releases.json"))
path = root / "shared" / "prior-lines" / "1.0.0.json"
document = json.loads(path.read_text(encoding="utf-8"))
leaf = {{"properties": {{"prior_lines": {{"minimum": 1}}}}, "required": ["prior_lines"]}}
definitions = {{"d0": leaf}}
for level in range(1, 41):
    below = {{"$ref": f"#/$defs/d{{level - 1}}"}}
    definitions[f"d{{level}}"] = {{"allOf": [below, below]}}
for keyword in ("allOf", "anyOf", "properties", "required"):
    document.pop(keyword, None)
document.update({{"$defs": definitions, "$ref": "#/$defs/d40"}})
path.write_text(json.dumps(document), encoding="utf-8")
try:
    load_set(CriteriaDirectory(root), "us-fda")
except DocumentInvalid:
    print("DocumentInvalid")
"""


def test_an_enum_that_leaves_values_of_a_wide_question_out_is_a_condition():
    """The values of a wide question are not listed, so a long enum is never taken for all of them."""
    wide = read_dictionary({"properties": {"count": {"type": "integer", "minimum": 0, "maximum": 30_000}}}, "wide")
    reader = SchemaReader({DOCUMENT: on("count", {"enum": list(range(20_000))})})
    profile = Profile(wide)
    profile.lower(reader.read(DOCUMENT))

    assert profile.problems == []
