"""The course of a disease in many people: its state, the treatments so far, and how they worked."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from .diseases import ALLOGRAFTED, DISEASES, DRUGS, IDS, IMID, MYELOMA_KIN, STATES, TRANSFORMED
from .draws import Array, Draws
from .truths import Truths

_MOST_LINES = 9
# In the order of the states: how likely one more line is, and that the last treatment did not work. All are assumed.
_NEXT_LINE = np.array((0, 0, 0.25, 0.4, 0.3, 0.5, 0.5))
_LAST_FAILED = np.array((0, 0, 0, 0.35, 0.1, 0.2, 1))
_UNTREATED, _FIRST, _RELAPSED = (STATES.index(state) for state in ("untreated", "first-treatment", "relapsed"))


def put_course(truths: Truths, draws: Draws, kind: Array, ill: Array, age: Array) -> None:
    """Draw a course for those who are ill; ``kind`` is the place of each one's diagnosis."""
    state = _states(draws, kind)
    lines = _lines(draws, state)
    truths.put_words("disease_status", STATES, state, ill)
    truths.put("prior_lines", lines, ill)
    truths.put("prior_lines_at_least", np.minimum(lines, draws.whole(1, 3)), ill)
    _drugs(truths, draws, kind, lines, ill)
    _working(truths, draws, state, lines, ill)
    relapses = _relapses(truths, draws, state, lines, ill)
    transformed = ill & _is(kind, TRANSFORMED)
    truths.put("lines_since_transformation", draws.whole(0, lines), transformed)
    _transplant(truths, draws, kind, age, lines, relapses, ill)
    _cell_therapy(truths, draws, kind, lines, ill)


def _is(kind: Array, diagnoses: Collection[str]) -> Array:
    return np.isin(kind, [IDS.index(id) for id in diagnoses])


def _states(draws: Draws, kind: Array) -> Array:
    drawn = {shares: draws.place(shares) for shares in {disease.states: None for disease in DISEASES.values()}}
    state = np.zeros(draws.count, dtype=np.int64)
    for shares, places in drawn.items():
        those = _is(kind, [id for id, disease in DISEASES.items() if disease.states == shares])
        state[those] = places[those]
    return state


def _lines(draws: Draws, state: Array) -> Array:
    more = 1 + draws.more(_NEXT_LINE[state], _MOST_LINES - 1)
    # Some count the treatment that they are in.
    first = draws.whole(0, 1)
    return np.where(state == _UNTREATED, 0, np.where(state == _FIRST, first, more))


def _drugs(truths: Truths, draws: Draws, kind: Array, lines: Array, ill: Array) -> None:
    for drug in DRUGS:
        in_one_line = np.array([disease.drugs.get(drug, 0.005) for disease in DISEASES.values()])[kind]
        truths.put(drug, draws.happens(1 - (1 - in_one_line) ** lines), ill)
    failed = draws.happens(np.where(_is(kind, MYELOMA_KIN), 0.6, 0.2))
    truths.put("lenalidomide_refractory", truths.values[IMID] & failed, ill)


def _working(truths: Truths, draws: Draws, state: Array, lines: Array, ill: Array) -> None:
    treated = ill & (lines > 0)
    last = draws.happens(_LAST_FAILED[state])
    first = np.where(lines == 1, last, draws.happens(0.25))
    truths.put("refractory_to_last_therapy", last, treated)
    truths.put("refractory_to_first_line", first, treated)
    truths.put("progressed_on_last_therapy", draws.happens(np.where(last, 0.8, 0.05)), treated)


def _relapses(truths: Truths, draws: Draws, state: Array, lines: Array, ill: Array) -> Array:
    before = draws.more(0.6, np.maximum(lines - 1, 0))
    none_yet = (state == _UNTREATED) | (state == _FIRST)
    relapses = np.where(none_yet, 0, before + (state == _RELAPSED))
    truths.put("relapse_count", relapses, ill)
    # Half a year, a year and two years are what people say most.
    spread = draws.number(1, draws.one((12, 40, 150)), 0)
    months = np.where(draws.happens(0.3), draws.one((6, 12, 12, 18, 24)), spread)
    lasted = ill & (relapses > 0) & ~truths.values["refractory_to_first_line"]
    truths.put("months_first_line_to_relapse", months, lasted)
    truths.put("months_first_line_start_to_relapse", months + draws.whole(4, 8), lasted)
    return relapses


def _transplant(
    truths: Truths, draws: Draws, kind: Array, age: Array, lines: Array, relapses: Array, ill: Array
) -> None:
    had = (lines >= 2) & draws.happens(np.where(age < 70, 0.3, 0.05))
    truths.put("relapsed_after_transplant", had & (relapses > 0) & draws.happens(0.6), ill)
    truths.put("active_gvhd", had & _is(kind, ALLOGRAFTED) & draws.happens(0.25))
    chance = np.where(age < 66, 0.75, np.where(age < 76, 0.4, 0.05))
    truths.put("transplant_candidate", draws.happens(chance), ill)


def _cell_therapy(truths: Truths, draws: Draws, kind: Array, lines: Array, ill: Array) -> None:
    car_t = ill & (lines >= 2) & draws.happens(0.06)
    targeted = car_t | (ill & (lines >= 2) & draws.happens(0.08))
    myeloma = _is(kind, MYELOMA_KIN)
    truths.put("prior_car_t", car_t)
    truths.put("prior_bcma_therapy", targeted & myeloma, ill)
    truths.put("prior_cd19_therapy", targeted & ~myeloma, ill)
