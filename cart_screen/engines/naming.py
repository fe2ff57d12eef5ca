"""Which named conditions explain an expression, as Python source: a mask of names."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from cart_screen.engines.fields import united
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
)
from cart_screen.truth import Truth

# Tells whether a part has a truth, as text.
Tells = Callable[[Expression, Truth], str]


def names_text(expression: Expression, wanted: Truth, shift: int, tells: Tells) -> tuple[str, tuple[Named, ...]]:
    """
    Give the text of the mask of the outermost names that explain an expression having a truth, and these names.

    The expression is known to have it. The names have the bits from ``shift`` on, in the order of reading; one that
    stands at two places is there twice.
    """
    names: list[Named] = []

    def inside(part: Expression) -> str:
        """Give the mask of a part that may have another truth."""
        text = whole(part)
        return text if text == "0" else f"({text} if {tells(part, wanted)} else 0)"

    def whole(part: Expression) -> str:
        match part:
            case Named(reason=reason, term=term):
                inner = whole(term)
                if not reason:
                    return inner
                names.append(part)
                own = 1 << (shift + len(names) - 1)
                return str(own) if inner == "0" else f"({inner} or {own})"
            case And(terms=terms) | Or(terms=terms) | ExactlyOne(terms=terms):
                return _union([inside(term) for term in terms])
            case IfThenElse(condition=condition, then=then, otherwise=otherwise):
                yes, no = inside(then), inside(otherwise)
                if yes == no == "0":
                    return "0"
                # Each branch is written once, or the text would double with every `if` in one.
                holds, fails = tells(condition, Truth.TRUE), tells(condition, Truth.FALSE)
                taken = [
                    f"({text} if not {other} else 0)" for text, other in ((yes, fails), (no, holds)) if text != "0"
                ]
                return _union(taken)
            case Constant() | Compare() | Among() | Not():
                # What stands in a negation explains nothing by its own name.
                return "0"
            case _:
                assert_never(part)

    return whole(expression), tuple(names)


def _union(texts: list[str]) -> str:
    said = [text for text in texts if text != "0"]
    return f"({united(said, '|')})" if len(said) > 1 else (said or ["0"])[0]
