"""What the OpenAPI description says of bodies, parameters and errors, made from the dictionary that is served."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cart_screen.answers.dictionary import Dictionary, Question
from cart_screen.inquiry import Depth
from cart_screen.texts import Audience
from cart_screen.web.problems import MEDIA_TYPE
from cart_screen.web.served import Served

Json = dict[str, Any]

EXAMPLE_DATE = "2026-11-22"

EXAMPLE_ANSWERS: Mapping[str, Any] = {
    "age_years": 61,
    "cancer_group": "lymphoma",
    "diagnosis": "diffuse-large-b-cell-lymphoma",
    "disease_status": "relapsed",
    "prior_lines": 2,
}

_AS_OF: Json = {
    "type": ["string", "null"],
    "format": "date",
    "maxLength": 10,
    "description": "The day that counts, such as 2026-02-06; today where none is given.",
}
_LANGUAGE: Json = {"type": "string", "maxLength": 35, "description": "The language of the words.", "default": "en"}
_AUDIENCE: Json = {
    "type": "string",
    "enum": [str(one) for one in Audience],
    "description": "Whom the words speak to.",
    "default": str(Audience.PATIENT),
}

PROBLEM: Json = {
    "title": "Problem",
    "description": "What was found, where, and what to do (RFC 9457).",
    "type": "object",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string", "description": "The whole in one sentence. It may quote what was sent."},
        "code": {"type": "string", "description": "A stable word for programs."},
        "problems": {
            "type": "array",
            "description": "Every answer (`question`) or place of the body (`pointer`) that cannot be read as given.",
            "items": {"type": "object"},
        },
        "known": {"type": "array", "items": {"type": "string"}, "description": "What there is instead."},
    },
}

_SAID = {
    400: "The body is no JSON, or a parameter of the address is wrong.",
    404: "There is no such criteria set, use or file.",
    408: "The body did not arrive in time.",
    412: "The resources that the service reads are not there.",
    413: "The body is too large or nested too deeply.",
    415: "The body was announced as something else than JSON in UTF-8.",
    422: "The body is JSON, but not what is asked for.",
    500: "Something went wrong inside.",
    501: "This needs a part that is not installed here.",
    503: "Not ready.",
}

# What can happen to any body that is posted.
POSTED = (400, 404, 408, 413, 415, 422)


def problems(*statuses: int) -> dict[int | str, Json]:
    """Give the description of the errors that an operation answers with."""
    return {status: {"description": _SAID[status], "content": {MEDIA_TYPE: {"schema": PROBLEM}}} for status in statuses}


def parameter(name: str, said: str, schema: Json | None = None) -> Json:
    """Describe an optional parameter of the address."""
    return {"name": name, "in": "query", "required": False, "description": said, "schema": schema or {"type": "string"}}


def step(name: str, known: Iterable[str], said: str) -> Json:
    """Describe a step of the path, which is one of some names."""
    schema = {"type": "string", "enum": list(known)}
    return {"name": name, "in": "path", "required": True, "description": said, "schema": schema}


def as_of() -> Json:
    """Describe the date as a parameter."""
    return parameter("as_of", _AS_OF["description"], {"type": "string", "format": "date"})


def body(schema: Json, examples: Mapping[str, Json], media_type: str = "application/json") -> Json:
    """Describe a body with its examples, by what each shows."""
    shown = {name.lower().replace(" ", "-"): {"summary": name, "value": value} for name, value in examples.items()}
    return {"requestBody": {"required": True, "content": {media_type: {"schema": schema, "examples": shown}}}}


def asked(served: Served, more: Mapping[str, Json], required: tuple[str, ...] = ()) -> Json:
    """Describe a body that holds answers, with ``more`` beside them."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(required),
        "properties": {
            "answers": _answers(served.dictionaries),
            "absent": {
                "type": "object",
                "description": "Why an answer is missing, by question id.",
                "additionalProperties": {
                    "enum": ["not-asked", "asked-unknown", "asked-declined", "not-applicable"],
                },
                "propertyNames": {"enum": list(_questions(served.dictionaries))},
            },
            "units": {
                "type": "object",
                "description": "The UCUM code of a number's unit where it is not the canonical one, by question id.",
                "additionalProperties": {"type": "string"},
                "propertyNames": {"enum": list(_questions(served.dictionaries))},
            },
            "as_of": _AS_OF,
            "language": _LANGUAGE,
            "audience": _AUDIENCE,
            **more,
        },
    }


def one_set(served: Served) -> Json:
    """Describe the name of a criteria set."""
    said = f"The criteria set; {served.default} where none is named."
    return {"type": ["string", "null"], "enum": [*served.sets, None], "description": said}


