"""The check that every threshold is shown from both sides by an example."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from cart_screen.answers.dictionary import Question
from cart_screen.answers.scalars import Scalar, is_number, same
from cart_screen.authoring.checks.check import Check, Found, Severity
from cart_screen.authoring.checks.material import Material
from cart_screen.authoring.checks.stated import Example, Stated, told
from cart_screen.authoring.checks.tree import changed, nodes
from cart_screen.authoring.witnesses import SearchTooLarge, witness
from cart_screen.rules.derivations import inputs_of
from cart_screen.rules.expressions import Among, And, Compare, Expression, Not, Or, Relation
from cart_screen.rules.reference import evaluate
from cart_screen.rules.schema import Limit, Schema
from cart_screen.truth import Truth

_KEYWORD = {
    Relation.AT_LEAST: "minimum",
    Relation.AT_MOST: "maximum",
    Relation.ABOVE: "exclusiveMinimum",
    Relation.BELOW: "exclusiveMaximum",
}
_SIDE = {Relation.ABOVE: "above", Relation.BELOW: "below"}


@dataclass(frozen=True)
class _Value:
    """A value that an example should have, in words and as a condition."""

    says: str
    condition: Expression


@dataclass(frozen=True)
class _Threshold:
    """A limit where it stands: in a criterion, or in a caution of it."""

    stated: Stated
    root: Schema
    schema: Schema
    question: Question
    limit: Limit
    examples: Sequence[Example]

    @cached_property
    def ends(self) -> tuple[Expression, Expression]:
        """
        Give what the whole says with a limit that holds always, and with one that never holds.

        The same number on an answer that follows from this one is moved with it.
        """
        ends = (-math.inf, math.inf) if _is_lower(self.limit) else (math.inf, -math.inf)
        held, missed = (self.stated.lowered(self._moved(bound)) for bound in ends)
        return held, missed

    def decides(self, record: Mapping[str, Scalar]) -> bool:
        """Tell whether in a record it depends on the threshold what comes out."""
        held, missed = self.ends
        return evaluate(held, record) is not evaluate(missed, record)

    def lacking(self) -> list[_Value]:
        """Give the values at which no example shows the threshold; those first that are nearest to zero."""
        id, bound = self.question.id, self.limit.bound
        records = [example.record for example in self.examples if example.record is not None]
        shown = [record[id] for record in records if id in record and self.decides(record)]
        neighbours = _neighbours(self.question, self.limit)
        if neighbours:
            exact = [value for value in neighbours if not any(same(value, one) for one in shown)]
            return [_Value(f"{value:g}", Among(id, (value,))) for value in exact]
        lacking = []
        if not any(same(bound, one) for one in shown):
            lacking.append(_Value(f"{bound:g}", Among(id, (bound,))))
        relation = Relation.ABOVE if self.limit.relation in (Relation.AT_MOST, Relation.ABOVE) else Relation.BELOW
        if not any(is_number(one) and relation.holds(one, bound) for one in shown):
            lacking.append(_Value(f"{_SIDE[relation]} {bound:g}", Compare(id, relation, bound)))
        return lacking

    def example(self, value: _Value) -> Mapping[str, Scalar] | None:
        """
        Give answers that show the threshold at a value; None where nothing can, since something else decides.

        Raises
        ------
        SearchTooLarge
            When there is no telling.
        """
        held, missed = self.ends
        differs = Or((And((held, Not(missed))), And((missed, Not(held)))))
        return witness(self.stated.reading, And((value.condition, differs)), Truth.TRUE)

    def _moved(self, bound: float) -> Schema:
        derivations = self.stated.reading.derivations
        following = {id for id, derivation in derivations.items() if self.question.id in inputs_of(derivation)}

        def change(schema: Schema, question: str | None) -> Schema | None:
            if schema is not self.schema and question not in following:
                return None
            keywords = tuple(Limit(one.relation, bound) if one == self.limit else one for one in schema.keywords)
            return replace(schema, keywords=keywords) if keywords != schema.keywords else None

        return changed(self.root, change)


def _without_example(material: Material) -> Iterator[Found]:
    """
    Find thresholds that the examples of their document do not show from both sides.

    Of a whole number, and of a number with choices, both sides are the two neighbouring values at the
    limit; of any other number, the limit itself and some value on its other side. An example shows a
    value where the threshold decides in it; of a caution's threshold, where it names its cautions. A
    value at which something else always decides needs no example.
    """
    for stated in material.sound:
        for threshold in _thresholds(stated):
            for value in threshold.lacking():
                try:
                    answers = threshold.example(value)
                except SearchTooLarge:
                    todo = "add an example with that value in which nothing else decides"
                else:
                    if answers is None:
                        continue
                    todo = f"add an example such as {told(answers)}, and expect what must come out"
                limit, id = threshold.limit, threshold.question.id
                yield Found(
                    stated.document,
                    f"{threshold.schema.pointer}/{_KEYWORD[limit.relation]}",
                    f"the threshold {id} {limit.relation.value} {limit.bound:g}, with no example in which it decides "
                    f"at {id} {value.says}",
                    todo,
                )


def _thresholds(stated: Stated) -> Iterator[_Threshold]:
    expected = [example for example in stated.examples if stated.id in example.expect]
    cautious = [example for example in expected if example.cautions is not None]
    roots = [(stated.schema, expected), *((caution.schema, cautious) for caution in stated.own)]
    for root, examples in roots:
        for node in nodes(root):
            for keyword in node.schema.keywords:
                if isinstance(keyword, Limit) and node.question is not None:
                    question = stated.reading.dictionary.questions[node.question]
                    yield _Threshold(stated, root, node.schema, question, keyword, examples)


def _neighbours(question: Question, limit: Limit) -> list[float]:
    """Give the values next to each other between which a limit lies, where values have neighbours."""
    if question.choices:
        values = sorted(float(choice) for choice in question.choices if is_number(choice))
        below = [value for value in values if limit.relation.holds(value, limit.bound) != _is_lower(limit)]
        above = [value for value in values if limit.relation.holds(value, limit.bound) == _is_lower(limit)]
        return [below[-1], above[0]] if below and above else []
    if question.kind == "integer":
        # The first whole number on the upper side of the limit, and the one below it.
        upper = math.ceil(limit.bound)
        if limit.relation in (Relation.ABOVE, Relation.AT_MOST) and upper == limit.bound:
            upper += 1
        return [upper - 1, upper]
    return []


def _is_lower(limit: Limit) -> bool:
    return limit.relation in (Relation.AT_LEAST, Relation.ABOVE)


CHECKS = (
    Check(
        "threshold-without-example",
        Severity.ERROR,
        "Every threshold has an example on each side of it, at the nearest values, in which it decides.",
        _without_example,
    ),
)
