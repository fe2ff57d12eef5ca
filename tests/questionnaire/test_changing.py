"""Changing answers: what was never given cannot be changed, and the depth can be chosen anew."""

from __future__ import annotations

import pytest

from cart_screen.answers.absent import AbsentReason
from cart_screen.answers.given import Answers
from cart_screen.errors import AnswersInvalid, CartScreenError, QuestionNotAnswered
from cart_screen.inquiry import Depth
from cart_screen.questionnaire import CheckRow

from .answering import LYMPHOMA, asked, without


class TestChange:
    """Only an answer that was given can be changed."""

    @pytest.mark.parametrize("id", ["ecog", "no_such_question"])
    def test_what_was_not_answered(self, id):
        """The question is named; answer() is for the first answer."""
        with pytest.raises(QuestionNotAnswered) as raised:
            asked(without(LYMPHOMA, "ecog")).change(id, 1)

        assert raised.value.question == id
        assert raised.value.code == "question-not-answered"
        assert isinstance(raised.value, CartScreenError)
        assert str(raised.value) == f"There is no answer to '{id}' to change. Give one with answer()."

    def test_what_was_explicitly_not_asked(self):
        """That is no answer either."""
        with pytest.raises(QuestionNotAnswered):
            asked(Answers(absent={"ecog": AbsentReason.NOT_ASKED})).change("ecog", 1)

    @pytest.mark.parametrize("reason", [reason for reason in AbsentReason if reason is not AbsentReason.NOT_ASKED])
    def test_an_i_do_not_know(self, reason):
        """It becomes an answer, and the reason goes."""
        changed = asked().answer_absent("ecog", reason).change("ecog", 1)

        assert changed.answers == Answers({"ecog": 1})

    def test_zero_and_no_are_answers(self):
        """They can be changed like any other."""
        changed = asked({"ecog": 0, "pregnant": False}).change("ecog", 1).change("pregnant", True)

        assert changed.answers.values == {"ecog": 1, "pregnant": True}

    @pytest.mark.parametrize("value", [5, "1", True])
    def test_to_what_is_not_allowed(self, value):
        """The answer stays as it was."""
        questionnaire = asked(LYMPHOMA)

        with pytest.raises(AnswersInvalid):
            questionnaire.change("ecog", value)
        assert questionnaire.answers.values["ecog"] == 1

    def test_to_nothing(self):
        """It says "asked and not known", as it does in a record of answers."""
        assert asked(LYMPHOMA).change("ecog", None).answers.absent == {"ecog": AbsentReason.ASKED_UNKNOWN}

    def test_a_questionnaire_never_changes_itself(self):
        """Every step gives another one, so that going back is to take the one before."""
        before = asked(LYMPHOMA)
        stood = (before.answers, before.to_ask, before.screening.to_dict())
        before.change("ecog", 3)
        before.withdraw("ecog")
        before.answer_absent("ecog", AbsentReason.ASKED_DECLINED)
        before.at_depth(Depth.COMPLETE)

        assert (before.answers, before.to_ask, before.screening.to_dict()) == stood


class TestDepth:
    """How far it goes can be chosen at any time, by name too."""

    def test_there_and_back(self):
        """The answers stay; what is left to ask is as if it had begun so."""
        settled = asked(LYMPHOMA)
        complete = settled.at_depth(Depth.COMPLETE)

        assert complete.depth is Depth.COMPLETE
        assert complete.answers == settled.answers
        assert complete.to_ask == asked(LYMPHOMA, depth=Depth.COMPLETE).to_ask != ()
        assert complete.at_depth(Depth.SETTLE).to_ask == settled.to_ask == ()
        assert complete.answer("hiv", False).depth is Depth.COMPLETE

    def test_answers_that_do_not_count_stay_too(self):
        """They are read again when they matter again."""
        lymphoma = asked({**LYMPHOMA, "lenalidomide_refractory": True})

        assert lymphoma.set_aside == ("lenalidomide_refractory",)
        assert lymphoma.at_depth(Depth.COMPLETE).answers == lymphoma.answers

    def test_by_name(self):
        """As a form sends it."""
        assert asked(LYMPHOMA, depth="complete").to_ask == asked(LYMPHOMA, depth=Depth.COMPLETE).to_ask

    def test_an_unknown_name(self):
        """It is refused."""
        with pytest.raises(ValueError, match="deep"):
            asked(LYMPHOMA, depth="deep")


class TestCheckPage:
    """Every answer has a row, in the order of the questions, with its value or the reason for having none."""

    def test_rows(self):
        """Zero and no are values."""
        questionnaire = asked(Answers({"ecog": 0, "urgent_symptoms": False}, {"age_years": "asked-unknown"}))

        assert questionnaire.check_answers == (
            CheckRow("urgent_symptoms", False, None, needed=True),
            CheckRow("age_years", None, AbsentReason.ASKED_UNKNOWN, needed=True),
            CheckRow("ecog", 0, None, needed=True),
        )

    def test_what_was_not_asked_has_no_row(self):
        """Not even with that reason."""
        assert asked(Answers(absent={"ecog": AbsentReason.NOT_ASKED})).check_answers == ()

    def test_answers_stay_out_of_logs(self):
        """They are health data."""
        questionnaire = asked({"diagnosis": "multiple-myeloma"})

        assert "multiple-myeloma" not in repr(questionnaire) + repr(questionnaire.check_answers)
