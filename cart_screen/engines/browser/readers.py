"""
Which questions can matter when, as plain JSON values: what a questionnaire knows of a set before any answer.

It says of a set as it is read on one day what the modules ``needed``, ``awaiting`` and ``rules.provenance`` of
``cart_screen`` find while a questionnaire runs; the random comparison of the two engines holds them together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from cart_screen.model import LABEL, CriteriaSet, Criterion, CriterionId, Indication
from cart_screen.rules.derivations import Reading, inputs_of
from cart_screen.rules.expressions import Arithmetic, Choice, Source, questions_of, questions_of_value
from cart_screen.rules.reasons import in_order


class Readers:
    """
    Who reads which questions, each list in dictionary order.

    ``always`` can matter whatever the answers, ``by`` gives what can while an indication is possible. ``nothing``
    is read by no document. ``formulas`` are pairs of a question that only formulas read and the inputs of each of
    these. ``told`` is read by formulas and by conditions of sources too. ``spared`` are pairs of better sources of a
    derived answer and poorer ones: nobody has to look for these while one of the better ones is to be found.
    """

    def __init__(self, criteria: CriteriaSet, in_force: Sequence[Indication]) -> None:
        self._reading = criteria.reading
        self._sources = [one for derivation in self._reading.derivations.values() for one in derivation.sources]
        questions = self._reading.dictionary.questions.values()
        types = {id for one in in_force for id in self._closed(_read([one.criteria[CriterionId.APPROVED_CANCER_TYPE]]))}
        general = _read(criteria.general.values())
        anyway = {question.id for question in questions if question.safety or question.asked == "always"}
        urgent = {id for holds in self._reading.urgency.values() for id in questions_of(holds)}
        always = types | self._closed({*general, *anyway, *urgent})
        read = always.union(*(self.by(one) for one in in_force))
        points = [criterion for one in in_force for criterion in one.criteria.values()]
        self.always = list(in_order(always, self._reading))
        self.nothing = [question.id for question in questions if question.id not in read]
        self.formulas = self._formulas(_read(points) | general)
        self.told = list(in_order(self._told(), self._reading))
        labels = [one.criteria[label] for one in in_force for label in LABEL]
        self.spared = list(self._spared({id for criterion in labels for id in questions_of(criterion.bare)}))

    def by(self, indication: Indication) -> list[str]:
        """Give what can matter while an indication is possible."""
        return list(in_order(self._closed(_read(indication.criteria.values())), self._reading))

    def _closed(self, questions: Iterable[str]) -> set[str]:
        """Add what the questions are derived from, and what decides whether they are asked."""
        pending, found = list(questions), set(questions)
        while pending:
            new = _leading_to(pending.pop(), self._reading) - found
            found |= new
            pending += new
        return found

    def _formulas(self, read: set[str]) -> list[list[Any]]:
        plain = [one for one in self._sources if not _is_formula(one)]
        read = read.union(*(questions_of(condition) for condition in self._reading.ask_if.values()))
        read = read.union(*(questions_of(one.condition) for one in self._sources))
        read = read.union(*(questions_of_value(one.value) for one in plain))
        inputs = [in_order(questions_of_value(one.value), self._reading) for one in self._sources if _is_formula(one)]
        only = in_order({id for each in inputs for id in each if id not in read}, self._reading)
        return [[id, [list(each) for each in inputs if id in each]] for id in only]

    def _spared(self, direct: set[str]) -> Iterator[list[list[str]]]:
        """Give what is spared, but for what a label criterion reads by itself (``direct``)."""
        for derivation in self._reading.derivations.values():
            better: dict[str, None] = {}
            for source in derivation.sources:
                read = [id for id in questions_of_value(source.value) if id not in better]
                spared = [id for id in read if id not in direct or id == derivation.question]
                if better and spared:
                    yield [list(better), spared]
                better |= dict.fromkeys(read)

    def _told(self) -> set[str]:
        conditional = {id for one in self._sources for id in questions_of(one.condition)}
        return {id for one in self._sources if _is_formula(one) for id in questions_of_value(one.value)} & conditional


def _is_formula(source: Source) -> bool:
    return isinstance(source.value, Arithmetic | Choice)


def _read(criteria: Iterable[Criterion]) -> set[str]:
    found: set[str] = set()
    for criterion in criteria:
        found.update(questions_of(criterion.bare), *(questions_of(caution.when) for caution in criterion.cautions))
    return found


def _leading_to(id: str, reading: Reading) -> set[str]:
    found = set(inputs_of(reading.derivations[id])) if id in reading.derivations else set()
    return found.union(questions_of(reading.ask_if[id])) if id in reading.ask_if else found
