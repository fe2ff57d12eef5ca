"""The questionnaire: it ends, asks nothing twice and nothing that is known, and what is settled stays."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import (
    AS_OF,
    HEALTHY,
    LABORATORY,
    SETS,
    example_answers,
    examples,
    givable,
    keeps_what_is_known,
    stated_answers,
    values_of,
)

from cart_screen import Questionnaire, screen
from cart_screen.answers.absent import AbsentReason
from cart_screen.answers.given import Answers
from cart_screen.catalog.loading import own_set
from cart_screen.inquiry import Depth
from cart_screen.rules.reference import evaluate
from cart_screen.truth import Truth

DECLINED = (AbsentReason.ASKED_UNKNOWN, AbsentReason.ASKED_DECLINED)


@cache
def people(name):
    """Draw what somebody knows: an example of a document over a healthy person; half of them line up with a use."""
    reading = own_set(name).reading
    resolved = [reading.resolve(Answers({**HEALTHY, **answers})) for answers in example_answers(name)]
    known = [{id: answers[id] for id in givable(reading) if id in answers} for answers in resolved]
    lined_up = [answers for answers in known if screen(answers, name, AS_OF).guidance.code == "discuss-match"]
    return st.sampled_from(lined_up) | st.sampled_from(known)


@st.composite
def nearly_done(draw, name):
    """Draw answers that leave a few questions: what somebody knows, reports included, but for some."""
    answers = {**draw(people(name)), **draw(st.sampled_from(({}, LABORATORY)))}
    left_out = draw(st.lists(st.sampled_from(sorted(answers)), min_size=1, max_size=6, unique=True))
    for id in left_out:
        del answers[id]
    return Answers(answers, dict.fromkeys((id for id in left_out if draw(st.booleans())), AbsentReason.ASKED_UNKNOWN))


class Person:
    """Somebody who answers: knows much or little, and errs often or never."""

    def __init__(self, data, name):
        self._data = data
        self._known = data.draw(people(name))
        self._ways = data.draw(
            st.sampled_from((("known",), ("known",) * 15 + ("none",), ("known", "known", "any", "none")))
        )

    def reply(self, questionnaire, question):
        """Answer with what is known, else with a choice that is offered; or with anything; or with nothing."""
        way = self._data.draw(st.sampled_from(self._ways))
        if way == "none":
            return questionnaire.answer_absent(question.id, self._data.draw(st.sampled_from(DECLINED)))
        if way == "known" and question.id in self._known:
            return questionnaire.answer(question.id, self._known[question.id])
        if way == "known" and question.choices:
            return questionnaire.answer(question.id, self._data.draw(st.sampled_from(questionnaire.choices(question))))
        return questionnaire.answer(question.id, self._data.draw(values_of(question.id)))


@pytest.mark.parametrize("depth", Depth)
@pytest.mark.parametrize("name", SETS)
@examples(25)
@given(data=st.data())
def test_a_walk_ends_and_keeps_its_promises(name, depth, data):
    """No question twice, none that has an answer, and never more screens than were announced."""
    criteria = own_set(name)
    start = data.draw(st.just(Answers()) | stated_answers(name) | nearly_done(name))
    questionnaire = Questionnaire(start, criteria, AS_OF, depth=depth)
    somebody = Person(data, name)
    asked, announced = [], []
    while (screen := questionnaire.next_screen) is not None:
        assert not questionnaire.is_finished
        assert screen.questions[0] == questionnaire.next_question
        announced.append(questionnaire.progress.at_most)
        for question in screen.questions:
            assert question.id not in asked
            assert not questionnaire.answers.mentions(question.id)
            assert not question.internal
            assert question.asked != "never"
            asked.append(question.id)
            questionnaire = somebody.reply(questionnaire, question)

    assert questionnaire.is_finished
    assert not questionnaire.awaiting
    assert questionnaire.progress.at_most == 0
    for position, at_most in enumerate(announced):
        assert at_most >= len(announced) - position, asked[position:]


@pytest.mark.parametrize("name", SETS)
@examples(25)
@given(data=st.data())
def test_what_is_settled_stays(name, data):
    """Whatever is asked and answered consistently after it, the code is the same."""
    criteria = own_set(name)
    questionnaire = Questionnaire(data.draw(stated_answers(name) | nearly_done(name)), criteria, AS_OF)
    somebody = Person(data, name)
    while questionnaire.awaiting:
        question = criteria.reading.dictionary.questions[questionnaire.awaiting[0]]
        questionnaire = somebody.reply(questionnaire, question)
    if questionnaire.screening.conflicts:
        return
    code = questionnaire.screening.guidance.code
    known = questionnaire.screening.facts.resolved

    for _ in range(12):
        open_now = [q for q in criteria.reading.dictionary.questions.values() if can_be_asked(questionnaire, q)]
        if not open_now:
            break
        question = data.draw(st.sampled_from(open_now))
        more = questionnaire.answer(question.id, data.draw(values_of(question.id)))
        if more.screening.conflicts or not keeps_what_is_known(known, more.screening.facts.resolved):
            more = questionnaire.answer_absent(question.id, data.draw(st.sampled_from(DECLINED)))
        if not keeps_what_is_known(known, more.screening.facts.resolved):
            break
        questionnaire = more

        assert questionnaire.screening.guidance.code == code


def can_be_asked(questionnaire, question):
    """Tell whether a question may be put to a person now: not answered, askable, and its condition holds."""
    if question.internal or question.asked == "never" or questionnaire.answers.mentions(question.id):
        return False
    condition = questionnaire.criteria.reading.ask_if.get(question.id)
    return condition is None or evaluate(condition, questionnaire.screening.facts.resolved) is Truth.TRUE


@pytest.mark.parametrize("name", SETS)
@examples(30)
@given(data=st.data())
def test_it_asks_what_is_awaited_and_can_be_asked(name, data):
    """The urgent symptoms first; then only questions that matter, in the author's order of topics."""
    questionnaire = Questionnaire(data.draw(stated_answers(name)), own_set(name), AS_OF)
    questions = questionnaire.criteria.reading.dictionary.questions

    assert set(questionnaire.awaiting) <= set(questionnaire.screening.awaiting)
    assert [id for id in questions if id in questionnaire.awaiting] == list(questionnaire.awaiting)
    assert all(can_be_asked(questionnaire, questions[id]) for id in questionnaire.to_ask)
    if not questionnaire.answers.mentions("urgent_symptoms"):
        assert questionnaire.to_ask[0] == "urgent_symptoms"


