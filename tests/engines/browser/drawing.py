"""Random requests to the browser engine: answers near every edge, and questionnaires answered in any order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any

from people.person import Person
from people.population import people
from proof.drawing import Drawing
from proof.rule_sets import RuleSet, shipped
from strategies import HEALTHY, example_answers

from cart_screen.answers.absent import AbsentReason
from cart_screen.answers.given import Answers
from cart_screen.answers.scalars import Scalar
from cart_screen.api import screen
from cart_screen.catalog.loading import own_set
from cart_screen.engines.browser.program import program_of
from cart_screen.inquiry import Depth
from cart_screen.model import CriteriaSet
from cart_screen.questionnaire import Questionnaire

from .said import details, plain, screened, shortly_screened, state

_PEOPLE = 1_000_000

# Each set on days between which its documents differ most, and on one before it has any.
DAYS = {
    "us-fda": ("2026-11-22", "2026-02-05", "2024-04-04", "2019-01-01", "2017-01-01"),
    "eu-ema": ("2026-11-22", "2025-12-01", "2025-01-01"),
    "overview": ("2026-11-22",),
}


@dataclass(frozen=True)
class World:
    """A criteria set on a day, the rules that draw answers near its edges, and its name in requests."""

    name: str
    criteria: CriteriaSet
    day: date
    rules: RuleSet
    is_shipped: bool = False

    @cached_property
    def request(self) -> dict[str, Any]:
        """The request that makes the program known."""
        return {"do": "program", "name": self.name, "program": program_of(self.criteria, self.day)}


@cache
def worlds() -> tuple[World, ...]:
    """Give every shipped set on each of its days."""
    days = ((name, date.fromisoformat(day)) for name, listed in DAYS.items() for day in listed)
    return tuple(World(f"{name} {day}", own_set(name).on(day), day, _rules(name), True) for name, day in days)


def _rules(name: str) -> RuleSet:
    return next(rules for key, rules in shipped().items() if key.startswith(f"{name}/"))


def answers(draw: Drawing, world: World) -> Answers:
    """Draw answers: of a simulated person, or of nobody who could be; all of them or some."""
    given = draw.answers(world.rules)
    match draw.below(4) if world.is_shipped else 0:
        case 1 | 2:
            person = _person(draw)
            given = draw.one((person.answers, person.mistaken_answers))
        case 3:
            # Somebody whom an indication describes, and against whose treatment nothing speaks.
            given = Answers({**HEALTHY, **draw.one(example_answers(world.criteria.id))})
    share = draw.one((1, 2, 3, 4, 4, 4))
    kept = [id for id in (*given.values, *given.absent) if draw.below(4) < share]
    return given.only(kept)


def screening(world: World, given: Answers) -> tuple[dict[str, Any], Any]:
    """Give the request that screens answers, and what Python says to it."""
    return _request("screen", world, given), plain(screened(screen(given, world.criteria, world.day)))


def short_screening(world: World, given: Answers) -> tuple[dict[str, Any], Any]:
    """Give the same without what is the same for all answers."""
    return _request("short", world, given), plain(shortly_screened(screen(given, world.criteria, world.day)))


def walk(draw: Drawing, world: World, given: Answers, *, most: int) -> tuple[dict[str, Any], Any]:
    """Draw a walk from some answers on, of so many steps at most: the request, and what Python says to it."""
    depth = draw.one(tuple(Depth))
    one = Questionnaire(given, world.criteria, world.day, depth=depth)
    known = _person(draw).known if world.is_shipped else {}
    sent = {**_request("walk", world, given), "depth": str(depth), "steps": []}
    states = [state(one)]
    while len(sent["steps"]) < most and not (one.is_finished and draw.perhaps()):
        step, one = _step(draw, world, one, known)
        sent["steps"].append(step)
        states.append(state(one))
    return sent, plain({"states": states, "details": details(one.screening)})


def _step(
    draw: Drawing, world: World, one: Questionnaire, known: Mapping[str, Scalar]
) -> tuple[list[Any], Questionnaire]:
    questions = world.criteria.reading.dictionary.questions.values()
    givable = [question.id for question in questions if not question.internal]
    shown = one.next_screen
    way = draw.below(10)
    if shown and len(shown.questions) > 1 and way > 1:
        ids = [question.id for question in shown.questions]
        ticked, none = [id for id in ids if draw.perhaps(3)], draw.perhaps()
        return ["answerScreen", ids, ticked, none], one.answer_screen(shown, ticked, none_of_the_others=none)
    if way == 0 and (rows := one.check_answers):
        id = draw.one(rows).question
        return ["withdraw", id], one.withdraw(id)
    if way == 1 and (rows := one.check_answers):
        id = draw.one(rows).question
        value = _value(draw, world, id)
        return ["change", id, value], one.change(id, value)
    if way == 2 and draw.perhaps(3):
        depth = draw.one(tuple(Depth))
        return ["atDepth", str(depth)], one.at_depth(depth)
    id = one.next_question.id if one.next_question and way > 3 else draw.one(givable)
    if draw.perhaps(5):
        reason = draw.one(tuple(AbsentReason))
        return ["answerAbsent", id, str(reason)], one.answer_absent(id, reason)
    value = known[id] if id in known and draw.below(3) else _value(draw, world, id)
    return ["answer", id, value], one.answer(id, value)


def _value(draw: Drawing, world: World, id: str) -> Scalar:
    """Draw an answer near an edge."""
    return draw.value(id, world.rules)


def _person(draw: Drawing) -> Person:
    (person,) = people(1, first=draw.below(_PEOPLE))
    return person


def _request(what: str, world: World, given: Answers) -> dict[str, Any]:
    absent = {id: str(reason) for id, reason in given.absent.items()}
    return {"do": what, "program": world.name, "given": {"answers": dict(given.values), "absent": absent}}
