"""Screens: one question, or several yes/no questions that belong together and are all worth asking."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import SETS, examples, stated_answers

from cart_screen.answers.absent import AbsentReason
from cart_screen.catalog.loading import own_set
from cart_screen.errors import AnswersInvalid
from cart_screen.inquiry import Depth
from cart_screen.questionnaire import Questionnaire, Screen

from .answering import LYMPHOMA, MYELOMA, asked, without

SAFETY = ("prior_car_t", "active_infection", "active_inflammatory_disorder", "active_gvhd")
AT_SAFETY = asked(without(LYMPHOMA, *SAFETY))


def ids(screen: Screen) -> tuple[str, ...]:
    """Give the questions of a screen."""
    return tuple(question.id for question in screen.questions)


@pytest.mark.parametrize("depth", Depth)
@pytest.mark.parametrize("name", SETS)
@examples(15)
@given(data=st.data())
def test_a_screen_holds_what_belongs_together_and_is_worth_asking(name, depth, data):
    """Nothing that is answered or cannot matter; several questions only where all take yes or no."""
    questionnaire = asked(data.draw(stated_answers(name)), own_set(name), depth)
    screens = own_set(name).reading.dictionary.screens
    screen = questionnaire.next_screen
    if screen is None:
        assert questionnaire.to_ask == ()
        return
    together = [members for members in screens.values() if questionnaire.to_ask[0] in members]
    shown = ids(screen)

    assert not any(questionnaire.answers.mentions(id) for id in shown)
    assert shown == tuple(
        id for id in questionnaire.to_ask if id == questionnaire.to_ask[0] or any(id in members for members in together)
    )
    if len(shown) == 1:
        assert screen.id == shown[0]
    else:
        assert set(shown) <= set(screens[screen.id])
        assert all(question.kind == "boolean" for question in screen.questions)


class TestMembers:
    """Who stands on a screen."""

    def test_all_that_are_worth_asking(self):
        """One page for what would be four."""
        assert AT_SAFETY.next_screen.id == "safety-now"
        assert ids(AT_SAFETY.next_screen) == SAFETY

    def test_not_what_was_answered(self):
        """Neither with a value nor with a reason."""
        answered = AT_SAFETY.answer("active_infection", False)
        unsure = AT_SAFETY.answer_absent("active_infection", AbsentReason.ASKED_UNKNOWN)

        for questionnaire in (answered, unsure):
            assert questionnaire.next_screen.id == "safety-now"
            assert ids(questionnaire.next_screen) == ("prior_car_t", "active_inflammatory_disorder", "active_gvhd")

    def test_not_what_cannot_matter(self):
        """A use for lymphoma that is left asks for one class of drugs, and the question stands alone."""
        mantle = asked({**LYMPHOMA, "diagnosis": "mantle-cell-lymphoma", "prior_lines": 2}, "eu-ema")
        leukemia = asked({**LYMPHOMA, "diagnosis": "chronic-lymphocytic-leukemia"})

        assert ids(mantle.next_screen) == ("received_btk_inhibitor",)
        assert mantle.next_screen.id == "received_btk_inhibitor"
        assert leukemia.next_screen.id == "lymphoma-drugs"
        assert ids(leukemia.next_screen) == ("received_btk_inhibitor", "received_bcl2_inhibitor")

    def test_the_last_one_left_is_a_question_of_its_own(self):
        """Under its own id."""
        last = AT_SAFETY.answer_screen(AT_SAFETY.screen_of(SAFETY[:3]), (), none_of_the_others=True)

        assert last.next_screen.id == "active_gvhd"
        assert ids(last.next_screen) == ("active_gvhd",)

    def test_a_screen_counts_once(self):
        """Progress counts what is shown, not what is asked on it."""
        answered = AT_SAFETY.answer_screen(AT_SAFETY.next_screen, (), none_of_the_others=True)

        assert AT_SAFETY.progress.at_most == 1
        assert answered.progress.asked == AT_SAFETY.progress.asked + 1


class TestAnswering:
    """A tick is a yes; an empty box is a no only where somebody says so."""

    def test_with_none_of_the_others_confirmed(self):
        """The others are no."""
        answered = AT_SAFETY.answer_screen(AT_SAFETY.next_screen, {"active_infection"}, none_of_the_others=True)

        assert [answered.answers.values[id] for id in SAFETY] == [False, True, False, False]
        assert answered.answers.absent == {}

    def test_with_nothing_said_of_the_others(self):
        """They are asked and not known, never no; and they are not asked again."""
        answered = AT_SAFETY.answer_screen(AT_SAFETY.next_screen, ["active_gvhd"], none_of_the_others=False)

        assert answered.answers.values == {**AT_SAFETY.answers.values, "active_gvhd": True}
        assert answered.answers.absent == dict.fromkeys(SAFETY[:3], AbsentReason.ASKED_UNKNOWN)
        assert not set(SAFETY) & set(answered.to_ask)

    @pytest.mark.parametrize("confirmed", [True, False])
    def test_with_nothing_ticked(self, confirmed):
        """All no, or all not known."""
        answered = AT_SAFETY.answer_screen(AT_SAFETY.next_screen, (), none_of_the_others=confirmed)

        assert all((answered.answers.values.get(id) is False) is confirmed for id in SAFETY)
        assert all((id in answered.answers.absent) is not confirmed for id in SAFETY)

    def test_with_everything_ticked(self):
        """There are no others."""
        for confirmed in (True, False):
            answered = AT_SAFETY.answer_screen(AT_SAFETY.next_screen, SAFETY, none_of_the_others=confirmed)

            assert all(answered.answers.values[id] is True for id in SAFETY)

    def test_a_screen_that_was_answered_before_is_answered_anew(self):
        """As when somebody goes back to it: every box says what it says now."""
        before = asked(MYELOMA)
        drugs = before.screen_of(["received_anti_cd38", "received_proteasome_inhibitor"])
        after = before.answer_screen(drugs, ["received_anti_cd38"], none_of_the_others=True)

        assert drugs.id == "myeloma-drugs"
        assert ids(drugs) == ("received_proteasome_inhibitor", "received_anti_cd38")
        assert after.answers.values == {**MYELOMA, "received_proteasome_inhibitor": False}

    @pytest.mark.parametrize("id", ["ecog", "hiv", "active_infektion", ""])
    def test_what_does_not_stand_on_the_screen_cannot_be_ticked(self, id):
        """The id is named, with what is on the screen; nothing is recorded."""
        with pytest.raises(AnswersInvalid) as raised:
            AT_SAFETY.answer_screen(AT_SAFETY.next_screen, ["active_gvhd", id], none_of_the_others=True)

        (problem,) = raised.value.problems
        assert problem.question == id
        assert problem.allowed == f"one of {', '.join(SAFETY)}"
        assert not AT_SAFETY.answers.mentions("active_gvhd")

    def test_every_stray_tick_is_named_at_once(self):
        """As with answers."""
        with pytest.raises(AnswersInvalid) as raised:
            AT_SAFETY.answer_screen(AT_SAFETY.next_screen, ["hiv", "ecog"], none_of_the_others=False)

        assert [problem.question for problem in raised.value.problems] == ["hiv", "ecog"]


def test_nothing_is_left_to_show_when_nothing_is_left_to_ask():
    """A finished questionnaire has no next screen."""
    finished = Questionnaire(LYMPHOMA, as_of="2026-11-22")

    assert finished.is_finished
    assert finished.next_screen is None
    assert finished.next_question is None
