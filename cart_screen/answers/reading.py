"""Strict reading of an answer document: JSON text in, ``Answers`` out, nothing coerced."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cart_screen.answers.dictionary import Dictionary
from cart_screen.answers.given import FORMAT, Answers, answers_beside, sort_out
from cart_screen.answers.scalars import is_number, written
from cart_screen.errors import AnswerProblem, AnswersInvalid, AnswersUnreadable
from cart_screen.nouns import field, noun

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

    Pairs = list[tuple[str, Any]]

# An answer document has about sixty short entries; a megabyte is far beyond any honest one.
LARGEST_DOCUMENT = 1_000_000

_SHAPE = 'Write one JSON object such as {"age_years": 61, "diagnosis": "follicular-lymphoma"}.'

# What some editors put before a text in UTF-8.
_MARK = b"\xef\xbb\xbf"

_JSON_SPACE = " \t\n\r"

_PARTS = ("answers", "absent", "units")


@noun
class AnswerDocument:
    """An answer document as it was read: values and absent reasons, and the unit of a value where it names one."""

    # Answers are health data: they stay out of logs and tracebacks.
    values: Mapping[str, Any] = field(repr=False)
    absent: Mapping[str, Any]
    units: Mapping[str, Any]


def read_answers(text: bytes, where: str) -> Answers:
    """
    Read an answer document, flat or in the exchange form, without a dictionary to hold it against.

    ``where`` names the document in messages.

    Raises
    ------
    AnswersUnreadable
        As ``read_document`` does, and when the document names units: only a dictionary can convert them.
    AnswersInvalid
        When an answer is no scalar or an absent reason is unknown.
    """
    document = read_document(text, where)
    if document.units:
        raise AnswersUnreadable(where, '"units" stand in it', "Give each value in its canonical unit here.")
    return Answers(document.values, document.absent)


def read_checked_answers(text: bytes, where: str, dictionary: Dictionary) -> Answers:
    """
    Read an answer document into answers that a dictionary allows, each number in the canonical unit.

    The exchange form may name other units, as in ``"units": {"creatinine": "umol/L"}``.

    Raises
    ------
    AnswersUnreadable
        As ``read_document`` does.
    AnswersInvalid
        With every answer and every unit that the dictionary does not allow.
    """
    return check_document(read_document(text, where), dictionary)


def check_document(document: AnswerDocument, dictionary: Dictionary) -> Answers:
    """
    Give the answers of a document, in canonical units, after all of them were held against a dictionary.

    Raises
    ------
    AnswersInvalid
        With every problem of the document at once.
    """
    if not document.units and dictionary.admits(document.values, document.absent):
        # Nearly always; whatever is not as it should be is found below, and named.
        answers, unsound = answers_beside(document.absent, dict(document.values))
        if not unsound:
            return answers
    values, problems = _in_canonical_units(document, dictionary) if document.units else (document.values, [])
    answers, unsound = sort_out(values, document.absent)
    problems = [*problems, *unsound, *dictionary.problems(answers)]
    if problems:
        raise AnswersInvalid(problems)
    return answers


def read_document(text: bytes, where: str) -> AnswerDocument:
    """
    Read an answer document into values, absent reasons and units, none of them checked yet.

    Raises
    ------
    AnswersUnreadable
        When the bytes are too many, not UTF-8, not JSON, not one object, name an answer twice or
        hold a number that JSON does not have (NaN, infinity).
    """
    if len(text) > LARGEST_DOCUMENT:
        raise AnswersUnreadable(where, f"{len(text):,} bytes are too many", f"At most {LARGEST_DOCUMENT:,} are read.")
    try:
        decoded = text.removeprefix(_MARK).decode("utf-8")
    except UnicodeDecodeError as error:
        raise AnswersUnreadable(
            where, f"the byte at position {error.start} is not UTF-8", "Save the file as UTF-8 text."
        ) from None
    document = _parsed(decoded, where)
    if not isinstance(document, dict):
        raise AnswersUnreadable(where, f"{_kind(document)} stands where an object of answers is needed", _SHAPE)
    if "format" not in document:
        return AnswerDocument(document, {}, {})
    return _from_exchange(document, where)


def _from_exchange(document: dict[str, Any], where: str) -> AnswerDocument:
    if document["format"] != FORMAT:
        raise AnswersUnreadable(
            where, f"the format is {written(document['format'])}", f'This version reads "{FORMAT}".'
        )
    unknown = sorted(set(document) - {"format", *_PARTS})
    if unknown:
        raise AnswersUnreadable(
            where, f"the key {written(unknown[0])} is not known", 'Keys are "format", "answers", "absent" and "units".'
        )
    for part in _PARTS:
        if not isinstance(document.get(part, {}), dict):
            raise AnswersUnreadable(where, f'"{part}" is {_kind(document[part])}', f'Make "{part}" an object.')
    return AnswerDocument(*(document.get(part, {}) for part in _PARTS))


def _in_canonical_units(document: AnswerDocument, dictionary: Dictionary) -> tuple[dict[str, Any], list[AnswerProblem]]:
    # Imported here: only a document with other units converts, and the fractions cost start-up time.
    from cart_screen.answers.units import accepted_unit, to_canonical

    values = dict(document.values)
    problems: list[AnswerProblem] = []
    for id, unit in document.units.items():
        question = dictionary.questions.get(id)
        if question is None:
            # A value for it is a problem of its own, and says more.
            if id not in values:
                problems.append(AnswerProblem(id, "a unit for an unknown question", "a question id of the dictionary"))
            continue
        given = values.get(id)
        try:
            code = accepted_unit(question, unit).code
            converted = to_canonical(question, given, code) if is_number(given) else given
        except AnswersInvalid as error:
            problems += error.problems
            values.pop(id, None)
            continue
        if not is_number(given):
            continue
        values[id] = converted
        if not question.allows(converted):
            del values[id]
            found = f"{written(given)} with the unit {written(unit)}"
            problems.append(AnswerProblem(id, found, question.allowed))
    return values, problems


def _parsed(text: str, where: str) -> Any:
    def no_constant(name: str) -> NoReturn:
        raise AnswersUnreadable(where, f"{name} is no JSON number", "Leave the answer out, or write null.")

    def no_duplicates(pairs: Pairs) -> dict[str, Any]:
        record: dict[str, Any] = {}
        for key, value in pairs:
            if key in record:
                raise AnswersUnreadable(where, f"{written(key)} is given twice", "Keep one of the two.")
            record[key] = value
        return record

    if not text.strip():
        raise AnswersUnreadable(where, "it is empty", _SHAPE)
    try:
        return _scanned(text, no_constant, no_duplicates)
    except Exception:
        # The module json says what is wrong.
        import json
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


def _scanned(text: str, no_constant: Callable[[str], Any], no_duplicates: Callable[[Pairs], Any]) -> Any:
    """Read JSON as the module json does, but without loading it: its patterns alone take longer than a document."""
    from _json import make_scanner

    class Settings:
        strict = True
        object_hook = None
        object_pairs_hook = staticmethod(no_duplicates)
        parse_constant = staticmethod(no_constant)
        parse_float = float
        parse_int = int

    start = len(text) - len(text.lstrip(_JSON_SPACE))
    value, end = make_scanner(Settings)(text, start)  # type: ignore[arg-type]
    if text[end:].strip(_JSON_SPACE):
        raise ValueError("more than one value")
    return value


def _kind(value: Any) -> str:
    if isinstance(value, list | dict) or value is None:
        return written(value)
    return {bool: "a yes/no value", str: "a text", int: "a number", float: "a number"}[type(value)]
