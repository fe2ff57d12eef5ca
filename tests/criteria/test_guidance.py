"""What the guidance must say, of realistic people and of every diagnosis: DESIGN 6 and what issue 2 must show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from cart_screen import screen

from .running import PRODUCTS, TODAY, Case, cases, check, lining_up, matching, shown_words

PEOPLE = cases("people")
OVERVIEW = cases("overview")
CODES = (
    "discuss-no-criteria", "discuss-incomplete", "discuss-match", "discuss-label-match", "discuss-review",
    "discuss-alternatives",
)  # fmt: skip
FINE = {
    "age_years": 60, "ecog": 1, "active_infection": False, "active_inflammatory_disorder": False, "active_gvhd": False,
    "pregnant": False, "prior_car_t": False, "on_dialysis": False, "creatinine_clearance": 80, "bilirubin": 0.8,
    "ast_times_uln": 1, "alt_times_uln": 1, "lvef": 60, "spo2": 97, "cns_involvement": "none", "urgent_symptoms": False,
    "kidney_state": "normal", "liver_state": "normal", "heart_state": "no-problem", "lung_state": "no-problem",
}  # fmt: skip
# Everything that any label asks about treatment, answered in favour.
TREATED: Mapping[str, Any] = {
    "prior_lines": 4, "received_chemoimmunotherapy": True, "refractory_to_first_line": True,
    "refractory_to_last_therapy": True, "relapse_count": 2, "months_first_line_to_relapse": 6,
    "transplant_candidate": False, "received_btk_inhibitor": True, "received_bcl2_inhibitor": True,
    "received_proteasome_inhibitor": True,
    "received_immunomodulatory_agent": True, "received_anti_cd38": True, "lenalidomide_refractory": True,
    "lines_since_transformation": 3, "progressed_on_last_therapy": True,
}  # fmt: skip
OUTSIDE_EVERY_LABEL = (
    "hodgkin-lymphoma", "burkitt-lymphoma", "t-cell-acute-lymphoblastic-leukemia", "t-lymphoblastic-lymphoma",
    "t-cell-lymphoma", "anaplastic-large-cell-lymphoma", "post-transplant-t-cell-lymphoma",
    "waldenstrom-macroglobulinemia", "acute-myeloid-leukemia", "chronic-myeloid-leukemia", "plasma-cell-leukemia",
    "solitary-plasmacytoma", "smouldering-myeloma", "mgus-or-mgrs", "al-amyloidosis", "solid-tumor", "brain-tumor",
    "other",
)  # fmt: skip
NAMED_IN_A_LABEL = (
    "diffuse-large-b-cell-lymphoma", "high-grade-b-cell-lymphoma", "primary-mediastinal-b-cell-lymphoma",
    "transformed-follicular-lymphoma", "follicular-lymphoma-3b", "follicular-lymphoma", "mantle-cell-lymphoma",
    "marginal-zone-lymphoma", "chronic-lymphocytic-leukemia", "small-lymphocytic-lymphoma",
    "b-cell-acute-lymphoblastic-leukemia", "multiple-myeloma",
)  # fmt: skip
NEVER_BY_NAME_ALONE = (
    "richter-transformation", "other-transformed-lymphoma", "post-transplant-lymphoma", "primary-cns-lymphoma",
    "b-lymphoblastic-lymphoma", "acute-lymphoblastic-leukemia-type-unknown",
)  # fmt: skip
FAVOURABLE = ("discuss-match", "discuss-label-match", "discuss-review")


@pytest.mark.parametrize("case", PEOPLE, ids=lambda case: case.id)
def test_person_is_told_what_to_do_next(case: Case) -> None:
    check(case)


@pytest.mark.parametrize("case", OVERVIEW, ids=lambda case: case.id)
def test_overview_says_what_the_documents_say(case: Case) -> None:
    check(case)


@pytest.mark.parametrize("code", CODES)
def test_each_code_is_reached_by_at_least_two_people(code: str) -> None:
    assert sum(case.expect.get("guidance") == code for case in PEOPLE) >= 2


@pytest.mark.parametrize("because", ["disease", "age", "not-now", "near", "type", "conflict"])
def test_each_reason_is_reached_by_at_least_two_people(because: str) -> None:
    assert sum(case.expect.get("because") == because for case in PEOPLE) >= 2


def test_every_diagnosis_has_one_class() -> None:
    known = screen({}, as_of=TODAY).facts.criteria.reading.dictionary.questions["diagnosis"].choices
    classes = [*OUTSIDE_EVERY_LABEL, *NAMED_IN_A_LABEL, *NEVER_BY_NAME_ALONE, "other-large-b-cell-lymphoma"]

    assert sorted(classes) == sorted(known)


@pytest.mark.parametrize("criteria", ["us-fda", "overview"])
@pytest.mark.parametrize("status", ["relapsed", "refractory", "mrd-only", "partial-response-or-stable"])
@pytest.mark.parametrize("age", [10, 17, 20, 60], ids=lambda age: f"{age} years")
@pytest.mark.parametrize("diagnosis", OUTSIDE_EVERY_LABEL)
def test_disease_outside_every_label_never_lines_up_however_perfect_the_rest(
    diagnosis: str, age: int, status: str, criteria: str
) -> None:
    person = {**FINE, **TREATED, "age_years": age, "diagnosis": diagnosis, "disease_status": status}
    for extra in ({}, {"large_b_cell_confirmed": True}, {"treated_as_b_all": True}):
        found = screen({**person, **extra}, criteria=criteria, as_of=TODAY)

        assert matching(found) == []
        assert lining_up(found) == []
        assert found.guidance.code not in FAVOURABLE
        if not found.conflicts:
            assert (found.guidance.code, found.guidance.because) == ("discuss-alternatives", "disease")


@pytest.mark.parametrize("diagnosis", OUTSIDE_EVERY_LABEL)
def test_disease_outside_every_label_asks_for_nothing_more(diagnosis: str) -> None:
    found = screen({"age_years": 60, "diagnosis": diagnosis}, as_of=TODAY)

    assert found.guidance.because == "disease"
    assert found.awaiting == ()
    assert not found.findings["relapsed-refractory"].relevant
    assert not found.findings["prior-lines"].relevant


@pytest.mark.parametrize("diagnosis", NEVER_BY_NAME_ALONE)
def test_name_alone_never_lines_up(diagnosis: str) -> None:
    cns = {"cns_involvement": "primary"} if diagnosis == "primary-cns-lymphoma" else {}
    found = screen({**FINE, **TREATED, **cns, "diagnosis": diagnosis, "disease_status": "relapsed"}, as_of=TODAY)

    assert matching(found) == []
    assert lining_up(found) == []


@pytest.mark.parametrize("diagnosis", [*NAMED_IN_A_LABEL, "other-large-b-cell-lymphoma"])
@pytest.mark.parametrize("criteria", ["us-fda", "overview"])
def test_earlier_car_t_never_gets_match_or_label_match(diagnosis: str, criteria: str) -> None:
    consistent = {key: value for key, value in TREATED.items() if key != "months_first_line_to_relapse"}
    person = {**FINE, **consistent, "diagnosis": diagnosis, "disease_status": "relapsed", "prior_car_t": True}
    found = screen(person, criteria=criteria, as_of=TODAY)

    assert found.conflicts == ()
    assert found.guidance.code not in ("discuss-match", "discuss-label-match")


@pytest.mark.parametrize("diagnosis", NAMED_IN_A_LABEL)
def test_named_disease_with_everything_perfect_lines_up(diagnosis: str) -> None:
    """The counterpart: the cases above do not pass because nothing ever lines up."""
    found = screen({**FINE, **TREATED, "diagnosis": diagnosis, "disease_status": "relapsed"}, as_of=TODAY)

    assert matching(found)
    assert found.guidance.code == "discuss-match"


def test_lymphoma_of_unknown_type_names_no_product_and_says_where_the_type_is_written() -> None:
    person = {"age_years": 55, "cancer_group": "lymphoma", "disease_status": "relapsed"}
    found = screen(person, as_of=TODAY)
    shown = found.to_dict()
    words = shown_words(found).lower()

    assert shown["guidance"]["code"] == "discuss-incomplete"
    assert "diagnosis" in found.awaiting
    assert not [product for product in PRODUCTS if product.lower() in words]
    assert "pathology report" in " ".join(shown["guidance"]["says"]).lower()
    assert found.words().products == ()


@pytest.mark.parametrize("group", ["lymphoma", "leukemia"])
def test_words_never_say_that_the_type_has_a_use_while_the_type_is_open(group: str) -> None:
    """At 15 only the B-ALL use is left, and this person may as well have Hodgkin lymphoma or a myeloid leukemia."""
    person = {"age_years": 15, "cancer_group": group, "disease_status": "relapsed", "relapse_count": 1}
    found = screen({**person, "refractory_to_last_therapy": False}, as_of=TODAY)

    assert found.findings["approved-cancer-type"].status == "unknown"
    assert "your type of cancer has a published use" not in shown_words(found).lower()


@pytest.mark.parametrize("case", PEOPLE, ids=lambda case: case.id)
def test_urgent_symptoms_stand_above_any_guidance_and_change_none(case: Case) -> None:
    calm = screen({**case.answers, "urgent_symptoms": False}, as_of=case.as_of)
    urgent = screen({**case.answers, "urgent_symptoms": True}, as_of=case.as_of)
    after_car_t = case.answers.get("prior_car_t") is True

    assert calm.guidance.urgency is None
    assert urgent.guidance.urgency == ("urgent-after-car-t" if after_car_t else "urgent")
    assert urgent.to_dict()["guidance"]["urgent"]
    assert (urgent.guidance.code, urgent.guidance.because) == (calm.guidance.code, calm.guidance.because)
    assert [use.statuses for use in urgent.indications] == [use.statuses for use in calm.indications]


CAUTION_ONLY: tuple[Mapping[str, Any], ...] = (
    {"ecog": 2}, {"creatinine_clearance": 45}, {"lvef": 45}, {"bilirubin": 1.8}, {"ast_times_uln": 3},
    {"alt_times_uln": 3}, {"anc": 0.2}, {"platelets": 10}, {"hiv": True}, {"hepatitis_b_or_c": True},
    {"solid_organ_transplant": True},
    {"immunosuppression": True}, {"neurologic_history": True}, {"other_active_cancer": True},
    {"caregiver_available": False}, {"prior_cd19_therapy": True}, {"prior_bcma_therapy": True},
    {"cns_involvement": "past"}, {"cns_involvement": "active-secondary"}, {"age_years": 88},
    {"ecog": 2, "creatinine_clearance": 45, "lvef": 45, "anc": 0.2, "platelets": 10, "hiv": True, "age_years": 80},
)  # fmt: skip


@pytest.mark.parametrize("change", CAUTION_ONLY, ids=lambda change: ", ".join(f"{key} {change[key]}" for key in change))
@pytest.mark.parametrize(
    "diagnosis", ["diffuse-large-b-cell-lymphoma", "multiple-myeloma", "chronic-lymphocytic-leukemia"]
)
def test_caution_never_changes_a_status(diagnosis: str, change: Mapping[str, Any]) -> None:
    person = {**FINE, **TREATED, "diagnosis": diagnosis, "disease_status": "relapsed"}
    before = screen(person, as_of=TODAY)
    after = screen({**person, **change}, as_of=TODAY)

    assert [use.statuses for use in after.indications] == [use.statuses for use in before.indications]
    assert after.guidance.code == "discuss-match"


@pytest.mark.parametrize("case", PEOPLE, ids=lambda case: case.id)
def test_guidance_always_has_words_and_never_is_a_verdict(case: Case) -> None:
    shown = case.screen().to_dict()["guidance"]

    assert shown["code"].startswith("discuss-")
    assert shown["headline"]
    assert shown["says"]
    assert all(point["text"] for point in shown["points"])
