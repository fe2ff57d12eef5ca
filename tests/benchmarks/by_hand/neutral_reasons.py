"""
The neutral rule set by hand, with reasons.

Each criterion gives what it is and the questions that say why: those whose answers decided it, or, while it is
open, those that can still change it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .neutral import PAID_FOR, REPLACED, WASTEFUL, Record

Explained = tuple[bool | None, tuple[str, ...] | list[str]]
Get = Callable[[str], Any]


def with_reasons(record: Record) -> tuple[Explained, ...]:
    """Read a partial record, with the questions behind each criterion."""
    get = record.get
    return _residence(get), _means(get), _home(get), _measure(get), _funding(get)


def _residence(get: Get) -> Explained:
    age = get("age_years")
    if age is not None and age < 18:
        return False, ("age_years",)
    stay, months = get("residence"), get("months_resident")
    if stay == "visitor":
        return False, ("residence",)
    if stay == "temporary" and months is not None and months < 24:
        return False, ("residence", "months_resident")
    kind = get("home_kind")
    if kind == "boat" and months is not None and months < 60:
        return False, ("home_kind", "months_resident")
    owner, consent = get("owner"), get("landlord_consent")
    new = months is not None and months < 6
    if new and owner is not False and (owner or consent is False):
        return False, ("months_resident", "owner" if owner else "landlord_consent")
    if consent is False and owner is False:
        return False, ("owner", "landlord_consent")

    waiting = []
    if age is None:
        waiting.append("age_years")
    if stay is None:
        waiting.append("residence")
    if months is None and (
        stay is None or stay == "temporary" or kind is None or kind == "boat" or owner or owner is None
    ):
        waiting.append("months_resident")
    if kind is None and (months is None or months < 60):
        waiting.append("home_kind")
    # Either branch will do when both agree; otherwise it matters who owns the home.
    if owner is None and not (consent and months is not None and months >= 6):
        waiting.append("owner")
    if consent is None and not owner:
        waiting.append("landlord_consent")
    if waiting:
        return None, waiting
    because = ["age_years", "residence"]
    if stay == "temporary" or owner or owner is None or kind is None or kind == "boat":
        because.append("months_resident")
    if kind is not None and kind != "boat":
        because.append("home_kind")
    if owner is not None:
        because.append("owner")
    if not owner:
        because.append("landlord_consent")
    return True, because


def _means(get: Get) -> Explained:
    income, size = get("household_income"), get("household_size")
    if income is not None:
        if income > 68000:
            return False, ("household_income",)
        if income > 46500.5 and size is not None and size < 4:
            return False, ("household_size", "household_income")
    savings, benefit = get("savings"), get("receives_benefit")
    if savings is not None:
        if savings >= 50000:
            return False, ("savings",)
        if savings >= 16000 and benefit is False:
            return False, ("savings", "receives_benefit")
    work, hours = get("employment"), get("hours_per_week")
    works = work == "employed" or work == "self-employed"
    if work is not None and benefit is not None:
        if works:
            if hours is not None and (hours >= 16) is benefit:
                return False, ("employment", "hours_per_week", "receives_benefit")
        elif (work == "student" or work == "carer") is benefit:
            return False, ("employment", "receives_benefit")

    waiting = []
    if income is None:
        waiting.append("household_income")
    if size is None and (income is None or income > 46500.5):
        waiting.append("household_size")
    if savings is None:
        waiting.append("savings")
    if work is None:
        waiting.append("employment")
    if hours is None and (work is None or works):
        waiting.append("hours_per_week")
    if benefit is None:
        waiting.append("receives_benefit")
    if waiting:
        return None, waiting
    because = ["household_income", "savings", "employment", "receives_benefit"]
    if income > 46500.5:
        because.append("household_size")
    if works:
        because.append("hours_per_week")
    return True, because


def _home(get: Get) -> Explained:
    kind = get("home_kind")
    if kind == "boat":
        return False, ("home_kind",)
    area = get("floor_area")
    if area is not None and (area < 20 or area > 400):
        return False, ("floor_area",)
    rating = get("energy_rating")
    if rating is not None and rating not in WASTEFUL:
        if rating != "C":
            return False, ("energy_rating",)
        if area is not None and area <= 140:
            return False, ("energy_rating", "floor_area")
    loft, wall = get("loft_insulated"), get("wall_insulated")
    if loft is wall and loft is not None:
        return False, ("loft_insulated", "wall_insulated")
    listed, permission, year = get("listed_building"), get("planning_permission"), get("build_year")
    recent = year is not None and year > 2005
    if permission is False and listed is not False and (listed or recent):
        return False, ("planning_permission", "listed_building" if listed else "build_year")
    if recent and listed is False:
        return False, ("listed_building", "build_year")

    waiting = []
    if kind is None:
        waiting.append("home_kind")
    if area is None:
        waiting.append("floor_area")
    if rating is None:
        waiting.append("energy_rating")
    if loft is None:
        waiting.append("loft_insulated")
    if wall is None:
        waiting.append("wall_insulated")
    if listed is None and not (permission and year is not None and not recent):
        waiting.append("listed_building")
    if permission is None and listed is not False:
        waiting.append("planning_permission")
    if year is None and not listed:
        waiting.append("build_year")
    if waiting:
        return None, waiting
    because = ["home_kind", "floor_area", "energy_rating", "loft_insulated", "wall_insulated"]
    if listed is not None:
        because.append("listed_building")
    if listed is not False:
        because.append("planning_permission")
    if not listed:
        because.append("build_year")
    return True, because


def _measure(get: Get) -> Explained:
    work = get("measure")
    if work is not None and work not in PAID_FOR:
        return False, ("measure",)
    certified, estimate = get("installer_certified"), get("estimate")
    if certified is False:
        return False, ("installer_certified",)
    if estimate is not None and estimate > 75000:
        return False, ("estimate",)
    waiting = []
    because = ["measure", "installer_certified", "estimate"]
    if work is None:
        waiting.append("measure")
    if certified is None:
        waiting.append("installer_certified")
    if estimate is None:
        waiting.append("estimate")
    if work is None or work == "heat-pump":
        heating, age = get("heating"), get("heating_age")
        unfit = heating is not None and heating not in REPLACED
        young = age is not None and age < 10
        if work is not None and (unfit or young):
            return False, ("measure", "heating" if unfit else "heating_age")
        if heating is None and not young:
            waiting.append("heating")
        if age is None and not unfit:
            waiting.append("heating_age")
        because += ("heating", "heating_age")
    if work is None or work == "solar":
        kind, area = get("home_kind"), get("floor_area")
        if kind == "house":
            because.append("home_kind")
        elif area is not None and area >= 62.5:
            because.append("floor_area")
        elif work is not None and kind is not None and area is not None:
            return False, ("measure", "home_kind", "floor_area")
        else:
            if kind is None:
                waiting.append("home_kind")
            if area is None:
                waiting.append("floor_area")
    return (None, waiting) if waiting else (True, because)


def _funding(get: Get) -> Explained:
    estimate, share, income = get("estimate"), get("own_share"), get("household_income")
    if estimate is not None and estimate < 1500:
        return False, ("estimate",)
    poor = income is not None and income <= 12000
    if share is not None:
        if share < 10:
            return False, ("own_share",)
        if share < 50 and poor:
            return False, ("own_share", "household_income")
    previous, years = get("previous_grant"), get("years_since_grant")
    dear = estimate is not None and estimate > 60000
    recent = years is not None and years < 5
    if recent and previous is not False and (previous or dear):
        return False, ("years_since_grant", "previous_grant" if previous else "estimate")
    if dear and previous is False:
        return False, ("previous_grant", "estimate")
    instalments, savings = get("pays_in_instalments"), get("savings")
    if instalments is not None and savings is not None and instalments is (savings >= 5000.25):
        return False, ("pays_in_instalments", "savings")

    waiting = []
    if estimate is None:
        waiting.append("estimate")
    if share is None:
        waiting.append("own_share")
    if income is None and (share is None or share < 50):
        waiting.append("household_income")
    if previous is None and not (years is not None and not recent and estimate is not None and not dear):
        waiting.append("previous_grant")
    if years is None and previous is not False:
        waiting.append("years_since_grant")
    if instalments is None:
        waiting.append("pays_in_instalments")
    if savings is None:
        waiting.append("savings")
    if waiting:
        return None, waiting
    because = ["estimate", "own_share", "pays_in_instalments", "savings"]
    if share < 50:
        because.append("household_income")
    if previous is not None:
        because.append("previous_grant")
    if previous is not False:
        because.append("years_since_grant")
    return True, because
