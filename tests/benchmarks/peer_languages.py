"""The peers with a language of their own: JsonLogic in datalogic-py, and zen-engine's expressions."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, assert_never

from cart_screen.rules.expressions import (
    Among,
    And,
    Compare,
    Constant,
    ExactlyOne,
    Expression,
    IfThenElse,
    Named,
    Not,
    Or,
)

from .definite import negated, plain
from .peers import Peer, Record, installed, spread
from .rule_sets import RuleSet

# Neither language knows an unknown: a missing answer is null, which JsonLogic takes for 0 and zen-engine refuses to
# compare. So with partial answers each condition asks first whether there is one.


def datalogic(rules: RuleSet) -> Peer:
    """Give datalogic-py: one rule that gives the list of all criteria, so that it is called once a record."""
    installed("datalogic-py", "datalogic_py")
    from datalogic_py import Engine

    engine = Engine()
    complete = engine.compile([_logic(bare, guarded=False) for _, _, bare in rules.distinct])
    both = engine.compile([_logic(part, guarded=True) for part in _met_and_not(rules)])
    return _peer(rules, complete.evaluate, both.evaluate)


def zen(rules: RuleSet) -> Peer:
    """Give zen-engine: one expression that gives the list of all criteria."""
    installed("zen-engine", "zen")
    from zen import compile_expression

    complete = compile_expression(_listed(_text(bare, guarded=False) for _, _, bare in rules.distinct))
    both = compile_expression(_listed(_text(part, guarded=True) for part in _met_and_not(rules)))
    return _peer(rules, complete.evaluate, both.evaluate)


def _met_and_not(rules: RuleSet) -> Iterator[Expression]:
    for _, _, bare in rules.distinct:
        yield plain(bare)
        yield negated(bare)


def _peer(rules: RuleSet, complete: Callable[[Record], list[bool]], both: Callable[[Record], list[bool]]) -> Peer:
    every = spread(rules)

    def partial(record: Record) -> Sequence[bool | None]:
        said = iter(both(record))
        return every([True if met else False if not_met else None for met, not_met in zip(said, said, strict=True)])

    return Peer(lambda record: every(complete(record)), partial)


def _logic(expression: Expression, *, guarded: bool) -> Any:
    """Write an expression as JsonLogic."""

    def part(term: Expression) -> Any:
        return _logic(term, guarded=guarded)

    match expression:
        case Constant(value=value):
            return value
        case Compare(question=question, relation=relation, limit=limit):
            answer = {"var": question}
            held = {relation.value: [answer, limit]}
            return {"and": [{"!==": [answer, None]}, held]} if guarded else held
        case Among(question=question, values=(str(value) | bool(value),)):
            return {"===": [{"var": question}, value]}
        case Among(question=question, values=values):
            return {"in": [{"var": question}, list(values)]}
        case And(terms=terms):
            return {"and": [part(term) for term in terms]}
        case Or(terms=terms):
            return {"or": [part(term) for term in terms]}
        case Not(term=Among(question=question) as leaf) if guarded:
            return {"and": [{"!==": [{"var": question}, None]}, {"!": [part(leaf)]}]}
        case Not(term=term):
            return {"!": [part(term)]}
        case ExactlyOne(terms=(left, right)):
            return {"!==": [part(left), part(right)]}
        case ExactlyOne():
            return part(plain(expression))
        case Named(term=term):
            return part(term)
        case IfThenElse(condition=condition, then=then, otherwise=otherwise):
            return {"if": [part(condition), part(then), part(otherwise)]}
        case _:
            assert_never(expression)


def _text(expression: Expression, *, guarded: bool) -> str:
    """Write an expression in the language of zen-engine."""

    def part(term: Expression) -> str:
        return _text(term, guarded=guarded)

    match expression:
        case Constant(value=value):
            return json.dumps(value)
        case Compare(question=question, relation=relation, limit=limit):
            held = f"{question} {relation.value} {json.dumps(limit)}"
            return f"({question} != null and {held})" if guarded else held
        case Among(question=question, values=(value,)):
            return f"{question} == {json.dumps(value)}"
        case Among(question=question, values=values):
            return f"{question} in {_listed(map(json.dumps, values))}"
        case And(terms=terms):
            return f"({' and '.join(map(part, terms))})"
        case Or(terms=terms):
            return f"({' or '.join(map(part, terms))})"
        case Not(term=Among(question=question) as leaf) if guarded:
            return f"({question} != null and not ({part(leaf)}))"
        case Not(term=term):
            return f"(not ({part(term)}))"
        case ExactlyOne(terms=(left, right)):
            return f"(({part(left)}) != ({part(right)}))"
        case ExactlyOne():
            return part(plain(expression))
        case Named(term=term):
            return part(term)
        case IfThenElse(condition=condition, then=then, otherwise=otherwise):
            return f"({part(condition)} ? {part(then)} : {part(otherwise)})"
        case _:
            assert_never(expression)


def _listed(parts: Iterable[str]) -> str:
    return f"[{', '.join(parts)}]"
