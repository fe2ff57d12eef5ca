"""Whether all answers are allowed is told fast, and as the slow way says that names what is wrong."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import SETS, examples, stated_answers, values_of

from cart_screen.answers.absent import AbsentReason
from cart_screen.answers.reading import AnswerDocument, check_document
from cart_screen.answers.scalars import is_scalar
from cart_screen.catalog.loading import own_set
from cart_screen.errors import AnswersInvalid

ODD = (None, 0, 1, -1, 1.0, 0.5, 61, 61.0, True, False, "", "1", "true", "yes", [], {}, math.nan, math.inf, 10**400)

odd = st.sampled_from(ODD)
odd_ids = st.sampled_from(["", "age", "no-such-question", "Age_years"])


def allowed_one_by_one(dictionary, values, absent):
    known = dictionary.questions
    every = (id in known and not known[id].internal for id in (*values, *absent))
    return all(every) and all(is_scalar(value) and known[id].allows(value) for id, value in values.items())


@pytest.mark.parametrize("name", SETS)
@given(st.data())
@examples(100)
def test_it_is_told_as_question_by_question(name, data):
    dictionary = own_set(name).reading.dictionary
    ids = st.sampled_from(tuple(dictionary.questions))
    answers = data.draw(stated_answers(name))
    values = {**answers.values, **data.draw(st.dictionaries(ids | odd_ids, odd, max_size=2))}
    absent = {**answers.absent, **data.draw(st.dictionaries(ids | odd_ids, st.just("not-asked"), max_size=1))}

    assert dictionary.admits(values, absent) == allowed_one_by_one(dictionary, values, absent)


@pytest.mark.parametrize("name", SETS)
@given(st.data())
@examples(60)
def test_every_question_admits_what_it_allows(name, data):
    question = data.draw(st.sampled_from(list(own_set(name).reading.dictionary.questions.values())))
    value = data.draw(odd.filter(is_scalar) | values_of(question.id))

    assert question.admits(value) == question.allows(value)


@pytest.mark.parametrize(
    ("values", "absent", "found"),
    [
        ({"sex": "female"}, {"sex": "not-asked"}, "both a value and the reason"),
        ({"sex": "female"}, {"pregnant": "no-reason"}, "the reason"),
        ({"sex": "female"}, {"nonsense": "not-asked"}, "an unknown question"),
        ({"sex": 1}, {}, "1"),
        ({"sex": ["female"]}, {}, "one text, number or yes/no value"),
        ({"pregnant": 1}, {}, "1"),
        ({"age_years": True}, {}, "true"),
    ],
)
def test_what_is_wrong_is_named(values, absent, found):
    with pytest.raises(AnswersInvalid, match=found):
        check_document(AnswerDocument(values, absent, {}), own_set("us-fda").reading.dictionary)


def test_a_value_that_is_null_is_an_answer_that_is_not_known():
    document = AnswerDocument({"sex": "female", "pregnant": None}, {}, {})
    answers = check_document(document, own_set("us-fda").reading.dictionary)

    assert dict(answers.values) == {"sex": "female"}
    assert answers.absent == {"pregnant": AbsentReason.ASKED_UNKNOWN}
