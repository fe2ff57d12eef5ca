"""Each kind of mistake is made once at each place where it can be made, and nowhere else."""

from copy import deepcopy

import pytest

from cart_screen.answers.declaring import read_dictionary

from .mutants import Mutator, cautions

DICTIONARY = read_dictionary(
    {
        "properties": {
            "age": {"type": "integer", "minimum": 0, "maximum": 120},
            "level": {"type": "number", "minimum": 0, "maximum": 80},
            "scale": {"type": "integer", "enum": [10, 20, 30]},
            "kind": {"type": "string", "enum": ["a", "b", "c"]},
            "yes": {"type": "boolean"},
        }
    },
    "dictionary",
)


def about(**conditions):
    """Write conditions on answers as a schema asks for them."""
    return {"properties": conditions, "required": list(conditions)}


ADULT, CHILD, YES, NO = (
    about(age={"minimum": 18}),
    about(age={"maximum": 17}),
    about(yes={"const": True}),
    about(yes={"const": False}),
)


def mutants(schema):
    """Make every mutant of a schema."""
    return list(Mutator(DICTIONARY, lambda question, limit: 0.1).mutants("fitness", schema))


def changes(schema, pointer):
    """Give what the mutants of a place do, with the schema that comes of it."""
    return {mutant.says: mutant.changed for mutant in mutants(schema) if mutant.pointer == pointer}


def test_limit_of_a_whole_number_is_moved_by_one_and_its_own_value_left_out():
    assert changes(about(age={"minimum": 18}), "/properties/age/minimum") == {
        "18 made 17": about(age={"minimum": 17}),
        "18 made 19": about(age={"minimum": 19}),
        "made exclusiveMinimum": about(age={"exclusiveMinimum": 18}),
    }


def test_limit_of_a_number_is_moved_by_its_step_and_stays_as_short():
    assert changes(about(level={"exclusiveMaximum": 2.5}), "/properties/level/exclusiveMaximum") == {
        "2.5 made 2.4": about(level={"exclusiveMaximum": 2.4}),
        "2.5 made 2.6": about(level={"exclusiveMaximum": 2.6}),
        "made maximum": about(level={"maximum": 2.5}),
    }


def test_limit_on_choices_is_moved_to_the_next_choice():
    assert changes(about(scale={"minimum": 20}), "/properties/scale/minimum").keys() == {
        "20 made 10", "20 made 30", "made exclusiveMinimum",
    }  # fmt: skip
    assert "10 made 20" in changes(about(scale={"minimum": 10}), "/properties/scale/minimum")
    assert not any("made 0" in one.says for one in mutants(about(scale={"minimum": 10})))


def test_each_value_of_a_list_is_dropped_and_each_further_one_added():
    assert changes(about(kind={"enum": ["a", "b"]}), "/properties/kind/enum") == {
        '"a" dropped': about(kind={"enum": ["b"]}),
        '"b" dropped': about(kind={"enum": ["a"]}),
        '"c" added': about(kind={"enum": ["a", "b", "c"]}),
    }


@pytest.mark.parametrize(
    ("question", "value", "others"),
    [("kind", "b", ["a", "c"]), ("yes", True, [False]), ("scale", 20, [10, 30]), ("age", 2, [1, 3])],
)
def test_fixed_value_is_made_each_other_value(question, value, others):
    found = changes(about(**{question: {"const": value}}), f"/properties/{question}/const")

    assert list(found.values()) == [about(**{question: {"const": other}}) for other in others]


@pytest.mark.parametrize(
    ("joint", "others"), [("allOf", ["anyOf", "oneOf"]), ("anyOf", ["allOf", "oneOf"]), ("oneOf", ["allOf", "anyOf"])]
)
def test_terms_are_joined_otherwise_and_each_of_them_dropped(joint, others):
    schema = {"title": "Both", joint: [ADULT, YES]}

    assert list(changes(schema, f"/{joint}").values()) == [{"title": "Both", other: [ADULT, YES]} for other in others]
    assert changes(schema, f"/{joint}/0") == {"dropped": {"title": "Both", joint: [YES]}}
    assert changes(schema, f"/{joint}/1") == {"dropped": {"title": "Both", joint: [ADULT]}}


