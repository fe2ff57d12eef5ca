"""
The neutral rule set by hand, in three forms.

A record is a dict of resolved answers. Each form gives the five criteria in the order of ``neutral.json``:
residence, means, home, measure, funding.
"""

from __future__ import annotations

from typing import Any

Record = dict[str, Any]

PAID_FOR = frozenset(("heat-pump", "insulation", "solar", "windows"))
REPLACED = frozenset(("gas", "oil", "solid-fuel"))
WASTEFUL = frozenset(("D", "E", "F", "G"))


def two_valued(record: Record) -> tuple[bool, ...]:
    """Read a complete record; KeyError where an answer is missing that decides."""
    residence = (
        record["age_years"] >= 18
        and (
            (stay := record["residence"]) == "citizen"
            or stay == "permanent"
            or (stay == "temporary" and record["months_resident"] >= 24)
        )
        and not (record["home_kind"] == "boat" and record["months_resident"] < 60)
        and (record["months_resident"] >= 6 if record["owner"] else record["landlord_consent"])
    )
    means = (
        record["household_income"] <= (68000 if record["household_size"] >= 4 else 46500.5)
        and (savings := record["savings"]) < 50000
        and ((benefit := record["receives_benefit"]) or savings < 16000)
        and (
            (record["hours_per_week"] >= 16) is not benefit
            if (work := record["employment"]) == "employed" or work == "self-employed"
            else not benefit
            if work == "student" or work == "carer"
            else benefit
        )
    )
    home = (
        record["home_kind"] != "boat"
        and 20 <= record["floor_area"] <= 400
        and ((rating := record["energy_rating"]) in WASTEFUL or (rating == "C" and record["floor_area"] > 140))
        and record["loft_insulated"] is not record["wall_insulated"]
        and (record["planning_permission"] if record["listed_building"] else record["build_year"] <= 2005)
    )
    measure = (
        (work := record["measure"]) in PAID_FOR
        and (work != "heat-pump" or (record["heating"] in REPLACED and record["heating_age"] >= 10))
        and (work != "solar" or record["home_kind"] == "house" or record["floor_area"] >= 62.5)
        and record["installer_certified"]
        and record["estimate"] <= 75000
    )
    funding = (
        (estimate := record["estimate"]) >= 1500
        and (share := record["own_share"]) >= 10
        and (record["years_since_grant"] >= 5 if record["previous_grant"] else estimate <= 60000)
        and (share >= 50 or record["household_income"] > 12000)
        and record["pays_in_instalments"] is not (record["savings"] >= 5000.25)
    )
    return residence, means, home, measure, funding


def three_valued(record: Record) -> tuple[bool | None, ...]:
    """Read a partial record: True, False, or None while a criterion may still be either (strong Kleene)."""
    get = record.get
    months = get("months_resident")
    kind = get("home_kind")
    area = get("floor_area")
    estimate = get("estimate")
    savings = get("savings")
    income = get("household_income")

    age = get("age_years")
    residence = None if age is None else age >= 18
    if residence is not False:
        stay = get("residence")
        if stay is None:
            residence = None
        elif stay == "temporary":
            if months is None:
                residence = None
            elif months < 24:
                residence = False
        elif stay == "visitor":
            residence = False
    if residence is not False:
        if months is None:
            if kind is None or kind == "boat":
                residence = None
        elif months < 60:
            if kind is None:
                residence = None
            elif kind == "boat":
                residence = False
    if residence is not False:
        owner = get("owner")
        if owner is True:
            if months is None:
                residence = None
            elif months < 6:
                residence = False
        elif owner is False:
            consent = get("landlord_consent")
            if consent is not True:
                residence = consent
        elif months is not None and months < 6:
            residence = None if get("landlord_consent") is not False else False
        elif months is None or get("landlord_consent") is not True:
            residence = None

    means = True
    if income is None:
        means = None
    elif income > 68000:
        means = False
    elif income > 46500.5:
        size = get("household_size")
        if size is None:
            means = None
        elif size < 4:
            means = False
    if means is not False:
        benefit = get("receives_benefit")
        if savings is None:
            means = None
        elif savings >= 50000:
            means = False
        elif savings >= 16000 and benefit is not True:
            means = benefit and means
        if means is not False:
            work = get("employment")
            if work is None or benefit is None:
                means = None
            elif work == "employed" or work == "self-employed":
                hours = get("hours_per_week")
                if hours is None:
                    means = None
                elif (hours >= 16) is benefit:
                    means = False
            elif (work == "student" or work == "carer") is benefit:
                means = False

    home = None if kind is None else kind != "boat"
    if home is not False:
        if area is None:
            home = None
        elif area < 20 or area > 400:
            home = False
    if home is not False:
        rating = get("energy_rating")
        if rating is None:
            home = None
        elif rating not in WASTEFUL:
            if rating != "C":
                home = False
            elif area is None:
                home = None
            elif area <= 140:
                home = False
    if home is not False:
        loft, wall = get("loft_insulated"), get("wall_insulated")
        if loft is None or wall is None:
            home = None
        elif loft is wall:
            home = False
    if home is not False:
        listed = get("listed_building")
        if listed is True:
            permission = get("planning_permission")
            if permission is not True:
                home = permission and home
        else:
            year = get("build_year")
            old = None if year is None else year <= 2005
            if listed is None and old is not get("planning_permission"):
                old = None
            if old is not True:
                home = old

    work = get("measure")
    measure = None if work is None else work in PAID_FOR
    if measure is not False:
        certified = get("installer_certified")
        if certified is False or (estimate is not None and estimate > 75000):
            measure = False
        elif certified is None or estimate is None:
            measure = None
    if measure is not False:
        if work == "heat-pump":
            heating, heating_age = get("heating"), get("heating_age")
            if (heating is not None and heating not in REPLACED) or (heating_age is not None and heating_age < 10):
                measure = False
            elif heating is None or heating_age is None:
                measure = None
        elif work == "solar" and kind != "house" and (area is None or area < 62.5):
            measure = None if kind is None or area is None else False

    funding = None if estimate is None else estimate >= 1500
    if funding is not False:
        share = get("own_share")
        if share is None:
            funding = None
        elif share < 10:
            funding = False
        elif share < 50:
            if income is None:
                funding = None
            elif income <= 12000:
                funding = False
        if share is None and funding is not False:
            funding = None
    if funding is not False:
        previous = get("previous_grant")
        if previous is False:
            if estimate is not None and estimate > 60000:
                funding = False
        else:
            years = get("years_since_grant")
            waited = None if years is None else years >= 5
            if previous is None and waited is not (None if estimate is None else estimate <= 60000):
                waited = None
            if waited is not True:
                funding = waited
    if funding is not False:
        instalments = get("pays_in_instalments")
        if savings is None or instalments is None:
            funding = None
        elif instalments is (savings >= 5000.25):
            funding = False

    return residence, means, home, measure, funding
