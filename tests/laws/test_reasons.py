"""Because: the deciding answers alone force the status, none to spare. Awaited: nothing else can change it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import (
    AS_OF,
    SETS,
    everything_behind,
    examples,
    givable,
    keeps_what_is_known,
    more_answers,
    readings,
    records,
    resolved_records,
    small_answers,
    some_answers,
    stated_answers,
    values_of,
    worlds,
)

from cart_screen import screen
from cart_screen.answers.absent import AbsentReason
from cart_screen.answers.given import Answers
from cart_screen.catalog.loading import own_set
from cart_screen.rules.expressions import Among, questions_of
from cart_screen.rules.reasons import awaited, because, unknown_leaves
from cart_screen.rules.reference import evaluate
from cart_screen.truth import Truth

READING = own_set(SETS[0]).reading
INDICATIONS = [
    pytest.param(indication, id=f"{name}/{indication.id}-{indication.version}")
    for name in SETS
    for indication in own_set(name).indications
]


def assert_because_is_minimal(expression, record, reading):
    """Check the law of the deciding set on one decided or undecided expression."""
    truth = evaluate(expression, record)
    deciding = because(expression, record, reading)
    if truth is Truth.UNKNOWN:
        assert deciding == {}
        return
    assert deciding.items() <= record.items()
    assert evaluate(expression, deciding) is truth
    for left_out in deciding:
        rest = {id: value for id, value in deciding.items() if id != left_out}
        assert evaluate(expression, rest) is Truth.UNKNOWN, left_out
    assert list(deciding) == [id for id in reading.dictionary.questions if id in deciding]


@pytest.mark.parametrize("indication", INDICATIONS)
@examples(10)
@given(data=st.data())
def test_the_deciding_answers_of_a_shipped_criterion(indication, data):
    """Alone they force the status; leave any one out and it is open."""
    read = {id for criterion in indication.criteria.values() for id in questions_of(criterion.requirement)}
    record = data.draw(resolved_records(read, complete=data.draw(st.booleans())))

    for criterion in indication.criteria.values():
        assert_because_is_minimal(criterion.requirement, record, READING)


@examples(120)
@given(data=st.data())
def test_the_deciding_answers_of_a_random_document(data):
    """The same for every shape that the profile allows."""
    world = data.draw(worlds())
    record = data.draw(records(world.reading, complete=data.draw(st.booleans())))

    assert_because_is_minimal(world.expression, record, world.reading)


@pytest.mark.parametrize("name", SETS)
@examples(40)
@given(data=st.data())
def test_the_findings_carry_the_deciding_answers_and_the_awaited(name, data):
    """A decided finding that is one criterion's says why; an open one says what it waits for."""
    screening = screen(data.draw(stated_answers(name)), name, AS_OF)

    for finding in screening.findings.values():
        assert finding.because.items() <= screening.facts.resolved.items()
        assert finding.status == "unknown" or finding.awaiting == ()
        if finding.status == "unknown":
            assert finding.because == {}
            assert finding.awaiting or not finding.relevant
        assert all(id not in screening.facts.resolved for id in finding.awaiting)


@pytest.mark.parametrize("indication", INDICATIONS)
@examples(10)
@given(data=st.data())
def test_resolved_answers_outside_the_awaited_never_decide(indication, data):
    """Whatever else becomes known: an open status stays open while its own unknown answers are missing."""
    read = {id for criterion in indication.criteria.values() for id in questions_of(criterion.requirement)}
    record = data.draw(resolved_records(read, complete=False))

    for criterion in indication.criteria.values():
        if evaluate(criterion.requirement, record) is not Truth.UNKNOWN:
            continue
        waiting = awaited(criterion.requirement, record, READING)
        missing = set(unknown_leaves(criterion.requirement, record))
        internal = {id for id in missing if READING.dictionary.questions[id].internal}
        assert missing - internal <= set(waiting)
        assert not set(waiting) & set(record)
        others = {id: data.draw(values_of(id)) for id in sorted(read - set(record) - set(waiting) - internal)}
        assert evaluate(criterion.requirement, {**record, **others}) is Truth.UNKNOWN


