"""Soundness: what is decided stays decided, and what is decided is what every completion would give."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import (
    AS_OF,
    SETS,
    everything_behind,
    examples,
    expressions,
    keeps_what_is_known,
    more_answers,
    readings,
    records,
    representatives,
    resolved_records,
    small_answers,
    some_answers,
    stated_answers,
    worlds,
)

from cart_screen import screen
from cart_screen.catalog.loading import own_set
from cart_screen.rules.expressions import bare, questions_of, questions_of_value
from cart_screen.rules.reference import evaluate
from cart_screen.truth import Truth

INDICATIONS = [
    pytest.param(indication, id=f"{name}/{indication.id}-{indication.version}")
    for name in SETS
    for indication in own_set(name).indications
]


def questions_read(indication):
    """Give every question that an indication's five criteria read, and one that they do not."""
    return {id for criterion in indication.criteria.values() for id in questions_of(criterion.requirement)} | {"hiv"}


@pytest.mark.parametrize("indication", INDICATIONS)
@examples(12)
@given(data=st.data())
def test_more_resolved_answers_never_change_a_decided_status(indication, data):
    """Per indication and criterion: what part of a record decides, the whole record decides alike."""
    record = data.draw(resolved_records(questions_read(indication), complete=data.draw(st.booleans())))
    part = {id: record[id] for id in sorted(record) if data.draw(st.booleans())}

    for criterion in indication.criteria.values():
        truth = evaluate(criterion.requirement, part)
        assert truth is Truth.UNKNOWN or evaluate(criterion.requirement, record) is truth


@pytest.mark.parametrize("indication", INDICATIONS)
@examples(6)
@given(data=st.data())
def test_a_complete_record_leaves_nothing_unknown_and_names_change_nothing(indication, data):
    """Unknown comes from missing answers only; the same without its names reads the same."""
    record = data.draw(resolved_records(questions_read(indication), complete=True))

    for criterion in indication.criteria.values():
        truth = evaluate(criterion.requirement, record)
        assert truth is not Truth.UNKNOWN
        assert evaluate(criterion.bare, record) is truth


@pytest.mark.parametrize("name", SETS)
@examples(100)
@given(data=st.data())
def test_more_stated_answers_never_change_a_decided_status(name, data):
    """Answers that leave every known derived answer as it was can only decide what was open."""
    criteria = own_set(name)
    answers = data.draw(stated_answers(name))
    before = screen(answers, criteria, AS_OF)
    for id, value in data.draw(some_answers()):
        more = answers.with_answer(id, value)
        if id not in answers.values and keeps_what_is_known(before.facts.resolved, criteria.reading.resolve(more)):
            answers = more
    after = screen(answers, criteria, AS_OF)

    for was, now in zip(before.indications, after.indications, strict=True):
        for criterion, status in was.statuses.items():
            assert status == "unknown" or now.statuses[criterion] == status


@examples(200)
@given(data=st.data())
def test_a_decided_expression_is_decided_alike_by_every_completion(data):
    """Over one value for each way in which an answer can stand to any condition."""
    reading = data.draw(readings(3))
    expression = data.draw(expressions(reading))
    record = data.draw(records(reading, complete=False))
    missing = sorted(set(reading.dictionary.questions) - set(record))
    ways = [representatives(reading.dictionary.questions[id]) for id in missing]
    completions = {
        evaluate(expression, {**record, **dict(zip(missing, values, strict=True))}) for values in product(*ways)
    }

    truth = evaluate(expression, record)
    assert Truth.UNKNOWN not in completions
    assert truth is Truth.UNKNOWN or completions == {truth}
    assert evaluate(bare(expression), record) is truth


@examples(120)
@given(data=st.data())
def test_more_answers_never_change_a_decided_document_over_derived_answers(data):
    """The same through random derivations, conditions and absent reasons."""
    world = data.draw(worlds(3, 2, derived=2))
    answers = data.draw(small_answers(world.reading))
    more = data.draw(more_answers(world.reading, answers))
    before, after = world.reading.resolve(answers), world.reading.resolve(more)
    truth = evaluate(world.expression, before)

    if keeps_what_is_known(before, after) and truth is not Truth.UNKNOWN:
        assert evaluate(world.expression, after) is truth


def value_inputs(reading, question):
    """
    Give the questions that can give a derived answer a better source, or change one that it reads.

    Those that its sources take their value from, itself included, and everything behind each derived answer that
    it reads. What it reads in a condition only, and can be given, is not among them.
    """
    found = set()
    for source in reading.derivations[question].sources:
        values = set(questions_of_value(source.value))
        found |= values
        for read in (values | set(questions_of(source.condition))) - {question}:
            found |= everything_behind(reading, read)
    return found


@examples(200)
@given(data=st.data())
def test_a_known_derived_answer_changes_only_for_a_better_source(data):
    """An answer that is only a condition of its sources never changes it, whatever the derivations."""
    reading = data.draw(readings(3, derived=3))
    answers = data.draw(small_answers(reading))
    before = reading.resolve(answers)
    for question in reading.derivations:
        if question in before:
            more = data.draw(more_answers(reading, answers, but=value_inputs(reading, question)))
            assert keeps_what_is_known({question: before[question]}, reading.resolve(more))


@examples(100)
@given(data=st.data())
def test_a_known_shipped_derived_answer_changes_only_for_a_better_source(data):
    """The same for the shipped dictionary."""
    reading = own_set(SETS[0]).reading
    answers = data.draw(stated_answers(SETS[0]))
    before = reading.resolve(answers)
    extra = data.draw(some_answers(20))
    for question in reading.derivations:
        if question in before:
            more = answers
            for id, value in extra:
                if id not in answers.values and id not in value_inputs(reading, question):
                    more = more.with_answer(id, value)
            assert keeps_what_is_known({question: before[question]}, reading.resolve(more))
