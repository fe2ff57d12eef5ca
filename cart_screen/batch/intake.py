"""Columns of a table made answers: whole columns at once, and value by value only what is not plainly allowed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias, assert_never

import polars as pl

from cart_screen.answers.dictionary import Question
from cart_screen.answers.scalars import Scalar, written
from cart_screen.batch.readings import AnswerReader, ValueUnread
from cart_screen.engines.columns.errors import ColumnProblem
from cart_screen.errors import shown
from cart_screen.nouns import noun

# The columns of a frame of intakes beside the answers. No question has a name with this separator.
ROW = "batch/row"
KEY = "batch/key"
UNREAD = "batch/unread"

# What could not be read of a row: the id of the question, or nothing where it is the row itself, the value as text,
# and why.
Problem: TypeAlias = "tuple[str, str, str]"

_TEXTS = (pl.String, pl.Categorical, pl.Enum)


def problems_in(unread: str) -> list[Problem]:
    """Give what could not be read of a row from its cell in the column ``UNREAD``."""
    return [(question, value, reason) for question, value, reason in json.loads(unread)]


def unread(problems: Sequence[Problem]) -> str:
    """Write what could not be read of a row as its cell in the column ``UNREAD``."""
    return json.dumps(problems)


def dtype_of(question: Question) -> pl.DataType:
    """Give the type of a column of answers to a question."""
    match question.kind:
        case "boolean":
            return pl.Boolean()
        case "string":
            return pl.Enum([str(choice) for choice in question.choices])
        case "integer" | "number":
            return pl.Float64()
        case _:
            assert_never(question.kind)


@noun
class Intake:
    """How the columns of a table are read as answers, by question id."""

    readers: Mapping[str, AnswerReader]

    def schema(self, key: pl.DataType | None) -> dict[str, pl.DataType]:
        """Give the columns that ``read`` gives, for a table whose key has a type, or that has none."""
        keyed = {} if key is None else {KEY: key}
        answers = {id: dtype_of(reader.question) for id, reader in self.readers.items()}
        return {ROW: pl.Int64(), **keyed, **answers, UNREAD: pl.String()}

    def refused(self, columns: Mapping[str, str], schema: Mapping[str, pl.DataType]) -> list[ColumnProblem]:
        """List the typed columns that cannot hold answers; ``columns`` gives the column of each question."""
        problems = []
        for id, column in columns.items():
            if not _suits(self.readers[id], schema[column]):
                found = f"a column of type {schema[column]}"
                problems.append(ColumnProblem(column, found, f"answers to {id}: {self.readers[id].question.allowed}"))
        return problems

    def read(self, raw: pl.DataFrame) -> pl.DataFrame:
        """
        Read a frame of raw columns, each named by its question, as answers.

        It may hold ``ROW`` and ``KEY``, which pass through, and ``UNREAD`` for rows that are wrong as a whole. What
        cannot be read is null, and told in ``UNREAD``.
        """
        columns = [raw[name] for name in (ROW, KEY) if name in raw.columns]
        problems: dict[int, list[Problem]] = {}
        for id, reader in self.readers.items():
            column = _Column(reader, raw[id])
            columns.append(column.answers())
            for place, value, reason in column.problems:
                problems.setdefault(place, []).append((id, value, reason))
        told = raw[UNREAD] if UNREAD in raw.columns else pl.repeat(None, raw.height, dtype=pl.String, eager=True)
        if problems:
            told = told.scatter(list(problems), [unread(each) for each in problems.values()])
        return pl.DataFrame([*columns, told.alias(UNREAD)])


def _suits(reader: AnswerReader, dtype: pl.DataType) -> bool:
    if dtype in _TEXTS or dtype == pl.Null:
        return True
    if dtype.is_numeric():
        return reader.question.kind in ("integer", "number") or bool(reader.codes)
    return dtype == pl.Boolean and (reader.question.kind == "boolean" or not {"true", "false"}.isdisjoint(reader.words))


class _Column:
    """One column of a frame: its answers, and afterwards the places where it holds none that is allowed."""

    def __init__(self, reader: AnswerReader, raw: pl.Series) -> None:
        self._reader = reader
        self._raw = raw.cast(pl.String) if raw.dtype in (pl.Categorical, pl.Enum) else raw
        # Place, value as text and reason of each.
        self.problems: list[tuple[int, str, str]] = []

    def answers(self) -> pl.Series:
        reader, raw = self._reader, self._raw
        dtype = dtype_of(reader.question)
        name = reader.question.id
        if raw.dtype == pl.Null or raw.null_count() == len(raw):
            return pl.repeat(None, len(raw), dtype=dtype, eager=True).alias(name)
        found, plainly = _plain_numbers(reader, raw) if dtype == pl.Float64 else _plain_words(reader, raw)
        left = (plainly.not_() & raw.is_not_null()).arg_true()
        if len(left):
            found = found.scatter(left, self._one_by_one(left, found.dtype))
        if found.dtype == pl.UInt32:
            found = pl.Series([str(choice) for choice in reader.question.choices], dtype=dtype).gather(found)
        return found.alias(name)

    def _one_by_one(self, places: pl.Series, dtype: pl.DataType) -> pl.Series:
        values = self._raw.gather(places)
        read = self._of_value()
        meanings: dict[Any, Any] = {}
        reasons: dict[Any, str] = {}
        for value in values.unique().to_list():
            try:
                meanings[value] = _stored(self._reader.question, read(value))
            except ValueUnread as error:
                reasons[value] = str(error)
        # NaN is no key that finds itself.
        each = values.to_list()
        if reasons:
            self.problems = [
                (place, _told(value), reasons[value])
                for place, value in zip(places.to_list(), each, strict=True)
                if value in reasons
            ]
        return pl.Series([meanings.get(value) for value in each], dtype=dtype)

    def _of_value(self) -> Callable[[Any], Scalar | None]:
        if self._raw.dtype == pl.String:
            return self._reader.of_text
        if self._raw.dtype == pl.Boolean:
            return self._reader.of_boolean
        return lambda value: self._reader.of_number(float(value))


def _plain_numbers(reader: AnswerReader, raw: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Give the numbers of a column, and where they are plainly what it says and allowed."""
    if raw.dtype == pl.Boolean or reader.codes or reader.unit is not None:
        return _nothing_plain(raw, pl.Float64())
    question = reader.question
    found = raw.cast(pl.Float64, strict=False)
    allowed = found.is_finite()
    if question.minimum is not None:
        allowed &= found >= question.minimum
    if question.maximum is not None:
        allowed &= found <= question.maximum
    if question.kind == "integer":
        allowed &= found.floor() == found
    if question.choices:
        allowed &= found.is_in([float(choice) for choice in question.choices])
    return found, allowed.fill_null(False)


def _plain_words(reader: AnswerReader, raw: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Give what a column says as it is stored, and where it says so in plain words."""
    stored = pl.Boolean() if reader.question.kind == "boolean" else pl.UInt32()
    if raw.dtype == pl.Boolean and stored == pl.Boolean and not reader.words:
        return raw, raw.is_not_null()
    if raw.dtype != pl.String:
        return _nothing_plain(raw, stored)
    words = raw.cast(pl.Enum(list(reader.vocabulary)), strict=False)
    meanings = pl.Series([_stored(reader.question, meaning) for meaning in reader.vocabulary.values()], dtype=stored)
    return meanings.gather(words.to_physical()), words.is_not_null()


def _nothing_plain(raw: pl.Series, dtype: pl.DataType) -> tuple[pl.Series, pl.Series]:
    return (
        pl.repeat(None, len(raw), dtype=dtype, eager=True),
        pl.repeat(False, len(raw), dtype=pl.Boolean, eager=True),
    )


def _stored(question: Question, answer: Scalar | None) -> Any:
    """Give an answer as columns are put together: an option by its place."""
    if answer is None or question.kind != "string":
        return answer
    return question.choices.index(answer)


def _told(value: Any) -> str:
    return shown(value) if isinstance(value, str) else written(value)
