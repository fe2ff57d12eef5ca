"""The engine of a criteria set: plain reading at first, compiled functions once they pay."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from weakref import ref

from cart_screen.answers.given import Answers
from cart_screen.answers.scalars import Scalar
from cart_screen.findings import Outcome
from cart_screen.ladder import Status
from cart_screen.model import CriteriaSet, CriterionId, Indication
from cart_screen.rules.derivations import Reading
from cart_screen.rules.expressions import Expression, Named
from cart_screen.rules.reasons import awaited, because, named_parts
from cart_screen.rules.reference import evaluate
from cart_screen.truth import Truth

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cart_screen.engines.python import Explained

Record = dict[str, Scalar]

# To compile a set costs about as much time as to read this many sets of answers plainly.
_WORTH_COMPILING = 12

# Whatever is kept to be found again is bounded, for services that run for months.
_MOST_KEPT = 4096
_MOST_DAYS = 64

# What CPython's compiler says of source that is too much for it; such rules are read plainly for good.
_BEYOND_COMPILER = (RecursionError, MemoryError)
_NEVER = -(10**12)

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
        except _BEYOND_COMPILER:
            return

        def every(_: Expression, record: Record) -> dict[int, tuple[str, ...]]:
            # All of them cost hardly more than one.
            return {key: awaiting for key, (_, awaiting) in zip(keys, evaluated(record), strict=True)}

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

    def on(self, day: date, in_force: Callable[[date], tuple[Indication, ...]]) -> DayRules:
        """Give how the indications that are in force on a day are read."""
        self._uses += 1
        if self._uses == _WORTH_COMPILING:
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
        if rules.uses == _WORTH_COMPILING:
            rules.compile()
        return rules

    def _compile(self) -> None:
        # Imported here: a process that reads one set of answers compiles nothing.
        from cart_screen.engines.resolving import compile_resolve

        self.resolve = compile_resolve(self._reading)
        self._conflicts.compile()
        self._urgency.compile()


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

    def compile(self) -> None:
        """Read by compiled functions from now on."""
        self._read.compile()

    def outcomes(self, record: Record) -> tuple[Outcome, ...]:
        """Give every indication with its five statuses."""
        truths = self._read.truths(record)
        found = self._outcomes.get(truths)
        if found is None:
            if len(self._outcomes) >= _MOST_KEPT:
                self._outcomes.clear()
            found = tuple(
                self._outcome(place, tuple(truths[point] for point in points))
                for place, points in enumerate(self._points)
            )
            self._outcomes[truths] = found
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
            self._each[key] = Outcome(self.indications[place], statuses)
        return self._each[key]


class Explanations:
    """What single expressions rest on: each is compiled once it has been asked for often enough."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._uses: dict[int, int] = {}
        self._compiled: dict[int, tuple[Expression, Callable[[Record], tuple[Explained, ...]]]] = {}

    def because(self, expression: Expression, record: Record) -> tuple[str, ...]:
        """Give the ids of a minimal set of answers that forced an expression; none while it is open."""
        compiled = self._found(expression)
        return compiled(record)[0].because if compiled else tuple(because(expression, record, self._reading))

    def names(self, expression: Expression, truth: Truth, record: Record) -> tuple[Named, ...]:
        """Give the named conditions that explain an expression having a truth; none where it has another."""
        compiled = self._found(expression)
        if compiled is None:
            return tuple(dict.fromkeys(named_parts(expression, record, truth)))
        (explained,) = compiled(record)
        return explained.reasons if explained.truth is truth else ()

    def _found(self, expression: Expression) -> Callable[[Record], tuple[Explained, ...]] | None:
        key = id(expression)
        if key in self._compiled:
            return self._compiled[key][1]
        self._uses[key] = self._uses.get(key, 0) + 1
        if self._uses[key] < _WORTH_COMPILING:
            return None
        # Imported here: a process that reads one set of answers compiles nothing.
        from cart_screen.engines.python import Rules

        try:
            explain = Rules({"": expression}, self._reading).explain
        except _BEYOND_COMPILER:
            self._uses[key] = _NEVER
            return None
        # The expression is kept with its function, so that its identity is not given to another one.
        self._compiled[key] = (expression, explain)
        return explain


_ENGINES: dict[int, tuple[ref[CriteriaSet], SetEngine]] = {}


def engine_of(criteria: CriteriaSet) -> SetEngine:
    """Give the engine of a criteria set; it lives as long as the set."""
    found = _ENGINES.get(id(criteria))
    if found is None:
        key = id(criteria)
        found = _ENGINES[key] = (ref(criteria, lambda _: _ENGINES.pop(key, None)), SetEngine(criteria))
    return found[1]
