"""Derived answers, as the shipped dictionary declares them and as small dictionaries show the rule."""

from __future__ import annotations

import pytest

from cart_screen.answers.absent import AbsentReason
from cart_screen.answers.declaring import read_dictionary
from cart_screen.answers.given import Answers
from cart_screen.api import screen
from cart_screen.catalog.loading import own_set
from cart_screen.errors import DocumentInvalid
from cart_screen.rules.derivations import read_dictionary_rules
from cart_screen.rules.expressions import Among
from cart_screen.rules.reasons import awaited

AS_OF = "2026-11-22"
READING = own_set("us-fda").reading
DICTIONARY = READING.dictionary


def resolved(answers: dict, **absent: str) -> dict:
    """Give the resolved answers of the shipped dictionary."""
    given = Answers(answers, absent)
    DICTIONARY.check(given)
    return READING.resolve(given)


def small(properties: dict) -> dict:
    """Give the reading of a dictionary of our own."""
    return read_dictionary_rules(read_dictionary({"properties": properties}, "dictionary"), "dictionary")


class TestPerformanceScale:
    """The first scale that is known; nothing is converted between scales."""

    @pytest.mark.parametrize(
        ("answers", "scale"),
        [
            ({}, None),
            ({"ecog": 0}, "ecog"),
            ({"karnofsky": 10}, "karnofsky"),
            ({"activity_level": "in-bed-all-day"}, "activity-level"),
            ({"ecog": 4, "karnofsky": 100, "lansky": 100, "activity_level": "fully-active"}, "ecog"),
            ({"karnofsky": 100, "activity_level": "fully-active"}, "karnofsky"),
            ({"lansky": 50, "age_years": 15}, "lansky"),
            ({"lansky": 50, "age_years": 15, "activity_level": "fully-active"}, "lansky"),
            ({"lansky": 50, "age_years": 16}, None),
            ({"lansky": 50, "age_years": 16, "activity_level": "fully-active"}, "activity-level"),
        ],
        ids=str,
    )
    def test_the_first_known_scale_is_read(self, answers, scale):
        """In the order ECOG, Karnofsky, Lansky under 16, plain words."""
        assert resolved(answers).get("performance_scale") == scale

    def test_an_unknown_guard_over_a_known_value_stops_the_search(self):
        """With the age unknown a Lansky score may yet be the better source, so plain words are not read."""
        answers = {"lansky": 90, "activity_level": "fully-active"}

        assert "performance_scale" not in resolved(answers)
        assert resolved({**answers, "age_years": 15})["performance_scale"] == "lansky"
        assert resolved({**answers, "age_years": 16})["performance_scale"] == "activity-level"

    def test_an_unknown_guard_over_a_missing_value_does_not(self):
        """Nobody gave a Lansky score, so plain words are read whatever the age."""
        assert resolved({"activity_level": "fully-active"})["performance_scale"] == "activity-level"

    @pytest.mark.parametrize("reason", ["asked-unknown", "asked-declined", "not-applicable"])
    def test_a_fallback_is_read_when_the_better_source_is_absent_for_a_reason(self, reason):
        """The question was settled: there is no better source."""
        assert resolved({"activity_level": "fully-active"}, ecog=reason)["performance_scale"] == "activity-level"

    @pytest.mark.parametrize("pending", ["ecog", "karnofsky"])
    def test_a_better_source_that_is_still_to_be_asked_blocks_the_later_ones(self, pending):
        """Otherwise the later answer would change a known one."""
        assert "performance_scale" not in resolved({"activity_level": "fully-active"}, **{pending: "not-asked"})

    def test_a_pending_source_after_a_known_one_blocks_nothing(self):
        """The better source is already there."""
        assert resolved({"ecog": 1}, karnofsky="not-asked")["performance_scale"] == "ecog"

    def test_a_pending_last_source_blocks_nothing(self):
        """There is nothing after it."""
        assert resolved({"karnofsky": 90}, activity_level="not-asked")["performance_scale"] == "karnofsky"


