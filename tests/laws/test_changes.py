"""Back, change and forward: where a questionnaire stands depends on the answers alone, and none is lost."""

from __future__ import annotations

from itertools import islice, product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from people.population import people
from questionnaire.answering import AS_OF, LYMPHOMA, asked, guidance, interviewed
from strategies import examples, one_answer, some_answers, stated_answers, values_of

from cart_screen import Questionnaire, screen
from cart_screen.answers.absent import AbsentReason
from cart_screen.answers.given import Answers
from cart_screen.catalog.loading import own_set
from cart_screen.inquiry import Depth
from cart_screen.rules.reference import evaluate
from cart_screen.truth import Truth

SETS = ("us-fda", "eu-ema", "overview")

# Read wherever they are given, though not everybody is asked for them: an ECOG grade counts at any age and is asked
# for from 16 on; an upper limit belongs to a value, and is not asked for where the value is 0.
READ_THOUGH_NOT_ASKED = ("ecog", "ast_upper_limit", "alt_upper_limit")


def stand(questionnaire):
    """Give everything that a front end shows of where a questionnaire stands."""
    return {
        "answers": questionnaire.answers,
        "to ask": questionnaire.to_ask,
        "screen": questionnaire.next_screen,
        "question": questionnaire.next_question,
        "progress": questionnaire.progress,
        "awaiting": questionnaire.awaiting,
        "settled": questionnaire.settled,
        "finished": questionnaire.is_finished,
        "set aside": questionnaire.set_aside,
        "check page": questionnaire.check_answers,
        "screening": questionnaire.screening.to_dict(),
    }


def step(data, questionnaire, model):
    """Take one step, and note in a plain record what it does."""
    values, absent = model
    way = data.draw(st.sampled_from(("next", "next", "another", "change", "change", "withdraw", "no answer")))
    id, value = data.draw(one_answer())
    if way == "next" and questionnaire.next_question:
        id = questionnaire.next_question.id
        value = data.draw(values_of(id))
    mentioned = [row.question for row in questionnaire.check_answers]
    if way in ("change", "withdraw") and mentioned:
        id = data.draw(st.sampled_from(mentioned))
        value = data.draw(values_of(id))
    values.pop(id, None)
    absent.pop(id, None)
    match way:
        case "withdraw":
            return questionnaire.withdraw(id)
        case "no answer":
            absent[id] = data.draw(st.sampled_from(list(AbsentReason)))
            return questionnaire.answer_absent(id, absent[id])
        case "change" if mentioned:
            values[id] = value
            return questionnaire.change(id, value)
        case _:
            values[id] = value
            return questionnaire.answer(id, value)


@pytest.mark.parametrize("name", SETS)
@examples(10)
@given(data=st.data())
def test_any_way_to_the_same_answers_ends_alike(name, data):
    """Whatever was answered, changed, withdrawn or left open on the way."""
    depth = data.draw(st.sampled_from(Depth))
    start = data.draw(st.just(Answers()) | stated_answers(name))
    questionnaire = Questionnaire(start, own_set(name), AS_OF, depth=depth)
    model = (dict(start.values), dict(start.absent))
    for _ in range(data.draw(st.integers(1, 6))):
        questionnaire = step(data, questionnaire, model)

    assert stand(questionnaire) == stand(Questionnaire(Answers(*model), name, AS_OF, depth=depth))


@pytest.mark.parametrize("name", SETS)
@examples(4)
@given(data=st.data())
def test_an_interview_with_changes_ends_like_one_without(name, data):
    """Who errs and goes back is told what they would have been told at once, as long as no conflict stands."""
    depth = data.draw(st.sampled_from(Depth))
    known = data.draw(st.sampled_from(tuple(islice(people(60), 0, None, 4)))).known
    errors = dict(data.draw(some_answers(4)))
    at_once = interviewed(asked({}, own_set(name), depth), known)
    changed = interviewed(asked({}, own_set(name), depth), {**known, **errors})
    kept = data.draw(st.sets(st.sampled_from(sorted(errors)))) if errors else set()
    for id in errors.keys() & changed.answers.values.keys() - kept:
        if id in known:
            changed = changed.change(id, known[id])
        else:
            changed = changed.answer_absent(id, AbsentReason.ASKED_UNKNOWN)
    changed = interviewed(changed, {**known, **{id: errors[id] for id in kept}})
    if changed.screening.conflicts:
        return
    like_it = interviewed(asked({}, own_set(name), depth), changed.answers.values)

    assert guidance(changed) == guidance(like_it)
    if not kept:
        assert guidance(changed) == guidance(at_once)


def counting_answers(data, name):
    """Draw answers without those that are read though nobody would be asked for them."""
    answers = data.draw(stated_answers(name))
    aside = asked(answers, own_set(name)).set_aside
    return answers.only({*answers.values, *answers.absent} - (set(aside) & set(READ_THOUGH_NOT_ASKED)))


@pytest.mark.parametrize("name", SETS)
@examples(25)
@given(data=st.data())
def test_what_is_set_aside_could_not_change_the_guidance(name, data):
    """All consistent answers lead where those lead that count; and of these, none is set aside in turn."""
    answers = counting_answers(data, name)
    whole = screen(answers, name, AS_OF)
    if whole.conflicts:
        return
    questionnaire = asked(answers, own_set(name))
    counting = questionnaire.screening.facts.answers
    aside = set(questionnaire.set_aside)

    assert guidance(questionnaire) == (whole.guidance.code, whole.guidance.because)
    assert counting.values == answers.only(answers.values.keys() - aside).values
    assert asked(counting, own_set(name)).set_aside == ()


@pytest.mark.parametrize("name", SETS)
@examples(20)
@given(data=st.data())
def test_an_answer_that_is_not_needed_can_be_left_out(name, data):
    """Every status is the same without it, whether it is set aside or a better one is read in its place."""
    questionnaire = asked(data.draw(stated_answers(name)), own_set(name))
    for row in questionnaire.check_answers:
        if not row.needed and row.value is not None:
            left = questionnaire.withdraw(row.question).screening

            assert [use.statuses for use in left.indications] == [
                use.statuses for use in questionnaire.screening.indications
            ]
            assert left.guidance == questionnaire.screening.guidance


@pytest.mark.parametrize("name", ["us-fda", "eu-ema", "overview"])
def test_what_can_change_the_guidance_can_be_asked(name):
    """Whatever the diagnosis: no question that is awaited is one that nobody is asked in this situation."""
    reading = own_set(name).reading
    for diagnosis, age, left_out in product(
        reading.dictionary.questions["diagnosis"].choices, (17, 61), ("disease_status", "prior_lines")
    ):
        person = {**LYMPHOMA, "age_years": age, "diagnosis": diagnosis, "bilirubin": 2.2, "ast": 30}
        del person[left_out]
        screening = screen(person, name, AS_OF)
        conditions = {id: reading.ask_if[id] for id in screening.awaiting if id in reading.ask_if}

        for id, condition in conditions.items():
            assert evaluate(condition, screening.facts.resolved) is not Truth.FALSE, (id, diagnosis)
