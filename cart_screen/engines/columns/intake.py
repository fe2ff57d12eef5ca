"""
Frames of answers as they come in: which columns are answers, of what type, and what is not allowed.

A wrong type is an error that names every such column. A value that its question does not allow is found row by
row; NaN is a missing answer.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias, assert_never

from cart_screen.answers.dictionary import Dictionary, Question
from cart_screen.engines.columns.backend import nw
from cart_screen.engines.columns.errors import ColumnProblem, ColumnsInvalid
from cart_screen.engines.columns.limits import Span

Frame: TypeAlias = "nw.DataFrame[Any] | nw.LazyFrame[Any]"

# Internal columns begin with this; nobody names a column so by chance.
PREFIX = "__cart_screen_"
ANSWER = PREFIX + "answer/"

_SPANS: Mapping[Any, Span] = {
    **{getattr(nw, f"Int{bits}"): (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) for bits in (8, 16, 32, 64, 128)},
    **{getattr(nw, f"UInt{bits}"): (0, 2**bits - 1) for bits in (8, 16, 32, 64, 128)},
}
_TEXTS = (nw.String, nw.Categorical, nw.Enum)


@dataclass(frozen=True)
class AnswerColumn:
    """
    A column of answers to one question, ready to be compared.

    ``name`` is the column that is read. ``span`` is what a column of whole numbers can hold, None for any other.
    ``texts`` are the only texts that can stand in it. ``is_empty`` says that its type holds nothing but null.
    ``raw`` is the column as it came.
    """

    question: Question
    raw: str
    name: str
    span: Span | None = None
    texts: tuple[str, ...] = ()
    is_empty: bool = False


@dataclass(frozen=True)
class Intake:
    """A frame whose answer columns are ready, with what each of them is; the columns that came are all still there."""

    frame: Frame
    columns: Mapping[str, AnswerColumn]
    came: tuple[str, ...]


def take_in(frame: Frame, dictionary: Dictionary, *, resolved: Collection[str] = ()) -> Intake:
    """
    Make the answer columns of a frame ready; columns that are no question's pass through.

    ``resolved`` are the derived answers that may stand in it although nobody can give them.

    Raises
    ------
    ColumnsInvalid
        With every column whose type its question does not allow, and every derived answer that nobody can give.
    """
    schema = frame.collect_schema()
    problems = [problem for name, dtype in schema.items() if (problem := _problem(name, dtype, dictionary, resolved))]
    if problems:
        raise ColumnsInvalid(problems)
    columns = {
        name: _column(dictionary.questions[name], dtype)
        for name, dtype in schema.items()
        if name in dictionary.questions
    }
    ready, frame = _with_enums(frame, columns, schema)
    exprs = [
        expr.alias(column.name)
        for id, column in columns.items()
        if id not in ready and (expr := _prepared(column, schema[id])) is not None
    ]
    return Intake(frame.with_columns(*exprs) if exprs else frame, columns, tuple(schema))


def outside(column: AnswerColumn) -> nw.Expr | None:
    """Give where a column holds what its question does not allow, or None where its type rules that out."""
    question = column.question
    if column.is_empty or question.kind == "boolean":
        return None
    if question.kind == "string":
        if not column.texts:
            return nw.col(column.name).is_null() & ~nw.col(column.raw).is_null()
        others = [text for text in column.texts if text not in question.choices]
        return nw.col(column.name).is_in(others).fill_null(False) if others else None
    answer = nw.col(column.name)
    wrong = []
    if question.choices:
        wrong.append(~answer.is_in(_numbers(question.choices, column.span)))
    if column.span is None:
        wrong.append(~answer.is_finite())
        if question.kind == "integer":
            wrong.append(answer.floor() != answer)
    if question.minimum is not None and (column.span is None or question.minimum > column.span[0]):
        wrong.append(answer < question.minimum)
    if question.maximum is not None and (column.span is None or question.maximum < column.span[1]):
        wrong.append(answer > question.maximum)
    if not wrong:
        return None
    whole = wrong[0]
    for one in wrong[1:]:
        whole = whole | one
    return whole.fill_null(False)


def _numbers(values: Collection[Any], span: Span | None) -> list[Any]:
    if span is None:
        return [float(value) for value in values]
    return [int(value) for value in values if value == int(value) and span[0] <= value <= span[1]]


def _problem(name: str, dtype: Any, dictionary: Dictionary, resolved: Collection[str]) -> ColumnProblem | None:
    if name.startswith(PREFIX):
        return ColumnProblem(name, "a name that is used for computing", "any name that does not begin with " + PREFIX)
    question = dictionary.questions.get(name)
    if question is None:
        return None
    if question.internal and name not in resolved:
        return ColumnProblem(name, "a derived answer", "the answers that it is derived from")
    if _is_empty(dtype) or _suits(question, dtype):
        return None
    return ColumnProblem(name, f"a column of type {dtype}", f"a column of {_named(question)}: {question.allowed}")


def _suits(question: Question, dtype: Any) -> bool:
    match question.kind:
        case "boolean":
            return bool(dtype == nw.Boolean)
        case "string":
            return any(dtype == text for text in _TEXTS)
        case "integer" | "number":
            return bool(dtype.is_numeric())
        case _:
            assert_never(question.kind)


def _named(question: Question) -> str:
    return {"boolean": "booleans", "string": "texts", "integer": "numbers", "number": "numbers"}[question.kind]


def _is_empty(dtype: Any) -> bool:
    # narwhals has no name for a column of nothing but null: it is unknown to it.
    return bool(dtype == nw.Unknown)


def _column(question: Question, dtype: Any) -> AnswerColumn:
    name = question.id
    if _is_empty(dtype):
        return AnswerColumn(question, name, name, is_empty=True)
    if question.kind == "string":
        if dtype == nw.Enum and getattr(dtype, "categories", ()):
            return AnswerColumn(question, name, name, texts=tuple(dtype.categories))
        return AnswerColumn(question, name, ANSWER + name)
    if question.kind == "boolean":
        return AnswerColumn(question, name, name)
    span = _SPANS.get(type(dtype))
    return AnswerColumn(question, name, name if span else ANSWER + name, span=span)


def _prepared(column: AnswerColumn, dtype: Any) -> nw.Expr | None:
    if column.name == column.raw:
        return None
    answer = nw.col(column.raw)
    if column.question.kind == "string":
        text = answer if dtype == nw.String else answer.cast(nw.String)
        allowed = text.is_in(list(column.question.choices)).fill_null(False)
        return nw.when(allowed).then(text)
    number = answer if dtype == nw.Float64 else answer.cast(nw.Float64)
    return number.fill_nan(None)


def _with_enums(frame: Frame, columns: Mapping[str, AnswerColumn], schema: Mapping[str, Any]) -> tuple[set[str], Frame]:
    """Turn the texts of a polars frame into its enumerations, which compare nine times as fast; others are left."""
    texts = [id for id, column in columns.items() if column.question.kind == "string" and column.name != column.raw]
    if not texts or not frame.implementation.is_polars():
        return set(), frame
    # Imported here: who screens no polars frame need not have polars. narwhals cannot turn other texts into null.
    import polars as pl

    casts = [
        pl.col(id)
        .cast(pl.String)
        .cast(pl.Enum([str(choice) for choice in columns[id].question.choices]), strict=False)
        .alias(columns[id].name)
        for id in texts
    ]
    native = frame.to_native()
    return set(texts), nw.from_native(native.with_columns(casts))
