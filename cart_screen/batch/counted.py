"""The counts of a tally in words and in the order in which they are read, for a summary and a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from cart_screen.batch.small_numbers import BASE
from cart_screen.batch.tally import GROUP, NOT_GIVEN, TYPE, Table, Tally
from cart_screen.ladder import Code, Status
from cart_screen.model import CriteriaSet, CriterionId
from cart_screen.nouns import noun
from cart_screen.sheet.plain import plain
from cart_screen.texts import Audience, Texts

# What nobody reads to the end tells less.
_MISSING = 10
_TYPES = 10
_PROBLEMS = 10
_CONFLICTS = 5


@noun
class Line:
    """A label and how many there are."""

    label: str
    count: int


@noun
class Split:
    """A label and how many there are for each column of a table."""

    label: str
    counts: Sequence[int]


class Counted:
    """The counts under one criteria set in words, as clinicians read them, each on one line of plain text."""

    def __init__(self, tally: Tally, criteria: CriteriaSet, language: str = "en") -> None:
        self.criteria = criteria
        self.texts = Texts(criteria, language, Audience.CLINICIAN)
        self._tally = tally
        self._dictionary = criteria.reading.dictionary

    @property
    def codes(self) -> tuple[Code, ...]:
        """The codes of guidance that occur, the most urgent first."""
        counts = self._by_first(Table.GUIDANCE)
        return tuple(code for code in Code if counts[code])

    @property
    def columns(self) -> tuple[str, ...]:
        """The words of those codes."""
        return tuple(plain(self.texts.get("batch", code)) for code in self.codes)

    @property
    def urgency(self) -> tuple[Line, ...]:
        """Who needs help now, the strongest call first."""
        counts = self._by_first(Table.URGENCY)
        return self._lines({key: self.texts.get(key, "headline") for key in self._dictionary.urgency}, counts)

    @property
    def guidance(self) -> tuple[Line, ...]:
        """What to do next, the most urgent first."""
        return self._lines(dict(zip(self.codes, self.columns, strict=True)), self._by_first(Table.GUIDANCE))

    @property
    def missing(self) -> tuple[Line, ...]:
        """The answers that are asked for and that most people still lack."""
        counts = self._by_first(Table.AWAITING)
        asked = {id: self.label(id) for id, one in self._dictionary.questions.items() if one.asked != "never"}
        return self._most(self._lines(asked, counts), _MISSING)

    @property
    def conflicts(self) -> tuple[Line, ...]:
        """The pairs of answers that most often do not fit together."""
        said = {id: self.texts.get("conflicts", id) for id in self._dictionary.consistency}
        return self._most(self._lines(said, self._by_first(Table.CONFLICTS)), _CONFLICTS)

    @property
    def criteria_statuses(self) -> tuple[Split, ...]:
        """The five criteria, each with how many people it is met, unknown and not met in."""
        counts = self._tally.counted(self.criteria.id, Table.FINDINGS)
        return tuple(
            Split(plain(self.texts.get("criteria", id, "title")), [counts.get((id, status), 0) for status in Status])
            for id in CriterionId
        )

    @property
    def groups(self) -> tuple[Split, ...]:
        """The groups of diseases, each with its people by guidance; those of few people together."""
        every = self._diseases(Table.GROUPS, GROUP)
        return self._together(every, [one for one in every if sum(one.counts) >= BASE])

    @property
    def types(self) -> tuple[Split, ...]:
        """The most frequent diagnoses, each with its people by guidance, and all others together."""
        every = self._diseases(Table.TYPES, TYPE)
        nobody_said = plain(self.texts.get("batch", "not-given"))
        given = [one for one in every if one.label != nobody_said and sum(one.counts) >= BASE]
        return self._together(every, sorted(given, key=lambda one: -sum(one.counts))[:_TYPES])

    @property
    def problems(self) -> tuple[Line, ...]:
        """What could not be read of the rejected rows, the most frequent first."""
        lines = []
        for (question, reason), count in sorted(self._tally.problems.items()):
            told = self.texts.get("batch", "whole-row")
            if question:
                told = self.texts.get("batch", "problem").format(label=self.label(question), reason=reason)
            lines.append(Line(plain(told), count))
        return self._most(lines, _PROBLEMS)

    def label(self, question: str) -> str:
        """Give the words for a question in a list."""
        return plain(self.texts.find("questions", question, "label") or question)

    def _diseases(self, table: Table, question: str) -> tuple[Split, ...]:
        if question not in self._dictionary.questions:
            return ()
        counts = self._tally.counted(self.criteria.id, table)
        codes = self.codes
        found = []
        for disease in (*map(str, self._dictionary.questions[question].choices), NOT_GIVEN):
            each = [counts.get((disease, code), 0) for code in codes]
            if any(each):
                label = self.texts.value(question, disease) if disease else self.texts.get("batch", "not-given")
                found.append(Split(plain(label), each))
        return tuple(found)

    def _together(self, every: Sequence[Split], alone: list[Split]) -> tuple[Split, ...]:
        """
        Put together what does not stand alone, with the smallest that does where these are few people: a row of few
        would tell of every one of them what comes next.
        """
        rest = [one for one in every if one not in alone]
        while alone and 0 < sum(sum(one.counts) for one in rest) < BASE:
            smallest = min(alone, key=lambda one: sum(one.counts))
            alone.remove(smallest)
            rest.append(smallest)
        if not rest:
            return tuple(alone)
        counts = [sum(column) for column in zip(*(one.counts for one in rest), strict=True)]
        return (*alone, Split(plain(self.texts.get("batch", "rest")), counts))

    def _by_first(self, table: Table) -> Counter[str]:
        return Counter({key: count for (key, *_), count in self._tally.counted(self.criteria.id, table).items()})

    @staticmethod
    def _lines(labels: Mapping[str, str], counts: Mapping[str, int]) -> tuple[Line, ...]:
        return tuple(Line(plain(label), counts.get(key, 0)) for key, label in labels.items() if counts.get(key, 0))

    @staticmethod
    def _most(lines: Iterable[Line], many: int) -> tuple[Line, ...]:
        # Sorting keeps the order of those of which there are as many.
        return tuple(sorted(lines, key=lambda line: -line.count)[:many])
