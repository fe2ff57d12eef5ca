"""Where generated code has an answer from: read once into a variable, or in place where it is needed once."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence

_INDENT = "    "

_GROUP = 100

# No text of a constant holds these characters, so a mark is never taken for one.
_MARK = re.compile("\0([0-9]+)\0")
_READING = re.compile("\1([0-9]+)\1")


class Fields:
    """
    The marks that stand for answers in source until it is known how often each of them is read.

    An answer in ``late`` is read where it is first needed, since many a record is decided without it.
    """

    def __init__(self, late: Collection[str] = ()) -> None:
        self._late = frozenset(late)
        self._places: dict[str, int] = {}
        self._questions: list[str] = []

    def answer(self, question: str, *, is_read: bool = True) -> str:
        """Give the mark of the answer to a question; where it was not read before, it is read there if it is late."""
        mark = f"\0{self._place(question)}\0"
        return mark if is_read or question not in self._late else f"({mark} := \1{self._place(question)}\1)"

    def reading(self, questions: Iterable[str]) -> list[str]:
        """Give the statements that read those of some answers which are late."""
        wanted = [question for question in dict.fromkeys(questions) if question in self._late]
        return [f"\0{self._place(question)}\0 = \1{self._place(question)}\1" for question in wanted]

    def filled(self, lines: Iterable[str], read: Callable[[str], str]) -> list[str]:
        """
        Give lines of source with every mark replaced, after the lines that read what is needed twice or more.

        ``read`` gives the text that reads the answer to a question.
        """
        lines = list(lines)
        uses: dict[int, int] = {}
        for line in lines:
            for found in _MARK.finditer(line):
                uses[int(found[1])] = uses.get(int(found[1]), 0) + 1
        early = {place: count for place, count in uses.items() if self._questions[place] not in self._late}
        in_place = {place: read(self._questions[place]) for place, count in early.items() if count == 1}
        # What is read on the way and never asked for again needs no variable either.
        for place in [place for place, count in uses.items() if count == 1 and place not in early]:
            lines = [line.replace(f"(\0{place}\0 := \1{place}\1)", f"\1{place}\1") for line in lines]
        loads = [f"a{place} = {read(self._questions[place])}" for place in sorted(early) if place not in in_place]
        return [*loads, *(self._replaced(line, in_place, read) for line in lines)]

    def in_place(self, line: str, read: Callable[[str], str]) -> str:
        """Give a line of source with every mark replaced by the text that ``read`` gives."""
        return _MARK.sub(lambda found: read(self._questions[int(found[1])]), line)

    def _replaced(self, line: str, in_place: dict[int, str], read: Callable[[str], str]) -> str:
        line = _READING.sub(lambda found: read(self._questions[int(found[1])]), line)
        return _MARK.sub(lambda found: in_place.get(int(found[1]), f"a{found[1]}"), line)

    def _place(self, question: str) -> int:
        if question not in self._places:
            self._places[question] = len(self._questions)
            self._questions.append(question)
        return self._places[question]


def indented(lines: Iterable[str]) -> list[str]:
    """Give lines of source one level further in."""
    return [_INDENT + line for line in lines]


def listed(texts: Iterable[str]) -> str:
    """Give the source of a tuple."""
    return f"({''.join(f'{text}, ' for text in texts)})"


def united(texts: Sequence[str], operator: str) -> str:
    """Give texts joined by an operator of two, in groups: CPython's compiler goes down a level for each operator."""
    while len(texts) > _GROUP:
        groups = (texts[start : start + _GROUP] for start in range(0, len(texts), _GROUP))
        texts = [f"({f' {operator} '.join(group)})" for group in groups]
    return f" {operator} ".join(texts)


def function(head: str, lines: Iterable[str]) -> str:
    """Give the source of a function."""
    return "\n".join((f"def {head}:", *indented(lines), ""))
