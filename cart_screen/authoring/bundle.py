"""
A criteria document as one standalone JSON Schema 2020-12 document.

The shared criteria that it reads are embedded under ``$defs`` as resources of their own, under their
``$id``, as the standard describes for compound documents. Nothing outside is needed to validate.

The form and the rules are apart: ``#/$defs/answers`` describes the answers, one flat object without
a condition, and the document as a whole asks for it and for the five criteria. A form builder such as
rjsf is given ``#/$defs/answers`` alone. Were the rules in the form's schema, it would draw a choice
for every ``anyOf``, with the first one picked, and tell a person who does not meet a criterion that
the form is filled in wrongly, which is a verdict.

Metadata under ``x-`` is left out, and a ``type`` stands beside every limit: a validator in strict mode,
as ajv is by default, refuses keywords that it does not know and warns of limits without a type.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from cart_screen.answers.dictionary import Question
from cart_screen.authoring.shelf import Found
from cart_screen.rules.derivations import Reading, inputs_of
from cart_screen.rules.references import Place, joined, subschemas
from cart_screen.rules.schema import DIALECT, Properties, Schema, parts_of
from cart_screen.texts import Texts

_LIMITS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
_ONE = ("not", "if", "then", "else")
_MANY = ("allOf", "anyOf", "oneOf")

_INTENDED = (
    "Published criteria, to prepare a conversation with a specialist. They are no medical advice and decide nothing "
    "about anybody: only a specialist who knows the person can."
)
_INPUT = (
    "Input: one flat object of resolved answers, keyed by question id, which are the answers given and those derived "
    "from them as the comment of each question under #/$defs/answers says. Valid means met, on complete answers: where "
    "an answer that is read is missing, a standard validator says invalid, which is then not met or not known, and "
    "only cart-screen tells which. #/$defs/answers alone describes the answers, and is what a form builder takes. "
    "Cautions decide nothing and are left out."
)
_FIVE = "Each of the five criteria stands under #/$defs by its name; the whole is valid where all five are met."


def bundle(found: Found) -> dict[str, Any]:
    """Give a document with all that it refers to, and the questions whose answers it reads, as one JSON Schema."""
    shelf, address = found.shelf, found.address
    reading, texts = shelf.reading(address), Texts(shelf.criteria)
    questions = reading.dictionary.questions
    rules = _standard(found.document, found.document, questions)
    comment = [f"Made from {address}.", *_standing(found), _INPUT, *([_FIVE] if found.use else [])]
    comment += [rules["$comment"]] if "$comment" in rules else []
    return {
        **rules,
        "$schema": DIALECT,
        # Another document than the one that it is made of, so another address; a registry may hold both.
        "$id": f"{address}:export",
        "description": f"{_INTENDED} {texts.get('intended-use', 'regulatory-note')}",
        "$comment": " ".join(comment),
        "type": "object",
        "allOf": [{"$ref": "#/$defs/answers"}, *rules.get("allOf", ())],
        "$defs": {
            "answers": _answers(shelf.tree(address), reading, texts),
            **rules.get("$defs", {}),
            **{
                one: _standard(shelf.documents[one], shelf.documents[one], questions)
                for one in _referred(shelf.documents, address)
            },
        },
    }


def _referred(documents: Mapping[str, Any], address: str) -> list[str]:
    """Give the addresses of all documents that a document refers to, also from a definition that nothing reads."""
    found = {address: None}
    pending: list[tuple[Any, Place]] = [(documents[address], Place(address, "", address))]
    while pending:
        schema, place = pending.pop()
        if not isinstance(schema, Mapping):
            continue
        other = joined(place.base, schema.get("$ref", "#")).partition("#")[0]
        if other in documents and other not in found:
            found[other] = None
            pending.append((documents[other], Place(other, "", other)))
        pending.extend(subschemas(schema, place.based(schema["$id"]) if "$id" in schema else place))
    return [one for one in found if one != address]


def _standing(found: Found) -> Iterator[str]:
    use = found.use
    if use is not None:
        yield f"In force from {use.effective}. {use.effective_note}".strip()
        if use.withdrawn:
            yield "Withdrawn."
    draft = use.draft if use else found.address in found.shelf.drafts
    yield "A draft, which may still change." if draft else "Released."


def _standard(
    schema: Any, document: Mapping[str, Any], questions: Mapping[str, Question], on: Question | None = None
) -> Any:
    """Give a schema in the standard's own keywords; ``on`` is the question whose answer it describes."""
    if not isinstance(schema, Mapping):
        return schema
    plain: dict[str, Any] = {}
    for key, value in schema.items():
        if key in _ONE:
            plain[key] = _standard(value, document, questions, on)
        elif key in _MANY:
            plain[key] = [_standard(one, document, questions, on) for one in value]
        elif key in ("properties", "$defs"):
            plain[key] = {
                name: _standard(one, document, questions, questions[name] if key == "properties" else None)
                for name, one in value.items()
            }
        elif not key.startswith("x-"):
            plain[key] = value
    if on is None and "properties" in plain:
        plain.setdefault("type", "object")
    elif on is not None and any(limit in plain for limit in _LIMITS):
        plain.setdefault("type", on.kind)
    comment = " ".join(_comments(schema, document))
    return {**plain, "$comment": comment} if comment else plain


