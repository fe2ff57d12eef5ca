"""A witness gives the truth that was wanted; where every combination of answers has been tried, so has the search."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import SETS, criteria_of, examples, expressions, givable, readings, worlds
from strategies import representatives as every_value

from cart_screen import CartScreenError
from cart_screen.answers.declaring import read_dictionary
from cart_screen.answers.given import Answers
from cart_screen.authoring.witnesses import SearchTooLarge, differing, witness
from cart_screen.catalog.loading import own_set
from cart_screen.rules.derivations import read_dictionary_rules
from cart_screen.rules.expressions import (
    Among,
    And,
    Compare,
    Constant,
    ExactlyOne,
    IfThenElse,
    Named,
    Not,
    Or,
    Relation,
)
from cart_screen.rules.reference import evaluate
from cart_screen.truth import Truth

SHIPPED = own_set(SETS[0]).reading
# Many indications share a point; each is searched once.
CRITERIA = {criterion.bare: criterion for name in SETS for _, criterion in criteria_of(own_set(name))}
ADULT = Compare("age_years", Relation.AT_LEAST, 18)


def read_with(properties):
    """Read a dictionary of some questions."""
    return read_dictionary_rules(read_dictionary({"properties": properties}, "dictionary"), "dictionary")


def read_as(reading, answers, *several):
    """Give the truths of some expressions under answers that a person gives."""
    reading.dictionary.check(Answers(answers))
    record = reading.resolve(Answers(answers))
    return tuple(evaluate(expression, record) for expression in several)


def everything(reading, several, values=None):
    """Try every combination of answers, and give the truths that some expressions have together."""
    ids = givable(reading)
    options = [(None, *(values[id] if values else every_value(reading.dictionary.questions[id]))) for id in ids]
    found = set()
    for combination in product(*options):
        answers = {id: value for id, value in zip(ids, combination, strict=True) if value is not None}
        record = reading.resolve(Answers(answers))
        found.add(tuple(evaluate(expression, record) for expression in several))
    return found


def assert_none_to_spare(reading, found, several, holds):
    """Check that the answers do what was wanted, and that none of them can be left out."""
    assert holds(*read_as(reading, found, *several))
    assert list(found) == [id for id in reading.dictionary.questions if id in found]
    for id in found:
        rest = {other: value for other, value in found.items() if other != id}
        assert not holds(*read_as(reading, rest, *several)), id


def assert_search_is_right(reading, one, other, values=None):
    """Hold both searches against every combination of answers."""
    tried = everything(reading, (one, other), values)
    for wanted in Truth:
        found = witness(reading, one, wanted)
        assert (found is not None) == any(first is wanted for first, _ in tried), wanted
        if found is not None:
            assert_none_to_spare(reading, found, [one], lambda truth, wanted=wanted: truth is wanted)
    for seen in (lambda truth: truth, lambda truth: truth is Truth.TRUE):
        found = differing(reading, one, other, seen=seen)
        assert (found is not None) == any(seen(first) != seen(second) for first, second in tried)
        if found is not None:
            assert_none_to_spare(
                reading, found, [one, other], lambda first, second, seen=seen: seen(first) != seen(second)
            )


@examples(150)
@given(data=st.data())
def test_over_random_expressions_and_derivations_the_search_finds_what_trying_everything_finds(data):
    """Also where a derived answer has many sources, under conditions, and where it can be given itself."""
    reading = data.draw(readings(3, derived=2))

    assert_search_is_right(reading, data.draw(expressions(reading)), data.draw(expressions(reading)))


@examples(100)
@given(data=st.data())
def test_over_a_random_document_with_one_part_changed_the_search_finds_what_trying_everything_finds(data):
    """The shape of a mutant: nearly everything is shared."""
    world = data.draw(worlds(3, 2, derived=2))
    changed = data.draw(changes(world.expression, world.reading))

    assert_search_is_right(world.reading, world.expression, changed)


@st.composite
def changes(draw, expression, reading):
    """Draw the same expression with one part of it replaced."""
    if draw(st.integers(0, 3)) == 0:
        return draw(st.sampled_from((Not(expression), *draw(st.tuples(expressions(reading, 1))))))
    match expression:
        case And(terms=terms) | Or(terms=terms) | ExactlyOne(terms=terms) if terms:
            place = draw(st.integers(0, len(terms) - 1))
            part = draw(changes(terms[place], reading))
            joint = draw(st.sampled_from((type(expression), And, Or, ExactlyOne)))
            return joint((*terms[:place], *draw(st.sampled_from(((part,), ()))), *terms[place + 1 :]))
        case Not(term=term) | Named(term=term):
            return draw(st.sampled_from((term, Not(draw(changes(term, reading))))))
        case IfThenElse(condition=condition, then=then, otherwise=otherwise):
            changed = IfThenElse(condition, draw(changes(then, reading)), otherwise)
            return draw(st.sampled_from((changed, IfThenElse(condition, otherwise, then))))
        case _:
            return draw(expressions(reading, 1))


# A formula of each kind, read in place of a plain description; the second result cannot be given itself.
LABORATORY = read_with(
    {
        "age": {"type": "integer", "minimum": 0, "maximum": 120},
        "sex": {"type": "string", "enum": ["female", "male"]},
        "weight": {"type": "number", "minimum": 40, "maximum": 90},
        "creatinine": {"type": "number", "minimum": 0.5, "maximum": 4},
        "clearance": {
            "type": "number",
            "minimum": 0,
            "maximum": 300,
            "x-derived": [
                {"answer": "clearance"},
                {
                    "formula": "cockcroft-gault",
                    "of": {"age": "age", "weight": "weight", "creatinine": "creatinine", "sex": "sex"},
                    "if": {"properties": {"age": {"minimum": 18}}, "required": ["age"]},
                },
            ],
        },
        "described": {"type": "boolean"},
        "basis": {
            "type": "string",
            "enum": ["measured", "described"],
            "x-internal": True,
            "x-derived": [{"known": "clearance", "value": "measured"}, {"known": "described", "value": "described"}],
        },
        "times": {
            "type": "number",
            "minimum": 0,
            "maximum": 0.06,
            "x-derived": [{"formula": "multiple-of-limit", "of": {"value": "creatinine", "limit": "weight"}}],
        },
    }
)
TRIED = {
    "age": (17, 18, 60), "sex": ("female", "male"), "weight": (40, 50, 90), "creatinine": (0.5, 1, 4),
    "clearance": (20, 30, 60), "described": (False, True), "times": (),
}  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Compare("clearance", Relation.ABOVE, 30), Compare("clearance", Relation.AT_LEAST, 30)),
        (Among("basis", ("described",)), Among("described", (False, True))),
        (
            And((Among("described", (True,)), Among("basis", ("described",)))),
            And((Among("described", (True,)), Not(Among("basis", ("measured",))))),
        ),
        # Only what is half given makes these two differ: a creatinine without a weight is waited for.
        (
            Or((Among("basis", ("described", "measured")), Not(Among("described", (True, False))))),
            Or((Among("described", (True, False)), Compare("clearance", Relation.AT_LEAST, 0))),
        ),
        (Compare("times", Relation.ABOVE, 0.05), Compare("times", Relation.AT_LEAST, 0.05)),
        (And((Compare("age", Relation.BELOW, 18), Among("basis", ("measured",)))), Constant(False)),
    ],
)
def test_over_formulas_the_search_finds_what_trying_everything_finds(one, other):
    assert_search_is_right(LABORATORY, one, other, TRIED)


def test_an_answer_that_only_a_half_given_formula_holds_back_is_found():
    """The description is given, yet not read, since a creatinine stands there and its weight may still come."""
    said = And((Among("described", (True,)), Compare("age", Relation.AT_LEAST, 18)))
    found = differing(LABORATORY, said, And((said, Among("basis", ("measured", "described")))))

    assert found == {"age": 18, "creatinine": found["creatinine"], "described": True}


def test_a_value_beyond_the_bounds_of_its_question_is_found_where_a_formula_gives_it():
    beyond = Compare("times", Relation.ABOVE, 0.06)

    assert witness(LABORATORY, beyond, Truth.TRUE).keys() == {"creatinine", "weight"}
    assert_search_is_right(LABORATORY, beyond, Compare("times", Relation.ABOVE, 0.1), TRIED)


# What is derived cannot be given here, so everything must come from what it follows from.
FOLLOWING = read_with(
    {
        "first": {"type": "boolean"},
        "second": {"type": "boolean"},
        "lines": {"type": "integer", "minimum": 0, "maximum": 3},
        "disease": {"type": "string", "enum": ["a", "b", "c"]},
        "held": {
            "type": "boolean",
            "x-internal": True,
            "x-derived": [
                {
                    "known": "second",
                    "value": True,
                    "if": {"properties": {"first": {"const": True}}, "required": ["first"]},
                },
                {"value": False},
            ],
        },
        "at_least": {
            "type": "integer",
            "minimum": 0,
            "maximum": 3,
            "x-internal": True,
            "x-derived": [{"answer": "lines"}],
        },
        "group": {
            "type": "string",
            "enum": ["x", "y"],
            "x-internal": True,
            "x-derived": [{"answer": "disease", "map": {"a": "x", "b": "y"}}],
        },
    }
)


@pytest.mark.parametrize(
    ("expression", "wanted", "answers"),
    [
        # A value that is known under a condition that is not stops the later sources.
        (Among("held", (True,)), Truth.UNKNOWN, [{"second": False}, {"second": True}]),
        (Among("held", (True,)), Truth.FALSE, [{}]),
        (Compare("at_least", Relation.AT_LEAST, 2), Truth.TRUE, [{"lines": 2}, {"lines": 3}]),
        (Compare("at_least", Relation.AT_LEAST, 2), Truth.FALSE, [{"lines": 0}, {"lines": 1}]),
        (Among("group", ("y",)), Truth.TRUE, [{"disease": "b"}]),
        (Among("group", ("y",)), Truth.FALSE, [{"disease": "a"}]),
        (And((Among("group", ("y",)), Among("disease", ("a", "c")))), Truth.TRUE, [None]),
        (And((Compare("at_least", Relation.AT_LEAST, 2), Among("lines", (0, 1)))), Truth.TRUE, [None]),
    ],
)
def test_what_only_follows_from_other_answers_is_found_through_them(expression, wanted, answers):
    assert witness(FOLLOWING, expression, wanted) in answers


@examples(60)
@given(data=st.data())
def test_over_what_only_follows_from_other_answers_the_search_finds_what_trying_everything_finds(data):
    assert_search_is_right(FOLLOWING, data.draw(expressions(FOLLOWING)), data.draw(expressions(FOLLOWING)))


@pytest.mark.parametrize("criterion", [pytest.param(one, id=f"{one.document}/{one.id}") for one in CRITERIA.values()])
def test_every_shipped_criterion_can_be_met_missed_and_open(criterion):
    for wanted in Truth:
        found = witness(SHIPPED, criterion.bare, wanted)

        assert_none_to_spare(SHIPPED, found, [criterion.bare], lambda truth, wanted=wanted: truth is wanted)


def test_a_criterion_differs_from_itself_nowhere():
    for criterion in own_set(SETS[0]).indications[0].criteria.values():
        assert differing(SHIPPED, criterion.requirement, criterion.bare) is None


@pytest.mark.parametrize(
    "never",
    [
        And((ADULT, Compare("age_years", Relation.BELOW, 18))),
        Among("diagnosis", ()),
        And((Among("diagnosis", ("multiple-myeloma",)), Among("cancer_group", ("lymphoma",)))),
        And((Compare("prior_lines", Relation.AT_LEAST, 3), Compare("prior_lines_at_least", Relation.BELOW, 3))),
        And((Among("performance_scale", ("karnofsky",)), Compare("ecog", Relation.AT_MOST, 1))),
        ExactlyOne((ADULT, ADULT)),
    ],
)
def test_a_condition_that_nobody_can_meet_has_no_witness(never):
    """Also where only the derivations rule it out: the group follows from the diagnosis, ECOG is read first."""
    assert witness(SHIPPED, never, Truth.TRUE) is None
    assert witness(SHIPPED, Not(never), Truth.FALSE) is None


def test_a_part_that_nobody_can_meet_is_found_among_many_that_somebody_can():
    """What the other parts are is not tried again and again; without that, this search would never end."""
    many = tuple(criterion.bare for criterion in own_set(SETS[0]).indications[0].criteria.values())
    never = And((Compare("platelets", Relation.AT_LEAST, 75), Compare("platelets", Relation.BELOW, 75)))

    assert witness(SHIPPED, And((*many, never)), Truth.TRUE, steps=2_000) is None
    assert witness(SHIPPED, And(many), Truth.TRUE, steps=2_000) is not None


def test_an_equal_condition_written_otherwise_differs_nowhere():
    at_least_two = Compare("prior_lines", Relation.AT_LEAST, 2)

    assert differing(SHIPPED, at_least_two, Compare("prior_lines", Relation.ABOVE, 1)) is None
    assert differing(SHIPPED, at_least_two, Not(Compare("prior_lines", Relation.AT_MOST, 1))) is None
    assert differing(SHIPPED, at_least_two, Compare("prior_lines", Relation.ABOVE, 2)) == {"prior_lines": 2}


def test_unknown_is_a_truth_of_its_own_where_expressions_differ():
    known = Compare("prior_lines_at_least", Relation.AT_LEAST, 2)
    exact = Compare("prior_lines", Relation.AT_LEAST, 2)

    assert differing(SHIPPED, known, exact).keys() == {"prior_lines_at_least"}
    assert differing(SHIPPED, known, Or((known, And((known, exact))))) is None


def test_what_is_looked_at_decides_whether_expressions_differ():
    never, unknown_or_not = Constant(False), Among("sex", ())

    assert differing(SHIPPED, never, unknown_or_not) == {}
    assert differing(SHIPPED, never, unknown_or_not, seen=lambda truth: truth is Truth.TRUE) is None


def test_no_answer_is_needed_for_what_always_holds():
    assert witness(SHIPPED, Constant(True), Truth.TRUE) == {}
    assert witness(SHIPPED, Constant(True), Truth.UNKNOWN) is None


def test_a_search_that_is_given_up_is_an_error_and_never_none():
    parity = ExactlyOne(tuple(Among(id, (True,)) for id in ("hiv", "pregnant", "prior_car_t", "active_gvhd")))
    with pytest.raises(SearchTooLarge) as caught:
        witness(SHIPPED, And((parity, Not(parity))), Truth.TRUE, steps=5)

    assert isinstance(caught.value, CartScreenError)
    assert caught.value.steps == 5
    assert "6 questions" in str(caught.value)
    assert witness(SHIPPED, And((parity, Not(parity))), Truth.TRUE) is None
