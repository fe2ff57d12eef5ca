"""What another answer changed: the answer itself, and which of several sources counts now."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import SETS, examples, one_answer, stated_answers

from cart_screen import screen
from cart_screen.answers.absent import AbsentReason
from cart_screen.answers.given import Answers
from cart_screen.changes import AnswerChanged, BetterSource, changes
from cart_screen.rules.provenance import passed_over

from .answering import AS_OF, LYMPHOMA, asked, without

BASE = without(LYMPHOMA, "ecog", "kidney_state", "liver_state", "heart_state", "lung_state", "prior_lines")

# What was said first, what comes later, and which derived answers come from where before and after it.
CASES = json.loads(Path(__file__).with_name("better_sources.json").read_text("utf-8"))


def facts(answers):
    """Give the facts of some answers."""
    return screen(answers, as_of=AS_OF).facts


def better(before, after):
    """Give only which sources count in place of poorer ones."""
    found = [change for change in changes(facts(before), facts(after)) if isinstance(change, BetterSource)]
    return {change.question: {"was": list(change.was), "now": list(change.now)} for change in found}


@pytest.mark.parametrize("case", CASES, ids=lambda case: " then ".join((*case["first"], *case["later"])))
class TestSources:
    """A better source beside a poorer one."""

    def test_a_better_one_given_later_is_told(self, case):
        """Which answers it came from, and which it comes from now."""
        before = {**BASE, **case["first"]}

        assert better(before, {**before, **case["later"]}) == case["told"]

    def test_a_poorer_one_given_later_is_not(self, case):
        """It changes nothing."""
        before = {**BASE, **case["later"]}

        assert better(before, {**before, **case["first"]}) == {}

    def test_a_better_one_taken_back_is_not(self, case):
        """The poorer one counts again, which is no better source."""
        before = {**BASE, **case["first"]}

        assert better({**before, **case["later"]}, before) == {}

    def test_a_questionnaire_tells_it_too(self, case):
        """From the answers that count in it, one answer after another: of two that a formula needs, at the second."""
        questionnaire = asked({**BASE, **case["first"]})
        told = {}
        for id, value in case["later"].items():
            after = questionnaire.answer(id, value)
            for change in changes(questionnaire.screening.facts, after.screening.facts):
                told[change.question] = {"was": list(change.was), "now": list(change.now)}
            questionnaire = after

        assert told == case["told"]


def test_a_diagnosis_after_the_group():
    """The group follows from it; another diagnosis later is an answer that changed."""
    group = {"cancer_group": "lymphoma"}
    diagnosed = {**group, "diagnosis": "mantle-cell-lymphoma"}
    other = {**group, "diagnosis": "follicular-lymphoma"}

    assert better(group, diagnosed) == {"cancer_group": {"was": ["cancer_group"], "now": ["diagnosis"]}}
    assert changes(facts(diagnosed), facts(other)) == (
        AnswerChanged("diagnosis", "mantle-cell-lymphoma", "follicular-lymphoma"),
    )


def test_a_first_answer_is_no_change():
    """Nothing was read before."""
    assert changes(facts({}), facts(LYMPHOMA)) == ()


def test_an_answer_in_place_of_a_half_given_formula_is_none():
    """The creatinine alone says nothing, so plain words are not replaced yet."""
    described = {**BASE, "kidney_state": "normal"}

    assert changes(facts(described), facts({**described, "creatinine": 1.0})) == ()


def test_a_better_source_that_is_not_read_yet_is_none():
    """While an ECOG grade is still to come, a Karnofsky score does not count either."""
    described = Answers({"activity_level": "light-work-only"})
    waiting = described.with_answer("karnofsky", 80).with_absent("ecog", AbsentReason.NOT_ASKED)

    assert changes(facts(described), facts(waiting)) == ()
    assert changes(facts(described), facts(waiting.with_answer("ecog", 1))) == (
        BetterSource("performance_scale", ("activity_level",), ("ecog",)),
    )


class TestAnswers:
    """An answer that was given before."""

    def test_another_one(self):
        """What it was and what it is."""
        assert changes(facts(LYMPHOMA), facts({**LYMPHOMA, "ecog": 0})) == (AnswerChanged("ecog", 1, 0),)

    @pytest.mark.parametrize("gone", [Answers(without(LYMPHOMA, "ecog")), {**LYMPHOMA, "ecog": None}])
    def test_none_any_more(self, gone):
        """Withdrawn, or not known after all."""
        assert changes(facts(LYMPHOMA), facts(gone)) == (AnswerChanged("ecog", 1, None),)

    @pytest.mark.parametrize(("was", "now"), [(61, 61.0), (61.0, 61)])
    def test_the_same_number_written_otherwise(self, was, now):
        """It is the same answer."""
        assert changes(facts({"age_years": was}), facts({"age_years": now})) == ()

    def test_several_in_the_order_of_the_questions(self):
        """However they were given."""
        changed = {**LYMPHOMA, "ecog": 0, "age_years": 62}

        assert [change.question for change in changes(facts(LYMPHOMA), facts(changed))] == ["age_years", "ecog"]

    def test_answers_stay_out_of_logs(self):
        """A change holds health data."""
        (change,) = changes(facts(LYMPHOMA), facts({**LYMPHOMA, "diagnosis": "follicular-lymphoma"}))

        assert "lymphoma" not in repr(change)


@pytest.mark.parametrize("name", SETS)
@examples(35)
@given(data=st.data())
def test_a_better_source_is_better(name, data):
    """It was given, it is not one that is passed over, and giving it up again is no better source."""
    answers = data.draw(stated_answers(name))
    id, value = data.draw(one_answer())
    before, after = (screen(one, name, AS_OF).facts for one in (answers, answers.with_answer(id, value)))
    told = [change for change in changes(before, after) if isinstance(change, BetterSource)]
    back = {change.question for change in changes(after, before) if isinstance(change, BetterSource)}

    for change in told:
        assert set(change.now) <= after.answers.values.keys()
        assert not set(change.now) & passed_over(after.answers, after.resolved, after.criteria.reading)
        assert change.question in after.resolved
        assert change.question not in back
    if id in passed_over(after.answers, after.resolved, after.criteria.reading):
        assert not told
