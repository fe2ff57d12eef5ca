"""An interview taken up again: what still stands is kept, and everything that is different is named."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples

from cart_screen.answers.given import Answers
from cart_screen.answers.unit import Unit
from cart_screen.catalog.loading import own_set
from cart_screen.errors import AnswersInvalid
from cart_screen.model import CriteriaSet
from cart_screen.nouns import replace
from cart_screen.questionnaire import Questionnaire
from cart_screen.saving.document import from_document, to_document
from cart_screen.saving.resuming import (
    AskedAgain,
    ChangedUse,
    GoneUse,
    LeftOut,
    NewUse,
    OtherDictionary,
    OtherLibrary,
    OtherSet,
    resumed,
)
from cart_screen.saving.saved import PlainAnswers
from cart_screen.saving.saying import sentence
from cart_screen.texts import Audience, Texts
from cart_screen.version import VERSION

from .interviews import DAY, everything, interview
from .test_document import any_answers

NOW_IN_FORCE = own_set("us-fda")
VERSION_OF_ANSWERS = NOW_IN_FORCE.reading.dictionary.version


def with_questions(changed: Mapping[str, Any], version: str = VERSION_OF_ANSWERS) -> CriteriaSet:
    """Give the shipped set with some questions declared in another way, or gone where None stands for them."""
    dictionary = NOW_IN_FORCE.reading.dictionary
    every = {id: replace(question, **(changed.get(id) or {})) for id, question in dictionary.questions.items()}
    kept = {id: question for id, question in every.items() if changed.get(id, {}) is not None}
    reading = replace(NOW_IN_FORCE.reading, dictionary=replace(dictionary, version=version, questions=kept))
    return replace(NOW_IN_FORCE, reading=reading)


class TestNothingIsDifferent:
    """The same library, the same documents."""

    @examples(60)
    @given(answers=any_answers(), day=st.dates(date(2017, 1, 1), date(2030, 1, 1)))
    def test_every_answer_is_there_again(self, answers, day):
        """In its order, and the order of asking with it."""
        found = resumed(from_document(to_document(interview(answers, day=day)), "file"), NOW_IN_FORCE, day)

        assert (found.answers, found.changes) == (answers, ())
        assert list(found.answers.values.items()) == list(answers.values.items())
        asked = [*answers.values, *answers.absent]
        assert found.asked == tuple(id for id in asked if answers.mentions(id))

    def test_the_questions_go_on_where_they_stopped(self):
        """With the same guidance so far, and the same question next."""
        before = Questionnaire({"urgent_symptoms": False, "age_years": 61, "diagnosis": "mantle-cell-lymphoma"})
        found = resumed(interview(before.answers), NOW_IN_FORCE, DAY)
        after = Questionnaire(found.answers)

        assert after.next_question == before.next_question
        assert after.screening.to_dict() == before.screening.to_dict()

    def test_a_fixed_day_counts_also_later(self):
        """And where none was fixed, today does."""
        before = date(2020, 1, 1)
        dated = interview({"ecog": 1}, day=before, is_dated=True)
        today = interview({"ecog": 1}, day=before)

        assert resumed(dated, NOW_IN_FORCE, DAY).changes == ()
        assert {type(change) for change in resumed(today, NOW_IN_FORCE, DAY).changes} == {NewUse, ChangedUse}

    def test_no_answer_is_shown_by_accident(self):
        """Changes name questions, never answers."""
        assert "ecog" not in repr(resumed(interview({"ecog": 3}), NOW_IN_FORCE, DAY))


class TestAnotherDictionary:
    """An answer that does not fit any more is left out and named; all others stay."""

    def test_a_question_that_is_gone(self):
        """Or is derived now, so that nobody can give it."""
        saved = interview({"ecog": 1, "lvef": 60, "caregiver_available": True}, asked=["caregiver_available", "ecog"])
        found = resumed(saved, with_questions({"caregiver_available": None, "lvef": {"internal": True}}), DAY)

        assert found.answers == Answers({"ecog": 1})
        assert found.asked == ("ecog",)
        assert found.changes == (LeftOut("lvef"), LeftOut("caregiver_available"))

    @pytest.mark.parametrize(
        ("question", "value", "changed"),
        [
            ("ecog", 4, {"choices": (0, 1, 2, 3)}),
            ("age_years", 115, {"maximum": 110}),
            ("pregnant", True, {"kind": "string", "choices": ("yes", "no")}),
            ("disease_status", "remission", {"choices": ("relapsed", "refractory")}),
        ],
    )
    def test_a_value_that_is_not_allowed_any_more(self, question, value, changed):
        """It is never bent into one that is; its question will be asked again."""
        saved = interview({"lvef": 60, question: value})
        found = resumed(saved, with_questions({question: changed}), DAY)

        assert found.answers == Answers({"lvef": 60})
        assert found.asked == ("lvef",)
        assert found.changes == (AskedAgain(question),)

    def test_a_reason_for_having_no_answer_is_an_answer_to_a_question(self):
        """It goes with it and stays with it."""
        saved = interview({"ecog": None, "caregiver_available": None})
        found = resumed(saved, with_questions({"caregiver_available": None, "ecog": {"choices": (0, 1)}}), DAY)

        assert found.answers == Answers({"ecog": None})
        assert found.changes == (LeftOut("caregiver_available"),)

    def test_a_number_is_never_taken_for_one_of_another_unit(self):
        """The file says the unit that it was saved in."""
        other = {"units": (Unit("umol/L"), Unit("mg/dL", multiply=17.1)), "maximum": 1_000}
        found = resumed(interview({"bilirubin": 2}), with_questions({"bilirubin": other}), DAY)

        assert found.answers == Answers({"bilirubin": 34.2})
        assert found.changes == ()

    def test_a_number_in_a_unit_that_is_not_known_any_more_is_asked_for_again(self):
        """Rather than guessed."""
        found = resumed(interview({"bilirubin": 2}), with_questions({"bilirubin": {"units": (Unit("umol/L"),)}}), DAY)

        assert found.answers == Answers()
        assert found.changes == (AskedAgain("bilirubin"),)

    @pytest.mark.parametrize(("version", "is_another"), [("1.99.0", False), ("1.0.0", False), ("2.0.0", True)])
    def test_another_version_is_named_older_or_newer(self, version, is_another):
        """In another major version an id may mean something else."""
        found = resumed(interview({"ecog": 1}), with_questions({}, version), DAY)

        assert found.changes == (OtherDictionary(VERSION_OF_ANSWERS, version),)
        assert found.changes[0].is_another_major is is_another

    @examples(60)
    @given(gone=st.sets(st.sampled_from(list(everything()))), reduced=st.sets(st.sampled_from(list(everything()))))
    def test_whatever_is_gone_or_reduced_everything_else_stays(self, gone, reduced):
        """Each answer is either kept as it was or named."""
        changed = {id: {"kind": "string", "choices": ("nothing",)} for id in reduced} | dict.fromkeys(gone)
        found = resumed(interview(everything()), with_questions(changed), DAY)

        left = {id: value for id, value in everything().items() if id not in gone | reduced}
        assert found.answers == Answers(left)
        assert list(found.answers.values) == list(left) == list(found.asked)
        assert {change.question for change in found.changes if isinstance(change, LeftOut)} == gone
        assert {change.question for change in found.changes if isinstance(change, AskedAgain)} == reduced - gone


class TestOtherCriteria:
    """What is in force now and was not, the other way round, and in another version: each by its title."""

    def test_uses_that_came_changed_and_went(self):
        """In the order of the set; what is gone comes last."""
        came, changed, went, *_ = in_force = NOW_IN_FORCE.in_force(DAY)
        saved = interview({"ecog": 1})
        documents = [found.document for found in in_force[3:]]
        before = [changed.document.replace(changed.version, "0.9.0"), went.document, *documents]
        later = replace(
            NOW_IN_FORCE, indications=(*NOW_IN_FORCE.indications, replace(went, version="99.0.0", withdrawn=True))
        )
        found = resumed(replace(saved, documents=tuple(before)), later, DAY)

        assert found.answers == saved.answers
        assert found.changes == (
            NewUse(came.title),
            ChangedUse(changed.title, "0.9.0", changed.version),
            GoneUse(went.title),
        )

    def test_a_use_that_nobody_knows_any_more_is_named_as_well_as_can_be(self):
        """By its id."""
        saved = interview({})
        gone = "urn:cart-screen:us-fda:some-other-disease:1.0.0"
        found = resumed(replace(saved, documents=(*saved.documents, gone)), NOW_IN_FORCE, DAY)

        assert found.changes == (GoneUse("some other disease"),)

    def test_another_set_is_named_once(self):
        """Rather than by each of its uses."""
        found = resumed(interview({"ecog": 1}), own_set("eu-ema"), DAY)

        assert found.answers == Answers({"ecog": 1})
        assert found.changes == (OtherSet("us-fda", own_set("eu-ema").title),)

    def test_a_set_that_was_found_by_its_path_is_known_by_its_documents(self):
        """With none in force nobody can tell, and nothing is claimed."""
        saved = interview({}, named="/my/criteria")
        empty = replace(saved, documents=(), as_of=date(2001, 1, 1))

        assert resumed(saved, NOW_IN_FORCE, DAY).changes == ()
        assert resumed(empty, NOW_IN_FORCE, DAY).changes == ()
        assert resumed(saved, own_set("overview"), DAY).changes == (OtherSet("us-fda", own_set("overview").title),)
        (change,) = resumed(replace(empty, criteria="eu-ema"), NOW_IN_FORCE, DAY).changes
        assert change == OtherSet("eu-ema", NOW_IN_FORCE.title)

    def test_another_version_of_the_library(self):
        """Said last."""
        found = resumed(replace(interview({}), library="0.0.1"), NOW_IN_FORCE, date(2020, 1, 1))

        assert found.changes[-1] == OtherLibrary("0.0.1", VERSION)
        assert len(found.changes) > 1


class TestAnswersAlone:
    """There is nothing to compare with."""

    def test_units_are_converted(self):
        """As everywhere."""
        plain = PlainAnswers(Answers({"bilirubin": 20, "ecog": 1}, {"sex": "asked-declined"}), {"bilirubin": "umol/L"})
        found = resumed(plain, NOW_IN_FORCE, DAY)

        assert found.answers.values["bilirubin"] == pytest.approx(20 / 17.1, rel=0.001)
        assert (found.asked, found.changes) == ((), ())

    def test_what_is_not_allowed_is_named(self):
        """Also an unknown id, and a unit that the question does not accept."""
        plain = PlainAnswers(Answers({"ecog": 9, "eggs": 1, "lvef": 60, "bilirubin": 1}), {"bilirubin": ["furlong"]})
        found = resumed(plain, NOW_IN_FORCE, DAY)

        assert found.answers == Answers({"lvef": 60})
        assert set(found.changes) == {AskedAgain("ecog"), LeftOut("eggs"), AskedAgain("bilirubin")}

    def test_a_file_with_no_answer_of_ours_is_refused(self):
        """It is most likely something else; an empty one is a beginning."""
        with pytest.raises(AnswersInvalid) as raised:
            resumed(PlainAnswers(Answers({"name": "box", "version": 1}), {}), NOW_IN_FORCE, DAY)

        assert [problem.question for problem in raised.value.problems] == ["name", "version"]
        assert resumed(PlainAnswers(Answers(), {}), NOW_IN_FORCE, DAY).answers == Answers()


CHANGES = {
    AskedAgain("ecog"): ("ecog", "ask again"),
    LeftOut("eggs\x1b[2J"): (r"eggs\x1b[2J", "left out"),
    OtherDictionary("1.0.0", "1.1.0"): ("1.0.0", "1.1.0"),
    OtherDictionary("1.0.0", "2.0.0"): ("each of your answers again", "2.0.0"),
    OtherSet("eu-ema", "Uses of the US"): ("eu-ema", "Uses of the US"),
    NewUse("Some use"): ("New", "Some use"),
    ChangedUse("Some use", "1.0.0", "1.1.0"): ("Some use", "1.1.0"),
    GoneUse("Some use"): ("No longer", "Some use"),
    OtherLibrary("0.0.1", VERSION): ("0.0.1", VERSION),
}


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("change", CHANGES, ids=repr)
def test_each_change_is_said_in_a_sentence(change, audience):
    """With what is different, in words of the text file; a question by its label."""
    texts = Texts(NOW_IN_FORCE, audience=audience)
    said = sentence(change, texts)

    expected = (texts.get("questions", "ecog", "label") if part == "ecog" else part for part in CHANGES[change])
    assert all(part in said for part in expected), said
    assert said.endswith((".", "!"))
    assert "{" not in said
    assert "\x1b" not in said
