"""
The closed language that every criterion and every derived answer is lowered to.

It is as small as the criteria need: no user code, no regular expression, no implicit truthiness,
and no way to ask whether an answer is present. So more answers can only sharpen a result.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from cart_screen.answers.scalars import Scalar
from cart_screen.nouns import assert_never, noun


class Relation(Enum):
    """How a number is compared with a limit."""

    AT_LEAST = ">="
    AT_MOST = "<="
    ABOVE = ">"
    BELOW = "<"

    def holds(self, value: float, limit: float) -> bool:
        """Compare a value with a limit."""
        match self:
            case Relation.AT_LEAST:
                return value >= limit
            case Relation.AT_MOST:
                return value <= limit
            case Relation.ABOVE:
                return value > limit
            case Relation.BELOW:
                return value < limit
            case _:
                assert_never(self)


@noun
class Constant:
    """A statement that holds, or does not, whatever the answers."""

    value: bool


@noun
class Compare:
    """The answer to a question stands in a relation to a limit."""

    question: str
    relation: Relation
    limit: int | float


@noun
class Among:
    """The answer to a question is one of some values."""

    question: str
    values: tuple[Scalar, ...]


@noun
class And:
    """Every term holds."""

    terms: tuple[Expression, ...]


@noun
class Or:
    """At least one term holds."""

    terms: tuple[Expression, ...]


@noun
class Not:
    """The term does not hold."""

    term: Expression


@noun
class ExactlyOne:
    """One term holds and the others do not."""

    terms: tuple[Expression, ...]


@noun
class IfThenElse:
    """``(not condition or then) and (condition or otherwise) and (then or otherwise)``."""

    condition: Expression
    then: Expression
    otherwise: Expression


@noun
class Named:
    """
    A condition worth naming in a reason; read as its term.

    ``reason`` is the key of its words, ``sources`` are addresses of source entries, ``recoverable``
    says that it may change with time or treatment.
    """

    title: str
    reason: str
    sources: tuple[str, ...]
    recoverable: bool
    term: Expression


Expression = Constant | Compare | Among | And | Or | Not | ExactlyOne | IfThenElse | Named


@noun
class Given:
    """The value that was given for the derived question itself."""

    question: str


@noun
class Resolved:
    """The resolved answer to another question."""

    question: str


@noun
class Literal:
    """A fixed value."""

    value: Scalar


@noun
class Marker:
    """A fixed value, known as soon as another question is answered."""

    question: str
    value: Scalar


@noun
class Mapped:
    """The value that a table holds for the answer to another question; unknown where it holds none."""

    question: str
    table: tuple[tuple[Scalar, Scalar], ...]


class Operator(Enum):
    """The arithmetic that formulas need."""

    TIMES = "*"
    OVER = "/"
    MINUS = "-"


@noun
class Arithmetic:
    """Two numbers combined; unknown when one of them is, when the divisor is zero, or beyond what a number holds."""

    operator: Operator
    left: Value
    right: Value


@noun
class Choice:
    """One of two values by a condition; unknown while the condition is."""

    condition: Expression
    then: Value
    otherwise: Value


Value = Given | Resolved | Literal | Marker | Mapped | Arithmetic | Choice


@noun
class Source:
    """
    Where a derived answer may come from: a value, under a condition.

    ``measured`` names the input that makes a formula worth finishing: once it is given, the other
    inputs are looked for before a poorer source is read.
    """

    value: Value
    condition: Expression = Constant(True)
    measured: str | None = None


@noun
class Derivation:
    """A derived answer: the value of the first source that is known."""

    question: str
    sources: tuple[Source, ...]


def bare(expression: Expression) -> Expression:
    """Give an expression without its names, so that two which read the same are equal."""
    match expression:
        case Constant() | Compare() | Among():
            return expression
        case And(terms=terms):
            return And(tuple(bare(term) for term in terms))
        case Or(terms=terms):
            return Or(tuple(bare(term) for term in terms))
        case ExactlyOne(terms=terms):
            return ExactlyOne(tuple(bare(term) for term in terms))
        case Not(term=term):
            return Not(bare(term))
        case Named(term=term):
            return bare(term)
        case IfThenElse(condition=condition, then=then, otherwise=otherwise):
            return IfThenElse(bare(condition), bare(then), bare(otherwise))
        case _:
            assert_never(expression)


def terms_of(expression: Expression) -> tuple[Expression, ...]:
    """Give the expressions that one is put together from directly, in the order of reading."""
    match expression:
        case Constant() | Compare() | Among():
            return ()
        case And(terms=terms) | Or(terms=terms) | ExactlyOne(terms=terms):
            return terms
        case Not(term=term) | Named(term=term):
            return (term,)
        case IfThenElse(condition=condition, then=then, otherwise=otherwise):
            return (condition, then, otherwise)
        case _:
            assert_never(expression)


def questions_of(expression: Expression) -> Iterator[str]:
    """Give the id of every question that an expression reads, in the order of reading, repeats included."""
    if isinstance(expression, Compare | Among):
        yield expression.question
    for term in terms_of(expression):
        yield from questions_of(term)


def questions_of_value(value: Value) -> Iterator[str]:
    """Give the id of every question that a value is computed from; ``Given`` reads the question itself."""
    match value:
        case Literal():
            return
        case (
            Given(question=question)
            | Resolved(question=question)
            | Marker(question=question)
            | Mapped(question=question)
        ):
            yield question
        case Arithmetic(left=left, right=right):
            yield from questions_of_value(left)
            yield from questions_of_value(right)
        case Choice(condition=condition, then=then, otherwise=otherwise):
            yield from questions_of(condition)
            yield from questions_of_value(then)
            yield from questions_of_value(otherwise)
        case _:
            assert_never(value)
