"""Which of the answers given still count: the others are kept, and read again once they matter."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from cart_screen.answers.given import Answers
from cart_screen.findings import Outcome
from cart_screen.model import CriteriaSet, Criterion, CriterionId
from cart_screen.rules.derivations import Reading, inputs_of
from cart_screen.rules.expressions import Arithmetic, Choice, Expression, questions_of, questions_of_value
from cart_screen.rules.reasons import awaited
from cart_screen.rules.reference import Record, evaluate
from cart_screen.screening import Facts
from cart_screen.truth import Truth


class Readers:
    """
    Which questions can matter while some of the indications in force are possible.

    Each cancer type, the general readings, urgency and safety always do; the other points of an
    indication only while its cancer type is not ruled out. What no document reads is asked for the
    sheet, and always kept (``of_nothing``). ``formulas`` maps each question that nothing but formulas
    read to the inputs of each of these.
    """

    def __init__(self, criteria: CriteriaSet, indications: Sequence[Outcome]) -> None:
        self._reading = criteria.reading
        self._of: dict[str, frozenset[str]] = {}
        typed: set[str] = set()
        for outcome in indications:
            points = outcome.indication.criteria
            typed |= self._closed(_read_by((points[CriterionId.APPROVED_CANCER_TYPE],)))
            self._of[outcome.indication.document] = self._closed(_read_by(points.values()))
        questions = criteria.reading.dictionary.questions.values()
        asked_anyway = {question.id for question in questions if question.safety or question.asked == "always"}
        urgent = {id for holds in criteria.reading.urgency.values() for id in questions_of(holds)}
        self._always = typed | self._closed({*_read_by(criteria.general.values()), *asked_anyway, *urgent})
        self.formulas = _formulas(criteria, indications)
        read = self._always.union(*self._of.values())
        self.of_nothing = frozenset(question.id for question in questions if question.id not in read)

    def of(self, possible: Iterable[Outcome]) -> frozenset[str]:
        """Give every question that can matter while these are possible."""
        return self.of_nothing | self._always.union(*(self._of[outcome.indication.document] for outcome in possible))

    def _closed(self, questions: Collection[str]) -> frozenset[str]:
        """Add what the questions are derived from, and what decides whether they are asked."""
        pending, found = list(questions), set(questions)
        while pending:
            for id in _leading_to(pending.pop(), self._reading):
                if id not in found:
                    found.add(id)
                    pending.append(id)
        return frozenset(found)


def needed(facts: Facts, readers: Readers) -> frozenset[str]:
    """
    Give the questions whose answers still count in the situation that the answers describe.

    Left out are answers to what nobody is asked in this situation (``x-ask-if`` is false), and to what
    no indication reads that is still possible. ``facts`` are those of all answers.
    """
    answers = _asked_here(facts.answers, facts.criteria.reading)
    kept = facts if answers is facts.answers else Facts(answers, facts.criteria, facts.as_of)
    return readers.of(kept.possible) & {*answers.values, *answers.absent}


def _asked_here(answers: Answers, reading: Reading) -> Answers:
    """Leave out, in dictionary order, each answer to what is not asked in view of the others."""
    record = reading.resolve(answers)
    left_out: set[str] = set()
    for id, condition in reading.ask_if.items():
        if id in answers.values and not _can_hold(condition, record, reading, left_out):
            answers = answers.without(id)
            left_out.add(id)
            record = reading.resolve(answers)
    return answers


def _can_hold(condition: Expression, record: Record, reading: Reading, left_out: set[str]) -> bool:
    """Tell whether a condition holds or may come to hold; not where it waits for nothing but what was left out."""
    truth = evaluate(condition, record)
    if truth is not Truth.UNKNOWN:
        return truth is Truth.TRUE
    waiting = awaited(condition, record, reading)
    return not waiting or not left_out.issuperset(waiting)


def _formulas(criteria: CriteriaSet, indications: Iterable[Outcome]) -> Mapping[str, tuple[frozenset[str], ...]]:
    reading = criteria.reading
    sources = [source for derivation in reading.derivations.values() for source in derivation.sources]
    read = _read_by(criterion for outcome in indications for criterion in outcome.indication.criteria.values())
    read |= _read_by(criteria.general.values())
    read |= {id for condition in reading.ask_if.values() for id in questions_of(condition)}
    found: dict[str, tuple[frozenset[str], ...]] = {}
    for source in sources:
        inputs = frozenset(questions_of_value(source.value))
        read.update(questions_of(source.condition))
        if isinstance(source.value, Arithmetic | Choice):
            found |= {id: (*found.get(id, ()), inputs) for id in inputs}
        else:
            read |= inputs
    return {id: formulas for id, formulas in found.items() if id not in read}


def _read_by(criteria: Iterable[Criterion]) -> set[str]:
    return {id for criterion in criteria for id in _leaves(criterion)}


def _leaves(criterion: Criterion) -> Iterator[str]:
    yield from questions_of(criterion.bare)
    for caution in criterion.cautions:
        yield from questions_of(caution.when)


def _leading_to(id: str, reading: Reading) -> Iterator[str]:
    if id in reading.derivations:
        yield from inputs_of(reading.derivations[id])
    if id in reading.ask_if:
        yield from questions_of(reading.ask_if[id])
