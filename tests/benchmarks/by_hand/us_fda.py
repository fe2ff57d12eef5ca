"""
The 85 criteria of ``us-fda`` in force on 22 November 2026 by hand, for complete answers.

What indications share is read once: 25 points differ. A record is a dict of resolved answers. The criteria come
by indication, in the set's own order, five each.
"""

from __future__ import annotations

from typing import Any

Record = dict[str, Any]

LARGE = frozenset(("diffuse-large-b-cell-lymphoma", "high-grade-b-cell-lymphoma", "transformed-follicular-lymphoma"))
LARGE_IF_CONFIRMED = frozenset(("richter-transformation", "other-transformed-lymphoma", "post-transplant-lymphoma"))
TRANSFORMED = frozenset(("transformed-follicular-lymphoma", "richter-transformation", "other-transformed-lymphoma"))
MAYBE_B_ALL = frozenset(("b-lymphoblastic-lymphoma", "acute-lymphoblastic-leukemia-type-unknown"))
CLL = frozenset(("chronic-lymphocytic-leukemia", "small-lymphocytic-lymphoma"))
RELAPSED = frozenset(("relapsed", "refractory", "mrd-only"))
UP_AND_ABOUT = frozenset(("fully-active", "light-work-only", "up-more-than-half-the-day"))


def two_valued(record: Record) -> tuple[bool, ...]:
    """Read a complete record; KeyError where an answer is missing that decides."""
    age = record["age_years"]
    adult = age >= 18
    diagnosis = record["diagnosis"]
    group = record["cancer_group"]
    lymphoma = group == "lymphoma"
    either = lymphoma or group == "leukemia"
    adult_lymphoma = adult and lymphoma
    b_all = either and (
        diagnosis == "b-cell-acute-lymphoblastic-leukemia" or (diagnosis in MAYBE_B_ALL and record["treated_as_b_all"])
    )
    young_b_all = b_all and age <= 25
    adult_b_all = b_all and adult
    secondary = record["cns_involvement"] != "primary"
    large_kymriah = large_yescarta = large_breyanzi = False
    if adult_lymphoma:
        if diagnosis in LARGE or diagnosis == "other-large-b-cell-lymphoma":
            large_yescarta = True
            large_kymriah = large_breyanzi = secondary
        elif diagnosis in LARGE_IF_CONFIRMED:
            large_yescarta = record["large_b_cell_confirmed"]
            large_kymriah = large_breyanzi = large_yescarta and secondary
        elif diagnosis == "primary-mediastinal-b-cell-lymphoma":
            large_yescarta = True
            large_breyanzi = secondary
        elif diagnosis == "follicular-lymphoma-3b":
            large_breyanzi = secondary
        elif diagnosis == "primary-cns-lymphoma":
            large_yescarta = record["large_b_cell_confirmed"]
    follicular = adult_lymphoma and diagnosis == "follicular-lymphoma"
    mantle = adult_lymphoma and diagnosis == "mantle-cell-lymphoma"
    marginal = adult_lymphoma and diagnosis == "marginal-zone-lymphoma"
    cll = adult and either and diagnosis in CLL
    myeloma = adult and group == "myeloma" and diagnosis == "multiple-myeloma"

    status = record["disease_status"]
    refractory = record["refractory_to_last_therapy"]
    active = status in RELAPSED or (status == "partial-response-or-stable" and refractory)
    active_again = active and (refractory or record["relapse_count"] >= 2)
    early = active and (record["refractory_to_first_line"] or record["months_first_line_to_relapse"] <= 12)
    early_or_frail = early or (active and not record["transplant_candidate"])

    lines = record["prior_lines"]
    at_least = record["prior_lines_at_least"]
    treated = lines >= 1 or at_least >= 1 or active
    two = lines >= 2 or at_least >= 2
    since = record["lines_since_transformation"] if diagnosis in TRANSFORMED else 2
    two_since = two and since >= 2
    chemo_since = record["received_chemoimmunotherapy"] and since >= 1
    two_btk = two and record["received_btk_inhibitor"]
    two_btk_bcl2 = two_btk and record["received_bcl2_inhibitor"]
    both = record["received_proteasome_inhibitor"] and record["received_immunomodulatory_agent"]
    two_three_classes = two and both and record["received_anti_cd38"]
    lenalidomide = both and record["lenalidomide_refractory"]

    scale = record["performance_scale"]
    fit = (
        (
            record["ecog"] <= (2 if adult else 1)
            if scale == "ecog"
            else record["karnofsky"] >= 70
            if scale == "karnofsky"
            else record["lansky"] >= 70
            if scale == "lansky"
            else record["activity_level"] in UP_AND_ABOUT
        )
        and not record["active_infection"]
        and not record["active_inflammatory_disorder"]
        and not record["active_gvhd"]
        and not record["pregnant"]
        and not record["prior_car_t"]
    )
    fit_yescarta = fit and secondary
    organs = (
        not record["on_dialysis"]
        and (
            record["creatinine_clearance"] > 30
            if record["kidney_basis"] == "measured"
            else record["kidney_state"] != "severely-reduced"
        )
        and (
            (bilirubin := record["bilirubin"]) <= 2.0 or (bilirubin <= 2.5 and record["gilbert_syndrome"])
            if record["bilirubin_basis"] == "measured"
            else record["liver_state"] != "severely-abnormal"
        )
        and (
            record["ast_times_uln"] <= 5
            if record["ast_basis"] == "measured"
            else record["liver_state"] != "severely-abnormal"
        )
        and (
            record["alt_times_uln"] <= 5
            if record["alt_basis"] == "measured"
            else record["liver_state"] != "severely-abnormal"
        )
        and (record["lvef"] >= 40 if record["heart_basis"] == "measured" else record["heart_state"] != "heart-failure")
        and (
            record["spo2"] >= 92
            if record["lung_basis"] == "measured"
            else record["lung_state"] != "needs-oxygen-or-breathless-at-rest"
        )
    )
    # fmt: off
    return (
        young_b_all, active_again, treated, fit, organs,
        large_kymriah, active, two_since, fit, organs,
        follicular, active, two, fit, organs,
        large_yescarta, active, two_since, fit_yescarta, organs,
        large_yescarta, early, chemo_since, fit_yescarta, organs,
        follicular, active, two, fit, organs,
        mantle, active, treated, fit, organs,
        adult_b_all, active, treated, fit, organs,
        large_breyanzi, active, two_since, fit, organs,
        large_breyanzi, early_or_frail, chemo_since, fit, organs,
        cll, active, two_btk_bcl2, fit, organs,
        follicular, active, two, fit, organs,
        mantle, active, two_btk, fit, organs,
        marginal, active, two, fit, organs,
        myeloma, active, two_three_classes, fit, organs,
        myeloma, active, lenalidomide, fit, organs,
        adult_b_all, active, treated, fit, organs,
    )
    # fmt: on
