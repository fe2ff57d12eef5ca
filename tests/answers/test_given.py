"""The answers of one person: an immutable value that shows nothing of what it holds."""

from __future__ import annotations

import json

import pytest

from cart_screen.answers.absent import AbsentReason
from cart_screen.answers.given import FORMAT, Answers
from cart_screen.answers.reading import read_answers
from cart_screen.errors import AnswersInvalid, CartScreenError


class TestWhatIsAnAnswer:
    """A text, a finite number or a yes or no; None is asked and not known."""

    @pytest.mark.parametrize("value", [0, 1, -1, 0.0, 1.5, False, True, "", "relapsed", 10**30], ids=repr)
    def test_a_scalar_is_kept_as_it_is(self, value):
        """Zero, false and the empty text are answers; nothing is coerced."""
        answers = Answers({"question": value})

        assert answers.values["question"] is value
        assert answers.absent == {}

    def test_none_is_asked_and_not_known(self):
        """It is no value."""
        answers = Answers({"ecog": None})

        assert answers.values == {}
        assert answers.absent == {"ecog": AbsentReason.ASKED_UNKNOWN}

    @pytest.mark.parametrize("reason", list(AbsentReason))
    def test_an_absent_reason_is_kept(self, reason):
        """As text or as the enum's own member."""
        assert Answers(absent={"ecog": reason}).absent == {"ecog": reason}
        assert Answers(absent={"ecog": str(reason)}).absent["ecog"] is reason

    def test_a_stated_reason_is_more_exact_than_none(self):
        """None with a reason is that reason."""
        assert Answers({"ecog": None}, {"ecog": "asked-declined"}).absent == {"ecog": AbsentReason.ASKED_DECLINED}

    @pytest.mark.parametrize(
        ("value", "found"),
        [
            (float("nan"), "nan"),
            (float("inf"), "inf"),
            (float("-inf"), "-inf"),
            ([1], "a list"),
            ([], "a list"),
            ({"value": 1}, "an object"),
            ({}, "an object"),
            ((1,), "a tuple"),
            (b"relapsed", "a bytes"),
            (1j, "a complex"),
        ],
        ids=repr,
    )
    def test_anything_else_is_refused(self, value, found):
        """With the question, what was found and what is allowed."""
        with pytest.raises(AnswersInvalid) as raised:
            Answers({"ecog": value})

        (problem,) = raised.value.problems
        assert (problem.question, problem.found) == ("ecog", found)
        assert "text, number or yes/no" in problem.allowed

    def test_a_value_and_a_reason_for_having_none_are_refused(self):
        """One of the two is wrong."""
        with pytest.raises(AnswersInvalid) as raised:
            Answers({"ecog": 1}, {"ecog": "asked-unknown"})

        (problem,) = raised.value.problems
        assert problem.question == "ecog"
        assert "both a value and the reason" in problem.found

    @pytest.mark.parametrize("reason", ["unknown", "", None, 1, True, ["asked-unknown"], {}], ids=repr)
    def test_another_reason_is_refused(self, reason):
        """The four codes are named."""
        with pytest.raises(AnswersInvalid) as raised:
            Answers(absent={"ecog": reason})

        assert all(str(known) in str(raised.value) for known in AbsentReason)

    def test_an_id_that_is_no_text_is_refused(self):
        """Answers are keyed by question id."""
        with pytest.raises(AnswersInvalid, match="an id that is no text"):
            Answers({1: 1})

    def test_every_problem_is_listed_at_once(self):
        """And the sentence names each, and how many."""
        with pytest.raises(AnswersInvalid) as raised:
            Answers({"a": [], "b": float("nan"), "c": 1, 2: 1}, {"c": "not-asked", "d": "perhaps"})

        assert [problem.question for problem in raised.value.problems] == ["a", "b", "2", "c", "d"]
        assert str(raised.value).startswith("5 answers cannot be read as given: ")
        assert isinstance(raised.value, CartScreenError)
        assert raised.value.code == "answers-invalid"


