"""Checks of the indications of a set against each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations, pairwise

from cart_screen.answers.given import Answers
from cart_screen.authoring.checks.check import Check, Found, Severity
from cart_screen.authoring.checks.material import Material
from cart_screen.authoring.witnesses import SearchTooLarge, differing
from cart_screen.model import LABEL, CriteriaSet, Indication
from cart_screen.rules.derivations import Reading
from cart_screen.rules.reference import evaluate
from cart_screen.truth import Truth

# No person is older, and no dictionary should make a check run through more.
_AGES = 200


def _duplicates(material: Material) -> Iterator[Found]:
    """Find two indications in force on the same day, of one product and disease, with equal label criteria."""
    for name, criteria in _parts(material):
        seen: set[tuple[str, str]] = set()
        for day in sorted({indication.effective for indication in criteria.indications}):
            for one, other in combinations(criteria.in_force(day), 2):
                pair = (one.document, other.document)
                if pair not in seen and (one.product, one.disease) == (other.product, other.disease):
                    seen.add(pair)
                    if _reads_alike(one, other, criteria.reading):
                        yield Found(
                            f"sets/{name}/{other.id}/{other.version}.json",
                            "/$defs",
                            f"the same product, disease and label criteria as {one.id} {one.version}, which is in "
                            f"force too on {day}",
                            "keep one of the two, or correct the label criteria in which they differ",
                        )


def _reads_alike(one: Indication, other: Indication, reading: Reading) -> bool:
    pairs = [(one.criteria[id].bare, other.criteria[id].bare) for id in LABEL]
    try:
        return all(left == right or differing(reading, left, right) is None for left, right in pairs)
    except SearchTooLarge:
        # They are written differently, and no proof was found that they read alike.
        return False


def _age_gaps(material: Material) -> Iterator[Found]:
    """
    Find ages between those that the indications of one disease take, as the set stands at its latest.

    An age is taken where some indication in force is not ruled out by the age alone.
    """
    for name, criteria in material.built.items():
        age = criteria.reading.dictionary.questions.get(criteria.reading.dictionary.age or "")
        if age is None or age.kind != "integer" or age.minimum is None or age.maximum is None:
            continue
        ages = range(int(age.minimum), min(int(age.maximum), _AGES) + 1)
        records = {years: criteria.reading.resolve(Answers({age.id: years})) for years in ages}
        by_disease: dict[str, list[Indication]] = {}
        for indication in criteria.in_force(date.max):
            by_disease.setdefault(indication.disease, []).append(indication)
        for disease, indications in by_disease.items():
            taken = [
                years
                for years, record in records.items()
                if any(
                    all(evaluate(one.criteria[id].bare, record) is not Truth.FALSE for id in LABEL)
                    for one in indications
                )
            ]
            for before, after in pairwise(taken):
                if after > before + 1:
                    yield Found(
                        f"sets/{name}/set.json",
                        "/indications",
                        f"a gap for {disease}: no indication in force takes ages {before + 1} to {after - 1} years "
                        f"({', '.join(one.id for one in indications)})",
                        "correct an age limit, or say in a note of the set that nothing is approved in between",
                    )


def _parts(material: Material) -> Iterator[tuple[str, CriteriaSet]]:
    for name, criteria in material.built.items():
        for part in (criteria, *criteria.earlier):
            yield name, part


CHECKS = (
    Check("indication-duplicate", Severity.ERROR, "No approved use stands in a set twice.", _duplicates),
    Check("age-gap", Severity.WARNING, "No age is forgotten between two age ranges of one disease.", _age_gaps),
)
