"""Fitness and organ function of ``us-fda`` by hand, with reasons: see ``us_fda_reasons``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .us_fda import UP_AND_ABOUT

Ids = tuple[str, ...]
Explained = tuple[bool | None, Ids]
Get = Callable[[str], Any]

_CLEAR = ("active_infection", "active_inflammatory_disorder", "active_gvhd", "pregnant", "prior_car_t")


def fitness(get: Get, age: int | None) -> Explained:
    """Give whether a person is fit enough, and nothing stands against treatment now."""
    waiting: Ids = ()
    for question in _CLEAR:
        answer = get(question)
        if answer:
            return False, (question,)
        if answer is None:
            waiting += (question,)
    performs, ids = _performance(get, age)
    if performs is False:
        return False, ids
    if performs is None:
        return None, waiting + ids
    return (None, waiting) if waiting else (True, _CLEAR + ids)


def _performance(get: Get, age: int | None) -> Explained:
    scale = get("performance_scale")
    if scale == "ecog":
        truth, ids = _ecog(get, age)
    elif scale == "karnofsky" or scale == "lansky":
        points = get(scale)
        truth, ids = None if points is None else points >= 70, (scale,)
    elif scale == "activity-level":
        level = get("activity_level")
        truth, ids = None if level is None else level in UP_AND_ABOUT, ("activity_level",)
    else:
        return _on_some_scale(get, age)
    return truth, ids if truth is None else ("performance_scale", *ids)


def _on_some_scale(get: Get, age: int | None) -> Explained:
    truth, ids = _ecog(get, age)
    points, play, level = get("karnofsky"), get("lansky"), get("activity_level")
    low = points is not None and points < 70
    dull = play is not None and play < 70
    abed = level is not None and level not in UP_AND_ABOUT
    if truth is False and low and dull and abed:
        return False, (*ids, "karnofsky", "lansky", "activity_level")
    waiting = ["performance_scale"]
    if truth is None:
        waiting += ids
    if points is None:
        waiting.append("karnofsky")
    if play is None:
        waiting.append("lansky")
    if level is None:
        waiting.append("activity_level")
    return None, tuple(waiting)


def _ecog(get: Get, age: int | None) -> Explained:
    ecog = get("ecog")
    if ecog is None:
        return None, ("ecog",) if age is not None else ("age_years", "ecog")
    if ecog != 2:
        return ecog < 2, ("ecog",)
    return (None, ("age_years",)) if age is None else (age >= 18, ("age_years", "ecog"))


def organs(get: Get) -> Explained:
    """Give whether the organs would bear the treatment."""
    dialysis = get("on_dialysis")
    if dialysis:
        return False, ("on_dialysis",)
    clearance, state = get("creatinine_clearance"), get("kidney_state")
    liver = get("liver_state")
    described: Explained = (None if liver is None else liver != "severely-abnormal", ("liver_state",))
    ast, alt, lvef, spo2 = get("ast_times_uln"), get("alt_times_uln"), get("lvef"), get("spo2")
    heart, lung = get("heart_state"), get("lung_state")
    points = (
        _read(
            "kidney_basis",
            get("kidney_basis"),
            (None if clearance is None else clearance > 30, ("creatinine_clearance",)),
            (None if state is None else state != "severely-reduced", ("kidney_state",)),
        ),
        _read("bilirubin_basis", get("bilirubin_basis"), _bilirubin(get), described),
        _read("ast_basis", get("ast_basis"), (None if ast is None else ast <= 5, ("ast_times_uln",)), described),
        _read("alt_basis", get("alt_basis"), (None if alt is None else alt <= 5, ("alt_times_uln",)), described),
        _read(
            "heart_basis",
            get("heart_basis"),
            (None if lvef is None else lvef >= 40, ("lvef",)),
            (None if heart is None else heart != "heart-failure", ("heart_state",)),
        ),
        _read(
            "lung_basis",
            get("lung_basis"),
            (None if spo2 is None else spo2 >= 92, ("spo2",)),
            (None if lung is None else lung != "needs-oxygen-or-breathless-at-rest", ("lung_state",)),
        ),
    )
    waiting = ["on_dialysis"] if dialysis is None else []
    because = ["on_dialysis"]
    for truth, ids in points:
        if truth is False:
            return False, ids
        (waiting if truth is None else because).extend(ids)
    # Three of them may rest on what is said of the liver.
    if waiting:
        return None, tuple(dict.fromkeys(waiting))
    return True, tuple(dict.fromkeys(because))


def _bilirubin(get: Get) -> Explained:
    value, gilbert = get("bilirubin"), get("gilbert_syndrome")
    if value is None:
        return None, ("bilirubin",) if gilbert is not None else ("bilirubin", "gilbert_syndrome")
    if value <= 2.0:
        return True, ("bilirubin",)
    if value > 2.5:
        return False, ("bilirubin",)
    return (None, ("gilbert_syndrome",)) if gilbert is None else (gilbert, ("bilirubin", "gilbert_syndrome"))


def _read(question: str, basis: str | None, measured: Explained, described: Explained) -> Explained:
    """Give a point that is read from a measured value or from a description, whichever is at hand."""
    if basis is not None:
        truth, ids = measured if basis == "measured" else described
        return (None, ids) if truth is None else (truth, (question, *ids))
    if measured[0] is False and described[0] is False:
        return False, measured[1] + described[1]
    waiting: Ids = (question,)
    if measured[0] is None:
        waiting += measured[1]
    if described[0] is None:
        waiting += described[1]
    return None, waiting