@pytest.mark.parametrize("name", SETS)
@examples(25)
@given(data=st.data())
def test_an_answer_can_be_changed_or_withdrawn_at_any_time(name, data):
    """It is replayed from the answers alone, so the way there does not matter."""
    answers = data.draw(stated_answers(name))
    questionnaire = Questionnaire(answers, own_set(name), AS_OF)
    id = data.draw(st.sampled_from([*answers.values, "ecog"]))
    value = data.draw(values_of(id))

    assert questionnaire.answer(id, value).answers == answers.with_answer(id, value)
    assert questionnaire.answer(id, value).to_ask == Questionnaire(answers.with_answer(id, value), name, AS_OF).to_ask
    assert questionnaire.withdraw(id).answers == answers.without(id)
    assert questionnaire.answers == answers


@pytest.mark.parametrize("name", SETS)
@examples(30)
@given(data=st.data())
def test_the_choices_offered_bring_no_conflict(name, data):
    """Unless every choice would."""
    questionnaire = Questionnaire(data.draw(stated_answers(name)), own_set(name), AS_OF)
    question = questionnaire.next_question
    if question is None or question.kind != "string":
        return
    offered = questionnaire.choices(question)
    standing = set(questionnaire.screening.conflicts)
    fresh = {
        choice: set(questionnaire.answer(question.id, choice).screening.conflicts) - standing for choice in offered
    }

    assert offered
    assert not any(fresh.values()) or offered == question.choices


@pytest.mark.parametrize("name", SETS)
def test_before_a_match_is_shown_the_safety_questions_were_asked(name):
    """A finished questionnaire that lines up has asked about earlier CAR T, infection, pregnancy and the brain."""
    seen = []

    @examples(25)
    @given(data=st.data())
    def walk(data):
        questionnaire = Questionnaire(data.draw(stated_answers(name, reasons=False)), own_set(name), AS_OF)
        somebody = Person(data, name)
        while (question := questionnaire.next_question) is not None:
            questionnaire = somebody.reply(questionnaire, question)
        if questionnaire.screening.guidance.code in ("discuss-match", "discuss-label-match", "discuss-review"):
            seen.append(questionnaire)
            known = screen(questionnaire.answers, name, AS_OF).facts.resolved
            for id in ("prior_car_t", "active_infection", "pregnant", "cns_involvement"):
                assert id in known or questionnaire.answers.mentions(id)

    walk()

    assert seen


MYELOMA = {
    **HEALTHY, "diagnosis": "multiple-myeloma", "disease_status": "relapsed", "prior_lines": 4,
    "received_proteasome_inhibitor": True, "received_immunomodulatory_agent": True, "received_anti_cd38": True,
    "lenalidomide_refractory": True, "urgent_symptoms": False,
}  # fmt: skip


def test_a_question_that_another_may_bring_is_counted():
    """A high bilirubin brings the question for Gilbert syndrome."""
    answers = Answers(MYELOMA).with_absent("liver_state", AbsentReason.ASKED_UNKNOWN)
    answers = Answers({**answers.values, "ast_times_uln": 1, "alt_times_uln": 1}, answers.absent)
    questionnaire = Questionnaire(answers, as_of=AS_OF)

    assert questionnaire.to_ask == ("bilirubin",)
    assert questionnaire.progress.at_most >= 2
    assert questionnaire.answer("bilirubin", 2.5).to_ask == ("gilbert_syndrome",)


def test_a_safety_question_that_is_still_to_come_is_counted():
    """The label decides before the safety questions are asked, and they count from the start."""
    answers = Answers({id: value for id, value in MYELOMA.items() if id not in ("cns_involvement", "ecog")})
    questionnaire = Questionnaire(answers, as_of=AS_OF)

    assert questionnaire.screening.guidance.code == "discuss-label-match"
    assert "cns_involvement" not in questionnaire.to_ask
    assert questionnaire.progress.at_most > len(questionnaire.to_ask)
