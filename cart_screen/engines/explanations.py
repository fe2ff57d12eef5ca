"""What expressions and criteria rest on: read plainly at first, by compiled functions once they pay."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter

from cart_screen.answers.scalars import Scalar
from cart_screen.findings import Reason, reasons
from cart_screen.model import Caution, Criterion, Source, Verified, weakest
from cart_screen.nouns import noun
from cart_screen.rules.derivations import Reading
from cart_screen.rules.expressions import And, Expression, Named, Or
from cart_screen.rules.reasons import because, named_parts, supporting
from cart_screen.rules.reference import evaluate
from cart_screen.truth import Truth

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from cart_screen.engines.patterns import Kept, Patterns
    from cart_screen.engines.python import Explained
    from cart_screen.engines.supports import CriterionRules


Record = dict[str, Scalar]
Explain = Callable[[Record], "tuple[Explained, ...]"]

# To compile a set costs about as much time as to read this many sets of answers plainly.
WORTH_COMPILING = 12

# Whatever is kept to be found again is bounded, for services that run for months.
MOST_KEPT = 4096
# Of compiled functions that no document names, each with some tens of kilobytes.
_MOST_WHOLES = 64

_REQUIREMENT = attrgetter("requirement")

# What CPython's compiler says of source that is too much for it; such rules are read plainly for good.
BEYOND_COMPILER = (RecursionError, MemoryError, IndentationError)


class Paying:
    """
    What is compiled from some objects once it has been asked for often enough, found by their identity.

    No more than ``most`` are kept at a time.
    """

    def __init__(self, compile: Callable[..., Any], most: int = MOST_KEPT) -> None:
        self._compile = compile
        self._most = most
        self._uses: dict[int | tuple[int, ...], int] = {}
        self._made: dict[int | tuple[int, ...], tuple[tuple[object, ...], Any]] = {}

    def find(self, *objects: object) -> Any:
        """Give what was compiled, or None where they are to be read plainly."""
        key = id(objects[0]) if len(objects) == 1 else tuple(map(id, objects))
        made = self._made.get(key)
        if made is not None:
            return made[1]
        if len(self._made) >= self._most or len(self._uses) >= MOST_KEPT:
            # Each has to be worth it again: to compile at every use would be slower than not to.
            self._made.clear()
            self._uses.clear()
        self._uses[key] = uses = self._uses.get(key, 0) + 1
        if uses < WORTH_COMPILING:
            return None
        try:
            compiled = self._compile(*objects)
        except BEYOND_COMPILER:
            compiled = None
        # The objects are kept with it, so that their identity is not given to others.
        self._made[key] = (objects, compiled)
        return compiled


@noun
class RestsOn:
    """The truth of a criterion and what it rests on; ``because`` are ids, so that it holds nobody's answers."""

    truth: Truth
    because: tuple[str, ...]
    reasons: tuple[Reason, ...]
    cautions: tuple[Caution, ...]
    sources: tuple[Source, ...]
    verified: Verified


def sources_of(criteria: Sequence[Criterion], cited: Iterable[Named | None]) -> tuple[Source, ...]:
    """Give the sources of one condition of each of some criteria, or of none, each source once."""
    pairs = zip(criteria, cited, strict=True)
    found = (criterion.sources[address] for criterion, named in pairs if named for address in named.sources)
    return tuple(dict.fromkeys(found))


class Explanations:
    """What single expressions and criteria rest on: each is compiled once it has been asked for often enough."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._equal: dict[Expression, Explain] = {}
        self._alike: dict[object, CriterionRules] = {}
        self._kept: Kept = {}
        self._together = Paying(self._because_of, _MOST_WHOLES)
        self._outermost = Paying(self._outermost_of, _MOST_WHOLES)
        self._criteria = Paying(self._rules_of)

    def rests_on(self, criterion: Criterion, record: Record) -> RestsOn:
        """Give what the status of a criterion rests on."""
        compiled = self._criteria.find(criterion)
        if compiled is not None:
            found: RestsOn = compiled.rests_on(record)
            return found
        truth = evaluate(criterion.bare, record)
        requirement = criterion.requirement
        cited = (address for part in supporting(requirement, record, truth) for address in part.sources)
        known = criterion.sources
        sources = tuple(dict.fromkeys(known[address] for address in cited if address in known))
        return RestsOn(
            truth,
            tuple(because(criterion.bare, record, self._reading)),
            reasons(named_parts(requirement, record, truth)),
            tuple(caution for caution in criterion.cautions if evaluate(caution.when, record) is Truth.TRUE),
            sources,
            weakest(sources),
        )

    def because(self, kind: type[And] | type[Or], expressions: Iterable[Expression], record: Record) -> tuple[str, ...]:
        """Give the ids of a minimal set of answers that forced several expressions as one; none while it is open."""
        terms = tuple({id(expression): expression for expression in expressions}.values())
        compiled = self._together.find(kind, *terms)
        return compiled.of(record) if compiled else tuple(because(kind(terms), record, self._reading))

    def outermost_sources(self, criteria: Sequence[Criterion], record: Record) -> tuple[Source, ...]:
        """Give the sources of the first named condition that each of some criteria rests on, each source once."""
        compiled = self._outermost.find(*criteria)
        if compiled is not None:
            sources: tuple[Source, ...] = compiled.of(record)
            return sources
        outermost = (next(supporting(one, record, evaluate(one, record)), None) for one in map(_REQUIREMENT, criteria))
        return sources_of(criteria, outermost)

    # Imported in these: a process that reads one set of answers compiles nothing.

    def _compiled_once(self, expression: Expression) -> Explain:
        # Many criteria of a set say the same in the same words, each as an object of its own.
        if expression not in self._equal:
            self._equal[expression] = self._compiled(expression)
        return self._equal[expression]

    def _compiled(self, expression: Expression) -> Explain:
        from cart_screen.engines.python import Rules

        return Rules({"": expression}, self._reading).explain

    def _because_of(self, kind: type[And] | type[Or], *terms: Expression) -> Patterns[tuple[str, ...]]:
        from cart_screen.engines.supports import because_by

        whole = kind(terms)
        return because_by(whole, self._compiled(whole), self._reading, self._kept)

    def _outermost_of(self, *criteria: Criterion) -> Patterns[tuple[Source, ...]]:
        from cart_screen.engines.supports import outermost_by

        return outermost_by(criteria, self._reading, self._kept)

    def _rules_of(self, criterion: Criterion) -> CriterionRules:
        from cart_screen.engines.supports import CriterionRules

        # Many indications ask the same of fitness and organ function, each in a criterion of its own.
        like = (criterion.requirement, criterion.cautions, tuple(criterion.sources.items()))
        if like not in self._alike:
            explain = self._compiled_once(criterion.requirement)
            self._alike[like] = CriterionRules(criterion, explain, self._reading, self._kept)
        return self._alike[like]
