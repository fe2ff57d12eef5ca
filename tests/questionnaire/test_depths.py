"""Two depths: until the guidance is settled, or until the findings and the sheet are complete too."""

from __future__ import annotations

from functools import cache
from itertools import islice

import pytest
from people.population import people

from cart_screen.catalog.loading import own_set
from cart_screen.inquiry import Depth
from cart_screen.rules.reasons import awaited
from cart_screen.rules.reference import evaluate
from cart_screen.truth import Truth

from .answering import CHILD, LYMPHOMA, MYELOMA, asked, guidance, interviewed, mentioned, without

SETS = ("us-fda", "eu-ema")
NOT_READ_BY_US_DOCUMENTS = {"caregiver_available", "solid_organ_transplant"}


@cache
def somebody():
    """Give a few of the simulated people, from among many so that they differ."""
    return tuple(islice(people(480), 0, None, 60))


@cache
def interviews(name, *, all_known):
    """Interview each of them at both depths, on the papers that they have or knowing everything."""
    known = [person.truth if all_known else person.known for person in somebody()]
    return [
        (interviewed(asked(criteria=own_set(name)), one), interviewed(asked({}, own_set(name), Depth.COMPLETE), one))
        for one in known
    ]


def askable(questionnaire, questions):
    """Give those of some open questions that people are asked in this situation."""
    reading = questionnaire.criteria.reading
    return {
        id
        for id in questions
        if reading.dictionary.questions[id].asked != "never"
        and (
            id not in reading.ask_if
            or evaluate(reading.ask_if[id], questionnaire.screening.facts.resolved).name == "TRUE"
        )
    }


def shown_criteria(facts):
    """Give the criteria whose cautions are shown: of the one use that is named, or the general ones."""
    if not facts.possible:
        return ()
    return (facts.closest.indication.criteria if facts.names_product else facts.criteria.general).values()


@pytest.mark.parametrize("all_known", [True, False], ids=["who know everything", "who know something"])
@pytest.mark.parametrize("name", SETS)
class TestPeople:
    """What holds for everybody, whatever they know."""

    def test_the_same_guidance_at_both_depths(self, name, all_known):
        """More is asked for the findings, never for another guidance."""
        for settled, complete in interviews(name, all_known=all_known):
            assert guidance(settled) == guidance(complete)

    def test_settling_asks_a_part_of_it(self, name, all_known):
        """Nothing that the longer one leaves out."""
        for settled, complete in interviews(name, all_known=all_known):
            assert mentioned(settled) <= mentioned(complete)

    def test_nothing_more_is_asked_where_no_use_is_possible(self, name, all_known):
        """There is nothing to complete."""
        pairs = interviews(name, all_known=all_known)

        for settled, complete in pairs:
            if not complete.screening.facts.possible:
                assert mentioned(settled) == mentioned(complete)
        assert not all(complete.screening.facts.possible for _, complete in pairs)

    def test_everything_that_is_shown_is_asked_for(self, name, all_known):
        """What findings and their cautions still await was asked and is not known, or is not asked of this person."""
        for _, complete in interviews(name, all_known=all_known):
            facts = complete.screening.facts
            open_now = {id for finding in facts.findings.values() for id in finding.awaiting}
            for criterion in shown_criteria(facts):
                for caution in criterion.cautions:
                    open_now.update(awaited(caution.when, facts.resolved, facts.criteria.reading))

            absent = complete.answers.absent.keys()
            # The weight says something only beside the creatinine.
            spared = {"weight_kg"} if "creatinine" in absent else set()
            assert askable(complete, open_now) - spared <= absent


@pytest.mark.parametrize("name", SETS)
def test_who_knows_everything_leaves_no_caution_open(name):
    """Each of them holds, or does not, unless it hangs on what nobody asks of this person."""
    for _, complete in interviews(name, all_known=True):
        facts = complete.screening.facts
        for criterion in shown_criteria(facts):
            for caution in criterion.cautions:
                waiting = awaited(caution.when, facts.resolved, facts.criteria.reading)

                assert evaluate(caution.when, facts.resolved) is not Truth.UNKNOWN or not askable(complete, waiting)


class TestWhatIsAsked:
    """Some of what only the longer one asks."""

    @pytest.mark.parametrize("answers", [LYMPHOMA, MYELOMA, {**CHILD, "lansky": 90}], ids=["adult", "myeloma", "child"])
    def test_what_only_the_sheet_needs(self, answers):
        """Somebody who can help, and an organ transplant, though no document reads them."""
        assert asked(answers).is_finished
        assert set(asked(answers, depth=Depth.COMPLETE).to_ask) >= NOT_READ_BY_US_DOCUMENTS

    def test_nothing_for_the_sheet_where_no_use_is_possible(self):
        """Whoever has another disease is not asked to the end."""
        assert asked({**LYMPHOMA, "diagnosis": "hodgkin-lymphoma"}, depth=Depth.COMPLETE).is_finished

    def test_the_measured_value_behind_plain_words(self):
        """A caution of the finding reads the number."""
        complete = asked(LYMPHOMA, depth=Depth.COMPLETE)

        assert {"creatinine_clearance", "bilirubin", "ast", "alt", "lvef", "anc", "platelets"} <= set(complete.to_ask)
        assert "lvef" not in complete.answer("lvef", 60).to_ask

    def test_what_the_cautions_read_while_several_diseases_are_possible(self):
        """They are shown before the diagnosis is known, and so are asked for."""
        unsure = without(LYMPHOMA, "diagnosis") | {"cancer_group": "lymphoma", "diagnosis": None}
        complete = asked(unsure, depth=Depth.COMPLETE)

        assert not complete.screening.facts.names_product
        assert {"hiv", "neurologic_history", "anc", "platelets"} <= set(complete.to_ask)
        assert not {"hiv", "neurologic_history", "anc", "platelets"} & set(asked(unsure).to_ask)

    def test_not_what_is_only_read_in_place_of_something_better(self):
        """No creatinine beside the clearance that is computed from it, and no group of cancers beside a diagnosis."""
        complete = asked({**LYMPHOMA, "creatinine_clearance": 80, "lvef": 60}, depth=Depth.COMPLETE)

        assert not {"creatinine", "weight_kg", "cancer_group", "activity_level"} & set(complete.to_ask)

    def test_not_what_only_adults_are_asked(self):
        """A child's laboratory values are for the center."""
        complete = asked({**CHILD, "lansky": 90}, depth=Depth.COMPLETE)

        assert not {"creatinine_clearance", "creatinine", "bilirubin", "lvef", "ecog"} & set(complete.to_ask)
        assert {"anc", "platelets"} <= set(complete.to_ask)

    def test_the_other_targeted_therapy_of_the_disease(self):
        """Against CD19 for a lymphoma, against BCMA for myeloma."""
        lymphoma, myeloma = (set(asked(one, depth=Depth.COMPLETE).to_ask) for one in (LYMPHOMA, MYELOMA))

        assert lymphoma & {"prior_cd19_therapy", "prior_bcma_therapy"} == {"prior_cd19_therapy"}
        assert myeloma & {"prior_cd19_therapy", "prior_bcma_therapy"} == {"prior_bcma_therapy"}

    def test_nothing_more_while_a_conflict_stands(self):
        """It is settled first."""
        conflict = {**LYMPHOMA, "sex": "male", "pregnant": True}

        assert asked(conflict, depth=Depth.COMPLETE).to_ask == ()
        assert asked(without(conflict, "pregnant"), depth=Depth.COMPLETE).to_ask != ()
