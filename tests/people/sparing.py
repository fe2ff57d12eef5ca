"""Which questions of an interview exact enumeration would have spared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cart_screen.answers.given import Answers
from cart_screen.answers.scalars import same
from cart_screen.api import Screening, screen
from cart_screen.model import CriteriaSet
from cart_screen.questionnaire import Questionnaire

from .completions import Completions, Found, Outcome
from .interview import Interview
from .kinds import End
from .person import Person
from .promises import Promises

# People who said more than this rarely stand where somebody stood before.
_OFTEN_ALIKE = 12


class WitnessWrong(AssertionError):
    """The solver's completions are not what the library makes of them, so the encoding is at fault."""


@dataclass(frozen=True)
class Asked:
    """
    A question that was asked, and whether some completion makes the code depend on its answer.

    ``aside`` says that it is asked in any case. ``strictly`` counts a missing answer as an answer too.
    """

    question: str
    aside: bool
    by_its_values: Found
    strictly: Found


class Sparing:
    """Searches the completions of one interview after another; what was found is kept for whoever stands alike."""

    def __init__(self, promises: Promises, criteria: CriteriaSet, as_of: str) -> None:
        self._promises = promises
        self._criteria = criteria
        self._as_of = as_of
        self._found: dict[tuple[frozenset[tuple[str, End]], str], Found] = {}
        self._completions: tuple[Person, Completions] | None = None

    def questions(self, held: Interview) -> Iterator[Asked]:
        """Give every question of an interview; what is always asked, whatever was said, is left out."""
        for step in held.steps:
            answers = step.before.answers
            for question in step.screen.questions:
                if question.id not in self._promises.kinds.askable:
                    continue
                by_its_values = self._matters(held.person, answers, question.id, silence_counts=False)
                strictly = by_its_values
                if by_its_values is Found.NONE:
                    strictly = self._matters(held.person, answers, question.id, silence_counts=True)
                yield Asked(question.id, self._promises.is_aside(question, answers), by_its_values, strictly)

    def settled_screen(self, held: Interview) -> int | None:
        """Give how many screens it took until no completion led to another code; None where that is not decided."""
        place = len(held.stands)
        for stand in reversed(held.stands):
            found = self.can_change(held.person, stand)
            if found is Found.NOT_DECIDED:
                return None
            if found is Found.A_WITNESS:
                break
            place -= 1
        return place

    def can_change(self, person: Person, stand: Questionnaire) -> Found:
        """Tell whether some completion of what can still be asked leads to another code."""
        code = stand.screening.guidance.code
        key = self._key(stand.answers, "")
        if key in self._found:
            return self._found[key]
        outcome = self._of(person).can_change(stand.answers, code)
        if any(screening.guidance.code == code for screening in self._screened(outcome)):
            raise WitnessWrong(person.number, code)
        return self._kept(key, outcome.found)

    def _matters(self, person: Person, answers: Answers, question: str, *, silence_counts: bool) -> Found:
        key = self._key(answers, f"{question} {silence_counts}")
        if key in self._found:
            return self._found[key]
        outcome = self._of(person).can_matter(answers, question, silence_counts=silence_counts)
        codes = {screening.guidance.code for screening in self._screened(outcome)}
        if len(codes) != len(outcome.witnesses) or not _alike(outcome, question):
            raise WitnessWrong(person.number, question)
        return self._kept(key, outcome.found)

    def _kept(self, key: tuple[frozenset[tuple[str, End]], str], found: Found) -> Found:
        if len(key[0]) <= _OFTEN_ALIKE:
            self._found[key] = found
        return found

    def _screened(self, outcome: Outcome) -> list[Screening]:
        found = [screen(witness, self._criteria, self._as_of) for witness in outcome.witnesses]
        if any(screening.conflicts for screening in found):
            raise WitnessWrong("conflicting completions")
        return found

    def _key(self, answers: Answers, asked: str) -> tuple[frozenset[tuple[str, End]], str]:
        return frozenset(self._promises.kinds.standing(answers).items()), asked

    def _of(self, person: Person) -> Completions:
        if self._completions is None or self._completions[0] is not person:
            self._completions = person, Completions(self._promises.kinds, person.truth)
        return self._completions[1]


def _alike(outcome: Outcome, question: str) -> bool:
    """Tell whether two completions say the same of all other questions that both speak of."""
    if not outcome.witnesses:
        return True
    one, other = outcome.witnesses
    both = (one.values.keys() & other.values.keys()) - {question}
    return all(same(one.values[id], other.values[id]) for id in both)