class TestAValue:
    """Two with the same answers are the same; none ever changes."""

    def test_equal_answers_are_equal_whatever_their_order(self):
        """And have the same hash."""
        first = Answers({"a": 1, "b": True}, {"c": "not-asked"})
        second = Answers({"b": True, "a": 1}, {"c": AbsentReason.NOT_ASKED})

        assert first == second
        assert hash(first) == hash(second)

    @pytest.mark.parametrize(
        "other",
        [
            Answers(),
            Answers({"a": 2}),
            Answers({"a": 1, "b": 1}),
            Answers({"b": 1}),
            Answers(absent={"a": "not-asked"}),
            {"a": 1},
            None,
        ],
        ids=repr,
    )
    def test_other_answers_are_not_equal(self, other):
        """Neither is a bare mapping."""
        assert Answers({"a": 1}) != other

    def test_the_reason_is_part_of_the_value(self):
        """Unknown and declined differ."""
        assert Answers(absent={"a": "asked-unknown"}) != Answers(absent={"a": "asked-declined"})

    @pytest.mark.parametrize(("yes", "number"), [(True, 1), (False, 0), (True, 1.0)])
    def test_a_yes_is_not_a_one(self, yes, number):
        """Python calls them equal; as answers they are not."""
        assert Answers({"a": yes}) != Answers({"a": number})

    def test_one_written_as_a_float_is_the_same_answer(self):
        """1.0 is 1."""
        assert Answers({"a": 1}) == Answers({"a": 1.0})

    @pytest.mark.parametrize("name", ["values", "absent", "other"])
    def test_nothing_can_be_set(self, name):
        """The message says what to use."""
        answers = Answers({"a": 1})

        with pytest.raises(AttributeError, match="with_answer"):
            setattr(answers, name, {})

        assert answers == Answers({"a": 1})

    @pytest.mark.parametrize("name", ["values", "absent"])
    def test_nothing_can_be_deleted(self, name):
        """Deleting is a change too."""
        answers = Answers({"a": 1})

        with pytest.raises(AttributeError):
            delattr(answers, name)

        assert answers == Answers({"a": 1})

    def test_its_mappings_cannot_be_written(self):
        """Neither the answers nor the reasons."""
        answers = Answers({"a": 1}, {"b": "not-asked"})

        with pytest.raises(TypeError):
            answers.values["a"] = 2
        with pytest.raises(TypeError):
            del answers.absent["b"]

    def test_it_does_not_follow_the_mappings_that_it_was_made_from(self):
        """They are copied."""
        values, absent = {"a": 1}, {"b": "not-asked"}
        answers = Answers(values, absent)
        values["a"] = 2
        absent.clear()

        assert answers == Answers({"a": 1}, {"b": "not-asked"})

    def test_what_is_shown_hides_every_value_and_id(self):
        """Health answers stay out of logs."""
        answers = Answers({"diagnosis": "multiple-myeloma", "age_years": 61}, {"hiv": "asked-declined"})

        assert repr(answers) == str(answers) == "<Answers (2 given, 1 absent with a reason)>"
        assert f"{answers}" == repr(answers)


class TestChanging:
    """A change gives new answers and leaves the old ones."""

    BEFORE = Answers({"a": 1, "b": 2}, {"c": "asked-unknown"})

    @pytest.mark.parametrize(
        ("after", "values", "absent"),
        [
            pytest.param(BEFORE.with_answer("d", 0), {"a": 1, "b": 2, "d": 0}, {"c": "asked-unknown"}, id="added"),
            pytest.param(BEFORE.with_answer("a", False), {"a": False, "b": 2}, {"c": "asked-unknown"}, id="changed"),
            pytest.param(BEFORE.with_answer("c", 3), {"a": 1, "b": 2, "c": 3}, {}, id="an absent one answered"),
            pytest.param(
                BEFORE.with_absent("a", AbsentReason.ASKED_DECLINED),
                {"b": 2},
                {"c": "asked-unknown", "a": "asked-declined"},
                id="an answer declined",
            ),
            pytest.param(
                BEFORE.with_absent("c", AbsentReason.NOT_ASKED),
                {"a": 1, "b": 2},
                {"c": "not-asked"},
                id="another reason",
            ),
            pytest.param(BEFORE.without("a"), {"b": 2}, {"c": "asked-unknown"}, id="an answer withdrawn"),
            pytest.param(BEFORE.without("c"), {"a": 1, "b": 2}, {}, id="a reason withdrawn"),
            pytest.param(BEFORE.without("z"), {"a": 1, "b": 2}, {"c": "asked-unknown"}, id="nothing withdrawn"),
        ],
    )
    def test_a_change_gives_new_answers(self, after, values, absent):
        """And only that change."""
        assert after == Answers(values, absent)
        assert Answers({"a": 1, "b": 2}, {"c": "asked-unknown"}) == self.BEFORE

    def test_a_value_that_is_none_is_refused_as_a_change(self):
        """It stays in the same checks."""
        with pytest.raises(AnswersInvalid):
            self.BEFORE.with_answer("a", [])

    @pytest.mark.parametrize(
        ("answers", "mentioned"),
        [
            (Answers({"a": False}), True),
            (Answers({"a": None}), True),
            (Answers(absent={"a": "asked-declined"}), True),
            (Answers(absent={"a": "not-applicable"}), True),
            (Answers(absent={"a": "not-asked"}), False),
            (Answers(), False),
        ],
        ids=["value", "unknown", "declined", "not applicable", "not asked", "absent"],
    )
    def test_what_was_asked_is_mentioned(self, answers, mentioned):
        """A question that is still to be asked is not."""
        assert answers.mentions("a") is mentioned


class TestExchange:
    """What is written is read back as the same."""

    @pytest.mark.parametrize(
        "answers",
        [
            Answers(),
            Answers({"age_years": 0, "hiv": False, "diagnosis": "multiple-myeloma", "bilirubin": 0.7}),
            Answers({"ecog": None}),
            Answers({"ecog": 1}, {reason: reason for reason in AbsentReason}),
            Answers({"format": "x", "answers": "y", "absent": "z"}),
            Answers({"tiny": 5e-324, "third": 1 / 3, "big": 10**300, "text": 'é "\\\n\u2028'}),
        ],
        ids=["nothing", "values", "unknown", "every reason", "ids of the format itself", "hard values"],
    )
    def test_the_exchange_form_is_read_back(self, answers):
        """Through JSON text, with the types kept."""
        text = json.dumps(answers.to_dict()).encode()
        back = read_answers(text, "test")

        assert back == answers
        assert [type(value) for value in back.values.values()] == [type(value) for value in answers.values.values()]

    def test_the_exchange_form(self):
        """A format, the answers, and why others are absent: plain JSON values."""
        form = Answers({"ecog": 1}, {"hiv": AbsentReason.ASKED_DECLINED}).to_dict()

        assert form == {"format": FORMAT, "answers": {"ecog": 1}, "absent": {"hiv": "asked-declined"}}
        assert type(form["absent"]["hiv"]) is str
