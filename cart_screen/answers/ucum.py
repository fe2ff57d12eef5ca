"""Units by their UCUM code: how they are printed, and how people type them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

# UCUM codes that a laboratory sheet or a person writes otherwise. A code that is not here is printed as it is.
_PRINTED = {
    "umol/L": "µmol/L",
    "10*3/uL": "x10^3/µL",
    "10*9/L": "x10^9/L",
    "/uL": "/µL",
    "[lb_av]": "lb",
    "a": "years",
    "mo": "months",
    "{score}": "",
    "{multiple}": "times",
}

# What else is typed for a unit, beside its code and its print; each stands for nothing else where it is accepted.
_ALSO_TYPED = {
    "10*3/uL": ("K/uL", "thou/uL", "thousand/uL", "10*3/mm3", "K/mm3"),
    "10*9/L": ("G/L", "giga/L"),
    "/uL": ("cells/uL", "/mm3", "cells/mm3"),
    "kg": ("kilo", "kilos", "kilogram", "kilograms", "kgs"),
    "[lb_av]": ("lbs", "pound", "pounds"),
    "a": ("year", "yr", "yrs"),
    "mo": ("month",),
    "%": ("percent",),
    "U/L": ("IU/L",),
    "{multiple}": ("x", "xULN", "timesULN"),
}

_SUPERSCRIPT = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_WORDS = (
    (r"\bper\b", "/"),
    (r"\bmicrolit(er|re)s?\b", "ul"),
    (r"\bdecilit(er|re)s?\b", "dl"),
    (r"\blit(er|re)s?\b", "l"),
    (r"\s+", ""),
    (r"\*\*|\^", "*"),
    (r"\b10e(?=\d)", "10*"),
    (r"mm\*3", "mm3"),
    (r"^[x\u00d7*](?=10\*)", ""),
    (r"mc(?=mol|l$)", "u"),
)


def printed(code: str) -> str:
    """Give a unit as a laboratory sheet or a person writes it; nothing where a number has no unit."""
    return _PRINTED.get(code, code)


def typed(code: str) -> str:
    """Give a unit as every keyboard can type it."""
    return printed(code).replace("µ", "u").removeprefix("x")


def code_typed(codes: Sequence[str], text: str) -> str | None:
    """
    Give the UCUM code that a text means among some codes, or None where it means none of them or several.

    The code itself comes first. Otherwise capitals, spaces, both micro signs and the ways of writing a power of ten
    make no difference: ``umol/L``, ``µmol/l`` and ``mcmol/L`` are one unit.
    """
    if text.strip() in codes:
        return text.strip()
    wanted = _plain(text)
    found = [code for code in codes if wanted and wanted in _spellings(code)]
    return found[0] if len(found) == 1 else None


def _spellings(code: str) -> set[str]:
    return {_plain(spelling) for spelling in (code, printed(code), *_ALSO_TYPED.get(code, ()))}


def _plain(text: str) -> str:
    plain = _SUPERSCRIPT.sub(lambda digits: f"^{digits[0]}", text.strip())
    # NFKC makes one letter of the two micro signs: the Greek one.
    plain = unicodedata.normalize("NFKC", plain).casefold().replace("μ", "u")
    for pattern, instead in _WORDS:
        plain = re.sub(pattern, instead, plain)
    return plain
