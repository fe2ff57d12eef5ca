"""What the codes of Conditions say, such as a diagnosis in SNOMED CT or ICD-10-CM; never more than they tell."""

from __future__ import annotations

from collections.abc import Iterator

from cart_screen.answers.codes import Coded, read_code
from cart_screen.answers.dictionary import Dictionary
from cart_screen.answers.scalars import Scalar
from cart_screen.fhir.moments import moment_of
from cart_screen.fhir.prefilled import Ambiguous, Origin, Reading, ToConfirm, Why
from cart_screen.fhir.record import Entry, PatientRecord, codings
from cart_screen.fhir.values import choices_of
from cart_screen.nouns import noun

_UNSAID = ("refuted", "entered-in-error")
_UNSURE = ("unconfirmed", "provisional", "differential")
_PAST = ("inactive", "resolved")


@noun
class _Said:
    coded: Coded
    origin: Origin
    doubt: Why | None


def read_conditions(record: PatientRecord, dictionary: Dictionary) -> Iterator[Reading]:
    """
    Give what the Conditions of a record say.

    A value is taken where one code alone decides it and every other code of the question allows it. Codes that
    leave several values open, that contradict each other, or stand in a Condition that is not confirmed or is over,
    decide nothing: the question is asked.
    """
    by_question: dict[str, list[_Said]] = {}
    for entry in record.of("Condition"):
        for said in _read(entry, record, dictionary):
            by_question.setdefault(said.coded.question, []).append(said)
    for question in dictionary.questions.values():
        if question.id in by_question:
            yield _together(choices_of(question), by_question[question.id])


def _read(entry: Entry, record: PatientRecord, dictionary: Dictionary) -> Iterator[_Said]:
    found = [
        meant for system, code in codings(entry.resource.get("code")) if (meant := read_code(dictionary, system, code))
    ]
    if not found or not record.sound(entry):
        return
    verification = {code for _, code in codings(entry.resource.get("verificationStatus"))}
    clinical = {code for _, code in codings(entry.resource.get("clinicalStatus"))}
    if not verification.isdisjoint(_UNSAID):
        return
    doubt = None
    if not verification.isdisjoint(_UNSURE):
        doubt = Why.UNCONFIRMED
    elif not clinical.isdisjoint(_PAST):
        doubt = Why.PAST
    moment = moment_of(entry.resource.get("recordedDate"))
    origin = Origin(entry.name, moment.day if moment else None)
    for meant in found:
        yield _Said(meant, origin, doubt)


def _together(choices: tuple[Scalar, ...], every: list[_Said]) -> Reading:
    sure = [said for said in every if said.doubt is None]
    decided = {said.coded.value for said in sure if said.coded.value is not None}
    origins = tuple(dict.fromkeys(said.origin for said in every))
    note = " ".join(dict.fromkeys(said.coded.note for said in every if said.coded.note))
    question = every[0].coded.question
    open_values = {value for said in every for value in said.coded.values}
    values = tuple(choice for choice in choices if choice in open_values)
    if not decided:
        doubts = {said.doubt for said in every}
        why = (doubts.pop() if len(doubts) == 1 else None) or Why.SEVERAL
        return Ambiguous(question, why, values, origins, note)
    deciding = next(said for said in sure if said.coded.value is not None)
    value = deciding.coded.value
    assert value is not None, "it was chosen because it decides"
    if len(decided) > 1 or any(value not in said.coded.values for said in sure):
        return Ambiguous(question, Why.CONTRADICTORY, values, origins, note)
    return ToConfirm(question, value, deciding.origin, old=False, note=deciding.coded.note)
