"""What the finding of a criterion rests on, by compiled functions: named conditions, sources and cautions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

from cart_screen.answers.scalars import Scalar
from cart_screen.engines.explanations import Explain, RestsOn, sources_of
from cart_screen.engines.fields import function, indented, listed
from cart_screen.engines.patterns import Kept, Patterns
from cart_screen.engines.python import Rules
from cart_screen.findings import Reason, reasons
from cart_screen.model import Caution, Criterion, Source, Verified, weakest
from cart_screen.rules.derivations import Reading
from cart_screen.rules.expressions import And, Constant, ExactlyOne, Expression, IfThenElse, Named, Or
from cart_screen.truth import Truth

Record = dict[str, Scalar]

# Of the ways in which the conditions of one criterion hold; each is some references to parts of the criteria.
_MOST_KEPT = 256

_T = TypeVar("_T")


class Supports:
    """
    The named conditions that the truth of each of some expressions rests on, as ``reasons.supporting`` gives them.

    ``named`` lists, for each expression, all that there are, outer ones before inner ones. ``holding`` are more
    expressions, of which only is told whether they hold.
    """

    def __init__(self, expressions: Sequence[Expression], reading: Reading, holding: Sequence[Expression] = ()) -> None:
        self._places: dict[int, int] = {}
        self._parts: list[Expression] = []
        walks = [(self._place(expression), tuple(self._walk(expression))) for expression in expressions]
        self.named = tuple(tuple(step.named for step in steps if step.named) for _, steps in walks)
        held = [self._place(expression) for expression in holding]
        self._truths = Rules({str(place): part for place, part in enumerate(self._parts)}, reading).verdicts
        self._marks = _marking(walks, held, len(self._parts))

    def marks(self, record: Record) -> tuple[int, ...]:
        """Give those that an expression rests on as bits, for each expression, and then which others hold as bits."""
        return self._marks(self._truths(record))

    def outermost(self, record: Record) -> tuple[Named | None, ...]:
        """Give the first that each expression rests on, None where there is none."""
        pairs = zip(self.named, self.marks(record), strict=False)
        return tuple([named[(marks & -marks).bit_length() - 1] if marks else None for named, marks in pairs])

    def _walk(self, expression: Expression) -> Iterator[_Step]:
        """Give the steps through an expression; none where nothing in it is named."""
        inner = list(self._inner(expression))
        if isinstance(expression, Named):
            condition = _case(expression.term)
            if condition is None:
                yield _Step(self._place(expression), None, expression, len(inner))
            else:
                yield _Step(self._place(expression), None, None, len(inner) + 1)
                yield _Step(self._place(condition), Truth.FALSE, expression, len(inner))
        elif inner:
            yield _Step(self._place(expression), None, None, len(inner))
        yield from inner

    def _inner(self, expression: Expression) -> Iterator[_Step]:
        match expression:
            case Named(term=term):
                # It has the truth of its term.
                yield from self._walk(term) if isinstance(term, Named) else self._inner(term)
            case And(terms=terms) | Or(terms=terms) | ExactlyOne(terms=terms):
                for term in terms:
                    yield from self._walk(term)
            case IfThenElse(condition=condition, then=then, otherwise=otherwise):
                for branch, unless in ((then, Truth.FALSE), (otherwise, Truth.TRUE)):
                    steps = list(self._walk(branch))
                    if steps:
                        yield _Step(self._place(condition), unless, None, len(steps))
                        yield from steps
            case _:
                return

    def _place(self, part: Expression) -> int:
        if id(part) not in self._places:
            self._places[id(part)] = len(self._parts)
            self._parts.append(part)
        return self._places[id(part)]


class CriterionRules:
    """
    A criterion as compiled functions: what it is worth, and everything that its finding rests on.

    ``rests_on`` gives for a record what the status rests on; equal parts are one object as long as they are kept.
    """

    def __init__(self, criterion: Criterion, explain: Explain, reading: Reading, kept: Kept) -> None:
        holding = [caution.when for caution in criterion.cautions]
        self._criterion = criterion
        self._explain = explain
        self._supports = Supports((criterion.requirement,), reading, holding)
        self.rests_on = Patterns(self._found, (criterion.requirement, *holding), reading, kept).of
        self._sources: dict[int, tuple[tuple[Source, ...], Verified]] = {}
        self._cautions: dict[int, tuple[Caution, ...]] = {}
        self._reasons: dict[int, tuple[tuple[Named, ...], tuple[Reason, ...]]] = {}

    def _found(self, record: Record) -> RestsOn:
        (explained,) = self._explain(record)
        marks, holding = self._supports.marks(record)
        sources, cautions = self._sources.get(marks), self._cautions.get(holding)
        if sources is None:
            sources = _kept(self._sources, marks, self._cited(marks))
        if cautions is None:
            held = (caution for place, caution in enumerate(self._criterion.cautions) if holding >> place & 1)
            cautions = _kept(self._cautions, holding, tuple(held))
        said = self._reasons.get(id(explained.reasons))
        if said is None:
            # The conditions are kept too, so that their identity is not given to others.
            said = _kept(self._reasons, id(explained.reasons), (explained.reasons, reasons(explained.reasons)))
        return RestsOn(explained.truth, explained.because, said[1], cautions, *sources)

    def _cited(self, marks: int) -> tuple[tuple[Source, ...], Verified]:
        known = self._criterion.sources
        (named,) = self._supports.named
        cited = (address for place, part in enumerate(named) if marks >> place & 1 for address in part.sources)
        sources = tuple(dict.fromkeys(known[address] for address in cited if address in known))
        return sources, weakest(sources)


def outermost_by(criteria: Sequence[Criterion], reading: Reading, kept: Kept) -> Patterns[tuple[Source, ...]]:
    """Give the sources of the first named condition that each of some criteria rests on, by compiled functions."""
    requirements = [criterion.requirement for criterion in criteria]
    supports = Supports(requirements, reading)
    return Patterns(lambda record: sources_of(criteria, supports.outermost(record)), requirements, reading, kept)


def because_by(expression: Expression, explain: Explain, reading: Reading, kept: Kept) -> Patterns[tuple[str, ...]]:
    """Give the ids of a minimal set of answers that forced an expression, by compiled functions."""
    return Patterns(lambda record: explain(record)[0].because, (expression,), reading, kept)


def _kept(known: dict[int, _T], key: int, made: _T) -> _T:
    if len(known) >= _MOST_KEPT:
        known.clear()
    return known.setdefault(key, made)


class _Step(NamedTuple):
    """
    A part that must have the truth of the whole, or another one than ``unless``; else so many steps are left out.

    ``named`` is the condition that is taken where it has.
    """

    place: int
    unless: Truth | None
    named: Named | None
    inside: int


def _case(expression: Expression) -> Expression | None:
    """Give the condition under which an expression is about a case at all, None where it always is."""
    if isinstance(expression, IfThenElse) and isinstance(expression.otherwise, Constant):
        return expression.condition
    return None


def _marking(
    walks: Sequence[tuple[int, Sequence[_Step]]], held: Sequence[int], parts: int
) -> Callable[[Sequence[Truth]], tuple[int, ...]]:
    """Give the function from the truths of all parts to the bits of what is taken on each walk, and of what holds."""
    lines = [f"{listed(f't{place}' for place in range(parts))} = t"]
    for number, (root, steps) in enumerate(walks):
        lines += [f"w = t{root}", f"m{number} = 0"]
        bits = iter(range(len(steps)))
        lines += _lines(steps, f"m{number}", bits)
    lines.append("h = 0")
    for number, place in enumerate(held):
        lines += [f"if t{place} is TRUE:", *indented([f"h |= {1 << number}"])]
    lines.append(f"return {listed([*(f'm{number}' for number in range(len(walks))), 'h'])}")
    space: dict[str, Any] = {truth.name: truth for truth in Truth}
    exec(compile(function("marks(t)", lines), "<rules: marks>", "exec"), space)
    marks: Callable[[Sequence[Truth]], tuple[int, ...]] = space["marks"]
    return marks


def _lines(steps: Sequence[_Step], marks: str, bits: Iterator[int]) -> Iterator[str]:
    while steps:
        step, inside = steps[0], steps[1 : steps[0].inside + 1]
        yield f"if t{step.place} is {'w' if step.unless is None else f'not {step.unless.name}'}:"
        if step.named:
            yield from indented([f"{marks} |= {1 << next(bits)}"])
        yield from indented(_lines(inside, marks, bits))
        steps = steps[step.inside + 1 :]