class TestCockcroftGault:
    """Creatinine clearance from age, weight, creatinine and sex; adults only."""

    MAN = {"age_years": 65, "sex": "male", "weight_kg": 70, "creatinine": 1.4}  # noqa: RUF012
    WOMAN = {"age_years": 45, "sex": "female", "weight_kg": 60, "creatinine": 0.9}  # noqa: RUF012

    @pytest.mark.parametrize(("answers", "clearance"), [(MAN, 52.08), (WOMAN, 74.77)], ids=["man of 65", "woman of 45"])
    def test_check_values(self, answers, clearance):
        """Worked by hand: (140 - age) x weight / (72 x creatinine), times 0.85 for women."""
        assert resolved(answers)["creatinine_clearance"] == pytest.approx(clearance, abs=0.005)

    def test_a_measured_clearance_is_read_instead(self):
        """A measured value beats a computed one."""
        assert resolved({**self.MAN, "creatinine_clearance": 90})["creatinine_clearance"] == 90

    @pytest.mark.parametrize("age", [0, 12, 17])
    def test_it_is_not_computed_under_18(self, age):
        """The formula is for adults."""
        assert "creatinine_clearance" not in resolved({**self.MAN, "age_years": age})

    def test_it_is_computed_from_the_day_of_18(self):
        """122 x 70 / (72 x 1.4)."""
        assert resolved({**self.MAN, "age_years": 18})["creatinine_clearance"] == pytest.approx(84.72, abs=0.005)

    @pytest.mark.parametrize("missing", MAN)
    def test_it_is_unknown_while_an_input_is(self, missing):
        """Nothing is assumed."""
        assert "creatinine_clearance" not in resolved({id: value for id, value in self.MAN.items() if id != missing})

    def test_a_measured_clearance_counts_as_measured_for_adults_only(self):
        """Below 18 adult limits do not decide, so plain words are read."""
        described = {"kidney_state": "normal", "creatinine_clearance": 90}

        assert resolved({**described, "age_years": 18})["kidney_basis"] == "measured"
        assert resolved({**described, "age_years": 17})["kidney_basis"] == "described"
        assert "kidney_basis" not in resolved(described)

    def test_a_pending_clearance_blocks_the_described_state(self):
        """The better source is still to come."""
        answers = {"kidney_state": "normal", "age_years": 60}

        assert resolved(answers)["kidney_basis"] == "described"
        assert "kidney_basis" not in resolved(answers, creatinine_clearance="not-asked")


class TestMultiples:
    """Liver enzymes as multiples of the laboratory's upper limit."""

    @pytest.mark.parametrize("enzyme", ["ast", "alt"])
    @pytest.mark.parametrize(
        ("value", "limit", "multiple"), [(80, 40, 2), (200.0, 40, 5), (0, 40, 0), (33, 35, 33 / 35)], ids=str
    )
    def test_a_value_over_its_limit(self, enzyme, value, limit, multiple):
        """Both in the same unit."""
        record = resolved({enzyme: value, f"{enzyme}_upper_limit": limit})

        assert record[f"{enzyme}_times_uln"] == pytest.approx(multiple)

    @pytest.mark.parametrize("given", ["ast", "ast_upper_limit"])
    def test_one_of_the_two_is_not_enough(self, given):
        """Laboratories differ, so no limit is assumed."""
        assert "ast_times_uln" not in resolved({given: 40})

    def test_a_multiple_that_was_given_is_read_instead(self):
        """It was given for this very question."""
        assert resolved({"ast_times_uln": 3, "ast": 40, "ast_upper_limit": 40})["ast_times_uln"] == 3


