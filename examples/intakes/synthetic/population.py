"""Synthetic intakes in blocks, as frames whose columns are question ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

import numpy as np
import polars as pl

from cart_screen.answers.dictionary import Question
from cart_screen.api import load_criteria

from .body import put_body
from .course import put_course
from .diseases import AFTER_TRANSPLANT, DISEASES, IDS, NO_CANCER
from .draws import Array, Draws
from .knowledge import put_absence
from .slips import put_slips
from .truths import Truths

KEY = "intake_id"
# People are drawn so many at a time, so that the first of many are the first of few.
BLOCK = 65_536
_SLIPS = 0.015
_KINDS: Mapping[str, type[pl.DataType]] = {
    "boolean": pl.Boolean, "string": pl.String, "integer": pl.Int64, "number": pl.Float64,
}  # fmt: skip


@cache
def questions() -> Mapping[str, Question]:
    """Give the questions that somebody can answer, in the order of the dictionary."""
    dictionary = load_criteria("us-fda").reading.dictionary
    return {id: question for id, question in dictionary.questions.items() if not question.internal}


def schema() -> dict[str, type[pl.DataType]]:
    """Give the type of every column."""
    return {KEY: pl.String} | {id: _KINDS[question.kind] for id, question in questions().items()}


def intakes(rows: int, seed: int, *, slips: float = _SLIPS) -> Iterator[pl.DataFrame]:
    """Give intakes in frames of at most ``BLOCK`` rows, of which a share ``slips`` may contradict themselves."""
    for block, first in enumerate(range(0, rows, BLOCK)):
        yield _block(seed, block, slips).head(rows - first)


def _block(seed: int, block: int, slips: float) -> pl.DataFrame:
    draws = Draws(seed, block, BLOCK)
    texts = {id: tuple(map(str, one.choices)) for id, one in questions().items() if one.kind == "string"}
    truths = Truths(BLOCK, texts)
    _put_person(truths, draws)
    put_absence(truths, draws)
    put_slips(truths, draws, slips)
    number = pl.int_range(block * BLOCK + 1, (block + 1) * BLOCK + 1, eager=True)
    key = pl.select(pl.lit("S") + number.cast(pl.String).str.zfill(8)).to_series().alias(KEY)
    return pl.DataFrame([key, *(_column(truths, one) for one in questions().values())])


def _column(truths: Truths, question: Question) -> pl.Series:
    values, there = truths.values[question.id], truths.applies[question.id]
    if question.kind == "string":
        words = pl.Series(truths.choices[question.id]).gather(pl.Series(values.astype(np.uint32)))
    else:
        words = pl.Series(values).cast(_KINDS[question.kind])
    return words.set(pl.Series(~there), None).alias(question.id)


def _put_person(truths: Truths, draws: Draws) -> None:
    kind = draws.place([disease.weight for disease in DISEASES.values()])
    ill = ~draws.happens(NO_CANCER)
    age = _age(draws, kind)
    female = ~draws.happens(np.array([disease.male for disease in DISEASES.values()])[kind])
    truths.put("age_years", age)
    truths.put_words("sex", ("female", "male"), np.where(female, 0, 1))
    truths.put_words("diagnosis", IDS, kind, ill)
    _put_group(truths, draws, kind, ill)
    put_course(truths, draws, kind, ill, age)
    put_body(truths, draws, age, female)
    _put_health(truths, draws, kind, age, female)
    for question, chances in (
        ("large_b_cell_confirmed", [disease.confirmed for disease in DISEASES.values()]),
        ("treated_as_b_all", [disease.as_b_all for disease in DISEASES.values()]),
    ):
        asked = np.array([chance is not None for chance in chances])[kind]
        truths.put(question, draws.happens(np.array([chance or 0.0 for chance in chances])[kind]), ill & asked)


def _age(draws: Draws, kind: Array) -> Array:
    age = np.zeros(draws.count, dtype=np.int64)
    # Sorted, since the order of a set is not the same in every run.
    for ages in sorted({disease.ages for disease in DISEASES.values()}):
        low, high, shares = np.array(ages).T
        place = draws.place(shares)
        drawn = draws.whole(low[place].astype(np.int64), high[place].astype(np.int64))
        those = np.isin(kind, [at for at, id in enumerate(IDS) if DISEASES[id].ages == ages])
        age[those] = drawn[those]
    return age


def _put_group(truths: Truths, draws: Draws, kind: Array, ill: Array) -> None:
    own = truths.codes("cancer_group", [disease.group for disease in DISEASES.values()])[kind]
    # Of those whose kind is on no list, the group can be any of these.
    others = truths.codes("cancer_group", ("lymphoma", "leukemia", "other-blood-cancer"))[draws.whole(0, 2)]
    none = truths.codes("cancer_group", ("not-cancer",))[0]
    truths.put("cancer_group", np.where(~ill, none, np.where(kind == IDS.index("other"), others, own)))
    words = ("none", "past", "active-secondary", "primary")
    groups = np.array([disease.group in ("lymphoma", "leukemia") for disease in DISEASES.values()])[kind]
    place = np.where(groups, draws.place((94, 3, 3)), 0)
    truths.put_words("cns_involvement", words, np.where(kind == IDS.index("primary-cns-lymphoma"), 3, place), ill)


def _put_health(truths: Truths, draws: Draws, kind: Array, age: Array, female: Array) -> None:
    after_transplant = np.isin(kind, [IDS.index(id) for id in AFTER_TRANSPLANT])
    # These are the people for whom urgent symptoms mean something else.
    truths.put("urgent_symptoms", draws.happens(np.where(truths.values["prior_car_t"], 0.1, 0.02)))
    truths.put("pregnant", draws.happens(0.03) & female & (age >= 14) & (age <= 49), female)
    truths.put("solid_organ_transplant", draws.happens(np.where(after_transplant, 0.8, 0.01)))
    truths.put("immunosuppression", draws.happens(np.where(after_transplant, 0.8, 0.05)))
    for question, chance in (
        ("active_infection", 0.06),
        ("active_inflammatory_disorder", 0.04),
        ("hiv", 0.01),
        ("hepatitis_b_or_c", 0.03),
        ("neurologic_history", 0.08),
        ("other_active_cancer", 0.04),
        ("caregiver_available", 0.8),
    ):
        truths.put(question, draws.happens(chance))
