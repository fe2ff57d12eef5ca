"""The two rule sets that everything is measured on."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from cart_screen.answers.declaring import read_dictionary
from cart_screen.answers.scalars import Scalar
from cart_screen.catalog.directory import CriteriaDirectory, own_criteria
from cart_screen.catalog.loading import own_set
from cart_screen.model import CriterionId, Indication
from cart_screen.rules.derivations import Reading, read_dictionary_rules
from cart_screen.rules.expressions import Expression, bare, questions_of
from cart_screen.rules.parse import SchemaReader
from cart_screen.rules.profile import Profile

AS_OF = date(2026, 11, 22)
# Laid under the documents' own examples, which are about one criterion each, so that the others may be met too.
_WELL: Mapping[str, Scalar] = {
    "age_years": 61, "performance_scale": "ecog", "ecog": 1, "karnofsky": 80, "lansky": 80,
    "activity_level": "light-work-only", "active_infection": False, "active_inflammatory_disorder": False,
    "active_gvhd": False, "pregnant": False, "prior_car_t": False, "cns_involvement": "none", "on_dialysis": False,
    "kidney_basis": "measured", "creatinine_clearance": 74.5, "kidney_state": "normal", "bilirubin_basis": "measured",
    "bilirubin": 0.8, "gilbert_syndrome": False, "ast_basis": "measured", "ast_times_uln": 1.2,
    "alt_basis": "measured", "alt_times_uln": 0.9, "liver_state": "normal", "heart_basis": "described", "lvef": 60,
    "heart_state": "no-problem", "lung_basis": "described", "spo2": 97, "lung_state": "no-problem",
}  # fmt: skip
NEUTRAL = Path(__file__).with_name("neutral.json")


@dataclass(frozen=True)
class RuleSet:
    """
    Criteria by name as JSON Schema, what they refer to, and how they are read.

    ``expressions`` are the same criteria lowered, in the same order. ``likely`` are answers that some
    criterion is about; records are drawn around them.
    """

    name: str
    schemas: Mapping[str, Mapping[str, Any]]
    documents: tuple[Mapping[str, Any], ...]
    dictionary: Mapping[str, Any] | Reading
    reading: Reading
    expressions: tuple[Expression, ...]
    likely: tuple[Mapping[str, Scalar], ...]

    @cached_property
    def questions(self) -> tuple[str, ...]:
        """The questions that the criteria read, in dictionary order."""
        read = {question for expression in self.expressions for question in questions_of(expression)}
        return tuple(question for question in self.reading.dictionary.questions if question in read)

    @cached_property
    def distinct(self) -> tuple[tuple[str, Mapping[str, Any], Expression], ...]:
        """Each criterion that reads differently from those before it: its name, its schema, and it as an expression."""
        found: dict[Expression, tuple[str, Mapping[str, Any], Expression]] = {}
        for (name, schema), expression in zip(self.schemas.items(), self.expressions, strict=True):
            found.setdefault(bare(expression), (name, schema, bare(expression)))
        return tuple(found.values())

    @cached_property
    def places(self) -> tuple[int, ...]:
        """For each criterion, where among the distinct ones it is read."""
        order = [expression for _, _, expression in self.distinct]
        return tuple(order.index(bare(expression)) for expression in self.expressions)


@cache
def neutral() -> RuleSet:
    """Give a grant pre-check that has nothing to do with medicine."""
    raw = json.loads(NEUTRAL.read_text("utf-8"))
    return of_schemas("neutral", raw["criteria"], raw["dictionary"], raw["likely"])


def of_schemas(
    name: str,
    schemas: Mapping[str, Mapping[str, Any]],
    dictionary: Mapping[str, Any],
    likely: Sequence[Mapping[str, Scalar]] = (),
) -> RuleSet:
    """Give a rule set of schemas without references over a bare dictionary."""
    reading = read_dictionary_rules(read_dictionary(dictionary, "dictionary"), "dictionary")
    reader, profile = SchemaReader({}), Profile(reading.dictionary)
    expressions = tuple(profile.lower(reader.read_part(schema, id, "")) for id, schema in schemas.items())
    reader.finish()
    profile.finish()
    return RuleSet(name, schemas, (), dictionary, reading, expressions, tuple(likely))


@cache
def indications() -> tuple[Indication, ...]:
    """Give the approved uses of ``us-fda`` in force on the day of measuring, which is fixed."""
    return own_set("us-fda").in_force(AS_OF)


@cache
def us_fda() -> RuleSet:
    """Give every criterion of every indication of the shipped set, by ``indication/criterion``."""
    criteria = {f"{found.id}/{id}": found.criteria[id] for found in indications() for id in CriterionId}
    directory = CriteriaDirectory(own_criteria())
    used = {found.document for found in indications()}
    documents = [document for document in directory.indications("us-fda").values() if document["$id"] in used]
    reading = own_set("us-fda").reading
    return RuleSet(
        "us-fda",
        {
            f"{found.id}/{id}": {"$ref": f"{found.document}#/$defs/{id}"}
            for found in indications()
            for id in CriterionId
        },
        (*documents, *directory.shared().values()),
        reading,
        reading,
        tuple(criterion.requirement for criterion in criteria.values()),
        tuple({**_WELL, **example["answers"]} for found in indications() for example in found.examples),
    )


RULE_SETS = {"neutral": neutral, "us-fda": us_fda}
