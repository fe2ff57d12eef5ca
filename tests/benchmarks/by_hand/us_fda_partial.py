"""
The 85 criteria of ``us-fda`` in force on 22 November 2026 by hand, for partial answers.

The order is that of ``us_fda``; the names are those of the 25 points that differ.
"""

from __future__ import annotations

from .us_fda import CLL, LARGE, LARGE_IF_CONFIRMED, MAYBE_B_ALL, RELAPSED, TRANSFORMED, Record
from .us_fda_body import fitness, organs


def three_valued(record: Record) -> tuple[bool | None, ...]:
    """Read a partial record: True, False, or None while a criterion may still be either (strong Kleene)."""
    # `x and None` is the Kleene AND with an unknown, `x or None` the OR: that is most of what is needed here.
    get = record.get
    age = get("age_years")
    diagnosis = get("diagnosis")
    group = get("cancer_group")
    secondary = get("cns_involvement")
    if secondary is not None:
        secondary = secondary != "primary"

    adult = None if age is None else age >= 18
    young = None if age is None else age <= 25
    if group is None:
        adult_lymphoma = adult_either = adult_myeloma = adult and None
        young_either = young and None
    else:
        adult_lymphoma = adult_either = adult_myeloma = young_either = False
        if group == "lymphoma":
            adult_lymphoma = adult_either = adult
            young_either = young
        elif group == "leukemia":
            adult_either = adult
            young_either = young
        elif group == "myeloma":
            adult_myeloma = adult

    large = False
    if diagnosis is None:
        follicular = mantle = marginal = large_yescarta = adult_lymphoma and None
        large_kymriah = large_breyanzi = large_yescarta if secondary is not False else False
        cll = adult_b_all = adult_either and None
        young_b_all = young_either and None
        myeloma = adult_myeloma and None
    else:
        follicular = mantle = marginal = large_yescarta = large_kymriah = large_breyanzi = False
        cll = adult_b_all = young_b_all = myeloma = False
        if diagnosis == "follicular-lymphoma":
            follicular = adult_lymphoma
        elif diagnosis == "mantle-cell-lymphoma":
            mantle = adult_lymphoma
        elif diagnosis == "marginal-zone-lymphoma":
            marginal = adult_lymphoma
        elif diagnosis == "multiple-myeloma":
            myeloma = adult_myeloma
        elif diagnosis == "b-cell-acute-lymphoblastic-leukemia":
            young_b_all, adult_b_all = young_either, adult_either
        elif diagnosis in CLL:
            cll = adult_either
        elif diagnosis in MAYBE_B_ALL:
            b_all = get("treated_as_b_all")
            if b_all is not False:
                young_b_all, adult_b_all = young_either and b_all, adult_either and b_all
        elif adult_lymphoma is not False:
            if diagnosis in LARGE or diagnosis == "other-large-b-cell-lymphoma":
                large = large_yescarta = adult_lymphoma
            elif diagnosis in LARGE_IF_CONFIRMED:
                confirmed = get("large_b_cell_confirmed")
                large = large_yescarta = adult_lymphoma and confirmed if confirmed is not False else False
            elif diagnosis == "primary-mediastinal-b-cell-lymphoma":
                large_yescarta = adult_lymphoma
                large_breyanzi = adult_lymphoma and secondary if secondary is not False else False
            elif diagnosis == "follicular-lymphoma-3b":
                large_breyanzi = adult_lymphoma and secondary if secondary is not False else False
            elif diagnosis == "primary-cns-lymphoma":
                confirmed = get("large_b_cell_confirmed")
                large_yescarta = adult_lymphoma and confirmed if confirmed is not False else False
            if large is not False:
                large_kymriah = large_breyanzi = large and secondary if secondary is not False else False

    status = get("disease_status")
    refractory = get("refractory_to_last_therapy")
    active = None
    if status is not None:
        active = status in RELAPSED or (status == "partial-response-or-stable" and refractory)
    active_again = early = early_or_frail = active
    if active is not False:
        if not refractory:
            relapses = get("relapse_count")
            again = (refractory or None) if relapses is None else relapses >= 2 or refractory
            active_again = again is not False and (active and again)
        first = get("refractory_to_first_line")
        if not first:
            months = get("months_first_line_to_relapse")
            soon = (first or None) if months is None else months <= 12 or first
            early = soon is not False and (active and soon)
            if not soon:
                candidate = get("transplant_candidate")
                frail = soon if candidate else True if candidate is False else None
                early_or_frail = frail is not False and (active and frail)

    lines = get("prior_lines")
    at_least = get("prior_lines_at_least")
    if (lines is not None and lines >= 2) or (at_least is not None and at_least >= 2):
        treated = two = True
    else:
        two = None if lines is None or at_least is None else False
        treated = True if lines or at_least or active else None if two is None else active
    two_since = two
    chemo_since = get("received_chemoimmunotherapy")
    if diagnosis is None or diagnosis in TRANSFORMED:
        since = get("lines_since_transformation")
        if since is None:
            two_since, chemo_since = two and None, chemo_since and None
        elif since < 2:
            two_since = False if diagnosis is not None else two and None
            if since < 1:
                chemo_since = False if diagnosis is not None else chemo_since and None
    two_btk = two_btk_bcl2 = two_three_classes = False
    if two is not False:
        btk = get("received_btk_inhibitor")
        if btk is not False:
            two_btk = two and btk
            bcl2 = get("received_bcl2_inhibitor")
            two_btk_bcl2 = bcl2 is not False and (two_btk and bcl2)
    proteasome = get("received_proteasome_inhibitor")
    modulatory = get("received_immunomodulatory_agent")
    if proteasome is False or modulatory is False:
        lenalidomide = False
    else:
        both = proteasome and modulatory
        resistant = get("lenalidomide_refractory")
        lenalidomide = resistant is not False and (both and resistant)
        if two is not False:
            anti_cd38 = get("received_anti_cd38")
            two_three_classes = anti_cd38 is not False and (two and both and anti_cd38)

    fit = fitness(record, adult)
    fit_yescarta = secondary is not False and (fit and secondary)
    organ = organs(record)
    # fmt: off
    return (
        young_b_all, active_again, treated, fit, organ,
        large_kymriah, active, two_since, fit, organ,
        follicular, active, two, fit, organ,
        large_yescarta, active, two_since, fit_yescarta, organ,
        large_yescarta, early, chemo_since, fit_yescarta, organ,
        follicular, active, two, fit, organ,
        mantle, active, treated, fit, organ,
        adult_b_all, active, treated, fit, organ,
        large_breyanzi, active, two_since, fit, organ,
        large_breyanzi, early_or_frail, chemo_since, fit, organ,
        cll, active, two_btk_bcl2, fit, organ,
        follicular, active, two, fit, organ,
        mantle, active, two_btk, fit, organ,
        marginal, active, two, fit, organ,
        myeloma, active, two_three_classes, fit, organ,
        myeloma, active, lenalidomide, fit, organ,
        adult_b_all, active, treated, fit, organ,
    )
    # fmt: on
