"""Answers as a FHIR R4 ``QuestionnaireResponse``, and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from cart_screen.answers.absent import AbsentReason
from cart_screen.answers.dictionary import Question
from cart_screen.answers.given import Answers
from cart_screen.answers.scalars import written
from cart_screen.api import DEFAULT_SET, load_criteria, read_date
from cart_screen.catalog.loading import own_sets
from cart_screen.fhir.border import check_elements, modified, received, sent
from cart_screen.fhir.errors import ResourceInvalid, ResourceProblem
from cart_screen.fhir.layout import Part, Together, topics_of
from cart_screen.fhir.names import ABSENT, ABSENT_SYSTEM, absent_link, canonical_of, number_link, set_of, topic_link
from cart_screen.fhir.reading import read_items
from cart_screen.fhir.values import Form, form_of, value_element
from cart_screen.model import CriteriaSet, order_of
from cart_screen.nouns import assert_never
from cart_screen.texts import Texts

_KIND = "QuestionnaireResponse"

# What somebody withdrew is nothing to read. Every other status is read alike, and none of them is trusted:
# forms call a response completed before anybody has confirmed it.
_WITHDRAWN = "entered-in-error"
_STATUSES = ("in-progress", "completed", "amended", "stopped")

_Marks = Mapping[str, list[dict[str, Any]]]


def response_of(
    answers: Answers | Mapping[str, Any],
    criteria: str | Path | CriteriaSet = DEFAULT_SET,
    as_of: date | str | None = None,
    *,
    completed: bool,
    language: str = "en",
) -> dict[str, Any]:
    """
    Give answers as a QuestionnaireResponse to ``questionnaire_of`` the same criteria.

    ``completed`` says that the person has checked and confirmed the answers; otherwise the response is in progress.
    Every answer goes out, also one that the form would not ask for beside the others: a reader that wants only
    those leaves the others out of ``answers`` first. Numbers are in their canonical unit.

    Raises
    ------
    AnswersInvalid
        With every answer that the dictionary does not allow.
    CriteriaUnknown
        When there is no criteria set of that name.
    DateInvalid
        When ``as_of`` is no date.
    ExtraMissing
        When the package fhir.resources is not installed.
    LanguageUnknown
        When the set has no words in that language.
    """
    day = read_date(as_of)
    chosen = (criteria if isinstance(criteria, CriteriaSet) else load_criteria(criteria)).on(day)
    given = answers if isinstance(answers, Answers) else Answers(answers)
    chosen.reading.dictionary.check(given)
    return written_response(given, chosen, day, {}, completed=completed, language=language)


def written_response(
    answers: Answers, criteria: CriteriaSet, day: date, marks: _Marks, *, completed: bool, language: str
) -> dict[str, Any]:
    """Write answers that the dictionary allows; ``marks`` are extensions of the answer to a question."""
    dictionary = criteria.reading.dictionary
    items = _Items(answers, criteria, marks, Texts(criteria, language)).all()
    return sent(
        {
            "resourceType": _KIND,
            "language": language,
            "questionnaire": f"{canonical_of(criteria.id)}|{dictionary.version}",
            "status": "completed" if completed else "in-progress",
            "authored": day.isoformat(),
            **({"item": items} if items else {}),
        }
    )


def answers_of(response: Mapping[str, Any], criteria: str | Path | CriteriaSet | None = None) -> Answers:
    """
    Give the answers of a QuestionnaireResponse, each number in the canonical unit.

    The response says which questionnaire it answers. ``criteria`` is the set of that questionnaire where it does not
    ship with the package. Its status is not trusted: a completed response is not therefore a confirmed one.

    Raises
    ------
    CriteriaUnknown
        When ``criteria`` names no set.
    ExtraMissing
        When the package fhir.resources is not installed.
    ResourceInvalid
        With every place that is no FHIR R4, or no answer to the questionnaire.
    """
    found = received(response, _KIND)
    check_elements(found)
    problems = [*modified(found, _KIND), *_status_problems(found)]
    chosen = _answered_set(found.get("questionnaire"), criteria, problems)
    if chosen is None:
        raise ResourceInvalid(_KIND, problems)
    answers, unreadable = read_items(found, chosen.reading.dictionary, _KIND)
    problems += unreadable
    if problems:
        raise ResourceInvalid(_KIND, problems)
    return answers


def _status_problems(response: Mapping[str, Any]) -> list[ResourceProblem]:
    status = response.get("status")
    allowed = f"one of {', '.join(_STATUSES)}"
    if status == _WITHDRAWN:
        return [ResourceProblem(f"{_KIND}.status", "a response that was withdrawn", allowed)]
    return [] if status in _STATUSES else [ResourceProblem(f"{_KIND}.status", written(status), allowed)]


def _answered_set(
    canonical: object, criteria: str | Path | CriteriaSet | None, problems: list[ResourceProblem]
) -> CriteriaSet | None:
    """Give the set, read with the dictionary that the response answers to; or add what is wrong."""
    path = f"{_KIND}.questionnaire"
    address, _, version = canonical.partition("|") if isinstance(canonical, str) else ("", "", "")
    name = set_of(address)
    chosen = (
        criteria if isinstance(criteria, CriteriaSet) else load_criteria(criteria) if criteria is not None else None
    )
    known = [chosen.id] if chosen is not None else list(own_sets())
    if name not in known:
        allowed = " or ".join(f"{canonical_of(id)} with its version" for id in known)
        problems.append(ResourceProblem(path, written(canonical), allowed))
        return None
    chosen = chosen if chosen is not None else load_criteria(name)
    majors = {one.reading.dictionary.major: one for one in (*chosen.earlier, chosen)}
    wanted = majors.get(version.split(".")[0])
    readable = wanted is not None and all(part.isdecimal() and part.isascii() for part in version.split("."))
    if wanted is None or not readable or order_of(version) > order_of(wanted.reading.dictionary.version):
        # A later version may ask what is not known here; one of another major may mean something else.
        allowed = " or ".join(f"version {one.reading.dictionary.version}" for one in majors.values())
        found = f"version {written(version)}" if version else "no version"
        problems.append(ResourceProblem(path, found, f"{allowed}, or one before it with the same first number"))
        return None
    return wanted


class _Items:
    def __init__(self, answers: Answers, criteria: CriteriaSet, marks: _Marks, texts: Texts) -> None:
        self._answers = answers
        self._dictionary = criteria.reading.dictionary
        self._marks = marks
        self._texts = texts

    def all(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for topic in topics_of(self._dictionary):
            items = [item for part in topic.parts for item in self._part(part)]
            if items and topic.name:
                text = self._texts.get("topics", topic.name)
                items = [{"linkId": topic_link(topic.name), "text": text, "item": items}]
            found += items
        return found

    def _part(self, part: Part) -> list[dict[str, Any]]:
        match part:
            case Together(screen=screen, questions=questions):
                items = [item for question in questions for item in self._question(question)]
                text = self._texts.get("screens", screen, "heading")
                return [{"linkId": screen, "text": text, "item": items}] if items else []
            case Question():
                items = self._question(part)
                if not items or form_of(part) is Form.CHOICE:
                    return items
                text = self._texts.get("questions", part.id, "heading")
                return [{"linkId": number_link(part.id), "text": text, "item": items}]
            case _:
                assert_never(part)

    def _question(self, question: Question) -> list[dict[str, Any]]:
        named = {"linkId": question.id, "text": self._texts.get("questions", question.id, "label")}
        if question.id in self._answers.values:
            value = self._answers.values[question.id]
            element = value_element(question, value, self._dictionary, self._texts.value(question.id, value))
            marks = self._marks.get(question.id)
            return [{**named, "answer": [({"extension": marks} if marks else {}) | element]}]
        reason = self._answers.absent.get(question.id)
        if reason is None:
            return []
        if reason is AbsentReason.NOT_ASKED:
            # Nobody chose it, so it is no answer; it is said of the item.
            return [{"extension": [{"url": ABSENT, "valueCode": str(reason)}], **named}]
        coding = {"system": ABSENT_SYSTEM, "code": str(reason), "display": self._texts.get("absent", reason)}
        if form_of(question) is not Form.CHOICE:
            named = {"linkId": absent_link(question.id), "text": self._texts.get("web", "no-number")}
        return [{**named, "answer": [{"valueCoding": coding}]}]
