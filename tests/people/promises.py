"""What a questionnaire promises, held against one interview by other means than its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from random import Random

from cart_screen.answers.dictionary import Question
from cart_screen.answers.given import Answers
from cart_screen.answers.scalars import Scalar, same
from cart_screen.api import Screening, screen
from cart_screen.authoring.representatives import representatives
from cart_screen.inquiry import Depth
from cart_screen.model import CriteriaSet, Criterion
from cart_screen.questionnaire import Questionnaire
from cart_screen.rules.derivations import inputs_of
from cart_screen.rules.expressions import Expression, questions_of
from cart_screen.rules.reasons import awaited
from cart_screen.rules.reference import Record, evaluate
from cart_screen.truth import Truth

from .interview import Interview
from .justified import Mattering
from .kinds import Kinds

# Gives an answer to a question in view of all others, or None.
Say = Callable[[str, Answers], Scalar | None]


class Kind(StrEnum):
    """The promises about what is asked."""

    ASKED_TWICE = "a question was asked twice"
    MORE_THAN_ANNOUNCED = "more screens came than were announced at most"
    CANNOT_MATTER = "a question was asked that cannot matter by Kleene awaiting"


@dataclass(frozen=True)
class Broken:
    """A promise that an interview broke, and where."""

    kind: Kind
    detail: str


class Promises:
    """Holds interviews under one criteria set, as of one day, against what was promised."""

    def __init__(self, criteria: CriteriaSet, as_of: str) -> None:
        self._criteria = criteria
        self._as_of = as_of
        self._reading = criteria.reading
        self._questions = criteria.reading.dictionary.questions
        indications = [outcome.indication for outcome in self._screen(Answers()).indications]
        self.kinds = Kinds(criteria, indications)
        self._mattering = Mattering(criteria, indications)
        read = [*criteria.general.values()]
        read += [criterion for indication in indications for criterion in indication.criteria.values()]
        # Many uses share a condition; it is read once.
        places: dict[Expression, int] = {}
        self._same = {id(one): places.setdefault(one, len(places)) for each in read for one in _conditions(each)}
        self._known = tuple(places)

    def broken(self, held: Interview) -> Iterator[Broken]:
        """Give every promise that an interview breaks."""
        yield from (Broken(Kind.ASKED_TWICE, id) for id, times in Counter(held.asked).items() if times > 1)
        for place, stand in enumerate(held.stands):
            left = len(held.steps) - place
            if stand.progress.at_most < left:
                yield Broken(Kind.MORE_THAN_ANNOUNCED, f"{stand.progress.at_most} announced, {left} came")
        yield from (Broken(Kind.CANNOT_MATTER, id) for id in self.unjustified(held))

    # What is asked

    def unjustified(self, held: Interview) -> Iterator[str]:
        """Give every question that was asked although Kleene awaiting says that it cannot matter."""
        for step in held.steps:
            can_matter: Collection[str] | None = None
            for question in step.screen.questions:
                if not self.is_aside(question, step.before.answers):
                    if can_matter is None:
                        can_matter = self._mattering_now(step.before)
                    if question.id not in can_matter:
                        yield question.id

    def is_aside(self, question: Question, answers: Answers) -> bool:
        """Tell whether a question is asked whether or not it matters: always, for safety, or for urgent words."""
        return question.asked == "always" or question.safety or question.id in self._urgent(answers)

    def _urgent(self, answers: Answers) -> Iterator[str]:
        record = self._reading.resolve(answers)
        conditions = self._reading.urgency.values()
        if any(evaluate(holds, record) is Truth.TRUE for holds in conditions):
            for holds in conditions:
                yield from awaited(holds, record, self._reading)

    def _mattering_now(self, stand: Questionnaire) -> set[str]:
        answers = stand.answers
        record = self._reading.resolve(answers)
        could = {id for id in self._questions if self._asking(id, answers, record) is not Truth.FALSE}
        found = set(self._mattering.awaiting(record, could.__contains__))
        return found if stand.depth is Depth.SETTLE else found | self._wanted_for_findings(answers, record)

    def _wanted_for_findings(self, answers: Answers, record: Record) -> set[str]:
        """Give what a point or a caution of a use that is still possible awaits, and what is asked for the sheet."""
        possible = self._screen(answers).facts.possible
        if not possible:
            return set()
        wanted = [*self._criteria.general.values()]
        wanted += [criterion for outcome in possible for criterion in outcome.indication.criteria.values()]
        conditions = {self._same[id(condition)] for criterion in wanted for condition in _conditions(criterion)}
        found = {id for condition in conditions for id in awaited(self._known[condition], record, self._reading)}
        return found | self._read_by_nothing

    @cached_property
    def _read_by_nothing(self) -> frozenset[str]:
        """The questions that no point and no caution reads: they are asked for the sheet."""
        pending = [id for condition in self._known for id in questions_of(condition)]
        read: set[str] = set()
        while pending:
            id = pending.pop()
            if id not in read:
                read.add(id)
                pending += inputs_of(self._reading.derivations[id]) if id in self._reading.derivations else ()
                pending += questions_of(self._reading.ask_if[id]) if id in self._reading.ask_if else ()
        return frozenset(self._questions) - read

    def _asking(self, id: str, answers: Answers, record: Record) -> Truth:
        """Tell whether people are asked a question in the situation that some answers describe."""
        question = self._questions[id]
        if question.internal or question.asked == "never" or answers.mentions(id):
            return Truth.FALSE
        condition = self._reading.ask_if.get(id)
        return Truth.TRUE if condition is None else evaluate(condition, record)

    # What is settled

    def settled_stand(self, held: Interview) -> Questionnaire | None:
        """Give where the guidance was settled first, if it ever was."""
        return next((stand for stand in held.stands if stand.is_settled), None)

    def asked_out_stand(self, held: Interview) -> Questionnaire | None:
        """Give where first nothing that people are asked could change the guidance."""
        return next((stand for stand in held.stands if not stand.awaiting and not stand.screening.conflicts), None)

    def continued(self, stand: Questionnaire, order: Sequence[str], say: Say, *, asked: bool) -> Iterator[Screening]:
        """
        Say one thing after another that was not known so far; give the screening after each.

        Where ``asked``, only what was never said is, and what people are asked in their situation; else also what
        was not known and what nobody asks.
        """
        now = self._screen(stand.answers)
        pending = [
            id for id in order if id not in now.facts.answers.values and not (asked and stand.answers.mentions(id))
        ]
        while (id := next((id for id in pending if not asked or self._is_asked(id, now)), None)) is not None:
            pending.remove(id)
            value = say(id, now.facts.answers)
            if value is not None:
                now = self._screen(now.facts.answers.with_answer(id, value))
                yield now

    def adding(self, stand: Questionnaire, say: Say) -> Say:
        """Give what says the same, but nothing that is a change: a better source for what is known already."""
        known = stand.screening.facts.resolved

        def said(id: str, answers: Answers) -> Scalar | None:
            value = say(id, answers)
            return value if value is not None and self._keeps(known, answers.with_answer(id, value)) else None

        return said

    def consistent(self, stand: Questionnaire, random: Random) -> Say:
        """Give what says anything that contradicts nothing, and changes nothing that is known."""
        known = stand.screening.facts.resolved

        def say(id: str, answers: Answers) -> Scalar | None:
            values = [end.value for end in self.kinds.ends(id)] or list(representatives(self._questions[id], ()))
            shuffled = random.sample(values, len(values))
            return next((value for value in shuffled if self._keeps(known, answers.with_answer(id, value))), None)

        return say

    def _keeps(self, known: Mapping[str, Scalar], answers: Answers) -> bool:
        """Tell whether answers contradict nothing and leave everything known as it was."""
        now = self._screen(answers)
        resolved = now.facts.resolved
        return not now.conflicts and all(id in resolved and same(resolved[id], known[id]) for id in known)

    def _is_asked(self, id: str, now: Screening) -> bool:
        return self._asking(id, now.facts.answers, now.facts.resolved) is Truth.TRUE

    def _screen(self, answers: Answers) -> Screening:
        return screen(answers, self._criteria, self._as_of)


def _conditions(criterion: Criterion) -> Iterator[Expression]:
    yield criterion.bare
    yield from (caution.when for caution in criterion.cautions)
