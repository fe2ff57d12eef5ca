"""A criteria directory of one's own whose dictionary has no screens: every question is asked by itself."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from cart_screen import load_criteria
from cart_screen.inquiry import Depth

from .answering import asked, guidance, interviewed, mentioned, without

MYELOMA = {
    "urgent_symptoms": False, "age_years": 68, "diagnosis": "multiple-myeloma", "disease_status": "relapsed",
    "prior_lines": 4, "received_proteasome_inhibitor": True, "received_immunomodulatory_agent": True,
    "received_anti_cd38": True, "prior_bispecific": False, "active_infection": False, "sex": "male", "ecog": 1,
}  # fmt: skip


@cache
def criteria():
    """Give the example of another therapy."""
    return load_criteria(Path(__file__).parents[2] / "examples" / "other-therapy")


@pytest.mark.parametrize("depth", Depth)
def test_one_question_on_each_screen(depth):
    """To the end, and never more than were announced."""
    questionnaire = asked({}, criteria(), depth)
    announced = []
    while (screen := questionnaire.next_screen) is not None:
        announced.append(questionnaire.progress.at_most)
        assert [question.id for question in screen.questions] == [screen.id]
        questionnaire = (
            questionnaire.answer(screen.id, MYELOMA[screen.id])
            if screen.id in MYELOMA
            else (questionnaire.answer_absent(screen.id, "asked-unknown"))
        )

    assert criteria().reading.dictionary.screens == {}
    assert all(at_most >= len(announced) - place for place, at_most in enumerate(announced))
    assert guidance(questionnaire)[0] == guidance(asked(questionnaire.answers, criteria()))[0]


def test_both_depths_lead_to_the_same_guidance():
    """The longer one asks more."""
    settled = interviewed(asked({}, criteria()), MYELOMA)
    complete = interviewed(asked({}, criteria(), Depth.COMPLETE), MYELOMA)

    assert guidance(settled) == guidance(complete)
    assert mentioned(settled) <= mentioned(complete)


def test_answers_outside_the_situation_are_set_aside():
    """The brain is not asked about in myeloma; drugs of myeloma and an ECOG grade say nothing of the other use."""
    myeloma = asked({**MYELOMA, "cns_lymphoma": False}, criteria())
    lymphoma = myeloma.change("diagnosis", "diffuse-large-b-cell-lymphoma")

    assert myeloma.set_aside == ("cns_lymphoma",)
    assert lymphoma.set_aside == (
        "received_proteasome_inhibitor",
        "received_immunomodulatory_agent",
        "received_anti_cd38",
        "ecog",
    )
    assert guidance(lymphoma.change("diagnosis", "multiple-myeloma")) == guidance(myeloma)
    assert guidance(myeloma) == guidance(asked(without(MYELOMA, "cns_lymphoma"), criteria()))