def test_terms_that_are_joined_otherwise_stay_beside_terms_that_are_joined_so():
    assert changes({"anyOf": [ADULT, YES], "allOf": [NO]}, "/anyOf")["made allOf"] == {
        "allOf": [NO, {"allOf": [ADULT, YES]}]
    }


def test_negation_is_removed_and_what_was_negated_still_asked():
    assert changes({"not": ADULT}, "/not") == {"not removed": {"allOf": [ADULT]}}
    assert changes({"not": ADULT, "allOf": [YES]}, "/not") == {"not removed": {"allOf": [YES, ADULT]}}


def test_condition_is_negated_and_its_branches_swapped_and_dropped():
    schema = {"if": ADULT, "then": YES, "else": NO}

    assert changes(schema, "/if") == {
        "negated": {"if": {"not": ADULT}, "then": YES, "else": NO},
        "then and else swapped": {"if": ADULT, "then": NO, "else": YES},
    }
    assert changes(schema, "/then") == {"dropped": {"if": ADULT, "else": NO}}
    assert changes(schema, "/else") == {"dropped": {"if": ADULT, "then": YES}}
    assert changes({"if": ADULT, "then": YES}, "/if")["then and else swapped"] == {"if": ADULT, "else": YES}


def test_answer_is_dropped_from_what_is_asked_and_from_what_is_required():
    schema = {"title": "Both", **about(age={"minimum": 18}, yes={"const": True})}

    assert changes(schema, "/properties/age") == {"dropped": {"title": "Both", **YES}}
    assert changes(schema, "/properties/yes") == {"dropped": {"title": "Both", **ADULT}}
    assert changes(ADULT, "/properties/age") == {"dropped": {}}


@pytest.mark.parametrize(
    ("schema", "pointer"),
    [
        ({"allOf": [YES, ADULT]}, "/allOf/1/properties/age/minimum"),
        ({"anyOf": [ADULT]}, "/anyOf/0/properties/age/minimum"),
        ({"oneOf": [ADULT]}, "/oneOf/0/properties/age/minimum"),
        ({"not": ADULT}, "/not/properties/age/minimum"),
        ({"if": ADULT, "then": YES}, "/if/properties/age/minimum"),
        ({"if": YES, "then": ADULT}, "/then/properties/age/minimum"),
        ({"if": YES, "else": ADULT}, "/else/properties/age/minimum"),
        ({"$defs": {"a/b": ADULT}, "$ref": "#/$defs/a~1b"}, "/$defs/a~1b/properties/age/minimum"),
        (about(age={"anyOf": [{"minimum": 18}]}), "/properties/age/anyOf/0/minimum"),
        (about(age={"not": {"minimum": 18}}), "/properties/age/not/minimum"),
    ],
)
def test_part_is_changed_wherever_it_stands_and_all_else_stays(schema, pointer):
    before = deepcopy(schema)
    found = changes(schema, pointer)

    assert set(found) == {"18 made 17", "18 made 19", "made exclusiveMinimum"}
    assert all(str(changed) == str(schema).replace("18", "17") for says, changed in found.items() if "17" in says)
    assert schema == before


def test_caution_is_changed_by_itself_wherever_it_stands():
    caution = {"id": "young", "title": "Young", "x-source": [], "when": CHILD}
    schema = {"allOf": [{**ADULT, "x-cautions": [caution]}], "x-cautions": [{**caution, "when": YES}]}

    assert list(cautions(schema)) == [("/x-cautions/0", YES), ("/allOf/0/x-cautions/0", CHILD)]
    found = {(one.caution, one.pointer): one.changed for one in mutants(schema) if one.caution}
    assert found["/x-cautions/0", "/x-cautions/0/when/properties/yes/const"] == NO
    assert ("/allOf/0/x-cautions/0", "/allOf/0/x-cautions/0/when/properties/age/maximum") in found


def test_other_documents_are_not_entered_but_a_reference_to_one_is_dropped():
    schema = {"allOf": [{"$ref": "urn:cart-screen:shared:fitness:1.0.0"}, YES]}

    assert changes(schema, "/allOf/0") == {"dropped": {"allOf": [YES]}}
    assert not any(one.pointer.startswith("/allOf/0/") for one in mutants(schema))