class TestTreatments:
    """What follows from the number of lines, and from a drug."""

    DRUGS = (
        "received_chemoimmunotherapy", "received_btk_inhibitor", "received_bcl2_inhibitor",
        "received_proteasome_inhibitor", "received_anti_cd38",
    )  # fmt: skip

    @pytest.mark.parametrize("drug", DRUGS)
    def test_without_a_line_no_drug_was_received(self, drug):
        """Zero lines is an answer."""
        assert resolved({"prior_lines": 0})[drug] is False

    @pytest.mark.parametrize("drug", [*DRUGS, "received_immunomodulatory_agent"])
    def test_with_a_line_nothing_follows(self, drug):
        """Which drugs it held is another question."""
        assert drug not in resolved({"prior_lines": 1})
        assert drug not in resolved({})

    @pytest.mark.parametrize("drug", [*DRUGS, "received_immunomodulatory_agent"])
    def test_what_was_given_is_read_first(self, drug):
        """A contradiction is a conflict, not a change."""
        assert resolved({"prior_lines": 0, drug: True})[drug] is True

    def test_refractory_to_lenalidomide_says_that_its_class_was_received(self):
        """It is a drug of that class."""
        assert resolved({"lenalidomide_refractory": True})["received_immunomodulatory_agent"] is True
        assert "received_immunomodulatory_agent" not in resolved({"lenalidomide_refractory": False})

    def test_without_a_line_the_class_of_lenalidomide_waits_for_what_could_contradict_it(self):
        """A known value under an unknown condition stops the search."""
        assert "received_immunomodulatory_agent" not in resolved({"prior_lines": 0})
        assert (
            resolved({"prior_lines": 0, "lenalidomide_refractory": False})["received_immunomodulatory_agent"] is False
        )

    @pytest.mark.parametrize("lines", [0, 1, 5])
    def test_exact_lines_say_at_least_as_many(self, lines):
        """And stand before a rougher answer."""
        assert resolved({"prior_lines": lines})["prior_lines_at_least"] == lines
        assert resolved({"prior_lines": lines, "prior_lines_at_least": 2})["prior_lines_at_least"] == lines

    def test_at_least_says_nothing_of_the_exact_number(self):
        """Several is not two."""
        record = resolved({"prior_lines_at_least": 2})

        assert record["prior_lines_at_least"] == 2
        assert "prior_lines" not in record

    @pytest.mark.parametrize(
        ("answers", "expected"),
        [
            ({"prior_lines": 1, "refractory_to_last_therapy": True}, True),
            ({"prior_lines": 1, "refractory_to_last_therapy": False}, False),
            ({"prior_lines": 1, "disease_status": "refractory"}, True),
            ({"prior_lines": 2, "refractory_to_last_therapy": True}, None),
            ({"refractory_to_last_therapy": True}, None),
            ({"prior_lines": 1}, None),
            ({"prior_lines": 1, "refractory_to_last_therapy": True, "refractory_to_first_line": False}, False),
        ],
        ids=str,
    )
    def test_with_one_line_the_first_is_the_last(self, answers, expected):
        """With more, or with the number unknown, nothing follows."""
        assert resolved(answers).get("refractory_to_first_line") is expected