def _comments(schema: Mapping[str, Any], document: Mapping[str, Any]) -> Iterator[str]:
    if "$comment" in schema:
        yield schema["$comment"]
    if "x-note" in schema:
        yield schema["x-note"]
    cited = schema.get("x-source", ())
    ids = [cited] if isinstance(cited, str) else cited
    for source in document.get("x-sources", ()):
        if source["id"] in ids:
            yield f"Source: {source['title']} ({source['verified']}, read on {source['read']}), {source['url']} ."
    if "x-signed-off" in schema:
        yield f"Signed off by {schema['x-signed-off']}."


def _answers(tree: Schema, reading: Reading, texts: Texts) -> dict[str, Any]:
    """Describe the answers that a document reads, and those that they are derived from, in the order of asking."""
    pending = [
        name for part in parts_of(tree) for keyword in part.keywords if isinstance(keyword, Properties)
        for name, _ in keyword.schemas
    ]  # fmt: skip
    read: set[str] = set()
    while pending:
        question = pending.pop()
        if question not in read:
            read.add(question)
            if question in reading.derivations:
                pending.extend(inputs_of(reading.derivations[question]))
    asked = [question for id, question in reading.dictionary.questions.items() if id in read]
    return {
        "title": "Answers",
        # The third paragraph is about the program on one's own computer, which a form elsewhere is not.
        "description": " ".join(texts.paragraphs("intended-use", "paragraphs")[:2]),
        "type": "object",
        "properties": {question.id: _question(question, texts) for question in asked},
    }


def _question(question: Question, texts: Texts) -> dict[str, Any]:
    path = ("questions", question.id)
    label = texts.find(*path, "label") or question.id
    unit = texts.find(*path, "unit")
    description = " ".join(said for said in (texts.find(*path, "hint"), f"Unit: {unit}." if unit else "") if said)
    bounds = {"minimum": question.minimum, "maximum": question.maximum}
    comment = " ".join(_about(question, texts))
    return {
        "title": texts.find(*path, "heading") or label,
        **({"description": description} if description else {}),
        "type": question.kind,
        **({"enum": list(question.choices)} if question.choices else {}),
        **{keyword: bound for keyword, bound in bounds.items() if bound is not None},
        **({"readOnly": True} if question.internal else {}),
        **({"$comment": comment} if comment else {}),
    }


def _about(question: Question, texts: Texts) -> Iterator[str]:
    """Say what a form or a program needs beside the standard's keywords: labels, and how an answer is derived."""
    values = question.choices or ((True, False) if question.kind == "boolean" else ())
    keys = (str(value).lower() if isinstance(value, bool) else str(value) for value in values)
    labels = {key: said for key in keys if (said := texts.find("questions", question.id, "options", key))}
    if labels:
        yield f"Labels: {json.dumps(labels, ensure_ascii=False)}"
    if question.internal:
        yield "Nobody is asked for it."
    if question.sources:
        yield f"Derived, the first of these that is known: {json.dumps(question.sources, ensure_ascii=False)}"
