"""The peers that read JSON Schema, on the same criteria, and what each of them cannot do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from operator import itemgetter
from typing import Any

from .definite import met, not_met
from .rule_sets import RuleSet

Record = dict[str, Any]
Read = Callable[[Record], Sequence[bool | None]]


@dataclass(frozen=True)
class Peer:
    """
    What a peer does with a rule set: complete answers, and partial ones through two rules per criterion.

    ``explain`` says why criteria are not met, which is all that a validator explains. A criterion that several
    indications share is read once.
    """

    complete: Read
    partial: Read
    explain: Callable[[Record], object] | None = None


class NotInstalled(Exception):
    """A peer that is not there to be measured."""

    def __init__(self, package: str) -> None:
        super().__init__(package)
        self.package = package

    def __str__(self) -> str:
        return f"{self.package} is not installed: pip install {self.package}, or the extra bench."


def python_jsonschema(rules: RuleSet) -> Peer:
    """Give python-jsonschema, each validator built beforehand."""
    from jsonschema import Draft202012Validator
    from referencing import Registry

    registry = Registry().with_contents((document["$id"], document) for document in rules.documents)
    validators = [Draft202012Validator(schema, registry=registry) for _, schema, _ in rules.distinct]
    return _validating(rules, validators, Draft202012Validator)


def jsonschema_rs(rules: RuleSet) -> Peer:
    """Give jsonschema-rs, each validator built beforehand."""
    installed("jsonschema-rs", "jsonschema_rs")
    from jsonschema_rs import Draft202012Validator, Registry

    registry = Registry([(document["$id"], document) for document in rules.documents]) if rules.documents else None
    validators = [Draft202012Validator(schema, registry=registry) for _, schema, _ in rules.distinct]
    return _validating(rules, validators, Draft202012Validator)


def _validating(rules: RuleSet, validators: Sequence[Any], validator_of: Callable[[Any], Any]) -> Peer:
    """Give a library whose validators tell whether a record is valid, and list what is wrong with it."""
    return Peer(
        _complete(rules, [validator.is_valid for validator in validators]),
        _partial(
            rules,
            [validator_of(met(expression)).is_valid for _, _, expression in rules.distinct],
            [validator_of(not_met(expression)).is_valid for _, _, expression in rules.distinct],
        ),
        lambda record: [list(validator.iter_errors(record)) for validator in validators],
    )


def fastjsonschema(rules: RuleSet) -> Peer:
    """Give fastjsonschema, which compiles a schema to Python and stops at the first error."""
    installed("fastjsonschema", "fastjsonschema")
    import fastjsonschema as peer

    documents = {document["$id"]: document for document in rules.documents}
    handlers = {"urn": lambda address: documents[address.partition("#")[0]]}

    def validity(schema: Mapping[str, Any]) -> Callable[[Record], bool]:
        validate = peer.compile(dict(schema), handlers=handlers)

        def is_valid(record: Record) -> bool:
            try:
                validate(record)
            except peer.JsonSchemaValueException:
                return False
            return True

        return is_valid

    return Peer(
        _complete(rules, [validity(schema) for _, schema, _ in rules.distinct]),
        _partial(
            rules,
            [validity(met(expression)) for _, _, expression in rules.distinct],
            [validity(not_met(expression)) for _, _, expression in rules.distinct],
        ),
    )


def installed(package: str, module: str) -> None:
    """Stop where a peer is not there."""
    if find_spec(module) is None:
        raise NotInstalled(package)


def spread(rules: RuleSet) -> Callable[[Sequence[bool | None]], Sequence[bool | None]]:
    """Give the function that gives every criterion what was read of those that differ."""
    if rules.places == tuple(range(len(rules.places))):
        return lambda read: read
    return itemgetter(*rules.places)


def _complete(rules: RuleSet, readers: Sequence[Callable[[Record], bool]]) -> Read:
    every = spread(rules)
    return lambda record: every([read(record) for read in readers])


def _partial(
    rules: RuleSet, met: Sequence[Callable[[Record], bool]], not_met: Sequence[Callable[[Record], bool]]
) -> Read:
    every = spread(rules)
    pairs = tuple(zip(met, not_met, strict=True))
    return lambda record: every([True if yes(record) else False if no(record) else None for yes, no in pairs])
