"""Read a dictionary document (itself a JSON Schema) into a ``Dictionary``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cart_screen.answers.declaring_codes import (
    code_problems,
    read_question_codes,
    read_systems,
    read_units,
    read_value_codes,
)
from cart_screen.answers.dictionary import Dictionary, Question
from cart_screen.answers.scalars import KINDS, LARGEST_NUMBER, is_kind, is_number, is_scalar, written
from cart_screen.errors import DocumentInvalid, DocumentProblem

_DOCUMENT_KEYS = {
    "$schema", "$id", "title", "description", "$comment", "type", "additionalProperties", "properties",
    "x-version", "x-topics", "x-consistency", "x-urgency", "x-age", "x-sources", "x-code-systems",
    "x-screens",
}  # fmt: skip
_QUESTION_KEYS = {
    "type", "enum", "minimum", "maximum", "title", "description", "$comment",
    "x-topic", "x-unit", "x-codes", "x-coded", "x-ask", "x-ask-if", "x-safety", "x-internal", "x-derived",
}  # fmt: skip
_BY_ID = "an object of conditions"
_ASKED = ("always", "auto", "never")


def read_dictionary(document: Any, name: str) -> Dictionary:
    """
    Read a dictionary from its JSON document; ``name`` names the document in messages.

    A bare JSON Schema with ``properties`` is enough: everything under ``x-`` keywords is optional.

    Raises
    ------
    DocumentInvalid
        With every place that breaks the format.
    """
    problems = list(_document_problems(document, name))
    if problems:
        raise DocumentInvalid(problems)
    return Dictionary(
        id=document.get("$id", name),
        version=document.get("x-version", "1"),
        questions={id: _question(id, entry) for id, entry in document["properties"].items()},
        topics=tuple(document.get("x-topics", ())),
        consistency=dict(document.get("x-consistency", {})),
        urgency=dict(document.get("x-urgency", {})),
        age=document.get("x-age"),
        systems=read_systems(document),
        screens={name: tuple(members) for name, members in document.get("x-screens", {}).items()},
    )


def _question(id: str, entry: Mapping[str, Any]) -> Question:
    return Question(
        id=id,
        kind=entry["type"],
        choices=tuple(entry.get("enum", ())),
        minimum=entry.get("minimum"),
        maximum=entry.get("maximum"),
        topic=entry.get("x-topic", ""),
        units=read_units(entry),
        internal=entry.get("x-internal", False),
        asked=entry.get("x-ask", "auto"),
        safety=entry.get("x-safety", False),
        ask_if=entry.get("x-ask-if"),
        sources=tuple(entry.get("x-derived", ())),
        codes=read_question_codes(entry),
        coded=read_value_codes(entry),
    )


def _document_problems(document: Any, name: str) -> Iterator[DocumentProblem]:
    if not isinstance(document, dict):
        yield DocumentProblem(name, "", written(document), "an object")
        return
    for key in sorted(set(document) - _DOCUMENT_KEYS):
        yield DocumentProblem(name, f"/{key}", "an unknown keyword", ", ".join(sorted(_DOCUMENT_KEYS)))
    properties = document.get("properties")
    if not isinstance(properties, dict) or not properties:
        yield DocumentProblem(name, "/properties", written(properties), "an object with a question for each key")
        return
    if document.get("x-age", next(iter(properties))) not in properties:
        yield DocumentProblem(name, "/x-age", written(document["x-age"]), "the id of a question")
    for key, kind, allowed in (
        ("x-topics", list, "a list of topics"),
        ("x-consistency", dict, _BY_ID),
        ("x-urgency", dict, _BY_ID),
    ):
        if not isinstance(document.get(key, kind()), kind):
            yield DocumentProblem(name, f"/{key}", written(document[key]), allowed)
    listed = document.get("x-topics", [])
    topics = listed if isinstance(listed, list) else []
    for id, entry in properties.items():
        for pointer, found, allowed in _question_problems(entry, topics):
            yield DocumentProblem(name, f"/properties/{id}{pointer}", found, allowed)
    for pointer, found, allowed in (*_screen_problems(document), *code_problems(document)):
        yield DocumentProblem(name, pointer, found, allowed)


def _screen_problems(document: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    screens = document.get("x-screens", {})
    if not isinstance(screens, dict):
        yield "/x-screens", written(screens), "an object with a list of questions for each screen"
        return
    shown: set[str] = set()
    for name, members in screens.items():
        if name in document["properties"]:
            yield f"/x-screens/{name}", "the id of a question", "a name of its own"
        if not isinstance(members, list):
            yield f"/x-screens/{name}", written(members), "a list of questions"
            continue
        for position, id in enumerate(members):
            question = document["properties"].get(id) if isinstance(id, str) else None
            pointer = f"/x-screens/{name}/{position}"
            if not isinstance(question, dict) or question.get("type") != "boolean":
                yield pointer, written(id), "the id of a yes/no question"
            elif id in shown:
                yield pointer, f"{id} once more", "each question on one screen"
            elif question.get("x-internal"):
                yield pointer, f"{id}, which nobody is asked", "questions that people are asked"
            else:
                shown.add(id)


def _question_problems(entry: Any, topics: list[str]) -> Iterator[tuple[str, str, str]]:
    if not isinstance(entry, dict):
        yield "", written(entry), "an object"
        return
    for key in sorted(set(entry) - _QUESTION_KEYS):
        yield f"/{key}", "an unknown keyword", ", ".join(sorted(_QUESTION_KEYS))
    kind = entry.get("type")
    if kind not in KINDS:
        yield "/type", written(kind), ", ".join(KINDS)
        return
    choices = entry.get("enum")
    if choices is not None and not isinstance(choices, list):
        yield "/enum", written(choices), "a list of values"
        return
    if kind == "string" and not choices:
        yield "/enum", "none", "the texts that may be chosen: free text is no answer to a rule"
    for position, choice in enumerate(choices or ()):
        if not is_scalar(choice) or not is_kind(choice, kind):
            yield f"/enum/{position}", written(choice), f"a value of type {kind}"
        elif is_number(choice) and abs(choice) > LARGEST_NUMBER:
            yield f"/enum/{position}", written(choice), f"a number between -{LARGEST_NUMBER} and {LARGEST_NUMBER}"
    for bound in ("minimum", "maximum"):
        if bound in entry and not (is_number(entry[bound]) and abs(entry[bound]) <= LARGEST_NUMBER):
            yield f"/{bound}", written(entry[bound]), f"a number between -{LARGEST_NUMBER} and {LARGEST_NUMBER}"
        elif bound in entry and kind not in ("integer", "number"):
            yield f"/{bound}", "a bound", f"no bound on a {kind}"
    if "x-topic" in entry and entry["x-topic"] not in topics:
        yield "/x-topic", written(entry["x-topic"]), "one of x-topics"
    if entry.get("x-ask", "auto") not in _ASKED:
        yield "/x-ask", written(entry["x-ask"]), ", ".join(_ASKED)
