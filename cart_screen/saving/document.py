"""A saved interview as a JSON document, and back."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any, NoReturn

from cart_screen.answers.given import FORMAT as ANSWERS
from cart_screen.answers.given import Answers, sort_out
from cart_screen.answers.reading import LARGEST_DOCUMENT, read_document
from cart_screen.answers.scalars import written
from cart_screen.errors import AnswersInvalid, AnswersUnreadable, first_of, shown
from cart_screen.inquiry import Depth
from cart_screen.saving.saved import PlainAnswers, Saved
from cart_screen.texts import Audience

FORMAT = "cart-screen-saved/1"

_REMEDY = "Name a file that was saved and not changed since."


def to_document(saved: Saved) -> bytes:
    """Give a saved interview as JSON text in UTF-8."""
    document = {
        "format": FORMAT,
        "notice": saved.notice,
        "library": saved.library,
        "saved": saved.moment.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "criteria": saved.criteria,
        **({"as_of": saved.as_of.isoformat()} if saved.as_of else {}),
        "dictionary": saved.dictionary,
        "documents": saved.documents,
        "depth": saved.depth,
        "audience": saved.audience,
        "answers": dict(saved.answers.values),
        "absent": dict(saved.answers.absent),
        **({"units": dict(saved.units)} if saved.units else {}),
        **({"asked": saved.asked} if saved.asked else {}),
    }
    text = json.dumps(document, indent=2, allow_nan=False, ensure_ascii=False) + "\n"
    # A path may hold bytes that are no text; another set can be named, other answers cannot.
    return text.encode("utf-8", "replace")


def from_document(text: bytes, where: str) -> Saved | PlainAnswers:
    """
    Read a saved interview, or answers alone where the document is flat or in the exchange form.

    ``where`` names the document in messages. No answer is held against a dictionary yet.

    Raises
    ------
    AnswersUnreadable
        When the document is too large, no JSON, in another format, or not as its format says.
    AnswersInvalid
        When an answer is no scalar, or an absent reason is none of the four.
    """
    document = _object(text)
    format = document.get("format", ANSWERS)
    if format == FORMAT:
        return _saved(document, where)
    if format != ANSWERS:
        raise AnswersUnreadable(
            where, f"the format is {written(format)}", f'This version reads "{FORMAT}" and "{ANSWERS}".'
        )
    plain = read_document(text, where)
    answers, problems = sort_out(plain.values, plain.absent)
    if problems:
        raise AnswersInvalid(problems)
    return PlainAnswers(answers, plain.units)


def _object(text: bytes) -> dict[str, Any]:
    """Give the JSON object that a text is, or an empty one where the reader of answers is to say what is wrong."""

    def refuse(name: str) -> NoReturn:
        raise ValueError(name)

    def without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        record = dict(pairs)
        if len(record) < len(pairs):
            raise ValueError("a key twice")
        return record

    if len(text) > LARGEST_DOCUMENT:
        return {}
    try:
        document = json.loads(text.decode("utf-8-sig"), parse_constant=refuse, object_pairs_hook=without_duplicates)
    except (ValueError, RecursionError):
        return {}
    return document if isinstance(document, dict) else {}


def _saved(document: dict[str, Any], where: str) -> Saved:
    # Imported here: only what is read is checked, and the check brings pydantic.
    from cart_screen.formats.limits import limit_problems
    from cart_screen.formats.problems import format_problems
    from cart_screen.formats.saved import Saved as Format

    problems = list(limit_problems(document, where)) or list(format_problems(Format, document, where))
    if problems:
        # What was found may be an answer, which belongs into no message.
        wrong = first_of([f"{shown(problem.pointer) or 'the whole'} must be {problem.allowed}" for problem in problems])
        raise AnswersUnreadable(where, f"it is no saved interview as it was written: {wrong}", _REMEDY)
    try:
        moment = datetime.fromisoformat(document["saved"]).astimezone(UTC)
    except OverflowError:
        raise AnswersUnreadable(where, "/saved is no moment of the calendar", _REMEDY) from None
    return Saved(
        answers=Answers(document["answers"], document["absent"]),
        units=document.get("units", {}),
        asked=tuple(document.get("asked", ())),
        criteria=document["criteria"],
        as_of=date.fromisoformat(document["as_of"]) if "as_of" in document else None,
        dictionary=document["dictionary"],
        documents=tuple(document["documents"]),
        depth=Depth(document["depth"]),
        audience=Audience(document["audience"]),
        library=document["library"],
        moment=moment,
        notice=document["notice"],
    )
