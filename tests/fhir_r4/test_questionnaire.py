"""The exported Questionnaire is FHIR R4, asks every question, and asks it where the computed one does."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from strategies import examples, stated_answers

from cart_screen.answers.declaring import read_dictionary
from cart_screen.answers.given import Answers
from cart_screen.api import load_criteria
from cart_screen.catalog.loading import own_sets
from cart_screen.errors import LanguageUnknown
from cart_screen.fhir.conditions import always_shown, enabling_of
from cart_screen.fhir.names import ABSENT_SYSTEM, absent_link, system_of
from cart_screen.fhir.questionnaire import questionnaire_of
from cart_screen.fhir.response import response_of
from cart_screen.fhir.values import Form, choices_of, code_of, form_of
from cart_screen.rules.derivations import read_dictionary_rules
from cart_screen.rules.reference import evaluate
from cart_screen.texts import Audience
from cart_screen.truth import Truth

from .official import broken, by_model, by_schema, invariants, published

DAY = "2026-11-22"
OTHER_THERAPY = Path(__file__).parents[2] / "examples" / "other-therapy"
READING = load_criteria().reading
QUESTIONS = READING.dictionary.questions


def items(parent):
    for item in parent.get("item", ()):
        yield item
        yield from items(item)


def by_link(questionnaire):
    return {item["linkId"]: item for item in items(questionnaire)}


@cache
def shipped():
    return by_link(questionnaire_of(as_of=DAY))


@pytest.fixture(scope="module")
def found():
    return shipped()


@published
@pytest.mark.parametrize(
    ("criteria", "audience"),
    [
        *((name, Audience.PATIENT) for name in own_sets()),
        ("us-fda", Audience.CLINICIAN),
        (OTHER_THERAPY, Audience.CHILD),
    ],
    ids=str,
)
def test_it_is_what_the_official_schema_and_the_invariants_say(criteria, audience):
    questionnaire = questionnaire_of(criteria, DAY, audience=audience)

    by_model(questionnaire)
    assert by_schema(questionnaire) == []
    assert broken(questionnaire) == []


@published
def test_the_invariants_that_are_read_are_all_fourteen_and_each_can_break():
    questionnaire = questionnaire_of(as_of=DAY)
    first, *others = questionnaire["item"]

    assert invariants("Questionnaire") == {f"que-{number}" for number in range(14)}
    assert broken(questionnaire | {"item": [first, first]}) == ["Questionnaire: que-2"]
    assert broken(questionnaire | {"item": [first | {"required": True}, *others]}) == ["Questionnaire.item[0]: que-6"]
    assert broken(questionnaire | {"name": "no name"}) == ["Questionnaire: que-0"]


def test_every_question_that_can_be_answered_has_its_item_and_no_other_has_one(found):
    asked = {id for id, question in QUESTIONS.items() if not question.internal}

    assert asked <= found.keys()
    assert {found[id]["type"] for id in asked} == {form.type for form in Form}
    assert not found.keys() & (QUESTIONS.keys() - asked)


def test_its_first_item_says_what_it_is_for_and_that_it_decides_nothing():
    questionnaire = questionnaire_of(as_of=DAY)
    first = questionnaire["item"][0]

    assert (questionnaire["status"], questionnaire["experimental"], first["type"]) == ("draft", True, "display")
    assert "It is not medical advice, and it makes no decision." in first["text"]
    assert "leaves this computer" not in str(questionnaire), "a form of somebody else may send what is typed"


def test_a_choice_is_a_code_of_its_question_and_every_question_takes_i_do_not_know(found):
    for id, question in QUESTIONS.items():
        if question.internal:
            continue
        is_choice = form_of(question) is Form.CHOICE
        options = found[id if is_choice else absent_link(id)]["answerOption"]
        own = [one["valueCoding"]["code"] for one in options if one["valueCoding"]["system"] != ABSENT_SYSTEM]
        reasons = [one["valueCoding"]["code"] for one in options if one["valueCoding"]["system"] == ABSENT_SYSTEM]

        assert own == ([code_of(choice) for choice in choices_of(question)] if is_choice else [])
        assert reasons == ["asked-unknown", "asked-declined", "not-applicable"]
        assert not any(one.get("initialSelected") for one in options)


def test_nothing_is_preselected_or_required(found):
    assert not [item for item in found.values() if "initial" in item or item.get("required")]


def test_units_and_bounds_are_those_of_the_dictionary(found):
    def extensions(id):
        return [
            (one["url"].rpartition("/")[2], next(value for key, value in one.items() if key != "url"))
            for one in found[id]["extension"]
        ]

    ucum = "http://unitsofmeasure.org"
    assert extensions("age_years") == [
        ("questionnaire-unit", {"system": ucum, "code": "a", "display": "years"}),
        ("minValue", 0),
        ("maxValue", 120),
    ]
    assert extensions("creatinine") == [
        ("questionnaire-unitOption", {"system": ucum, "code": "mg/dL", "display": "mg/dL"}),
        ("questionnaire-unitOption", {"system": ucum, "code": "umol/L", "display": "µmol/L"}),
        ("sdc-questionnaire-minQuantity", {"value": 0.1, "unit": "mg/dL", "system": ucum, "code": "mg/dL"}),
        ("sdc-questionnaire-maxQuantity", {"value": 40, "unit": "mg/dL", "system": ucum, "code": "mg/dL"}),
    ]
    assert found["creatinine"]["code"] == [
        {"system": one.system, "code": one.code} for one in QUESTIONS["creatinine"].codes
    ]


def test_a_code_stands_at_a_choice_only_where_it_alone_decides_for_it(found):
    def coded(code):
        option = next(one for one in found["diagnosis"]["answerOption"] if one["valueCoding"]["code"] == code)
        return {one["valueCoding"]["code"] for one in option.get("extension", ())}

    assert coded("mantle-cell-lymphoma") == {"C83.1", "443487006"}
    assert coded("diffuse-large-b-cell-lymphoma") == set(), "C83.3 and 109969005 hold other kinds too"


def test_what_a_condition_cannot_say_is_shown_always_and_reported(found):
    gilbert = found["gilbert_syndrome"]

    # A bilirubin above 2 mg/dL is another number in µmol/L, and FHIR does not say how the two are compared.
    assert always_shown(READING) == ("gilbert_syndrome",)
    assert "enableWhen" not in gilbert
    assert any(one["url"].endswith("/designNote") for one in gilbert["extension"])


def enabled(item, answered):
    """Read ``enableWhen`` over the answers of a response, as FHIR R4 says."""
    conditions = item.get("enableWhen", ())
    held = [holds(one, answered.get(one["question"])) for one in conditions]
    return all(held) if item.get("enableBehavior") != "any" else any(held)


def holds(condition, value):
    wanted = next(value for key, value in condition.items() if key.startswith("answer"))
    if condition["operator"] == "exists":
        return (value is not None) is wanted
    if value is None:
        return False
    if isinstance(wanted, dict):
        return (value["system"], value["code"]) == (wanted["system"], wanted["code"])
    return {
        "=": value == wanted,
        ">=": value >= wanted,
        "<=": value <= wanted,
        ">": value > wanted,
        "<": value < wanted,
    }[condition["operator"]]


@examples(60)
@given(answers=stated_answers("us-fda"))
def test_an_item_is_enabled_exactly_where_the_condition_holds(answers):
    shown = shipped()
    answered = {}
    for item in items(response_of(answers, as_of=DAY, completed=False)):
        for answer in item.get("answer", ()):
            answered[item["linkId"]] = next(value for key, value in answer.items() if key.startswith("value"))
    resolved = READING.resolve(answers)
    for id, condition in READING.ask_if.items():
        if id in always_shown(READING):
            continue
        item = shown[id] if form_of(QUESTIONS[id]) is Form.CHOICE else shown[f"{id}.number"]

        assert enabled(item, answered) is (evaluate(condition, resolved) is Truth.TRUE), id


CONDITIONS = [
    ({"properties": {"n": {"minimum": 3}}, "required": ["n"]}, ("all", [("n", ">=", 3)])),
    ({"properties": {"n": {"minimum": 2.5}}, "required": ["n"]}, None),
    ({"properties": {"n": {"enum": [1, 2]}}, "required": ["n"]}, ("any", [("n", "=", 1), ("n", "=", 2)])),
    ({"properties": {"d": {"exclusiveMaximum": 2.5}}, "required": ["d"]}, ("all", [("d", "<", 2.5)])),
    ({"properties": {"u": {"minimum": 2}}, "required": ["u"]}, None),
    ({"properties": {"s": {"minimum": 2}}, "required": ["s"]}, ("any", [("s", "=", "2"), ("s", "=", "3")])),
    ({"properties": {"b": {"const": True}}, "required": ["b"]}, ("any", [("b", "=", "true")])),
    ({"not": {"properties": {"b": {"const": True}}, "required": ["b"]}}, None),
    ({"properties": {"x": {"const": "a"}}, "required": ["x"]}, None),
    (
        {"properties": {"n": {"minimum": 3}, "b": {"const": True}}, "required": ["n", "b"]},
        ("all", [("n", ">=", 3), ("b", "=", "true")]),
    ),
    ({"properties": {"n": {"minimum": 3}, "s": {"minimum": 2}}, "required": ["n", "s"]}, None),
    (
        {
            "anyOf": [
                {"properties": {"n": {"minimum": 3}}, "required": ["n"]},
                {"properties": {"s": {"minimum": 2}}, "required": ["s"]},
            ]
        },
        ("any", [("n", ">=", 3), ("s", "=", "2"), ("s", "=", "3")]),
    ),
]


@pytest.mark.parametrize(("condition", "expected"), CONDITIONS)
def test_a_condition_is_said_exactly_or_not_at_all(condition, expected):
    dictionary = read_dictionary(
        {
            "properties": {
                "n": {"type": "integer", "minimum": 0, "maximum": 9},
                "d": {"type": "number", "minimum": 0, "maximum": 9},
                "u": {
                    "type": "number", "minimum": 0, "maximum": 9,
                    "x-unit": {"code": "mg/dL", "accepted": [{"code": "umol/L", "divide": 2}]},
                },
                "s": {"type": "integer", "enum": [1, 2, 3]},
                "b": {"type": "boolean"},
                "x": {"type": "string", "enum": ["a", "b"], "x-derived": [{"answer": "x"}, {"value": "a"}]},
                "q": {"type": "boolean", "x-ask-if": condition},
            }
        },
        "dictionary",
    )  # fmt: skip
    reading = read_dictionary_rules(dictionary, "dictionary")
    found = enabling_of("q", reading)
    said = found and (
        found.behavior,
        [
            (
                one["question"],
                one["operator"],
                one.get("answerInteger", one.get("answerDecimal", one.get("answerCoding"))),
            )
            for one in found.conditions
        ],
    )
    coded = expected and (
        expected[0],
        [
            (id, sign, {"system": system_of(dictionary, id), "code": value} if isinstance(value, str) else value)
            for id, sign, value in expected[1]
        ],
    )

    assert said == coded
    assert always_shown(reading) == (() if expected else ("q",))


def test_the_words_speak_to_whom_they_are_asked_for_and_the_link_ids_stay():
    patient, clinician = (questionnaire_of(as_of=DAY, audience=one) for one in (Audience.PATIENT, Audience.CLINICIAN))

    assert by_link(patient).keys() == by_link(clinician).keys()
    assert by_link(patient)["pregnant"]["text"] != by_link(clinician)["pregnant"]["text"]
    assert (patient["url"], patient["version"]) == (clinician["url"], clinician["version"])


def test_every_document_in_force_and_every_source_is_named():
    questionnaire = questionnaire_of("eu-ema", DAY)
    artifacts = [one["valueRelatedArtifact"] for one in questionnaire["extension"]]
    in_force = load_criteria("eu-ema").in_force(date.fromisoformat(DAY))

    assert [one["resource"] for one in artifacts if one["type"] == "derived-from"] == [one.document for one in in_force]
    assert {one["label"] for one in artifacts if one["type"] == "citation"} <= {"primary", "secondary", "unverified"}
    assert "LOINC (http://loinc.org)" in questionnaire["copyright"]


def test_a_language_without_words_is_an_error():
    with pytest.raises(LanguageUnknown):
        questionnaire_of(as_of=DAY, language="xx")


def test_without_an_answer_no_question_with_a_condition_is_enabled(found):
    conditional = [id for id in READING.ask_if if id not in always_shown(READING)]

    assert conditional
    for id in conditional:
        item = found[id] if form_of(QUESTIONS[id]) is Form.CHOICE else found[f"{id}.number"]
        assert not enabled(item, {})
    assert response_of(Answers(), as_of=DAY, completed=False).get("item") is None
