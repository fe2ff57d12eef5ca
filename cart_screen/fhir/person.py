"""Age and sex from a Patient."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cart_screen.answers.dictionary import Dictionary
from cart_screen.answers.scalars import written
from cart_screen.fhir.errors import ResourceProblem
from cart_screen.fhir.moments import days_of
from cart_screen.fhir.prefilled import Ambiguous, Origin, Reading, ToConfirm, Why
from cart_screen.fhir.record import PatientRecord

_SEX = "sex"

# What a register calls gender need not be the sex that a formula means, so it is confirmed like everything else.
_GENDERS = ("female", "male")


def read_person(record: PatientRecord, dictionary: Dictionary, as_of: date) -> Iterator[Reading]:
    """Give age and sex as a record says them; what is no date, or no age, is added to its problems."""
    patient = record.patient
    if patient is None or not record.sound(patient):
        return
    origin = Origin(patient.name)
    born = patient.resource.get("birthDate")
    if dictionary.age is not None and born is not None:
        question = dictionary.questions[dictionary.age]
        days = days_of(born)
        ages = sorted({age_on(as_of, day) for day in days}) if days else []
        if days is None or days[0] > as_of or not all(map(question.allows, ages)):
            allowed = f"a date of birth that gives {question.allowed} on {as_of.isoformat()}"
            record.problems.append(ResourceProblem(f"{patient.path}.birthDate", written(born), allowed, question.id))
        elif len(ages) == 1:
            yield ToConfirm(question.id, ages[0], origin, old=False)
        else:
            # A year or a month alone: the birthday may lie on either side of the day.
            yield Ambiguous(question.id, Why.SEVERAL, tuple(range(ages[0], ages[-1] + 1)), (origin,))
    gender, sex = patient.resource.get("gender"), dictionary.questions.get(_SEX)
    if sex is not None and set(_GENDERS) <= set(sex.choices) and gender is not None:
        if gender in _GENDERS:
            yield ToConfirm(sex.id, gender, origin, old=False)
        else:
            yield Ambiguous(sex.id, Why.SEVERAL, sex.choices, (origin,))


def age_on(day: date, born: date) -> int:
    """Give the completed years of somebody on a day; who was born on 29 February is a year older on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
