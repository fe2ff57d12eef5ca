"""Engines with one planted fault each, to show that the proofs would notice it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from cart_screen.rules.expressions import (
    Among,
    And,
    Compare,
    Constant,
    ExactlyOne,
    Expression,
    IfThenElse,
    Named,
    Not,
    Or,
    Relation,
    questions_of,
)
from cart_screen.rules.reasons import in_order
from cart_screen.rules.reference import Record, evaluate
from cart_screen.truth import Truth, conjunction, disjunction, exactly_one, if_then_else

from .engines import Engine, reference
from .rule_sets import RuleSet
from .said import PARTS, Reader, Said

_SWAPPED = {
    Relation.AT_LEAST: Relation.ABOVE,
    Relation.ABOVE: Relation.AT_LEAST,
    Relation.AT_MOST: Relation.BELOW,
    Relation.BELOW: Relation.AT_MOST,
}


class Evaluator:
    """The reading of an expression with each step open to a fault; without one it is the reference's."""

    def evaluate(self, expression: Expression, record: Record) -> Truth:
        """Read an expression over resolved answers."""
        match expression:
            case Constant():
                return evaluate(expression, record)
            case Compare() | Among():
                return self.leaf(expression, record)
            case And(terms=terms):
                return conjunction(self.evaluate(term, record) for term in terms)
            case Or(terms=terms):
                return disjunction(self.evaluate(term, record) for term in terms)
            case ExactlyOne(terms=terms):
                return self.exactly_one([self.evaluate(term, record) for term in terms])
            case Not(term=term):
                return self.negation(self.evaluate(term, record))
            case Named(term=term):
                return self.evaluate(term, record)
            case IfThenElse(condition=condition, then=then, otherwise=otherwise):
                return self.choice(*(self.evaluate(part, record) for part in (condition, then, otherwise)))
        raise AssertionError(expression)

    def leaf(self, leaf: Compare | Among, record: Record) -> Truth:
        """Read a condition on one answer."""
        return evaluate(leaf, record)

    def exactly_one(self, truths: Sequence[Truth]) -> Truth:
        """Read ``oneOf``."""
        return exactly_one(truths)

    def negation(self, truth: Truth) -> Truth:
        """Read ``not``."""
        return ~truth

    def choice(self, condition: Truth, then: Truth, otherwise: Truth) -> Truth:
        """Read ``if``, ``then`` and ``else``."""
        return if_then_else(condition, then, otherwise)

    def reader(self, rules: RuleSet) -> Reader:
        """Read every rule of a rule set; truths alone."""
        expressions = rules.expressions.values()
        return lambda records: [
            tuple(Said(self.evaluate(expression, record)) for expression in expressions) for record in records
        ]


class UnknownIfFallsIntoElse(Evaluator):
    """As SQL's CASE and every two-branch reading do."""

    def choice(self, condition: Truth, then: Truth, otherwise: Truth) -> Truth:
        return then if condition is Truth.TRUE else otherwise


class IfWithoutItsThirdPart(Evaluator):
    """Sound, and weaker: an unknown condition hides that both branches hold."""

    def choice(self, condition: Truth, then: Truth, otherwise: Truth) -> Truth:
        return conjunction((disjunction((~condition, then)), disjunction((condition, otherwise))))


class DroppedRequired(Evaluator):
    """As ``properties`` alone does: a missing answer passes."""

    def leaf(self, leaf: Compare | Among, record: Record) -> Truth:
        return Truth.TRUE if leaf.question not in record else super().leaf(leaf, record)


class MissingFails(Evaluator):
    """As ``required`` does in any two-valued reading: a missing answer fails."""

    def leaf(self, leaf: Compare | Among, record: Record) -> Truth:
        return Truth.FALSE if leaf.question not in record else super().leaf(leaf, record)


class SwappedBound(Evaluator):
    """Takes a limit itself for the other side of it."""

    def leaf(self, leaf: Compare | Among, record: Record) -> Truth:
        if isinstance(leaf, Compare):
            leaf = Compare(leaf.question, _SWAPPED[leaf.relation], leaf.limit)
        return super().leaf(leaf, record)


class RoundedNumber(Evaluator):
    """Compares with few digits, as a single-precision column would."""

    def leaf(self, leaf: Compare | Among, record: Record) -> Truth:
        answer = record.get(leaf.question)
        if isinstance(answer, float):
            record = {**record, leaf.question: round(answer, 6)}
        return super().leaf(leaf, record)


class ZeroIsMissing(Evaluator):
    """As ``if value:`` does."""

    def leaf(self, leaf: Compare | Among, record: Record) -> Truth:
        return super().leaf(leaf, {id: answer for id, answer in record.items() if answer})


