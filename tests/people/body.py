"""The body of a person: strength, organs, blood, and what else a specialist would ask."""

from __future__ import annotations

from collections.abc import Mapping

from cart_screen.answers.scalars import Scalar

from .drawing import Draw

_ADULT = 18
# Under this age children are described by the Lansky scale.
_LANSKY_BELOW = 16
_LEVELS = (
    "fully-active", "light-work-only", "up-more-than-half-the-day", "resting-more-than-half-the-day", "in-bed-all-day",
)  # fmt: skip
# What each level is on the other scales, as published tables have it where they differ: so that every scale says
# the same of the person.
_KARNOFSKY = ((90, 100), (80, 90), (70,), (40, 50), (10, 20))
_LANSKY = ((90, 100), (80, 90), (70,), (40, 50, 60), (10, 20, 30))
_FRAILTY = (0.3, 0.55, 0.72, 0.88)

_HEALTHY = {"good": 80.0, "reduced": 15.0, "bad": 4.0}
_FRAIL = {"good": 45.0, "reduced": 30.0, "bad": 25.0}
# Numbers that stand on a limit or right beside it.
_BILIRUBIN_EDGES = (1.5, 1.6, 2.0, 2.1, 2.5, 2.6)
_LVEF_EDGES = (39, 40, 49, 50)
_SPO2_EDGES = (91, 92)
_MULTIPLE_EDGES = (2.5, 2.6, 5.0, 5.1)
_EDGES = 0.06


def body(draw: Draw, age: int, sex: str) -> dict[str, Scalar]:
    """Draw strength and organs, measured and in plain words that say the same."""
    frailty = draw.skewed(1.6, 3.2) + (0.1 if age > 75 else 0)
    shares = _FRAIL if frailty > _FRAILTY[1] else _HEALTHY
    return {
        **_strength(draw, age, frailty),
        **_kidney(draw, age, sex, shares),
        **_liver(draw, shares),
        **_heart(draw, shares),
        **_lung(draw, shares),
        "anc": draw.number(0.1, 1.2, 1) if draw.happens(0.2) else draw.number(1.0, 7.5, 1),
        "platelets": draw.whole(8, 90) if draw.happens(0.25) else draw.whole(75, 380),
    }


def _strength(draw: Draw, age: int, frailty: float) -> dict[str, Scalar]:
    level = sum(frailty > limit for limit in _FRAILTY)
    if _LANSKY_BELOW <= age < _ADULT and level == 2:
        # For these years the numbers and the plain words have different limits, which nobody in the middle meets.
        level = draw.one((1, 3))
    found: dict[str, Scalar] = {"activity_level": _LEVELS[level]}
    if age < _LANSKY_BELOW:
        return {**found, "lansky": draw.one(_LANSKY[level])}
    return {**found, "ecog": level, "karnofsky": draw.one(_KARNOFSKY[level])}


def _kidney(draw: Draw, age: int, sex: str, shares: Mapping[str, float]) -> dict[str, Scalar]:
    weight = round(draw.about(78, 16, 42, 150) if age >= _ADULT else draw.about(7 + 3 * age, 1 + age / 3, 3, 100), 1)
    dialysis = draw.happens(0.025)
    state = draw.share(shares)
    found: dict[str, Scalar] = {"weight_kg": weight, "on_dialysis": dialysis}
    if age < _ADULT:
        words = {"good": "normal", "reduced": "mildly-reduced", "bad": "severely-reduced"}[state]
        high = {"good": 0.9, "reduced": 1.6, "bad": 4.0}[state]
        creatinine = draw.number(4, 8, 2) if dialysis else draw.number(high / 2, high, 2)
        return {**found, "creatinine": creatinine, "kidney_state": "dialysis" if dialysis else words}
    low, high = (4, 12) if dialysis else {"good": (60, 125), "reduced": (30.5, 60), "bad": (12, 30.5)}[state]
    base = (140 - age) * weight / 72 * (0.85 if sex == "female" else 1)
    creatinine = max(0.2, round(base / draw.number(low, high, 1), 2))
    clearance = round(base / creatinine, 1)
    # Numbers so near to a limit that rounding would carry them over it are moved away from it.
    if round(base / creatinine) in (30, 60):
        creatinine = round(creatinine * 1.1, 2)
        clearance = round(base / creatinine, 1)
    words = "normal" if clearance >= 60 else "mildly-reduced" if clearance > 30 else "severely-reduced"
    return {
        **found,
        "creatinine": creatinine,
        "creatinine_clearance": clearance,
        "kidney_state": "dialysis" if dialysis else words,
    }


def _liver(draw: Draw, shares: Mapping[str, float]) -> dict[str, Scalar]:
    gilbert = draw.happens(0.05)
    bilirubin = _near(draw, _BILIRUBIN_EDGES) or draw.number(
        *{"good": (0.2, 1.2), "reduced": (1.2, 2.0), "bad": (2.1, 8)}[draw.share(shares)], 1
    )
    if gilbert and draw.happens(0.8):
        bilirubin = draw.number(1.3, 3.0, 1)
    found: dict[str, Scalar] = {"bilirubin": bilirubin, "gilbert_syndrome": gilbert}
    highest = 0.0
    for enzyme in ("ast", "alt"):
        limit = draw.one((33, 35, 40, 45, 50))
        times = _near(draw, _MULTIPLE_EDGES) or draw.number(
            *{"good": (0.3, 1.0), "reduced": (1.0, 4.5), "bad": (3.0, 15)}[draw.share(shares)], 2
        )
        measured = round(times * limit)
        found |= {enzyme: measured, f"{enzyme}_upper_limit": limit, f"{enzyme}_times_uln": measured / limit}
        highest = max(highest, measured / limit)
    severe = highest > 5 or bilirubin > (2.5 if gilbert else 2.0)
    mild = highest > 1 or bilirubin > 1.2
    found["liver_state"] = "severely-abnormal" if severe else "mildly-abnormal" if mild else "normal"
    return found


def _heart(draw: Draw, shares: Mapping[str, float]) -> dict[str, Scalar]:
    spans = {"good": (52, 70), "reduced": (40, 54), "bad": (18, 42)}
    lvef = _near(draw, _LVEF_EDGES) or draw.whole(*spans[draw.share(shares)])
    state = "heart-failure" if lvef < 40 else "mild-problem" if lvef < 50 or draw.happens(0.1) else "no-problem"
    return {"lvef": lvef, "heart_state": state}


def _lung(draw: Draw, shares: Mapping[str, float]) -> dict[str, Scalar]:
    spans = {"good": (95, 100), "reduced": (92, 95), "bad": (82, 93)}
    spo2 = _near(draw, _SPO2_EDGES) or draw.whole(*spans[draw.share(shares)])
    if spo2 < 92:
        return {"spo2": spo2, "lung_state": "needs-oxygen-or-breathless-at-rest"}
    return {"spo2": spo2, "lung_state": "breathless-on-effort" if spo2 < 95 else "no-problem"}


def _near(draw: Draw, edges: tuple[float, ...]) -> float | None:
    return draw.one(edges) if draw.happens(_EDGES) else None
