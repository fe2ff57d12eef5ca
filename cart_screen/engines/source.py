"""The generated Python that gives the truths of some rules, and what each of them awaits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from cart_screen.engines.fields import Fields, function, indented, listed
from cart_screen.engines.graph import Graph
from cart_screen.engines.known import KnownRails
from cart_screen.engines.leaves import Leaf, Leaves
from cart_screen.engines.partial import AwaitSource, Masks, Partial
from cart_screen.engines.rails import Rail
from cart_screen.rules.derivations import Reading
from cart_screen.rules.expressions import Expression, questions_of


class RulesSource:
    """
    The source of functions over some expressions.

    Each function takes a dict of resolved answers and gives a tuple with one entry for each expression, in order.
    Equal expressions are computed once.
    """

    def __init__(self, expressions: Sequence[Expression], reading: Reading, masks: Masks) -> None:
        self.graph = Graph()
        self.named = tuple(self.graph.add(expression) for expression in expressions)
        self.bare = tuple(self.graph.plain(part) for part in self.named)
        # Inner parts first: an expression that is a part of another one is settled by then, and read as a whole.
        inner_first = sorted({id(part): part for part in self.bare}.values(), key=self.graph.height)
        self.distinct: Mapping[str, Expression] = {f"v{place}": part for place, part in enumerate(inner_first)}
        names = {id(part): name for name, part in self.distinct.items()}
        self.names = tuple(names[id(part)] for part in self.bare)
        self.leaves = Leaves(reading.dictionary)
        self.awaits = AwaitSource(reading, self.leaves, masks, self.graph)

    def verdicts(self) -> str:
        """Give the source of ``verdicts``; it reads the globals ``YES``, ``NO``, ``OPEN`` and ``NAN``."""
        partial = self.partial("YES", "NO")
        lines: list[str] = []
        for name, part in self.distinct.items():
            settled = partial.settled(part, name, "YES", "NO", "OPEN").statements
            lines += [*partial.rails.taken(), *settled]
        lines.append(f"return {listed(self.names)}")
        return function("verdicts(d)", [*self._when_known(), "g = d.get", *partial.filled(lines)])

    def evaluate(self) -> str:
        """
        Give the source of ``evaluate``, with the functions that it calls.

        It reads the globals ``YES``, ``NO`` and ``NAN``, and ``OPEN``, which maps the mask of what is awaited to the
        entry of an unknown.
        """
        partial = self.partial("YES", "NO")
        lines: list[str] = []
        for name, part in self.distinct.items():
            settled = partial.settled(part, name, "YES", "NO", "None")
            statements = self.awaits.united(part, partial, "m")
            lines += [*partial.rails.taken(), *settled.statements, f"if {name} is None:"]
            lines += indented([*settled.neither, *statements, f"{name} = OPEN[m]"])
        lines.append(f"return {listed(self.names)}")
        body = [*self._when_known(), "g = d.get", *self.awaits.unawaited(), *partial.filled(lines)]
        evaluate = function("evaluate(d)", body)
        return "\n".join((*self.awaits.functions, evaluate))

    def partial(self, yes: str, no: str, more: Iterable[Rail] = ()) -> Partial:
        """Give the body of a function that settles every expression to two texts, and needs some rails more."""
        partial = Partial(self.leaves, self._late)
        partial.rails.settle(self.distinct, (True, False), yes, no, more)
        return partial

    @cached_property
    def _late(self) -> frozenset[str]:
        """The questions that one expression alone reads: many a record decides it without them."""
        uses = Counter(question for part in self.distinct.values() for question in set(questions_of(part)))
        return frozenset(question for question, count in uses.items() if count == 1)

    def _when_known(self) -> Iterator[str]:
        """Give the lines that return at once where every answer that is needed is known."""
        fields = Fields(self._late)

        def leaf(leaf: Leaf, wanted: bool, is_read: bool) -> str:
            return self.leaves.known(leaf, fields.answer(leaf.question, is_read=is_read), wanted=wanted)

        rails = KnownRails(leaf, "k")
        rails.settle(self.distinct, (True,), "YES", "NO")
        entries: dict[str, tuple[list[str], str]] = {}
        for name, part in self.distinct.items():
            whole = rails.whole(part, True).text
            entries[name] = (rails.taken(), f"YES if {whole} else NO")
        # What nothing else asks for needs no variable.
        said = "".join(text for variables, text in entries.values() for text in (*variables, text))
        in_place = {name for name in entries if self.names.count(name) == 1 and f"{name} is " not in said}
        lines: list[str] = []
        for name, (variables, text) in entries.items():
            lines += variables if name in in_place else [*variables, f"{name} = {text}"]
        returned = (f"({entries[name][1]})" if name in in_place else name for name in self.names)
        lines.append(f"return {listed(returned)}")
        lines = fields.filled(lines, lambda question: f"d[{question!a}]")
        questions = {question for part in self.distinct.values() for question in questions_of(part)}
        # With fewer answers than questions one is missing, and to look for it would only cost time.
        yield f"if len(d) >= {len(questions)}:"
        yield from indented(("try:", *indented(lines), "except KeyError:", "    pass"))
