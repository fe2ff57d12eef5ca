"""The items of the questionnaire: one for each question, in groups by topic and by screen."""

from __future__ import annotations

from typing import Any

from cart_screen.answers.absent import AbsentReason
from cart_screen.answers.dictionary import Dictionary, Question
from cart_screen.answers.ucum import printed
from cart_screen.fhir.conditions import enabling_of
from cart_screen.fhir.layout import Part, Together, Topic, topics_of
from cart_screen.fhir.names import (
    ABSENT_SYSTEM,
    CODED,
    CONTROL,
    CONTROL_SYSTEM,
    DESIGN_NOTE,
    MAXIMUM,
    MAXIMUM_QUANTITY,
    MINIMUM,
    MINIMUM_QUANTITY,
    UCUM,
    UNIT,
    UNIT_OPTION,
    absent_link,
    help_link,
    number_link,
    system_of,
    topic_link,
)
from cart_screen.fhir.values import Form, choices_of, code_of, form_of, unit_element
from cart_screen.nouns import assert_never
from cart_screen.rules.derivations import Reading
from cart_screen.texts import Texts

Item = dict[str, Any]

# More choices than this are looked up in a list that opens, not read through.
_MOST_RADIOS = 10

# What a person can say instead of an answer. That something was not asked is nothing to choose.
OFFERED = (AbsentReason.ASKED_UNKNOWN, AbsentReason.ASKED_DECLINED, AbsentReason.NOT_APPLICABLE)


def items_of(reading: Reading, texts: Texts) -> list[Item]:
    """Give the items of every question that can be answered, in the words of ``texts``."""
    return _Items(reading, texts).all()


class _Items:
    def __init__(self, reading: Reading, texts: Texts) -> None:
        self._reading = reading
        self._dictionary: Dictionary = reading.dictionary
        self._texts = texts

    def all(self) -> list[Item]:
        found: list[Item] = []
        for topic in topics_of(self._dictionary):
            found += self._topic(topic)
        return found

    def _topic(self, topic: Topic) -> list[Item]:
        items = [self._part(part) for part in topic.parts]
        if not topic.name:
            return items
        text = self._texts.get("topics", topic.name)
        return [{"linkId": topic_link(topic.name), "text": text, "type": "group", "item": items}]

    def _part(self, part: Part) -> Item:
        match part:
            case Together(screen=screen, questions=questions):
                members = [self._choice(question, self._tick(question)) for question in questions]
                helped = self._help(screen, "screens", screen)
                text = self._asked("screens", screen)
                return {"linkId": screen, "text": text, "type": "group", "item": [*members, helped]}
            case Question():
                return self._question(part)
            case _:
                assert_never(part)

    def _question(self, question: Question) -> Item:
        text = self._asked("questions", question.id)
        helped = self._help(question.id, "questions", question.id)
        if form_of(question) is Form.CHOICE:
            return self._choice(question, text) | {"item": [helped]}
        return {
            "linkId": number_link(question.id),
            **self._condition(question),
            "text": text,
            "type": "group",
            "item": [self._number(question), self._no_number(question), helped],
        }

    def _choice(self, question: Question, text: str) -> Item:
        choices = choices_of(question)
        system = system_of(self._dictionary, question.id)
        options: list[Item] = [
            {
                **_coded(question, choice),
                "valueCoding": {
                    "system": system,
                    "code": code_of(choice),
                    "display": self._texts.value(question.id, choice),
                },
            }
            for choice in choices
        ]
        control = "radio-button" if len(choices) + len(OFFERED) <= _MOST_RADIOS else "drop-down"
        return {
            "linkId": question.id,
            **self._condition(question, [_control(control)]),
            **_codes(question),
            "text": text,
            "type": Form.CHOICE.type,
            "answerOption": [*options, *self._reasons()],
        }

    def _number(self, question: Question) -> Item:
        label = self._texts.get("questions", question.id, "label")
        extensions = [*_units(question), *_bounds(question)]
        return {
            **({"extension": extensions} if extensions else {}),
            "linkId": question.id,
            **_codes(question),
            "text": label,
            "type": form_of(question).type,
        }

    def _no_number(self, question: Question) -> Item:
        """Give the item that says why there is no number; it is there only while there is none."""
        return {
            "extension": [_control("radio-button")],
            "linkId": absent_link(question.id),
            "text": self._texts.get("web", "no-number"),
            "type": Form.CHOICE.type,
            "enableWhen": [{"question": question.id, "operator": "exists", "answerBoolean": False}],
            "answerOption": self._reasons(),
        }

    def _reasons(self) -> list[Item]:
        return [
            {"valueCoding": {"system": ABSENT_SYSTEM, "code": reason, "display": self._texts.get("absent", reason)}}
            for reason in map(str, OFFERED)
        ]

    def _condition(self, question: Question, extensions: list[Item] | None = None) -> Item:
        """Give when the item is enabled; where ``enableWhen`` cannot say it, a note to whoever builds on the form."""
        extensions = list(extensions or ())
        enabling = enabling_of(question.id, self._reading)
        if enabling is None and question.ask_if is not None:
            extensions.append({"url": DESIGN_NOTE, "valueMarkdown": self._texts.get("web", "always-shown")})
        return {
            **({"extension": extensions} if extensions else {}),
            **(enabling.elements() if enabling else {}),
        }

    def _asked(self, *path: str) -> str:
        hint = self._texts.find(*path, "hint")
        return f"{self._texts.get(*path, 'heading')} {hint}".strip()

    def _tick(self, question: Question) -> str:
        return self._texts.find("questions", question.id, "tick") or self._asked("questions", question.id)

    def _help(self, item: str, *path: str) -> Item:
        why, where = (
            f"{self._texts.get('terminal', part)}: {self._texts.get(*path, part)}" for part in ("why", "where")
        )
        return {"extension": [_control("help")], "linkId": help_link(item), "text": f"{why} {where}", "type": "display"}


def _control(code: str) -> Item:
    return {"url": CONTROL, "valueCodeableConcept": {"coding": [{"system": CONTROL_SYSTEM, "code": code}]}}


def _codes(question: Question) -> Item:
    codes = [{"system": one.system, "code": one.code} for one in question.codes]
    return {"code": codes} if codes else {}


def _coded(question: Question, choice: object) -> Item:
    """
    Give the codes of records that decide for one choice.

    They are no codes of the answer: a record that holds one of them says the answer, but the answer does not say
    which of them a record would hold.
    """
    means = [one for one in question.coded if one.means == (choice,)]
    extensions = [{"url": CODED, "valueCoding": {"system": one.system, "code": one.code}} for one in means]
    return {"extension": extensions} if extensions else {}


def _units(question: Question) -> list[Item]:
    url = UNIT_OPTION if len(question.units) > 1 else UNIT
    return [
        {"url": url, "valueCoding": {"system": UCUM, "code": unit.code, "display": printed(unit.code) or unit.code}}
        for unit in question.units
    ]


def _bounds(question: Question) -> list[Item]:
    found: list[Item] = []
    for url, quantity_url, bound in (
        (MINIMUM, MINIMUM_QUANTITY, question.minimum),
        (MAXIMUM, MAXIMUM_QUANTITY, question.maximum),
    ):
        match form_of(question), bound:
            case _, None:
                continue
            case Form.INTEGER, _:
                found.append({"url": url, "valueInteger": int(bound)})
            case Form.DECIMAL, _:
                found.append({"url": url, "valueDecimal": bound})
            case _:
                # A plain number would bound every unit alike.
                found.append(
                    {"url": quantity_url, "valueQuantity": {"value": bound, **unit_element(question.units[0].code)}}
                )
    return found
