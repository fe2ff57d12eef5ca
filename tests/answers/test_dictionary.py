"""What the dictionary allows: every answer that it does not is named, with what is allowed, all at once."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from cart_screen.answers.absent import AbsentReason
from cart_screen.answers.declaring import read_dictionary
from cart_screen.answers.dictionary import Dictionary, Question
from cart_screen.answers.given import Answers
from cart_screen.answers.scalars import same, written
from cart_screen.catalog.loading import own_set
from cart_screen.errors import AnswersInvalid, DocumentInvalid

SHIPPED = own_set("us-fda").reading.dictionary
GIVABLE = [question for question in SHIPPED.questions.values() if not question.internal]


def only_problem(answers: dict, **absent: str) -> tuple[str, str, str]:
    (problem,) = SHIPPED.problems(Answers(answers, absent))
    return problem.question, problem.found, problem.allowed


class TestAllowed:
    """What may be answered."""

    @pytest.mark.parametrize(
        "answers",
        [
            {"age_years": 0},
            {"age_years": 120},
            {"age_years": 61.0},
            {"ecog": 0},
            {"ecog": 1.0},
            {"karnofsky": 100},
            {"bilirubin": 1},
            {"bilirubin": 1.2},
            {"bilirubin": 0},
            {"weight_kg": 0.4},
            {"hiv": False},
            {"sex": "female"},
        ],
        ids=str,
    )
    def test_an_answer_of_the_type_within_the_bounds(self, answers):
        """Bounds are inside; 1.0 is a whole number; a whole number is a number."""
        assert SHIPPED.problems(Answers(answers)) == ()

    @pytest.mark.parametrize("question", GIVABLE, ids=lambda question: question.id)
    def test_every_choice_and_bound_of_the_shipped_dictionary(self, question):
        """All that it lists may be given, and for every reason it may be missing."""
        ends = tuple(end for end in (question.minimum, question.maximum) if end is not None)
        values = question.choices or ((True, False) if question.kind == "boolean" else ends)

        assert values
        assert all(SHIPPED.problems(Answers({question.id: value})) == () for value in values)
        assert all(SHIPPED.problems(Answers(absent={question.id: reason})) == () for reason in AbsentReason)

    def test_nothing_is_allowed(self):
        """An empty record has no problem."""
        assert SHIPPED.problems(Answers()) == ()


class TestRefused:
    """What may not be answered: the id, what was found, what is allowed."""

    @pytest.mark.parametrize(
        ("answers", "found", "allowed"),
        [
            ({"ecog": "1"}, '"1"', "one of 0, 1, 2, 3, 4"),
            ({"ecog": 5}, "5", "one of 0, 1, 2, 3, 4"),
            ({"ecog": -1}, "-1", "one of 0, 1, 2, 3, 4"),
            ({"ecog": True}, "true", "one of 0, 1, 2, 3, 4"),
            ({"ecog": False}, "false", "one of 0, 1, 2, 3, 4"),
            ({"ecog": 0.5}, "0.5", "one of 0, 1, 2, 3, 4"),
            ({"karnofsky": 75}, "75", "one of 10, 20, 30, 40, 50, 60, 70, 80, 90, 100"),
            ({"age_years": 61.5}, "61.5", "a whole number from 0 to 120 years"),
            ({"age_years": 1.5}, "1.5", "a whole number from 0 to 120 years"),
            ({"age_years": -1}, "-1", "a whole number from 0 to 120 years"),
            ({"age_years": 121}, "121", "a whole number from 0 to 120 years"),
            ({"age_years": True}, "true", "a whole number from 0 to 120 years"),
            ({"age_years": "61"}, '"61"', "a whole number from 0 to 120 years"),
            ({"bilirubin": "0.8"}, '"0.8"', "a number from 0 to 80 mg/dL (0 to 1368.32 µmol/L)"),
            ({"bilirubin": True}, "true", "a number from 0 to 80 mg/dL (0 to 1368.32 µmol/L)"),
            ({"bilirubin": 80.1}, "80.1", "a number from 0 to 80 mg/dL (0 to 1368.32 µmol/L)"),
            ({"bilirubin": -0.1}, "-0.1", "a number from 0 to 80 mg/dL (0 to 1368.32 µmol/L)"),
            ({"weight_kg": 0.3}, "0.3", "a number from 0.4 to 400 kg (0.8819 to 881.8 lb)"),
            ({"sex": "Female"}, '"Female"', 'one of "female", "male"'),
            ({"sex": ""}, '""', 'one of "female", "male"'),
            ({"sex": 1}, "1", 'one of "female", "male"'),
            ({"hiv": 1}, "1", "true or false"),
            ({"hiv": 0}, "0", "true or false"),
            ({"hiv": "true"}, '"true"', "true or false"),
            ({"hiv": "yes"}, '"yes"', "true or false"),
        ],
        ids=str,
    )
    def test_a_value_that_is_not_allowed(self, answers, found, allowed):
        """Nothing is coerced."""
        assert only_problem(answers) == (*answers, found, allowed)

    @pytest.mark.parametrize(
        "value", [10**20, 10**400, -(10**400)], ids=["21 digits", "401 digits", "minus 401 digits"]
    )
    @pytest.mark.parametrize("question", ["age_years", "bilirubin", "ecog"])
    def test_a_whole_number_beyond_every_bound(self, question, value):
        """JSON holds integers that no float can; they are out of bounds like any other."""
        assert only_problem({question: value})[0] == question

    def test_an_unknown_question_with_one_like_it(self):
        """A slip of the pen is named with what was meant."""
        question, found, allowed = only_problem({"age_year": 61})

        assert (question, found) == ("age_year", "an unknown question")
        assert "did you mean age_years" in allowed

    def test_an_unknown_question_like_no_other(self):
        """Nothing is guessed."""
        assert only_problem({"zzz": 61}) == ("zzz", "an unknown question", "a question id of the dictionary")

    def test_an_unknown_question_that_is_absent(self):
        """A reason does not make it known."""
        assert only_problem({}, age_year="asked-unknown")[:2] == ("age_year", "an unknown question")

    @pytest.mark.parametrize("question", [q.id for q in SHIPPED.questions.values() if q.internal])
    def test_a_derived_answer_cannot_be_given(self, question):
        """It comes from others, and is never proposed for a slip of the pen."""
        choice = SHIPPED.questions[question].choices[0]

        assert only_problem({question: choice})[:2] == (question, "a derived answer")
        assert only_problem({}, **{question: "asked-unknown"})[:2] == (question, "a derived answer")
        assert question not in only_problem({question[:-1]: choice})[2]

    def test_several_at_once(self):
        """All are listed, in the order given; the good ones are not."""
        answers = Answers(
            {"ecog": "1", "age_years": 61, "hiv": 1, "colour": "red", "performance_scale": "ecog"},
            {"weight": "not-asked"},
        )

        with pytest.raises(AnswersInvalid) as raised:
            SHIPPED.check(answers)

        assert [problem.question for problem in raised.value.problems] == [
            "ecog", "hiv", "colour", "performance_scale", "weight",
        ]  # fmt: skip
        assert str(raised.value).startswith("5 answers cannot be read as given: ecog: found ")

    def test_a_long_text_is_cut_in_the_message(self):
        """A message stays readable."""
        _, found, _ = only_problem({"sex": "x" * 10_000})

        assert len(found) < 80


class TestBareDictionary:
    """A bare JSON Schema with properties is a dictionary."""

    def test_it_needs_no_metadata(self):
        """Type, choices and bounds are enough."""
        bare = read_dictionary(
            {"properties": {"grade": {"type": "integer", "minimum": 1}, "late": {"type": "boolean"}}}, "bare"
        )

        assert isinstance(bare, Dictionary)
        assert bare.questions["grade"] == Question("grade", "integer", minimum=1)
        assert bare.problems(Answers({"grade": 1, "late": False})) == ()
        assert [problem.allowed for problem in bare.problems(Answers({"grade": 0, "late": 0}))] == [
            "a whole number", "true or false",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("document", "pointer"),
        [
            ([], ""),
            ({}, "/properties"),
            ({"properties": {}}, "/properties"),
            ({"properties": []}, "/properties"),
            ({"properties": {"a": True}}, "/properties/a"),
            ({"properties": {"a": {}}}, "/properties/a/type"),
            ({"properties": {"a": {"type": "array"}}}, "/properties/a/type"),
            ({"properties": {"a": {"type": ["integer", "null"]}}}, "/properties/a/type"),
            ({"properties": {"a": {"type": "string"}}}, "/properties/a/enum"),
            ({"properties": {"a": {"type": "string", "enum": ["x", 1]}}}, "/properties/a/enum/1"),
            ({"properties": {"a": {"type": "integer", "enum": [1, True]}}}, "/properties/a/enum/1"),
            ({"properties": {"a": {"type": "integer", "enum": [1, None]}}}, "/properties/a/enum/1"),
            ({"properties": {"a": {"type": "integer", "minimum": "1"}}}, "/properties/a/minimum"),
            ({"properties": {"a": {"type": "integer", "minimum": True}}}, "/properties/a/minimum"),
            ({"properties": {"a": {"type": "boolean", "minimum": 1}}}, "/properties/a/minimum"),
            ({"properties": {"a": {"type": "integer", "multipleOf": 2}}}, "/properties/a/multipleOf"),
            ({"properties": {"a": {"type": "integer", "x-topic": "none"}}}, "/properties/a/x-topic"),
            ({"properties": {"a": {"type": "integer", "x-ask": "maybe"}}}, "/properties/a/x-ask"),
            ({"properties": {"a": {"type": "integer"}}, "required": ["a"]}, "/required"),
        ],
        ids=str,
    )
    def test_what_breaks_the_format_is_refused(self, document, pointer):
        """With its place."""
        with pytest.raises(DocumentInvalid) as raised:
            read_dictionary(document, "bare")

        assert pointer in [problem.pointer for problem in raised.value.problems]
        assert all(problem.document == "bare" for problem in raised.value.problems)

    def test_several_at_once(self):
        """Every question is looked at."""
        document = {"properties": {"a": {"type": "string"}, "b": {"type": "x"}, "c": {"type": "boolean", "maximum": 1}}}

        with pytest.raises(DocumentInvalid) as raised:
            read_dictionary(document, "bare")

        assert len(raised.value.problems) == 3


class TestScreens:
    """Yes/no questions that are asked together."""

    QUESTIONS = MappingProxyType(
        {
            "a": {"type": "boolean"},
            "b": {"type": "boolean"},
            "c": {"type": "boolean"},
            "grade": {"type": "integer", "minimum": 0},
            "hidden": {"type": "boolean", "x-internal": True},
        }
    )

    def test_they_are_read_in_the_order_given(self):
        """By the name of their screen."""
        screens = {"first": ["b", "a"], "second": ["c"]}
        read = read_dictionary({"properties": dict(self.QUESTIONS), "x-screens": screens}, "bare")

        assert read.screens == {"first": ("b", "a"), "second": ("c",)}

    def test_a_dictionary_needs_none(self):
        """Each question is then asked by itself."""
        assert read_dictionary({"properties": dict(self.QUESTIONS)}, "bare").screens == {}

    @pytest.mark.parametrize(
        ("screens", "pointer", "found", "allowed"),
        [
            (["a", "b"], "", "a list", "an object with a list of questions for each screen"),
            ("a", "", '"a"', "an object with a list of questions for each screen"),
            ({"s": "a"}, "/s", '"a"', "a list of questions"),
            ({"s": {"a": True}}, "/s", "an object", "a list of questions"),
            ({"s": ["a", "z"]}, "/s/1", '"z"', "the id of a yes/no question"),
            ({"s": ["a", 1]}, "/s/1", "1", "the id of a yes/no question"),
            ({"s": [None]}, "/s/0", "null", "the id of a yes/no question"),
            ({"s": [["a"]]}, "/s/0", "a list", "the id of a yes/no question"),
            ({"s": ["grade"]}, "/s/0", '"grade"', "the id of a yes/no question"),
            ({"s": ["a", "b", "a"]}, "/s/2", "a once more", "each question on one screen"),
            ({"s": ["a", "b"], "t": ["c", "b"]}, "/t/1", "b once more", "each question on one screen"),
            ({"s": ["a", "hidden"]}, "/s/1", "hidden, which nobody is asked", "questions that people are asked"),
        ],
        ids=str,
    )
    def test_what_cannot_stand_together_is_refused(self, screens, pointer, found, allowed):
        """With its place, what was found there, and what is allowed."""
        with pytest.raises(DocumentInvalid) as raised:
            read_dictionary({"properties": dict(self.QUESTIONS), "x-screens": screens}, "bare")

        (problem,) = raised.value.problems
        assert (problem.document, problem.pointer) == ("bare", f"/x-screens{pointer}")
        assert (problem.found, problem.allowed) == (found, allowed)

    def test_several_at_once(self):
        """On every screen, beside what else is wrong."""
        screens = {"s": ["grade", "z"], "t": "a", "u": ["a"], "v": ["a"]}
        document = {"properties": {**self.QUESTIONS, "b": {"type": "x"}}, "x-screens": screens}

        with pytest.raises(DocumentInvalid) as raised:
            read_dictionary(document, "bare")

        assert [problem.pointer for problem in raised.value.problems] == [
            "/properties/b/type", "/x-screens/s/0", "/x-screens/s/1", "/x-screens/t", "/x-screens/v/0",
        ]  # fmt: skip

    def test_a_question_that_cannot_be_read_stands_on_no_screen(self):
        """Both are told."""
        with pytest.raises(DocumentInvalid) as raised:
            read_dictionary({"properties": {"a": True}, "x-screens": {"s": ["a"]}}, "bare")

        assert [problem.pointer for problem in raised.value.problems] == ["/properties/a", "/x-screens/s/0"]

    def test_those_of_the_shipped_dictionary(self):
        """Questions of one topic each, one after another, that are asked when they can matter."""
        order = list(SHIPPED.questions)

        assert SHIPPED.screens
        for members in SHIPPED.screens.values():
            questions = [SHIPPED.questions[id] for id in members]
            assert len(members) > 1
            assert {question.kind for question in questions} == {"boolean"}
            assert {question.asked for question in questions} == {"auto"}
            assert len({question.topic for question in questions}) == 1
            assert [order.index(id) for id in members] == sorted(order.index(id) for id in members)


class TestScalars:
    """When two values are the same, and how one is written."""

    @pytest.mark.parametrize(
        ("left", "right"), [(1, 1.0), (0, -0.0), (0, 0.0), ("a", "a"), (True, True), (False, False)]
    )
    def test_the_same(self, left, right):
        """A number is the same however it is written."""
        assert same(left, right)
        assert same(right, left)

    @pytest.mark.parametrize(
        ("left", "right"),
        [(True, 1), (False, 0), (True, 1.0), ("1", 1), ("", 0), ("", False), (None, False), (None, 0), ("a", "A")],
    )
    def test_not_the_same(self, left, right):
        """A yes is no number, and a text is none either."""
        assert not same(left, right)
        assert not same(right, left)

    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (None, "null"),
            (True, "true"),
            (False, "false"),
            (1, "1"),
            (1.0, "1.0"),
            ("a", '"a"'),
            ([], "a list"),
            ({}, "an object"),
        ],
        ids=repr,
    )
    def test_a_value_is_written_as_in_json(self, value, text):
        """A person sees what they wrote."""
        assert written(value) == text

    def test_a_number_of_many_digits_is_not_written_out(self):
        """Python refuses to print it."""
        assert written(10**10_000) == "a number of 33220 bits"
