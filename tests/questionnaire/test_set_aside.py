"""Answers outside the situation at hand: kept, not evaluated, shown as no longer needed, and read again later."""

from __future__ import annotations

import pytest

from cart_screen.answers.absent import AbsentReason

from .answering import CHILD, LYMPHOMA, MYELOMA, asked, guidance, without

DRUGS = (
    "received_proteasome_inhibitor", "received_immunomodulatory_agent", "received_anti_cd38",
    "lenalidomide_refractory",
)  # fmt: skip


def not_needed(questionnaire):
    """Give the questions whose rows say that the answer is not needed."""
    return tuple(row.question for row in questionnaire.check_answers if not row.needed)


class TestAnotherDisease:
    """Myeloma drugs say nothing of a lymphoma."""

    CHANGED = asked(MYELOMA).change("diagnosis", "diffuse-large-b-cell-lymphoma")

    def test_the_answers_are_kept_and_shown_as_not_needed(self):
        """Nothing that was typed is lost, and nothing of it counts."""
        assert self.CHANGED.answers.values == {**MYELOMA, "diagnosis": "diffuse-large-b-cell-lymphoma"}
        assert self.CHANGED.set_aside == DRUGS
        assert not_needed(self.CHANGED) == DRUGS
        assert not set(DRUGS) & set(self.CHANGED.screening.facts.resolved)

    def test_the_rest_is_read_as_if_they_had_never_been_given(self):
        """The findings are the same."""
        never = asked({**LYMPHOMA, "diagnosis": "diffuse-large-b-cell-lymphoma"})

        assert self.CHANGED.screening.to_dict() == never.screening.to_dict()

    def test_they_count_again_when_the_disease_is_changed_back(self):
        """Not one question has to be answered anew."""
        back = self.CHANGED.change("diagnosis", "multiple-myeloma")

        assert back.set_aside == ()
        assert back.is_finished
        assert guidance(back) == ("discuss-match", None)

    def test_another_answer_to_one_of_them_is_kept_too(self):
        """It can be changed while it does not count."""
        changed = self.CHANGED.change("received_anti_cd38", False)

        assert changed.set_aside == DRUGS
        assert changed.change("diagnosis", "multiple-myeloma").answers.values["received_anti_cd38"] is False

    def test_they_bring_no_conflict_with_what_counts(self):
        """With no line of treatment a drug would contradict it, but only where the drug counts."""
        changed = self.CHANGED.change("prior_lines", 0).change("disease_status", "untreated")

        assert changed.screening.conflicts == ()
        assert guidance(changed) == ("discuss-alternatives", "not-now")
        assert changed.change("diagnosis", "multiple-myeloma").screening.conflicts == (
            "no-line-but-drug",
            "untreated-but-treatment",
        )

    def test_what_is_not_known_stays_not_known(self):
        """A reason for having no answer is kept as an answer is, and the question is not asked again."""
        unsure = asked(MYELOMA).answer_absent("received_anti_cd38", AbsentReason.ASKED_UNKNOWN)
        there_and_back = unsure.change("diagnosis", "follicular-lymphoma").change("diagnosis", "multiple-myeloma")

        assert there_and_back.answers == unsure.answers
        assert "received_anti_cd38" not in there_and_back.to_ask


MEASURED = {**LYMPHOMA, "creatinine": 1.1, "weight_kg": 60, "bilirubin": 2.4, "gilbert_syndrome": True, "lvef": 60}


class TestAnotherAge:
    """Some questions are for adults, some for children."""

    FOR_ADULTS = ("creatinine", "weight_kg", "bilirubin", "gilbert_syndrome", "lvef")

    @pytest.mark.parametrize(
        ("age", "aside"),
        [
            (15, ("ecog", *FOR_ADULTS)),
            (16, FOR_ADULTS),
            (17, FOR_ADULTS),
            (18, ()),
        ],
        ids=str,
    )
    def test_what_is_only_asked_of_others_is_set_aside(self, age, aside):
        """An ECOG grade from 16 on, what adults' limits are for from 18 on; what hangs on such an answer goes too."""
        changed = asked(MEASURED).change("age_years", age)

        assert changed.set_aside == aside
        assert set(aside) <= set(not_needed(changed))
        assert changed.change("age_years", 61).set_aside == ()

    def test_a_child_is_asked_with_the_words_for_children(self):
        """The grade that was given at another age does not answer for them."""
        changed = asked({**CHILD, "age_years": 20}).change("age_years", 12)

        assert changed.set_aside == ("ecog",)
        assert changed.to_ask == ("lansky", "activity_level")
        assert changed.answer("lansky", 90).is_finished
        assert changed.answer("lansky", 90).change("age_years", 20).set_aside == ("lansky",)

    def test_while_the_age_is_open_nothing_is_set_aside_for_it(self):
        """It may still be asked."""
        assert asked(MEASURED).withdraw("age_years").set_aside == ()


