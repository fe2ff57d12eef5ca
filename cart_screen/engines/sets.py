"""The engine of a criteria set: plain reading at first, compiled functions once they pay."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cached_property
from weakref import ref

from cart_screen.answers.given import Answers
from cart_screen.answers.scalars import Scalar
from cart_screen.engines.explanations import BEYOND_COMPILER, MOST_KEPT, WORTH_COMPILING, Explanations, Paying
from cart_screen.findings import Outcome
from cart_screen.ladder import RUNGS, Status, rung
from cart_screen.model import LABEL, CriteriaSet, Criterion, CriterionId, Indication
from cart_screen.nouns import noun
from cart_screen.rules.derivations import Reading
from cart_screen.rules.expressions import Expression, questions_of, questions_of_value
from cart_screen.rules.reasons import awaited
from cart_screen.rules.reference import evaluate
from cart_screen.truth import Truth

Record = dict[str, Scalar]

_MOST_DAYS = 64

_LOWEST = len(RUNGS) - 1

_STATUS = {Truth.TRUE: Status.MET, Truth.UNKNOWN: Status.UNKNOWN, Truth.FALSE: Status.NOT_MET}


class Readings:
    """What some expressions are worth under one record after another."""

    def __init__(self, expressions: Iterable[Expression], reading: Reading) -> None:
        self.expressions = tuple({id(expression): expression for expression in expressions}.values())
        self.truths: Callable[[Record], tuple[Truth, ...]] = self._truths
        self.awaited: Callable[[Expression, Record], dict[int, tuple[str, ...]]] = self._awaited
        self._reading = reading

    def compile(self) -> None:
        """Read by compiled functions from now on."""
        # Imported here: a process that reads one set of answers compiles nothing.
        from cart_screen.engines.python import Rules

        rules = Rules({str(place): one for place, one in enumerate(self.expressions)}, self._reading)
        keys = tuple(map(id, self.expressions))
        try:
            truths, evaluated = rules.verdicts, rules.evaluate
        except BEYOND_COMPILER:
            return

        def every(_: Expression, record: Record) -> dict[int, tuple[str, ...]]:
            # All of them cost hardly more than one.
            return dict(zip(keys, [awaiting for _, awaiting in evaluated(record)], strict=True))

        self.truths = truths
        self.awaited = every

    def _truths(self, record: Record) -> tuple[Truth, ...]:
        return tuple(evaluate(expression, record) for expression in self.expressions)

    def _awaited(self, expression: Expression, record: Record) -> dict[int, tuple[str, ...]]:
        return {id(expression): awaited(expression, record, self._reading)}


class SetEngine:
    """How the answers of one person are read under one criteria set."""

    def __init__(self, criteria: CriteriaSet) -> None:
        self.resolve: Callable[[Answers], Record] = criteria.reading.resolve
        self._reading = criteria.reading
        self._conflicts = Readings(criteria.reading.conflicts.values(), criteria.reading)
        self._urgency = Readings(criteria.reading.urgency.values(), criteria.reading)
        self._asking = Paying(self._asking_of)
        self._general = tuple(criterion.bare for criterion in criteria.general.values())
        self.explanations = Explanations(criteria.reading)
        self._uses = 0
        self._days: dict[date, DayRules] = {}
        self._versions: dict[tuple[int, ...], DayRules] = {}

    def conflicts(self, record: Record) -> tuple[str, ...]:
        """Give the impossible pairs of answers that stand in a record."""
        truths = self._conflicts.truths(record)
        if Truth.TRUE not in truths:
            return ()
        return tuple(id for id, truth in zip(self._reading.conflicts, truths, strict=True) if truth is Truth.TRUE)

    def urgency(self, record: Record) -> str | None:
        """Give the key of the first urgent words whose condition holds."""
        urgent = zip(self._reading.urgency, self._urgency.truths(record), strict=True)
        return next((key for key, truth in urgent if truth is Truth.TRUE), None)

    def asking(self, question: str, record: Record) -> Truth:
        """Tell whether anybody is asked a question in this situation."""
        condition = self._reading.ask_if.get(question)
        if condition is None:
            return Truth.TRUE
        truths = self._asking.find(condition)
        return truths(record)[0] if truths else evaluate(condition, record)

    def on(self, day: date, in_force: Callable[[date], tuple[Indication, ...]]) -> DayRules:
        """Give how the indications that are in force on a day are read."""
        self._uses += 1
        if self._uses == WORTH_COMPILING:
            self._compile()
        rules = self._days.get(day)
        if rules is None:
            if len(self._days) >= _MOST_DAYS:
                self._days.clear()
                self._versions.clear()
            indications = in_force(day)
            versions = tuple(map(id, indications))
            # Most days have the same versions in force as the day before.
            rules = self._versions.setdefault(versions, DayRules(indications, self._general, self._reading))
            self._days[day] = rules
        rules.uses += 1
        if rules.uses == WORTH_COMPILING:
            rules.compile()
        return rules

    def _compile(self) -> None:
        # Imported here: a process that reads one set of answers compiles nothing.
        from cart_screen.engines.resolving import compile_resolve

        self.resolve = compile_resolve(self._reading)
        self._conflicts.compile()
        self._urgency.compile()

    def _asking_of(self, condition: Expression) -> Callable[[Record], tuple[Truth, ...]]:
        # Imported here: a process that reads one set of answers compiles nothing.
        from cart_screen.engines.python import Rules

        return Rules({"": condition}, self._reading).verdicts


@noun
class Standing:
    """
    How one indication stands: the points that are met, as bits in the order of the five, and those that are open.

    ``open`` has the places of the open points with what they ask for, ``unknown`` the same places as bits. ``best`` is
    the rung on which it ends where all of them come to be met.
    """

    best: int
    met: int
    unknown: int
    open: tuple[tuple[int, Criterion], ...]


def _standing(outcome: Outcome) -> Standing:
    points = [(place, outcome.statuses[id], outcome.indication.criteria[id]) for place, id in enumerate(CriterionId)]
    return Standing(
        best=rung(tuple(Status.NOT_MET if status is Status.NOT_MET else Status.MET for _, status, _ in points)),
        met=sum(1 << place for place, status, _ in points if status is Status.MET),
        unknown=sum(1 << place for place, status, _ in points if status is Status.UNKNOWN),
        open=tuple((place, criterion) for place, status, criterion in points if status is Status.UNKNOWN),
    )


class DayRules:
    """How the indications that are in force on one day are read, and the general criteria beside them."""

    def __init__(self, indications: Sequence[Indication], general: Sequence[Expression], reading: Reading) -> None:
        self.indications = tuple(indications)
        self.uses = 0
        self._reading = reading
        criteria = [indication.criteria[point].bare for indication in self.indications for point in CriterionId]
        # Many indications share a point; it is read once.
        self._read = Readings((*criteria, *general), reading)
        places = {id(expression): place for place, expression in enumerate(self._read.expressions)}
        self._places = places
        self._points = tuple(
            tuple(places[id(indication.criteria[point].bare)] for point in CriterionId)
            for indication in self.indications
        )
        self._outcomes: dict[tuple[Truth, ...], tuple[Outcome, ...]] = {}
        self._each: dict[tuple[int, tuple[Truth, ...]], Outcome] = {}
        self._standings: dict[int, Standing] = {}
        self._lower: dict[tuple[int, int], int] = {}

    @cached_property
    def poorer(self) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
        """
        The questions that are read in place of better ones, behind those that are better.

        Not those that a label criterion reads by itself, unless it is the derived answer's own question.
        """
        criteria = (indication.criteria[point] for indication in self.indications for point in LABEL)
        direct = {question for criterion in criteria for question in questions_of(criterion.bare)}
        found = []
        for derivation in self._reading.derivations.values():
            better: frozenset[str] = frozenset()
            for source in derivation.sources:
                read = frozenset(questions_of_value(source.value)) - better
                found.append((better, frozenset(id for id in read if id not in direct or id == derivation.question)))
                better |= read
        return tuple((better, poorer) for better, poorer in found if better and poorer)

    def compile(self) -> None:
        """Read by compiled functions from now on."""
        self._read.compile()

    def outcomes(self, record: Record) -> tuple[Outcome, ...]:
        """Give every indication with its five statuses."""
        truths = self._read.truths(record)
        found = self._outcomes.get(truths)
        if found is None:
            if len(self._outcomes) >= MOST_KEPT:
                self._outcomes.clear()
            found = tuple(
                self._outcome(place, tuple(truths[point] for point in points))
                for place, points in enumerate(self._points)
            )
            self._outcomes[truths] = found
        return found

    def leading(self, outcomes: Sequence[Outcome]) -> list[Standing]:
        """
        Give how the indications stand on which the guidance can still depend.

        Left out is what stays on the lowest rung, and what can never stand higher than one that is given.
        """
        kept = covered = 0
        standings = [self._standings[id(outcome)] for outcome in outcomes]
        for place, standing in enumerate(standings):
            if standing.best < _LOWEST and not covered >> place & 1:
                below = self._below(place, standing.met)
                kept = kept & ~below | 1 << place
                covered |= below
        return [standing for place, standing in enumerate(standings) if kept >> place & 1]

    def _below(self, place: int, met: int) -> int:
        """
        Give the indications, as bits, that never stand higher than one that meets some of its points.

        The one stands at least as high where each point is met, or is the same point.
        """
        found = self._lower.get((place, met))
        if found is None:
            found = 0
            for other, points in enumerate(self._points):
                pairs = zip(self._points[place], points, strict=True)
                if all(met >> number & 1 or one == same for number, (one, same) in enumerate(pairs)):
                    found |= 1 << other
            # At most 2 to the power of 5 for each indication.
            self._lower[(place, met)] = found
        return found

    def truth(self, expression: Expression, record: Record) -> Truth:
        """Give the truth of one of the expressions that are read here."""
        return self._read.truths(record)[self._places[id(expression)]]

    def awaited(self, expression: Expression, record: Record) -> dict[int, tuple[str, ...]]:
        """Give the questions that an expression awaits, by its identity, and what was found on the way."""
        if id(expression) in self._places:
            return self._read.awaited(expression, record)
        # A criterion of another day.
        return {id(expression): awaited(expression, record, self._reading)}

    def _outcome(self, place: int, truths: tuple[Truth, ...]) -> Outcome:
        key = (place, truths)
        if key not in self._each:
            statuses = {point: _STATUS[truth] for point, truth in zip(CriterionId, truths, strict=True)}
            # At most 3 to the power of 5 for each indication.
            outcome = Outcome(self.indications[place], statuses)
            self._standings[id(outcome)] = _standing(outcome)
            # Under many threads the first one stays, so that each of them is known by its identity.
            return self._each.setdefault(key, outcome)
        return self._each[key]


_ENGINES: dict[int, tuple[ref[CriteriaSet], SetEngine]] = {}


def engine_of(criteria: CriteriaSet) -> SetEngine:
    """Give the engine of a criteria set; it lives as long as the set."""
    found = _ENGINES.get(id(criteria))
    if found is None:
        key = id(criteria)
        found = _ENGINES[key] = (ref(criteria, lambda _: _ENGINES.pop(key, None)), SetEngine(criteria))
    return found[1]
