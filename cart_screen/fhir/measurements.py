"""The newest final value of each measurement that a record holds, in the unit of its question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from cart_screen.answers.codes import Measured, read_measure
from cart_screen.answers.dictionary import Dictionary, Question
from cart_screen.answers.scalars import Scalar, written
from cart_screen.answers.units import unit_typed
from cart_screen.fhir.errors import ResourceProblem
from cart_screen.fhir.moments import Moment, effective
from cart_screen.fhir.prefilled import Ambiguous, Origin, Reading, ToConfirm, Why
from cart_screen.fhir.record import Entry, PatientRecord, codings
from cart_screen.fhir.values import Unreadable, as_given, read_quantity
from cart_screen.nouns import noun

# A value that was measured longer ago is marked, never left out. Our choice, from no clinical source: it makes
# people look for a newer report, and decides nothing.
OLD_AFTER = timedelta(days=30)

# What is preliminary may still change; what was cancelled or entered in error never was.
_FINAL = ("final", "amended", "corrected")


@noun
class _Found:
    value: Scalar | Unreadable
    moment: Moment | None
    entry: Entry
    measured: Measured


def read_observations(record: PatientRecord, dictionary: Dictionary, as_of: date) -> Iterator[Reading]:
    """
    Give the newest final value of each question that an Observation measures.

    Where the newest cannot be read, or two of the same time differ, no older one is taken in its place: the
    question is asked. What lies after ``as_of`` is a problem and left out.
    """
    by_question: dict[str, list[_Found]] = {}
    for entry in record.of("Observation"):
        found = _read(entry, record, dictionary)
        if found is None:
            continue
        if found.moment is not None and found.moment.day > as_of:
            allowed = f"a day that is not after {as_of.isoformat()}"
            record.problems.append(
                ResourceProblem(
                    f"{entry.path}.effective", found.moment.day.isoformat(), allowed, found.measured.question
                )
            )
            continue
        by_question.setdefault(found.measured.question, []).append(found)
    for id in dictionary.questions:
        if id in by_question:
            yield _newest(id, by_question[id], record, as_of)


def _read(entry: Entry, record: PatientRecord, dictionary: Dictionary) -> _Found | None:
    observation = entry.resource
    measures = {
        found.question: found
        for system, code in codings(observation.get("code"))
        if (found := read_measure(dictionary, system, code))
    }
    if not measures or not record.sound(entry) or observation.get("status") not in _FINAL:
        return None
    if len(measures) > 1:
        several = f"codes of {len(measures)} questions: {', '.join(measures)}"
        record.problems.append(ResourceProblem(f"{entry.path}.code", several, "codes of one measurement"))
        return None
    (measured,) = measures.values()
    value = _value(entry, dictionary.questions[measured.question], measured)
    return None if value is None else _Found(value, effective(observation), entry, measured)


def _value(entry: Entry, question: Question, measured: Measured) -> Scalar | Unreadable | None:
    """Give the value of an Observation, or None where it has none."""
    given = {name: value for name, value in entry.resource.items() if name.startswith("value") and value is not None}
    if not given:
        return None
    ((name, held),) = given.items()
    match name:
        case "valueQuantity":
            quantity = held
        case "valueInteger":
            quantity = {"value": held}
        case _:
            return Unreadable(f".{name}", f"a value of another type: {name}", "a quantity")
    against = _against_code(question, quantity, measured)
    value = against or read_quantity(question, quantity, measured.unit or _number_itself(question))
    if isinstance(value, Unreadable):
        return value
    if question.kind == "integer" and float(value).is_integer():
        value = int(value)
    return value if question.allows(value) else Unreadable(f".{name}", as_given(held), question.allowed)


def _against_code(question: Question, quantity: object, measured: Measured) -> Unreadable | None:
    """Give a unit that contradicts the code, such as one of mass beside the code of an amount of substance."""
    if measured.unit is None or not isinstance(quantity, Mapping):
        return None
    named = quantity.get("code") or quantity.get("unit")
    unit = unit_typed(question, named) if isinstance(named, str) else None
    if unit is None or unit.code == measured.unit:
        return None
    found = f"the unit {written(named)} beside a code that means {measured.unit}"
    return Unreadable(".valueQuantity", found, "a code and a unit that say the same")


def _number_itself(question: Question) -> str | None:
    """Give the unit of a question that has none but its own count, such as the points of a scale."""
    own = question.units[0].code if len(question.units) == 1 else ""
    return own if own.startswith("{") and own.endswith("}") else None


def _newest(question: str, every: list[_Found], record: PatientRecord, as_of: date) -> Reading:
    day = max((found.moment.day for found in every if found.moment), default=None)
    newest = [found for found in every if (found.moment.day if found.moment else None) == day]
    instants = [found.moment.instant for found in newest if found.moment and found.moment.instant]
    if instants and len(instants) == len(newest):
        newest = [found for found in newest if found.moment and found.moment.instant == max(instants)]
    origins = tuple(Origin(found.entry.name, day) for found in newest)
    note = newest[0].measured.note
    values: dict[Scalar, None] = {}
    for found in newest:
        if isinstance(found.value, Unreadable):
            where = found.entry.path + found.value.where
            record.problems.append(ResourceProblem(where, found.value.found, found.value.allowed, question))
        else:
            values[found.value] = None
    if any(isinstance(found.value, Unreadable) for found in newest):
        return Ambiguous(question, Why.UNREADABLE, tuple(values), origins, note)
    if len(values) > 1:
        return Ambiguous(question, Why.CONTRADICTORY, tuple(values), origins, note)
    (value,) = values
    return ToConfirm(question, value, origins[0], old=day is None or as_of - day > OLD_AFTER, note=note)
