"""Which questions are still worth asking: what can change the guidance, and at full depth what findings await."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property

from cart_screen.answers.dictionary import Question
from cart_screen.answers.given import Answers
from cart_screen.awaiting import awaiting
from cart_screen.guidance import guide
from cart_screen.ladder import Code
from cart_screen.model import Criterion
from cart_screen.readers import Readers
from cart_screen.rules.reasons import awaited, in_order
from cart_screen.rules.reference import evaluate
from cart_screen.screening import Facts
from cart_screen.truth import Truth

# Before one of these is shown, the safety questions are asked even where they cannot change it.
_NEEDS_SAFETY = (Code.MATCH, Code.LABEL_MATCH, Code.REVIEW)


class Depth(StrEnum):
    """How far a questionnaire goes: until the guidance is settled, or until the findings are complete too."""

    SETTLE = "settle"
    COMPLETE = "complete"


class Inquiry:
    """
    What is still worth asking, from the facts of the answers that count.

    ``given`` are all answers, also those that no longer count: nothing is asked twice.
    """

    def __init__(self, facts: Facts, given: Answers, depth: Depth, readers: Readers) -> None:
        self._facts = facts
        self._given = given
        self._depth = depth
        self._readers = readers
        self._reading = facts.criteria.reading
        self._questions = self._reading.dictionary.questions

    @cached_property
    def awaiting(self) -> tuple[str, ...]:
        """The questions that are still to be asked and can still change the guidance, in order."""
        return awaiting(self._facts, self._may_help)

    @cached_property
    def to_ask(self) -> tuple[str, ...]:
        """Every question that is known to be worth asking, in order: what is always asked, urgency, the others."""
        first = [q.id for q in self._questions.values() if q.asked == "always" and self._may_ask(q.id)]
        return tuple(dict.fromkeys((*first, *self._urgency(), *self._others())))

    @cached_property
    def may_follow(self) -> frozenset[str]:
        """Every question that is, or can still become, worth asking."""
        if not self.to_ask:
            return frozenset()
        found = {*self.to_ask, *awaiting(self._facts, self._could_ask)}
        if self._depth is Depth.COMPLETE and not self._facts.conflicts:
            found.update(
                filter(self._could_ask, self._readers.of(outcome.indication for outcome in self._facts.possible))
            )
        for holds in self._reading.urgency.values():
            found.update(filter(self._could_ask, awaited(holds, self._facts.resolved, self._reading)))
        safety = (question for question in self._questions.values() if question.safety)
        found.update(question.id for question in safety if self._is_open(question))
        return frozenset(found)

    def _others(self) -> tuple[str, ...]:
        settling = self.awaiting or self._safety()
        if self._depth is Depth.SETTLE or self._facts.conflicts:
            return settling
        wanted = {*settling, *self._awaited_by_findings()}
        if self._facts.possible:
            # Asked for the sheet, and only of people who may take it along.
            wanted |= self._readers.of_nothing
        return in_order(filter(self._may_help, wanted), self._reading)

    def _awaited_by_findings(self) -> Iterator[str]:
        for finding in self._facts.findings.values():
            yield from finding.awaiting
        for criterion in self._shown():
            for caution in criterion.cautions:
                yield from awaited(caution.when, self._facts.resolved, self._reading)

    def _shown(self) -> Iterator[Criterion]:
        """Give the criteria whose cautions the findings show."""
        if self._facts.closest is None:
            return
        if self._facts.names_product:
            yield from self._facts.closest.indication.criteria.values()
        else:
            yield from self._facts.criteria.general.values()

    def _urgency(self) -> Iterator[str]:
        """Give what is still to be asked in order to say the right urgent words, once there is urgency."""
        if self._facts.urgency is None:
            return
        for holds in self._reading.urgency.values():
            yield from filter(self._may_ask, awaited(holds, self._facts.resolved, self._reading))

    def _safety(self) -> tuple[str, ...]:
        if guide(self._facts).code not in _NEEDS_SAFETY:
            return ()
        return tuple(
            question.id
            for question in self._questions.values()
            if question.safety and question.id not in self._facts.resolved and self._may_ask(question.id)
        )

    def _is_open(self, question: Question) -> bool:
        return not question.internal and question.asked != "never" and not self._given.mentions(question.id)

    def _asking(self, id: str) -> Truth:
        condition = self._reading.ask_if.get(id)
        return Truth.TRUE if condition is None else evaluate(condition, self._facts.resolved)

    def _may_ask(self, id: str) -> bool:
        return self._is_open(self._questions[id]) and self._asking(id) is Truth.TRUE

    def _may_help(self, id: str) -> bool:
        """Tell whether a question may be asked and, where only formulas read it, one of them can still be computed."""
        if not self._may_ask(id):
            return False
        formulas = self._readers.formulas.get(id)
        return formulas is None or any(
            all(other in self._facts.resolved or self._may_ask(other) for other in inputs) for inputs in formulas
        )

    def _could_ask(self, id: str) -> bool:
        if not self._is_open(self._questions[id]) or self._asking(id) is not Truth.UNKNOWN:
            return self._may_ask(id)
        waiting = awaited(self._reading.ask_if[id], self._facts.resolved, self._reading)
        return any(self._is_open(self._questions[question]) for question in waiting)
