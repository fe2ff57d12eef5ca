"""
The nodes of columns: nullable booleans, and the numbers that some of them compare.

Null is unknown. ``Every``, ``Some`` and ``Opposite`` are strong Kleene, as every backend reads AND, OR and NOT.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from cart_screen.rules.expressions import Among, Compare, Operator, Relation


@dataclass(frozen=True, slots=True, eq=False)
class Number:
    """A numeric answer as it stands in its column, as a 64-bit float; null where it is missing."""

    question: str


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """A fixed number."""

    value: float


@dataclass(frozen=True, slots=True, eq=False)
class Combined:
    """Two numbers combined; null when one of them is, or when the divisor is zero."""

    operator: Operator
    left: Numeric
    right: Numeric


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """The number whose condition holds; at most one condition does, and none is null."""

    cases: tuple[tuple[Node, Numeric], ...]


Numeric = Number | Figure | Combined | Chosen


@dataclass(frozen=True, slots=True, eq=False)
class Fixed:
    """The same for every row; None is unknown."""

    value: bool | None


@dataclass(frozen=True, slots=True, eq=False)
class Given:
    """Whether there is an answer in a column; never null."""

    question: str


@dataclass(frozen=True, slots=True, eq=False)
class Holds:
    """A condition on the answer in a column; null where there is none."""

    leaf: Compare | Among


@dataclass(frozen=True, slots=True, eq=False)
class Reaches:
    """A computed number stands in a relation to a limit; null where it is."""

    number: Numeric
    relation: Relation
    limit: float


@dataclass(frozen=True, slots=True, eq=False)
class Every:
    """Kleene AND."""

    terms: tuple[Node, ...]
    sure: bool


@dataclass(frozen=True, slots=True, eq=False)
class Some:
    """Kleene OR."""

    terms: tuple[Node, ...]
    sure: bool


@dataclass(frozen=True, slots=True, eq=False)
class Opposite:
    """Kleene NOT."""

    term: Node


@dataclass(frozen=True, slots=True, eq=False)
class Differ:
    """One of two holds and the other does not; null where one is."""

    left: Node
    right: Node


@dataclass(frozen=True, slots=True, eq=False)
class Surely:
    """Whether a node is known to hold; never null."""

    term: Node


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """Whether a node is not null; never null."""

    term: Node


@dataclass(frozen=True, slots=True, eq=False)
class Where:
    """A node where a condition holds, null elsewhere; the condition is never null."""

    condition: Node
    then: Node


@dataclass(frozen=True, slots=True, eq=False)
class Outside:
    """Whether a column holds something that its question does not allow; never null."""

    question: str


Node = Fixed | Given | Outside | Holds | Reaches | Every | Some | Opposite | Differ | Surely | Known | Where

TRUE = Fixed(True)
FALSE = Fixed(False)
UNKNOWN = Fixed(None)
_FIXED = {True: TRUE, False: FALSE, None: UNKNOWN}


def fixed(value: bool | None) -> Fixed:
    """Give the node that is the same for every row."""
    return _FIXED[value]


def is_sure(node: Node) -> bool:
    """Tell whether a node is never null."""
    match node:
        case Fixed(value=value):
            return value is not None
        case Every(sure=sure) | Some(sure=sure):
            return sure
        case Opposite(term=term):
            return is_sure(term)
        case Differ(left=left, right=right):
            return is_sure(left) and is_sure(right)
        case Given() | Outside() | Surely() | Known():
            return True
        case Holds() | Reaches() | Where():
            return False
        case _:
            assert_never(node)


def parts_of(node: Node | Numeric) -> tuple[Node | Numeric, ...]:
    """Give what a node or a number is computed from directly, each as often as it is read."""
    match node:
        case Fixed() | Given() | Outside() | Holds() | Number() | Figure():
            return ()
        case Reaches(number=number):
            return (number,)
        case Every(terms=terms) | Some(terms=terms):
            return terms
        case Opposite(term=term) | Surely(term=term) | Known(term=term):
            return (term,)
        case Differ(left=left, right=right):
            return (left, right)
        case Where(condition=condition, then=then):
            return (condition, then)
        case Combined(left=first, right=second):
            return (first, second)
        case Chosen(cases=cases):
            return tuple(part for case in cases for part in case)
        case _:
            assert_never(node)
