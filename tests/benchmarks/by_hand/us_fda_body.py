"""Fitness and organ function of ``us-fda`` by hand, for partial answers: see ``us_fda_partial``."""

from __future__ import annotations

from .us_fda import UP_AND_ABOUT, Record


def fitness(record: Record, adult: bool | None) -> bool | None:
    """Tell whether a person is fit enough, and nothing stands against treatment now."""
    get = record.get
    infection = get("active_infection")
    inflammatory = get("active_inflammatory_disorder")
    gvhd = get("active_gvhd")
    pregnant = get("pregnant")
    car_t = get("prior_car_t")
    if infection or inflammatory or gvhd or pregnant or car_t:
        return False
    scale = get("performance_scale")
    if scale == "ecog":
        performs = _ecog(get("ecog"), adult)
    elif scale == "karnofsky":
        points = get("karnofsky")
        performs = None if points is None else points >= 70
    elif scale == "lansky":
        points = get("lansky")
        performs = None if points is None else points >= 70
    elif scale == "activity-level":
        level = get("activity_level")
        performs = None if level is None else level in UP_AND_ABOUT
    else:
        # The scale is open, and it may be settled all the same: when no scale would do.
        points, play, level = get("karnofsky"), get("lansky"), get("activity_level")
        performs = (
            False
            if _ecog(get("ecog"), adult) is False
            and points is not None
            and points < 70
            and play is not None
            and play < 70
            and level is not None
            and level not in UP_AND_ABOUT
            else None
        )
    if performs is False:
        return False
    if infection is None or inflammatory is None or gvhd is None or pregnant is None or car_t is None:
        return None
    return performs


def _ecog(ecog: int | None, adult: bool | None) -> bool | None:
    if ecog is None:
        return None
    if ecog == 2:
        return adult
    return ecog < 2


def organs(record: Record) -> bool | None:
    """Tell whether the organs would bear the treatment."""
    get = record.get
    organs = get("on_dialysis")
    if organs:
        return False
    if organs is False:
        organs = True
    basis = get("kidney_basis")
    if basis == "described":
        state = get("kidney_state")
        if state is None:
            organs = None
        elif state == "severely-reduced":
            return False
    else:
        clearance = get("creatinine_clearance")
        if clearance is None:
            organs = None
        elif basis is None:
            if clearance <= 30 and get("kidney_state") == "severely-reduced":
                return False
            organs = None
        elif clearance <= 30:
            return False
    liver = get("liver_state")
    basis = get("bilirubin_basis")
    if basis == "described":
        if liver is None:
            organs = None
        elif liver == "severely-abnormal":
            return False
    else:
        value = get("bilirubin")
        if value is None:
            organs = None
        else:
            low = value <= 2.0 or (value <= 2.5 and get("gilbert_syndrome"))
            if basis is None:
                if low is False and liver == "severely-abnormal":
                    return False
                organs = None
            elif low is False:
                return False
            elif low is None:
                organs = None
    for basis, value in (
        (get("ast_basis"), get("ast_times_uln")),
        (get("alt_basis"), get("alt_times_uln")),
    ):
        if basis == "described":
            if liver is None:
                organs = None
            elif liver == "severely-abnormal":
                return False
        elif value is None:
            organs = None
        elif basis is None:
            if value > 5 and liver == "severely-abnormal":
                return False
            organs = None
        elif value > 5:
            return False
    basis = get("heart_basis")
    if basis == "described":
        state = get("heart_state")
        if state is None:
            organs = None
        elif state == "heart-failure":
            return False
    else:
        value = get("lvef")
        if value is None:
            organs = None
        elif basis is None:
            if value < 40 and get("heart_state") == "heart-failure":
                return False
            organs = None
        elif value < 40:
            return False
    basis = get("lung_basis")
    if basis == "described":
        state = get("lung_state")
        if state is None:
            organs = None
        elif state == "needs-oxygen-or-breathless-at-rest":
            return False
    else:
        value = get("spo2")
        if value is None:
            organs = None
        elif basis is None:
            if value < 92 and get("lung_state") == "needs-oxygen-or-breathless-at-rest":
                return False
            organs = None
        elif value < 92:
            return False
    return organs
