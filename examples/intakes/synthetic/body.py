"""The body of many people: strength, organs and blood. Every share is an assumption."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .draws import Array, Draws
from .truths import Truths

_ADULT = 18
# Under this age children are described by the Lansky scale.
_LANSKY_BELOW = 16
_LEVELS = (
    "fully-active", "light-work-only", "up-more-than-half-the-day", "resting-more-than-half-the-day", "in-bed-all-day",
)  # fmt: skip
_FRAILTY = np.array((0.33, 0.58, 0.75, 0.9))
_KARNOFSKY = np.array((90, 80, 70, 50, 20))
_LANSKY = np.array((100, 80, 70, 50, 20))
_KIDNEY = ("normal", "mildly-reduced", "severely-reduced", "dialysis")
_HEART = ("no-problem", "mild-problem", "heart-failure")
_LUNG = ("no-problem", "breathless-on-effort", "needs-oxygen-or-breathless-at-rest")
_LIVER = ("normal", "mildly-abnormal", "severely-abnormal")

# Shares of good, reduced and bad organs.
_SOUND = (84, 12, 4)
_FRAIL = (50, 30, 20)
# The share of numbers that stand on a limit of the criteria or right beside it.
_EDGES = 0.03


def put_body(truths: Truths, draws: Draws, age: Array, female: Array) -> None:
    """Draw strength and organs, measured and in plain words that say the same."""
    frailty = np.minimum(draws.skewed(1.6, 3.4) + np.where(age > 75, 0.1, 0), 1)
    frail = frailty > _FRAILTY[1]
    _strength(truths, age, frailty)
    _kidney(truths, draws, age, female, frail)
    _liver(truths, draws, frail)
    _heart_and_lung(truths, draws, frail)
    truths.put("anc", np.where(draws.happens(0.18), draws.number(0.1, 1.2, 1), draws.number(1.0, 7.5, 1)))
    truths.put("platelets", np.where(draws.happens(0.22), draws.whole(8, 90), draws.whole(75, 380)).astype(float))


def _strength(truths: Truths, age: Array, frailty: Array) -> None:
    level = np.searchsorted(_FRAILTY, frailty)
    # From 16 to 17 the numbers and the plain words have different limits, which nobody in the middle meets.
    level = np.where((age >= _LANSKY_BELOW) & (age < _ADULT) & (level == 2), 1, level)
    truths.put_words("activity_level", _LEVELS, level)
    truths.put("ecog", level, age >= _LANSKY_BELOW)
    truths.put("karnofsky", _KARNOFSKY[level], age >= _LANSKY_BELOW)
    truths.put("lansky", _LANSKY[level], age < _LANSKY_BELOW)


def _condition(draws: Draws, frail: Array) -> Array:
    return np.where(frail, draws.place(_FRAIL), draws.place(_SOUND))


def _spread(draws: Draws, spans: Sequence[tuple[float, float]], condition: Array, digits: int) -> Array:
    low, high = np.array(spans).T
    return draws.number(low[condition], high[condition], digits)


def _near(draws: Draws, edges: Sequence[float], otherwise: Array) -> Array:
    return np.where(draws.happens(_EDGES), draws.one(edges), otherwise)


def _kidney(truths: Truths, draws: Draws, age: Array, female: Array, frail: Array) -> None:
    adult = age >= _ADULT
    grown = draws.about(78, 16, 42, 150)
    growing = draws.about(7 + 3 * np.minimum(age, _ADULT), 1 + np.minimum(age, _ADULT) / 3, 3, 100)
    weight = np.round(np.where(adult, grown, growing), 1)
    dialysis = draws.happens(0.012)
    wanted = np.where(
        dialysis, draws.number(4, 12, 1), _spread(draws, ((60, 125), (31, 60), (12, 30)), _condition(draws, frail), 1)
    )
    # The creatinine that gives this clearance by the formula of Cockcroft and Gault, as the dictionary has it.
    base = np.maximum(140 - age, 20) * weight / 72 * np.where(female, 0.85, 1)
    creatinine = np.clip(np.round(base / wanted, 2), 0.2, 30)
    clearance = np.round(base / creatinine, 1)
    # Numbers so near to a limit that rounding would carry them over it are moved away from it.
    close = np.isin(np.round(clearance), (30, 60))
    creatinine = np.where(close, np.round(creatinine * 1.1, 2), creatinine)
    clearance = np.minimum(np.round(base / creatinine, 1), 300)
    state = np.where(clearance >= 60, 0, np.where(clearance > 30, 1, 2))
    truths.put("weight_kg", weight)
    truths.put("on_dialysis", dialysis)
    truths.put("creatinine", creatinine, adult)
    truths.put("creatinine_clearance", clearance, adult)
    truths.put_words("kidney_state", _KIDNEY, np.where(dialysis, 3, state))


def _liver(truths: Truths, draws: Draws, frail: Array) -> None:
    gilbert = draws.happens(0.05)
    bilirubin = _spread(draws, ((0.2, 1.2), (1.2, 2.0), (2.1, 8)), _condition(draws, frail), 1)
    bilirubin = _near(draws, (1.5, 1.6, 2.0, 2.1, 2.5, 2.6), bilirubin)
    bilirubin = np.where(gilbert & draws.happens(0.8), draws.number(1.3, 3.0, 1), bilirubin)
    truths.put("bilirubin", bilirubin)
    truths.put("gilbert_syndrome", gilbert)
    # A laboratory has one limit for each enzyme.
    limit = draws.one((33.0, 35.0, 40.0, 45.0, 50.0))
    highest = np.zeros(draws.count)
    for enzyme in ("ast", "alt"):
        spans = ((0.3, 1.0), (1.0, 4.5), (3.0, 12))
        times = _near(draws, (2.5, 2.6, 5.0, 5.1), _spread(draws, spans, _condition(draws, frail), 2))
        measured = np.round(times * limit)
        truths.put(enzyme, measured)
        truths.put(f"{enzyme}_upper_limit", limit)
        truths.put(f"{enzyme}_times_uln", np.round(measured / limit, 2))
        highest = np.maximum(highest, measured / limit)
    severe = (highest > 5) | (bilirubin > np.where(gilbert, 2.5, 2.0))
    mild = (highest > 1) | (bilirubin > 1.2)
    truths.put_words("liver_state", _LIVER, np.where(severe, 2, np.where(mild, 1, 0)))


def _heart_and_lung(truths: Truths, draws: Draws, frail: Array) -> None:
    lvef = _near(draws, (39, 40, 49, 50), _spread(draws, ((52, 70), (40, 54), (18, 42)), _condition(draws, frail), 0))
    truths.put("lvef", lvef.astype(float))
    mild = (lvef < 50) | draws.happens(0.1)
    truths.put_words("heart_state", _HEART, np.where(lvef < 40, 2, np.where(mild, 1, 0)))
    spo2 = _near(draws, (91, 92), _spread(draws, ((95, 100), (92, 95), (82, 93)), _condition(draws, frail), 0))
    truths.put("spo2", spo2.astype(float))
    truths.put_words("lung_state", _LUNG, np.where(spo2 < 92, 2, np.where(spo2 < 95, 1, 0)))
