"""Somebody who answers a questionnaire to its end, from what they know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cart_screen.answers.absent import AbsentReason
from cart_screen.inquiry import Depth
from cart_screen.questionnaire import Questionnaire

AS_OF = "2026-11-22"

# Somebody with a lymphoma that came back after two lines: lines up with an approved use.
LYMPHOMA: Mapping[str, Any] = {
    "urgent_symptoms": False, "age_years": 61, "sex": "female", "diagnosis": "diffuse-large-b-cell-lymphoma",
    "disease_status": "relapsed", "prior_lines": 2, "cns_involvement": "none", "prior_car_t": False,
    "active_infection": False, "active_inflammatory_disorder": False, "active_gvhd": False, "pregnant": False,
    "ecog": 1, "on_dialysis": False, "kidney_state": "normal", "liver_state": "normal", "heart_state": "no-problem",
    "lung_state": "no-problem",
}  # fmt: skip

MYELOMA: Mapping[str, Any] = {
    **LYMPHOMA, "diagnosis": "multiple-myeloma", "received_proteasome_inhibitor": True,
    "received_immunomodulatory_agent": True, "received_anti_cd38": True, "lenalidomide_refractory": True,
}  # fmt: skip

CHILD: Mapping[str, Any] = {
    **LYMPHOMA, "age_years": 12, "diagnosis": "b-cell-acute-lymphoblastic-leukemia", "disease_status": "refractory",
}  # fmt: skip


def without(answers: Mapping[str, Any], *questions: str) -> dict[str, Any]:
    """Leave out the answers to some questions."""
    return {id: value for id, value in answers.items() if id not in questions}


def asked(answers: Any = None, criteria: Any = "us-fda", depth: Depth = Depth.SETTLE) -> Questionnaire:
    """Give where a questionnaire stands on the day of these tests."""
    return Questionnaire(answers, criteria, AS_OF, depth=depth)


def interviewed(questionnaire: Questionnaire, known: Mapping[str, Any]) -> Questionnaire:
    """Answer until nothing is left to ask: what is known, and "I don't know" to everything else."""
    while (screen := questionnaire.next_screen) is not None:
        for question in screen.questions:
            if question.id in known:
                questionnaire = questionnaire.answer(question.id, known[question.id])
            else:
                questionnaire = questionnaire.answer_absent(question.id, AbsentReason.ASKED_UNKNOWN)
    return questionnaire


def mentioned(questionnaire: Questionnaire) -> set[str]:
    """Give every question that was asked or answered."""
    return {row.question for row in questionnaire.check_answers}


def guidance(questionnaire: Questionnaire) -> tuple[str, str | None]:
    """Give the code of the guidance, and why."""
    return questionnaire.screening.guidance.code, questionnaire.screening.guidance.because