class TestOtherDerivations:
    """What else follows from what."""

    @pytest.mark.parametrize(("status", "expected"), [("refractory", True), ("relapsed", None), ("remission", None)])
    def test_a_refractory_disease_was_refractory_to_the_last_therapy(self, status, expected):
        """Other states say nothing of it."""
        assert resolved({"disease_status": status}).get("refractory_to_last_therapy") is expected

    @pytest.mark.parametrize(("sex", "expected"), [("male", False), ("female", None)])
    def test_a_man_is_not_pregnant(self, sex, expected):
        """So he is not asked."""
        assert resolved({"sex": sex}).get("pregnant") is expected

    @pytest.mark.parametrize(
        ("state", "expected"),
        [("dialysis", True), ("normal", False), ("mildly-reduced", False), ("severely-reduced", False)],
    )
    def test_the_described_kidneys_say_whether_there_is_dialysis(self, state, expected):
        """Dialysis is one of the states."""
        assert resolved({"kidney_state": state})["on_dialysis"] is expected

    def test_a_lymphoma_that_began_in_the_brain_is_primary(self):
        """The diagnosis says it, where the question was not answered."""
        assert resolved({"diagnosis": "primary-cns-lymphoma"})["cns_involvement"] == "primary"
        assert resolved({"diagnosis": "primary-cns-lymphoma", "cns_involvement": "none"})["cns_involvement"] == "none"
        assert "cns_involvement" not in resolved({"diagnosis": "mantle-cell-lymphoma"})

    def test_the_group_is_taken_from_the_diagnosis(self):
        """The diagnosis decides when it is given; another one leaves the group as given."""
        assert resolved({"diagnosis": "multiple-myeloma"})["cancer_group"] == "myeloma"
        assert resolved({"diagnosis": "multiple-myeloma", "cancer_group": "lymphoma"})["cancer_group"] == "myeloma"
        assert resolved({"diagnosis": "other", "cancer_group": "lymphoma"})["cancer_group"] == "lymphoma"
        assert "cancer_group" not in resolved({"diagnosis": "other"})

    def test_a_diagnosis_still_to_be_asked_leaves_the_group_open(self):
        """It will decide."""
        assert "cancer_group" not in resolved({"cancer_group": "lymphoma"}, diagnosis="not-asked")
        assert resolved({"cancer_group": "lymphoma"}, diagnosis="asked-unknown")["cancer_group"] == "lymphoma"

    def test_an_absent_reason_is_no_answer(self):
        """To a rule each reason is unknown."""
        for reason in AbsentReason:
            assert "ecog" not in resolved({}, ecog=reason)


