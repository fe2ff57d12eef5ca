"""The reference evaluator on cases small enough to check by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from cart_screen.rules.expressions import (
    Among,
    And,
    Arithmetic,
    Choice,
    Compare,
    Constant,
    Derivation,
    ExactlyOne,
    Given,
    IfThenElse,
    Literal,
    Mapped,
    Marker,
    Named,
    Not,
    Operator,
    Or,
    Relation,
    Resolved,
    Source,
)
from cart_screen.rules.reference import compute, evaluate, first_known
from cart_screen.truth import Truth

F, U, T = Truth.FALSE, Truth.UNKNOWN, Truth.TRUE

TREATED = Compare("lines", Relation.AT_LEAST, 1)
INFECTED = Among("infection", (True,))
PREGNANT = Among("pregnant", (True,))


class TestConditionsOnOneAnswer:
    """A leaf is as known as its answer."""

    @pytest.mark.parametrize(
        "leaf", [TREATED, INFECTED, Among("disease", ("myeloma",))], ids=["limit", "yes", "choice"]
    )
    def test_a_missing_answer_is_unknown(self, leaf):
        """Never false, and never a pass."""
        assert evaluate(leaf, {}) is U
        assert evaluate(Not(leaf), {}) is U

    @pytest.mark.parametrize(
        ("relation", "below", "at", "above"),
        [
            (Relation.AT_LEAST, F, T, T),
            (Relation.ABOVE, F, F, T),
            (Relation.AT_MOST, T, T, F),
            (Relation.BELOW, T, F, F),
        ],
        ids=lambda value: value.value if isinstance(value, Relation) else "",
    )
    @pytest.mark.parametrize("limit", [12, 12.0], ids=["integer limit", "float limit"])
    @pytest.mark.parametrize("written", [int, float], ids=["integer answer", "float answer"])
    def test_a_boundary_compares_alike_as_integer_and_float(self, relation, below, at, above, limit, written):
        """The same threshold in either form; one step to each side tells the four relations apart."""
        compare = Compare("months", relation, limit)

        assert [evaluate(compare, {"months": written(value)}) for value in (11, 12, 13)] == [below, at, above]

    @pytest.mark.parametrize(
        ("relation", "expected"),
        [(Relation.AT_LEAST, T), (Relation.ABOVE, T), (Relation.AT_MOST, F), (Relation.BELOW, F)],
    )
    def test_the_next_float_above_a_limit_is_above_it(self, relation, expected):
        """No rounding stands between an answer and a limit."""
        assert evaluate(Compare("bilirubin", relation, 2.0), {"bilirubin": 2.0000000000000004}) is expected

    def test_integers_beyond_the_floats_are_told_apart(self):
        """9007199254740993 is not 9007199254740992.0, although some databases say so."""
        assert evaluate(Among("count", (9007199254740992.0,)), {"count": 9007199254740993}) is F
        assert evaluate(Compare("count", Relation.ABOVE, 9007199254740992.0), {"count": 9007199254740993}) is T

    @pytest.mark.parametrize("zero", [0, 0.0, -0.0])
    def test_zero_is_an_answer(self, zero):
        """No line at all and ECOG 0 are real answers."""
        assert evaluate(TREATED, {"lines": zero}) is F
        assert evaluate(Among("ecog", (0, 1)), {"ecog": zero}) is T
        assert evaluate(Compare("anc", Relation.AT_MOST, 0), {"anc": zero}) is T

    def test_false_is_an_answer(self):
        """A clear no decides."""
        assert evaluate(INFECTED, {"infection": False}) is F
        assert evaluate(Among("infection", (False,)), {"infection": False}) is T

    def test_an_empty_text_is_an_answer(self):
        """It is among the choices or it is not."""
        assert evaluate(Among("disease", ("",)), {"disease": ""}) is T
        assert evaluate(Among("disease", ("myeloma",)), {"disease": ""}) is F

    @pytest.mark.parametrize(
        ("values", "answer"), [((1,), True), ((0,), False), ((True,), 1), ((False,), 0), ((1.0,), True), ((True,), 1.0)]
    )
    def test_true_is_not_one_and_false_is_not_zero(self, values, answer):
        """Python counts a bool as an int; JSON does not."""
        assert evaluate(Among("question", values), {"question": answer}) is F

    @pytest.mark.parametrize("answer", [True, False])
    def test_a_yes_is_never_compared_with_a_limit(self, answer):
        """A bool under a limit is no number, so nothing is known."""
        assert evaluate(TREATED, {"lines": answer}) is U

    def test_one_written_as_a_float_is_one(self):
        """1.0 equals 1."""
        assert evaluate(Among("ecog", (1,)), {"ecog": 1.0}) is T
        assert evaluate(Among("ecog", (1.0,)), {"ecog": 1}) is T

    @pytest.mark.parametrize("answer", ["1", "01", " 1"])
    def test_a_text_is_not_the_number_it_spells(self, answer):
        """Nothing is coerced."""
        assert evaluate(Among("ecog", (1,)), {"ecog": answer}) is F
        assert evaluate(TREATED, {"lines": answer}) is U

    @pytest.mark.parametrize("answer", ["Myeloma", "myeloma ", "MYELOMA"])
    def test_choices_are_compared_exactly(self, answer):
        """Neither case nor space is forgiven here; a dictionary stops such answers before."""
        assert evaluate(Among("disease", ("myeloma",)), {"disease": answer}) is F


class TestCombinations:
    """Strong Kleene over the leaves."""

    @pytest.mark.parametrize(
        ("record", "every", "some", "one"),
        [
            ({}, U, U, U),
            ({"lines": 1}, U, T, U),
            ({"lines": 0}, F, U, U),
            ({"lines": 1, "infection": True}, T, T, F),
            ({"lines": 1, "infection": False}, F, T, T),
            ({"lines": 0, "infection": False}, F, F, F),
        ],
        ids=["none", "one true", "one false", "both true", "one of each", "both false"],
    )
    def test_and_or_exactly_one(self, record, every, some, one):
        """One decided term decides only where it can."""
        terms = (TREATED, INFECTED)

        assert [evaluate(node(terms), record) for node in (And, Or, ExactlyOne)] == [every, some, one]

    def test_exactly_one_is_decided_by_two_true_whatever_the_third(self):
        """Two that hold cannot become one."""
        terms = ExactlyOne((TREATED, INFECTED, PREGNANT))

        assert evaluate(terms, {"lines": 1, "infection": True}) is F
        assert evaluate(terms, {"lines": 1, "infection": False}) is U

    @pytest.mark.parametrize("node", [And, Or])
    def test_a_tautology_over_a_missing_answer_stays_unknown(self, node):
        """Kleene reads each leaf by itself: an unknown may remain where every completion agrees."""
        assert evaluate(node((TREATED, Not(TREATED))), {}) is U

    def test_a_constant_and_a_name_change_nothing(self):
        """They are read as what they hold."""
        named = Named("Treated before", "treated", ("urn:x#label",), True, TREATED)

        assert [evaluate(Constant(value), {}) for value in (True, False)] == [T, F]
        assert [evaluate(named, record) for record in ({}, {"lines": 0}, {"lines": 2})] == [U, F, T]

    @pytest.mark.parametrize(
        ("record", "expected"),
        [
            ({"infection": True, "lines": 1}, T),
            ({"infection": True, "lines": 0}, F),
            ({"infection": False, "pregnant": True}, T),
            ({"infection": False, "pregnant": False}, F),
            ({"infection": True}, U),
            ({"lines": 1}, U),
            ({"pregnant": True}, U),
            ({"lines": 1, "pregnant": True}, T),
            ({"lines": 0, "pregnant": False}, F),
            ({"lines": 0, "pregnant": True}, U),
        ],
        ids=lambda value: "-".join(value) if isinstance(value, dict) else value.value,
    )
    def test_if_then_else(self, record, expected):
        """An unknown `if` does not fall into `else`: it is decided only where both branches agree."""
        assert evaluate(IfThenElse(INFECTED, TREATED, PREGNANT), record) is expected

    def test_an_unknown_if_does_not_fall_into_a_missing_branch(self):
        """`if` without `else` holds only once the condition is known not to, or the branch holds anyway."""
        only_then = IfThenElse(INFECTED, TREATED, Constant(True))

        assert evaluate(only_then, {}) is U
        assert evaluate(only_then, {"lines": 0}) is U
        assert evaluate(only_then, {"lines": 1}) is T
        assert evaluate(only_then, {"infection": False}) is T


class TestValues:
    """What a derived answer may be computed from."""

    @pytest.mark.parametrize("value", [Given("x"), Resolved("x"), Marker("x", "there"), Mapped("x", ((1, "one"),))])
    def test_a_value_over_a_missing_answer_is_unknown(self, value):
        """None stands for unknown."""
        assert compute(value, {}) is None

    @pytest.mark.parametrize("answer", [0, False, ""], ids=repr)
    def test_zero_and_false_and_the_empty_text_are_known(self, answer):
        """They are answers like any other."""
        assert compute(Resolved("x"), {"x": answer}) is answer
        assert compute(Given("x"), {"x": answer}) is answer
        assert compute(Marker("x", "there"), {"x": answer}) == "there"

    def test_a_table_tells_true_from_one(self):
        """And one from true."""
        table = Mapped("x", ((True, "yes"), (1, "one")))

        assert [compute(table, {"x": answer}) for answer in (True, 1, 1.0)] == ["yes", "one", "one"]

    def test_a_table_without_the_answer_leaves_it_unknown(self):
        """Nothing is guessed."""
        assert compute(Mapped("x", (("a", 1),)), {"x": "b"}) is None

    @pytest.mark.parametrize(
        ("operator", "expected"),
        [(Operator.TIMES, 12), (Operator.MINUS, 4), (Operator.OVER, 3)],
        ids=lambda value: str(value),
    )
    def test_arithmetic(self, operator, expected):
        """Three operators are all that the formulas need."""
        assert compute(Arithmetic(operator, Resolved("a"), Resolved("b")), {"a": 6, "b": 2}) == expected

    @pytest.mark.parametrize("operator", list(Operator))
    @pytest.mark.parametrize("record", [{"a": 6}, {"b": 2}, {"a": True, "b": 2}, {"a": "6", "b": 2}], ids=str)
    def test_arithmetic_over_what_is_no_number_is_unknown(self, operator, record):
        """Neither a missing answer nor a yes counts as a number."""
        assert compute(Arithmetic(operator, Resolved("a"), Resolved("b")), record) is None

    @pytest.mark.parametrize("zero", [0, 0.0, -0.0])
    def test_dividing_by_zero_is_unknown(self, zero):
        """It raises nothing."""
        assert compute(Arithmetic(Operator.OVER, Literal(6), Literal(zero)), {}) is None

    @pytest.mark.parametrize(("record", "expected"), [({"infection": True}, 1), ({"infection": False}, 2), ({}, None)])
    def test_a_choice_waits_for_its_condition(self, record, expected):
        """An unknown condition never takes the second value."""
        assert compute(Choice(INFECTED, Literal(1), Literal(2)), record) == expected

    def test_division_is_as_exact_as_floats_are(self):
        """A quotient is the nearest float to the true one."""
        quotient = compute(Arithmetic(Operator.OVER, Literal(1), Literal(3)), {})

        assert abs(Fraction(quotient) - Fraction(1, 3)) < Fraction(1, 2**54)


class TestFirstKnown:
    """The first source that is known gives a derived answer."""

    def test_the_first_known_source_wins(self):
        """Later sources are fallbacks."""
        derivation = Derivation("d", (Source(Resolved("a")), Source(Resolved("b")), Source(Literal("c"))))

        assert first_known(derivation, {"a": "A", "b": "B"}) == "A"
        assert first_known(derivation, {"b": "B"}) == "B"
        assert first_known(derivation, {}) == "c"

    @pytest.mark.parametrize("known", [0, False, ""], ids=repr)
    def test_zero_false_and_the_empty_text_stop_the_search(self, known):
        """They are known."""
        assert first_known(Derivation("d", (Source(Resolved("a")), Source(Literal(9)))), {"a": known}) is known

    def test_a_source_whose_condition_fails_is_passed_over(self):
        """It says nothing."""
        derivation = Derivation("d", (Source(Literal(1), INFECTED), Source(Literal(2))))

        assert first_known(derivation, {"infection": False}) == 2

    def test_a_known_value_under_an_unknown_condition_stops_the_search(self):
        """A later source could be contradicted once the condition is known."""
        derivation = Derivation("d", (Source(Literal(1), INFECTED), Source(Literal(2))))

        assert first_known(derivation, {}) is None
        assert first_known(derivation, {"infection": True}) == 1

    def test_an_unknown_value_under_an_unknown_condition_is_passed_over(self):
        """Nobody has given the better source, so the next one is read."""
        derivation = Derivation("d", (Source(Resolved("a"), INFECTED), Source(Literal(2))))

        assert first_known(derivation, {}) == 2

    def test_nothing_known_is_unknown(self):
        """A derived answer may stay open."""
        assert first_known(Derivation("d", (Source(Resolved("a")), Source(Marker("b", 1)))), {}) is None
