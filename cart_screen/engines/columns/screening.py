"""Whole screenings over columns of given answers: for each row what ``screen`` says of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache, partial
from typing import Any, assert_never

from cart_screen.engines.columns.backend import library_of
from cart_screen.engines.columns.facts import ColumnFacts
from cart_screen.engines.columns.frames import over_batches
from cart_screen.engines.columns.intake import Frame, Intake, Types, outside, take_in, types_of
from cart_screen.engines.columns.lists import Ids
from cart_screen.engines.columns.nodes import FALSE, TRUE, Node, Numeric
from cart_screen.engines.columns.staging import Plan, plan
from cart_screen.engines.columns.writing import Output, Texts, Whole
from cart_screen.ladder import Status
from cart_screen.model import CriteriaSet, CriterionId
from cart_screen.rules.expressions import Among

# Between the parts of the names of columns.
SEPARATOR = "/"


class Part(StrEnum):
    """
    What can be wanted of a screening, each as one or more columns.

    A column that holds one word or a list of ids has the name of its part. The others are, with the part's name in
    front: ``finding/<criterion>``, ``status/<indication>/<criterion>``, ``awaited/<question>`` and
    ``derived/<question>``.
    """

    GUIDANCE = "guidance"
    FINDINGS = "finding"
    STATUSES = "status"
    POSSIBLE = "possible"
    CLOSEST = "closest"
    CONFLICTS = "conflicts"
    URGENCY = "urgency"
    AWAITING = "awaiting"
    AWAITED = "awaited"
    CAUTIONS = "cautions"
    DERIVED = "derived"


# What was found of the answers themselves, added whatever is wanted.
INVALID = "invalid"
PROBLEMS = "problems"

ROW = (Part.GUIDANCE, Part.FINDINGS, Part.POSSIBLE, Part.CLOSEST, Part.CONFLICTS, Part.URGENCY, Part.AWAITING,
       Part.CAUTIONS)  # fmt: skip


def screen_columns(frame: Any, criteria: CriteriaSet, as_of: date, parts: Collection[Part] = ROW) -> Any:
    """
    Screen every row of a frame of given answers, and give the frame back in its kind with further columns.

    A column whose name is a question id holds the answers to it: null, or NaN, means asked and not known, and a
    question without a column was not given. Other columns pass through. Frames may be polars (eager or lazy),
    pyarrow, DuckDB, PySpark or pandas; what is lazy stays lazy, and ``over_batches`` tells how DuckDB and PySpark are
    read. For each row the parts wanted are what ``screen`` says of its answers, under the set as it is read on the
    day: words and ids as there, lists in the order of the dictionary or of the set, derived answers as values. In
    polars words and ids are enumerations of those that can come up, elsewhere texts.

    A row with an answer that its question does not allow is not screened: ``invalid`` holds there, ``problems``
    lists those questions, and every other column is null.

    Raises
    ------
    ColumnsInvalid
        With every column of a type that its question does not allow, and of a name that would be added.
    FrameUnknown
        When the frame is of no kind that can be read.
    """
    chosen = criteria.on(as_of)
    return over_batches(
        frame, partial(_screened, criteria=chosen, as_of=as_of, parts=tuple(parts)), chosen.reading.dictionary.questions
    )


def _screened(frame: Frame, criteria: CriteriaSet, as_of: date, parts: tuple[Part, ...]) -> Frame:
    # Asked for once: the schema of a lazy frame is found by going through all that it is to compute.
    schema = frame.collect_schema()
    types = types_of(schema, criteria.reading.dictionary)
    return _planned(_Same(criteria), as_of, parts, types, library_of(frame)).over(frame, schema.names())


class _Same:
    """A criteria set that equals only itself: to compare two by all that they hold takes longer than a plan."""

    def __init__(self, criteria: CriteriaSet) -> None:
        self.criteria = criteria

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.criteria is self.criteria

    def __hash__(self) -> int:
        return id(self.criteria)


# A plan is some megabytes, and takes up to a second to make; batch after batch has the same.
@lru_cache(maxsize=32)
def _planned(same: _Same, as_of: date, parts: tuple[Part, ...], types: Types, library: Any) -> Plan:
    criteria = same.criteria
    intake = take_in(types, criteria.reading.dictionary, library)
    facts = ColumnFacts(criteria, as_of, intake.columns.values())
    checked = _Checked(facts, intake)
    outputs = dict(checked.problems())
    for part in Part:
        if part in parts:
            outputs |= {name: checked.masked(output) for name, output in _PARTS[part](facts)}
    return plan(intake, outputs)


class _Checked:
    """Screens only rows whose answers are all allowed."""

    def __init__(self, facts: ColumnFacts, intake: Intake) -> None:
        self._logic = facts.logic
        # A column whose type rules out what is not allowed needs no look.
        wrong = [id for id, column in intake.columns.items() if outside(column, intake.library) is not None]
        self._wrong = tuple((self._logic.outside(id), id) for id in wrong)
        self._invalid = self._logic.some(node for node, _ in self._wrong)
        self._valid = self._logic.opposite(self._invalid)

    def problems(self) -> Iterator[tuple[str, Output | Ids]]:
        yield INVALID, self._invalid
        yield PROBLEMS, Ids(self._wrong, self._invalid)

    def masked(self, output: Output | Ids) -> Output | Ids:
        if self._invalid is FALSE:
            return output
        every = self._logic.every
        match output:
            case Texts(cases=cases):
                return Texts(tuple((every((self._valid, node)), text) for node, text in cases))
            case Ids(cases=cases, where=where):
                return Ids(cases, every((self._valid, where)))
            case Whole(number=number):
                return Whole(self._logic.chosen([(self._valid, number)]))
            case _ if isinstance(output, Numeric):
                return self._logic.chosen([(self._valid, output)])
            case _:
                return self._logic.where(self._valid, output)


Outputs = Iterator[tuple[str, Output | Ids]]


def _guidance(facts: ColumnFacts) -> Outputs:
    yield Part.GUIDANCE, _texts(facts.codes)


def _findings(facts: ColumnFacts) -> Outputs:
    for id in CriterionId:
        words = _worded(facts.finding(id), facts) if facts.standings else Texts(())
        yield f"{Part.FINDINGS}{SEPARATOR}{id}", words


def _statuses(facts: ColumnFacts) -> Outputs:
    for standing in facts.standings:
        for id, truth in standing.statuses.items():
            yield f"{Part.STATUSES}{SEPARATOR}{standing.indication.id}{SEPARATOR}{id}", _worded(truth, facts)


def _possible(facts: ColumnFacts) -> Outputs:
    yield Part.POSSIBLE, _ids(facts.possible)


def _closest(facts: ColumnFacts) -> Outputs:
    yield Part.CLOSEST, _texts(facts.closest)


def _conflicts(facts: ColumnFacts) -> Outputs:
    yield Part.CONFLICTS, _ids(facts.conflicts)


def _urgency(facts: ColumnFacts) -> Outputs:
    yield Part.URGENCY, _texts(facts.urgency)


def _awaiting(facts: ColumnFacts) -> Outputs:
    yield Part.AWAITING, _ids(facts.awaited)


def _awaited(facts: ColumnFacts) -> Outputs:
    for id, node in facts.awaited.items():
        yield f"{Part.AWAITED}{SEPARATOR}{id}", node


def _cautions(facts: ColumnFacts) -> Outputs:
    yield Part.CAUTIONS, _ids(facts.cautions)


def _derived(facts: ColumnFacts) -> Outputs:
    record = facts.resolved
    for id in facts.criteria.reading.derivations:
        question = facts.criteria.reading.dictionary.questions[id]
        name = f"{Part.DERIVED}{SEPARATOR}{id}"
        match question.kind:
            case "boolean":
                yield name, record.condition(Among(id, (True,)))
            case "string":
                each = ((record.condition(Among(id, (value,))), str(value)) for value in question.choices)
                yield name, Texts(tuple((facts.logic.surely(node), value) for node, value in each))
            case "integer":
                yield name, Whole(record.number(id) or facts.logic.chosen(()))
            case "number":
                yield name, record.number(id) or facts.logic.chosen(())
            case _:
                assert_never(question.kind)


def _worded(truth: Node, facts: ColumnFacts) -> Texts:
    logic = facts.logic
    nodes = (logic.surely(truth), logic.unknown(truth), logic.surely_not(truth))
    return Texts(tuple((node, str(status)) for node, status in zip(nodes, Status, strict=True)))


def _texts(nodes: Mapping[Any, Node]) -> Texts:
    return Texts(tuple((node, str(text)) for text, node in nodes.items()))


def _ids(nodes: Mapping[str, Node]) -> Ids:
    return Ids(tuple((node, id) for id, node in nodes.items()), TRUE)


_PARTS: Mapping[Part, Callable[[ColumnFacts], Outputs]] = {
    Part.GUIDANCE: _guidance,
    Part.FINDINGS: _findings,
    Part.STATUSES: _statuses,
    Part.POSSIBLE: _possible,
    Part.CLOSEST: _closest,
    Part.CONFLICTS: _conflicts,
    Part.URGENCY: _urgency,
    Part.AWAITING: _awaiting,
    Part.AWAITED: _awaited,
    Part.CAUTIONS: _cautions,
    Part.DERIVED: _derived,
}
