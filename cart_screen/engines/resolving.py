"""The generated Python that gives the resolved answers of a dictionary: what was given, and what follows from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from math import inf, nan
from typing import Any, assert_never

from cart_screen.answers.absent import AbsentReason
from cart_screen.answers.given import Answers
from cart_screen.answers.scalars import Scalar, is_number
from cart_screen.engines.fields import function, indented
from cart_screen.engines.graph import TRUE, Graph
from cart_screen.engines.leaves import Leaves
from cart_screen.engines.partial import Partial
from cart_screen.rules.derivations import Reading, derive
from cart_screen.rules.expressions import (
    Arithmetic,
    Choice,
    Derivation,
    Given,
    Literal,
    Mapped,
    Marker,
    Operator,
    Resolved,
    Source,
    Value,
    questions_of_value,
)
from cart_screen.rules.reference import compute


def compile_resolve(reading: Reading) -> Callable[[Answers], dict[str, Scalar]]:
    """Give the function that resolves answers as ``Reading.resolve`` does."""
    source = _ResolveSource(reading)
    space: dict[str, Any] = {"NAN": nan, "INF": inf, "compute": compute, "derive": derive, **source.names}
    exec(compile(source.text, "<answers: resolve>", "exec"), space)
    resolve: Callable[[dict[str, Scalar], Mapping[str, AbsentReason], set[str]], None] = space["resolve"]
    not_asked = AbsentReason.NOT_ASKED

    def resolved(answers: Answers) -> dict[str, Scalar]:
        record = dict(answers.values)
        absent = answers.absent
        try:
            resolve(record, absent, {id for id, reason in absent.items() if reason is not_asked} if absent else set())
        except OverflowError:
            # Whole numbers of hundreds of digits, which only a dictionary without bounds lets in.
            return reading.resolve(answers)
        return record

    return resolved


class _ResolveSource:
    """The source of a function that completes a record of given answers, from absent reasons and what is to come."""

    def __init__(self, reading: Reading) -> None:
        self.names: dict[str, Any] = {}
        self._leaves = Leaves(reading.dictionary)
        self._graph = Graph()
        lines = [line for derivation in reading.derivations.values() for line in self._derived(derivation)]
        self.text = function("resolve(r, absent, pending)", ["g = r.get", *lines])

    def _derived(self, derivation: Derivation) -> Iterator[str]:
        """Give the lines that set one derived answer, or take it away where it is unknown."""
        question = ascii(derivation.question)
        yield "v = None"
        yield "while True:"
        for source in derivation.sources:
            yield from indented(self._tried(derivation, source))
        yield from indented(["break"])
        yield "if v is not None:"
        yield from indented([f"r[{question}] = v", f"if pending: pending.discard({question})"])
        yield f"elif {question} in r:"
        yield from indented([f"del r[{question}]"])

    def _tried(self, derivation: Derivation, source: Source) -> Iterator[str]:
        """Give the lines that leave the search with a value, or where a better one is still to come."""
        partial = Partial(self._leaves)
        condition = self._graph.plain(self._graph.add(source.condition))
        holds, fails = partial.rails.text(condition, True).text, partial.rails.text(condition, False).text
        found = [f"w = {self._value(source.value)}", "if w is not None:"]
        if condition is TRUE:
            found += indented(["v = w", "break"])
        else:
            # A value under a condition that is still open stops the search; something may be to come all the same.
            to_come = f"derive({self._name(derivation)}, r, pending, absent)"
            if all(source.measured is None for source in derivation.sources):
                to_come = f"{to_come} if pending else None"
            found += indented([f"v = w if {holds} else {to_come}", "break"])
        found += self._to_come(derivation, source)
        lines = found if condition is TRUE else [f"if not {fails}:", *indented(found)]
        yield from partial.filled([*partial.rails.statements, *lines])

    def _to_come(self, derivation: Derivation, source: Source) -> Iterator[str]:
        inputs = list(dict.fromkeys(questions_of_value(source.value)))
        if not inputs:
            return
        awaited = " or ".join(f"{id!a} in pending and {id!a} not in r" for id in inputs)
        comes = f"pending and ({awaited})"
        if source.measured is not None:
            half = " or ".join(f"{id!a} not in r and {id!a} not in absent" for id in inputs)
            comes = f"{comes} or {source.measured!a} in r and ({half})"
        yield f"if {comes}:"
        yield from indented([f"pending.add({derivation.question!a})", "break"])

    def _value(self, value: Value) -> str:
        """Give the text of a value, None where it is unknown."""
        match value:
            case Given(question=question) | Resolved(question=question):
                return f"g({question!a})"
            case Literal(value=fixed):
                return ascii(fixed)
            case Marker(question=question, value=fixed):
                return f"{fixed!a} if {question!a} in r else None"
            case Mapped(question=question, table=table):
                # The keys of a JSON object are texts, so no answer of another kind is taken for one.
                return f"{self._name(dict(table))}.get(g({question!a}))"
            case Arithmetic() | Choice():
                return self._computed(value)
            case _:
                assert_never(value)

    def _computed(self, value: Arithmetic | Choice) -> str:
        """Give the text of a formula; one that is not plain arithmetic of known numbers is read plainly."""
        if not self._is_plain(value):
            return f"compute({self._name(value)}, r)"
        inputs = dict.fromkeys(questions_of_value(value))
        divisors: list[str] = []
        text = self._number(value, divisors)
        known = " and ".join(f"{id!a} in r" for id in inputs) or "True"
        # What is beyond a number is unknown, and what is divided by it would be zero.
        sound = [f"0 != {divisor} and -INF < {divisor} < INF" for divisor in divisors]
        return f"(x if {' and '.join([*sound, f'-INF < (x := {text}) < INF'])} else None) if {known} else None"

    def _is_plain(self, value: Value) -> bool:
        """Tell whether a value is a number that is unknown as soon as one of its inputs is."""
        match value:
            case Resolved(question=question) | Given(question=question):
                return self._leaves.is_number(question)
            case Literal(value=fixed):
                return is_number(fixed)
            case Arithmetic(left=left, right=right):
                return self._is_plain(left) and self._is_plain(right)
            case Choice(then=then, otherwise=otherwise):
                # Where a branch divides by what the other one does not, a zero there matters to it alone.
                same = set(questions_of_value(then)) == set(questions_of_value(otherwise))
                same = same and set(_divisors(then)) == set(_divisors(otherwise))
                return same and self._is_plain(then) and self._is_plain(otherwise)
            case Marker() | Mapped():
                return False
            case _:
                assert_never(value)

    def _number(self, value: Value, divisors: list[str]) -> str:
        match value:
            case Resolved(question=question) | Given(question=question):
                return f"r[{question!a}]"
            case Literal(value=fixed):
                return ascii(fixed)
            case Arithmetic(operator=operator, left=left, right=right):
                under = self._number(right, divisors)
                if operator is Operator.OVER:
                    divisors.append(under)
                return f"({self._number(left, divisors)} {operator.value} {under})"
            case Choice(condition=condition, then=then, otherwise=otherwise):
                yes, no = self._number(then, divisors), self._number(otherwise, divisors)
                partial = Partial(self._leaves)
                part = self._graph.plain(self._graph.add(condition))
                holds = partial.rails.text(part, True).text
                return f"({yes} if {partial.fields.in_place(holds, lambda question: f'r[{question!a}]')} else {no})"
            case Marker() | Mapped():
                raise AssertionError("they are not plain")
            case _:
                assert_never(value)

    def _name(self, value: Any) -> str:
        name = f"C{len(self.names)}"
        self.names[name] = value
        return name


def _divisors(value: Value) -> Iterator[Value]:
    match value:
        case Arithmetic(operator=operator, left=left, right=right):
            if operator is Operator.OVER:
                yield right
            yield from _divisors(left)
            yield from _divisors(right)
        case Choice(then=then, otherwise=otherwise):
            yield from _divisors(then)
            yield from _divisors(otherwise)
        case Given() | Resolved() | Literal() | Marker() | Mapped():
            return
        case _:
            assert_never(value)
