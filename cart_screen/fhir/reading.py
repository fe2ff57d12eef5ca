"""Read the items of a response: every answer, or every place that is none, at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cart_screen.answers.absent import AbsentReason
from cart_screen.answers.dictionary import Dictionary, Question
from cart_screen.answers.given import Answers
from cart_screen.answers.scalars import Scalar, written
from cart_screen.fhir.border import modified
from cart_screen.fhir.errors import ResourceProblem
from cart_screen.fhir.layout import Together, topics_of
from cart_screen.fhir.names import ABSENT, INTENDED_USE, absent_link, help_link, number_link, topic_link
from cart_screen.fhir.values import Form, Unreadable, form_of, read_reason, read_value, reason_of

# Beside these an answer holds its value, one of FHIR's types.
_BESIDE_VALUE = {"id", "extension", "modifierExtension", "item", "fhir_comments"}


def read_items(
    response: Mapping[str, Any], dictionary: Dictionary, path: str
) -> tuple[Answers, tuple[ResourceProblem, ...]]:
    """
    Give the answers of a response whose elements are those of FHIR R4, and every problem of them.

    Where a question stands in the response makes no difference: its link id says which it is.
    """
    reader = _Reader(dictionary)
    reader.items(response, path)
    return Answers(reader.values, reader.reasons), tuple(reader.problems)


class _Reader:
    def __init__(self, dictionary: Dictionary) -> None:
        self.values: dict[str, Scalar] = {}
        self.reasons: dict[str, str] = {}
        self.problems: list[ResourceProblem] = []
        self._dictionary = dictionary
        self._asked = {question.id: question for question in dictionary.questions.values() if not question.internal}
        numbers = [question for question in self._asked.values() if form_of(question) is not Form.CHOICE]
        self._absent = {absent_link(question.id): question for question in numbers}
        self._bare = {INTENDED_USE, *_groups(dictionary), *map(help_link, (*self._asked, *dictionary.screens))}
        self._seen: dict[str, str] = {}
        self._answered: dict[str, str] = {}

    def items(self, parent: Mapping[str, Any], path: str) -> None:
        for place, item in enumerate(parent.get("item") or ()):
            self._item(item, f"{path}.item[{place}]")

    def _item(self, item: Mapping[str, Any], path: str) -> None:
        self.problems += modified(item, path)
        link = item.get("linkId")
        question = self._asked.get(link) if isinstance(link, str) else None
        reasons_of = self._absent.get(link) if isinstance(link, str) else None
        if question is None and reasons_of is None and link not in self._bare:
            self._problem(f"{path}.linkId", written(link), "the link id of an item of the questionnaire")
        elif isinstance(link, str) and link in self._seen:
            self._problem(path, f"{link} once more", f"one item for it, as {self._seen[link]}", link)
        elif isinstance(link, str):
            self._seen[link] = path
            if question is not None:
                self._question(question, item, path)
            elif reasons_of is not None:
                self._reason(reasons_of, item, path)
            elif item.get("answer"):
                self._problem(f"{path}.answer", "an answer", "none: this is no question")
        self.items(item, path)
        for place, answer in enumerate(item.get("answer") or ()):
            self.items(answer, f"{path}.answer[{place}]")

    def _question(self, question: Question, item: Mapping[str, Any], path: str) -> None:
        answer = self._only_answer(item, path, question)
        found = [(reason, f"{path}.extension") for reason in _said_absent(item)]
        if answer is not None:
            at = f"{path}.answer[0]"
            found += [(reason, f"{at}.extension") for reason in _said_absent(answer)]
            given = {name: value for name, value in answer.items() if name not in _BESIDE_VALUE}
            for name in [name for name in given if name.startswith("_")]:
                # The extensions of a value that is a single text or number stand beside it, under its name.
                beside = given.pop(name)
                found += [(reason, f"{at}.{name}.extension") for reason in _said_absent(beside)]
            if given:
                self._value(question, answer, given, at)
        for code, where in found:
            reason = reason_of(code, "")
            if isinstance(reason, Unreadable):
                self._problem(f"{where}.value", reason.found, reason.allowed, question.id)
            else:
                self._take(question, reason, where)

    def _value(self, question: Question, answer: Mapping[str, Any], given: Mapping[str, Any], path: str) -> None:
        expected = form_of(question).element
        other = [name for name in given if name != expected]
        if other:
            self._problem(f"{path}.{other[0]}", f"a value of another type: {other[0]}", expected, question.id)
            return
        value = read_value(question, answer, self._dictionary)
        if isinstance(value, Unreadable):
            self._problem(path + value.where, value.found, value.allowed, question.id)
        else:
            self._take(question, value, path)

    def _reason(self, question: Question, item: Mapping[str, Any], path: str) -> None:
        answer = self._only_answer(item, path, question)
        if answer is None:
            return
        reason = read_reason(answer.get("valueCoding"))
        if isinstance(reason, Unreadable):
            self._problem(f"{path}.answer[0]{reason.where}", reason.found, reason.allowed, question.id)
        else:
            self._take(question, reason, f"{path}.answer[0]")

    def _only_answer(self, item: Mapping[str, Any], path: str, question: Question) -> Mapping[str, Any] | None:
        answers: list[Mapping[str, Any]] = item.get("answer") or []
        for place, answer in enumerate(answers):
            self.problems += modified(answer, f"{path}.answer[{place}]")
        if len(answers) > 1:
            self._problem(f"{path}.answer", f"{len(answers)} answers", "one answer", question.id)
            return None
        return answers[0] if answers else None

    def _take(self, question: Question, said: Scalar | AbsentReason, path: str) -> None:
        if question.id in self._answered:
            found = "a second answer, or a value and a reason for having none"
            self._problem(path, found, f"one of the two, as {self._answered[question.id]}", question.id)
            return
        self._answered[question.id] = path
        if isinstance(said, AbsentReason):
            self.reasons[question.id] = said
        else:
            self.values[question.id] = said

    def _problem(self, path: str, found: str, allowed: str, question: str | None = None) -> None:
        self.problems.append(ResourceProblem(path, found, allowed, question))


def _groups(dictionary: Dictionary) -> Iterator[str]:
    for topic in topics_of(dictionary):
        yield topic_link(topic.name)
        for part in topic.parts:
            yield part.screen if isinstance(part, Together) else number_link(part.id)


def _said_absent(element: object) -> Iterator[object]:
    """Give the codes of the reasons that an element's extensions name for having no value."""
    extensions = element.get("extension") if isinstance(element, Mapping) else None
    for extension in extensions or ():
        if isinstance(extension, Mapping) and extension.get("url") == ABSENT:
            yield extension.get("valueCode")
