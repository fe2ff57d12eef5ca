"""Answers given by mistake, each of which contradicts another answer of the same person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from .draws import Array, Draws
from .truths import Truths

Fits = Callable[[Truths], Array]


def _at_least_one(question: str) -> Fits:
    return lambda truths: truths.known(question) > 0


# What is said by mistake, and in whom it contradicts something.
_SLIPS: Sequence[tuple[str, Any, Fits]] = (
    ("prior_lines", 0, _at_least_one("relapse_count")),
    ("disease_status", "first-treatment", _at_least_one("relapse_count")),
    ("relapse_count", 0, lambda truths: truths.says("disease_status", "relapsed")),
    ("pregnant", True, lambda truths: truths.says("sex", "male")),
    (
        "cancer_group",
        "solid-tumor",
        lambda truths: truths.says("diagnosis", "multiple-myeloma", "mantle-cell-lymphoma"),
    ),
    ("cns_involvement", "primary", lambda truths: truths.says("diagnosis", "follicular-lymphoma", "multiple-myeloma")),
    ("refractory_to_last_therapy", False, lambda truths: truths.says("disease_status", "refractory")),
    ("on_dialysis", True, lambda truths: truths.says("kidney_state", "normal")),
)


def put_slips(truths: Truths, draws: Draws, share: float) -> None:
    """Let a share of people make one mistake each; in whom it would contradict nothing, it is not made."""
    slipping = draws.happens(share)
    which = draws.whole(0, len(_SLIPS) - 1)
    made = [(question, said, slipping & (which == place) & fits(truths))
            for place, (question, said, fits) in enumerate(_SLIPS)]  # fmt: skip
    for question, said, where in made:
        value = truths.codes(question, [said])[0] if isinstance(said, str) else said
        truths.values[question][where] = value
        truths.applies[question] |= where
