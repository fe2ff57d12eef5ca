"""
Which questions can matter when, as plain JSON values: what a questionnaire knows of a set before any answer.

It says of a set as it is read on one day what the modules ``readers``, ``awaiting`` and ``rules.provenance`` of
``cart_screen`` find while a questionnaire runs; the random comparison of the two engines holds them together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from cart_screen.model import LABEL, CriteriaSet, Indication
from cart_screen.readers import Readers, is_formula
from cart_screen.rules.expressions import questions_of, questions_of_value
from cart_screen.rules.reasons import in_order


class ReadersData:
    """
    Who reads which questions, each list in dictionary order.

    ``always``, ``nothing``, ``formulas`` and ``by`` say what ``Readers`` does; ``formulas`` are pairs of a question
    and the inputs of each formula. ``told`` is read by formulas and by conditions of sources too. ``spared`` are
    pairs of better sources of a derived answer and poorer ones: nobody has to look for these while one of the
    better ones is to be found.
    """

    def __init__(self, criteria: CriteriaSet, in_force: Sequence[Indication]) -> None:
        self._reading = criteria.reading
        self._sources = [one for derivation in self._reading.derivations.values() for one in derivation.sources]
        self._readers = Readers(criteria, in_force)
        self.always = self._ordered(self._readers.always)
        self.nothing = self._ordered(self._readers.of_nothing)
        self.formulas = [
            [id, [self._ordered(inputs) for inputs in self._readers.formulas[id]]]
            for id in self._ordered(self._readers.formulas)
        ]
        self.told = self._ordered(self._told())
        labels = [one.criteria[label] for one in in_force for label in LABEL]
        self.spared = list(self._spared({id for criterion in labels for id in questions_of(criterion.bare)}))

    def by(self, indication: Indication) -> list[str]:
        """Give what can matter while an indication is possible."""
        return self._ordered(self._readers.by(indication))

    def _ordered(self, questions: Collection[str]) -> list[str]:
        return list(in_order(questions, self._reading))

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
        return {id for one in self._sources if is_formula(one) for id in questions_of_value(one.value)} & conditional
