"""Guidance: match and alternatives are final, and only awaited questions can change the code."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import (
    AS_OF,
    HEALTHY,
    SETS,
    example_answers,
    examples,
    givable,
    keeps_what_is_known,
    some_answers,
    stated_answers,
    values_of,
)

from cart_screen import screen
from cart_screen.answers.given import Answers
from cart_screen.catalog.loading import own_set
from cart_screen.ladder import RUNGS, Code, rung

FINAL = (Code.MATCH, Code.ALTERNATIVES)


def with_more(before, pairs, but=()):
    """
    Give the answers of a screening with more of them, each in turn where it may be added.

    It may where the question had no answer and is not among some, where every derived answer that was known
    stays as it was, and where no conflict arises.
    """
    criteria = before.facts.criteria
    answers = before.facts.answers
    for id, value in pairs:
        more = answers.with_answer(id, value)
        if id not in answers.values and id not in but:
            if keeps_what_is_known(before.facts.resolved, criteria.reading.resolve(more)):
                if not screen(more, criteria, AS_OF).conflicts:
                    answers = more
    return answers


@st.composite
def likely_final(draw, name):
    """Draw answers that are near a final code: an example of a document over a healthy person, little changed."""
    answers = {**HEALTHY, **draw(st.sampled_from(example_answers(name)))}
    for id in draw(st.lists(st.sampled_from(sorted(answers)), max_size=2, unique=True)):
        del answers[id]
    return Answers({**answers, **dict(draw(some_answers(2)))})


@pytest.mark.parametrize("name", SETS)
@examples(100)
@given(data=st.data())
def test_match_and_alternatives_are_final(name, data):
    """Consistent answers that change no known derived answer keep the code."""
    answers = data.draw(stated_answers(name) | likely_final(name))
    before = screen(answers, name, AS_OF)
    if before.guidance.code in FINAL:
        after = screen(with_more(before, data.draw(some_answers(15))), name, AS_OF)

        assert after.guidance.code == before.guidance.code


@pytest.mark.parametrize("name", SETS)
@examples(100)
@given(data=st.data())
def test_review_is_final_once_no_indication_is_free_of_a_not_met(name, data):
    """Otherwise another use could still line up without anything against it."""
    before = screen(data.draw(stated_answers(name) | likely_final(name)), name, AS_OF)
    settled = all("not-met" in outcome.statuses.values() for outcome in before.indications)
    if before.guidance.code == Code.REVIEW and settled:
        after = screen(with_more(before, data.draw(some_answers(15))), name, AS_OF)

        assert after.guidance.code == Code.REVIEW


@pytest.mark.parametrize("name", SETS)
@examples(100)
@given(data=st.data())
@example(data=None)
def test_questions_outside_the_awaited_never_change_the_code(name, data):
    """Whatever else is answered, consistently and without changing a known derived answer."""
    before = screen(data.draw(stated_answers(name)) if data else Answers(), name, AS_OF)
    if before.conflicts:
        return
    pairs = data.draw(some_answers(15)) if data else [("hiv", True)]
    after = screen(with_more(before, pairs, but=before.awaiting), name, AS_OF)

    assert after.guidance.code == before.guidance.code


@pytest.mark.parametrize("name", SETS)
@examples(30)
@given(data=st.data())
def test_every_question_outside_the_awaited_answered_keeps_the_code(name, data):
    """All of them at once, as far as they agree."""
    before = screen(data.draw(stated_answers(name)), name, AS_OF)
    if before.conflicts:
        return
    outside = [id for id in givable(before.facts.criteria.reading) if id not in before.awaiting]
    pairs = [(id, data.draw(values_of(id))) for id in data.draw(st.permutations(outside))]
    after = screen(with_more(before, pairs), name, AS_OF)

    assert after.guidance.code == before.guidance.code


@pytest.mark.parametrize("name", SETS)
@examples(60)
@given(data=st.data())
def test_a_code_whose_awaited_are_none_is_settled(name, data):
    """Nothing awaited and nothing in conflict: no consistent answer moves it."""
    before = screen(data.draw(likely_final(name)), name, AS_OF)
    if not before.conflicts and not before.awaiting:
        after = screen(with_more(before, data.draw(some_answers(15))), name, AS_OF)

        assert after.guidance.code == before.guidance.code


@pytest.mark.parametrize("name", SETS)
@examples(40)
@given(data=st.data())
def test_while_a_conflict_stands_the_guidance_asks_to_settle_it(name, data):
    """It changes no status: the ladder is only not read."""
    screening = screen(data.draw(stated_answers(name)), name, AS_OF)
    best = min(rung(outcome.in_turn) for outcome in screening.indications)

    if screening.conflicts:
        assert (screening.guidance.code, screening.guidance.because) == ("discuss-incomplete", "conflict")
        assert screening.guidance.conflicts == screening.conflicts
        assert screening.awaiting == ()
    else:
        assert screening.guidance.code == RUNGS[best]


@pytest.mark.parametrize("name", SETS)
def test_the_answers_drawn_here_reach_every_code(name):
    """Otherwise the laws above would hold of nothing."""
    reached = Counter()

    @examples(400)
    @given(stated_answers(name) | likely_final(name))
    def draw_some(answers):
        reached[screen(answers, name, AS_OF).guidance.code] += 1

    draw_some()

    assert {Code.MATCH, Code.LABEL_MATCH, Code.INCOMPLETE, Code.ALTERNATIVES} <= set(reached)


@pytest.mark.parametrize("name", SETS)
def test_nothing_in_force_is_no_criteria(name):
    """Before the set is known there is nothing to say, and nothing to ask."""
    early = own_set(name).known_from.replace(year=own_set(name).known_from.year - 1)
    screening = screen({"age_years": 61}, name, early)

    assert screening.guidance.code == Code.NO_CRITERIA
    assert screening.awaiting == ()
    assert screening.findings == {}