@pytest.mark.parametrize("name", SETS)
@examples(70)
@given(data=st.data())
def test_stated_answers_outside_the_awaited_never_decide(name, data):
    """Through the derivations: only an answer to an awaited question can make a derived answer known that matters."""
    criteria = own_set(name)
    answers = data.draw(stated_answers(name))
    screening = screen(answers, criteria, AS_OF)
    extra = data.draw(some_answers())

    open_ones = {
        criterion.bare: outcome.indication.criteria[id]
        for outcome in screening.indications
        for id, criterion in outcome.indication.criteria.items()
        if outcome.statuses[id] == "unknown"
    }
    for criterion in open_ones.values():
        waiting = screening.facts.awaited(criterion)
        assert waiting
        more = answers
        for id, value in extra:
            if id in answers.values or id in waiting:
                continue
            one_more = more.with_answer(id, value)
            if keeps_what_is_known(screening.facts.resolved, criteria.reading.resolve(one_more)):
                more = one_more
        assert evaluate(criterion.requirement, criteria.reading.resolve(more)) is Truth.UNKNOWN, waiting


@examples(70)
@given(data=st.data())
def test_stated_answers_outside_the_awaited_never_decide_a_random_document(data):
    """Over random derivations, absent reasons included; the known derived answers stay as they were."""
    world = data.draw(worlds(3, 2, derived=2))
    answers = data.draw(small_answers(world.reading))
    before = world.reading.resolve(answers)
    waiting = awaited(world.expression, before, world.reading)
    more = data.draw(more_answers(world.reading, answers, but=waiting))
    after = world.reading.resolve(more)

    if evaluate(world.expression, before) is Truth.UNKNOWN and keeps_what_is_known(before, after):
        assert evaluate(world.expression, after) is Truth.UNKNOWN


def condition_on(question):
    """Give a condition that waits for one answer alone."""
    return Among(question, ())


@examples(300)
@given(data=st.data())
def test_a_derived_answer_stays_unknown_without_its_awaited(data):
    """Whatever else is answered, or absent for another reason, in a dictionary of random derivations."""
    reading = data.draw(readings(3, derived=3))
    answers = data.draw(small_answers(reading))
    before = reading.resolve(answers)
    for question in reading.derivations:
        if question not in before:
            waiting = awaited(condition_on(question), before, reading)
            after = reading.resolve(data.draw(more_answers(reading, answers, but=waiting)))
            assert question not in after or not keeps_what_is_known(before, after), waiting


@examples(150)
@given(data=st.data())
def test_a_shipped_derived_answer_stays_unknown_without_its_awaited(data):
    """The same for the shipped dictionary: performance scale, clearance, multiples, what follows from lines."""
    answers = data.draw(stated_answers(SETS[0]))
    before = READING.resolve(answers)
    for question in READING.derivations:
        if question not in before:
            waiting = awaited(condition_on(question), before, READING)
            behind = everything_behind(READING, question) & set(givable(READING))
            left = sorted(behind - set(waiting) - set(answers.values))
            others = {id: data.draw(values_of(id)) for id in left if data.draw(st.booleans())}
            after = READING.resolve(Answers({**answers.values, **others}, rest_of(answers.absent, others)))
            assert question not in after or not keeps_what_is_known(before, after), (question, waiting)


def rest_of(absent, others):
    """Give the absent reasons that stand once others are answered."""
    return {id: reason for id, reason in absent.items() if id not in others}


@pytest.mark.parametrize("name", SETS)
@examples(40)
@given(data=st.data())
def test_nothing_known_or_derived_is_awaited(name, data):
    """What is awaited can be given, is not known yet, and stands in the dictionary's order."""
    screening = screen(data.draw(stated_answers(name)), name, AS_OF)
    questions = own_set(name).reading.dictionary.questions

    for waiting in (screening.awaiting, *(finding.awaiting for finding in screening.findings.values())):
        assert [id for id in questions if id in waiting] == list(waiting)
        assert not any(questions[id].internal for id in waiting)
        assert not set(waiting) & set(screening.facts.resolved)


@pytest.mark.parametrize("reason", list(AbsentReason))
def test_an_absent_answer_is_still_awaited(reason):
    """Whatever the reason: it may still be learned."""
    answers = {"diagnosis": "multiple-myeloma"}

    assert "age_years" in screen(answers, as_of=AS_OF).awaiting
    given_up = screen(answers, as_of=AS_OF).facts.answers.with_absent("age_years", reason)
    assert "age_years" in screen(given_up, as_of=AS_OF).awaiting