def sets(served: Served) -> Json:
    """Describe the name of a criteria set, or a list of names."""
    name = {"type": "string", "enum": list(served.sets)}
    many = {"type": "array", "items": name, "minItems": 1, "maxItems": 20, "uniqueItems": True}
    return {"anyOf": [one_set(served), many], "description": "The criteria set, or several to compare."}


def depth() -> Json:
    """Describe how far a questionnaire goes."""
    said = "settle: until nothing can change the guidance; complete: also what is good to know."
    return {"type": "string", "enum": [str(one) for one in Depth], "default": str(Depth.SETTLE), "description": said}


def example(served: Served, **more: Any) -> Json:
    """Give a body with the answers of the example that every set of the same dictionary reads."""
    known = _questions(served.dictionaries)
    return {"answers": {id: value for id, value in EXAMPLE_ANSWERS.items() if id in known}, **more}


def _answers(dictionaries: Iterable[Dictionary]) -> Json:
    return {
        "type": "object",
        "description": "Answers by question id; null is asked and not known, an absent id is not asked.",
        "additionalProperties": False,
        "properties": {id: _answer(found) for id, found in _questions(dictionaries).items()},
    }


def _questions(dictionaries: Iterable[Dictionary]) -> dict[str, list[Question]]:
    found: dict[str, list[Question]] = {}
    for dictionary in dictionaries:
        for question in dictionary.questions.values():
            if not question.internal:
                found.setdefault(question.id, []).append(question)
    return found


def _answer(questions: list[Question]) -> Json:
    described = [_described(question) for question in questions]
    one = {str(each): each for each in described}
    return described[0] if len(one) == 1 else {"anyOf": list(one.values())}


def _described(question: Question) -> Json:
    # In another unit the limits are others, so that they are only told.
    bounds = {"minimum": question.minimum, "maximum": question.maximum} if len(question.units) < 2 else {}
    unit = {"description": question.allowed[:1].upper() + question.allowed[1:]} if question.units else {}
    return {
        "type": [question.kind, "null"],
        **({"enum": [*question.choices, None]} if question.choices else {}),
        **{keyword: bound for keyword, bound in bounds.items() if bound is not None},
        **unit,
    }


def resource(kind: str) -> Json:
    """Describe a FHIR R4 resource as far as it is looked at before it is read."""
    return {
        "type": "object",
        "required": ["resourceType"],
        "properties": {"resourceType": {"const": kind}},
        "description": f"A FHIR R4 {kind}.",
    }


def example_response(served: Served) -> Json:
    """Give a QuestionnaireResponse to the questionnaire of the default set, with one answer."""
    dictionary = served.one(None).reading.dictionary
    topic = dictionary.questions[dictionary.age].topic if dictionary.age else ""
    value = {"linkId": dictionary.age, "answer": [{"valueInteger": EXAMPLE_ANSWERS["age_years"]}]}
    return {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": f"urn:cart-screen:{served.default}:questionnaire|{dictionary.version}",
        "status": "completed",
        "item": [{"linkId": f"{topic}.topic", "item": [{"linkId": f"{dictionary.age}.number", "item": [value]}]}]
        if dictionary.age
        else [],
    }


_PATIENT: Json = {"resourceType": "Patient", "id": "example", "gender": "female", "birthDate": "1965-03-02"}
_CONDITION: Json = {
    "resourceType": "Condition",
    "clinicalStatus": {
        "coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active"}]
    },
    "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "C83.30"}]},
    "subject": {"reference": "Patient/example"},
}

EXAMPLE_BUNDLE: Json = {
    "resourceType": "Bundle",
    "type": "collection",
    "entry": [{"resource": _PATIENT}, {"resource": _CONDITION}],
}

HOOK: Json = {
    "type": "object",
    "required": ["hook", "hookInstance", "context", "prefetch"],
    "properties": {
        "hook": {"const": "patient-view"},
        "hookInstance": {"type": "string", "minLength": 1, "maxLength": 200},
        "context": {
            "type": "object",
            "required": ["userId", "patientId"],
            "properties": {
                "userId": {"type": "string", "maxLength": 1000},
                "patientId": {"type": "string", "maxLength": 1000},
            },
        },
        "prefetch": {
            "type": "object",
            "required": ["patient", "conditions", "observations"],
            "properties": {key: {"type": ["object", "null"]} for key in ("patient", "conditions", "observations")},
        },
    },
}

EXAMPLE_HOOK: Json = {
    "hook": "patient-view",
    "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
    "context": {"userId": "Practitioner/example", "patientId": "example"},
    "prefetch": {
        "patient": _PATIENT,
        "conditions": {"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": _CONDITION}]},
        "observations": {"resourceType": "Bundle", "type": "searchset", "entry": []},
    },
}
