"""The checks that what was not verified never permits anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import assert_never

from cart_screen.authoring.checks.check import Check, Found, Severity
from cart_screen.authoring.checks.material import Material
from cart_screen.authoring.checks.sources import entries
from cart_screen.authoring.checks.stated import Stated, cited, told
from cart_screen.authoring.checks.tree import Node, always, changed, parts
from cart_screen.authoring.witnesses import SearchTooLarge, witness
from cart_screen.model import CriterionId, Verified
from cart_screen.rules.expressions import And, Expression, Not
from cart_screen.rules.schema import (
    AllOf,
    AnyOf,
    Conditional,
    Limit,
    NotSchema,
    OneOf,
    Properties,
    Reference,
    Required,
    Schema,
    TypeIs,
    ValueIn,
    Verdict,
)
from cart_screen.truth import Truth


@dataclass(frozen=True)
class _Permission:
    """
    A condition that rests on unverified sources only and lets somebody through.

    ``silent`` tells of somebody whom it lets through without a caution that cites one of its sources;
    None where there is nobody.
    """

    stated: Stated
    pointer: str
    sources: tuple[str, ...]
    cautions: tuple[str, ...]
    somebody: str
    silent: str | None


@lru_cache(maxsize=1)
def _permissions(material: Material) -> tuple[_Permission, ...]:
    """
    Find conditions that cite unverified sources only and can turn not-met into met.

    A condition permits where somebody meets the criterion with it and does not meet it without it. What
    the criterion is without a condition depends on where the condition stands: one of several that must
    all hold (allOf, then, else, an answer among others) is as if it held; one of several of which some
    must hold (anyOf, oneOf) as if it did not; one under ``not`` as if the ``not`` held; of an ``if``
    both are tried. So a restriction permits nothing, whatever it is nested in. A cancer type, or a
    "nothing is asked", that as a whole rests on unverified sources permits all that it names.
    """
    return tuple(permission for stated in material.sound for permission in _of_criterion(stated))


def _of_criterion(stated: Stated) -> Iterator[_Permission]:
    tags = {str(entry.get("id")): entry.get("verified") for _, entry in entries(stated.document, stated.raw)}
    found: list[str] = []
    for node in stated.nodes:
        pointer, sources = node.schema.pointer, cited(node.schema.notes)
        verified = any(tags.get(id) != Verified.UNVERIFIED for id in sources)
        if not sources or verified or any(pointer.startswith(f"{outer}/") for outer in found):
            continue
        cautions = [one for one in stated.own if not set(one.sources).isdisjoint(sources)]
        for gained in _gained(stated, node):
            somebody = _somebody(stated, gained)
            if somebody is not None:
                found.append(pointer)
                silent = _somebody(stated, And((gained, *(Not(caution.when) for caution in cautions))))
                yield _Permission(stated, pointer, sources, tuple(one.id for one in cautions), somebody, silent)
                break


def _gained(stated: Stated, node: Node) -> Iterator[Expression]:
    """Say of whom a condition makes the difference between met and not met."""
    place = _whole(node)
    if place.above is None:
        if stated.id == CriterionId.APPROVED_CANCER_TYPE or "x-no-requirement" in stated.schema.notes:
            yield stated.expression
        return
    for value in _as_if_absent(place):
        yield And((stated.expression, Not(_without(stated, place, value))))


def _without(stated: Stated, place: Node, value: bool) -> Expression:
    instead = always(value)
    return stated.lowered(changed(stated.schema, lambda schema, _: instead if schema is place.schema else None))


def _whole(node: Node) -> Node:
    """Climb from a condition to the outermost one that says nothing beside it."""
    while node.above is not None and _says_only(node.above.schema):
        node = node.above
    return node


def _says_only(schema: Schema) -> bool:
    """Tell whether a schema holds one other schema and has no condition beside it."""
    saying = [keyword for keyword in schema.keywords if not isinstance(keyword, TypeIs | Required)]
    return len(saying) == 1 and len(list(parts(saying[0]))) == 1


def _as_if_absent(node: Node) -> tuple[bool, ...]:
    """Give what a condition is worth where it stands when it is not there."""
    match node.keyword:
        case AnyOf() | OneOf() | NotSchema():
            return (False,)
        case Conditional(condition=condition) if node.schema is condition:
            return (True, False)
        case AllOf() | Properties() | Reference() | Conditional():
            return (True,)
        case TypeIs() | ValueIn() | Required() | Limit() | Verdict() | None:
            raise AssertionError("these hold no schema")
        case _:
            assert_never(node.keyword)


def _somebody(stated: Stated, expression: Expression) -> str | None:
    """Tell of answers under which an expression holds; None where there are none."""
    try:
        answers = witness(stated.reading, expression, Truth.TRUE)
    except SearchTooLarge:
        return "answers too many to search through"
    return None if answers is None else told(answers)


def _silent(material: Material) -> Iterator[Found]:
    for permission in _permissions(material):
        if permission.silent is not None:
            yield Found(
                permission.stated.document,
                permission.pointer,
                f"a condition that rests on unverified sources only ({', '.join(permission.sources)}) and alone lets "
                f"people meet {permission.stated.id}, without a caution that cites them, as with {permission.silent}",
                "cite a source in which it was read, or make it a caution; if it was decided to keep it, report a "
                "caution that cites its source wherever it lets people through",
            )


def _cautioned(material: Material) -> Iterator[Found]:
    for permission in _permissions(material):
        if permission.silent is None:
            yield Found(
                permission.stated.document,
                permission.pointer,
                f"a condition that rests on unverified sources only ({', '.join(permission.sources)}) and alone lets "
                f"people meet {permission.stated.id}, as with {permission.somebody}; they are told by the caution "
                f"{' or '.join(permission.cautions)}",
                "have a clinician confirm that it stays, or cite a source in which it was read",
            )


CHECKS = (
    Check(
        "permission-unverified",
        Severity.ERROR,
        "What was not verified never turns not-met into met without saying so; it may restrict.",
        _silent,
    ),
    Check(
        "permission-unverified-cautioned",
        Severity.WARNING,
        "What was not verified and yet permits, with a caution that says so, is looked at by a clinician.",
        _cautioned,
    ),
)
