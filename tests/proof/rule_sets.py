"""Named schemas over one dictionary, as an engine is given them, and how the specification reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import jsonschema_rs
from strategies import example_answers

from cart_screen.answers.declaring import read_dictionary
from cart_screen.answers.given import Answers
from cart_screen.answers.scalars import Scalar
from cart_screen.authoring.representatives import representatives
from cart_screen.catalog.directory import CriteriaDirectory, own_criteria
from cart_screen.catalog.loading import own_set, own_sets
from cart_screen.model import CriteriaSet
from cart_screen.rules.derivations import Reading, read_dictionary_rules
from cart_screen.rules.expressions import Expression, questions_of
from cart_screen.rules.parse import SchemaReader
from cart_screen.rules.profile import Profile
from cart_screen.rules.reference import Record
from cart_screen.rules.schema import Schema

Raw = Mapping[str, Any]


@dataclass(frozen=True)
class RuleSet:
    """
    Schemas by name, the dictionary that reads their answers, and the documents that they may refer to.

    ``given`` are sets of answers near to which the edges lie.
    """

    schemas: Mapping[str, Raw]
    reading: Reading
    documents: tuple[Raw, ...] = ()
    given: tuple[Record, ...] = ()

    def part(self, names: Iterable[str]) -> RuleSet:
        """Give the same with some of the rules."""
        return RuleSet({name: self.schemas[name] for name in names}, self.reading, self.documents, self.given)

    @cached_property
    def trees(self) -> Mapping[str, Schema]:
        """Each schema as the standard reads it."""
        loaded = {document["$id"]: document for document in self.documents}
        reader = SchemaReader(loaded | {_address(name): schema for name, schema in self.schemas.items()})
        trees = {name: reader.read(_address(name)) for name in self.schemas}
        reader.finish()
        return trees

    @cached_property
    def expressions(self) -> Mapping[str, Expression]:
        """Each schema as the reference reads it; equal ones are one object."""
        profile = Profile(self.reading.dictionary)
        known: dict[Expression, Expression] = {}
        found = {}
        for name, tree in self.trees.items():
            lowered = profile.lower(tree)
            found[name] = known.setdefault(lowered, lowered)
        profile.finish()
        return found

    @cached_property
    def questions(self) -> tuple[str, ...]:
        """Every question that some schema reads, in dictionary order."""
        read = {id for expression in self.expressions.values() for id in questions_of(expression)}
        return tuple(id for id in self.reading.dictionary.questions if id in read)

    @cached_property
    def representatives(self) -> Mapping[str, tuple[Scalar, ...]]:
        """For every question of the dictionary values such that the rules read any other as one of them."""
        expressions = set(self.expressions.values())
        return {id: representatives(asked, expressions) for id, asked in self.reading.dictionary.questions.items()}

    @cached_property
    def examples(self) -> tuple[Record, ...]:
        """The answers that were given, resolved."""
        return tuple(self.reading.resolve(Answers(answers)) for answers in self.given)

    @cached_property
    def validators(self) -> Mapping[str, jsonschema_rs.Draft202012Validator]:
        """Each schema as jsonschema-rs reads it."""
        registry = jsonschema_rs.Registry([(document["$id"], document) for document in self.documents])
        return {
            name: jsonschema_rs.Draft202012Validator(schema, registry=registry) for name, schema in self.schemas.items()
        }


def reading_of(dictionary: Raw) -> Reading:
    """Read a dictionary, derivations included."""
    return read_dictionary_rules(read_dictionary(dictionary, "dictionary"), "dictionary")


@cache
def shipped() -> Mapping[str, RuleSet]:
    """
    Give every shipped criteria set, one entry for each major version of the dictionary, as schemas alone.

    All versions of all indications, the general criteria, cautions, conflicts and conditions for asking; what
    several sets read is in each of them.
    """
    return {
        f"{name}/{criteria.reading.dictionary.major}": _rules_of(criteria, name)
        for name in own_sets()
        for criteria in (own_set(name), *own_set(name).earlier)
    }


def _rules_of(criteria: CriteriaSet, name: str) -> RuleSet:
    directory = CriteriaDirectory(own_criteria())
    documents = {
        document["$id"]: document for document in (*directory.shared().values(), *directory.indications(name).values())
    }
    stated = [criterion for indication in criteria.indications for criterion in indication.criteria.values()]
    stated += criteria.general.values()
    schemas: dict[str, Raw] = {}
    for indication in criteria.indications:
        for id in indication.criteria:
            address = f"{indication.document}#/$defs/{id}"
            schemas[address] = {"$ref": address}
    for criterion in criteria.general.values():
        schemas[criterion.document] = {"$ref": criterion.document}
    for address in sorted({address for criterion in stated for address in criterion.documents}):
        for number, caution in enumerate(_cautions(documents[address])):
            schemas[f"{address} caution {number}"] = caution["when"]
    dictionary = criteria.reading.dictionary
    schemas |= {f"conflict {id}": schema for id, schema in dictionary.consistency.items()}
    schemas |= {f"asking {id}": asked.ask_if for id, asked in dictionary.questions.items() if asked.ask_if is not None}
    return RuleSet(schemas, criteria.reading, tuple(documents.values()), example_answers(name))


def _cautions(document: Any) -> Iterator[Raw]:
    """Give every caution of a document, wherever it stands."""
    parts = [document, *document.get("$defs", {}).values()]
    for part in parts:
        yield from part.get("x-cautions", ())


def _address(name: str) -> str:
    return "urn:rule:" + name.encode().hex()
