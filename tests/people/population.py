"""Simulated people without end, over the dictionary of the shipped sets."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache

from cart_screen.answers.scalars import Scalar
from cart_screen.api import load_criteria, screen
from cart_screen.model import CriteriaSet

from .body import body
from .course import course
from .diseases import AFTER_TRANSPLANT, DISEASES, NO_CANCER, NO_CANCER_AGES, NO_CANCER_WEIGHT, OTHER_GROUPS
from .drawing import Draw
from .knowledge import absent_answers, persona
from .person import Person, Persona

SET = "us-fda"
_SLIPS = 0.03
# What contradicts what does not depend on the day.
_A_DAY = "2026-11-22"
# Things that are said by mistake, each of which contradicts something in people whom it does not fit.
_MISTAKES: tuple[tuple[str, Scalar], ...] = (
    ("prior_lines", 0),
    ("disease_status", "untreated"),
    ("disease_status", "first-treatment"),
    ("relapse_count", 0),
    ("pregnant", True),
    ("cancer_group", "solid-tumor"),
    ("cns_involvement", "primary"),
    ("refractory_to_last_therapy", False),
    ("on_dialysis", True),
)


def people(count: int, seed: int = 1, *, first: int = 0) -> Iterator[Person]:
    """
    Give people, the same ones for the same seed: the first of many are the first of few.

    ``first`` is the number of the first one, so that several processes can share the work.

    A realistic mix with enough of what is rare: some thousand of them have among them every diagnosis of the
    dictionary and lead to every guidance there is.
    """
    for number in range(first, first + count):
        yield _person(seed, number)


def _person(seed: int, number: int) -> Person:
    draw = Draw(seed, number)
    truth = _truth(draw)
    ordered = {id: truth[id] for id in _set().reading.dictionary.questions if id in truth}
    assert len(ordered) == len(truth), sorted(set(truth) - set(ordered))
    who = persona(draw)
    absent = absent_answers(draw, who, ordered)
    return Person(number, who, ordered, absent, _slips(draw, who, ordered, absent))


@cache
def _set() -> CriteriaSet:
    return load_criteria(SET)


def _truth(draw: Draw) -> dict[str, Scalar]:
    diagnosis = draw.share({**{id: disease.weight for id, disease in DISEASES.items()}, NO_CANCER: NO_CANCER_WEIGHT})
    if diagnosis == NO_CANCER:
        age = _age(draw, NO_CANCER_AGES)
        sex = draw.one(("female", "male"))
        return {"cancer_group": NO_CANCER, **_anyone(draw, age, sex), "prior_car_t": False, **body(draw, age, sex)}
    disease = DISEASES[diagnosis]
    age = _age(draw, disease.ages)
    sex = "male" if draw.happens(disease.male) else "female"
    truth: dict[str, Scalar] = {
        "diagnosis": diagnosis,
        "cancer_group": draw.one(OTHER_GROUPS) if diagnosis == "other" else disease.group,
        "cns_involvement": _brain(draw, diagnosis, disease.group),
        **_anyone(draw, age, sex),
        **course(draw, diagnosis, disease, age),
        **body(draw, age, sex),
    }
    if truth["prior_car_t"]:
        # These are the people for whom urgent symptoms mean something else.
        truth["urgent_symptoms"] = draw.happens(0.15)
    if disease.confirmed is not None:
        truth["large_b_cell_confirmed"] = draw.happens(disease.confirmed)
    if disease.as_b_all is not None:
        truth["treated_as_b_all"] = draw.happens(disease.as_b_all)
    if diagnosis in AFTER_TRANSPLANT:
        truth |= {"solid_organ_transplant": draw.happens(0.8), "immunosuppression": draw.happens(0.8)}
    return truth


def _age(draw: Draw, ages: tuple[tuple[int, int, float], ...]) -> int:
    low, high = draw.share({(low, high): share for low, high, share in ages})
    return draw.whole(low, high)


def _brain(draw: Draw, diagnosis: str, group: str) -> str:
    if diagnosis == "primary-cns-lymphoma":
        return "primary"
    if group not in ("lymphoma", "leukemia"):
        return "none"
    return draw.share({"none": 92.0, "past": 4.0, "active-secondary": 4.0})


def _anyone(draw: Draw, age: int, sex: str) -> dict[str, Scalar]:
    return {
        "age_years": age,
        "sex": sex,
        "urgent_symptoms": draw.happens(0.03),
        "pregnant": sex == "female" and 14 <= age <= 49 and draw.happens(0.05),
        "active_infection": draw.happens(0.08),
        "active_inflammatory_disorder": draw.happens(0.05),
        "active_gvhd": False,
        "hiv": draw.happens(0.015),
        "hepatitis_b_or_c": draw.happens(0.04),
        "solid_organ_transplant": draw.happens(0.01),
        "immunosuppression": draw.happens(0.06),
        "neurologic_history": draw.happens(0.08),
        "other_active_cancer": draw.happens(0.05),
        "caregiver_available": draw.happens(0.8),
    }


def _slips(draw: Draw, who: Persona, truth: dict[str, Scalar], absent: Collection[str]) -> dict[str, Scalar]:
    if who is Persona.CLINICIAN or not draw.happens(_SLIPS):
        return {}
    known = {id: value for id, value in truth.items() if id not in absent}
    found = [
        (id, value) for id, value in _MISTAKES if id in known and screen({**known, id: value}, _set(), _A_DAY).conflicts
    ]
    return dict([draw.one(found)]) if found else {}
