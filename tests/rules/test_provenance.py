"""Which source a derived answer rests on, and which answers are only read in place of a better one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import SETS, examples, readings, small_answers, stated_answers

from cart_screen import screen
from cart_screen.answers.declaring import read_dictionary
from cart_screen.answers.given import Answers
from cart_screen.catalog.loading import own_set
from cart_screen.rules.derivations import read_dictionary_rules
from cart_screen.rules.expressions import Given
from cart_screen.rules.provenance import counting, passed_over
from cart_screen.rules.reference import compute

READING = own_set("us-fda").reading
AGE = {"age_years": 61}
FORMULA = {**AGE, "weight_kg": 60, "creatinine": 1.0, "sex": "female"}
MAN = {**FORMULA, "sex": "male"}
MEASURED = {"bilirubin": 0.8, "ast_times_uln": 1, "alt_times_uln": 1}


def place(question, answers, reading=READING):
    """Give the place of the source that a derived answer comes from."""
    return counting(reading.derivations[question], answers, reading.resolve(answers))


def spared(answers, reading=READING):
    """Give the answers that are read no more."""
    return passed_over(Answers(answers), reading.resolve(Answers(answers)), reading)


def small(properties):
    """Give the reading of a dictionary of our own."""
    return read_dictionary_rules(read_dictionary({"properties": properties}, "dictionary"), "dictionary")


@pytest.mark.parametrize(
    ("question", "answers", "expected"),
    [
        ("performance_scale", {}, None),
        ("performance_scale", {"ecog": 0}, 0),
        ("performance_scale", {"karnofsky": 90}, 1),
        ("performance_scale", {"age_years": 12, "lansky": 90}, 2),
        ("performance_scale", {"age_years": 16, "lansky": 90}, None),
        ("performance_scale", {"activity_level": "fully-active"}, 3),
        ("performance_scale", {"age_years": 12, "lansky": 90, "activity_level": "fully-active", "ecog": 1}, 0),
        ("cancer_group", {"cancer_group": "lymphoma"}, 1),
        ("cancer_group", {"diagnosis": "multiple-myeloma"}, 0),
        ("cancer_group", {"diagnosis": "other"}, None),
        ("cancer_group", {"diagnosis": "other", "cancer_group": "lymphoma"}, 1),
        ("pregnant", {"pregnant": False}, 0),
        ("pregnant", {"sex": "male"}, 1),
        ("pregnant", {"sex": "female"}, None),
        ("creatinine_clearance", FORMULA, 1),
        ("creatinine_clearance", {**FORMULA, "creatinine_clearance": 0}, 0),
        ("kidney_basis", FORMULA, 0),
        ("kidney_basis", {**AGE, "kidney_state": "normal"}, 1),
        ("kidney_basis", {"age_years": 12, "creatinine_clearance": 80, "kidney_state": "normal"}, 1),
    ],
    ids=str,
)
def test_the_source_that_counts(question, answers, expected):
    """The first that is known under its condition; zero and no are known."""
    assert place(question, Answers(answers)) == expected


@pytest.mark.parametrize(
    ("question", "answers", "expected"),
    [
        ("kidney_basis", Answers({**AGE, "creatinine": 1.0, "kidney_state": "normal"}), 1),
        ("performance_scale", Answers({"activity_level": "fully-active"}, {"ecog": "not-asked"}), 3),
    ],
    ids=["half a formula", "explicitly not asked"],
)
def test_the_source_that_would_count(question, answers, expected):
    """While a better one is still to come the answer is unknown, and this is where it would come from."""
    assert question not in READING.resolve(answers)
    assert place(question, answers) == expected


@examples(80)
@given(data=st.data())
def test_a_known_answer_is_the_value_of_the_source_that_counts(data):
    """In dictionaries of any kind."""
    reading = data.draw(readings(derived=3))
    answers = data.draw(small_answers(reading))
    record = reading.resolve(answers)
    for question, derivation in reading.derivations.items():
        if question in record:
            source = derivation.sources[counting(derivation, answers, record)]
            own = isinstance(source.value, Given)

            assert record[question] == (answers.values[question] if own else compute(source.value, record))


class TestPassedOver:
    """Answers that are only read in place of a better one."""

    @pytest.mark.parametrize(
        ("answers", "expected"),
        [
            ({}, ()),
            ({"activity_level": "fully-active"}, ()),
            ({"activity_level": "fully-active", "ecog": 1}, ("activity_level",)),
            ({"activity_level": "fully-active", "ecog": 1, "karnofsky": 80}, ("activity_level", "karnofsky")),
            ({"activity_level": "fully-active", "lansky": 90, "age_years": 12}, ("activity_level",)),
            ({"activity_level": "fully-active", "lansky": 90, "age_years": 30}, ()),
            ({**AGE, "heart_state": "no-problem", "lvef": 60}, ("heart_state",)),
            ({"age_years": 12, "heart_state": "no-problem", "lvef": 60}, ()),
            ({"heart_state": "no-problem", "lvef": 60}, ()),
            ({**AGE, "liver_state": "normal", "bilirubin": 0.8, "ast_times_uln": 1}, ()),
            ({**AGE, "liver_state": "normal", **MEASURED}, ("liver_state",)),
            ({**AGE, "ast": 30, "ast_upper_limit": 40, "ast_times_uln": 1}, ("ast", "ast_upper_limit")),
            (FORMULA, ()),
            ({**FORMULA, "creatinine_clearance": 80}, ("creatinine", "weight_kg")),
            ({**MAN, "creatinine_clearance": 80}, ("creatinine", "weight_kg")),
            ({**AGE, "kidney_state": "normal", "creatinine_clearance": 80}, ()),
            ({**AGE, "kidney_state": "normal", "creatinine_clearance": 80, "on_dialysis": False}, ("kidney_state",)),
            # Who says both is contradicting themselves, and either answer may be the wrong one.
            ({**AGE, "kidney_state": "normal", "creatinine_clearance": 80, "on_dialysis": True}, ()),
            ({"cancer_group": "myeloma", "diagnosis": "multiple-myeloma"}, ()),
            ({"prior_lines": 2, "prior_lines_at_least": 2}, ()),
            ({"prior_lines": 1, "refractory_to_first_line": True, "refractory_to_last_therapy": True}, ()),
        ],
        ids=str,
    )
    def test_of_the_shipped_dictionary(self, answers, expected):
        """Not what says something else beside it, as age, sex and the state of the kidneys do."""
        assert spared(answers) == set(expected)

    def test_nothing_while_the_better_one_is_still_to_come(self):
        """With a grade to come, neither of two others is read yet."""
        waiting = Answers({"activity_level": "fully-active", "karnofsky": 80}, {"ecog": "not-asked"})

        assert passed_over(waiting, READING.resolve(waiting), READING) == set()

    @pytest.mark.parametrize("name", SETS)
    @examples(35)
    @given(data=st.data())
    def test_without_one_of_them_every_status_is_the_same(self, name, data):
        """And every other resolved answer."""
        answers = data.draw(stated_answers(name))
        facts = screen(answers, name, "2026-11-22").facts
        for id in passed_over(answers, facts.resolved, facts.criteria.reading):
            left = screen(answers.without(id), name, "2026-11-22").facts

            assert [outcome.statuses for outcome in left.outcomes] == [outcome.statuses for outcome in facts.outcomes]
            assert {**left.resolved, id: answers.values[id]} == facts.resolved

    def test_what_several_derived_answers_read_waits_for_all_of_them(self):
        """One that still rests on it keeps it."""
        internal = {"type": "boolean", "x-internal": True}
        reading = small(
            {
                "words": {"type": "boolean"},
                "first": {"type": "boolean"},
                "second": {"type": "boolean"},
                "one": {**internal, "x-derived": [{"answer": "first"}, {"answer": "words"}]},
                "two": {**internal, "x-derived": [{"answer": "second"}, {"answer": "words"}]},
            }
        )

        assert spared({"words": True, "first": True}, reading) == set()
        assert spared({"words": True, "first": False, "second": False}, reading) == {"words"}

    def test_what_is_read_somewhere_counts_though_another_answer_says_the_same(self):
        """It is that other one that is read no more."""
        internal = {"type": "boolean", "x-internal": True}
        reading = small(
            {
                "words": {"type": "boolean"},
                "hearsay": {"type": "boolean"},
                "measured": {"type": "boolean"},
                "one": {**internal, "x-derived": [{"answer": "words"}, {"answer": "hearsay"}]},
                "two": {**internal, "x-derived": [{"answer": "measured"}, {"answer": "words"}]},
            }
        )

        assert spared({"words": True, "hearsay": True, "measured": True}, reading) == {"hearsay"}

    def test_what_a_condition_reads_too_counts_where_the_condition_does(self):
        """It is read in place of a better one, and it also says whether another source holds."""
        rule = {"properties": {"words": {"const": "bad"}}, "required": ["words"]}
        reading = small(
            {
                "words": {"type": "string", "enum": ["good", "bad"]},
                "measured": {"type": "string", "enum": ["good", "bad"]},
                "state": {
                    "type": "string", "enum": ["good", "bad"], "x-internal": True,
                    "x-derived": [{"answer": "measured"}, {"answer": "words"}],
                },
                "alarm": {"type": "boolean", "x-internal": True, "x-derived": [{"value": True, "if": rule}]},
            }
        )  # fmt: skip

        assert spared({"words": "good", "measured": "good"}, reading) == {"words"}
        assert spared({"words": "bad", "measured": "good"}, reading) == set()
