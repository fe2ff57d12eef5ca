"""Strict reading of an answer document: JSON text in, ``Answers`` out, nothing coerced."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from cart_screen.answers.given import FORMAT, Answers
from cart_screen.answers.scalars import written
from cart_screen.errors import AnswersUnreadable

# An answer document has about sixty short entries; a megabyte is far beyond any honest one.
LARGEST_DOCUMENT = 1_000_000

_SHAPE = 'Write one JSON object such as {"age_years": 61, "diagnosis": "follicular-lymphoma"}.'


Record = tuple[Mapping[str, Any], Mapping[str, str]]


def read_answers(text: bytes, where: str) -> Answers:
    """
    Read an answer document, flat or in the exchange form.

    ``where`` names the document in messages.

    Raises
    ------
    AnswersUnreadable
        As ``read_record`` does.
    AnswersInvalid
        When an answer is no scalar or an absent reason is unknown.
    """
    return Answers(*read_record(text, where))


def read_record(text: bytes, where: str) -> Record:
    """
    Read an answer document into values and absent reasons, none of them checked yet.

    Raises
    ------
    AnswersUnreadable
        When the bytes are too many, not UTF-8, not JSON, not one object, name an answer twice or
        hold a number that JSON does not have (NaN, infinity).
    """
    if len(text) > LARGEST_DOCUMENT:
        raise AnswersUnreadable(where, f"{len(text):,} bytes are too many", f"At most {LARGEST_DOCUMENT:,} are read.")
    try:
        decoded = text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise AnswersUnreadable(
            where, f"the byte at position {error.start} is not UTF-8", "Save the file as UTF-8 text."
        ) from None
    document = _parsed(decoded, where)
    if not isinstance(document, dict):
        raise AnswersUnreadable(where, f"{_kind(document)} stands where an object of answers is needed", _SHAPE)
    if "format" not in document:
        return document, {}
    return _from_exchange(document, where)


def _from_exchange(document: dict[str, Any], where: str) -> Record:
    if document["format"] != FORMAT:
        raise AnswersUnreadable(
            where, f"the format is {written(document['format'])}", f'This version reads "{FORMAT}".'
        )
    unknown = sorted(set(document) - {"format", "answers", "absent"})
    if unknown:
        raise AnswersUnreadable(
            where, f"the key {written(unknown[0])} is not known", 'Keys are "format", "answers" and "absent".'
        )
    for part in ("answers", "absent"):
        if not isinstance(document.get(part, {}), dict):
            raise AnswersUnreadable(where, f'"{part}" is {_kind(document[part])}', f'Make "{part}" an object.')
    return document.get("answers", {}), document.get("absent", {})


def _parsed(text: str, where: str) -> Any:
    def no_constant(name: str) -> NoReturn:
        raise AnswersUnreadable(where, f"{name} is no JSON number", "Leave the answer out, or write null.")

    def no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        record: dict[str, Any] = {}
        for key, value in pairs:
            if key in record:
                raise AnswersUnreadable(where, f"{written(key)} is given twice", "Keep one of the two.")
            record[key] = value
        return record

    if not text.strip():
        raise AnswersUnreadable(where, "it is empty", _SHAPE)
    try:
        return json.loads(text, parse_constant=no_constant, object_pairs_hook=no_duplicates)
    except json.JSONDecodeError as error:
        raise AnswersUnreadable(
            where, f"it is not JSON at line {error.lineno}, column {error.colno}: {error.msg}", _SHAPE
        ) from None
    except RecursionError:
        raise AnswersUnreadable(where, "it is nested too deeply", _SHAPE) from None
    except ValueError:
        # Python's guard against integers of many thousand digits.
        raise AnswersUnreadable(
            where, "it holds a number that is too long", "Write the number with fewer digits."
        ) from None


def _kind(value: Any) -> str:
    if isinstance(value, list | dict) or value is None:
        return written(value)
    return {bool: "a yes/no value", str: "a text", int: "a number", float: "a number"}[type(value)]