class TestDeclarations:
    """What a dictionary may declare, and what is refused by name."""

    def test_derived_answers_are_computed_in_the_order_that_they_need(self):
        """Whatever the order of the questions."""
        reading = small(
            {
                "c": {"type": "integer", "x-internal": True, "x-derived": [{"answer": "b"}]},
                "b": {"type": "integer", "x-internal": True, "x-derived": [{"answer": "a"}]},
                "a": {"type": "integer"},
            }
        )

        assert reading.resolve(Answers({"a": 7})) == {"a": 7, "b": 7, "c": 7}

    def test_a_given_answer_gives_way_to_its_derivation(self):
        """Where the question itself is no source of its own."""
        reading = small({"a": {"type": "integer"}, "b": {"type": "integer", "x-derived": [{"answer": "a"}]}})

        assert reading.resolve(Answers({"a": 7, "b": 9})) == {"a": 7, "b": 7}
        assert reading.resolve(Answers({"b": 9})) == {}

    @pytest.mark.parametrize(
        "properties",
        [
            pytest.param(
                {
                    "first": {"type": "integer", "x-derived": [{"answer": "second"}]},
                    "second": {"type": "integer", "x-derived": [{"answer": "first"}]},
                },
                id="of two",
            ),
            pytest.param(
                {
                    "first": {"type": "integer", "x-derived": [{"answer": "second"}]},
                    "second": {"type": "integer", "x-derived": [{"known": "third", "value": 1}]},
                    "third": {"type": "integer", "x-derived": [{"answer": "first"}]},
                },
                id="of three",
            ),
            pytest.param(
                {
                    "first": {
                        "type": "integer",
                        "x-derived": [
                            {"value": 1, "if": {"properties": {"second": {"const": True}}, "required": ["second"]}}
                        ],
                    },
                    "second": {"type": "boolean", "x-derived": [{"known": "first", "value": True}]},
                },
                id="through a condition",
            ),
            pytest.param(
                {
                    "first": {
                        "type": "number",
                        "x-derived": [{"formula": "multiple-of-limit", "of": {"value": "second", "limit": "limit"}}],
                    },
                    "second": {"type": "number", "x-derived": [{"answer": "first"}]},
                    "limit": {"type": "number"},
                },
                id="through a formula",
            ),
        ],
    )
    def test_a_circle_is_refused_and_names_its_questions(self, properties):
        """An author sees the way round."""
        with pytest.raises(DocumentInvalid) as raised:
            small(properties)

        (problem,) = raised.value.problems
        assert problem.pointer == "/properties/first/x-derived"
        assert all(question in problem.found for question in properties if question != "limit")
        assert problem.found.startswith("first -> ")
        assert problem.found.endswith(" -> first")

    @pytest.mark.parametrize(
        "source",
        [
            pytest.param({"known": "state", "value": "a"}, id="known"),
            pytest.param({"answer": "state", "map": {"a": "b"}}, id="map"),
            pytest.param(
                {"value": "a", "if": {"properties": {"state": {"const": "a"}}, "required": ["state"]}}, id="if"
            ),
        ],
    )
    def test_an_internal_answer_derived_from_itself_is_a_circle(self, source):
        """Nobody can ever give it, and what it awaits would never end."""
        properties = {"state": {"type": "string", "enum": ["a", "b"], "x-internal": True, "x-derived": [source]}}

        with pytest.raises(DocumentInvalid, match="state -> state"):
            awaited(Among("state", ("a",)), {}, small(properties))

    @pytest.mark.parametrize(
        ("source", "found"),
        [
            ({"answer": "none"}, 'the question "none"'),
            ({"known": "none", "value": 1}, 'the question "none"'),
            ({"answer": "none", "map": {}}, 'the question "none"'),
            ({"formula": "none", "of": {"value": "a", "limit": "a"}}, "an object"),
            ({"formula": "multiple-of-limit", "of": {"value": "a"}}, "an object"),
            ({"formula": "multiple-of-limit", "of": {"value": "a", "limit": "none"}}, 'the question "none"'),
            ({"value": None}, "an object"),
            ({"answer": "a", "extra": 1}, "an object"),
            ({}, "an object"),
        ],
        ids=str,
    )
    def test_what_is_no_source_is_refused(self, source, found):
        """With its place, and what is allowed."""
        with pytest.raises(DocumentInvalid) as raised:
            small({"a": {"type": "number"}, "b": {"type": "number", "x-derived": [source]}})

        assert found in [problem.found for problem in raised.value.problems]
        assert {problem.pointer for problem in raised.value.problems} == {"/properties/b/x-derived/0"}

    def test_a_condition_outside_the_dialect_is_refused_where_it_stands(self):
        """Conditions of sources, of asking and of conflicts are all criteria."""
        wrong = {"required": ["a"]}
        document = {
            "properties": {
                "a": {"type": "number", "x-ask-if": wrong},
                "b": {"type": "number", "x-derived": [{"answer": "a", "if": wrong}]},
            },
            "x-consistency": {"odd": wrong},
        }

        with pytest.raises(DocumentInvalid) as raised:
            read_dictionary_rules(read_dictionary(document, "dictionary"), "dictionary")

        assert {problem.pointer for problem in raised.value.problems} >= {
            "/properties/a/x-ask-if/required",
            "/properties/b/x-derived/0/if/required",
            "/x-consistency/odd/required",
        }


