"""The course of a disease: its state, the treatments so far, and how they worked."""

from __future__ import annotations

from cart_screen.answers.scalars import Scalar

from .diseases import ALLOGRAFTED, DRUGS, MYELOMA_KIN, TRANSFORMED, Disease
from .drawing import Draw

_MOST_LINES = 9
# How likely one more line is, once there was one.
_NEXT_LINE = {
    "remission": 0.3, "partial-response-or-stable": 0.5, "mrd-only": 0.3, "relapsed": 0.58, "refractory": 0.55,
}  # fmt: skip
# How likely the last treatment did not work, by the state it led to.
_LAST_FAILED = {"refractory": 1.0, "partial-response-or-stable": 0.4, "relapsed": 0.2, "mrd-only": 0.1}
_LENALIDOMIDE_FAILED = {True: 0.7, False: 0.2}
_TREATED_MONTHS = 6


def course(draw: Draw, diagnosis: str, disease: Disease, age: int) -> dict[str, Scalar]:
    """Draw a course. What does not apply before any treatment, or without a relapse, is left out."""
    state = draw.share(disease.states)
    lines = _lines(draw, state)
    found: dict[str, Scalar] = {"disease_status": state, "prior_lines": lines}
    found["prior_lines_at_least"] = min(lines, draw.whole(1, 3)) if draw.happens(0.7) else lines
    found |= _drugs(draw, disease, lines)
    found |= _working(draw, state, lines)
    relapses = found["relapse_count"] = _relapses(draw, state, lines)
    found |= _first_relapse(draw, relapses, failed_first=found.get("refractory_to_first_line") is True)
    if diagnosis in TRANSFORMED:
        found["lines_since_transformation"] = draw.whole(0, lines)
    found |= _transplant(draw, diagnosis, age, lines, relapses)
    found |= _cell_therapy(draw, diagnosis, lines)
    return found


def _lines(draw: Draw, state: str) -> int:
    if state == "untreated":
        return 0
    if state == "first-treatment":
        # Some count the treatment that they are in.
        return draw.whole(0, 1)
    return 1 + draw.more(_NEXT_LINE[state], _MOST_LINES - 1)


def _drugs(draw: Draw, disease: Disease, lines: int) -> dict[str, Scalar]:
    found: dict[str, Scalar] = {drug: draw.happens(1 - (1 - disease.drugs.get(drug, 0.01)) ** lines) for drug in DRUGS}
    chance = _LENALIDOMIDE_FAILED[disease.group == "myeloma"]
    found["lenalidomide_refractory"] = found["received_immunomodulatory_agent"] is True and draw.happens(chance)
    return found


def _working(draw: Draw, state: str, lines: int) -> dict[str, Scalar]:
    if state == "untreated":
        return {}
    if lines == 0:
        return {"progressed_on_last_therapy": False}
    last = draw.happens(_LAST_FAILED.get(state, 0))
    return {
        "refractory_to_last_therapy": last,
        "refractory_to_first_line": last if lines == 1 else draw.happens(0.25),
        "progressed_on_last_therapy": draw.happens(0.8 if last else 0.05),
    }


def _relapses(draw: Draw, state: str, lines: int) -> int:
    if state in ("untreated", "first-treatment"):
        return 0
    if state == "relapsed":
        return 1 + draw.more(0.6, lines - 1)
    return draw.more(0.6, lines - 1)


def _first_relapse(draw: Draw, relapses: int, *, failed_first: bool) -> dict[str, Scalar]:
    if not relapses or failed_first:
        return {}
    # Half a year, a year and two years are what people say most.
    months = draw.one((6, 12, 12, 18, 24)) if draw.happens(0.3) else draw.number(1, draw.one((12, 40, 150)), 0)
    return {
        "months_first_line_to_relapse": months,
        "months_first_line_start_to_relapse": months + draw.whole(_TREATED_MONTHS - 2, _TREATED_MONTHS + 2),
    }


def _transplant(draw: Draw, diagnosis: str, age: int, lines: int, relapses: int) -> dict[str, Scalar]:
    had = lines >= 2 and draw.happens(0.3 if age < 70 else 0.05)
    after = had and relapses > 0 and draw.happens(0.6)
    gvhd = had and diagnosis in ALLOGRAFTED and draw.happens(0.25)
    can = draw.happens(0.75 if age < 66 else 0.4 if age < 76 else 0.05)
    return {"relapsed_after_transplant": after, "active_gvhd": gvhd, "transplant_candidate": can}


def _cell_therapy(draw: Draw, diagnosis: str, lines: int) -> dict[str, Scalar]:
    car_t = lines >= 2 and draw.happens(0.08)
    other = lines >= 2 and draw.happens(0.1)
    myeloma = diagnosis in MYELOMA_KIN
    return {
        "prior_car_t": car_t,
        "prior_bcma_therapy": myeloma and (car_t or other),
        "prior_cd19_therapy": not myeloma and (car_t or other),
    }
