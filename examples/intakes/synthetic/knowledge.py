"""
What a clinic's table holds of what is true: whole blocks are missing together, and rare questions are emptier.

The shares are assumptions. Three kinds of intake are mixed: one that the clinic wrote from its own records, one from
the letters that somebody brought, and one that a person answered by heart.
"""

from __future__ import annotations

import numpy as np

from .diseases import BCL2, BTK, CD38, CHEMO, IMID, PI
from .draws import Array, Draws
from .truths import Truths

_KINDS = (45, 30, 25)
# Even where a paper with several answers is there, one of them may not stand on it.
_ON_PAPER = 0.97

# Questions that come from one paper, and the chance that it is there: clinic's records, letters, by heart.
_Row = tuple[tuple[str, ...], float, float, float]
_BLOCKS: tuple[_Row, ...] = (
    (("creatinine", "bilirubin", "ast", "ast_upper_limit", "alt", "alt_upper_limit"), 0.85, 0.5, 0.03),
    (("gilbert_syndrome",), 0.5, 0.3, 0.3),
    (("creatinine_clearance",), 0.3, 0.1, 0.01),
    (("ast_times_uln", "alt_times_uln"), 0.04, 0.01, 0),
    (("anc", "platelets"), 0.9, 0.55, 0.04),
    (("lvef",), 0.45, 0.25, 0.02),
    (("spo2",), 0.6, 0.15, 0.05),
    (("ecog", "lansky"), 0.85, 0.3, 0.02),
    (("karnofsky",), 0.08, 0.03, 0),
    (("activity_level",), 0.15, 0.5, 0.95),
    (("kidney_state", "liver_state", "heart_state", "lung_state"), 0.1, 0.4, 0.85),
    (("large_b_cell_confirmed", "treated_as_b_all"), 0.9, 0.7, 0.25),
    ((CHEMO, BTK, BCL2, PI, IMID, CD38), 0.88, 0.8, 0.5),
    (("refractory_to_last_therapy", "refractory_to_first_line", "progressed_on_last_therapy"), 0.85, 0.75, 0.5),
    (("months_first_line_to_relapse",), 0.8, 0.7, 0.45),
    (("months_first_line_start_to_relapse",), 0.1, 0.05, 0),
    (("lines_since_transformation", "lenalidomide_refractory"), 0.7, 0.5, 0.3),
    (("transplant_candidate",), 0.6, 0.35, 0.3),
    (("relapsed_after_transplant",), 0.8, 0.7, 0.8),
    (("prior_cd19_therapy", "prior_bcma_therapy"), 0.6, 0.5, 0.5),
    (("active_infection", "active_inflammatory_disorder", "active_gvhd"), 0.8, 0.6, 0.85),
    (
        (
            "hiv", "hepatitis_b_or_c", "solid_organ_transplant", "immunosuppression", "neurologic_history",
            "other_active_cancer",
        ),
        0.75, 0.45, 0.85,
    ),
    (("caregiver_available",), 0.35, 0.2, 0.9),
    (("urgent_symptoms",), 0.5, 0.3, 0.95),
    (("pregnant",), 0.5, 0.3, 0.95),
    (("weight_kg",), 0.9, 0.5, 0.95),
    (("on_dialysis",), 0.85, 0.7, 0.98),
    (("age_years",), 0.998, 0.99, 0.995),
    (("sex",), 0.998, 0.98, 0.98),
    (("cancer_group",), 0.98, 0.97, 0.96),
    (("diagnosis",), 0.97, 0.93, 0.75),
    (("cns_involvement",), 0.8, 0.6, 0.6),
    (("disease_status",), 0.93, 0.88, 0.85),
    (("prior_lines", "relapse_count"), 0.92, 0.82, 0.65),
    (("prior_car_t",), 0.93, 0.85, 0.97),
)  # fmt: skip


def put_absence(truths: Truths, draws: Draws) -> None:
    """Take away what the table does not hold, and what is asked only where it applies."""
    kind = draws.place(_KINDS)
    for questions, *chances in _BLOCKS:
        there = draws.happens(np.array(chances, dtype=np.float32)[kind])
        for question in questions:
            truths.applies[question] &= there & draws.happens(_ON_PAPER) if len(questions) > 1 else there
    # How many lines at least is asked of who does not know how many.
    truths.applies["prior_lines_at_least"] &= ~truths.applies["prior_lines"] & draws.happens(0.7)
    _drugs_of_the_disease(truths, draws)
    for question, asked in _asked_if(truths):
        truths.applies[question] &= asked


def _drugs_of_the_disease(truths: Truths, draws: Draws) -> None:
    """Leave the classes of drugs that belong to another disease empty, in most."""
    myeloma = truths.says("cancer_group", "myeloma") | truths.says("diagnosis", "multiple-myeloma")
    for questions, suits in (((BTK, BCL2), ~myeloma), ((PI, IMID, CD38, "lenalidomide_refractory"), myeloma)):
        there = suits | draws.happens(0.1)
        for question in questions:
            truths.applies[question] &= there


def _asked_if(truths: Truths) -> tuple[tuple[str, Array], ...]:
    """Say of whom a question is asked, as the dictionary's ``x-ask-if`` does: the answer to that must be there."""
    age = truths.values["age_years"]
    has_age = truths.applies["age_years"]
    adult = has_age & (age >= 18)
    # In this order: what depends on a number comes after the number.
    return (
        ("large_b_cell_confirmed", truths.applies["diagnosis"]),
        ("treated_as_b_all", truths.applies["diagnosis"]),
        ("lines_since_transformation", truths.applies["diagnosis"]),
        ("ecog", has_age),
        ("lansky", has_age),
        *((question, adult) for question in ("creatinine_clearance", "creatinine", "weight_kg", "lvef", "spo2")),
        *((question, adult) for question in ("bilirubin", "ast", "alt")),
        ("gilbert_syndrome", truths.applies["bilirubin"] & adult & (truths.values["bilirubin"] > 2.0)),
        ("ast_upper_limit", truths.applies["ast"] & adult & (truths.values["ast"] > 0)),
        ("alt_upper_limit", truths.applies["alt"] & adult & (truths.values["alt"] > 0)),
    )
