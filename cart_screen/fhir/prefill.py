"""Prefill the questionnaire from a record: what its codes say, marked for confirmation, and nothing guessed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from cart_screen.answers.given import Answers
from cart_screen.api import DEFAULT_SET, load_criteria, read_date
from cart_screen.fhir.border import MOST_VALUES_OF_BUNDLE, received
from cart_screen.fhir.diagnoses import read_conditions
from cart_screen.fhir.measurements import read_observations
from cart_screen.fhir.names import TO_CONFIRM
from cart_screen.fhir.person import read_person
from cart_screen.fhir.prefilled import Prefill, Reading, ToConfirm
from cart_screen.fhir.record import PatientRecord
from cart_screen.fhir.response import written_response
from cart_screen.model import CriteriaSet
from cart_screen.rules.reasons import in_order


def prefill(
    bundle: Mapping[str, Any],
    criteria: str | Path | CriteriaSet = DEFAULT_SET,
    as_of: date | str | None = None,
) -> Prefill:
    """
    Give the answers that a Bundle with the record of one person holds, each to be confirmed.

    Read are Patient (date of birth, gender), Condition and Observation, by the codes that the dictionary has. A code
    that can mean several answers gives none, and neither do codes that contradict each other.

    Raises
    ------
    CriteriaUnknown
        When there is no criteria set of that name.
    DateInvalid
        When ``as_of`` is no date.
    ExtraMissing
        When the package fhir.resources is not installed.
    ResourceInvalid
        When it is no Bundle, or the record of several people. What is wrong in a single resource is among the
        problems of what is given, and that resource is left out.
    """
    day = read_date(as_of)
    chosen = (criteria if isinstance(criteria, CriteriaSet) else load_criteria(criteria)).on(day)
    record = PatientRecord(received(bundle, "Bundle", MOST_VALUES_OF_BUNDLE))
    dictionary = chosen.reading.dictionary
    found: dict[str, Reading] = {}
    for reading in (
        *read_person(record, dictionary, day),
        *read_conditions(record, dictionary),
        *read_observations(record, dictionary, day),
    ):
        found.setdefault(reading.question, reading)
    read = [found[id] for id in in_order(found, chosen.reading)]
    to_confirm = tuple(one for one in read if isinstance(one, ToConfirm))
    answers = Answers({one.question: one.value for one in to_confirm})
    dictionary.check(answers)
    return Prefill(
        criteria=chosen,
        as_of=day,
        answers=answers,
        to_confirm=to_confirm,
        ambiguous=tuple(one for one in read if not isinstance(one, ToConfirm)),
        problems=tuple(record.problems),
    )


def prefilled_response(found: Prefill, language: str = "en") -> dict[str, Any]:
    """
    Give what was prefilled as a QuestionnaireResponse in progress.

    Each answer is marked with an extension as one to confirm, with the resource that it came from, its day, and
    whether it is old. A form need not show these marks: who shows one shows ``to_confirm`` beside it.

    Raises
    ------
    ExtraMissing
        When the package fhir.resources is not installed.
    LanguageUnknown
        When the set has no words in that language.
    """
    marks = {one.question: [_mark(one)] for one in found.to_confirm}
    return written_response(found.answers, found.criteria, found.as_of, marks, completed=False, language=language)


def _mark(one: ToConfirm) -> dict[str, Any]:
    said: list[dict[str, Any]] = [{"url": "source", "valueString": one.origin.resource}]
    if one.origin.day is not None:
        said.append({"url": "day", "valueDate": one.origin.day.isoformat()})
    if one.old:
        said.append({"url": "old", "valueBoolean": True})
    if one.note:
        said.append({"url": "note", "valueString": one.note})
    return {"url": TO_CONFIRM, "extension": said}
