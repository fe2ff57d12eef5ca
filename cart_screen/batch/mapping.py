"""Which column of a table answers which question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from cart_screen.answers.dictionary import Question
from cart_screen.batch.errors import ColumnsMissing, CriteriaApart, TableUnreadable, listed
from cart_screen.batch.readings import AnswerReader, plain
from cart_screen.engines.columns.errors import ColumnProblem, ColumnsInvalid
from cart_screen.model import CriteriaSet
from cart_screen.nouns import field, noun


def questions_of(sets: Sequence[CriteriaSet]) -> dict[str, Question]:
    """
    Give the questions of some criteria sets, by id.

    Raises
    ------
    CriteriaApart
        When two of the sets read the answers to a question differently.
    """
    found: dict[str, tuple[str, Question]] = {}
    for one in sets:
        for id, question in one.reading.dictionary.questions.items():
            first, same = found.setdefault(id, (one.id, question))
            if _read(same) != _read(question):
                raise CriteriaApart([first, one.id], id)
    return {id: question for id, (_, question) in found.items()}


def _read(question: Question) -> tuple[object, ...]:
    return (
        question.kind,
        question.choices,
        question.minimum,
        question.maximum,
        question.units[:1],
        question.internal,
    )


@noun
class ColumnMap:
    """
    How the columns of a table are read, by name; any other column is read as the question that it is named by.

    ``missing`` are further texts that mean in every column that an answer is not known; ``ignored`` are columns that
    are left alone.
    """

    columns: Mapping[str, AnswerReader] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()


@noun
class Columns:
    """The columns of a table: the one that answers each question with how it is read, and those that answer none."""

    named: Mapping[str, str]
    readers: Mapping[str, AnswerReader]
    unknown: Sequence[str]


@noun
class Matching:
    """How columns are matched with questions, whatever the table."""

    questions: Mapping[str, Question]
    mapping: ColumnMap
    key: str | None

    def reader_of(self, column: str) -> AnswerReader | None:
        """Give how a column is read, or None where it answers no question that can be given an answer."""
        if column in self.mapping.columns:
            return self.mapping.columns[column]
        question = self.questions.get(column)
        if question is None or question.internal or column in self.mapping.ignored:
            return None
        return AnswerReader(question, None, {plain(text): None for text in self.mapping.missing})

    @property
    def readers(self) -> dict[str, AnswerReader]:
        """How each question is read that a column of a table without a header may answer."""
        every = (self.reader_of(column) for column in (*self.questions, *self.mapping.columns))
        return {reader.question.id: reader for reader in every if reader is not None}

    def is_derived(self, column: str) -> bool:
        """Tell whether a column would hold derived answers, which nobody can give."""
        return (
            column in self.questions
            and self.questions[column].internal
            and column not in self.mapping.columns
            and column not in self.mapping.ignored
        )

    def unknown(self, columns: Iterable[str]) -> list[str]:
        """List the columns that nothing is known of: no question, not the key, not ignored."""
        return [
            column
            for column in columns
            if column != self.key and column not in self.mapping.ignored and self.reader_of(column) is None
        ]

    def of(self, header: Sequence[str], where: str) -> Columns:
        """
        Give the columns of a table by its header.

        Raises
        ------
        ColumnsInvalid
            When two columns have one name or answer one question, or a column holds derived answers.
        ColumnsMissing
            When the key or a column of the map is not there.
        TableUnreadable
            When no column answers a question.
        """
        if len(header) == 1 and "|" in header[0]:
            # Then nothing else is there either, and this is why.
            raise no_answers(where, header)
        missing = [name for name in (self.key, *self.mapping.columns) if name is not None and name not in header]
        if missing:
            raise ColumnsMissing(where, missing, header)
        # Columns without a name are what trailing commas make, and nobody can mean one of them.
        twice = _more_than_once([name for name in header if name])
        problems = [ColumnProblem(name, "this name more than once", "each name once") for name in twice]
        problems += [
            ColumnProblem(name, "a derived answer", "what it is derived from")
            for name in header
            if self.is_derived(name)
        ]
        read = {column: reader for column in dict.fromkeys(header) if (reader := self.reader_of(column)) is not None}
        for id in _more_than_once([reader.question.id for reader in read.values()]):
            both = [column for column, reader in read.items() if reader.question.id == id]
            problems.append(ColumnProblem(listed(both), f"several columns that answer {id}", "one of them"))
        if problems:
            raise ColumnsInvalid(problems)
        if not read:
            raise no_answers(where, header)
        return Columns(
            {reader.question.id: column for column, reader in read.items()},
            {reader.question.id: reader for reader in read.values()},
            self.unknown(header),
        )


def no_answers(where: str, columns: Sequence[str]) -> TableUnreadable:
    """Give the error for a table of which no column answers a question."""
    if any("\0" in name for name in columns):
        return TableUnreadable(where, "it is not written in UTF-8", "Save it as text in UTF-8.")
    if len(columns) == 1 and "|" in columns[0]:
        return TableUnreadable(
            where, "its cells are separated by |", "Save it with commas, semicolons or tabs between cells."
        )
    return TableUnreadable(
        where,
        f"no column answers a question: it has {listed(columns) if columns else 'none'}",
        "Name columns by the ids of questions, or say with --map what they hold.",
    )


def _more_than_once(names: Collection[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]
