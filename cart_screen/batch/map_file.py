"""The file of a map: JSON that says which column of a table answers which question, read strictly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from cart_screen.answers.dictionary import Question
from cart_screen.answers.scalars import Scalar as Answer
from cart_screen.answers.scalars import written
from cart_screen.answers.units import accepted_unit
from cart_screen.batch.mapping import ColumnMap
from cart_screen.batch.readings import AnswerReader, plain
from cart_screen.batch.strict_json import NotJson, parsed
from cart_screen.errors import AnswersInvalid, CartScreenError, DocumentInvalid, DocumentProblem, shown
from cart_screen.formats.limits import limit_problems
from cart_screen.formats.map import Map
from cart_screen.formats.problems import format_problems
from cart_screen.rules.references import escaped

# The largest honest map has some hundred short entries.
_LARGEST = 1_000_000

_MARK = b"\xef\xbb\xbf"


class MapMissing(CartScreenError):
    """There is no map to read."""

    code = "map-missing"

    def __init__(self, path: str, why: str) -> None:
        super().__init__(path, why)
        self.path = path
        self.why = why

    def __str__(self) -> str:
        return f"Cannot read the map {shown(self.path)}: {self.why}. Name a JSON file with --map."


class MapUnreadable(CartScreenError):
    """What should be a map is no JSON."""

    code = "map-unreadable"

    def __init__(self, path: str, found: str) -> None:
        super().__init__(path, found)
        self.path = path
        self.found = found

    def __str__(self) -> str:
        return f'The map {shown(self.path)} cannot be read: {self.found}. Write JSON with "format": "{FORMAT}".'


FORMAT = "cart-screen-map/1"


def read_map(path: Path, questions: Mapping[str, Question]) -> ColumnMap:
    """
    Read the file of a map, held against the questions that its columns may answer.

    Raises
    ------
    MapMissing
        When it cannot be read.
    MapUnreadable
        When it is no JSON.
    DocumentInvalid
        With every place that breaks the format, and every question, unit and answer that there is not.
    """
    raw = _parsed(path)
    where = path.name
    problems = list(limit_problems(raw, where)) or list(format_problems(Map, raw, where))
    problems = problems or list(_problems(raw, questions, where))
    if problems:
        raise DocumentInvalid(problems)
    missing = tuple(raw.get("missing", ()))
    everywhere: dict[str, Answer | None] = {plain(text): None for text in missing}
    columns = {
        name: AnswerReader(
            questions[column["question"]],
            _unit(questions[column["question"]], column),
            everywhere | {plain(text): answer for text, answer in column.get("values", {}).items()},
        )
        for name, column in raw.get("columns", {}).items()
    }
    return ColumnMap(columns, missing, tuple(raw.get("ignored", ())))


def _unit(question: Question, column: Mapping[str, Any]) -> str | None:
    unit = accepted_unit(question, column["unit"]).code if "unit" in column else None
    # The canonical unit needs no conversion, and is read as fast as no unit.
    return None if unit is None or unit == question.units[0].code else unit


def _parsed(path: Path) -> Any:
    try:
        with path.open("rb") as stream:
            text = stream.read(_LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no name of a file"
        raise MapMissing(str(path), reason or "it cannot be opened") from None
    if len(text) > _LARGEST:
        raise MapUnreadable(str(path), f"it has more than {_LARGEST:,} bytes")
    try:
        return parsed(text.removeprefix(_MARK).decode("utf-8"))
    except UnicodeDecodeError as error:
        raise MapUnreadable(str(path), f"the byte at position {error.start} is not UTF-8") from None
    except NotJson as error:
        raise MapUnreadable(str(path), str(error)) from None


def _problems(raw: Mapping[str, Any], questions: Mapping[str, Question], where: str) -> Iterator[DocumentProblem]:
    answered: dict[str, str] = {}
    for name, column in raw.get("columns", {}).items():
        pointer = f"/columns/{escaped(name)}"
        if name in raw.get("ignored", ()):
            yield DocumentProblem(where, pointer, "a column that is also ignored", "one of the two", "map")
        question = questions.get(column["question"])
        if question is None or question.internal:
            found = f"an unknown question {written(column['question'])}" if question is None else "a derived answer"
            yield DocumentProblem(where, f"{pointer}/question", found, "a question id of the dictionary", "map")
            continue
        if question.id in answered:
            found = f"a second column for {question.id}, beside {written(answered[question.id])}"
            yield DocumentProblem(where, pointer, found, "one column for each question", "map")
        answered.setdefault(question.id, name)
        if "unit" in column:
            try:
                accepted_unit(question, column["unit"])
            except AnswersInvalid as error:
                problem = error.problems[0]
                yield DocumentProblem(where, f"{pointer}/unit", problem.found, problem.allowed, "map")
        yield from _value_problems(column.get("values", {}), question, where, pointer)


def _value_problems(
    values: Mapping[str, Any], question: Question, where: str, pointer: str
) -> Iterator[DocumentProblem]:
    seen: dict[str, str] = {}
    for text, answer in values.items():
        place = f"{pointer}/values/{escaped(text)}"
        if plain(text) in seen:
            found = f"the same text as {written(seen[plain(text)])}, apart from blanks and capitals"
            yield DocumentProblem(where, place, found, "each text once", "map")
        seen.setdefault(plain(text), text)
        if answer is not None and not question.allows(answer):
            yield DocumentProblem(where, place, written(answer), f"{question.allowed}, or null", "map")