# For each conflict: answers that bring it about, and answers near them that do not.
CONFLICTS = {
    "no-line-but-drug": (
        {"prior_lines": 0, "received_btk_inhibitor": True},
        {"prior_lines": 1, "received_btk_inhibitor": True},
    ),
    "untreated-but-treatment": (
        {"disease_status": "untreated", "prior_lines": 1},
        {"disease_status": "untreated", "prior_lines": 0},
    ),
    "never-treated-but-later-state": (
        {"disease_status": "relapsed", "prior_lines": 0},
        {"disease_status": "relapsed", "prior_lines": 1},
    ),
    "first-treatment-but-more-lines": (
        {"disease_status": "first-treatment", "prior_lines": 2},
        {"disease_status": "first-treatment", "prior_lines": 1},
    ),
    "no-relapse-yet-but-counted": (
        {"disease_status": "first-treatment", "relapse_count": 1},
        {"disease_status": "first-treatment", "relapse_count": 0},
    ),
    "relapsed-but-none-counted": (
        {"disease_status": "relapsed", "relapse_count": 0},
        {"disease_status": "relapsed", "relapse_count": 1},
    ),
    "refractory-but-not-to-last": (
        {"disease_status": "refractory", "refractory_to_last_therapy": False},
        {"disease_status": "relapsed", "refractory_to_last_therapy": False},
    ),
    "one-line-two-answers": (
        {"prior_lines": 1, "refractory_to_first_line": True, "refractory_to_last_therapy": False},
        {"prior_lines": 2, "refractory_to_first_line": True, "refractory_to_last_therapy": False},
    ),
    "lines-below-at-least": (
        {"prior_lines": 1, "prior_lines_at_least": 2},
        {"prior_lines": 2, "prior_lines_at_least": 2},
    ),
    "more-lines-since-transformation": (
        {"prior_lines": 1, "lines_since_transformation": 2},
        {"prior_lines": 2, "lines_since_transformation": 2},
    ),
    "relapse-after-transplant-but-none": (
        {"relapsed_after_transplant": True, "relapse_count": 0},
        {"relapsed_after_transplant": True, "relapse_count": 1},
    ),
    "male-and-pregnant": ({"sex": "male", "pregnant": True}, {"sex": "female", "pregnant": True}),
    "small-child-and-pregnant": ({"age_years": 8, "pregnant": True}, {"age_years": 9, "pregnant": True}),
    "group-against-diagnosis": (
        {"cancer_group": "myeloma", "diagnosis": "mantle-cell-lymphoma"},
        {"cancer_group": "lymphoma", "diagnosis": "mantle-cell-lymphoma"},
    ),
    "lenalidomide-without-its-class": (
        {"lenalidomide_refractory": True, "received_immunomodulatory_agent": False},
        {"lenalidomide_refractory": False, "received_immunomodulatory_agent": False},
    ),
    "primary-brain-lymphoma-two-answers": (
        {"diagnosis": "primary-cns-lymphoma", "cns_involvement": "none"},
        {"diagnosis": "diffuse-large-b-cell-lymphoma", "cns_involvement": "none"},
    ),
    "named-large-b-cell-but-denied": (
        {"diagnosis": "diffuse-large-b-cell-lymphoma", "large_b_cell_confirmed": False},
        {"diagnosis": "richter-transformation", "large_b_cell_confirmed": False},
    ),
    "dialysis-two-answers": (
        {"on_dialysis": True, "kidney_state": "normal"},
        {"on_dialysis": False, "kidney_state": "normal"},
    ),
    "no-line-but-relapse": ({"prior_lines": 0, "relapse_count": 1}, {"prior_lines": 1, "relapse_count": 1}),
    "first-line-lasted-but-refractory": (
        {"refractory_to_first_line": True, "months_first_line_to_relapse": 13},
        {"refractory_to_first_line": True, "months_first_line_to_relapse": 12},
    ),
}


