"""What people of each kind know of the truth about themselves, and what they would rather not say."""

from __future__ import annotations

from collections.abc import Iterable

from cart_screen.answers.absent import AbsentReason

from .diseases import DRUGS
from .drawing import Draw
from .person import Persona

_SHARES = {Persona.LITTLE: 45.0, Persona.LETTERS: 35.0, Persona.CLINICIAN: 20.0}
_Row = tuple[tuple[str, ...], float, float, float]

# A paper that holds some answers, the chance that it is at hand for each kind of person in turn; or, without a
# paper, that a single question can be answered.
_PAPERS: tuple[_Row, ...] = (
    (("creatinine", "bilirubin", "ast", "ast_upper_limit", "alt", "alt_upper_limit", "anc", "platelets"), 0.05, 0.6, 1),
    (("ast_times_uln", "alt_times_uln"), 0, 0.1, 0.5),
    (("creatinine_clearance",), 0.02, 0.25, 0.75),
    (("ecog", "karnofsky", "lansky"), 0.02, 0.25, 0.95),
    (("large_b_cell_confirmed", "treated_as_b_all"), 0.3, 0.8, 0.97),
    (("months_first_line_start_to_relapse", "months_first_line_to_relapse"), 0.5, 0.85, 0.98),
    (DRUGS, 0.55, 0.9, 1),
)
_SINGLE: tuple[_Row, ...] = (
    (("age_years", "sex", "urgent_symptoms", "on_dialysis"), 0.998, 1, 1),
    (("weight_kg", "caregiver_available", "pregnant", "prior_car_t", "activity_level"), 0.98, 0.99, 0.99),
    (("cancer_group",), 0.97, 0.995, 1),
    (("diagnosis",), 0.75, 0.95, 0.99),
    (("disease_status",), 0.86, 0.97, 0.995),
    (("prior_lines", "relapse_count", "cns_involvement"), 0.65, 0.92, 0.995),
    (("prior_lines_at_least",), 0.88, 0.97, 1),
    (("refractory_to_last_therapy", "refractory_to_first_line", "progressed_on_last_therapy"), 0.6, 0.87, 0.99),
    (("lines_since_transformation", "lenalidomide_refractory"), 0.4, 0.75, 0.97),
    (("transplant_candidate",), 0.35, 0.6, 0.93),
    (("relapsed_after_transplant", "active_infection"), 0.93, 0.97, 0.995),
    (("prior_cd19_therapy", "prior_bcma_therapy"), 0.6, 0.85, 0.99),
    (("active_inflammatory_disorder", "active_gvhd"), 0.85, 0.93, 0.99),
    (("gilbert_syndrome",), 0.5, 0.7, 0.95),
    (("lvef",), 0.05, 0.4, 0.9),
    (("spo2",), 0.15, 0.35, 0.98),
    (("kidney_state", "liver_state", "heart_state", "lung_state"), 0.88, 0.93, 0.98),
    (
        (
            "hiv", "hepatitis_b_or_c", "solid_organ_transplant", "immunosuppression", "neurologic_history",
            "other_active_cancer",
        ),
        0.9, 0.95, 0.98,
    ),
)  # fmt: skip
# Even with the paper at hand, a number may not be found on it.
_ON_PAPER = 0.96

_PRIVATE = ("hiv", "hepatitis_b_or_c", "pregnant")
_DECLINES_PRIVATE = 0.03
_DECLINES_MUCH = 0.01


def persona(draw: Draw) -> Persona:
    """Draw who sits in front of the questionnaire."""
    return draw.share(_SHARES)


def absent_answers(draw: Draw, who: Persona, questions: Iterable[str]) -> dict[str, AbsentReason]:
    """Draw which of some questions such a person does not answer, and why."""
    place = list(Persona).index(who) + 1
    unknown: set[str] = set()
    for row in _PAPERS:
        at_hand = draw.happens(row[place])
        unknown |= {id for id in row[0] if not at_hand or not draw.happens(_ON_PAPER)}
    for row in _SINGLE:
        unknown |= {id for id in row[0] if not draw.happens(row[place])}
    declined = {id for id in _PRIVATE if draw.happens(_DECLINES_PRIVATE)}
    much = draw.happens(_DECLINES_MUCH)
    declined |= {id for id in questions if much and draw.happens(0.2)}
    if who is Persona.CLINICIAN:
        declined = set()
    reasons = dict.fromkeys(unknown, AbsentReason.ASKED_UNKNOWN) | dict.fromkeys(declined, AbsentReason.ASKED_DECLINED)
    return {id: reasons[id] for id in questions if id in reasons}


def questions_considered() -> frozenset[str]:
    """Give every question of which it is said how well people know the answer."""
    return frozenset(id for row in (*_PAPERS, *_SINGLE) for id in row[0])
