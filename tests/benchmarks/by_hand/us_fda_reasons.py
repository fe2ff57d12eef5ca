"""
The 85 criteria of ``us-fda`` in force on 22 November 2026 by hand, with reasons.

Each criterion gives what it is and the questions that say why: those whose answers decided it, or, while it is
open, those that can still change it. The order is that of ``us_fda``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .us_fda import CLL, LARGE, LARGE_IF_CONFIRMED, MAYBE_B_ALL, RELAPSED, TRANSFORMED, Record
from .us_fda_body_reasons import fitness, organs

Ids = tuple[str, ...]
Explained = tuple[bool | None, Ids]
Get = Callable[[str], Any]

_ANOTHER_DISEASE: Explained = (False, ("diagnosis",))


def both(left: Explained, right: Explained) -> Explained:
    """Give a point that holds where two others do, which wait for different answers."""
    if left[0] is False:
        return left
    if right[0] is False:
        return right
    if left[0] is right[0]:
        return left[0], left[1] + right[1]
    return left if left[0] is None else right


def with_reasons(record: Record) -> tuple[Explained, ...]:
    """Read a partial record, with the questions behind each criterion."""
    get = record.get
    age, diagnosis = get("age_years"), get("diagnosis")
    adult = _holds("age_years", None if age is None else age >= 18)
    young = _holds("age_years", None if age is None else age <= 25)
    place = get("cns_involvement")
    secondary = _holds("cns_involvement", None if place is None else place != "primary")
    group = get("cancer_group")
    lymphoma = both(adult, _holds("cancer_group", None if group is None else group == "lymphoma"))
    in_blood = _holds("cancer_group", None if group is None else group == "lymphoma" or group == "leukemia")

    cll = follicular = mantle = marginal = myeloma = young_b_all = adult_b_all = _ANOTHER_DISEASE
    large_kymriah = large_yescarta = large_breyanzi = _ANOTHER_DISEASE
    if diagnosis is None:
        unnamed: Explained = (None, ("diagnosis",))
        follicular = mantle = marginal = both(lymphoma, unnamed)
        myeloma = both(both(adult, _holds("cancer_group", None if group is None else group == "myeloma")), unnamed)
        cll = both(both(adult, in_blood), unnamed)
        treated_as = (None, ("diagnosis", "treated_as_b_all")) if get("treated_as_b_all") is None else unnamed
        young_b_all = both(both(young, in_blood), treated_as)
        adult_b_all = both(both(adult, in_blood), treated_as)
        confirmed = (None, ("diagnosis", "large_b_cell_confirmed"))
        large_yescarta = both(lymphoma, confirmed if get("large_b_cell_confirmed") is None else unnamed)
        large_kymriah = large_breyanzi = both(large_yescarta, secondary)
    else:
        named: Explained = (True, ("diagnosis",))
        if diagnosis == "follicular-lymphoma":
            follicular = both(lymphoma, named)
        elif diagnosis == "mantle-cell-lymphoma":
            mantle = both(lymphoma, named)
        elif diagnosis == "marginal-zone-lymphoma":
            marginal = both(lymphoma, named)
        elif diagnosis == "multiple-myeloma":
            myeloma = both(both(adult, _holds("cancer_group", None if group is None else group == "myeloma")), named)
        elif diagnosis in CLL:
            cll = both(both(adult, in_blood), named)
        elif diagnosis == "b-cell-acute-lymphoblastic-leukemia" or diagnosis in MAYBE_B_ALL:
            if diagnosis in MAYBE_B_ALL:
                named = _if_said("treated_as_b_all", get("treated_as_b_all"))
            young_b_all = both(both(young, in_blood), named)
            adult_b_all = both(both(adult, in_blood), named)
        else:
            large_kymriah, large_yescarta, large_breyanzi = _large(get, diagnosis, lymphoma, secondary)

    active = _active(get)
    active_again = _active_again(get, active)
    early, early_or_frail = _early(get, active)
    treated, two = _lines(get, active)
    two_since, chemo_since = _since_transformation(get, diagnosis, two)
    two_btk = both(two, _holds("received_btk_inhibitor", get("received_btk_inhibitor")))
    two_btk_bcl2 = both(two_btk, _holds("received_bcl2_inhibitor", get("received_bcl2_inhibitor")))
    classes = both(
        _holds("received_proteasome_inhibitor", get("received_proteasome_inhibitor")),
        _holds("received_immunomodulatory_agent", get("received_immunomodulatory_agent")),
    )
    two_three_classes = both(both(two, classes), _holds("received_anti_cd38", get("received_anti_cd38")))
    lenalidomide = both(classes, _holds("lenalidomide_refractory", get("lenalidomide_refractory")))
    fit = fitness(get, age)
    fit_yescarta = both(fit, secondary)
    organ = organs(get)
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


def _holds(question: str, truth: bool | None) -> Explained:
    return truth, (question,)


def _if_said(question: str, truth: bool | None) -> Explained:
    """Give a diagnosis that counts as another one if something else is known of it."""
    return (None, (question,)) if truth is None else (truth, ("diagnosis", question))


def _large(get: Get, diagnosis: str, lymphoma: Explained, secondary: Explained) -> tuple[Explained, ...]:
    if diagnosis in LARGE or diagnosis == "other-large-b-cell-lymphoma":
        yescarta = both(lymphoma, (True, ("diagnosis",)))
        elsewhere = both(yescarta, secondary)
        return elsewhere, yescarta, elsewhere
    if diagnosis in LARGE_IF_CONFIRMED:
        yescarta = both(lymphoma, _if_said("large_b_cell_confirmed", get("large_b_cell_confirmed")))
        elsewhere = both(yescarta, secondary)
        return elsewhere, yescarta, elsewhere
    if diagnosis == "primary-mediastinal-b-cell-lymphoma":
        yescarta = both(lymphoma, (True, ("diagnosis",)))
        return _ANOTHER_DISEASE, yescarta, both(yescarta, secondary)
    if diagnosis == "follicular-lymphoma-3b":
        return _ANOTHER_DISEASE, _ANOTHER_DISEASE, both(both(lymphoma, (True, ("diagnosis",))), secondary)
    if diagnosis == "primary-cns-lymphoma":
        confirmed = _if_said("large_b_cell_confirmed", get("large_b_cell_confirmed"))
        return _ANOTHER_DISEASE, both(lymphoma, confirmed), _ANOTHER_DISEASE
    return _ANOTHER_DISEASE, _ANOTHER_DISEASE, _ANOTHER_DISEASE


def _active(get: Get) -> Explained:
    status = get("disease_status")
    if status is None:
        if get("refractory_to_last_therapy") is None:
            return None, ("disease_status", "refractory_to_last_therapy")
        return None, ("disease_status",)
    if status in RELAPSED:
        return True, ("disease_status",)
    if status != "partial-response-or-stable":
        return False, ("disease_status",)
    refractory = get("refractory_to_last_therapy")
    if refractory is None:
        return None, ("refractory_to_last_therapy",)
    return refractory, ("disease_status", "refractory_to_last_therapy")


def _active_again(get: Get, active: Explained) -> Explained:
    if active[0] is False:
        return active
    refractory = get("refractory_to_last_therapy")
    if refractory:
        # Where being refractory makes the disease active, it is named already.
        return (
            active if active[0] is None or len(active[1]) == 2 else (True, (*active[1], "refractory_to_last_therapy"))
        )
    relapses = get("relapse_count")
    if relapses is not None and relapses >= 2:
        return both(active, (True, ("relapse_count",)))
    if refractory is None:
        waiting = ("refractory_to_last_therapy",) if relapses is not None else _REFRACTORY_OR_AGAIN
        return None, ("disease_status", *waiting) if get("disease_status") is None else waiting
    if relapses is None:
        return both(active, (None, ("relapse_count",)))
    return False, _REFRACTORY_OR_AGAIN


_REFRACTORY_OR_AGAIN = ("refractory_to_last_therapy", "relapse_count")
_FIRST_OR_SOON = ("refractory_to_first_line", "months_first_line_to_relapse")


def _early(get: Get, active: Explained) -> tuple[Explained, Explained]:
    if active[0] is False:
        return active, active
    first, months = get("refractory_to_first_line"), get("months_first_line_to_relapse")
    if first:
        soon = both(active, (True, ("refractory_to_first_line",)))
        return soon, soon
    if months is not None and months <= 12:
        soon = both(active, (True, ("months_first_line_to_relapse",)))
        return soon, soon
    if first is None:
        late: Explained = (None, ("refractory_to_first_line",) if months is not None else _FIRST_OR_SOON)
    elif months is None:
        late = (None, ("months_first_line_to_relapse",))
    else:
        late = (False, _FIRST_OR_SOON)
    candidate = get("transplant_candidate")
    if candidate is False:
        frail: Explained = (True, ("transplant_candidate",))
    elif candidate is None:
        frail = (None, ("transplant_candidate",) if late[0] is False else (*late[1], "transplant_candidate"))
    else:
        frail = late if late[0] is None else (False, (*_FIRST_OR_SOON, "transplant_candidate"))
    return both(active, late), both(active, frail)


def _lines(get: Get, active: Explained) -> tuple[Explained, Explained]:
    lines, at_least = get("prior_lines"), get("prior_lines_at_least")
    if lines is not None and lines >= 2:
        return (True, ("prior_lines",)), (True, ("prior_lines",))
    if at_least is not None and at_least >= 2:
        return (True, ("prior_lines_at_least",)), (True, ("prior_lines_at_least",))
    if lines is not None and at_least is not None:
        two: Explained = (False, ("prior_lines", "prior_lines_at_least"))
    elif lines is None and at_least is None:
        two = (None, ("prior_lines", "prior_lines_at_least"))
    else:
        two = (None, ("prior_lines",) if lines is None else ("prior_lines_at_least",))
    if lines:
        return (True, ("prior_lines",)), two
    if at_least:
        return (True, ("prior_lines_at_least",)), two
    if active[0]:
        return active, two
    if active[0] is two[0]:
        return (two[0], two[1] + active[1]), two
    return two if two[0] is None else active, two


def _since_transformation(get: Get, diagnosis: str | None, two: Explained) -> tuple[Explained, Explained]:
    chemo = _holds("received_chemoimmunotherapy", get("received_chemoimmunotherapy"))
    if diagnosis is not None and diagnosis not in TRANSFORMED:
        return both(two, (True, ("diagnosis",))), both(chemo, (True, ("diagnosis",)))
    lines = get("lines_since_transformation")
    if lines is None:
        waiting = ("lines_since_transformation",) if diagnosis else ("diagnosis", "lines_since_transformation")
        return both(two, (None, waiting)), both(chemo, (None, waiting))
    enough: Explained = (True, ("lines_since_transformation",))
    if lines >= 2:
        return both(two, enough), both(chemo, enough)
    few: Explained = (False, ("diagnosis", "lines_since_transformation")) if diagnosis else (None, ("diagnosis",))
    return both(two, few), both(chemo, enough if lines >= 1 else few)