class FloatIsNoInteger(Evaluator):
    """Compares by type as well: 1.0 is not among 1 and 2."""

    def leaf(self, leaf: Compare | Among, record: Record) -> Truth:
        if isinstance(leaf, Among) and leaf.question in record:
            kind = type(record[leaf.question])
            leaf = Among(leaf.question, tuple(value for value in leaf.values if type(value) is kind))
        return super().leaf(leaf, record)


class OneOfAsAnyOf(Evaluator):
    """Takes exactly one for at least one."""

    def exactly_one(self, truths: Sequence[Truth]) -> Truth:
        return disjunction(truths)


class OneOfAsParity(Evaluator):
    """Chains ``<>`` over more than two, which holds for three as well; right for two."""

    def exactly_one(self, truths: Sequence[Truth]) -> Truth:
        found = Truth.FALSE
        for truth in truths:
            found = exactly_one((found, truth))
        return found


class NotOfUnknownHolds(Evaluator):
    """Negation by failure: what is not known to hold does not."""

    def negation(self, truth: Truth) -> Truth:
        return Truth.FALSE if truth is Truth.TRUE else Truth.TRUE


def _changed(change: Callable[[RuleSet, Record, str, Said], Said]) -> Callable[[RuleSet], Reader]:
    """Give the reference with what it says of each rule changed."""

    def reader(rules: RuleSet) -> Reader:
        right = reference(rules)
        return lambda records: [
            tuple(
                change(rules, record, name, Said(*(getattr(said, part) for part in PARTS)))
                for name, said in zip(rules.schemas, found, strict=True)
            )
            for record, found in zip(records, right(records), strict=True)
        ]

    return reader


def _forgets(rules: RuleSet, record: Record, name: str, said: Said) -> Said:
    return said._replace(awaiting=said.awaiting[:-1])


def _awaits_everything(rules: RuleSet, record: Record, name: str, said: Said) -> Said:
    unknown = set(questions_of(rules.expressions[name])) - set(record)
    questions = rules.reading.dictionary.questions
    given = {id for id in unknown if not questions[id].internal} | set(said.awaiting)
    return said._replace(awaiting=in_order(given, rules.reading)) if said.truth is Truth.UNKNOWN else said


def _awaits_out_of_order(rules: RuleSet, record: Record, name: str, said: Said) -> Said:
    return said._replace(awaiting=said.awaiting[::-1])


def _says_all_as_because(rules: RuleSet, record: Record, name: str, said: Said) -> Said:
    if said.truth is Truth.UNKNOWN:
        return said
    known = set(questions_of(rules.expressions[name])) & set(record)
    return said._replace(because=in_order(known, rules.reading))


def _says_too_little_as_because(rules: RuleSet, record: Record, name: str, said: Said) -> Said:
    return said._replace(because=said.because[1:])


def _names_nothing(rules: RuleSet, record: Record, name: str, said: Said) -> Said:
    return said._replace(reasons=())


def _mixes_up_records(rules: RuleSet) -> Reader:
    """As a batch in which a join lost the order of its rows."""
    right = reference(rules)
    return lambda records: list(right(records))[::-1]


READINGS: Mapping[str, Evaluator] = {
    kind.__name__: kind()
    for kind in (
        UnknownIfFallsIntoElse,
        IfWithoutItsThirdPart,
        DroppedRequired,
        MissingFails,
        SwappedBound,
        RoundedNumber,
        ZeroIsMissing,
        FloatIsNoInteger,
        OneOfAsAnyOf,
        OneOfAsParity,
        NotOfUnknownHolds,
    )
}
FAULTY: Mapping[str, Engine] = {
    **{name: Engine(name, evaluator.reader) for name, evaluator in READINGS.items()},
    "AwaitedForgetsTheLast": Engine("AwaitedForgetsTheLast", _changed(_forgets)),
    "AwaitedIsEverythingUnknown": Engine("AwaitedIsEverythingUnknown", _changed(_awaits_everything)),
    "AwaitedOutOfOrder": Engine("AwaitedOutOfOrder", _changed(_awaits_out_of_order)),
    "BecauseOfEverything": Engine("BecauseOfEverything", _changed(_says_all_as_because)),
    "BecauseOfTooLittle": Engine("BecauseOfTooLittle", _changed(_says_too_little_as_because)),
    "ReasonsUnnamed": Engine("ReasonsUnnamed", _changed(_names_nothing)),
    "RecordsMixedUp": Engine("RecordsMixedUp", _mixes_up_records),
}
