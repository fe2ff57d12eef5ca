"""The engine for one person: rules compiled to Python functions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from math import nan
from typing import Any, NamedTuple

from cart_screen.answers.scalars import Scalar
from cart_screen.engines.deciding import least
from cart_screen.engines.explaining import Entry, ExplainSource
from cart_screen.engines.partial import masks_of
from cart_screen.engines.source import RulesSource
from cart_screen.rules.derivations import Reading
from cart_screen.rules.expressions import Expression, Named
from cart_screen.rules.lowering import lower_rules, reading_of
from cart_screen.truth import Truth, truth_of

Record = dict[str, Scalar]

# Entries are kept by what they say; a service that runs for months must not keep them without end.
_MOST_KEPT = 10_000


class Evaluated(NamedTuple):
    """The truth of a rule, and the questions that can still change it, in dictionary order."""

    truth: Truth
    awaiting: tuple[str, ...]


class Explained(NamedTuple):
    """
    The truth of a rule, and what it rests on.

    ``because`` is a minimal set of answers that forced a decided truth, ``awaiting`` the questions that can still
    change an open one, both in dictionary order. ``reasons`` are the named conditions that explain the truth.
    """

    truth: Truth
    awaiting: tuple[str, ...]
    because: tuple[str, ...]
    reasons: tuple[Named, ...]


class Rules:
    """
    Rules as Python functions, each compiled when it is first asked for.

    A function takes a plain dict of resolved answers, each of the type that the dictionary says, in which a missing
    answer has no key, and gives a tuple with one entry for each rule, in the order of ``names``. It is as if
    ``rules.reference`` had read them.
    """

    def __init__(self, rules: Mapping[str, Expression], reading: Reading) -> None:
        self.names = tuple(rules)
        self._expressions = tuple(rules.values())
        self._reading = reading
        self._masks = masks_of(reading)

    def __repr__(self) -> str:
        return f"<Rules ({len(self.names)})>"

    def __reduce__(self) -> tuple[type[Rules], tuple[dict[str, Expression], Reading]]:
        # Compiled functions cannot be pickled; they are compiled anew.
        return Rules, (dict(zip(self.names, self._expressions, strict=True)), self._reading)

    @cached_property
    def verdicts(self) -> Callable[[Record], tuple[Truth, ...]]:
        """The truth of each rule."""
        names = {"YES": Truth.TRUE, "NO": Truth.FALSE, "OPEN": Truth.UNKNOWN, "NAN": nan}
        return _compiled("verdicts", self._source().verdicts(), names)

    @cached_property
    def evaluate(self) -> Callable[[Record], tuple[Evaluated, ...]]:
        """The truth of each rule, and the questions that it awaits."""
        ids = self._masks.ids
        names = {
            "YES": Evaluated(Truth.TRUE, ()),
            "NO": Evaluated(Truth.FALSE, ()),
            "OPEN": _Kept(lambda mask: Evaluated(Truth.UNKNOWN, ids(mask))),
            "NAN": nan,
        }
        return _compiled("evaluate", self._source().evaluate(), names)

    @cached_property
    def explain(self) -> Callable[[Record], tuple[Explained, ...]]:
        """The truth of each rule with what it rests on: the answers that decided it or are awaited, and the reasons."""
        source = ExplainSource(self._source(), self._masks)
        names: dict[str, Any] = {"NAN": nan, "LEAST": least}
        names |= {name: _Kept(_maker(entry)) for name, entry in source.entries.items()}
        names |= {name: self._trial(*needed) for name, needed in source.trials.items()}
        return _compiled("explain", source.text, names)

    def _source(self) -> RulesSource:
        return RulesSource(self._expressions, self._reading, self._masks)

    def _trial(self, expression: Expression, questions: tuple[str, ...]) -> Callable[[Record, bool], int]:
        """Give the function that leaves out answers, the last ones first, while an expression stays decided."""
        verdicts = Rules({"": expression}, self._reading).verdicts

        def trial(record: Record, wanted: bool) -> int:
            decided = (truth_of(wanted),)
            kept = {question: record[question] for question in questions if question in record}
            mask = 0
            for place in reversed(range(len(questions))):
                if questions[place] in kept:
                    value = kept.pop(questions[place])
                    if verdicts(kept) != decided:
                        kept[questions[place]] = value
                        mask |= 1 << place
            return mask

        return trial


def _maker(entry: Entry) -> Callable[[int], Any]:
    """Give the function that makes what a number says: one explanation, or a tuple of several."""

    def explained(mask: int, names: tuple[Named, ...]) -> Explained:
        read = (question for place, question in enumerate(entry.questions) if mask >> place & 1)
        ids = tuple(question for question in read if question is not None)
        said = tuple(dict.fromkeys(name for place, name in enumerate(names) if mask >> (entry.shift + place) & 1))
        if entry.truth is Truth.UNKNOWN:
            return Explained(entry.truth, ids, (), said)
        return Explained(entry.truth, (), ids, said)

    if len(entry.names) == 1:
        return lambda mask: explained(mask, entry.names[0])
    return lambda mask: tuple(explained(mask, names) for names in entry.names)


class _Kept(dict[int, Any]):
    """Entries by mask, each made once."""

    def __init__(self, make: Callable[[int], Any]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, mask: int) -> Any:
        if len(self) >= _MOST_KEPT:
            self.clear()
        self[mask] = entry = self._make(mask)
        return entry


def compile_rules(
    rules: Mapping[str, Any], dictionary: Mapping[str, Any] | Reading, *, documents: Iterable[Mapping[str, Any]] = ()
) -> Rules:
    """
    Compile rules, each a JSON Schema over a flat record of answers, by name.

    ``dictionary`` says what each answer is: a JSON Schema with ``properties``, a whole dictionary document, or the
    ``reading`` of a criteria set. ``documents`` are what a ``$ref`` may reach, each with its ``$id``.

    Raises
    ------
    DocumentInvalid
        With every place of the rules, the dictionary or the documents that cannot be read.
    """
    reading = reading_of(dictionary)
    return Rules(lower_rules(rules, reading, documents), reading)


def _compiled(name: str, source: str, names: Mapping[str, Any]) -> Callable[[Record], Any]:
    space = dict(names)
    exec(compile(source, f"<rules: {name}>", "exec"), space)
    function: Callable[[Record], Any] = space[name]
    return function
