"""The engine of a criteria set: plain reading at first, compiled functions once they pay."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import cached_property
from operator import itemgetter
from weakref import ref

from cart_screen.answers.given import Answers
from cart_screen.answers.scalars import Scalar
from cart_screen.engines.explanations import BEYOND_COMPILER, MOST_KEPT, WORTH_COMPILING, Explanations, Paying
from cart_screen.engines.standings import Standing, Standings, standing_of
from cart_screen.findings import Outcome
from cart_screen.ladder import Status
from cart_screen.model import LABEL, CriteriaSet, CriterionId, Indication
from cart_screen.rules.derivations import Reading
from cart_screen.rules.expressions import Expression, questions_of, questions_of_value
from cart_screen.rules.reasons import awaited
from cart_screen.rules.reference import evaluate
from cart_screen.truth import Truth

Record = dict[str, Scalar]

# From the place of an expression to the questions that can still change it.
Waiting = Callable[[int], tuple[str, ...]]

_MOST_DAYS = 64

_TRUTH, _AWAITING = itemgetter(0), itemgetter(1)

_STATUS = {Truth.TRUE: Status.MET, Truth.UNKNOWN: Status.UNKNOWN, Truth.FALSE: Status.NOT_MET}


class Readings:
    """What some expressions are worth under one record after another."""

    def __init__(self, expressions: Iterable[Expression], reading: Reading) -> None:
        self.expressions = tuple({id(expression): expression for expression in expressions}.values())
        self.truths: Callable[[Record], tuple[Truth, ...]] = self._truths
        self.read: Callable[[Record], tuple[tuple[Truth, ...], Waiting]] = self._read
        self._reading = reading

    def compile(self) -> None:
        """Read by compiled functions from now on."""
        # Imported here: a process that reads one set of answers compiles nothing.
        from cart_screen.engines.python import Rules

        rules = Rules({str(place): one for place, one in enumerate(self.expressions)}, self._reading)
        try:
            truths, evaluated = rules.verdicts, rules.evaluate
        except BEYOND_COMPILER:
            return

        def read(record: Record) -> tuple[tuple[Truth, ...], Waiting]:
            found = evaluated(record)
            return tuple(map(_TRUTH, found)), tuple(map(_AWAITING, found)).__getitem__

        self.truths = truths
        self.read = read

    def _truths(self, record: Record) -> tuple[Truth, ...]:
        return tuple(evaluate(expression, record) for expression in self.expressions)

    def _read(self, record: Record) -> tuple[tuple[Truth, ...], Waiting]:
        found: dict[int, tuple[str, ...]] = {}

        def waiting(place: int) -> tuple[str, ...]:
            if place not in found:
                found[place] = awaited(self.expressions[place], record, self._reading)
            return found[place]

        return self._truths(record), waiting


class Holding:
    """Which of some conditions hold under one record after another."""

    def __init__(self, conditions: Mapping[str, Expression], reading: Reading) -> None:
        self.of: Callable[[Record], tuple[str, ...]] = self._of
        self._conditions = conditions
        self._reading = reading

    def compile(self) -> None:
        """Read by a compiled function from now on."""
        # Imported here: a process that reads one set of answers compiles nothing.
        from cart_screen.engines.holding import compile_holding

        with suppress(*BEYOND_COMPILER):
            self.of = compile_holding(self._conditions, self._reading)

    def _of(self, record: Record) -> tuple[str, ...]:
        return tuple(key for key, holds in self._conditions.items() if evaluate(holds, record) is Truth.TRUE)


class SetEngine:
    """How the answers of one person are read under one criteria set."""

    def __init__(self, criteria: CriteriaSet) -> None:
        self.resolve: Callable[[Answers], Record] = criteria.reading.resolve
        self._reading = criteria.reading
        self._conflicts = Holding(criteria.reading.conflicts, criteria.reading)
        self._urgency = Holding(criteria.reading.urgency, criteria.reading)
        self._asking = Paying(self._asking_of)
        self._asked: dict[str, Callable[[Record], tuple[Truth, ...]]] = {}
        self._general = tuple(criterion.bare for criterion in criteria.general.values())
        self.explanations = Explanations(criteria.reading)
        self._uses = 0
        self._days: dict[date, DayRules] = {}
        self._versions: dict[tuple[int, ...], DayRules] = {}

    def conflicts(self, record: Record) -> tuple[str, ...]:
        """Give the impossible pairs of answers that stand in a record."""
        return self._conflicts.of(record)

    def urgency(self, record: Record) -> str | None:
        """Give the key of the first urgent words whose condition holds."""
        urgent = self._urgency.of(record)
        return urgent[0] if urgent else None

    def asking(self, question: str, record: Record) -> Truth:
        """Tell whether anybody is asked a question in this situation."""
        asked = self._asked.get(question)
        if asked is not None:
            return asked(record)[0]
        condition = self._reading.ask_if.get(question)
        if condition is None:
            return Truth.TRUE
        compiled = self._asking.find(condition)
        if compiled is None:
            return evaluate(condition, record)
        # At most one for each question of the dictionary.
        self._asked[question] = compiled
        truth: Truth = compiled(record)[0]
        return truth

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


class DayRules:
    """
    How the indications that are in force on one day are read, and the general criteria beside them.

    ``places`` finds, by the identity of an expression, its place among all that are read here.
    """

    def __init__(self, indications: Sequence[Indication], general: Sequence[Expression], reading: Reading) -> None:
        self.indications = tuple(indications)
        self.uses = 0
        self._reading = reading
        criteria = [indication.criteria[point].bare for indication in self.indications for point in CriterionId]
        # Many indications share a point; it is read once.
        self._read = Readings((*criteria, *general), reading)
        self.places = places = {id(expression): place for place, expression in enumerate(self._read.expressions)}
        self._points = tuple(
            tuple(places[id(indication.criteria[point].bare)] for point in CriterionId)
            for indication in self.indications
        )
        self._standings: dict[tuple[Truth, ...], Standings] = {}
        self._each: dict[tuple[int, tuple[Truth, ...]], Standing] = {}
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

    def truths(self, record: Record) -> tuple[Truth, ...]:
        """Give what everything that is read here is worth."""
        return self._read.truths(record)

    def read(self, record: Record) -> tuple[tuple[Truth, ...], Waiting]:
        """Give what everything that is read here is worth, and what each of it awaits, by its place."""
        return self._read.read(record)

    def standings(self, truths: tuple[Truth, ...]) -> Standings:
        """Give how the indications stand where everything that is read here is worth so much."""
        found = self._standings.get(truths)
        if found is None:
            if len(self._standings) >= MOST_KEPT:
                self._standings.clear()
            each = (
                self._standing(place, tuple([truths[point] for point in points]))
                for place, points in enumerate(self._points)
            )
            found = self._standings[truths] = Standings(tuple(each), self._below)
        return found

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

    def _standing(self, place: int, truths: tuple[Truth, ...]) -> Standing:
        key = (place, truths)
        if key not in self._each:
            statuses = {point: _STATUS[truth] for point, truth in zip(CriterionId, truths, strict=True)}
            # At most 3 to the power of 5 for each indication. Under many threads the first one stays, so that each
            # outcome is known by its identity.
            return self._each.setdefault(key, standing_of(Outcome(self.indications[place], statuses)))
        return self._each[key]


_ENGINES: dict[int, tuple[ref[CriteriaSet], SetEngine]] = {}


def engine_of(criteria: CriteriaSet) -> SetEngine:
    """Give the engine of a criteria set; it lives as long as the set."""
    found = _ENGINES.get(id(criteria))
    if found is None:
        key = id(criteria)
        found = _ENGINES[key] = (ref(criteria, lambda _: _ENGINES.pop(key, None)), SetEngine(criteria))
    return found[1]
