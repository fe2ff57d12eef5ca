"""Settled, when no answer at all can change the guidance, and finished, when nothing is left to ask."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import SETS, examples, stated_answers

from cart_screen.answers.absent import AbsentReason
from cart_screen.catalog.loading import own_set
from cart_screen.ladder import Code, Status
from cart_screen.model import CriterionId
from cart_screen.questionnaire import Questionnaire, Settled

from .answering import LYMPHOMA, asked, guidance, without

EVERY = tuple(CriterionId)
DECLINED = [AbsentReason.ASKED_UNKNOWN, AbsentReason.ASKED_DECLINED]


class TestSettled:
    """The reason names what is decided, and what is open but cannot matter."""

    def test_a_match(self):
        """All five are decided."""
        assert asked(LYMPHOMA).settled == Settled(Code.MATCH, dict.fromkeys(EVERY, Status.MET), ())

    def test_a_point_that_rules_a_use_out_leaves_others_open(self):
        """Who was never treated is told so, whatever the organs are like."""
        untreated = without(LYMPHOMA, "liver_state", "ecog")
        settled = asked({**untreated, "disease_status": "untreated", "prior_lines": 0}).settled

        assert settled.code is Code.ALTERNATIVES
        assert settled.decided[CriterionId.APPROVED_CANCER_TYPE] is Status.MET
        assert settled.decided[CriterionId.RELAPSED_REFRACTORY] is Status.NOT_MET
        assert settled.decided[CriterionId.PRIOR_LINES] is Status.NOT_MET
        assert settled.open == (CriterionId.FITNESS, CriterionId.ORGAN_FUNCTION)

    def test_another_disease_settles_by_itself(self):
        """What is only read in general is neither decided nor open."""
        hodgkin = asked({"urgent_symptoms": False, "diagnosis": "hodgkin-lymphoma"})

        assert hodgkin.settled == Settled(Code.ALTERNATIVES, {CriterionId.APPROVED_CANCER_TYPE: Status.NOT_MET}, ())
        assert hodgkin.is_finished

    def test_no_criteria_in_force(self):
        """Nothing can be said, and no answer changes that; what is always asked still is."""
        before = Questionnaire(LYMPHOMA, as_of="2010-01-01")

        assert before.settled == Settled(Code.NO_CRITERIA, {}, ())
        assert before.is_finished
        assert Questionnaire(as_of="2010-01-01").to_ask == ("urgent_symptoms",)

    def test_not_while_a_conflict_stands(self):
        """It has to be settled first, though nothing is asked meanwhile."""
        pregnant_man = asked({**LYMPHOMA, "sex": "male", "pregnant": True})

        assert pregnant_man.screening.conflicts == ("male-and-pregnant",)
        assert not pregnant_man.is_settled
        assert pregnant_man.settled is None
        assert pregnant_man.is_finished

    @pytest.mark.parametrize("name", SETS)
    @examples(20)
    @given(data=st.data())
    def test_each_relevant_criterion_is_named_once(self, name, data):
        """Decided or open; and only where nothing is awaited and no conflict stands."""
        questionnaire = asked(data.draw(stated_answers(name)), own_set(name))
        settled = questionnaire.settled
        screening = questionnaire.screening

        assert questionnaire.is_settled == (settled is not None)
        assert questionnaire.is_settled == (not screening.conflicts and not screening.awaiting)
        if settled is not None:
            relevant = {id: finding.status for id, finding in screening.findings.items() if finding.relevant}
            assert settled.code == screening.guidance.code
            assert {**settled.decided, **dict.fromkeys(settled.open, Status.UNKNOWN)} == relevant
            assert Status.UNKNOWN not in settled.decided.values()


class TestNotKnown:
    """An "I don't know" stays awaited, and is not asked again."""

    @pytest.mark.parametrize("reason", DECLINED)
    def test_finished_but_not_settled(self, reason):
        """Whatever the liver is like can change the guidance, but the person cannot say."""
        questionnaire = asked(without(LYMPHOMA, "liver_state"))
        for id in ("bilirubin", "ast", "alt", "liver_state"):
            assert id in questionnaire.to_ask
            questionnaire = questionnaire.answer_absent(id, reason)
            assert id not in questionnaire.to_ask

        assert guidance(questionnaire) == ("discuss-label-match", None)
        assert questionnaire.is_finished
        assert questionnaire.awaiting == ()
        assert {"bilirubin", "ast", "alt", "liver_state"} <= set(questionnaire.screening.awaiting)
        assert not questionnaire.is_settled
        assert questionnaire.settled is None

    def test_an_answer_that_comes_later_settles_it(self):
        """It is changed like any other."""
        unsure = asked(without(LYMPHOMA, "liver_state"))
        for id in ("bilirubin", "ast", "alt", "liver_state"):
            unsure = unsure.answer_absent(id, AbsentReason.ASKED_UNKNOWN)

        assert unsure.change("liver_state", "normal").settled.code is Code.MATCH

    def test_a_question_that_was_explicitly_not_asked_is_asked(self):
        """That reason says nothing."""
        questionnaire = asked(without(LYMPHOMA, "active_infection"))
        not_asked = questionnaire.answer_absent("active_infection", AbsentReason.NOT_ASKED)

        assert not_asked.to_ask == questionnaire.to_ask == ("active_infection",)

    def test_settled_before_it_is_finished(self):
        """What is always asked is asked even where it cannot change the guidance."""
        questionnaire = asked({"diagnosis": "hodgkin-lymphoma"})

        assert questionnaire.is_settled
        assert questionnaire.to_ask == ("urgent_symptoms",)


class TestUrgency:
    """Urgent symptoms are asked about first, and who has them is asked what the right words hang on."""

    def test_asked_first(self):
        """Before anything else."""
        assert asked().next_screen.id == "urgent_symptoms"

    def test_then_at_once_whether_there_was_car_t(self):
        """Who had it calls that team; asked even where no indication is possible."""
        urgent = asked({"urgent_symptoms": True, "diagnosis": "hodgkin-lymphoma"})

        assert urgent.to_ask == ("prior_car_t",)
        assert asked({"urgent_symptoms": False, "diagnosis": "hodgkin-lymphoma"}).to_ask == ()
        assert asked({"urgent_symptoms": True}).next_question.id == "prior_car_t"
