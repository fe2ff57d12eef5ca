"""The closed list of formulas that derived answers may use, as expressions that every engine runs."""

from __future__ import annotations

from collections.abc import Callable

from cart_screen.nouns import noun
from cart_screen.rules.expressions import Among, Arithmetic, Choice, Literal, Operator, Resolved, Value


@noun
class Formula:
    """A named formula: its inputs, which of them is the measured one, and its value for question ids."""

    inputs: tuple[str, ...]
    measured: str
    value: Callable[..., Value]


def _cockcroft_gault(age: str, weight: str, creatinine: str, sex: str) -> Value:
    """
    Give creatinine clearance in mL/min from years, kg and mg/dL, for adults.

    (140 - age) x weight / (72 x creatinine), times 0.85 for women.
    Source: https://www.tabers.com/tabersonline/view/Tabers-Dictionary/738131/all/Cockcroft_Gault_formula
    """
    mass = Arithmetic(Operator.TIMES, Arithmetic(Operator.MINUS, Literal(140), Resolved(age)), Resolved(weight))
    base = Arithmetic(Operator.OVER, mass, Arithmetic(Operator.TIMES, Literal(72), Resolved(creatinine)))
    return Choice(Among(sex, ("female",)), Arithmetic(Operator.TIMES, base, Literal(0.85)), base)


def _multiple(value: str, limit: str) -> Value:
    """Give how many times the laboratory's upper limit a value is, both in the same unit."""
    return Arithmetic(Operator.OVER, Resolved(value), Resolved(limit))


FORMULAS = {
    "cockcroft-gault": Formula(("age", "weight", "creatinine", "sex"), "creatinine", _cockcroft_gault),
    "multiple-of-limit": Formula(("value", "limit"), "value", _multiple),
}