class TestConflicts:
    """Impossible pairs of answers are reported, change no status and raise nothing."""

    def test_every_conflict_of_the_dictionary_is_tested(self):
        """A new one needs a pair of answer sets here."""
        assert set(CONFLICTS) == set(DICTIONARY.consistency)

    @pytest.mark.parametrize(("conflict", "answers"), [(id, pair[0]) for id, pair in CONFLICTS.items()], ids=CONFLICTS)
    def test_a_conflict_stands(self, conflict, answers):
        """It is named, and the guidance asks to settle it."""
        screening = screen(answers, as_of=AS_OF)

        assert conflict in screening.conflicts
        assert (screening.guidance.code, screening.guidance.because) == ("discuss-incomplete", "conflict")

    @pytest.mark.parametrize(("conflict", "answers"), [(id, pair[1]) for id, pair in CONFLICTS.items()], ids=CONFLICTS)
    def test_a_near_one_does_not(self, conflict, answers):
        """One answer changed, and it is gone; no other has come."""
        assert screen(answers, as_of=AS_OF).conflicts == ()

    @pytest.mark.parametrize(
        ("conflict", "answers"),
        [(id, {question: value}) for id, (answers, _) in CONFLICTS.items() for question, value in answers.items()],
        ids=str,
    )
    def test_half_of_a_conflict_does_not(self, conflict, answers):
        """A missing answer contradicts nothing."""
        assert conflict not in screen(answers, as_of=AS_OF).conflicts

    @pytest.mark.parametrize(
        "question", [q for q in DICTIONARY.questions.values() if not q.internal], ids=lambda q: q.id
    )
    def test_no_single_answer_contradicts_itself(self, question):
        """Whatever is given alone, what follows from it agrees."""
        ends = [end for end in (question.minimum, question.maximum) if end is not None]
        values = question.choices or ((True, False) if question.kind == "boolean" else tuple(ends))

        for value in values:
            assert screen({question.id: value}, as_of=AS_OF).conflicts == ()

    @pytest.mark.parametrize("diagnosis", [d for d in DICTIONARY.questions["diagnosis"].choices if d != "other"])
    def test_a_diagnosis_agrees_with_its_own_group_and_contradicts_some_other(self, diagnosis):
        """The two lists in the dictionary, the table and the conflict, say the same."""
        own = resolved({"diagnosis": diagnosis})["cancer_group"]
        groups = DICTIONARY.questions["cancer_group"].choices
        against = {
            group
            for group in groups
            if "group-against-diagnosis"
            in screen({"cancer_group": group, "diagnosis": diagnosis}, as_of=AS_OF).conflicts
        }

        assert own not in against
        assert len(against) >= 2

    @pytest.mark.parametrize("group", DICTIONARY.questions["cancer_group"].choices)
    def test_another_diagnosis_contradicts_no_group(self, group):
        """Other says nothing."""
        assert screen({"cancer_group": group, "diagnosis": "other"}, as_of=AS_OF).conflicts == ()

    @pytest.mark.parametrize("lines", range(6))
    @pytest.mark.parametrize("rough", ["prior_lines_at_least", "lines_since_transformation"])
    def test_lines_are_compared_at_every_number(self, lines, rough):
        """The dialect compares with numbers only, so the dictionary lists them; none is forgotten."""
        conflict = {
            "prior_lines_at_least": "lines-below-at-least",
            "lines_since_transformation": "more-lines-since-transformation",
        }[rough]

        assert conflict in screen({"prior_lines": lines, rough: lines + 1}, as_of=AS_OF).conflicts
        assert conflict not in screen({"prior_lines": lines, rough: lines}, as_of=AS_OF).conflicts

    @pytest.mark.parametrize(
        "drug",
        [*TestTreatments.DRUGS, "received_immunomodulatory_agent", "lenalidomide_refractory"],
    )
    @pytest.mark.parametrize(
        ("answer", "conflict"),
        [({"prior_lines": 0}, "no-line-but-drug"), ({"disease_status": "untreated"}, "untreated-but-treatment")],
        ids=["no line", "untreated"],
    )
    def test_every_drug_contradicts_never_having_been_treated(self, drug, answer, conflict):
        """None is forgotten."""
        assert conflict in screen({**answer, drug: True}, as_of=AS_OF).conflicts
        assert conflict not in screen({**answer, drug: False}, as_of=AS_OF).conflicts

    def test_a_conflict_changes_no_status(self):
        """Statuses are read from the resolved answers all the same."""
        answers = {"age_years": 60, "sex": "male", "pregnant": True}
        statuses = [dict(outcome.statuses) for outcome in screen(answers, as_of=AS_OF).indications]

        assert all(status["fitness"] == "not-met" for status in statuses)
