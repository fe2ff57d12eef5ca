"""What follows from the comparisons in some expressions, found once for each way in which they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from math import nan
from typing import Any, Generic, TypeVar

from cart_screen.answers.scalars import Scalar
from cart_screen.engines.fields import function, listed
from cart_screen.engines.leaves import Leaf, Leaves
from cart_screen.rules.derivations import Reading
from cart_screen.rules.expressions import Among, Compare, Expression, terms_of

Record = dict[str, Scalar]

# Of all expressions of a set; eight thousand simulated people had seven thousand ways in which their comparisons stood.
MOST_PATTERNS = 16_384

# What was found, by the truths of the comparisons and by the function that they belong to.
Kept = dict[tuple[object, ...], Any]

_T = TypeVar("_T")


class Patterns(Generic[_T]):
    """
    A function of a record that depends on nothing but which comparisons hold, fail or are open.

    The truth of an expression does, and so does what decides it: without an answer, the comparisons that read it are
    open. What was found is kept by these truths, in ``kept`` beside what others have found, so that all of it together
    is bounded. No answer is kept: people of every age over a limit are alike here.
    """

    def __init__(
        self, find: Callable[[Record], _T], expressions: Iterable[Expression], reading: Reading, kept: Kept
    ) -> None:
        self._find = find
        self._pattern = _pattern_of(expressions, reading, self)
        self._kept = kept

    def of(self, record: Record) -> _T:
        """Give what follows for a record; for equal truths it is one object as long as it is kept."""
        pattern = self._pattern(record)
        found: _T | None = self._kept.get(pattern)
        if found is None:
            if len(self._kept) >= MOST_PATTERNS:
                self._kept.clear()
            found = self._kept.setdefault(pattern, self._find(record))
        return found


def _pattern_of(
    expressions: Iterable[Expression], reading: Reading, owner: object
) -> Callable[[Record], tuple[object, ...]]:
    """Give the function that tells which answers are missing, of the others which comparisons hold, and the owner."""
    texts = Leaves(reading.dictionary)
    read: dict[str, dict[str, None]] = {}
    lines = ["g = d.get"]
    for leaf in (leaf for expression in expressions for leaf in _leaves(expression)):
        answer = f"a{list(read).index(leaf.question) if leaf.question in read else len(read)}"
        if leaf.question not in read:
            missing = ", NAN" if texts.is_number(leaf.question) else ""
            lines.append(f"{answer} = g({leaf.question!a}{missing})")
            read[leaf.question] = {texts.is_missing(leaf.question, answer): None}
        read[leaf.question][texts.surely(leaf, answer, answer, wanted=True)] = None
    lines.append(f"return {listed([*(text for each in read.values() for text in each), 'OWNER'])}")
    space: dict[str, Any] = {"NAN": nan, "OWNER": owner}
    exec(compile(function("pattern(d)", lines), "<rules: pattern>", "exec"), space)
    pattern: Callable[[Record], tuple[object, ...]] = space["pattern"]
    return pattern


def _leaves(expression: Expression) -> Iterator[Leaf]:
    if isinstance(expression, Compare | Among):
        yield expression
    for term in terms_of(expression):
        yield from _leaves(term)