class TestABetterAnswer:
    """What is read in place of something better is not needed once the better one is there."""

    @pytest.mark.parametrize(
        ("described", "better"),
        [
            ({"activity_level": "light-work-only"}, {"ecog": 1}),
            ({"activity_level": "light-work-only"}, {"karnofsky": 80}),
            ({"karnofsky": 80}, {"ecog": 1}),
            ({"kidney_state": "normal"}, {"creatinine_clearance": 80}),
            ({"kidney_state": "normal"}, {"creatinine": 1.0, "weight_kg": 60}),
            ({"creatinine": 1.0, "weight_kg": 60}, {"creatinine_clearance": 80}),
            ({"liver_state": "normal"}, {"bilirubin": 0.8, "ast_times_uln": 1, "alt_times_uln": 1}),
            ({"heart_state": "no-problem"}, {"lvef": 60}),
            ({"lung_state": "no-problem"}, {"spo2": 97}),
            ({"ast": 30, "ast_upper_limit": 40}, {"ast_times_uln": 1}),
        ],
        ids=lambda answers: " and ".join(answers),
    )
    def test_the_poorer_one_is_not_needed(self, described, better):
        """It still counts as an answer: it is not set aside, and is needed again without the better one."""
        only = asked({**without(LYMPHOMA, "ecog", "kidney_state"), **described})
        both = asked({**only.answers.values, **better})

        assert not set(described) & set(not_needed(only))
        assert set(not_needed(both)) == set(described)
        assert both.set_aside == ()

    @pytest.mark.parametrize("bilirubin", [{}, {"bilirubin": 0.8}], ids=["nothing", "bilirubin"])
    def test_plain_words_that_still_stand_for_one_of_several_values_are_needed(self, bilirubin):
        """The liver is described for three values at once."""
        assert not_needed(asked({**LYMPHOMA, **bilirubin, "ast_times_uln": 1})) == ()

    def test_plain_words_that_also_say_something_else_are_needed(self):
        """Who describes the kidneys says as well whether they are on dialysis."""
        measured = {**LYMPHOMA, "creatinine_clearance": 80}

        assert not_needed(asked(without(measured, "on_dialysis"))) == ()
        assert not_needed(asked(measured)) == ("kidney_state",)

    def test_age_and_sex_are_needed_though_a_formula_reads_them_no_more(self):
        """A clearance from the report spares them in the formula; age and a man's sex say other things too."""
        man = {**without(LYMPHOMA, "pregnant"), "sex": "male", "creatinine_clearance": 80}

        assert not_needed(asked(man)) == ("kidney_state",)


class TestConflicts:
    """Two answers that cannot both be right stay a conflict, whichever came first."""

    def test_a_group_against_the_diagnosis(self):
        """The poorer of two sources is not just passed over."""
        before = asked({**without(LYMPHOMA, "diagnosis"), "cancer_group": "leukemia"})
        after = before.answer("diagnosis", "diffuse-large-b-cell-lymphoma")

        assert after.screening.conflicts == ("group-against-diagnosis",)
        assert guidance(after) == ("discuss-incomplete", "conflict")
        assert after.set_aside == ()
        assert all(row.needed for row in after.check_answers if row.question in ("cancer_group", "diagnosis"))
        assert guidance(after.change("cancer_group", "lymphoma")) == ("discuss-match", None)

    def test_pregnant_and_male(self):
        """Which of the two is wrong is for the person to say."""
        changed = asked({**LYMPHOMA, "pregnant": True}).change("sex", "male")

        assert changed.screening.conflicts == ("male-and-pregnant",)
        assert changed.screening.facts.conflict_answers("male-and-pregnant") == ("sex", "pregnant")
        assert guidance(changed.withdraw("pregnant")) == ("discuss-match", None)
        assert changed.withdraw("pregnant").is_finished
        assert guidance(changed.change("sex", "female")) == ("discuss-review", None)

    def test_what_is_passed_over_but_contradicts_something_is_needed(self):
        """A measured clearance says nothing of the dialysis that only one of two answers knows of."""
        measured = {**LYMPHOMA, "creatinine_clearance": 80, "on_dialysis": True}

        assert asked(measured).screening.conflicts == ("dialysis-two-answers",)
        assert not_needed(asked(measured)) == ()

    def test_what_was_said_of_another_disease_denies_nothing(self):
        """Whether a transformed lymphoma is large B-cell is not asked of one that is by its name."""
        transformed = {**LYMPHOMA, "diagnosis": "richter-transformation", "large_b_cell_confirmed": False}
        changed = asked(transformed).change("diagnosis", "diffuse-large-b-cell-lymphoma")

        assert changed.set_aside == ("large_b_cell_confirmed",)
        assert changed.screening.conflicts == ()
