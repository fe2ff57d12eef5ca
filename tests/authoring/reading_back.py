"""Reads the sentences of a criterion back: whether they are true of a complete record of resolved answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from cart_screen.answers.scalars import same
from cart_screen.authoring.english import Point
from cart_screen.authoring.english_words import Wording

_CLAUSE = re.compile(r', and (?=is |")')
_SUBJECT = re.compile(r'(?P<subject>(?:"[^"]*"(?:, | or )?)+) is (?P<says>.*)')
_QUOTED = re.compile(r'"([^"]*)"')
_BRACKETS = re.compile(r" \([^)]*\)$")


class Reader:
    """Reads points in the words of one dictionary, knowing nothing of the schemas that they were made from."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self._ids = {wording.label(id): id for id in wording.reading.dictionary.questions}
        assert len(self._ids) == len(wording.reading.dictionary.questions), "two questions have one label"

    def holds(self, point: Point, record: Mapping[str, Any]) -> bool:
        """Tell whether what a point says is true of a record."""
        below = [self.holds(inner, record) for inner in point.below]
        match point.says.removeprefix("it is reported when "):
            case "all of these are true":
                return all(below)
            case "at least one of these is true":
                return any(below)
            case "exactly one of these is true":
                return sum(below) == 1
            case "this is true":
                return below == [True]
            case "this is not true":
                return below == [False]
            case "this depends on a condition":
                assert [inner.lead for inner in point.below] == ["If:", "Then:", "Otherwise:"]
                return below[1] if below[0] else below[2]
            case "nothing is asked" | "nothing is asked here" | "this always holds":
                return True
            case sentence:
                return self._sentence(sentence, point.options, record)

    def _sentence(self, sentence: str, options: tuple[str, ...], record: Mapping[str, Any]) -> bool:
        subject, results = "", []
        for clause in _CLAUSE.split(sentence):
            found = _SUBJECT.fullmatch(clause)
            subject, says = (found["subject"], found["says"]) if found else (subject, clause.removeprefix("is "))
            results.append(self._clause(subject, says, options, record))
        return all(results)

    def _clause(self, subject: str, says: str, options: tuple[str, ...], record: Mapping[str, Any]) -> bool:
        choice = re.fullmatch(r"what counts \(D(\d+)\)", says)
        if choice:
            derived = self._wording.chosen[int(choice[1]) - 1]
            named = {self._ids[f'"{label}"'] for label in _QUOTED.findall(subject)}
            counting = [one.value for one in self._wording.markers(derived) if one.question in named]
            return any(same(record[derived], value) for value in counting)
        id = self._ids[subject]
        if says == "answered with one of these":
            return self._option(id, record[id]) in options
        if says.startswith("answered "):
            return self._option(id, record[id]) in _QUOTED.findall(says)
        return self._number(_BRACKETS.sub("", says), record[id])

    def _option(self, id: str, value: Any) -> str:
        choices = self._wording.reading.dictionary.questions[id].choices
        # 1.0 is the option 1.
        return self._wording.value(id, next((choice for choice in choices if same(choice, value)), value))

    def _number(self, says: str, value: float) -> bool:
        first = re.search(r"-?\d+(?:\.\d+)?", says)
        assert first, says
        limit = float(first[0])
        if says.startswith("more than "):
            return value > limit
        if says.startswith("less than "):
            return value < limit
        if says.endswith(" or more"):
            return value >= limit
        if says.endswith(" or less"):
            return value <= limit
        return any(value == float(one) for one in re.findall(r"-?\d+(?:\.\d+)?", says))
