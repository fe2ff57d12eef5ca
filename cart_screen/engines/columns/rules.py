"""Verdicts of many rules over columns of resolved answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cart_screen.answers.dictionary import Dictionary
from cart_screen.engines.columns.awaited import Awaited
from cart_screen.engines.columns.backend import library_of
from cart_screen.engines.columns.conditions import FrameRecord, Truths
from cart_screen.engines.columns.frames import over
from cart_screen.engines.columns.intake import Frame, take_in, types_of
from cart_screen.engines.columns.lists import Ids
from cart_screen.engines.columns.logic import Logic
from cart_screen.engines.columns.nodes import TRUE
from cart_screen.engines.columns.staging import plan
from cart_screen.engines.columns.writing import Output
from cart_screen.engines.graph import Graph
from cart_screen.rules.derivations import Reading
from cart_screen.rules.expressions import Expression
from cart_screen.rules.lowering import lower_rules, reading_of

# Between the name of a rule and what is said of it, in the names of columns.
SEPARATOR = "/"


class ColumnRules:
    """
    Rules over frames of resolved answers: a column for each question id; a question without one is unknown.

    Frames may be polars (eager or lazy), pyarrow, DuckDB, PySpark or pandas; each method gives the frame back, in
    its kind, with further columns. The answers are trusted, but NaN and a text that may not be chosen are unknown.
    """

    def __init__(self, rules: Mapping[str, Expression], reading: Reading) -> None:
        self.names = tuple(rules)
        self._rules = dict(rules)
        self._reading = reading

    @property
    def dictionary(self) -> Dictionary:
        """The dictionary of the answers that the rules read."""
        return self._reading.dictionary

    def verdicts(self, frame: Any) -> Any:
        """
        Add for each rule a nullable boolean column ``verdict/<rule>``; null is unknown.

        Raises
        ------
        ColumnsInvalid
            With every column of a type that its question does not allow, or of a name that would be added.
        FrameUnknown
            When the frame is of no kind that can be read.
        """
        return self._over(frame, _verdicts)

    def awaited(self, frame: Any) -> Any:
        """
        Add a boolean column ``awaited/<rule>/<question>`` for every question that a rule can wait for.

        It holds where the rule is unknown and an answer to the question can still change it.

        Raises
        ------
        ColumnsInvalid, FrameUnknown
            As ``verdicts`` does.
        """
        return self._over(frame, _awaited)

    def evaluate(self, frame: Any) -> Any:
        """
        Add the columns of ``verdicts``, and ``awaiting/<rule>`` with the list of questions that each rule waits for.

        The ids are in dictionary order; where a rule is decided the list is empty.

        Raises
        ------
        ColumnsInvalid, FrameUnknown
            As ``verdicts`` does.
        """
        return self._over(frame, _evaluated)

    def _over(self, frame: Any, outputs: _Outputs) -> Any:
        return over(frame, lambda found: self._with(found, outputs), self.dictionary.questions)

    def _with(self, frame: Frame, outputs: _Outputs) -> Frame:
        schema = frame.collect_schema()
        types = types_of(schema, self.dictionary, resolved=self.dictionary.questions)
        intake = take_in(types, self.dictionary, library_of(frame))
        logic = Logic()
        record = FrameRecord(self.dictionary, intake.columns.values(), logic)
        return plan(intake, outputs(self._rules, self._reading, Truths(record, Graph(), logic))).over(
            frame, schema.names()
        )


_Outputs = Callable[[Mapping[str, Expression], Reading, Truths], Mapping[str, Output | Ids]]


def compile_columns(
    rules: Mapping[str, Expression | Mapping[str, Any]],
    dictionary: Reading | Mapping[str, Any],
    *,
    documents: Sequence[Mapping[str, Any]] = (),
) -> ColumnRules:
    """
    Make rules ready to be read over columns.

    A rule is an expression, or a JSON Schema in the profile of criteria; ``documents`` are those that its
    references may reach. ``dictionary`` is a reading, or a JSON Schema with ``properties``.

    Raises
    ------
    DocumentInvalid
        With every place of the rules or the dictionary that breaks the format.
    """
    reading = reading_of(dictionary)
    schemas = {name: rule for name, rule in rules.items() if isinstance(rule, Mapping)}
    lowered = lower_rules(schemas, reading, documents)
    read = {name: lowered[name] if isinstance(rule, Mapping) else rule for name, rule in rules.items()}
    return ColumnRules(read, reading)


def _verdicts(rules: Mapping[str, Expression], reading: Reading, truths: Truths) -> dict[str, Output | Ids]:
    return {f"verdict{SEPARATOR}{name}": truths.of(rule) for name, rule in rules.items()}


def _awaited(rules: Mapping[str, Expression], reading: Reading, truths: Truths) -> dict[str, Output | Ids]:
    awaited = Awaited(truths, reading)
    return {
        f"awaited{SEPARATOR}{name}{SEPARATOR}{id}": where
        for name, rule in rules.items()
        for id, where in awaited.questions([(rule, TRUE)]).items()
    }


def _evaluated(rules: Mapping[str, Expression], reading: Reading, truths: Truths) -> dict[str, Output | Ids]:
    awaited = Awaited(truths, reading)
    found = _verdicts(rules, reading, truths)
    for name, rule in rules.items():
        cases = tuple((where, id) for id, where in awaited.questions([(rule, TRUE)]).items())
        found[f"awaiting{SEPARATOR}{name}"] = Ids(cases, TRUE)
    return found
