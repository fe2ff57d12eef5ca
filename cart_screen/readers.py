"""Which questions can matter, by who reads them: what is known of a criteria set before any answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from cart_screen.model import CriteriaSet, Criterion, CriterionId, Indication
from cart_screen.rules.derivations import Reading, inputs_of
from cart_screen.rules.expressions import Arithmetic, Choice, Source, questions_of, questions_of_value


class Readers:
    """
    Which questions can matter while some of the indications in force are possible.

    ``always`` can matter whatever the answers: each cancer type, the general readings, urgency and safety read
    them. What reads them for the other points of an indication counts only while its cancer type is not ruled out
    (``by``). What no document reads is asked for the sheet, and always kept (``of_nothing``). ``formulas`` maps each
    question that nothing but formulas read to the inputs of each of these.
    """

    def __init__(self, criteria: CriteriaSet, in_force: Sequence[Indication]) -> None:
        self._reading = criteria.reading
        self._of: dict[str, frozenset[str]] = {}
        typed: set[str] = set()
        for indication in in_force:
            points = indication.criteria
            typed |= self._closed(_read_by((points[CriterionId.APPROVED_CANCER_TYPE],)))
            self._of[indication.document] = self._closed(_read_by(points.values()))
        questions = criteria.reading.dictionary.questions.values()
        asked_anyway = {question.id for question in questions if question.safety or question.asked == "always"}
        urgent = {id for holds in criteria.reading.urgency.values() for id in questions_of(holds)}
        self.always = typed | self._closed({*_read_by(criteria.general.values()), *asked_anyway, *urgent})
        self.formulas = _formulas(criteria, in_force)
        read = self.always.union(*self._of.values())
        self.of_nothing = frozenset(question.id for question in questions if question.id not in read)

    def by(self, indication: Indication) -> frozenset[str]:
        """Give what can matter for an indication while it is possible."""
        return self._of[indication.document]

    def of(self, possible: Iterable[Indication]) -> frozenset[str]:
        """Give every question that can matter while these are possible."""
        return self.of_nothing | self.always.union(*map(self.by, possible))

    def _closed(self, questions: Collection[str]) -> frozenset[str]:
        """Add what the questions are derived from, and what decides whether they are asked."""
        pending, found = list(questions), set(questions)
        while pending:
            for id in _leading_to(pending.pop(), self._reading):
                if id not in found:
                    found.add(id)
                    pending.append(id)
        return frozenset(found)


def is_formula(source: Source) -> bool:
    """Tell whether a source of a derived answer computes it."""
    return isinstance(source.value, Arithmetic | Choice)


def _formulas(criteria: CriteriaSet, in_force: Iterable[Indication]) -> Mapping[str, tuple[frozenset[str], ...]]:
    reading = criteria.reading
    sources = [source for derivation in reading.derivations.values() for source in derivation.sources]
    read = _read_by(criterion for indication in in_force for criterion in indication.criteria.values())
    read |= _read_by(criteria.general.values())
    read |= {id for condition in reading.ask_if.values() for id in questions_of(condition)}
    found: dict[str, tuple[frozenset[str], ...]] = {}
    for source in sources:
        inputs = frozenset(questions_of_value(source.value))
        read.update(questions_of(source.condition))
        if is_formula(source):
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
