"""What is allowed, in every accepted unit: limits that convert exactly, as text."""

from __future__ import annotations

from fractions import Fraction

from cart_screen.answers.ucum import printed
from cart_screen.answers.unit import Unit

# A converted limit with more digits than this is shown rounded, to as many as are read at a glance.
_MOST_DIGITS = 6
_ROUNDED_DIGITS = 4


def range_in(minimum: float | None, maximum: float | None, unit: Unit) -> tuple[str, str] | None:
    """
    Give the lowest and the highest value in a unit, as text, or None where there is no bound on a side.

    A limit that has too many digits there is rounded inwards, so that every limit shown is itself allowed.
    """
    if minimum is None or maximum is None:
        return None
    by = factor(unit)
    return _short(exact(minimum) / by, up=True), _short(exact(maximum) / by, up=False)


def ranges(minimum: float | None, maximum: float | None, units: tuple[Unit, ...]) -> str:
    """Give what is allowed in every accepted unit, as a phrase: ``0.1 to 40 mg/dL (8.84 to 3536 µmol/L)``."""
    said = []
    for unit in units or (Unit(""),):
        limits = range_in(minimum, maximum, unit)
        if limits is None:
            return ""
        said.append(f"{limits[0]} to {limits[1]} {printed(unit.code)}".strip())
    return said[0] + (f" ({', '.join(said[1:])})" if said[1:] else "")


def factor(unit: Unit) -> Fraction:
    """Give what a value in a unit is multiplied with to be in the canonical one, exactly."""
    return exact(unit.multiply) / exact(unit.divide)


def exact(number: float) -> Fraction:
    """Give the decimal number that was meant, exactly."""
    # 88.4 is meant, not the binary fraction next to it that Python computes with: the shortest text gives it back.
    return Fraction(number) if isinstance(number, int) else Fraction(repr(number))


def _short(limit: Fraction, *, up: bool) -> str:
    digits = len(str(abs(limit.numerator) // limit.denominator).lstrip("0"))
    for places in range(_MOST_DIGITS - digits + 1):
        if (limit * 10**places).denominator == 1:
            return _decimal(limit, places, up=up)
    return _decimal(limit, max(0, _ROUNDED_DIGITS - digits), up=up)


def _decimal(limit: Fraction, places: int, *, up: bool) -> str:
    scaled = limit * 10**places
    whole = -(-scaled.numerator // scaled.denominator) if up else scaled.numerator // scaled.denominator
    sign, text = ("-", str(-whole)) if whole < 0 else ("", str(whole))
    text = text.rjust(places + 1, "0")
    return sign + (text if places == 0 else f"{text[:-places]}.{text[-places:]}")
