"""The generated Python that explains rules: what decided each or is awaited, and the names that say why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cart_screen.engines.deciding import BeyondSource, DecidingSource
from cart_screen.engines.fields import function, indented, listed
from cart_screen.engines.naming import names_text
from cart_screen.engines.partial import Masks, Partial, Settled
from cart_screen.engines.rails import Rail
from cart_screen.engines.source import RulesSource
from cart_screen.rules.expressions import Expression, Named, questions_of
from cart_screen.truth import Truth


class Entry(NamedTuple):
    """
    What a number says of some expressions that have one truth and read alike, but for their names.

    Its lowest bits stand for ``questions``, of which None is the bit of no question, and those from ``shift`` on for
    the names: of each expression in turn the names are listed in ``names``.
    """

    truth: Truth
    questions: tuple[str | None, ...]
    shift: int
    names: tuple[tuple[Named, ...], ...]


class ExplainSource:
    """
    The source of ``explain``.

    It reads the globals ``NAN`` and ``LEAST`` (see ``deciding``). ``entries`` says by name which global maps a number
    to the entry of one expression, or to a tuple of those of several. ``trials`` are the expressions whose deciding
    answers are found by trial, by the name of the global that tries: a function of the record and of the truth.
    """

    def __init__(self, rules: RulesSource, masks: Masks) -> None:
        self.entries: dict[str, Entry] = {}
        self.trials: dict[str, tuple[Expression, tuple[str, ...]]] = {}
        self._rules = rules
        self._masks = masks
        self.text = self._written()

    def _written(self) -> str:
        partial = self._rules.partial("True", "False", self._rails_of_names())
        settling: list[str] = []
        settled: dict[str, Settled] = {}
        for name, part in self._rules.distinct.items():
            settled[name] = partial.settled(part, name, "True", "False", "None")
            settling += [*partial.rails.taken(), *settled[name].statements]
        # What a name stands for may be folded away in its own expression and settled as another one: names come last.
        body: list[str] = []
        for name, part in self._rules.distinct.items():
            statements = self._rules.awaits.united(part, partial, "m")
            opened = self._looked_up(part, Truth.UNKNOWN, "m", (*self._masks.bits, None), partial)
            lines = [f"if {name}:", *indented([*settled[name].yes, *self._decided(part, True, partial)])]
            lines += [f"elif {name} is None:", *indented([*settled[name].neither, *statements, *opened])]
            lines += ["else:", *indented([*settled[name].no, *self._decided(part, False, partial)])]
            body += [*partial.rails.taken(), *lines]
        returned = f"return {listed(f'e{place}' for place in range(len(self._rules.named)))}"
        filled = partial.filled([*settling, *body, returned])
        return "\n".join(
            (
                *self._rules.awaits.functions,
                function("explain(d)", ["g = d.get", *self._rules.awaits.unawaited(), *filled]),
            )
        )

    def _decided(self, part: Expression, wanted: bool, partial: Partial) -> Iterator[str]:
        # A few bits for the answers of this expression alone: small numbers are quick.
        read = set(questions_of(part))
        questions = tuple(question for question in self._masks.bits if question in read)
        bits = {question: 1 << place for place, question in enumerate(questions)}
        source = DecidingSource(partial.surely, bits, 1 << len(questions), "m")
        try:
            text = source.text(part, wanted)
            yield from source.statements
        except BeyondSource:
            name = next((name for name, (one, _) in self.trials.items() if one is part), f"T{len(self.trials)}")
            self.trials[name] = (part, questions)
            text = f"{name}(d, {wanted})"
        yield from self._looked_up(part, Truth.TRUE if wanted else Truth.FALSE, text, (*questions, None), partial)

    def _looked_up(
        self, part: Expression, truth: Truth, number: str, questions: Sequence[str | None], partial: Partial
    ) -> Iterator[str]:
        """Give the lines that look up the entries of every expression that reads as a part does."""

        read = frozenset(questions_of(part))

        def tells(part: Expression, truth: Truth) -> str:
            plain = self._rules.graph.plain(part)
            if truth is not Truth.UNKNOWN:
                return partial.rails.text(plain, truth is Truth.TRUE, read).text
            return (
                f"not ({partial.rails.text(plain, True, read).text} or {partial.rails.text(plain, False, read).text})"
            )

        alike: dict[str, dict[int, tuple[Named, ...]]] = {}
        for place, named in enumerate(self._rules.named):
            if self._rules.bare[place] is part:
                text, names = names_text(named, truth, len(questions), tells)
                alike.setdefault(text, {})[place] = names
        if len(alike) > 1:
            yield f"b = {number}"
            number = "b"
        for text, places in alike.items():
            name = f"E{len(self.entries)}"
            self.entries[name] = Entry(truth, tuple(questions), len(questions), tuple(places.values()))
            said = number if text == "0" else f"{number} | {text}"
            yield f"{', '.join(f'e{place}' for place in places)} = {name}[{said}]"

    def _rails_of_names(self) -> Iterator[Rail]:
        """Give the rails that tell which names explain an expression, as often as they are needed."""
        asked: dict[str, list[Rail]] = {}
        rails: list[Rail] = []

        def tells(part: Expression, truth: Truth) -> str:
            plain = self._rules.graph.plain(part)
            wanted = (True, False) if truth is Truth.UNKNOWN else (truth is Truth.TRUE,)
            rails.extend((plain, one) for one in wanted)
            return str(id(plain))

        for place, named in enumerate(self._rules.named):
            for truth in Truth:
                rails.clear()
                # What reads alike is asked for once.
                text, _ = names_text(named, truth, 0, tells)
                asked.setdefault(f"{id(self._rules.bare[place])} {truth} {text}", list(rails))
        for needed in asked.values():
            yield from needed
