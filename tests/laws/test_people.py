"""Simulated people: they are whole and consistent, and what the questionnaire promises them holds; a small measure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import product
from random import Random
from statistics import mean

import pytest
from people.clauses import Clauses
from people.interview import interview
from people.justified import rung_of
from people.kinds import NoValue, Said
from people.knowledge import questions_considered
from people.measure import AS_OF, Measure, compared
from people.population import SET, people
from people.promises import Broken, Kind, Promises
from people.worlds import world

from cart_screen import screen
from cart_screen.answers.absent import AbsentReason
from cart_screen.answers.given import Answers
from cart_screen.api import load_criteria
from cart_screen.guidance import Because
from cart_screen.inquiry import Depth
from cart_screen.ladder import RUNGS, Code, Status, rung
from cart_screen.truth import Truth

MANY = 2000
BEFORE_ANY_USE = "2017-01-01"
TRUTHS = {Truth.TRUE: Status.MET, Truth.UNKNOWN: Status.UNKNOWN, Truth.FALSE: Status.NOT_MET}


@cache
def many():
    return tuple(people(MANY))


@cache
def promises():
    return Promises(load_criteria(SET), AS_OF)


def questions():
    return load_criteria(SET).reading.dictionary.questions


# ---- The people


def test_the_same_seed_gives_the_same_people():
    """The first of many are the first of few, wherever the counting begins; another seed gives others."""
    few = list(people(12))

    assert few == list(many()[:12])
    assert list(people(4, first=8)) == few[8:]
    assert [person.truth for person in people(12, seed=2)] != [person.truth for person in few]


def test_no_two_things_that_are_true_of_a_person_contradict_each_other():
    for person in many():
        assert not screen(Answers(person.truth), SET, AS_OF).conflicts, person.number


def test_whatever_part_of_the_truth_is_told_nothing_contradicts_the_whole():
    """No conflict, and every decided point of every use as with everything told: plain words say what numbers say."""
    random = Random(1)
    for person in many()[:600]:
        whole = screen(Answers(person.truth), SET, AS_OF)
        share = random.random()
        told = {id: value for id, value in person.truth.items() if random.random() < share}
        part = screen(Answers(told, {id: "asked-unknown" for id in person.truth if id not in told}), SET, AS_OF)

        assert not part.conflicts, person.number
        for of_part, of_whole in zip(part.indications, whole.indications, strict=True):
            for point, status in of_part.statuses.items():
                assert status in (Status.UNKNOWN, of_whole.statuses[point]), (person.number, of_part.indication.id)


def test_together_they_have_every_diagnosis_and_every_answer_that_can_be_chosen():
    for question in questions().values():
        if not question.internal:
            answers = {person.truth[question.id] for person in many() if question.id in person.truth}
            expected = question.choices or ((True, False) if question.kind == "boolean" else ())

            assert answers, question.id
            # Of the scales that go down to a dying person, not every step has somebody.
            assert question.kind == "integer" or set(expected) <= answers, question.id
    ages = {person.truth["age_years"] for person in many()}

    assert set(range(96)) - ages <= {0}
    assert min(ages) <= 1


def test_together_they_lead_to_every_guidance_and_every_reason():
    """Among what they tell, what they tell by mistake, and a day before anything was approved."""
    told = [screen(person.answers, SET, AS_OF).guidance for person in many()]
    mistaken = [screen(person.mistaken_answers, SET, AS_OF).guidance for person in many() if person.slips]
    early = [screen(person.answers, SET, BEFORE_ANY_USE).guidance for person in many()[:1]]
    everything = [*told, *mistaken, *early]

    assert {guidance.code for guidance in everything} == set(Code)
    assert {guidance.because for guidance in everything} == {None, *Because}
    assert {guidance.urgency for guidance in everything} == {None, *load_criteria(SET).reading.urgency}


def test_a_slip_contradicts_what_the_person_tells_otherwise():
    slipping = [person for person in many() if person.slips]

    assert slipping
    for person in slipping:
        assert not screen(person.answers, SET, AS_OF).conflicts
        assert screen(person.mistaken_answers, SET, AS_OF).conflicts


def test_a_person_answers_every_question_or_says_why_not():
    reasons = set()
    for person in many():
        assert person.known.keys() | person.absent.keys() == person.truth.keys()
        for id in questions():
            reply = person.reply(id)
            if isinstance(reply, AbsentReason):
                reasons.add(reply)
                assert id not in person.known
            else:
                assert person.known[id] == reply

    assert reasons == {AbsentReason.ASKED_UNKNOWN, AbsentReason.ASKED_DECLINED, AbsentReason.NOT_APPLICABLE}


def test_it_is_said_of_every_question_how_well_people_know_the_answer():
    assert questions_considered() == {question.id for question in questions().values() if not question.internal}


# ---- The measure, in a few of them


@pytest.fixture(scope="module")
def measured():
    """The first of those who tell what leads to each guidance."""
    first = {}
    for person in many():
        first.setdefault(screen(person.answers, SET, AS_OF).guidance.code, person)
    measure = Measure()
    return [measure.of(person, exactly=False) for person in first.values()]


def test_an_interview_breaks_no_promise(measured):
    assert [one.broken for one in measured] == [()] * len(measured)


def test_a_guidance_stays_once_nothing_more_is_asked_for_it(measured):
    """Whatever is answered later, true or otherwise consistent, the code is the same."""
    later = [each for one in measured for each in one.continued]

    assert {each.then for each in later} == {"settled", "nothing left that people are asked"}
    assert sum(each.answers for each in later) > len(later)
    assert not any(each.code_changed for each in later)


def test_an_interview_saves_most_screens_of_a_form(measured):
    settled = mean(one.screens[Depth.SETTLE] / one.form.screens for one in measured)

    assert settled < 0.45
    for one in measured:
        assert one.screens[Depth.SETTLE] <= one.screens[Depth.COMPLETE] <= one.form.screens < one.form.questions


# ---- The measure itself, on planted faults


def test_what_breaks_a_promise_is_noticed():
    """A screen that comes once more, and after the end one that does not matter to somebody with a brain tumor."""
    person = next(person for person in many() if person.known.get("diagnosis") == "brain-tumor")
    held = interview(person, load_criteria(SET), AS_OF, Depth.SETTLE)
    needless = replace(held.steps[-1], screen=held.end.screen_of(["lvef"]), before=held.end)

    assert not list(promises().broken(held))
    again = set(promises().broken(replace(held, steps=(*held.steps, held.steps[-1]))))
    more = set(promises().broken(replace(held, steps=(*held.steps, needless))))
    assert {broken.kind for broken in again} == {Kind.ASKED_TWICE}
    assert more == {Broken(Kind.CANNOT_MATTER, "lvef"), Broken(Kind.MORE_THAN_ANNOUNCED, "0 announced, 1 came")}


def test_a_guidance_that_does_not_stay_is_noticed():
    """Before anything was said, the guidance is anything but settled."""
    person = next(person for person in many() if person.known.get("diagnosis") == "brain-tumor")
    start = interview(person, load_criteria(SET), AS_OF, Depth.SETTLE).stands[0]

    def truth(question, _):
        return person.truth.get(question)

    later = list(promises().continued(start, list(person.truth), truth, asked=True))
    assert compared("at first", "the truth", start, later).code_changed


def test_the_ladder_written_once_more_is_the_ladder():
    """A rung never falls when a point gets better."""
    for truths in product(TRUTHS, repeat=5):
        assert rung_of(truths) == rung(tuple(TRUTHS[truth] for truth in truths))
        for place, truth in enumerate(truths):
            if truth is not Truth.TRUE:
                better = (
                    *truths[:place],
                    Truth.TRUE if truth is Truth.UNKNOWN else Truth.UNKNOWN,
                    *truths[place + 1 :],
                )
                assert rung_of(better) <= rung_of(truths)


# ---- The worlds of the exact search, read without a solver


def followed(clauses: Clauses, said: list[int]) -> set[int]:
    """Give every literal that follows from some by clauses with one literal left."""
    holding = set(said)
    changed = True
    while changed:
        changed = False
        for clause in clauses.clauses:
            left = [literal for literal in clause if -literal not in holding]
            if len(left) == 1 and left[0] not in holding:
                holding.add(left[0])
                changed = True
    return holding


def stated(person) -> Iterator[Answers]:
    """Give answers with reasons, with mistakes, and without any reason."""
    yield person.answers
    yield person.mistaken_answers
    yield Answers(person.known)


def test_a_world_says_of_answers_what_the_library_says():
    """The code, the conflicts and what is asked; people who know much and little, children and adults."""
    kinds = promises().kinds
    slipping = [person for person in many() if person.slips][:2]
    for person in (*many()[:4], *slipping):
        clauses = Clauses()
        one = world(clauses, kinds, kinds.own(person.truth))
        for answers in stated(person):
            standing = kinds.standing(answers)
            ends = [(literals, standing.get(id, NoValue.OPEN)) for id, literals in one.given.items()]
            holding = followed(clauses, [literals[end] for literals, end in ends])
            said = screen(answers, SET, AS_OF)
            reached = [code for code in RUNGS if one.at_least[code] in holding]

            assert (one.has_conflict in holding) == bool(said.conflicts)
            assert (-one.has_conflict in holding) == (not said.conflicts)
            if not said.conflicts:
                assert reached == list(RUNGS[RUNGS.index(said.guidance.code) :])
            assert all(isinstance(end, Said | NoValue) for _, end in ends)
