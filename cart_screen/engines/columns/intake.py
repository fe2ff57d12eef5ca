"""
Frames of answers as they come in: which columns are answers, of what type, and what is not allowed.

A wrong type is an error that names every such column. A value that its question does not allow is found row by
row; NaN is a missing answer.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
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
    """
    What the answer columns of a frame are, and the expressions that make them ready.

    ``library`` is the module that expressions over the frame are written with.
    """

    library: Any
    columns: Mapping[str, AnswerColumn]
    prepared: tuple[Any, ...]


# The columns of a frame that matter to what is computed: their names with their types.
Types = tuple[tuple[str, Any], ...]


def types_of(schema: Mapping[str, Any], dictionary: Dictionary, *, resolved: Collection[str] = ()) -> Types:
    """
    Give the answer columns among those of a frame; those that are no question's are passed over.

    ``resolved`` are the derived answers that may stand there although nobody can give them.

    Raises
    ------
    ColumnsInvalid
        With every column whose type its question does not allow, and every derived answer that nobody can give.
    """
    problems = [problem for name, dtype in schema.items() if (problem := _problem(name, dtype, dictionary, resolved))]
    if problems:
        raise ColumnsInvalid(problems)
    return tuple((name, dtype) for name, dtype in schema.items() if name in dictionary.questions)


def take_in(types: Types, dictionary: Dictionary, library: Any) -> Intake:
    """Find how answer columns of some types are made ready to be compared."""
    columns = {name: _column(dictionary.questions[name], dtype) for name, dtype in types}
    prepared = [
        expr.alias(column.name)
        for name, dtype in types
        if (expr := _prepared(column := columns[name], dtype, library)) is not None
    ]
    return Intake(library, columns, tuple(prepared))


def outside(column: AnswerColumn, library: Any) -> Any:
    """Give where a column holds what its question does not allow, or None where its type rules that out."""
    question = column.question
    if column.is_empty or question.kind == "boolean":
        return None
    answer = library.col(column.name)
    if question.kind == "string":
        if not column.texts:
            return answer.is_null() & ~library.col(column.raw).is_null()
        others = [text for text in column.texts if text not in question.choices]
        return answer.is_in(others).fill_null(False) if others else None
    wrong = []
    if question.choices:
        wrong.append(~answer.is_in(_numbers(question.choices, column.span)))
    if column.span is None:
        if not question.choices and (question.minimum is None or question.maximum is None):
            # What lies within bounds, or is one of the choices, is finite.
            wrong.append(~answer.is_finite())
        if question.kind == "integer" and not question.choices:
            wrong.append(answer.floor() != answer)
    if question.minimum is not None and (column.span is None or question.minimum > column.span[0]):
        wrong.append(answer < question.minimum)
    if question.maximum is not None and (column.span is None or question.maximum < column.span[1]):
        wrong.append(answer > question.maximum)
    return reduce(or_, wrong).fill_null(False) if wrong else None


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


def _prepared(column: AnswerColumn, dtype: Any, library: Any) -> Any:
    if column.name == column.raw:
        return None
    answer = library.col(column.raw)
    if column.question.kind != "string":
        return (answer if dtype == nw.Float64 else answer.cast(library.Float64)).fill_nan(None)
    choices = [str(choice) for choice in column.question.choices]
    text = answer if dtype == nw.String else answer.cast(library.String)
    if library is not nw:
        # polars compares its enumerations nine times as fast as texts, and turns any other text into null.
        return text.cast(library.Enum(choices), strict=False)
    return nw.when(text.is_in(choices).fill_null(False)).then(text)
